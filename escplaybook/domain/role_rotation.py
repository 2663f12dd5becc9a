"""Planning a rotation of roles: the people of one level change seats at every term, so that no one is irreplaceable.

A seat is what one person stands for on the level now: the cells they own and those they back up. Nobody has two seats
at once, nobody stands on two levels that follow each other, nobody is owner and backup of one cell, and whoever is away
for much of a term is passed over. What is planned becomes drafts of the matrix; here nothing is changed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from escplaybook.domain.audit_case import Case
from escplaybook.domain.audit_rules_ownership import single_point_of_failure
from escplaybook.domain.contacts import Contact
from escplaybook.domain.editions import Edition, MatrixContent
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.living_matrix import living, with_content
from escplaybook.domain.matrix import Cell
from escplaybook.domain.naming import cell_name
from escplaybook.domain.programme import Programme, levels_of
from escplaybook.domain.role_turns import turns

AWAY_SHARE = 0.25
"""The share of a term from which on somebody who is away is passed over; our own choice."""

MOST_TERMS = 26
"""Terms that are planned at once; what lies further ahead is planned when it is known who is there."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be planned: `among` are contacts' ids, `every` is how long a term lasts, in whole days.

    With `owners_only` the backups stay where they are.
    """

    level: int
    among: tuple[str, ...]
    start: date
    every: timedelta
    times: int
    owners_only: bool = False

    def __post_init__(self) -> None:
        if self.every < timedelta(days=1) or self.every % timedelta(days=1):
            raise InvalidRecord("A term lasts whole days; write it like 13 w or 90 d. Nothing was planned.")
        if not 1 <= self.times <= MOST_TERMS:
            raise InvalidRecord(f"Plan from 1 to {MOST_TERMS} terms at once; nothing was planned.")
        if len(set(self.among)) < 2:
            raise InvalidRecord("Roles rotate among two people or more; nothing was planned. Name another one.")


@dataclass(frozen=True, slots=True)
class Seat:
    """What `holder` (a contact's id) stands for on the level now, called by their role."""

    name: str
    holder: str
    owned: tuple[Cell, ...]
    backed: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that names the holder."""
        return (*self.owned, *self.backed)


@dataclass(frozen=True, slots=True)
class Term:
    """From `start` until the day before `end`: who sits on each seat, in their order, and who is passed over.

    An empty seat is None; then the plan cannot be carried out.
    """

    start: date
    end: date
    people: tuple[str | None, ...]
    away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Barred:
    """Why a person cannot take a seat, whichever term it is."""

    seat: Seat
    person: str
    why: str


@dataclass(frozen=True, slots=True)
class Load:
    """How many cells name a person, and how many name nobody else: now, and in the worst term to come.

    `is_too_many` says what the audit's rule on single points of failure says.
    """

    person: str
    named: tuple[int, int]
    only: tuple[int, int]
    is_too_many: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is to sit where from when on."""

    wish: Wish
    seats: tuple[Seat, ...]
    terms: tuple[Term, ...]
    barred: tuple[Barred, ...]
    loads: tuple[Load, ...]

    @property
    def empty(self) -> tuple[tuple[Term, Seat], ...]:
        """The seats that nobody can take, and when."""
        return tuple(
            (term, seat)
            for term in self.terms
            for seat, person in zip(self.seats, term.people, strict=True)
            if person is None
        )

    @property
    def is_standstill(self) -> bool:
        """Whether everybody keeps their seat in every term."""
        holders = tuple(seat.holder for seat in self.seats)
        return all(term.people == holders for term in self.terms)


LAST_YEAR = 2999
"""As far as instants go on the command line."""


def plan(found: Programme, wish: Wish, now: datetime) -> Plan:
    """Work out who sits where. Raises InvalidRecord if there is nothing to rotate, or somebody cannot take part."""
    if wish.start < now.date():
        raise InvalidRecord(f"{wish.start:%-d %b %Y} is over; nothing was planned. Begin today or later.")
    if wish.start.year > LAST_YEAR or wish.start + wish.times * wish.every > date(LAST_YEAR, 12, 31):
        raise InvalidRecord(f"A rotation that lasts beyond {LAST_YEAR} cannot be planned. Begin sooner.")
    pool = [_taking_part(found, one) for one in dict.fromkeys(wish.among)]
    seats = _seats(found, wish, pool)
    barred = tuple(_barred(found, wish, seats, pool, now))
    no_way = {(one.seat.holder, one.person) for one in barred}
    number_of = {person.id: number for number, person in enumerate(pool)}
    allowed = [
        {number_of[one.id] for one in pool if one.id == seat.holder or (seat.holder, one.id) not in no_way}
        for seat in seats
    ]
    spans = [(wish.start + number * wish.every, wish.start + (number + 1) * wish.every) for number in range(wish.times)]
    away = [{one.id for one in pool if _is_away(found, one.id, *span)} for span in spans]
    there = [{number_of[one.id] for one in pool if one.id not in gone} for gone in away]
    seated = turns([number_of[seat.holder] for seat in seats], allowed, there)
    terms = tuple(
        Term(*span, tuple(None if one is None else pool[one].id for one in people), tuple(sorted(gone)))
        for span, people, gone in zip(spans, seated, away, strict=True)
    )
    return Plan(wish, seats, terms, barred, _loads(found, wish, seats, terms, now))


def content_of(found: Programme, seats: Iterable[Seat], term: Term) -> MatrixContent:
    """What the matrix says in a term: as it stands, with other people on the seats."""
    owners: dict[str, str | None] = {}
    backups: dict[str, str | None] = {}
    for seat, person in zip(seats, term.people, strict=True):
        owners |= dict.fromkeys((one.id for one in seat.owned), person)
        backups |= dict.fromkeys((one.id for one in seat.backed), person)
    present = living(found)
    cells = tuple(
        _seated(one, owners.get(one.id, one.owner), backups.get(one.id, one.backup))
        if one.id in owners or one.id in backups
        else one
        for one in present.cells
    )
    return replace(present, cells=cells)


def _seated(cell: Cell, owner: str | None, backup: str | None) -> Cell:
    """The cell with these two; who answers first is not asked once more as its deputy."""
    deputies = tuple(one for one in cell.deputies if one not in (owner, backup))
    return replace(cell, owner=owner, backup=backup, deputies=deputies)


def title_of(plan: Plan, number: int) -> str:
    """What the draft of a term is called; it carries the day from which it is meant to hold."""
    return f"Roles on level {plan.wish.level} from {plan.terms[number].start} ({number + 1} of {len(plan.terms)})"


def planned_start(edition: Edition) -> date | None:
    """The day from which a planned rotation is meant to hold; None for any other edition."""
    found = _TITLE.fullmatch(edition.title)
    return None if found is None else date.fromisoformat(found[1])


_TITLE = re.compile(r"Roles on level \d+ from (\d{4}-\d{2}-\d{2}) \(\d+ of \d+\)")


def _taking_part(found: Programme, contact: str) -> Contact:
    person = found.contacts.get(contact)
    if person is None or person.retired is not None:
        name = "Somebody" if person is None else person.name
        raise InvalidRecord(f"{name} is no longer in use; nothing was planned. Choose others.")
    if found.roster.is_duty(contact):
        raise InvalidRecord(f"{person.name} is a duty that people take turns at already; name people instead.")
    return person


def _seats(found: Programme, wish: Wish, pool: Iterable[Contact]) -> tuple[Seat, ...]:
    """The seats of those who take part, in their order; who stands nowhere on the level has none."""
    if all(level.rank != wish.level for level in levels_of(found)):
        raise InvalidRecord(f"The matrix has no level {wish.level}; nothing was planned.")
    cells = [one for one in living(found).cells if one.level == wish.level and not one.not_escalated]
    seats = []
    for person in pool:
        owned = tuple(one for one in cells if one.owner == person.id)
        backed = () if wish.owners_only else tuple(one for one in cells if one.backup == person.id)
        if owned or backed:
            seats.append(Seat(person.role or person.name, person.id, owned, backed))
    if not seats:
        raise InvalidRecord(f"None of these people stands on level {wish.level}, so there is no role to rotate.")
    names = Counter(seat.name for seat in seats)
    return tuple(
        replace(seat, name=f"{seat.name} ({found.contacts[seat.holder].name})") if names[seat.name] > 1 else seat
        for seat in seats
    )


def _barred(
    found: Programme, wish: Wish, seats: Iterable[Seat], pool: Iterable[Contact], now: datetime
) -> Iterator[Barred]:
    """Who cannot take a seat, by what they stand for outside the rotation."""
    next_to: dict[str, list[Cell]] = {}
    for low, high in Case(found, now).steps:
        for one, other in ((low, high), (high, low)):
            if abs(low.level - high.level) == 1:
                next_to.setdefault(one.id, []).append(other)
    everybody = list(pool)
    for seat in seats:
        for person in everybody:
            why = _why_not(wish, seat, person.id, next_to) if person.id != seat.holder else ""
            if why:
                yield Barred(seat, person.id, why)


def _why_not(wish: Wish, seat: Seat, person: str, next_to: dict[str, list[Cell]]) -> str:
    for cell in seat.cells:
        for other in next_to.get(cell.id, ()):
            if person in other.people:
                return f"stands on {cell_name(other)}, next to {cell_name(cell)}"
    if wish.owners_only:
        for cell in seat.owned:
            if cell.backup == person:
                return f"backs up {cell_name(cell)}"
    return ""


def _is_away(found: Programme, person: str, start: date, end: date) -> bool:
    """Whether somebody is away for as much of a term as counts."""
    since, until = (datetime.combine(one, time(), UTC) for one in (start, end))
    gone, reached = timedelta(0), since
    for away in found.roster.away_between(person, since, until):
        begin, over = max(away.start, reached), min(away.end, until)
        if over > begin:
            gone, reached = gone + (over - begin), over
    return gone >= AWAY_SHARE * (until - since)


def _loads(
    found: Programme, wish: Wish, seats: tuple[Seat, ...], terms: Iterable[Term], now: datetime
) -> tuple[Load, ...]:
    """What hangs on those who take part, and on whoever else carries too much."""
    before = _carried(Case(found, now))
    after = [_carried(Case(with_content(found, content_of(found, seats, term)), now)) for term in terms]
    laden = {one for carried in (before, *after) for one in carried[2]}
    people = dict.fromkeys((*wish.among, *sorted(laden - set(wish.among))))
    return tuple(
        Load(
            person,
            (before[0][person], max(one[0][person] for one in after)),
            (before[1][person], max(one[1][person] for one in after)),
            (person in before[2], any(person in one[2] for one in after)),
        )
        for person in people
    )


def _carried(case: Case) -> tuple[Counter[str], Counter[str], frozenset[str]]:
    """By person the cells that name them, those that name nobody else, and whom the audit finds on too many."""
    named: Counter[str] = Counter()
    only: Counter[str] = Counter()
    for cell in case.cells:
        people = set(cell.people)
        named.update(people)
        only.update(people if len(people) == 1 else ())
    return named, only, frozenset(one.record.id for one in single_point_of_failure(case))
