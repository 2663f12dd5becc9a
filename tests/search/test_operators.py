"""Every operator and everything that people type as it stands, on one book that holds an example of each."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.origins import Origin
from escplaybook.domain.uses import Outcome, Use
from escplaybook.search.find import find
from escplaybook.search.question import DATES, FIELDS
from escplaybook.services import editing
from escplaybook.store import checking
from escplaybook.store.book import Book
from tests.search.conftest import NOW, an_entry

NOTED, USED, OLD, CODED, CHINESE, ACCENTED, MARA, TOM = "noted", "used", "old", "coded", "chinese", "accented", "m", "t"
TITLES = {
    NOTED: "Login loops after SAML cut-over", USED: "Webhooks stop", OLD: "Mail arrives late", CODED: "Sign-in refused",
    CHINESE: "登录失败", ACCENTED: "Übergabe an Zoë hängt", MARA: "Mara Lindqvist", TOM: "Tom Herrera",
}  # fmt: skip


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    with Book.create(tmp_path_factory.mktemp("operators") / "b.db") as book:
        _fill(book)
        yield book


def _fill(book):
    from escplaybook.domain.contacts import Contact

    born = {"created": NOW, "updated": NOW}
    long_ago = NOW - timedelta(days=400)
    origin = Origin("7", "issues.md", "Fixed", extra=(("author", "Nils Åkesson"),))
    noted = an_entry(TITLES[NOTED], system="identity", stage="go-live", severity=Severity.S1, workaround="Wait.")
    used = an_entry(TITLES[USED], vendor="Northgate Cloud", cause_class=CauseClass.EXTERNAL, data_domain="orders")
    old = type(noted)(new_id(NOW), TITLES[OLD], long_ago, long_ago, tags=("mail",), origin=origin)
    text = "AADSTS50011 at /var/log/app.log; header x-api-key; com.acme.Sync; status 429; C:\\Temp\\sync.ini"
    coded = an_entry(TITLES[CODED], symptoms=text, error_codes=("ORA-00942", "AADSTS50011"))
    tom = Contact(new_id(NOW), TITLES[TOM], **born, team="Platform", zone="Europe/London")
    mara = Contact(new_id(NOW), TITLES[MARA], **born, team="Site Reliability", zone="Europe/Stockholm", deputy=tom.id)
    first = (
        noted,
        used,
        old,
        coded,
        an_entry(TITLES[CHINESE], symptoms="用户无法登录"),
        an_entry(TITLES[ACCENTED]),
        tom,
    )
    editing.apply(book, "Write", *(Edit(None, one) for one in first), now=NOW, author="Kim Aalto")
    note = Annotation(
        new_id(NOW), noted.id, "workaround", "Wait", AnnotationKind.CAUTION, "Not on Friday.", "Priya Nair", **born
    )
    use = Use(new_id(NOW), used.id, Outcome.WORKED, "Sam Okafor", NOW, NOW, NOW)
    editing.apply(book, "More", Edit(None, mara), Edit(None, note), Edit(None, use), now=NOW, author="Jo Berg")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("system:identity", {NOTED}), ("stage:go-live", {NOTED}), ('stage:"go live"', {NOTED}), ("sev:s1", {NOTED}),
        ("severity:S1 kind:entry", {NOTED}), ("domain:orders", {USED}), ("cause:external", {USED}),
        ('vendor:"northgate cloud"', {USED}), ("state:fixed", {OLD}), ("tag:mail", {OLD}), ("title:late", {OLD}),
        ("key:kb-0001", {NOTED}), ("code:ora-00942", {CODED}), ("kind:contact", {MARA, TOM}),
        ('confidence:"not validated"', {NOTED}), ("queue:workaround kind:entry sev:s1", set()),
        ("is:stale", {OLD}), ("is:retired", set()), ("created:2025", {OLD}), ("created:2025-10..2025-11", {OLD}),
        ("updated:>30d", {OLD}), ("has:workaround", {NOTED}), ("has:note", {NOTED}), ("has:note sev:s1", {NOTED}),
        ("has:use", {USED}), ("-has:note -has:use system:identity", set()), ("has:deputy", {MARA}),
        ('team:"site reliability"', {MARA}), ("team:reliability", {MARA}), ("team:platform OR has:deputy", {MARA, TOM}),
        ("zone:europe/london", {TOM}), ("zone:stockholm", {MARA}), ("author:kim tag:mail", {OLD}),
        ('author:"kim aalto" has:note', {NOTED}), ("author:nils", {OLD}), ("author:akesson", {OLD}),
        ("author:ÅKESSON", {OLD}),
        ("author:jo", {MARA}), ("author:kim -kind:entry", {TOM}), ("author:nobody", set()), ("-author:kim", {MARA}),
        ("AADSTS50011", {CODED}), ("aadsts50011", {CODED}), ("ORA-00942", {CODED}), ("ora 00942", {CODED}),
        ("429", {CODED}), ("x-api-key", {CODED}), ("/var/log/app.log", {CODED}), ("com.acme.Sync", {CODED}),
        ("C:\\Temp\\sync.ini", {CODED}), ('"status 429"', {CODED}), ("登录", {CHINESE}), ("无法登录", {CHINESE}),
        ("uebergabe OR ubergabe", {ACCENTED}), ("zoe", {ACCENTED}), ("HÄNGT", {ACCENTED}),
        ("colour:late", {OLD}), ("owner:webhooks", {USED}), ("note:loops", {NOTED}),
    ],
)  # fmt: skip
def test_what_is_typed_finds_what_it_names(examples, text, expected):
    found = {hit.title for hit in find(examples, text, now=NOW).hits if hit.kind not in ("annotation", "use")}
    assert found == {TITLES[name] for name in expected}


@pytest.mark.parametrize(("text", "kind"), [("author:priya", "annotation"), ("author:sam", "use")])
def test_a_note_and_a_use_are_found_by_who_wrote_them_not_by_who_stored_them(examples, text, kind):
    assert [hit.kind for hit in find(examples, text, now=NOW).hits] == [kind]
    assert "annotation" not in {hit.kind for hit in find(examples, "author:jo", now=NOW).hits}


@pytest.mark.parametrize("text", ["has:no", "tag:mail author:ki", "team:site", "zone:europe/stock"])
def test_a_value_only_begun_finds_while_it_is_typed(examples, text):
    assert find(examples, text, typing=True, now=NOW).hits


@pytest.mark.parametrize("name", [*FIELDS, *DATES, "title"])
@pytest.mark.parametrize("value", ["", "x", '"', "(", "-", "*", "登", "\0", "9" * 500, "..", ">", '"a b', "%_'"])
def test_no_value_of_an_operator_is_an_error(examples, name, value):
    for typing in (False, True):
        find(examples, f"{name}:{value} login", typing=typing, now=NOW)


def test_who_wrote_last_follows_and_the_search_agrees_with_the_book(book, entry, now):
    ((made),) = (one.after for one in editing.apply(book, "Write", Edit(None, entry()), now=now, author="Kim Aalto"))
    assert find(book, "author:kim").total == 1
    editing.apply(book, "Mend", Edit(made, replace(made, title="Login loops")), now=now, author="Jo Berg")
    assert (find(book, "author:kim").total, find(book, "author:jo").total) == (0, 1)
    editing.undo(book, now, author="Kim Aalto")
    assert find(book, "author:aalto").total == 1
    assert not list(checking.trouble(book))
