"""Records named in texts: `[[KB-0142]]` is a link to that record, and pictures lie in the book by their hash."""

import re

LINK = re.compile(r"\[\[\s{0,3}(?P<key>[A-Za-z]{2}-\d{1,9})\s{0,3}\]\]")
"""How a link to a record is written."""

_PICTURE = re.compile(r"\(attachment:(?P<hash>[0-9a-f]{64})/")


def link_to(key: str) -> str:
    """The link to a record, as it is written into Markdown."""
    return f"[[{key}]]"


def picture(alt: str, file_hash: str, name: str) -> str:
    """A picture of the book, as it is written into Markdown; the name is kept to what a target may hold."""
    safe = re.sub(r"[^\w.+-]+", "-", name)
    words = re.sub(r"[\[\]\\\s]+", " ", alt).strip()
    return f"![{words}](attachment:{file_hash}/{safe})"


def pictures_in(markdown: str) -> list[str]:
    """The hashes of the pictures that a text shows, each once, in their order."""
    return list(dict.fromkeys(found["hash"] for found in _PICTURE.finditer(markdown)))
