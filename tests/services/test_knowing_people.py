"""People are known again by identifier or address; a name alone is proposed; and what a column is, is said once."""

import pytest

from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.errors import Unreadable
from escplaybook.services import editing
from escplaybook.services.importing_contacts import import_csv
from tests.exchange.sheets import xlsx
from tests.services.people import MARA, counts, everyone, named, values

# ---- probable doubles ------------------------------------------------------------------------------------------------


def test_one_name_in_one_organisation_is_proposed_and_not_assumed(book, cards):
    cards(("FN:Mara Lindqvist", "ORG:Nordvik", "TEL:1111111"))
    report = cards(("FN:Lindqvist\\, Mara", "ORG:Nordvik", "TEL:2222222"))
    assert counts(report) == (1, 0, 0, 0)
    (double,) = report.doubles
    assert (double.key, double.like, double.name) == ("CO-0002", "CO-0001", "Mara Lindqvist")
    assert double.reason == "same name and organisation"
    again = cards(("FN:Lindqvist\\, Mara", "ORG:Nordvik", "TEL:2222222"))
    assert (counts(again), again.doubles) == ((0, 0, 1, 0), ())


def test_somebody_says_that_it_is_the_same_person(book, cards):
    cards(("UID:u1", "FN:Mara Lindqvist", "ORG:Nordvik", "TEL:1111111"))
    card = ("FN:Mara Lindqvist", "ORG:Nordvik", "TEL:2222222", "TITLE:Lead")
    source = cards(card, dry_run=True).doubles[0].source
    report = cards(card, same={source: everyone(book)[0].id}, take="theirs")
    assert (counts(report), report.doubles) == ((0, 1, 0, 0), ())
    (person,) = everyone(book)
    assert (person.role, values(person), person.origin.uid) == ("Lead", ["2222222"], "u1")


def test_somebody_says_that_it_is_another_person(book, cards):
    cards(("UID:u1", "FN:Mara Lindqvist", "ORG:Nordvik"))
    card = ("UID:u2", "FN:Mara Lindqvist", "ORG:Nordvik")
    source = cards(card, dry_run=True).doubles[0].source
    report = cards(card, same={source: ""})
    assert (counts(report), report.doubles) == ((1, 0, 0, 0), ())


def test_a_person_written_by_hand_is_known_by_address_and_name(book, cards, contact, now):
    editing.add(book, contact(points=(ContactPoint(PointKind.EMAIL, "mara@nordvik.example"),), zone="UTC"), now)
    report = cards((*MARA, "TITLE:Lead"))
    assert (counts(report), report.conflicts) == ((0, 1, 0, 0), ())
    (person,) = everyone(book)
    assert (person.role, person.origin.uid) == ("Lead", "u1")
    assert values(person) == ["+46 70 174 06 31", "mara@nordvik.example"]


def test_an_address_alone_makes_two_people_probable_doubles(book, cards):
    cards(("UID:u1", "FN:Mara Lindqvist", "EMAIL:desk@n.example"))
    report = cards(("UID:u2", "FN:Tom Herrera", "EMAIL:Desk@N.example"))
    assert (counts(report), report.doubles[0].reason) == ((1, 0, 0, 0), "same e-mail address desk@n.example")


def test_a_source_that_names_its_people_later_is_known_by_what_it_gave_before(book, cards):
    cards(("FN:Mara Lindqvist", "EMAIL:mara@nordvik.example"))
    assert counts(cards(("UID:u1", "FN:Mara Lindqvist", "EMAIL:mara@nordvik.example", "TITLE:Lead"))) == (0, 1, 0, 0)
    assert named(book, "Mara Lindqvist").origin.uid == "u1"


def test_two_sources_of_one_person_take_nothing_from_each_other(book, cards, table):
    lines = ("name,organisation,mobile,role", "Mara Lindqvist,Nordvik,1111111,Lead")
    table(*lines)
    card = ("UID:u1", "FN:Mara Lindqvist", "ORG:Nordvik", "TEL:2222222", "EMAIL:mara@nordvik.example")
    source = cards(card, dry_run=True).doubles[0].source
    report = cards(card, same={source: everyone(book)[0].id})
    assert (counts(report), report.conflicts) == ((0, 1, 0, 0), ())
    for _ in range(2):
        for again in (table(*lines), cards(card)):
            assert (counts(again), again.conflicts, again.doubles) == ((0, 0, 1, 0), (), ())
    (person,) = everyone(book)
    assert (person.role, values(person)) == ("Lead", ["1111111", "2222222", "mara@nordvik.example"])
    assert counts(table(lines[0], lines[1].replace("Lead", "Director"))) == (0, 0, 1, 0)
    assert counts(cards((*card, "TITLE:Director"))) == (0, 0, 1, 0)


# ---- tables whose headings are not known -----------------------------------------------------------------------------


def test_what_is_said_of_a_column_holds_for_the_next_table_of_these_headings(book, table):
    lines = ("Wer,Ruf,Post,Größe", "Mara,1,m@n.example,38")
    assert counts(table(*lines)) == (0, 0, 0, 1)
    said = {"Wer": "name", "ruf": "mobile", "Post": "email"}
    assert counts(table(*lines, columns=said, dry_run=True)) == (1, 0, 0, 0)
    assert counts(table(*lines)) == (0, 0, 0, 1)  # that was a trial
    assert counts(table(*lines, columns=said)) == (1, 0, 0, 0)
    assert values(named(book, "Mara")) == ["1", "m@n.example"]
    assert counts(table("Wer,Ruf,Post,Größe", "Mara,1,m@n.example,38", "Tom,2,t@n.example,44")) == (1, 0, 1, 0)
    assert values(named(book, "Tom")) == ["2", "t@n.example"]
    assert counts(table(*lines, columns={"Ruf": ""})) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("said", "told"), [({"Wer": "rank"}, "“rank” is no column"), ({"Where": "name"}, "No table has a column “where”")]
)
def test_an_answer_that_fits_no_column_is_told(table, said, told):
    with pytest.raises(Unreadable, match=told):
        table("Wer,Ruf", "Mara,1", columns=said)


def test_an_answer_about_nobody_is_told(cards):
    with pytest.raises(Unreadable, match="There is no item"):
        cards(MARA, same={"team.vcf#9": ""})


def test_a_spreadsheet_comes_in_and_a_second_run_changes_nothing(book, folder, now):
    rows = [["Vorname", "Nachname", "Telefon privat"], ["Mara", "Lindqvist", "+46 70 174 06 31"]]
    path = xlsx(folder / "people.xlsx", {"Leute": rows})
    assert counts(import_csv(book, [path], now=now)) == (1, 0, 0, 0)
    assert named(book, "Mara Lindqvist").points[0].label == "privat"
    assert counts(import_csv(book, [folder], now=now)) == (0, 0, 1, 0)
