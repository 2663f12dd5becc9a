"""A lead walks through the people who are in the book twice: one person, two people, later; by keyboard alone."""

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.merging import Choice
from escplaybook.store import records
from tests.ui.hands import opened, stored


@pytest.fixture
def people(book, contact):
    mail = ContactPoint(PointKind.EMAIL, "mara@nordvik.example")
    return stored(
        book,
        contact("Mara Lindqvist", organisation="Nordvik", role="Lead", points=(mail,)),
        contact("Lindqvist, Mara", organisation="Nordvik", role="Head", team="Integration"),
        contact("Tom Herrera", phone="+44 7700 900123", organisation="Tern"),
        contact("T. Herrera", phone="+44 7700 900123", organisation="Tern", role="Lead"),
    )


@pytest.fixture
def page(desk, people, qtbot):
    window = opened(desk, qtbot, "contacts")
    button = next(
        one for one in window.page.hits.findChildren(type(window.page.hits.adder)) if "doubles" in one.toolTip()
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.rooms.current_name() == "doubles"
    qtbot.waitUntil(lambda: window.page.table.rowCount() == 2)
    yield window.page
    window.close()


def everyone(book) -> dict[str, Contact]:
    return {person.key: person for person in records.everything(book, Contact)}


def shown(page) -> str:
    return page.comparison.merge.text()


def test_two_are_merged_as_chosen_and_undo_brings_both_back(page, book, desk, qtbot):
    row = next(row for row in range(2) if "Mara" in page.table.index(row, 0).data())
    page.view.setCurrentIndex(page.table.index(row, 0))
    assert shown(page) == "Merge into CO-0001"
    assert set(page.comparison.fields) == {"name", "role", "team", "points"}
    role = page.comparison.fields["role"]
    role.setFocus()
    qtbot.keyClick(role, Qt.Key.Key_Down)
    assert role.value() == Choice.THEIRS
    page.save()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    mara = everyone(book)["CO-0001"]
    assert (mara.name, mara.role, mara.team, len(mara.points)) == ("Mara Lindqvist", "Head", "Integration", 2)
    assert everyone(book)["CO-0002"].retired
    desk.undo()
    qtbot.waitUntil(lambda: page.table.rowCount() == 2)
    assert everyone(book)["CO-0002"].retired is None


def test_the_other_one_may_stay(page, book, qtbot):
    page.view.setCurrentIndex(page.table.index(0, 0))
    first = shown(page)
    qtbot.mouseClick(page.comparison.swap, Qt.MouseButton.LeftButton)
    assert shown(page) != first
    page.save()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    assert any(everyone(book)[key].retired for key in ("CO-0001", "CO-0003"))


def test_two_people_are_proposed_no_more_unless_it_is_taken_back(page, qtbot):
    said = []
    page._desk.said.connect(said.append)
    qtbot.mouseClick(page.comparison.two, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    assert "are two people" in said[-1].text
    said[-1].act()
    qtbot.waitUntil(lambda: page.table.rowCount() == 2)


def test_later_goes_to_the_next_pair_and_escape_steps_out(page, qtbot):
    page.view.setFocus()
    first = shown(page)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert page.comparison.focus_target().hasFocus()
    qtbot.mouseClick(page.comparison.next, Qt.MouseButton.LeftButton)
    assert shown(page) != first
    page.step_out()
    assert page.view.hasFocus()
    page.step_out()
    assert page.window().rooms.current_name() == "contacts"


def test_a_book_without_doubles_says_so(desk, book, contact, qtbot):
    stored(book, contact())
    window = opened(desk, qtbot, "doubles")
    qtbot.waitUntil(lambda: window.page.pane.state.headline.text() == "Nobody seems to be here twice")
    window.close()


# ---- known blockers --------------------------------------------------------------------------------------------------


@pytest.fixture
def entries_page(desk, book, entry, qtbot):
    stored(
        book,
        entry("Login loops after SAML cut-over", symptoms="Users bounce.", cause="The clock.", tags=("sso",)),
        entry("After SAML cut-over login loops", symptoms="Users bounce.", cause="The proxy.", system="identity"),
        entry("SCIM deprovisioning leaves sessions alive"),
    )
    window = opened(desk, qtbot, "knowledge")
    hits = window.page.hits
    button = next(one for one in hits.findChildren(type(hits.adder)) if "doubles" in one.toolTip())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.page.table.rowCount() == 1)
    yield window.page
    window.close()


def test_two_known_blockers_are_merged_with_a_choice_per_field_and_undone(entries_page, book, desk, qtbot):
    page = entries_page
    assert page.window().rooms.current_name() == "double-entries"
    assert set(page.comparison.fields) == {"title", "cause", "system", "tags"}
    cause = page.comparison.fields["cause"]
    assert cause.value() == Choice.BOTH  # nothing that somebody wrote down gets lost
    cause.set_value(Choice.THEIRS)
    page.save()
    qtbot.waitUntil(lambda: page.pane.state.headline.text() == "No known blocker seems to be here twice")
    kept, other = (records.by_key(book, key) for key in ("KB-0001", "KB-0002"))
    assert (kept.cause, kept.system, kept.tags) == ("The proxy.", "identity", ("sso",))
    assert other.retired
    desk.undo()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    assert records.by_key(book, "KB-0001").cause == "The clock."


def test_two_blockers_that_are_two_are_proposed_no_more(entries_page, qtbot):
    page = entries_page
    qtbot.mouseClick(page.comparison.two, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.pane.state.headline.text() == "No known blocker seems to be here twice")
    page.step_out()
    assert page.window().rooms.current_name() == "knowledge"
