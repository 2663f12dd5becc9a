"""From the bytes of a foreign file to its text, or to the sentence why it has none."""

import codecs
from pathlib import Path
from stat import S_ISREG

from escplaybook.domain.errors import Unreadable

SIZE_LIMIT = 5_000_000
"""Bytes in one file of text. The longest page of a real collection is under 300,000."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def text_of(path: Path) -> tuple[str, str]:
    """The file's text, and a warning if the encoding had to be guessed. Raises Unreadable with the reason."""
    return decode(bytes_of(path))


def bytes_of(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """The file as it is, up to `limit` bytes. Raises Unreadable with the reason."""
    try:
        about = path.stat()
        if not S_ISREG(about.st_mode):  # a pipe or a device might never end
            raise Unreadable("It is no file but a folder, a pipe or a device; save it as a file and bring that in.")
        if about.st_size > limit:
            raise Unreadable(f"The file is larger than {limit // 1_000_000} MB; split it into smaller ones.")
        with path.open("rb") as file:
            data = file.read(limit + 1)  # a file that the system makes up as it is read has no size
    except OSError as error:
        raise Unreadable(f"The file cannot be read ({error.strerror}); look at its permissions.") from None
    if len(data) > limit:
        raise Unreadable(f"The file is larger than {limit // 1_000_000} MB; split it into smaller ones.")
    return data


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` with every line end as a plain newline, and a warning if the encoding had to be guessed.

    Understood are UTF-8, UTF-16 with a byte order mark and, as the guess, Windows-1252. Raises Unreadable for bytes
    that are no text.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    warning = ""
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        text, warning = _windows_text(data, mark), "The file is not UTF-8; it was read as Windows-1252."
    if "\0" in text:
        raise Unreadable("The file is not text; save it as UTF-8 and bring it in again.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), warning


def _windows_text(data: bytes, mark: bytes) -> str:
    if mark:  # it said what it is, and is not
        raise Unreadable("The file is damaged: its text breaks off in the middle of a character.")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable("The file is not text; save it as UTF-8 and bring it in again.") from None
