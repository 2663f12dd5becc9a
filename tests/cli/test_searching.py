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
