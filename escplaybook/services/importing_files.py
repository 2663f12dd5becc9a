"""Bringing files in by what they are: known blockers, people, absences, by the ending and the headings of each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar, get_args

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange.calendar_reading import SUFFIXES as CALENDARS
from escplaybook.exchange.entry_json import SUFFIXES as JSON
from escplaybook.exchange.files import files, names, shown
from escplaybook.exchange.markdown import SUFFIXES
from escplaybook.exchange.table_kinds import TABLE_KINDS, TableKind, kind_of_table
from escplaybook.services.importing import Done, Report, Take, import_markdown
from escplaybook.services.importing_absences import import_absences, import_calendars
from escplaybook.services.importing_contacts import import_csv, import_vcards
from escplaybook.services.importing_entries import import_entry_tables, import_json
from escplaybook.store.book import Book

T = TypeVar("T")
_PACKED = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar")
Form = Literal["markdown", "vcard", "csv", "ics", "json"]
FORMS: tuple[Form, ...] = get_args(Form)

_SUFFIXES: dict[Form, frozenset[str]] = {
    "markdown": frozenset(SUFFIXES),
    "vcard": frozenset({".vcf", ".vcard"}),
    "csv": frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".ods"}),
    "ics": frozenset(CALENDARS),
    "json": frozenset(JSON),
}


def import_files(
    book: Book,
    paths: Sequence[Path],
    *,
    now: datetime,
    form: Form | None = None,
    dry_run: bool = False,
    take: Take = "ours",
    same: Mapping[str, str] = {},
    columns: Mapping[str, str] = {},
    fields: Mapping[str, str] = {},
    profile: str | None = None,
    kind: TableKind | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[Done], None] = lambda _: None,
    author: str | None = None,
) -> Report:
    """Bring in everything at or below `paths`; without `form` each file tells by its ending what it is.

    What a table is about its headings tell, unless `kind` does. Each form is one stroke to undo. `same` and `columns`
    are answers about people and their tables (see `import_csv`), `fields` and `profile` about the pages, tables and
    JSON of known blockers (see `import_markdown`). Raises Unreadable if there is nothing to read.
    """
    importers: dict[Form | TableKind, Callable[..., Report]] = {
        "markdown": partial(import_markdown, said=fields, profile=profile),
        "vcard": partial(import_vcards, same=same),
        "contacts": partial(import_csv, same=same, columns=columns),
        "absences": import_absences,
        "entries": partial(import_entry_tables, columns=fields),
        "ics": import_calendars,
        "json": partial(import_json, columns=fields),
    }
    reports = []
    for each, found in parts_of(paths, form, kind):
        reports.append(
            importers[each](
                book,
                found,
                now=now,
                dry_run=dry_run,
                take=take,
                cancelled=cancelled,
                progress=progress,
                author=author,
            )
        )
    return _together(reports)


def parts_of(
    paths: Sequence[Path], form: Form | None = None, kind: TableKind | None = None
) -> Iterator[tuple[Form | TableKind, list[Path]]]:
    """What is at or below `paths`, by form, tables by what they are about. Raises Unreadable if there is nothing."""
    for each, found in _by_form(paths, form):
        if each == "csv":
            yield from _by_kind(found, kind)
        else:
            yield each, found


def _by_form(paths: Sequence[Path], form: Form | None) -> list[tuple[Form, list[Path]]]:
    if form is not None:
        return [(form, list(paths))]
    for path in paths:
        if path.suffix.casefold() in _PACKED and path.is_file():
            raise Unreadable(f"{shown(path.name)} is packed; unpack it and bring in the folder. Nothing was changed.")
    parted = [(each, [path for path in paths if _holds(path, _SUFFIXES[each])]) for each in FORMS]
    found = [(each, some) for each, some in parted if some]
    if not found:
        raise Unreadable(
            f"There is nothing to read in {names(paths)} (.md, .vcf, .csv, .json or .ics); nothing was changed."
        )
    return found


def _by_kind(paths: Sequence[Path], kind: TableKind | None) -> list[tuple[TableKind, list[Path]]]:
    """The tables by what they are about; a folder that holds more than one kind is taken apart."""
    if kind is not None:
        return [(kind, list(paths))]
    parted: dict[TableKind, list[Path]] = defaultdict(list)
    for path in paths:
        inside = _tables_in(path) if path.is_dir() else [path]
        kinds = {one: kind_of_table(one) for one in inside}
        if len(set(kinds.values())) == 1:
            parted[kinds[inside[0]]].append(path)
        else:
            for one, found in kinds.items():
                parted[found].append(one)
    return [(each, parted[each]) for each in TABLE_KINDS if each in parted] or [("contacts", list(paths))]


def _tables_in(folder: Path) -> list[Path]:
    return [path for path, _ in files([folder], lambda one: one.suffix.casefold() in _SUFFIXES["csv"])]


def _holds(path: Path, suffixes: frozenset[str]) -> bool:
    """Whether the file is of that form, or the folder has one that is."""
    if path.is_dir():
        return any(inner.suffix.lower() in suffixes for inner in path.rglob("*"))
    return path.suffix.lower() in suffixes


def _together(reports: Sequence[Report]) -> Report:
    return Report(
        added=sum(report.added for report in reports),
        changed=sum(report.changed for report in reports),
        same=sum(report.same for report in reports),
        refused=_all(report.refused for report in reports),
        items=_all(report.items for report in reports),
        conflicts=_all(report.conflicts for report in reports),
        warnings=_all(report.warnings for report in reports),
        cancelled=any(report.cancelled for report in reports),
        doubles=_all(report.doubles for report in reports),
    )


def _all(parts: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(item for part in parts for item in part)
