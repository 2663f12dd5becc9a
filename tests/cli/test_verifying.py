"""Numbers proved from the command line: one, the round, a keyed call list."""

import json

import pytest

from escplaybook.store import records
from escplaybook.store.book import Book

AT = ("--at", "2026-11-24T02:41:00Z")


@pytest.fixture
def filled(run, path):
    Book.create(path).close()
    run("contacts", "add", "Mara Lindqvist", "--mobile", "+46 70 174 06 31", "--email", "mara@harbourlight.example")
    run("contacts", "add", "Jun Park", "--phone", "020 7946 0123", "--zone", "Asia/Seoul")
    run("vendors", "add", "Tidewater")
    return run


def stored(path, key):
    with Book.open(path, read_only=True) as book:
        return records.by_key(book, key)


def test_a_number_is_proved_in_one_line(filled, path):
    code, out, _ = filled("contacts", "verify", "CO-0001", "--how", "call", "--by", "Dana", *AT)
    assert (code, out) == (0, "CO-0001 Mara Lindqvist: +46 70 174 06 31, verified today\n")
    mobile, mail = stored(path, "CO-0001").points
    assert (str(mobile.verified), mobile.verified_how, mobile.verified_by) == ("2026-11-24", "called", "Dana")
    assert mail.verified is None


@pytest.mark.parametrize("point", ["2", "mara@harbourlight.example", "MARA@harbourlight.example"])
def test_a_point_is_named_by_its_place_or_its_value(filled, path, point):
    assert filled("contacts", "verify", "CO-0001", "--point", point, "--how", "mail", *AT)[0] == 0
    assert stored(path, "CO-0001").points[1].verified_how == "mailed"


def test_what_failed_or_changed_is_written_down(filled, path):
    filled("contacts", "verify", "CO-0001", "--failed", "no longer in service", *AT)
    code, out, _ = filled("contacts", "list", "--json", *AT)
    (mara,) = (one for one in json.loads(out) if one["key"] == "CO-0001")
    assert mara["reachability"]["reach"] == "not"
    assert mara["points"][0]["state"] == "failed today (no longer in service)"
    filled("contacts", "verify", "co-1", "--value", "+46 70 174 06 41", *AT)
    assert (stored(path, "CO-0001").points[0].value, stored(path, "CO-0001").points[0].failed) == (
        "+46 70 174 06 41",
        None,
    )
    code, out, err = filled("contacts", "verify", "CO-0001", "--value", "call the desk", "--how", "call", *AT)
    assert (code, "is no telephone number" in err) == (0, True)  # kept as it is written, and flagged


def test_what_cannot_be_is_refused_in_a_sentence(filled):
    assert filled("contacts", "verify", "CO-0001")[0] == 2
    assert filled("contacts", "verify", "CO-0001", "--how", "call", "--failed", "engaged")[0] == 2
    code, _, err = filled("contacts", "verify", "CO-0001", "--point", "9", "--how", "call")
    assert (code, "There are: 1 +46 70 174 06 31; 2 mara@harbourlight.example." in err) == (1, True)
    assert "has no number or address yet" in filled("contacts", "verify", "VE-0001", "--how", "call")[2]


def test_numbers_are_told_as_dialled_from_somewhere(filled):
    filled("contacts", "edit", "CO-0002", "--country", "GB")
    code, out, _ = filled("contacts", "list", "--json", "--from", "de", *AT)
    jun, mara = json.loads(out)
    assert (code, jun["points"][0]["e164"], jun["points"][0]["dial"]) == (0, "+442079460123", "00 44 20 7946 0123")
    assert mara["points"][0]["dial"] == "00 46 70 174 06 31"
    assert mara["points"][1]["e164"] is None
    assert filled("contacts", "list", "--from", "Germany")[0] == 2


def test_a_number_nobody_can_dial_is_flagged_and_kept(filled):
    _, out, _ = filled("contacts", "list", "--json", *AT)
    jun = json.loads(out)[0]
    assert jun["points"][0]["value"] == "020 7946 0123"
    assert "has no country code" in jun["points"][0]["fault"]


def test_the_round_lists_what_is_to_be_proved(filled):
    code, out, _ = filled("contacts", "round", "--json", *AT)
    told = json.loads(out)
    assert (code, [(one["key"], one["state"]) for one in told]) == (
        0,
        [("CO-0002", "never verified"), ("CO-0001", "never verified")],
    )
    for key in ("CO-0001", "CO-0002"):
        filled("contacts", "verify", key, "--how", "call", *AT)
    assert filled("contacts", "round", *AT)[1] == "Every number is proved.\n"


def test_a_called_list_is_keyed_in_and_what_is_not_understood_told(filled, path, tmp_path):
    assert filled("print", "call-list", "-o", str(tmp_path / "l.pdf"), *AT)[0] == 0
    results = tmp_path / "results.txt"
    results.write_text("1 ok\n2 ok\n7 ok\n", encoding="utf-8")
    code, out, err = filled("contacts", "key-in", str(results), *AT)
    assert (code, out) == (3, "Keyed in 2 results.\n")
    assert err == "line 3: No list that is remembered here has a line 7.\n"
    assert stored(path, "CO-0002").points[0].verified is not None
    results.write_text("1 failed engaged", encoding="utf-8")
    code, out, _ = filled("contacts", "key-in", str(results), "--json", *AT)
    assert (code, json.loads(out)) == (0, {"keyed": 1, "changed": ["CO-0002"], "unread": []})
    assert filled("contacts", "key-in", str(tmp_path / "none.txt"))[0] == 1
