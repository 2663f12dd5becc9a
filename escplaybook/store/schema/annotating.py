"""A step of its own for mentors' notes: the hold on a passage, agreement, answers, and what took a note's place."""

STATEMENTS = (
    "ALTER TABLE annotations ADD COLUMN prefix TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE annotations ADD COLUMN suffix TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE annotations ADD COLUMN position INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE annotations ADD COLUMN endorsements TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE annotations ADD COLUMN answers TEXT NOT NULL DEFAULT '[]'",
    """ALTER TABLE annotations ADD COLUMN superseded_by TEXT
        REFERENCES annotations (id) DEFERRABLE INITIALLY DEFERRED""",
    "CREATE INDEX annotations_by_superseded_by ON annotations (superseded_by) WHERE superseded_by IS NOT NULL",
)
