"""A mentor at the command line."""

import json

import pytest


@pytest.fixture
def told(run):
    """Runs a command and reads its JSON."""

    def command(*words: str):
        code, out, errors = run(*words, "--json")
        assert code == 0, errors
        return json.loads(out)

    run("new")
    run("entries", "add", "Login loops", "--workaround", "Raise the **skew** to 300 s for one day.", "--cause", "Skew.")
    return command


@pytest.fixture
def note(told):
    return told(
        "annotate", "KB-1", "Never above that.", "--on", "skew to 300 s", "--kind", "caution", "--by", "Ines Okafor"
    )


def test_a_note_is_written_beside_a_passage_and_listed(told, note, run):
    assert (note["key"], note["field"], note["quote"], note["author"]) == (
        "AN-0001",
        "workaround",
        "skew to 300 s",
        "Ines Okafor",
    )
    (listed,) = told("notes", "list", "KB-1")
    assert (listed["entry_key"], listed["orphaned"], listed["kind"]) == ("KB-0001", False, "caution")
    assert "AN-0001  KB-0001  caution  Ines Okafor  “skew to 300 s”  Never above that." in run("notes", "list")[1]


def test_a_passage_that_is_not_there_is_refused_in_one_sentence(told, run):
    code, out, errors = run("annotate", "KB-1", "Hm.", "--on", "skew to 600 s", "--kind", "why")
    assert (code, out) == (1, "")
    assert errors == (
        "“skew to 600 s” does not stand in KB-0001, so no note was written; "
        "the nearest is “Raise the skew to 300 s for one day.”.\n"
    )
    assert told("notes", "list") == []


def test_a_lost_passage_is_listed_until_it_is_back_or_the_note_is_put_elsewhere(told, note, run):
    run("entries", "edit", "KB-1", "--workaround", "Ask the vendor.")
    (lost,) = told("notes", "orphaned")
    assert (lost["key"], lost["quote"]) == ("AN-0001", "skew to 300 s")
    assert "“skew to 300 s” (gone)" in run("notes", "orphaned")[1]
    run("undo")
    assert told("notes", "orphaned") == []
    run("redo")
    assert told("notes", "place", "AN-1", "--on", "the vendor")["quote"] == "the vendor"
    assert told("notes", "orphaned") == []


def test_a_note_is_agreed_with_answered_mended_superseded_and_retired(told, note, run):
    assert told("notes", "endorse", "AN-1", "--by", "Tomás Reyes")["endorsements"][0]["by"] == "Tomás Reyes"
    assert run("notes", "endorse", "AN-1", "--by", "Tomás Reyes")[0] == 1
    assert told("notes", "answer", "AN-1", "Seen it.", "--by", "Mara")["answers"][0]["text"] == "Seen it."
    assert told("notes", "edit", "AN-1", "--applies-when", "below 8.4")["applies_when"] == "below 8.4"
    newer = told("notes", "supersede", "AN-1", "Never above 120 s.", "--by", "Mara")
    assert (newer["key"], newer["applies_when"]) == ("AN-0002", "below 8.4")
    assert [one["key"] for one in told("notes", "list")] == ["AN-0002"]
    assert [one["key"] for one in told("notes", "list", "--all")] == ["AN-0001", "AN-0002"]
    told("notes", "retire", "AN-2")
    assert told("notes", "list", "KB-1") == []


def test_a_note_is_found_by_what_was_answered(told, note, run):
    run("notes", "answer", "AN-1", "The auditor objected.", "--by", "Mara")
    hits = told("search", "auditor")["hits"]
    assert [hit["key"] for hit in hits] == ["AN-0001"]


def test_mentors_see_which_much_used_blockers_have_no_note_yet(told, note, run):
    run("entries", "add", "Webhooks stop", "--workaround", "Poll.")
    run("entries", "add", "Certificates expire", "--workaround", "Renew.")
    for key, outcome in (("KB-1", "worked"), ("KB-2", "worked"), ("KB-3", "worked"), ("KB-3", "failed")):
        assert run("used", key, "--outcome", outcome)[0] == 0
    assert [(one["key"], one["uses"]) for one in told("notes", "wanted")] == [("KB-0003", 2), ("KB-0002", 1)]
    assert "KB-0003  used 2×  Certificates expire" in run("notes", "wanted")[1]
    run("annotate", "KB-3", "Order early.", "--on", "Renew", "--kind", "shortcut")
    assert [one["key"] for one in told("notes", "wanted")] == ["KB-0002"]


def test_entries_whose_notes_are_adrift_wait_in_a_queue(told, note, run):
    run("entries", "edit", "KB-1", "--workaround", "Ask the vendor.")
    assert [one["key"] for one in told("entries", "queue", "--only", "orphaned notes")] == ["KB-0001"]


def test_known_blockers_with_a_note_in_use_are_found_by_it(told, note, run):
    run("entries", "add", "Webhooks stop")

    def found(words):
        return [hit["key"] for hit in told("search", words, "--kind", "entry")["hits"]]

    assert found("has:note") == ["KB-0001"]
    assert found("Webhooks has:note") == []
    run("notes", "supersede", "AN-1", "Never at all.")
    assert found("has:note") == ["KB-0001"]
    run("notes", "retire", "AN-2")
    assert found("has:note") == []
    run("undo")
    assert found("has:note") == ["KB-0001"]
    assert run("check")[0] == 0


def test_a_passage_must_be_marked_and_the_record_must_be_a_known_blocker(told, run):
    run("contacts", "add", "Mara")
    assert run("annotate", "KB-0001", "x", "--on", " ", "--kind", "why")[2].startswith("Mark the passage")
    assert run("annotate", "CO-0001", "x", "--on", "a", "--kind", "why")[2] == "CO-0001 is not an entry.\n"
