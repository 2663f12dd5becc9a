"""Writing a known blocker: preview, templates, pictures, links to records, and nothing lost to a crash."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage, QTextCursor

from escplaybook.domain.mentions import pictures_in
from escplaybook.services import templating
from escplaybook.store import blobs, records
from escplaybook.store.memory import Memory
from escplaybook.ui.drafts import LONGEST, PAUSE
from escplaybook.ui.knowledge.editor_pictures import WIDEST, Pictures
from tests.ui.hands import heard, opened

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk, known, qtbot):
    made = opened(desk, qtbot, "knowledge")
    made.resize(1600, 1000)
    yield made
    made.close()


@pytest.fixture
def page(window, known):
    window.page.detail.open(known[0].id)
    window.page.detail.edit("cause")
    return window.page


def picture(width: int = 80, height: int = 40) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x2457C5)
    return image


def paste(field, image: QImage) -> None:
    source = QMimeData()
    source.setImageData(image)
    field.moveCursor(QTextCursor.MoveOperation.End)
    field.insertFromMimeData(source)


def test_the_preview_beside_follows_what_is_typed(page, qtbot):
    preview, cause = page.form.preview, page.form.form.fields["cause"]
    qtbot.waitUntil(lambda: "The clock of the identity host" in preview.toPlainText())
    cause.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(cause, " See **NTP** and [[KB-0002]].")
    qtbot.waitUntil(lambda: "See NTP and KB-0002 SCIM deprovisioning" in preview.toPlainText())
    assert page.form.bar.preview.isChecked()


def test_in_a_narrow_window_the_preview_takes_the_place_of_the_form(window, page, qtbot):
    window.resize(1100, 700)
    form = page.form
    qtbot.waitUntil(lambda: not form.preview.isVisible())
    assert form.area.isVisible()
    qtbot.keyClick(form.form.fields["cause"], Qt.Key.Key_P, CTRL_SHIFT)
    qtbot.waitUntil(lambda: "minutes ahead" in form.preview.toPlainText())
    assert not form.area.isVisible()
    assert form.preview.hasFocus()
    qtbot.keyClick(form.preview, Qt.Key.Key_P, CTRL_SHIFT)
    assert form.area.isVisible()


def test_a_preview_that_was_put_away_stays_away(page, qtbot):
    qtbot.mouseClick(page.form.bar.preview, Qt.MouseButton.LeftButton)
    assert not page.form.preview.isVisible()
    page.detail.step_out()
    page.detail.edit()
    assert not page.form.preview.isVisible()


def test_a_long_text_is_made_ready_in_the_pool_and_the_last_one_shows(page, desk, qtbot):
    cause = page.form.form.fields["cause"]
    cause.set_value("word " * 20_000)
    cause.insert("first ")
    page.form.preview.tell()
    cause.insert("then this ")
    page.form.preview.tell()
    assert "then this" not in page.form.preview.toPlainText()
    qtbot.waitUntil(lambda: "first then this" in page.form.preview.toPlainText())


def test_buttons_act_on_the_field_that_is_written_in(page, qtbot):
    cause = page.form.form.fields["cause"]
    cause.set_value("clock")
    cause.setFocus()
    qtbot.mouseClick(page.form.bar.buttons["bold"], Qt.MouseButton.LeftButton)
    assert cause.value() == "**clock**"
    assert cause.hasFocus()


def test_a_new_one_begins_with_a_template_that_leaves_what_is_written(window, qtbot, desk, book):
    page = window.page
    page.new("Portal crawls")
    form = page.form
    form.form.fields["impact"].set_value("Ours already")
    button = next(one for one in form.begin.buttons if one.text() == "Too slow")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert form.values()["title"] == "Portal crawls"
    assert form.values()["impact"] == "Ours already"
    assert form.values()["symptoms"].startswith("What is slow, for whom")
    assert len(form.values()["steps"]) == 3
    assert not form.begin.isVisible()
    page.save()
    assert records.by_key(book, "KB-0004").tags == ("performance",)


def test_what_is_written_is_kept_as_a_template_and_offered_first(window, page, qtbot, desk, book):
    said = heard(desk)
    qtbot.mouseClick(page.form.bar.template, Qt.MouseButton.LeftButton)
    assert said == [
        "“Login loops after SAML cut-over: assertion not yet valid” is kept as a template for new known blockers."
    ]
    assert templating.templates(book, desk.now())[0].is_own
    page.detail.step_out()
    assert not page.form.begin.isVisible()
    page.new()
    assert page.form.begin.buttons[0].text().startswith("Login loops after SAML")


def test_a_pasted_picture_is_shown_at_once_and_attached_when_it_is_saved(page, qtbot, book, known):
    form = page.form
    cause = form.form.fields["cause"]
    paste(cause, picture())
    (shown,) = pictures_in(cause.value())
    assert form.preview.picture(shown).width() == 80
    page.save()
    stored = records.by_key(book, known[0].key)
    (attached,) = stored.attachments
    assert (attached.hash, attached.media_type) == (shown, "image/png")
    assert QImage.fromData(blobs.data_of(book, attached)).size() == picture().size()
    assert page.reading.text.picture(shown).width() == 80
    page.detail.edit()
    form.form.fields["impact"].insert("More")
    page.save()
    assert len(records.by_key(book, known[0].key).attachments) == 1


def test_a_picture_that_was_deleted_from_the_text_is_not_attached(page, book, known):
    cause = page.form.form.fields["cause"]
    paste(cause, picture())
    cause.set_value("No picture after all")
    page.form.changed.emit()
    page.save()
    assert records.by_key(book, known[0].key).attachments == ()


def test_a_huge_picture_is_made_smaller_and_one_that_is_none_is_refused(desk):
    said = heard(desk)
    pictures = Pictures(desk)
    (shown,) = pictures_in(pictures.keep(picture(WIDEST + 600, 50)))
    assert QImage.fromData(pictures.data(shown)).width() == WIDEST
    assert pictures.keep(QImage()) == ""
    assert "could not be read" in said[-1]


def test_two_brackets_offer_records_and_return_links_to_the_one_chosen(page, qtbot):
    cause, offer = page.form.form.fields["cause"], page.form.offer
    cause.set_value("")
    cause.setFocus()
    qtbot.keyClicks(cause, "See [[webh")
    qtbot.waitUntil(offer.list.isVisible)
    assert offer.completer.completionModel().index(0, 0).data().startswith("KB-0003   Webhook deliveries")
    qtbot.keyClick(offer.list, Qt.Key.Key_Return)
    assert cause.value() == "See [[KB-0003]]"
    assert not offer.list.isVisible()


def test_brackets_that_are_closed_offer_nothing(page, qtbot):
    cause, offer = page.form.form.fields["cause"], page.form.offer
    cause.set_value("")
    qtbot.keyClicks(cause, "a [[KB-0001]] b [x] [[")
    cause.textCursor().deletePreviousChar()
    assert not offer.list.isVisible()
    page.detail.step_out()


def test_typing_without_a_pause_is_kept_within_two_seconds_all_the_same(page, desk, qtbot, known):
    assert PAUSE < LONGEST <= 2_000
    draft = page.detail._draft
    cause = page.form.form.fields["cause"]
    cause.insert("x")
    assert draft._longest.isActive()
    left = draft._longest.remainingTime()
    cause.insert("y")
    assert draft._longest.remainingTime() <= left  # more typing does not put it off
    draft._longest.timeout.emit()
    assert "xy" in draft.kept(known[0].id)[1]["cause"]


WRITER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
app = QApplication([])
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.theme import Choice, Theme
from escplaybook.ui.window import MainWindow
now = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)
desk = Desk(Book.open(Path(sys.argv[1])), Theme(app, Choice.LIGHT), clock=lambda: now)
window = MainWindow(desk)
window.show()
window.go(Place("knowledge"))
window.page.new("Typed before the crash")
field = window.page.form.form.fields["cause"]
image = QImage(60, 30, QImage.Format.Format_RGB32)
image.fill(0x2457C5)
source = QMimeData()
source.setImageData(image)
field.insert("The words, and a picture: ")
field.insertFromMimeData(source)
def tell():
    if window.page.detail._draft.kept("new"):
        print("kept", flush=True)
    else:
        QTimer.singleShot(20, tell)
tell()
app.exec()
"""


