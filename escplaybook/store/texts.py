"""What can be found of each kind of record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreements import Agreement
from escplaybook.domain.annotations import Annotation
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.causes import SubClass
from escplaybook.domain.confidence import state_of
from escplaybook.domain.contacts import Contact, ContactPoint, Privacy
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.editions import Edition, MatrixReview
from escplaybook.domain.identity import Record
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.queues import lasting_queues_of, reviewed
from escplaybook.domain.readings import Reading, ReadingQuestion
from escplaybook.domain.rotations import Rotation
from escplaybook.domain.suggestions import Suggestion
from escplaybook.domain.triggers import Trigger, condition_words
from escplaybook.domain.uses import Use
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.waivers import Waiver

AUTHORS = frozenset({"author", "authors", "reporter", "owner", "created_by"})
"""What sources call whoever wrote a known blocker down."""


@dataclass(frozen=True, slots=True)
class Text:
    """A record's texts by the columns of the full-text tables, in Markdown, and the facets it has.

    `words` stand beside the tags in their column. `codes` are found exactly as they are written, before all else.
    `flags` name what the record has (`has:workaround`), `queues` what it waits in; `reviewed` is when somebody last
    looked at it closely, which tells whether it is stale. `names` are the words by which an operator finds it besides
    its facets (`team:`, `author:`), each whole and word by word.
    """

    title: str
    symptoms: str = ""
    remedy: str = ""
    rest: str = ""
    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    facets: dict[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    reviewed: datetime | None = None
    names: tuple[tuple[str, str], ...] = ()


def text_of(record: Record, uses: Sequence[Use] = (), *, is_noted: bool = False) -> Text:
    """What can be found of a record; of an entry, given its uses and whether it has a note in use."""
    match record:
        case Entry():
            return _entry(record, uses, is_noted)
        case Use():
            return _use(record)
        case Contact():
            return _contact(record)
        case Annotation():
            return _annotation(record)
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
        case BlockerDefinition():
            examples = "\n".join((*record.counts, *record.does_not_count))
            return Text("What a blocker is", record.text, examples, "\n".join(record.kinds))
        case SubClass():
            return Text(
                record.name, record.meaning, record.counterpart, facets={"cause_class": str(record.cause_class)}
            )
        case Cell():
            facets = {"severity": record.severity, "stage": record.stage, "cause_class": record.cause_class or ""}
            title = " ".join(part for part in (record.severity, record.stage, f"level {record.level}") if part)
            return Text(title, record.outcome, record.entry_criterion, record.channel, facets=facets)
        case DecisionRight():
            facets = {"severity": record.severity or "", "stage": record.stage}
            return Text(record.decision, record.threshold, record.evidence, facets=facets)
        case Trigger():
            facets = {"severity": record.severity or "", "stage": record.stage}
            return Text(record.name, condition_words(record), rest=record.observer, facets=facets)
        case Edition():
            return Text(f"Edition {record.number} of the matrix", record.title)
        case MatrixReview():
            return Text(f"Weekly review of the matrix, {record.at:%-d %b %Y}", record.note)
        case Blocker():
            return _blocker(record)
        case Absence():
            days = f"{record.start:%-d %b %Y} – {record.end:%-d %b %Y}"
            return Text(f"Absence {days}")  # why somebody is away is nobody's to search for
        case Rotation():
            return Text(record.name, rest=record.notes)
        case PointOfContact():
            return Text(record.group, record.channel, rest=record.notes)
        case Question():
            return _question(record)
        case Suggestion():
            return _suggestion(record)
        case Reading():
            return _reading(record)
        case ReadingQuestion():
            tags = ("answered" if record.answered else "open",)
            return Text(
                record.text, record.quote, record.answer, record.asked_by, tags, names=(("author", record.asked_by),)
            )
        case Waiver():
            return Text(
                f"{record.rule}: {record.reason}", record.by, tags=(record.rule,), names=(("author", record.by),)
            )
    raise TypeError(f"{type(record).__name__} has no search entry")


def _entry(entry: Entry, uses: Sequence[Use], is_noted: bool) -> Text:
    steps = (part for step in entry.steps for part in (step.action, step.precondition, step.expected, step.rollback))
    sections = (f"{section.heading}\n{section.text}" for section in entry.rest)
    labels = (link.label for link in entry.links)
    names = (attachment.name for attachment in entry.attachments)
    rest = (entry.impact, entry.environment, entry.reproduction, entry.diagnosis, entry.verification, entry.prevention)
    known = {"workaround": entry.workaround, "remedy": entry.remedy or entry.steps, "note": is_noted}
    known |= {"use": any(use.retired is None for use in uses), "attachment": bool(entry.attachments)}
    return Text(
        entry.title,
        symptoms="\n".join((entry.summary, entry.symptoms)),
        remedy="\n".join((entry.cause, entry.remedy, *steps, entry.workaround)),
        rest="\n".join((*rest, *sections, *labels, *names)),
        tags=entry.tags,
        words=entry.error_codes,
        codes=entry.error_codes,
        facets={
            "severity": entry.severity or "",
            "stage": entry.stage,
            "system": entry.system,
            "data_domain": entry.data_domain,
            "cause_class": entry.cause_class or "",
            "vendor": entry.vendor,
            "state": entry.origin.state if entry.origin else "",
            "confidence": state_of(entry, uses),
        },
        flags=tuple(name for name, holds in known.items() if holds),
        queues=lasting_queues_of(entry, uses),
        reviewed=reviewed(entry, uses),
        names=tuple(("author", said) for name, said in (entry.origin.extra if entry.origin else ()) if name in AUTHORS),
    )


def _annotation(note: Annotation) -> Text:
    answers = "\n".join(answer.text for answer in note.answers)
    people = " ".join((note.author, *(one.by for one in note.endorsements), *(one.by for one in note.answers)))
    rest = "\n".join(filter(None, (answers, people)))
    title = f"{note.kind.capitalize()}: {note.quote}"
    return Text(title, note.text, note.applies_when, rest, (note.kind,), names=(("author", note.author),))


def _use(use: Use) -> Text:
    evidence = "\n".join(f"{tick.action}\n{tick.evidence}" for tick in use.ticks)
    title = f"{use.outcome.capitalize()}, {use.by}"
    return Text(
        title,
        use.note,
        use.environment,
        evidence,
        (use.outcome,),
        facets={"state": use.outcome},
        names=(("author", use.by),),
    )


def _question(question: Question) -> Text:
    tags = ("answered" if question.answered else "open",)
    names = (("author", question.asked_by),)
    return Text(question.text, question.asked_by, question.answer, tags=tags, names=names)


def _suggestion(wish: Suggestion) -> Text:
    names = (("author", wish.author),)
    return Text(wish.text, wish.author, wish.answer, tags=(wish.side, wish.outcome), names=names)


def _reading(reading: Reading) -> Text:
    state = "signed off" if reading.signed_off else "read" if reading.finished else "being read"
    people = " ".join(filter(None, (reading.reader, reading.mentor, reading.signed_off_by)))
    return Text(
        f"{reading.reader}: {reading.title or reading.playbook}",
        people,
        facets={"state": state},
        names=(("author", reading.reader),),
    )


def _contact(contact: Contact) -> Text:
    return Text(
        contact.name,
        symptoms=" ".join((contact.role, contact.organisation, contact.team)).strip(),
        remedy=printable(contact.points),
        rest=contact.notes,
        tags=contact.tags,
        words=(contact.zone,),
        codes=tuple(point.value for point in contact.points if point.privacy is not Privacy.PRIVATE),
        flags=tuple(name for name, holds in (("deputy", contact.deputy), ("photo", contact.photo)) if holds),
        names=(("team", contact.team), ("zone", contact.zone)),
    )


def printable(points: Iterable[ContactPoint]) -> str:
    """The numbers and addresses that search may show: private ones stay out of it."""
    return " ".join(point.value for point in points if point.privacy is not Privacy.PRIVATE)


def _vendor(vendor: Vendor) -> Text:
    levels = "\n".join(f"{level.name} {printable(level.points)}" for level in vendor.levels)
    numbers = "\n".join(f"{number.number} {number.covers}" for number in vendor.entitlements)
    words = " ".join(name.theirs for name in vendor.severity_names)
    rest = "\n".join((vendor.portal, words, vendor.notes))
    return Text(
        vendor.name, vendor.how_to_get_through, f"{numbers}\n{levels}", rest, tags=(*vendor.systems, *vendor.tags)
    )


def _agreement(agreement: Agreement) -> Text:
    title = agreement.title or f"{agreement.kind} agreement"
    terms = "\n".join((agreement.cap, agreement.carve_outs, agreement.duty_to_defend, agreement.notice_address))
    people = "\n".join((*agreement.parties, *agreement.signatories, agreement.insurance, agreement.notes))
    return Text(title, agreement.scope, terms, people, tags=(agreement.kind, agreement.form or ""))


def _blocker(blocker: Blocker) -> Text:
    facets = {
        "severity": blocker.severity,
        "stage": blocker.stage,
        "system": blocker.system,
        "data_domain": blocker.data_domain,
        "cause_class": blocker.cause_class,
        "state": blocker.state,
    }
    facts = dict.fromkeys(fact.name for fact in blocker.facts)
    rest = "\n".join((blocker.milestone, blocker.dependencies, blocker.risk, *facts))
    tags = (*(reference.key for reference in blocker.references), *blocker.tags)
    remedy = "\n".join((blocker.options, blocker.resolution))
    words = (blocker.sub_class,) if blocker.sub_class else ()
    return Text(blocker.title, blocker.context, remedy, rest, tags=tags, words=words, facets=facets)
