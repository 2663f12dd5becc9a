"""Entries: what people paste, type and import (CommonMark with GitHub's tables, tasks, alerts) as a clean tree.

Text that would take seconds to lay out is shown as it was typed, with a remark in front that says so.
"""

import re
from functools import cache
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from escplaybook.domain.mentions import LINK
from escplaybook.prose.html import Node, Nodes, plain, showable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LONGEST_TEXT = 2_000_000
"""Characters of Markdown that are laid out; more is shown as typed."""

MOST_WORK = 1_500_000
"""Microseconds, estimated by `_work`, that laying out may take."""

DEPTH = 20
"""Quotes and lists inside one another (a list counts twice) before the rest is shown as typed."""

PREVIEWED = 20_000
"""Characters of Markdown that the first words are looked for in."""

LONG = "Shown as it was typed, without formatting, because the text is very long."
DENSE = "Shown as it was typed, without formatting, because it holds more Markdown marks than can be laid out at once."

_COSTS = {
    re.compile(r"\n"): 12,
    re.compile(r">|#[ \t]"): 20,
    re.compile(r"!?\[|\||<|[-+*][ \t]|\d[.)][ \t]"): 30,
    re.compile(r"://|www\.|@"): 50,
    re.compile(r"[*_~`]"): 10,
    re.compile(r"[&\"\\:!#$%+=\]^{}]"): 4,
}
"""Microseconds that each such mark was seen to cost at worst (two cores of a small server, Python 3.11)."""

_ROW_OF_DASHES = re.compile(r"[-:| \t>*+.\d)]+")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)


def render(markdown: str) -> Nodes:
    """The tree of an entry's Markdown; the same for the same text, and never an error."""
    remark, nodes = _read(markdown)
    return (Node("p", (), (Node("span", (("class", "remark"),), (remark,)),)), *nodes) if remark else nodes


def plain_text(markdown: str) -> str:
    """The text a reader sees of an entry's Markdown, without the program's own remarks; see `html.plain`."""
    return plain(_read(markdown)[1])


def first_words(markdown: str, length: int) -> str:
    """The beginning in one line of at most `length` characters (1 or more), ending in “…” if there is more."""
    words = " ".join(plain_text(markdown[:PREVIEWED]).split())[: 2 * length + 2]
    shortened = shorten(words, length, placeholder="…")
    return shortened if shortened != "…" else words[: length - 1] + "…"  # one word longer than all that may be shown


def _read(markdown: str) -> tuple[str, Nodes]:
    """What the program has to say first, and the tree."""
    from escplaybook.prose.sanitised import as_typed, parse  # brings nh3 in, like the reader only when there is a text

    text = re.sub("\r\n?", "\n", showable(markdown))
    if len(text) <= LONGEST_TEXT and _work(text) <= MOST_WORK:
        return "", parse(_reader().render(text))
    return LONG if len(text) > LONGEST_TEXT else DENSE, as_typed(text)


def _work(markdown: str) -> float:
    """Microseconds that laying out this text may take.

    Besides the marks themselves two things take time that a short text can ask for: the cells that a table's lines
    are filled up with, and lines that go on with a deep quote without saying so.
    """
    work = 0.3 * len(markdown) + sum(cost * len(mark.findall(markdown)) for mark, cost in _COSTS.items())
    columns = quotes = 0
    for line in markdown.split("\n") if "|" in markdown or ">" in markdown else ():
        if not line.strip():
            columns = quotes = 0
        elif "|" in line and "-" in line and _ROW_OF_DASHES.fullmatch(line):
            columns = line.count("|") + 1
        quotes = max(quotes, line.count(">", 0, 4 * DEPTH))
        work += 25 * max(0, columns - line.count("|")) + 3 * quotes
    return work


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # here, because it takes 60 ms

    from escplaybook.prose import addresses

    options = {"html": False, "linkify": False, "strikethrough_single_tilde": False, "maxNesting": DEPTH + 4}
    reader = MarkdownIt("gfm-like2", options)
    addresses.install(reader)
    reader.block.ruler.before("table", "too_deep", _too_deep)
    reader.inline.ruler.before("autolink", "line_break", _line_break)
    reader.inline.ruler.before("link", "record_link", _record_link)
    reader.add_render_rule("list_item_open", _list_item)
    for cell in ("th_open", "td_open"):
        reader.add_render_rule(cell, _cell)
    for token, html in _WRITTEN.items():
        reader.add_render_rule(token, lambda *_, html=html: html)
    return reader


_WRITTEN = {
    "s_open": "<del>",
    "s_close": "</del>",
    "alert_open": "<blockquote>",
    "alert_title_open": "<p><strong>",
    "alert_title_close": "</strong></p>",
    "alert_close": "</blockquote>",
}


def _too_deep(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """Show as typed what is nested too deep; markdown-it by itself would leave it out."""
    if silent or state.level < DEPTH:
        return False
    after = start + 1
    while after < end and (state.isEmpty(after) or state.sCount[after] >= state.blkIndent):
        after += 1
    state.push("code_block", "code", 0).content = state.getLines(start, after, state.blkIndent, False)
    state.line = after
    return True


def _line_break(state: "StateInline", silent: bool) -> bool:
    """Read `<br>`, the only HTML that people write for want of Markdown: in the cells of tables."""
    found = _BREAK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _record_link(state: "StateInline", silent: bool) -> bool:
    """Read `[[KB-0142]]` as a link to that record of the book; what it is called is said by whoever has the book."""
    found = LINK.match(state.src, state.pos, state.posMax) if state.src.startswith("[[", state.pos) else None
    if not found or state.linkLevel:
        return False
    if not silent:
        key = found["key"].upper()
        state.push("link_open", "a", 1).attrs = {"href": f"record:{key}"}
        state.push("text", "", 0).content = key
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _list_item(_renderer: Any, tokens: "Sequence[Token]", index: int, *_: Any) -> str:
    checked = tokens[index].meta.get("checked")
    if checked is None:
        return "<li>"
    box = f'<input type="checkbox" disabled{" checked" if checked else ""}>'
    return f'<li class="{"checked" if checked else "unchecked"}">{box}'


def _cell(_renderer: Any, tokens: "Sequence[Token]", index: int, *_: Any) -> str:
    style = str(tokens[index].attrGet("style") or "")
    return f'<{tokens[index].tag} align="{style.removeprefix("text-align:")}">'
