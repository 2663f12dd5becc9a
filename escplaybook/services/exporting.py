"""Writing known blockers into a folder, one Markdown file each, so that nobody is locked in."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.identity import Record
from escplaybook.domain.knowledge import Entry
from escplaybook.exchange.entry_reading import entry_from
from escplaybook.exchange.markdown import write
from escplaybook.services.importing import Remark
from escplaybook.store import history, records
from escplaybook.store.book import Book
from escplaybook.store.knowledge import all_notes_on

_SLUG_LENGTH = 60
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Exported:
    """How many files were written, how many said the right thing already, and which were left as they are and why."""

    written: int
    same: int
    refused: tuple[Remark, ...]


def export_markdown(book: Book, folder: Path, *, progress: Callable[[int, int], None] = lambda *_: None) -> Exported:
    """Write every known blocker with its notes, retired ones too, into `folder`; reading gives each back whole.

    A file that this program did not write, or that was changed since, is left and named. Every file is whole or not
    there. `progress` is told how many of how many are done. Raises PlaybookError if the folder cannot be written.
    """
    written = same = 0
    refused: list[Remark] = []
    entries = records.everything(book, Entry)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for done, entry in enumerate(entries, 1):
            path, text = folder / file_name(entry), write(entry, all_notes_on(book, entry.id)).encode()
            if path.is_file() and path.read_bytes() == text:
                same += 1
            elif path.exists() and not _is_ours(book, entry, path):
                refused.append(Remark(path.name, "The file is not as this program wrote it; it was left as it is."))
            else:
                _put(path, text)
                _drop_former_names(book, entry, path)
                written += 1
            progress(done, len(entries))
    except OSError as error:
        raise PlaybookError(
            f"{folder} cannot be written ({error.strerror}); the files that are there are whole. Mend it and try again."
        ) from error
    return Exported(written, same, tuple(refused))


def file_name(entry: Entry) -> str:
    """The entry's file name, from its key and the plain letters of its title: `kb-0142-login-loops.md`."""
    plain = unicodedata.normalize("NFKD", entry.title.casefold()).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:_SLUG_LENGTH].strip("-")
    return f"{entry.key.casefold()}-{slug}.md" if slug else f"{entry.key.casefold()}.md"


def _is_ours(book: Book, entry: Entry, path: Path) -> bool:
    """Whether the file is to the letter what an earlier export wrote: versions that the history keeps."""
    text = path.read_bytes() if path.is_file() else b""
    notes = _notes_in(text)
    if any(note not in _versions(book, note) for note in notes):
        return False
    entries = (version for version in _versions(book, entry) if isinstance(version, Entry))
    return any(write(version, notes).encode() == text for version in entries)


def _notes_in(text: bytes) -> tuple[Annotation, ...]:
    """The notes that a file holds; none if it is no file of ours."""
    try:
        return entry_from(text.decode(), "", _ANY_TIME).notes
    except (UnicodeDecodeError, PlaybookError):
        return ()


def _versions(book: Book, record: Record) -> list[Record]:
    return [line.edit.after for line in history.of_record(book, record.id) if line.edit.after is not None]


def _put(path: Path, text: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(text)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _drop_former_names(book: Book, entry: Entry, path: Path) -> None:
    """Remove what was written under an earlier title, unless somebody changed it."""
    key = entry.key.casefold()
    for former in (path.with_name(f"{key}.md"), *sorted(path.parent.glob(f"{key}-*.md"))):
        if former != path and former.is_file() and _is_ours(book, entry, former):
            former.unlink()
