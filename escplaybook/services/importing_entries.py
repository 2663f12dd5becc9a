"""Bringing known blockers in from tables and JSON, as often as wanted, the way pages come in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from escplaybook.domain.edits import new_stroke
from escplaybook.domain.errors import Unreadable
from escplaybook.exchange import entry_json, entry_table
from escplaybook.exchange.files import files, names
from escplaybook.exchange.markdown import Item
from escplaybook.services.importing import ENTRIES, Done, Found, Report, Run, Take, take_in
from escplaybook.services.knowing_entries import KnownEntries
from escplaybook.services.mapping_columns import RememberedColumns
from escplaybook.store.book import Book, default_author


def import_entry_tables(
    book: Book,
    paths: Sequence[Path],
    *,
    now: datetime,
    dry_run: bool = False,
    take: Take = "ours",
    columns: Mapping[str, str] = {},
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[Done], None] = lambda _: None,
    author: str | None = None,
) -> Report:
    """Bring in every row of the tables as a known blocker, each whole or not at all, all of it one stroke to undo.

    A table of ours comes back to the letter, with notes and uses; in any other a column that it does not have leaves
    that field as it is here. `columns` says for headings which field they are (see `entry_table.CHOICES`), empty to
    keep what stands there with the source; what was said is remembered beside the book.
    """
    mapping = RememberedColumns(book, columns, entry_table.CHOICES, entry_table.usual)

    def found() -> Iterator[Found]:
        for path, source in files(paths, lambda path: path.suffix.casefold() in entry_table.SUFFIXES):
            for item, says in entry_table.read(path, source, now, mapping.columns):
                yield _found(item, says)

    items = list(takewhile(lambda _: not cancelled(), found()))
    mapping.close(keep=not dry_run, is_whole=False)
    return _bring_in(book, items, paths, now, dry_run, take, cancelled, progress, author)


def import_json(
    book: Book,
    paths: Sequence[Path],
    *,
    now: datetime,
    dry_run: bool = False,
    take: Take = "ours",
    columns: Mapping[str, str] = {},
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[Done], None] = lambda _: None,
    author: str | None = None,
) -> Report:
    """Bring in the known blockers, with their notes and uses, that the JSON files at or below `paths` hold.

    What `show --json`, `entries list --json` and an export as JSON tell comes back whole; the records of another
    program are read by their keys (`columns`, as in `import_entry_tables`). Raises Unreadable if there is no file.
    """
    there = list(files(paths, lambda path: path.suffix.casefold() in entry_json.SUFFIXES))
    if not there:
        raise Unreadable(f"There is no JSON file (.json) in {names(paths)}; nothing was changed.")
    mapping = RememberedColumns(book, columns, entry_table.CHOICES, entry_table.usual)
    read = entry_json.read(there, now, mapping.columns)
    items = [_found(item) for item in takewhile(lambda _: not cancelled(), read)]
    mapping.close(keep=not dry_run, is_whole=False)
    return _bring_in(book, items, paths, now, dry_run, take, cancelled, progress, author)


def _found(item: Item, says: frozenset[str] | None = None) -> Found:
    return Found(item.source, item.entry, item.reason, item.warnings, says, notes=item.notes, uses=item.uses)


def _bring_in(
    book: Book,
    items: Sequence[Found],
    paths: Sequence[Path],
    now: datetime,
    dry_run: bool,
    take: Take,
    cancelled: Callable[[], bool],
    progress: Callable[[Done], None],
    author: str | None,
) -> Report:
    stroke = new_stroke(now, author or default_author(), f"Import known blockers from {names(paths)}")
    run = Run(book, ENTRIES, stroke, take, dry_run, len(items), progress, KnownEntries(book))
    return take_in(run, items, cancelled)
