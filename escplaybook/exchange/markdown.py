"""Collections of Markdown files, each file one known blocker: read into entries, and written back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.uses import Use
from escplaybook.exchange import attached_files
from escplaybook.exchange.entry_reading import Page, entry_from, page_from
from escplaybook.exchange.entry_writing import write
from escplaybook.exchange.files import files
from escplaybook.exchange.profiles import Meanings, Usual
from escplaybook.exchange.text import SIZE_LIMIT, bytes_of, decode, text_of

__all__ = ["SUFFIXES", "Item", "Page", "count", "pages", "read", "write"]

SUFFIXES = (".md", ".markdown")
_OURS_LIMIT = 40_000_000
"""Bytes in one file of ours: the longest entry there is, in letters of four bytes, and what was noted on it."""

_USUAL = Usual()
_ABOUT_THE_COLLECTION = ("readme", "license", "licence")


@dataclass(frozen=True, slots=True)
class Item:
    """One file: its path relative to the folder that was given, its entry or why it has none, its notes and uses.

    `files` are the bytes of what is attached to it.
    """

    source: str
    entry: Entry | None
    reason: str = ""
    warnings: tuple[str, ...] = ()
    notes: tuple[Annotation, ...] = ()
    uses: tuple[Use, ...] = ()
    files: tuple[bytes, ...] = ()


def read(paths: Sequence[Path], now: datetime, meanings: Meanings = _USUAL) -> Iterator[Item]:
    """Each Markdown file at or below `paths`, one after the other, in the order of their names.

    A file without dates counts as made `now`. `meanings` says what headings and keys are. Raises Unreadable if one of
    `paths` is not there.
    """
    for path, source in files(paths, _is_an_item):
        yield _item(path, source, now, meanings)


def pages(paths: Sequence[Path], meanings: Meanings) -> Iterator[Page]:
    """The pages at or below `paths` that are not in our own form, as they stand; what cannot be read is left out."""
    for path, _ in files(paths, _is_an_item):
        try:
            page = page_from(text_of(path)[0], meanings) if path.suffix.casefold() in SUFFIXES else None
        except Unreadable:
            continue
        if page is not None:
            yield page


def count(paths: Sequence[Path]) -> int:
    """How many items `read` will give."""
    return sum(1 for _ in files(paths, _is_an_item))


def _item(path: Path, source: str, now: datetime, meanings: Meanings) -> Item:
    try:
        if path.suffix.casefold() not in SUFFIXES:
            raise Unreadable(f"The file is not Markdown; its name should end in {' or '.join(SUFFIXES)}.")
        text, warning = decode(bytes_of(path, _OURS_LIMIT if _is_ours(path) else SIZE_LIMIT))
        if not text.strip():
            raise Unreadable("The file is empty.")
        entry, warnings, notes, uses = entry_from(text, source, now, meanings)
    except (Unreadable, InvalidRecord) as error:
        return Item(source, None, str(error))
    found, missing = attached_files.data_beside(path, entry.attachments)
    warnings = (*((warning,) if warning else ()), *warnings, *missing)
    return Item(source, entry, "", warnings, notes, uses, found)


def _is_ours(path: Path) -> bool:
    """Whether the file begins as this program writes one; a pipe, which might never end, is not asked."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(32).startswith((b"---\nescplaybook:", b'---\n{\n  "escplaybook":'))
    except OSError:
        return False


def _is_an_item(path: Path) -> bool:
    """Whether the file is Markdown, and no page about the collection."""
    return path.suffix.casefold() in SUFFIXES and (
        path.stem.casefold() not in _ABOUT_THE_COLLECTION or _begins_with_dashes(path)
    )


def _begins_with_dashes(path: Path) -> bool:
    """Whether a README has front matter: then its author means it as an item."""
    try:
        with path.open("rb") as file:
            return file.read(16).lstrip(b"\xef\xbb\xbf").startswith(b"---")
    except OSError:
        return False
