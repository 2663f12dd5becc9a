import random
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.edits import Edit
from escplaybook.search.find import Interrupted, find
from escplaybook.search.standing import HEAD
from escplaybook.services import editing
from escplaybook.store.book import Book
from tests.search.conftest import NOW, an_entry


def titles(answer):
    return [hit.title for hit in answer.hits]


def test_a_word_is_found_from_its_first_letter_to_its_last(book, entry, add):
    add(entry("Existence of accounts", symptoms="relational queries existing"))
    for word in ("existence", "accounts", "relational", "queries", "existing"):
        for end in range(1, len(word) + 1):
            assert titles(find(book, word[:end], typing=True)) == ["Existence of accounts"], word[:end]


def test_titles_and_tags_come_before_texts(book, entry, add):
    add(entry("Tokens"), entry("Other", tags=("token",)), entry("Third", symptoms="a token"))
    assert titles(find(book, "tok", typing=True)) == ["Other", "Tokens", "Third"]


def test_words_already_whole_are_found_by_their_stems(book, entry, add):
    add(entry("Login", symptoms="a token"), entry("Logins", symptoms="nothing"))
    assert titles(find(book, "logins tok", typing=True)) == ["Logins", "Login"]


def test_the_last_word_of_a_finished_text_is_whole(book, entry, add):
    add(entry("Tokens"), entry("Tok"))
    assert set(titles(find(book, "tok", typing=True))) == {"Tokens", "Tok"}
    assert titles(find(book, "tok ", typing=True)) == ["Tok"]


def test_what_is_begun_is_marked(book, entry, add):
    add(entry("Login", symptoms="The token server"))
    answer = find(book, "login serv", typing=True)
    assert answer.words == ("login", "serv*")
    assert answer.hits[0].snippet == "The token <mark>server</mark>"


def test_a_phrase_half_typed_shows_what_may_become_one(book, entry, add):
    add(entry("Login is slow"))
    for text in ('"login', '"login is', '"login is slow"'):
        assert titles(find(book, text, typing=True)) == ["Login is slow"]


WORDS = ("token", "tokens", "tokenise", "to", "top", "server", "serve", "session", "tax", "taxes", "service")


@given(st.integers(0, 10_000))
@settings(max_examples=5)
def test_what_was_seen_stays_until_it_no_longer_fits(tmp_path_factory, seed):
    """More records than fit at the head, words that share beginnings, in titles and texts."""
    chance = random.Random(seed)
    with Book.create(tmp_path_factory.mktemp("typing") / "b.db") as book:
        made = [
            an_entry(" ".join(chance.sample(WORDS, 2)), symptoms=" ".join(chance.sample((*WORDS, "alpha"), 4)))
            for _ in range(90)
        ]
        editing.apply(book, "Add", *(Edit(None, one) for one in made), now=NOW)
        before = chance.choice(("", "alpha "))
        for word in WORDS:
            holding = {one.id for one in made if word in one.title.split() or word in one.symptoms.split()}
            if before:
                holding &= {one.id for one in made if "alpha" in one.symptoms}
            seen: set[str] = set()
            for end in range(1, len(word) + 1):
                shown = {hit.id for hit in find(book, before + word[:end], typing=True, limit=HEAD).hits}
                assert seen & holding <= shown, before + word[:end]
                seen |= shown


def test_a_search_is_called_off_at_the_next_key(book, path, entry, add):
    add(*(entry(f"Timeout {number}", symptoms="gateway " * 50) for number in range(40)))
    with Book.open(path, read_only=True) as reader:

        def press_a_key():
            key = threading.Thread(target=reader.interrupt)
            key.start()
            key.join()

        reader.connection.set_progress_handler(press_a_key, 50)
        with pytest.raises(Interrupted):
            find(reader, "gateway timeout", typing=True)
        reader.connection.set_progress_handler(None, 0)
        assert find(reader, "timeout").total == 40  # and the next search works


def test_another_programs_write_is_seen_at_the_next_key(book, path, entry, now):
    with Book.open(path, read_only=True) as reader:
        assert not find(reader, "tok", typing=True).hits
        editing.apply(book, "Add", Edit(None, entry("Tokens")), now=now)
        assert titles(find(reader, "toke", typing=True)) == ["Tokens"]
        assert titles(find(reader, "tok", typing=True)) == ["Tokens"]
