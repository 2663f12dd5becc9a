"""Known blockers that look like the new one being written down, shown while its title is typed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.ui.desk import Desk
from escplaybook.ui.finder import Finder, Found, Question
from escplaybook.ui.parts.record_form import RecordForm

if TYPE_CHECKING:
    from escplaybook.search.find import Hit

SHOWN = 3
"""How many are shown."""

LETTERS = 4
"""Letters of a title from which on is looked."""


class Alike(QFrame):
    """`read_wanted` carries the id of the known blocker that is to be read first."""

    read_wanted = Signal(str)

    def __init__(self, desk: Desk, form: RecordForm) -> None:
        super().__init__(form)
        self._form, self._title = form, ""
        self.buttons: list[QPushButton] = []
        self._rows: list[QWidget] = []
        self.finder = Finder(desk.book.path, self)
        self.finder.found.connect(self._found)
        self.setAccessibleName(self.tr("Known already?"))
        label = QLabel(self.tr("Known already?"), self)
        label.setProperty("role", "small")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(desk.theme.px(28), desk.theme.px(8), desk.theme.px(28), 0)
        self._column.setSpacing(2)
        self._column.addWidget(label)
        column = form.layout()
        assert isinstance(column, QVBoxLayout)  # as RecordForm has laid it out
        column.insertWidget(column.count() - 1, self)
        form.changed.connect(self._written)
        self.hide()

    def begin(self) -> None:
        """Another record is being written."""
        self._title = ""
        self._show(())

    def close_down(self) -> None:
        """End the search thread."""
        self.finder.close()

    def _written(self) -> None:
        title = str(self._form.form.fields["title"].value()).strip()
        if self._form.before is not None or title == self._title:
            return
        self._title = title
        if len(title) < LETTERS:
            self.finder.forget()
            self._show(())
        else:
            self.finder.ask(Question(title, ("entry",), limit=SHOWN, typing=True))

    def _found(self, found: Found) -> None:
        if self._form.before is None and found.question.text == self._title:
            self._show(found.answer.hits)

    def _show(self, hits: tuple["Hit", ...]) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.buttons, self._rows = [], []
        for hit in hits:
            self._add(hit)
        self.setVisible(bool(hits))

    def _add(self, hit: "Hit") -> None:
        """The key to press, and the title, which may take two lines."""
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        button = QPushButton(hit.key, row)
        button.setProperty("kind", "link")
        button.setProperty("entry", hit.id)
        button.setAccessibleName(f"{hit.key} {hit.title}")
        button.setToolTip(self.tr("Read {0} first; what you typed is kept").format(hit.key))
        button.clicked.connect(self._read)
        title = QLabel(hit.title, row)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(title, 1)
        self._column.addWidget(row)
        row.show()
        self.buttons.append(button)
        self._rows.append(row)

    def _read(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.read_wanted.emit(str(button.property("entry")))
