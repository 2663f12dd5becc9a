"""The coming weeks as lanes: one for each duty with its turns, one for each person who is away or has a turn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.contacts import Contact
from escplaybook.domain.programme import Programme
from escplaybook.domain.roster import Away, Turn
from escplaybook.ui.times import short_time

WEEKS = 4
"""How many weeks are seen at once."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A time in a lane. `words` stand in it, `record` is the absence or rotation it comes from."""

    start: datetime
    end: datetime
    words: str
    record: Any
    is_away: bool = False

    @property
    def told(self) -> str:
        """The exact times, for whoever hovers or walks to it."""
        return f"{self.words}: {short_time(self.start)} – {short_time(self.end)}"


@dataclass(frozen=True, slots=True)
class Lane:
    """A duty or a person, and what there is of them from `since` until `until`."""

    contact: Contact
    bars: tuple[Bar, ...]
    is_duty: bool = False

    @property
    def id(self) -> str:
        """A lane is known by its contact."""
        return self.contact.id

    @property
    def spoken(self) -> str:
        """The lane as a screen reader says it."""
        return ". ".join((self.contact.name, *(bar.told for bar in self.bars)))


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks in view, from a Monday's midnight on this machine's clock."""

    since: datetime
    until: datetime
    count: int = WEEKS

    def days(self) -> list[datetime]:
        """The midnight of each day, on this machine's clock."""
        first = self.since.astimezone()
        return [_midnight(first.replace(tzinfo=None) + timedelta(days=day)) for day in range(7 * self.count)]


def weeks_at(now: datetime, ahead: int = 0, count: int = WEEKS) -> Weeks:
    """So many weeks from the one on that `now` lies in, or from one so many weeks later."""
    today = datetime.combine(now.astimezone().date(), datetime.min.time())
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=ahead)
    return Weeks(_midnight(monday), _midnight(monday + timedelta(weeks=count)), count)


def lanes_of(found: Programme, weeks: Weeks) -> list[Lane]:
    """The duties by name, then everyone with an absence or a turn in these weeks, by name."""
    duties: list[Lane] = []
    bars: dict[str, list[Bar]] = {}
    for contact in _in_use(found):
        turns = found.roster.turns_between(contact.id, weeks.since, weeks.until)
        if found.roster.is_duty(contact.id):
            duties.append(Lane(contact, tuple(_turn(turn, _name(turn.member, found)) for turn in turns), is_duty=True))
            for turn in turns:
                bars.setdefault(turn.member, []).append(_turn(turn, turn.rotation.name))
        for away in found.roster.away_between(contact.id, weeks.since, weeks.until):
            bars.setdefault(contact.id, []).append(_away(away, found))
    people = [
        Lane(contact, tuple(sorted(bars[contact.id], key=lambda bar: (bar.start, bar.is_away))))
        for contact in _in_use(found)
        if contact.id in bars
    ]
    return [*duties, *people]


def _in_use(found: Programme) -> Iterable[Contact]:
    people = (contact for contact in found.contacts.values() if contact.retired is None)
    return sorted(people, key=lambda contact: contact.name.casefold())


def _turn(turn: Turn, words: str) -> Bar:
    return Bar(turn.start, turn.end, words, turn.rotation)


def _away(away: Away, found: Programme) -> Bar:
    words = away.absence.reason or _tr("away")
    if deputy := _name(away.absence.deputy, found):
        words = _tr("{0}, {1} stands in").format(words, deputy)
    return Bar(away.start, away.end, words, away.absence, is_away=True)


def _name(person: str | None, found: Programme) -> str:
    contact = found.contacts.get(person or "")
    return contact.name if contact is not None else ""


def _midnight(wall: datetime) -> datetime:
    return wall.astimezone()


def _tr(text: str) -> str:
    return QCoreApplication.translate("duty", text)
