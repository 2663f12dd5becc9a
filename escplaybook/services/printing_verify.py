"""Whether a PDF printed earlier still agrees with the book, and if not what has changed since, in words."""

import io
import json
import logging
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from escplaybook.domain.errors import NotFound, PlaybookError, Unreadable
from escplaybook.domain.field_words import UNSAID, NameOf, said
from escplaybook.domain.identity import Record
from escplaybook.domain.naming import name_of, named
from escplaybook.domain.validity import edition_words, speaks_of_matrix
from escplaybook.services.sheets.kinds import content
from escplaybook.services.sheets.wishes import Content, wish_of
from escplaybook.store import history
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_named, kind_of
from escplaybook.store.programme import programme
from escplaybook.store.records import find
from escplaybook.store.rows import columns, hash_of, to_json

if TYPE_CHECKING:
    from escplaybook.paper.page import Source

LARGEST = 40_000_000
"""Bytes of the largest file that is read; a sheet with every picture of a book is far smaller."""

_SHOWN, _BEFORE = 120, 24


@dataclass(frozen=True, slots=True)
class Label:
    """What a printed file says of itself. `outdated` numbers were past their day when it was printed."""

    sheet: str
    printed: datetime
    valid_until: date | None
    outdated: int
    choices: dict[str, str]
    sources: "tuple[Source, ...]"
    until_why: str = ""
    edition: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field said when the sheet was printed, and what it says now; long texts from where they differ on."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Printed:
    """One record on a sheet and what became of it in the book. `changes` are told where the printed state is known."""

    kind: str
    key: str
    state: Literal["agrees", "changed", "gone", "missing"]
    changes: tuple[FieldChange, ...] = ()
    name: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ."""
        return tuple(change.field for change in self.changes)


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` found. `missing` records belong on such a sheet today and are not on this one.

    `edition` is the one that the sheet was printed from, `edition_now` the one that holds; empty where it speaks of
    no matrix. `is_past` tells that the day until which it was valid is over, `is_rewritten` that what is printed and
    lies in no record, as the chapters of a playbook, says something else now.
    """

    sheet: str
    printed: datetime
    records: tuple[Printed, ...]
    valid_until: date | None = None
    is_past: bool = False
    edition: str = ""
    edition_now: str = ""
    is_rewritten: bool = False

    @property
    def is_current(self) -> bool:
        """Whether the sheet still says what the book says, by the edition that holds."""
        agree = all(record.state == "agrees" for record in self.records)
        return agree and self.edition == self.edition_now and not self.is_rewritten


def verify(book: Book, path: Path, at: datetime | None = None) -> Verification:
    """Compare a PDF printed by this program with the book as it is; `at` tells which edition holds (else as printed).

    Raises Unreadable if the file cannot be read or was not printed by this program.
    """
    foreign = f"{path} was not printed by this program, so it cannot be compared with the book."
    try:
        if path.exists() and not path.is_file():  # a pipe or a device might never end
            raise Unreadable(f"{path} is not a file, so it cannot be compared with the book. Check the name.")
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"{path} is larger than any sheet of this program; it was left as it is.")
        label = label_of(path.read_bytes())
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror}); it was left as it is.") from error
    except ValueError as error:  # also a name that no file can have
        raise Unreadable(foreign) from error
    names = _names(book)
    on_it = [_compared(book, source, names) for source in label.sources]
    found = _again(book, label)
    return Verification(
        label.sheet,
        label.printed,
        (*on_it, *_missing(found, label)),
        valid_until=label.valid_until,
        is_past=bool(at and label.valid_until and label.valid_until < at.date()),
        edition=label.edition,
        edition_now=_edition_now(book, found, label, at),
        is_rewritten=found is not None and found.text != label.text,
    )


