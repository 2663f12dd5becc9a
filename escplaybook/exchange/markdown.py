"""Collections of Markdown files, each file one known blocker: read into entries, and written back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.uses import Use
from escplaybook.exchange.entry_reading import entry_from
from escplaybook.exchange.entry_writing import write
from escplaybook.exchange.files import files
from escplaybook.exchange.text import text_of

__all__ = ["SUFFIXES", "Item", "count", "read", "write"]

SUFFIXES = (".md", ".markdown")
_ABOUT_THE_COLLECTION = ("readme", "license", "licence")


@dataclass(frozen=True, slots=True)
class Item:
    """One file: its path relative to the folder that was given, its entry or why it has none, its notes and uses."""

    source: str
    entry: Entry | None
    reason: str = ""
    warnings: tuple[str, ...] = ()
    notes: tuple[Annotation, ...] = ()
    uses: tuple[Use, ...] = ()


def read(paths: Sequence[Path], now: datetime) -> Iterator[Item]:
    """Each Markdown file at or below `paths`, one after the other, in the order of their names.

    A file without dates counts as made `now`. Raises Unreadable if one of `paths` is not there.
    """
    for path, source in files(paths, _is_an_item):
        yield _item(path, source, now)


def count(paths: Sequence[Path]) -> int:
    """How many items `read` will give."""
    return sum(1 for _ in files(paths, _is_an_item))


def _item(path: Path, source: str, now: datetime) -> Item:
    try:
        if path.suffix.casefold() not in SUFFIXES:
            raise Unreadable(f"The file is not Markdown; its name should end in {' or '.join(SUFFIXES)}.")
        text, warning = text_of(path)
        if not text.strip():
            raise Unreadable("The file is empty.")
        entry, warnings, notes, uses = entry_from(text, source, now)
    except (Unreadable, InvalidRecord) as error:
        return Item(source, None, str(error))
    return Item(source, entry, "", (warning, *warnings) if warning else warnings, notes, uses)


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
