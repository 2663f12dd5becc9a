"""In what order everything answers: the very title or code, then what begins so, then words, then what is alike."""

import pytest

from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.search.find import find


def titles(answer):
    return [hit.title for hit in answer.hits]


@pytest.mark.parametrize("typing", [True, False])
def test_the_very_title_stands_before_titles_that_say_more(book, entry, contact, add, typing):
    add(entry("Relay"), entry("Relay relay relay", symptoms="relay"), contact("Relay Duty"))
    assert titles(find(book, "relay", typing=typing))[0] == "Relay"


@pytest.mark.parametrize("typing", [True, False])
@pytest.mark.parametrize("code", ["ORA-00942", "ora-00942", "429", "x-api-key", "+46 70 174 06 31", "CO-0001"])
def test_the_very_code_number_or_key_stands_before_texts_that_mention_it(book, entry, contact, add, typing, code):
    mentioned = " ".join(["ORA-00942 429 x-api-key +46701740631 CO-0001"] * 5)
    point = ContactPoint(PointKind.MOBILE, "+46 70 174 06 31")
    add(
        entry("Mentions ORA-00942, 429, x-api-key and CO-0001", symptoms=mentioned, tags=("429", "x-api-key")),
        entry("The known one", error_codes=("ORA-00942", "429", "x-api-key")),
        contact("Mara Lindqvist", points=(point,)),
        entry("Mentions them once more", symptoms=mentioned),
    )
    expected = "Mara Lindqvist" if code.startswith(("+46", "CO-")) else "The known one"
    assert titles(find(book, code, typing=typing))[0] == expected


def test_while_typing_what_begins_so_in_a_title_stands_before_texts(book, entry, add):
    add(entry("Webhooks stop"), entry("Mail is late", symptoms="a webhook, webhooks, webhooked"))
    assert titles(find(book, "webh", typing=True)) == ["Webhooks stop", "Mail is late"]


def test_a_title_that_begins_so_stays_on_top_once_typing_pauses(book, entry, add):
    add(
        entry("Log files fill the disk", symptoms="log log log"),
        entry("Login loops after cut-over"),
        entry("Disk full", symptoms="log log log log"),
    )
    assert titles(find(book, "login loops af"))[0] == "Login loops after cut-over"
    found = titles(find(book, "log"))
    assert set(found[:2]) == {"Log files fill the disk", "Login loops after cut-over"}
    assert found[2] == "Disk full"


def test_words_in_a_title_stand_before_the_same_words_in_a_text(book, entry, add):
    add(entry("Nightly jobs", symptoms="certificate expired"), entry("An expired certificate"))
    assert titles(find(book, "certificate expired"))[0] == "An expired certificate"


def test_what_has_the_words_stands_before_what_is_only_alike(book, entry, add):
    add(entry("Certificates renewed"), entry("Certificate pinned"), entry("Certify the plant"))
    answer = find(book, "certificat renewed")
    assert titles(answer)[0] == "Certificates renewed"
    assert find(book, "certificate pinned").corrected is None
    mended = find(book, "certifcate pinned")
    assert (mended.corrected, titles(mended)[0]) == ("certificate pinned", "Certificate pinned")


def test_operators_do_not_count_as_the_beginning_of_a_title(book, entry, add):
    add(entry("Tag sso is missing", tags=("x",)), entry("Other", tags=("sso",)))
    assert titles(find(book, "tag:sso")) == ["Other"]
