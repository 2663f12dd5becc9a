"""Nothing that can be typed is an error: some thousand of the hostile queries that `packaging/bench --hostile` asks."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from escplaybook.cli.main import cli

BENCH = Path(__file__).parents[2] / "packaging" / "bench_figures"


@pytest.fixture
def hostile(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import hostile as made

    yield made
    for name in ("hostile", "figures"):
        sys.modules.pop(name, None)


def test_no_query_of_three_thousand_is_an_error(full_book, hostile):
    failed = [told for n, text in enumerate(hostile.queries(3_000, 1)) if (told := hostile.trouble(full_book, text, n))]
    assert failed == []


def test_the_command_line_answers_them_too(full_book, hostile):
    for text in hostile.queries(120, 2):
        if "\0" in text or text.startswith("-"):  # no shell hands these over as a word
            continue
        done = CliRunner().invoke(cli, ["search", "--book", str(full_book.path), "--json", "--", text])
        assert (done.exit_code, done.exception) == (0, None), text
