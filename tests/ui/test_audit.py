"""A lead reads what is wrong with the matrix, goes to the place, waives what may stay, and sees the week."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from escplaybook.domain.audit import audit
from escplaybook.domain.classification import Severity
from escplaybook.domain.coverage import coverage
from escplaybook.domain.coverage_week import Hour, midnight, week_of
from escplaybook.domain.edits import Edit
from escplaybook.domain.matrix import Cell
from escplaybook.domain.waivers import Waiver
from escplaybook.services import editing
from escplaybook.services.sample import make_sample
from escplaybook.store import records
from escplaybook.store.programme import programme
from escplaybook.ui.audit.heat_map import ground_of, ink_on
from escplaybook.ui.desk import Place
from escplaybook.ui.parts.record_table import RECORD
from escplaybook.ui.theme import Choice, contrast
from tests.conftest import NOW
from tests.domain import clean
from tests.ui.hands import opened
from tests.ui.programmes import fill

EMPTY_CELL = {"owner": None, "outcome": "", "entry_criterion": "", "acknowledge": None, "act": None, "resolve": None}
BROKEN_CELLS = [
    clean.with_one(clean.programme(), "cells", "S1-1", **EMPTY_CELL),
    clean.with_one(clean.programme(), "cells", "S1-2", backup=None, act=timedelta(seconds=1)),
]
RETURN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot, "audit")
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


def listed(page):
    return [one.what for one in page.table.records()]


def stand_on(page, words):
    row = next(row for row, what in enumerate(listed(page)) if words in what)
    page.view.setFocus()
    page.view.setCurrentIndex(page.table.index(row, 0))
    return page.table.record(row)


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def test_the_gravest_is_read_first_with_why_and_how_to_mend_it(page):
    first = page.table.record(0)
    assert first.rule.grade == "error"
    assert page.card.title.text() == first.rule.name
    assert page.card.what.text().startswith(first.what)
    assert (page.card.why.text(), page.card.mend.text()) == (first.rule.why, first.rule.fix)
    grades = [one.rule.grade for one in page.table.records()]
    assert grades == sorted(grades, key=["error", "warning", "advice"].index)
    assert page.told.text().startswith(f"{grades.count('error')} errors · ")
    assert page.table.index(0, 0).data().startswith("Error, ")


def test_one_step_leads_to_the_field_that_mends_it(window, page, qtbot, desk, people):
    finding = stand_on(page, "S1, level 3 has no backup")
    press(qtbot, RETURN)
    assert window.rooms.current_name() == "matrix"
    square = window.page.beside.square
    assert square.square.cell.id == finding.record.id
    field = square.form.form.fields["backup"]
    assert QApplication.focusWidget() in (field, field.lineEdit())


def test_a_number_out_of_date_leads_to_the_verification_round(window, page, qtbot):
    stand_on(page, "Paul Adeyemi cannot be reached")
    page.card.go.click()
    assert window.rooms.current_name() == "verifying"
    assert window.page.card.name.text() == "Paul Adeyemi"


def test_what_is_mended_goes_and_the_next_takes_its_place(page, book, people):
    finding = stand_on(page, "S1, level 3 has no backup")
    row = page.view.currentIndex().row()
    backed = replace(finding.record, backup=people["jun"].id)
    editing.apply(book, "Back", Edit(finding.record, backed), now=NOW)
    assert all("S1, level 3 has no backup" not in what for what in listed(page))
    assert page.view.currentIndex().row() <= row
    assert page.card.finding == page.view.currentIndex().data(RECORD)


def test_a_finding_is_waived_in_place_with_reason_and_day_and_stands_again(page, qtbot, book, desk, window):
    finding = stand_on(page, "S1, level 3 has no backup")
    page.card.waive.click()
    assert page.card.reason.hasFocus()
    assert page.card.until.value() == "2026-12-24"
    press(qtbot, RETURN)
    assert window.messages.text.text().startswith("Say why this may stay")
    qtbot.keyClicks(page.card.reason, "Hired from 1 January")
    page.card.until.setText("soon")
    press(qtbot, RETURN)
    assert "“soon” is no date" in window.messages.text.text()
    page.card.until.setText("2027-01-01")
    press(qtbot, RETURN)

    (waiver,) = records.everything(book, Waiver)
    assert (waiver.rule, waiver.about, waiver.reason) == ("M04", finding.record.id, "Hired from 1 January")
    assert page.card.asking.isHidden()
    assert page.told.text().endswith("1 waived")
    assert listed(page)[-1] == finding.what
    assert page.card.waiver.text().startswith("Waived until 1 Jan 2027 by ")
    assert page.card.waive.isHidden()
    assert window.messages.text.text() == f"Waive M04 on {finding.record.key} “S1, level 3” until 1 Jan 2027"

    page.card.stand.click()
    assert "waived" not in page.told.text()
    window.messages.offer.click()  # undo
    assert page.told.text().endswith("1 waived")
    window.go(Place("waiver", waiver.id))
    assert page.card.finding.what == finding.what


def test_asking_is_left_by_esc_and_nothing_was_waived(page, qtbot, book, window):
    stand_on(page, "S1, level 3 has no backup")
    page.card.waive.click()
    qtbot.keyClicks(page.card.reason, "x")
    press(qtbot, ESCAPE)
    assert page.card.asking.isHidden()
    assert page.view.hasFocus()
    assert records.everything(book, Waiver) == []


def test_a_waived_finding_is_no_longer_seen_in_the_matrix(window, page, book, people):
    finding = stand_on(page, "S1, level 3 has no backup")
    window.go(Place("matrix", finding.record.id))
    square = window.page.beside.square
    assert any("no backup" in one.what for one in square.square.findings)
    made = Waiver("w", "M04", finding.record.id, "cell", "Known", "Ruth", NOW.date(), NOW, NOW)
    editing.apply(book, "Waive", Edit(None, made), now=NOW)
    assert all("no backup" not in one.what for one in square.square.findings)


def test_matrix_and_audit_are_a_step_apart_both_ways(window, qtbot, page, people):
    errors = [one for one in audit(programme(window.page._desk.book), NOW) if one.rule.grade == "error"]
    window.go(Place("matrix"))
    assert str(len(errors)) in window.page.heading.audit.text()
    assert window.page.heading.audit.accessibleName().startswith("Audit: ")
    window.page.heading.audit.click()
    assert window.rooms.current_name() == "audit"
    finding = stand_on(page, "S1, level 3 has no backup")
    window.go(Place("matrix", finding.record.id))
    window.page.beside.square.reading.buttons["audit"].click()
    assert window.rooms.current_name() == "audit"
    assert page.card.finding.record.id == finding.record.id


def test_a_clean_book_has_nothing_to_object_to(desk, qtbot, book):
    window = opened(desk, qtbot, "audit")
    assert window.page.pane.state.headline.text() == "Nothing to object to yet"
    found = clean.programme()
    lists = (found.contacts.values(), found.vendors, found.agreements, found.deployments, found.severities)
    lists += (found.levels, found.cells, found.rights, found.triggers, found.points_of_contact, found.blockers)
    lists += (found.definitions,)
    editing.apply(book, "Fill", *(Edit(None, one) for some in lists for one in some), now=NOW)
    assert window.page.pane.state.headline.text() == "Nothing to object to"
    assert window.page.panes() == [window.page.week]
    window.page.step(1)
    window.close()


def test_the_week_is_walked_by_keyboard_and_says_who_is_missing(window, page, qtbot, people):
    page.week.click()
    view, told = page.coverage.map.view, page.coverage.map.told
    assert view.currentIndex().row() == 0
    assert (view.currentIndex().data().startswith("Tue 24, 00:00: ")) is True
    assert "Ingrid Solberg (owner): off duty" in page.coverage.map.holes.index(0, 0).data()
    page.panes()[0].setFocus()
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Right)
    assert told.text().startswith("Wed 25, 01:00 · ")
    assert "Ingrid Solberg (owner): off duty, Wed" in view.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    page.step(1)
    assert told.text().startswith("Wed 25, 02:00 · ")
    press(qtbot, RETURN)
    assert window.rooms.current_name() == "matrix"
    assert window.page.beside.square.square.cell.owner == people["ingrid"].id
    window.go_back()
    assert page.week.isChecked()
    press(qtbot, ESCAPE)
    assert not page.week.isChecked()


def test_each_severity_has_its_own_week(page, people):
    page.week.click()
    tabs = page.coverage.severities
    assert tabs.tabText(0).startswith("◆ S1  ")
    assert tabs.tabText(0).endswith(" %")
    tabs.setCurrentIndex(3)
    assert page.coverage.severity is Severity.S4
    assert page.coverage.map.table.rowCount() == 7


def test_an_hour_that_comes_twice_or_not_at_all_is_told_so():
    found = clean.programme()
    for start, day, at, length in (
        (datetime(2026, 10, 24, 22, tzinfo=UTC), 0, 2, 24),
        (datetime(2027, 3, 27, 23, tzinfo=UTC), 0, 2, 23),
    ):
        begin = midnight(start + timedelta(hours=9), "Europe/Berlin")
        days = week_of(coverage(found, begin, 7, deployment="harbour"), Severity.S1, "Europe/Berlin")
        hours = [hour for hour in days[day].hours if hour.share is not None]
        assert len(hours) == length
        assert (days[day].hours[at].share is None) is (length == 23)


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_the_map_reads_in_grey_and_its_numbers_stand_out(theme, choice):
    theme.choose(choice)
    grounds = [ground_of(theme, Hour(NOW, share)) for share in (1.0, 0.9, 0.7, 0.5, 0.3, 0.0)]
    greys = [contrast(ground.name(), "#000000") for ground in grounds]
    assert greys == sorted(greys, reverse=choice is Choice.LIGHT)
    assert len(set(greys)) == len(greys)
    for ground in grounds:
        assert contrast(ink_on(ground).name(), ground.name()) >= 4.5
    theme.choose(Choice.LIGHT)


def test_every_finding_of_the_sample_is_one_step_from_its_place(desk, qtbot, book):
    make_sample(book, NOW)
    window = opened(desk, qtbot, "audit")
    pages = {}
    for finding in list(window.page.table.records()):
        window.go(Place("audit", finding.id))
        assert window.page.card.finding.id == finding.id
        window.page.card.go.click()
        pages[finding.rule.id] = window.rooms.current_name()
        if finding.field and isinstance(finding.record, Cell):
            form = window.page.beside.square.form
            focused = QApplication.focusWidget()
            field = form.form.fields[finding.field]
            assert focused is field or field.isAncestorOf(focused), finding.what
        elif finding.rule.action != "verify":
            assert window.page.place().record == finding.record.id or finding.rule.id == "M71", finding.what
    assert pages["M49"] == pages["M50"] == "verifying"
    assert pages["M71"] == "deployments"
    assert {pages[rule] for rule in ("M03", "M04", "M18", "M37", "M53", "M67")} == {"matrix"}
    window.close()


def test_the_fields_that_cells_are_mended_in_are_in_their_form(window, page):
    window.go(Place("matrix"))
    fields = window.page.beside.square.form.form.fields
    wanted = {one.field for found in (audit(odd, NOW) for odd in BROKEN_CELLS) for one in found}
    assert wanted - {""} <= set(fields)
    assert len(wanted) >= 7
