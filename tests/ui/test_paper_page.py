"""The page “Paper”: somebody chooses what to print, looks at the very pages, and saves or prints them."""

import io
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.services import editing
from escplaybook.services.printing_verify import label_of, verify
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.records import get
from escplaybook.ui.desk import Place
from tests.conftest import NOW
from tests.ui.hands import opened, stored, vendor
from tests.ui.programmes import fill

CTRL = Qt.KeyboardModifier.ControlModifier
PAPERS = [
    "Contacts by name",
    "Contacts by level",
    "Contacts by team",
    "Contacts by time zone",
    "Contacts of a team",
    "Contacts of an organisation",
    "Contacts of a time zone",
    "Call list",
    "Escalation matrix",
    "Vendors",
    "One vendor",
    "Vendor card",
    "Pocket cards",
    "Intake of a blocker",
    "Update on a blocker",
    "Call tree",
    "Audit",
    "Weekly review",
    "Coverage of the week",
    "Playbook",
]
COLUMNS = "Columns beside the name; none for everything"


@pytest.fixture
def full(book):
    """The programme of people and matrix, in the book."""
    return fill(book)


@pytest.fixture
def window(desk, full, qtbot):
    made = opened(desk, qtbot, "paper")
    wait_for_pages(qtbot, made.page)
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


def wait_for_pages(qtbot, page):
    qtbot.waitUntil(lambda: not page._desk.jobs.are_running() and page.preview.save.isEnabled())


def choose(qtbot, page, name):
    """Click a paper in the list and wait for its pages."""
    row = next(at for at, row in enumerate(page.table.records()) if row.paper.name.startswith(name))
    page.view.scrollTo(page.table.index(row, 0))
    box = page.view.visualRect(page.table.index(row, 0))
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    wait_for_pages(qtbot, page)


def pick(qtbot, page, field, word):
    """Choose a word in a field, as with the keys, and wait for the pages."""
    field.setCurrentIndex(field.findText(word))
    field.activated.emit(field.currentIndex())
    wait_for_pages(qtbot, page)


def is_told(page) -> bool:
    """Whether the pages are there, or a sentence that says why not."""
    return bool(page.preview.print.isEnabled() or page.preview.pane.state.isVisible())


def text_of(page) -> str:
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(page.preview._pdf)).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def asked(page) -> list[str]:
    """The choices that are shown."""
    options = page.options
    return [field.accessibleName() for field in options._fields.values() if field.isVisible()]


def test_everything_that_can_be_printed_is_listed_and_shown_when_it_is_chosen(page, qtbot):
    assert [row.paper.name for row in page.table.records()] == PAPERS
    assert page.preview.place.text() == "Page 1 of 1"
    assert "Mara Lindqvist" in text_of(page)
    choose(qtbot, page, "Escalation matrix")
    assert page.preview.place.text() == "Page 1 of 6"  # five stages that every deployment knows, and one of its own
    assert "Harbour ERP: integration" in text_of(page)
    assert page.view.hasFocus()  # the pages do not take the keys from whoever walks through the list


def test_only_the_choices_that_make_a_difference_are_asked(page, qtbot):
    assert asked(page) == [COLUMNS, "Paper"]
    choose(qtbot, page, "Contacts by level")
    assert asked(page) == ["Deployment", "Stage", COLUMNS, "Paper"]
    choose(qtbot, page, "Escalation matrix")
    assert asked(page) == ["Deployment", "Stage", "Paper", "Causes"]
    choose(qtbot, page, "Call list")
    assert asked(page) == ["Paper"]
    choose(qtbot, page, "Intake of a blocker")
    assert asked(page) == ["Severity", "Deployment", "Stage", "Paper"]
    choose(qtbot, page, "Coverage of the week")
    assert asked(page) == ["Deployment", "Paper"]
    choose(qtbot, page, "Playbook")
    assert asked(page) == ["Playbook", "Deployment", "Paper"]
    assert "First week" in text_of(page) or "first week" in text_of(page)


def test_the_pages_follow_every_choice(page, qtbot, full):
    choose(qtbot, page, "Escalation matrix")
    pick(qtbot, page, page.options.stage, "Go-live")
    assert page.preview.place.text() == "Page 1 of 1"
    pick(qtbot, page, page.options.cause, "External")
    assert "external causes" in text_of(page)
    pick(qtbot, page, page.options.deployment, "What holds for every deployment")
    assert "Every deployment: go-live" in text_of(page)
    pick(qtbot, page, page.options.paper_size, "A3")
    assert page.preview._pages.sizes[0] == pytest.approx((1190.6, 841.9), abs=1)
    choices = label_of(page.preview._pdf).choices
    assert choices == {"stage": "go-live", "cause_class": "external"}


