"""A newcomer reads a playbook, ticks, asks; the mentor answers and signs off. All of it by keys."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from escplaybook import shipped
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.identity import new_id
from escplaybook.domain.readings import Reading, ReadingQuestion
from escplaybook.services import editing, playbooks, reading_playbooks
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.playbooks.text import EMPTY, TICKED
from tests.conftest import NOW
from tests.ui.hands import BORN, follow, heard, opened, stored

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TOML = 'title = "A first week"\nrole = "Engineer"\nversion = "{0}"\nsummary = "Five days."\nchapters = {1}\n'
MONDAY = """# Monday

Find your feet. The [rest](02-tuesday.md#the-ladder) follows. This is for {{deployment}}.

!!! caution "Not yet"
    Change nothing.

- [ ] Find the **ladder**
- [ ] Say hello
"""
TUESDAY = "# Tuesday\n\n## The ladder\n\nWhom you call.\n\n- [ ] Read three remedies\n"


def write(folder, version="1.0", monday=MONDAY):
    folder.mkdir(parents=True, exist_ok=True)
    chapters = '["01-monday.md", "02-tuesday.md"]'
    (folder / "playbook.toml").write_text(TOML.format(version, chapters), encoding="utf-8")
    (folder / "01-monday.md").write_text(monday, encoding="utf-8")
    (folder / "02-tuesday.md").write_text(TUESDAY, encoding="utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The program comes with one short playbook."""
    home = tmp_path / "playbooks"
    monkeypatch.setattr(shipped, "playbooks_folder", lambda: home)
    monkeypatch.setattr(playbooks, "playbooks_folder", lambda: home)
    write(home / "first-week")
    return home / "first-week"


@pytest.fixture
def kim(book, contact):
    (made,) = stored(book, contact("Kim Halvorsen"))
    return made


@pytest.fixture
def window(desk, folder, kim, qtbot):
    desk.memory.remember("author", "Sam Okoro")
    made = opened(desk, qtbot, "playbooks")
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


@pytest.fixture
def reading(page, kim):
    """Sam has begun, and the first chapter is open."""
    page.begin("Sam Okoro", kim.id)
    return the_reading(page)


def the_reading(page) -> Reading:
    (found,) = records.everything(page._desk.book, Reading)
    return found


def shelf(page) -> list[str]:
    return [page.shelf.table.index(row, 0).data() for row in range(page.shelf.table.rowCount())]


def contents(page) -> list[str]:
    return [page.contents.table.index(row, 0).data() for row in range(page.contents.table.rowCount())]


def select(page, words: str) -> None:
    found = page.reader.text.document().find(words)
    assert not found.isNull()
    page.reader.text.setTextCursor(found)


def ask(page, qtbot, words: str) -> None:
    page.note_this()
    qtbot.keyClicks(page.reader.questions.form.text, words)
    qtbot.keyClick(page.reader.questions.form.text, Qt.Key.Key_Return, CTRL)


def test_a_newcomer_begins_with_the_keys_alone(window, page, kim, qtbot):
    assert shelf(page) == ["Playbooks: A first week, Engineer, 2 chapters"]
    assert "Five days." in page.cover.text.toPlainText()
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    assert page.cover.form.reader.currentText() == "Sam Okoro"
    qtbot.keyClicks(page.cover.form.mentor.lineEdit(), "Kim")
    page.cover.form.start.setFocus()
    qtbot.keyClick(page.cover.form.start, Qt.Key.Key_Return)
    begun = the_reading(page)
    assert (begun.reader, begun.mentor, begun.mentor_contact) == ("Sam Okoro", "Kim Halvorsen", kim.id)
    assert page.reader.text.toPlainText().startswith("Monday")
    assert contents(page) == ["1  Monday, to read, 0 of 2 ticked", "2  Tuesday, to read, 0 of 1 ticked"]
    assert page.reader.text.hasFocus()


def test_a_reading_without_a_reader_is_refused_in_a_sentence(page, desk):
    said = heard(desk)
    page.cover.ask_who()
    page.cover.form.reader.set_value(None)
    page.cover.form.start.click()
    assert said == ["Say who reads it."]
    assert records.everything(desk.book, Reading) == []


def test_the_space_bar_ticks_the_box_that_has_the_keys(page, reading, desk, qtbot):
    text = page.reader.text
    assert text.toPlainText().count(EMPTY) == 2
    text.give_keys_to_box(2)
    qtbot.keyClick(text, Qt.Key.Key_Space)
    assert [(one.number, one.item) for one in the_reading(page).ticks] == [(2, "Say hello")]
    assert text.toPlainText().count(TICKED) == 1
    assert contents(page)[0] == "1  Monday, to read, 1 of 2 ticked"
    qtbot.keyClick(text, Qt.Key.Key_Space)
    assert the_reading(page).ticks == (), "the box kept the keys"
    desk.undo()
    assert contents(page)[0] == "1  Monday, to read, 1 of 2 ticked"
    follow(text, "#tick-1")
    assert len(the_reading(page).ticks) == 2, "a click ticks as well"


def test_tab_walks_to_the_boxes(page, reading, qtbot):
    text = page.reader.text
    text.setFocus()
    for _ in range(3):  # the link to Tuesday, then the two boxes
        qtbot.keyClick(text, Qt.Key.Key_Tab)
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert [one.number for one in the_reading(page).ticks] == [2]


def test_a_chapter_that_is_read_leads_to_the_next(page, reading, qtbot):
    qtbot.keyClick(page.reader.text, Qt.Key.Key_Return, CTRL)
    assert page.reader.file == "02-tuesday.md"
    assert page.reader.text.toPlainText().startswith("Tuesday")
    assert contents(page)[0] == "1  Monday, read, 0 of 2 ticked"
    assert page.contents.view.currentIndex().row() == 1
    qtbot.keyClick(page.reader.text, Qt.Key.Key_PageUp, CTRL)
    assert page.reader.file == "01-monday.md"
    assert page.reader.way.told.text() == "Read just now"
    page.reader.way.unread.click()
    assert the_reading(page).chapters == ()


def test_links_lead_to_headings_in_other_chapters(page, reading):
    (link,) = [one for one in ("#c2-the-ladder",) if one in page.reader.text.toHtml()]
    follow(page.reader.text, link)
    assert page.reader.file == "02-tuesday.md"


def test_a_callout_says_its_kind_in_words(page, reading):
    assert "Caution: Not yet" in page.reader.text.toPlainText()


def test_a_question_is_asked_about_the_passage_that_is_selected(window, page, reading, qtbot):
    assert page.reader.questions.isHidden(), "the text has all the room while nothing was asked"
    select(page, "Find your feet.")
    qtbot.keyClick(window, Qt.Key.Key_M, CTRL)
    form = page.reader.questions.form
    assert form.passage.text() == "“Find your feet.”"
    assert form.text.hasFocus()
    qtbot.keyClicks(form.text, "Where are they?")
    qtbot.keyClick(form.text, Qt.Key.Key_Return, CTRL)
    (question,) = records.everything(page._desk.book, ReadingQuestion)
    assert (question.quote, question.text, question.asked_by) == ("Find your feet.", "Where are they?", "Sam Okoro")
    assert [card.question for card in page.reader.questions.cards] == [question]
    (mark,) = page.reader.text.extraSelections()
    assert mark.cursor.selectedText() == "Find your feet."
    assert contents(page)[0].endswith("1 question")
    assert form.isHidden()
    assert page.reader.text.hasFocus()


def test_what_is_typed_outlives_escape(window, page, reading, desk, qtbot):
    said = heard(desk)
    page.note_this()
    qtbot.keyClicks(page.reader.questions.form.text, "Half a question")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page.reader.questions.form.isHidden()
    assert said == ["What you typed is kept, not saved; it is there when you go on."]
    page.note_this()
    assert page.reader.questions.form.text.toPlainText() == "Half a question"
    page.reader.questions.form.cancel.click()
    page.note_this()
    assert page.reader.questions.form.text.toPlainText() == ""


def test_today_leads_the_mentor_to_the_question_and_to_the_sign_off(window, page, reading, desk, qtbot):
    ask(page, qtbot, "Where are my feet?")
    page.reader.mark_read()
    page.reader.mark_read()
    desk.memory.remember("author", "Kim Halvorsen")
    assert not page.reader.foot.sign.isEnabled()
    assert "1 question waits for an answer" in page.reader.foot.sign.toolTip()

    window.go(Place("today"))
    today = window.page
    (row,) = [one for one in today.table.records() if "feet" in one.what]
    assert row.what == "Kim Halvorsen: Sam Okoro asks “Where are my feet?”"
    today.view.setCurrentIndex(today.table.index(today.table.row_of(row.id), 0))
    today.view.setFocus()
    qtbot.keyClick(today.view, Qt.Key.Key_Return)
    assert window.page is page
    form = page.reader.questions.form
    assert form.heading.text() == "Your answer to Sam Okoro"
    qtbot.keyClicks(form.text, "Below you.")
    qtbot.keyClick(form.text, Qt.Key.Key_Return, CTRL)
    (question,) = records.everything(desk.book, ReadingQuestion)
    assert (question.answer, question.answered_by) == ("Below you.", "Kim Halvorsen")

    window.go(Place("today"))
    (row,) = [one for one in today.table.records() if "to the end" in one.what]
    today.view.setCurrentIndex(today.table.index(today.table.row_of(row.id), 0))
    qtbot.keyClick(today.view, Qt.Key.Key_Return)
    assert page.reader.foot.by.text() == "Kim Halvorsen"
    assert page.reader.foot.sign.hasFocus()
    qtbot.keyClick(page.reader.foot.sign, Qt.Key.Key_Return)
    assert the_reading(page).signed_off_by == "Kim Halvorsen"
    assert page.reader.foot.told.text() == "Signed off by Kim Halvorsen, just now."
    page.reader.text.give_keys_to_box(1)
    assert page.reader.foot.sign.isHidden()
    desk.undo()
    assert the_reading(page).signed_off is None
    assert page.reader.foot.sign.isEnabled()


def test_the_reader_does_not_sign_off_and_is_told_so(page, reading, desk, qtbot):
    page.reader.mark_read()
    page.reader.mark_read()
    said = heard(desk)
    page.reader.foot.by.selectAll()
    qtbot.keyClicks(page.reader.foot.by, "Sam Okoro")
    qtbot.keyClick(page.reader.foot.by, Qt.Key.Key_Return)
    assert the_reading(page).signed_off is None
    assert said[-1].startswith("Somebody else than the reader signs")


def test_escape_steps_out_to_the_shelf_and_keeps_what_was_chosen(window, page, reading, qtbot):
    assert shelf(page)[0] == "Being read: Sam Okoro: A first week, 0 of 2 chapters, just now"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page.shelf.view.hasFocus()
    assert "Sam Okoro began just now · mentor Kim Halvorsen" in page.cover.text.toPlainText()
    assert page.place().record == reading.id
    qtbot.keyClick(page.shelf.view, Qt.Key.Key_Return)
    assert page.reader.file == "01-monday.md"
    assert page.reader.text.hasFocus()


def test_the_cover_lists_what_waits_and_opens_a_chapter(page, reading, qtbot):
    ask(page, qtbot, "Where are my feet?")
    page.step_out()
    told = page.cover.text.toPlainText()
    assert "Waits for the mentor\nWhere are my feet?" in told
    follow(page.cover.text, "#chapter-2")
    assert page.reader.file == "02-tuesday.md"


def test_a_new_version_is_told_and_the_ticks_that_fit_stay(window, page, reading, folder, desk):
    page.reader.tick(1)
    page.reader.tick(2)
    write(folder, "1.1", MONDAY.replace("- [ ] Say hello", "- [ ] Say good morning"))
    window.go(Place("today"))
    window.go(Place("playbooks", reading.id))
    page.open_chapter("01-monday.md")
    bar = page.reader.version
    assert bar.isVisible()
    assert "is version 1.1 now; the reading goes by 1.0" in bar.told.text()
    assert "but for 1 mark that fits no more" in bar.told.text()
    assert page.reader.text.toPlainText().count(TICKED) == 1
    bar.go_on.click()
    assert not bar.isVisible()
    assert the_reading(page).version == "1.1"
    assert [one.item for one in the_reading(page).ticks] == ["Find the **ladder**"]
    desk.undo()
    assert bar.isVisible()
    assert len(the_reading(page).ticks) == 2


def test_a_playbook_that_is_gone_keeps_its_readings(window, page, reading, folder):
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    window.go(Place("today"))
    window.go(Place("playbooks"))
    assert shelf(page) == ["Being read: Sam Okoro: A first week, its folder is gone"]
    assert "folder is not there any more" in page.cover.text.toPlainText()
    assert page.cover.go_on.isHidden()
    page.open_chapter()
    assert page.right.currentWidget() is page.cover


def test_without_any_playbook_the_page_says_so(desk, folder, qtbot):
    for file in folder.iterdir():
        file.unlink()
    window = opened(desk, qtbot, "playbooks")
    assert window.page.nothing.headline.text() == "No playbook is here"
    window.page.step(+1)
    window.page.enter()
    window.page.new()
    window.page.print_this()
    window.close()


def test_a_playbook_that_cannot_be_read_is_told_in_a_sentence(window, desk, folder):
    said = heard(desk)
    (folder / "01-monday.md").unlink()
    window.go(Place("today"))
    window.go(Place("playbooks"))
    assert any("01-monday.md" in one for one in said)


def test_the_palette_finds_a_chapter_and_opens_it_on_ones_own_path(window, page, reading, qtbot):
    page.step_out()
    window.go(Place("today"))
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.palette_box
    qtbot.keyClicks(palette.box.line, "tuesd")
    qtbot.waitUntil(lambda: [one.row.title for one in palette.table.records()][:1] == ["Tuesday"])
    assert palette.table.record(0).row.meta == (("Chapter", "muted"), ("A first week", "muted"))
    qtbot.keyClick(palette.box.line, Qt.Key.Key_Return)
    assert window.page is page
    assert page.reader.file == "02-tuesday.md"
    assert page.reader.path is not None, "Sam reads it, so it opens on Sam's path"


def test_a_playbook_is_looked_through_without_a_reading(page, desk, qtbot):
    qtbot.keyClick(page.shelf.view, Qt.Key.Key_Return)
    reader = page.reader
    assert reader.text.toPlainText().startswith("Monday")
    assert "#tick-" not in reader.text.toHtml(), "nothing can be ticked without a reading"
    assert reader.foot.isHidden()
    assert reader.way.read.isHidden()
    assert reader.ask_mentor.isHidden()
    assert contents(page) == ["1  Monday, 2 items to tick", "2  Tuesday, 1 item to tick"]
    reader.begin.click()
    assert not page.cover.form.isHidden()


def test_the_chosen_deployment_counts(page, reading, desk):
    pier = Deployment(new_id(NOW), "Pier", **BORN)
    stored(desk.book, pier, Deployment(new_id(NOW), "Quay", **BORN))
    desk.bridge.look()
    chooser = page.reader.deployment
    assert [chooser.itemText(at) for at in range(chooser.count())] == ["every deployment", "Pier", "Quay"]
    assert "This is for Pier" not in page.reader.text.toPlainText()
    chooser.setCurrentIndex(1)
    chooser.activated.emit(1)
    assert "This is for Pier" in page.reader.text.toPlainText()
    assert page.reader.text.toPlainText().count(EMPTY) == 2


def test_the_playbook_is_looked_at_as_it_is_printed(window, page, reading, desk, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    preview = window.stage.preview
    assert preview.title.text() == "A first week on paper"
    qtbot.waitUntil(lambda: not desk.jobs.are_running())
    assert preview.view.count() >= 2
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.stage.is_on_pages()


def test_the_history_brings_an_earlier_reading_back(page, reading, desk):
    page.reader.mark_read()
    page.step_out()
    page.cover.history.click()
    panel = page.right.currentWidget()
    panel.view.setCurrentIndex(panel.view.model().index(1, 0))
    panel.restore.click()
    assert the_reading(page).chapters == ()
    page.cover.retire.click()
    assert shelf(page) == ["Playbooks: A first week, Engineer, 2 chapters"]
    desk.undo()
    assert len(shelf(page)) == 2


def test_a_reading_undone_away_leaves_the_chapter(page, reading, desk):
    desk.undo()
    assert page.right.currentWidget() is page.cover
    assert shelf(page) == ["Playbooks: A first week, Engineer, 2 chapters"]


def test_a_tick_made_elsewhere_shows_while_one_reads(page, reading, desk, path):
    with Book.open(path) as other:
        way = reading_playbooks.path_of(other, records.get(other, Reading, reading.id))
        reading_playbooks.store(other, reading_playbooks.tick(way, "01-monday.md", 1, NOW), NOW)
    desk.bridge.look()
    assert page.reader.text.toPlainText().count(TICKED) == 1
    page.reader.tick(2)
    assert [one.number for one in the_reading(page).ticks] == [1, 2]


def test_who_may_only_read_the_book_ticks_and_asks_nothing(path, book, folder, theme, kim, qtbot):
    act = reading_playbooks.begin(book, playbooks.playbook_named("first-week"), "Sam Okoro", "Kim Halvorsen", NOW)
    reading_playbooks.store(book, act, NOW)
    book.close()
    with Book.open(path, read_only=True) as shut:
        desk = Desk(shut, theme, clock=lambda: NOW)
        window = opened(desk, qtbot, "playbooks")
        page = window.page
        assert page.cover.retire.isHidden()
        page.open_chapter()
        page.reader.tick(1)
        page.note_this()
        assert page.reader.questions.form.isHidden()
        assert page.reader.way.read.isHidden()
        assert page.reader.foot.sign.isHidden()
        window.close()
        desk.close()


def test_a_reading_that_stands_still_is_told_today(page, reading, book):
    later = NOW + timedelta(days=20)
    from escplaybook.services import calling

    (due,) = [one for one in calling.today(book, later) if one.record.id == reading.id]
    assert due.what == "Sam Okoro has not gone on with “A first week” for 20 days"


def test_f6_walks_through_the_panes(window, page, reading, qtbot):
    page.contents.view.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert seen[:2] == [page.reader.text, page.reader.way.read]


def test_the_margin_stands_below_a_text_that_has_no_room_beside_it(window, page, reading, qtbot):
    ask(page, qtbot, "Where are my feet?")
    window.resize(1600, 1000)
    assert page.reader.split.orientation() is Qt.Orientation.Horizontal
    window.resize(1000, 700)
    assert page.reader.split.orientation() is Qt.Orientation.Vertical


def test_a_theme_change_redraws_the_chapter_where_one_reads(page, reading, desk, theme):
    page.reader.tick(1)
    theme.set_zoom(1.25)
    assert page.reader.text.toPlainText().count(TICKED) == 1
    assert page.reader.text.textCursor() != QTextCursor()


def test_every_starter_playbook_opens(desk, qtbot):
    window = opened(desk, qtbot, "playbooks")
    page = window.page
    assert page.shelf.table.rowCount() >= 4
    for one in playbooks.playbooks():
        window.go(Place("playbooks", f"{one.name}/{one.chapters[-1].file}"))
        assert page.reader.file == one.chapters[-1].file
        assert one.chapters[-1].title in page.reader.text.toPlainText()
    window.close()


def test_editing_keeps_working_beside_an_open_chapter(page, reading, book, desk, entry):
    editing.add(book, entry(), NOW)
    desk.bridge.look()
    assert page.reader.text.toPlainText().startswith("Monday")


def test_a_folder_of_ones_own_stands_on_the_shelf(window, page, desk, tmp_path, qtbot):
    said = heard(desk)
    page.add_folder(str(tmp_path))
    assert "playbook.toml" in said[-1]
    write(tmp_path / "ours")
    page.add_folder(str(tmp_path / "ours"))
    page.add_folder(str(tmp_path / "ours"))
    assert len(shelf(page)) == 2
    assert page.place().record == str(tmp_path / "ours")
    page.begin("Sam Okoro", "Kim Halvorsen")
    assert the_reading(page).playbook == str(tmp_path / "ours")
    page.reader.mark_read()
    window.go(Place("today"))
    window.go(Place("playbooks", f"{tmp_path / 'ours'}/01-monday.md"))
    assert (page.reader.file, page.reader.path.reading.id) == ("01-monday.md", the_reading(page).id)
    page.step_out()
    page.shelf.step(+2)
    page.cover.remove.click()
    assert len(shelf(page)) == 2, "the reading and what came with the program"


def test_the_folder_is_asked_for(page, qtbot):
    page.shelf.add.click()
    assert page.dialog.isVisible()
    page.dialog.close()
