"""What veterans know stands beside the passage it is about."""

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QApplication

from escplaybook.domain.annotations import Annotation, AnnotationKind, Endorsement
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Step
from escplaybook.services import annotating, editing
from escplaybook.store import records
from escplaybook.store.knowledge import notes_on
from escplaybook.ui.desk import Place
from escplaybook.ui.window import MainWindow
from tests.ui.hands import heard

WIDE, NARROW = (1600, 1000), (1000, 700)


@pytest.fixture
def note(book, known, now):
    made = Annotation(
        id=new_id(now),
        entry=known[0].id,
        field="steps",
        quote="Open UDP 123",
        kind=AnnotationKind.CAUTION,
        text="Ask the firewall team first.",
        author="Ines Okafor",
        created=now,
        updated=now,
    )
    (stored,) = editing.apply(book, "Note", Edit(None, made), now=now)
    return stored.after


@pytest.fixture
def window(desk, known, note, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    with qtbot.waitExposed(made):
        made.show()
    made.go(Place("knowledge", known[0].id))
    yield made
    made.close()


def test_a_note_stands_in_the_margin_at_its_passage(window, qtbot):
    reading = window.page.reading
    (label,) = reading.margin.cards
    qtbot.waitUntil(label.isVisible)
    assert "Ask the firewall team first." in label.label.text()
    passage = reading.text.document().find("Open UDP 123")
    middle = reading.text.cursorRect(passage).center()
    assert label.geometry().left() > middle.x()
    assert abs(label.geometry().top() - middle.y()) < 30
    (marked,) = reading.text.extraSelections()
    assert marked.cursor.selectedText() == "Open UDP 123"


def test_where_the_pane_is_narrow_the_note_stands_below_its_field(window, qtbot):
    window.resize(*NARROW)
    reading = window.page.reading
    qtbot.waitUntil(lambda: "Caution “Open UDP 123”: Ask the firewall team first." in reading.text.toPlainText())
    assert not any(label.isVisible() for label in reading.margin.cards)
    window.resize(*WIDE)
    qtbot.waitUntil(lambda: "Ask the firewall team" not in reading.text.toPlainText())


def test_finding_a_note_opens_what_it_is_about(window, known, note):
    window.go(Place("contacts"))
    window.go(Place("annotation", note.id))
    assert window.page.reading.record.id == known[0].id


def test_a_note_taken_back_leaves_the_margin(window, desk):
    desk.undo()
    assert window.page.reading.margin.cards == []


def test_a_note_whose_passage_is_gone_is_still_seen(window, book, known, now):
    editing.change(book, known[0], now, steps=())
    assert window.page.reading.margin.cards == []
    text = window.page.reading.text.toPlainText()
    assert "Notes whose passage is gone" in text
    assert "stood beside “Open UDP 123”: Ask the firewall team first." in text
    assert window.page.reading.text.extraSelections() == []


def select(window, words):
    text = window.page.reading.text
    text.setTextCursor(text.document().find(words))
    assert text.textCursor().selectedText() == words


def written(book, known):
    """The notes on the first known blocker but for the one that was there."""
    return [note for note in notes_on(book, known[0].id) if note.text != "Ask the firewall team first."]


def offers(window):
    return {action.text(): action for action in window.page.reading.notes.menu.actions()}


def test_a_mentor_selects_a_passage_and_writes_beside_it(window, book, known, desk, qtbot):
    notes = window.page.reading.notes
    select(window, "minutes")
    assert notes.beside.isVisible()
    qtbot.mouseClick(notes.beside, Qt.MouseButton.LeftButton)
    assert notes.form.text.hasFocus()
    assert not notes.beside.isVisible()
    qtbot.keyClicks(notes.form.text, "Seconds are enough.")
    notes.form.kind.set_value(AnnotationKind.WHY)
    qtbot.keyClicks(notes.form.applies_when, "strict providers")
    qtbot.mouseClick(notes.form.save, Qt.MouseButton.LeftButton)

    (made,) = written(book, known)
    assert (made.field, made.quote, made.kind, made.applies_when) == (
        "cause",
        "minutes",
        AnnotationKind.WHY,
        "strict providers",
    )
    assert (made.text, made.author) == ("Seconds are enough.", desk.author)
    assert (made.prefix, made.suffix) == ("he clock of the identity host runs "[-32:], " ahead.")
    assert [card.note.id for card in window.page.reading.margin.cards] == [notes_on(book, known[0].id)[0].id, made.id]
    desk.undo()
    assert written(book, known) == []


def test_the_same_by_keys_alone(window, book, known, qtbot):
    text, notes = window.page.reading.text, window.page.reading.notes
    text.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(text, Qt.Key.Key_Down)
    qtbot.keyClick(text, Qt.Key.Key_Home)
    for _ in range(5):
        qtbot.keyClick(text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    selected = text.textCursor().selectedText()
    assert len(selected) == 5
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(notes.form.text, "By keys.")
    qtbot.keyClick(notes.form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (made,) = written(book, known)
    assert made.quote == selected.strip()
    assert not text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_nothing_typed_beside_a_passage_is_lost(window, desk, book, known, qtbot):
    notes, said = window.page.reading.notes, heard(desk)
    select(window, "minutes")
    notes.write_beside()
    qtbot.keyClicks(notes.form.text, "Half a thou")
    window.go(Place("knowledge", known[1].id))
    assert not notes.form.isVisible()
    window.go(Place("knowledge", known[0].id))
    assert notes.form.isVisible()
    assert notes.form.text.value() == "Half a thou"

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not notes.form.isVisible()
    assert said[-1] == "Your note was not stored."
    window.messages.offer.click()
    assert notes.form.text.value() == "Half a thou"
    qtbot.keyClicks(notes.form.text, "ght")
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [note.text for note in written(book, known)] == ["Half a thought"]
    window.go(Place("knowledge", known[1].id))
    window.go(Place("knowledge", known[0].id))
    assert not notes.form.isVisible()


def test_a_note_that_says_nothing_is_not_stored(window, desk, book, known):
    said = heard(desk)
    select(window, "minutes")
    window.page.reading.notes.write_beside()
    window.page.reading.notes.save()
    assert said == ["Write what the note is to say."]
    assert window.page.reading.notes.form.isVisible()
    assert written(book, known) == []


def test_a_note_is_agreed_with_answered_and_retired_from_the_margin(window, book, note, desk, qtbot):
    notes = window.page.reading.notes
    notes.open_menu(note.id, QPoint())
    offers(window)["Agree"].trigger()
    (card,) = notes.margin.cards
    assert "1 agrees" in card.label.text()
    notes.open_menu(note.id, QPoint())
    assert "Agree" not in offers(window)
    offers(window)["Answer …"].trigger()
    assert not notes.form.kind.isVisible()
    qtbot.keyClicks(notes.form.text, "They answer within the hour.")
    notes.save()
    (card,) = notes.margin.cards
    assert "They answer within the hour." in card.label.text()
    notes.open_menu(note.id, QPoint())
    offers(window)["Retire"].trigger()
    assert notes.margin.cards == []
    desk.undo()
    assert [one.by for one in records.get(book, Annotation, note.id).endorsements] == [desk.author]
    notes.menu.close()


def test_a_newer_note_takes_the_place_of_an_older_one_which_folds_behind_it(window, book, note, qtbot):
    notes = window.page.reading.notes
    notes.do("supersede", note.id)
    assert notes.form.text.value() == "Ask the firewall team first."
    notes.form.text.set_value("")
    qtbot.keyClicks(notes.form.text, "The port is open everywhere by now.")
    notes.save()
    (card,) = notes.margin.cards
    assert "The port is open everywhere by now." in card.label.text()
    assert "1 earlier note" in card.label.text()
    assert "Ask the firewall team first." not in card.label.text()
    small = card.height()
    card.label.linkActivated.emit("#earlier")
    assert "Ask the firewall team first." in card.label.text()
    assert card.height() > small
    window.go(Place("contacts"))
    window.go(Place("annotation", note.id))
    (card,) = notes.margin.cards
    assert card.is_found
    assert card.is_unfolded


def test_an_edited_note_keeps_its_author_and_agreement(window, book, note, now, desk):
    agreed = replace(note, endorsements=(Endorsement("Mara Lindqvist", now),))
    editing.apply(book, "Agree", Edit(note, agreed), now=now)
    notes = window.page.reading.notes
    notes.do("edit", note.id)
    notes.form.text.set_value("Ask them before noon.")
    notes.save()
    after = records.get(book, Annotation, note.id)
    assert (after.text, after.author, after.endorsements) == (
        "Ask them before noon.",
        "Ines Okafor",
        agreed.endorsements,
    )


def test_notes_beside_neighbouring_passages_line_up_below_each_other(window, book, known, now, qtbot):
    for words in ("identity host", "minutes", "Open UDP", "time source"):
        at = annotating.passage(known[0], words)
        said = f"About {words}. " * 8
        annotating.annotate(book, known[0], at, now, kind=AnnotationKind.STORY, text=said, author="Tomás Reyes")
    margin = window.page.reading.margin
    boxes = sorted((card.geometry() for card in margin.cards), key=lambda box: box.top())
    assert len(boxes) == 5
    assert all(upper.bottom() < lower.top() for upper, lower in itertools.pairwise(boxes))
    bar = window.page.reading.text.verticalScrollBar()
    window.resize(1600, 560)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    last = max(card.geometry().bottom() for card in margin.cards)
    assert last <= window.page.reading.text.viewport().height(), "the last note can be scrolled into sight"
    top = margin.cards[0].y()
    bar.setValue(bar.maximum() - 40)
    assert margin.cards[0].y() == top + 40


def test_an_engineer_deletes_the_passage_and_the_mentor_puts_the_note_elsewhere(window, book, known, note, now, qtbot):
    editing.change(book, known[0], now, steps=(Step("Restart no application"),))
    text, notes = window.page.reading.text, window.page.reading.notes
    assert "stood beside “Open UDP 123”" in text.toPlainText()
    text.anchorClicked.emit(QUrl(f"note:{note.id}?place"))
    select(window, "no application")
    assert notes.beside.text() == "Put the note here"
    qtbot.mouseClick(notes.beside, Qt.MouseButton.LeftButton)
    moved = records.get(book, Annotation, note.id)
    assert (moved.field, moved.quote) == ("steps", "no application")
    assert "stood beside" not in text.toPlainText()
    assert [card.note.quote for card in notes.margin.cards] == ["no application"]


def test_a_passage_selected_before_the_link_is_pressed_is_the_one_that_is_meant(window, book, known, note, now, qtbot):
    editing.change(book, known[0], now, steps=(Step("Restart no application"),))
    text = window.page.reading.text
    select(window, "no application")
    at = text.cursorRect(text.document().find("Put it at the selection")).topLeft() - QPoint(20, -6)
    qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert records.get(book, Annotation, note.id).quote == "no application"


def test_a_restored_text_has_its_note_again(window, book, known, note, now, desk):
    editing.change(book, known[0], now, steps=())
    assert window.page.reading.margin.cards == []
    desk.undo()
    assert [card.note.quote for card in window.page.reading.margin.cards] == ["Open UDP 123"]


def test_a_note_found_in_search_opens_its_passage(window, book, now, qtbot):
    long = editing.add(
        book, replace(known_long(now), cause="\n\n".join(f"Paragraph {n}." for n in range(200)) + "\n\nAt last."), now
    )
    at = annotating.passage(long, "At last")
    far = annotating.annotate(book, long, at, now, kind=AnnotationKind.STORY, text="Far down.", author="Ines")
    window.go(Place("annotation", far.id))
    text = window.page.reading.text
    assert text.verticalScrollBar().value() > 0
    box = text.cursorRect(window.page.reading.margin.passages.passage(far))
    assert 0 <= box.top() < text.viewport().height()
    assert window.page.reading.margin.cards[0].is_found


def known_long(now):
    from escplaybook.domain.knowledge import Entry

    return Entry(new_id(now), "A long one", now, now)


def test_a_book_for_reading_shows_notes_and_offers_nothing(book, known, note, path, theme, now, qtbot):
    from escplaybook.store.book import Book
    from escplaybook.ui.desk import Desk

    with Book.open(path, read_only=True) as opened:
        desk = Desk(opened, theme, clock=lambda: now)
        made = MainWindow(desk)
        qtbot.addWidget(made)
        made.resize(*WIDE)
        with qtbot.waitExposed(made):
            made.show()
        made.go(Place("knowledge", known[0].id))
        notes = made.page.reading.notes
        select(made, "minutes")
        assert not notes.beside.isVisible()
        made.page.note_this()
        assert not notes.form.isVisible()
        (card,) = notes.margin.cards
        assert not card.acts.isVisible()
        notes.open_menu(note.id, QPoint())
        assert notes.menu.actions() == []
        made.close()
        desk.close()


def test_the_look_changes_and_every_note_stays_at_its_passage(window, theme):
    from escplaybook.ui.theme import Choice

    margin = window.page.reading.margin
    select(window, "minutes")
    window.page.reading.notes.write_beside()
    places = [card.pos() for card in margin.cards]
    theme.choose(Choice.DARK)
    QApplication.processEvents()
    assert [card.pos() for card in margin.cards] == places
    assert {selection.cursor.selectedText() for selection in window.page.reading.text.extraSelections()} == {
        "Open UDP 123",
        "minutes",
    }
    theme.choose(Choice.LIGHT)


def test_where_nothing_is_open_mentors_see_what_wants_their_note(desk, book, known, note, now, qtbot):
    from escplaybook.domain.uses import Outcome, Use

    for entry in (known[0], known[1], known[1], known[2]):
        use = Use(new_id(now), entry.id, Outcome.WORKED, "Dana", now, now, now)
        editing.apply(book, "Use", Edit(None, use), now=now)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    with qtbot.waitExposed(made):
        made.show()
    made.go(Place("knowledge"))
    nothing = made.page.detail.nothing
    assert nothing.isVisible()
    assert [button.text() for button in nothing.buttons] == [
        f"{known[1].key}  {known[1].title} · used 2 times",
        f"{known[2].key}  {known[2].title} · used once",
    ]
    qtbot.mouseClick(nothing.buttons[0], Qt.MouseButton.LeftButton)
    assert made.page.reading.record.id == known[1].id
    made.close()
