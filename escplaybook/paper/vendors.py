"""Vendors on paper: their ladder with its numbers, what they ask for before they help, and what protects us."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from escplaybook.domain.agreements import (
    Agreement,
    AgreementKind,
    AgreementState,
    Renewal,
    current_end,
    notice_by,
    state,
)
from escplaybook.domain.classification import MARKS
from escplaybook.domain.contacts import zone_named
from escplaybook.domain.durations import format_span
from escplaybook.domain.hours import moved
from escplaybook.domain.vendors import Vendor, VendorLevel
from escplaybook.domain.verification import Importance
from escplaybook.paper import flow
from escplaybook.paper.contacts import hours_words, outdated_remark
from escplaybook.paper.lines import BLACK, BOLD, PLAIN, QUIET, Span
from escplaybook.paper.page import PageSize, Sheet, Stamp, day, masthead
from escplaybook.paper.proofs import point_rows
from escplaybook.paper.rows import Row, Rows
from escplaybook.paper.text import Block, Style, Text
from escplaybook.prose.entries import render

_NAME = Style(11, 14, align="left")
_FACT = Style(8.5, 12, after=2, align="left")
_RUNG = Style(8.5, 12, before=3, align="left", leads=True)
_SAID = Style(8.5, 12, before=2)
_GAP = 14.0
_NARROW = 360.0
"""A column narrower than this holds facts and ladder one below the other."""

_LEFT = 0.38
"""The share of the width that the facts have; the ladder has the rest."""

_WHOLE = 0.7
"""What is no taller than this share of a page is not divided."""

_NO_AGREEMENT = "None is written down. Change nothing on their side without their consent in writing."


def vendor_sheet(vendors: Sequence[Vendor], agreements: Iterable[Agreement], stamp: Stamp, size: PageSize) -> Sheet:
    """The sheet of these vendors, each with those of the agreements that are with it."""
    listed = tuple(agreements)
    rows: list[Row] = []
    for vendor in vendors:
        mine = [agreement for agreement in listed if agreement.vendor == vendor.id]
        rows += _vendor(vendor, mine, stamp.printed, size)
    title, count = "Vendors", f"{len(vendors)} vendor{'' if len(vendors) == 1 else 's'}"
    head = masthead(("contact sheet", QUIET), (count, QUIET), title, outdated_remark(stamp.outdated), size)
    return Sheet(title=title, running=(title, count), blocks=(*head, Rows(rows)), stamp=stamp, size=size)


def _vendor(vendor: Vendor, agreements: Sequence[Agreement], at: datetime, size: PageSize) -> Iterator[Row]:
    width = size.column
    systems = f"  {', '.join(vendor.systems)}" if vendor.systems else ""
    name = Text([(vendor.name, BOLD), (systems, QUIET._replace(scale=0.8))], _NAME, outlined=1)
    yield Row([(name,)], [width], above=14, below=3, shade=BLACK, leads=True)
    facts, protection = tuple(_facts(vendor, at)), tuple(_protection(agreements, at.date()))
    if width < _NARROW:
        body = Row(
            [(*facts, *_ladder(vendor, width, at.date()))],
            [width],
            below=2,
            rule=0,
            leads=True,
            long=size.height_free * _WHOLE,
        )
    else:
        left, right = (width - _GAP) * _LEFT, (width - _GAP) * (1 - _LEFT)
        cells = [facts, tuple(_ladder(vendor, right, at.date()))]
        body = Row(cells, [left, right], gap=_GAP, below=2, rule=0, leads=True, long=size.height_free * _WHOLE)
    yield body
    yield Row([protection], [width], above=2, below=5, rule=0)


def _facts(vendor: Vendor, at: datetime) -> Iterator[Text]:
    for entitlement in vendor.entitlements:
        covers = f"  {entitlement.covers}" if entitlement.covers else ""
        yield Text([("Entitlement ", QUIET), (entitlement.number, BOLD), (covers, PLAIN)], _FACT)
    yield Text([("Hours ", QUIET), *_hours(vendor, at)], _FACT)
    if vendor.severity_names:
        yield Text([("What they call it", QUIET)], _FACT)
    else:
        yield Text([("Nobody has written down what they call our severities.", BOLD)], _FACT)
    for name in vendor.severity_names:
        yield Text([(f"{MARKS[name.ours]}\xa0{name.ours} ", BOLD), (f"“{name.theirs}”", PLAIN)], _FACT, indent=10)
    if vendor.portal:
        yield Text([("Portal ", QUIET), (vendor.portal, PLAIN)], _FACT)


def _hours(vendor: Vendor, at: datetime) -> Iterator[Span]:
    """Their hours on their clocks, and on those of where `at` is told if they differ."""
    if not vendor.hours:
        yield "around the clock", PLAIN
        return
    zone = vendor.zone.replace("_", " ")
    ahead = (at.utcoffset() or timedelta(0)) - (at.astimezone(zone_named(vendor.zone)).utcoffset() or timedelta(0))
    yield f"{hours_words(vendor.hours)} {zone}", PLAIN
    if ahead:
        yield f"\n{hours_words(moved(vendor.hours, ahead))} here", BOLD


def _ladder(vendor: Vendor, width: float, today: date) -> Iterator[Block]:
    if vendor.how_to_get_through.strip():
        yield from (Text(spans, _FACT) for spans in [flow.spans(render(vendor.how_to_get_through))])
    if not vendor.levels:
        yield Text([("Nobody is named to call.", BOLD)], _RUNG)
    for number, level in enumerate(vendor.levels, start=1):
        yield Text(_rung(number, level), _RUNG)
        yield from point_rows(level.points, Importance.VENDOR, width, today)


def _rung(number: int, level: VendorLevel) -> list[Span]:
    within = f"  answers within {format_span(level.answers_within)}" if level.answers_within else ""
    return [(f"{number} · {level.name}", PLAIN), (within.replace(" ", "\xa0"), QUIET)]


def _protection(agreements: Sequence[Agreement], today: date) -> Iterator[Text]:
    """What the hold-harmless agreements say, and of the others how they stand."""
    harmless = [agreement for agreement in agreements if agreement.kind is AgreementKind.HOLD_HARMLESS]
    for agreement in harmless:
        shape = f"{agreement.form or 'no'} form, {'both sides' if agreement.mutual else 'one way'}"
        yield Text([("Hold-harmless: ", BOLD), (f"{shape}. ", PLAIN), *_standing(agreement, today)], _SAID)
        details = (("Covers", agreement.scope), ("Cap", agreement.cap), ("Not covered", agreement.carve_outs))
        for name, said in details:
            if said.strip():
                yield Text([(f"{name}: ", QUIET), *flow.spans(render(said))], _SAID, indent=10)
    if not harmless:
        yield Text([("Hold-harmless: ", BOLD), (_NO_AGREEMENT, BOLD)], _SAID)
    for agreement in agreements:
        if agreement not in harmless:
            name = agreement.title or f"{agreement.kind} agreement".replace("-", " ")
            yield Text([(f"{name}: ", PLAIN), *_standing(agreement, today)], _SAID)


def _standing(agreement: Agreement, today: date) -> Iterator[Span]:
    """Until when it is in force and by when notice counts, in bold where it does not hold or waits for somebody."""
    stands, end, notice = state(agreement, today), current_end(agreement, today), notice_by(agreement, today)
    until = f" until {day(end)}" if end else ""
    match stands:
        case AgreementState.UNSIGNED:
            yield "NOT signed: it protects nobody yet.", BOLD
            return
        case AgreementState.LAPSED:
            yield f"LAPSED{f' on {day(end)}' if end else ''}.", BOLD
            return
        case AgreementState.NOT_BEGUN:
            yield f"Begins {day(agreement.start) if agreement.start else 'later'}, in force{until}.", BOLD
        case _:
            yield f"In force{until}{_renewal(agreement)}.", BOLD if stands is AgreementState.EXPIRING else PLAIN
    if notice:
        yield f" Notice by {day(notice)}.", BOLD if stands is AgreementState.NOTICE_WINDOW else PLAIN
    if agreement.insurance_until:
        is_over = agreement.insurance_until < today
        words = "ran out" if is_over else "until"
        yield f" Insurance {words} {day(agreement.insurance_until)}.", BOLD if is_over else PLAIN


def _renewal(agreement: Agreement) -> str:
    return f", then {agreement.term_months} months more" if agreement.renewal is Renewal.TACIT else ""
