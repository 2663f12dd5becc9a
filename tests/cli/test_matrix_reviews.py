"""The week's review is told, signed and started anew; the gate says no with its reasons."""

import json
from datetime import timedelta

import pytest

from escplaybook.services import editing
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from tests.conftest import NOW
from tests.ui.programmes import fill


@pytest.fixture
def filled(book, path):
    fill(book)
    return path


def change(path, days, **fields):
    """The S1 cell of level 1 is changed so many days after NOW."""
    with Book.open(path) as book:
        cell = next(one for one in programme(book).cells if (one.severity, one.level, one.stage) == ("S1", 1, ""))
        editing.change(book, cell, NOW + timedelta(days=days), **fields)


def at(days):
    return ("--at", (NOW + timedelta(days=days)).isoformat())


def test_the_second_review_tells_only_what_is_new(run, filled):
    first = json.loads(run("matrix", "review-week", "--json", "--by", "Ruth Mensah", *at(1))[1])
    assert (first["last"], first["signed"]) == (None, "MR-0001")
    assert "new: S1, level 1, Mara Lindqvist, backup Jun Park, acknowledge 5 min, resolve 30 min" in [
        one["words"] for one in first["changes"]
    ]
    change(filled, 2, acknowledge=timedelta(minutes=10))
    change(filled, 3, resolve=timedelta(minutes=20))
    told = json.loads(run("matrix", "review-week", "--json", *at(8))[1])
    assert (told["last"], told["signed"]) == ("MR-0001", None)
    assert [one["words"] for one in told["changes"]] == [
        "S1 acknowledge, level 1: 5 → 10 min",
        "S1 resolve, level 1: 30 → 20 min",
    ]
    assert told["stale"] == []
    assert [one["rule"] for one in told["findings"]] == ["M20"], "go-live has more time to resolve than the default now"
    run("matrix", "review-week", "--by", "Ruth Mensah", *at(8))
    assert json.loads(run("matrix", "review-week", "--json", *at(9))[1])["changes"] == []


def test_what_time_alone_made_stale_is_told(run, filled):
    run("matrix", "review-week", "--by", "CO-4", *at(1))
    told = json.loads(run("matrix", "review-week", "--json", *at(25))[1])
    assert [one["what"] for one in told["stale"]][:1] == [
        "Jun Park cannot be reached: mobile verified 65 days ago, out of date"
    ]
    out = run("matrix", "review-week", *at(25))[1]
    assert "Changed: nothing\n" in out
    assert "Went stale: " in out


def test_a_note_needs_a_name_under_it(run, filled):
    assert run("matrix", "review-week", "--note", "All well")[0] == 2
    assert "is called “Bob”" in run("matrix", "review-week", "--by", "Bob")[2]
    run("matrix", "review-week", "--by", "Ruth Mensah", "--note", "All well", *at(1))
    assert json.loads(run("show", "MR-1", "--json")[1])["note"] == "All well"


def test_the_gate_says_no_with_its_reasons_and_exit_3(run, filled):
    code, out, _ = run("matrix", "gate", "--stage", "integration", *at(0))
    assert code == 3
    assert out.startswith(
        "Harbour ERP may not enter integration.\n    edition: no edition of the matrix is effective\n"
    )
    code, out, _ = run("matrix", "gate", "--stage", "Integration", "--json", *at(0))
    told = json.loads(out)
    assert (code, told["open"], told["stage"], told["through"]) == (3, False, "integration", "2026-12-15")
    assert {"check", "what", "object"} == set(told["reasons"][0])
    code, _, errors = run("matrix", "gate", "--stage", "moon landing")
    assert (code, errors.startswith("Harbour ERP has no stage “moon landing”; there are initiation")) == (1, True)
