"""What is offered while an operator or its value is typed."""

from escplaybook.search.completion import Offer, complete, completed


def offers(book, text, kinds=("entry",), cursor=None, now=None):
    found = complete(book, text, len(text) if cursor is None else cursor, kinds, now)
    return [(offer.text, offer.count) for offer in found.offers]


def test_two_letters_offer_the_operators_that_begin_so(book):
    assert offers(book, "login st") == [("stage:", None), ("state:", None)]
    assert offers(book, "-ta") == [("tag:", None)]
    assert offers(book, "s") == []
    assert offers(book, "login") == []


def test_only_operators_that_tell_the_kind_apart_are_offered(book):
    assert offers(book, "te", ("contact",)) == [("team:", None)]
    assert offers(book, "te", ("entry",)) == []
    assert offers(book, "ki", ("entry",)) == []
    assert offers(book, "ki", ()) == [("kind:", None)]


def test_values_are_offered_with_their_counts_among_the_hits_of_the_other_words(book, entry, add):
    add(
        entry("Login loops", system="identity"),
        entry("Login slow", system="Order Management"),
        entry("Mail late", system="Order Management"),
    )
    assert offers(book, "system:") == [('system:"Order Management"', 2), ("system:identity", 1)]
    assert offers(book, "login system:") == [('system:"Order Management"', 1), ("system:identity", 1)]
    assert offers(book, "system:man") == [('system:"Order Management"', 2)]
    assert offers(book, 'system:"order m') == [('system:"Order Management"', 2)]
    assert offers(book, "system:x") == []
    assert offers(book, "-system:id") == [("system:identity", 1)]


def test_what_records_have_who_wrote_and_where_people_are(book, entry, contact, add, now):
    add(entry(workaround="Wait"), entry("Mail late"), contact(team="Site Reliability"))
    assert offers(book, "has:", now=now) == [
        ("has:workaround", 1), ("has:remedy", 0), ("has:note", 0), ("has:use", 0), ("has:attachment", 0)
    ]  # fmt: skip
    assert offers(book, "is:s", now=now) == [("is:stale", 0)]
    assert offers(book, "team:rel", ("contact",)) == [('team:"Site Reliability"', 1)]
    assert offers(book, "zone:stock", ("contact",)) == [("zone:Europe/Stockholm", 1)]
    assert [count for _, count in offers(book, "author:")] == [1]
    assert ("updated:>30d", None) in offers(book, "updated:")


def test_an_offer_takes_the_place_of_the_word_and_nothing_else(book, entry, add):
    add(entry("Login loops", system="Order Management"))
    text = "login system:or -slow"
    completion = complete(book, text, len("login system:or"), ("entry",))
    put, cursor = completed(text, completion, completion.offers[0])
    assert put == 'login system:"Order Management" -slow'
    assert put[:cursor] == 'login system:"Order Management" '
    completion = complete(book, "sys", 3, ("entry",))
    assert completed("sys", completion, completion.offers[0]) == ("system:", 7)


def test_nothing_is_offered_inside_quotes_or_for_a_value_already_whole(book, entry, add):
    add(entry(system="identity"))
    assert offers(book, '"login st') == []
    assert offers(book, "system:identity") == []
    assert complete(book, "", 0).offers == ()
    assert Offer("x").count is None
