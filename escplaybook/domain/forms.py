"""Forms to fill in by hand: numbered boxes in one order, on paper, on the screen and in a file that is keyed in."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import zone_named
from escplaybook.domain.errors import InvalidRecord


class Asked(StrEnum):
    """What a box is filled with. A `moment` is over, a `promise` is to come; of `ticks` several may be chosen."""

    LINE = "line"
    TEXT = "text"
    MOMENT = "moment"
    PROMISE = "promise"
    NUMBER = "number"
    CHOICE = "choice"
    TICKS = "ticks"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to tick, by its letter; without a letter a line that only says what an answer means.

    `gives` are the severities that this answer gives by itself: before go-live, and from then on.
    """

    words: str
    letter: str = ""
    value: str = ""
    gives: tuple[Severity, Severity] | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """One numbered box. `name` is the field it fills, `given` what stands in it already when it is printed."""

    number: int
    name: str
    label: str
    asked: Asked = Asked.LINE
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    given: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Boxes under one heading; `said` is what is to be known to fill them in."""

    heading: str
    boxes: tuple[Box, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `kind` is the word that asks for it, `code` begins its id, `zone` is that of every time on it."""

    kind: str
    code: str
    title: str
    how: str
    sections: tuple[Section, ...]
    zone: str = "UTC"

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Every box, in the order of its numbers."""
        return tuple(box for section in self.sections for box in section.boxes)

    @property
    def id(self) -> str:
        """Its code and four digits that change when a box comes to mean something else: `IN-S1-7C2F`."""
        meanings = "\n".join(
            " ".join((str(box.number), box.name, box.asked, *(f"{one.letter}={one.value}" for one in box.choices)))
            for box in self.boxes
        )
        return f"{self.code}-{hashlib.sha256(meanings.encode()).hexdigest()[:4].upper()}"


def answers_in(form: Form, text: str) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """What a file says in each box, and for the lines that say nothing of any box, by their place, why not.

    One box a line, `4 02:41`; what is indented below goes on with the box above. A tick may stand as `8 b` or `8b`.
    """
    known, parts, unread = {box.number: box for box in form.boxes}, dict[int, list[str]](), list[tuple[int, str]]()
    at = 0
    for place, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#") or _FORM.match(line):
            continue
        if line[0].isspace() and at:
            parts[at].append(line.strip())  # joined at the end: a text grown by each line takes its square of time
            continue
        found = _LINE.fullmatch(line.strip())
        at = int(found[1]) if found is not None else 0
        if found is None:
            unread.append((place, f"“{line.strip()[:40]}” does not begin with the number of a box."))
        elif at not in known:
            unread.append((place, f"This form has no box {at}."))
            at = 0
        elif at in parts:
            unread.append((place, f"Box {at} was answered further up already."))
            at = 0
        else:
            parts[at] = [found[2].strip()]
    return {box: "\n".join(lines) for box, lines in parts.items()}, unread


def form_named_in(text: str) -> str:
    """The id in the line `form IN-S1-7C2F` of a file, in capitals; empty if there is none."""
    found = next((found for line in text.splitlines() if (found := _FORM.match(line))), None)
    return found[1].upper() if found is not None else ""


def chosen(box: Box, said: str) -> tuple[Choice, ...]:
    """The answers that are ticked: letters, or what they stand for. Raises InvalidRecord if there are none such."""
    offered = [one for one in box.choices if one.letter]
    exact = _choice(offered, said)
    ticked = [exact] if exact else [_choice(offered, word) for word in re.split(r"[\s,;]+", said.strip()) if word]
    if None in ticked or not ticked or (len(ticked) > 1 and box.asked is not Asked.TICKS):
        letters = ", ".join(one.letter for one in offered)
        raise InvalidRecord(f"“{said.strip()[:40]}” is none of the answers {letters}.")
    return tuple(dict.fromkeys(one for one in ticked if one is not None))


def number_in(said: str) -> int:
    """A whole number as it is written by hand: `12 %`, `5 000`, `40,000`. Raises InvalidRecord if it is none."""
    digits = re.sub(r"(?<=\d)[\s\xa0.,'’](?=\d{3}(?!\d))", "", said.strip())
    found = re.fullmatch(r"(\d{1,15})\s*%?", digits)
    if found is None:
        raise InvalidRecord(f"“{said.strip()[:40]}” is no whole number.")
    return int(found[1])


def moment_in(said: str, zone: str, now: datetime, *, ahead: bool = False) -> datetime:
    """The instant that is meant on the clock of `zone`: `02:41`, `24 Nov 02:41`, `2026-11-24 02:41`.

    What is left out is as near to `now` as can be, before it or `ahead` of it. Raises InvalidRecord if it cannot be
    read, or lies on the other side.
    """
    found = _MOMENT.fullmatch(" ".join(said.split()))
    if found is None:
        raise InvalidRecord(f"“{said.strip()[:40]}” is no time; write it like 02:41 or 24 Nov 02:41.")
    here = now.astimezone(zone_named(zone))
    days = [_day(found, year) for year in range(here.year - 1, here.year + 2)] if found["month"] else []
    if found["iso"]:
        days = [_iso_day(found)]
    days = days or [here.date() + timedelta(days=by) for by in (-1, 0, 1)]
    hour, minute = int(found["hour"]), int(found["minute"])
    if hour > 23 or minute > 59:
        raise InvalidRecord(f"“{said.strip()[:40]}” is no time of the day.")
    near = [datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone_named(zone)) for day in days if day]
    fitting = [one for one in near if (one > now if ahead else one <= now)]
    if not fitting:
        told = "is over already" if ahead else "is still to come" if near else "is no day"
        raise InvalidRecord(f"“{said.strip()[:40]}” {told}.")
    return (min(fitting) if ahead else max(fitting)).astimezone(UTC)


def _choice(offered: list[Choice], said: str) -> Choice | None:
    word = said.strip().casefold().rstrip(".):")
    return next((one for one in offered if word in (one.letter, one.value.casefold(), one.words.casefold())), None)


def _day(found: "re.Match[str]", year: int) -> date | None:
    """The day that is named in that year, or in the one that is written; None if it has no such day."""
    name = found["month"].casefold()
    month = next((number for number, known in enumerate(_MONTHS, start=1) if name.startswith(known)), 0)
    try:
        return date(int(found["year"] or year), month, int(found["day"]))
    except ValueError:
        return None


def _iso_day(found: "re.Match[str]") -> date | None:
    try:
        return date.fromisoformat(found["iso"])
    except ValueError:
        return None


_FORM = re.compile(r"\s*form\s+([A-Za-z]{2}(?:-[A-Za-z0-9]+)+)\s*$", re.IGNORECASE)
_LINE = re.compile(r"(\d{1,3})(?!\d)\s*[.:)]?\s*(.*)", re.DOTALL)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MOMENT = re.compile(
    r"(?:(?P<iso>\d{4}-\d\d-\d\d)[T ]|(?P<day>\d{1,2})\.? (?P<month>[A-Za-z]{3,9})\.?(?: (?P<year>\d{4}))?,? )?"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)"
)
