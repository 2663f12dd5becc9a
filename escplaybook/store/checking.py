"""Looking a book over: structure, record hashes, history, search."""

import hashlib
from collections.abc import Iterator

from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.errors import BookDamaged
from escplaybook.store import history, index
from escplaybook.store.book import Book, is_lock
from escplaybook.store.kinds import KINDS
from escplaybook.store.rows import from_row, hash_of, to_json


def trouble(book: Book) -> Iterator[tuple[str, str]]:
    """Every fault of the book as (part, sentence); none if it is sound.

    Parts are structure, records, history, files and search. A damaged file may end the look early, with what was found.
    """
    try:
        for row in book.connection.execute("PRAGMA integrity_check(20)"):
            if row[0] != "ok":
                yield "structure", str(row[0])
        for row in book.connection.execute("PRAGMA foreign_key_check"):
            yield "structure", f"a line of {row['table']} names something that is not there"
        yield from _records(book)
        for number in history.broken_links(book):
            yield "history", f"line {number} of the history is not what was written"
        yield from _files(book)
        yield from _search(book)
    except sqlite.DatabaseError as error:
        if is_lock(error):
            raise
        yield "structure", f"the file cannot be read to its end ({error})"


def _records(book: Book) -> Iterator[tuple[str, str]]:
    latest = dict(
        book.connection.execute(
            "SELECT record, after FROM history WHERE number IN (SELECT max(number) FROM history GROUP BY record)"
        ).fetchall()
    )
    for kind in KINDS:
        for row in book.connection.execute(f"SELECT * FROM {kind.table}"):
            try:
                text = to_json(from_row(kind.type, row))
            except BookDamaged as error:
                yield "records", f"{row['key']} cannot be read ({error.__cause__})"
                continue
            if hash_of(text) != row["hash"]:
                yield "records", f"{row['key']} is not what was written"
            if latest.pop(row["id"], None) != text and not book.is_handover:  # a handover has no history
                yield "records", f"{row['key']} is not what its history says"
    for record, after in latest.items():
        if after is not None:
            yield "records", f"a record that the history knows is missing ({record})"


def _files(book: Book) -> Iterator[tuple[str, str]]:
    for row in book.connection.execute("SELECT hash, data FROM blobs"):
        if hashlib.sha256(row["data"]).hexdigest() != row["hash"]:
            yield "files", f"an attached file is not what was stored ({row['hash'][:12]})"


def _search(book: Book) -> Iterator[tuple[str, str]]:
    try:
        # rank 1 has FTS5 compare its index with the texts (https://sqlite.org/fts5.html#the_integrity_check_command)
        for table in () if book.read_only else index.FULL_TEXT:
            book.connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    except sqlite.DatabaseError as error:
        if is_lock(error):  # no fault of the index: it could not be asked
            raise
        yield "search", f"the full-text index does not fit the texts ({error})"
    try:
        for sentence in index.disagreements(book):
            yield "search", sentence
    except (ValueError, TypeError, KeyError, BookDamaged) as error:
        yield "search", f"the search entries cannot be compared ({error})"
