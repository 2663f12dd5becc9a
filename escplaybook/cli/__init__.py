"""The command line: every thing the desktop does, one file a subject."""
