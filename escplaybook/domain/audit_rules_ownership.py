"""Rules about whose a cell is: one owner, somebody who stands in, and nobody in two places of one ladder."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from escplaybook.domain.audit_case import URGENT, Case, Grade, Objection, Rule, listed
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deputies import rings
from escplaybook.domain.matrix import Cell
from escplaybook.domain.verification import Importance

MOST_OF_A_LEVEL = 1.5
"""How many times the even share of a level one person may carry before everything stands or falls with them."""

MATRIX_FROM = 6
"""How many cells of one person make a burden; in a matrix that is being begun everybody has most of it."""


def set_twice(case: Case) -> Iterator[Objection]:
    """Two equally exact cells: ambiguous ownership, the first thing an audit is for. The older one holds."""
    there: dict[object, Cell] = {}
    for cell in sorted((cell for cell in case.programme.cells if cell.retired is None), key=lambda cell: cell.id):
        place = (cell.severity, cell.level, cell.deployment, cell.stage, cell.cause_class)
        older = there.setdefault(place, cell)
        if older is not cell:
            both = " and ".join(_owner(case, one) for one in (older, cell))
            yield Objection(cell, f"{case.called(cell)} is set twice, for {both}")


def no_owner(case: Case) -> Iterator[Objection]:
    """A level that nobody answers for."""
    for cell in case.cells:
        if case.person(cell.owner) is None:
            yield Objection(cell, f"{case.called(cell)} has no owner")


def owner_left(case: Case) -> Iterator[Objection]:
    """A name that stayed in the matrix when the person went."""
    for cell in case.cells:
        owner = case.person(cell.owner)
        if owner is not None and case.has_left(owner):
            yield Objection(cell, f"{case.called(cell)} is owned by {owner.name}, who is no longer in use")


def no_backup(case: Case) -> Iterator[Objection]:
    """Levels with owners and backups; at S1 and S2 one illness is enough."""
    return _without_backup(case, lambda cell: cell.severity in URGENT)


def no_backup_below(case: Case) -> Iterator[Objection]:
    """The same where it hardly matters."""
    return _without_backup(case, lambda cell: cell.severity not in URGENT)


def backup_left(case: Case) -> Iterator[Objection]:
    """A backup who went is worse than none: the square looks filled."""
    for cell in case.cells:
        backup = case.person(cell.backup)
        if backup is not None and case.has_left(backup):
            yield Objection(cell, f"{case.called(cell)} is backed up by {backup.name}, who is no longer in use")


def backup_asleep_too(case: Case) -> Iterator[Objection]:
    """An S1 comes at any hour, so whoever stands in must be there in some hour in which the owner is not."""
    for cell in case.cells:
        owner, others = case.person(cell.owner), _behind(case, cell)
        if cell.severity is not Severity.S1 or owner is None or not others or not owner.hours:
            continue
        if any(case.programme.roster.is_duty(one.id) for one in (owner, *others)):
            continue
        ours, theirs = case.is_open_at(owner), [case.is_open_at(one) for one in others]
        if not all(ours) and all(first or not any(rest) for first, *rest in zip(ours, *theirs, strict=True)):
            names, are = listed(one.name for one in others), "is" if len(others) == 1 else "are"
            yield Objection(cell, f"{case.called(cell)}: {names} {are} never there when {owner.name} is not")


def same_owner_above(case: Case) -> Iterator[Objection]:
    """Overlapping responsibilities: escalating to the same person again changes nothing."""
    for low, high in case.steps:
        owner = case.person(low.owner)
        if owner is not None and low.owner == high.owner:
            yield Objection(high, f"{case.called(high)} and {case.called(low)} are both owned by {owner.name}")


def named_on_two_levels(case: Case) -> Iterator[Objection]:
    """Overlapping responsibilities: at night one person answers for two levels of a ladder."""
    for ladder in {tuple(cell.id for cell in ladder): ladder for ladder in case.ladders.values()}.values():
        levels: dict[str, Cell] = {}
        for cell in ladder:
            for person in cell.people:
                below = levels.setdefault(person, cell)
                is_told = below.owner == cell.owner == person and cell.level - below.level == 1
                if below is not cell and not is_told:
                    name = person if (found := case.person(person)) is None else found.name
                    field = "deputies" if person in cell.deputies else "backup"
                    yield Objection(cell, f"{name} is named on {case.called(below)} and on {case.called(cell)}", field)


def leans_on_owner(case: Case) -> Iterator[Objection]:
    """The backup's only deputy is the owner: once both are away the chain comes back to where it began."""
    for cell in case.cells:
        backup, owner = case.person(cell.backup), case.person(cell.owner)
        if cell.severity not in URGENT or backup is None or owner is None or cell.deputies:
            continue
        if backup.deputy == owner.id:
            what = f"{case.called(cell)}: {owner.name} is all that stands behind {backup.name}, who stands behind them"
            yield Objection(cell, what)


