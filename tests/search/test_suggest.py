import pytest

from escplaybook.search.find import find
from escplaybook.search.suggest import candidates


def titles(answer):
    return [hit.title for hit in answer.hits]


@pytest.fixture
def vocabulary(entry, add):
    add(
        entry("Identity provider login", symptoms="identity certificate expired"),
        entry("Payment timeout", symptoms="payment authentication scheduled"),
        entry("Payload rejected", symptoms="identities pavement ORA-00942"),
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("identty", "identity"),
        ("certifciate", "certificate"),
        ("payemnt", "payment"),
        ("paymennt", "payment"),
        ("lgoin", "login"),
        ("ogin", "login"),
        ("authntication", "authentication"),
        ("autentacation", "authentication"),
        ("timeuot", "timeout"),
    ],
)
def test_a_misspelt_word_is_mended_and_told(book, vocabulary, typed, meant):
    answer = find(book, f"{typed.upper()} ?")
    assert answer.corrected == f"{meant} ?"
    assert answer.hits
    assert answer.words == (meant,)


def test_a_search_as_typed_mends_nothing(book, vocabulary):
    answer = find(book, "identty", as_typed=True)
    assert (answer.corrected, answer.hits) == (None, ())


@pytest.mark.parametrize("text", ["identity", "IDENTITIES", "expire", "scheduler", "ORA-00943", "tax", "xq7", "zzzzzz"])
def test_what_stands_in_the_book_or_is_like_nothing_is_left_alone(book, vocabulary, text):
    assert find(book, text).corrected is None


def test_only_plain_words_are_mended(book, vocabulary):
    assert find(book, '"identty" -paymet title:lgoin').corrected is None
    assert find(book, "paymet -rejected").corrected == "payment -rejected"


def test_a_beginning_is_no_misspelling(book, vocabulary):
    for typing in (True, False):
        answer = find(book, "authentic", typing=typing)
        assert (answer.corrected, titles(answer)) == (None, ["Payment timeout"])


def test_a_frequent_word_misspelt_is_likelier_than_a_rare_one_begun(book, entry, add):
    add(*(entry(f"Login {number}") for number in range(5)), entry("Lognormal latency"))
    assert find(book, "logn").corrected == "login"
    assert find(book, "logno").corrected is None


def test_while_typing_only_words_that_begin_nothing_are_mended(book, vocabulary):
    assert find(book, "iden", typing=True).corrected is None
    assert find(book, "identt", typing=True).corrected is None
    assert find(book, "identty", typing=True).corrected == "identity"
    assert find(book, "identty pay", typing=True).corrected == "identity pay"
    assert titles(find(book, "identty pay", typing=True))[0] == "Identity provider login"


def test_the_nearest_and_most_frequent_words_are_offered_first(book, vocabulary):
    assert candidates(book, "") == []
    assert candidates(book, "pavment") == ["pavement", "payment"]
    assert candidates(book, "paymant") == ["payment"]


def test_new_words_are_known_at_once(book, vocabulary, entry, add):
    assert find(book, "webhok").corrected is None
    add(entry("Webhook retries"))
    assert find(book, "webhok").corrected == "webhook"
