"""What goes into a pocket: whom to call and by when, and what one may decide, for one person or role.

Paper does not know what time it is when somebody reads it. So a card names the owner and the backup of each level with
their hours, where `domain.routing` would say who of them answers; times are counted from the start of the blocker.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from escplaybook.domain.agreements import Agreement, AgreementKind
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.duty_words import DutyOnPaper, duty_on_paper
from escplaybook.domain.identity import Record
from escplaybook.domain.liaison import PointOfContact
from escplaybook.domain.matrix import Cell, DecisionRight, Level, Place, SeverityDefinition, cell_for, rights_at
from escplaybook.domain.overview import number_on_paper
from escplaybook.domain.programme import Programme, definition_of, levels_of
from escplaybook.domain.speaking import groups_of
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.verification import Importance, Importances, importances

URGENT = (Severity.S1, Severity.S2)
"""The severities a card is for; the others have time to look into the book."""

_PEOPLE = 2
"""How many are named at a level: who answers first, and who does else."""

Number = tuple[ContactPoint, Importance]


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call at a level, at these severities: first, or if the first does not answer (`is_backup`)."""

    person: Contact
    severities: tuple[Severity, ...]
    is_backup: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """When a level is called and by when it answers, both counted from the start of the blocker.

    They are None where no sum can be told: no target is set, or the time of a `calendar` is counted. Then `within` is
    how long the level has from when it is called.
    """

    severity: Severity
    calls: timedelta | None
    answers: timedelta | None
    within: timedelta | None
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A level of a ladder: whom to call in which order, and by when. `alone` are the severities without a backup."""

    level: Level
    calls: tuple[Call, ...]
    dues: tuple[Due, ...]
    alone: tuple[Severity, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps for causes of one class; of both where they name the same people."""

    cause_class: CauseClass | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose card it is. What `people` decide is what the card lets one decide; a newcomer's card has none.

    `person` is the one it was made for by name; `said` stands below the title.
    """

    title: str
    people: tuple[Contact, ...] = ()
    said: str = ""
    person: Contact | None = None


@dataclass(frozen=True)
class Common:
    """What all cards of one deployment at one stage say alike, on the day they are printed."""

    deployment: Deployment | None
    stage: str
    ladders: tuple[Ladder, ...]
    rights: tuple[DecisionRight, ...]
    vendors: tuple[Vendor, ...]
    agreements: tuple[Agreement, ...]
    definitions: tuple[SeverityDefinition, ...]
    groups: tuple[PointOfContact, ...]
    contacts: Mapping[str, Contact]
    duty: DutyOnPaper
    importances: Importances

    def importance_of(self, holder: Record) -> Importance:
        """What hangs on reaching them."""
        return self.importances.get(holder.id, Importance.NOBODY)

    def person(self, contact_id: str | None) -> Contact | None:
        """The contact of that id, if it is in use."""
        found = self.contacts.get(contact_id or "")
        return found if found is not None and found.retired is None else None

    @cached_property
    def called(self) -> tuple[Contact, ...]:
        """Everybody on the ladders, in the order of calling, each once."""
        calls = (call.person for ladder in self.ladders for step in ladder.steps for call in step.calls)
        return tuple({person.id: person for person in calls}.values())

    @cached_property
    def speakers(self) -> tuple[Contact, ...]:
        """The single point of contact and who stands in, those in use."""
        named = (self.deployment.point_of_contact, self.deployment.deputy) if self.deployment else ()
        return tuple(person for one in named if (person := self.person(one)) is not None)

    @cached_property
    def bridges(self) -> tuple[tuple[ContactPoint, Contact], ...]:
        """The bridges of the people on the card that may be printed, each with whose it is."""
        found: dict[str, tuple[ContactPoint, Contact]] = {}
        for person in (*self.called, *self.speakers):
            for point in person.points:
                if point.kind is PointKind.BRIDGE and point.privacy is Privacy.PRINT:
                    found.setdefault(point.value, (point, person))
        return tuple(found.values())

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that stand on every card, each with what hangs on it."""
        people = {person.id: person for person in (*self.called, *self.speakers, *self.duty.others)}
        told = [
            (point, self.importance_of(person))
            for person in people.values()
            if (point := number_on_paper(person)) is not None
        ]
        told += [(point, self.importance_of(person)) for point, person in self.bridges]
        told += [(point, Importance.VENDOR) for vendor in self.vendors if (point := first_number(vendor)) is not None]
        return tuple(told)


