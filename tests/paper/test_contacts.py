"""The sheet at hand when nothing else works: who, on which number, and does it work."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.hierarchy import Duty, Post, Rank, Role
from escplaybook.domain.matrix import Level
from escplaybook.domain.verification import Importance
from escplaybook.paper.contacts import (
    Group,
    by_level,
    by_name,
    by_team,
    by_zone,
    contact_sheet,
    spokespeople,
    zone_words,
)
from escplaybook.paper.page import SIZES, Source, Stamp
from escplaybook.paper.proofs import proof

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)
TODAY = NOW.date()


def person(name, *points, **fields):
    return Contact(id=f"id-{name}", name=name, created=NOW, updated=NOW, points=points, **fields)


def mobile(number, days=9, **fields):
    return ContactPoint(PointKind.MOBILE, number, verified=TODAY - timedelta(days=days), **fields)


def printed(*groups, size="a4", told=(), **stamped):
    sources = tuple(Source("contact", one.id, one.key, "ab" * 32) for group in groups for one in group.contacts)
    stamp = Stamp("contact-sheet", NOW, "Dana", sources, **stamped)
    weights = {one.id: Importance.S2 for group in groups for one in group.contacts}
    return contact_sheet("Contacts", groups, stamp, SIZES[size], importances=weights, told=told)


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
        "never verified",
        "verified 1 day ago",
        "NOT verified for 300 days",
        "at any time",
        "2 people",
    ):
        assert said in text


def test_what_is_not_for_paper_is_not_in_the_file_at_all(pages):
    pdf = printed(Group("", (MARA,))).pdf()
    (text,) = pages(pdf)
    assert "not printed: at home (private), chat (team only)" in text
    assert "465" not in text
    assert "@mara" not in text
    assert b"465 004" not in pdf


def test_a_number_and_its_proof_stand_on_one_line(find):
    pdf = printed(Group("", (MARA, RUTH))).pdf()
    (number,), (proof,) = find(pdf, "+44 20 7946 0142"), find(pdf, "NOT verified for 300 days")
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
        (None, "NEVER verified"),
        (date(2026, 11, 24), "verified today"),
        (date(2026, 11, 23), "verified 1 day ago"),
        (date(2026, 8, 26), "verified 90 days ago"),
        (date(2026, 8, 25), "NOT verified for 91 days"),
        (date(2026, 11, 25), "verified today"),  # written down in a zone where it is tomorrow
    ],
)
def test_the_age_of_a_proof_is_said_in_words(verified, said):
    assert proof(ContactPoint(PointKind.MOBILE, "+46 70 174 06 31", verified=verified), Importance.S2, TODAY)[0] == said


def test_an_address_is_not_called_out_of_date():
    """A mailbox bounces by itself; only what rings goes stale."""
    assert proof(ContactPoint(PointKind.EMAIL, "a@b.example", verified=date(2026, 1, 1)), Importance.S2, TODAY)[
        0
    ].startswith("verified")


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


LEAD = Level("l1", 1, "Team lead", NOW, NOW, purpose="unblock within the team")


def test_by_level_people_stand_with_what_they_own_and_back_up(pages):
    owner = Post(MARA, (Duty(Role.OWNER, Severity.S1), Duty(Role.OWNER, Severity.S2, CauseClass.EXTERNAL)))
    backup = Post(RUTH, (Duty(Role.BACKUP, Severity.S1),))
    vacant = (Duty(Role.BACKUP, Severity.S2),)
    (text,) = pages(printed(spokespeople([RUTH]), *by_level([Rank(LEAD, (owner, backup), vacant, ())])).pdf())
    lines = text.splitlines()
    assert lines.index("Single point of contact the only one outsiders talk to") < lines.index(
        "1 · Team lead unblock within the team"
    )
    assert "No backup at ▲ S2" in lines
    text = " ".join(text.split())
    assert "owner at ◆ S1" in text
    assert "owner at ▲ S2 (external causes)" in text
    assert "backup at ◆ S1" in text
    assert "2 people" in text  # Ruth stands in two groups and is one person
    assert text.count("+44 7700 900214") == 2


def test_a_level_without_anybody_says_so(pages):
    (text,) = pages(printed(*by_level([Rank(LEAD, (), (), ())])).pdf())
    assert "Nobody is named." in text


def test_by_team_the_same_name_in_two_firms_is_two_teams_and_the_teamless_come_last():
    people = [
        person("A", team="Quality", organisation="Harbour"),
        person("B", team="Quality", organisation="Castellan"),
        person("C", organisation="Castellan"),
        person("D", team="Delivery", organisation="Harbour"),
    ]
    assert [(group.heading, group.beside, [one.name for one in group.contacts]) for group in by_team(people)] == [
        ("Delivery", "Harbour", ["D"]),
        ("Quality", "Castellan", ["B"]),
        ("Quality", "Harbour", ["A"]),
        ("Without a team", "Castellan", ["C"]),
    ]


def test_by_zone_people_stand_from_west_to_east_with_the_offset_from_here(pages):
    here = NOW.astimezone(timezone(timedelta(hours=1)))
    people = [person(name, zone=name) for name in ("Asia/Kolkata", "Europe/Stockholm", "America/New_York")]
    groups = by_zone(people, here)
    assert [(group.heading, group.beside) for group in groups] == [
        ("America/New York", "UTC−05:00 · 6 h behind here"),
        ("Europe/Stockholm", "UTC+01:00 · the same time as here"),
        ("Asia/Kolkata", "UTC+05:30 · 4 h 30 min ahead of here"),
    ]
    (text,) = pages(printed(*groups, told=["zone"]).pdf())
    assert text.count("America/New York") == 1  # in the heading; the name of the person has an underscore


def test_the_offset_is_that_of_the_day_not_of_the_year():
    assert zone_words("Europe/Stockholm", datetime(2026, 7, 1, tzinfo=UTC)).startswith("UTC+02:00")


def test_a_group_that_runs_over_says_on_the_next_page_whose_it_is(pages):
    texts = pages(printed(Group("Team 1", tuple(crowd(60)))).pdf())
    assert "Team 1 continued" not in texts[0]
    assert all(text.count("Team 1 continued") == 1 for text in texts[1:])


def test_the_stamp_says_until_when_the_numbers_are_believed(pages):
    (text,) = pages(printed(Group("", (MARA,)), valid_until=date(2027, 2, 13)).pdf())
    assert "valid until 13 Feb 2027" in text
    assert "out of date" not in text


def test_a_sheet_that_is_past_its_day_says_so_at_the_head_and_in_the_stamp(pages, find):
    for until, said in (
        (date(2026, 10, 5), "was valid until 5 Oct 2026: 2 numbers are out of date"),
        (None, "· 2 numbers"),
    ):
        pdf = printed(Group("", (MARA, RUTH)), valid_until=until, outdated=2).pdf()
        (text,) = pages(pdf)
        assert said in text
        assert "2 numbers are out of date and marked so" in text


def test_the_stamp_stays_on_the_paper_however_small(find):
    for size in ("a4", "a5", "a6"):
        pdf = printed(Group("", (MARA,)), size=size, valid_until=date(2026, 10, 5), outdated=12).pdf()
        (end,) = find(pdf, "12 numbers are out of date")[-1:]
        assert end.right <= SIZES[size].width - SIZES[size].margin + 1


def test_every_grouping_prints_on_every_paper(pages):
    long = replace(MARA, name="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter " * 3)
    for size in SIZES:
        for groups in (by_team([long, RUTH]), by_zone([long, RUTH], NOW)):
            assert "Ruth Mensah" in "".join(pages(printed(*groups, size=size).pdf()))
