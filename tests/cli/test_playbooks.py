import json
import shutil

import pytest
from pypdf import PdfReader

from escplaybook.shipped import playbooks_folder


@pytest.fixture
def sample(run):
    assert run("new", "--sample")[0] == 0
    return run


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "mine"
    made.mkdir()
    (made / "playbook.toml").write_text('title = "Mine"\nrole = "Lead"\nchapters = ["a.md"]')
    (made / "a.md").write_text("# A\n\n::: ladder S1 go-live\n\n::: entry KB-0001\n")
    return made


def words(path):
    return " ".join("\n".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_playbooks_are_listed_with_their_chapters(run):
    from click.testing import CliRunner

    from escplaybook.cli.main import cli

    told = json.loads(CliRunner().invoke(cli, ["playbooks", "list", "--json"]).stdout)
    assert {one["name"] for one in told} >= {"running-an-escalation", "mentors-guide"}
    assert set(told[0]) == {"name", "title", "role", "stage", "version", "language", "summary", "chapters"}
    assert set(told[0]["chapters"][0]) == {"file", "title"}
    assert "Running an escalation" in CliRunner().invoke(cli, ["playbooks", "list"]).stdout


def test_what_cannot_be_shown_is_told_and_the_answer_is_no(sample, folder):
    where = ("--deployment", "DP-1")
    assert sample("playbooks", "check", str(folder), *where)[:2] == (0, "Everything in it can be shown.\n")
    (folder / "a.md").write_text("# A\n\n::: nonsense\n\n[x](#nowhere)\n")
    code, out, _ = sample("playbooks", "check", str(folder), *where, "--json")
    told = json.loads(out)
    assert code == 3
    assert [one["chapter"] for one in told] == ["a.md", "a.md"]
    code, out, errors = sample("playbooks", "check", "nonsense", *where)
    assert (code, out) == (1, "")
    assert errors.startswith("No playbook is called “nonsense”; there are ")


def test_a_playbook_is_printed_for_a_deployment_and_knows_every_record_in_it(sample, folder, tmp_path):
    paper = str(tmp_path / "p.pdf")
    code, out, errors = sample("print", "playbook", str(folder), "--deployment", "DP-1", "-o", paper)
    assert (code, out, errors) == (0, f"Printed {paper}.\n", "")
    said = words(paper)
    assert "Harbour ERP, Norrvik Shipyards" in said
    assert "S1 · go-live · internal causes" in said
    assert str(tmp_path) not in said
    assert sample("print", "verify", paper)[0] == 0
    sample("entries", "edit", "KB-1", "--cause", "Another cause")
    code, out, _ = sample("print", "verify", paper, "--json")
    changed = [record["key"] for record in json.loads(out)["records"] if record["state"] != "agrees"]
    assert (code, changed) == (3, ["KB-0001"])


def test_where_somebodys_own_playbook_lies_is_not_told_in_the_file(sample, folder, tmp_path):
    paper = tmp_path / "p.pdf"
    sample("print", "playbook", str(folder), "--default", "-o", str(paper))
    (attached,) = PdfReader(paper).attachments["printed-from.json"]
    assert json.loads(attached)["sheet"] == "playbook"
    assert str(tmp_path).encode() not in attached
    assert str(tmp_path).encode() not in paper.read_bytes()


def test_a_starter_playbook_is_out_of_date_once_anything_in_it_changes_or_belongs_there_now(sample, tmp_path):
    paper = str(tmp_path / "p.pdf")
    where = ("--deployment", "DP-1", "--replace")
    assert sample("print", "playbook", "running-an-escalation", *where, "-o", paper)[0] == 0
    assert sample("print", "verify", paper)[0] == 0
    on_it = json.loads(PdfReader(paper).attachments["printed-from.json"][0])["records"]
    assert {"cell", "level", "contact"} <= {record["kind"] for record in on_it}
    person = next(record["key"] for record in on_it if record["kind"] == "contact")
    sample("contacts", "edit", person, "--role", "Somebody else now")
    code, out, _ = sample("print", "verify", paper, "--json")
    assert code == 3
    changed = [record for record in json.loads(out)["records"] if record["state"] != "agrees"]
    assert [(record["key"], record["fields"]) for record in changed] == [(person, ["role"])]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("nothing", "No playbook is called"),
        ("empty", "playbook.toml” is missing"),
        ("outside", "does not lie in its folder"),
    ],
)
def test_a_folder_that_cannot_be_used_leaves_no_file_behind(sample, tmp_path, made, said):
    folder, paper = tmp_path / "it", tmp_path / "p.pdf"
    if made != "nothing":
        folder.mkdir()
    if made == "outside":
        (folder / "playbook.toml").write_text('title = "x"\nchapters = ["../b.db"]')
    code, _, errors = sample("print", "playbook", str(folder), "--default", "-o", str(paper))
    assert code == 1
    assert said in errors
    assert errors.count("\n") == 1
    assert not paper.exists()


