"""The files attached to a record: to open, to save elsewhere, to take off; and to attach one more, also by dropping it.

They are acted on at once, each as a stroke that can be undone, so that no form ever holds megabytes that are not saved.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.errors import PlaybookError
from escplaybook.services import attaching
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.flow import FlowLayout


class AttachmentsField(QFrame):
    """The files in one field of a record. It shows itself only where there are any or one may be attached."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, field: str = attaching.FIELD) -> None:
        super().__init__(parent)
        self._desk, self._field = desk, field
        self._record: Any = None
        self._folder: TemporaryDirectory[str] | None = None
        self._files: dict[QPushButton, Attachment] = {}
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Documents"))
        self.adder = QPushButton(self.tr("Attach a file …"), self)
        self.adder.setProperty("kind", "quiet")
        dress(self.adder, "upload", desk.theme, "muted")
        self.adder.clicked.connect(self._choose)
        self._flow = FlowLayout()
        self._flow.addWidget(self.adder)
        self.chips: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._flow)

    def show_record(self, record: Any) -> None:
        """Show the files of that record."""
        self._record = record
        self._flow.removeWidget(self.adder)
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._files = {}
        kept: tuple[Attachment, ...] = getattr(record, self._field)
        self.chips = [self._chip(one) for one in kept]
        for widget in (*self.chips, self.adder):
            self._flow.addWidget(widget)
            widget.show()
        self.adder.setVisible(not self._desk.book.read_only)
        self.setVisible(bool(kept) or not self._desk.book.read_only)
        self.updateGeometry()

    def stand_below(self, head: QWidget) -> None:
        """Keep to the left and right margins of what stands above."""
        above, own = head.layout(), self.layout()
        if above is not None and own is not None:
            margins, px = above.contentsMargins(), self._desk.theme.px
            own.setContentsMargins(margins.left(), px(8), margins.right(), px(12))

    def attach(self, path: Path) -> None:
        """Attach that file."""
        try:
            reason, edit, data = attaching.attach_edit(self._record, path, self._desk.now(), self._field)
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._desk.apply(reason, edit, files=(data,))

    def open(self, attachment: Attachment) -> None:
        """Let the desktop show a copy; the copy is gone when the program ends."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="escplaybook-")
        try:
            place = attaching.put_out(self._desk.book, attachment, Path(self._folder.name))
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))):
            told = self.tr("Nothing on this computer opens “{0}”; save it and choose a program yourself.")
            self._desk.say(told.format(attachment.name))

    def save_as(self, attachment: Attachment, target: Path) -> None:
        """Write the file there, also in another's place: the dialog has asked."""
        try:
            attaching.save_as(self._desk.book, attachment, target, may_replace=True)
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._desk.say(self.tr("“{0}” is saved to {1}").format(attachment.name, target))

    def take_off(self, attachment: Attachment) -> None:
        """Take that file off; undo brings it back."""
        try:
            reason, edit = attaching.detach_edit(self._record, attachment.name, self._desk.now(), self._field)
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._desk.apply(reason, edit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._desk.book.read_only and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.attach(Path(url.toLocalFile()))
        event.acceptProposedAction()

    def _chip(self, one: Attachment) -> QWidget:
        chip = QFrame(self)
        chip.setProperty("line", "around")
        name = QPushButton(_short(one.name), chip)
        name.setProperty("kind", "quiet")
        dress(name, icon_of(one), self._desk.theme, "muted")
        name.setToolTip(self.tr("Open {0}").format(one.name))
        name.setAccessibleName(self.tr("Open {0}").format(one.name))
        name.clicked.connect(self._open_clicked)
        size = QLabel(size_words(one.size), chip)
        size.setProperty("role", "small")
        row = QHBoxLayout(chip)
        row.setContentsMargins(4, 2, 4, 2)
        row.setSpacing(4)
        row.addWidget(name)
        row.addWidget(size)
        buttons = [(self.tr("Save {0} as …"), "download", self._save_clicked)]
        if not self._desk.book.read_only:
            buttons.append((self.tr("Take {0} off"), "x", self._off_clicked))
        for said, icon, clicked in buttons:
            button = QPushButton(chip)
            button.setProperty("kind", "quiet")
            button.setToolTip(said.format(one.name))
            button.setAccessibleName(said.format(one.name))
            dress(button, icon, self._desk.theme, "muted")
            button.clicked.connect(clicked)
            self._files[button] = one
            row.addWidget(button)
        self._files[name] = one
        return chip

    def _clicked_file(self) -> Attachment | None:
        button = self.sender()
        return self._files.get(button) if isinstance(button, QPushButton) else None

    def _open_clicked(self) -> None:
        if (one := self._clicked_file()) is not None:
            self.open(one)

    def _save_clicked(self) -> None:
        if (one := self._clicked_file()) is not None:
            target, _ = QFileDialog.getSaveFileName(self, self.tr("Save {0}").format(one.name), one.name)
            if target:
                self.save_as(one, Path(target))

    def _off_clicked(self) -> None:
        if (one := self._clicked_file()) is not None:
            self.take_off(one)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Attach a file of 20 MB at most"))
        if path:
            self.attach(Path(path))


def icon_of(attachment: Attachment) -> str:
    """The icon that says what sort of file it is."""
    family, _, sort = attachment.media_type.partition("/")
    if family == "image":
        return "image"
    marks = (("table", ("csv", "sheet", "excel")), ("mail", ("rfc822", "outlook")), ("archive", ("zip", "tar", "7z")))
    return next((icon for icon, words in marks if any(word in sort for word in words)), "file-text")


def size_words(size: int) -> str:
    """“1.4 MB”, “12 kB”."""
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{max(1, round(size / 1024))} kB"


def _short(name: str) -> str:
    """A name that fits beside others, its ending kept; & would become a key."""
    short = name if len(name) <= 40 else f"{name[:28]}…{name[-11:]}"
    return short.replace("&", "&&")
