"""The page of known blockers."""
