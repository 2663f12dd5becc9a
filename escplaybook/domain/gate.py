"""May a deployment enter a stage? The gate before it, and every reason that keeps it shut."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from escplaybook.domain.agreement_dates import current_end, state
from escplaybook.domain.agreements import Agreement, AgreementState
from escplaybook.domain.audit import RULES, Grade, audit
from escplaybook.domain.audit import standing as unwaived
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.coverage import Hole, coverage
from escplaybook.domain.deployments import Deployment, StageDates
from escplaybook.domain.due import Due
from escplaybook.domain.editions import effective_at
from escplaybook.domain.identity import Record
from escplaybook.domain.living_matrix import changes_since
from escplaybook.domain.matrix import Cell, Place, cell_for
from escplaybook.domain.naming import named
from escplaybook.domain.programme import Programme, levels_of, stages_of
from escplaybook.domain.verification import Importance, Reach, reachability, rings

URGENT = {Severity.S1: Importance.S1, Severity.S2: Importance.S2}
"""The severities for which everybody must be there before a stage begins."""

LOOKED_AHEAD = 30
"""Days of coverage that are looked at: the stage's first, or the coming ones if it has begun or has no days."""


class Check(StrEnum):
    """What the gate looks at."""

    EDITION = "edition"
    AUDIT = "audit"
    REACHABLE = "reachable"
    COVERAGE = "coverage"
    AGREEMENTS = "agreements"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that keeps the gate shut, and the record at which it is mended, if it is one.

    `action` and `field` are how, as of a thing that is due.
    """

    check: Check
    what: str
    record: Record | None = None
    action: str = ""
    field: str = ""

    @property
    def due(self) -> Due | None:
        """The reason as a thing to do, which takes a page to the place where it is mended."""
        return None if self.record is None else Due(self.what, None, self.record, self.action, 0, self.field)


@dataclass(frozen=True, slots=True)
class Looked:
    """One check: what was looked at, in words, and what is wrong with it; nothing is if there is no reason."""

    check: Check
    looked_at: str
    reasons: tuple[Reason, ...] = ()

    @property
    def is_fine(self) -> bool:
        """Whether it keeps nobody out."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Gate:
    """The answer for one deployment and stage. `dates` is None where the stage has no days."""

    deployment: Deployment
    stage: str
    dates: StageDates | None
    checks: tuple[Looked, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Everything that keeps it shut, check by check."""
        return tuple(one for looked in self.checks for one in looked.reasons)

    @property
    def is_open(self) -> bool:
        """Whether the deployment may enter."""
        return not self.reasons

    @property
    def through(self) -> date | None:
        """The stage's last day."""
        return None if self.dates is None else self.dates.end

    def is_over(self, today: date) -> bool:
        """Whether the stage lies behind; its gate is asked for by nobody any more."""
        return self.dates is not None and self.dates.end < today


def gate(found: Programme, deployment: Deployment, stage: str, now: datetime) -> Gate:
    """Look at everything that must hold before the deployment enters the stage."""
    return gates(found, deployment, now, (stage,))[0]


def gates(
    found: Programme, deployment: Deployment, now: datetime, stages: Iterable[str] | None = None
) -> tuple[Gate, ...]:
    """The gate before each of these stages, else before each that the deployment has.

    What holds for all of them is looked at once.
    """
    shared = (_edition(found, deployment, now), _audit(found, deployment, now))
    return tuple(
        _gate(found, deployment, stage, now, shared)
        for stage in (stages_of(found, deployment.id) if stages is None else stages)
    )


def _gate(found: Programme, deployment: Deployment, stage: str, now: datetime, shared: tuple[Looked, Looked]) -> Gate:
    dates = next((one for one in deployment.stages if one.stage == stage), None)
    checks = (
        *shared,
        _reachable(found, deployment, stage, now.date()),
        _coverage(found, deployment, stage, dates, now),
        _agreements(found, dates.end if dates is not None else now.date(), now.date()),
    )
    return Gate(deployment, stage, dates, checks)


def _edition(found: Programme, deployment: Deployment, now: datetime) -> Looked:
    edition = effective_at(found.editions, now, deployment.id)
    if edition is None:
        none = Reason(Check.EDITION, "no edition of the matrix is effective")
        return Looked(Check.EDITION, "editions of the matrix", (none,))
    told = named(edition)
    reasons = []
    if not edition.is_reviewed:
        what = f"{told} is effective, and not both sides have reviewed it"
        reasons.append(Reason(Check.EDITION, what, edition, "make a draft and have it signed"))
    everywhere = changes_since(found, now)
    changes = sum(getattr(one.record, "deployment", None) in (None, deployment.id) for one in everywhere)
    if changes:
        count = "1 change" if changes == 1 else f"{changes} changes"
        what = f"{count} by hand since edition {edition.number} that nobody has reviewed"
        reasons.append(Reason(Check.EDITION, what, edition, "make a draft and have it signed"))
    return Looked(Check.EDITION, told, tuple(reasons))


def _audit(found: Programme, deployment: Deployment, now: datetime) -> Looked:
    reasons = tuple(
        Reason(Check.AUDIT, f"{one.rule.id}: {one.what}", one.record, one.due.action, one.due.field)
        for one in unwaived(audit(found, now), Grade.ERROR)
        if getattr(one.record, "deployment", None) in (None, deployment.id)
    )
    return Looked(Check.AUDIT, f"the errors of {len(RULES)} rules", reasons)


def _reachable(found: Programme, deployment: Deployment, stage: str, today: date) -> Looked:
    asked: set[str] = set()
    reasons: list[Reason] = []
    for severity, cell in _cells(found, deployment, stage):
        for person in _people(found, cell):
            if person.id not in asked:  # S1 comes first, and asks for more
                asked.add(person.id)
                reasons += _unreached(person, severity, today)
    people = "1 person" if len(asked) == 1 else f"{len(asked)} people"
    return Looked(Check.REACHABLE, f"{people} named for S1 and S2 at {stage}", tuple(reasons))


def _unreached(person: Contact, severity: Severity, today: date) -> Iterator[Reason]:
    if person.retired is not None:
        yield Reason(Check.REACHABLE, f"{person.name} ({severity}) is no longer in use", person, "name somebody else")
        return
    reached = reachability(person.points, URGENT[severity], today)
    if reached.reach is Reach.NOT:
        what = f"{person.name} ({severity}) cannot be reached: {reached.reason}"
        is_known = any(rings(point) for point in person.points)
        how = ("verify", "") if is_known else ("add a number", "points")
        yield Reason(Check.REACHABLE, what, person, *how)


def _coverage(found: Programme, deployment: Deployment, stage: str, dates: StageDates | None, now: datetime) -> Looked:
    start, days = now, LOOKED_AHEAD
    if dates is not None:
        first, last = max(dates.start, now.date()), dates.end
        start = now if first == now.date() else datetime.combine(first, time(), UTC)
        days = max(1, min(LOOKED_AHEAD, (last - first).days + 1))
    places = [Place(severity, stage, cause, deployment.id) for severity in URGENT for cause in CauseClass]
    squares = coverage(found, start, days, deployment=deployment.id, only=places).squares
    by_cell: dict[tuple[Severity, int, str], list[Hole]] = {}
    for hole in (hole for one in squares for hole in one.holes):
        by_cell.setdefault((hole.place.severity, hole.level, hole.cell.id), []).append(hole)
    reasons = [_hole(holes) for holes in by_cell.values()]
    if not squares:
        reasons = [Reason(Check.COVERAGE, f"the matrix names nobody for S1 and S2 at {stage}")]
    span = "1 day" if days == 1 else f"{days} days"
    looked_at = f"S1 and S2 at {stage}, every hour of {span} from {start:%-d %b %Y}"
    return Looked(Check.COVERAGE, looked_at, tuple(reasons))


def _hole(holes: list[Hole]) -> Reason:
    cell = holes[0].cell
    how = ("name a backup", "backup") if cell.backup is None else ("give somebody those hours", "")
    return Reason(Check.COVERAGE, _hole_words(holes), cell, *how)


def _hole_words(holes: list[Hole]) -> str:
    """One sentence for all the holes of a cell; a cell for both cause classes has each hole twice."""
    first = min(holes, key=lambda hole: hole.start)
    spans = {(hole.start, hole.end) for hole in holes}
    hours = sum((end - start for start, end in spans), timedelta()) // timedelta(hours=1)
    causes = sorted({hole.place.cause_class for hole in holes if hole.place.cause_class is not None})
    where = f"{first.place.severity}{f', {causes[0]}' if len(causes) == 1 else ''}, level {first.level}"
    return f"{where}: nobody answers for {hours} h, the first from {first.start:%d %b %H:%M %Z} ({first.why})"


def _agreements(found: Programme, through: date, today: date) -> Looked:
    vendors = {one.id: one for one in found.vendors if one.retired is None}
    asked = [one for one in found.agreements if one.retired is None and one.vendor in vendors]
    last = max(through, today)
    reasons = tuple(reason for one in asked for reason in _trouble(one, vendors[one.vendor].name, last))
    count = "1 agreement" if len(asked) == 1 else f"{len(asked)} agreements"
    return Looked(Check.AGREEMENTS, f"{count} with vendors, through {last:%-d %b %Y}", reasons)


def _trouble(agreement: Agreement, vendor: str, through: date) -> Iterator[Reason]:
    title = f"{vendor}, {agreement.title or f'{agreement.kind} agreement'}"
    stands = state(agreement, through)
    if stands is AgreementState.UNSIGNED:
        yield Reason(Check.AGREEMENTS, f"{title}: not signed", agreement, "have it signed", "signed")
    elif stands is AgreementState.NOT_BEGUN:
        yield Reason(
            Check.AGREEMENTS, f"{title}: not in force before the stage ends", agreement, "have it begin", "start"
        )
    elif stands is AgreementState.LAPSED and (end := current_end(agreement, through)) is not None:
        told = f"{title}: ends {end:%d %b %Y}, and the stage lasts until {through:%d %b %Y}"
        yield Reason(Check.AGREEMENTS, told, agreement, "renew", "end")


def _cells(found: Programme, deployment: Deployment, stage: str) -> Iterator[tuple[Severity, Cell]]:
    """The cells that hold at the stage for the worst severities, each once."""
    seen: set[str] = set()
    for severity in URGENT:
        for level in levels_of(found):
            for cause in CauseClass:
                cell = cell_for(found.cells, Place(severity, stage, cause, deployment.id), level.rank)
                if cell is not None and not cell.not_escalated and cell.id not in seen:
                    seen.add(cell.id)
                    yield severity, cell


def _people(found: Programme, cell: Cell) -> Iterator[Contact]:
    """Who is named in the cell; in the place of a duty, those who take its turns."""
    for contact in cell.people:
        turns = [
            member
            for rotation in found.rotations
            if rotation.retired is None and rotation.contact == contact
            for shift in rotation.shifts
            for member in shift.members
        ]
        for person in turns or [contact]:
            if person in found.contacts:
                yield found.contacts[person]
