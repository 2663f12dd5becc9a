"""The card of one vendor: what they ask first, whom to call on whose clock, what they promise, what protects us."""

from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from escplaybook.domain.agreements import Agreement, AgreementKind, HoldHarmlessForm, Renewal
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import PointKind, Privacy
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.vendor_cards import vendor_card
from escplaybook.domain.vendors import Entitlement, Promise, SeverityName, Vendor, VendorLevel
from escplaybook.paper.imposing import SHAPES
from escplaybook.paper.page import SIZES, Source, Stamp
from escplaybook.paper.vendor_card import vendor_card_sheet, vendor_cards_to_cut
from tests.pockets import BORN, HARBOUR, NOW, TODAY, number, programme

HOUR = timedelta(hours=1)
KEYSTONE = Vendor(
    "v1",
    "Keystone Identity",
    key="VE-0001",
    levels=(
        VendorLevel("Operations desk", (number("+1 206 555 0177", 39, kind=PointKind.PHONE),), HOUR / 2),
        VendorLevel(
            "Account manager",
            (
                number("+1 206 555 0178", 120),
                number("+1 206 555 0179", privacy=Privacy.TEAM),
                number("navarro@keystone.example", kind=PointKind.EMAIL),
            ),
            hours="Mon-Fri 08:00-17:00",
            zone="America/Chicago",
        ),
    ),
    portal="https://help.keystone.example",
    entitlements=(Entitlement("KI-20-118", "Premier support", TODAY + timedelta(days=10)), Entitlement("KI-OLD")),
    zone="Europe/Berlin",
    hours="Mon-Fri 08:00-20:00",
    severity_names=(SeverityName(Severity.S1, "Severity A"),),
    promises=(Promise(Severity.S1, HOUR / 2, 4 * HOUR), Promise(Severity.S2, 4 * HOUR)),
    systems=("identity",),
    how_to_get_through="Say **severity A**.\n\n- Not P1\n- Tenant name ready",
    **BORN,
)
HARMLESS = Agreement(
    "a1",
    "v1",
    AgreementKind.HOLD_HARMLESS,
    form=HoldHarmlessForm.LIMITED,
    mutual=True,
    scope="Failed transfers",
    cap="The yearly fee",
    carve_outs="Lost data",
    duty_to_defend="Each side itself",
    insurance="Norddeutsche, 20-7741",
    insurance_until=TODAY + timedelta(days=200),
    signed=TODAY - timedelta(days=300),
    end=TODAY + timedelta(days=120),
    renewal=Renewal.TACIT,
    term_months=12,
    notice_months=3,
    notice_address="contracts@keystone.example",
    **BORN,
)
NDA = Agreement(
    "a2", "v1", AgreementKind.NDA, title="Secrecy", renewal=Renewal.EVERGREEN, signed=TODAY - timedelta(9), **BORN
)
CASTELLAN = Deployment("d2", "Castellan", zone="Europe/London", point_of_contact="jun", **BORN)
STAMP = Stamp("vendor-card", NOW, "Dana", (Source("vendor", "v1", "VE-0001", "ab" * 32),))


def card(vendor=KEYSTONE, agreements=(HARMLESS, NDA), deployments=(HARBOUR, CASTELLAN), only=None):
    found = programme(vendors=(vendor,), agreements=agreements, deployments=deployments)
    return vendor_card(found, vendor, only)


def printed(*cards, size="a4"):
    return vendor_card_sheet(cards, STAMP, SIZES[size]).pdf()


@pytest.fixture
def said(pages):
    return lambda pdf: " ".join(" ".join(pages(pdf)).split())


