"""A call tree on paper: in the order of the calls, each number with its line, its tries and what was said back."""

import pytest

from escplaybook.domain.call_tree import Call
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.hierarchy import Duty, Post, Rank, Role
from escplaybook.domain.matrix import Level
from escplaybook.domain.verification import Check, Importance
from escplaybook.paper.call_tree import call_tree_sheet
from escplaybook.paper.page import SIZES, Source, Stamp
from tests.conftest import NOW


def printed(calls, lines, size="a4"):
    stamp = Stamp("form", NOW, "Dana", (Source("contact", "1", "CO-0001", "ab" * 32),))
    where = ("CT-12", "Harbour ERP, go-live", "Europe/Stockholm")
    return call_tree_sheet(calls, lines, *where, stamp, SIZES[size]).pdf()


def called(person, caller=None):
    post = Post(person, (Duty(Role.OWNER, Severity.S1),))
    return Call(person, caller, Rank(Level("l", 1, "Team lead", NOW, NOW), (post,), (), ()), post)


@pytest.mark.parametrize("size", ["a4", "a6"])
def test_a_person_has_a_row_with_who_calls_them_and_room_for_every_try(contact, pages, size):
    mara, jun = contact(), contact("Jun Park", "+44 7700 900 317")
    lines = [(12, Check(mara, mara.points[0], Importance.S1)), (13, Check(jun, jun.points[0], Importance.S1))]
    text = "\n".join(pages(printed([called(mara), called(jun, mara)], lines, size))).replace("\xa0", " ")
    for said in (
        "form CT-12",
        "1 · Team lead",
        "owner at ◆ S1",
        "called by whoever begins",
        "called by Mara Lindqvist",
    ):
        assert said in " ".join(text.split())
    for said in ("12", "13", "+46 70 174 06 31", "+44 7700 900 317"):
        assert said in text
    assert text.count("reached") >= 2
    assert text.count("3 at") == 2
    assert "“12 ok, message wrong”" in " ".join(text.split())


def test_who_has_no_number_for_paper_is_named_all_the_same(contact, pages):
    mara, ana = contact(), contact("Ana Ferreira", points=(ContactPoint(PointKind.EMAIL, "ana@harbour.example"),))
    lines = [(1, Check(mara, mara.points[0], Importance.S1))]
    (text,) = pages(printed([called(mara), Call(ana, mara)], lines))
    assert "Speaks to people outside" in text
    assert "no number for paper" in text


def test_a_long_tree_goes_on_over_pages_with_its_head(contact, pages):
    people = [contact(f"Person {at:03} {'x' * (at % 7) * 40}") for at in range(60)]
    lines = [(at, Check(one, one.points[0], Importance.S2)) for at, one in enumerate(people, start=1)]
    texts = pages(printed([called(one, people[0]) for one in people], lines))
    assert len(texts) > 4
    assert all("Number, and what came of it" in text for text in texts)
    assert "Person 059" in texts[-1]