def test_by_level_the_stage_is_the_present_one_unless_another_is_chosen(page, qtbot):
    choose(qtbot, page, "Contacts by level")
    assert page.options.stage.currentText() == "The present one: Integration"
    assert "Contacts by level: Harbour ERP, integration" in text_of(page)
    pick(qtbot, page, page.options.stage, "Testing")
    assert "Contacts by level: Harbour ERP, testing" in text_of(page)


def test_numbers_out_of_date_are_remarked_before_printing(page, qtbot, book, full):
    assert page.preview.remark.text() == "1 number is out of date; the pages say which"
    paul = get(book, Contact, full["paul"].id)
    proved = tuple(replace(point, verified=NOW.date()) for point in paul.points)
    editing.change(book, paul, NOW, points=proved)
    qtbot.waitUntil(lambda: page.preview.remark.text().startswith("Valid until"))


def test_a_change_in_the_book_comes_to_the_pages_in_view(page, qtbot, book, contact):
    editing.apply(book, "Add", Edit(None, contact("Zora Neumann")), now=NOW)
    qtbot.waitUntil(lambda: page.preview.save.isEnabled() and "Zora Neumann" in text_of(page))


def test_the_pages_of_an_earlier_choice_never_replace_those_of_a_later_one(page, qtbot):
    """Two papers asked for in one breath: the second stands, whichever is set first."""
    page.view.setCurrentIndex(page.table.index(PAPERS.index("Escalation matrix"), 0))
    page.view.setCurrentIndex(page.table.index(0, 0))
    wait_for_pages(qtbot, page)
    assert label_of(page.preview._pdf).sheet == "contact-sheet"
    assert page.preview.place.text() == "Page 1 of 1"


def test_what_is_saved_agrees_with_the_book(page, qtbot, book, tmp_path):
    choose(qtbot, page, "Escalation matrix")
    page.preview.save_as(str(tmp_path / "matrix.pdf"))
    found = verify(book, tmp_path / "matrix.pdf")
    assert (found.sheet, found.is_current) == ("matrix", True)


def test_the_file_is_called_after_the_paper(page, qtbot):
    choose(qtbot, page, "Contacts by team")
    assert page.preview._name == "contact-sheet-team"
    choose(qtbot, page, "Escalation matrix")
    pick(qtbot, page, page.options.stage, "Go-live")
    assert page.preview._name == "matrix-go-live"


def test_the_known_blocker_that_was_opened_last_can_be_printed(window, qtbot, known):
    for entry in known[:2]:
        window.go(Place("knowledge", entry.id))
    window.go(Place("paper"))
    choose(qtbot, window.page, "Known blocker")
    assert window.page.options.subject.currentText() == "KB-0002 · SCIM deprovisioning leaves sessions alive"
    assert "SCIM deprovisioning leaves sessions alive" in text_of(window.page)
    assert window.page.preview._name == "KB-0002"


def test_control_p_on_the_matrix_shows_the_very_sheet_on_paper(window, qtbot, full):
    window.go(Place("matrix"))
    heading = window.page.heading
    heading.deployment.setCurrentIndex(heading.deployment.findText("Harbour ERP"))
    heading.deployment.activated.emit(heading.deployment.currentIndex())
    heading.stages.setCurrentIndex(heading._stages.index("go-live"))
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    assert window.rooms.current_name() == "paper"
    wait_for_pages(qtbot, window.page)
    assert "Harbour ERP: go-live" in text_of(window.page)
    assert window.page.options.stage.currentText() == "Go-live"


def test_the_contact_sheet_has_one_way_from_everywhere(window, qtbot):
    window.page.step(+3)
    window.go(Place("contacts"))
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    assert window.rooms.current_name() == "paper"
    assert window.page.view.currentIndex().row() == 0
    command = next(command for command in window.keys.commands if command.words == "Print the contact sheet")
    window.go(Place("today"))
    command.act()
    assert window.rooms.current_name() == "paper"


def test_control_p_on_the_vendors_shows_their_sheet(window, qtbot, book):
    stored(book, vendor())
    window.go(Place("vendors"))
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    wait_for_pages(qtbot, window.page)
    assert "Tidewater Middleware" in text_of(window.page)


def test_one_goes_back_to_the_paper_and_the_choices_one_came_from(window, qtbot):
    page = window.page
    choose(qtbot, page, "Escalation matrix")
    pick(qtbot, page, page.options.stage, "Testing")
    choose(qtbot, page, "Contacts by team")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    wait_for_pages(qtbot, page)
    assert page.options.stage.currentText() == "Testing"
    assert "Harbour ERP: testing" in text_of(page)


