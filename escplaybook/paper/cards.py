"""Pocket cards: what stands on them, in the order in which somebody at 03:00 needs it."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from escplaybook.domain.agreement_dates import current_end, state
from escplaybook.domain.agreements import Agreement, AgreementState
from escplaybook.domain.cards import URGENT, Call, Card, Common, Due, Ladder, Step, first_number
from escplaybook.domain.classification import MARKS, CauseClass, Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy, zone_named
from escplaybook.domain.durations import format_span
from escplaybook.domain.hours import hours_words
from escplaybook.domain.matrix import DecisionRight
from escplaybook.domain.overview import number_on_paper
from escplaybook.domain.vendors import Vendor, hours_of
from escplaybook.domain.verification import Importance
from escplaybook.paper import flow
from escplaybook.paper.cards_faces import Say, Section
from escplaybook.paper.lines import BLACK, BOLD, LINE, PLAIN, QUIET, Span
from escplaybook.paper.page import day
from escplaybook.paper.proofs import proof, written
from escplaybook.paper.qr import MODULE, QUIET_ZONE, call_code, person_code
from escplaybook.paper.rows import Row
from escplaybook.paper.text import Block, Style, Text, draw_rule
from escplaybook.prose.entries import render

TEXT, NAME, NUMBER, HEADING = 8.5, 9.5, 10.5, 10.0
"""The sizes in points before anything is shrunk."""

_BOOK = "in the book"
_INDENT = 11.0
_BLANK = "________"
_LONG_CLOCK = timedelta(hours=100)
_NOTE_LINE = 17.0
_CODE_ROOM, _SMALL_CODE = 66.0, 56.0
"""The widest code in points, and the widest where room is short: a name and a number need no more."""

_CAUSES = {None: "", CauseClass.INTERNAL: "Internal causes: ", CauseClass.EXTERNAL: "External causes: "}


@dataclass
class Setting:
    """The sections of a card in one size of type; `at` is when it is printed.

    A `tight` one says less of what is also elsewhere, and a `bare` one gives everybody to call one line.
    """

    card: Card
    width: float
    scale: float
    at: datetime
    tight: bool = False
    bare: bool = False
    told: set[str] = field(default_factory=set)
    """Whose hours and proof stand on the card already, so that they are not said again."""

    @property
    def common(self) -> Common:
        """What the card has in common with the others."""
        return self.card.common

    def sections(self) -> tuple[list[Section], Say]:
        """Everything, in the order of reading, and how to remark on what has no room."""
        self.told.clear()
        made = (
            *self._ladders(),
            self._say_first(),
            self._decides(),
            self._asks(),
            self._when_down(),
            self._outsiders(),
            self._codes(),
            self._vendors(),
            self._updates(),
            self._standing_in(),
            self._notes(),
        )
        return [section for section in made if section is not None], self._remark

    # Whom to call

    def _ladders(self) -> Iterator[Section]:
        """The ladders. Of a second one the steps that say what the first says are told in a line."""
        first: Ladder | None = None
        for ladder in self.common.ladders:
            known = {step.level.rank: step for step in first.steps} if first else {}
            items = []
            for step in ladder.steps:
                before = known.get(step.level.rank)
                is_same = before is not None and (before.calls, before.dues) == (step.calls, step.dues)
                items.append(self._same_step(step) if is_same else self._step(step))
            title = f"Call: {ladder.cause_class} causes" if ladder.cause_class else "Call, in this order"
            legend = "at → answered by · ✓ verified" if self.bare else "call at → answered by, h:mm"
            yield self._section(title, items, 0, keeps=len(items), units=("level", "levels"), beside=legend)
            first = ladder

    def _same_step(self, step: Step) -> Row:
        spans = [(f"{step.level.rank}  {step.level.name}", BOLD), ("  as for internal causes", QUIET)]
        return self._item([self._set(spans)])

    def _step(self, step: Step) -> Row:
        times = self._set([(" ".join(_due_words(due) for due in step.dues), PLAIN)])
        level = [(f"{step.level.rank}  {step.level.name}", BOLD)]
        blocks: list[Block] = [*self._beside(level, times)]
        if not step.calls:
            blocks.append(self._set([("nobody is named: call the next level at once", BOLD)], indent=_INDENT))
        every = tuple(due.severity for due in step.dues)
        for call in step.calls:
            blocks += self._call(call, every)
        if step.alone and step.calls:
            whose = "" if step.alone == every else f"{_marked(step.alone)} "
            blocks.append(self._set([(f"{whose}no backup: then the next level at once", PLAIN)], indent=_INDENT))
        return self._item(blocks, above=1.2, below=1.6)

    def _call(self, call: Call, every: Sequence[Severity]) -> Iterator[Block]:
        """A person, at the right the number and below it its proof; at the left when they can be reached."""
        before: list[Span] = []
        if call.severities != tuple(every):
            before.append((f"{_marked(call.severities)} ", PLAIN))
        if call.is_backup:
            before.append(("else ", QUIET))
        name: Span = (call.person.name, PLAIN if call.is_backup else BOLD)
        if call.person == self.card.holder.person:
            yield self._set([*before, name, ("  that is you", QUIET)], NAME, indent=_INDENT)
            return
        yield from self._person([*before, name], call.person, NAME if not call.is_backup else TEXT)

    def _person(
        self, name: Sequence[Span], person: Contact, size: float, *, indent: float = _INDENT
    ) -> Iterator[Block]:
        """A name and a number; the first time also when they can be reached and how far the number is believed."""
        point, today = number_on_paper(person), self.at.date()
        is_known = person.id in self.told
        self.told.add(person.id)
        number: Span = written(point) if point else ("no number for paper", BOLD)
        told = proof(point, self.common.importance_of(person), today) if point else ("", QUIET)
        if self.bare:
            told = _short(told)
        right = [self._set([number], NUMBER if size == NAME and point else TEXT, right=True)]
        if is_known:
            yield from self._columns([self._set(name, size)], right, indent=indent)
            return
        hours = f"{_hours(person.hours)} {_city(person.zone)}" if person.hours and not self.bare else ""
        beside = self._set([*name, (f"  {told[0]}", told[1]._replace(scale=TEXT / size))], size)
        if not hours and (self.bare or beside.widest()[1] <= self.width - right[0].widest()[1] - indent - 6):
            yield from self._columns([beside], right, indent=indent)
        else:
            left = [self._set(name, size), self._set([(hours, QUIET)])]
            yield from self._columns(left, [*right, self._set([told], right=True)], indent=indent)
        for line in self.common.duty.lines.get(person.id, ()):
            yield self._set([(line, QUIET)], indent=indent)

    # What to say, what to decide

    def _say_first(self) -> Section:
        where = ", ".join(filter(None, (self.common.stage, self._place())))
        severities = "/".join(f"{MARKS[severity]}\xa0{severity}" for severity in URGENT)
        shape = f"“{severities}, {where}. {_BLANK} stands still since\xa0{_BLANK}. I need {_BLANK} by\xa0{_BLANK}.”"
        return self._section(
            "Say first", [self._item([self._set([(shape, PLAIN)])])], 1, units=("sentence", "sentences"), where=_BOOK
        )

    def _decides(self) -> Section:
        held = self.card.holder.people
        items = [self._right(right, held) for right in self.card.decides]
        if not items:
            items = [self._item([self._set([("Nothing. Call, and say what you need decided.", PLAIN)])])]
        return self._section("You may decide", items, 2, keeps=2, units=("right you have", "rights you have"))

    def _right(self, right: DecisionRight, held: Sequence[Contact]) -> Row:
        first = self.common.person(right.decider)
        spans: list[Span] = [(right.decision, BOLD), *_limits(right)]
        if first is not None and first not in held:
            spans.append((f", if {first.name} cannot", PLAIN))
        elif first is not None and len(held) > 1:
            spans.append((f": {first.name}", PLAIN))
        return self._item([self._set(spans)], rule=0, below=0.5)

    def _asks(self) -> Section | None:
        """What others decide, those with the same words in one item."""
        items = []
        for decision, rights in itertools.groupby(
            sorted(self.card.asks, key=_decision_first(self.card.asks)), key=lambda right: right.decision
        ):
            spans: list[Span] = [(decision, PLAIN)]
            for number, right in enumerate(rights):
                spans += [("; or" if number else "", PLAIN), *_limits(right), (": ", PLAIN)]
                people = [self.common.person(one) for one in (right.decider, right.alternate)]
                names = [person.name for person in people if person is not None][: 1 if self.tight else 2]
                spans.append((", else\xa0".join(names) if names else "nobody", BOLD))
            items.append(self._item([self._set(spans)], rule=0, below=0.5))
        return (
            self._section("You may not decide; ask", items, 4, keeps=2, units=("right of others", "rights of others"))
            if items
            else None
        )

    # When nothing else works

    def _when_down(self) -> Section | None:
        items = []
        for point, person in self.common.bridges:
            spans: list[Span] = [("Bridge ", PLAIN), written(point), (f" {point.label}", PLAIN)]
            told = proof(point, self.common.importance_of(person), self.at.date())
            items.append(self._item([self._set([*spans, ("  ", PLAIN), told, (f"  code {_BLANK}", PLAIN)])], rule=0))
        speakers = [person for person in self.common.speakers if number_on_paper(person) is not None]
        for speaker in speakers[:1]:
            number = number_on_paper(speaker)
            assert number is not None
            fallback: list[Span] = [("Fallback ", PLAIN), (f"{speaker.name} ", BOLD), written(number)]
            items.append(self._item([self._set(fallback)], rule=0))
        items += [
            self._item([self._set([(f"{_marked([one.severity])} ", BOLD), *flow.spans(render(one.channels))])], rule=0)
            for one in self.common.definitions
            if one.channels.strip()
        ]
        items.append(self._item([self._set([(f"We meet at {_BLANK}{_BLANK}", PLAIN)])], rule=0))
        return self._section(
            "If chat and e-mail are down", items, 3, keeps=2, units=("way to meet", "ways to meet"), where=_BOOK
        )

    def _outsiders(self) -> Section | None:
        if self.common.deployment is None:
            return None
        items = []
        for number, person in enumerate(self.common.speakers):
            name: list[Span] = [("when away ", QUIET)] if number else []
            ink = PLAIN if number else BOLD
            items.append(
                self._item([*self._person([*name, (person.name, ink)], person, TEXT if number else NAME, indent=0)])
            )
        if not items:
            items.append(self._item([self._set([("Nobody is named to speak to people outside.", BOLD)])]))
        for group in self.common.groups:
            speaker = self.common.person(group.person)
            spans = [(f"{group.group}: ", PLAIN), (speaker.name if speaker else "nobody", BOLD)]
            items.append(self._item([self._set(spans)], rule=0, above=1, below=0))
        return self._section(
            "Speaks to outsiders, nobody else does", items, 4, units=("speaker", "speakers"), where=_BOOK
        )

    def _codes(self) -> Section | None:
        """A code to call with, and one to save the single point of contact with."""
        cells: list[tuple[Block, ...]] = []
        widths: list[float] = []
        room, words = _SMALL_CODE if self.tight else _CODE_ROOM, max(self.width * 0.17, 34.0)
        first = self.card.first
        point = number_on_paper(first) if first else None
        call = call_code(point, first.country) if first and point else None
        speaker = self.common.speakers[0] if self.common.speakers else None
        save = person_code(speaker, _points(speaker), room) if speaker else None
        for code, verb, person in ((call, "Call", first), (save, "Save", speaker)):
            if code is not None and person is not None:
                cells += [(code,), (self._set([(f"{verb}\n", BOLD), (person.name, PLAIN)]),)]
                widths += [code.side, words]
        if not cells:
            return None
        row = Row(cells, widths, gap=1, indent=-QUIET_ZONE * MODULE, above=0, below=0, rule=0)
        nothing = Row([], [], above=2 * self.scale, below=0, rule=0)
        return Section(nothing, (row,), 5, 1, ("row of codes", "rows of codes"), _BOOK)

    # Vendors

    def _vendors(self) -> Section | None:
        items = [self._vendor(vendor) for vendor in self.common.vendors]
        return (
            self._section("Vendors", items, 6, keeps=3, units=("vendor", "vendors"), where="on the vendor cards")
            if items
            else None
        )

    def _vendor(self, vendor: Vendor) -> Row:
        numbers = ", ".join(one.number for one in vendor.entitlements[: 1 if self.tight else 2])
        point = first_number(vendor)
        told: Span = proof(point, Importance.VENDOR, self.at.date()) if point else ("", QUIET)
        number: Span = written(point) if point else ("nobody to call", BOLD)
        is_dialled = point is None or point.kind in (PointKind.PHONE, PointKind.MOBILE)
        name: list[Span] = [(vendor.name, BOLD)]
        if self.tight:
            head = self._columns(
                [self._set([*name, (f" {numbers}", PLAIN)])], [self._set([number], right=True)], indent=0
            )
            return self._item([*head], above=0.5, below=0.5)
        right = [self._set([number], NUMBER, right=True), self._set([told], right=True)]
        entitlement = f"Entitlement {numbers}" if numbers else "No entitlement is written down"
        left = [self._set(name, NAME), self._set([(entitlement, PLAIN)])]
        blocks = [*self._columns(left, right, indent=0)] if is_dialled else [*left, self._set([number])]
        theirs = " ".join(f"{MARKS[one]}\xa0= “{said}”" for one in URGENT if (said := vendor.name_of(one)))
        promise = vendor.promise_at(Severity.S1)
        if promise is not None and promise.respond is not None:
            theirs += f", {MARKS[Severity.S1]} answered in {format_span(promise.respond)}".replace(" ", "\xa0")
        blocks.append(self._set([(" · ".join(filter(None, (self._hours(vendor), theirs))), PLAIN)]))
        blocks.append(self._set(self._protection(vendor)))
        return self._item(blocks, above=2, below=2)

    def _hours(self, vendor: Vendor) -> str:
        """Their hours on the clock of the deployment, as nobody reckons at night."""
        hours = hours_of(vendor)
        if not hours.hours:
            return "around the clock"
        zone = self.common.deployment.zone if self.common.deployment else hours.zone
        here = hours.here(self.at.astimezone(zone_named(zone)))
        days = hours.there().split("\xa0")[0]
        here = here if not here or here[0].isalpha() else f"{days}\xa0{here}"
        return f"{here or hours.there()} {_city(zone)}".replace(":00", "")

    def _protection(self, vendor: Vendor) -> list[Span]:
        mine = [one for one in self.common.agreements if one.vendor == vendor.id]
        if not mine:
            return [("Hold-harmless: none. Change nothing of theirs.", BOLD)]
        return [span for one in mine for span in _standing(one, self.at.date())]

    def _updates(self) -> Section | None:
        cadences = [
            f"{_marked([one.severity])} every {format_span(one.cadence)}".replace(" ", "\xa0")
            for one in self.common.definitions
            if one.cadence
        ]
        if not cadences:
            return None
        words = "impact on milestones · containment · mitigations · decisions awaited · next update at ____"
        text = self._set([(f"{', '.join(cadences)}: ", BOLD), (words, PLAIN)])
        return self._section(
            "In writing", [self._item([text], rule=0)], 8, units=("line on updates", "lines on updates"), where=_BOOK
        )

    def _standing_in(self) -> Section | None:
        items = [
            self._item([*self._person([(person.name, PLAIN)], person, TEXT, indent=0)])
            for person in self.common.duty.others
        ]
        return (
            self._section(
                "Taking turns and standing in", items, 4, units=("stand-in", "stand-ins"), where="on the contact sheet"
            )
            if items
            else None
        )

    def _notes(self) -> Section:
        return self._section("Notes", [WritingLine(self.width), WritingLine(self.width)], 9, keeps=2, where="")

    # How it is set

    def _place(self) -> str:
        return self.common.deployment.name if self.common.deployment else ""

    def _set(self, spans: Sequence[Span], size: float = TEXT, *, right: bool = False, indent: float = 0.0) -> Text:
        size *= self.scale
        return Text(spans, Style(size, size * 1.25, align="right" if right else "left"), indent=indent)

    def _item(self, blocks: Sequence[Block], *, above: float = 1.5, below: float = 1.5, rule: float = 0.0) -> Row:
        return Row([tuple(blocks)], [self.width], above=above * self.scale, below=below * self.scale, rule=rule)

    def _beside(self, left: Sequence[Span], right: Text) -> Iterator[Block]:
        return self._columns([self._set(left)], [right], indent=0)

    def _columns(self, left: Sequence[Text], right: Sequence[Text], *, indent: float = _INDENT) -> Iterator[Block]:
        """Two stacks side by side; the right one as wide as it must be, and below the left one if that is too much."""
        wide = max(text.widest()[1] for text in right) + 0.5
        rest = self.width - wide - 5 - indent
        if min(left[0].widest()[1], self.width * 0.38) <= rest:
            yield Row([tuple(left), tuple(right)], [rest, wide], gap=5, indent=indent, above=0, below=0, rule=0)
            return
        below = [Text(text.spans, replace(text.style, align="left")) for text in right]
        yield Row([(*left, *below)], [self.width - indent], indent=indent, above=0, below=0, rule=0)

    def _remark(self, words: str) -> Block:
        return self._item([self._set([(words, BOLD)])])

    def _section(
        self,
        title: str,
        items: Iterable[Block],
        weight: int,
        *,
        keeps: int = 1,
        units: tuple[str, str] = ("line", "lines"),
        where: str = "on the wall matrix",
        beside: str = "",
    ) -> Section:
        text = self._set([(title, BOLD)], HEADING)
        cells: list[tuple[Block, ...]] = [(text,)]
        widths = [self.width]
        if beside:
            marks = self._set([(beside, QUIET)], right=True)
            wide = marks.widest()[1] + 1
            cells, widths = [(text,), (marks,)], [self.width - wide - 4, wide]
        heading = Row(cells, widths, gap=4, above=5 * self.scale, below=1.5 * self.scale, rule=0.5, shade=BLACK)
        return Section(heading, tuple(items), weight, keeps, units, where)


class WritingLine(Block):
    """A line to write on."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self.width, self.height = width, _NOTE_LINE

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """As tall as handwriting."""
        return self.width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        draw_rule(canvas, (x, y), (x + self.width, y), 0.5, LINE)


