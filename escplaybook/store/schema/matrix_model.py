"""A step of its own: the calendar by which a cell's targets are counted."""

STATEMENTS = ("ALTER TABLE cells ADD COLUMN calendar TEXT NOT NULL DEFAULT ''",)
