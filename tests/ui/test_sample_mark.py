"""Whoever looks at invented people is told so."""

import pytest

from escplaybook.services.sample import make_sample, remove_sample
from escplaybook.ui.window import MainWindow


@pytest.fixture
def window(desk, book, now, qtbot):
    make_sample(book, now)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    yield made
    made.close()


def test_a_book_with_the_sample_says_so_until_it_is_taken_out(window, book, now):
    assert window.top._state.text() == "Sample programme"
    remove_sample(book, now)
    assert window.top._state.text() == ""
