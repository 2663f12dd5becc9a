"""A book that cannot be used: what is the matter, and the way to another."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from escplaybook.ui.icons import dress, pixmap
from escplaybook.ui.theme import Theme


class Trouble(QFrame):
    """A window of its own with one sentence; `chosen` carries the book to open instead."""

    chosen = Signal(object)

    def __init__(self, sentence: str, theme: Theme) -> None:
        super().__init__()
        self.dialog: QFileDialog | None = None
        self.setProperty("plane", "surface")
        self.setWindowTitle(self.tr("Escalation Playbook"))
        picture = QLabel(self)
        picture.setPixmap(pixmap("triangle-alert", theme.tokens.warn, theme.px(28), ratio=self.devicePixelRatioF()))
        title = QLabel(self.tr("This book cannot be opened"), self)
        title.setProperty("role", "lead")
        self.sentence = QLabel(sentence, self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.other = QPushButton(self.tr("Open another book …"), self)
        self.other.setProperty("kind", "primary")
        dress(self.other, "folder-open", theme, "on_accent")
        self.other.clicked.connect(self.ask)
        self.quit = QPushButton(self.tr("Quit"), self)
        self.quit.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(self.other)
        buttons.addWidget(self.quit)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(12)
        for widget in (picture, title, self.sentence):
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(buttons)
        self.resize(theme.px(520), theme.px(260))

    def ask(self) -> None:
        """Ask for a book."""
        self.dialog = QFileDialog(self, self.tr("Open another book"), "", self.tr("Books (*.db);;All files (*)"))
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.dialog.fileSelected.connect(self.choose)
        self.dialog.open()

    def choose(self, name: str) -> None:
        """Open that book instead."""
        self.chosen.emit(Path(name))
        self.close()
