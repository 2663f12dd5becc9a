"""What came of using known blockers; and, for each entry in the search, its confidence and the queues it waits in."""

STATEMENTS = (
    """CREATE TABLE uses (
        id TEXT PRIMARY KEY, entry TEXT NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
        outcome TEXT NOT NULL CHECK (outcome IN ('worked', 'partly', 'failed', 'not applicable')),
        "by" TEXT NOT NULL, at TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, environment TEXT NOT NULL, note TEXT NOT NULL,
        blocker TEXT REFERENCES blockers (id) DEFERRABLE INITIALLY DEFERRED, ticks TEXT NOT NULL,
        wording TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX uses_by_entry ON uses (entry)",
    "CREATE INDEX uses_by_blocker ON uses (blocker) WHERE blocker IS NOT NULL",
    "ALTER TABLE searchable ADD COLUMN confidence TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE searchable ADD COLUMN queues TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE searchable ADD COLUMN reviewed TEXT NOT NULL DEFAULT ''",
)
