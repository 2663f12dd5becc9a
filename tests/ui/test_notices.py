"""The desktop tells once what has become overdue while the program is open."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, Signal

from escplaybook.ui.desk import Desk
from escplaybook.ui.notices import Notices
from escplaybook.ui.settings import SettingsPage
from escplaybook.ui.today.page import TodayPage
from tests.ui.hands import blocker, stored
from tests.ui.programmes import fill


class Tray(QObject):
    """Keeps what a desktop would show."""

    messageClicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, str]] = []

    def showMessage(self, title: str, body: str) -> None:
        self.shown.append((title, body))


@pytest.fixture
def clock(now):
    return {"now": now}


@pytest.fixture
def desk(book, theme, clock):
    made = Desk(book, theme, clock=lambda: clock["now"])
    yield made
    made.close()


@pytest.fixture
def tray():
    return Tray()


@pytest.fixture
def today(desk, book, tray, qtbot):
    """Today is open; one blocker is overdue already, another will be in a while."""
    fill(book)
    stored(book, blocker("Orders stop", observed=desk.now() - timedelta(hours=3)), blocker("Login loops"))
    page = TodayPage(desk)
    qtbot.addWidget(page)
    notices = Notices(desk, tray, page)
    page.overdue_found.connect(notices.look)
    page.refresh()
    return page


def test_what_was_overdue_before_is_not_told_and_what_becomes_so_is_told_once(today, desk, tray, clock):
    assert tray.shown == []
    clock["now"] += timedelta(hours=2)
    today.refresh()
    today.refresh()
    assert [title for title, _ in tray.shown] == ["Overdue"]
    assert "“Login loops” is not acknowledged" in tray.shown[0][1]


def test_several_at_once_are_one_notice(today, desk, book, tray, clock):
    stored(book, *(blocker(f"Blocker {number}", observed=clock["now"]) for number in range(4)))
    clock["now"] += timedelta(hours=3)
    today.refresh()
    ((title, body),) = tray.shown
    assert title == "5 things are overdue"
    assert body.splitlines()[-1] == "and 2 more"


def test_a_click_on_a_notice_leads_to_today(today, desk, tray, qtbot):
    with qtbot.waitSignal(desk.wanted) as gone:
        tray.messageClicked.emit()
    assert gone.args[0].page == "today"


def test_who_wants_no_notices_gets_none(today, desk, tray, clock, qtbot):
    settings = SettingsPage(desk)
    qtbot.addWidget(settings)
    settings.notices.click()
    clock["now"] += timedelta(hours=2)
    today.refresh()
    assert tray.shown == []
