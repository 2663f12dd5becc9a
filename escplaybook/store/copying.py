"""A copy of a database that is known to be whole before it gets its name."""

import os
from contextlib import closing
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.errors import BookUnusable


def verified_copy(connection: Any, target: Path) -> None:
    """Copy through SQLite's backup interface (a file copy would miss the WAL), look the copy over, then name it.

    Raises BookUnusable, and leaves nothing behind, if the copy cannot be written or is not whole.
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with closing(sqlite.connect(part)) as copy:
            connection.backup(copy)
            trouble = trouble_in(copy)
        if trouble:
            raise BookUnusable(f"The copy {target} did not verify ({trouble}); it was dropped. The book is unchanged.")
        _sync(part)
        part.replace(target)
    except sqlite.Error as error:
        raise BookUnusable(f"{target} could not be written ({error}); the book is unchanged.") from error
    except OSError as error:
        raise BookUnusable(f"{target} could not be written ({error.strerror}); the book is unchanged.") from error
    finally:
        part.unlink(missing_ok=True)


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
