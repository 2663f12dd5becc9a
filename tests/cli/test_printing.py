import json
import re

import pytest
from pypdf import PdfReader

from escplaybook.services.playbooks import playbooks


@pytest.fixture
def sample(run):
    assert run("new", "--sample")[0] == 0
    return run


def words(path):
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_a_known_blocker_is_printed_and_verified(sample, tmp_path):
    paper = str(tmp_path / "entry.pdf")
    assert sample("print", "entry", "KB-1", "-o", paper)[1] == f"Printed {paper}.\n"
    assert "assertion not yet valid" in words(paper)
    assert sample("print", "verify", paper)[0] == 0
    sample("entries", "edit", "KB-1", "--cause", "Another cause")
    code, out, _ = sample("print", "verify", paper, "--json")
    told = json.loads(out)
    assert (code, told["is_current"], [(r["key"], r["state"]) for r in told["records"]]) == (
        3,
        False,
        [("KB-0001", "changed"), ("AN-0001", "agrees"), ("AN-0002", "agrees")],
    )


def test_a_mentors_new_note_makes_the_printed_entry_out_of_date(sample, tmp_path):
    paper = str(tmp_path / "entry.pdf")
    sample("print", "entry", "KB-1", "-o", paper)
    assert "back to 60 seconds within 72 hours" in " ".join(words(paper).split())
    assert "Mara Lindqvist, " in words(paper)
    sample("notes", "retire", "AN-1")
    assert not json.loads(sample("print", "verify", paper, "--json")[1])["is_current"]
    sample("undo")
    assert sample("print", "verify", paper)[0] == 0
    sample("annotate", "KB-1", "Look at the clock.", "--on", "72 hours", "--kind", "shortcut")
    code, out, _ = sample("print", "verify", paper, "--json")
    told = json.loads(out)
    assert (code, [(r["key"], r["state"]) for r in told["records"]][-1]) == (3, ("AN-0017", "missing"))


@pytest.mark.parametrize("by", ["name", "hierarchy", "team", "vendor", "zone"])
def test_contact_sheets_are_printed_by_whatever_one_looks_for(sample, tmp_path, by):
    paper = str(tmp_path / "sheet.pdf")
    where = ("--deployment", "DP-1") if by == "hierarchy" else ()
    code, _, errors = sample("print", "contact-sheet", "--by", by, *where, "--replace", "-o", paper)
    assert (code, errors) == (0, "")
    assert ("Tidewater Middleware" if by == "vendor" else "Mara Lindqvist") in words(paper)
    assert sample("print", "verify", paper)[0] == 0


def test_the_wall_matrix_has_a_page_a_stage(sample, tmp_path):
    paper = str(tmp_path / "matrix.pdf")
    assert sample("print", "wall-matrix", "--deployment", "DP-1", "--replace", "-o", paper)[0] == 0
    pages = len(PdfReader(paper).pages)
    assert (
        sample("print", "wall-matrix", "--deployment", "DP-1", "--stage", "go-live", "--replace", "-o", paper)[0] == 0
    )
    assert pages > len(PdfReader(paper).pages) >= 1
    assert "Ingrid Solberg" in words(paper)


def test_paper_that_cannot_be_written_is_one_sentence(sample, tmp_path):
    code, _, errors = sample("print", "entry", "KB-1", "-o", str(tmp_path / "nowhere" / "entry.pdf"))
    assert (code, errors.count("\n")) == (1, 1)


def test_a_file_that_is_not_ours_is_refused_in_one_sentence(sample, tmp_path):
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.4 nothing")
    code, _, errors = sample("print", "verify", str(tmp_path / "other.pdf"))
    assert (code, errors.count("\n")) == (1, 1)


def test_everything_is_printed_into_a_folder_and_each_paper_told_once_it_is_there(run, tmp_path):
    run("new")
    run("contacts", "add", "Mara Lindqvist", "--phone", "+46 70 174 06 31")
    run("contacts", "add", "Roy \ue123")
    folder = tmp_path / "papers"
    code, out, errors = run("print", "all", "-o", str(folder), "--progress", "jsonl", "--json")
    lines = [json.loads(line) for line in errors.splitlines()]
    shelf = len(playbooks())
    assert (code, [line["did"] for line in lines]) == (3, [*["refused"] * 3, *["printed"] * (1 + shelf)])
    assert [line["done"] for line in lines] == list(range(1, 5 + shelf))
    assert json.loads(out)["papers"][0]["why_not"].startswith("No font here can print")
    code, out, _ = run("print", "all", "-o", str(folder), "--replace")
    assert code == 0
    assert re.fullmatch(
        rf"Printed {4 + shelf} papers, \d+ pages, into {re.escape(str(folder))}; index.txt lists them.\n", out
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        "call-list.pdf",
        "contact-sheet-name.pdf",
        "contact-sheet-team.pdf",
        "contact-sheet-zone.pdf",
        "index.txt",
        *sorted(f"playbook-{one.name}.pdf" for one in playbooks()),
    ]


def test_verifying_tells_what_a_field_was_and_is(sample, tmp_path):
    paper = str(tmp_path / "entry.pdf")
    sample("print", "entry", "KB-1", "-o", paper)
    sample("entries", "edit", "KB-1", "--system", "payroll")
    code, out, _ = sample("print", "verify", paper)
    assert code == 3
    assert "KB-0001 “Login loops after SAML cut-over: assertion not yet valid” changed\n" in out
    assert "    system: identity → payroll\n" in out
    assert out.endswith("The sheet is out of date; print it again.\n")
