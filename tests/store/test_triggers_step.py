"""A book of the edition before triggers is brought along with everything in it."""

import json

from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.edits import Edit
from escplaybook.domain.matrix import SeverityDefinition
from escplaybook.domain.triggers import Trigger
from escplaybook.services import editing
from escplaybook.store import checking, migrations, records
from escplaybook.store.book import Book
from escplaybook.store.rows import hash_of
from tests.conftest import NOW

AT = NOW.isoformat()


def test_blockers_and_severities_from_before_keep_their_hashes(path, older_book):
    older_book(migrations._triggers)
    plain = {"id": "b", "title": "Orders stop", "severity": "S1", "observed": AT, "created": AT, "updated": AT}
    texts = ("stage", "system", "data_domain", "milestone", "context", "dependencies", "options", "risk", "resolution")
    row = plain | dict.fromkeys(texts, "") | {"key": "BL-0001", "cause_class": "internal", "references": "[]"}
    row |= {
        "tags": "[]",
        "hash": hash_of(json.dumps(plain | {"key": "BL-0001"}, sort_keys=True, separators=(",", ":"))),
    }
    with sqlite.connect(path) as old:
        names = ", ".join(f'"{name}"' for name in row)
        old.execute(f"INSERT INTO blockers ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    old.close()
    with Book.open(path) as book:
        (blocker,) = records.everything(book, Blocker)
        assert (blocker.impact, blocker.facts, blocker.classified) == (None, (), None)
        assert ("records", "BL-0001 is not what was written") not in list(checking.trouble(book))
        made = Trigger("t", "T", NOW, NOW, subject="sync blocked")
        stored = editing.apply(
            book,
            "Put in",
            Edit(None, made),
            Edit(None, SeverityDefinition("s", blocker.severity, "Stops", NOW, NOW, users_from=5)),
            now=NOW,
        )
        assert stored[0].after.key == "TR-0001"
        assert records.everything(book, SeverityDefinition)[0].users_from == 5
