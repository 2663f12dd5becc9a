"""The coming week as a heat map: for each hour of each day the share that is covered, and who is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from escplaybook.domain.classification import STAGES, Severity
from escplaybook.domain.contacts import zone_named
from escplaybook.domain.coverage import HOUR, Coverage, Hole, by_hour
from escplaybook.domain.recurrence import local_instant

DAYS = 7


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of one day, from `at` on (UTC). `share` is None for an hour that this day does not have."""

    at: datetime
    share: float | None
    holes: tuple[Hole, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody is missing."""
        return self.share is not None and self.share < 1


@dataclass(frozen=True, slots=True)
class Day:
    """A row of the map: 24 hours by the clock on the wall."""

    day: date
    hours: tuple[Hour, ...]

    @property
    def id(self) -> str:
        """A map has one row a day."""
        return self.day.isoformat()


def midnight(now: datetime, zone: str) -> datetime:
    """When the day of `now` began on the clock of a zone, in UTC."""
    return local_instant(datetime.combine(now.astimezone(zone_named(zone)).date(), time()), zone)


def week_of(found: Coverage, severity: Severity, zone: str) -> list[Day]:
    """The days of a coverage on the clock of a zone; an hour that is shown twice is told once, the worse."""
    shares = by_hour(found, severity)
    if not shares:
        return []
    holes = [hole for hole in found.holes if hole.place.severity == severity]
    there = zone_named(zone)
    seen: dict[tuple[date, int], list[int]] = {}
    for number in range(len(shares)):
        local = (found.start + number * HOUR).astimezone(there)
        seen.setdefault((local.date(), local.hour), []).append(number)
    first = found.start.astimezone(there).date()
    days = (first + timedelta(days=number) for number in range(DAYS))
    return [Day(day, tuple(_hour(found, shares, holes, seen.get((day, at), [])) for at in range(24))) for day in days]


def share_of(found: Coverage, severity: Severity) -> float | None:
    """The share of a severity's cell-hours that are covered; None if it has none."""
    shares = by_hour(found, severity)
    return sum(shares) / len(shares) if shares else None


def missing(hour: Hour) -> list[Hole]:
    """The holes of an hour, each cell once, the lowest level first."""
    cells = {hole.cell.id: hole for hole in sorted(hour.holes, key=lambda hole: (hole.level, hole.place.stage))}
    return list(cells.values())


def stages_without(hour: Hour, cell: str) -> list[str]:
    """The stages at which a cell is missing in an hour, in their order."""
    found = dict.fromkeys(hole.place.stage for hole in hour.holes if hole.cell.id == cell)
    return sorted(found, key=lambda stage: STAGES.index(stage) if stage in STAGES else len(STAGES))


def _hour(found: Coverage, shares: list[float], holes: Iterable[Hole], numbers: list[int]) -> Hour:
    if not numbers:
        return Hour(found.start, None)
    worst = min(numbers, key=lambda number: shares[number])
    at = found.start + worst * HOUR
    return Hour(at, shares[worst], tuple(hole for hole in holes if hole.start <= at < hole.end))
