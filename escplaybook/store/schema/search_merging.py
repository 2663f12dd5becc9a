"""How many small pieces saves may leave in the full-text tables before one save has to bring them together.

Each save leaves a piece in both tables. At 32, one save in 32 waited for each of them; now one in 64 does, and where
the desktop is open hardly any, as it brings them together meanwhile (`store.index.tidy`).
"""

STATEMENTS = (
    "INSERT INTO found (found, rank) VALUES ('crisismerge', 64)",
    "INSERT INTO typed (typed, rank) VALUES ('crisismerge', 64)",
)
