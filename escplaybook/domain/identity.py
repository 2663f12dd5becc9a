"""What makes a record itself: its id, and the short key by which people quote it."""

import secrets
from datetime import datetime
from typing import Any, ClassVar, Protocol


class Record(Protocol):
    """Anything the book keeps: a frozen dataclass with an id (UUIDv7 text) and a key (`KB-0142`)."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str:
        """The identity; never changes, never reused."""
        ...

    @property
    def key(self) -> str:
        """The local short name; empty until the book has numbered the record."""
        ...


def new_id(now: datetime) -> str:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then chance, so that ids sort by birth."""
    milliseconds = int(now.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)  # version 7
    value = (value & ~(0x3 << 62)) | (0x2 << 62)  # RFC variant
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
