"""Who is away and whose turn it is, at any instant."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from escplaybook.domain.absences import Absence
from escplaybook.domain.rotations import Rotation

_STRETCH = timedelta(days=32)
"""How much is worked out at once when somebody asks about an instant: a month and the hour after it."""

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Away:
    """One time of an absence, from `start` until just before `end` (UTC)."""

    absence: Absence
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: `member` (a contact's id) has the duty of `rotation` from `start` until just before `end`.

    Where shifts overlap, the one with the smaller number (`shift`) goes before.
    """

    rotation: Rotation
    member: str
    start: datetime
    end: datetime
    shift: int = 0


T = TypeVar("T", Away, Turn)


class Roster:
    """What absences and rotations in use come to. Contacts are named by id.

    A stretch of time is worked out when it is first asked about; after that an answer is a look into a sorted list.
    """

    def __init__(self, absences: Iterable[Absence] = (), rotations: Iterable[Rotation] = ()) -> None:
        self._absences: dict[str, list[Absence]] = {}
        self._rotations: dict[str, list[Rotation]] = {}
        for absence in absences:
            if absence.retired is None:
                self._absences.setdefault(absence.contact, []).append(absence)
        for rotation in rotations:
            if rotation.retired is None:
                self._rotations.setdefault(rotation.contact, []).append(rotation)
        self._away: dict[tuple[str, int], _Line[Away]] = {}
        self._turns: dict[tuple[str, int], _Line[Turn]] = {}

    def is_duty(self, contact: str) -> bool:
        """Whether people take turns at standing for this contact."""
        return contact in self._rotations

    def absence_of(self, contact: str, at: datetime) -> Away | None:
        """The absence of that person at `at`; of several the one that ends last."""
        if contact not in self._absences:
            return None
        stretch, since = _stretch(at)
        line = self._away.get((contact, stretch))
        if line is None:
            line = _line(self.away_between(contact, since, since + _STRETCH), _ends_last)
            self._away[contact, stretch] = line
        return line.at(at)

    def on_duty(self, contact: str, at: datetime) -> Turn | None:
        """Whose turn it is at `at` to stand for that contact; None if it is nobody's."""
        if contact not in self._rotations:
            return None
        stretch, since = _stretch(at)
        line = self._turns.get((contact, stretch))
        if line is None:
            line = _line(self.turns_between(contact, since, since + _STRETCH), _goes_before)
            self._turns[contact, stretch] = line
        return line.at(at)

    def duties_of(self, member: str, at: datetime) -> list[str]:
        """The contacts for whom that person has the turn at `at`."""
        turns = ((duty, self.on_duty(duty, at)) for duty in self._rotations)
        return [duty for duty, turn in turns if turn is not None and turn.member == member]

    def next_turn(self, contact: str, at: datetime) -> Turn | None:
        """The first turn that starts after `at`, within two stretches; None if none does."""
        later = (turn for turn in self.turns_between(contact, at, at + 2 * _STRETCH) if turn.start > at)
        return min(later, key=lambda turn: (turn.start, turn.shift), default=None)

    def away_between(self, contact: str, since: datetime, until: datetime) -> list[Away]:
        """Each time that person is away between two instants, the earliest first."""
        found = [
            Away(absence, span.start, span.end)
            for absence in self._absences.get(contact, ())
            for span in absence.series.spans(since, until)
        ]
        return sorted(found, key=lambda away: (away.start, away.end))

    def turns_between(self, contact: str, since: datetime, until: datetime) -> list[Turn]:
        """Each turn at standing for that contact between two instants, the earliest first."""
        shifts = [(rotation, shift) for rotation in self._rotations.get(contact, ()) for shift in rotation.shifts]
        found = [
            Turn(rotation, shift.members[span.number % len(shift.members)], span.start, span.end, number)
            for number, (rotation, shift) in enumerate(shifts)
            for span in shift.series.handed_over(since, until)
        ]
        return sorted(found, key=lambda turn: (turn.start, turn.shift))


@dataclass(slots=True)
class _Line(Generic[T]):
    """What holds from each of the instants `since` on."""

    since: list[datetime] = field(default_factory=list)
    holding: list[T | None] = field(default_factory=list)

    def at(self, instant: datetime) -> T | None:
        place = bisect_right(self.since, instant) - 1
        return self.holding[place] if place >= 0 else None


def _line(found: Sequence[T], order: Callable[[T], Any]) -> _Line[T]:
    """The line of what goes first by `order` wherever several hold."""
    line: _Line[T] = _Line()
    waiting, open_ones = list(reversed(found)), list[T]()
    for instant in sorted({moment for one in found for moment in (one.start, one.end)}):
        open_ones = [one for one in open_ones if one.end > instant]
        while waiting and waiting[-1].start <= instant:
            open_ones.append(waiting.pop())
        line.since.append(instant)
        line.holding.append(min(open_ones, key=order, default=None))
    return line


def _stretch(at: datetime) -> tuple[int, datetime]:
    number = (at - _EPOCH) // _STRETCH
    return number, _EPOCH + number * _STRETCH


def _ends_last(away: Away) -> tuple[timedelta, str]:
    return _EPOCH - away.end, away.absence.id


def _goes_before(turn: Turn) -> tuple[int, timedelta]:
    return turn.shift, _EPOCH - turn.start