def test_a_playbook_that_was_rewritten_since_is_told_by_its_print(sample, tmp_path, monkeypatch):
    shelf, paper = tmp_path / "shelf", str(tmp_path / "p.pdf")
    shutil.copytree(playbooks_folder() / "mentors-guide", shelf / "mentors-guide")
    monkeypatch.setattr("escplaybook.services.playbooks.playbooks_folder", lambda: shelf)
    sample("print", "playbook", "mentors-guide", "--deployment", "DP-1", "-o", paper)
    assert sample("print", "verify", paper)[0] == 0
    chapter = next((shelf / "mentors-guide").glob("01-*.md"))
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nOne sentence more.\n", encoding="utf-8")
    code, out, _ = sample("print", "verify", paper)
    assert code == 3
    assert "Its own text has been written anew since.\n" in out


@pytest.mark.parametrize("size", ["A5", "A6"])
def test_what_no_small_page_holds_together_is_printed_apart(sample, tmp_path, size):
    paper = tmp_path / "p.pdf"
    where = ("--deployment", "DP-1", "--size", size, "--replace")
    assert sample("print", "playbook", "on-site-lead-at-go-live", *where, "-o", str(paper))[0] == 0
    assert "Sign-off before the night" in words(paper)


@pytest.mark.parametrize(
    "about",
    [
        'title = "' + "x" * 100_000 + '"\nrole = "Lead"\nchapters = ["a.md"]',
        "x = " + "9" * 5_000,
        'title = "Mine"\nrole = "Lead"\nchapters = ["loop.md"]',
    ],
    ids=["long title", "huge number", "link to itself"],
)
def test_a_playbook_that_nobody_can_read_is_refused_in_one_sentence(sample, folder, tmp_path, about):
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "playbook.toml").write_text(about)
    paper = str(tmp_path / "p.pdf")
    code, _, errors = sample("print", "playbook", str(folder), "--deployment", "DP-1", "-o", paper)
    assert (code, errors.count("\n")) == (1, 1)
    assert len(errors) < 600


def test_a_chapter_with_an_endless_heading_is_printed(sample, folder, tmp_path):
    (folder / "a.md").write_text(f"# {'w' * 200_000}\n\nText.\n")
    paper = str(tmp_path / "p.pdf")
    assert sample("print", "playbook", str(folder), "--deployment", "DP-1", "-o", paper)[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("show", "CO-" + "9" * 5_000),
        ("readings", "tick", "RG-0001", "9" * 5_000, "1"),
        ("matrix", "draft", "x" * 3_000),
        (
            "matrix",
            "rotate",
            "--level",
            "1",
            "--among",
            "CO-1,CO-2",
            "--from",
            "9999-12-31",
            "--every",
            "13 w",
            "--times",
            "4",
        ),
    ],
    ids=["key", "chapter", "file", "year"],
)
def test_what_is_far_too_long_or_far_away_is_one_sentence(sample, words):
    code, _, errors = sample(*words)
    assert (code, errors.count("\n")) == (1, 1)
