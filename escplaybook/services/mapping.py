"""What the headings of all that is to come in would be taken for: columns of people, fields of known blockers."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange import entry_table
from escplaybook.exchange.contact_columns import CHOICES, Table
from escplaybook.exchange.files import files
from escplaybook.exchange.table_kinds import TableKind
from escplaybook.services.importing_files import Form, parts_of
from escplaybook.services.mapping_columns import RememberedColumns, tables_to_map
from escplaybook.services.mapping_headings import pages_to_map
from escplaybook.store.book import Book


class Answers(TypedDict):
    """What a person said, in the shape in which `import_files` takes it."""

    columns: Mapping[str, str]
    fields: Mapping[str, str]


def answers(
    said: Mapping[str, str], paths: Sequence[Path], form: Form | None = None, kind: TableKind | None = None
) -> Answers:
    """What was said of headings, parted into what is about people and what about known blockers.

    Where only one of the two comes in, all of it is about that one. Raises Unreadable if there is nothing to read.
    """
    parts = {part for part, _ in parts_of(paths, form, kind)} if said else set()
    if "contacts" not in parts:
        return {"columns": {}, "fields": said}
    if not parts & {"markdown", "entries", "json"}:
        return {"columns": said, "fields": {}}
    columns = {heading: field for heading, field in said.items() if field in CHOICES}
    return {"columns": columns, "fields": {one: said[one] for one in said if one not in columns}}


def to_map(
    book: Book,
    paths: Sequence[Path],
    said: Mapping[str, str] | None = None,
    *,
    form: Form | None = None,
    kind: TableKind | None = None,
    profile: str | None = None,
) -> list[tuple[Table, list[str]]]:
    """The tables and pages at or below `paths`, each with what its headings are proposed to be.

    `said` is what a person says of headings now. Raises Unreadable if that fits no field, or there is nothing to read.
    """
    told = answers(said or {}, paths, form, kind)
    proposed: list[tuple[Table, list[str]]] = []
    for part, found in parts_of(paths, form, kind):
        if part == "markdown":
            proposed += pages_to_map(book, found, told["fields"], profile)
        elif part == "contacts":
            proposed += tables_to_map(book, found, told["columns"])
        elif part == "entries":
            proposed += _entry_tables(book, found, told["fields"])
    return proposed


def _entry_tables(book: Book, paths: Sequence[Path], said: Mapping[str, str]) -> list[tuple[Table, list[str]]]:
    """The tables of known blockers that are not ours, which need no mapping."""
    remembered = RememberedColumns(book, said, entry_table.CHOICES, entry_table.usual)
    proposed = []
    for path, source in files(paths, lambda path: path.suffix.casefold() in entry_table.SUFFIXES):
        try:
            found = [one for one in entry_table.tables_in(path, source) if not entry_table.is_ours(one)]
        except Unreadable:
            continue
        proposed += [(table, remembered.columns(table.headings)) for table in found]
    remembered.close(keep=False, is_whole=False)
    return proposed
