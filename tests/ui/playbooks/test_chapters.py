"""A newcomer reads, ticks, asks; the mentor answers and signs off. All of it by keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

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
from tests.ui.playbooks.hands import CTRL, MONDAY, ask, contents, select, the_reading, write


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


def test_editing_keeps_working_beside_an_open_chapter(page, reading, book, desk, entry):
    editing.add(book, entry(), NOW)
    desk.bridge.look()
    assert page.reader.text.toPlainText().startswith("Monday")


HOSTILE = """# <script>alert(1)</script>

<img src="file:///etc/passwd"> ![x](../secret.png) [t](#tick-1) [u](#tick-x)

- [ ] <b>bold</b> [a](javascript:alert(1))
- [ ] {{deployment}} first
- [ ]

::: entries "((("

::: nonsense
"""


def test_whatever_a_chapter_says_it_stays_text(window, page, folder, desk, qtbot):
    write(folder, "<b>2</b>", HOSTILE)
    window.go(Place("today"))
    window.go(Place("playbooks"))
    page.begin("<img src='file:///etc/passwd'>", "<i>Kim</i>")
    text = page.reader.text
    assert text.toPlainText().startswith("<script>alert(1)</script>")
    assert "javascript:" not in text.toHtml()
    for label in (page.contents.title, page.contents.told, page.reader.version.told, page.reader.foot.told):
        assert label.textFormat() is Qt.TextFormat.PlainText
    for link in ("#tick-x", "#tick-", "#tick-99999999999999", "#c9-nowhere", "#", "#chapter-9"):
        text.anchorClicked.emit(link)
        page.cover.text.anchorClicked.emit(link)
    assert the_reading(page).ticks == ()
    page.reader.tick(1)
    assert len(the_reading(page).ticks) == 1
    ask(page, qtbot, "<b>Why</b> <img src='file:///etc/passwd'>?")
    (card,) = page.reader.questions.cards
    assert "&lt;b&gt;Why&lt;/b&gt;" in card.label.text()
    assert "<img" not in card.label.text()


def test_footnotes_stand_below_a_line(window, page, folder):
    write(folder, "1.2", "# Monday\n\nA word[^1].\n\n- [ ] Tick\n\n[^1]: What it means.\n")
    window.go(Place("today"))
    window.go(Place("playbooks", "first-week/01-monday.md"))
    assert page.reader.text.toHtml().count("<hr") == 1
    assert "What it means." in page.reader.text.toPlainText()
