"""What is offered while somebody types `[[`: the records that the letters after it find."""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCompleter, QListView

from escplaybook.domain.mentions import link_to
from escplaybook.ui.finder import Finder, Found, Question
from escplaybook.ui.parts.markdown_field import MarkdownField

if TYPE_CHECKING:
    from escplaybook.search.find import Hit
    from escplaybook.ui.desk import Desk

OFFERED = 8
KINDS = ("entry", "blocker", "contact", "vendor", "agreement", "deployment")
"""The kinds of record that texts lead to."""

LONGEST = 60
"""Characters after `[[` that are still a question; more are a text that happens to have brackets."""

_ASKING = re.compile(rf"\[\[([^\[\]]{{0,{LONGEST}}})$")


class RecordOffer(QObject):
    """Serves every Markdown field of one form. Its search thread lives while something is offered."""

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._field: MarkdownField | None = None
        self._finder: Finder | None = None
        self._hits: tuple[Hit, ...] = ()
        self._lines = QStringListModel(self)
        self.completer = QCompleter(self._lines, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(OFFERED)
        self.completer.activated.connect(self._choose)
        self.list = QListView()
        self.list.setProperty("part", "offer")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.completer.setPopup(self.list)
        self.list.setAccessibleName(self.tr("Records to link to"))

    def watch(self, field: MarkdownField) -> None:
        """Offer records in that field."""
        field.changed.connect(self._typed)
        field.is_offered = self.list.isVisible

    def close(self) -> None:
        """End the search thread and what is offered."""
        self.list.hide()
        if self._finder is not None:
            self._finder.close()
            self._finder.deleteLater()
            self._finder = None

    def _typed(self) -> None:
        field = self.sender()
        if isinstance(field, MarkdownField):
            asked = self._asked(field)
            if asked is None:
                self.close()
            else:
                self._field = field
                self._ask(asked)

    def _ask(self, text: str) -> None:
        if self._finder is None:
            self._finder = Finder(self._desk.book.path, self)
            self._finder.found.connect(self._found)
        self._finder.ask(Question(text, KINDS, limit=OFFERED, typing=bool(text.strip())))

    def _found(self, found: Found) -> None:
        field = self._field
        if field is None or not field.hasFocus() or self._asked(field) is None or not found.answer.hits:
            self.list.hide()
            return
        self._hits = found.answer.hits
        self._lines.setStringList([f"{hit.key}   {' '.join(hit.title.split())}" for hit in self._hits])
        self.completer.setWidget(field)
        place = field.cursorRect()
        place.setWidth(min(field.width(), self._desk.theme.px(460)))
        self.completer.complete(place)
        self.list.setCurrentIndex(self.completer.completionModel().index(0, 0))

    def _choose(self, line: str) -> None:
        field = self._field
        if field is None:
            return
        key = line.partition(" ")[0]
        cursor = field.textCursor()
        asked = self._asked(field) or ""
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(asked) + 2)
        cursor.insertText(link_to(key))
        field.setTextCursor(cursor)

    def _asked(self, field: MarkdownField) -> str | None:
        """What stands between `[[` and the cursor; None if that is no question."""
        cursor = field.textCursor()
        found = _ASKING.search(cursor.block().text()[: cursor.positionInBlock()])
        return found[1] if found else None
