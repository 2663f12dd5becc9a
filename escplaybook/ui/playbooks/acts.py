"""What is done to a reading as a whole, each as one stroke that can be taken back."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.identity import Record
from escplaybook.domain.playbooks import Playbook
from escplaybook.domain.readings import Reading
from escplaybook.services import reading_playbooks
from escplaybook.services.reading_playbooks import Act, ReadingPath
from escplaybook.store import records
from escplaybook.ui.desk import Desk


class Acts(QObject):
    """People are named as their fields have them: a contact's id, or a plain name."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def do(self, make: Callable[[], Act]) -> Record | None:
        """Make an act and store it; None, and told why, if that cannot be. Whoever hears of the change shows it."""
        try:
            act = make()
        except PlaybookError as error:
            self._desk.trouble(error)
            return None
        stored = self._desk.apply(act.reason, act.edit)
        return stored[0].record if stored is not None else None

    def begin(self, playbook: Playbook, reader: str, mentor: str) -> Record | None:
        """Begin a reading."""
        names = (self._called(reader), self._called(mentor))
        return self.do(lambda: reading_playbooks.begin(self._desk.book, playbook, *names, self._desk.now()))

    def change_mentor(self, path: ReadingPath, mentor: str) -> None:
        """Let somebody else answer and sign off from now on."""
        name, now = self._called(mentor), self._desk.now()
        self.do(lambda: reading_playbooks.change_mentor(self._desk.book, path, name, now))

    def stop(self, path: ReadingPath) -> None:
        """Take a reading out of use, or back into it."""
        now, is_stopped = self._desk.now(), path.reading.retired is not None
        after = replace(path.reading, retired=None if is_stopped else now, updated=now)
        reason = self.tr("Take up “{0}” again") if is_stopped else self.tr("Stop reading “{0}”")
        self._desk.apply(reason.format(path.outline.title), Edit(path.reading, after))

    def restore(self, path: ReadingPath, version: Reading) -> bool:
        """Bring a reading back as it was; tells whether that was done."""
        edit = Edit(path.reading, replace(version, updated=self._desk.now()))
        return self._desk.apply(self.tr("Restore {0}").format(path.reading.key), edit) is not None

    def _called(self, value: str) -> str:
        """A contact's key for its id; else the name as it was typed."""
        person = records.find(self._desk.book, Contact, value)
        return person.key if person is not None else value
