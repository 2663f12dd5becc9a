"""The search box completed while somebody types: operators, their values with counts; in an empty box late searches."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from escplaybook.ui.desk import Desk
from escplaybook.ui.finder import Begun, Completed, Finder
from escplaybook.ui.parts.offer_list import Line, OfferList
from escplaybook.ui.parts.top_bar import SearchBox
from escplaybook.ui.recents import OF_A_PAGE, recent_searches

if TYPE_CHECKING:
    from escplaybook.search.completion import Offer


BY_ITSELF = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""Reasons for which the keys come back to the box though nobody asked for it."""


class Completer(QObject):
    """Offers below the box what its text may become; the text is touched only when an offer is taken."""

    def __init__(self, desk: Desk, box: SearchBox, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._box = desk, box
        self._finder: Finder | None = None
        self._kinds: tuple[str, ...] = ()
        self._shown: Completed | None = None
        self.list = OfferList(desk.theme, self.tr("Completions"), window)
        self.list.taken.connect(self._take)
        box.offers = self.list
        box.line.textEdited.connect(self._edited)
        box.line.installEventFilter(self)

    def follow(self, finder: Finder | None, kinds: tuple[str, ...]) -> None:
        """Ask this finder from now on, for records of these kinds; None where nothing can be searched."""
        self.list.hide()
        if self._finder is not None:
            self._finder.completed.disconnect(self._complete)
        self._finder, self._kinds = finder, kinds
        if finder is not None:
            finder.completed.connect(self._complete)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        elif isinstance(event, QFocusEvent) and not self._box.text() and event.reason() not in BY_ITSELF:
            self._offer_recent()
        return super().eventFilter(watched, event)

    def _edited(self, text: str) -> None:
        if not text:
            self._offer_recent()
        elif self._finder is not None and not text.startswith(">"):
            self._finder.complete(Begun(text, self._box.line.cursorPosition(), self._kinds))

    def _complete(self, completed: Completed) -> None:
        line, begun = self._box.line, completed.begun
        if not line.hasFocus() or (line.text(), line.cursorPosition()) != (begun.text, begun.cursor):
            return
        self._shown = completed
        self._show([Line(offer.text, self._note(offer), offer) for offer in completed.completion.offers])

    def _offer_recent(self) -> None:
        """A search of late is put in whole."""
        if self._finder is None:
            return
        texts = [text for kind, text in recent_searches(self._desk) if kind in self._kinds][:OF_A_PAGE]
        self._show([Line(text, self.tr("searched lately"), text) for text in texts])

    def _show(self, lines: list[Line]) -> None:
        corner = self._box.mapTo(self._box.window(), QPoint(0, self._box.height() + 2))
        self.list.show_lines(lines, corner, self._box.width())

    def _take(self, offer: Any) -> None:
        from escplaybook.search.completion import completed

        line = self._box.line
        if isinstance(offer, str):
            text, cursor = offer, len(offer)
        else:
            assert self._shown is not None  # it was taken from what is shown
            text, cursor = completed(line.text(), self._shown.completion, offer)
        line.setText(text)
        line.setCursorPosition(cursor)
        self._box.typed.emit(text)
        if not isinstance(offer, str):
            self._edited(text)

    def _note(self, offer: "Offer") -> str:
        if offer.count is not None:
            return f"{offer.count:,}"
        words = {
            "system:": self.tr("the system it happens in"),
            "stage:": self.tr("stage of the deployment"),
            "sev:": self.tr("severity, S1 to S4"),
            "domain:": self.tr("data domain"),
            "cause:": self.tr("internal or external"),
            "vendor:": self.tr("whose product it is"),
            "tag:": self.tr("tagged so"),
            "state:": self.tr("how far it has come"),
            "confidence:": self.tr("how far it can be trusted"),
            "queue:": self.tr("what it waits for"),
            "has:": self.tr("what is written beside it"),
            "is:": self.tr("stale, retired"),
            "author:": self.tr("who wrote it"),
            "team:": self.tr("whose team they are in"),
            "zone:": self.tr("time zone"),
            "kind:": self.tr("kind of record"),
            "title:": self.tr("a word of the title"),
            "key:": self.tr("its key"),
            "code:": self.tr("an error code, a number"),
            "updated:": self.tr("when it was changed last"),
            "created:": self.tr("when it was written down"),
        }
        return words.get(offer.text, "")
