"""The bars around a chapter: a playbook that has changed since, the way on, and the mentor's sign-off."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from escplaybook.services.reading_playbooks import ReadingPath
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.fields import LineField
from escplaybook.ui.playbooks.told import outgrown, standing
from escplaybook.ui.theme import Theme


class VersionBar(QFrame):
    """Says that the playbook has another version now. `go_on_wanted` says that the reader goes on with it."""

    go_on_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "notice")
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.go_on = QPushButton(self)
        self.go_on.clicked.connect(self.go_on_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6))
        row.setSpacing(theme.px(12))
        row.addWidget(self.told, 1)
        row.addWidget(self.go_on)

    def show_path(self, path: ReadingPath | None, *, is_writable: bool) -> None:
        """Say it if it is so."""
        is_outgrown = path is not None and path.playbook is not None and path.is_outgrown
        if path is not None and is_outgrown:
            self.told.setText(outgrown(path))
            self.go_on.setText(self.tr("Go on with version {0}").format(path.outline.version))
            self.go_on.setVisible(is_writable)
        self.setVisible(is_outgrown)


class WayBar(QFrame):
    """Back and on through the chapters, and this one read. `read_wanted` marks it, `unread_wanted` takes that back."""

    previous_wanted = Signal()
    next_wanted = Signal()
    read_wanted = Signal()
    unread_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("line", "above")
        self.previous = QPushButton(self.tr("Previous"), self)
        self.previous.setToolTip(self.tr("Ctrl+Page Up"))
        dress(self.previous, "chevron-left", theme)
        self.next = QPushButton(self.tr("Next"), self)
        self.next.setToolTip(self.tr("Ctrl+Page Down"))
        dress(self.next, "chevron-right", theme)
        self.told = QLabel(self)
        self.told.setProperty("role", "good")
        self.unread = QPushButton(self.tr("Mark as not read"), self)
        self.unread.setProperty("kind", "link")
        self.read = QPushButton(self)
        self.read.setProperty("kind", "primary")
        self.read.setToolTip(self.tr("Ctrl+Enter"))
        pairs = (
            (self.previous, self.previous_wanted),
            (self.next, self.next_wanted),
            (self.read, self.read_wanted),
            (self.unread, self.unread_wanted),
        )
        for button, wanted in pairs:
            button.clicked.connect(wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addStretch(1)
        for part in (self.told, self.unread, self.read):
            row.addWidget(part)

    def show_way(self, *, has_previous: bool, has_next: bool, told: str, can_read: bool, can_unread: bool) -> None:
        """Say where one can go from here, and whether the chapter is read."""
        self.previous.setEnabled(has_previous)
        self.next.setEnabled(has_next)
        self.told.setText(told)
        self.unread.setVisible(can_unread)
        self.read.setVisible(can_read)
        self.read.setText(self.tr("Read, on to the next") if has_next else self.tr("Read"))
        dress(self.read, "check", self._theme, "on_accent")


class SignOffBar(QFrame):
    """How far the reading is, and the mentor's word at the end. `signed` carries the name of who signs."""

    signed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("line", "above")
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setMaximum(1000)
        self.progress.setFixedWidth(theme.px(96))
        self.progress.setAccessibleName(self.tr("How far the reading is"))
        self.told = QLabel(self)
        self.told.setProperty("role", "small")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.label = QLabel(self.tr("Mentor"), self)
        self.label.setProperty("role", "small")
        self.by = LineField(self)
        self.by.setMinimumWidth(theme.px(150))
        self.by.setMaximumWidth(theme.px(220))
        self.by.setAccessibleName(self.tr("Who signs the reading off"))
        self.label.setBuddy(self.by)
        self.sign = QPushButton(self.tr("Sign off"), self)
        dress(self.sign, "circle-check", theme)
        self.sign.clicked.connect(self._sign)
        self.by.returnPressed.connect(self._sign)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(self.progress)
        row.addWidget(self.told, 1)
        for part in (self.label, self.by, self.sign):
            row.addWidget(part)

    def show_path(self, path: ReadingPath | None, mentor: str, now: datetime, *, is_writable: bool) -> None:
        """Say how the reading stands; without one there is nothing to say."""
        self.setVisible(path is not None)
        if path is None:
            return
        is_open = path.reading.signed_off is None and path.reading.retired is None
        self.progress.setValue(round(1000 * (path.progress.share if is_open else 1.0)))
        self.told.setText(standing(path, now))
        missing = "\n".join(path.missing)
        self.told.setToolTip(missing if is_open else "")
        for part in (self.label, self.by, self.sign):
            part.setVisible(is_open and is_writable)
        self.sign.setEnabled(is_open and not path.missing)
        self.sign.setToolTip(missing or self.tr("Say that it will do"))
        if not self.by.isModified():
            self.by.set_value(mentor)

    def _sign(self) -> None:
        if self.sign.isEnabled():
            self.signed.emit(self.by.value())