@dataclass(frozen=True)
class Card:
    """One card. `decides` are the rights of its holder, as decider or alternate; `asks` those that others have."""

    common: Common
    holder: Holder

    @cached_property
    def decides(self) -> tuple[DecisionRight, ...]:
        """What the holder may decide."""
        return tuple(right for right in self.common.rights if self._has(right))

    @cached_property
    def asks(self) -> tuple[DecisionRight, ...]:
        """What the holder may not decide."""
        return tuple(right for right in self.common.rights if not self._has(right))

    @property
    def first(self) -> Contact | None:
        """Who is called first; not the holder."""
        return next((one for one in self.common.called if one != self.holder.person and number_on_paper(one)), None)

    def records(self) -> list[Record]:
        """Everything that it is made of; some more than once."""
        common = self.common
        steps = [step for ladder in common.ladders for step in ladder.steps]
        matrix: list[Record] = [step.level for step in steps]
        matrix += [cell for step in steps for cell in step.cells]
        programme: list[Record] = [*common.rights, *common.vendors, *common.agreements, *common.definitions]
        people: list[Record] = [*common.contacts.values(), *common.duty.others, *self.holder.people]
        deployment: list[Record] = [common.deployment] if common.deployment else []
        return [*deployment, *matrix, *programme, *people, *common.groups, *common.duty.records]

    def _has(self, right: DecisionRight) -> bool:
        return any(person.id in (right.decider, right.alternate) for person in self.holder.people)


def common_of(found: Programme, deployment: Deployment | None, stage: str, at: datetime) -> Common:
    """What the matrix says there to whoever carries a card that is printed at `at`."""
    where = deployment.id if deployment else None
    rights = _rights(found, where, stage, at)
    ladders = tuple(_ladders(found, where, stage))
    vendors = tuple(vendor for vendor in found.vendors if vendor.retired is None)
    known = {vendor.id for vendor in vendors}
    groups = tuple(groups_of(found, where)) if where else ()
    named = {one for right in rights for one in (right.decider, right.alternate)}
    named |= {one for group in groups for one in (group.person, group.deputy)}
    named |= {deployment.point_of_contact, deployment.deputy} if deployment else set()
    named |= {one for ladder in ladders for step in ladder.steps for cell in step.cells for one in _named(cell)}
    named |= {call.person.id for ladder in ladders for step in ladder.steps for call in step.calls}
    contacts = {key: person for key, person in found.contacts.items() if key in named}
    common = Common(
        deployment,
        stage,
        ladders,
        rights,
        vendors,
        tuple(
            one
            for one in found.agreements
            if one.retired is None and one.vendor in known and one.kind is AgreementKind.HOLD_HARMLESS
        ),
        tuple(one for severity in URGENT if (one := definition_of(found, severity)) is not None),
        groups,
        contacts,
        DutyOnPaper({}, (), ()),
        importances(found),
    )
    return replace(common, duty=duty_on_paper(found, (*common.called, *common.speakers), at))


def roles(found: Programme, common: Common) -> list[Holder]:
    """A card for each role: the owners of every level, the single point of contact, and who is new in the team."""
    levels = [holder for level in levels_of(found) if (holder := of_level(common, level.rank)) is not None]
    speaker = of_speaker(common)
    return [*levels, *([speaker] if speaker else []), NEWCOMER]


NEWCOMER = Holder("New in the team", said="You decide nothing yet, and you may call anybody on this card.")


def of_level(common: Common, rank: int) -> Holder | None:
    """The holder of the card for the owners of a level; None if nobody is named there."""
    steps = [step for ladder in common.ladders for step in ladder.steps if step.level.rank == rank]
    calls = [call for step in steps for call in step.calls]
    if not calls:
        return None
    owners = tuple({call.person.id: call.person for call in calls if not call.is_backup}.values())
    return Holder(steps[0].level.name, owners, ", ".join(person.name for person in owners))


def of_speaker(common: Common) -> Holder | None:
    """The holder of the on-site lead's card; None if the deployment names nobody to speak to outsiders."""
    if not common.speakers:
        return None
    return Holder("Single point of contact", common.speakers[:1], common.speakers[0].name)


def of_person(person: Contact) -> Holder:
    """The holder of a card with somebody's name on it."""
    return Holder(person.name, (person,), ", ".join(filter(None, (person.role, person.organisation))), person)


def everyone(common: Common) -> list[Holder]:
    """A card for each person that the matrix names there, in the order of calling, then by name."""
    named = (person for person in common.contacts.values() if person.retired is None)
    rest = sorted(named, key=lambda person: (person.name.casefold(), person.id))
    people = {person.id: person for person in (*common.called, *rest)}
    return [of_person(person) for person in people.values()]


