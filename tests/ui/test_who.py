"""At 02:41 somebody asks who to call, by keys alone, and is told whom, by when and why."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.deployments import Deployment, StageDates
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk
from escplaybook.ui.who.timeline import number_texts, person_texts, spoken, time_texts
from tests.ui.hands import BORN, NOW, blocker, heard, opened, stand_on, stored, vendor
from tests.ui.programmes import fill

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot, "who")
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


def names(page) -> list[str]:
    return [row.rung.answers.name if row.rung.answers else "nobody" for row in page.table.records()]


def choose(qtbot, field, word: str) -> None:
    """Choose by typing the beginning of a word, as in any list of choices."""
    field.setFocus()
    qtbot.keyClicks(field, word)


def words(texts) -> str:
    return " | ".join(said.words for said in texts)


def test_the_deployments_present_stage_is_asked_about_and_answered_at_once(page):
    assert page.question.stage.value() == "integration"
    assert page.question.deployment.currentText() == "Harbour ERP · Integration"
    assert names(page) == ["Mara Lindqvist", "Ruth Mensah", "Ruth Mensah", "Paul Adeyemi"]
    first = page.table.record(0)
    assert words(number_texts(first)).startswith("+46 70 174 06 31 | answers by ")
    assert "off duty" in words(person_texts(page.table.record(1)))


def test_a_stage_of_the_deployments_own_can_be_asked_about(page):
    stages = [page.question.stage.itemText(row) for row in range(page.question.stage.count())]
    assert "Probelauf mit Echtdaten" in stages


def test_keys_in_severity_and_cause_answer_at_once(page, qtbot):
    choose(qtbot, page.question.severity, "S2")
    assert page.question.asked().place.severity is Severity.S2
    assert page.question.sentence.text().startswith("Milestone slips")
    assert names(page)[2].startswith("Hubertus"), "at S2 another director answers in this stage"
    qtbot.keyClick(page.question.severity, Qt.Key.Key_End)
    assert names(page) == ["Mara Lindqvist", "Ruth Mensah"], "S4 climbs two levels only"
    choose(qtbot, page.question.cause, "Ext")
    assert page.question.asked().place.cause_class is CauseClass.EXTERNAL


def test_where_nobody_answers_the_page_says_why_and_the_next_level_is_called_at_once(page, qtbot):
    choose(qtbot, page.question.stage, "Test")
    director, sponsor = page.table.record(2), page.table.record(3)
    assert words(time_texts(director)) == "—"
    told = words(person_texts(director))
    assert "nobody" in told
    assert "Ingrid Solberg (owner): off duty" in told
    assert "No backup named" in told
    assert sponsor.rung.starts == director.rung.starts
    assert "asked at once: nobody answers at level 3" in words(person_texts(sponsor))
    assert "nobody" in spoken(director)


def test_long_reasons_are_wrapped_and_never_cut(page, qtbot):
    choose(qtbot, page.question.stage, "Test")
    delegate, index, view = page.view.itemDelegate(), page.table.index(2, 0), page.view
    option = QStyleOptionViewItem()
    option.widget = view
    view.resize(QSize(900, 500))
    roomy = delegate.sizeHint(option, index).height()
    view.resize(QSize(360, 500))
    assert delegate.sizeHint(option, index).height() > roomy


def test_now_moves_on_with_the_clock_and_another_time_stays(book, theme, people, qtbot):
    clock = [NOW]
    desk = Desk(book, theme, clock=lambda: clock[0])
    window = opened(desk, qtbot, "who")
    page, time = window.page, window.page.question.time
    assert page.table.record(0).rung.starts == NOW
    clock[0] = NOW + timedelta(minutes=7)
    desk.ticker.tick()
    assert page.table.record(0).rung.starts == clock[0]
    qtbot.mouseClick(time.button, Qt.MouseButton.LeftButton)
    assert time.edit.hasFocus()
    qtbot.keyClick(time.edit, Qt.Key.Key_Up)  # an hour later
    asked = page.table.record(0).rung.starts
    assert asked == clock[0] + timedelta(hours=1)
    clock[0] += timedelta(minutes=7)
    desk.ticker.tick()
    assert page.table.record(0).rung.starts == asked
    qtbot.keyClick(time.edit, Qt.Key.Key_Escape)
    assert page.question.time.is_now()
    assert page.table.record(0).rung.starts == clock[0]
    window.close()
    desk.close()


def test_the_row_one_is_on_stays_when_the_minute_turns(page, desk):
    stand_on(page.view, 2)
    desk.ticker.minute.emit()
    assert page.view.currentIndex().row() == 2


def test_the_number_is_copied_with_the_usual_keys(page, qtbot, desk):
    said = heard(desk)
    row = stand_on(page.view, 0)
    qtbot.keyClick(page.view, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == row.number.value == "+46 70 174 06 31"
    assert said == ["Copied +46 70 174 06 31"]


def test_return_on_a_person_opens_their_contact(window, page, qtbot, people):
    stand_on(page.view, 0)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert window.rooms.current_name() == "contacts"
    assert window.page.detail.record.name == "Mara Lindqvist"


def test_a_blocker_raised_from_here_carries_severity_stage_and_system(window, page, qtbot, book: Book):
    choose(qtbot, page.question.severity, "S2")
    choose(qtbot, page.question.stage, "Test")
    page.question.system.setFocus()
    qtbot.keyClicks(page.question.system, "orders")
    qtbot.mouseClick(page.beside.raise_button, Qt.MouseButton.LeftButton)
    assert window.rooms.current_name() == "blockers"
    title = window.page.form.form.fields["title"]
    assert title.hasFocus()
    qtbot.keyClicks(title, "Load test stops at 64 %")
    qtbot.keyClick(title, Qt.Key.Key_S, CTRL)
    (raised,) = records.everything(book, type(blocker()))
    assert (raised.severity, raised.stage, raised.system) == (Severity.S2, "testing", "orders")
    assert raised.deployment == page.question.deployment.value()


def test_whoever_may_decide_and_can_be_reached_stands_first(page):
    told = page.beside.text.toPlainText()
    assert "Who may say yes" in told
    assert "Change the design (up to 20 days of work): Ruth Mensah, for Ingrid Solberg" in told
    assert "Authorise a temporary workaround (up to 72 h): Ingrid Solberg, not to be reached then" in told
    assert "Roll back" not in told, "that right is for the testing stage only"


def test_what_to_have_ready_and_who_talks_to_outsiders_stand_beside(page, window, people):
    told = page.beside.text.toPlainText()
    assert told.index("Who may say yes") < told.index("Have ready") < told.index("Outsiders talk to")
    page.beside.text.anchorClicked.emit(QUrl("record:CO-0007"))
    assert window.page.detail.record.name == "Ana Ferreira"


def test_the_pane_beside_begins_at_its_first_line(page, qtbot, desk):
    bar = page.beside.text.verticalScrollBar()
    qtbot.waitUntil(lambda: page.beside.text.height() > 100)
    assert bar.value() == 0
    desk.ticker.minute.emit()
    assert bar.value() == 0


def test_many_rights_are_folded_until_they_are_wanted(page, book: Book, people):
    from escplaybook.domain.matrix import DecisionRight

    extra = [
        DecisionRight(id=new_id(NOW), decision=f"decide thing {n}", decider=people["mara"].id, **BORN) for n in range(9)
    ]
    stored(book, *extra)
    assert "Decide thing 8" not in page.beside.text.toPlainText()
    assert "5 more" in page.beside.text.toPlainText()
    page.beside.text.anchorClicked.emit(QUrl("more:rights"))
    assert "Decide thing 8" in page.beside.text.toPlainText()


def test_a_system_brings_its_vendors_own_ladder(page, qtbot, book: Book):
    stored(book, vendor())
    page.question.system.setFocus()
    qtbot.keyClicks(page.question.system, "webhook")
    assert "Tidewater" not in page.beside.text.toPlainText()
    qtbot.keyClicks(page.question.system, "s")
    told = page.beside.text.toPlainText()
    assert told.index("Tidewater Middleware") < told.index("Who may say yes")
    for expected in ("Our S1 is their P1", "TM-4471-E", "+49 30 23125 014", "answers within 1 h", "closed now"):
        assert expected in told


def test_the_deployment_that_was_chosen_stays_chosen_when_somebody_edits_it(page, qtbot, book: Book, now):
    stages = (StageDates("testing", NOW.date(), NOW.date()),)
    (other,) = stored(book, Deployment(id=new_id(NOW), name="Zenith Payroll", stages=stages, **BORN))
    page.question.deployment.setFocus()
    qtbot.keyClicks(page.question.deployment, "Zenith")
    assert page.question.deployment.value() == other.id
    assert page.question.stage.value() == "testing", "the stage follows the deployment"
    editing.apply(book, "Rename", Edit(other, replace(other, name="Zenith Payroll 2")), now=now)
    assert page.question.deployment.currentText() == "Zenith Payroll 2 · Testing"


def test_every_choice_and_answer_is_reached_and_named_without_a_mouse(page, qtbot):
    question = page.question
    for field in (question.severity, question.stage, question.cause, question.system, question.deployment):
        assert field.accessibleName()
    question.severity.setFocus()
    reached = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [question.stage, question.cause, question.system, question.time.button, question.deployment]


def test_an_empty_book_says_what_is_missing_and_leads_there(desk, qtbot):
    window = opened(desk, qtbot, "who")
    page = window.page
    assert page.pane.state.headline.text() == "There is no matrix yet"
    assert page.question.deployment.isHidden()
    qtbot.mouseClick(page.pane.state.buttons[0], Qt.MouseButton.LeftButton)
    assert window.rooms.current_name() == "matrix"
    window.close()


def test_a_book_for_reading_raises_nothing(path, book: Book, theme, people, qtbot):
    with Book.open(path, read_only=True) as shut:
        desk = Desk(shut, theme, clock=lambda: NOW)
        window = opened(desk, qtbot, "who")
        assert names(window.page)[0] == "Mara Lindqvist"
        assert window.page.beside.raise_button.isHidden()
        qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
        assert window.rooms.current_name() == "who"
        window.close()
        desk.close()


def test_the_ladder_keeps_qts_rules(page, qtmodeltester):
    qtmodeltester.check(page.table)


def test_a_deadline_in_business_hours_says_why_it_falls_when_it_does(page, people, book):
    cell = page.table.record(0).rung.cell
    calendar = "Mon-Fri 08:00-16:00 in Europe/Oslo"
    editing.apply(book, "Change", Edit(cell, replace(cell, calendar=calendar, resolve=None)), now=NOW)
    first = page.table.record(0)
    assert first.rung.acknowledge_by == NOW.replace(hour=7, minute=5)
    assert "Due then because counted Mon–Fri\N{NO-BREAK SPACE}08:00–16:00 in Oslo, from Tue 08:00" in spoken(first)
    assert page.table.record(1).rung.starts == first.rung.acknowledge_by
