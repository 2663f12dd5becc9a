"""A lead keeps contacts true."""

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.contacts import Contact, PointKind
from escplaybook.domain.edits import Edit
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.ui.desk import Place
from escplaybook.ui.window import MainWindow


@pytest.fixture
def people(book, contact, now):
    mara = contact("Mara Lindqvist", role="Team lead", hours="Mon-Fri 08:00-17:00")
    jun = contact("Jun Park", "+44 7700 900 214", zone="Asia/Seoul")
    stored = editing.apply(book, "Add", Edit(None, mara), Edit(None, jun), now=now)
    return [edit.after for edit in stored]


@pytest.fixture
def window(desk, people, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.go(Place("contacts"))
    yield made
    made.close()


def names(window) -> list[str]:
    return [item.name for item in window.page.hits.table.records()]


def test_people_are_listed_by_name_with_the_number_to_call(window):
    assert names(window) == ["Jun Park", "Mara Lindqvist"]
    row = window.page._row_of(window.page.hits.table.record(0))
    assert row.meta[0] == ("+44 7700 900 214", "muted")


def test_a_contact_says_what_time_it_is_there_and_whether_to_ring(window, qtbot, people):
    window.page.hits.step(0)
    qtbot.keyClick(window.page.hits.view, Qt.Key.Key_Down)
    reading = window.page.reading
    assert reading.title.text() == "Mara Lindqvist"
    assert reading.standing.text() == "03:41 there (Stockholm) · off duty now, reachable Mon-Fri 08:00-17:00"
    assert "+46 70 174 06 31" in reading.text.toPlainText()
    assert "never verified" in reading.text.toPlainText()


def test_a_new_contact_gets_numbers_a_deputy_and_a_key(window, qtbot, book, people):
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = window.page.form.form
    form.fields["name"].set_value("عبد الرحمن الخطيب")  # QTest types ASCII only
    qtbot.mouseClick(form.fields["points"].adder, Qt.MouseButton.LeftButton)
    point = form.fields["points"].editors[0].fields
    qtbot.keyClicks(point["value"], "+44 7700 900 777")
    qtbot.keyClicks(point["verified"], "today")
    form.fields["zone"].set_value("Asia/Dubai")
    form.fields["deputy"].set_value(people[0].id)
    window.page.save()
    stored = records.by_key(book, "CO-0003")
    assert isinstance(stored, Contact)
    assert stored.name == "عبد الرحمن الخطيب"
    assert stored.deputy == people[0].id
    assert (stored.points[0].kind, stored.points[0].value) == (PointKind.MOBILE, "+44 7700 900 777")
    assert stored.points[0].verified is not None
    assert "Mara Lindqvist" in window.page.reading.text.toPlainText()
    assert len(names(window)) == 3


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        ("zone", "Europe/Atlantis", "No time zone is called"),
        ("hours", "nine to five", "Hours read like"),
        ("name", "", "Give the contact a name"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(window, qtbot, book, people, field, wrong, sentence):
    window.page.detail.open(people[0].id)
    window.page.detail.edit()
    widget = window.page.form.form.fields[field]
    widget.set_value(wrong)
    window.page.save()
    assert sentence in window.messages.text.text()
    assert widget.property("wrong")
    assert records.get(book, Contact, people[0].id) == people[0]


def test_the_deputy_is_one_click_away(window, book, people, now, qtbot):
    from dataclasses import replace

    editing.apply(book, "Deputy", Edit(people[0], replace(people[0], deputy=people[1].id)), now=now)
    window.page.detail.open(people[0].id)
    window.page.reading.record_wanted.emit("CO-0002")
    assert window.page.reading.title.text() == "Jun Park"


def test_a_search_finds_people_by_what_is_known_of_them(window, qtbot):
    window.search_here()
    qtbot.keyClicks(window.top.box.line, "lead")
    qtbot.waitUntil(lambda: window.page.hits.table.rowCount() == 1)
    window.page.step(0)
    assert window.page.reading.title.text() == "Mara Lindqvist"


def test_retiring_can_be_undone(window, qtbot, people):
    window.page.detail.open(people[1].id)
    qtbot.mouseClick(window.page.reading.retire, Qt.MouseButton.LeftButton)
    assert names(window) == ["Mara Lindqvist"]
    assert window.messages.text.text() == "Retire Jun Park"
    qtbot.keyClick(window.page.reading.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(window) == ["Jun Park", "Mara Lindqvist"]
