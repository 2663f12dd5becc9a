"""Two versions of a long text beside each other: the words that differ marked, the lines that are the same folded."""

import difflib
import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication

CONTEXT = 1
"""Unchanged lines that are shown before and after a changed one."""

MOST_LINES = 3_000
"""Changed lines of one version that are set against those of the other; of more the beginnings stand side by side."""

MOST_ROWS = 400
"""Rows that are shown; who changed more reads the whole text."""

LONGEST_LINE = 8_000
"""Characters of two lines together that are compared word by word."""

PAIRED = 30
"""Lines on each side among which the one is looked for that a changed line was."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
Pair = tuple[str | None, str | None]
"""A line before and after; None where there was or is none."""


def columns(old: str, new: str) -> str:
    """Both versions as HTML for a wide ProseView."""
    rows = [_row(pair) if isinstance(pair, tuple) else _fold(pair) for pair in _folded(_pairs(old, new))]
    shown, rest = rows[:MOST_ROWS], len(rows) - MOST_ROWS
    if rest > 0:
        shown.append(_across(_tr("… and {0} more rows").format(f"{rest:,}")))
    head = "".join(f"<td width='50%'><span class='small'>{word}</span></td>" for word in (_tr("Before"), _tr("After")))
    return f"<table width='100%' cellspacing='0' cellpadding='4'><tr>{head}</tr>{''.join(shown)}</table>"


def words(old: str, new: str) -> tuple[str, str]:
    """Two lines as HTML, the words that went struck through in the first and those that came lit in the second."""
    if len(old) + len(new) > LONGEST_LINE:
        return f"<del>{html.escape(old)}</del>", f"<ins>{html.escape(new)}</ins>"
    before, after = _WORD.findall(old), _WORD.findall(new)
    gone = came = ""
    for what, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, now = html.escape("".join(before[a:b])), html.escape("".join(after[c:d]))
        gone += was if what == "equal" else f"<del>{was}</del>" if was else ""
        came += now if what == "equal" else f"<ins>{now}</ins>" if now else ""
    return gone, came


def _pairs(old: str, new: str) -> Iterator[Pair]:
    """The lines of both versions set against each other."""
    before, after = old.splitlines(), new.splitlines()
    first, behind = _same_at_the_edges(before, after)
    yield from ((line, line) for line in before[:first])
    yield from _changed(before[first : len(before) - behind], after[first : len(after) - behind])
    yield from ((line, line) for line in before[len(before) - behind :])


def _same_at_the_edges(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many lines are the same at the beginning and at the end: most changes touch a few lines of many."""
    shorter = min(len(before), len(after))
    first = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    rest = shorter - first
    behind = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    return first, behind


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    if max(len(before), len(after)) > MOST_LINES:
        yield from zip(before[:MOST_LINES], after[:MOST_LINES], strict=False)
        yield from ((line, None) for line in before[len(after) : MOST_LINES])
        yield from ((None, line) for line in after[len(before) : MOST_LINES])
        return
    for what, a, b, c, d in difflib.SequenceMatcher(None, before, after).get_opcodes():
        if what == "equal":
            yield from zip(before[a:b], after[c:d], strict=True)
        else:
            yield from _replaced(before[a:b], after[c:d])


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Lines that took the place of others, each beside the one that it was most likely made of."""
    at = 0
    for line in before:
        likely = _likely(line, after[at : at + PAIRED]) if len(before) <= PAIRED else 0
        if likely is None or at >= len(after):
            yield line, None
            continue
        yield from ((None, come) for come in after[at : at + likely])
        yield line, after[at + likely]
        at += likely + 1
    yield from ((None, come) for come in after[at:])


def _likely(line: str, among: Sequence[str]) -> int | None:
    """Which of these lines is the one it became; None if none is like it."""
    best, place = 0.4, None
    matcher = difflib.SequenceMatcher(None, b=_WORD.findall(line[:2_000]), autojunk=False)
    for at, other in enumerate(among):
        matcher.set_seq1(_WORD.findall(other[:2_000]))
        if matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, place = ratio, at
    return place


def _folded(pairs: Iterator[Pair]) -> Iterator[Pair | int]:
    """The pairs, and instead of a run of unchanged ones their number, but for those next to a change."""
    runs = [(is_same, list(run)) for is_same, run in groupby(pairs, lambda pair: pair[0] == pair[1])]
    for number, (is_same, run) in enumerate(runs):
        before, after = CONTEXT if number else 0, CONTEXT if number < len(runs) - 1 else 0
        if not is_same or len(run) <= before + after + 1:
            yield from run
            continue
        yield from run[:before]
        yield len(run) - before - after
        yield from run[len(run) - after :]


def _row(pair: Pair) -> str:
    old, new = pair
    if old == new:
        left = right = html.escape(old or "")
    elif old is None or new is None:
        left = f"<del>{html.escape(old)}</del>" if old else ""
        right = f"<ins>{html.escape(new)}</ins>" if new else ""
    else:
        left, right = words(old, new)
    return f"<tr><td width='50%'>{left}</td><td width='50%'>{right}</td></tr>"


def _fold(count: int) -> str:
    return _across(_tr("… 1 line unchanged") if count == 1 else _tr("… {0} lines unchanged").format(f"{count:,}"))


def _across(told: str) -> str:
    return f"<tr><td colspan='2'><span class='small'>{told}</span></td></tr>"


def _tr(text: str) -> str:
    return QCoreApplication.translate("differences", text)
