"""People come in from cards and tables as often as anyone likes: nobody is doubled, and what we know stays."""

import json
import os
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from escplaybook.domain.contacts import ContactPoint, PointKind, Privacy
from escplaybook.domain.errors import Unreadable
from escplaybook.exchange import contact_table, vcard
from escplaybook.services import editing
from escplaybook.services.importing import BATCH, FieldConflict, ImportedItem, Remark
from escplaybook.services.importing_contacts import import_csv, import_vcards
from escplaybook.store import checking, history
from escplaybook.store.book import Book
from tests.services.people import MARA, counts, everyone, named, values

# ---- coming in -----------------------------------------------------------------------------------------------------


def test_cards_come_in_and_a_second_run_changes_nothing(book, cards, now):
    report = cards(MARA, ("FN:Tomás Herrera", "TEL:+44 7700 900123"), ("NOTE:nobody",))
    assert counts(report) == (2, 0, 0, 1)
    assert report.items == (
        ImportedItem("team.vcf#1 (Mara Lindqvist)", "CO-0001", "contact", "added"),
        ImportedItem("team.vcf#2 (Tomás Herrera)", "CO-0002", "contact", "added"),
        ImportedItem("team.vcf#3", "", "contact", "refused"),
    )
    assert report.refused[0].source == "team.vcf#3"
    before = everyone(book)
    assert counts(cards(MARA, ("FN:Tomás Herrera", "TEL:+44 7700 900123"), ("NOTE:nobody",))) == (0, 0, 2, 1)
    assert everyone(book) == before
    assert len(history.recent(book)) == 2
    assert not list(checking.trouble(book))


def test_rows_come_in_and_a_second_run_changes_nothing(book, table):
    lines = ("name,mobile,deputy", "Mara,+46 70 174 06 31,Tomás", "Tomás,+44 7700 900123,", "Kim,1,Tomás")
    assert counts(table(*lines)) == (3, 0, 0, 0)
    before = everyone(book)
    assert [person.deputy for person in before if person.name != "Tomás"] == [named(book, "Tomás").id] * 2
    report = table(*lines)
    assert counts(report) == (0, 0, 3, 0)
    assert [item.source for item in report.items] == [
        f"people.csv row {n}" for n in ("2 (Mara)", "3 (Tomás)", "4 (Kim)")
    ]
    assert everyone(book) == before


def test_the_whole_import_is_taken_back_in_one_go(book, table, now):
    rows = [f"P{n},P{n + 1}" for n in range(2 * BATCH + 3)]
    told = []
    report = table("name,deputy", *rows, "P103,", progress=lambda done: told.append((done.done, done.total)))
    assert counts(report) == (2 * BATCH + 4, 0, 0, 0)
    assert told[-1] == (104, 104)
    assert named(book, "P0").deputy == named(book, "P1").id
    assert editing.undo(book, now).reason == "Import contacts from people.csv"
    assert everyone(book) == []
    editing.redo(book, now)
    assert counts(table("name,deputy", *rows, "P103,")) == (0, 0, 2 * BATCH + 4, 0)
    assert not list(checking.trouble(book))


def test_a_dry_run_tells_the_same_and_writes_nothing(book, cards):
    assert counts(cards(MARA, dry_run=True)) == (1, 0, 0, 0)
    assert everyone(book) == []


def test_an_import_can_be_cancelled_between_two_people(book, table):
    lines = ("name", *(f"P{n}" for n in range(3 * BATCH)))
    report = table(*lines, cancelled=lambda: True)
    assert (report.cancelled, counts(report)) == (True, (0, 0, 0, 0))
    assert everyone(book) == []

    told = []
    report = table(*lines, progress=told.append, cancelled=lambda: len(told) >= BATCH)
    assert (report.cancelled, counts(report)) == (True, (BATCH, 0, 0, 0))
    assert counts(table(*lines)) == (2 * BATCH, 0, BATCH, 0)


@pytest.mark.parametrize(("bring", "kind"), [(import_vcards, "vCard file"), (import_csv, "table")])
def test_a_folder_without_people_is_told(book, folder, now, bring, kind):
    (folder / "a.txt").write_text("x")
    with pytest.raises(Unreadable, match=f"There is no {kind}"):
        bring(book, [folder], now=now)
    with pytest.raises(Unreadable, match="no file or folder"):
        bring(book, [folder / "none"], now=now)


