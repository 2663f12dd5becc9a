"""What a person should know about the book they have open: saved and when, backed up and when, or for reading only."""

from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from escplaybook.services.sample import is_sample
from escplaybook.store.backup import latest_backup
from escplaybook.store.book import Book
from escplaybook.ui.times import exact, said


@dataclass(frozen=True, slots=True)
class State:
    """`usual` stands quietly at the foot; `unusual` in the top bar, with an explanation on hover."""

    usual: str
    unusual: str = ""
    explanation: str = ""


def told_state(book: Book, now: datetime) -> State:
    """The state of the book in words."""
    changed, _ = book.age(now)
    if book.is_handover:
        unusual = _tr("Handover copy · as of {0}").format(said(changed, now))
        return State(_tr("For reading only"), unusual, _tr("Made on {0}. Ask for a newer copy.").format(exact(changed)))
    if book.read_only:
        unusual = _tr("For reading only · changed {0}").format(said(changed, now))
        why = _tr("This book may not be written here, or lies on a network file system. Last changed {0}.")
        return State(_tr("For reading only"), unusual, why.format(exact(changed)))
    backup = latest_backup(book.path)
    usual = _tr("Saved · no backup yet")
    if backup is not None:
        made = datetime.fromtimestamp(backup.stat().st_mtime, UTC)
        usual = _tr("Saved · backed up {0}").format(said(made, now))
    if is_sample(book):
        why = _tr("Everyone and everything here is invented. Take it out with Ctrl+K, “Remove the sample programme”.")
        return State(usual, _tr("Sample programme"), why)
    return State(usual)


def _tr(text: str) -> str:
    return QCoreApplication.translate("bookstate", text)
