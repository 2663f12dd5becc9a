"""A lead writes down a customer implementation."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.edits import Edit
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.ui.desk import Place
from escplaybook.ui.window import MainWindow
from tests.ui.hands import BORN, NOW, blocker, follow, heard, stored


@pytest.fixture
def ana(book, contact, now):
    (stored,) = editing.apply(book, "Add", Edit(None, contact("Ana Ferreira")), now=now)
    return stored.after


@pytest.fixture
def window(desk, ana, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.go(Place("deployments"))
    yield made
    made.close()


def test_a_deployment_is_written_with_its_stages_and_its_voice(window, qtbot, book, ana):
    window.page.new()
    fields = window.page.form.form.fields
    qtbot.keyClicks(fields["name"], "Harbour ERP")
    fields["point_of_contact"].set_value(ana.id)
    fields["stages"].set_value([{"stage": "integration", "start": "2026-11-01", "end": "2026-12-15"}])
    fields["go_live"].set_value("2027-01-05")
    window.page.save()
    (made,) = records.everything(book, Deployment)
    assert (made.name, made.point_of_contact, made.go_live) == ("Harbour ERP", ana.id, date(2027, 1, 5))
    assert window.page.reading.standing.text().startswith("Now in integration · go-live in 42 days")
    assert "Ana Ferreira" in window.page.reading.text.toPlainText()


def test_a_day_nobody_can_read_is_refused_at_its_field(window, qtbot, book):
    window.page.new()
    fields = window.page.form.form.fields
    qtbot.keyClicks(fields["name"], "Harbour ERP")
    qtbot.keyClicks(fields["go_live"], "soon")
    window.page.save()
    assert window.messages.text.text() == "“soon” is no date; write it like 2026-11-24. Nothing was saved yet."
    assert fields["go_live"].property("wrong")
    assert records.everything(book, Deployment) == []


def test_without_a_voice_the_page_says_so(window, qtbot):
    window.page.new()
    qtbot.keyClicks(window.page.form.form.fields["name"], "Harbour ERP")
    qtbot.keyClick(window.page.form.form.fields["name"], Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "nobody: name a single point of contact" in window.page.reading.text.toPlainText()


@pytest.fixture
def harbour(book, ana, contact, now):
    """A deployment that a board and a works council ask about, and its open S1."""
    (jun,) = stored(book, contact("Jun Park", zone="Asia/Seoul"))
    (made,) = stored(book, Deployment(id="d", name="Harbour ERP", money_a_day=40_000, currency="EUR", **BORN))
    board = PointOfContact(id="g", deployment="d", group="Customer board", person=ana.id, deputy=jun.id, **BORN)
    stored(book, board, blocker("Orders stop", deployment="d", observed=now - timedelta(hours=36)))
    return made


def test_groups_are_rows_of_the_deployment_and_stored_in_one_stroke(window, qtbot, book, ana, harbour):
    (board,) = records.everything(book, PointOfContact)
    window.page.detail.open(harbour.id)
    qtbot.mouseClick(window.page.reading.edit, Qt.MouseButton.LeftButton)
    groups = window.page.form.form.fields["groups"]
    first = groups.editors[0].fields
    assert (first["group"].value(), first["person"].currentText()) == ("Customer board", "Ana Ferreira")
    first["group"].selectAll()
    qtbot.keyClicks(first["group"], "Board of the customer")
    qtbot.mouseClick(groups.adder, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(groups.editors[1].fields["group"], "Works council")
    qtbot.keyClicks(groups.editors[1].fields["person"], "jun")
    window.page.save()
    renamed, council = sorted(records.everything(book, PointOfContact), key=lambda one: one.group)
    assert (renamed.id, renamed.key, renamed.group) == (board.id, board.key, "Board of the customer")
    assert (council.deployment, records.get(book, Contact, council.person).name) == (harbour.id, "Jun Park")
    assert "Works council: Jun Park" in window.page.reading.text.toPlainText()
    editing.undo(book, NOW)
    assert [one.group for one in records.everything(book, PointOfContact)] == ["Customer board"]


def test_a_group_that_is_taken_out_keeps_its_questions(window, qtbot, book, harbour):
    stored(book, Question(id="q", point_of_contact="g", text="How long?", asked=NOW, **BORN))
    window.page.detail.open(harbour.id)
    window.page.detail.edit()
    groups = window.page.form.form.fields["groups"]
    qtbot.mouseClick(groups.editors[0].remove, Qt.MouseButton.LeftButton)
    window.page.save()
    (board,) = records.everything(book, PointOfContact)
    assert board.retired is not None
    assert len(records.everything(book, Question)) == 1
    assert "Customer board" not in window.page.reading.text.toPlainText()


def test_one_person_twice_in_a_group_is_refused_and_nothing_is_stored(window, book, ana, harbour, desk):
    said = heard(desk)
    window.page.detail.open(harbour.id)
    window.page.detail.edit()
    window.page.form.form.fields["groups"].editors[0].fields["deputy"].set_value(ana.id)
    window.page.save()
    assert said[-1] == "The deputy must be another person than the single point of contact."
    assert records.everything(book, PointOfContact)[0].deputy != ana.id


def test_a_question_is_written_down_and_answered_by_keyboard(window, qtbot, book, harbour, desk):
    reading = window.page.reading
    window.page.detail.open(harbour.id)
    follow(reading.text, "ask:PC-0001")
    assert reading.question.text.hasFocus()
    qtbot.keyClicks(reading.question.text, "When is the rehearsal?")
    qtbot.keyClicks(reading.question.asked_by, "Astrid B.")
    reading.question.blocker.setCurrentIndex(1)
    qtbot.keyClick(reading.question.asked_by, Qt.Key.Key_Return)
    (asked,) = records.everything(book, Question)
    assert (asked.text, asked.asked_by, asked.blocker) == (
        "When is the rehearsal?",
        "Astrid B.",
        records.everything(book, Blocker)[0].id,
    )
    assert reading.question.isHidden()
    assert "just now: When is the rehearsal?" in reading.text.toPlainText()
    follow(reading.text, "answer:QU-0001")
    assert reading.answer.by.value() == "Ana Ferreira"  # who speaks to them now
    qtbot.keyClicks(reading.answer.text, "On Friday.")
    qtbot.keyClick(reading.answer.text, Qt.Key.Key_Return)
    assert "On Friday. · Ana Ferreira, just now" in reading.text.toPlainText()
    qtbot.keyClick(reading.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert records.everything(book, Question)[0].answered is None


def test_an_empty_question_is_refused_and_esc_leaves(window, qtbot, book, harbour, desk):
    said = heard(desk)
    reading = window.page.reading
    window.page.detail.open(harbour.id)
    follow(reading.text, "ask:PC-0001")
    qtbot.keyClick(reading.question.text, Qt.Key.Key_Return)
    assert said[-1] == "Write down what was asked."
    qtbot.keyClick(reading.question.text, Qt.Key.Key_Escape)
    assert reading.question.isHidden()
    assert records.everything(book, Question) == []


def test_today_leads_to_the_answer(window, qtbot, book, harbour, desk):
    stored(book, Question(id="q", point_of_contact="g", text="How long?", asked=NOW - timedelta(days=3), **BORN))
    window.go(Place("today"))
    (row,) = [row for row in window.page.table.records() if "How long?" in row.due.what]
    assert row.is_overdue
    desk.settling.emit(row.due)
    assert window.rooms.current_name() == "deployments"
    assert window.page.reading.record.id == harbour.id
    assert window.page.reading.answer.question.text == "How long?"
    assert not window.page.reading.answer.isHidden()


def test_the_stakes_stand_where_a_decision_is_awaited(window, book, harbour, desk, ana):
    window.page.detail.open(harbour.id)
    assert "40,000 EUR a day" in window.page.reading.text.toPlainText()
    window.go(Place("blockers"))
    window.page.step(0)
    told = window.page.reading.text.toPlainText()
    assert "40,000 EUR a day · 60,000 EUR since Sun 14:41 UTC" in told
    assert "Customer board: Ana Ferreira" in told
    window.go(Place("who"))
    assert "40,000 EUR a day" in window.page.beside.text.toPlainText()
    window.go(Place("today"))
    assert "40,000 EUR a day, 60,000 EUR so far" in window.page.table.record(0).due.what


def test_who_stands_in_for_a_group_is_told_with_the_reason(window, book, harbour, desk, ana):
    editing.apply(book, "Hours", Edit(ana, replace(ana, hours="Mon-Fri 09:00-17:00")), now=NOW)
    window.page.detail.open(harbour.id)
    told = window.page.reading.text.toPlainText()
    assert "now Jun Park stands in · Ana Ferreira: off duty, Tue 03:41 in Stockholm" in told


def test_an_amount_that_is_none_is_refused_at_its_field(window, qtbot, book, harbour):
    window.page.detail.open(harbour.id)
    window.page.detail.edit()
    field = window.page.form.form.fields["money_a_day"]
    field.selectAll()
    qtbot.keyClicks(field, "a lot")
    window.page.save()
    assert field.property("wrong")
    assert records.get(book, Deployment, harbour.id).money_a_day == 40_000


def test_today_leads_from_a_group_without_a_voice_to_its_row(window, book, harbour, desk):
    (board,) = records.everything(book, PointOfContact)
    editing.change(book, board, NOW, person=None, deputy=None)
    window.go(Place("today"))
    (row,) = [row for row in window.page.table.records() if "nobody talks to them" in row.due.what]
    desk.settling.emit(row.due)
    assert window.page.detail.currentWidget() is window.page.form
    assert window.page.form.form.fields["groups"].adder.hasFocus()
