import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.classification import Severity
from escplaybook.search.find import find
from escplaybook.search.operators import read
from escplaybook.search.query import parse, plainly
from escplaybook.search.question import When

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)


@pytest.fixture
def found(book, now):
    """The titles a text finds, in alphabetical order."""

    def ask(text, **how):
        return sorted(hit.title for hit in find(book, text, now=now, **how).hits)

    return ask


@pytest.fixture
def three(entry, add):
    return add(
        entry(
            "Login loops", tags=("sso", "go live"), system="Order Management", severity=Severity.S1, workaround="Wait"
        ),
        entry("Login slow", tags=("perf",), system="C++", stage="go-live", severity=Severity.S2, remedy="Add an index"),
        entry("Mail late", symptoms="login mail is late", tags=("sso",), system="C#", vendor="Northgate Cloud"),
    )


def test_quotes_ask_for_the_words_in_a_row(found, three):
    assert found('"login slow"') == ["Login slow"]
    assert found('"slow login"') == []
    assert found('"mail is late" login') == ["Mail late"]


def test_minus_shuts_out(found, three):
    assert found("login -slow") == ["Login loops", "Mail late"]
    assert found("-slow") == ["Login loops", "Mail late"]
    assert found('login -"login loops" -mail') == ["Login slow"]
    assert found("-(loops OR mail)") == ["Login slow"]
    assert found("-tag:sso") == ["Login slow"]


def test_or_asks_for_either(found, three):
    assert found("loops OR slow") == ["Login loops", "Login slow"]
    assert found("(loops OR slow) -slow") == ["Login loops"]
    assert found("title:mail OR tag:perf") == ["Login slow", "Mail late"]
    assert found("slow OR -login") == ["Login slow"]


def test_names_ask_for_a_field(found, three):
    assert found("title:login") == ["Login loops", "Login slow"]
    assert found("tag:sso") == ["Login loops", "Mail late"]
    assert found('tag:"go live"') == found("tag:go-live") == ["Login loops"]
    assert found('system:"order management"') == ["Login loops"]
    assert found("system:c++") == ["Login slow"]
    assert found("system:C#") == ["Mail late"]
    assert found("stage:go-live") == ["Login slow"]
    assert found("sev:s1 OR severity:S2") == ["Login loops", "Login slow"]
    assert found('vendor:"northgate cloud"') == ["Mail late"]
    assert found("has:workaround") == ["Login loops"]
    assert found("has:remedy") == ["Login slow"]
    assert found("key:kb-0002") == ["Login slow"]
    assert found("kind:contact") == []


def test_a_value_may_be_half_typed(found, three):
    assert found("system:ord", typing=True) == ["Login loops"]
    assert found("login tag:ss", typing=True) == ["Login loops", "Mail late"]
    assert found("system:ord") == []


def test_a_name_nobody_knows_is_a_word(found, three):
    assert found("mail:late") == ["Mail late"]
    assert found("slow: login") == ["Login loops", "Login slow", "Mail late"]
    assert found("updated:whenever login") == ["Login loops", "Login slow", "Mail late"]


def test_a_star_stands_for_any_ending(found, three):
    assert found("lo*") == ["Login loops", "Login slow", "Mail late"]
    assert found("loo* -slow") == ["Login loops"]


def test_brackets_in_prose_are_prose(found, three):
    assert found("late mail (login is late)") == ["Login loops", "Login slow", "Mail late"]


def test_dates_ask_for_a_span(book, entry, add, found):
    for days in (0, 5, 40, 400):
        at = NOW - timedelta(days=days)
        add(type(made := entry(f"{days} days old"))(id=made.id, title=made.title, created=at, updated=at))
    assert found("updated:>30d") == ["40 days old", "400 days old"]
    assert found("updated:<7d") == found("updated:7d") == ["0 days old", "5 days old"]
    assert found("created:2026-10..2026-11") == ["0 days old", "40 days old", "5 days old"]
    assert found("created:2025") == ["400 days old"]
    assert found("created:<2026") == ["400 days old"]
    assert found("updated:>=2026-11-19") == ["0 days old", "5 days old"]
    assert found("updated:>2026-11-19") == ["0 days old"]
    assert found("updated:2026-11-19") == ["5 days old"]
    assert found("updated:..2026-10-15") == ["40 days old", "400 days old"]
    assert found("old updated:today") == ["0 days old"]
    assert found("-updated:>30d old") == ["0 days old", "5 days old"]
    assert found("updated:>1y OR updated:today") == ["0 days old", "400 days old"]
    assert found("-(updated:today OR days)") == []


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026-02", "2026-02-01", "2026-03-01"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("yesterday", "2026-11-23", "2026-11-24"),
    ],
)
def test_a_named_date_ends_where_the_next_begins(text, since, until):
    (condition,) = parse(f"updated:{text}", NOW).conditions
    assert condition == When("updated", f"{since}T00:00:00+00:00", f"{until}T00:00:00+00:00")


def test_without_a_clock_ages_count_from_the_last_change(book, entry, add):
    add(entry("Fresh"))
    assert find(book, "updated:<1d").total == 1


PROSE = st.text(st.characters(codec="utf-8", exclude_characters='"()[]{}*:-', exclude_categories=("Cc",)), max_size=60)


@given(PROSE)
def test_plain_words_are_read_alike_with_and_without_whoosh(text):
    text = " ".join(word for word in text.split() if word not in ("OR", "AND"))
    assert (read(text, NOW) or plainly("")) == plainly(text)


LANGUAGE = st.lists(
    st.sampled_from(
        re.findall(
            r"\S+",
            '" ( ) - + * : OR AND NOT " title: tag: updated: created: >30d 2026-01 .. key: KB-0142 login "a b" \0 '
            "' [a TO b] {x} ~2 ^3 && || ! 登录 é ́ \u200b is:retired has: \U0001f600 x-api-key C++ \\ / ? % _ , ; "
            "sev:S1 -tag:x -( ) ) NEAR NEAR( title : found : {title tags} ^ 99999 9999-99-99 >0d -title:a OR",
        )
    ),
    max_size=14,
).map(" ".join)


@given(
    st.one_of(st.text(st.characters(), max_size=80), LANGUAGE, LANGUAGE.map(lambda text: text.replace(" ", ""))),
    st.booleans(),
)
def test_any_text_gives_an_answer(full_book, text, typing):
    answer = find(full_book, text, typing=typing, now=NOW)
    assert answer.query == text
    assert answer.total >= len(answer.hits)
    if not text.strip():
        assert answer.total == 4


@pytest.mark.parametrize(
    "text", ["(" * 3_000, "a OR " * 1_000, "-(" * 500 + "a", "word " * 5_000, "x" * 100_000, '"' * 999]
)
def test_long_texts_give_an_answer(full_book, text):
    for typing in (True, False):
        find(full_book, text, typing=typing, now=NOW)


def test_the_ends_of_time_are_dates_too(book, entry, add):
    add(entry())
    for asked in ("created:0001-01-01..9999-12-31", "created:<=9999", "created:<9999y", "created:9999y.."):
        assert len(find(book, asked).hits) == 1, asked
    assert not find(book, "created:9999-12-31").hits


def test_a_word_longer_than_any_is_not_compared_with_all(book, entry, add, monkeypatch):
    add(entry())
    monkeypatch.setattr("escplaybook.search.suggest.candidates", lambda *_, **__: pytest.fail("it was compared"))
    assert not find(book, "saml" * 2_000).hits
