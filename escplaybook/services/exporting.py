"""Writing known blockers and people into a folder in forms that other programs read, so that nobody is locked in."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, Literal, get_args

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.contacts import Contact, ContactPoint, Privacy
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.identity import Record
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.uses import Use
from escplaybook.domain.vendors import Vendor
from escplaybook.exchange import contact_table, entry_table, vcard
from escplaybook.exchange.attached_files import place_of
from escplaybook.exchange.entry_reading import entry_from
from escplaybook.exchange.markdown import write
from escplaybook.services.importing import Remark
from escplaybook.store import blobs, history, records
from escplaybook.store.book import Book
from escplaybook.store.kinds import KINDS
from escplaybook.store.knowledge import all_notes_on
from escplaybook.store.memory import Memory
from escplaybook.store.rows import to_full
from escplaybook.store.uses import uses_of

Form = Literal["markdown", "vcard", "csv", "json", "ics"]
FORMS: tuple[Form, ...] = get_args(Form)

_SLUG_LENGTH = 60
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Exported:
    """How many files were written, how many said the right thing already, and which were left as they are and why.

    `records` counts what they hold, `paths` names them.
    """

    written: int
    same: int
    refused: tuple[Remark, ...]
    records: int = 0
    paths: tuple[str, ...] = ()
    cancelled: bool = False


def export_files(
    book: Book,
    folder: Path,
    form: Form,
    *,
    private: bool = False,
    now: datetime | None = None,
    progress: Callable[[int, int], None] = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Write into `folder`: known blockers as Markdown, people as vCards or a table, or every record as JSON.

    As calendars (`ics`) it is the absences and the deadlines of agreements that lie ahead of `now`.

    As a table (`csv`) it is the people, and in another one the known blockers with their notes and uses.

    People go into one file, as phones and mail programs take one file at a time; those in use only. Private points,
    and what came with a card beyond the fields of a contact, are left out unless `private`; a table has no place for
    them at all. A file that somebody else wrote, or changed since, is left and named. Cancelled, no half file stays.
    Raises PlaybookError if the folder cannot be written.
    """
    if form == "markdown":
        return export_markdown(book, folder, progress=progress)
    if form == "json":
        return _exported(book, folder, _as_json(book, private), progress, cancelled)
    if form == "ics":
        assert now is not None  # what lies ahead is asked for
        return _exported(book, folder, _as_calendars(book, now), progress, cancelled)
    if form == "csv":
        tables = [_File("contacts.csv", *_people_as(book, form, private)), *_entries_as_table(book)]
        return _exported(book, folder, tables, progress, cancelled)
    path = folder / "contacts.vcf"
    return export_people(book, path, form, private=private, progress=progress, cancelled=cancelled)


