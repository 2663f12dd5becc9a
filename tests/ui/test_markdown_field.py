"""Writing Markdown with keys, and pasting into it."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from escplaybook.domain.knowledge import TEXT_LIMIT
from escplaybook.ui.parts.fields import LineField
from escplaybook.ui.parts.markdown_field import LONGEST_LINE, MOST_LINES, MarkdownField

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def form(theme, qtbot):
    """A Markdown field between two others."""
    made = QWidget()
    column = QVBoxLayout(made)
    made.above, made.field, made.below = LineField(made), MarkdownField(theme, made), LineField(made)
    for widget in (made.above, made.field, made.below):
        column.addWidget(widget)
    qtbot.addWidget(made)
    made.resize(500, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.field.setFocus()
    return made


@pytest.fixture
def field(form):
    return form.field


def select(field, words: str) -> None:
    start = field.toPlainText().index(words)
    cursor = field.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)


@pytest.mark.parametrize(("key", "mark"), [(Qt.Key.Key_B, "**"), (Qt.Key.Key_I, "*"), (Qt.Key.Key_E, "`")])
def test_a_key_marks_the_selection_and_takes_the_mark_away_again(field, qtbot, key, mark):
    field.set_value("the clock runs ahead")
    select(field, "clock runs")
    qtbot.keyClick(field, key, CTRL)
    assert field.value() == f"the {mark}clock runs{mark} ahead"
    qtbot.keyClick(field, key, CTRL)
    assert field.value() == "the clock runs ahead"
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.value() == f"the {mark}clock runs{mark} ahead"


def test_without_a_selection_the_word_is_marked_or_the_next_one(field, qtbot):
    field.set_value("clock")
    qtbot.keyClick(field, Qt.Key.Key_B, CTRL)
    assert field.value() == "**clock**"
    field.set_value("")
    qtbot.keyClick(field, Qt.Key.Key_I, CTRL)
    qtbot.keyClicks(field, "now")
    assert field.value() == "*now*"


def test_bold_and_italic_together_come_and_go_one_by_one(field, qtbot):
    field.set_value("clock")
    for key in (Qt.Key.Key_B, Qt.Key.Key_I):
        qtbot.keyClick(field, key, CTRL)
    assert field.value() == "***clock***"
    qtbot.keyClick(field, Qt.Key.Key_I, CTRL)
    assert field.value() == "**clock**"


def test_lines_become_a_block_of_code_and_a_list(field, qtbot):
    field.set_value("ntpq -p\nchronyc sources")
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_E, CTRL)
    assert field.value() == "```\nntpq -p\nchronyc sources\n```"
    field.set_value("one\ntwo")
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_L, CTRL_SHIFT)
    assert field.value() == "- one\n- two"
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_L, CTRL_SHIFT)
    assert field.value() == "one\ntwo"


def test_a_link_waits_for_its_address_and_an_address_for_its_words(field, qtbot):
    field.set_value("see the page")
    select(field, "the page")
    qtbot.keyClick(field, Qt.Key.Key_K, CTRL_SHIFT)
    qtbot.keyClicks(field, "https://status.example")
    assert field.value() == "see [the page](https://status.example)"
    field.set_value("https://status.example")
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_K, CTRL_SHIFT)
    qtbot.keyClicks(field, "status")
    assert field.value() == "[status](https://status.example)"


def test_a_table_stands_on_lines_of_its_own_and_waits_for_its_first_heading(field, qtbot):
    field.set_value("Codes:")
    field.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(field, Qt.Key.Key_T, CTRL_SHIFT)
    qtbot.keyClicks(field, "Code")
    assert field.value().startswith("Codes:\n\n| Code | Heading |\n| ------- | ------- |\n|")


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("- one", "- one\n- x"),
        ("  * a", "  * a\n  * x"),
        ("3. c", "3. c\n4. x"),
        ("- [x] done", "- [x] done\n- [ ] x"),
        ("> said", "> said\n> x"),
        ("plain", "plain\nx"),
    ],
)
def test_return_goes_on_with_the_list(field, qtbot, typed, then):
    field.set_value(typed)
    field.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "x")
    assert field.toPlainText() == then


def test_return_at_an_empty_item_ends_the_list(field, qtbot):
    qtbot.keyClicks(field, "- one")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "after")
    assert field.toPlainText() == "- one\nafter"


def test_tab_sets_an_item_in_once_and_then_leaves_the_field(form, qtbot):
    field = form.field
    field.set_value("1. one\n2. two")
    field.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.toPlainText() == "1. one\n   2. two"
    qtbot.keyClick(field, Qt.Key.Key_Backtab)
    assert field.toPlainText() == "1. one\n2. two"
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert form.below.hasFocus()


def test_tab_outside_a_list_leaves_the_field(form, qtbot):
    form.field.set_value("no list")
    qtbot.keyClick(form.field, Qt.Key.Key_Tab)
    assert form.below.hasFocus()


def pasted(field, *, text="", html="", image=None) -> str:
    source = QMimeData()
    if text:
        source.setText(text)
    if html:
        source.setHtml(html)
    if image is not None:
        source.setImageData(image)
    field.insertFromMimeData(source)
    return field.value()


def test_cells_of_a_spreadsheet_are_pasted_as_a_table_even_with_a_picture_of_them(field):
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    field.keep_picture = lambda _: "never"
    shown = pasted(field, text="a\tb\n1\t2", html="<table><tr><td>a</td></tr></table>", image=image)
    assert shown == "| a   | b   |\n| --- | --- |\n| 1   | 2   |"


def test_a_page_is_pasted_as_markdown_and_one_step_back(field, qtbot):
    field.set_value("Before")
    field.moveCursor(QTextCursor.MoveOperation.End)
    assert pasted(field, text="a b", html="<p>a</p><ul><li><b>b</b></ul>") == "Before\n\na\n\n- **b**"
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.value() == "Before"


def test_a_picture_is_handed_over_and_what_shows_it_is_written(field):
    field.keep_picture = lambda image: f"![{image.width()}](x)"
    assert pasted(field, image=QImage(12, 10, QImage.Format.Format_RGB32)) == "![12](x)"


def test_a_paste_of_fifty_megabytes_is_refused_in_a_sentence(field, qtbot):
    field.set_value("kept")
    with qtbot.waitSignal(field.refused) as refused:
        pasted(field, text="x" * 50_000_000)
    assert "would make it 50 million; nothing was changed" in refused.args[0]
    assert field.value() == "kept"


def test_two_megabytes_are_pasted_and_the_field_stays_as_high_as_a_screen_or_two(field):
    assert len(pasted(field, text="The clock of the host runs ahead.\n" * 60_000)) > 2_000_000 - 40 < TEXT_LIMIT
    assert field.height() < 30 * MOST_LINES


@pytest.mark.parametrize("text", ["x" * 100_000, "word " * 20_000])
def test_a_line_that_never_ends_is_broken(field, text):
    shown = pasted(field, text=text)
    assert max(map(len, shown.split("\n"))) <= LONGEST_LINE
    assert shown.replace("\n", " " if " " in text else "").split() == text.split()
