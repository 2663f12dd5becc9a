"""By which edition of the matrix a blocker is answered."""

STATEMENTS = (
    "ALTER TABLE blockers ADD COLUMN edition TEXT REFERENCES editions (id) DEFERRABLE INITIALLY DEFERRED",
    "CREATE INDEX blockers_by_edition ON blockers (edition) WHERE edition IS NOT NULL",
)
