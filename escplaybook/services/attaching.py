"""Files attached to a record: brought in, given back, opened, taken off. Any kind that has a field of attachments."""

import os
import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from escplaybook.domain.attachments import SIZE_LIMIT, Attachment
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.naming import named
from escplaybook.services import editing
from escplaybook.store import blobs
from escplaybook.store.book import Book

FIELD = "documents"
"""The field of a record that holds its attachments, unless the caller names another."""

_RUN = "app bat cmd com cpl desktop exe hta jar js jse lnk msi ps1 py reg scr sh url vbe vbs wsf"
PROGRAMS = frozenset(f".{ending}" for ending in _RUN.split())
"""Names of files that the desktop would run rather than show."""


def attach_edit(record: Any, path: Path, now: datetime, field: str = FIELD) -> tuple[str, Edit, bytes]:
    """What attaching the file is called in the history, the edit, and the bytes that go with it.

    A name that is taken gets a number. Raises PlaybookError if the file cannot be read or is too large, or hangs there.
    """
    data, name = _read(path), os.fsencode(path.name).decode(errors="replace")
    kept: tuple[Attachment, ...] = getattr(record, field)
    described = blobs.described(_free_name(name, {one.name for one in kept}), data)
    if any((one.hash, one.name) == (described.hash, name) for one in kept):
        raise PlaybookError(f"“{name}” is attached to {record.key} already, byte for byte; nothing was changed.")
    after = replace(record, **{field: (*kept, described), "updated": now})
    return f"Attach “{described.name}” to {named(record)}", Edit(record, after), data


def detach_edit(record: Any, name: str, now: datetime, field: str = FIELD) -> tuple[str, Edit]:
    """What taking that file off is called in the history, and the edit; the bytes stay for undo. Raises NotFound."""
    gone = attachment_named(record, name, field)
    kept = tuple(one for one in getattr(record, field) if one != gone)
    return f"Take “{gone.name}” off {named(record)}", Edit(record, replace(record, **{field: kept, "updated": now}))


def attach(book: Book, record: Any, path: Path, now: datetime, field: str = FIELD) -> Any:
    """Attach a file; returns the record as it is now. Errors as of `attach_edit`."""
    reason, edit, data = attach_edit(record, path, now, field)
    (stored,) = editing.apply(book, reason, edit, now=now, files=(data,))
    return stored.after


def detach(book: Book, record: Any, name: str, now: datetime, field: str = FIELD) -> Any:
    """Take a file off a record; returns the record as it is now. Raises NotFound."""
    reason, edit = detach_edit(record, name, now, field)
    (stored,) = editing.apply(book, reason, edit, now=now)
    return stored.after


def attachment_named(record: Any, name: str, field: str = FIELD) -> Attachment:
    """The attachment of that name. Raises NotFound, naming those that are there."""
    kept: tuple[Attachment, ...] = getattr(record, field)
    for one in kept:
        if one.name == name:
            return one
    there = ", ".join(f"“{one.name}”" for one in kept)
    raise NotFound(f"{record.key} has no document “{name}”; " + (f"it has {there}." if there else "it has none."))


def save_as(book: Book, attachment: Attachment, target: Path, *, may_replace: bool = False) -> None:
    """Write a file's bytes to `target`, whole or not at all; what is there already is left unless it may be replaced.

    Raises NotFound and BookDamaged as `store.blobs.data_of`, PlaybookError if it cannot be written.
    """
    data = blobs.data_of(book, attachment)
    if not may_replace and os.path.lexists(target):
        raise PlaybookError(f"{target} is there already; it was left as it is. Choose another name.")
    put(data, target)


def put(data: bytes, target: Path) -> None:
    """Write bytes to a file, whole or not at all, also in an earlier one's place. Raises PlaybookError."""
    draft = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        draft.write_bytes(data)
        draft.replace(target)
    except OSError as error:
        told = f"{target} could not be written ({error.strerror}); nothing was left half done. Choose another place."
        raise PlaybookError(told) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def put_out(book: Book, attachment: Attachment, folder: Path) -> Path:
    """A copy to look at in a folder that only its owner can read; returns where.

    Raises PlaybookError for programs, which the desktop would run, and errors as of `save_as`.
    """
    if Path(attachment.name).suffix.casefold() in PROGRAMS:
        raise PlaybookError(f"“{attachment.name}” is a program and was not opened. Save it and look at it first.")
    place = folder / secrets.token_hex(4)
    try:
        place.mkdir(mode=0o700)
    except OSError as error:
        told = f"“{attachment.name}” could not be opened ({error.strerror}); it is safe in the book."
        raise PlaybookError(told) from error
    target = place / attachment.name
    save_as(book, attachment, target)
    target.chmod(0o400)  # what is changed there would be lost, so it opens for reading
    return target


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise PlaybookError(f"There is no file “{path}”; nothing was attached. Check the name.")
        if (size := path.stat().st_size) > SIZE_LIMIT:
            told = f"“{path.name}” has {size / 1024**2:.0f} MB; {SIZE_LIMIT // 1024**2} MB can be attached."
            raise PlaybookError(f"{told} Nothing was changed; attach a smaller copy.")
        return path.read_bytes()
    except OSError as error:
        raise PlaybookError(f"“{path}” cannot be read ({error.strerror}); nothing was attached.") from error


def _free_name(name: str, taken: set[str]) -> str:
    """The name, with a number before its ending if another file has it."""
    path, number, free = Path(name), 2, name
    while free in taken:
        free, number = f"{path.stem} ({number}){path.suffix}", number + 1
    return free
