"""Mara asks whether Harbour ERP may go live: the answer first, then what is amiss, each a step from being mended."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.deployments import Deployment, StageDates
from escplaybook.domain.gate import Check
from escplaybook.domain.programme import stages_of
from escplaybook.services import editing, publishing_matrix
from escplaybook.store.programme import programme
from tests.ui.hands import follow, opened
from tests.ui.programmes import fill

RETURN = Qt.Key.Key_Return


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot, "matrix")
    yield made
    made.close()


def come(window, desk, qtbot, place=""):
    desk.go("gate", place)
    page = window.page
    qtbot.waitUntil(lambda: bool(page.gates))
    return page


def answered(qtbot, page, act):
    with qtbot.waitSignal(page._latest.answered):
        act()
        page._desk.bridge.look()


def lines(page):
    return page.list.table.records()


def headings(page):
    return [line.heading for line in lines(page) if line.heading]


def test_the_gate_is_reached_from_the_matrix_and_says_its_answer_first(window, desk, qtbot):
    qtbot.mouseClick(window.page.heading.gate, Qt.MouseButton.LeftButton)
    page = window.page
    qtbot.waitUntil(lambda: bool(page.gates))
    assert page.stage() == "Probelauf mit Echtdaten", "the stage that comes next"
    count = len(page.gates[page.stage()].reasons)
    assert page.answer.text() == f"Harbour ERP may not enter Probelauf mit Echtdaten: {count} reasons"
    assert page.days.text() == "16 Dec 2026 – 20 Jan 2027, begins in 22 days"
    assert headings(page)[0] == "Edition · 1 reason"
    assert lines(page)[0].words == "No edition of the matrix is effective"


def test_green_checks_are_named_with_what_was_looked_at(window, desk, qtbot):
    page = come(window, desk, qtbot)
    fine = [line for line in lines(page) if line.icon == "circle-check"]
    assert headings(page)[-1] == f"Looked at and fine · {len(fine)}"
    told = {line.id: line.quiet for line in fine}
    assert told[Check.AGREEMENTS] == "0 agreements with vendors, through 20 Jan 2027"


def test_each_reason_leads_to_the_place_where_it_is_mended(window, desk, people, qtbot):
    page = come(window, desk, qtbot)
    page.list.setFocus()
    qtbot.keyClick(page.list, RETURN)
    assert window.rooms.current_name() == "editions"
    page = come(window, desk, qtbot)
    hole = next(line for line in lines(page) if line.of.check is Check.COVERAGE)
    assert hole.step == "Name a backup"
    page.list.stand_at(page.list.table.row_of(hole.id))
    qtbot.keyClick(page.list, RETURN)
    assert window.rooms.current_name() == "matrix"
    assert window.page.beside.square.form.isVisible()


def test_whoever_cannot_be_reached_is_a_step_from_the_verification_round(window, desk, qtbot):
    page = come(window, desk, qtbot)
    paul = next(line for line in lines(page) if line.of.check is Check.REACHABLE and "Paul Adeyemi" in line.words)
    assert paul.step == "Verify"
    page._go(paul)
    assert window.rooms.current_name() == "verifying"


def test_the_gate_is_looked_at_anew_as_records_change(window, desk, people, book, qtbot):
    page = come(window, desk, qtbot)
    before = len(lines(page))

    def publish():
        draft = publishing_matrix.draft_of_living(book, desk.now())
        for who, side in (("mara", "engineering"), ("ana", "business")):
            draft = publishing_matrix.review(book, draft, side, people[who], desk.now())
        publishing_matrix.publish(book, draft, desk.now(), desk.now())

    answered(qtbot, page, publish)
    qtbot.waitUntil(lambda: headings(page)[0] != "Edition · 1 reason")
    assert len(lines(page)) == before, "the reason went, and the check is among the fine ones"


def test_stages_and_deployments_are_chosen_by_key_and_a_place_brings_one_back(window, desk, people, book, qtbot):
    other = Deployment(people["harbour"].id + "x", "Castellan", desk.now(), desk.now())
    editing.add(book, other, desk.now())
    desk.bridge.look()
    page = come(window, desk, qtbot, f"{people['harbour'].id}/testing")
    assert page.stage() == "testing"
    page.stages.setFocus()
    qtbot.keyClick(page.stages, Qt.Key.Key_Right)
    assert page.stage() == "go-live"
    assert page.answer.text().startswith("Harbour ERP may not enter go-live")
    assert page.set_days.isVisible(), "go-live has no days yet"
    assert page.place().record == f"{people['harbour'].id}/go-live"
    page.deployment.setCurrentIndex(0)
    page.deployment.activated.emit(0)
    qtbot.waitUntil(lambda: page.answer.text().startswith("Castellan"))
    assert list(page.gates) == stages_of(programme(book), other.id)


def test_a_book_without_deployments_says_what_belongs_here(desk, qtbot):
    window = opened(desk, qtbot, "gate")
    assert window.page.pane.state.headline.text() == "No deployment yet"
    qtbot.mouseClick(window.page.pane.state.buttons[0], Qt.MouseButton.LeftButton)
    assert window.rooms.current_name() == "deployments"
    window.close()


def test_a_deployment_tells_the_gate_of_each_stage_and_leads_there(window, desk, people, book, qtbot):
    harbour = next(iter(programme(book).deployments))
    over = StageDates("initiation", date(2026, 1, 1), date(2026, 2, 1))
    odd = StageDates("UAT #2, 50 %", date(2027, 2, 1), date(2027, 2, 20))
    editing.change(book, harbour, desk.now(), stages=(over, *harbour.stages, odd))
    desk.go("deployment", harbour.id)
    reading = window.page.reading
    qtbot.waitUntil(lambda: "gate shut" in reading.text.toPlainText())
    told = reading.text.toPlainText()
    assert "over" in told
    assert "gate:integration" in reading.text.toHtml()
    assert "gate:initiation" not in reading.text.toHtml(), "what is over is entered no more"
    follow(reading.text, "gate:integration")
    assert window.rooms.current_name() == "gate"
    assert window.page.stage() == "integration"
    assert window.page.place().record == f"{harbour.id}/integration"
    desk.go("deployment", harbour.id)
    link = next(part.split('"')[0] for part in reading.text.toHtml().split('href="') if part.startswith("gate:UAT"))
    follow(reading.text, link)
    assert window.page.stage() == "UAT #2, 50 %"
