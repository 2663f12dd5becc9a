"""A playbook as people write it: a folder with playbook.toml, chapters in Markdown and pictures."""

import tomllib
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

from escplaybook.domain.errors import PlaybookError, Unreadable
from escplaybook.domain.playbooks import Chapter, Playbook, title_of
from escplaybook.exchange.files import shown
from escplaybook.exchange.text import bytes_of, decode

ABOUT = "playbook.toml"
LARGEST_CHAPTER, LARGEST_PLAYBOOK = 1_000_000, 5_000_000
"""Bytes of text; a chapter of three pages has 10,000."""

LARGEST_PICTURE = 20_000_000
"""Bytes of a picture, photographs of whiteboards included."""

MOST_PIXELS = 40_000_000
"""Of a picture; a file of some kilobytes can ask for thousands of millions."""

MOST_CHAPTERS = 200

_FACTS = ("title", "role", "stage", "version", "language", "summary")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def playbooks_in(folder: Path) -> list[Playbook]:
    """Every playbook in the folders below one folder, by title. Raises PlaybookError if one of them cannot be read."""
    found = [read_playbook(place.parent) for place in sorted(folder.glob(f"*/{ABOUT}"))]
    return sorted(found, key=lambda one: one.title.casefold())


def read_playbook(folder: Path) -> Playbook:
    """The playbook of a folder. Raises PlaybookError that says which of its files cannot be read, and why."""
    if not folder.is_dir():
        raise PlaybookError(f"There is no folder “{shown(folder)}”; nothing was read. Name the folder of a playbook.")
    about = _about(folder)
    facts = {name: _text(folder, about, name) for name in _FACTS}
    if not facts["title"].strip():
        raise _unusable(folder, f"{ABOUT} says no title", f'Write title = "…" into {ABOUT}.')
    return Playbook(
        name=shown(folder.resolve().name),
        folder=str(folder.resolve()),
        chapters=tuple(_chapters(folder, about.get("chapters"))),
        **(facts | {"language": facts["language"] or "en"}),
    )


def picture_of(playbook: Playbook, name: str) -> bytes:
    """The bytes of a picture in the playbook's folder. Raises PlaybookError with the reason if there is none to use."""
    if not name.lower().endswith(_PICTURES):
        raise PlaybookError(f"The picture “{shown(name)}” is no {', '.join(_PICTURES)}; save it as one of them.")
    folder = Path(playbook.folder)
    if not (folder / name).exists():
        raise PlaybookError(f"The picture “{shown(name)}” is not in the playbook’s folder; put it there.")
    data = _bytes(folder, name, LARGEST_PICTURE)
    if fault := _fault_of(data):
        raise PlaybookError(f"The picture “{shown(name)}” {fault}.")
    return data


def _fault_of(data: bytes) -> str:
    """Why those bytes are no picture to show; empty if they are one."""
    from PIL import Image  # late: lists of playbooks show none

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data)) as image:
            if image.width * image.height > MOST_PIXELS:
                return f"has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller"
            image.load()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return "is damaged, or no picture at all; save it again"
    return ""


LONGEST_FACT, LONGEST_TITLE = 2_000, 300
"""Characters of what playbook.toml says in one place, and of a chapter’s title in the contents."""


def _about(folder: Path) -> dict[str, Any]:
    data = _bytes(folder, ABOUT, LARGEST_CHAPTER)
    try:
        return tomllib.loads(decode(data)[0])
    except (ValueError, RecursionError, Unreadable) as error:
        raise _unusable(folder, f"{ABOUT} is not TOML ({error})", "Mend that line.") from None


def _text(folder: Path, about: dict[str, Any], name: str) -> str:
    value = about.get(name, "")
    if not isinstance(value, str):
        raise _unusable(folder, f"{name} in {ABOUT} is no text", "Put it in quotation marks.")
    text = " ".join("".join(one if one.isprintable() else " " for one in value).split())
    if len(text) > LONGEST_FACT:
        raise _unusable(folder, f"{name} in {ABOUT} is longer than {LONGEST_FACT:,} characters", "Shorten it.")
    return text


def _chapters(folder: Path, names: Any) -> list[Chapter]:
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise _unusable(folder, f"{ABOUT} names no chapters", 'Write chapters = ["01-first.md", …].')
    if len(names) > MOST_CHAPTERS:
        raise _unusable(folder, f"it has more than {MOST_CHAPTERS} chapters", "Divide it into several playbooks.")
    if len(set(names)) < len(names):
        raise _unusable(folder, "it names a chapter twice", "Name each once.")
    chapters, size = [], 0
    for name in names:
        data = _bytes(folder, name, LARGEST_CHAPTER)
        size += len(data)
        if size > LARGEST_PLAYBOOK:
            raise _unusable(
                folder, f"its text is larger than {LARGEST_PLAYBOOK // 1_000_000} MB", "Divide it into several."
            )
        try:
            text, _ = decode(data)
        except Unreadable as error:
            raise _unusable(folder, f"{shown(name)} cannot be used", str(error)) from None
        chapters.append(Chapter(name, (title_of(text) or Path(name).stem)[:LONGEST_TITLE], text))
    return chapters


def _bytes(folder: Path, name: str, limit: int) -> bytes:
    """A file that lies in the folder itself, links that lead out of it not followed."""
    try:
        path = (folder / name).resolve()
        if "\0" in name or path.parent != folder.resolve():
            raise _unusable(
                folder, f"“{shown(name)}” does not lie in its folder", "Only files of the folder itself are read."
            )
        if not path.exists():
            raise _unusable(folder, f"the file “{shown(name)}” is missing", "Put it there, or do not name it.")
        return bytes_of(path, limit)
    except (OSError, ValueError, RuntimeError) as error:  # a name no file can have, or a link to itself
        why = getattr(error, "strerror", None) or str(error)[:80]
        raise _unusable(folder, f"“{shown(name[:80])}” cannot be opened ({why})", "Give it another name.") from None
    except Unreadable as error:
        raise _unusable(folder, f"“{shown(name)}” cannot be used", str(error)) from None


def _unusable(folder: Path, what: str, remedy: str) -> PlaybookError:
    return PlaybookError(f"The playbook in “{shown(folder.name)}” cannot be used: {what}. {remedy}")
