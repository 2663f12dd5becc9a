"""The third step: triggers, the facts and the impact they are measured by, and where a book's severities begin."""

STATEMENTS = (
    """CREATE TABLE triggers (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        subject TEXT NOT NULL, comparator TEXT NOT NULL, value TEXT NOT NULL, unit TEXT NOT NULL, duration INTEGER,
        side_conditions TEXT NOT NULL, expression TEXT NOT NULL, observer TEXT NOT NULL, level INTEGER NOT NULL,
        severity TEXT CHECK (severity IN ('S1', 'S2', 'S3', 'S4')), stage TEXT NOT NULL,
        deployment TEXT REFERENCES deployments (id) DEFERRABLE INITIALLY DEFERRED,
        engineering TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, engineering_on TEXT,
        business TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, business_on TEXT,
        retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX triggers_by_deployment ON triggers (deployment) WHERE deployment IS NOT NULL",
    "CREATE INDEX triggers_by_engineering ON triggers (engineering) WHERE engineering IS NOT NULL",
    "CREATE INDEX triggers_by_business ON triggers (business) WHERE business IS NOT NULL",
    "ALTER TABLE blockers ADD COLUMN impact TEXT",
    "ALTER TABLE blockers ADD COLUMN facts TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE blockers ADD COLUMN classified TEXT",
    "ALTER TABLE severities ADD COLUMN users_from INTEGER",
    "ALTER TABLE severities ADD COLUMN money_from INTEGER",
)
