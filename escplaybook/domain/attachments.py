"""Attachments: documents, photos and pictures that belong to a record and lie in the book by their hash."""

from dataclasses import dataclass

from escplaybook.domain.errors import InvalidRecord

SIZE_LIMIT = 20 * 1024 * 1024
"""Bytes of one attachment. A signed contract is some 5 MB; a book is copied whole at every backup."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept in the book. `hash` is the SHA-256 of its bytes in hex, `size` their number, `media_type` as MIME."""

    name: str
    hash: str
    size: int
    media_type: str = "application/octet-stream"

    def __post_init__(self) -> None:
        if not self.name.strip() or "/" in self.name or "\\" in self.name:
            raise InvalidRecord("An attachment needs a file name without a folder.")
        if self.size > SIZE_LIMIT:
            raise InvalidRecord(
                f"“{self.name}” is larger than {SIZE_LIMIT // 1024**2} MB; it was not attached. Attach a smaller copy."
            )
