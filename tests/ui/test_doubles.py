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
