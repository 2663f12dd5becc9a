"""A remedy is used: ticked through at night, failed, seen by the lead, and trusted again, with keys and clicks."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Step
from escplaybook.domain.uses import Outcome, Use
from escplaybook.services import editing, using
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.uses import uses_of
from escplaybook.ui.desk import Place
from tests.ui.hands import NOW, blocker, follow, heard, opened, stored

STEPS = (
    Step("Open **UDP 123** to the time source", "the change is approved", "offset under 1 s", "Close it"),
    Step("Step the clock", expected="`chronyc tracking` under 0.1 s"),
)


@pytest.fixture
def remedy(book, entry):
    (made,) = stored(book, entry("Login loops after SAML cut-over", steps=STEPS, workaround="Allow 300 s of skew."))
    return made


@pytest.fixture
def page(desk, remedy, qtbot):
    window = opened(desk, qtbot, "knowledge")
    qtbot.waitUntil(lambda: window.page.hits.table.rowCount() == 1)
    window.page.detail.open(remedy.id)
    yield window.page
    window.close()


def use(book: Book, entry, outcome: Outcome, days: float, by: str = "Ines Okafor", **more) -> Use:
    at = NOW - timedelta(days=days)
    return using.record(book, entry, using.use_of(entry, outcome, at, by=by, **more), at)


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def press(qtbot, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def meta(page) -> list[str]:
    (hit,) = page.hits.table.records()
    return [words for words, _ in page._row_of(hit).meta]


def test_a_newcomer_records_that_it_worked_and_can_take_it_back(page, desk, remedy, qtbot, book: Book):
    said = heard(desk)
    act = page.reading.using
    assert act.trust.text() == "Not validated: nobody has recorded yet that it worked."
    click(qtbot, act.worked)
    assert QApplication.focusWidget() is act.ask.note
    qtbot.keyClicks(act.ask.note, "Offset 0.2 s after six minutes")
    press(qtbot, Qt.Key.Key_Return)
    (made,) = uses_of(book, remedy.id)
    assert (made.outcome, made.by, made.note, made.at) == (
        Outcome.WORKED,
        desk.author,
        "Offset 0.2 s after six minutes",
        NOW,
    )
    assert act.ask.isHidden()
    assert act.trust.text().startswith("Not validated: worked once, just now for")
    told = page.reading.text.toPlainText()
    assert "Uses" in told
    assert "Offset 0.2 s after six minutes" in told
    assert said[-1] == "Record that KB-0001 worked"
    desk.undo()
    assert uses_of(book, remedy.id) == []
    assert "Uses" not in page.reading.text.toPlainText()


def test_a_failure_is_chosen_by_keys_and_shows_in_the_row_at_once(page, remedy, qtbot, book: Book):
    use(book, remedy, Outcome.WORKED, 20)
    use(book, remedy, Outcome.WORKED, 12)
    qtbot.waitUntil(lambda: meta(page)[:2] == ["KB-0001", "validated"])
    assert page.reading.using.trust.property("role") == "good"
    menu = page.reading.using.otherwise.menu()
    assert [action.text() for action in menu.actions()] == [
        "It worked only partly",
        "It failed",
        "It did not apply",
    ]
    menu.actions()[1].trigger()
    ask = page.reading.using.ask
    assert ask.outcome.value() == Outcome.FAILED
    ask.environment.setFocus()
    qtbot.keyClicks(ask.environment, "Keystone 9.2")
    press(qtbot, Qt.Key.Key_Return)
    assert page.reading.using.trust.text().startswith("Not validated: failed just now for")
    assert page.reading.using.trust.property("role") == "badSmall"
    qtbot.waitUntil(lambda: meta(page)[:3] == ["KB-0001", "not validated", "failed"])


def test_the_lead_finds_it_in_the_queue_with_its_count(page, remedy, entry, qtbot, book: Book):
    stored(book, entry("Another", remedy="Restart it.", workaround="Wait."))
    use(book, remedy, Outcome.FAILED, 1)
    qtbot.waitUntil(lambda: dict(page.hits.facets.get("queue", ())) == {"failed": 1, "never reused": 1})
    menu = page.hits.menus["queue"].menu()
    menu.aboutToShow.emit()
    (failed,) = [action for action in menu.actions() if action.text().startswith("failed")]
    failed.trigger()
    qtbot.waitUntil(lambda: [hit.key for hit in page.hits.table.records()] == [remedy.key])
    assert page._question.text == "queue:failed"


def test_a_remedy_is_ticked_through_and_the_ticks_become_evidence(page, desk, remedy, qtbot, book: Book):
    act = page.reading.using
    click(qtbot, act.tick)
    first, second = act.steps.rows
    assert page.reading.text.isHidden()
    assert first.box.hasFocus()
    assert first.box.accessibleName() == "Step 1: Open UDP 123 to the time source"
    press(qtbot, Qt.Key.Key_Space)
    first.evidence.setFocus()
    qtbot.keyClicks(first.evidence, "offset 0.3 s")
    second.box.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert act.steps.count.text() == "2 of 2 steps done"
    click(qtbot, act.steps.finish)
    press(qtbot, Qt.Key.Key_Return)
    (made,) = uses_of(book, remedy.id)
    assert [(tick.number, tick.action, tick.at, tick.evidence) for tick in made.ticks] == [
        (1, STEPS[0].action, NOW, "offset 0.3 s"),
        (2, STEPS[1].action, NOW, ""),
    ]
    assert not page.reading.text.isHidden()
    assert act.tick.text() == "Tick through"
    assert desk.memory.names("draft:ticks") == []
    assert "2 steps ticked" in page.reading.text.toPlainText()


def test_ticks_left_half_way_are_kept_through_a_crash(page, desk, remedy, qtbot, book: Book):
    act = page.reading.using
    click(qtbot, act.tick)
    press(qtbot, Qt.Key.Key_Space)
    said = heard(desk)
    assert page.step_out()
    assert said[-1] == "Your ticks are kept; no use is recorded yet."
    assert act.tick.text() == "Go on (1 of 2)"
    assert uses_of(book, remedy.id) == []
    click(qtbot, act.tick)
    assert [row.box.isChecked() for row in act.steps.rows] == [True, False]
    assert act.steps.rows[1].box.hasFocus()
    click(qtbot, act.steps.again)
    assert act.steps.ticks() == ()
    assert desk.memory.names("draft:ticks") == []


def test_a_step_that_was_changed_meanwhile_loses_its_tick_and_the_others_keep_theirs(
    page, desk, remedy, qtbot, book: Book
):
    act = page.reading.using
    click(qtbot, act.tick)
    for row in act.steps.rows:
        row.box.click()
    desk.ticker.minute.emit()
    assert page.reading.standing.isHidden(), "the steps need the room"
    added = (Step("Tell the service desk"), STEPS[0], Step("Step the clock slowly"))
    editing.change(book, remedy, NOW, steps=added)
    assert [(tick.number, tick.action) for tick in act.steps.ticks()] == [(2, STEPS[0].action)]
    assert page.reading.edit.isHidden()
    assert page.step_out()
    assert not page.reading.edit.isHidden()
    assert not page.reading.standing.isHidden()


def test_a_veterans_warning_stands_at_its_step(page, remedy, qtbot, book: Book):
    note = Annotation(
        new_id(NOW), remedy.id, "steps", "UDP 123", AnnotationKind.CAUTION, "Never TCP.", "Mara Lindqvist", NOW, NOW
    )
    stored(book, note)
    click(qtbot, page.reading.using.tick)
    told = [label.text() for label in page.reading.using.steps.rows[0].findChildren(type(page.reading.title))]
    assert "Caution: Never TCP. – Mara Lindqvist" in told
    assert "Needs: the change is approved" in told
    assert "Expect: offset under 1 s" in told
    assert "Roll back: Close it" in told


def test_esc_leaves_the_question_first_then_the_steps(page, qtbot):
    act = page.reading.using
    click(qtbot, act.tick)
    click(qtbot, act.steps.finish)
    assert page.step_out()
    assert act.ask.isHidden()
    assert act.is_ticking()
    assert page.step_out()
    assert not act.is_ticking()
    assert page.reading.text.hasFocus()


def test_going_to_another_known_blocker_leaves_the_steps_and_keeps_the_ticks(page, entry, remedy, qtbot, book: Book):
    (other,) = stored(book, entry("Another"))
    click(qtbot, page.reading.using.tick)
    press(qtbot, Qt.Key.Key_Space)
    page.detail.open(other.id)
    assert not page.reading.using.is_ticking()
    assert page.reading.using.tick.isHidden(), "it has no steps"
    page.detail.open(remedy.id)
    assert page.reading.using.tick.text() == "Go on (1 of 2)"


def test_the_blocker_that_names_it_is_proposed_with_its_place(page, remedy, qtbot, book: Book):
    (stalled, _) = stored(book, blocker(entry=remedy.id, system="identity"), blocker(title="Something else"))
    click(qtbot, page.reading.using.worked)
    ask = page.reading.using.ask
    assert (ask.blocker.value(), ask.environment.value()) == (stalled.id, "identity")
    press(qtbot, Qt.Key.Key_Return)
    assert uses_of(book, remedy.id)[0].blocker == stalled.id
    assert f"record:{stalled.key}" in page.reading.text.toHtml()


def test_a_use_recorded_by_mistake_is_taken_back_from_the_text(page, remedy, qtbot, book: Book):
    made = use(book, remedy, Outcome.FAILED, 1)
    follow(page.reading.text, f"take-back:{made.key}")
    assert records.get(book, Use, made.id).retired == NOW
    assert "Uses" not in page.reading.text.toPlainText()
    assert page.reading.using.trust.text() == "Not validated: nobody has recorded yet that it worked."


def test_a_use_found_by_search_leads_to_its_known_blocker(page, desk, remedy, book: Book):
    made = use(book, remedy, Outcome.WORKED, 1, note="chronyd")
    page.detail.close_record()
    desk.wanted.emit(Place("use", made.id))
    assert page.detail.record.id == remedy.id


def test_a_book_for_reading_tells_the_confidence_and_records_nothing(desk, remedy, qtbot, book: Book):
    use(book, remedy, Outcome.WORKED, 1)
    book.read_only = True
    window = opened(desk, qtbot, "knowledge")
    window.page.detail.open(remedy.id)
    act = window.page.reading.using
    assert act.trust.text().startswith("Not validated: worked once")
    assert all(button.isHidden() for button in (act.worked, act.otherwise, act.tick))
    assert "take back" not in window.page.reading.text.toPlainText()
    window.close()


def test_what_another_program_recorded_is_seen(page, desk, remedy, path, qtbot):
    with Book.open(path) as other:
        using.record(other, remedy, using.use_of(remedy, Outcome.PARTLY, NOW, by="Nia"), NOW)
    desk.bridge.look()
    assert "worked only partly once" in page.reading.using.trust.text()
    assert "It worked only partly" in page.reading.text.toPlainText()


def test_a_retired_remedy_is_archived(page, remedy, book: Book):
    editing.retire(book, remedy, NOW)
    assert page.reading.using.trust.text().startswith("Archived just now")


def test_in_a_small_window_with_large_type_nothing_lies_upon_anything(page, desk, qtbot):
    page.window().resize(1100, 700)
    desk.theme.set_zoom(1.5)
    reading = page.reading
    qtbot.waitUntil(lambda: reading.text.height() > reading.height() * 0.25)
    head = reading.head
    assert head.height() >= head.layout().totalHeightForWidth(head.width())
    assert reading.using.trust.geometry().top() > reading.retire.geometry().bottom()
    click(qtbot, reading.using.tick)
    qtbot.waitUntil(lambda: reading.using.steps.height() > reading.height() * 0.25)
    assert [row.width() for row in reading.using.steps.rows if row.width() > reading.width()] == []
