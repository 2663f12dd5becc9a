"""At a blocker: the severity found by impact, what was measured, and what the triggers make due of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.facts import Fact
from escplaybook.domain.impact import DataHarm, Impact, MilestoneAt, Workaround
from escplaybook.domain.triggers import Trigger
from escplaybook.store import records
from escplaybook.store.book import Book
from tests.ui.hands import BORN, NOW, blocker, follow, heard, opened, stored
from tests.ui.programmes import fill

CTRL = Qt.KeyboardModifier.ControlModifier
MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot, "blockers")
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


def field(page, name: str):
    return page.form.form.fields[name]


def answer(page, qtbot, name: str, key: Qt.Key = Qt.Key.Key_Down, times: int = 1) -> None:
    box = field(page, "impact").fields[name]
    box.setFocus()
    for _ in range(times):
        qtbot.keyClick(box, key)


def only(book: Book) -> Blocker:
    (found,) = records.everything(book, Blocker)
    return found


def trigger(people, **fields) -> Trigger:
    reviewed = {"engineering": people["mara"].id, "business": people["ana"].id}
    days = {"engineering_on": date(2026, 1, 1), "business_on": date(2026, 1, 2)}
    usual = {"name": "Data sync blocked", "subject": "data sync blocked", "duration": 60 * MINUTE, "level": 2}
    usual |= {"side_conditions": ("downstream blocked",), "observer": "Queue monitor"}
    return Trigger(id="018f0000-0000-7000-8000-000000000001", **(BORN | reviewed | days | usual | fields))


def test_the_answers_give_the_severity_and_the_reason(page, qtbot, book: Book):
    page.new("Orders stop")
    impact = field(page, "impact")
    assert not impact.questions.isVisibleTo(page)
    qtbot.mouseClick(impact.opener, Qt.MouseButton.LeftButton)
    assert impact.questions.isVisibleTo(page)
    answer(page, qtbot, "milestone", times=3)
    assert field(page, "severity").value() == Severity.S2
    assert "A milestone is lost this week." in impact.told.text()
    answer(page, qtbot, "data", Qt.Key.Key_End)
    assert field(page, "severity").value() == Severity.S1
    assert impact.told.text().startswith("By its impact this is S1. Data is lost or made wrong.")
    page.save()
    raised = only(book)
    assert raised.severity is Severity.S1
    assert raised.impact == Impact(milestone=MilestoneAt.THIS_WEEK, data=DataHarm.HARMED)
    assert "S1: Data is lost or made wrong." in page.reading.text.toPlainText()


def test_the_stage_weighs_in_while_it_is_typed(page, qtbot):
    page.new("Orders stop")
    field(page, "impact").opener.click()
    users = field(page, "impact").fields["users"]
    users.setFocus()
    qtbot.keyClicks(users, "12")
    assert field(page, "severity").value() == Severity.S2
    field(page, "stage").setFocus()
    field(page, "stage").selectAll()
    qtbot.keyClicks(field(page, "stage"), "go-live")
    assert field(page, "severity").value() == Severity.S1
    assert "weighs more at go-live" in field(page, "impact").told.text()


def test_whoever_knows_better_says_why(window, page, qtbot, book: Book):
    page.new("Orders stop")
    impact = field(page, "impact")
    impact.opener.click()
    answer(page, qtbot, "data", Qt.Key.Key_End)
    assert not impact.reason.isVisibleTo(page)
    field(page, "severity").setFocus()
    qtbot.keyClick(field(page, "severity"), Qt.Key.Key_End)
    assert field(page, "severity").value() == Severity.S4
    assert impact.reason.isVisibleTo(page)
    page.save()
    assert "By its impact this is S1" in window.messages.text.text()
    assert records.everything(book, Blocker) == []
    assert impact.property("wrong")
    impact.reason.setFocus()
    qtbot.keyClicks(impact.reason, "Only the copy for training")
    page.save()
    assert (only(book).severity, only(book).impact.overruled) == (Severity.S4, "Only the copy for training")
    assert "S4 all the same: Only the copy for training" in page.reading.text.toPlainText()
    page.detail.edit()
    answer(page, qtbot, "milestone", Qt.Key.Key_Down)
    assert field(page, "severity").value() == Severity.S4, "a reason was given, so no answer moves it"


def test_a_number_that_is_none_is_told_and_not_saved(window, page, qtbot, book: Book):
    page.new("Orders stop")
    field(page, "impact").opener.click()
    qtbot.keyClicks(field(page, "impact").fields["users"], "half")
    assert "“half” is no whole number" in field(page, "impact").told.text()
    page.save()
    assert "“half” is no whole number" in window.messages.text.text()
    assert records.everything(book, Blocker) == []


def test_answers_that_weigh_more_by_now_are_said(page, book: Book):
    (made,) = stored(book, blocker(severity=Severity.S2, stage="go-live", impact=Impact(users=12)))
    page.detail.open(made.id)
    told = page.reading.text.toPlainText()
    assert "By its impact it is no longer S2. Edit it to take S1, or say why not." in told


def test_editing_another_blocker_moves_no_severity(page, book: Book):
    first, second = stored(
        book,
        blocker(severity=Severity.S1, impact=Impact(data=DataHarm.HARMED)),
        blocker("Late", severity=Severity.S1, impact=Impact(workaround=Workaround.TRIED, overruled="Board")),
    )
    for made in (first, second):
        page.detail.open(made.id)
        page.detail.edit()
        assert field(page, "severity").value() == Severity.S1
        assert not page.form.is_changed()


def test_something_measured_is_written_down_and_sets_off_the_trigger(page, desk, people, qtbot, book: Book):
    (sync,) = stored(book, trigger(people))
    begun = NOW - 70 * MINUTE
    (made,) = stored(book, blocker(observed=NOW - 90 * MINUTE, facts=(Fact(begun, "data sync blocked"),)))
    page.detail.open(made.id)
    assert "Escalation" not in page.reading.text.toPlainText()
    qtbot.mouseClick(page.reading.measure, Qt.MouseButton.LeftButton)
    asking = page.reading.measuring
    assert asking.name.hasFocus()
    qtbot.keyClicks(asking.name, "Downstream blocked")
    assert asking.amount.value() == "yes"
    asking.since.set_value((NOW - 30 * MINUTE).isoformat())
    qtbot.keyClick(asking.name, Qt.Key.Key_Return)
    assert only(book).facts[-1] == Fact(NOW - 30 * MINUTE, "downstream blocked"), "spelt as the trigger spells it"
    assert not asking.isVisibleTo(page)
    told = page.reading.text.toPlainText()
    assert "Should have been escalated to level 2 (Project manager) at 02:31, 10 min ago." in told
    said = heard(desk)
    follow(page.reading.text, "escalated:2")
    assert said[-1].startswith("Level 2 has it: BL-0001")
    assert only(book).facts[-1].name == "escalated to level 2"
    assert "it went there at 02:41." in page.reading.text.toPlainText()
    assert sync.key in page.reading.text.toPlainText()


def test_what_cannot_have_been_measured_is_refused_and_stays_to_be_mended(window, page, qtbot, book: Book):
    (made,) = stored(book, blocker())
    page.detail.open(made.id)
    page.reading.measure.click()
    asking = page.reading.measuring
    qtbot.keyClicks(asking.name, "error rate")
    asking.amount.selectAll()
    qtbot.keyClicks(asking.amount, "5")
    qtbot.keyClick(asking.amount, Qt.Key.Key_Return)
    assert "“5” lacks its unit" in window.messages.text.text()
    assert asking.name.value() == "error rate"
    qtbot.keyClicks(asking.amount, " %")
    qtbot.keyClick(asking.amount, Qt.Key.Key_Return)
    assert only(book).facts[0].value == "5 %"
    page.reading.measure.click()
    assert (asking.name.value(), asking.amount.value()) == ("", "yes")
    qtbot.keyClick(asking.name, Qt.Key.Key_Escape)
    assert not asking.isVisibleTo(page)


def test_what_lies_ahead_becomes_due_by_the_clock(page, desk, people, book: Book):
    stored(book, trigger(people, subject="not acknowledged", side_conditions=(), duration=15 * MINUTE))
    (made,) = stored(book, blocker(notified=NOW - 10 * MINUTE))
    page.detail.open(made.id)
    assert "Is to be escalated to level 2 (Project manager)" in page.reading.text.toPlainText()
    page.reading._desk.now = lambda: NOW + 6 * MINUTE
    desk.ticker.minute.emit()
    assert "Should have been escalated to level 2 (Project manager)" in page.reading.text.toPlainText()


def test_resolved_and_handed_over_blockers_only_tell(page, people, book: Book):
    stored(book, trigger(people, subject="open", side_conditions=(), duration=5 * MINUTE))
    (made,) = stored(book, replace(blocker(observed=NOW - 60 * MINUTE), resolved=NOW - 10 * MINUTE))
    page.detail.open(made.id)
    assert "no longer since" in page.reading.text.toPlainText()
    assert "escalated:" not in page.reading.text.toHtml()
