"""A desk with a real book on it, and the windows of the desktop."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from escplaybook.domain.knowledge import Entry
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk
from escplaybook.ui.theme import Choice, Theme


@pytest.fixture(autouse=True)
def held_until_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever opens a window holds it until it is closed, as the program does; qtbot alone knows it but weakly."""
    held: list[QWidget] = []
    add = QtBot.addWidget

    def hold(bot: QtBot, widget: QWidget, **how: Any) -> None:
        held.append(widget)
        add(bot, widget, **how)

    monkeypatch.setattr(QtBot, "addWidget", hold)
    yield
    held.clear()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Choice.LIGHT)


@pytest.fixture
def desk(book: Book, theme: Theme, now, qtbot) -> Iterator[Desk]:
    theme.choose(Choice.LIGHT)
    theme.set_zoom(1.0)
    made = Desk(book, theme, clock=lambda: now)
    yield made
    made.close()


@pytest.fixture
def known(book: Book, entry, now) -> list[Entry]:
    """Three known blockers in the book."""
    from escplaybook.domain.classification import Severity
    from escplaybook.domain.edits import Edit
    from escplaybook.domain.knowledge import Step
    from escplaybook.services import editing

    made = [
        entry(
            "Login loops after SAML cut-over: assertion not yet valid",
            symptoms="Users bounce between the app and the identity provider.",
            cause="The clock of the identity host runs **minutes** ahead.",
            steps=(Step("Open UDP 123 to the time source", expected="offset under 1 s", rollback="Close it"),),
            severity=Severity.S1,
            system="identity",
            stage="go-live",
        ),
        entry("SCIM deprovisioning leaves sessions alive", severity=Severity.S2, system="identity"),
        entry("Webhook deliveries stop after a certificate change", severity=Severity.S3, system="integration"),
    ]
    stored = editing.apply(book, "Add", *(Edit(None, one) for one in made), now=now)
    return [edit.after for edit in stored]
