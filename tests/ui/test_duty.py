"""A lead sees who is away and whose turn it is, writes it down without knowing a rule, and the ladder follows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel

from escplaybook.domain.absences import Absence
from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Cell
from escplaybook.domain.rotations import Rotation, handed_over_every
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Place
from tests.ui.hands import NOW, heard, opened, stored
from tests.ui.programmes import fill

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot, "duty")
    yield made
    made.close()


def away(person, start: datetime, days: int = 7, **fields) -> Absence:
    return Absence(new_id(NOW), person.id, start, start + timedelta(days=days), NOW, NOW, **fields)


def on_call(book, *members) -> tuple[Contact, Rotation]:
    duty = Contact(new_id(NOW), "Integration on call", NOW, NOW)
    shift = handed_over_every("week", datetime(2026, 11, 23, 9), "Europe/Berlin", tuple(one.id for one in members))
    return tuple(stored(book, duty, Rotation(new_id(NOW), duty.id, duty.name, NOW, NOW, shifts=(shift,))))


def lanes(page) -> list[str]:
    return [lane.contact.name for lane in page.strip.table.records()]


def test_a_book_without_duties_says_what_belongs_here(window):
    page = window.page
    assert not page.pane.isVisible()
    assert page.panes()[0] is page.lists.view
    assert "Nobody is away" in page.lists.pane.state.headline.text()
    assert page.lists.add.isVisible()


def test_an_absence_is_written_down_in_words_and_the_ladder_follows(window, people, book, qtbot):
    page = window.page
    page.new()
    form = page.details[Absence].form.form
    fields = form.fields
    qtbot.keyClicks(fields["contact"], "Mara")
    qtbot.keyClicks(fields["deputy"], "Ana Ferr")
    qtbot.keyClicks(fields["first"], "2026-11-20")
    qtbot.keyClicks(fields["last"], "2026-11-30")
    qtbot.keyClicks(fields["reason"], "holiday")
    assert page.details[Absence].form.consequence.text() == (
        "Mara Lindqvist is away 20 Nov – 30 Nov. Ana Ferreira stands in."
    )
    assert fields["rule"].isHidden()
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    (stored_one,) = records.everything(book, Absence)
    assert (stored_one.contact, stored_one.deputy, stored_one.all_day) == (people["mara"].id, people["ana"].id, True)
    assert stored_one.zone == "Europe/Stockholm"
    assert page.details[Absence].reading.title.text() == "Mara Lindqvist is away"
    assert lanes(page) == ["Mara Lindqvist"]
    window.go(Place("who"))
    first = window.page.table.record(0).rung
    assert first.answers.name == "Ana Ferreira"
    assert "away to the end of Mon 30 Nov, holiday; Ana Ferreira stands in" in first.why[0]
    window.go(Place("contacts", people["mara"].id))
    standing = window.page.reading.standing.text()
    assert "away now, back" in standing
    assert standing.endswith("; Ana Ferreira stands in")
    assert "20 Nov – 30 Nov, Ana Ferreira stands in" in window.page.reading.text.toPlainText()


def test_what_comes_again_is_chosen_not_written(window, people, book):
    page = window.page
    page.add_of(people["deniz"].id)
    fields = page.details[Absence].form.form.fields
    fields["first"].set_value("2026-11-27 14:00")
    fields["last"].set_value("2026-11-27 18:00")
    fields["rhythm"].set_value("week")
    fields["rhythm"].changed.emit()
    assert not fields["until"].isHidden()
    fields["until"].set_value("2026-12-31")
    page.save()
    (absence,) = records.everything(book, Absence)
    assert (absence.rule, absence.zone) == ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231", "Europe/Istanbul")
    page.details[Absence].edit()
    assert (fields["rhythm"].value(), fields["until"].value()) == ("week", "2026-12-31")
    assert not page.details[Absence].form.is_changed()


def test_a_wrong_day_is_told_where_it_stands_and_nothing_is_saved(window, people, book, desk):
    page = window.page
    page.add_of(people["mara"].id)
    fields = page.details[Absence].form.form.fields
    fields["first"].set_value("24 December")
    said = heard(desk)
    page.save()
    assert said == ["“24 December” is no day; write it like 2026-12-24 or 2026-12-24 18:00."]
    assert fields["first"].property("wrong")
    assert records.everything(book, Absence) == []


def test_a_rotation_brings_its_duty_along_and_the_matrix_can_name_it(window, people, book):
    page = window.page
    page._new(Rotation)
    form = page.details[Rotation].form
    fields = form.form.fields
    assert fields["shifts"].isHidden()
    fields["name"].set_value("Integration on call")
    fields["handover"].set_value("2026-11-23 09:00")
    fields["zone"].set_value("Europe/Berlin")
    for name in ("jun", "mara"):
        fields["members"].add()
        fields["members"].editors[-1].fields["person"].set_value(people[name].id)
    fields["members"].editors[1].up.click()
    page.save()
    (rotation,) = records.everything(book, Rotation)
    assert rotation.shifts[0].members == (people["mara"].id, people["jun"].id)
    duty = records.find(book, Contact, rotation.contact)
    assert duty.name == "Integration on call"
    assert lanes(page) == ["Integration on call", "Jun Park", "Mara Lindqvist"]
    assert page.details[Rotation].reading.standing.text().startswith("Mara Lindqvist until Mon 30 Nov")
    owned = next(one for one in records.everything(book, Cell) if one.owner == people["mara"].id)
    editing.apply(book, "Duty", Edit(owned, replace(owned, owner=duty.id)), now=NOW)
    page.details[Rotation].edit()
    assert not form.is_changed()
    editing.undo(book, NOW)
    editing.undo(book, NOW)
    assert records.find(book, Contact, duty.id) is None, "the rotation and its duty are one stroke"


def test_hours_of_the_day_follow_the_sun(window, people, book):
    page = window.page
    page._new(Rotation)
    fields = page.details[Rotation].form.form.fields
    fields["name"].set_value("Desk")
    fields["kind"].set_value("hours")
    fields["kind"].changed.emit()
    assert fields["members"].isHidden()
    for name, zone in (("paul", ""), ("mara", ""), ("jun", "Europe/Lisbon")):
        fields["shifts"].add()
        row = fields["shifts"].editors[-1].fields
        row["person"].set_value(people[name].id)
        row["hours"].set_value("Mon-Sun 08:00-16:00")
        row["zone"].set_value(zone)
    page.save()
    (rotation,) = records.everything(book, Rotation)
    assert [shift.zone for shift in rotation.shifts] == ["Asia/Singapore", "Europe/Stockholm", "Europe/Lisbon"]
    roster = programme(book).roster
    hours = [roster.on_duty(rotation.contact, datetime(2026, 11, 26, hour, tzinfo=UTC)) for hour in (1, 9, 15, 20)]
    names = {people[name].id: name for name in ("paul", "mara", "jun")}
    assert [names[turn.member] if turn else None for turn in hours] == ["paul", "mara", "jun", None]
    page.details[Rotation].edit()
    assert not page.details[Rotation].form.is_changed()


def test_the_weeks_are_walked_by_keys_and_say_exact_times(window, people, book, desk, qtbot):
    on_call(book, people["mara"], people["jun"])
    stored(
        book, away(people["jun"], datetime(2026, 12, 1, 8, tzinfo=UTC), days=1, reason="ill", deputy=people["ana"].id)
    )
    page, view = window.page, window.page.strip.view
    desk.bridge.look()
    assert lanes(page) == ["Integration on call", "Jun Park", "Mara Lindqvist"]
    view.setFocus()
    view.setCurrentIndex(page.strip.table.index(0, 0))
    assert page.bar_words.text().startswith("Integration on call · Mara Lindqvist: Mon 23 Nov, ")
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert "Jun Park: Mon 30 Nov, " in page.bar_words.text()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert page.bar_words.text().startswith("Jun Park · Integration on call: ")
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert "ill, Ana Ferreira stands in: Tue 1 Dec, " in page.bar_words.text()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert page.details[Absence].record.reason == "ill"
    lane = page.strip.table.record(1)
    index = page.strip.table.index(1, 0)
    bar, box = next((bar, box) for bar, box in view.boxes(lane, view.visualRect(index)) if bar.is_away)
    assert view.bar_at(box.center()) is bar, "an absence lies above a turn"
    assert view.bar_at(QPointF(4.0, box.center().y())) is None
    assert "Ana Ferreira stands in" in lane.spoken


def test_weeks_are_turned_and_one_week_is_seen_closely(window, people, book, desk):
    stored(book, away(people["jun"], datetime(2027, 1, 4, tzinfo=UTC)))
    desk.bridge.look()
    page = window.page
    assert lanes(page) == []
    for _ in range(3):
        page.later.click()
    assert page.range.text() == "14 Dec 2026 – 10 Jan 2027"
    assert lanes(page) == ["Jun Park"]
    page.one_week.click()
    assert page.range.text() == "14 Dec 2026 – 20 Dec 2026"
    assert lanes(page) == []
    page.today.click()
    assert page.range.text() == "23 Nov 2026 – 29 Nov 2026"


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_an_absence_is_seen_by_shape_and_not_by_colour_alone(window, people, book, desk, qtbot, direction):
    on_call(book, people["mara"])
    stored(book, away(people["ana"], datetime(2026, 11, 30, tzinfo=UTC)))
    desk.bridge.look()
    view = window.page.strip.view
    view.setLayoutDirection(direction)
    image = view.viewport().grab().toImage()
    kinds = {}
    for row in range(window.page.strip.table.rowCount()):
        lane, index = window.page.strip.table.record(row), window.page.strip.table.index(row, 0)
        for bar, box in view.boxes(lane, view.visualRect(index)):
            spots = [image.pixelColor(int(box.right()) - 12 - x, int(box.top()) + 4).name() for x in range(30)]
            kinds[bar.is_away] = len(set(spots))
    assert kinds[False] == 1, "a turn is filled"
    assert kinds[True] > 1, "an absence is hatched"


def test_a_record_is_gone_to_by_its_key_and_retired(window, people, book, desk):
    (absence,) = stored(book, away(people["jun"], NOW + timedelta(days=3)))
    duty, rotation = on_call(book, people["mara"])
    desk.go_to_key(absence.key)
    page = window.page
    assert page.details[Absence].record == absence
    desk.go_to_key(rotation.key)
    assert page.beside.currentWidget() is page.details[Rotation]
    assert page.place() == Place("duty", rotation.id)
    page.details[Rotation].retire()
    assert lanes(page) == ["Jun Park"]
    window.go(Place("contacts", duty.id))
    assert "On duty" not in window.page.reading.text.toPlainText()


def test_the_matrix_says_who_has_the_turn_and_who_is_away(window, people, book, desk):
    duty, _rotation = on_call(book, people["mara"])
    owned = next(
        one
        for one in records.everything(book, Cell)
        if (one.owner, one.severity, one.level, one.stage) == (people["mara"].id, "S1", 1, "")
    )
    editing.apply(book, "Duty", Edit(owned, replace(owned, owner=duty.id, backup=people["ruth"].id)), now=NOW)
    stored(book, away(people["ruth"], NOW, deputy=people["ana"].id))
    desk.go_to(owned)
    words = " ".join(label.text() for label in window.page.beside.square.findChildren(QLabel))
    assert "On duty: Mara Lindqvist until Mon 30 Nov" in words
    assert "Away now, back" in words
