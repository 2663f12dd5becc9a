"""The frame: the keys that work everywhere, what is said about the book, settings, bugs and books that do not open."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from escplaybook.domain.edits import Edit
from escplaybook.domain.knowledge import Entry
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.backup import back_up, backup_name
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.main import Desktop
from escplaybook.ui.report import BugCatcher
from escplaybook.ui.shortcuts import Shortcuts
from escplaybook.ui.theme import Choice
from escplaybook.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk, known, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def reader(path, book, known, theme, now, qtbot):
    """A desk on the same book, for reading only."""
    made = Desk(Book.open(path, read_only=True), theme, clock=lambda: now)
    yield made
    made.close()


def test_every_page_of_the_rail_opens_and_names_itself(window, qtbot):
    for name, button in window.rail.buttons.items():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.rooms.current_name() == name
        assert button.isChecked()
        assert window.page.panes()


def test_control_and_a_number_goes_to_a_page(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    assert window.rooms.current_name() == "knowledge"


def test_a_question_mark_lists_the_keys(window, qtbot):
    window.page.panes()[0].setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Question)
    dialog = window.findChild(Shortcuts)
    assert dialog is not None
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_slash_in_a_field_is_only_a_slash(window, qtbot):
    window.go(Place("knowledge"))
    window.page.new()
    title = window.page.form.form.fields["title"]
    qtbot.keyClicks(title, "api/v2?")
    assert title.text() == "api/v2?"


def test_a_slash_elsewhere_goes_to_the_search_box(window, qtbot):
    window.go(Place("knowledge"))
    window.page.hits.view.setFocus()
    qtbot.keyClick(window.page.hits.view, Qt.Key.Key_Slash)
    assert window.top.box.line.hasFocus()


def test_where_there_is_nothing_to_search_the_box_finds_anything(window, qtbot):
    window.go(Place("settings"))
    qtbot.keyClicks(window.top.box.line, "s")
    assert window.palette_box.isVisible()
    assert window.palette_box.box.text() == "s"


def test_with_nothing_to_undo_that_is_said(desk, qtbot, book):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.messages.text.text() == "There is nothing to undo."
    window.close()


def test_a_book_for_reading_says_so_and_offers_no_writing(reader, known, qtbot):
    window = MainWindow(reader)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.go(Place("knowledge", known[0].id))
    assert window.top._state.isVisible()
    assert window.top._state.text().startswith("For reading only")
    assert window.page.reading.title.text() == known[0].title
    assert not window.page.reading.edit.isVisible()
    assert not window.page.reading.retire.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    assert window.page.detail.currentWidget() is window.page.reading
    window.close()


def test_the_look_chosen_in_the_settings_is_kept(window, qtbot, desk):
    window.go(Place("settings"))
    dark = next(button for button in window.page.looks.buttons() if button.property("choice") == Choice.DARK)
    qtbot.mouseClick(dark, Qt.MouseButton.LeftButton, pos=dark.rect().center() / 4)
    assert desk.theme.tokens.is_dark
    assert desk.memory.recall("theme") == "dark"


def test_who_edits_is_the_name_in_the_settings(window, qtbot, desk, book, known):
    from escplaybook.store import history

    window.go(Place("settings"))
    qtbot.keyClicks(window.page.author, "Dana Okafor")
    qtbot.keyClick(window.page.author, Qt.Key.Key_Return)
    window.go(Place("knowledge", known[0].id))
    qtbot.mouseClick(window.page.reading.retire, Qt.MouseButton.LeftButton)
    assert history.recent(book)[0].stroke.author == "Dana Okafor"


def test_zoom_makes_everything_larger_and_is_kept(window, qtbot, desk):
    before = window.rail.width()
    qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert window.rail.width() > before
    assert desk.memory.recall("zoom") == 1.1
    qtbot.keyClick(window, Qt.Key.Key_0, CTRL)
    assert window.rail.width() == before


def test_everything_that_takes_the_keys_has_a_name(window, qtbot, known):
    """A screen reader says more than “button”."""
    window.go(Place("knowledge", known[0].id))
    window.page.detail.edit()
    for widget in window.findChildren(QPushButton):
        if widget.isVisible():
            assert widget.text() or widget.accessibleName() or widget.toolTip(), widget
    for name, field in window.page.form.form.fields.items():
        assert field.accessibleName(), name


def test_a_first_start_offers_the_ways_to_begin(desk, book, qtbot):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert window.stage.currentWidget() is window.stage.welcome
    qtbot.mouseClick(window.stage.welcome.empty, Qt.MouseButton.LeftButton)
    assert window.stage.is_on_pages()
    window.close()


def test_the_sample_is_one_click_and_goes_in_one_step(desk, book, qtbot):
    from escplaybook.domain.contacts import Contact

    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    qtbot.mouseClick(window.stage.welcome.sample, Qt.MouseButton.LeftButton)
    assert records.count(book, Contact) > 10
    assert window.stage.is_on_pages()
    desk.remove_sample()
    assert records.count(book, Contact) == 0
    window.close()


def test_a_backup_is_one_command(window, qtbot, desk, book):
    from escplaybook.store.backup import latest_backup

    with qtbot.waitSignal(desk.said):
        desk.back_up()
    assert "Backed up to" in window.messages.text.text()
    assert latest_backup(book.path) is not None


def test_a_bug_becomes_a_dialog_with_the_details(window, qtbot, monkeypatch):
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    catcher = BugCatcher()
    try:
        raise ZeroDivisionError("a bug in a slot")
    except ZeroDivisionError as error:
        catcher.catch(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: catcher.dialog is not None and catcher.dialog.isVisible())
    assert "ZeroDivisionError: a bug in a slot" in catcher.dialog.details.toPlainText()
    qtbot.mouseClick(catcher.dialog.copy, Qt.MouseButton.LeftButton)
    assert "ZeroDivisionError" in QApplication.clipboard().text()
    qtbot.mouseClick(catcher.dialog.go_on, Qt.MouseButton.LeftButton)
    assert not catcher.dialog.isVisible()


def test_a_file_that_is_no_book_is_told_and_another_can_be_opened(qapp, path, book, tmp_path, qtbot, entry, now):
    editing.apply(book, "Add", Edit(None, entry()), now=now)
    (tmp_path / "letter.db").write_text("Dear Sir or Madam, this is a letter and no book at all.")
    desktop = Desktop(qapp)
    desktop.open(tmp_path / "letter.db")
    assert "not a book" in desktop.trouble.sentence.text()
    desktop.trouble.choose(str(path))
    assert desktop.window is not None
    assert desktop.window.isVisible()
    desktop.window.close()
    desktop.close()


def test_a_damaged_book_goes_on_with_its_latest_backup(qapp, path, book, qtbot, entry, now):
    """The disk has eaten a page; the lead goes on with last night's backup, and the damaged file is kept."""
    stored = editing.add(book, entry(cause="x" * 50_000), now)
    target = backup_name(book, now)
    target.parent.mkdir()
    back_up(book, target)
    book.close()
    content = bytearray(path.read_bytes())
    content[100:4_096] = bytes(3_996)
    path.write_bytes(content)
    desktop = Desktop(qapp)
    desktop.open(path)
    assert desktop.trouble.restore.isVisible()
    qtbot.mouseClick(desktop.trouble.restore, Qt.MouseButton.LeftButton)
    assert records.by_key(desktop.desk.book, "KB-0001") == stored
    aside = [file for file in path.parent.glob("b.db.damaged-*") if not file.name.endswith(("-wal", "-shm"))]
    assert [file.read_bytes()[100:4_096] for file in aside] == [bytes(3_996)]
    desktop.window.close()
    desktop.close()


