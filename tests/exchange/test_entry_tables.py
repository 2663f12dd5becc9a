"""Known blockers leave as a table or as JSON, and whatever they say comes back to the letter."""

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.classification import Severity
from escplaybook.domain.knowledge import Entry, Link, Section, Step
from escplaybook.domain.origins import Origin
from escplaybook.domain.uses import Outcome, Use
from escplaybook.exchange import entry_json, entry_table
from escplaybook.exchange.entry_cells import COLUMNS, cells_of
from escplaybook.store.rows import to_full
from tests.conftest import NOW
from tests.exchange.test_markdown_round_trip import ENTRIES, NOTES, USES


def tabled(*known):
    with TemporaryDirectory() as place:
        path = Path(place, "entries.csv")
        path.write_text("\ufeff" + "".join(entry_table.write_csv(known)), newline="")
        return [(item.entry, item.notes, item.uses, item.reason, item.warnings)
                for item, _ in entry_table.read(path, "entries.csv", NOW)]  # fmt: skip


def jsoned(*records):
    with TemporaryDirectory() as place:
        path = Path(place, "all.json")
        path.write_text(json.dumps(records))
        return list(entry_json.read([(path, "all.json")], NOW))


def beside(entry, notes, uses):
    return (
        tuple(sorted((replace(one, entry=entry.id) for one in notes), key=lambda one: (one.created, one.id))),
        tuple(sorted((replace(one, entry=entry.id) for one in uses), key=lambda one: (one.at, one.id))),
    )


@settings(max_examples=60)
@given(ENTRIES, st.lists(NOTES, max_size=2), st.lists(USES, max_size=2))
def test_a_row_gives_the_entry_its_notes_and_uses_back_whatever_they_say(entry, notes, uses):
    notes, uses = beside(entry, notes, uses)
    ((back, *rest),) = tabled((entry, notes, uses))
    assert (back, *rest) == (entry, notes, uses, "", ())


@settings(max_examples=40)
@given(ENTRIES, st.lists(NOTES, max_size=2), st.lists(USES, max_size=2))
def test_json_gives_the_entry_its_notes_and_uses_back_whatever_they_say(entry, notes, uses):
    notes, uses = beside(entry, notes, uses)
    (item,) = jsoned({"kind": "entry", **to_full(entry)}, *map(to_full, notes), *map(to_full, uses))
    assert (item.reason, item.warnings) == ("", ())
    assert (item.entry, item.notes, item.uses) == (entry, notes, uses)


def test_a_row_reads_as_a_person_would_write_it(entry):
    made = entry(
        key="KB-0001",
        summary="- It hangs\n- and hangs",
        steps=(Step("Step the clock", expected="offset under 1 s"),),
        rest=(Section("Timeline", "09:00 first report"),),
        severity=Severity.S1,
        tags=("saml", "clock"),
        links=(Link("Ticket", "https://tracker.example/1"),),
        origin=Origin("T-1", "a.md"),
    )
    row = dict(zip(COLUMNS, cells_of(made, (), ()), strict=True))
    assert row["summary"] == "'- It hangs\n- and hangs"
    assert row["steps"] == "1. Step the clock\n   - Expect: offset under 1 s"
    assert row["rest"] == "## Timeline\n\n09:00 first report"
    assert (row["tags"], row["links"], row["notes"]) == ("saml; clock", "[Ticket](https://tracker.example/1)", "")
    assert row["origin"] == '{"uid": "T-1", "source": "a.md"}'


FOREIGN = """Ticket;Subject;Root cause;How to fix;Component;Shoe size;Labels
T-1;Login loops;A clock.;"1. Step it
   - Expect: offset under 1 s";Identity;44;saml, clock
T-2;;x;;;;
T-3;Login loops;;=HYPERLINK("x");;;
"""


def test_another_programs_table_is_known_by_its_headings_and_nothing_is_lost(tmp_path, now):
    path = tmp_path / "tracker.csv"
    path.write_text(FOREIGN)
    (first, says), (second, _), (third, _) = entry_table.read(path, "tracker.csv", now)
    assert (first.source, first.entry.title) == ("tracker.csv row 2 (Login loops)", "Login loops")
    assert (first.entry.cause, first.entry.system, first.entry.tags) == ("A clock.", "Identity", ("saml", "clock"))
    assert first.entry.steps == (Step("Step it", expected="offset under 1 s"),)
    assert first.entry.origin == Origin("T-1", "tracker.csv row 2", extra=(("Shoe size", "44"),))
    assert says == {"title", "cause", "remedy", "system", "tags", "extra"}
    assert second.reason == "The row has no title."
    assert third.entry.remedy == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "The file is empty."),
        ("a,b\n1,2\n", "“title” is missing"),
        ('title,cause\n"a,b\n', "The table is damaged"),
        ("title,Subject\na,b\n", ""),
        ("title\na,b\n", "more cells than there are columns"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_in_a_sentence(tmp_path, now, text, reason):
    path = tmp_path / "t.csv"
    path.write_text(text)
    ((item, _),) = entry_table.read(path, "t.csv", now)
    assert reason in item.reason
    assert bool(item.entry) is not bool(reason)


def test_a_text_longer_than_a_csv_reader_likes_comes_back(entry):
    made = entry(cause="x" * 400_000)
    assert tabled((made, (), ()))[0][0] == made


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "cannot be read as JSON: line 1"),
        ("[" * 100_000, "nested too deeply"),
        ('{"title": ' + "[" * 50 + "]" * 50 + "}", "nested more than 20 deep"),
        ("[1]", "It is no record"),
        ('[{"kind": "contact", "name": "Mara"}, {"kind": "contact"}]', "It holds 2 of the kind “contact”"),
        ('[{"kind": "entry", "title": ""}]', "It has no title."),
        ('[{"entry": "nowhere", "outcome": "worked"}]', "1 uses belong to no known blocker"),
        ("\0", "not text"),
    ],
)
def test_json_that_cannot_be_used_is_told_in_a_sentence(tmp_path, now, text, reason):
    path = tmp_path / "t.json"
    path.write_text(text)
    (item,) = entry_json.read([(path, "t.json")], now)
    assert item.entry is None
    assert reason in item.reason


def test_another_programs_json_is_read_by_its_keys(now):
    (item,) = jsoned({"id": 17, "subject": "Login loops", "rootCause": "A clock.", "open": True, "score": 1.50})
    assert (item.entry.title, item.entry.cause) == ("Login loops", "A clock.")
    assert item.entry.origin == Origin("17", "all.json#1 (Login loops)", extra=(("open", "true"), ("score", "1.5")))


def test_a_use_in_what_show_tells_comes_in_with_its_entry(entry, now):
    made = entry()
    use = Use("u", made.id, Outcome.WORKED, "Mara", now, now, now, "US-0001")
    told = {"kind": "entry", **to_full(made), "confidence": "validated", "uses": [to_full(use)], "history": [{"at": 1}]}
    (item,) = jsoned(told)
    assert (item.entry, item.uses) == (made, (use,))
    assert isinstance(made, Entry)
