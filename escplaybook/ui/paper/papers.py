"""Which papers there are, what each is called, and how its pages are made."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.knowledge import Entry
from escplaybook.services.printing import pdf_of
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.book import Book
from escplaybook.store.records import find
from escplaybook.ui.desk import Desk
from escplaybook.ui.recents import recent_visits

if TYPE_CHECKING:
    from escplaybook.ui.preview import Make

SIZE = "paper size"


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper. `wish` is what it begins with, `takes` names the choices that make a difference to it."""

    wish: Wish
    name: str
    said: str
    takes: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return paper_id(self.wish)


def papers(entry: Entry | None) -> list[Paper]:
    """Every paper, the known blocker last if there is one to print."""
    sheets = [
        Paper(Wish("contact-sheet"), _tr("Contacts by name"), _tr("Everyone who can be called")),
        Paper(
            Wish("contact-sheet", by="hierarchy"),
            _tr("Contacts by level"),
            _tr("Who owns, who stands in, at a stage"),
            frozenset({"deployment", "stage"}),
        ),
        Paper(Wish("contact-sheet", by="team"), _tr("Contacts by team"), _tr("The teams of every organisation")),
        Paper(Wish("contact-sheet", by="zone"), _tr("Contacts by time zone"), _tr("From west to east")),
        Paper(Wish("contact-sheet", by="vendor"), _tr("Vendors"), _tr("Ladders, entitlements, what protects us")),
        Paper(
            Wish("matrix"),
            _tr("Escalation matrix"),
            _tr("For the wall, one page a stage"),
            frozenset({"deployment", "stage", "cause_class"}),
        ),
        Paper(Wish("call-list"), _tr("Call list"), _tr("Numbers to prove, to tick and key in")),
    ]
    if entry is not None:
        sheets.append(Paper(Wish("entry", subject=entry.key), _tr("Known blocker {0}").format(entry.key), entry.title))
    return sheets


def last_opened(desk: Desk) -> Entry | None:
    """The known blocker that was opened last, if it is still in the book."""
    opened = (find(desk.book, Entry, record_id) for kind, record_id in recent_visits(desk) if kind == "entry")
    return next((entry for entry in opened if entry is not None), None)


def usual_size(desk: Desk) -> str:
    """The paper chosen last."""
    return str(desk.memory.recall(SIZE, "A4"))


def remember_size(desk: Desk, size: str) -> None:
    """Print on that paper from now on."""
    desk.memory.remember(SIZE, size)


def maker(desk: Desk, wish: Wish, size: str) -> "Make":
    """Makes the PDF of a wish, printed now, in whatever thread it is called."""
    at, author = desk.now().astimezone(), desk.author

    def make(book: Book, with_replacements: bool) -> bytes:
        return pdf_of(book, wish, at=at, author=author, size=size, with_replacements=with_replacements)

    return make


def file_name(wish: Wish) -> str:
    """What the file of a sheet is called, without its ending: `contact-sheet-team`, `matrix-go-live`, `KB-0142`."""
    parts = (wish.sheet, wish.by if wish.sheet == "contact-sheet" else "", wish.stage or "", wish.cause_class or "")
    return Path(wish.subject).name or "-".join(part.replace(" ", "-") for part in parts if part)


def paper_id(wish: Wish) -> str:
    """The paper a wish is for, whatever its choices; every known blocker is the same paper."""
    return f"{wish.sheet} {wish.by}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("paper", text)
