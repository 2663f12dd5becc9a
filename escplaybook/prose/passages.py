"""Passages of an entry: the plain text in which notes find them, and their marks in the tree that is read.

A passage goes by its place in the plain text of a field. White space may stand otherwise in a tree or on the screen
than in plain text, so that passages are followed by the characters that are none.
"""

from escplaybook.domain.annotations import PlainText, parts_of
from escplaybook.domain.knowledge import Entry
from escplaybook.prose.entries import plain_text


def texts_of(entry: Entry) -> PlainText:
    """The plain text of each annotated part of an entry, read when it is first asked for."""
    known: dict[str, str] = {}

    def text(field: str) -> str:
        if field not in known:
            known[field] = "\n".join(filter(None, map(plain_text, parts_of(entry, field))))
        return known[field]

    return text


def solid(text: str) -> int:
    """How many characters of a text are no white space."""
    return sum(not character.isspace() for character in text)
