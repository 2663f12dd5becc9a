"""The book: one SQLite file, opened so that nothing acknowledged is ever lost."""

import contextlib
import getpass
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.errors import BookDamaged, BookUnusable, ChangedElsewhere
from escplaybook.store import migrations
from escplaybook.store.copying import BUSY_SECONDS, verified_copy
from escplaybook.store.places import is_writable, lies_on_network

OLDEST_ENGINE = (3, 51, 3)
"""Up to 3.51.2 SQLite can drop a committed transaction when two connections write and checkpoint at once."""

_ENDINGS = ("", "-wal", "-shm", "-journal")

Kinds = frozenset[type[Any]]
Listener = Callable[[Kinds], None]


class Book:
    """An open book. One thread each: whoever works in another thread opens their own.

    `read_only` books are read from where they lie, or from a private copy if their place allows no reading lock.
    `left_open` tells that the last program did not close it: look it over with `store.checking`.
    """

    def __init__(self, path: Path, connection: Any, *, read_only: bool, left_open: bool, copy: Path | None) -> None:
        self.path, self.connection = path, connection
        self.read_only, self.left_open = read_only, left_open
        self._copy = copy
        self._file = _identity(path)
        self._listeners: list[Listener] = []
        self._version_seen = self._data_version()

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty book at `path`. Raises BookUnusable if something is there already."""
        with _told(path):
            if path.exists():
                raise BookUnusable(f"{path} exists already and was left as it is; choose another name.")
            if not path.parent.is_dir():
                raise BookUnusable(f"There is no folder {path.parent} to make a book in; make the folder first.")
            path.touch(mode=0o600, exist_ok=False)
            try:
                with contextlib.closing(_connect(path)) as connection:
                    connection.execute("PRAGMA journal_mode = WAL")
                    migrations.migrate(connection)
                return cls.open(path)
            except BaseException:  # half a book would stand in the way of the next try
                discard(path)
                raise

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open the book at `path`, bringing an older one up to date after a verified backup.

        A book that may not be written, lies on a network file system or on a full disk opens for reading only.
        Raises BookUnusable if it is missing, not a book, newer than the program or locked, BookDamaged if it is.
        """
        _assert_engine()
        with _told(path):
            _refuse_foreign(path)
            if lies_on_network(path) or not is_writable(path):
                return cls._open_apart(path)
            left_open = _wal_of(path).exists() and _wal_of(path).stat().st_size > 0
            try:
                connection = _connect(path)
                _refuse_newer(path, connection)
            except sqlite.OperationalError as error:
                if "disk I/O error" not in str(error):
                    raise
                return cls._open_apart(path)  # a full disk has no room even for the lock file that reading needs
            if _version(connection) < migrations.VERSION:
                _migrate(path, connection)
            book = cls(path, connection, read_only=read_only, left_open=left_open, copy=None)
            book.read_only = read_only or book.is_handover
            if book.read_only:
                connection.execute("PRAGMA query_only = ON")
            return book

    @classmethod
    def _open_apart(cls, path: Path) -> Self:
        """Read a book beside which nothing may be written: where it lies if it is one whole file, else a copy."""
        if not lies_on_network(path) and _is_one_file(path):
            connection = _connect(path, "immutable=1")
            _refuse_newer(path, connection)
            if _version(connection) == migrations.VERSION:
                return cls(path, connection, read_only=True, left_open=False, copy=None)
            connection.close()
        folder = Path(tempfile.mkdtemp(prefix="escplaybook-"))
        try:
            for source in (path, _wal_of(path)):
                if source.exists():
                    shutil.copyfile(source, folder / source.name)
            connection = _connect(folder / path.name)
            _refuse_newer(path, connection)
            if _version(connection) < migrations.VERSION:
                migrations.migrate(connection)
            connection.execute("PRAGMA query_only = ON")
            return cls(path, connection, read_only=True, left_open=False, copy=folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that holds the write lock from its first line; all of it is kept or none.

        Raises BookUnusable if the book is for reading only or no longer where it was opened, another program holds it
        too long, or the disk is full.
        """
        self.refuse_reading_only()
        self._refuse_lost()
        with _told(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def refuse_reading_only(self) -> None:
        """Raises BookUnusable if this book is only read."""
        if not self.read_only:
            return
        if self.is_handover:
            raise BookUnusable(f"{self.path} is a copy for reading only; nothing was changed. Ask whoever made it.")
        why = "protected, on a network drive, or the disk is full"
        raise BookUnusable(f"{self.path} is open for reading only ({why}); nothing was changed.")

    def _refuse_lost(self) -> None:
        """What is written to a file that was deleted or replaced goes with it, and SQLite does not say so."""
        if _identity(self.path) != self._file:
            raise BookUnusable(
                f"{self.path} was deleted, moved or replaced while it was open; nothing was stored. "
                "Put it back, or close the program and open the book that is there now."
            )

    def listen(self, listener: Listener) -> None:
        """Have `listener` told which kinds changed, after each commit."""
        self._listeners.append(listener)

    def announce(self, kinds: Kinds) -> None:
        """Tell every listener that records of these kinds changed."""
        for listener in self._listeners:
            listener(kinds)

    def was_changed_elsewhere(self) -> bool:
        """Whether another connection has written since this was last asked."""
        seen, self._version_seen = self._version_seen, self._data_version()
        return seen != self._version_seen

    def age(self, now: datetime) -> tuple[datetime, int]:
        """When the book was last changed, and how many whole days before `now` that was."""
        row = self.connection.execute("SELECT max(at) AS at FROM strokes").fetchone()
        at = row["at"] or self.meta("handover")
        changed = datetime.fromisoformat(at) if at else self._file_time()
        return changed, max(0, (now - changed).days)

    def interrupt(self) -> None:
        """Call off what another thread is asking of this book just now; the one thing any thread may do."""
        self.connection.interrupt()

    def meta(self, name: str) -> str:
        """A fact about the book itself; empty if it was never noted."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else ""

    @property
    def is_handover(self) -> bool:
        """Whether this is a copy for reading, made by `handover`."""
        return bool(self.meta("handover"))

    @property
    def search_is_behind(self) -> bool:
        """Whether the full-text tables were made by an older program (see `services.keeping`)."""
        return bool(self.meta(migrations.SEARCH_IS_BEHIND))

    def close(self) -> None:
        """Close the file and drop a private copy."""
        self.connection.close()
        if self._copy is not None:
            shutil.rmtree(self._copy, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite.Error):  # a page that cannot be read shows only when somebody asks for it
            with _told(self.path):
                raise error

    def _data_version(self) -> int:
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def _file_time(self) -> datetime:
        return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)


