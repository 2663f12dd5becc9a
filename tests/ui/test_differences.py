"""What changed is told in words, field by field."""

import re
from dataclasses import replace
from datetime import timedelta

from escplaybook.domain.classification import Severity
from escplaybook.domain.knowledge import Step
from escplaybook.domain.matrix import Cell
from escplaybook.ui.parts.differences import changed_fields, difference_html
from escplaybook.ui.parts.side_by_side import MOST_ROWS, columns, words
from tests.conftest import NOW


def test_only_the_words_that_changed_are_lit(entry):
    before = entry(cause="The clock of the host runs ahead.")
    after = replace(before, cause="The clock of the proxy runs ahead.")
    assert changed_fields(before, after) == ["cause"]
    shown = difference_html(before, after, str.capitalize)
    assert "<del>host</del><ins>proxy</ins>" in shown
    assert "<h2>Cause</h2>" in shown


def test_steps_are_compared_as_text(entry):
    before = entry(steps=(Step("Open UDP 123", expected="offset under 1 s"),))
    after = replace(before, steps=(Step("Open UDP 123", expected="offset under 2 s"),))
    assert "<del>1</del><ins>2</ins>" in difference_html(before, after, str)


def test_texts_are_shown_never_obeyed(entry):
    shown = difference_html(None, entry(cause="<img src=x onerror=alert(1)>"), str)
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_a_very_long_text_is_compared_in_time(entry):
    long = "\n".join(f"line {number} of a log that somebody pasted whole" for number in range(20_000))
    before = entry(cause=long)
    after = replace(before, cause=long.replace("line 777 ", "line seven "))
    shown = difference_html(before, after, str)
    assert "line <ins>seven</ins> of a log" in shown
    assert "… 19,221 lines unchanged" in shown


def test_people_and_spans_are_told_as_people_say_them(contact):
    mara = contact()
    before = Cell(id="c", severity=Severity.S1, level=1, owner=mara.id, created=NOW, updated=NOW)
    after = replace(before, owner=None, acknowledge=timedelta(minutes=90), not_escalated=True)
    shown = difference_html(before, after, str, {mara.id: mara.name}.__getitem__)
    assert "Mara" in shown
    assert mara.id not in shown
    assert "<h2>acknowledge</h2><p><ins>1 h 30 min</ins></p>" in shown
    assert "<h2>not_escalated</h2><p><ins>✓</ins></p>" in shown


def rows_of(html: str) -> list[str]:
    """The rows of a comparison as `before | after`."""
    rows = re.findall(r"<tr>(.*?)</tr>", html)[1:]
    return [" | ".join(re.sub("<td[^>]*>", "", cell) for cell in row.split("</td>")[:-1]) for row in rows]


def test_where_there_is_room_a_long_text_stands_before_and_after_with_its_words_marked(entry):
    lines = [f"Paragraph {number} about the clock." for number in range(10)]
    before = entry(cause="\n".join(lines))
    after = replace(before, cause="\n".join([*lines[:5], "Paragraph 5 about the proxy.", *lines[6:], "A new one."]))
    assert rows_of(difference_html(before, after, str, is_wide=True)) == [
        "<span class='small'>… 4 lines unchanged</span>",
        "Paragraph 4 about the clock. | Paragraph 4 about the clock.",
        "Paragraph 5 about the <del>clock</del>. | Paragraph 5 about the <ins>proxy</ins>.",
        "Paragraph 6 about the clock. | Paragraph 6 about the clock.",
        "<span class='small'>… 2 lines unchanged</span>",
        "Paragraph 9 about the clock. | Paragraph 9 about the clock.",
        " | <ins>A new one.</ins>",
    ]


def test_a_changed_line_stands_beside_the_one_it_was_and_not_beside_a_new_one():
    old = "The clock of the host runs ahead.\nEnd."
    shown = rows_of(columns(old, "Quite another.\nThe clock of the proxy runs ahead.\nEnd."))
    assert shown[0] == " | <ins>Quite another.</ins>"
    assert "<del>host</del>" in shown[1]
    assert "<ins>proxy</ins>" in shown[1]


def test_a_short_field_stays_in_one_line_also_where_there_is_room(entry):
    before = entry(system="identity")
    shown = difference_html(before, replace(before, system="portal"), str, is_wide=True)
    assert shown == "<h2>system</h2><p><del>identity</del><ins>portal</ins></p>"


def test_two_megabytes_of_which_every_line_changed_are_set_side_by_side_in_time_and_cut():
    old = "\n".join(f"The clock of host {number} runs ahead." for number in range(50_000))
    new = "\n".join(f"The watch of host {number} runs behind." for number in range(50_000))
    shown = rows_of(columns(old, new))
    assert len(shown) == MOST_ROWS + 1
    assert "more rows" in shown[-1]
    assert "<ins>watch</ins>" in shown[0]


def test_a_line_that_is_megabytes_long_is_told_as_a_whole():
    gone, came = words("a " * 1_000_000, "b")
    assert gone.startswith("<del>a a")
    assert came == "<ins>b</ins>"


def test_marks_and_tags_are_shown_in_columns_never_obeyed():
    shown = columns("<b>one</b>\nx", "<script>two</script>\nx")
    assert "<script>" not in shown
    assert "<b>" not in shown
