"""Printing: a PDF of what the book says now, and whether a PDF printed earlier still agrees with it."""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from escplaybook.domain.contacts import Contact
from escplaybook.domain.errors import NotFound, PlaybookError, Unreadable
from escplaybook.domain.identity import Record
from escplaybook.domain.knowledge import Entry
from escplaybook.store import history
from escplaybook.store.book import Book, default_author
from escplaybook.store.kinds import kind_named, kind_of
from escplaybook.store.records import by_key, everything, find
from escplaybook.store.rows import columns, hash_of, to_json

if TYPE_CHECKING:  # ReportLab costs start-up: it is loaded when something is printed
    from escplaybook.paper.page import Sheet, Source, Stamp


class Unprintable(PlaybookError):
    """Some characters are in no font here; `texts` says which, and where."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.texts = texts
        named = "; ".join(texts[:3]) + (f"; and {len(texts) - 3} more texts" if len(texts) > 3 else "")
        super().__init__(
            f"No font here can print {named}. Nothing was printed. Install a font that has them, "
            "or print with their numbers in their place."
        )


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


def pdf_of_entry(
    book: Book, key: str, *, at: datetime, size: str = "A4", author: str = "", with_replacements: bool = False
) -> bytes:
    """The sheet of one known blocker as a PDF. `at` is shown as the time of printing, in its own zone.

    Characters that no font here has raise Unprintable; `with_replacements` prints `[U+1F680]` in their place.
    Raises NotFound if no entry is called `key`, PlaybookError if no paper is called `size`.
    """
    from escplaybook.paper.entries import entry_sheet
    from escplaybook.paper.page import page_size

    entry = by_key(book, key)
    if not isinstance(entry, Entry):
        raise NotFound(f"{entry.key} is not a known blocker; nothing was printed. Their keys look like KB-0001.")
    sheet = entry_sheet(entry, _stamp("entry", [entry], at, author), page_size(size))
    return _pdf(sheet, with_replacements=with_replacements)


def pdf_of_contact_sheet(
    book: Book, *, at: datetime, size: str = "A4", author: str = "", with_replacements: bool = False
) -> bytes:
    """Everyone who can be called, by name, as a PDF; arguments and errors as for `pdf_of_entry`."""
    from escplaybook.paper.contacts import Group, by_name, contact_sheet
    from escplaybook.paper.page import page_size

    people = by_name(_present(book))
    if not people:
        raise NotFound("There are no contacts in this book yet, so there is nothing to print; add or import some.")
    stamp = _stamp("contact-sheet", people, at, author)
    sheet = contact_sheet("Contacts", [Group("", people)], stamp, page_size(size))
    return _pdf(sheet, with_replacements=with_replacements)


def print_entry(
    book: Book,
    key: str,
    target: Path,
    *,
    at: datetime,
    size: str = "A4",
    author: str = "",
    with_replacements: bool = False,
) -> None:
    """Write what `pdf_of_entry` gives to `target`; errors as there and as of `save`."""
    save(pdf_of_entry(book, key, at=at, size=size, author=author, with_replacements=with_replacements), target)


def print_contact_sheet(
    book: Book, target: Path, *, at: datetime, size: str = "A4", author: str = "", with_replacements: bool = False
) -> None:
    """Write what `pdf_of_contact_sheet` gives to `target`; errors as there and as of `save`."""
    save(pdf_of_contact_sheet(book, at=at, size=size, author=author, with_replacements=with_replacements), target)


def save(pdf: bytes, target: Path) -> None:
    """Write a PDF to `target`, whole or not at all. Raises PlaybookError if it cannot be written there."""
    real = target.resolve()
    draft = real.with_name(f".{real.name}.{secrets.token_hex(4)}")
    try:
        if real.exists():
            real.open("r+b").close()  # a file that may not be written is not to be replaced either
        with draft.open("xb") as file:
            file.write(pdf)
        draft.replace(real)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise PlaybookError(
            f"{target} could not be written ({error.strerror}); nothing was left half done. Choose another place."
        ) from error


def verify(book: Book, path: Path) -> Verification:
    """Compare a PDF printed by this program with the book as it is.

    Raises Unreadable if the file cannot be read or was not printed by this program.
    """
    sheet, printed, sources = _printed_from(path)
    on_it = [_compared(book, source) for source in sources]
    if sheet == "contact-sheet":
        ids = {source.id for source in sources}
        on_it += [Printed("contact", new.key, "missing") for new in _present(book) if new.id not in ids]
    return Verification(sheet, printed, tuple(on_it))


def _present(book: Book) -> list[Contact]:
    return [contact for contact in everything(book, Contact) if contact.retired is None]


def _stamp(sheet: str, records: Sequence[Record], at: datetime, author: str) -> "Stamp":
    from escplaybook.paper.page import Stamp

    return Stamp(sheet, at, author or default_author(), tuple(_sources(records)))


def _sources(records: Iterable[Record]) -> "Iterable[Source]":
    from escplaybook.paper.page import Source

    for record in records:
        yield Source(kind_of(type(record)).name, record.id, record.key, hash_of(to_json(record)))


def _pdf(sheet: "Sheet", *, with_replacements: bool) -> bytes:
    lost = () if with_replacements else sheet.unprintable()
    if lost:
        raise Unprintable(lost)
    return sheet.pdf()


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


def _printed_from(path: Path) -> "tuple[str, datetime, list[Source]]":
    """What the PDF says it is, when it was printed and from which records."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    from escplaybook.paper.page import RECORDS, Source

    try:
        (attached,) = PdfReader(path).attachments[RECORDS]
        named = json.loads(attached)
        sources = [Source(**record) for record in named["records"]]
        return str(named["sheet"]), datetime.fromisoformat(named["printed"]), sources
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror}); it was left as it is.") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:  # whatever a damaged file holds
        raise Unreadable(f"{path} was not printed by this program, so it cannot be compared with the book.") from error
