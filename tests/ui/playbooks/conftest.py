"""A newcomer on the page with one short playbook."""

import pytest

from escplaybook import shipped
from escplaybook.services import playbooks
from tests.ui.hands import opened, stored
from tests.ui.playbooks.hands import the_reading, write


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The program comes with one short playbook."""
    home = tmp_path / "playbooks"
    monkeypatch.setattr(shipped, "playbooks_folder", lambda: home)
    monkeypatch.setattr(playbooks, "playbooks_folder", lambda: home)
    write(home / "first-week")
    return home / "first-week"


@pytest.fixture
def kim(book, contact):
    (made,) = stored(book, contact("Kim Halvorsen"))
    return made


@pytest.fixture
def window(desk, folder, kim, qtbot):
    desk.memory.remember("author", "Sam Okoro")
    made = opened(desk, qtbot, "playbooks")
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


@pytest.fixture
def reading(page, kim):
    """Sam has begun, and the first chapter is open."""
    page.begin("Sam Okoro", kim.id)
    return the_reading(page)
