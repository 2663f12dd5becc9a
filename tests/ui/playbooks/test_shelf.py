"""A newcomer chooses a playbook, begins, and finds the way back to it. All of it by keys."""

from datetime import timedelta

from PySide6.QtCore import Qt

from escplaybook.domain.readings import Reading
from escplaybook.services import calling, editing, playbooks, reading_playbooks
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Place
from escplaybook.ui.playbooks.text import TICKED
from tests.conftest import NOW
from tests.ui.hands import follow, heard, opened
from tests.ui.playbooks.hands import CTRL, ask, contents, shelf, the_reading, write


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


def test_escape_steps_out_to_the_shelf_and_keeps_what_was_chosen(window, page, reading, qtbot):
    assert shelf(page)[0] == "Being read: Sam Okoro: A first week, 0 of 2 chapters, just now"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page.shelf.view.hasFocus()
    assert "Read by Sam Okoro since 24 Nov 2026 · mentor Kim Halvorsen" in page.cover.text.toPlainText()
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
    assert shelf(page)[-1].startswith("Stopped: Sam Okoro: A first week"), "it stays while one looks at it"
    page.cover.retire.click()
    assert shelf(page)[0].startswith("Being read: Sam Okoro: A first week")
    desk.undo()
    assert shelf(page)[-1].startswith("Stopped: ")


def test_a_stopped_reading_is_shown_to_whoever_finds_it(window, page, reading, book):
    page.step_out()
    window.go(Place("today"))
    editing.retire(book, the_reading(page), NOW)
    window.go(Place("playbooks"))
    assert shelf(page) == ["Playbooks: A first week, Engineer, 2 chapters"]
    window.go(Place("reading", reading.id))
    assert shelf(page)[-1].startswith("Stopped: Sam Okoro: A first week")
    assert page.place().record == reading.id
    assert page.cover.retire.text() == "Take it up again"


def test_another_mentor_is_named_with_the_keys(page, reading, desk, qtbot):
    page.step_out()
    page.cover.mentor.click()
    form = page.cover.form
    assert form.mentor.currentText() == "Kim Halvorsen"
    assert not form.reader.isVisibleTo(form)
    form.mentor.lineEdit().selectAll()
    qtbot.keyClicks(form.mentor.lineEdit(), "Ines Okafor")
    form.start.setFocus()
    qtbot.keyClick(form.start, Qt.Key.Key_Return)
    assert (the_reading(page).mentor, the_reading(page).mentor_contact) == ("Ines Okafor", None)
    assert "mentor Ines Okafor" in page.cover.text.toPlainText()
    desk.undo()
    assert "mentor Kim Halvorsen" in page.cover.text.toPlainText()


def test_what_changed_meanwhile_shows_when_one_comes_back_to_the_chapter(window, page, reading, desk, path):
    window.go(Place("today"))
    with Book.open(path) as other:
        way = reading_playbooks.path_of(other, records.get(other, Reading, reading.id))
        reading_playbooks.store(other, reading_playbooks.tick(way, "01-monday.md", 1, NOW), NOW)
    desk.bridge.look()
    window.go_to_page("playbooks")
    assert page.reader.text.toPlainText().count(TICKED) == 1
    assert contents(page)[0] == "1  Monday, to read, 1 of 2 ticked"


def test_a_reading_undone_away_leaves_the_chapter(page, reading, desk):
    desk.undo()
    assert page.right.currentWidget() is page.cover
    assert shelf(page) == ["Playbooks: A first week, Engineer, 2 chapters"]


def test_a_reading_that_stands_still_is_told_today(page, reading, book):
    later = NOW + timedelta(days=20)
    (due,) = [one for one in calling.today(book, later) if one.record.id == reading.id]
    assert due.what == "Sam Okoro has not gone on with “A first week” for 20 days"


def test_every_starter_playbook_opens(desk, qtbot):
    window = opened(desk, qtbot, "playbooks")
    page = window.page
    assert page.shelf.table.rowCount() >= 4
    for one in playbooks.playbooks():
        window.go(Place("playbooks", f"{one.name}/{one.chapters[-1].file}"))
        assert page.reader.file == one.chapters[-1].file
        assert one.chapters[-1].title in page.reader.text.toPlainText()
    window.close()


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
