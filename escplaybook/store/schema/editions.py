"""Editions of the matrix with who signed them, and the weekly reviews."""

STATEMENTS = (
    """CREATE TABLE editions (
        id TEXT PRIMARY KEY, number INTEGER NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, content TEXT NOT NULL, title TEXT NOT NULL,
        deployment TEXT REFERENCES deployments (id) DEFERRABLE INITIALLY DEFERRED,
        engineering TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, engineering_at TEXT,
        business TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, business_at TEXT,
        effective TEXT, applied TEXT,
        adopted_by TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, adopted_on TEXT,
        retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE matrix_reviews (
        id TEXT PRIMARY KEY, by TEXT NOT NULL REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        at TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        note TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX editions_by_deployment ON editions (deployment) WHERE deployment IS NOT NULL",
    "CREATE INDEX editions_by_engineering ON editions (engineering) WHERE engineering IS NOT NULL",
    "CREATE INDEX editions_by_business ON editions (business) WHERE business IS NOT NULL",
    "CREATE INDEX editions_by_adopted_by ON editions (adopted_by) WHERE adopted_by IS NOT NULL",
    "CREATE INDEX matrix_reviews_by_by ON matrix_reviews (by)",
)
