"""The known blocker as it will be read, beside the form in which it is written."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from escplaybook.domain.knowledge import TEXT_FIELDS, Entry
from escplaybook.ui import book_texts
from escplaybook.ui.desk import Desk
from escplaybook.ui.knowledge.editor_pictures import Pictures
from escplaybook.ui.knowledge.text import anchor_name, html_of
from escplaybook.ui.prose_view import ProseView

PAUSE = 200
"""Milliseconds without a key after which the preview follows."""

AT_ONCE = 10_000
"""Characters that are laid out while the window waits, about 10 ms; longer texts are made ready in the pool."""

SHOWN = 30_000
"""Characters of each text that are shown; the rest is like them, and the reading shows it."""


class Preview(ProseView):
    """Follows what is written, where it was read."""

    def __init__(
        self, desk: Desk, pictures: Pictures, written: Callable[[], Entry | None], parent: QWidget | None = None
    ) -> None:
        """`written` gives the known blocker as it is written now."""
        super().__init__(desk.theme, parent)
        self._desk, self._pasted, self._written = desk, pictures, written
        self._number = 0
        self.read_from(desk.book)
        self.setAccessibleName(self.tr("Preview"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.tell)

    def follow_soon(self) -> None:
        """Show what is written as soon as the typing pauses."""
        self._pause.start()

    def go_to(self, field: str) -> None:
        """Let the beginning of that field be seen."""
        self.scrollToAnchor(anchor_name(field, 0))

    def tell(self) -> None:
        """Show what is written now."""
        self._pause.stop()
        self._number += 1
        written = self._written() if self.isVisible() else None
        if written is None:
            return
        entry = _beginning(written)
        if sum(len(getattr(entry, name)) for name in TEXT_FIELDS) <= AT_ONCE:
            self._show_text((self._number, html_of(entry)))
            return
        number = self._number
        work = self._desk.jobs.start("", lambda _book, _job: (number, html_of(entry)), quietly=True)
        work.finished.connect(self._show_text)

    def picture(self, file_hash: str) -> QImage | None:
        data = self._pasted.data(file_hash)
        return super().picture(file_hash) if data is None else book_texts.decoded(data, self.column_width())

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.tell()

    def _show_text(self, made: tuple[int, str]) -> None:
        number, html = made
        if number == self._number:  # else more was typed meanwhile
            nothing = self.tr("What you write shows here as it will be read.")
            self.refresh_html(html or f"<p class='quiet'>{nothing}</p>")


def _beginning(entry: Entry) -> Entry:
    texts = ((name, getattr(entry, name)) for name in TEXT_FIELDS)
    cut: dict[str, Any] = {name: f"{text[:SHOWN]}\n\n…" for name, text in texts if len(text) > SHOWN}
    return replace(entry, **cut) if cut else entry
