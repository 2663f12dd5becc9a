"""Saving everybody as vCards or as a table: where, then in the pool, with progress and Cancel in the message bar."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from escplaybook.store.book import Book
from escplaybook.ui.background import Job
from escplaybook.ui.desk import Desk

if TYPE_CHECKING:
    from escplaybook.services.exporting import Exported, Form


def ask_where(desk: Desk, parent: QWidget) -> "Saving":
    """Ask where to save everybody, and as what; then save them."""
    return Saving(desk, parent)


class Saving(QObject):
    """One export, from the question where to its end. `dialog` is the question."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.cards = self.tr("vCards, for phones and mail programs (*.vcf)")
        self.whole = self.tr("vCards with private numbers and all that came with them (*.vcf)")
        self.table = self.tr("Table, for spreadsheets (*.csv)")
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.dialog = QFileDialog(parent, self.tr("Save everybody"), str(Path(documents) / "contacts.vcf"))
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setNameFilters([self.cards, self.whole, self.table])
        self.dialog.setDefaultSuffix("vcf")
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.filterSelected.connect(self._form_chosen)
        self.dialog.fileSelected.connect(self._chosen)
        self.dialog.open()

    def save(self, path: Path, form: "Form", *, private: bool = False) -> None:
        """Save everybody there; a file that is there is replaced, as its name was chosen."""

        def work(book: Book, job: Job) -> "Exported":
            from escplaybook.services.exporting import export_people  # its writers cost 0.1 s

            return export_people(
                book, path, form, private=private, overwrite=True, progress=job.tell, cancelled=job.is_cancelled
            )

        self._path = path
        job = self._desk.jobs.start(self.tr("Saving everybody to {0} …").format(path.name), work)
        job.finished.connect(self._saved)
        job.failed.connect(self._desk.trouble)

    def _form_chosen(self, chosen: str) -> None:
        self.dialog.setDefaultSuffix("csv" if chosen == self.table else "vcf")

    def _chosen(self, name: str) -> None:
        chosen, path = self.dialog.selectedNameFilter(), Path(name)
        form: Form = "csv" if path.suffix.lower() == ".csv" or chosen == self.table else "vcard"
        self.save(path, form, private=chosen == self.whole)

    def _saved(self, done: "Exported") -> None:
        if done.cancelled:
            self._desk.say(self.tr("Stopped; nothing was saved."))
        elif done.records == 1:
            self._desk.say(self.tr("1 contact saved to {0}").format(self._path))
        else:
            self._desk.say(self.tr("{0} contacts saved to {1}").format(f"{done.records:,}", self._path))
        self.deleteLater()
