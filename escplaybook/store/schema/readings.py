"""Reading paths: who reads which playbook, how far, and what is asked of the mentor."""

STATEMENTS = (
    """CREATE TABLE readings (
        id TEXT PRIMARY KEY, playbook TEXT NOT NULL, version TEXT NOT NULL, reader TEXT NOT NULL,
        started TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL, reader_contact TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        mentor TEXT NOT NULL, mentor_contact TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        chapters TEXT NOT NULL, ticks TEXT NOT NULL, finished TEXT, signed_off TEXT, signed_off_by TEXT NOT NULL,
        retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE reading_questions (
        id TEXT PRIMARY KEY, reading TEXT NOT NULL REFERENCES readings (id) DEFERRABLE INITIALLY DEFERRED,
        chapter TEXT NOT NULL, text TEXT NOT NULL, asked TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, quote TEXT NOT NULL, asked_by TEXT NOT NULL, answer TEXT NOT NULL, answered TEXT,
        answered_by TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX readings_by_playbook ON readings (playbook)",
    "CREATE INDEX readings_by_reader_contact ON readings (reader_contact) WHERE reader_contact IS NOT NULL",
    "CREATE INDEX readings_by_mentor_contact ON readings (mentor_contact) WHERE mentor_contact IS NOT NULL",
    "CREATE INDEX reading_questions_by_reading ON reading_questions (reading)",
)
