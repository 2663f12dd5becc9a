"""Which column of a table is which field: what a person said once holds for the next table of the same headings."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange import contact_table
from escplaybook.exchange.contact_columns import CHOICES, Table, guessed
from escplaybook.exchange.contact_items import Item
from escplaybook.store.book import Book
from escplaybook.store.memory import Memory


class RememberedColumns:
    """Answers for the tables of one import; `said` is what the person says now, by heading.

    `choices` are the columns there are, `guess` what a heading tells by itself. Raises Unreadable if what was said
    names a column that there is not.
    """

    def __init__(
        self,
        book: Book,
        said: Mapping[str, str] | None = None,
        choices: Sequence[str] = CHOICES,
        guess: Callable[[Sequence[str]], list[str]] = guessed,
    ) -> None:
        for heading, column in (said or {}).items():
            if column and column not in choices:
                raise Unreadable(
                    f"“{column}” is no column that “{heading}” can be; take one of {', '.join(choices)}, or nothing "
                    "to leave it out."
                )
        self._guess = guess
        self._memory = Memory(book.path)
        self._said = {_bare(heading): column for heading, column in (said or {}).items()}
        self._unused = set(self._said)
        self._kept: dict[str, list[str]] = {}

    def columns(self, headings: Sequence[str]) -> list[str]:
        """The column of each heading: as said now, else as said before, else as guessed."""
        remembered = self._memory.recall(_shape(headings)) or self._guess(headings)
        found = [self._said.get(_bare(heading), column) for heading, column in zip(headings, remembered, strict=True)]
        self._unused -= {_bare(heading) for heading in headings}
        if any(_bare(heading) in self._said for heading in headings):
            self._kept[_shape(headings)] = found
        return found

    def close(self, *, keep: bool, is_whole: bool = True) -> None:
        """Remember what was said, unless it was only tried.

        Raises Unreadable if what was said is about a heading of no table, though all `is_whole`.
        """
        if keep:
            for shape, columns in self._kept.items():
                self._memory.remember(shape, columns)
        self._memory.close()
        if self._unused and is_whole:
            told = ", ".join(f"“{heading}”" for heading in sorted(self._unused))
            raise Unreadable(f"No table has a column {told}; nothing was read. Look how it is spelt there.")


def tables_to_map(
    book: Book, paths: Sequence[Path], said: Mapping[str, str] | None = None
) -> list[tuple[Table, list[str]]]:
    """The tables at or below `paths`, each with the columns proposed for it; those that cannot be read are left out.

    `said` is what a person says of headings now. Raises Unreadable if that fits no column.
    """
    remembered = RememberedColumns(book, said)
    likely = [path for path in paths if path.is_dir() or path.suffix.casefold() in contact_table.SUFFIXES]
    found = [table for table in contact_table.tables(likely) if not isinstance(table, Item)]
    proposed = [(table, remembered.columns(table.headings)) for table in found]
    remembered.close(keep=False)
    return proposed


def _shape(headings: Sequence[str]) -> str:
    return "columns:" + sha256("\n".join(map(_bare, headings)).encode()).hexdigest()[:16]


def _bare(heading: str) -> str:
    return " ".join(heading.casefold().split())
