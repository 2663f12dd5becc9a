"""The first step: the book itself, its history, known blockers, contacts and the full-text tables."""

STATEMENTS = (
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
