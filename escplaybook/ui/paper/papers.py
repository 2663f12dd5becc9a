"""A kind of paper: under which heading it stands, what it asks, and how its pages are made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from escplaybook.domain.programme import Programme
from escplaybook.services.printing import pdf_of
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk

if TYPE_CHECKING:
    from escplaybook.ui.preview import Make

SIZE = "paper size"

Group = Literal["people", "matrix", "vendors", "cards", "forms", "reports", "playbooks", "blockers"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a paper asks in a field of its own: `name` is the field of `Wish` that takes the answer.

    `offered` gives what can be chosen as (word, value), the usual one first; a choice of nothing is not shown. Of
    `columns` several are chosen, at first those that the paper's wish names.
    """

    name: Literal["subject", "shape", "columns"]
    word: str
    offered: Callable[[Programme], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper. `wish` is what it begins with.

    `takes` names which of deployment, stage and cause class make a difference to it, `asks` what else it asks. With
    `every_stage` a stage left open stands for each of them, else for the one the deployment is in.
    """

    wish: Wish
    name: str
    said: str
    group: Group
    takes: frozenset[str] = frozenset()
    asks: tuple[Choice, ...] = ()
    every_stage: bool = False

    @property
    def id(self) -> str:
        """What tells it from the others: all of the wish that nobody is asked for."""
        asked = {choice.name for choice in self.asks}
        told = (name for name in ("subject", "shape") if name not in asked)
        return " ".join((self.wish.sheet, self.wish.by, *(getattr(self.wish, name) for name in told)))

    def fits(self, wish: Wish) -> bool:
        """Whether this is the paper a wish is for, whatever its choices."""
        asked = {choice.name for choice in self.asks}
        same = (name for name in ("sheet", "by", "subject", "shape") if name not in asked)
        return all(getattr(self.wish, name) == getattr(wish, name) for name in same)


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
