"""A form is filled in with a pen: every box has a number, room to write, and tells what an answer means."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.form_kinds import intake_form, update_form
from escplaybook.domain.impact import Thresholds
from escplaybook.domain.matrix import Cell, Level, SeverityDefinition
from escplaybook.domain.verification import Importance
from escplaybook.paper.forms import form_sheet
from escplaybook.paper.forms_aside import cadences, first_rung
from escplaybook.paper.page import SIZES, Source, Stamp
from tests.conftest import NOW

HARBOUR = Deployment("d", "Harbour ERP", NOW, NOW, key="DP-0001", zone="Europe/Stockholm")
S1 = SeverityDefinition("s", Severity.S1, "Business stands still", NOW, NOW, intake=("Context: one exact error",))
STAMP = Stamp("form", NOW, "Dana", (Source("severity", "s", "SV-0001", "ab" * 32),))


def intake(size="a4", definition=S1, aside=()):
    form = intake_form(definition, Thresholds(), HARBOUR, "integration")
    return form, form_sheet(form, STAMP, SIZES[size], aside).pdf()


def beside(contact):
    mara = replace(contact(), id="m")
    cell = Cell("c", Severity.S1, 1, NOW, NOW, owner="m")
    level = Level("l", 1, "Team lead", NOW, NOW)
    return first_rung(Severity.S1, level, [cell], {"m": mara}, {"m": Importance.S1}, "Bridge, room 31", STAMP)


def test_the_intake_form_is_as_it_was_found_good(contact, matches_golden):
    matches_golden(intake(aside=beside(contact))[1], "form-intake")


def test_the_update_form_is_as_it_was_found_good(matches_golden):
    blocker = Blocker("b", "Orders stop", Severity.S1, NOW, NOW, NOW, key="BL-0001")
    form = update_form(blocker, HARBOUR)
    every = cadences([replace(S1, cadence=timedelta(minutes=30))])
    matches_golden(form_sheet(form, STAMP, SIZES["a4"], every).pdf(), "form-update")


def test_numbers_stand_in_reading_order(find):
    form, pdf = intake()
    places = [find(pdf, one.label)[0] for one in form.boxes]
    rows = [(place.page, -round(place.top / 6), place.left) for place in places]
    assert rows == sorted(rows)


def test_the_front_asks_what_is_urgent_and_the_back_what_is_long(pages, contact):
    front, back = pages(intake(aside=beside(contact))[1])
    for said in ("What is blocked", "How bad it is", "Who has it", "Mara Lindqvist", "+46 70 174 06 31", "No backup"):
        assert said in front.replace("\xa0", " ")
    assert "What a ticket of S1 must carry" in back
    assert "DP-0001 Harbour ERP" in front
    assert "times in Europe/Stockholm" in front


def test_beside_an_answer_stands_the_severity_it_gives(find):
    _, pdf = intake()
    data = find(pdf, "it may be")[0]
    s2 = [place for place in find(pdf, "S2") if abs(place.bottom - data.bottom) < 4 and place.page == data.page]
    assert s2
    assert s2[0].left > data.right


@pytest.mark.parametrize("size", ["a4", "letter", "a5", "a6"])
def test_on_any_paper_every_box_is_there_and_none_is_cut_off(size, find, contact):
    form, pdf = intake(size, aside=beside(contact))
    for one in form.boxes:
        first, *_ = one.label.split()
        found = find(pdf, first)
        assert found
        assert all(place.right <= SIZES[size].width - SIZES[size].margin + 1 for place in found)


def test_a_checklist_nobody_could_print_whole_is_cut_short(pages):
    hostile = replace(S1, intake=(f"Context: {'x' * 200_000}", "y" * 200_000, *(f"item {n}" for n in range(60))))
    texts = pages(intake(definition=hostile)[1])
    assert len(texts) < 20
    assert "item 59" in texts[-1]


def test_a_form_without_a_matrix_says_that_nobody_is_named(pages):
    aside = first_rung(Severity.S2, None, [], {}, {}, "", STAMP)
    front = pages(intake(aside=aside)[1])[0]
    assert "The matrix names nobody here yet." in front
