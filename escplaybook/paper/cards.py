"""Pocket cards: what stands on them, in the order in which somebody at 03:00 needs it."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from escplaybook.domain.agreement_dates import current_end, state
from escplaybook.domain.agreements import Agreement, AgreementState
from escplaybook.domain.cards import URGENT, Card, first_number
from escplaybook.domain.classification import MARKS, Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.durations import format_span
from escplaybook.domain.matrix import DecisionRight
from escplaybook.domain.overview import number_on_paper
from escplaybook.domain.vendors import Vendor, hours_of
from escplaybook.domain.verification import Importance
from escplaybook.paper import flow
from escplaybook.paper.cards_calls import Calls
from escplaybook.paper.cards_faces import Attempt, Say, Section
from escplaybook.paper.cards_setting import NAME, NUMBER, TEXT, WritingLine, city, hours_on_clock, marked, short_hours
from escplaybook.paper.cards_sheet import Blank, cards_on_paper, shortened
from escplaybook.paper.imposing import Shape
from escplaybook.paper.lines import BOLD, PLAIN, QUIET, Span
from escplaybook.paper.page import PageSize, Sheet, Stamp, day
from escplaybook.paper.proofs import proof, written
from escplaybook.paper.qr import MODULE, QUIET_ZONE, call_code, person_code
from escplaybook.paper.rows import Row
from escplaybook.paper.text import Block, Text
from escplaybook.prose.entries import render

_BOOK = "in the book"
_BLANK = "________"
_CODE_ROOM, _SMALL_CODE = 66.0, 56.0
"""The widest code in points, and the widest where room is short: a name and a number need no more."""


def card_sheet(cards: Sequence[Card], shape: Shape, stamp: Stamp, size: PageSize, *, is_single: bool = False) -> Sheet:
    """The sheet of these pocket cards in that shape; `is_single` prints each side on a page of its own size."""
    where = _where(cards[0])
    title = f"Pocket card{'' if len(cards) == 1 else 's'}: {where}"
    known: dict[object, Text] = {}
    blanks = [_blank(card, where, stamp, known) for card in cards]
    return cards_on_paper(title, blanks, shape, stamp, size, is_single=is_single)


def _blank(card: Card, where: str, stamp: Stamp, known: dict[object, Text]) -> Blank:
    def set_in(width: float, scale: float, less: int) -> Attempt:
        return PocketCard(width, scale, stamp.printed, card, less > 0, less > 1, known=known).sections

    said = shortened(card.holder.said, 200)
    return Blank(card.holder.title, where, said, "  ".join(marked([one]) for one in URGENT), stamp, set_in, steps=2)


def _where(card: Card) -> str:
    common = card.common
    place = shortened(common.deployment.name if common.deployment else "Every deployment", 120)
    return f"{place}: {shortened(common.stage, 60) or 'any stage'}"


@dataclass
class PocketCard(Calls):
    """The sections of a pocket card."""

    def sections(self) -> tuple[list[Section], Say]:
        """Everything, in the order of reading, and how to remark on what has no room."""
        self.told.clear()
        made = (
            *self.ladders(),
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
        return [section for section in made if section is not None], self.remark

    def _say_first(self) -> Section:
        where = ", ".join(
            filter(None, (self.common.stage, self.common.deployment.name if self.common.deployment else ""))
        )
        severities = "/".join(f"{MARKS[severity]}\xa0{severity}" for severity in URGENT)
        shape = f"“{severities}, {where}. {_BLANK} stands still since\xa0{_BLANK}. I need {_BLANK} by\xa0{_BLANK}.”"
        return self.section(
            "Say first", [self.item([self.text([(shape, PLAIN)])])], 1, units=("sentence", "sentences"), where=_BOOK
        )

    def _decides(self) -> Section:
        held = self.card.holder.people
        items = [self._right(right, held) for right in self.card.decides]
        if not items:
            items = [self.item([self.text([("Nothing. Call, and say what you need decided.", PLAIN)])])]
        return self.section("You may decide", items, 2, keeps=2, units=("right you have", "rights you have"))

    def _right(self, right: DecisionRight, held: Sequence[Contact]) -> Row:
        first = self.common.person(right.decider)
        spans: list[Span] = [(right.decision, BOLD), *_limits(right)]
        if first is not None and first not in held:
            spans.append((f", if {first.name} cannot", PLAIN))
        elif first is not None and len(held) > 1:
            spans.append((f": {first.name}", PLAIN))
        return self.item([self.text(spans)], rule=0, below=0.5)

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
            items.append(self.item([self.text(spans)], rule=0, below=0.5))
        return (
            self.section("You may not decide; ask", items, 4, keeps=2, units=("right of others", "rights of others"))
            if items
            else None
        )

    def _when_down(self) -> Section | None:
        items = []
        for point, person in self.common.bridges:
            spans: list[Span] = [("Bridge ", PLAIN), written(point), (f" {point.label}", PLAIN)]
            told = proof(point, self.common.importance_of(person), self.at.date())
            items.append(self.item([self.text([*spans, ("  ", PLAIN), told, (f"  code {_BLANK}", PLAIN)])], rule=0))
        speakers = [person for person in self.common.speakers if number_on_paper(person) is not None]
        for speaker in speakers[:1]:
            number = number_on_paper(speaker)
            assert number is not None
            fallback: list[Span] = [("Fallback ", PLAIN), (f"{speaker.name} ", BOLD), written(number)]
            items.append(self.item([self.text(fallback)], rule=0))
        items += [
            self.item([self.text([(f"{marked([one.severity])} ", BOLD), *flow.spans(render(one.channels))])], rule=0)
            for one in self.common.definitions
            if one.channels.strip()
        ]
        items.append(self.item([self.text([(f"We meet at {_BLANK}{_BLANK}", PLAIN)])], rule=0))
        return self.section(
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
                self.item([*self.person([*name, (person.name, ink)], person, TEXT if number else NAME, indent=0)])
            )
        if not items:
            items.append(self.item([self.text([("Nobody is named to speak to people outside.", BOLD)])]))
        for group in self.common.groups:
            speaker = self.common.person(group.person)
            spans = [(f"{group.group}: ", PLAIN), (speaker.name if speaker else "nobody", BOLD)]
            items.append(self.item([self.text(spans)], rule=0, above=1, below=0))
        return self.section(
            "Speaks to outsiders, nobody else does", items, 4, units=("speaker", "speakers"), where=_BOOK
        )

    def _codes(self) -> Section | None:
        """A code to call with, and one to save the single point of contact with."""
        room = _SMALL_CODE if self.tight else _CODE_ROOM
        first = self.card.first
        point = number_on_paper(first) if first else None
        call = call_code(point, first.country) if first and point else None
        speaker = self.common.speakers[0] if self.common.speakers else None
        save = person_code(speaker, _points(speaker), room) if speaker else None
        cells: list[tuple[Block, ...]] = []
        widths: list[float] = []
        codes = [one for one in ((call, "Call", first), (save, "Save", speaker)) if one[0] is not None]
        spare = self.width - sum(code.side for code, _, _ in codes if code is not None)
        for code, verb, person in codes:
            if code is not None and person is not None:
                said = self.text([(f"{verb}\n", BOLD), (person.name, PLAIN)])
                cells += [(code,), (said,)]
                widths += [code.side, min(said.widest()[0] + 4, spare / len(codes))]
        if not cells:
            return None
        row = Row(cells, widths, gap=1, indent=-QUIET_ZONE * MODULE, above=0, below=0, rule=0)
        nothing = Row([], [], above=2 * self.scale, below=0, rule=0)
        return Section(nothing, (row,), 5, 1, ("row of codes", "rows of codes"), _BOOK)

    def _vendors(self) -> Section | None:
        items = [self._vendor(vendor) for vendor in self.common.vendors]
        return (
            self.section("Vendors", items, 6, keeps=3, units=("vendor", "vendors"), where="on the vendor cards")
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
            head = self.columns(
                [self.text([*name, (f" {numbers}", PLAIN)])], [self.text([number], right=True)], indent=0
            )
            return self.item([*head], above=0.5, below=0.5)
        right = [self.text([number], NUMBER, right=True), self.text([told], right=True)]
        entitlement = f"Entitlement {numbers}" if numbers else "No entitlement is written down"
        left = [self.text(name, NAME), self.text([(entitlement, PLAIN)])]
        blocks = [*self.columns(left, right, indent=0)] if is_dialled else [*left, self.text([number])]
        theirs = " ".join(f"{MARKS[one]}\xa0= “{said}”" for one in URGENT if (said := vendor.name_of(one)))
        promise = vendor.promise_at(Severity.S1)
        if promise is not None and promise.respond is not None:
            theirs += f", {MARKS[Severity.S1]} answered in {format_span(promise.respond)}".replace(" ", "\xa0")
        blocks.append(self.text([(" · ".join(filter(None, (self._hours(vendor), theirs))), PLAIN)]))
        blocks.append(self.text(self._protection(vendor)))
        return self.item(blocks, above=2, below=2)

    def _hours(self, vendor: Vendor) -> str:
        """Their hours on the clock of the deployment, as nobody reckons at night."""
        hours = hours_of(vendor)
        if not hours.hours:
            return "around the clock"
        zone = self.common.deployment.zone if self.common.deployment else hours.zone
        return f"{hours_on_clock(hours, zone, self.at) or short_hours(hours.hours)} {city(zone)}"

    def _protection(self, vendor: Vendor) -> list[Span]:
        mine = [one for one in self.common.agreements if one.vendor == vendor.id]
        if not mine:
            return [("Hold-harmless: none. Change nothing of theirs.", BOLD)]
        return [span for one in mine for span in _standing(one, self.at.date())]

    def _updates(self) -> Section | None:
        cadences = [
            f"{marked([one.severity])} every {format_span(one.cadence)}".replace(" ", "\xa0")
            for one in self.common.definitions
            if one.cadence
        ]
        if not cadences:
            return None
        words = "impact on milestones · containment · mitigations · decisions awaited · next\xa0update\xa0at\xa0____"
        text = self.text([(f"{', '.join(cadences)}: ", BOLD), (words, PLAIN)])
        return self.section(
            "In writing", [self.item([text], rule=0)], 8, units=("line on updates", "lines on updates"), where=_BOOK
        )

    def _standing_in(self) -> Section | None:
        items = [
            self.item([*self.person([(person.name, PLAIN)], person, TEXT, indent=0)])
            for person in self.common.duty.others
        ]
        return (
            self.section(
                "Taking turns and standing in", items, 4, units=("stand-in", "stand-ins"), where="on the contact sheet"
            )
            if items
            else None
        )

    def _notes(self) -> Section:
        return self.section("Notes", [WritingLine(self.width), WritingLine(self.width)], 9, keeps=2, where="")


def _limits(right: DecisionRight) -> list[Span]:
    limits = [right.threshold] if right.threshold else []
    limits += [f"{marked([right.severity])} only"] if right.severity else []
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
