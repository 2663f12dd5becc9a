"""Known blockers that look like the one being written down: shown while it is typed, to be used or passed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.knowledge import Entry
from escplaybook.store import records
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress


@dataclass(frozen=True, slots=True)
class Similar:
    """A known blocker by its id, key and title."""

    id: str
    key: str
    title: str


class SimilarField(QWidget):
    """Its value is the id of the known blocker that is used, or None. `read_wanted` carries one to be read first."""

    changed = Signal()
    read_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._used: Similar | None = None
        self._similar: tuple[Similar, ...] = ()
        self.uses: list[QPushButton] = []
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._show()

    def value(self) -> Any:
        """The id of the known blocker that is used."""
        return self._used.id if self._used is not None else None

    def set_value(self, value: Any) -> None:
        """Show a known blocker as used, by its id; one that is no longer in the book is none."""
        entry = records.find(self._desk.book, Entry, value) if value else None
        self._used = Similar(entry.id, entry.key, entry.title) if entry is not None else None
        self._show()

    def show_similar(self, similar: Sequence[Similar]) -> None:
        """Offer these."""
        if tuple(similar) != self._similar:
            self._similar = tuple(similar)
            self._show()

    def _show(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.uses = [], []
        if self._used is not None:
            self._add(self._used, self.tr("Not this one"), "x", self._drop)
            return
        for one in self._similar:
            self.uses.append(self._add(one, self.tr("Use this one"), "check", self._use))
        if not self._similar:
            label = QLabel(self.tr("What looks like it is shown here while you type."), self)
            label.setProperty("role", "small")
            self._keep(label)

    def _add(self, one: Similar, word: str, icon: str, act: Any) -> QPushButton:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        read = self._button(one, one.key, self.tr("Read {0}; what you typed is kept").format(one.key), self._read)
        read.setProperty("kind", "link")
        read.setFixedWidth(self._desk.theme.px(68))
        title = QLabel(one.title, row)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        choose = self._button(one, word, f"{word}: {one.key}", act)
        choose.setProperty("kind", "chip")
        dress(choose, icon, self._desk.theme, "muted")
        line.addWidget(read, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(title, 1)
        line.addWidget(choose, 0, Qt.AlignmentFlag.AlignTop)
        self._keep(row)
        return choose

    def _button(self, one: Similar, word: str, said: str, act: Any) -> QPushButton:
        button = QPushButton(word, self)
        button.setProperty("entry", one.id)
        button.setAccessibleName(said)
        button.setToolTip(said)
        button.clicked.connect(act)
        return button

    def _keep(self, row: QWidget) -> None:
        self._rows.append(row)
        self._column.addWidget(row)
        row.show()

    def _use(self) -> None:
        self.set_value(self._pressed())
        self.changed.emit()

    def _drop(self) -> None:
        self.set_value(None)
        self.changed.emit()

    def _read(self) -> None:
        self.read_wanted.emit(self._pressed())

    def _pressed(self) -> str:
        button = self.sender()
        return str(button.property("entry")) if button is not None else ""
