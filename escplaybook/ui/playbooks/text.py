"""A chapter as the desktop shows it: callouts set off, pictures from the playbook's folder, boxes to tick by key."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QWidget

from escplaybook.domain.reading_outlines import is_item
from escplaybook.prose.html import CALLOUTS, Node, Nodes, picture_name, to_html
from escplaybook.ui.book_texts import decoded
from escplaybook.ui.prose_view import ProseView, pieces_of
from escplaybook.ui.theme import LEAD, TITLE, Theme

TICK = "#tick-"
"""How the target of a box begins that can be ticked; the item's number follows. No place in a playbook is called so."""

_BOX = re.compile(rf"{TICK}(?P<number>[0-9]{{1,6}})")

EMPTY, TICKED = "\u2610", "\u2611"

_CALLOUT_TOKENS = {"caution": "warn", "shortcut": "good", "why": "accent", "story": "s3", "example": "s3"}
"""The colour of each kind's edge; what kind it is says its first line in words."""


class ChapterText(ProseView):
    """Shows a chapter. `tick_wanted` carries the number of an item, `place_wanted` the name of a place to go to."""

    tick_wanted = Signal(int)
    place_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, headings={1: TITLE, 2: LEAD})
        self._beside: Mapping[str, bytes] = {}
        self._drawn: dict[tuple[str, int], QImage | None] = {}
        self.inner_wanted.connect(self._go)

    def take_pictures(self, pictures: Mapping[str, bytes]) -> None:
        """The pictures of the playbook's folder, by the source its chapters give them."""
        self._beside, self._drawn = pictures, {}

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        source = QUrl(name).toString()
        is_beside = kind == QTextDocument.ResourceType.ImageResource.value and picture_name(source)
        if is_beside and (picture := self._picture(source)) is not None:
            return picture
        return super().loadResource(kind, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar ticks the box that has the keys, as it does everywhere."""
        if event.key() == Qt.Key.Key_Space and (number := self._box_with_keys()):
            self.tick_wanted.emit(number)
        else:
            super().keyPressEvent(event)

    def give_keys_to_box(self, number: int) -> None:
        """After a tick the text was made anew: the box keeps the keys."""
        found = self._box(number)
        if found is not None:
            self.setTextCursor(found)

    def _picture(self, source: str) -> QImage | None:
        ratio = self.devicePixelRatioF()
        key = (source, self.column_width())
        if key not in self._drawn:
            image = decoded(self._beside.get(source, b""), round(self.column_width() * ratio))
            if image is not None:
                image.setDevicePixelRatio(ratio)
            self._drawn[key] = image
        return self._drawn[key]

    def _go(self, target: str) -> None:
        if (box := _BOX.fullmatch(target)) is not None:
            self.tick_wanted.emit(int(box["number"]))
        else:
            self.place_wanted.emit(target.removeprefix("#"))

    def _box_with_keys(self) -> int:
        """The number of the box that the keys are on; 0 if they are elsewhere."""
        box = _BOX.fullmatch(self.textCursor().charFormat().anchorHref())
        return int(box["number"]) if box is not None else 0

    def _box(self, number: int) -> QTextCursor | None:
        block = self.document().begin()
        while block.isValid():
            for start, length, shape in pieces_of(block):
                if shape.anchorHref() == f"{TICK}{number}":
                    cursor = self.textCursor()
                    cursor.setPosition(start)
                    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
                    return cursor
            block = block.next()
        return None


def chapter_html(nodes: Nodes, items: Sequence[str], ticked: set[int] | None, theme: Theme) -> str:
    """The chapter's nodes as HTML. `items` are its tick list, `ticked` their numbers that are done.

    Without `ticked` nothing can be ticked: the playbook is only looked through.
    """
    return to_html(_Shown(items, ticked, theme).shown(nodes))


class _Shown:
    """Turns what Qt does not know into what it does: boxes into links, callouts and tick lists into tables."""

    def __init__(self, items: Sequence[str], ticked: set[int] | None, theme: Theme) -> None:
        self._items, self._ticked, self._theme = items, ticked, theme
        self._next = 0

    def shown(self, nodes: Nodes) -> Iterator[Node | str]:
        for node in nodes:
            if isinstance(node, str):
                yield node
            else:
                yield from self._element(node)

    def _element(self, node: Node) -> Iterator[Node | str]:
        kind = node.attribute("class") or ""
        if node.tag in ("ul", "ol") and node.children and all(_is_task(child) for child in node.children):
            yield self._tick_list(node)
        elif node.tag == "blockquote" and kind in CALLOUTS:
            yield self._callout(node, kind)
        elif node.tag == "p" and kind == "figure":
            yield Node("p", (("class", "picture"),), node.children)
        elif node.tag == "p" and kind == "caption":
            yield Node("p", (("class", "small"),), tuple(self.shown(node.children)))
        elif node.tag == "ol" and kind == "notes":  # footnotes, below a line
            yield Node("hr")
            yield Node("ol", (), tuple(self.shown(node.children)))
        elif node.tag == "span" and kind == "remark":
            yield Node("span", (("class", "quiet"),), tuple(self.shown(node.children)))
        else:
            kept = tuple((name, value) for name, value in node.attributes if name != "class")
            yield Node(node.tag, kept, tuple(self.shown(node.children)))

    def _tick_list(self, node: Node) -> Node:
        px = self._theme.px
        rows = []
        for item in node.children:
            assert isinstance(item, Node)
            box = self._box(item)
            words = Node("td", (), tuple(self.shown(_without_box(item.children))))
            rows.append(Node("tr", (), (Node("td", (("width", str(px(26))),), (box,)), words)))
        attributes = (("border", "0"), ("cellpadding", str(px(4))), ("cellspacing", "0"))
        return Node("table", attributes, tuple(rows))

    def _box(self, item: Node) -> Node:
        """The box before an item: a link if it is one of the chapter's own, which a live block's are not."""
        look = f"font-family: 'DejaVu Sans'; font-size: {self._theme.px(17)}px;"
        words = item.text
        later = range(self._next, len(self._items))
        found = next((at for at in later if is_item(self._items[at], words)), None)
        if found is not None:
            self._next = found + 1
        if found is None or self._ticked is None:
            return Node("span", (("style", look),), (TICKED if item.attribute("class") == "checked" else EMPTY,))
        glyph = TICKED if found + 1 in self._ticked else EMPTY
        return Node("a", (("href", f"{TICK}{found + 1}"), ("style", look), ("title", words)), (glyph,))

    def _callout(self, node: Node, kind: str) -> Node:
        tokens, px = self._theme.tokens, self._theme.px
        edge = getattr(tokens, _CALLOUT_TOKENS.get(kind, "muted"))
        cell = Node(
            "td",
            (("style", f"border-left: {px(3)}px solid {edge}; background-color: {tokens.surface};"),),
            tuple(self.shown(node.children)),
        )
        apart = f"margin-top: {px(8)}px; margin-bottom: {px(12)}px;"
        attributes = (("cellpadding", str(px(10))), ("cellspacing", "0"), ("style", apart), ("width", "100%"))
        return Node("table", attributes, (Node("tr", (), (cell,)),))


def _is_task(node: Node | str) -> bool:
    return isinstance(node, Node) and node.attribute("class") in ("checked", "unchecked")


def _without_box(nodes: Nodes) -> Nodes:
    """An item's words without the box that Markdown made, which may stand in its first paragraph."""
    if nodes and isinstance(first := nodes[0], Node):
        if first.tag == "input":
            return nodes[1:]
        if first.tag == "p":
            return (Node("p", first.attributes, _without_box(first.children)), *nodes[1:])
    return nodes


def place_of(quote: str, document: QTextDocument) -> QTextCursor | None:
    """Where a passage stands in the text, however its white space runs; None if it is not there any more."""
    words = " ".join(quote.split())
    found = document.find(words) if words else QTextCursor()
    return None if found.isNull() else found
