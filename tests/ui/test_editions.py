"""A lead drafts the matrix as it stands, two people sign, it is published; what changes by hand since is told."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.editions import Edition, EditionStatus, status_of
from escplaybook.services import editing, publishing_matrix
from escplaybook.store import records
from escplaybook.store.programme import programme
from tests.ui.hands import opened
from tests.ui.programmes import fill


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot, "matrix")
    yield made
    made.close()


def status(book, desk):
    listed = records.everything(book, Edition)
    return [status_of(one, listed, desk.now()) for one in listed]


def test_an_edition_is_drafted_signed_published_and_undone(window, people, book, desk, qtbot):
    assert window.page.heading.edition.text() == "Editions"
    qtbot.mouseClick(window.page.heading.edition, Qt.MouseButton.LeftButton)
    assert window.rooms.current_name() == "editions"
    page = window.page
    assert page.pane.state.headline.text() == "No edition yet"
    qtbot.mouseClick(page.pane.state.buttons[0], Qt.MouseButton.LeftButton)
    assert status(book, desk) == [EditionStatus.DRAFT]
    assert "They say the same." in page.text.toPlainText()
    assert not page.publish.isEnabled()
    assert not page.engineering.isEnabled(), "nobody is chosen to sign"
    for who, button in (("mara", page.engineering), ("ana", page.business)):
        page.signer.set_value(people[who].id)
        page.signer.changed.emit()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert status(book, desk) == [EditionStatus.REVIEWED]
    assert "Ana Ferreira signed for business" in page.text.toPlainText()
    qtbot.mouseClick(page.publish, Qt.MouseButton.LeftButton)
    assert status(book, desk) == [EditionStatus.EFFECTIVE]
    assert not page.publish.isEnabled()
    desk.undo()
    assert status(book, desk) == [EditionStatus.REVIEWED]
    assert page.publish.isEnabled()


def test_what_was_changed_by_hand_stands_above_the_matrix_and_opens_in_words(window, people, book, desk, qtbot):
    desk.go("editions")
    page = window.page
    page.draft_what_stands()
    for who, sign in (("mara", page.sign_for_engineering), ("ana", page.sign_for_business)):
        page.signer.set_value(people[who].id)
        sign()
    page.publish_it()
    cell = next(one for one in programme(book).cells if (one.severity, one.level, one.stage) == ("S1", 1, ""))
    editing.change(book, cell, desk.now(), acknowledge=timedelta(minutes=10))
    desk.bridge.look()
    assert "S1 acknowledge, level 1: 5 → 10 min" in page.text.toPlainText()
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert window.page.heading.edition.text() == "Edition 1 · 1 change since"
    desk.go("edition", records.everything(book, Edition)[0].id)
    assert window.rooms.current_name() == "editions"


def test_the_same_person_does_not_sign_twice_and_is_told_so(window, people, desk, qtbot):
    desk.go("editions")
    page = window.page
    page.draft_what_stands()
    page.signer.set_value(people["mara"].id)
    page.sign_for_engineering()
    with qtbot.waitSignal(desk.said) as said:
        page.signer.set_value(people["mara"].id)
        page.sign_for_business()
    assert "two different people" in said.args[0].text


def test_an_edition_whose_instant_comes_while_the_desktop_is_open_is_put_in_force(window, people, book, desk):
    desk.go("editions")
    page = window.page
    draft = publishing_matrix.draft_of_living(book, desk.now())
    for who, side in (("mara", "engineering"), ("ana", "business")):
        draft = publishing_matrix.review(book, draft, side, people[who], desk.now())
    publishing_matrix.publish(book, draft, desk.now() + timedelta(minutes=5), desk.now())
    desk.let_editions_begin()
    assert status(book, desk) == [EditionStatus.SCHEDULED]
    then = desk.now() + timedelta(minutes=6)
    desk.now = lambda: then
    desk.ticker.minute.emit()
    assert records.everything(book, Edition)[0].applied == then
    assert "Effective" in page.table.index(0, 0).data()
