"""The third step: absences, rotations, single points of contact, suggestions, and files kept in the book."""

STATEMENTS = (
    "CREATE TABLE blobs (hash TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT",
    "ALTER TABLE contacts ADD COLUMN country TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE contacts ADD COLUMN photo TEXT",
    "ALTER TABLE vendors ADD COLUMN promises TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE deployments ADD COLUMN money_a_day INTEGER",
    "ALTER TABLE deployments ADD COLUMN currency TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE deployments ADD COLUMN reputation TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE agreements ADD COLUMN parties TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE agreements ADD COLUMN signatories TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE agreements ADD COLUMN duty_to_defend TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE agreements ADD COLUMN insurance TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE agreements ADD COLUMN documents TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE agreements ADD COLUMN acted TEXT NOT NULL DEFAULT '[]'",
    """CREATE TABLE absences (
        id TEXT PRIMARY KEY, contact TEXT NOT NULL REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        start TEXT NOT NULL, "end" TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, zone TEXT NOT NULL, all_day INTEGER NOT NULL, rule TEXT NOT NULL,
        excluded TEXT NOT NULL, deputy TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        reason TEXT NOT NULL, origin TEXT, retired TEXT, hash TEXT NOT NULL,
        origin_uid TEXT GENERATED ALWAYS AS (json_extract(origin, '$.uid')) VIRTUAL
    ) STRICT""",
    "CREATE INDEX absences_by_contact ON absences (contact)",
    "CREATE INDEX absences_by_deputy ON absences (deputy) WHERE deputy IS NOT NULL",
    "CREATE INDEX absences_by_origin ON absences (origin_uid) WHERE origin_uid IS NOT NULL",
    """CREATE TABLE rotations (
        id TEXT PRIMARY KEY, contact TEXT NOT NULL REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        name TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        shifts TEXT NOT NULL, notes TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX rotations_by_contact ON rotations (contact)",
    """CREATE TABLE points_of_contact (
        id TEXT PRIMARY KEY, deployment TEXT NOT NULL REFERENCES deployments (id) DEFERRABLE INITIALLY DEFERRED,
        "group" TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        person TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        deputy TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        hours TEXT NOT NULL, channel TEXT NOT NULL, notes TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX points_of_contact_by_deployment ON points_of_contact (deployment)",
    "CREATE INDEX points_of_contact_by_person ON points_of_contact (person) WHERE person IS NOT NULL",
    "CREATE INDEX points_of_contact_by_deputy ON points_of_contact (deputy) WHERE deputy IS NOT NULL",
    """CREATE TABLE questions (
        id TEXT PRIMARY KEY,
        point_of_contact TEXT NOT NULL REFERENCES points_of_contact (id) DEFERRABLE INITIALLY DEFERRED,
        text TEXT NOT NULL, asked TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, asked_by TEXT NOT NULL,
        blocker TEXT REFERENCES blockers (id) DEFERRABLE INITIALLY DEFERRED,
        answer TEXT NOT NULL, answered TEXT, answered_by TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX questions_by_point_of_contact ON questions (point_of_contact)",
    "CREATE INDEX questions_by_blocker ON questions (blocker) WHERE blocker IS NOT NULL",
    """CREATE TABLE suggestions (
        id TEXT PRIMARY KEY, about TEXT NOT NULL, about_kind TEXT NOT NULL, text TEXT NOT NULL,
        author TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        field TEXT NOT NULL, side TEXT NOT NULL, outcome TEXT NOT NULL, answer TEXT NOT NULL,
        settled TEXT, settled_by TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX suggestions_by_record ON suggestions (about)",
)