def test_the_report_can_be_told_as_json(cards):
    told = json.loads(json.dumps(asdict(cards(MARA))))
    assert told["items"][0] == {
        "source": "team.vcf#1 (Mara Lindqvist)", "key": "CO-0001", "kind": "contact", "did": "added",
    }  # fmt: skip


# ---- coming in again -------------------------------------------------------------------------------------------------


def test_what_only_the_source_changed_follows(book, cards):
    cards((*MARA, "TITLE:Lead", "BDAY:1980-03-22"))
    report = cards((*MARA[:2], "TITLE:Director", "TEL;TYPE=CELL:+46 70 174 06 32", "ORG:Nordvik", "NICKNAME:Mo"))
    assert (counts(report), report.conflicts) == ((0, 1, 0, 0), ())
    person = named(book, "Mara Lindqvist")
    assert (person.role, person.organisation, values(person)) == ("Director", "Nordvik", ["+46 70 174 06 32"])
    assert person.origin.extra == (("NICKNAME", "Mo"),)


def test_what_only_we_changed_stays(book, cards, now):
    cards((*MARA, "TITLE:Lead"))
    person = named(book, "Mara Lindqvist")
    editing.change(book, person, now, role="Director", notes="Ask her.", zone="Europe/Stockholm")
    assert counts(cards((*MARA, "TITLE:Lead"))) == (0, 0, 1, 0)
    assert counts(cards((*MARA, "TITLE:Lead", "ORG:Nordvik"))) == (0, 1, 0, 0)
    person = named(book, "Mara Lindqvist")
    assert (person.role, person.notes, person.zone) == ("Director", "Ask her.", "Europe/Stockholm")


def test_a_field_changed_on_both_sides_is_a_conflict_until_somebody_says_whose(book, cards, now):
    cards(MARA)
    ours = (ContactPoint(PointKind.MOBILE, "+46 70 174 06 33"), named(book, "Mara Lindqvist").points[1])
    editing.change(book, named(book, "Mara Lindqvist"), now, points=ours)
    theirs = (*MARA[:2], "TEL;TYPE=CELL,WORK:+46 70 174 06 32", "EMAIL:lead@nordvik.example")
    report = cards(theirs)
    conflict = FieldConflict("CO-0001", "mobile", ("+46 70 174 06 33",), ("+46 70 174 06 32 (work)",))
    assert (counts(report), report.conflicts) == ((0, 1, 0, 0), (conflict,))
    assert values(named(book, "Mara Lindqvist")) == ["+46 70 174 06 33", "lead@nordvik.example"]
    again = cards(theirs)
    assert (counts(again), again.conflicts) == ((0, 0, 1, 0), (conflict,))
    assert counts(cards(theirs, take="theirs")) == (0, 1, 0, 0)
    assert values(named(book, "Mara Lindqvist")) == ["+46 70 174 06 32", "lead@nordvik.example"]
    assert counts(cards(theirs)) == (0, 0, 1, 0)


def test_what_was_verified_stays_verified_while_the_number_stays(book, cards, now):
    cards(MARA)
    person = named(book, "Mara Lindqvist")
    verified = replace(person.points[0], verified=date(2026, 11, 1), verified_how="called", privacy=Privacy.TEAM)
    private = ContactPoint(PointKind.MOBILE, "+46 70 174 06 39", privacy=Privacy.PRIVATE)
    editing.change(book, person, now, points=(verified, person.points[1], private))
    assert counts(cards(MARA)) == (0, 0, 1, 0)
    report = cards((*MARA[:2], "TEL;TYPE=CELL:+46 70 174 06 30", *MARA[2:], "X-JABBER:m@chat.example"))
    assert (counts(report), report.conflicts) == ((0, 1, 0, 0), ())
    points = named(book, "Mara Lindqvist").points
    assert [point.value for point in points] == [
        "+46 70 174 06 30", "+46 70 174 06 31", "+46 70 174 06 39", "mara@nordvik.example", "m@chat.example",
    ]  # fmt: skip
    assert points[1] == verified
    assert points[2] == private