def test_a_killed_program_loses_neither_the_words_nor_the_picture_that_was_pasted(window, book, qtbot):
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", WRITER, str(book.path)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, env=env, text=True)
    assert writer.stdout.readline() == "kept\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    page = window.page
    page.detail.offer_latest_draft()
    assert "You were writing" in window.messages.text.text()
    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    form = page.form
    assert form.values()["title"] == "Typed before the crash"
    page.save()
    stored = records.by_key(book, "KB-0004")
    assert stored.cause.startswith("The words, and a picture: ![](attachment:")
    assert QImage.fromData(blobs.data_of(book, stored.attachments[0])).width() == 60


def test_pictures_of_earlier_days_that_no_draft_shows_are_forgotten(desk, book):
    memory = Memory(book.path)
    memory.remember("picture:aa", "")
    memory.remember("picture:bb", "")
    memory.remember("draft:entry:new", {"at": "x", "values": {"cause": "![](attachment:bb/x.png)"}})
    memory.close()
    Pictures(desk).keep(picture())
    assert "picture:aa" not in desk.memory.names("picture:")
    assert "picture:bb" in desk.memory.names("picture:")


def test_two_megabytes_are_typed_on_previewed_and_saved(page, book, known, qtbot):
    symptoms = page.form.form.fields["symptoms"]
    symptoms.setFocus()
    source = QMimeData()
    source.setText("The clock of the identity host runs ahead.\n" * 47_000)
    symptoms.insertFromMimeData(source)
    qtbot.keyClicks(symptoms, "after")
    qtbot.waitUntil(lambda: "runs ahead" in page.form.preview.toPlainText())
    page.detail._draft.keep()
    page.save()
    assert len(records.by_key(book, known[0].key).symptoms) > 2_000_000
