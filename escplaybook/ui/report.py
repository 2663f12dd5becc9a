"""What a person sees when the program has a bug: one sentence, the details to copy, and the way on."""

import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from escplaybook import __version__


class ReportDialog(QDialog):
    """Says that the book is safe and shows what to send to whoever mends it."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        said = self.tr(
            "The program met something it was not built for. Everything saved is safe in the book, and what was being "
            "typed is kept. You can go on; if it happens again, send the text below to whoever looks after the program."
        )
        sentence = QLabel(said, self)
        sentence.setWordWrap(True)
        self.details = QPlainTextEdit(details, self)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(self.tr("Details"))
        self.copy = QPushButton(self.tr("Copy the details"), self)
        self.copy.clicked.connect(self._copy)
        self.go_on = QPushButton(self.tr("Go on"), self)
        self.go_on.setProperty("kind", "primary")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(sentence)
        column.addWidget(self.details, 1)
        column.addLayout(buttons)
        self.resize(640, 400)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())


class BugCatcher(QObject):
    """Takes over `sys.excepthook` and `threading.excepthook`; a bug in any thread becomes one dialog."""

    caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dialog: ReportDialog | None = None
        self.caught.connect(self._show)

    def install(self) -> None:
        """Catch from now on."""
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Report this error; the details also go to standard error."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        self.caught.emit(f"escplaybook {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n\n{details}")

    def _catch_in_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self.catch(found.exc_type, found.exc_value, found.exc_traceback)

    def _show(self, details: str) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.details.appendPlainText(f"\n{details}")
            return
        self.dialog = ReportDialog(details)
        self.dialog.open()
