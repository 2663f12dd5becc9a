"""The list of papers has its headings, and a paper may ask what it is about, in which form and with which columns."""

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.programme import Programme
from escplaybook.services.sheets.wishes import Wish, file_name, wish_of
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Place
from escplaybook.ui.paper.options import Options
from escplaybook.ui.paper.papers import Choice, Paper
from tests.ui.hands import opened
from tests.ui.programmes import fill


def people(found: Programme) -> list[tuple[str, str]]:
    return sorted((contact.name, contact.key) for contact in found.contacts.values())


SHAPES = (("A7, both sides", "A7"), ("A6", "A6"))
COLUMNS = (("Role", "role"), ("Team", "team"), ("Hours", "hours"))
CARD = Paper(
    Wish("cards", shape="A7", columns=("role",)),
    "Pocket card",
    "What one decides, whom one calls",
    "cards",
    takes=frozenset({"deployment"}),
    asks=(
        Choice("subject", "For whom", people),
        Choice("shape", "Size", lambda _found: SHAPES),
        Choice("columns", "Columns", lambda _found: COLUMNS),
    ),
)
NOTHING = Paper(
    Wish("playbook", subject="x"), "Playbook", "", "playbooks", asks=(Choice("subject", "Which", lambda _: ()),)
)


@pytest.fixture
def options(desk, book, qtbot):
    fill(book)
    made = Options(desk)
    qtbot.addWidget(made)
    made.resize(300, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.offer(programme(book), CARD)
    return made


def asked(options) -> list[str]:
    return [label.text() for label in options._labels.values() if label.isVisible()]


def test_a_paper_asks_in_its_own_words(options, book):
    assert asked(options) == ["For whom", "Deployment", "Columns", "Paper", "Size"]
    assert options.subject.accessibleName() == "For whom"
    assert options.wish().subject == people(programme(book))[0][1]
    assert (options.wish().shape, options.wish().columns) == ("A7", ("role",))


def test_several_columns_are_ticked_without_the_list_closing(options, qtbot):
    with qtbot.waitSignal(options.changed):
        qtbot.mouseClick(
            options.columns.boxes()[2], Qt.MouseButton.LeftButton, pos=options.columns.boxes()[2].rect().center()
        )
    assert options.wish().columns == ("role", "hours")
    assert options.columns.toolTip() == "Role, Hours"
    for box in options.columns.boxes():
        box.setChecked(False)
    assert options.columns.text() == "None"


def test_what_was_chosen_for_a_paper_stands_there_when_one_comes_back(options, book):
    options.subject.setCurrentIndex(3)
    options.subject.activated.emit(3)
    chosen = options.wish().subject
    options.offer(programme(book), NOTHING)
    assert asked(options) == ["Paper"]
    assert options.wish().subject == "x"
    options.offer(programme(book), CARD)
    assert options.wish().subject == chosen


def test_an_address_stands_at_all_its_choices(options, book):
    deployment = programme(book).deployments[0].id
    wish = Wish("cards", subject="CO-0002", shape="A6", columns=("team", "hours"), deployment=deployment)
    assert CARD.fits(wish)
    assert not NOTHING.fits(wish)
    options.offer(programme(book), CARD, wish_of("cards", wish.choices))
    assert options.wish() == wish


def test_a_file_is_called_after_all_that_was_chosen():
    assert file_name(Wish("cards", subject="CO-0002", shape="A6")) == "cards-co-0002-a6"
    assert file_name(Wish("playbook", subject="Erste Schritte/../x")) == "playbook-erste-schritte-..-x"
    assert file_name(Wish("matrix", stage="go-live"), "Harbour ERP") == "matrix-harbour-erp-go-live"
    assert file_name(Wish("entry", subject="KB-0142")) == "KB-0142"
    assert len(file_name(Wish("playbook", subject="long " * 100))) <= 120


def test_the_papers_stand_under_the_headings_of_their_groups(desk, book, known, qtbot):
    fill(book)
    window = opened(desk, qtbot, "knowledge")
    window.go(Place("knowledge", known[0].id))
    window.go(Place("paper"))
    page = window.page
    qtbot.waitUntil(page.preview.save.isEnabled)
    headings = [row.heading for row in page.table.records() if row.heading]
    assert headings == [
        "People",
        "Matrix",
        "Vendors",
        "Cards for the pocket",
        "Forms to fill in by hand",
        "Reports",
        "Playbooks",
        "Known blockers",
    ]
    first, second = (page.view.visualRect(page.table.index(row, 0)).height() for row in (0, 1))
    assert first > second
    spoken = page.table.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "People: Contacts by name: Everyone who can be called"
    window.close()
