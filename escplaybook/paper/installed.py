"""The fonts of this machine, for the characters that the program's own do not have."""

import functools
import shutil
import subprocess
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase.ttfonts import TTFError

from escplaybook.paper.fonts import PaperFont, register

_FIELDS = r"%{slant}|%{spacing}|%{weight}|%{index}|%{charset}|%{file}\n"
_REGULAR = 80
"""How fontconfig counts the weight of ordinary text."""

_loaded: dict[str, PaperFont] = {}


class _Font(NamedTuple):
    """A file, which of its members, and the first and last of each range of characters that it carries."""

    file: str
    member: int
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    def carries(self, code: int) -> bool:
        place = bisect_right(self.firsts, code) - 1
        return place >= 0 and code <= self.lasts[place]


def font_with(character: str) -> str | None:
    """The name of a font that is ready to print the character, or None if this machine has none."""
    for file, index in candidates(character):
        name = f"{Path(file).stem}-{index}"
        try:
            loaded = _loaded.get(name) or PaperFont(name, Path(file), index)
        except (TTFError, OSError):
            continue  # not a font that can go into a PDF; perhaps the next
        if character in loaded.carried and loaded.has_ink(character):
            _loaded[name] = register(loaded)
            return name
    return None


def candidates(character: str) -> Iterator[tuple[str, int]]:
    """The files that ought to have the character, upright regular ones of varying width first."""
    return ((font.file, font.member) for font in _fonts() if font.carries(ord(character)))


@functools.cache
def _fonts() -> tuple[_Font, ...]:
    """What fontconfig knows of; empty where it is not installed. Asked once for each run of the program."""
    command = shutil.which("fc-list")
    if command is None:
        return ()
    pattern = ":fontformat=TrueType:variable=False:color=False"  # the only ones that ReportLab can embed
    try:
        answer = subprocess.run(
            [command, pattern, "--format", _FIELDS], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    listed = [line.split("|", 5) for line in answer.stdout.splitlines()]
    return tuple(_font(fields) for fields in sorted(listed, key=_fit) if fields[4])


def _fit(fields: list[str]) -> tuple[bool, bool, float, str]:
    slant, spacing, weight, *_, file = fields
    return slant != "0", spacing not in ("", "0"), abs(float(weight) - _REGULAR) if weight.isdigit() else _REGULAR, file


def _font(fields: list[str]) -> _Font:
    *_, index, ranges, file = fields
    bounds = [(first, last or first) for first, _, last in (part.partition("-") for part in ranges.split())]
    firsts, lasts = (tuple(int(bound, 16) for bound in side) for side in zip(*bounds, strict=True))
    return _Font(file, int(index or 0), firsts, lasts)
