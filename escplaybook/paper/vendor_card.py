"""The card of one vendor: whom to call there and what they ask first, what they promise, and what protects us."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from escplaybook.domain.agreements import Agreement, AgreementKind
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import PointKind, Privacy
from escplaybook.domain.durations import format_span
from escplaybook.domain.overview import number_on_paper
from escplaybook.domain.validity import first_to_expire
from escplaybook.domain.vendor_cards import VendorCard
from escplaybook.domain.vendors import SupportHours, VendorLevel, hours_of
from escplaybook.domain.verification import Importance, is_stale, rings
from escplaybook.paper import flow
from escplaybook.paper.cards_faces import Attempt, Room, Say, Section, whole
from escplaybook.paper.cards_setting import (
    NAME,
    NUMBER,
    TEXT,
    Setting,
    city,
    hours_on_clock,
    marked,
    short_hours,
)
from escplaybook.paper.cards_sheet import Blank, cards_on_paper, shortened
from escplaybook.paper.imposing import Shape
from escplaybook.paper.lines import BOLD, PLAIN, QUIET, Span
from escplaybook.paper.page import NewPage, PageSize, Sheet, Stamp, day, masthead
from escplaybook.paper.proofs import proof, withheld, written
from escplaybook.paper.rows import stack_height
from escplaybook.paper.text import Block, Mark, Text
from escplaybook.paper.vendors import standing
from escplaybook.prose.entries import render
from escplaybook.prose.html import Node

_SHEET = "on the vendor sheet"
_SCALES = (1.25, 1.18, 1.1, 1.04, 1.0, 0.95, 0.9, 0.85, 0.8)
"""The sizes of type on a sheet. The largest that lets it stand on one page is taken, on A6 on the two of a card."""

_RUNNING_HEAD, _SPARE = 26.0, 12.0
"""The head of a later page, and what is left free, in points."""

_USUAL = 1.0
"""What needs more pages than that is set in this size."""


def vendor_card_sheet(cards: Sequence[VendorCard], stamp: Stamp, size: PageSize) -> Sheet:
    """A sheet for each of these vendors, each beginning a page."""
    blocks: list[Block] = []
    for card in cards:
        systems: Span = (", ".join(card.vendor.systems), QUIET)
        blocks += [NewPage()] if blocks else []
        head = masthead(("vendor card", QUIET), systems, card.vendor.name, [], size)
        first = size.height_free - stack_height(tuple(head), size.column) - _SPARE
        later = size.height_free - _RUNNING_HEAD - _SPARE
        room = Room(size.column, (first, later) if size.name == "A6" else (first,))
        attempts = [VendorSections(size.column, scale, stamp.printed, card).sections for scale in (*_SCALES, _USUAL)]
        fitting = next((attempt for attempt in attempts if whole(attempt, room) is not None), attempts[-1])
        sections, say = fitting()
        blocks += [*head, *(block for section in sections for block in section.blocks(say))]
    title = cards[0].vendor.name if len(cards) == 1 else "Vendor cards"
    return Sheet(title=title, running=(title, "vendor card"), blocks=tuple(blocks), stamp=stamp, size=size)


def vendor_cards_to_cut(
    cards: Sequence[VendorCard], shape: Shape, stamp: Stamp, size: PageSize, *, is_single: bool = False
) -> Sheet:
    """The same as cards for the pocket, on sheets to cut and fold."""
    blanks = [_blank(card, stamp) for card in cards]
    title = cards[0].vendor.name if len(cards) == 1 else "Vendor cards"
    return cards_on_paper(title, blanks, shape, stamp, size, is_single=is_single)


def _blank(card: VendorCard, stamp: Stamp) -> Blank:
    def set_in(width: float, scale: float, _less: int) -> Attempt:
        return VendorSections(width, scale, stamp.printed, card).sections

    today, printed = stamp.printed.date(), [one for one in card.numbers() if one[0].privacy is Privacy.PRINT]
    first = first_to_expire(card.records(), printed, today)
    own = replace(
        stamp,
        valid_until=first.day if first else None,
        until_why=first.why if first else "",
        outdated=len({point.value for point, importance in printed if is_stale(point, importance, today)}),
    )
    systems = shortened(", ".join(card.vendor.systems), 120)
    return Blank(shortened(card.vendor.name, 1000), systems or "vendor", "vendor card", "", own, set_in)


@dataclass
class VendorSections(Setting):
    """The sections of a vendor's card."""

    card: VendorCard

    def sections(self) -> tuple[list[Section], Say]:
        """Everything, in the order of reading, and how to remark on what has no room."""
        made = (
            self._entitlements(),
            self._ladder(),
            self._through(),
            self._severities(),
            self._hours(),
            self._harmless(),
            self._others(),
            self._speakers(),
        )
        return [section for section in made if section is not None], self.remark

    def _entitlements(self) -> Section:
        """The number they ask for; it is said before anything else."""
        items, today = [], self.at.date()
        for one in self.card.vendor.entitlements:
            number = self.text([(one.number, BOLD)], NUMBER)
            told: list[Span] = [(one.covers, PLAIN)] if one.covers else []
            if one.until is not None:
                is_over = one.until < today
                end = f"{'RAN OUT' if is_over else 'until'} {day(one.until)}".replace(" ", "\xa0")
                told.append((f"  {end}", BOLD if is_over else QUIET))
            items.append(self.item([number, *([self.text(told)] if told else [])]))
        if not items:
            items.append(self.item([self.text([("No entitlement is written down: they may not help.", BOLD)])]))
        return self.section("Say this number first", items, 1, units=("entitlement", "entitlements"), where=_SHEET)

    def _ladder(self) -> Section:
        items = []
        for number, level in enumerate(self.card.vendor.levels, start=1):
            within = f"answers within {format_span(level.answers_within)}" if level.answers_within else ""
            head = self.columns(
                [self.text([(f"{number}  {level.name}", BOLD)])],
                [self.text([(within.replace(" ", "\xa0"), QUIET)], right=True)],
                indent=0,
            )
            items.append(self.item([*head, *self._own_hours(level), *self._points(level)], above=2, below=2))
        if not items:
            items.append(self.item([self.text([("Nobody is named to call.", BOLD)])]))
        return self.section("Call, in this order", items, 0, keeps=len(items), units=("level", "levels"), where=_SHEET)

    def _points(self, level: VendorLevel) -> Iterator[Block]:
        """The numbers and addresses, each with its proof; of those not for paper only that there are some."""
        for point in level.points:
            if point.privacy is Privacy.PRINT:
                kind = point.label or ("" if point.kind in (PointKind.EMAIL, PointKind.PHONE) else str(point.kind))
                size = NUMBER if rings(point) else TEXT
                left = self.text([written(point), (f"  {kind}", QUIET._replace(scale=TEXT / size))], size)
                right = self.text([proof(point, Importance.VENDOR, self.at.date())], right=True)
                yield from self.columns([left], [right], indent=0)
        if said := withheld(level.points):
            yield self.text([said])

    def _own_hours(self, level: VendorLevel) -> Iterator[Block]:
        hours = hours_of(self.card.vendor, level)
        if hours != hours_of(self.card.vendor):
            yield self.text([(" · ".join(self._both_clocks(hours)), PLAIN)])

    def _through(self) -> Section | None:
        """Their own words paragraph by paragraph, the items of a list each behind a bullet."""
        items: list[Block] = []
        for node in render(self.card.vendor.how_to_get_through):
            if isinstance(node, Node) and node.tag in ("ul", "ol"):
                items += [self._bullet(child) for child in node.children if isinstance(child, Node)]
            elif isinstance(node, Node) or node.strip():
                items.append(self.item([self.text(flow.spans((node,)))]))
        units = ("line on how to get through", "lines on how to get through")
        return self.section("How to get through", items, 4, units=units, where=_SHEET) if items else None

    def _bullet(self, item: Node) -> Block:
        style = self.text([]).style
        words = Text(flow.spans(item.children), style, indent=9 * self.scale, mark=Mark("•"))
        return self.item([words], above=0.7, below=0.7)

    def _severities(self) -> Section:
        vendor, rows = self.card.vendor, []
        for severity in Severity:
            theirs, promise = vendor.name_of(severity), vendor.promise_at(severity)
            promised = []
            if promise is not None and promise.respond is not None:
                promised.append(f"answer in {format_span(promise.respond)}")
            if promise is not None and promise.restore is not None:
                promised.append(f"restored in {format_span(promise.restore)}")
            if theirs or promised:
                name: list[Span] = [(f"{marked([severity])}  ", BOLD), (f"“{theirs}”" if theirs else "", PLAIN)]
                right = self.text([(", ".join(promised).replace(" ", "\xa0"), PLAIN)], right=True)
                rows.append(self.item([*self.columns([self.text(name)], [right], indent=0)], above=1, below=1))
        if not rows:
            rows.append(self.item([self.text([("Nobody has written down what they call our severities.", BOLD)])]))
        return self.section(
            "Ours in their words",
            rows,
            2,
            keeps=2,
            units=("severity", "severities"),
            where=_SHEET,
            beside="what they promise",
        )

    def _hours(self) -> Section:
        words = self._both_clocks(hours_of(self.card.vendor))
        items = [self.item([self.text([(line, PLAIN)])], above=1, below=1) for line in words]
        if portal := self.card.vendor.portal:
            items.append(self.item([self.text([("Portal ", QUIET), (portal, PLAIN)])], above=1, below=1))
        return self.section("When they are there", items, 3, units=("line on hours", "lines on hours"), where=_SHEET)

    def _both_clocks(self, hours: SupportHours) -> list[str]:
        """Their hours on their clock and on ours; a clock of ours that shows their time is named beside theirs."""
        if not hours.hours:
            return ["Around the clock"]
        theirs, others = f"{short_hours(hours.hours)} {city(hours.zone)}", []
        for zone, names in self.card.zones(self.at):
            if here := hours_on_clock(hours, zone, self.at):
                others.append(f"{here} {city(zone)} ({names})")
            else:
                theirs += f" and {city(zone)} ({names})" if zone != hours.zone else f" ({names})"
        return [theirs, *others]

    def _harmless(self) -> Section:
        mine = [one for one in self.card.agreements if one.kind is AgreementKind.HOLD_HARMLESS]
        items = [item for one in mine for item in self._agreement(one)]
        if not items:
            words = "None is written down. Change nothing on their side without their consent in writing."
            items.append(self.item([self.text([(words, BOLD)])]))
        units = ("line on what protects us", "lines on what protects us")
        return self.section("Hold-harmless agreement", items, 2, keeps=2, units=units, where=_SHEET)

    def _agreement(self, agreement: Agreement) -> Iterator[Block]:
        shape = f"{agreement.form or 'no'} form, {'both sides' if agreement.mutual else 'one way'}. ".capitalize()
        yield self.item([self.text([(shape, PLAIN), *standing(agreement, self.at.date())])], below=0.5)
        details = (
            ("Covers", agreement.scope),
            ("Does not cover", agreement.carve_outs),
            ("Cap", agreement.cap),
            ("Defence", agreement.duty_to_defend),
            ("Insurance", agreement.insurance),
            ("Notice to", agreement.notice_address),
        )
        for name, said in details:
            if said.strip():
                words = self.text([(f"{name}: ", BOLD), *flow.spans(render(said))])
                yield self.item([words], above=0.5, below=0.5)

    def _others(self) -> Section | None:
        items = []
        for one in self.card.agreements:
            if one.kind is not AgreementKind.HOLD_HARMLESS:
                name = one.title or f"{one.kind} agreement".replace("-", " ").capitalize()
                spans = [(f"{name}: ", PLAIN), *standing(one, self.at.date())]
                items.append(self.item([self.text(spans)], above=1, below=1))
        return (
            self.section("Other agreements", items, 7, units=("agreement", "agreements"), where=_SHEET)
            if items
            else None
        )

    def _speakers(self) -> Section | None:
        items = []
        for one in self.card.deployments:
            person = self.card.speakers.get(one.id)
            name: list[Span] = [(f"{one.name}: ", PLAIN), (person.name if person else "nobody is named", BOLD)]
            point = number_on_paper(person) if person else None
            if person is None or point is None:
                items.append(self.item([self.text(name)]))
                continue
            told = self.text([proof(point, self.card.importance_of(person), self.at.date())], right=True)
            number = self.text([written(point)], NAME, right=True)
            items.append(self.item([*self.columns([self.text(name, NAME)], [number, told], indent=0)]))
        return (
            self.section("Our single point of contact", items, 6, units=("speaker", "speakers"), where=_SHEET)
            if items
            else None
        )
