"""Forms filled in by hand, keyed in by the numbers of their boxes: a blocker raised, an update given, a tree called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from escplaybook.domain.blockers import Blocker, Reference
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import zone_named
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord, NotFound, PlaybookError
from escplaybook.domain.form_kinds import ANY, CALL_TREE, CODES, IMPACT, INTAKE, MORE, UPDATE, UPDATE_TEXTS
from escplaybook.domain.forms import Asked, Box, Form, answers_in, chosen, form_named_in, moment_in, number_in
from escplaybook.domain.identity import new_id
from escplaybook.domain.impact import QUESTIONS, Impact, Verdict, is_answered, thresholds_of, verdict
from escplaybook.services import blocking, call_lists, editing, triggering
from escplaybook.services.call_lists import Keyed
from escplaybook.services.calling import only_deployment
from escplaybook.services.publishing_matrix import contact_called
from escplaybook.services.sheets.forms import intake_of, update_of
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.memory import Memory
from escplaybook.store.programme import programme

UPDATED = "update given"
"""The fact that an update was given; triggers can ask how long ago."""

CALLED = "called in a call tree"
"""How a number was proved that somebody was reached by in a call tree."""

Answers = Mapping[int, str]
"""What was written in each box, by its number; empty boxes may be left out."""


_TOLD, _LONGEST = 10, 300
"""How many faults of a form are told at once, and how many characters of each."""


class Unkeyed(PlaybookError):
    """Some boxes cannot be read, or what they say cannot be; nothing was stored. `boxes` says which and why."""

    def __init__(self, boxes: list[tuple[int, str]], lines: Iterable[tuple[int, str]] = ()) -> None:
        self.boxes = tuple(boxes)
        told = [f"Line {line}: {why}" for line, why in lines] + [f"Box {number}: {why}" for number, why in boxes]
        more = f" And {len(told) - _TOLD} more." if len(told) > _TOLD else ""
        short = (one if len(one) <= _LONGEST else one[:_LONGEST] + "…" for one in told[:_TOLD])
        super().__init__(f"Nothing was stored; mend this and key it in again. {' '.join(short)}{more}")


@dataclass(frozen=True, slots=True)
class KeyedForm:
    """What came of a form: the blocker as stored, or the results of a call tree."""

    kind: str
    blocker: Blocker | None = None
    results: Keyed | None = None


def key_in(
    book: Book, memory: Memory, text: str, now: datetime, *, deployment: str | None = None, author: str | None = None
) -> KeyedForm:
    """Store what a form's file says; its first line names the form: `form IN-S1-7C2F`.

    `deployment` is a key, for an intake that names none. Raises Unkeyed if a box cannot be read, NotFound if the form
    is none that this book prints now.
    """
    named = form_named_in(text)
    if named.startswith(f"{CODES[CALL_TREE]}-"):
        lines = "\n".join("" if form_named_in(line) else line for line in text.splitlines())
        return KeyedForm(CALL_TREE, results=key_in_calls(book, memory, lines, now, author=author))
    form = form_of(book, named)
    answers, unread = answers_in(form, text)
    if unread:
        raise Unkeyed([], unread)
    return KeyedForm(form.kind, store(book, form, answers, now, deployment=deployment, author=author))


def key_in_calls(book: Book, memory: Memory, text: str, now: datetime, *, author: str | None = None) -> Keyed:
    """Write down what came of the numbers of a call tree, a line each, as `call_lists.key_in` reads them."""
    return call_lists.key_in(book, memory, text, now, how=CALLED, author=author or "")


def form_of(book: Book, named: str) -> Form:
    """The form with that id, as this book prints it. Raises NotFound if it prints none such."""
    if not named:
        raise NotFound("The first line must name the form, like “form IN-S1-7C2F”; nothing was stored.")
    found, code = programme(book), named.rpartition("-")[0]
    forms = {CODES[UPDATE]: update_of(found, None)}
    for severity in (None, *Severity):
        forms["-".join((CODES[INTAKE], severity or ANY))] = intake_of(found, severity, None, "")
    if code not in forms:
        raise NotFound(f"No form here is called {named}; nothing was stored. Its id stands at the top of the paper.")
    form = forms[code]
    if form.id != named:
        raise NotFound(
            f"{named} asked for other things than {form.id}, which this book prints now, so its numbers may mean "
            "others; nothing was stored. Print it again, and see which box is which."
        )
    return form


def store(
    book: Book,
    form: Form,
    answers: Answers,
    now: datetime,
    *,
    deployment: str | None = None,
    author: str | None = None,
) -> Blocker:
    """Store what was written in the boxes; returns the blocker as it is now. Raises Unkeyed as `key_in` does."""
    read = _Read(form, answers)
    if form.kind == INTAKE:
        return _raise(book, read, now, deployment, author)
    return _update(book, read, now, author)


def judged(book: Book, form: Form, answers: Answers, now: datetime) -> Verdict | None:
    """The severity that the answers of an intake give so far; None if none of them can be read."""
    read, found = _Read(form, answers), programme(book)
    impact = _impact(read, now)
    if impact is None:
        return None
    return verdict(impact, read.line("stage"), thresholds_of(found.severities))


class _Read:
    """The boxes of a form by the name of their field, and what is wrong with them so far."""

    def __init__(self, form: Form, answers: Answers) -> None:
        self.boxes = {box.name: box for box in form.boxes}
        self.wrong: list[tuple[int, str]] = []
        self._said = {box.name: answers.get(box.number, "").strip() for box in form.boxes}

    def text(self, name: str) -> str:
        """What stands in the box."""
        return self._said[name]

    def line(self, name: str) -> str:
        """The same as one line."""
        return " ".join(self._said[name].split())

    def value(self, name: str, zone: str, now: datetime) -> Any:
        """What is meant: an instant, a number, a value of the answers; None if the box is empty or cannot be read."""
        box, said = self.boxes[name], self._said[name]
        if not said:
            return None
        try:
            return _meant(box, said, zone, now)
        except InvalidRecord as error:
            self.object(name, str(error))
        return None

    def object(self, name: str, why: str) -> None:
        """Note what is wrong with a box."""
        self.wrong.append((self.boxes[name].number, why))

    def stop(self) -> None:
        """Raise Unkeyed if anything is wrong."""
        if self.wrong:
            raise Unkeyed(sorted(self.wrong))


def _meant(box: Box, said: str, zone: str, now: datetime) -> Any:
    match box.asked:
        case Asked.MOMENT | Asked.PROMISE:
            return moment_in(said, zone, now, ahead=box.asked is Asked.PROMISE)
        case Asked.NUMBER:
            return number_in(said)
        case Asked.CHOICE:
            return chosen(box, said)[0].value
        case Asked.TICKS:
            return tuple(one.value for one in chosen(box, said))
    return said


def _raise(book: Book, read: _Read, now: datetime, named: str | None, author: str | None) -> Blocker:
    deployment = _deployment(book, read, named)
    zone = deployment.zone if deployment is not None else "UTC"
    observed = read.value("observed", zone, now) or now
    stage = read.line("stage")
    if not stage and deployment is not None:
        stage = stage_on(deployment, observed.astimezone(zone_named(zone)).date())
    impact = _impact(read, now)
    severity = read.value("severity", zone, now)
    if severity is None and impact is None:
        read.object("severity", "Tick it, or answer what the impact is.")
    if not read.line("title"):
        read.object("title", "Say in one line what is blocked.")
    times = {name: read.value(name, zone, now) for name in ("notified", "taken_at")}
    for name, instant in times.items():
        if instant is not None and instant < observed:
            read.object(name, "That was before it was seen.")
    cause, _, sub_class = (read.value("cause_class", zone, now) or "").partition(" ")
    taker = _contact(book, read, "taken_by")
    read.stop()
    limits = thresholds_of(programme(book).severities)
    texts: dict[str, Any] = {name: read.line(name) for name in ("system", "data_domain", "milestone")}
    texts |= {name: read.text(name) for name in ("dependencies", "options", "risk")}
    taken = times["taken_at"] or (now if taker else None)
    blocker = Blocker(
        id=new_id(now),
        title=read.line("title"),
        severity=Severity(severity) if severity else verdict(impact or Impact(), stage, limits).severity,
        observed=observed,
        created=now,
        updated=now,
        deployment=deployment.id if deployment is not None else None,
        stage=stage,
        cause_class=CauseClass(cause or CauseClass.INTERNAL),
        sub_class=sub_class,
        context=_context(read),
        notified=times["notified"],
        acknowledged=taken,
        acknowledged_by=taker,
        owner=taker,
        references=tuple(Reference(key) for key in read.line("ticket").replace(",", " ").split()),
        impact=impact,
        **texts,
    )
    try:
        return blocking.raise_blocker(book, blocker, now, author=author)
    except InvalidRecord as error:  # another severity than the impact gives, and no reason
        raise Unkeyed([(read.boxes["overruled"].number, str(error))]) from error


def _deployment(book: Book, read: _Read, named: str | None) -> Deployment | None:
    """The deployment in the box, by key, by name, or by both as it is printed there; else the one that is named."""
    said = read.line("deployment")
    for one in programme(book).deployments:
        if said and said.casefold() in (one.key.casefold(), one.name.casefold(), f"{one.key} {one.name}".casefold()):
            return one
    try:
        return only_deployment(book, said or named)
    except NotFound as error:
        read.object("deployment", str(error))
    return None


def _impact(read: _Read, now: datetime) -> Impact | None:
    typed: dict[str, Any] = {}
    for question in QUESTIONS:
        said = read.value(f"{IMPACT}{question.name}", "UTC", now)
        typed[question.name] = next((value for value, _ in question.answers if value == said), said)
    try:
        impact = Impact(**typed, overruled=read.line("overruled"))
    except InvalidRecord as error:
        read.object(f"{IMPACT}users", str(error))
        return None
    return impact if is_answered(impact) else None


def _contact(book: Book, read: _Read, name: str) -> str | None:
    if not read.line(name):
        return None
    try:
        return contact_called(book, read.line(name)).id
    except NotFound as error:
        read.object(name, str(error))
    return None


def _context(read: _Read) -> str:
    """The context with what a severity asks for besides, and who wrote it down."""
    parts = [read.text("context")]
    parts += [
        f"**{box.label}**\n\n{read.text(name)}"
        for name, box in read.boxes.items()
        if name.startswith(MORE) and read.text(name)
    ]
    if read.line("reporter"):
        parts.append(f"Intake form filled in by {read.line('reporter')}.")
    return "\n\n".join(filter(None, parts))


def _update(book: Book, read: _Read, now: datetime, author: str | None) -> Blocker:
    """Write the update into the blocker's context, where the book keeps what is said of one, and note that it was."""
    blocker = _blocker(book, read)
    where = records.find(book, Deployment, blocker.deployment) if blocker and blocker.deployment else None
    zone = where.zone if where is not None else "UTC"
    at = read.value("at", zone, now) or now
    if blocker is not None and at < blocker.observed:
        read.object("at", "That was before the blocker was seen.")
    audience = read.value("audience", zone, now) or ()
    promised = read.value("next", zone, now)
    if not any(read.text(name) for name in UPDATE_TEXTS):
        read.object(UPDATE_TEXTS[0], "Say at least in one box how it stands.")
    read.stop()
    assert blocker is not None  # else the first box is wrong
    head = f"Update of {_told(at, zone)}" + (f", for {' and '.join(audience)}" if audience else "")
    lines = [f"{read.boxes[name].label}: {read.line(name)}" for name in UPDATE_TEXTS if read.text(name)]
    if promised is not None:
        lines.append(f"{read.boxes['next'].label}: {_told(promised, zone)}")
    if read.line("by"):
        lines.append(f"{read.boxes['by'].label} {read.line('by')}")
    text = "\n".join((f"**{head}**", "", *(f"- {line}" for line in lines)))
    fact = triggering.fact_of(book, blocker, now, UPDATED, "yes", at)
    context = "\n\n".join(filter(None, (blocker.context.rstrip(), text)))
    after = replace(blocker, context=context, facts=(*blocker.facts, fact), updated=now)
    edit = Edit(blocker, after)
    (stored,) = editing.apply(book, f"Key in an update on {blocker.key}", edit, now=now, author=author)
    assert isinstance(stored.after, Blocker)
    return stored.after


def _blocker(book: Book, read: _Read) -> Blocker | None:
    """The blocker whose key stands in the box, alone or before its title as it is printed there."""
    key, *_ = [*read.line("blocker").split(), ""]
    if not key:
        read.object("blocker", "Say which blocker, by its key.")
        return None
    try:
        found = records.by_key(book, key)
    except NotFound as error:
        read.object("blocker", str(error))
        return None
    if not isinstance(found, Blocker):
        read.object("blocker", f"{found.key} is not a blocker.")
        return None
    return found


def _told(instant: datetime, zone: str) -> str:
    local = instant.astimezone(zone_named(zone))
    return f"{local.day} {_MONTHS[local.month - 1]} {local:%Y, %H:%M} ({zone.replace('_', ' ')})"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
