"""The Markdown of entries (CommonMark with tables, task lists, strike-through, bare links) as the shared tree."""

import re
from functools import cache
from html import escape
from typing import Any

from escplaybook.prose.html import Node, Nodes, clean, parse

LIMIT = 500_000
"""Characters of one text that are read as Markdown; a longer one is shown as it was typed."""

NESTING_LIMIT = 60
"""Levels of quotes and lists that are read as such; far beyond what any author means."""

BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "tr", "dt", "dd", "hr"})
"""Where plain text begins a new line."""


def render(markdown: str) -> Nodes:
    """The tree of a text. Anything at all may be in it; nothing in it is ever fetched.

    A picture stands as a link with its words. A text over LIMIT stands as it was typed, with a remark before it.
    """
    text = markdown.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if len(text) > LIMIT:
        return _as_typed(text, f"This text is longer than {LIMIT:,} characters, so it is shown as it was typed.")
    reader = _reader()
    tokens = reader.parse(text)
    if any(token.level >= NESTING_LIMIT - 1 for token in tokens):  # what lies deeper, markdown-it would drop
        return _as_typed(text, "This text is nested too deeply to be read as Markdown, so it is shown as it was typed.")
    return parse(str(reader.renderer.render(tokens, reader.options, {})))


def plain_text(markdown: str) -> str:
    """What a reader sees, one line a block: for search, snippets and the anchors of notes."""
    lines: list[str] = [""]
    _collect(render(markdown), lines)
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def first_words(markdown: str, length: int = 160) -> str:
    """The beginning of a text for a list, at most `length` characters, cut between words."""
    text = " ".join(plain_text(markdown[: length * 8]).split())
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def _as_typed(text: str, remark: str) -> Nodes:
    return (Node("p", (), (Node("em", (), (remark,)),)), Node("pre", (), (Node("code", (), (text,)),)))


def _collect(nodes: Nodes, lines: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            lines[-1] += node
        elif node.tag == "pre":
            lines += [*node.text.split("\n"), ""]
        elif node.tag == "br":
            lines.append("")
        elif node.tag in ("td", "th"):
            _collect(node.children, lines)
            lines[-1] += " "
        else:
            if node.tag in BLOCKS:
                lines.append("")
            _collect(node.children, lines)
            if node.tag in BLOCKS:
                lines.append("")


@cache
def _reader() -> Any:
    """markdown-it with our rules; imported late, for it costs 60 ms."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.tasklists import tasklists_plugin

    reader: Any = MarkdownIt("gfm-like", {"html": False, "linkify": True, "maxNesting": NESTING_LIMIT})
    reader.use(tasklists_plugin)
    reader.linkify.set({"fuzzy_link": False, "fuzzy_email": False})  # "config.py" is no address
    reader.validateLink = _leads_somewhere
    for name, rule in (
        ("image", _picture),
        ("s_open", _deleted),
        ("s_close", _deleted),
        ("td_open", _cell),
        ("th_open", _cell),
    ):
        reader.add_render_rule(name, rule)
    return reader


def _leads_somewhere(target: str) -> bool:
    """Let every link be a link: the sieve drops the targets it does not allow and keeps the words."""
    return not re.match(r"\s*(?:javascript|vbscript|data|file)\s*:", target, re.IGNORECASE)


def _picture(_self: Any, tokens: Any, index: int, _options: Any, _environment: Any) -> str:
    """A picture is never loaded: its words, and its address as a link if it has one that may be followed."""
    token = tokens[index]
    source = str(token.attrs.get("src", ""))
    name = token.content or source.rpartition("/")[2] or "picture"
    shown = escape(f"picture: {name}")
    return clean(f'<a href="{escape(source)}">{shown}</a>') if source.startswith(("http://", "https://")) else shown


def _deleted(_self: Any, tokens: Any, index: int, _options: Any, _environment: Any) -> str:
    return "<del>" if tokens[index].nesting > 0 else "</del>"


def _cell(_self: Any, tokens: Any, index: int, _options: Any, _environment: Any) -> str:
    """A cell whose alignment is an attribute: styles never pass the sieve."""
    side = str(tokens[index].attrs.get("style", "")).partition(":")[2]
    return f'<{tokens[index].tag} align="{escape(side)}">' if side else f"<{tokens[index].tag}>"
