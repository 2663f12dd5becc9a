"""The book's tables, as a list of steps. A step that has shipped is never changed; a new one is added below it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x45504C42
"""“EPLB” in the file's header: by this a file is known as a book (https://sqlite.org/pragma.html#pragma_application_id)."""

_FIRST = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE counters (kind TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE strokes (
        id TEXT PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
        way TEXT NOT NULL CHECK (way IN ('do', 'undo', 'redo')),
        turned TEXT REFERENCES strokes (id), undoable INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE history (
        number INTEGER PRIMARY KEY AUTOINCREMENT, stroke TEXT NOT NULL REFERENCES strokes (id),
        kind TEXT NOT NULL, record TEXT NOT NULL, before TEXT, after TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX history_of_record ON history (record)",
    "CREATE INDEX history_of_stroke ON history (stroke)",
    """CREATE TABLE entries (
        id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
        created TEXT NOT NULL, updated TEXT NOT NULL,
        summary TEXT NOT NULL, symptoms TEXT NOT NULL, reproduction TEXT NOT NULL, impact TEXT NOT NULL,
        environment TEXT NOT NULL, diagnosis TEXT NOT NULL, cause TEXT NOT NULL, remedy TEXT NOT NULL,
        steps TEXT NOT NULL, workaround TEXT NOT NULL, verification TEXT NOT NULL, prevention TEXT NOT NULL,
        rest TEXT NOT NULL, system TEXT NOT NULL, data_domain TEXT NOT NULL, stage TEXT NOT NULL,
        severity TEXT CHECK (severity IN ('S1', 'S2', 'S3', 'S4')),
        cause_class TEXT CHECK (cause_class IN ('internal', 'external')),
        vendor TEXT NOT NULL, tags TEXT NOT NULL, error_codes TEXT NOT NULL, links TEXT NOT NULL,
        language TEXT NOT NULL, origin TEXT, retired TEXT, hash TEXT NOT NULL,
        origin_uid TEXT GENERATED ALWAYS AS (json_extract(origin, '$.uid')) VIRTUAL
    ) STRICT""",
    "CREATE INDEX entries_by_origin ON entries (origin_uid) WHERE origin_uid IS NOT NULL",
    "CREATE INDEX entries_by_update ON entries (updated)",
    """CREATE TABLE contacts (
        id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        created TEXT NOT NULL, updated TEXT NOT NULL,
        role TEXT NOT NULL, organisation TEXT NOT NULL, team TEXT NOT NULL, points TEXT NOT NULL,
        zone TEXT NOT NULL, hours TEXT NOT NULL,
        deputy TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        languages TEXT NOT NULL, notes TEXT NOT NULL, tags TEXT NOT NULL,
        origin TEXT, retired TEXT, hash TEXT NOT NULL,
        origin_uid TEXT GENERATED ALWAYS AS (json_extract(origin, '$.uid')) VIRTUAL
    ) STRICT""",
    "CREATE INDEX contacts_by_origin ON contacts (origin_uid) WHERE origin_uid IS NOT NULL",
    "CREATE INDEX contacts_by_deputy ON contacts (deputy) WHERE deputy IS NOT NULL",
    """CREATE TABLE searchable (
        number INTEGER PRIMARY KEY, kind TEXT NOT NULL, record TEXT NOT NULL UNIQUE, key TEXT NOT NULL,
        severity TEXT NOT NULL, stage TEXT NOT NULL, system TEXT NOT NULL, data_domain TEXT NOT NULL,
        cause_class TEXT NOT NULL, vendor TEXT NOT NULL, state TEXT NOT NULL, tag TEXT NOT NULL,
        created TEXT NOT NULL, updated TEXT NOT NULL, retired INTEGER NOT NULL,
        title TEXT NOT NULL, symptoms TEXT NOT NULL, remedy TEXT NOT NULL, rest TEXT NOT NULL, tags TEXT NOT NULL,
        facets TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX searchable_by_update ON searchable (updated, kind, retired)",
    """CREATE VIRTUAL TABLE found USING fts5 (
        title, symptoms, remedy, rest, tags, facets,
        content = 'searchable', content_rowid = 'number',
        tokenize = "porter unicode61 remove_diacritics 2"
    )""",
    """CREATE VIRTUAL TABLE typed USING fts5 (
        title, symptoms, remedy, rest, tags, facets,
        content = 'searchable', content_rowid = 'number',
        tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3 4', detail = column, columnsize = 0
    )""",
    # each save leaves a small segment: merging 32 of them at once keeps the other 31 saves quick
    "INSERT INTO found (found, rank) VALUES ('automerge', 0), ('crisismerge', 32)",
    "INSERT INTO typed (typed, rank) VALUES ('automerge', 0), ('crisismerge', 32)",
    "CREATE TABLE words (word TEXT PRIMARY KEY, records INTEGER NOT NULL) STRICT, WITHOUT ROWID",
)

_PROGRAMME = (
    """CREATE TABLE annotations (
        id TEXT PRIMARY KEY, entry TEXT NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
        field TEXT NOT NULL, quote TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, author TEXT NOT NULL,
        created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE, applies_when TEXT NOT NULL,
        retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE vendors (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, levels TEXT NOT NULL, portal TEXT NOT NULL, entitlements TEXT NOT NULL,
        zone TEXT NOT NULL, hours TEXT NOT NULL, severity_names TEXT NOT NULL, systems TEXT NOT NULL,
        how_to_get_through TEXT NOT NULL, notes TEXT NOT NULL, tags TEXT NOT NULL, retired TEXT,
        hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE agreements (
        id TEXT PRIMARY KEY, vendor TEXT NOT NULL REFERENCES vendors (id) DEFERRABLE INITIALLY DEFERRED,
        kind TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL, form TEXT, mutual INTEGER NOT NULL, scope TEXT NOT NULL, cap TEXT NOT NULL,
        carve_outs TEXT NOT NULL, insurance_until TEXT, signed TEXT, start TEXT, "end" TEXT,
        renewal TEXT NOT NULL, term_months INTEGER NOT NULL, notice_months INTEGER NOT NULL,
        notice_days INTEGER NOT NULL, notice_address TEXT NOT NULL,
        owner TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, notes TEXT NOT NULL, retired TEXT,
        hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE deployments (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, customer TEXT NOT NULL, stages TEXT NOT NULL, go_live TEXT,
        zone TEXT NOT NULL, hours TEXT NOT NULL,
        point_of_contact TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        deputy TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, notes TEXT NOT NULL, retired TEXT,
        hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE severities (
        id TEXT PRIMARY KEY, severity TEXT NOT NULL CHECK (severity IN ('S1', 'S2', 'S3', 'S4')),
        name TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        criteria TEXT NOT NULL, examples TEXT NOT NULL, cadence INTEGER, channels TEXT NOT NULL,
        intake TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE levels (
        id TEXT PRIMARY KEY, rank INTEGER NOT NULL, name TEXT NOT NULL, created TEXT NOT NULL,
        updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE, purpose TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE cells (
        id TEXT PRIMARY KEY, severity TEXT NOT NULL CHECK (severity IN ('S1', 'S2', 'S3', 'S4')),
        level INTEGER NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        deployment TEXT REFERENCES deployments (id) DEFERRABLE INITIALLY DEFERRED, stage TEXT NOT NULL,
        cause_class TEXT, owner TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        backup TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, entry_criterion TEXT NOT NULL,
        outcome TEXT NOT NULL, acknowledge INTEGER, act INTEGER, resolve INTEGER, channel TEXT NOT NULL,
        not_escalated INTEGER NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE rights (
        id TEXT PRIMARY KEY, decision TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, deployment TEXT REFERENCES deployments (id) DEFERRABLE INITIALLY DEFERRED,
        stage TEXT NOT NULL, severity TEXT CHECK (severity IN ('S1', 'S2', 'S3', 'S4')),
        threshold TEXT NOT NULL, decider TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        alternate TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, evidence TEXT NOT NULL,
        expires TEXT, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE blockers (
        id TEXT PRIMARY KEY, title TEXT NOT NULL,
        severity TEXT NOT NULL CHECK (severity IN ('S1', 'S2', 'S3', 'S4')), observed TEXT NOT NULL,
        created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        deployment TEXT REFERENCES deployments (id) DEFERRABLE INITIALLY DEFERRED, stage TEXT NOT NULL,
        cause_class TEXT NOT NULL, system TEXT NOT NULL, data_domain TEXT NOT NULL, milestone TEXT NOT NULL,
        context TEXT NOT NULL, dependencies TEXT NOT NULL, options TEXT NOT NULL, risk TEXT NOT NULL,
        owner TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, notified TEXT, acknowledged TEXT,
        acknowledged_by TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, resolved TEXT,
        resolution TEXT NOT NULL, entry TEXT REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
        "references" TEXT NOT NULL, tags TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX annotations_by_entry ON annotations (entry)",
    "CREATE INDEX agreements_by_vendor ON agreements (vendor)",
    "CREATE INDEX agreements_by_owner ON agreements (owner) WHERE owner IS NOT NULL",
    "CREATE INDEX deployments_by_point_of_contact ON deployments (point_of_contact) WHERE point_of_contact IS NOT NULL",
    "CREATE INDEX deployments_by_deputy ON deployments (deputy) WHERE deputy IS NOT NULL",
    "CREATE INDEX cells_by_deployment ON cells (deployment) WHERE deployment IS NOT NULL",
    "CREATE INDEX cells_by_owner ON cells (owner) WHERE owner IS NOT NULL",
    "CREATE INDEX cells_by_backup ON cells (backup) WHERE backup IS NOT NULL",
    "CREATE INDEX rights_by_deployment ON rights (deployment) WHERE deployment IS NOT NULL",
    "CREATE INDEX rights_by_decider ON rights (decider) WHERE decider IS NOT NULL",
    "CREATE INDEX rights_by_alternate ON rights (alternate) WHERE alternate IS NOT NULL",
    "CREATE INDEX blockers_by_deployment ON blockers (deployment) WHERE deployment IS NOT NULL",
    "CREATE INDEX blockers_by_owner ON blockers (owner) WHERE owner IS NOT NULL",
    "CREATE INDEX blockers_by_acknowledged_by ON blockers (acknowledged_by) WHERE acknowledged_by IS NOT NULL",
    "CREATE INDEX blockers_by_entry ON blockers (entry) WHERE entry IS NOT NULL",
)


def _people_and_knowledge(db: "Database") -> None:
    for statement in _FIRST:
        db.conn.execute(statement)


def _programme(db: "Database") -> None:
    for statement in _PROGRAMME:
        db.conn.execute(statement)


STEPS = (_people_and_knowledge, _programme)
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