def _connect(path: Path, how: str = "mode=rw") -> Any:
    """A connection with every pragma the book relies on (see PITFALLS: WAL with FULL lost none of 1,341 states)."""
    uri = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite.connect(
        uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False, cached_statements=256
    )
    connection.row_factory = sqlite.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # one save in a hundred pays for it, not one in 26
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA mmap_size = 268435456")
    return connection


def _assert_engine() -> None:
    if sqlite.sqlite_version_info < OLDEST_ENGINE:
        needed = ".".join(map(str, OLDEST_ENGINE))
        raise BookUnusable(
            f"The SQLite engine here is {sqlite.sqlite_version}, which can lose saved work; "
            f"install pysqlite3 0.6.1 ({needed} or newer). No book was opened."
        )


def _refuse_foreign(path: Path) -> None:
    if not path.exists():
        raise BookUnusable(f"There is no book at {path}; make one with: escplaybook new --book {path}")
    if not path.is_file():
        raise BookUnusable(f"{path} is not a file, so it cannot be a book; choose another.")
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError as error:
        raise BookUnusable(f"{path} cannot be read ({error.strerror}); it was left as it is.") from error
    if not header.startswith(b"SQLite format 3\0"):
        raise BookUnusable(f"{path} is not a book (not an SQLite file); it was left as it is.")
    if int.from_bytes(header[68:72], "big") != migrations.APPLICATION_ID and not _wal_of(path).exists():
        raise BookUnusable(f"{path} belongs to another program; it was left as it is.")


