"""Lists as CommonMark nests them, brought into the form that Python-Markdown wants.

People indent a list by as much as its mark is wide and begin it right below a line of text; Python-Markdown wants four
spaces and an empty line.
"""

import re
from collections.abc import Sequence

_STEP = 4
_DEEPEST = 12
"""Lists inside one another; deeper ones stand at this depth."""

_ITEM = re.compile(r"(?:[-*+]|(?P<number>\d{1,9})[.)])[ ]+(?=\S)")
_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})[^`]*$")
_HOLDER = re.compile(r"!!!(?:[ ]|$)|\[\^[^\]\s]{1,60}\]:")
"""What is followed by text of its own that is set in: a callout, a footnote."""


def settled(lines: Sequence[str]) -> list[str]:
    """The same lines, each item of a list and what belongs to it set in by four spaces a level."""
    settler, place = _Settler(), 0
    while place < len(lines):
        line = lines[place].expandtabs(_STEP)
        place += 1
        settler.take(line)
        if _HOLDER.match(line) and not settler.offsets:
            end = place
            while end < len(lines) and (not lines[end].strip() or lines[end].startswith(("    ", "\t"))):
                end += 1
            inner = settled([each.expandtabs(_STEP)[_STEP:] for each in lines[place:end]])
            settler.lines += [f"{' ' * _STEP}{each}" if each else "" for each in inner]
            place = end
    return settler.lines


class _Settler:
    """Takes line after line; `offsets` are the columns at which the text of the open items begins."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.offsets: list[int] = []
        self._is_after_blank = True
        self._is_list = False  # whether the lines since the last empty one began with an item
        self._fence = ""

    def take(self, line: str) -> None:
        """Add one more line in its form."""
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        if self._fence:
            self._take_code(line, text)
        elif not text:
            self.lines.append("")
            self._is_after_blank, self._is_list = True, False
        elif not self.offsets and indent >= _STEP:
            self._add(line)  # code
        elif item := _ITEM.match(text):
            self._take_item(text, indent, item)
        else:
            self._take_text(line, text, indent)

    def _take_item(self, text: str, indent: int, item: re.Match[str]) -> None:
        was_open = bool(self.offsets)
        self._close(indent)
        del self.offsets[_DEEPEST:]
        interrupts = not self._is_after_blank and not self._is_list
        if interrupts and not was_open and item["number"] not in (None, "1"):
            self._add(f"{' ' * indent}{text}")  # a number that a line of text happens to begin with
            return
        if interrupts:
            self.lines.append("")
            self._is_after_blank = True
        level = len(self.offsets)
        self.offsets.append(indent + item.end())
        self._is_list = self._is_list or self._is_after_blank
        self._add(f"{' ' * _STEP * level}{text}")

    def _take_text(self, line: str, text: str, indent: int) -> None:
        if self._is_after_blank or (text.startswith("#") and not indent):
            self._close(indent)
        if not self.offsets:
            self._add(line)
        elif (fence := _FENCE.match(text)) and indent >= self.offsets[-1]:
            self._fence = fence["fence"]
            self.lines.append("")
        elif self._is_after_blank:
            extra = indent - self.offsets[-1] if indent - self.offsets[-1] >= _STEP else 0  # code
            self._add(f"{' ' * (_STEP * len(self.offsets) + extra)}{text}")
        else:
            self._add(f"{' ' * (_STEP * len(self.offsets) - 2)}{text}" if indent else text)

    def _take_code(self, line: str, text: str) -> None:
        """A line of fenced code in an item, which Python-Markdown knows only as code that is set in."""
        if text.startswith(self._fence):
            self._fence = ""
            self.lines.append("")
            self._is_after_blank, self._is_list = True, False
        else:
            inside = min(self.offsets[-1], len(line) - len(text))
            self.lines.append(f"{' ' * _STEP * (len(self.offsets) + 1)}{line[inside:]}")

    def _close(self, indent: int) -> None:
        """The items end of which the line is no part."""
        while self.offsets and indent < self.offsets[-1]:
            self.offsets.pop()

    def _add(self, line: str) -> None:
        self.lines.append(line)
        self._is_after_blank = False
