"""A compact copy of a book for reading, without private points, reasons of absences, and the past."""

import os
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.absences import Absence
from escplaybook.domain.contacts import Contact, ContactPoint, Privacy
from escplaybook.domain.errors import BookUnusable
from escplaybook.domain.vendors import Vendor
from escplaybook.store.book import Book
from escplaybook.store.copying import verified_copy
from escplaybook.store.kinds import kind_of
from escplaybook.store.rows import from_row, hash_of, to_json, to_row

_LEAVE_OUT_FILES = """
    DELETE FROM blobs WHERE hash NOT IN (
        SELECT file.value ->> 'hash' FROM entries, json_each(entries.attachments) AS file
        WHERE file.value ->> 'media_type' LIKE 'image/%'
    )
"""


def hand_over(book: Book, target: Path, now: datetime) -> None:
    """Write the copy to `target`, which must not exist yet; it opens for reading only and says its age.

    Private points are gone from the file, not hidden: the history that held them is left out and the file packed.
    """
    if os.path.lexists(target):
        raise BookUnusable(f"{target} exists already and was left as it is; choose another name.")
    part = target.with_name(target.name + ".making")
    try:
        verified_copy(book.connection, part)
        with closing(sqlite.connect(part, isolation_level=None)) as copy:
            copy.row_factory = sqlite.Row
            _leave_out_private(copy)
            _leave_out_past(copy, now)
        part.chmod(0o444)
        part.replace(target)
    except sqlite.Error as error:
        raise BookUnusable(f"{target} could not be written ({error}); the book is unchanged.") from error
    except OSError as error:
        raise BookUnusable(f"{target} could not be written ({error.strerror}); the book is unchanged.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _leave_out_private(copy: Any) -> None:
    for kind in (kind_of(Contact), kind_of(Vendor), kind_of(Absence)):
        for row in copy.execute(f"SELECT * FROM {kind.table}").fetchall():
            before = from_row(kind.type, row)
            after = _public(before)
            if after != before:
                columns = to_row(after) | {"hash": hash_of(to_json(after))}
                names = ", ".join(f'"{name}" = ?' for name in columns)
                copy.execute(f"UPDATE {kind.table} SET {names} WHERE id = ?", (*columns.values(), after.id))


def _public(record: Contact | Vendor | Absence) -> Contact | Vendor | Absence:
    if isinstance(record, Absence):
        return replace(record, reason="")  # that somebody is away is needed, why is theirs
    if isinstance(record, Contact):
        return replace(record, points=_open_points(record.points))
    return replace(record, levels=tuple(replace(level, points=_open_points(level.points)) for level in record.levels))


def _open_points(points: tuple[ContactPoint, ...]) -> tuple[ContactPoint, ...]:
    return tuple(point for point in points if point.privacy is not Privacy.PRIVATE)


def _leave_out_past(copy: Any, now: datetime) -> None:
    copy.execute("DELETE FROM history")
    copy.execute("DELETE FROM strokes")
    copy.execute(_LEAVE_OUT_FILES)  # pictures help the newcomer; signed contracts do not travel with their copy
    copy.execute("INSERT OR REPLACE INTO meta VALUES ('handover', ?)", (now.isoformat(),))
    copy.execute("INSERT INTO found (found) VALUES ('optimize')")
    copy.execute("PRAGMA journal_mode = DELETE")  # one file that needs nothing beside it to be read
    copy.execute("VACUUM")
