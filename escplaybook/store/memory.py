"""What a program remembers beside the book: drafts being typed, window state, mappings. Not records, no history.

It lies in a second small file, `<book>.local`. Losing it costs no knowledge, so it is written without waiting for
the disk; a draft survives the program's end all the same.
"""

import json
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite


class Memory:
    """Named JSON values beside a book. Where nothing may be written, they last until the program ends."""

    def __init__(self, book: Path) -> None:
        self._connection = _open(book.with_name(f"{book.name}.local"))

    def recall(self, name: str, default: Any = None) -> Any:
        """The value remembered under `name`, or `default`."""
        row = self._connection.execute("SELECT value FROM memory WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else default

    def names(self, prefix: str) -> list[str]:
        """The names that begin with `prefix`, in order."""
        rows = self._connection.execute(
            "SELECT name FROM memory WHERE substr(name, 1, ?) = ? ORDER BY name", (len(prefix), prefix)
        )
        return [row[0] for row in rows]

    def remember(self, name: str, value: Any) -> None:
        """Keep a value that JSON can hold."""
        self._connection.execute("INSERT OR REPLACE INTO memory VALUES (?, ?)", (name, json.dumps(value)))

    def forget(self, name: str) -> None:
        """Drop a value; no matter if there was none."""
        self._connection.execute("DELETE FROM memory WHERE name = ?", (name,))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _open(path: Path) -> Any:
    try:
        path.touch(mode=0o600)
        return _prepared(path)
    except (sqlite.DatabaseError, OSError):
        return _prepared(Path(":memory:"))  # read-only place, or a damaged file of no consequence


def _prepared(path: Path) -> Any:
    connection = sqlite.connect(path, isolation_level=None, timeout=1.0)
    connection.execute("PRAGMA journal_mode = WAL")  # with NORMAL a write waits for no disk, and none breaks the file
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("CREATE TABLE IF NOT EXISTS memory (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    return connection
