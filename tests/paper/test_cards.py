"""Pocket cards: everything one needs at 03:00 is on them, what has no room is named, and nothing is ever cut off."""

import re
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp

from escplaybook.domain.agreements import Agreement, AgreementKind, HoldHarmlessForm
from escplaybook.domain.cards import NEWCOMER, Card, common_of, everyone, of_level, of_person
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import PointKind, Privacy
from escplaybook.domain.vendors import Entitlement, SeverityName, Vendor, VendorLevel
from escplaybook.paper.cards import card_sheet
from escplaybook.paper.imposing import SHAPES
from escplaybook.paper.page import SIZES, Source, Stamp
from tests.pockets import BORN, CELLS, HARBOUR, NOW, RIGHTS, TODAY, cell, definition, number, person, programme, right

S1, S2 = Severity.S1, Severity.S2
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
MILLIMETRE = 72 / 25.4
KEYSTONE = Vendor(
    "v1",
    "Keystone Identity",
    levels=(VendorLevel("Desk", (number("+1 206 555 0177", 39, kind=PointKind.PHONE),)),),
    entitlements=(Entitlement("KI-20-118"),),
    zone="America/Chicago",
    hours="Mon-Fri 08:00-17:00",
    severity_names=(SeverityName(S1, "Severity A"),),
    **BORN,
)
HARMLESS = Agreement(
    "a1",
    "v1",
    AgreementKind.HOLD_HARMLESS,
    form=HoldHarmlessForm.LIMITED,
    signed=TODAY - timedelta(days=300),
    end=TODAY + timedelta(days=300),
    **BORN,
)


STAMP = Stamp(
    "cards",
    NOW,
    "Dana",
    (Source("cell", "c", "CL-0001", "ab" * 32),),
    edition="edition 7",
    valid_until=TODAY - timedelta(days=80),
    until_why="a number of Paul Adeyemi is to be proved",
    outdated=1,
)


def common(found=None, stage="go-live"):
    return common_of(found or programme(vendors=(KEYSTONE,), agreements=(HARMLESS,)), HARBOUR, stage, NOW)


def sheet(*cards, shape="A6-folded", size="a4", is_single=True, stamp=None):
    stamp = stamp or STAMP
    return card_sheet(cards, SHAPES[shape], stamp, SIZES[size], is_single=is_single)


def of(found=None, rank=1, **how):
    made = common(found)
    holder = of_level(made, rank)
    assert holder is not None
    return sheet(Card(made, holder), **how).pdf()


@pytest.fixture
def said(pages):
    return lambda pdf: " ".join(" ".join(pages(pdf)).split())


def sizes_of_type(pdf):
    """The sizes in points of all that is printed."""
    found = set()
    for page in pypdfium2.PdfDocument(pdf):
        read = page.get_textpage()
        raw = pypdfium2.raw
        found |= {round(raw.FPDFText_GetFontSize(read.raw, place), 2) for place in range(read.count_chars())}
    return {size for size in found if size > 1}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_card_says_whom_to_call_by_when_and_what_to_decide(said, shape):
    text = said(of(shape=shape))
    for part in (
        "Team lead ◆ S1 ▲ S2 Harbour ERP: go-live Mara Lindqvist",
        "Call, in this order",
        "1 Team lead ◆ 0:00 → 0:05 ▲ 0:00 → 0:15",
        "2 Project manager ◆ 0:05 → 0:10 ▲ 0:15 → 0:30",
        "+46 70 174 06 31",
        "else Jun Park",
        "NOT verified for 140 days",
        "no backup: then the next level at once",
        "“◆ S1/▲ S2, go-live, Harbour ERP. ________ stands still since ________. I need ________ by ________.”",
        "You may decide Pause the load",
        "You may not decide; ask",
        "Roll back the release until 31 Dec 2026: Ingrid Solberg",
        "Spend up to 20 000: Ingrid Solberg; or over 20 000: Paul Adeyemi",
        "If chat and e-mail are down Fallback Ana Ferreira +44 7700 900 455",
        "Speaks to outsiders, nobody else does Ana Ferreira",
        "Keystone Identity",
        "+1 206 555 0177",
    ):
        assert part in text


def test_vendors_come_with_entitlement_hours_on_our_clock_and_what_protects_us(said):
    text = said(of(shape="A6"))
    for part in (
        "Keystone Identity Entitlement KI-20-118 +1 206 555 0177 verified 39 days ago",
        "Mon–Fri 15–24 Stockholm · ◆ S1 = “Severity A”",
        "Hold-harmless: limited form until 20 Sep 2027",
    ):
        assert part.replace("◆ S1 =", "◆ =") in text
    bare = said(of(programme(vendors=(KEYSTONE,)), shape="A6"))
    assert "Hold-harmless: none. Change nothing of theirs." in bare


