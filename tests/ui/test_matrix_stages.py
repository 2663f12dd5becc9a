"""The stages of a matrix are all in sight, also in a small window."""

import pytest
from PySide6.QtWidgets import QPushButton

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


def test_a_long_name_in_a_link_keeps_no_sentence_out_of_sight(page):
    content = page.beside.square.reading.area.widget()
    page.grid.view.setCurrentIndex(page.grid.table.index(0, 1))
    names = [button.text() for button in content.findChildren(QPushButton)]
    assert "Castellan Storefront, external causes: Hanna Brandt" in names
    assert content.minimumSizeHint().width() <= page.beside.square.reading.area.viewport().width()
