"""The page of people who can be called."""
