"""A copy of a database that is known to be whole before it gets its name."""

import os
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.errors import BookDamaged, BookUnusable

BUSY_SECONDS = 5.0
"""How long to wait for another program's write before giving up."""


def verified_copy(connection: Any, target: Path) -> None:
    """Copy through SQLite's backup interface (a file copy would miss the WAL), look the copy over, then name it.

    Raises, and leaves nothing behind, BookUnusable if the copy cannot be written and BookDamaged if it is not whole.
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with closing(sqlite.connect(part)) as copy:
            copy_all(connection, copy)
            trouble = trouble_in(copy)
        if trouble:
            raise BookDamaged(f"The copy {target} did not verify ({trouble}); it was dropped. The book is unchanged.")
        _sync(part)
        part.replace(target)
    except sqlite.Error as error:
        raise BookUnusable(f"{target} could not be written ({error}); the book is unchanged.") from error
    except OSError as error:
        raise BookUnusable(f"{target} could not be written ({error.strerror}); the book is unchanged.") from error
    finally:
        with suppress(OSError):  # where it could not be made, it need not go
            part.unlink(missing_ok=True)


def copy_all(source: Any, target: Any) -> None:
    """Copy every page. Raises sqlite.OperationalError if another program holds either file for too long."""
    given_up = monotonic() + BUSY_SECONDS

    def look(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite.SQLITE_BUSY, sqlite.SQLITE_LOCKED) and monotonic() > given_up:
            raise sqlite.OperationalError("database is locked")  # left to itself the copy would wait for ever

    source.backup(target, progress=look)


def trouble_in(connection: Any) -> str:
    """What the engine finds wrong with the structure of a database; empty if it is whole."""
    said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    return "" if said == "ok" else said


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
