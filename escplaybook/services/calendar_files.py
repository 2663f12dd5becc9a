"""Calendar files where somebody asks for them."""

from pathlib import Path

from escplaybook.domain.errors import PlaybookError
from escplaybook.services.attaching import put

_BEGINS = b"BEGIN:VCALENDAR"


def save_calendar(data: bytes, target: Path) -> None:
    """Write a calendar file, whole or not at all, also in an earlier one's place but in that of nothing else.

    Raises PlaybookError if it cannot be written there.
    """
    if target.exists() and not _is_calendar(target):
        raise PlaybookError(f"{target} is there already and is no calendar; it was left as it is. Choose another name.")
    put(data, target)


def _is_calendar(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_BEGINS)) == _BEGINS
    except OSError:
        return False