def test_an_address_that_names_what_is_gone_shows_what_there_is(window, qtbot):
    wish = Wish("matrix", deployment="01a20000-0000-7000-8000-000000000001", stage="no such stage")
    for address in (wish.address, "contact-sheet?by=shoe-size", "entry?entry=KB-9999", "matrix?cause_class=x", "?"):
        window.go(Place("paper", address))
        wait_for_pages(qtbot, window.page)
        assert window.page.view.currentIndex().isValid()


def test_the_size_chosen_last_is_kept(window, desk, qtbot):
    pick(qtbot, window.page, window.page.options.paper_size, "Letter")
    window.close()
    again = opened(desk, qtbot, "paper")
    assert again.page.options.paper_size.value() == "Letter"
    wait_for_pages(qtbot, again.page)
    assert again.page.preview._pages.sizes[0] == pytest.approx((612, 792), abs=1)
    again.close()


def test_letters_without_a_font_are_named_before_and_printed_as_numbers_when_asked(page, qtbot, book, contact):
    editing.apply(book, "Add", Edit(None, contact("Roy \ue123")), now=NOW)
    qtbot.waitUntil(lambda: "U+E123" in page.preview.pane.state.sentence.text())
    assert not page.preview.save.isEnabled()
    page.preview.pane.state.buttons[0].click()
    wait_for_pages(qtbot, page)
    assert "[U+E123]" in text_of(page)


def test_in_an_empty_book_a_paper_says_what_is_lacking(desk, qtbot):
    window = opened(desk, qtbot, "paper")
    page = window.page
    lacking = ("Contacts by name", "Contacts by level", "Escalation matrix", "Vendors", "Call list")
    said = set()
    for name in lacking:
        row = [row.paper.name for row in page.table.records()].index(name)
        page.view.setCurrentIndex(page.table.index(row, 0))
        qtbot.waitUntil(lambda: not desk.jobs.are_running() and is_told(page))
        assert not page.preview.print.isEnabled()
        said.add(page.preview.pane.state.sentence.text().partition(",")[0])
    assert said == {
        "There are no contacts in this book yet",
        "There are no vendors in this book yet",
        "The matrix names nobody yet",
        "The matrix names nobody here yet",
        "No number is to be proved now",
    }
    window.close()


def test_the_page_is_walked_through_without_a_mouse(window, qtbot):
    page = window.page
    page.view.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert page.options.first().hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert page.preview.view.hasFocus()
    qtbot.keyClick(page.preview.view, Qt.Key.Key_Escape)
    assert page.view.hasFocus()
    for _ in range(PAPERS.index("Escalation matrix")):
        qtbot.keyClick(page.view, Qt.Key.Key_Down)
    wait_for_pages(qtbot, page)
    assert page.table.record(page.view.currentIndex().row()).paper.name == "Escalation matrix"


def test_control_f_finds_a_person_on_the_sheet_and_escape_steps_out_one_thing_at_a_time(window, qtbot):
    page = window.page
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    bar = page.preview.find_bar
    assert bar.line.hasFocus()
    bar.line.setText("ليلى")  # a test has no Arabic keys
    bar.line.textEdited.emit("ليلى")
    assert bar.count.text() == "1 of 1"
    choose(qtbot, page, "Escalation matrix")
    assert bar.count.text() == "1 of 2"  # the search goes on in the pages that come
    bar.line.setFocus()
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    qtbot.keyClick(page.preview.view, Qt.Key.Key_Escape)
    assert page.view.hasFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Slash)
    assert bar.line.hasFocus()


def test_everything_is_printed_into_a_folder_from_the_page(page, desk, qtbot, tmp_path):
    qtbot.mouseClick(page.all, Qt.MouseButton.LeftButton)
    assert page.printing_all.dialog.isVisible()
    page.printing_all.dialog.reject()
    with qtbot.waitSignal(
        desk.said, timeout=60_000, check_params_cb=lambda said: "papers printed" in said.text
    ) as told:
        page.printing_all.print_into(str(tmp_path / "papers"))
    count = len(list((tmp_path / "papers").glob("*.pdf")))
    assert count > 10
    assert f"{count} papers printed" in told.args[0].text


def test_printing_everything_can_be_stopped(page, desk, qtbot, tmp_path):
    qtbot.mouseClick(page.all, Qt.MouseButton.LeftButton)
    page.printing_all.dialog.reject()
    began = []
    desk.jobs.began.connect(began.append)
    with qtbot.waitSignal(desk.said, check_params_cb=lambda said: "Stopped after" in said.text):
        page.printing_all.print_into(str(tmp_path / "papers"))
        began[0].cancel()
    assert "STOPPED" in (tmp_path / "papers" / "index.txt").read_text(encoding="utf-8")
