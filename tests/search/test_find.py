from dataclasses import replace
from datetime import timedelta

import pytest

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import ContactPoint, PointKind, Privacy
from escplaybook.domain.edits import Edit
from escplaybook.domain.origins import Origin
from escplaybook.search.find import COUNTED, find
from escplaybook.search.highlight import matcher
from escplaybook.services import editing


def titles(answer):
    return [hit.title for hit in answer.hits]


def test_words_find_what_holds_them_and_mark_it(book, entry, add):
    add(entry("Login loops after SAML cut-over", symptoms="The <login> page reloads"), entry("Mail is late"))
    (hit,) = find(book, "logins reload").hits
    assert hit.title == "Login loops after SAML cut-over"
    assert hit.snippet == "The &lt;<mark>login</mark>&gt; page <mark>reloads</mark>"


def test_a_hit_carries_what_a_list_shows(book, entry, add, now):
    (made,) = add(
        entry(severity=Severity.S1, stage="go-live", system="Identity", origin=Origin("7", state="Fixed")),
    )
    (hit,) = find(book, "saml").hits
    assert (hit.kind, hit.id, hit.key) == ("entry", made.id, "KB-0001")
    assert (hit.severity, hit.stage, hit.system, hit.state) == ("S1", "go-live", "Identity", "Fixed")
    assert hit.updated == now.isoformat()


def test_records_with_all_words_come_before_those_with_some(book, entry, add):
    add(entry("Tax"), entry("Tax rounding", symptoms="at the checkout"), entry("Checkout rounding"))
    assert titles(find(book, "tax rounding checkout"))[0] == "Tax rounding"
    assert set(titles(find(book, "tax rounding checkout"))) == {"Tax rounding", "Checkout rounding", "Tax"}


def test_words_that_say_nothing_do_not_matter(book, entry, add):
    add(entry("Tokens expire early"), entry("Why is it what it is"))
    assert titles(find(book, "why is the token what")) == ["Tokens expire early"]
    assert titles(find(book, "what is")) == ["Why is it what it is"]


def test_down_and_off_are_words_that_tell(book, entry, add):
    add(entry("Portal down"), entry("Portal slow"))
    assert titles(find(book, "portal down"))[0] == "Portal down"


def test_nothing_typed_shows_everything_latest_change_first(book, entry, contact, add, now):
    add(entry("Old"), replace(entry("New"), updated=now + timedelta(days=1)), contact("Mara Lindqvist"))
    assert titles(find(book, "  ", kinds=("entry",))) == ["New", "Old"]
    assert find(book, "").total == 3


def test_retired_records_are_shown_only_when_asked_for(book, entry, add, now):
    add(entry("Proxy blocks uploads", retired=now), entry("Proxy drops headers"))
    assert titles(find(book, "proxy")) == ["Proxy drops headers"]
    assert titles(find(book, "proxy is:retired")) == ["Proxy blocks uploads"]
    assert find(book, "").total == 1


def test_kinds_narrow_the_search(book, entry, contact, add):
    add(entry("Lindqvist patch fails"), contact("Mara Lindqvist"))
    assert titles(find(book, "lindqvist", kinds=("contact",))) == ["Mara Lindqvist"]
    assert len(find(book, "lindqvist", kinds=("contact", "entry")).hits) == 2


@pytest.mark.parametrize("typing", [False, True])
def test_the_very_key_title_or_code_comes_first(book, entry, contact, add, typing):
    add(
        entry("Other", key="KB-0142", symptoms="nothing"),
        entry("Not this one", symptoms="see KB-0142 KB-0142 KB-0142; Login; ORA-00942 ORA-00942"),
        entry("Login"),
        entry("Table missing", error_codes=("ORA-00942",)),
        contact("Mara Lindqvist", phone="+46 70 174 06 31"),
    )

    def first(text):
        return find(book, text, typing=typing).hits[0].title

    assert first("kb-0142") == "Other"
    assert first("login") == "Login"
    assert first(" ora-00942 ") == "Table missing"
    assert first("+46701740631") == "Mara Lindqvist"


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize(
    "code", ["AADSTS50011", "ORA-00942", "429", "x-api-key", "a/b/c.log", "com.example.Foo", "KB12"]
)
def test_codes_and_identifiers_are_found_as_typed(book, entry, add, code, typing):
    add(
        entry("Bait", symptoms="a x ora api foo com example key log b"),
        entry("Right", symptoms=f"says ({code}): failed"),
    )
    assert find(book, code, typing=typing).hits[0].title == "Right"


