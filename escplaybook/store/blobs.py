"""Files kept in the book: attachments and photos, each stored once, by the hash of its bytes."""

import hashlib
import mimetypes

from escplaybook.domain.attachments import SIZE_LIMIT, Attachment
from escplaybook.domain.errors import BookDamaged, InvalidRecord, NotFound
from escplaybook.store.book import Book


def described(name: str, data: bytes) -> Attachment:
    """What a record keeps of a file: name, hash, size and type by its name. Raises InvalidRecord if it is too large."""
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Attachment(name, hashlib.sha256(data).hexdigest(), len(data), media_type)


def data_of(book: Book, attachment: Attachment) -> bytes:
    """The bytes of a file. Raises NotFound if the book has it not (a handover), BookDamaged if they are others."""
    row = book.connection.execute("SELECT data FROM blobs WHERE hash = ?", (attachment.hash,)).fetchone()
    if row is None:
        raise NotFound(f"“{attachment.name}” is not in this copy of the book; open the book it was made from.")
    data = bytes(row["data"])
    if hashlib.sha256(data).hexdigest() != attachment.hash:
        raise BookDamaged(f"“{attachment.name}” is damaged in the book; a backup may hold it whole.")
    return data


def put(book: Book, data: bytes) -> None:
    """Store a file's bytes, once. Called by the writer, inside its transaction."""
    if len(data) > SIZE_LIMIT:
        raise InvalidRecord(f"A file may have {SIZE_LIMIT // 1024**2} MB; nothing was stored.")
    book.connection.execute(
        "INSERT INTO blobs VALUES (?, ?) ON CONFLICT DO NOTHING", (hashlib.sha256(data).hexdigest(), data)
    )