def test_return_presses_the_button_that_has_the_keys(desk, book, qtbot):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.stage.welcome.empty.setFocus()
    qtbot.keyClick(window.stage.welcome.empty, Qt.Key.Key_Return)
    assert window.stage.is_on_pages()
    window.close()


def test_a_whole_collection_is_taken_back_beside_the_window(window, qtbot, book, entry, now, monkeypatch):
    from escplaybook.ui import desk as desk_module

    monkeypatch.setattr(desk_module, "AT_ONCE", 5)
    editing.apply(book, "Import 20 known blockers", *(Edit(None, entry(f"Number {n}")) for n in range(20)), now=now)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: window.messages.text.text() == "Undone: Import 20 known blockers")
    assert records.count(book, Entry) == 3
    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.messages.text.text() == "Done again: Import 20 known blockers")
    assert records.count(book, Entry) == 23


def test_a_book_that_was_not_closed_is_looked_over(qapp, path, book, known, qtbot):
    """The other program still has it open, which looks the same from here."""
    desktop = Desktop(qapp)
    desktop.open(path)
    assert desktop.desk.book.left_open
    qtbot.waitUntil(lambda: "looked over and is whole" in desktop.window.messages.text.text())
    desktop.window.close()
    desktop.close()


def test_a_long_sentence_wraps_and_never_widens_the_window(window, qtbot, desk):
    from escplaybook.domain.errors import PlaybookError

    window.resize(900, 600)
    window.messages.tally.setText("40 known blockers")
    desk.trouble(PlaybookError("Another program has been writing to the book for too long; nothing was changed. " * 4))
    qtbot.waitUntil(lambda: window.messages.height() > desk.theme.px(40))
    assert window.minimumSizeHint().width() <= 900
    desk.say("Short", "Undo", desk.undo)
    qtbot.waitUntil(lambda: window.messages.height() < desk.theme.px(40))
    gap = window.messages.offer.x() - (window.messages.text.x() + window.messages.text.width())
    assert 0 <= gap < desk.theme.px(16)
