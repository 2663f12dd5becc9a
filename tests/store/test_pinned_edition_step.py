"""A book from before blockers were pinned is brought along: its blockers go by the matrix as it stands."""

import json

from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.editions import Edition
from escplaybook.services import editing
from escplaybook.store import checking, migrations, records
from escplaybook.store.book import Book
from escplaybook.store.references import users_of
from escplaybook.store.rows import hash_of
from tests.conftest import NOW

AT = NOW.isoformat()
TEXTS = ("stage", "system", "data_domain", "milestone", "context", "dependencies", "options", "risk", "resolution")


def test_blockers_from_before_are_pinned_to_none_and_can_be_to_one(path, older_book):
    older_book(migrations._pinned_edition)
    plain = {"id": "b", "title": "Orders stop", "severity": "S1", "observed": AT, "created": AT, "updated": AT}
    plain["key"] = "BL-0001"
    lists = {"references": "[]", "tags": "[]", "facts": "[]"}
    row = plain | dict.fromkeys(TEXTS, "") | lists | {"cause_class": "internal", "sub_class": ""}
    row["hash"] = hash_of(json.dumps(plain, sort_keys=True, separators=(",", ":")))
    names = ", ".join(f'"{name}"' for name in row)
    with sqlite.connect(path) as old:
        old.execute(f"INSERT INTO blockers ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    old.close()
    with Book.open(path) as book:
        (blocker,) = records.everything(book, Blocker)
        assert blocker.edition is None
        assert ("records", "BL-0001 is not what was written") not in list(checking.trouble(book))
        edition = editing.add(book, Edition("e", 1, NOW, NOW), NOW)
        pinned = editing.change(book, blocker, NOW, edition="e")
        assert [(one.record, one.reference.role) for one in users_of(book, edition)] == [(pinned, "works by it")]
