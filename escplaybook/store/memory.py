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
        self._unwritten: dict[str, str | None] = {}
        self._connection = _open(_beside(book))

    def recall(self, name: str, default: Any = None) -> Any:
        """The value remembered under `name`, or `default`."""
        if name in self._unwritten:
            text = self._unwritten[name]
        else:
            row = self._connection.execute("SELECT value FROM memory WHERE name = ?", (name,)).fetchone()
            text = row[0] if row else None
        return default if text is None else json.loads(text)

    def names(self, prefix: str) -> list[str]:
        """The names that begin with `prefix`, in order."""
        rows = self._connection.execute(
            "SELECT name FROM memory WHERE substr(name, 1, ?) = ? ORDER BY name", (len(prefix), prefix)
        )
        written = {row[0] for row in rows} - self._unwritten.keys()
        unwritten = {name for name, text in self._unwritten.items() if text is not None and name.startswith(prefix)}
        return sorted(written | unwritten)

    def remember(self, name: str, value: Any) -> bool:
        """Keep a value that JSON can hold. Returns whether it is written down: a full disk does not let it."""
        return self._write(name, json.dumps(value))

    def forget(self, name: str) -> None:
        """Drop a value; no matter if there was none."""
        self._write(name, None)

    def close(self) -> None:
        """Write down what could not be before, if it can be now, and close the file."""
        for name, text in list(self._unwritten.items()):
            self._write(name, text)
        self._connection.close()

    def _write(self, name: str, text: str | None) -> bool:
        try:
            if text is None:
                self._connection.execute("DELETE FROM memory WHERE name = ?", (name,))
            else:
                self._connection.execute("INSERT OR REPLACE INTO memory VALUES (?, ?)", (name, text))
        except sqlite.OperationalError:  # the disk is full, or another program holds the file
            self._unwritten[name] = text
            return False
        self._unwritten.pop(name, None)
        return True


def is_kept(book: Path) -> bool:
    """Whether anything is remembered beside a book; who only reads need not make the file."""
    return _beside(book).exists()


def _beside(book: Path) -> Path:
    return book.with_name(f"{book.name}.local")


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
