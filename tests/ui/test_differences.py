"""What changed is told in words, field by field."""

from dataclasses import replace
from datetime import timedelta

from escplaybook.domain.classification import Severity
from escplaybook.domain.knowledge import Step
from escplaybook.domain.matrix import Cell
from escplaybook.ui.parts.differences import changed_fields, difference_html
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
    assert "line seven" in difference_html(before, after, str)


def test_people_and_spans_are_told_as_people_say_them(contact):
    mara = contact()
    before = Cell(id="c", severity=Severity.S1, level=1, owner=mara.id, created=NOW, updated=NOW)
    after = replace(before, owner=None, acknowledge=timedelta(minutes=90), not_escalated=True)
    shown = difference_html(before, after, str, {mara.id: mara.name}.__getitem__)
    assert "Mara" in shown
    assert mara.id not in shown
    assert "<h2>acknowledge</h2><p><ins>1 h 30 min</ins></p>" in shown
    assert "<h2>not_escalated</h2><p><ins>✓</ins></p>" in shown
