"""The book's tables, as a list of steps. A step that has shipped is never changed; a new one is added below it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from escplaybook.store.schema import (
    annotating,
    blocker_definition,
    cell_deputies,
    editions,
    matrix_model,
    people_and_knowledge,
    people_kept_true,
    pinned_edition,
    programme,
    readings,
    search_merging,
    sub_classes,
    triggers,
    uses,
    waivers,
    writing,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x45504C42
"""“EPLB” in the file's header: by this a file is known as a book (https://sqlite.org/pragma.html#pragma_application_id)."""

SEARCH_IS_BEHIND = "search is behind"
"""The fact about a book that its full-text tables were made by an older program; see `services.keeping`."""


def _people_and_knowledge(db: "Database") -> None:
    _run(db, people_and_knowledge.STATEMENTS)


def _programme(db: "Database") -> None:
    _run(db, programme.STATEMENTS)


def _people_kept_true(db: "Database") -> None:
    _run(db, people_kept_true.STATEMENTS)


def _uses(db: "Database") -> None:
    _run(db, uses.STATEMENTS)


def _annotating(db: "Database") -> None:
    _run(db, annotating.STATEMENTS)


def _triggers(db: "Database") -> None:
    _run(db, triggers.STATEMENTS)


def _waivers(db: "Database") -> None:
    _run(db, waivers.STATEMENTS)


def _writing(db: "Database") -> None:
    _run(db, writing.STATEMENTS)


def _editions(db: "Database") -> None:
    _run(db, editions.STATEMENTS)


def _matrix_model(db: "Database") -> None:
    _run(db, matrix_model.STATEMENTS)


def _cell_deputies(db: "Database") -> None:
    _run(db, cell_deputies.STATEMENTS)


def _sub_classes(db: "Database") -> None:
    _run(db, sub_classes.STATEMENTS)


def _blocker_definition(db: "Database") -> None:
    _run(db, blocker_definition.STATEMENTS)


def _readings(db: "Database") -> None:
    _run(db, readings.STATEMENTS)


def _pinned_edition(db: "Database") -> None:
    _run(db, pinned_edition.STATEMENTS)


def _search_merging(db: "Database") -> None:
    _run(db, search_merging.STATEMENTS)


def _run(db: "Database", statements: Iterable[str]) -> None:
    for statement in statements:
        db.conn.execute(statement)


STEPS = (
    _people_and_knowledge,
    _programme,
    _people_kept_true,
    _uses,
    _annotating,
    _triggers,
    _waivers,
    _writing,
    _editions,
    _matrix_model,
    _cell_deputies,
    _sub_classes,
    _blocker_definition,
    _readings,
    _pinned_edition,
    _search_merging,
)
VERSION = len(STEPS)
"""The schema this program writes; kept in the file as `PRAGMA user_version`."""


def migrate(connection: Any) -> None:
    """Bring the tables up to VERSION, each step in its own transaction."""
    from sqlite_utils import Database, Migrations  # 0.1 s to import, needed once in a book's life

    steps = Migrations("escplaybook")
    for number, step in enumerate(STEPS, start=1):
        steps(name=f"{number:03d}{step.__name__}")(_numbered(number, step))
    is_older = 0 < connection.execute("PRAGMA user_version").fetchone()[0] < VERSION
    steps.apply(Database(connection))
    if is_older:  # what can be found of a record is made by the program, and this is another one now
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, '1')", (SEARCH_IS_BEHIND,))


def _numbered(number: int, step: Any) -> Any:
    def run(db: "Database") -> None:
        step(db)
        db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.conn.execute(f"PRAGMA user_version = {number}")

    return run
