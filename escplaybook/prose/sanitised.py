"""HTML of any origin into the clean tree: nh3 takes out what may not be there, the builder makes nodes of the rest."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import nh3

from escplaybook.prose.html import (
    ATTRIBUTES,
    BESIDE,
    BLOCKS,
    CLASSES,
    DEPTH,
    KEPT,
    PLAYBOOK_ATTRIBUTES,
    PLAYBOOK_CLASSES,
    SCHEMES,
    TAGS,
    VOID,
    Node,
    Nodes,
    is_linkable,
    is_place,
    kept_hash,
    picture_name,
    showable,
    to_html,
)

LONGEST_WORD = 5_000
"""Characters in a row before a zero-width space is put between them. Qt needs over four seconds to lay out a word of
200,000 and half a second once it can be broken. Keys and certificates that people copy from a text are shorter."""

NESTING = 500
"""Open tags beyond which the sanitiser, whose time grows with the square of the depth, is not given any more."""

LIVE = "live"
"""The tag that holds the place of a live block in a playbook until its answer takes it."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_BREAKS = " \n\t\u200b"
_WORDS = re.compile(f"[{_BREAKS}]+|[^{_BREAKS}]+")
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
_FILE_NAME = re.compile(r"[^/\\]+\.\w{2,5}")

_ALIGNED = {"align": {"left", "center", "right"}}
_GIVEN = {"a": {"href"}, "img": {"src", "alt"}, "input": {"checked"}, "ol": {"start"}}
_COMMON: dict[str, Any] = {
    "tag_attribute_values": {"td": _ALIGNED, "th": _ALIGNED, "input": {"type": {"checkbox"}}},
    "set_tag_attribute_values": {"input": {"disabled": ""}},
    "link_rel": None,
}
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),  # the builder makes words of pictures that are not in the book
    attributes=_GIVEN,
    allowed_classes=CLASSES,
    # links without a scheme go in `_attributes`; here they would take the pictures' names along
    url_schemes={*SCHEMES, KEPT},
    **_COMMON,
)
_PLAYBOOK_CLEANER = nh3.Cleaner(
    tags={*TAGS, LIVE},
    attributes=_GIVEN | {tag: {"id"} for tag, names in PLAYBOOK_ATTRIBUTES.items() if "id" in names},
    allowed_classes=PLAYBOOK_CLASSES,
    url_schemes={*SCHEMES, BESIDE},
    **_COMMON,
)


def parse(html: str) -> Nodes:
    """The tree of any HTML text, made clean; never raises, whatever the text holds.

    What no font can show (control characters and the like) becomes U+FFFD.
    """
    builder = _Builder()
    builder.feed(showable(_CLEANER.clean(_shallow(showable(html)))))
    builder.close()
    return builder.finished()


def parse_playbook(html: str) -> Nodes:
    """The tree of a playbook's HTML, made clean: it may hold what PLAYBOOK_ATTRIBUTES names besides, and LIVE."""
    builder = _Builder(PLAYBOOK_ATTRIBUTES)
    builder.feed(showable(_PLAYBOOK_CLEANER.clean(_shallow(showable(html)))))
    builder.close()
    return builder.finished()


def as_typed(text: str) -> Nodes:
    """The text in one block, as it stands; without the sanitiser, whose time grows with the square of the escapes."""
    builder = _Builder()
    for tag in ("pre", "code"):
        builder.handle_starttag(tag, [])
    builder.handle_data(showable(text))
    for tag in ("code", "pre"):
        builder.handle_endtag(tag)
    return builder.finished()


def clean(html: str) -> str:
    """The same HTML without anything that `parse` would not let in."""
    return to_html(parse(html))


def _shallow(html: str) -> str:
    """The HTML without the tags that are nested deeper than NESTING; their text stays."""
    if html.count("<") <= NESTING:
        return html
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in VOID:
            return tag[0]
        depth += -1 if tag[1] else 1
        deep = depth >= NESTING if tag[1] else depth > NESTING
        depth = max(0, depth)
        return " " if deep else tag[0]

    return _ANY_TAG.sub(kept, html)


