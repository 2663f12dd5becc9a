"""Coverage: is there, at every hour to come, somebody who answers on every level, and somebody who may decide?

A square is a stage, a severity and a cause class of the matrix; a cell-hour is a square at one hour. It is covered
when every level that the square has is answered by a person at the beginning of that hour (`routing.who_answers`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from escplaybook.domain.availability import Availability
from escplaybook.domain.business_time import due_after
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.matrix import Cell, Place, cell_for, rights_at
from escplaybook.domain.programme import Programme, levels_of, stages_of
from escplaybook.domain.roster import Roster
from escplaybook.domain.routing import who_answers

HOUR = timedelta(hours=1)

BEYOND = 7 * 24
"""Hours after the last one in which it is looked for the end of a wait; who is not there within a week never is."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Hours from `start` until just before `end` (UTC) in which nobody answers at a level, and why at the first."""

    place: Place
    level: int
    cell: Cell
    start: datetime
    end: datetime
    why: str


@dataclass(frozen=True, slots=True)
class SquareCoverage:
    """One square. `covered` has one flag an hour; the minutes are the worst of all hours, None if there is no end.

    `to_human` is how long one waits until somebody answers at any level; `to_right` until the ladder, each level of
    which is given its target to acknowledge, has come to somebody who may decide what this stage asks for.
    """

    place: Place
    covered: tuple[bool, ...]
    to_human: int | None
    to_right: int | None
    holes: tuple[Hole, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every square that the matrix has, over `days` days of hours from `start` (UTC, a full hour)."""

    start: datetime
    days: int
    squares: tuple[SquareCoverage, ...]

    @property
    def share(self) -> float:
        """The share of cell-hours that are covered; 0 if the matrix has no cells."""
        flags = [flag for square in self.squares for flag in square.covered]
        return sum(flags) / len(flags) if flags else 0.0

    @property
    def to_human(self) -> int | None:
        """The worst minutes to somebody who answers."""
        return worst(square.to_human for square in self.squares)

    @property
    def to_right(self) -> int | None:
        """The worst minutes to somebody with the right the stage asks for."""
        return worst(square.to_right for square in self.squares)

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Every hole, the worst severity and then the earliest first."""
        found = (hole for square in self.squares for hole in square.holes)
        return tuple(sorted(found, key=lambda hole: (hole.place.severity, hole.start, hole.place.stage, hole.level)))


def coverage(
    programme: Programme,
    start: datetime,
    days: int,
    *,
    deployment: str | None = None,
    only: Iterable[Place] | None = None,
) -> Coverage:
    """Work out every hour of `days` days from the full hour at or before `start`, for the matrix of a deployment.

    With `only`, at those places; else at every stage, severity and cause class.
    """
    begin = start.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    work = _Work(programme, begin, days * 24)
    places = [
        Place(severity, stage, cause, deployment)
        for stage in stages_of(programme, deployment)
        for severity in Severity
        for cause in CauseClass
    ]
    squares = (work.square(place) for place in (places if only is None else only))
    return Coverage(begin, days, tuple(square for square in squares if square is not None))


def worst(minutes: Iterable[int | None]) -> int | None:
    """The longest; None, which means never, is longer than any. 0 of nothing."""
    found = list(minutes)
    return None if None in found else max((one for one in found if one is not None), default=0)


class _Work:
    """What one calculation works out once and uses for many squares."""

    def __init__(self, programme: Programme, begin: datetime, hours: int) -> None:
        self._programme = programme
        self._roster = Roster(programme.absences, programme.rotations)
        self._asked = hours
        self._hours = [begin + number * HOUR for number in range(hours + BEYOND)]
        self._available = Availability(programme.contacts, self._roster, self._hours)
        self._levels = levels_of(programme)
        self._rights: dict[tuple[Place, date], frozenset[str]] = {}
        self._answers: dict[tuple[str, ...], list[str | None]] = {}

    def square(self, place: Place) -> SquareCoverage | None:
        """One square; None if it has no level at all."""
        found = ((level.rank, cell_for(self._programme.cells, place, level.rank)) for level in self._levels)
        cells = [(rank, cell) for rank, cell in found if cell is not None and not cell.not_escalated]
        if not cells:
            return None
        rows = [self._row(cell) for _, cell in cells]
        people = list(zip(*rows, strict=True))
        covered = tuple(None not in one for one in people[: self._asked])
        holes = [
            hole for (rank, cell), row in zip(cells, rows, strict=True) for hole in self._holes(place, rank, cell, row)
        ]
        waits = [0 if any(person is not None for person in one) else None for one in people]
        to_right = self._until_right(place, [cell for _, cell in cells], people)
        longest = (_longest(waits, self._asked), _longest(to_right, self._asked))
        return SquareCoverage(place, covered, *longest, tuple(holes))

    def _row(self, cell: Cell) -> list[str | None]:
        """Who answers for a cell at each hour."""
        named = cell.people
        if named not in self._answers:
            self._answers[named] = self._available.who_answers(named)
        return self._answers[named]

    def _holes(self, place: Place, rank: int, cell: Cell, row: Sequence[str | None]) -> Iterator[Hole]:
        begun: int | None = None
        for number in range(self._asked + 1):
            is_empty = number < self._asked and row[number] is None
            if is_empty and begun is None:
                begun = number
            elif not is_empty and begun is not None:
                at = self._hours[begun]
                why = who_answers(cell, at, self._programme.contacts, self._roster).why
                yield Hole(place, rank, cell, at, self._hours[0] + number * HOUR, "; ".join(why))
                begun = None

    def _until_right(
        self, place: Place, cells: Sequence[Cell], by_hour: Sequence[Sequence[str | None]]
    ) -> list[int | None]:
        """For each hour the minutes until the ladder comes to somebody with the right; None if it does not."""
        found: list[int | None] = []
        for number, people in enumerate(by_hour):
            holders = self._holders(place, number)
            waited, reached = 0, None
            for cell, person in zip(cells, people, strict=True):
                if person is None:
                    continue
                if person in holders:
                    reached = waited
                    break
                waited += _minutes(cell, self._hours[number] + timedelta(minutes=waited))
            found.append(reached)
        return found

    def _holders(self, place: Place, number: int) -> frozenset[str]:
        """Who may decide at that hour what the stage asks for: its own rights, else those of any."""
        at = self._hours[number]
        key = (place, at.date())
        if key not in self._rights:
            valid = rights_at(self._programme.rights, place, at.date())
            own = [right for right in valid if right.stage]
            named = {one for right in own or valid for one in (right.decider, right.alternate) if one is not None}
            self._rights[key] = frozenset(named)
        return self._available.standing_for(self._rights[key], number)


def _minutes(cell: Cell, at: datetime) -> int:
    """How long the level is given to acknowledge what comes to it at `at`; nothing where that has no end."""
    if cell.acknowledge is None:
        return 0
    if not cell.calendar:  # most are; asked once an hour and level
        return round(cell.acknowledge.total_seconds() / 60)
    due = due_after(at, cell.acknowledge, cell.calendar)
    return round((due - at).total_seconds() / 60) if due is not None else 0


def _longest(waits: Sequence[int | None], asked: int) -> int | None:
    """The longest wait of the first `asked` hours: an hour in vain goes by, and the next one's wait follows."""
    longest: int | None = 0
    following: int | None = None
    for number in reversed(range(len(waits))):
        ways = [one for one in (waits[number], None if following is None else following + 60) if one is not None]
        following = min(ways, default=None)
        if number < asked:
            longest = None if longest is None or following is None else max(longest, following)
    return longest


def by_hour(found: Coverage, severity: Severity) -> list[float]:
    """For each hour the share of that severity's squares that are covered; empty if it has none."""
    rows = [square.covered for square in found.squares if square.place.severity == severity]
    return [sum(flags) / len(flags) for flags in zip(*rows, strict=True)]
