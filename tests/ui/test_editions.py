"""A lead drafts the matrix as it stands, two people sign, it is published; what changes by hand since is told."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.editions import Edition, EditionStatus, status_of
from escplaybook.services import editing, publishing_matrix
from escplaybook.store import records
from escplaybook.store.programme import programme
from tests.ui.hands import heard, opened
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
    assert not page.acting.publish.isEnabled()
    assert not page.acting.engineering.isEnabled(), "nobody is chosen to sign"
    for who, button in (("mara", page.acting.engineering), ("ana", page.acting.business)):
        page.acting.signer.set_value(people[who].id)
        page.acting.signer.changed.emit()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert status(book, desk) == [EditionStatus.REVIEWED]
    assert "Ana Ferreira signed for business" in page.text.toPlainText()
    qtbot.mouseClick(page.acting.publish, Qt.MouseButton.LeftButton)
    assert status(book, desk) == [EditionStatus.EFFECTIVE]
    assert not page.acting.publish.isEnabled()
    desk.undo()
    assert status(book, desk) == [EditionStatus.REVIEWED]
    assert page.acting.publish.isEnabled()


def test_what_was_changed_by_hand_stands_above_the_matrix_and_opens_in_words(window, people, book, desk, qtbot):
    desk.go("editions")
    page = window.page
    page.draft_what_stands()
    for who, side in (("mara", "engineering"), ("ana", "business")):
        page.acting.signer.set_value(people[who].id)
        page.sign_for(side)
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
    page.acting.signer.set_value(people["mara"].id)
    page.sign_for("engineering")
    with qtbot.waitSignal(desk.said) as said:
        page.acting.signer.set_value(people["mara"].id)
        page.sign_for("business")
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


def signed(book, desk, people, title="", deployment=None):
    """A draft of what stands, signed by both sides."""
    draft = publishing_matrix.draft_of_living(book, desk.now(), title, deployment=deployment)
    for who, side in (("mara", "engineering"), ("ana", "business")):
        draft = publishing_matrix.review(book, draft, side, people[who], desk.now())
    return draft


def test_an_edition_is_published_from_an_instant_that_is_chosen(window, people, book, desk, qtbot):
    draft = signed(book, desk, people)
    desk.bridge.look()
    desk.go("edition", draft.id)
    page, acting = window.page, window.page.acting
    assert acting.publish.text() == "Publish now"
    then = desk.now().replace(second=0, microsecond=0) + timedelta(days=3)
    acting.start.set_value(then.isoformat())
    acting.start.changed.emit()
    assert acting.publish.text() == "Publish from then"
    said = heard(desk)
    qtbot.mouseClick(acting.publish, Qt.MouseButton.LeftButton)
    (stored,) = records.everything(book, Edition)
    assert (stored.effective, stored.applied) == (then, None)
    assert said[-1].startswith("ED-0001: holds from ")
    assert status(book, desk) == [EditionStatus.SCHEDULED]
    desk.undo()
    assert status(book, desk) == [EditionStatus.REVIEWED]
    assert page.acting.publish.isEnabled()


def test_an_effective_edition_is_adopted_by_somebody_on_a_day(window, people, book, desk, qtbot):
    draft = signed(book, desk, people)
    publishing_matrix.publish(book, draft, desk.now(), desk.now())
    desk.bridge.look()
    desk.go("edition", draft.id)
    page, acting = window.page, window.page.acting
    assert not acting.engineering.isVisible(), "it is signed and holds"
    assert acting.adopt.isVisible()
    assert not acting.adopt.isEnabled(), "nobody is chosen"
    acting.signer.set_value(people["paul"].id)
    acting.signer.changed.emit()
    said = heard(desk)
    acting.day.setText("tomorrow")
    qtbot.mouseClick(acting.adopt, Qt.MouseButton.LeftButton)
    assert "“tomorrow” is no date" in said[-1]
    acting.day.setText("2026-11-20")
    qtbot.mouseClick(acting.adopt, Qt.MouseButton.LeftButton)
    (stored,) = records.everything(book, Edition)
    assert (stored.adopted_by, str(stored.adopted_on)) == (people["paul"].id, "2026-11-20")
    assert "Paul Adeyemi adopted it as standard operating procedure" in page.text.toPlainText()
    assert said[-1] == "ED-0001: effective, adopted by Paul Adeyemi"
    desk.undo()
    assert records.everything(book, Edition)[0].adopted_by is None


def test_the_editions_of_one_deployment_are_listed_alone(window, people, book, desk):
    whole = publishing_matrix.draft_of_living(book, desk.now(), "Whole")
    harbour = publishing_matrix.draft_of_living(book, desk.now(), "Harbour", deployment=people["harbour"].id)
    desk.bridge.look()
    desk.go("editions")
    page = window.page

    def listed():
        return [one.title for one in page.table.records()]

    def choose(value):
        page.only.set_value(value)
        page.only.changed.emit()

    assert listed() == ["Harbour", "Whole"]
    assert page.table.index(0, 0).data() == "Edition 2 · Harbour, Draft · Harbour ERP"
    choose(people["harbour"].id)
    assert (listed(), page.edition().id) == (["Harbour"], harbour.id)
    choose(None)
    assert (listed(), page.edition().id) == (["Whole"], whole.id)
    desk.go("edition", harbour.id)
    assert (listed(), page.edition().id) == (["Harbour", "Whole"], harbour.id), "what is gone to is listed"


def test_a_book_with_editions_of_the_whole_matrix_alone_asks_for_no_deployment(window, people, book, desk):
    publishing_matrix.draft_of_living(book, desk.now())
    desk.bridge.look()
    desk.go("editions")
    assert not window.page.only.isVisible()
