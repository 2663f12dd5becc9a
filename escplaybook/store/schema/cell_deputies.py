"""A step of its own: who is asked for a cell after its owner and its backup, as a list of contacts' ids."""

STATEMENTS = ("ALTER TABLE cells ADD COLUMN deputies TEXT NOT NULL DEFAULT '[]'",)
