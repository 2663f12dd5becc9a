"""A step of its own for writing: the files that are attached to a known blocker."""

STATEMENTS = ("ALTER TABLE entries ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]'",)
