"""Printing: a PDF of what the book says now, stamped with what it is and how long it holds."""

import errno
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Required, TypedDict, Unpack

from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.identity import Record
from escplaybook.domain.validity import class_of, edition_words, first_to_expire, replaced_on, speaks_of_matrix
from escplaybook.domain.verification import is_stale
from escplaybook.services.sheets.kinds import content
from escplaybook.services.sheets.wishes import Content, Wish
from escplaybook.store.book import Book, default_author
from escplaybook.store.kinds import kind_of
from escplaybook.store.programme import programme
from escplaybook.store.rows import hash_of, to_json

if TYPE_CHECKING:  # ReportLab costs start-up: it is loaded when something is printed
    from escplaybook.paper.page import Source, Stamp


PDF = ("PDF", b"%PDF-")
"""What a saved sheet is called and how its file begins."""

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
class Ready:
    """A sheet as it came off the press. `remarks` tell of fonts that could not be used, a sentence each."""

    pdf: bytes
    title: str
    pages: int
    stamp: "Stamp"
    remarks: tuple[str, ...] = ()


def set_pages(book: Book, wish: Wish, **how: Unpack[How]) -> Ready:
    """The sheet asked for, printed.

    Raises NotFound if there is nothing to print, PlaybookError if no paper has that name, Unprintable as `How` says.
    """
    from escplaybook.paper.collecting import put_off
    from escplaybook.paper.page import page_size

    at, size = how["at"], page_size(how.get("size", "A4"))
    found = content(book, wish, at)
    stamp = _stamp(book, found, at, how.get("author") or default_author())
    with _PRESS, put_off():
        sheet = found.lay_out(stamp, size)
        lost = () if how.get("with_replacements") else sheet.unprintable()
        if lost:
            raise Unprintable(lost)
        pdf, pages = sheet.printed()
        return Ready(pdf, sheet.title, pages, stamp, font_remarks())


def pdf_of(book: Book, wish: Wish, **how: Unpack[How]) -> bytes:
    """The sheet asked for, as a PDF; errors as of `set_pages`."""
    return set_pages(book, wish, **how).pdf


def print_to(book: Book, wish: Wish, target: Path, **how: Unpack[How]) -> Ready:
    """Write what `set_pages` gives to `target`, and return it; errors as there and as of `save`."""
    ready = set_pages(book, wish, **how)
    save(ready.pdf, target)
    return ready


def save(printed: bytes, target: Path, *, kind: tuple[str, bytes] = PDF) -> None:
    """Write a PDF to `target`, whole or not at all, also in an earlier one's place but in that of nothing else.

    `kind` is what the file is called and how every such file begins. Raises PlaybookError if it cannot be written.
    """
    real = Path(os.path.realpath(target))
    draft = real.with_name(f".{real.name[:200]}.{secrets.token_hex(4)}")
    try:
        if real.exists():
            _refuse_what_is_none(real, target, *kind)
        with draft.open("xb") as file:
            file.write(printed)
        draft.replace(real)
    except OSError as error:
        raise PlaybookError(
            f"{target} could not be written ({error.strerror}); nothing was left half done. Choose another place."
        ) from error
    finally:
        with suppress(OSError):  # there is none once all went well; whoever stops it by a key leaves none either
            draft.unlink(missing_ok=True)


def _refuse_what_is_none(real: Path, target: Path, name: str, beginning: bytes) -> None:
    """A book or a device named by mistake would be gone for good, and so would a file that may not be written."""
    if real.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if real.is_file():
        with real.open("r+b") as file:
            if file.read(len(beginning)) in (b"", beginning):
                return
    raise PlaybookError(f"{target} is there already and is no {name}; it was left as it is. Choose another place.")


def font_remarks() -> tuple[str, ...]:
    """What is to be told of fonts that could not be used since the program began, a sentence each."""
    from escplaybook.paper.fonts import remarks

    return remarks()


def _stamp(book: Book, found: Content, at: datetime, author: str) -> "Stamp":
    """What every page says of the whole, computed from what stands on it."""
    from escplaybook.paper.page import Stamp

    known, deployment = programme(book), found.wish.deployment
    only_named = {record.id for record in found.named}
    whole = [record for record in found.records if record.id not in only_named]
    expiries, edition = [first_to_expire(whole, found.points, at.date())], ""
    if speaks_of_matrix(found.records):
        edition = edition_words(known, found.records, at, deployment)
        expiries.append(replaced_on(known.editions, at, deployment))
    first = min(filter(None, expiries), key=lambda expiry: expiry.day, default=None)
    return Stamp(
        found.wish.sheet,
        at,
        author,
        tuple(_sources(found.records)),
        privacy=class_of(whole).words,
        edition=edition,
        valid_until=first.day if first else None,
        until_why=first.why if first else "",
        outdated=len({point.value for point, weight in found.points if is_stale(point, weight, at.date())}),
        choices=found.wish.choices,
        text=found.text,
    )


def _sources(records: Iterable[Record]) -> "Iterable[Source]":
    from escplaybook.paper.page import Source

    for record in records:
        yield Source(kind_of(type(record)).name, record.id, record.key, hash_of(to_json(record)))