def test_the_stamp_stands_on_every_side_of_every_card(pages):
    made = common()
    pdf = sheet(Card(made, NEWCOMER), Card(made, of_person(made.contacts["mara"])), shape="A7").pdf()
    for number_of_page, text in enumerate(pages(pdf)):
        plain = " ".join(text.split())
        assert "Edition 7 · was valid until 5 Sep 2026" in plain
        assert "printed 24 Nov 2026 · " in plain
        assert f"team only {number_of_page % 2 + 1} of 2" in plain


def test_a_card_on_which_every_number_holds_says_until_when_and_where_there_is_room_why(said):
    good = replace(STAMP, valid_until=TODAY + timedelta(days=7), outdated=0)
    assert "Edition 7 · valid until 1 Dec 2026 printed" in said(of(shape="A7", stamp=good))
    whole = "Edition 7 · valid until 1 Dec 2026 (a number of Paul Adeyemi is to be proved)"
    assert whole in said(of(shape="A6", stamp=good))


def test_what_ones_own_card_says_of_oneself_is_no_number(said):
    made = common()
    text = said(sheet(Card(made, of_person(made.contacts["mara"]))).pdf())
    assert "Mara Lindqvist that is you" in text
    assert "+46 70 174 06 31" not in text


def test_a_newcomer_decides_nothing(said):
    text = said(sheet(Card(common(), NEWCOMER)).pdf())
    assert "You may decide Nothing. Call, and say what you need decided." in text
    assert "Pause the load: Mara Lindqvist, else Jun Park" in text


def test_external_causes_have_their_own_ladder_with_what_differs(said):
    hanna = person("hanna", "Hanna Brandt", "+49 30 23125 031")
    cells = (
        *CELLS,
        cell(S1, 2, "hanna", cause_class=CauseClass.EXTERNAL, acknowledge=timedelta(minutes=5)),
        cell(S2, 2, "hanna", cause_class=CauseClass.EXTERNAL, acknowledge=timedelta(minutes=15)),
    )
    found = programme(people=[*programme().contacts.values(), hanna], cells=cells)
    text = said(of(found))
    assert "Call: internal causes" in text
    external = text.partition("Call: external causes")[2]
    assert external.find("1 Team lead as for internal causes") < external.find("Hanna Brandt")
    assert "+49 30 23125 031" in external


def test_private_points_are_on_no_card(said):
    people = [
        replace(one, points=tuple(replace(point, privacy=Privacy.TEAM) for point in one.points))
        for one in programme().contacts.values()
    ]
    text = said(of(programme(people=people)))
    assert not any(one.points[0].value in text for one in people)
    assert "no number for paper" in text


def test_hours_stand_below_the_name_in_their_own_zone(said):
    people = [
        replace(one, hours="Mon-Fri 08:00-17:30", zone="Asia/Singapore") if one.id == "paul" else one
        for one in programme().contacts.values()
    ]
    assert "Mon–Fri 08–17:30 Singapore" in said(of(programme(people=people)))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_name_written_from_the_right_does_not_take_the_age_of_its_proof_apart(find, shape):
    people = [replace(one, name="ليلى عبد الرحمن") if one.id == "jun" else one for one in programme().contacts.values()]
    pdf = of(programme(people=people, rights=many_rights(40)), shape=shape)
    told = find(pdf, "✓\xa020\xa0d") or find(pdf, "verified 20 days ago")
    called = find(pdf, "+44\xa07700\xa0900\xa0317") or find(pdf, "317")
    assert any(told[0].right == pytest.approx(one.right, abs=1.5) for one in called)


def many_rights(count):
    return (*RIGHTS, *(right(f"Decide matter number {place} of the programme", "paul") for place in range(count)))


@pytest.mark.parametrize("shape", SHAPES)
def test_what_has_no_room_is_named_and_nothing_is_set_smaller_than_it_may_be(said, shape):
    vendors = tuple(replace(KEYSTONE, id=f"v{place}", name=f"Vendor {place}") for place in range(40))
    pdf = of(programme(rights=many_rights(60), vendors=vendors), shape=shape)
    text = said(pdf)
    assert "more rights of others on the wall matrix" in text
    assert "vendors" in text.rpartition("Vendors")[2] or "vendors (on the vendor cards)" in text
    assert "1 Team lead" in text
    assert "4 Executive sponsor" in text
    assert min(sizes_of_type(pdf)) >= 6.49


