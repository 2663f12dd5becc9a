"""Beside the matrix: triggers are written in a form that says what cannot be measured, and tried on past blockers."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.classification import Severity
from escplaybook.domain.facts import Fact
from escplaybook.domain.impact import DataHarm, Impact
from escplaybook.domain.matrix import SeverityDefinition
from escplaybook.domain.triggers import Comparator, Trigger
from escplaybook.store import records
from escplaybook.ui.desk import Place
from tests.ui.hands import BORN, NOW, blocker, follow, stored
from tests.ui.matrix_hands import CTRL, opened, press, type_into
from tests.ui.programmes import fill

MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot)
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


@pytest.fixture
def past(book, people):
    """A blocker of yesterday whose data sync was blocked for two hours, and nobody was told."""
    begun = NOW - timedelta(hours=26)
    facts = (
        Fact(begun, "data sync blocked"),
        Fact(begun, "downstream blocked"),
        Fact(begun + 120 * MINUTE, "data sync blocked", "no"),
    )
    (made,) = stored(book, blocker("Orders stop", observed=begun, facts=facts, resolved=begun + 150 * MINUTE))
    return made


def trigger(people, **fields) -> Trigger:
    reviewed = {"engineering": people["mara"].id, "business": people["ana"].id}
    days = {"engineering_on": date(2026, 1, 1), "business_on": date(2026, 1, 2)}
    usual = {"name": "Data sync", "subject": "data sync blocked", "duration": 60 * MINUTE, "level": 2}
    usual |= {"side_conditions": ("downstream blocked",), "observer": "Queue monitor"}
    return Trigger(id="018f0000-0000-7000-8000-000000000001", **(BORN | reviewed | days | usual | fields))


def open_triggers(page) -> None:
    page.heading.definitions.click()
    page.definitions.select(Trigger)
    page.definitions.step(0)


def detail(page):
    return page.beside.details[Trigger]


def fields(page):
    return detail(page).form.form.fields


def test_a_trigger_is_written_reviewed_and_saved_with_keys(window, page, qtbot, book, people, past):
    open_triggers(page)
    assert page.definitions.pane.state.isVisibleTo(page), "the list says what belongs here"
    press(qtbot, window, Qt.Key.Key_N, CTRL)
    type_into(qtbot, fields(page)["name"], "Data sync")
    type_into(qtbot, fields(page)["subject"], "data sync blocked")
    type_into(qtbot, fields(page)["duration"], "60 min")
    qtbot.keyClicks(fields(page)["side_conditions"], "downstream blocked")
    assert "Nobody observes it" in detail(page).form.check.text()
    type_into(qtbot, fields(page)["observer"], "Queue monitor, every minute")
    assert detail(page).form.check.text() == (
        'Can be measured: held_for("data sync blocked") >= t"PT60M" and is_so("downstream blocked")'
    )
    assert detail(page).form.trial.text() == f"{past.key} Orders stop: due 23 Nov 2026 01:41"
    type_into(qtbot, fields(page)["engineering"], "mara")
    type_into(qtbot, fields(page)["business"], "ferreira")
    press(qtbot, fields(page)["business"], Qt.Key.Key_S, CTRL)
    (made,) = records.everything(book, Trigger)
    assert (made.engineering, made.engineering_on) == (people["mara"].id, NOW.date()), "reviewed today, unless said"
    assert (made.business, made.level, made.duration) == (people["ana"].id, 2, 60 * MINUTE)
    assert page.definitions.current() == made
    row = page.definitions.row_of(made)
    assert row.snippet == "data sync blocked, for 1 h, while downstream blocked"
    assert row.meta == (("to level 2, Project manager", "text"), ("in force", "muted"))


def test_what_is_vague_is_told_while_it_is_typed_and_not_saved(window, page, qtbot, book):
    open_triggers(page)
    page.new()
    form = detail(page).form
    type_into(qtbot, fields(page)["name"], "Sync")
    type_into(qtbot, fields(page)["subject"], "sync is late")
    assert "“late” cannot be measured: say by how much" in form.check.text()
    assert "It does not say for how long" in form.check.text()
    assert fields(page)["subject"].property("wrong")
    assert not fields(page)["duration"].property("wrong"), "what was not typed yet is not wrong"
    type_into(qtbot, fields(page)["duration"], "an hour or so")
    assert "is no span of time" in form.check.text()
    press(qtbot, fields(page)["duration"], Qt.Key.Key_S, CTRL)
    assert fields(page)["duration"].property("wrong")
    type_into(qtbot, fields(page)["duration"], "1 h")
    press(qtbot, fields(page)["duration"], Qt.Key.Key_S, CTRL)
    assert "“late” cannot be measured" in window.messages.text.text()
    assert fields(page)["subject"].hasFocus()
    assert records.everything(book, Trigger) == []


def test_a_number_asks_for_how_much_and_its_unit(page, qtbot, book):
    open_triggers(page)
    page.new()
    assert not fields(page)["value"].isEnabled()
    type_into(qtbot, fields(page)["name"], "Errors")
    type_into(qtbot, fields(page)["subject"], "error rate")
    fields(page)["comparator"].setFocus()
    qtbot.keyClick(fields(page)["comparator"], Qt.Key.Key_Down)
    assert fields(page)["value"].isEnabled()
    type_into(qtbot, fields(page)["value"], "5")
    assert "“5” lacks its unit" in detail(page).form.check.text()
    type_into(qtbot, fields(page)["unit"], "%")
    type_into(qtbot, fields(page)["duration"], "10 min")
    type_into(qtbot, fields(page)["observer"], "Gateway")
    press(qtbot, fields(page)["observer"], Qt.Key.Key_S, CTRL)
    (made,) = records.everything(book, Trigger)
    assert (made.comparator, made.value, made.unit) == (Comparator.AT_LEAST, "5", "%")
    assert detail(page).reading.standing.text() == "Makes nothing due yet: not reviewed by engineering and business"


def test_an_expression_takes_the_place_of_the_fields(page, qtbot, book):
    open_triggers(page)
    page.new()
    type_into(qtbot, fields(page)["name"], "Vendor")
    type_into(qtbot, fields(page)["observer"], "Vendor manager")
    qtbot.keyClicks(fields(page)["expression"], 'severity =~ "(a+)+"')
    assert "patterns are refused" in detail(page).form.check.text()
    assert not fields(page)["subject"].isEnabled()
    fields(page)["expression"].setPlainText('held_for("vendor silent") >= t"PT4H" or stage == "go-live"')
    assert detail(page).form.check.text().startswith("Can be measured")
    detail(page).save()
    (made,) = records.everything(book, Trigger)
    assert made.expression == 'held_for("vendor silent") >= t"PT4H" or stage == "go-live"'


def test_a_changed_condition_loses_its_reviews(page, qtbot, book, people):
    (made,) = stored(book, trigger(people))
    page.show_place(Place("matrix", made.id))
    assert page.beside.definition == made
    assert detail(page).reading.standing.text() == "In force since 2 Jan 2026"
    detail(page).edit()
    assert not detail(page).form.is_changed()
    type_into(qtbot, fields(page)["name"], "Data sync stands still")
    detail(page).save()
    assert records.find(book, Trigger, made.id).business is not None, "a name is no condition"
    detail(page).edit()
    type_into(qtbot, fields(page)["duration"], "90 min")
    detail(page).save()
    changed = records.find(book, Trigger, made.id)
    assert (changed.engineering, changed.business_on) == (None, None)
    assert "not reviewed by engineering and business" in detail(page).reading.standing.text()
    page._desk.undo()
    assert records.find(book, Trigger, made.id).duration == 60 * MINUTE


def test_it_tells_on_which_blockers_it_would_have_fired(window, page, qtbot, book, people, past):
    (made,) = stored(book, trigger(people))
    page.show_place(Place("matrix", made.id))
    text = detail(page).reading.text
    assert f"{past.key} Orders stop: due 23 Nov 2026 01:41" in text.toPlainText()
    follow(text, f"record:{past.key}")
    assert window.page.reading.record == past
    assert f"record:{made.key}" in window.page.reading.text.toHtml()


def test_a_trigger_that_came_in_unmeasured_is_shown_with_what_is_wrong(page, book, people):
    (made,) = stored(book, trigger(people, subject="sync is slow", expression=""))
    stored(book, blocker(observed=NOW - 90 * MINUTE))
    page.show_place(Place("matrix", made.id))
    assert "“slow” cannot be measured" in detail(page).reading.text.toPlainText()
    assert "On blockers so far" not in detail(page).reading.text.toPlainText()


def test_a_severity_begins_where_the_book_says(window, page, qtbot, book, people):
    page.heading.definitions.click()
    page.definitions.select(SeverityDefinition)
    page.definitions.step(0)
    severity = page.beside.details[SeverityDefinition]
    assert "50 % of the users hindered · 50,000 a day" in severity.reading.text.toPlainText()
    severity.edit()
    found = severity.form.form.fields
    type_into(qtbot, found["money_from"], "a lot")
    press(qtbot, found["money_from"], Qt.Key.Key_S, CTRL)
    assert "is no whole number above zero" in window.messages.text.text()
    type_into(qtbot, found["money_from"], "8,000")
    type_into(qtbot, found["users_from"], "120")
    press(qtbot, found["users_from"], Qt.Key.Key_S, CTRL)
    assert found["users_from"].property("wrong")
    type_into(qtbot, found["users_from"], "20")
    press(qtbot, found["users_from"], Qt.Key.Key_S, CTRL)
    stored_one = next(one for one in records.everything(book, SeverityDefinition) if one.severity is Severity.S1)
    assert (stored_one.users_from, stored_one.money_from) == (20, 8_000)
    assert "20 % of the users hindered · 8,000 a day" in severity.reading.text.toPlainText()
    (made,) = stored(book, blocker(severity=Severity.S1, impact=Impact(money=8_000, data=DataHarm.SAFE)))
    window.go(Place("blockers", made.id))
    assert "A day costs 8,000, and 8,000 is where S1 begins" in window.page.reading.text.toPlainText()
