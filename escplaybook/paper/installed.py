"""The fonts of this machine, for the characters that the program's own do not have."""

import functools
import shutil
import subprocess
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from escplaybook.paper.fonts import DamagedFont, PaperFont, register

_FIELDS = r"%{slant}|%{spacing}|%{weight}|%{index}|%{charset}|%{file}\n"
_REGULAR = 80
"""How fontconfig counts the weight of ordinary text."""

_USUAL = (
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/YuGothM.ttc",
    "C:/Windows/Fonts/malgun.ttf",
    "C:/Windows/Fonts/Nirmala.ttf",
    "C:/Windows/Fonts/LeelawUI.ttf",
    "C:/Windows/Fonts/seguisym.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
)
"""Where Windows and macOS, which have no fontconfig, keep fonts of many characters that can go into a PDF."""


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
        loaded = _loaded(file, index)
        if loaded is not None and character in loaded.carried and loaded.has_ink(character):
            return str(loaded.fontName)
    return None


def candidates(character: str) -> Iterator[tuple[str, int]]:
    """The files that ought to have the character, upright regular ones of varying width first."""
    return ((font.file, font.member) for font in _fonts() if font.carries(ord(character)))


@functools.cache
def _fonts() -> tuple[_Font, ...]:
    """What fontconfig knows of, or the usual fonts where it is not installed. Asked once for each run."""
    command = shutil.which("fc-list")
    if command is None:
        return tuple(_Font(file, 0, (0x80,), (0x10FFFF,)) for file in _USUAL if Path(file).is_file())
    pattern = ":fontformat=TrueType:variable=False:color=False"  # the only ones that ReportLab can embed
    try:
        answer = subprocess.run(
            [command, pattern, "--format", _FIELDS], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    listed = [line.split("|", 5) for line in answer.stdout.splitlines()]
    return tuple(_font(fields) for fields in sorted(listed, key=_fit) if fields[4])


@functools.cache
def _loaded(file: str, index: int) -> PaperFont | None:
    """The font, read once; None if it cannot go into a PDF."""
    try:
        return register(PaperFont(f"{Path(file).stem}-{index}", Path(file), index))
    except DamagedFont:
        return None


def _fit(fields: list[str]) -> tuple[bool, bool, float, str]:
    slant, spacing, weight, *_, file = fields
    return slant != "0", spacing not in ("", "0"), abs(float(weight) - _REGULAR) if weight.isdigit() else _REGULAR, file


def _font(fields: list[str]) -> _Font:
    *_, index, ranges, file = fields
    bounds = [(first, last or first) for first, _, last in (part.partition("-") for part in ranges.split())]
    firsts, lasts = (tuple(int(bound, 16) for bound in side) for side in zip(*bounds, strict=True))
    return _Font(file, int(index or 0), firsts, lasts)
