"""Files attached to a known blocker: named in the front matter of its page, and lying in a folder beside it."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path, PurePath

from escplaybook.domain.attachments import SIZE_LIMIT, Attachment
from escplaybook.domain.errors import InvalidRecord
from escplaybook.exchange.front_matter import Value, as_list, as_mapping, as_text

FOLDER = "attachments"

_SHOWN = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf"})
"""Endings that files keep. Any other would be brought in by itself with the folder: a table as people, say."""


def written(attachments: Sequence[Attachment]) -> list[Value]:
    """What stands in the front matter."""
    return [
        {"name": one.name, "file": place_of(one), "hash": one.hash, "size": str(one.size), "type": one.media_type}
        for one in attachments
    ]


def attachments_in(value: Value) -> tuple[Attachment, ...]:
    """The attachments that `written` wrote. Raises ValueError if they are none."""
    try:
        return tuple(
            Attachment(
                as_text(one.get("name")),
                _hash(one),
                int(as_text(one.get("size"))),
                as_text(one.get("type", one.get("media_type"))),  # JSON calls it by its whole name
            )
            for one in map(as_mapping, as_list(value))
        )
    except InvalidRecord as error:
        raise ValueError from error


def place_of(attachment: Attachment) -> str:
    """Where the file lies, from the folder of its page."""
    ending = PurePath(attachment.name).suffix.casefold()
    return f"{FOLDER}/{attachment.hash}{ending if ending in _SHOWN else '.bin'}"


def data_beside(page: Path, attachments: Sequence[Attachment]) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """The bytes of the attached files that lie beside the page, and warnings about those that do not."""
    found: list[bytes] = []
    warnings: list[str] = []
    for one in attachments:
        data = _read(page.parent / place_of(one))
        if sha256(data).hexdigest() == one.hash:
            found.append(data)
        else:
            warnings.append(f"“{one.name}” does not lie beside the page as it was written; only its name came in.")
    return tuple(found), tuple(warnings)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= SIZE_LIMIT else b""
    except OSError:
        return b""


def _hash(told: dict[str, Value]) -> str:
    known = as_text(told.get("hash"))
    if len(known) != 64 or not set(known) <= set("0123456789abcdef"):
        raise ValueError
    return known
