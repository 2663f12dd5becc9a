"""May a deployment enter a stage? The gate before it, and every reason that keeps it shut."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from escplaybook.domain.agreement_dates import current_end, state
from escplaybook.domain.agreements import Agreement, AgreementState
from escplaybook.domain.audit import Grade, audit
from escplaybook.domain.audit import standing as unwaived
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.coverage import Hole, coverage
from escplaybook.domain.deployments import Deployment, StageDates
from escplaybook.domain.editions import effective_at
from escplaybook.domain.identity import Record
from escplaybook.domain.living_matrix import changes_since
from escplaybook.domain.matrix import Cell, Place, cell_for
from escplaybook.domain.naming import named
from escplaybook.domain.programme import Programme, levels_of
from escplaybook.domain.verification import Importance, Reach, reachability

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
    """One thing that keeps the gate shut, and the record at which it is mended, if it is one."""

    check: Check
    what: str
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """The answer for one deployment and stage. `through` is the stage's last day, None where it has no days."""

    deployment: Deployment
    stage: str
    through: date | None
    reasons: tuple[Reason, ...]

    @property
    def is_open(self) -> bool:
        """Whether the deployment may enter."""
        return not self.reasons


def gate(found: Programme, deployment: Deployment, stage: str, now: datetime) -> Gate:
    """Look at everything that must hold before the deployment enters the stage."""
    dates = next((one for one in deployment.stages if one.stage == stage), None)
    reasons = (
        *_edition(found, deployment, now),
        *_audit(found, deployment, now),
        *_reachable(found, deployment, stage, now.date()),
        *_coverage(found, deployment, stage, dates, now),
        *_agreements(found, dates.end if dates is not None else now.date(), now.date()),
    )
    return Gate(deployment, stage, dates.end if dates is not None else None, reasons)


def _edition(found: Programme, deployment: Deployment, now: datetime) -> Iterator[Reason]:
    edition = effective_at(found.editions, now, deployment.id)
    if edition is None:
        yield Reason(Check.EDITION, "no edition of the matrix is effective")
        return
    if not edition.is_reviewed:
        yield Reason(Check.EDITION, f"{named(edition)} is effective, and not both sides have reviewed it", edition)
    everywhere = changes_since(found, now)
    changes = sum(getattr(one.record, "deployment", None) in (None, deployment.id) for one in everywhere)
    if changes:
        told = "1 change" if changes == 1 else f"{changes} changes"
        yield Reason(Check.EDITION, f"{told} by hand since edition {edition.number} that nobody has reviewed", edition)


def _audit(found: Programme, deployment: Deployment, now: datetime) -> Iterator[Reason]:
    for finding in unwaived(audit(found, now), Grade.ERROR):
        if getattr(finding.record, "deployment", None) in (None, deployment.id):
            yield Reason(Check.AUDIT, f"{finding.rule.id}: {finding.what}", finding.record)


def _reachable(found: Programme, deployment: Deployment, stage: str, today: date) -> Iterator[Reason]:
    asked: set[str] = set()
    for severity, cell in _cells(found, deployment, stage):
        for person in _people(found, cell):
            if person.id in asked:
                continue  # S1 comes first, and asks for more
            asked.add(person.id)
            if person.retired is not None:
                yield Reason(Check.REACHABLE, f"{person.name} ({severity}) is no longer in use", person)
                continue
            reached = reachability(person.points, URGENT[severity], today)
            if reached.reach is Reach.NOT:
                what = f"{person.name} ({severity}) cannot be reached: {reached.reason}"
                yield Reason(Check.REACHABLE, what, person)


def _coverage(
    found: Programme, deployment: Deployment, stage: str, dates: StageDates | None, now: datetime
) -> Iterator[Reason]:
    start, days = now, LOOKED_AHEAD
    if dates is not None:
        first, last = max(dates.start, now.date()), dates.end
        start = now if first == now.date() else datetime.combine(first, time(), UTC)
        days = max(1, min(LOOKED_AHEAD, (last - first).days + 1))
    squares = coverage(found, start, days, deployment=deployment.id).squares
    here = [one for one in squares if one.place.stage == stage and one.place.severity in URGENT]
    if not here:
        yield Reason(Check.COVERAGE, f"the matrix names nobody for S1 and S2 at {stage}")
    by_cell: dict[tuple[Severity, int, str], list[Hole]] = {}
    for hole in (hole for one in here for hole in one.holes):
        by_cell.setdefault((hole.place.severity, hole.level, hole.cell.id), []).append(hole)
    for holes in by_cell.values():
        yield Reason(Check.COVERAGE, _hole_words(holes), holes[0].cell)


def _hole_words(holes: list[Hole]) -> str:
    """One sentence for all the holes of a cell; a cell for both cause classes has each hole twice."""
    first = min(holes, key=lambda hole: hole.start)
    spans = {(hole.start, hole.end) for hole in holes}
    hours = sum((end - start for start, end in spans), timedelta()) // timedelta(hours=1)
    causes = sorted({hole.place.cause_class for hole in holes if hole.place.cause_class is not None})
    where = f"{first.place.severity}{f', {causes[0]}' if len(causes) == 1 else ''}, level {first.level}"
    return f"{where}: nobody answers for {hours} h, the first from {first.start:%d %b %H:%M %Z} ({first.why})"


def _agreements(found: Programme, through: date, today: date) -> Iterator[Reason]:
    vendors = {one.id: one for one in found.vendors if one.retired is None}
    for agreement in found.agreements:
        if agreement.retired is None and agreement.vendor in vendors:
            told = _trouble(agreement, max(through, today))
            if told:
                yield Reason(Check.AGREEMENTS, f"{vendors[agreement.vendor].name}, {told}", agreement)


def _trouble(agreement: Agreement, through: date) -> str:
    title = agreement.title or f"{agreement.kind} agreement"
    stands = state(agreement, through)
    if stands is AgreementState.UNSIGNED:
        return f"{title}: not signed"
    if stands is AgreementState.NOT_BEGUN:
        return f"{title}: not in force before the stage ends"
    if stands is AgreementState.LAPSED:
        end = current_end(agreement, through)
        return f"{title}: ends {end:%d %b %Y}, and the stage lasts until {through:%d %b %Y}" if end else ""
    return ""


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
