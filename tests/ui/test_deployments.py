"""A lead writes down a customer implementation."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.deployments import Deployment
from escplaybook.domain.edits import Edit
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.ui.desk import Place
from escplaybook.ui.window import MainWindow


@pytest.fixture
def ana(book, contact, now):
    (stored,) = editing.apply(book, "Add", Edit(None, contact("Ana Ferreira")), now=now)
    return stored.after


@pytest.fixture
def window(desk, ana, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.go(Place("deployments"))
    yield made
    made.close()


def test_a_deployment_is_written_with_its_stages_and_its_voice(window, qtbot, book, ana):
    window.page.new()
    fields = window.page.form.form.fields
    qtbot.keyClicks(fields["name"], "Harbour ERP")
    fields["point_of_contact"].set_value(ana.id)
    fields["stages"].set_value([{"stage": "integration", "start": "2026-11-01", "end": "2026-12-15"}])
    fields["go_live"].set_value("2027-01-05")
    window.page.save()
    (made,) = records.everything(book, Deployment)
    assert (made.name, made.point_of_contact, made.go_live) == ("Harbour ERP", ana.id, date(2027, 1, 5))
    assert window.page.reading.standing.text().startswith("Now in integration · go-live in 42 days")
    assert "Ana Ferreira" in window.page.reading.text.toPlainText()


def test_a_day_nobody_can_read_is_refused_at_its_field(window, qtbot, book):
    window.page.new()
    fields = window.page.form.form.fields
    qtbot.keyClicks(fields["name"], "Harbour ERP")
    qtbot.keyClicks(fields["go_live"], "soon")
    window.page.save()
    assert window.messages.text.text() == "“soon” is no date; write it like 2026-11-24. Nothing was saved yet."
    assert fields["go_live"].property("wrong")
    assert records.everything(book, Deployment) == []


def test_without_a_voice_the_page_says_so(window, qtbot):
    window.page.new()
    qtbot.keyClicks(window.page.form.form.fields["name"], "Harbour ERP")
    qtbot.keyClick(window.page.form.form.fields["name"], Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Nobody: name a single point of contact." in window.page.reading.text.toPlainText()
