"""A vendor on paper: whom to call there, what they ask for first, and what protects us."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from escplaybook.domain.agreements import Act, Acted, Agreement, AgreementKind, Deadline, HoldHarmlessForm, Renewal
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import ContactPoint, PointKind, Privacy
from escplaybook.domain.vendors import Entitlement, Promise, SeverityName, Vendor, VendorLevel
from escplaybook.paper.page import SIZES, Source, Stamp
from escplaybook.paper.vendors import vendor_sheet

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)
TODAY = NOW.date()


def phone(number, days, **fields):
    return ContactPoint(PointKind.PHONE, number, verified=TODAY - timedelta(days=days), **fields)


TIDEWATER = Vendor(
    "v1",
    "Tidewater Middleware",
    NOW,
    NOW,
    levels=(
        VendorLevel("Support line", (phone("+49 30 23125 014", 21),), timedelta(hours=1)),
        VendorLevel(
            "Head of support", (phone("+49 30 23125 018", 120), phone("+49 30 23125 019", 1, privacy=Privacy.TEAM))
        ),
    ),
    portal="https://support.tidewater.example",
    entitlements=(Entitlement("TM-4471-E", "P1 around the clock"),),
    zone="Europe/Berlin",
    hours="Mon-Fri 08:00-20:00",
    severity_names=(SeverityName(Severity.S1, "P1"),),
    systems=("integration",),
    how_to_get_through="Telephone **at once**.",
)


def agreement(**fields):
    basics = {"id": "a1", "vendor": "v1", "kind": AgreementKind.HOLD_HARMLESS, "created": NOW, "updated": NOW}
    rest = {
        "form": HoldHarmlessForm.LIMITED,
        "signed": date(2025, 1, 1),
        "end": date(2027, 8, 31),
        "cap": "the yearly fee",
    }
    return Agreement(**(basics | rest | fields))


def printed(*agreements, vendor=TIDEWATER, size="a4", at=NOW, outdated=0):
    stamp = Stamp("contact-sheet", at, "Dana", (Source("vendor", "v1", "VE-0001", "ab" * 32),), outdated=outdated)
    return vendor_sheet([vendor], agreements, stamp, SIZES[size]).pdf()


def said(pages, *agreements, **how):
    return " ".join(" ".join(pages(printed(*agreements, **how))).split())


def test_a_vendor_stands_with_ladder_numbers_hours_and_words(pages):
    text = said(pages)
    for part in (
        "Tidewater Middleware integration",
        "Entitlement TM-4471-E P1 around the clock",
        "Mon–Fri 08:00–20:00 Europe/Berlin",
        "◆ S1 “P1”",
        "Portal https://support.tidewater.example",
        "Telephone at once.",
        "1 · Support line answers within 1 h +49 30 23125 014",
        "verified 21 days ago",
        "NOT verified for 120 days",
        "not printed: phone (team only)",
    ):
        assert part in text
    assert "019" not in text


def test_their_hours_are_told_on_our_clocks_too(pages):
    assert "Mon–Fri 08:00–20:00 Europe/Berlin 07:00–19:00 here" in said(pages)
    assert "12:30–00:30 here" in said(pages, at=NOW.astimezone(timezone(timedelta(hours=5, minutes=30))))
    assert "here" not in said(pages, at=NOW.astimezone(timezone(timedelta(hours=1))))


def test_a_vendor_whose_words_nobody_wrote_down_says_so(pages):
    bare = Vendor("v1", "Lantern", NOW, NOW)
    text = said(pages, vendor=bare)
    assert "Nobody has written down what they call our severities." in text
    assert "Nobody is named to call." in text
    assert "around the clock" in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "limited form, one way. In force until 31 Aug 2027."),
        ({"mutual": True}, "limited form, both sides."),
        (
            {"renewal": Renewal.TACIT, "term_months": 24, "notice_months": 3},
            "In force until 31 Aug 2027, then 24 months more. Notice by 31 May 2027.",
        ),
        ({"signed": None}, "NOT signed: it protects nobody yet."),
        ({"end": date(2026, 11, 7)}, "LAPSED on 7 Nov 2026."),
        ({"insurance_until": date(2026, 11, 1)}, "Insurance ran out 1 Nov 2026."),
        ({"insurance_until": date(2026, 12, 18)}, "Insurance until 18 Dec 2026."),
        ({"start": date(2027, 1, 1)}, "Begins 1 Jan 2027, in force until 31 Aug 2027."),
        ({"cap": "the yearly fee"}, "Cap: the yearly fee"),
        ({"carve_outs": "Lost data"}, "Not covered: Lost data"),
    ],
)
def test_what_protects_us_is_told_in_its_essentials(pages, fields, words):
    assert words in said(pages, agreement(**fields))


def test_an_agreement_under_notice_is_not_said_to_go_on(pages):
    tacit = agreement(renewal=Renewal.TACIT, term_months=12)
    assert "then 12 months more" in said(pages, tacit)
    given = Acted(date(2026, 11, 1), Act.NOTICE_GIVEN, date(2026, 11, 1), about=Deadline.NOTICE)
    text = said(pages, replace(tacit, acted=(given,)))
    assert "In force until 31 Aug 2027." in text
    assert "then 12 months more" not in text


def test_without_a_hold_harmless_agreement_the_sheet_warns(pages):
    nda = agreement(
        kind=AgreementKind.NDA, form=None, title="Mutual confidentiality", end=None, renewal=Renewal.EVERGREEN
    )
    text = said(pages, nda)
    assert "Hold-harmless: None is written down. Change nothing on their side without their consent" in text
    assert "Mutual confidentiality: In force." in text


def test_a_vendor_stands_on_one_page_where_one_page_can_hold_it(pages):
    many = [Vendor(f"v{number}", f"Vendor {number}", NOW, NOW, levels=TIDEWATER.levels) for number in range(9)]
    stamp = Stamp("contact-sheet", NOW, "Dana", ())
    texts = pages(vendor_sheet(many, [], stamp, SIZES["a4"]).pdf())
    assert len(texts) > 1
    assert [text.count("1 · Support line") for text in texts] == [text.count("None is written down") for text in texts]


def test_a_vendor_taller_than_the_paper_loses_nothing_and_leaves_no_page_empty(pages):
    tall = Vendor("v1", "Tall", NOW, NOW, levels=TIDEWATER.levels * 12, how_to_get_through="Say severity A. " * 90)
    for size in ("a6", "a5"):
        texts = pages(printed(vendor=tall, size=size))
        assert sum(text.count("+49 30 23125 014") for text in texts) == 12
        assert all(len(text.split()) > 25 for text in texts[:-1])


def test_what_each_level_number_and_severity_has_of_its_own_is_printed(pages):
    night = VendorLevel("Night desk", hours="Mon-Sun 20:00-08:00", zone="America/New_York")
    whole = replace(
        TIDEWATER,
        levels=(*TIDEWATER.levels, night),
        entitlements=(Entitlement("TM-1", until=date(2027, 3, 31)), Entitlement("TM-0", until=date(2026, 11, 1))),
        promises=(
            Promise(Severity.S1, timedelta(hours=1), timedelta(hours=8)),
            Promise(Severity.S2, timedelta(hours=4)),
        ),
    )
    text = said(pages, vendor=whole)
    assert "3 · Night desk Mon–Sun 20:00–08:00 America/New York 01:00–13:00 here" in text
    assert "TM-1 until 31 Mar 2027" in text
    assert "TM-0 RAN OUT 1 Nov 2026" in text
    assert "S1 “P1” answer in 1 h, restored in 8 h" in text
    assert "S2 answer in 4 h" in text
