"""Addresses in Markdown: bare ones become links, and those nobody may follow from here stay readable.

GitHub's autolink extension, written here because linkify-it and the plugin that comes with markdown-it need time by
the square of the text: 64 kB of `http://=/` took them half a minute.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from escplaybook.prose.html import is_linkable

LONGEST_ADDRESS = 2_000
"""Characters; what browsers and servers take at least."""

_WEB = re.compile(rf"://(?=[^\W_]|\[)[^\s<>\"`]{{1,{LONGEST_ADDRESS}}}(?![^\s<>\"`])")
_SCHEME = re.compile(r"(?<![^\W_])https?$", re.IGNORECASE)
_BARE = re.compile(
    rf"(?<![\w@.+/-])(?:(?P<web>www\.[^\s<>\"`]{{1,{LONGEST_ADDRESS}}})"
    r"|(?P<mail>(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?![\w@/-]|:\w))",
)
_AFTERWARDS = "?!.,:;*_~'’”»…"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def install(reader: MarkdownIt) -> None:
    """Teach the reader to treat addresses as said above."""
    reader.inline.ruler.after("text", "web_address", _web_address)
    reader.core.ruler.push("addresses", _addresses)


def _web_address(state: StateInline, silent: bool) -> bool:
    """Make a link of `https://…` before emphasis is seen in it, as in `…/__init__.py`."""
    if silent or state.linkLevel or state.src[state.pos] != ":":
        return False
    found = _WEB.match(state.src, state.pos, state.posMax)
    scheme = _SCHEME.search(state.src[max(0, state.pos - 6) : state.pos])
    if not found or not scheme or not state.pending.endswith(scheme[0]):
        return False
    written = _without_afterwards(scheme[0] + found[0])
    text = unescapeAll(written)
    state.pending = state.pending[: -len(scheme[0])]
    state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(text)}
    state.push("text", "", 0).content = text
    state.push("link_close", "a", -1)
    state.pos += len(written) - len(scheme[0])
    return True


def _addresses(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = list(_readable(block.children, state.md))


def _readable(tokens: list[Token], reader: MarkdownIt) -> Iterator[Token]:
    """The tokens with `www.…` and mail addresses as links, and with the targets told that cannot be followed."""
    is_inside, told = False, ""
    for token in tokens:
        if token.type == "link_open":
            is_inside, told = True, _foreign_target(token, reader)
        elif token.type == "link_close":
            if told:
                yield _text(f" ({told})")
            is_inside, told = False, ""
        if token.type == "text" and not is_inside and ("@" in token.content or "www." in token.content):
            yield from _linked(token.content, reader)
        else:
            yield token


def _foreign_target(link: Token, reader: MarkdownIt) -> str:
    """Where a link leads that the program will not follow (`../setup.md`, `ftp://…`); empty for all others."""
    target = str(link.attrGet("href") or "")
    is_told_already = link.info == "auto" or target.startswith("#")
    return "" if is_told_already or is_linkable(target) else reader.normalizeLinkText(target)


def _linked(text: str, reader: MarkdownIt) -> Iterator[Token]:
    done = 0
    for found in _BARE.finditer(text):
        address = _without_afterwards(found[0])
        scheme = "http://" if found["web"] else "" if address.startswith("mailto:") else "mailto:"
        opening = Token("link_open", "a", 1, attrs={"href": reader.normalizeLink(scheme + address)})
        yield from (_text(text[done : found.start()]), opening, _text(address), Token("link_close", "a", -1))
        done = found.start() + len(address)
    yield _text(text[done:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _without_afterwards(address: str) -> str:
    """The address without the marks of the sentence it stands in and without brackets that open before it."""
    end = len(address)
    surplus = {close: address.count(close) - address.count(opening) for close, opening in _PAIRS.items()}
    while address[end - 1] in _AFTERWARDS or surplus.get(address[end - 1], 0) > 0:
        if address[end - 1] in _PAIRS:
            surplus[address[end - 1]] -= 1
        end -= 1
    return address[:end]
