"""A book from before sub-classes of causes is brought along: its blockers have none, and stay what was written."""

import json

from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.causes import SubClass
from escplaybook.domain.classification import CauseClass
from escplaybook.services import editing
from escplaybook.store import checking, migrations, records
from escplaybook.store.book import Book
from escplaybook.store.rows import hash_of
from tests.conftest import NOW

AT = NOW.isoformat()
TEXTS = ("stage", "system", "data_domain", "milestone", "context", "dependencies", "options", "risk", "resolution")


def test_blockers_from_before_keep_their_hashes_and_take_a_sub_class(path, older_book):
    older_book(migrations._sub_classes)
    plain = {"id": "b", "title": "Orders stop", "severity": "S1", "observed": AT, "created": AT, "updated": AT}
    plain["key"] = "BL-0001"
    lists = {"references": "[]", "tags": "[]", "facts": "[]"}
    row = plain | dict.fromkeys(TEXTS, "") | lists | {"cause_class": "internal"}
    row["hash"] = hash_of(json.dumps(plain, sort_keys=True, separators=(",", ":")))
    names = ", ".join(f'"{name}"' for name in row)
    with sqlite.connect(path) as old:
        old.execute(f"INSERT INTO blockers ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    old.close()
    with Book.open(path) as book:
        (blocker,) = records.everything(book, Blocker)
        assert blocker.sub_class == ""
        assert ("records", "BL-0001 is not what was written") not in list(checking.trouble(book))
        assert editing.change(book, blocker, NOW, sub_class="approval").sub_class == "approval"
        made = SubClass("s", CauseClass.EXTERNAL, "vendor", NOW, NOW, counterpart="Duty manager")
        stored = editing.add(book, made, NOW)
        assert (stored.key, records.everything(book, SubClass)) == ("SC-0001", [stored])
