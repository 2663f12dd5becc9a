"""A newcomer's week on the command line: begin, read, tick, ask, be answered and signed off."""

import json

import pytest

from escplaybook.domain.identity import new_id
from escplaybook.services import editing
from tests.conftest import NOW

CHAPTERS = {
    "01-monday.md": "# Monday\n\nFind your feet.\n\n- [ ] Find the **ladder**\n- [ ] Say [hello](02-tuesday.md)\n",
    "02-tuesday.md": "# Tuesday\n\n```\n- [ ] not an item\n```\n\n- [ ] Read three remedies\n",
}
TOML = 'title = "A first week"\nrole = "Engineer"\nversion = "{0}"\nchapters = ["01-monday.md", "02-tuesday.md"]\n'


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "first-week"
    place.mkdir()
    (place / "playbook.toml").write_text(TOML.format("1.0"), encoding="utf-8")
    for name, text in CHAPTERS.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def kim(book, contact):
    made = editing.add(book, contact("Kim Halvorsen"), NOW)
    book.close()
    return made


@pytest.fixture
def sam(run, folder, kim):
    code, said, _ = run("readings", "start", str(folder), "--reader", "Sam Okoro", "--mentor", "kim halvorsen")
    assert (code, said) == (0, "Began RG-0001 “Sam Okoro: A first week”.\n")


def told(run, *words):
    code, said, errors = run("readings", *words, "--json")
    assert code == 0, errors
    return json.loads(said)


def test_the_whole_way_from_the_first_chapter_to_the_sign_off(run, sam, kim):
    (one,) = told(run, "list")
    assert one["mentor_contact"] == kim.id
    assert one["next"] == {"file": "01-monday.md", "title": "Monday"}
    assert (one["progress"]["chapters"], one["progress"]["items"]) == (2, 3)
    assert run("readings", "done", "RG-0001")[0] == 0
    assert run("readings", "tick", "rg-1", "monday", "2")[0] == 0
    asked = told(run, "ask", "rg-1", "Who is the sponsor?", "--chapter", "1", "--on", "Find your feet.")
    assert (asked["key"], asked["chapter"], asked["quote"]) == ("RQ-0001", "01-monday.md", "Find your feet.")
    (one,) = told(run, "list", "--waiting")
    assert one["state"] == "waits for an answer"
    assert [(tick["number"], tick["item"]) for tick in one["ticks"]] == [(2, "Say [hello](02-tuesday.md)")]

    code, said, errors = run("readings", "sign-off", "RG-0001", "--by", "Kim Halvorsen")
    assert (code, said) == (1, "")
    assert "1 chapter is not read yet: “Tuesday”; 1 question waits for an answer: “RQ-0001”" in errors

    assert run("readings", "done", "RG-0001", "02-tuesday.md")[0] == 0
    assert run("readings", "answer", "RQ-0001", "Priya.", "--by", "Kim Halvorsen")[0] == 0
    code, _, errors = run("readings", "sign-off", "RG-0001", "--by", "Sam Okoro")
    assert code == 1
    assert "Somebody else than the reader" in errors
    done = told(run, "sign-off", "RG-0001", "--by", "Kim Halvorsen")
    assert (done["state"], done["missing"]) == ("signed off", [])
    assert "signed off by Kim Halvorsen" in run("readings", "list")[1]
    assert run("undo")[1] == "Undone: Sign off “A first week” for Sam Okoro.\n"
    assert told(run, "list")[0]["state"] == "ready for sign-off"


def test_a_question_is_listed_until_it_is_answered(run, sam):
    run("readings", "ask", "rg-1", "Who is the sponsor?")
    code, said, _ = run("readings", "questions")
    assert said == "RQ-0001  Sam Okoro  01-monday.md  Who is the sponsor?\n"
    run("readings", "answer", "rq-1", "Priya.")
    assert run("readings", "questions")[1] == ""
    assert "→ Priya." in run("readings", "questions", "--all")[1]
    code, _, errors = run("readings", "answer", "rq-1", "Somebody.")
    assert code == 1
    assert "was answered already" in errors


def test_a_new_version_is_told_and_gone_on_with(run, sam, folder):
    run("readings", "tick", "rg-1", "1", "1")
    run("readings", "tick", "rg-1", "1", "2")
    (folder / "playbook.toml").write_text(TOML.format("1.1"), encoding="utf-8")
    (folder / "01-monday.md").write_text("# Monday\n\n- [ ] Breathe\n- [ ] Find the **ladder**\n", encoding="utf-8")
    assert "the playbook is version 1.1 now" in run("readings", "list")[1]
    (one,) = told(run, "list")
    assert (one["version"], one["present_version"], one["progress"]["lost"]) == ("1.0", "1.1", 1)
    on = told(run, "go-on", "rg-1")
    assert (on["version"], [tick["number"] for tick in on["ticks"]]) == ("1.1", [2])


def test_another_mentor_takes_over(run, sam):
    mentored = told(run, "mentor", "RG-0001", "Ines Okafor")
    assert (mentored["mentor"], mentored["mentor_contact"]) == ("Ines Okafor", None)
    code, _, errors = run("readings", "mentor", "RG-0001", "sam okoro")
    assert code == 1
    assert "another person than the reader" in errors


def test_a_playbook_that_is_gone_keeps_what_was_read(run, sam, folder):
    run("readings", "done", "rg-1")
    for file in folder.iterdir():
        file.unlink()
    (one,) = told(run, "list")
    assert (one["state"], [read["title"] for read in one["chapters"]]) == ("playbook missing", ["Monday"])
    code, _, errors = run("readings", "done", "rg-1", "02-tuesday.md")
    assert code == 1
    assert "is not there any more" in errors


def test_the_same_playbook_is_not_begun_twice(run, sam, folder):
    code, _, errors = run("readings", "start", str(folder), "--reader", "Sam Okoro", "--mentor", "Kim Halvorsen")
    assert code == 1
    assert "Sam Okoro reads “A first week” already: RG-0001" in errors
    assert run("readings", "retire", "RG-0001")[0] == 0
    assert run("readings", "start", str(folder), "--reader", "Sam Okoro", "--mentor", "Kim Halvorsen")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("start", "no-such-book", "--mentor", "Kim"), "No playbook is called"),
        (("done", "rg-1", "9"), "has no chapter 9"),
        (("tick", "rg-1", "1", "7"), "has no item 7; there are 2"),
        (("done", "CO-0001"), "is not a reading"),
        (("ask", "rg-1", " "), "Write what you want to ask"),
        (("answer", "RQ-0009", "Yes"), "Nothing in this book is called RQ-0009"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(run, sam, words, said):
    code, output, errors = run("readings", *words)
    assert (code, output) == (1, "")
    assert said in errors


def test_every_starter_playbook_can_be_begun(run, kim):
    listed = json.loads(run("playbooks", "list", "--json")[1]) if "playbooks" in run("--help")[1] else []
    for one in listed:
        assert run("readings", "start", one["name"], "--reader", new_id(NOW), "--mentor", "Kim Halvorsen")[0] == 0
