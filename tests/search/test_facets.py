"""Filters, counts and search itself against the slow, obvious way: look at every record."""

import random
from collections import Counter
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import NotFound
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.origins import Origin
from escplaybook.search.facets import facets
from escplaybook.search.find import find
from escplaybook.services import editing
from escplaybook.store import checking, records
from escplaybook.store.book import Book
from escplaybook.store.index import TEXT_COLUMNS
from tests.search.conftest import NOW, an_entry

WORDS = ("login", "token", "tax", "mail", "proxy", "登录", "café")
SYSTEMS, STAGES, TAGS = (
    ("Identity", "Order Management", "C++", "C#", ""),
    ("go-live", "testing", ""),
    ("sso", "tls", "go live"),
)
FIELDS = {"severity": "sev", "stage": "stage", "system": "system", "cause_class": "cause", "vendor": "vendor"}


def test_counts_are_those_of_the_hits(book, entry, add):
    add(
        entry("Login one", severity=Severity.S1, system="Identity", tags=("sso", "tls")),
        entry("Login two", severity=Severity.S1, system="Mail", tags=("sso",), origin=Origin("1", state="Fixed")),
        entry("Mail three", severity=Severity.S2, system="Mail"),
    )
    counts = facets(book, "login")
    assert counts["severity"] == [("S1", 2)]
    assert counts["system"] == [("Identity", 1), ("Mail", 1)]
    assert counts["tag"] == [("sso", 2), ("tls", 1)]
    assert counts["state"] == [("Fixed", 1)]
    assert counts["stage"] == []
    assert facets(book, "")["kind"] == [("entry", 3)]
    assert not any(facets(book, "nothing of the sort").values())


def test_counts_follow_the_mended_question(book, entry, add):
    add(entry("Login", severity=Severity.S1))
    assert facets(book, "logim")["severity"] == [("S1", 1)]
    assert facets(book, "logim", as_typed=True)["severity"] == []


@given(st.integers(0, 10_000))
@settings(max_examples=8)
def test_filters_and_counts_agree_with_a_look_at_every_record(tmp_path_factory, seed):
    chance = random.Random(seed)
    with Book.create(tmp_path_factory.mktemp("facets") / "b.db") as book:
        made = [_any_entry(chance) for _ in range(40)]
        editing.apply(book, "Add", *(Edit(None, one) for one in made), now=NOW)
        word = chance.choice(WORDS)
        holding = [one for one in made if word in f"{one.title} {one.symptoms}".split()]
        counts = facets(book, f"title:{word} OR {word}")
        for field, name in FIELDS.items():
            expected = Counter(str(getattr(one, field)) for one in holding if getattr(one, field))
            assert dict(counts[field]) == expected
            for value, count in counts[field]:
                text = f'title:{word} OR {word} {name}:"{value}"'
                assert {hit.id for hit in find(book, text).hits} == {
                    one.id for one in holding if str(getattr(one, field)) == value
                }
                assert find(book, text).total == count
        assert dict(counts["tag"]) == Counter(tag for one in holding for tag in one.tags)
        for tag, count in counts["tag"]:
            assert find(book, f'"{word}" tag:"{tag}"').total == count
        has_none = {one.id for one in made if not one.workaround and word not in f"{one.title} {one.symptoms}".split()}
        assert {hit.id for hit in find(book, f"-has:workaround -{word}").hits} == has_none


@given(st.integers(0, 10_000))
@settings(max_examples=8)
def test_after_any_edits_search_agrees_with_the_records(tmp_path_factory, seed):
    chance = random.Random(seed)
    with Book.create(tmp_path_factory.mktemp("edits") / "b.db") as book:
        for _ in range(40):
            _edit_something(book, chance)
        assert not list(checking.trouble(book))
        kept = records.everything(book, Entry)
        for word in WORDS:
            holding = {one.id for one in kept if word in f"{one.title} {one.symptoms}".split() and not one.retired}
            assert {hit.id for hit in find(book, word, as_typed=True).hits} == holding
            assert {hit.id for hit in find(book, word, typing=True).hits} == holding


def _edit_something(book, chance):
    kept = records.everything(book, Entry)
    match chance.randrange(6) if kept else 0:
        case 0 | 1:
            editing.apply(book, "Add", Edit(None, _any_entry(chance)), now=NOW)
        case 2:
            one = chance.choice(kept)
            changed = replace(one, title=_words(chance), symptoms=_words(chance))
            editing.apply(book, "Change", Edit(one, changed), now=NOW)
        case 3:
            one = chance.choice(kept)
            editing.apply(book, "Retire", Edit(one, replace(one, retired=None if one.retired else NOW)), now=NOW)
        case 4:
            editing.apply(book, "Delete", Edit(chance.choice(kept), None), now=NOW)
        case 5:
            with suppress(NotFound):
                editing.undo(book, NOW)


def _any_entry(chance):
    return an_entry(
        _words(chance),
        symptoms=_words(chance),
        severity=chance.choice((*Severity, None)),
        cause_class=chance.choice((*CauseClass, None)),
        system=chance.choice(SYSTEMS),
        stage=chance.choice(STAGES),
        vendor=chance.choice(("Northgate Cloud", "")),
        tags=tuple(chance.sample(TAGS, chance.randrange(3))),
        workaround=chance.choice(("", "Wait")),
    )


def _words(chance):
    return " ".join(chance.sample(WORDS, 2))


@pytest.mark.parametrize("table", ["found", "typed"])
def test_a_full_text_table_that_lost_a_word_is_told(book, entry, add, table):
    add(entry("Login"))
    names = ", ".join(TEXT_COLUMNS)
    book.connection.execute(
        f"INSERT INTO {table} ({table}, rowid, {names}) SELECT 'delete', number, {names} FROM searchable"
    )
    assert [part for part, _ in checking.trouble(book)] == ["search"]