def _severities(ladder: Ladder) -> list[Severity]:
    return [one for one in URGENT if any(due.severity == one for step in ladder.steps for due in step.dues)]


def _marked(severities: Iterable[Severity]) -> str:
    return " ".join(f"{MARKS[severity]}\xa0{severity}" for severity in severities)


def _due_words(due: Due) -> str:
    """`◆ 0:05→0:20`: called at, answered by, from the start; where no sum can be told, how long the level has."""
    mark = MARKS[due.severity]
    if due.answers is not None and due.calls is not None:
        return f"{mark}\xa0{_clock(due.calls)}\xa0→\xa0{_clock(due.answers)}"
    starts = f"{mark}\xa0{_clock(due.calls)}" if due.calls is not None else f"{mark}\xa0then"
    if due.within is None:
        return starts
    hours = " business\xa0time" if due.calendar else ""
    return f"{starts},\xa0{format_span(due.within)}{hours}".replace(" ", "\xa0")


def _clock(span: timedelta) -> str:
    if span >= _LONG_CLOCK:
        return format_span(span).replace(" ", "\xa0")
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    return f"{hours}:{minutes:02}"


def _hours(hours: str) -> str:
    """As a card says them: “Mon–Fri 08–22”."""
    return hours_words(hours).replace(":00", "")


