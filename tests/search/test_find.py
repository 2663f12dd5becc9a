import pytest

from escplaybook.domain.edits import Edit
from escplaybook.search.find import find
from escplaybook.search.highlight import matcher
from escplaybook.services import editing


@pytest.fixture
def add(book, now):
    def build(*records):
        return [made.after for made in editing.apply(book, "Add", *(Edit(None, one) for one in records), now=now)]

    return build


def test_words_find_what_holds_them_and_mark_it(book, entry, add):
    add(entry("Login loops after SAML cut-over", symptoms="The <login> page reloads"), entry("Mail is late"))
    (hit,) = find(book, "logins reload").hits
    assert hit.title == "Login loops after SAML cut-over"
    assert "<mark>" in hit.snippet
    assert "&lt;" in hit.snippet


def test_a_stem_marks_all_its_words():
    is_hit = matcher(("logins", "café"))
    assert [is_hit(word) for word in ("Login", "CAFE", "log")] == [True, True, False]