def single_point_of_failure(case: Case) -> Iterator[Objection]:
    """No one is to be a single point of failure."""
    total = len(case.cells)
    named = Counter(one for cell in case.cells for one in {cell.owner, cell.backup} if one is not None)
    for person, count in named.items():
        found = case.person(person)
        if found is None or count < MATRIX_FROM or len(case.ranks) == 1:
            continue
        if count > MOST_OF_A_LEVEL * total / max(len(case.ranks), 1):
            yield Objection(found, f"{found.name} is named on {count} of {total} cells")


def deputies_in_a_ring(case: Case) -> Iterator[Objection]:
    """People who stand in for each other cover nothing; an import can bring what the editor refuses."""
    people = case.programme.contacts
    named = {one.id: one.deputy for one in people.values() if not case.has_left(one) and one.id in case.weights}
    for ring in rings(named):
        names = " → ".join(people[one].name for one in (*ring, ring[0]))
        yield Objection(people[ring[0]], f"{names} stand in for each other in a ring")


def deputy_left(case: Case) -> Iterator[Objection]:
    """Whoever stands in for somebody the matrix names must be there."""
    for person in _called(case):
        deputy = case.person(person.deputy)
        if deputy is not None and case.has_left(deputy):
            yield Objection(person, f"{person.name}’s deputy {deputy.name} is no longer in use")


def _called(case: Case) -> Iterable[Contact]:
    named = (one for one, weight in case.weights.items() if weight < Importance.RIGHT and case.is_there(one))
    return (case.programme.contacts[one] for one in named)


def _without_backup(case: Case, concerns: Callable[[Cell], bool]) -> Iterator[Objection]:
    for cell in case.cells:
        if concerns(cell) and not _behind(case, cell):
            yield Objection(cell, f"{case.called(cell)} has no backup")


def _behind(case: Case, cell: Cell) -> list[Contact]:
    """Who stands in for the owner by the cell itself, those who have left among them."""
    return [one for one in map(case.person, (cell.backup, *cell.deputies)) if one is not None]


def _owner(case: Case, cell: Cell) -> str:
    if cell.not_escalated:
        return "“not escalated”"
    owner = case.person(cell.owner)
    return owner.name if owner is not None else "nobody"


RULES = (
    Rule(
        "M01",
        Grade.ERROR,
        "Set twice",
        "Two cells claim the same place, so two people may each believe that the other one answers.",
        "Take one of the two cells out of use.",
        set_twice,
    ),
    Rule(
        "M02",
        Grade.ERROR,
        "No owner",
        "A level without an owner is skipped, and nobody notices until it is needed.",
        "Name the one person who answers for it, or mark the level as not escalated.",
        no_owner,
        "owner",
    ),
    Rule(
        "M03",
        Grade.ERROR,
        "Owner has left",
        "The call goes to somebody who is gone, and what was theirs to decide is decided by chance.",
        "Name who took over; “reassign” does it everywhere at once.",
        owner_left,
        "owner",
    ),
    Rule(
        "M04",
        Grade.WARNING,
        "No backup",
        "An S1 or S2 that depends on one person waits for them to wake up, land or get well.",
        "Name somebody who may stand in.",
        no_backup,
        "backup",
    ),
    Rule(
        "M05",
        Grade.ADVICE,
        "No backup",
        "Even what can wait stays lying for weeks when its only owner is on holiday.",
        "Name somebody who may stand in.",
        no_backup_below,
        "backup",
    ),
    Rule(
        "M06",
        Grade.WARNING,
        "Backup has left",
        "The square looks filled, and behind the owner there is nobody.",
        "Name another backup.",
        backup_left,
        "backup",
    ),
    Rule(
        "M07",
        Grade.WARNING,
        "Backup sleeps too",
        "Owner and backup keep the same hours, so outside them the backup is of no use.",
        "Choose a backup in another zone, or one who is on call at night.",
        backup_asleep_too,
        "backup",
    ),
    Rule(
        "M08",
        Grade.WARNING,
        "Same owner below",
        "Who could not unblock it on one level cannot on the next, and the time between is lost.",
        "Give the higher level to somebody with more reach, or mark it as not escalated.",
        same_owner_above,
        "owner",
    ),
    Rule(
        "M09",
        Grade.WARNING,
        "On two levels",
        "One person who answers on two levels of a ladder makes two steps into one, just when few are there.",
        "Name another person on one of the levels.",
        named_on_two_levels,
        "backup",
    ),
    Rule(
        "M10",
        Grade.WARNING,
        "Leans on the owner",
        "The backup’s only deputy is the owner: when both are away, nobody is left to ask.",
        "Give the backup another deputy, or the cell another backup.",
        leans_on_owner,
        "backup",
    ),
    Rule(
        "M11",
        Grade.WARNING,
        "Too many cells",
        "When one person carries most of the matrix, one illness takes most of the matrix away.",
        "Hand some of the cells to others, or rotate the role.",
        single_point_of_failure,
    ),
    Rule(
        "M12",
        Grade.WARNING,
        "Deputies in a ring",
        "People who stand in for each other in a ring cover nothing when they are all away.",
        "Give one of them a deputy outside the ring.",
        deputies_in_a_ring,
        "deputy",
    ),
    Rule(
        "M13",
        Grade.WARNING,
        "Deputy has left",
        "The chain ends at somebody who is no longer there.",
        "Name another deputy.",
        deputy_left,
        "deputy",
    ),
)
