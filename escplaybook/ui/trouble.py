"""A book that cannot be used: what is the matter, and the way to its latest backup or to another book."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from escplaybook.domain.errors import PlaybookError
from escplaybook.store.backup import put_in_place
from escplaybook.ui.icons import dress, pixmap
from escplaybook.ui.theme import Theme
from escplaybook.ui.ticker import system_clock
from escplaybook.ui.times import said


class Trouble(QFrame):
    """A window of its own with one sentence; `chosen` carries the book to open instead."""

    chosen = Signal(object)

    def __init__(self, sentence: str, theme: Theme, path: Path, kept: Path | None = None) -> None:
        super().__init__()
        self._path, self._kept = path, kept
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
        self.restore = QPushButton(self)
        self.restore.setProperty("kind", "primary")
        dress(self.restore, "history", theme, "on_accent")
        self.restore.clicked.connect(self.put_backup_in_place)
        self.restore.setVisible(kept is not None)
        if kept is not None:
            when = datetime.fromtimestamp(kept.stat().st_mtime, UTC)
            self.restore.setText(self.tr("Go on with the backup of {0}").format(said(when, system_clock())))
            self.restore.setToolTip(self.tr("{0}; the damaged file is kept beside it").format(kept))
        self.other = QPushButton(self.tr("Open another book …"), self)
        self.other.setProperty("kind", "" if kept is not None else "primary")
        dress(self.other, "folder-open", theme, "text" if kept is not None else "on_accent")
        self.other.clicked.connect(self.ask)
        self.quit = QPushButton(self.tr("Quit"), self)
        self.quit.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(self.restore)
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

    def put_backup_in_place(self) -> None:
        """Set the damaged file aside, put its backup in its place and open that."""
        assert self._kept is not None  # else the button is not there
        try:
            put_in_place(self._path, self._kept, system_clock())
        except PlaybookError as error:
            self.sentence.setText(str(error))
            return
        self.choose(str(self._path))

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
