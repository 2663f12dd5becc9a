"""The book's tables, as a list of steps. A step that has shipped is never changed; a new one is added below it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from escplaybook.store.schema import people_and_knowledge, programme, triggers

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x45504C42
"""“EPLB” in the file's header: by this a file is known as a book (https://sqlite.org/pragma.html#pragma_application_id)."""


def _people_and_knowledge(db: "Database") -> None:
    _run(db, people_and_knowledge.STATEMENTS)


def _programme(db: "Database") -> None:
    _run(db, programme.STATEMENTS)


def _triggers(db: "Database") -> None:
    _run(db, triggers.STATEMENTS)


def _run(db: "Database", statements: Iterable[str]) -> None:
    for statement in statements:
        db.conn.execute(statement)


STEPS = (_people_and_knowledge, _programme, _triggers)
VERSION = len(STEPS)
"""The schema this program writes; kept in the file as `PRAGMA user_version`."""


def migrate(connection: Any) -> None:
    """Bring the tables up to VERSION, each step in its own transaction."""
    from sqlite_utils import Database, Migrations  # 0.1 s to import, needed once in a book's life

    steps = Migrations("escplaybook")
    for number, step in enumerate(STEPS, start=1):
        steps(name=f"{number:03d}{step.__name__}")(_numbered(number, step))
    steps.apply(Database(connection))


def _numbered(number: int, step: Any) -> Any:
    def run(db: "Database") -> None:
        step(db)
        db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.conn.execute(f"PRAGMA user_version = {number}")

    return run
