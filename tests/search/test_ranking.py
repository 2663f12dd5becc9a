"""The ranking on a public test collection, where it is at hand (ESCPLAYBOOK_DATA), by the bench's own measure."""

from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "packaging" / "bench_figures"


def test_answers_are_ranked_well_and_one_typing_error_costs_little(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(BENCH))
    import cranfield

    collection = cranfield.collection()
    if collection is None:
        pytest.skip("left out: ESCPLAYBOOK_DATA names no folder with cranfield/")
    with cranfield.book_of(collection, tmp_path) as book:
        score = cranfield.mean(cranfield.scores(book, collection))
        misspelt = cranfield.mean(cranfield.scores(book, collection, cranfield.with_one_error(1)))
    assert score >= 0.44
    assert misspelt >= 0.99 * score
