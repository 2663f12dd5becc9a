"""Waivers: findings of the audit that may stay for a while."""

STATEMENTS = (
    """CREATE TABLE waivers (
        id TEXT PRIMARY KEY, rule TEXT NOT NULL, about TEXT NOT NULL, about_kind TEXT NOT NULL,
        reason TEXT NOT NULL, "by" TEXT NOT NULL, until TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX waivers_by_record ON waivers (about)",
)
