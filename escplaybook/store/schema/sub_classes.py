"""Sub-classes of causes, and which of them a blocker's cause is."""

STATEMENTS = (
    """CREATE TABLE sub_classes (
        id TEXT PRIMARY KEY, cause_class TEXT NOT NULL, name TEXT NOT NULL, created TEXT NOT NULL,
        updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE, counterpart TEXT NOT NULL, meaning TEXT NOT NULL,
        retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "ALTER TABLE blockers ADD COLUMN sub_class TEXT NOT NULL DEFAULT ''",
)
