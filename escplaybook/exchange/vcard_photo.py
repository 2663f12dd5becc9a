"""The photo of a card: base64 as versions 2.1 and 3.0 write it, or the data: address of version 4.0; and back."""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from hashlib import sha256

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.errors import Unreadable

SIZE_LIMIT = 5_000_000
"""Bytes of one photo. Phones keep some 100,000; what is larger is an original that nobody sees whole."""

_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg", "photo.jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "photo.png"),
    (b"GIF8", "image/gif", "photo.gif"),
)
"""How pictures begin that every program shows, what they are and how they are called in the book."""

_NOT_BASE64 = re.compile(r"[\s\\]")


def photo_from(value: str) -> tuple[Attachment, bytes]:
    """The photo that a property's value holds. Raises Unreadable with the reason, as the end of a sentence."""
    if value[:5].lower() == "data:":
        declared, _, value = value.partition(",")
        if ";base64" not in declared.lower():
            raise Unreadable("its address holds no base64")
    if len(value) * 3 // 4 > 2 * SIZE_LIMIT:  # do not even copy it
        raise Unreadable(_too_large(len(value) * 3 // 4))
    value = _NOT_BASE64.sub("", value).rstrip("=")
    try:
        data = b64decode(value + "=" * (-len(value) % 4), validate=True)
    except NotBase64:
        raise Unreadable("it is damaged") from None
    if len(data) > SIZE_LIMIT:
        raise Unreadable(_too_large(len(data)))
    for signature, media_type, name in _SIGNATURES:
        if data.startswith(signature):
            return Attachment(name, sha256(data).hexdigest(), len(data), media_type), data
    raise Unreadable("it is no JPEG, PNG or GIF picture")


def line_of(photo: Attachment, data: bytes) -> str:
    """The photo as a line of version 3.0, not folded."""
    kind = photo.media_type.rpartition("/")[2].upper()
    return f"PHOTO;ENCODING=b;TYPE={kind}:{b64encode(data).decode()}"


def _too_large(size: int) -> str:
    return f"it has {size / 1_000_000:.1f} MB, and more than {SIZE_LIMIT // 1_000_000} MB is not kept"
