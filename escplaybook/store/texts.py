"""What can be found of mentors' notes, vendors, agreements, deployments, the matrix and blockers."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from escplaybook.domain.agreements import Agreement
from escplaybook.domain.annotations import Annotation
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.contacts import ContactPoint, Privacy
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.identity import Record
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.vendors import Vendor


@dataclass(frozen=True, slots=True)
class Text:
    """A record's texts by the columns of the full-text table, its tags, and the facets it has."""

    title: str
    symptoms: str = ""
    remedy: str = ""
    rest: str = ""
    tags: tuple[str, ...] = ()
    facets: dict[str, str] = field(default_factory=dict)


def text_of(record: Record) -> Text:
    """What can be found of a record of any kind but entries and contacts."""
    match record:
        case Annotation():
            title = f"{record.kind.capitalize()}: {record.quote}"
            return Text(title, record.text, record.applies_when, record.author, (record.kind,))
        case Vendor():
            return _vendor(record)
        case Agreement():
            return _agreement(record)
        case Deployment():
            stages = " ".join(stage.stage for stage in record.stages)
            return Text(record.name, record.customer, stages, record.notes)
        case SeverityDefinition():
            examples = "\n".join(record.examples)
            title = f"{record.severity} {record.name}"
            return Text(
                title, record.criteria, examples, "\n".join(record.intake), facets={"severity": record.severity}
            )
        case Level():
            return Text(record.name, record.purpose)
        case Cell():
            facets = {"severity": record.severity, "stage": record.stage, "cause_class": record.cause_class or ""}
            title = " ".join(part for part in (record.severity, record.stage, f"level {record.level}") if part)
            return Text(title, record.outcome, record.entry_criterion, record.channel, facets=facets)
        case DecisionRight():
            facets = {"severity": record.severity or "", "stage": record.stage}
            return Text(record.decision, record.threshold, record.evidence, facets=facets)
        case Blocker():
            return _blocker(record)
    raise TypeError(f"{type(record).__name__} has no search entry")


def printable(points: Iterable[ContactPoint]) -> str:
    """The numbers and addresses that search may show: private ones stay out of it."""
    return " ".join(point.value for point in points if point.privacy is not Privacy.PRIVATE)


def _vendor(vendor: Vendor) -> Text:
    levels = "\n".join(f"{level.name} {printable(level.points)}" for level in vendor.levels)
    numbers = "\n".join(f"{number.number} {number.covers}" for number in vendor.entitlements)
    words = " ".join(name.theirs for name in vendor.severity_names)
    rest = "\n".join((vendor.portal, words, vendor.notes))
    return Text(vendor.name, vendor.how_to_get_through, f"{numbers}\n{levels}", rest, (*vendor.systems, *vendor.tags))


def _agreement(agreement: Agreement) -> Text:
    title = agreement.title or f"{agreement.kind} agreement"
    terms = "\n".join((agreement.cap, agreement.carve_outs, agreement.notice_address))
    return Text(title, agreement.scope, terms, agreement.notes, (agreement.kind, agreement.form or ""))


def _blocker(blocker: Blocker) -> Text:
    facets = {
        "severity": blocker.severity,
        "stage": blocker.stage,
        "system": blocker.system,
        "data_domain": blocker.data_domain,
        "cause_class": blocker.cause_class,
        "state": blocker.state,
    }
    rest = "\n".join((blocker.milestone, blocker.dependencies, blocker.risk))
    tags = (*(reference.key for reference in blocker.references), *blocker.tags)
    remedy = "\n".join((blocker.options, blocker.resolution))
    return Text(blocker.title, blocker.context, remedy, rest, tags, facets)
