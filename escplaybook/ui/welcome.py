"""The first minute with an empty book: what this is, and the ways to begin."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.errors import PlaybookError
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress


class Welcome(QFrame):
    """`import_wanted`, `left`: which way a person takes."""

    import_wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ways: list[QHBoxLayout] = []
        self.setProperty("plane", "surface")
        title = QLabel(self.tr("Escalation Playbook"), self)
        title.setProperty("role", "display")
        said = self.tr("Who to call, by when, with what right to decide, and whether this has happened before.")
        sentence = QLabel(said, self)
        sentence.setProperty("role", "muted")
        self.sample = self._way(
            self.tr("Look around in a sample"),
            "book-open",
            self.tr("A believable programme: 40 people, six vendors, a matrix, known blockers. Removable in one step."),
            self._make_sample,
            is_first=True,
        )
        self.bring = self._way(
            self.tr("Import known issues or people …"),
            "import",
            self.tr("A folder of Markdown, vCards, tables of people. You see what would happen before it does."),
            self.import_wanted.emit,
        )
        self.empty = self._way(
            self.tr("Begin with an empty book"),
            "pencil",
            self.tr("Write down the first blocker and the first contact yourself."),
            self.left.emit,
        )
        self.first = self.sample
        where = QLabel(self.tr("The book is the file {0}. Nothing leaves this machine.").format(desk.book.path), self)
        where.setProperty("role", "small")
        inner = QVBoxLayout()
        inner.setSpacing(8)
        inner.addStretch(1)
        inner.addWidget(title)
        inner.addWidget(sentence)
        inner.addSpacing(24)
        for way in self._ways:
            inner.addLayout(way)
            inner.addSpacing(8)
        inner.addSpacing(16)
        inner.addWidget(where)
        inner.addStretch(2)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(inner)
        row.addStretch(1)

    def step_out(self) -> bool:
        """Begin with the empty book."""
        self.left.emit()
        return True

    def _make_sample(self) -> None:
        from escplaybook.services.sample import make_sample  # reads YAML: 0.1 s

        try:
            make_sample(self._desk.book, self._desk.now())
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        told = self.tr("The sample programme is in the book. Look around; it can be taken out again.")
        self._desk.say(told, self.tr("Take it out"), self._desk.remove_sample)
        self.left.emit()

    def _way(self, word: str, icon: str, told: str, act: Callable[[], None], *, is_first: bool = False) -> QPushButton:
        button = QPushButton(word, self)
        if is_first:
            button.setProperty("kind", "primary")
        dress(button, icon, self._desk.theme, "on_accent" if is_first else "text")
        button.setMinimumWidth(self._desk.theme.px(220))
        button.clicked.connect(act)
        label = QLabel(told, self)
        label.setProperty("role", "muted")
        label.setWordWrap(True)
        label.setMinimumWidth(self._desk.theme.px(320))
        label.setBuddy(button)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        self._ways.append(row)
        return button
