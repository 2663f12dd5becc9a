"""The sheet at hand when nothing else works: who, on which number, and does it work."""

from datetime import UTC, date, datetime, timedelta

import pytest

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.paper.contacts import Group, age, by_name, contact_sheet
from escplaybook.paper.page import SIZES, Source, Stamp

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)
TODAY = NOW.date()


def person(name, *points, **fields):
    return Contact(id=f"id-{name}", name=name, created=NOW, updated=NOW, points=points, **fields)


def mobile(number, days=9, **fields):
    return ContactPoint(PointKind.MOBILE, number, verified=TODAY - timedelta(days=days), **fields)


def printed(*groups, size="a4"):
    sources = tuple(Source("contact", one.id, one.key, "ab" * 32) for group in groups for one in group.contacts)
    return contact_sheet("Contacts", groups, Stamp("contact-sheet", NOW, "Dana", sources), SIZES[size])


def crowd(count):
    return [person(f"Person {number:04d}", mobile(f"+46 70 174 06 {number % 90:02d}")) for number in range(count)]


MARA = person(
    "Mara Lindqvist",
    mobile("+46 70 174 06 31"),
    ContactPoint(PointKind.EMAIL, "mara.lindqvist@harbour.example"),
    ContactPoint(PointKind.PHONE, "+46 8 465 004 11", label="at home", privacy=Privacy.PRIVATE),
    ContactPoint(PointKind.CHAT, "@mara", privacy=Privacy.TEAM),
    role="team lead",
    organisation="Harbour ERP",
    zone="Europe/Stockholm",
    hours="Mon-Fri 08:00-17:00, Sat 10:00-14:00",
    deputy="id-Ruth Mensah",
)
RUTH = person("Ruth Mensah", mobile("+44 7700 900214", 1), mobile("+44 20 7946 0142", 300), zone="Europe/London")


def test_a_person_stands_with_role_hours_deputy_and_numbers(pages):
    (text,) = pages(printed(Group("", (MARA, RUTH))).pdf())
    for said in (
        "Mara Lindqvist",
        "team lead, Harbour ERP",
        "Europe/Stockholm",
        "Mon–Fri 08:00–17:00",
        "deputy: Ruth Mensah",
        "+46 70 174 06 31 mobile",
        "mara.lindqvist@harbour.example",
        "verified 9 days ago",
        "NOT verified",
        "verified 1 day ago",
        "verified 300 days ago",
        "at any time",
        "2 people",
    ):
        assert said in text


def test_what_is_not_for_paper_is_not_in_the_file_at_all(pages):
    pdf = printed(Group("", (MARA,))).pdf()
    (text,) = pages(pdf)
    assert "at home not printed: private" in text
    assert "chat not printed: team only" in text
    assert "465" not in text
    assert "@mara" not in text
    assert b"465 004" not in pdf


def test_a_number_and_its_proof_stand_on_one_line(find):
    pdf = printed(Group("", (MARA, RUTH))).pdf()
    (number,), (proof,) = find(pdf, "+44 20 7946 0142"), find(pdf, "verified 300 days ago")
    assert number.bottom == pytest.approx(proof.bottom, abs=3)
    assert proof.left > number.right


def test_numbers_line_up_digit_under_digit(find):
    pdf = printed(Group("", (person("A", mobile("+46 70 174 11 11")), person("B", mobile("+46 70 174 00 00"))))).pdf()
    (ones,), (noughts,) = find(pdf, "11 11"), find(pdf, "00 00")
    assert ones.left == pytest.approx(noughts.left, abs=1.5)
    assert find(pdf, "+46")[0].left == find(pdf, "+46")[1].left


def test_a_number_is_never_broken_across_lines(find):
    long = person("A", mobile("+46 70 174 06 31", label="the phone in the small room behind the machine hall"))
    for size in ("a4", "a5", "a6"):
        (number,) = find(printed(Group("", (long,)), size=size).pdf(), "+46 70 174 06 31")
        assert number.top - number.bottom < 12


def test_the_head_of_the_columns_comes_again_on_every_page(pages):
    texts = pages(printed(Group("", tuple(crowd(60)))).pdf())
    assert len(texts) > 1
    assert all(text.count("Last proved") == 1 for text in texts)
    assert sum(text.count("+46 70 174 06") for text in texts) == 60


def test_nobody_is_torn_between_two_pages(find):
    pdf = printed(Group("", tuple(crowd(60)))).pdf()
    for number in range(60):
        ((page, *_),) = find(pdf, f"Person {number:04d}")
        assert page in {place.page for place in find(pdf, f"+46 70 174 06 {number:02d}")}


def test_groups_have_headings_that_stay_with_their_first_person(find, pages):
    groups = [Group(f"Team {number}", tuple(crowd(5))) for number in range(12)]
    pdf = printed(*groups).pdf()
    first = find(pdf, "Person 0000")
    for number, begins in enumerate(first):
        ((page, *_),) = [place for place in find(pdf, f"Team {number}") if pages(pdf)[place.page]][:1]
        assert page == begins.page


def test_names_are_sorted_as_people_look_for_them():
    names = ["Zoë", "Åsa", "adam", "Émile", "Eva", "Łukasz"]
    assert [one.name for one in by_name(map(person, names))] == ["adam", "Åsa", "Émile", "Eva", "Łukasz", "Zoë"]


@pytest.mark.parametrize(
    ("verified", "said"),
    [
        (None, "NOT verified"),
        (date(2026, 11, 24), "verified today"),
        (date(2026, 11, 23), "verified 1 day ago"),
        (date(2026, 8, 22), "verified 94 days ago"),
        (date(2026, 11, 25), "verified today"),  # written down in a zone where it is tomorrow
    ],
)
def test_the_age_of_a_proof_is_said_in_words(verified, said):
    assert age(verified, TODAY) == said


def test_someone_without_a_number_is_on_the_sheet_all_the_same(pages):
    assert "no number or address" in pages(printed(Group("", (person("Nobody"),))).pdf())[0]


def test_a_name_that_is_one_long_word_stays_in_its_column(find):
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter"
    pdf = printed(Group("", (person(long, mobile("+46 70 174 06 31"), zone="Europe/Vienna"),))).pdf()
    (zone,) = find(pdf, "Europe/Vienna")
    (beginning,) = find(pdf, "Donaudampf")
    assert beginning.right < zone.left


def test_the_contact_sheet_looks_as_it_was_found_good(matches_golden):
    someone = person("ليلى الخطيب", mobile("+971 4 555 0142", 0), role="مديرة المشروع", zone="Asia/Dubai")
    matches_golden(printed(Group("", (MARA, RUTH, someone))).pdf(), "contact-sheet")