def _short(told: Span) -> Span:
    """A proof in a few characters: “✓ 9 d”, “NOT 140 d”."""
    words, ink = told
    for long, short in (("verified today", "✓ today"), ("NOT verified for", "NOT ✓"), ("NEVER verified", "NEVER")):
        words = words.replace(long, short)
    words = words.replace("verified", "✓").replace(" days ago", " d").replace(" day ago", " d").replace(" days", " d")
    return words.replace(" ", "\xa0"), ink


def _limits(right: DecisionRight) -> list[Span]:
    limits = [right.threshold] if right.threshold else []
    limits += [f"{_marked([right.severity])} only"] if right.severity else []
    limits += [f"until {day(right.expires)}".replace(" ", "\xa0")] if right.expires else []
    return [(f" {', '.join(limits)}", PLAIN)] if limits else []


def _decision_first(rights: Sequence[DecisionRight]) -> Any:
    places: dict[str, int] = {}
    for right in rights:
        places.setdefault(right.decision, len(places))
    return lambda right: places[right.decision]


def _standing(agreement: Agreement, today: date) -> Iterator[Span]:
    stands, end = state(agreement, today), current_end(agreement, today)
    form = f"{agreement.form} form" if agreement.form else "no form"
    match stands:
        case AgreementState.UNSIGNED:
            yield "Hold-harmless: NOT signed. Change nothing of theirs.", BOLD
        case AgreementState.LAPSED:
            yield "Hold-harmless: LAPSED. Change nothing of theirs.", BOLD
        case AgreementState.NOT_BEGUN:
            yield "Hold-harmless: not begun. Change nothing of theirs.", BOLD
        case _:
            until = f" until {day(end)}" if end else ""
            yield f"Hold-harmless: {form}{until}. ".replace(" ", "\xa0", 2), PLAIN


def _points(person: Contact) -> list[ContactPoint]:
    """A number and an address that may be printed."""
    printed = [point for point in person.points if point.privacy is Privacy.PRINT]
    number = next((point for point in printed if point.kind in (PointKind.PHONE, PointKind.MOBILE)), None)
    address = next((point for point in printed if point.kind is PointKind.EMAIL), None)
    return [point for point in (number, address) if point is not None]


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