@pytest.mark.parametrize("size", ["a6", "a5", "a4", "letter"])
def test_everything_stands_on_the_sheet_whatever_its_size(said, size):
    text = said(printed(card(), size=size))
    for part in (
        "Keystone Identity",
        "Say this number first KI-20-118 Premier support until 4 Dec 2026 KI-OLD",
        "1 Operations desk answers within 30 min +1 206 555 0177 verified 39 days ago",
        "Mon–Fri 08–17 Chicago · Mon–Fri 15–24 Stockholm (Harbour ERP) · Mon–Fri 14–23 London (Castellan)",
        "+1 206 555 0178 mobile NOT verified for 120 days",
        "not printed: mobile (team only)",
        "navarro@keystone.example",
        "Say severity A.",
        "• Not P1",
        "◆ S1 “Severity A” answer in 30 min, restored in 4 h",
        "▲ S2 answer in 4 h",
        "Mon–Fri 08–20 Berlin and Stockholm (Harbour ERP) Mon–Fri 07–19 London (Castellan)",
        "Portal https://help.keystone.example",
        "Limited form, both sides. In force until 24 Mar 2027, then 12 months more. Notice by 24 Dec 2026.",
        "Insurance until 12 Jun 2027.",
        "Covers: Failed transfers",
        "Does not cover: Lost data",
        "Cap: The yearly fee",
        "Defence: Each side itself",
        "Insurance: Norddeutsche, 20-7741",
        "Notice to: contracts@keystone.example",
        "Secrecy: In force.",
        "Harbour ERP: Ana Ferreira +44 7700 900 455",
        "Castellan: Jun Park +44 7700 900 317",
    ):
        assert part.replace("- ", "-") in text.replace("- ", "-"), part
    assert "0179" not in text


def test_a_sheet_is_as_large_as_lets_the_vendor_stand_on_one_page():
    assert len(pypdfium2.PdfDocument(printed(card()))) == 1
    assert len(pypdfium2.PdfDocument(printed(card(), size="a5"))) == 1
    assert len(pypdfium2.PdfDocument(printed(card(), card(), size="a5"))) == 2


def test_with_a_deployment_only_its_clock_and_its_speaker_are_told(said):
    text = said(printed(card(only=HARBOUR)))
    assert "Harbour ERP: Ana Ferreira" in text
    assert "London" not in text
    assert "Jun Park" not in text


def test_what_nobody_wrote_down_is_said_in_bold_words(said):
    bare = Vendor("v1", "Lantern", **BORN)
    text = said(printed(card(bare, (), (replace(HARBOUR, point_of_contact=None),))))
    for part in (
        "No entitlement is written down",
        "Nobody is named to call.",
        "Nobody has written down what they call our severities.",
        "Around the clock",
        "None is written down. Change nothing on their side without their consent in writing.",
        "Harbour ERP: nobody is named",
    ):
        assert part in text


@pytest.mark.parametrize("shape", SHAPES)
def test_a_vendor_goes_into_a_pocket_too(said, shape):
    pdf = vendor_cards_to_cut([card(), card()], SHAPES[shape], STAMP, SIZES["a4"], is_single=True).pdf()
    text = said(pdf)
    assert text.count("1 Operations desk answers within 30 min +1 206 555 0177 verified 39 days ago") == 2
    assert text.count("Limited form, both sides.") == 2
    assert text.count("was valid until 25 Oct 2026") == 2 * SHAPES[shape].faces
    on_sheets = vendor_cards_to_cut([card(), card()], SHAPES[shape], STAMP, SIZES["a4"]).pdf()
    assert len(pypdfium2.PdfDocument(on_sheets)) == 2


def test_a_vendor_with_more_to_say_than_a_card_holds_names_what_is_left(said):
    levels = tuple(replace(KEYSTONE.levels[0], name=f"Desk {place}") for place in range(30))
    wordy = replace(KEYSTONE, levels=levels, how_to_get_through="Say severity A again. " * 400)
    pdf = vendor_cards_to_cut([card(wordy)], SHAPES["A7"], STAMP, SIZES["a4"], is_single=True).pdf()
    text = said(pdf)
    assert "more levels on the vendor sheet" in text
    assert "1 line on how to get through" in text
    whole = said(printed(card(wordy), size="a5"))
    assert "30 Desk 29" in whole
    assert whole.count("Say severity A again.") == 400


def test_a_card_says_until_when_the_numbers_on_it_hold():
    numbers = card().numbers()
    assert {point.value for point, _ in numbers} >= {"+1 206 555 0177", "+44 7700 900 455"}


@pytest.mark.parametrize("size", ["a4", "a6"])
def test_the_sheet_is_as_it_was_found_good(matches_golden, no_other_fonts, size):
    matches_golden(printed(card(), size=size), f"vendor-card-{size}")