def first_number(vendor: Vendor) -> ContactPoint | None:
    """The vendor's number to try first of those for paper; an address only where there is no number."""
    points = [point for level in vendor.levels for point in level.points if point.privacy is Privacy.PRINT]
    numbers = (point for point in points if point.kind in (PointKind.PHONE, PointKind.MOBILE))
    return next(numbers, points[0] if points else None)


def _rights(found: Programme, deployment: str | None, stage: str, at: datetime) -> tuple[DecisionRight, ...]:
    places = (Place(severity, stage, None, deployment) for severity in Severity)
    holding = {right.id for place in places for right in rights_at(found.rights, place, at.date())}
    return tuple(right for right in found.rights if right.id in holding)


def _named(cell: Cell) -> tuple[str | None, str | None]:
    return (None, None) if cell.not_escalated else (cell.owner, cell.backup)


def _ladders(found: Programme, deployment: str | None, stage: str) -> Iterator[Ladder]:
    """One ladder for each class of causes, or one for both."""
    both = [Ladder(cause, tuple(_steps(found, deployment, stage, cause))) for cause in CauseClass]
    if len({_said(ladder.steps) for ladder in both}) == 1:
        cells = (replace(step, cells=_cells(both, step.level.rank)) for step in both[0].steps)
        both = [Ladder(None, tuple(cells))]
    yield from (ladder for ladder in both if ladder.steps)


def _said(steps: Iterable[Step]) -> tuple[object, ...]:
    return tuple((step.level, step.calls, step.dues) for step in steps)


def _cells(ladders: Sequence[Ladder], rank: int) -> tuple[Cell, ...]:
    cells = (cell for ladder in ladders for step in ladder.steps if step.level.rank == rank for cell in step.cells)
    return tuple({cell.id: cell for cell in cells}.values())


def _steps(found: Programme, deployment: str | None, stage: str, cause: CauseClass) -> Iterator[Step]:
    clocks: dict[Severity, timedelta | None] = dict.fromkeys(URGENT, timedelta(0))
    for level in levels_of(found):
        cells = {}
        for severity in URGENT:
            cell = cell_for(found.cells, Place(severity, stage, cause, deployment), level.rank)
            if cell is not None and not cell.not_escalated:
                cells[severity] = cell
        if not cells:
            continue
        asked = {severity: _asked(found, cell) for severity, cell in cells.items()}
        dues = tuple(_due(cell, clocks[severity], asked[severity]) for severity, cell in cells.items())
        clocks |= {due.severity: due.answers for due in dues if due.within is not None}
        alone = tuple(severity for severity, people in asked.items() if len(people) < 2)
        yield Step(level, tuple(_calls(asked)), dues, alone, tuple({one.id: one for one in cells.values()}.values()))


def _due(cell: Cell, calls: timedelta | None, asked: Sequence[Contact]) -> Due:
    """Sums are told of clocks that never stop; a level where nobody is asked passes the blocker on at once."""
    if cell.acknowledge is None or not asked:
        return Due(cell.severity, calls, None, None)
    answers = None if cell.calendar or calls is None else calls + cell.acknowledge
    return Due(cell.severity, calls, answers, cell.acknowledge, cell.calendar)


def _calls(asked: Mapping[Severity, Sequence[Contact]]) -> Iterator[Call]:
    """One list of calls where all severities begin with the same person, else one a severity."""
    if len({people[0].id if people else "" for people in asked.values()}) == 1:
        yield from _merged(asked)
    else:
        for severity, people in asked.items():
            yield from _merged({severity: people})


def _merged(asked: Mapping[Severity, Sequence[Contact]]) -> Iterator[Call]:
    for place in range(_PEOPLE):
        held: dict[str, tuple[Contact, list[Severity]]] = {}
        for severity, people in asked.items():
            for person in people[place : place + 1]:
                held.setdefault(person.id, (person, []))[1].append(severity)
        yield from (Call(person, tuple(severities), place > 0) for person, severities in held.values())


def _asked(found: Programme, cell: Cell) -> list[Contact]:
    """The first whom `routing.who_answers` would ask, of those a card may send anybody to."""
    waiting = list(cell.people)
    people: dict[str, Contact] = {}
    for contact_id in waiting:  # grows by those who stand in
        person = found.contacts.get(contact_id)
        if person is None:
            continue
        if person.deputy is not None and person.deputy not in waiting:
            waiting.append(person.deputy)
        if person.retired is None and (person.points or found.roster.is_duty(person.id)):
            people[person.id] = person
    return list(people.values())[:_PEOPLE]
