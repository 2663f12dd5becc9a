"""The stages of a matrix are all in sight, also in a small window."""

import pytest

from escplaybook.services.sample import make_sample
from escplaybook.ui.desk import Place
from escplaybook.ui.window import MainWindow


@pytest.fixture
def page(desk, book, now, qtbot):
    make_sample(book, now)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.go(Place("matrix"))
    yield made.page
    made.close()


def test_every_stage_has_its_tab_in_sight(page):
    tabs = page.heading.stages
    assert tabs.tabRect(tabs.count() - 1).right() <= tabs.width()