def test_an_identifier_that_stands_nowhere_is_looked_for_in_parts(book, entry, add):
    add(entry("Table missing", symptoms="ORA-00942"))
    assert titles(find(book, "ORA-00943")) == ["Table missing"]


def test_private_points_are_not_found(book, contact, add):
    private = ContactPoint(PointKind.MOBILE, "+46 70 174 06 99", privacy=Privacy.PRIVATE)
    add(contact("Mara Lindqvist", points=(private,)))
    assert not find(book, "+46 70 174 06 99", as_typed=True).hits


def test_accents_and_case_make_no_difference(book, entry, add):
    add(entry("Überweisung blockiert", symptoms="L’opération a échoué"))
    for text in ("uberweisung", "ÜBERWEISUNG", "operation echoue", "Échoué"):
        (hit,) = find(book, text).hits
        assert hit.title == "Überweisung blockiert"
    assert "<mark>échoué</mark>" in find(book, "echoue").hits[0].snippet


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("word", ["Ελλάδα", "Москва", "हिन्दी", "क़लम", "العربية", "עברית", "ΟΔΟΣ", "Ärger"])
def test_a_word_of_any_script_is_found_as_it_stands(book, entry, add, word, typing):
    add(entry(f"x {word} y"))
    assert find(book, word, typing=typing, as_typed=True).total == 1
    assert find(book, word.upper(), typing=typing, as_typed=True).total == 1


def test_text_without_blanks_is_found_by_any_part_of_it(book, entry, add):
    add(
        entry("单点登录失败", symptoms="用户无法登录系统"),
        entry("ログインできない", symptoms="認証サーバーの時刻がずれている"),
        entry("서버가 응답하지 않음"),
    )
    assert titles(find(book, "登录失败")) == ["单点登录失败"]
    assert find(book, "无法登录").hits[0].snippet == "用户<mark>无法登录</mark>系统"
    assert titles(find(book, "サーバー")) == ["ログインできない"]
    assert titles(find(book, "서버")) == ["서버가 응답하지 않음"]
    assert titles(find(book, "单点登", typing=True)) == ["单点登录失败"]
    assert matcher(find(book, "登录").words)("用户无法登录系统")


def test_pages_follow_on_each_other(book, entry, add):
    add(*(entry(f"Timeout number {number}") for number in range(60)))
    pages = [titles(find(book, "timeout", limit=25, offset=offset)) for offset in (0, 25, 50, 75)]
    assert [len(page) for page in pages] == [25, 25, 10, 0]
    assert len({title for page in pages for title in page}) == 60
    assert find(book, "timeout", limit=5).total == 60


def test_the_total_is_counted_no_further_than_anybody_reads(book, entry, add):
    add(*(entry(f"Timeout number {number}") for number in range(COUNTED + 5)))
    for typing in (True, False):
        assert find(book, "timeout", limit=1, typing=typing).total == COUNTED
    assert find(book, "", limit=1).total == COUNTED + 5


def test_a_long_text_shows_the_piece_that_was_hit(book, entry, add):
    words = " ".join(f"word{number}" for number in range(400))
    add(entry(symptoms=f"{words} the gateway answers 502 & closes {words}"))
    (hit,) = find(book, "gateway closes").hits
    assert "<mark>gateway</mark> answers 502 &amp; <mark>closes</mark>" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) < 260


def test_what_is_changed_is_found_by_its_new_words_only(book, entry, add, now):
    (made,) = add(entry("Login loops"))
    editing.apply(book, "Rename", Edit(made, replace(made, title="Password rejected")), now=now)
    assert not find(book, "loops", as_typed=True).hits
    assert titles(find(book, "password")) == ["Password rejected"]
    editing.undo(book, now)
    assert titles(find(book, "loops")) == ["Login loops"]


def test_a_stem_marks_all_its_words():
    is_hit = matcher(("logins", "café", "tok*"))
    assert [is_hit(word) for word in ("Login", "CAFE", "log", "Tokens")] == [True, True, False, True]


def test_words_side_by_side_come_first(book, entry, add):
    add(entry("A", symptoms="the session token has expired"), entry("B", symptoms="the session has expired token"))
    assert titles(find(book, "session token")) == ["A", "B"]
    assert titles(find(book, "expired token")) == ["B", "A"]


def test_internal_and_external_causes_are_told_apart(book, entry, add):
    add(entry("Ours", cause_class=CauseClass.INTERNAL), entry("Theirs", cause_class=CauseClass.EXTERNAL))
    assert titles(find(book, "cause:external")) == ["Theirs"]
