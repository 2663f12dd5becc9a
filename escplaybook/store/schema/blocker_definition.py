"""What a blocker is, in the book's own words."""

STATEMENTS = (
    """CREATE TABLE blocker_definitions (
        id TEXT PRIMARY KEY, text TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, counts TEXT NOT NULL, does_not_count TEXT NOT NULL, kinds TEXT NOT NULL,
        retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
)
