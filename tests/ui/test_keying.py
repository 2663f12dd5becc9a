"""A form from the night is keyed in: the fields have the numbers of the boxes, and the keys are enough."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.matrix import SeverityDefinition
from escplaybook.services import editing
from escplaybook.services.printing import pdf_of
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.book import Book
from escplaybook.store.records import everything
from escplaybook.ui.desk import Desk, Place
from tests.conftest import NOW
from tests.ui.hands import blocker, opened, stored
from tests.ui.programmes import fill

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk, book, qtbot):
    fill(book)
    made = opened(desk, qtbot, "keying")
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


def choose(window, start):
    """Go to the form whose code begins so."""
    codes = [window.page.form.itemData(at) for at in range(window.page.form.count())]
    window.go(Place("keying", next(code for code in codes if code.startswith(start))))


def field(page, name):
    number = next(box.number for box in page._form.boxes if box.name == name)
    return page._fields()[number]


def wrong(page):
    return [number for rows in page._sections for number, label in rows._wrong.items() if label.isVisible()]


def test_the_fields_have_the_numbers_and_the_order_of_the_boxes(page, window):
    for code in ("IN-S1", "IN-ANY", "UP"):
        choose(window, code)
        assert list(page._fields()) == [box.number for box in page._form.boxes]
        assert all(one.accessibleName().startswith(f"{number} ") for number, one in page._fields().items())
        assert page._form.id in page.form.currentText()


def test_tab_walks_from_box_to_box_and_then_to_the_button(page, window, qtbot):
    choose(window, "UP")
    first, *_ = page._fields().values()
    assert first.hasFocus()
    walked = []
    for _ in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        walked.append(now)
        if now is page.store:
            break
    assert page.store in walked
    reached = [one for one in page._fields().values() if one in walked or one.focusProxy() in walked]
    assert len(reached) == len(page._fields()) - 1  # all but the first, where one was


def test_an_intake_is_keyed_in_and_the_blocker_is_opened(page, window, qtbot, book):
    choose(window, "IN-S1")
    qtbot.keyClicks(field(page, "title"), "Orders stop")
    qtbot.keyClicks(field(page, "observed"), "03:10")
    qtbot.keyClick(field(page, "impact_milestone"), "d")
    field(page, "impact_milestone").activated.emit(0)
    qtbot.keyClicks(field(page, "context"), "invalid client")
    severity = next(box.number for box in page._form.boxes if box.name == "severity")
    told = next(rows for rows in page._sections if severity in rows.fields)._wrong[severity].text()
    assert told.startswith("By the answers it is S2: A milestone is lost today")
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_S, CTRL)
    (one,) = everything(book, Blocker)
    assert (one.title, one.severity, one.context) == ("Orders stop", Severity.S2, "invalid client")
    assert window.page.place().record == one.id
    window.go(Place("keying", "IN-S1"))
    assert window.page._answers() == {}


def test_below_a_box_that_cannot_be_read_stands_why_and_nothing_is_lost(page, window, qtbot, book):
    choose(window, "IN-S1")
    qtbot.keyClicks(field(page, "observed"), "late")
    qtbot.mouseClick(page.store, Qt.MouseButton.LeftButton)
    at = {box.name: box.number for box in page._form.boxes}
    assert wrong(page) == [at["title"], at["observed"], at["severity"]]
    assert field(page, "title").hasFocus()
    assert everything(book, Blocker) == []
    window.go(Place("today"))
    window.go(Place("keying", "IN-S1"))
    assert field(page, "observed").value() == "late"


def test_an_update_is_keyed_in_at_its_blocker(page, window, qtbot, book):
    (kept,) = stored(book, blocker())
    choose(window, "UP")
    qtbot.keyClicks(field(page, "blocker"), kept.key)
    field(page, "audience").boxes["a"].click()
    qtbot.keyClicks(field(page, "containment"), "Orders wait in a queue")
    page.save()
    (one,) = everything(book, Blocker)
    assert "for the team" in one.context
    assert "- Containment: Orders wait in a queue" in one.context


def test_a_call_tree_that_was_printed_is_keyed_in_by_its_lines(page, window, qtbot, book, desk):
    pdf_of(book, Wish("form", shape="call-tree"), at=NOW)
    window.go(Place("keying"))
    choose(window, "CT")
    numbers = list(page._fields())
    first, second = (page._fields()[number] for number in numbers[:2])
    first.result.set_value("ok, message wrong")
    first.result.activated.emit(first.result.currentIndex())
    assert not first.more.isVisible()
    second.result.set_value("failed")
    second.result.activated.emit(second.result.currentIndex())
    assert second.more.isVisible()
    qtbot.keyClicks(second.more, "engaged")
    page.save()
    told = {one.verified_how for person in everything(book, Contact) for one in person.points}
    assert "called in a call tree; the message came back wrong" in told
    assert "engaged" in {one.failed_how for person in everything(book, Contact) for one in person.points}
    assert page._answers() == {}
    desk.undo()
    assert "engaged" not in {one.failed_how for person in everything(book, Contact) for one in person.points}


def test_the_form_asks_what_the_book_asks_for_now(page, window, book):
    choose(window, "IN-S1")
    before = page._form.id
    for one in everything(book, SeverityDefinition):
        if one.severity is Severity.S1:
            editing.change(book, one, NOW, intake=(*one.intake, "Who has a key"))
            break
    else:
        usual = {"created": NOW, "updated": NOW}
        stored(book, SeverityDefinition("s", Severity.S1, "Standstill", intake=("Who has a key",), **usual))
    window.go(Place("keying", "IN-S1"))
    assert page._form.id != before
    assert any(box.label == "Who has a key" for box in page._form.boxes)


def test_the_list_of_blockers_leads_to_it_and_back(window, qtbot):
    window.go(Place("blockers"))
    buttons = [one for one in window.page.hits.findChildren(type(window.page.hits.adder)) if one.isVisible()]
    leads = next(one for one in buttons if one.accessibleName() == "Key in a paper form")
    qtbot.mouseClick(leads, Qt.MouseButton.LeftButton)
    assert window.page.place().page == "keying"
    qtbot.mouseClick(window.page.back, Qt.MouseButton.LeftButton)
    assert window.page.place().page == "blockers"


def test_the_form_for_an_update_is_printed_from_the_blocker_that_is_open(window, qtbot, book, desk):
    (kept,) = stored(book, blocker())
    window.go(Place("blockers", kept.id))
    window.page.print_this()
    qtbot.waitUntil(lambda: not desk.jobs.are_running() and window.page.preview.save.isEnabled())
    assert window.page.place().record.startswith(f"form?subject={kept.key}")
    window.go(Place("blockers"))
    window.page.print_this()
    assert "shape=intake" in window.page.place().record


def test_where_a_book_is_only_read_nothing_can_be_keyed_in(book, path, theme, qtbot):
    fill(book)
    with Book.open(path, read_only=True) as shut:
        reading = Desk(shut, theme, clock=lambda: NOW)
        window = opened(reading, qtbot, "keying")
        assert not window.page.store.isEnabled()
        window.page.save()
        window.close()
        reading.close()
    assert everything(book, Blocker) == []
