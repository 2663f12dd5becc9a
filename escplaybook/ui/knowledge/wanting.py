"""The mentor's list: while nothing is open, the most used known blockers that no note helps with yet."""

from typing import Any

from PySide6.QtCore import QObject

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.uses import Use
from escplaybook.services.annotating import wanting
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.detail import Detail
from escplaybook.ui.parts.states import Offer

SHOWN = 5
LONGEST = 56
"""Characters of a title on its line."""


class Wanting(QObject):
    """Offers them in the pane that stands where nothing is open, and keeps the list true."""

    def __init__(self, desk: Desk, detail: Detail) -> None:
        super().__init__(detail)
        self._desk, self._detail = desk, detail
        self._goings: list[_Going] = []
        desk.bridge.changed.connect(self._changed)
        self.tell()

    def tell(self) -> None:
        """Say which they are; without any, only that nothing is open."""
        found = wanting(self._desk.book)[:SHOWN]
        self._goings = [_Going(self._desk, entry) for entry, _ in found]
        offers: list[Offer] = [
            (self._said(entry, count), "", going.go) for (entry, count), going in zip(found, self._goings, strict=True)
        ]
        sentence = self.tr("Choose one at the left.")
        if offers:
            sentence += " " + self.tr("These are used most, and no mentor has left a note on them yet:")
        self._detail.nothing.tell("book-open", self.tr("No known blocker is open"), sentence, *offers)

    def _said(self, entry: Entry, count: int) -> str:
        title = entry.title if len(entry.title) <= LONGEST else f"{entry.title[: LONGEST - 1].rstrip()}…"
        times = self.tr("used once") if count == 1 else self.tr("used {0} times").format(count)
        return f"{entry.key}  {title} · {times}".replace("&", "&&")

    def _changed(self, kinds: frozenset[type[Any]]) -> None:
        if kinds & {Entry, Annotation, Use}:
            self.tell()


class _Going:
    """The act of opening an entry, as a bound method that a signal can hold."""

    def __init__(self, desk: Desk, entry: Entry) -> None:
        self._desk, self._entry = desk, entry

    def go(self) -> None:
        self._desk.go_to(self._entry)