def label_of(pdf: bytes) -> Label:
    """What the PDF says it is. Raises ValueError if this program did not print it."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    from escplaybook.paper.page import RECORDS, Source

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is told in our own sentence
    # whatever a damaged file holds
    damage = (PyPdfError, DependencyError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
    try:
        (attached,) = PdfReader(io.BytesIO(pdf)).attachments[RECORDS]
        told = json.loads(attached)
        until, printed = told.get("valid_until"), datetime.fromisoformat(told["printed"])
        if printed.tzinfo is None:
            raise ValueError("an instant without its offset")
        return Label(
            str(told["sheet"]),
            printed,
            date.fromisoformat(until) if until else None,
            int(told.get("outdated", 0)),
            {str(name): str(value) for name, value in told.get("choices", {}).items()},
            tuple(Source(*(str(one[name]) for name in ("kind", "id", "key", "hash"))) for one in told["records"]),
            str(told.get("until_why", "")),
            str(told.get("edition", "")),
            str(told.get("text", "")),
        )
    except (*damage, zlib.error, AssertionError, NotImplementedError) as error:
        raise ValueError("not printed by this program") from error


def _again(book: Book, label: Label) -> Content | None:
    """What the same sheet would be printed from; None if what it was printed from is gone, as its records say."""
    try:
        return content(book, wish_of(label.sheet, label.choices), label.printed)
    except (PlaybookError, ValueError):
        return None


def _missing(found: Content | None, label: Label) -> Iterable[Printed]:
    """The records that the same sheet would be printed from today and that this one was not."""
    known = {source.id for source in label.sources}
    for record in found.records if found else ():
        if record.id not in known:
            yield Printed(kind_of(type(record)).name, record.key, "missing", name=name_of(record))


def _edition_now(book: Book, found: Content | None, label: Label, at: datetime | None) -> str:
    """The edition that such a sheet is printed from at `at`; what it says of itself where that cannot be told."""
    if at is None or found is None or not label.edition or not speaks_of_matrix(found.records):
        return label.edition
    return edition_words(programme(book), found.records, at, found.wish.deployment)


def _compared(book: Book, source: "Source", names: NameOf) -> Printed:
    try:
        now: Any = find(book, kind_named(source.kind).type, source.id)
    except NotFound:
        now = None  # a kind of record that this program does not know any more
    if now is None:
        return Printed(source.kind, source.key, "gone")
    if hash_of(to_json(now)) == source.hash:
        return Printed(source.kind, now.key, "agrees", name=name_of(now))
    versions = (line.edit.after for line in history.of_record(book, source.id) if line.edit.after is not None)
    then: Any = next((version for version in versions if hash_of(to_json(version)) == source.hash), None)
    changes = tuple(_changes(then, now, names)) if then is not None else ()
    return Printed(source.kind, now.key, "changed", changes, name_of(now))


def _changes(then: Any, now: Any, names: NameOf) -> Iterator[FieldChange]:
    for name in columns(type(now)):
        before, after = getattr(then, name), getattr(now, name)
        if name in UNSAID or before == after:
            continue
        if isinstance(before, tuple) and isinstance(after, tuple):  # only those parts that differ
            before, after = (
                tuple(one for one in before if one not in after),
                tuple(one for one in after if one not in before),
            )
        yield FieldChange(name, *_shortened(said(before, names), said(after, names)))


def _shortened(before: str, after: str) -> tuple[str, str]:
    """Two texts on a line each; of long ones what stands around the first place where they differ."""
    before, after = (" ".join(text.replace("\n", "; ").split()) for text in (before, after))
    if max(len(before), len(after)) <= _SHOWN:
        return before, after
    pairs = enumerate(zip(before, after, strict=False))
    start = next((at for at, (old, new) in pairs if old != new), min(len(before), len(after)))
    start = max(start - _BEFORE, 0)
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    end = "…" if len(text) > start + _SHOWN else ""
    return ("…" if start else "") + text[start : start + _SHOWN] + end


def _names(book: Book) -> NameOf:
    """How people, vendors and deployments are called that a field names by their ids."""
    found = programme(book)
    records: list[Record] = [*found.contacts.values(), *found.vendors, *found.deployments]
    called = {one.id: named(one) for one in records}
    return lambda record_id: called.get(record_id, record_id)