def test_a_new_kind_of_point_stands_where_the_source_has_it(book, cards):
    cards((*MARA[:2], "EMAIL:mara@nordvik.example"))
    cards(MARA)
    assert values(named(book, "Mara Lindqvist")) == ["+46 70 174 06 31", "mara@nordvik.example"]


def test_a_column_that_is_not_there_leaves_the_book_as_it_is(book, table):
    table("uid,name,mobile,role,deputy", "u1,Mara,1,Lead,Tom", "u2,Tom,2,,")
    report = table("uid,name,phone", "u1,Mara Lindqvist,3")
    assert (counts(report), report.conflicts) == ((0, 1, 0, 0), ())
    person = named(book, "Mara Lindqvist")
    assert (values(person), person.role, person.deputy) == (["1", "3"], "Lead", named(book, "Tom").id)
    assert counts(table("uid,name,mobile,role,deputy", "u1,Mara Lindqvist,4,,")) == (0, 1, 0, 0)
    person = named(book, "Mara Lindqvist")
    assert (values(person), person.role, person.deputy) == (["4", "3"], "", None)


def test_a_table_and_a_card_of_one_uid_meet(book, cards, table):
    cards((*MARA, "BDAY:1980-03-22"))
    report = table("uid,name,email,role", "u1,Mara Lindqvist,mara@nordvik.example,Lead")
    assert (counts(report), report.conflicts) == ((0, 1, 0, 0), ())
    person = named(book, "Mara Lindqvist")
    assert (person.role, person.origin.extra) == ("Lead", (("BDAY", "1980-03-22"),))
    assert counts(cards((*MARA, "BDAY:1980-03-22", "TITLE:Lead"))) == (0, 0, 1, 0)


def test_one_person_twice_in_a_file_is_told(book, cards):
    report = cards(MARA, ("UID:u1", "FN:Somebody else"))
    assert counts(report) == (1, 0, 0, 1)
    assert "same id as team.vcf#1 (Mara Lindqvist)" in report.refused[0].reason


def test_a_retired_person_stays_retired(book, cards, now):
    cards(MARA)
    editing.retire(book, named(book, "Mara Lindqvist"), now)
    assert counts(cards((*MARA, "TITLE:Lead"))) == (0, 1, 0, 0)
    assert named(book, "Mara Lindqvist").retired == now


def test_what_went_out_comes_back_as_the_same(book, contact, folder, now):
    deputy = editing.add(book, contact("Tomás Herrera", phone="+44 7700 900123"), now)
    private = ContactPoint(PointKind.PHONE, "+46 8 465 004 05", "home", privacy=Privacy.PRIVATE)
    bridge = ContactPoint(PointKind.BRIDGE, "https://bridge.example/42", "war room", verified=date(2026, 1, 1))
    person = contact(points=(bridge, private, *contact().points), deputy=deputy.id, hours="Mon-Fri 09:00-17:00")
    editing.add(book, replace(person, languages=("sv", "en"), tags=("go-live",), role="Lead, go-live"), now)
    before = everyone(book)
    (folder / "all.vcf").write_text(vcard.write(before), newline="")
    (folder / "whole.vcf").write_text(vcard.write(before, private=True), newline="")
    (folder / "all.csv").write_text(contact_table.write_csv(before), newline="")
    later = now + timedelta(days=1)
    for report in (
        import_vcards(book, [folder / "all.vcf"], now=later),
        import_vcards(book, [folder / "whole.vcf"], now=later, take="theirs"),
        import_csv(book, [folder / "all.csv"], now=later),
    ):
        assert (counts(report), report.conflicts, report.warnings) == ((0, 0, 2, 0), (), ())
    assert everyone(book) == before

    with Book.create(folder / "other.db") as other:
        assert counts(import_vcards(other, [folder / "whole.vcf"], now=later)) == (2, 0, 0, 0)
        assert named(other, person.name).deputy == named(other, "Tomás Herrera").id
        assert named(other, person.name).points == tuple(replace(p, verified=None) for p in person.points)


# ---- deputies --------------------------------------------------------------------------------------------------------


