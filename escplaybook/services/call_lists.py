"""Call lists on paper: each line has a number of its own for good, by which its result is keyed in afterwards."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from escplaybook.domain.contacts import Privacy
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord, NotFound
from escplaybook.domain.programme import Programme
from escplaybook.domain.verification import Check, checks, every_point, rings
from escplaybook.services import editing
from escplaybook.services.verifying import How, Result, edits_for, points_of
from escplaybook.store import records
from escplaybook.store.book import Book, default_author
from escplaybook.store.kinds import kind_named
from escplaybook.store.memory import Memory

LONGEST = 100
"""Lines of one list; who calls more than that in a day prints the next list when this one is keyed in."""

_LISTS = "call lists"
_TREES = "call trees"
_TREES_KEPT = 12
_KEPT = 60
"""Lists that are remembered; the numbers of older ones are told as unknown."""

_LINE = re.compile(r"(\d{1,6})\s*[.:)]?\s+(.+)", re.DOTALL)
_WORKS = frozenset({"ok", "okay", "yes", "reached", "works", "✓", "x"})
_GARBLED = frozenset({"wrong", "garbled", "message wrong", "message garbled"})
_HINT = "write a number of the list and “ok”, “failed” with the reason, or “now” with the new number"


@dataclass(frozen=True, slots=True)
class Keyed:
    """What came of keying in: the edits as stored, how many results they hold, and the lines nobody could read."""

    edits: tuple[Edit, ...]
    count: int
    unread: tuple[tuple[int, str], ...]


def to_call(found: Programme, today: date) -> list[Check]:
    """What a list printed now asks for: the riskiest numbers that may stand on paper."""
    asked = (check for check in checks(found, today) if rings(check.point) and check.point.privacy is Privacy.PRINT)
    return list(itertools.islice(asked, LONGEST))


def noted(memory: Memory, listed: Sequence[Check]) -> int:
    """The number of the first of these lines on paper; the same again for the same lines.

    Numbers go on from list to list, so that a result says which line it means whatever was printed since.
    """
    lines = [[check.holder.id, check.point.value] for check in listed]
    lists = memory.recall(_LISTS, [])
    for one in lists:
        if one["lines"] == lines:
            return int(one["first"])
    first = lists[-1]["first"] + len(lists[-1]["lines"]) if lists else 1
    memory.remember(_LISTS, [*lists, {"first": first, "lines": lines}][-_KEPT:])
    return int(first)


def numbered(memory: Memory, found: Programme, first: int, today: date) -> tuple[int, list[tuple[int, Check]]]:
    """A list's first number and its lines, each with its number; `first` 0 makes one of what is to be proved now.

    Of a list that was printed before, the lines are left out whose number is no longer anybody's. Raises NotFound if
    no such list is remembered beside this book.
    """
    if not first:
        asked = to_call(found, today)
        first = noted(memory, asked) if asked else 0
        return first, list(enumerate(asked, start=first))
    for one in memory.recall(_LISTS, []):
        if one["first"] == first:
            known = {(check.holder.id, check.point.value): check for check in every_point(found)}
            keys = [(holder, value) for holder, value in one["lines"]]
            return first, [(number, known[key]) for number, key in enumerate(keys, start=first) if key in known]
    raise NotFound("This call list is not remembered beside the book; print a new one.")


def numbered_call_tree(memory: Memory, listed: Sequence[Check], where: str) -> tuple[int, list[tuple[int, Check]]]:
    """The first number of a call tree and its lines, each with its number; `where` is remembered with it."""
    first = noted(memory, listed)
    others = [one for one in memory.recall(_TREES, []) if one[0] != first]
    memory.remember(_TREES, [*others, [first, where]][-_TREES_KEPT:])
    return first, list(enumerate(listed, start=first))


def call_trees(memory: Memory) -> list[tuple[int, str]]:
    """The call trees that were printed lately, the latest first: their first number, and where they hold."""
    return [(int(first), str(where)) for first, where in reversed(memory.recall(_TREES, []))]


def key_in(
    book: Book, memory: Memory, text: str, now: datetime, *, how: str = How.CALL, by: str = "", author: str = ""
) -> Keyed:
    """Write down the results of a call list, all that can be read in one stroke.

    One result a line: “12 ok”, “13 failed no answer”, “14 now +44 …”, which is believed only with “, ok” after it;
    in a call tree also “15 ok, message wrong”: they were reached, and what they repeated was not what was said.
    """
    writer = author or default_author()
    results, unread = _read(book, memory, text, how)
    if not results:
        return Keyed((), 0, tuple(unread))
    reason = f"Key in {len(results)} result{'' if len(results) == 1 else 's'} of a call list"
    edits = edits_for(book, results, now, by or writer)
    return Keyed(editing.apply(book, reason, *edits, now=now, author=writer), len(results), tuple(unread))


def _read(book: Book, memory: Memory, text: str, how: str) -> tuple[list[Result], list[tuple[int, str]]]:
    printed = _printed(memory)
    results: list[Result] = []
    unread: list[tuple[int, str]] = []
    told: dict[int, int] = {}
    for at, line in enumerate(text.removeprefix("\N{BYTE ORDER MARK}").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            number, said = _parts(line)
            if number in told:
                raise InvalidRecord(f"{number} stands in line {told[number]} already; this one was passed over.")
            if number not in printed:
                raise NotFound(f"No list that is remembered here has a line {number}.")
            holder, value = printed[number]
            _refuse_gone(book, number, holder, value)
            results.append(_result(holder, value, said, how))
        except (InvalidRecord, NotFound) as error:
            unread.append((at, str(error)))
        else:
            told[number] = at
    return results, unread


def _parts(line: str) -> tuple[int, str]:
    found = _LINE.fullmatch(line.strip())
    if found is None:
        raise InvalidRecord(f"“{line.strip()[:40]}” cannot be read; {_HINT}.")
    return int(found[1]), found[2].strip()


def _result(holder: str, value: str, said: str, how: str) -> Result:
    word, _, rest = said.partition(" ")
    match word.casefold().rstrip(",;:"):
        case works if works in _WORKS and not rest.strip():
            return Result(holder, value, how=how)
        case works if works in _WORKS and rest.strip(" ,;:").casefold() in _GARBLED:
            return Result(holder, value, how=f"{how}; the message came back wrong")
        case "failed" | "no" | "not":
            reason = said if word.casefold().startswith("no") else rest
            return Result(holder, value, failed=reason.strip(" ,;:"))
        case "now" if rest.strip():
            new, _, last = rest.rpartition(",")
            is_proved = last.strip().casefold() in _WORKS
            return Result(holder, value, how=how if is_proved else "", new_value=(new if is_proved else rest).strip())
    raise InvalidRecord(f"“{said[:40]}” cannot be read; {_HINT}.")


def _refuse_gone(book: Book, number: int, holder: str, value: str) -> None:
    kinds = (kind_named(name).type for name in ("contact", "vendor"))
    found = next(filter(None, (records.find(book, kind, holder) for kind in kinds)), None)
    if found is None:
        raise NotFound(f"Whoever line {number} was about is no longer in the book.")
    if value not in {point.value for point in points_of(found)}:
        raise NotFound(f"{found.name} has no number “{value}” any more, so line {number} says nothing about them.")


def _printed(memory: Memory) -> dict[int, tuple[str, str]]:
    """Every remembered line by its number."""
    return {
        number: (holder, value)
        for one in memory.recall(_LISTS, [])
        for number, (holder, value) in enumerate(one["lines"], start=one["first"])
    }
