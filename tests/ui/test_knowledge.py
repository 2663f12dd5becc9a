"""A newcomer at 02:00 finds, reads, mends and takes back, with keys and clicks."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from escplaybook.domain.edits import Edit
from escplaybook.domain.knowledge import Entry, Step
from escplaybook.services import editing
from escplaybook.store import history, records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Place
from escplaybook.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk, known, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.go(Place("knowledge"))
    page = made.page
    qtbot.waitUntil(lambda: page.hits.table.rowCount() == 3)
    yield made
    made.close()


def titles(window) -> list[str]:
    return [hit.title for hit in window.page.hits.table.records()]


def type_search(window, qtbot, text: str) -> None:
    window.search_here()
    qtbot.keyClicks(window.top.box.line, text)


def open_first(window, qtbot, text: str) -> None:
    type_search(window, qtbot, text)
    qtbot.waitUntil(lambda: window.page.hits.table.rowCount() == 1)
    qtbot.keyClick(window.top.box.line, Qt.Key.Key_Return)


def test_every_key_narrows_the_list_and_return_opens_the_best(window, qtbot):
    type_search(window, qtbot, "saml")
    qtbot.waitUntil(lambda: titles(window) == ["Login loops after SAML cut-over: assertion not yet valid"])
    assert window.page.hits.count.text() == "1 known blocker"
    qtbot.keyClick(window.top.box.line, Qt.Key.Key_Return)
    reading = window.page.reading
    assert reading.title.text().startswith("Login loops")
    assert reading.text.hasFocus()
    told = reading.text.toPlainText()
    assert told.index("What people see") < told.index("Cause") < told.index("Remedy")
    assert "Expect: offset under 1 s" in told
    assert "Roll back: Close it" in told


def test_searched_words_are_marked_in_the_text(window, qtbot, desk):
    open_first(window, qtbot, "minutes")
    qtbot.waitUntil(lambda: desk.theme.tokens.mark.lower() in window.page.reading.text.toHtml().lower())


def test_arrow_keys_in_the_box_walk_through_the_hits(window, qtbot):
    type_search(window, qtbot, "identity")
    qtbot.waitUntil(lambda: window.page.hits.table.rowCount() == 2)
    qtbot.keyClick(window.top.box.line, Qt.Key.Key_Down)
    first = window.page.detail.record
    qtbot.keyClick(window.top.box.line, Qt.Key.Key_Down)
    assert window.top.box.line.hasFocus()
    assert {first.title, window.page.detail.record.title} == set(titles(window))


def test_a_filter_chosen_from_a_menu_is_written_into_the_box(window, qtbot):
    button = window.page.hits.menus["system"]
    qtbot.waitUntil(button.isVisible)  # filters are counted after the list is shown
    menu = button.menu()
    menu.aboutToShow.emit()
    shown = {action.text().split("\t")[0]: action for action in menu.actions()}
    assert set(shown) == {"identity", "integration"}
    shown["identity"].trigger()
    qtbot.waitUntil(lambda: window.page.hits.table.rowCount() == 2)
    assert window.top.box.text() == "system:identity"
    chip = window.page.hits.chips.layout().itemAt(0).widget()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.page.hits.table.rowCount() == 3)
    assert window.top.box.text() == ""


def test_what_is_not_found_can_be_written_down_at_once(window, qtbot, book: Book):
    type_search(window, qtbot, "zebra crossing")
    page = window.page
    qtbot.waitUntil(lambda: page.hits.pane.currentWidget() is page.hits.pane.state)
    assert "zebra crossing" in page.hits.pane.state.sentence.text()
    known, at_hand = page.hits.pane.state.buttons[-2:]
    assert (known.text(), at_hand.text()) == ("Write it down as a known blocker", "Raise it as a blocker at hand")
    qtbot.mouseClick(at_hand, Qt.MouseButton.LeftButton)
    assert (window.rooms.current_name(), window.page.form.values()["title"]) == ("blockers", "zebra crossing")
    window.go(Place("knowledge", search="zebra crossing"))
    qtbot.mouseClick(known, Qt.MouseButton.LeftButton)
    assert page.form.form.fields["title"].value() == "zebra crossing"
    qtbot.keyClick(page.form.form.fields["title"], Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: titles(window) == ["zebra crossing"])
    assert records.by_key(book, "KB-0004").title == "zebra crossing"
    assert page.reading.title.text() == "zebra crossing"


def test_a_mended_title_can_be_taken_back_and_done_again(window, qtbot, book: Book, known):
    open_first(window, qtbot, "saml")
    page = window.page
    qtbot.mouseClick(page.reading.edit, Qt.MouseButton.LeftButton)
    title = page.form.form.fields["title"]
    assert title.hasFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Login loops at the identity provider")
    qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)
    assert page.reading.title.text() == "Login loops at the identity provider"
    assert window.messages.text.text() == "Edit KB-0001"

    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    assert page.reading.title.text() == known[0].title
    assert (window.messages.text.text(), window.messages.offer.text()) == ("Undone: Edit KB-0001", "Redo")
    qtbot.keyClick(page.reading.text, Qt.Key.Key_Z, CTRL | SHIFT)
    assert page.reading.title.text() == "Login loops at the identity provider"
    qtbot.keyClick(page.reading.text, Qt.Key.Key_Z, CTRL)
    assert records.get(book, Entry, known[0].id) == known[0]


def test_saving_keeps_every_field_the_form_shows(window, qtbot, book: Book, known):
    open_first(window, qtbot, "saml")
    page = window.page
    page.detail.edit()
    steps = page.form.form.fields["steps"]
    qtbot.mouseClick(steps.adder, Qt.MouseButton.LeftButton)
    assert steps.editors[1].fields["action"].hasFocus()
    qtbot.keyClicks(steps.editors[1].fields["action"], "Restart nothing")
    qtbot.mouseClick(steps.editors[1].up, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.form.form.fields["tags"], "saml, clock, saml")
    qtbot.keyClicks(page.form.form.fields["impact"], "Nobody *logs in*")
    page.save()
    stored = records.get(book, Entry, known[0].id)
    assert stored.steps == (Step("Restart nothing"), *known[0].steps)
    assert stored.tags == ("saml", "clock")
    assert stored.impact == "Nobody *logs in*"
    assert stored.cause == known[0].cause
    assert stored.severity is known[0].severity


def test_without_a_title_nothing_is_saved_and_the_form_says_so(window, qtbot, book: Book):
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    page = window.page
    qtbot.keyClicks(page.form.form.fields["symptoms"], "It hangs")
    page.save()
    assert window.messages.text.text() == "Give the known blocker a title."
    assert page.form.form.fields["title"].property("wrong")
    assert page.form.form.fields["title"].hasFocus()
    assert records.count(book, Entry) == 3


def test_escape_leaves_the_form_and_what_was_typed_can_be_taken_up_again(window, qtbot):
    open_first(window, qtbot, "saml")
    page = window.page
    page.detail.edit()
    qtbot.keyClicks(page.form.form.fields["impact"], "Payroll stops")
    qtbot.keyClick(page.form.form.fields["impact"], Qt.Key.Key_Escape)
    assert page.detail.currentWidget() is page.reading
    assert "Payroll" not in page.reading.text.toPlainText()
    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    assert page.form.form.fields["impact"].value() == "Payroll stops"


def test_a_draft_survives_the_end_of_the_program(desk, known, qtbot, book: Book):
    """The power goes while Dana is typing; the next day her words are there."""
    first = MainWindow(desk)
    qtbot.addWidget(first)
    first.go(Place("knowledge", known[1].id))
    first.page.detail.edit()
    field = first.page.form.form.fields["cause"]
    qtbot.keyClicks(field, "The token outlives the account")
    qtbot.waitUntil(lambda: desk.memory.recall(f"draft:entry:{known[1].id}") is not None)
    for finder in (first.page.finder, first.palette_box.finder):
        finder.close()  # the rest of the window never hears of the end

    second = MainWindow(desk)
    qtbot.addWidget(second)
    second.go(Place("knowledge", known[1].id))
    assert "just now and had not saved." in second.messages.text.text()
    qtbot.mouseClick(second.messages.offer, Qt.MouseButton.LeftButton)
    assert second.page.form.form.fields["cause"].value() == "The token outlives the account"
    second.page.save()
    assert records.get(book, Entry, known[1].id).cause == "The token outlives the account"
    assert desk.memory.names("draft:") == []
    second.close()


def test_the_history_shows_what_changed_and_brings_a_version_back(window, qtbot, book: Book, known):
    open_first(window, qtbot, "saml")
    page = window.page
    page.detail.edit()
    page.form.form.fields["cause"].setPlainText("The firewall blocks the time source.")
    page.save()
    qtbot.mouseClick(page.reading.history, Qt.MouseButton.LeftButton)
    panel = page.detail.history
    assert [version.line.stroke.reason for version in panel.table.records()] == ["Edit KB-0001", "Add"]
    assert "line-through" in panel.difference.toHtml()
    assert not panel.restore.isEnabled()
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    qtbot.mouseClick(panel.restore, Qt.MouseButton.LeftButton)
    assert records.get(book, Entry, known[0].id).cause == known[0].cause
    assert history.recent(book)[0].stroke.reason == "Restore KB-0001 as it was just now"


def test_retiring_takes_a_blocker_out_of_the_list_and_undo_puts_it_back(window, qtbot):
    open_first(window, qtbot, "webhook")
    qtbot.mouseClick(window.page.reading.retire, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.page.hits.table.rowCount() == 0)
    assert "retired" in window.page.reading.standing.text()
    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.page.hits.table.rowCount() == 1)


def test_what_another_program_writes_shows_without_being_asked_for(window, qtbot, path, known, entry, now, desk):
    with Book.open(path) as other:
        editing.apply(other, "Add", Edit(None, entry("DNS answers with the old address")), now=now)
    desk.ticker.tick()
    qtbot.waitUntil(lambda: "DNS answers with the old address" in titles(window))


def test_an_edit_on_top_of_somebody_elses_is_refused_and_the_text_stays(window, qtbot, book, path, known, now):
    """Two mend the same blocker. Nothing is overwritten unseen; what only one of them changed is kept from both."""
    window.page.detail.open(known[0].id)
    window.page.detail.edit()
    fields = window.page.form.form.fields
    fields["impact"].setPlainText("Mine")
    fields["prevention"].setPlainText("Mine alone")
    with Book.open(path) as other:
        theirs = replace(known[0], impact="Theirs", summary="Theirs alone", updated=now)
        editing.apply(other, "Edit", Edit(known[0], theirs), now=now)
    window.page.save()
    assert "was changed elsewhere" in window.messages.text.text()
    assert window.page.detail.currentWidget() is window.page.form
    assert fields["impact"].value() == "Mine"
    assert fields["summary"].value() == "Theirs alone"
    assert window.page.form.kept.text().startswith("Changed elsewhere as well: Impact.")
    window.page.save()
    stored = records.get(book, Entry, known[0].id)
    assert (stored.impact, stored.summary, stored.prevention) == ("Mine", "Theirs alone", "Mine alone")


def test_a_draft_taken_up_later_follows_what_changed_since(window, qtbot, book, known, now):
    window.page.detail.open(known[0].id)
    window.page.detail.edit()
    window.page.form.form.fields["impact"].setPlainText("Mine")
    window.page.detail.open(known[1].id)
    assert window.messages.text.text() == "What you typed is kept, not saved."
    editing.apply(book, "Edit", Edit(known[0], replace(known[0], summary="Theirs", updated=now)), now=now)
    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    fields = window.page.form.form.fields
    assert (fields["impact"].value(), fields["summary"].value()) == ("Mine", "Theirs")
    window.page.save()
    stored = records.get(book, Entry, known[0].id)
    assert (stored.impact, stored.summary) == ("Mine", "Theirs")


def test_back_and_forward_walk_through_what_was_opened(window, qtbot, known):
    alt = Qt.KeyboardModifier.AltModifier
    for one in known[:2]:
        window.page.hits.chosen.emit(one.id)
    qtbot.keyClick(window, Qt.Key.Key_Left, alt)
    assert window.page.detail.record.id == known[0].id
    qtbot.keyClick(window, Qt.Key.Key_Right, alt)
    assert window.page.detail.record.id == known[1].id


def test_f6_walks_through_the_panes(window, qtbot):
    window.page.hits.view.setFocus()
    seen = set()
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.add(type(QApplication.focusWidget()).__name__)
    assert {"RailButton", "QLineEdit", "QListView"} <= seen


def test_the_window_comes_back_as_it_was_left(desk, known, qtbot):
    first = MainWindow(desk)
    qtbot.addWidget(first)
    first.resize(880, 600)  # the screen of the tests is 800 pixels wide
    first.show()
    first.go(Place("knowledge", known[2].id, "webhook"))
    first.close()
    second = MainWindow(desk)
    qtbot.addWidget(second)
    second.show()
    assert second.size() == first.size()
    assert second.top.box.text() == "webhook"
    qtbot.waitUntil(lambda: second.page.detail.record is not None)
    assert second.page.detail.record.id == known[2].id
    second.close()


def test_the_list_model_keeps_qts_rules(window, qtmodeltester):
    qtmodeltester.check(window.page.hits.table)


def test_rows_beyond_the_first_fifty_follow_when_the_list_is_scrolled(window, qtbot, book: Book, entry, now):
    editing.apply(book, "Add", *(Edit(None, entry(f"Number {number}")) for number in range(120)), now=now)
    table = window.page.hits.table
    qtbot.waitUntil(lambda: window.page.hits.count.text() == "123 known blockers")
    assert table.rowCount() == 50
    window.page.hits.view.scrollToBottom()
    qtbot.waitUntil(lambda: table.rowCount() == 100)
    window.page.hits.view.scrollToBottom()
    qtbot.waitUntil(lambda: table.rowCount() == 123)
    assert len({hit.id for hit in table.records()}) == 123


def test_a_long_title_is_never_cut_off(window, qtbot, book: Book, entry, now):
    window.resize(1600, 800)
    long = (
        "Donaudampfschifffahrtsgesellschaftskapitänswitwen melden sich an und werden nach jeder Seite wieder abgemeldet"
    )
    (stored,) = editing.apply(book, "Add", Edit(None, entry(long)), now=now)
    window.page.detail.open(stored.after.id)
    title = window.page.reading.title
    qtbot.waitUntil(lambda: title.height() >= title.heightForWidth(title.width()))
    assert title.heightForWidth(title.width()) > 1.5 * title.fontMetrics().height()


def test_a_new_blocker_is_one_click_away(window, qtbot):
    qtbot.mouseClick(window.page.hits.adder, Qt.MouseButton.LeftButton)
    assert window.page.detail.currentWidget() is window.page.form
    assert window.page.form.before is None


def test_a_new_blocker_being_written_when_the_program_ended_is_offered_again(desk, known, qtbot):
    first = MainWindow(desk)
    qtbot.addWidget(first)
    first.go(Place("knowledge"))
    first.page.new()
    qtbot.keyClicks(first.page.form.form.fields["title"], "Half a thought")
    qtbot.waitUntil(lambda: desk.memory.recall("draft:entry:new") is not None)
    for finder in (first.page.finder, first.palette_box.finder):
        finder.close()

    second = MainWindow(desk)
    qtbot.addWidget(second)
    second.go(Place("knowledge"))
    assert second.messages.text.text() == "You were writing just now and had not saved."
    qtbot.mouseClick(second.messages.offer, Qt.MouseButton.LeftButton)
    assert second.page.form.form.fields["title"].value() == "Half a thought"
    second.close()


def test_no_hit_stays_lit_while_something_else_is_open(window, qtbot, known):
    type_search(window, qtbot, "webhook")
    qtbot.waitUntil(lambda: window.page.hits.table.rowCount() == 1)
    window.page.step(0)
    assert window.page.hits.current_id() == known[2].id
    window.page.new("Printer queue stalls")
    window.page.save()
    assert window.page.reading.title.text() == "Printer queue stalls"
    qtbot.waitUntil(lambda: window.page.hits.current_id() == "")
    window.page.hits.chosen.emit(known[2].id)
    assert window.page.hits.current_id() == known[2].id


def test_the_corner_says_how_many_there_are_and_how_soon_they_were_found(window, qtbot):
    type_search(window, qtbot, "identity")
    qtbot.waitUntil(lambda: window.messages.tally.text().startswith("3 known blockers · "))
    assert window.messages.tally.text().endswith(" ms")