def _refuse_newer(path: Path, connection: Any) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != migrations.APPLICATION_ID:
        connection.close()
        raise BookUnusable(f"{path} belongs to another program; it was left as it is.")
    version = _version(connection)
    if version > migrations.VERSION:
        connection.close()
        raise BookUnusable(
            f"{path} was written by a newer program (schema {version}, this one knows {migrations.VERSION}); "
            "it was left as it is. Update this program, or open a backup made before."
        )


def _migrate(path: Path, connection: Any) -> None:
    verified_copy(connection, path.with_name(f"{path.name}.before-schema-{_version(connection) + 1}"))
    migrations.migrate(connection)


def _is_one_file(path: Path) -> bool:
    """Whether the book keeps no write-ahead log (https://sqlite.org/fileformat.html#file_format_version_numbers)."""
    with path.open("rb") as file:
        return file.read(20)[18:20] == b"\x01\x01" and not _wal_of(path).exists()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at `path`, whatever its name; None if there is none."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def _version(connection: Any) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _wal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into one sentence."""
    try:
        yield
    except sqlite.IntegrityError as error:
        if ".key" in str(error):  # another program gave out the same key in between
            raise ChangedElsewhere(
                "Another program used the same key meanwhile; nothing was stored. Try again."
            ) from error
        if "FOREIGN KEY" not in str(error):
            raise
        raise BookUnusable("Other records still name this one; nothing was changed. Retire it instead.") from error
    except sqlite.OperationalError as error:
        if "UTF-8" in str(error):
            raise damaged(path, "text that is none") from error
        raise BookUnusable(_sentence(path, str(error))) from error
    except sqlite.DatabaseError as error:
        raise damaged(path, str(error)) from error
    except OSError as error:
        raise BookUnusable(f"{path} cannot be used ({error.strerror or error}); nothing was changed.") from error


def damaged(path: Path, said: str) -> BookDamaged:
    """The sentence for a book that cannot be read whole."""
    return BookDamaged(
        f"{path} is damaged ({said}); it was left as it is. Put a backup in its place with: "
        f"escplaybook restore BACKUP --book {path}"
    )


def make_folder(path: Path) -> None:
    """Make the folder in which a book of the usual name lies. Raises BookUnusable."""
    with _told(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def discard(path: Path) -> None:
    """Take a book away for good, with what SQLite keeps beside it."""
    for ending in _ENDINGS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def set_aside(path: Path, aside: Path) -> None:
    """Give a book another name, and what SQLite keeps beside it too."""
    with _told(path):
        for ending in reversed(_ENDINGS):  # the book last: a log without its book is harmless
            beside = path.with_name(path.name + ending)
            if beside.exists():
                beside.replace(aside.with_name(aside.name + ending))


def is_lock(said: object) -> bool:
    """Whether SQLite says only that another program holds the book just now."""
    return "locked" in str(said) or "busy" in str(said)


def _sentence(path: Path, said: str) -> str:
    if is_lock(said):
        return f"Another program has been writing to {path} for too long; nothing was changed. Try again."
    if "full" in said:
        return f"The disk with {path} is full; nothing was changed. Make room and try again."
    if "readonly" in said or "unable to open" in said:
        return f"{path} cannot be written here; nothing was changed."
    return f"{path} cannot be used ({said}); nothing was changed."


def default_author() -> str:
    """Who edits if nobody says otherwise: the login name."""
    try:
        return os.environ.get("ESCPLAYBOOK_AUTHOR") or getpass.getuser()
    except (OSError, KeyError):  # a login without a name, as in some containers
        return "unknown"
