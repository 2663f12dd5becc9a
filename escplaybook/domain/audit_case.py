"""What every rule of the audit is made of and works on: the rule as data, what it objects to, the case it looks at."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from escplaybook.domain.availability import Availability
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.hours import is_open
from escplaybook.domain.identity import Record
from escplaybook.domain.matrix import Cell, Place, cell_for
from escplaybook.domain.naming import cell_name
from escplaybook.domain.programme import Programme, deployments_of, levels_of, stages_of
from escplaybook.domain.verification import importances

WEEK = 7 * 24
"""The hours that are looked at for who answers: every hour that a week has."""

URGENT = (Severity.S1, Severity.S2)
"""The severities at which a gap costs a milestone."""


class Grade(StrEnum):
    """How much a finding weighs: it breaks the matrix, it will hurt one day, it could be better."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Objection:
    """A record that breaks a rule, in words. `field` is where it is mended, if not where the rule says."""

    record: Record
    what: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id (`M01`), its name in two or three words, why it matters and how to mend what breaks it.

    `field` of the record is where that is mended; `action` names the way to mend it where that is no field (`verify`).
    `find` is pure: the same case gives the same objections.
    """

    id: str
    grade: Grade
    name: str
    why: str
    fix: str
    find: Callable[["Case"], Iterable[Objection]]
    field: str = ""
    action: str = ""


class Case:
    """A programme at a moment, with what several rules ask of it worked out once."""

    def __init__(self, programme: Programme, now: datetime) -> None:
        self.programme, self.now, self.today = programme, now, now.date()

    @cached_property
    def deployments(self) -> dict[str, str]:
        """The names of the deployments in use, by id."""
        return {one.id: one.name for one in deployments_of(self.programme)}

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """The ranks of the levels in use, the first asked first."""
        return tuple(dict.fromkeys(level.rank for level in levels_of(self.programme)))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells in use at which somebody is to answer."""
        return tuple(
            cell
            for cell in self.programme.cells
            if cell.retired is None
            and not cell.not_escalated
            and (cell.deployment is None or cell.deployment in self.deployments)
        )

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every place where a blocker can be, each deployment's own stages among them."""
        return tuple(
            Place(severity, stage, cause, deployment)
            for deployment in tuple(self.deployments) or (None,)
            for stage in stages_of(self.programme, deployment)
            for severity in Severity
            for cause in CauseClass
        )

    @cached_property
    def ladders(self) -> dict[Place, tuple[Cell, ...]]:
        """The cells that a blocker climbs at each place, the lowest first."""
        return {place: tuple(self._climbed(place)) for place in self.places}

    @cached_property
    def steps(self) -> tuple[tuple[Cell, Cell], ...]:
        """Every cell with the one that is asked after it somewhere, each pair once."""
        found = (pair for ladder in self.ladders.values() for pair in pairwise(ladder))
        return tuple({(low.id, high.id): (low, high) for low, high in found}.values())

    @cached_property
    def weights(self) -> dict[str, int]:
        """What hangs on everyone the programme names, see `verification.Importance`."""
        return dict(importances(self.programme))

    @cached_property
    def hours(self) -> tuple[datetime, ...]:
        """The hours of the coming week, from the full hour on."""
        begin = self.now.replace(minute=0, second=0, microsecond=0)
        return tuple(begin + timedelta(hours=number) for number in range(WEEK))

    def answers(self, cell: Cell) -> list[str | None]:
        """Who answers for a cell at each of `hours`."""
        named = cell.people
        if named not in self._answers:
            self._answers[named] = self._availability.who_answers(named)
        return self._answers[named]

    def is_open_at(self, person: Contact) -> tuple[bool, ...]:
        """Whether each of `hours` lies in that person's hours."""
        key = (person.hours, person.zone)
        if key not in self._open:
            there = zone_named(person.zone)
            self._open[key] = tuple(is_open(person.hours, at.astimezone(there)) for at in self.hours)
        return self._open[key]

    def person(self, contact: str | None) -> Contact | None:
        """The contact with that id, in use or not."""
        return self.programme.contacts.get(contact or "")

    def is_there(self, contact: str | None) -> bool:
        """Whether that is a contact in use."""
        person = self.person(contact)
        return person is not None and not self.has_left(person)

    def has_left(self, person: Contact) -> bool:
        """Whether somebody is out of use by now."""
        return person.retired is not None and person.retired <= self.now

    def called(self, cell: Cell) -> str:
        """A cell in words, with its deployment: “S1, go-live, level 3 of Harbour ERP”."""
        name = self.deployments.get(cell.deployment or "")
        return f"{cell_name(cell)} of {name}" if name else cell_name(cell)

    @cached_property
    def _availability(self) -> Availability:
        return Availability(self.programme.contacts, self.programme.roster, self.hours)

    @cached_property
    def _answers(self) -> dict[tuple[str, ...], list[str | None]]:
        return {}

    @cached_property
    def _open(self) -> dict[tuple[str, str], tuple[bool, ...]]:
        return {}

    def _climbed(self, place: Place) -> Iterator[Cell]:
        for rank in self.ranks:
            cell = cell_for(self.programme.cells, place, rank)
            if cell is not None and not cell.not_escalated:
                yield cell


def listed(names: Iterable[str]) -> str:
    """“a”, “a and b”, “a, b and c”, each once."""
    every = list(dict.fromkeys(names))
    return " and ".join(filter(None, (", ".join(every[:-1]), every[-1]))) if every else ""
