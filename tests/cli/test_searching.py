import json


def titles(told):
    return [hit["title"] for hit in json.loads(told)["hits"]]


def test_a_word_behind_a_dash_is_shut_out(run):
    run("new")
    run("entries", "add", "Gift card list", "--cause", "rounding")
    run("entries", "add", "Gift card refund")
    assert titles(run("search", "gift", "-list", "--json")[1]) == ["Gift card refund"]
    assert set(titles(run("search", "gift", "--json")[1])) == {"Gift card list", "Gift card refund"}


def test_a_typing_error_is_mended_and_told(run):
    run("new")
    run("entries", "add", "Login loops after cut-over")
    told = json.loads(run("search", "logni", "--json")[1])
    assert (told["corrected"], told["total"]) == ("login", 1)
    assert json.loads(run("search", "logni", "--as-typed", "--json")[1])["hits"] == []
    assert run("search", "logni")[1].startswith("Searched for “login”.\nKB-0001")


def test_nothing_typed_is_an_error(run):
    run("new")
    for words in ("((", '"', "tag:", "updated:>", "a" * 5000, "\t"):
        assert run("search", words)[0] == 0
    assert run("search", "nowhere")[1] == "Nothing found.\n"


def test_a_search_is_kept_under_a_name_and_asked_again(run):
    run("new")
    run("entries", "add", "Login loops", "--system", "identity")
    run("contacts", "add", "Loops Login")
    code, told, errors = run("search", "system:identity", "-slow", "--kind", "entry", "--save", "Identity", "--json")
    assert (code, titles(told), errors) == (0, ["Login loops"], "Saved as “Identity”.\n")
    kept = {"name": "Identity", "query": "system:identity -slow", "kinds": ["entry"], "total": 1}
    assert json.loads(run("searches", "list", "--json")[1]) == [kept]
    run("entries", "add", "Login refused", "--system", "identity")
    assert run("searches", "list")[1] == "Identity  2  system:identity -slow\n"
    assert len(titles(run("searches", "run", "identity", "--json")[1])) == 2
    assert "Login refused" in run("searches", "run", "identity")[1]


def test_a_saved_search_is_renamed_replaced_and_removed(run):
    run("new")
    run("search", "late", "--save", "Mail")
    run("search", "late mail", "--save", "MAIL")
    run("search", "loops", "--save", "Login")
    assert [one["query"] for one in json.loads(run("searches", "list", "--json")[1])] == ["late mail", "loops"]
    assert run("searches", "rename", "mail", "login") == (
        1, "", "There is a saved search “login” already; choose another name.\n",
    )  # fmt: skip
    assert run("searches", "rename", "mail", "Post")[1] == "“mail” is now “Post”.\n"
    assert run("searches", "remove", "post")[0] == 0
    code, _, told = run("searches", "run", "post")
    assert (code, told) == (1, "No saved search is called “post”; there are “Login”.\n")


def test_a_search_without_a_name_or_a_word_is_not_kept(run):
    run("new")
    assert run("search", "late", "--save", " ")[0] == 1
    assert run("search", " ", "--save", "Nothing")[0] == 1
    assert json.loads(run("searches", "list", "--json")[1]) == []
