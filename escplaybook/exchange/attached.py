"""Attachments beside the files of known blockers: where each lies, and reading it from there."""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from escplaybook.domain.attachments import SIZE_LIMIT, Attachment
from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.exchange.front_matter import Value, as_list, as_mapping, as_text
from escplaybook.exchange.text import bytes_of

FOLDER = "attachments"
"""Beside the files; each attachment is in it once, whatever names it."""

_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")
_HASH = re.compile(r"[0-9a-f]{64}")


def place_of(attachment: Attachment) -> str:
    """The path of the file, seen from the folder of its page: `attachments/1f0e…-error-screen.png`."""
    plain = _UNSAFE.sub("-", attachment.name).strip("-.")[-60:]
    return f"{FOLDER}/{attachment.hash[:16]}-{plain}"


def written(attachments: Iterable[Attachment]) -> list[Value]:
    """The attachments as front matter holds them."""
    return [
        {"name": one.name, "file": place_of(one), "media_type": one.media_type, "size": str(one.size), "hash": one.hash}
        for one in attachments
    ]


def attachments_in(value: Value) -> tuple[Attachment, ...]:
    """The attachments that `written` wrote. Raises ValueError if they are none."""
    return tuple(map(_attachment, as_list(value)))


def read_beside(folder: Path, attachments: Sequence[Attachment]) -> tuple[list[Attachment], list[bytes], list[str]]:
    """The attachments as their files in `folder` are now, the files' bytes, and what to tell of missing ones."""
    found, files, warnings = [], [], []
    for one in attachments:
        path = folder / place_of(one)
        try:
            if not path.resolve().is_relative_to(folder.resolve()):
                raise Unreadable("It leads out of the folder.")
            data = bytes_of(path, SIZE_LIMIT)
        except Unreadable:
            warnings.append(f"“{one.name[:80]}” is not in the folder {FOLDER} beside it; only its name came in.")
            found.append(one)
            continue
        found.append(Attachment(one.name, sha256(data).hexdigest(), len(data), one.media_type))
        files.append(data)
    return found, files, warnings


def _attachment(value: Value) -> Attachment:
    told = as_mapping(value)
    if not _HASH.fullmatch(as_text(told.get("hash"))):
        raise ValueError
    try:
        return Attachment(
            as_text(told.get("name")),
            as_text(told.get("hash")),
            int(as_text(told.get("size"))),
            as_text(told.get("media_type")),
        )
    except InvalidRecord as error:
        raise ValueError(str(error)) from error
