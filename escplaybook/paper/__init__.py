"""Putting ink on paper: records in, a PDF out. No store, no search, and nothing in a text is ever markup."""
