"""Printing everything into a folder: which folder, then in the pool, with progress and Cancel in the message bar."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from escplaybook.store.book import Book
from escplaybook.ui.background import Job
from escplaybook.ui.desk import Desk
from escplaybook.ui.paper.papers import usual_size

if TYPE_CHECKING:
    from escplaybook.services.printing_all import Filing


class PrintingAll(QObject):
    """One printing of everything, from the question where to its end. `dialog` is the question."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._folder = Path()
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.dialog = QFileDialog(parent, self.tr("Print everything into a folder"), documents)
        self.dialog.setFileMode(QFileDialog.FileMode.Directory)
        self.dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self.dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Print into it"))
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.fileSelected.connect(self.print_into)
        self.dialog.open()

    def print_into(self, folder: str) -> None:
        """Print every paper there; papers of the same name are replaced."""
        at, author, size = self._desk.now().astimezone(), self._desk.author, usual_size(self._desk)
        self._folder = Path(folder)

        def work(book: Book, job: Job) -> "Filing":
            from escplaybook.services.printing_all import print_everything  # ReportLab costs 0.3 s

            return print_everything(
                book,
                self._folder,
                at=at,
                author=author,
                size=size,
                progress=lambda _filed, done, total: job.tell(done, total),
                cancelled=job.is_cancelled,
            )

        job = self._desk.jobs.start(self.tr("Printing everything into {0} …").format(self._folder.name), work)
        job.finished.connect(self._printed)
        job.failed.connect(self._desk.trouble)

    def _printed(self, done: "Filing") -> None:
        count, refused = len(done.printed), len(done.refused)
        if done.was_stopped:
            words = self.tr("Stopped after {0} of {1} papers; index.txt in {2} lists those that are there")
            self._desk.say(words.format(count, done.total, self._folder))
        elif refused:
            words = self.tr("{0} papers printed into {1}; {2} were not, and index.txt there says why")
            self._desk.say(words.format(count, self._folder, refused))
        else:
            words = self.tr("{0} papers printed into {1}; index.txt there lists them")
            self._desk.say(words.format(count, self._folder))
        self.deleteLater()