@dataclass(slots=True)
class _Open:
    """An element whose end has not come. One that is left out has no tag and lends its parent's children."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: list[Node | str]


class _Builder(HTMLParser):
    """Makes nodes of nh3's output, which is well formed, without recursion."""

    def __init__(self, allowed: Mapping[str, Collection[str]] = ATTRIBUTES) -> None:
        super().__init__(convert_charrefs=True)
        self._allowed = allowed
        self._open = [_Open("", (), [])]
        self._pre = 0  # how many `pre` are open
        self._spaced = True  # one more space here would be seen by nobody
        self._run = 0  # characters since the text could last be broken

    def finished(self) -> Nodes:
        """Everything that was built."""
        self._edge()
        return _joined(self._open[0].children)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._picture(given.get("src", ""), given.get("alt", ""))
        elif tag in VOID:
            self._void(tag, given)
        else:
            self._begin(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._edge() if self._open[-1].tag else self.handle_data(" ")
        element = self._open.pop()
        if not element.tag:
            return
        children = _joined(element.children)
        if self._pre and tag in ("pre", "code") and children and isinstance(children[-1], str):
            children = _joined([*children[:-1], children[-1].rstrip("\n")])
        self._pre -= tag == "pre"
        self._open[-1].children.append(Node(tag, element.attributes, children))

    def handle_data(self, data: str) -> None:
        if not self._pre:
            data = self._collapsed(data)
        if data:
            self._open[-1].children.append(self._breakable(data))

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        attributes = _attributes(tag, given, self._allowed)
        is_kept = len(self._open) <= DEPTH and (tag != "a" or self._is_link(attributes))
        if tag in BLOCKS:
            self._edge() if is_kept else self.handle_data(" ")
        self._pre += is_kept and tag == "pre"
        self._open.append(_Open(tag, attributes, []) if is_kept else _Open("", (), self._open[-1].children))

    def _is_link(self, attributes: tuple[tuple[str, str], ...]) -> bool:
        """Whether the link leads anywhere and stands in no other."""
        return bool(attributes) and all(element.tag != "a" for element in self._open)

    def _void(self, tag: str, given: dict[str, str]) -> None:
        if tag == "input" and given.get("type") != "checkbox":
            return
        self._edge()
        self._open[-1].children.append(Node(tag, _attributes(tag, given, self._allowed)))

    def _picture(self, source: str, alt: str) -> None:
        """Say which picture stood there. One on the web can be followed; none is ever loaded from net or disk.

        A picture that lies in the book, or in the playbook's folder, stays one.
        """
        name, alt = _picture_name(source), _SPACE.sub(" ", alt).strip()
        if kept_hash(source) or (self._allowed is PLAYBOOK_ATTRIBUTES and picture_name(source)):
            self._spaced, self._run = False, 0
            self._open[-1].children.append(Node("img", (("alt", alt or name), ("src", source))))
            return
        is_told = bool(alt) and alt != name
        self._begin("span", {"class": "picture"})
        self.handle_data(f"{alt} (" if is_told else "")
        self._begin("a", {"href": source})
        self.handle_data(f"picture: {name}" if name else "picture")
        self.handle_endtag("a")
        self.handle_data(")" if is_told else "")
        self.handle_endtag("span")

    def _edge(self) -> None:
        """Where a block or a line begins or ends: no space is seen there, and a word ends."""
        children = self._open[-1].children
        if not self._pre and children and isinstance(children[-1], str):
            children[-1] = children[-1].rstrip(" ")
        self._spaced, self._run = True, 0

    def _collapsed(self, text: str) -> str:
        text = _SPACE.sub(" ", text)
        if self._spaced and text.startswith(" "):
            text = text[1:]
        if text:
            self._spaced = text.endswith(" ")
        return text

    def _breakable(self, text: str) -> str:
        """The text with a zero-width space after every LONGEST_WORD characters in a row, also across elements."""
        if self._run + len(text) <= LONGEST_WORD:
            last = max(map(text.rfind, _BREAKS))
            self._run = self._run + len(text) if last < 0 else len(text) - last - 1
            return text
        pieces = []
        for word in _WORDS.findall(text):
            if word[0] in _BREAKS:
                self._run = 0
            else:
                while self._run + len(word) > LONGEST_WORD:
                    room = LONGEST_WORD - self._run
                    pieces.append(word[:room] + "\u200b")
                    word, self._run = word[room:], 0
                self._run += len(word)
            pieces.append(word)
        return "".join(pieces)


def _attributes(tag: str, given: dict[str, str], allowed: Mapping[str, Collection[str]]) -> tuple[tuple[str, str], ...]:
    if not given:
        return ()
    kept = {name: value.strip() for name, value in given.items() if name in allowed.get(tag, ())}
    if not kept.get("class", "-"):
        del kept["class"]
    if not re.fullmatch("[0-9]{1,9}", kept.get("start", "1")):
        del kept["start"]
    if not is_place(f"#{kept.get('id', 'x')}"):
        del kept["id"]
    href = kept.get("href", "tel:0")
    if not is_linkable(href) and not (allowed is PLAYBOOK_ATTRIBUTES and is_place(href)):
        del kept["href"]
    return tuple(sorted(kept.items()))


def _picture_name(source: str) -> str:
    """What a person would call the picture: a file name from the path or the query, else the end of the path."""
    try:
        address = urlsplit(source)
        ends = [address.path.rstrip("/").rpartition("/")[2], *(value for _, value in parse_qsl(address.query))]
    except ValueError:  # an address that is none
        return ""
    names = [end for end in map(unquote, ends) if _FILE_NAME.fullmatch(end)]
    return _SPACE.sub(" ", showable(names[0] if names else unquote(ends[0])))


def _joined(children: list[Node | str]) -> Nodes:
    """The children with neighbouring texts made one and empty ones left out."""
    whole: list[Node | str] = []
    for is_text, group in groupby(children, lambda child: isinstance(child, str)):
        if is_text:
            text = "".join(child for child in group if isinstance(child, str))
            whole += [text] if text else []
        else:
            whole += group
    return tuple(whole)
