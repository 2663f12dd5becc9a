"""Trouble that a person can mend. Each error carries one sentence: what happened, what is safe, what to do."""


class PlaybookError(Exception):
    """Mendable trouble, told to the user as it stands. Everything else is a bug and may crash."""


class InvalidRecord(PlaybookError):
    """A record was asked to hold something that cannot be true."""


class NotFound(PlaybookError):
    """Nothing in the book answers to the given key or id."""


class ChangedElsewhere(PlaybookError):
    """Somebody else stored this record after it was read."""


class BookUnusable(PlaybookError):
    """The file cannot be used as a book: missing, foreign, newer, locked, damaged or not writable."""


class BookDamaged(BookUnusable):
    """The file was a book and can no longer be read whole; a backup may take its place."""


class Unreadable(PlaybookError):
    """A file from outside, or one item in it, cannot be read."""
