"""A book of the edition before calendars is brought along: its targets count round the clock, as they did."""

import json

from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.matrix import Cell
from escplaybook.services import editing
from escplaybook.store import checking, migrations, records
from escplaybook.store.book import Book
from escplaybook.store.rows import hash_of
from tests.conftest import NOW

AT = NOW.isoformat()


def test_cells_from_before_keep_their_hashes(path, older_book):
    older_book(migrations._matrix_model)
    plain = {"id": "c", "severity": "S1", "level": 1, "created": AT, "updated": AT, "key": "CL-0001"}
    row = plain | dict.fromkeys(("stage", "entry_criterion", "outcome", "channel"), "") | {"not_escalated": 0}
    row["hash"] = hash_of(json.dumps(plain, sort_keys=True, separators=(",", ":")))
    with sqlite.connect(path) as old:
        old.execute(f"INSERT INTO cells ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    old.close()
    with Book.open(path) as book:
        (cell,) = records.everything(book, Cell)
        assert cell.calendar == ""
        assert ("records", "CL-0001 is not what was written") not in list(checking.trouble(book))
        made = editing.change(book, cell, NOW, calendar="Mon-Fri 08:00-16:00 in Europe/Oslo")
        assert records.everything(book, Cell) == [made]