def export_people(
    book: Book,
    path: Path,
    form: Form,
    *,
    private: bool = False,
    overwrite: bool = False,
    progress: Callable[[int, int], None] = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Write everybody in use to one file, as vCards or as a table; see `export_files`.

    With `overwrite` a file that somebody else wrote gives way. Raises PlaybookError if it cannot be written.
    """
    files = [_File(path.name, *_people_as(book, form, private))]
    return _exported(book, path.parent, files, progress, cancelled, overwrite=overwrite)


def _people_as(book: Book, form: Form, private: bool) -> tuple[int, Iterator[str]]:
    """How many people are in use, and they as a table or as cards."""
    people = [person for person in records.everything(book, Contact, "name") if person.retired is None]
    if form == "csv":
        return len(people), iter(["\ufeff" + contact_table.write_csv(people)])
    return len(people), vcard.cards(people, private=private, data_of=_photos(book))


def _entries_as_table(book: Book) -> Iterator["_File"]:
    """The known blockers with notes and uses, retired ones too; no table if there are none."""
    entries = records.everything(book, Entry)
    known = ((entry, all_notes_on(book, entry.id), uses_of(book, entry.id)) for entry in entries)
    if entries:
        yield _File("entries.csv", len(entries), chain(["\ufeff"], entry_table.write_csv(known)))


def export_markdown(book: Book, folder: Path, *, progress: Callable[[int, int], None] = lambda *_: None) -> Exported:
    """Write every known blocker with its notes and uses, retired ones too, into `folder`, what they attach beside.

    A file that this program did not write, or that was changed since, is left and named. Every file is whole or not
    there. `progress` is told how many of how many are done. Raises PlaybookError if the folder cannot be written.
    """
    written = same = 0
    refused: list[Remark] = []
    entries = records.everything(book, Entry)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for done, entry in enumerate(entries, 1):
            refused += _put_attachments(book, folder, entry)
            path, text = folder / file_name(entry), _page(book, entry).encode()
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
        raise _unwritable(folder, error) from error
    return Exported(written, same, tuple(refused))


def _put_attachments(book: Book, folder: Path, entry: Entry) -> Iterator[Remark]:
    """Write what the entry attaches beside its file; tells of what is not in the book or may not be overwritten."""
    for attachment in entry.attachments:
        path = folder / place_of(attachment)
        try:
            data = blobs.data_of(book, attachment)
        except PlaybookError as error:
            yield Remark(f"{entry.key} “{attachment.name}”", str(error))
            continue
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            _put(path, data)
        elif not path.is_file() or path.read_bytes() != data:
            yield Remark(path.name, "The file is not as this program wrote it; it was left as it is.")


def _page(book: Book, entry: Entry) -> str:
    return write(entry, all_notes_on(book, entry.id), uses_of(book, entry.id))


def file_name(entry: Entry) -> str:
    """The entry's file name, from its key and the plain letters of its title: `kb-0142-login-loops.md`."""
    plain = unicodedata.normalize("NFKD", entry.title.casefold()).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:_SLUG_LENGTH].strip("-")
    return f"{entry.key.casefold()}-{slug}.md" if slug else f"{entry.key.casefold()}.md"


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be written: how many records it holds, and its text in pieces."""

    name: str
    records: int
    pieces: Iterator[str]


def _exported(
    book: Book,
    folder: Path,
    files: Iterable[_File],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    *,
    overwrite: bool = False,
) -> Exported:
    written: list[str] = []
    same = total = 0
    refused: list[Remark] = []
    memory = Memory(book.path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            pieces = []
            for done, piece in enumerate(file.pieces, 1):
                if cancelled():
                    return Exported(len(written), same, tuple(refused), total, tuple(written), cancelled=True)
                pieces.append(piece)
                progress(done, max(done, file.records))
            path, text = folder / file.name, "".join(pieces).encode()
            name = f"exported:{path.resolve()}"
            here = path.read_bytes() if path.is_file() else None
            is_ours = here in (None, text) or memory.recall(name) == sha256(here or b"").hexdigest()
            if not (is_ours or overwrite):
                refused.append(Remark(path.name, "The file is not as this program wrote it; it was left as it is."))
                continue
            total += file.records
            memory.remember(name, sha256(text).hexdigest())
            if here == text:
                same += 1
            else:
                _put(path, text)
                written.append(str(path))
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        memory.close()
    return Exported(len(written), same, tuple(refused), total, tuple(written))


def _photos(book: Book) -> Callable[[Attachment], bytes | None]:
    def data_of(photo: Attachment) -> bytes | None:
        try:
            return blobs.data_of(book, photo)
        except NotFound:  # a handover has none
            return None

    return data_of


def _as_calendars(book: Book, now: datetime) -> Iterator[_File]:
    from escplaybook.services import agreeing, exporting_absences  # icalendar costs 0.1 s to import

    for name, calendar in (("absences.ics", exporting_absences.calendar), ("deadlines.ics", agreeing.calendar)):
        data, count = calendar(book, now)
        yield _File(name, count, iter([data.decode()]))


def _as_json(book: Book, private: bool) -> Iterator[_File]:
    """Each kind of record as an array, in the shape of `show --json`."""
    for kind in KINDS:
        found = records.everything(book, kind.type)
        told = [{"kind": kind.name, **to_full(one if private else _public(one))} for one in found]
        yield _File(f"{kind.table}.json", len(found), iter([json.dumps(told, ensure_ascii=False, indent=2) + "\n"]))


def _public(record: Any) -> Any:
    """The record without private points, and without what came with a card beyond a contact's fields."""
    if isinstance(record, Vendor):
        levels = (replace(level, points=_open_points(level.points)) for level in record.levels)
        return replace(record, levels=tuple(levels))
    if isinstance(record, Contact):
        origin = replace(record.origin, extra=()) if record.origin else None
        return replace(record, points=_open_points(record.points), origin=origin)
    return record


def _open_points(points: tuple[ContactPoint, ...]) -> tuple[ContactPoint, ...]:
    return tuple(point for point in points if point.privacy is not Privacy.PRIVATE)


def _unwritable(folder: Path, error: OSError) -> PlaybookError:
    return PlaybookError(
        f"{folder} cannot be written ({error.strerror}); the files that are there are whole. Mend it and try again."
    )


def _is_ours(book: Book, entry: Entry, path: Path) -> bool:
    """Whether the file is to the letter what an earlier export wrote: versions that the history keeps."""
    text = path.read_bytes() if path.is_file() else b""
    try:
        read = entry_from(text.decode(), "", _ANY_TIME)
    except (UnicodeDecodeError, PlaybookError):
        return False
    beside: tuple[Record, ...] = (*read.notes, *read.uses)
    if any(one not in map(_as_told, _versions(book, one)) for one in beside):
        return False
    entries = (version for version in _versions(book, entry) if isinstance(version, Entry))
    return any(write(version, read.notes, read.uses).encode() == text for version in entries)


def _as_told(record: Record) -> Record:
    """A note or use as the file of its entry tells it: nothing of the blocker at hand."""
    return replace(record, blocker=None) if isinstance(record, Use) else record


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
