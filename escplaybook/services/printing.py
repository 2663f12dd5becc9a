"""Printing: a PDF of what the book says now, and whether a PDF printed earlier still agrees with it."""

import errno
import io
import json
import logging
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, Required, TypedDict, Unpack

from escplaybook.domain.errors import PlaybookError, Unreadable
from escplaybook.domain.identity import Record
from escplaybook.domain.verification import is_stale, valid_until
from escplaybook.services.sheets.kinds import content
from escplaybook.services.sheets.wishes import Wish, wish_of
from escplaybook.store import history
from escplaybook.store.book import Book, default_author
from escplaybook.store.kinds import kind_named, kind_of
from escplaybook.store.records import find
from escplaybook.store.rows import columns, hash_of, to_json

if TYPE_CHECKING:  # ReportLab costs start-up: it is loaded when something is printed
    from escplaybook.paper.page import Source


_PRESS = Lock()
"""One sheet at a time: ReportLab keeps its fonts, and what of them a PDF needs, once for the whole process."""


class Unprintable(PlaybookError):
    """Some characters are in no font here; `texts` says which, and where."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.texts = texts
        named = "; ".join(texts[:3]) + (f"; and {len(texts) - 3} more texts" if len(texts) > 3 else "")
        super().__init__(
            f"No font here can print {named}. Nothing was printed. Install a font that has them, "
            "or print with their numbers in their place."
        )


class How(TypedDict, total=False):
    """How to print: `at` is shown as the time of printing, in its own zone; `size` is a paper's name, A4 by default.

    Characters that no font here has raise Unprintable; `with_replacements` prints `[U+1F680]` in their place.
    """

    at: Required[datetime]
    size: str
    author: str
    with_replacements: bool


@dataclass(frozen=True, slots=True)
class Label:
    """What a printed file says of itself. `outdated` numbers were past their day when it was printed."""

    sheet: str
    printed: datetime
    valid_until: date | None
    outdated: int
    choices: dict[str, str]
    sources: "tuple[Source, ...]"


@dataclass(frozen=True, slots=True)
class Printed:
    """One record on a sheet and what became of it in the book. `fields` are those that differ, where it is known."""

    kind: str
    key: str
    state: Literal["agrees", "changed", "gone", "missing"]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` found. `missing` records belong on such a sheet today and are not on this one."""

    sheet: str
    printed: datetime
    records: tuple[Printed, ...]

    @property
    def is_current(self) -> bool:
        """Whether the sheet still says what the book says."""
        return all(record.state == "agrees" for record in self.records)


def pdf_of(book: Book, wish: Wish, **how: Unpack[How]) -> bytes:
    """The sheet asked for, as a PDF.

    Raises NotFound if there is nothing to print, PlaybookError if no paper has that name, Unprintable as `How` says.
    """
    from escplaybook.paper.page import Stamp, page_size

    at, size = how["at"], page_size(how.get("size", "A4"))
    found = content(book, wish, at)
    stamp = Stamp(
        wish.sheet,
        at,
        how.get("author") or default_author(),
        tuple(_sources(found.records)),
        valid_until=valid_until(found.points),
        outdated=len({point.value for point, weight in found.points if is_stale(point, weight, at.date())}),
        choices=found.wish.choices,
    )
    with _PRESS:
        sheet = found.lay_out(stamp, size)
        lost = () if how.get("with_replacements") else sheet.unprintable()
        if lost:
            raise Unprintable(lost)
        return sheet.pdf()


def print_to(book: Book, wish: Wish, target: Path, **how: Unpack[How]) -> None:
    """Write what `pdf_of` gives to `target`; errors as there and as of `save`."""
    save(pdf_of(book, wish, **how), target)


def save(pdf: bytes, target: Path) -> None:
    """Write a PDF to `target`, whole or not at all, also in an earlier one's place but in that of nothing else.

    Raises PlaybookError if it cannot be written there.
    """
    real = Path(os.path.realpath(target))
    draft = real.with_name(f".{real.name[:200]}.{secrets.token_hex(4)}")
    try:
        if real.exists():
            _refuse_what_is_no_pdf(real, target)
        with draft.open("xb") as file:
            file.write(pdf)
        draft.replace(real)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise PlaybookError(
            f"{target} could not be written ({error.strerror}); nothing was left half done. Choose another place."
        ) from error


def _refuse_what_is_no_pdf(real: Path, target: Path) -> None:
    """A book or a device named by mistake would be gone for good, and so would a file that may not be written."""
    if real.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if real.is_file():
        with real.open("r+b") as file:
            if file.read(5) in (b"", b"%PDF-"):
                return
    raise PlaybookError(f"{target} is there already and is no PDF; it was left as it is. Choose another name.")


def verify(book: Book, path: Path) -> Verification:
    """Compare a PDF printed by this program with the book as it is.

    Raises Unreadable if the file cannot be read or was not printed by this program.
    """
    try:
        label = label_of(path.read_bytes())
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror}); it was left as it is.") from error
    except ValueError as error:
        raise Unreadable(f"{path} was not printed by this program, so it cannot be compared with the book.") from error
    on_it = [_compared(book, source) for source in label.sources]
    return Verification(label.sheet, label.printed, (*on_it, *_missing(book, label)))


def label_of(pdf: bytes) -> Label:
    """What the PDF says it is. Raises ValueError if this program did not print it."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    from escplaybook.paper.page import RECORDS, Source

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is told in our own sentence
    try:
        (attached,) = PdfReader(io.BytesIO(pdf)).attachments[RECORDS]
        said = json.loads(attached)
        until = said.get("valid_until")
        return Label(
            str(said["sheet"]),
            datetime.fromisoformat(said["printed"]),
            date.fromisoformat(until) if until else None,
            int(said.get("outdated", 0)),
            {str(name): str(value) for name, value in said.get("choices", {}).items()},
            tuple(Source(**record) for record in said["records"]),
        )
    except (PyPdfError, KeyError, TypeError, AttributeError) as error:  # whatever a damaged file holds
        raise ValueError("not printed by this program") from error


def _missing(book: Book, label: Label) -> Iterable[Printed]:
    """The records that the same sheet would be printed from today and that this one was not."""
    known = {source.id for source in label.sources}
    try:
        found = content(book, wish_of(label.sheet, label.choices), label.printed)
    except (PlaybookError, ValueError):  # what it was printed from is gone, which its records say already
        return
    yield from (
        Printed(kind_of(type(record)).name, record.key, "missing") for record in found.records if record.id not in known
    )


def _sources(records: Iterable[Record]) -> "Iterable[Source]":
    from escplaybook.paper.page import Source

    for record in records:
        yield Source(kind_of(type(record)).name, record.id, record.key, hash_of(to_json(record)))


def _compared(book: Book, source: "Source") -> Printed:
    now: Any = find(book, kind_named(source.kind).type, source.id)
    if now is None:
        return Printed(source.kind, source.key, "gone")
    if hash_of(to_json(now)) == source.hash:
        return Printed(source.kind, now.key, "agrees")
    versions = (line.edit.after for line in history.of_record(book, source.id) if line.edit.after is not None)
    then: Any = next((version for version in versions if hash_of(to_json(version)) == source.hash), None)
    names = columns(type(now)) if then is not None else ()
    differing = (name for name in names if getattr(now, name) != getattr(then, name))
    return Printed(source.kind, now.key, "changed", tuple(name for name in differing if name != "updated"))