def test_a_deputy_goes_by_uid_address_name_or_key_of_file_or_book(book, table, contact, now):
    editing.add(book, contact("Kim Park"), now)
    report = table(
        "name,email,uid,deputy",
        "A,a@n.example,ua,CO-0001",
        "B,b@n.example,ub,UA",
        "C,c@n.example,uc,B@n.example",
        "D,d@n.example,ud,c",
        "E,e@n.example,ue,kim park",
    )
    assert (counts(report), report.warnings) == ((5, 0, 0, 0), ())
    by_id = {person.id: person.name for person in everyone(book)}
    assert [(p.name, by_id[p.deputy]) for p in everyone(book) if p.deputy] == [
        ("A", "Kim Park"), ("B", "A"), ("C", "B"), ("D", "C"), ("E", "Kim Park"),
    ]  # fmt: skip


def test_an_unknown_or_doubtful_deputy_is_told_and_the_person_comes_in(book, table, contact, now):
    for number in ("1", "2"):
        editing.add(book, contact("Kim Park", phone=number), now)
    report = table("name,deputy", "Mara,Nobody", "Tom,Kim Park", "Ann,Tom")
    assert counts(report) == (3, 0, 0, 0)
    assert report.warnings == (
        Remark("people.csv row 2 (Mara)", "Nobody here is called “Nobody”, so nobody was made deputy."),
        Remark("people.csv row 3 (Tom)", "Several people are called “Kim Park”, so nobody was made deputy."),
    )
    editing.change(book, named(book, "Mara"), now, deputy=named(book, "Tom").id)
    assert counts(table("name,deputy", "Mara,Nobody", "Tom,Kim Park", "Ann,Tom")) == (0, 0, 3, 0)
    assert named(book, "Mara").deputy == named(book, "Tom").id
    table("name,deputy", "Nobody,", "Tom,Nobody")
    assert named(book, "Tom").deputy == named(book, "Nobody").id


def test_a_ring_of_deputies_is_refused_in_one_sentence(book, table):
    report = table("name,deputy", "Ann,Bob", "Bob,Cem", "Cem,Ann", "Dan,Dan", "Eve,Ann", "Fay,Eve")
    ring = "Ann → Bob → Cem → Ann stand in for each other in a ring; give one of them another deputy."
    assert report.refused == (
        *(Remark(f"people.csv row {n}", ring) for n in ("2 (Ann)", "3 (Bob)", "4 (Cem)")),
        Remark("people.csv row 5 (Dan)", "Dan cannot be their own deputy."),
    )
    assert report.warnings == (Remark("people.csv row 6 (Eve)", "“Ann” did not come in, so nobody was made deputy."),)
    assert [person.name for person in everyone(book)] == ["Eve", "Fay"]
    assert named(book, "Fay").deputy == named(book, "Eve").id


def test_a_ring_that_the_book_would_close_is_refused_too(book, table, now):
    table("name,deputy", "Ann,", "Bob,")
    editing.change(book, named(book, "Ann"), now, deputy=named(book, "Bob").id)
    report = table("name,deputy,role", "Bob,Ann,Lead")
    assert report.refused[0].reason.startswith(("Ann → Bob → Ann", "Bob → Ann → Bob"))
    assert (named(book, "Bob").deputy, named(book, "Bob").role) == (None, "")
    assert counts(table("name,deputy,role", "Ann,,", "Bob,Ann,Lead")) == (0, 0, 1, 1)


def test_a_ring_broken_in_the_source_comes_in(book, table):
    table("name,deputy", "Ann,Bob", "Bob,")
    assert counts(table("name,deputy", "Ann,", "Bob,Ann")) == (0, 2, 0, 0)
    assert (named(book, "Ann").deputy, named(book, "Bob").deputy) == (None, named(book, "Ann").id)


# ---- cards of real programs ------------------------------------------------------------------------------------------


@pytest.mark.skipif("ESCPLAYBOOK_DATA" not in os.environ, reason="ESCPLAYBOOK_DATA names no folder with real cards")
def test_cards_of_phones_and_mail_programs_come_in_once(book, now):
    folder = Path(os.environ["ESCPLAYBOOK_DATA"]) / "contacts"
    assert counts(import_vcards(book, [folder], now=now)) == (13, 0, 0, 0)
    before = everyone(book)
    assert counts(import_vcards(book, [folder], now=now + timedelta(days=1))) == (0, 0, 13, 0)
    assert everyone(book) == before
    assert not list(checking.trouble(book))