def test_little_text_is_large(said):
    alone = programme(cells=CELLS[:1], rights=())
    assert max(sizes_of_type(of(alone, shape="A6")) - {15.0}) >= 10.0


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", [LONG, LONG * 3, "محمد الحداد", "अनन्या शर्मा", "A" * 999, "x " * 400])
def test_whatever_somebody_is_called_their_name_stands_there_whole_or_their_level_is_named_as_missing(
    said, shape, name
):
    people = [replace(one, name=name.strip()) if one.id == "mara" else one for one in programme().contacts.values()]
    made = common(programme(people=people))
    pdf = sheet(Card(made, of_person(made.contacts["mara"])), shape=shape).pdf()
    if name.isascii() or "Donau" in name:
        text = said(pdf)
        assert name.replace(" ", "") in text.replace(" ", "") or "1 more level on the wall matrix" in text
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        for item in page.get_objects():
            left, bottom, right_edge, top = item.get_bounds()
            assert left > 3 * MILLIMETRE
            assert right_edge < width - 3 * MILLIMETRE
            assert bottom > 3 * MILLIMETRE
            assert top < height - 3 * MILLIMETRE


def test_an_endless_word_leaves_the_ladder_where_it_is(said):
    found = programme(
        rights=(right("x" * 200_000, "paul"), *RIGHTS), severities=(definition(S1, "y" * 200_000), definition(S2))
    )
    for shape in SHAPES:
        text = said(of(found, shape=shape))
        assert "4 Executive sponsor" in text
        assert re.search(r"\d more rights? of others on the wall matrix", text)
        assert re.search(r"\d more ways? to meet in the book", text)


def test_a_character_that_no_font_has_is_told_before_printing(no_other_fonts):
    people = [replace(one, name="北村 健") if one.id == "jun" else one for one in programme().contacts.values()]
    made = common(programme(people=people))
    assert any("北" in lost for lost in sheet(Card(made, NEWCOMER)).unprintable())


def test_the_codes_call_the_first_and_save_the_single_point_of_contact():
    for shape in SHAPES:
        page = pypdfium2.PdfDocument(of(shape=shape))
        images = [one.render(scale=300 / 72).to_pil().convert("L") for one in page]
        texts = sorted(found.text for image in images for found in zxingcpp.read_barcodes(image))
        assert texts[1] == "tel:+46701740631"
        assert "FN:Ana Ferreira" in texts[0]


def test_codes_are_read_from_a_card_that_lies_on_its_side():
    pdf = of(shape="A6", is_single=False)
    image = pypdfium2.PdfDocument(pdf)[1].render(scale=300 / 72).to_pil().convert("L")
    assert "tel:+46701740631" in [found.text for found in zxingcpp.read_barcodes(image)]


def test_only_black_and_grey_are_printed():
    for page in pypdfium2.PdfDocument(of(is_single=False)):
        image = page.render(scale=1).to_pil().convert("RGB")
        assert all(red == green == blue for _, (red, green, blue) in image.getcolors(100_000))


def test_three_hundred_people_each_have_a_card():
    people = [person(f"p{place}", f"Person {place}", f"+44 7700 9{place:05}") for place in range(300)]
    rights = tuple(right(f"Matter {place % 20}", f"p{place}", threshold=f"no. {place}") for place in range(300))
    made = common(programme(people=[*programme().contacts.values(), *people], rights=rights))
    cards = [Card(made, holder) for holder in everyone(made)][:40]
    assert len(everyone(made)) == 306
    pdf = sheet(*cards, shape="A7", is_single=False).pdf()
    assert len(pypdfium2.PdfDocument(pdf)) == 20


def test_the_outline_leads_to_every_card():
    from io import BytesIO

    from pypdf import PdfReader

    made = common()
    reader = PdfReader(
        BytesIO(sheet(*(Card(made, one) for one in everyone(made)[:5]), shape="A7", is_single=False).pdf())
    )
    assert [one.title for one in reader.outline][:2] == [
        "Mara Lindqvist: Harbour ERP: go-live",
        "Jun Park: Harbour ERP: go-live",
    ]
    assert [reader.get_destination_page_number(one) for one in reader.outline] == [0, 0, 0, 0, 2]


@pytest.mark.parametrize("shape", SHAPES)
def test_cards_are_as_they_were_found_good(matches_golden, no_other_fonts, shape):
    made = common()
    first, last = of_level(made, 1), of_level(made, 3)
    assert first
    assert last
    matches_golden(sheet(Card(made, first), Card(made, last), shape=shape, is_single=False).pdf(), f"cards-{shape}")
