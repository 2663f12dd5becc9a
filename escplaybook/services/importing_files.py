"""Bringing files in by what they are: known blockers, people, absences by the ending of each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar, get_args

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange.calendar_reading import SUFFIXES as CALENDARS
from escplaybook.exchange.files import names
from escplaybook.exchange.markdown import SUFFIXES
from escplaybook.services.importing import Done, Report, Take, import_markdown
from escplaybook.services.importing_absences import import_calendars
from escplaybook.services.importing_contacts import import_csv, import_vcards
from escplaybook.store.book import Book

T = TypeVar("T")
Form = Literal["markdown", "vcard", "csv", "ics"]
FORMS: tuple[Form, ...] = get_args(Form)

_SUFFIXES: dict[Form, frozenset[str]] = {
    "markdown": frozenset(SUFFIXES),
    "vcard": frozenset({".vcf", ".vcard"}),
    "csv": frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".ods"}),
    "ics": frozenset(CALENDARS),
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
    headings: Mapping[str, str] = {},
    profile: str | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[Done], None] = lambda _: None,
    author: str | None = None,
) -> Report:
    """Bring in everything at or below `paths`; without `form` each file tells by its ending what it is.

    Each form is one stroke to undo. `same` and `columns` are answers about people and tables (see `import_csv`),
    `headings` and `profile` about pages (see `import_markdown`). Raises Unreadable if there is nothing to read.
    """
    importers: dict[Form, Callable[..., Report]] = {
        "markdown": partial(import_markdown, said=headings, profile=profile),
        "vcard": partial(import_vcards, same=same),
        "csv": partial(import_csv, same=same, columns=columns),
        "ics": import_calendars,
    }
    reports = []
    for each, found in _by_form(paths, form):
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


def _by_form(paths: Sequence[Path], form: Form | None) -> list[tuple[Form, list[Path]]]:
    if form is not None:
        return [(form, list(paths))]
    parted = [(each, [path for path in paths if _holds(path, _SUFFIXES[each])]) for each in FORMS]
    found = [(each, some) for each, some in parted if some]
    if not found:
        raise Unreadable(f"There is nothing to read in {names(paths)} (.md, .vcf, .csv or .ics); nothing was changed.")
    return found


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
