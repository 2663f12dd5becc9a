"""Vendors on paper: their ladder with its numbers, what they ask for before they help, and what protects us."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from escplaybook.domain.agreement_dates import current_end, notice_by, renewal_day, state
from escplaybook.domain.agreements import Agreement, AgreementKind, AgreementState
from escplaybook.domain.classification import MARKS, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.durations import format_span
from escplaybook.domain.vendors import Entitlement, Promise, SupportHours, Vendor, VendorLevel, hours_of
from escplaybook.domain.verification import Importance
from escplaybook.paper import flow
from escplaybook.paper.contacts import Listing, outdated_remark, person_rows
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


def vendor_sheet(
    vendors: Sequence[Vendor],
    agreements: Iterable[Agreement],
    stamp: Stamp,
    size: PageSize,
    people: Mapping[str, Sequence[Contact]] = {},
    listing: Listing | None = None,
) -> Sheet:
    """The sheet of these vendors, each with those of the agreements that are with it, and its `people` by its id."""
    listed = tuple(agreements)
    rows: list[Row] = []
    for vendor in vendors:
        mine = [agreement for agreement in listed if agreement.vendor == vendor.id]
        rows += _vendor(vendor, mine, stamp.printed, size)
        if listing is not None and people.get(vendor.id):
            rows += person_rows(people[vendor.id], f"People at {vendor.name}", listing, size.column)
    title, count = "Vendors", f"{len(vendors)} vendor{'' if len(vendors) == 1 else 's'}"
    if len(vendors) == 1:
        title = "Vendor"
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
            [(*facts, *_ladder(vendor, width, at))],
            [width],
            below=2,
            rule=0,
            leads=True,
            long=size.height_free * _WHOLE,
        )
    else:
        left, right = (width - _GAP) * _LEFT, (width - _GAP) * (1 - _LEFT)
        cells = [facts, tuple(_ladder(vendor, right, at))]
        body = Row(cells, [left, right], gap=_GAP, below=2, rule=0, leads=True, long=size.height_free * _WHOLE)
    yield body
    yield Row([protection], [width], above=2, below=5, rule=0)


def _facts(vendor: Vendor, at: datetime) -> Iterator[Text]:
    for entitlement in vendor.entitlements:
        yield Text(_entitlement(entitlement, at.date()), _FACT)
    yield Text([("Hours ", QUIET), *_hours(hours_of(vendor), at)], _FACT)
    if vendor.severity_names:
        heading = "What they call it and promise" if vendor.promises else "What they call it"
        yield Text([(heading, QUIET)], _FACT)
    else:
        yield Text([("Nobody has written down what they call our severities.", BOLD)], _FACT)
    for severity in Severity:
        if said := _severity(vendor.name_of(severity), vendor.promise_at(severity)):
            yield Text([(f"{MARKS[severity]}\xa0{severity} ", BOLD), *said], _FACT, indent=10)
    if vendor.portal:
        yield Text([("Portal ", QUIET), (vendor.portal, PLAIN)], _FACT)


def _entitlement(entitlement: Entitlement, today: date) -> Iterator[Span]:
    yield "Entitlement ", QUIET
    yield entitlement.number, BOLD
    if entitlement.covers:
        yield f"  {entitlement.covers}", PLAIN
    if entitlement.until is not None:
        is_over = entitlement.until < today
        told = f"  {'RAN OUT' if is_over else 'until'} {day(entitlement.until)}".replace(" ", "\xa0")
        yield told, BOLD if is_over else QUIET


def _severity(theirs: str, promise: Promise | None) -> list[Span]:
    """Their word, and how soon they promise to answer and to restore."""
    said: list[Span] = [(f"“{theirs}”", PLAIN)] if theirs else []
    if promise is not None:
        spans = (("answer", promise.respond), ("restored", promise.restore))
        parts = [f"{word} in {format_span(span)}" for word, span in spans if span is not None]
        told = ", ".join(part.replace(" ", "\xa0") for part in parts)
        said.append((f"  {told}" if theirs else told, QUIET))
    return said


def _hours(hours: SupportHours, at: datetime) -> Iterator[Span]:
    """Their hours on their clocks, and on those of where `at` is told if they differ."""
    if not hours.hours:
        yield "around the clock", PLAIN
        return
    yield f"{hours.there()} {hours.zone.replace('_', ' ')}", PLAIN
    if here := hours.here(at):
        yield f"\n{here} here", BOLD


def _ladder(vendor: Vendor, width: float, at: datetime) -> Iterator[Block]:
    if vendor.how_to_get_through.strip():
        yield from (Text(spans, _FACT) for spans in [flow.spans(render(vendor.how_to_get_through))])
    if not vendor.levels:
        yield Text([("Nobody is named to call.", BOLD)], _RUNG)
    for number, level in enumerate(vendor.levels, start=1):
        yield Text(_rung(number, level, vendor, at), _RUNG)
        yield from point_rows(level.points, Importance.VENDOR, width, at.date())


def _rung(number: int, level: VendorLevel, vendor: Vendor, at: datetime) -> Iterator[Span]:
    yield f"{number} · {level.name}", PLAIN
    if level.answers_within:
        yield f"  answers within {format_span(level.answers_within)}".replace(" ", "\xa0"), QUIET
    if hours_of(vendor, level) != hours_of(vendor):
        yield "\n", PLAIN
        yield from _hours(hours_of(vendor, level), at)


def _protection(agreements: Sequence[Agreement], today: date) -> Iterator[Text]:
    """What the hold-harmless agreements say, and of the others how they stand."""
    harmless = [agreement for agreement in agreements if agreement.kind is AgreementKind.HOLD_HARMLESS]
    for agreement in harmless:
        shape = f"{agreement.form or 'no'} form, {'both sides' if agreement.mutual else 'one way'}"
        yield Text([("Hold-harmless: ", BOLD), (f"{shape}. ", PLAIN), *standing(agreement, today)], _SAID)
        details = (("Covers", agreement.scope), ("Cap", agreement.cap), ("Not covered", agreement.carve_outs))
        for name, said in details:
            if said.strip():
                yield Text([(f"{name}: ", QUIET), *flow.spans(render(said))], _SAID, indent=10)
    if not harmless:
        yield Text([("Hold-harmless: ", BOLD), (_NO_AGREEMENT, BOLD)], _SAID)
    for agreement in agreements:
        if agreement not in harmless:
            name = agreement.title or f"{agreement.kind} agreement".replace("-", " ")
            yield Text([(f"{name}: ", PLAIN), *standing(agreement, today)], _SAID)


def standing(agreement: Agreement, today: date) -> Iterator[Span]:
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
            yield f"In force{until}{_renewal(agreement, today)}.", BOLD if stands is AgreementState.EXPIRING else PLAIN
    if notice:
        yield f" Notice by {day(notice)}.", BOLD if stands is AgreementState.NOTICE_WINDOW else PLAIN
    if agreement.insurance_until:
        is_over = agreement.insurance_until < today
        words = "ran out" if is_over else "until"
        yield f" Insurance {words} {day(agreement.insurance_until)}.", BOLD if is_over else PLAIN


def _renewal(agreement: Agreement, today: date) -> str:
    """How it goes on; not at all once notice was given."""
    return f", then {agreement.term_months} months more" if renewal_day(agreement, today) else ""
