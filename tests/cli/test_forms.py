"""A form is printed, filled in by hand and keyed in from a file; contact sheets and reports are asked for in words."""

import json
import re

import pytest
from pypdf import PdfReader


@pytest.fixture
def sample(run):
    assert run("new", "--sample")[0] == 0
    return run


def words(path):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


@pytest.mark.parametrize(
    "asked",
    [
        ("form", "intake", "--severity", "S1", "--deployment", "DP-1"),
        ("form", "intake", "--deployment", "DP-1", "--stage", "go-live"),
        ("form", "update", "BL-1"),
        ("form", "update"),
        ("form", "call-tree", "--deployment", "DP-1"),
        ("report", "audit"),
        ("report", "weekly-review"),
        ("report", "coverage", "--deployment", "DP-1"),
    ],
)
def test_forms_and_reports_are_printed_and_agree_with_the_book(sample, tmp_path, asked):
    paper = str(tmp_path / "paper.pdf")
    code, _, errors = sample("print", *asked, "--replace", "-o", paper)
    assert (code, errors) == (0, "")
    assert sample("print", "verify", paper)[0] == 0


def test_a_printed_intake_is_keyed_in_and_becomes_a_blocker(sample, tmp_path):
    paper, file = str(tmp_path / "intake.pdf"), tmp_path / "intake.txt"
    sample("print", "form", "intake", "--severity", "S1", "--deployment", "DP-1", "-o", paper)
    named = re.search(r"form (IN-S1-[0-9A-F]{4})", words(paper))[1]
    file.write_text(f"form {named}\n1 DP-1\n3 Orders stop\n5 integration\n9 d\n14 c\n20 no client\n   since noon\n")
    code, out, errors = sample("blockers", "key-in", str(file), "--json")
    told = json.loads(out)
    assert (code, errors) == (0, "")
    assert (told["title"], told["severity"], told["context"]) == ("Orders stop", "S1", "no client\nsince noon")
    assert told["impact"]["milestone"] == "today"


def test_what_cannot_be_read_is_one_sentence_with_the_boxes(sample, tmp_path):
    paper, file = str(tmp_path / "intake.pdf"), tmp_path / "intake.txt"
    sample("print", "form", "intake", "--severity", "S1", "--deployment", "DP-1", "-o", paper)
    named = re.search(r"form (IN-S1-[0-9A-F]{4})", words(paper))[1]
    file.write_text(f"form {named}\n1 DP-1\n4 25:10\n9 x\n15 a\n")
    code, out, errors = sample("blockers", "key-in", str(file))
    assert (code, out, errors.count("\n")) == (1, "", 1)
    assert errors.startswith("Nothing was stored")
    for box in ("Box 3:", "Box 4:", "Box 9:"):
        assert box in errors
    file.write_text("3 Orders stop\n")
    assert "must name the form" in sample("blockers", "key-in", str(file))[2]
    assert sample("blockers", "key-in", str(tmp_path / "nowhere.txt"))[0] == 1


def test_a_call_tree_is_keyed_in_line_by_line(sample, tmp_path):
    paper, file = str(tmp_path / "tree.pdf"), tmp_path / "tree.txt"
    sample("print", "form", "call-tree", "--deployment", "DP-1", "--replace", "-o", paper)
    named = re.search(r"form (CT-\d+)", words(paper))[1]
    first = int(named.partition("-")[2])
    file.write_text(f"form {named}\n{first} ok\n{first + 1} failed engaged\n")
    assert sample("blockers", "key-in", str(file)) == (0, "Keyed in 2 results.\n", "")
    file.write_text(f"form {named}\n{first} ok\nand so on\n")
    code, out, _ = sample("blockers", "key-in", str(file), "--json")
    assert (code, json.loads(out)["keyed"], json.loads(out)["unread"][0]["line"]) == (3, 1, 3)


def test_a_contact_sheet_is_narrowed_and_has_the_columns_chosen(sample, tmp_path):
    paper = str(tmp_path / "sheet.pdf")
    code, _, errors = sample(
        *("print", "contact-sheet", "--team", "integration", "--columns", "role,mobile", "--replace", "-o", paper)
    )
    assert (code, errors) == (0, "")
    assert "Mara Lindqvist" in words(paper)
    assert "Camille Durand" not in words(paper)
    assert "@harbourlight.example" not in words(paper)
    assert len(PdfReader(paper).pages) == 1
    assert sample("print", "verify", paper)[0] == 0


def test_a_vendors_sheet_has_its_ladder_and_its_people(sample, tmp_path):
    paper = str(tmp_path / "vendor.pdf")
    assert sample("print", "contact-sheet", "--vendor", "tidewater middleware", "-o", paper)[0] == 0
    text = words(paper)
    assert text.index("Support line") < text.index("People at Tidewater Middleware") < text.index("rasmus.kofoed@")
    assert "Keystone" not in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--team", "Nobody"), "Nobody here has the team “Nobody”"),
        (("--zone", "Mars/Olympus"), "Nobody here has the zone"),
        (("--vendor", "Nobody"), "No vendor is called “Nobody”"),
        (("--columns", "shoe-size"), "There is no column “shoe-size”"),
        (("--columns", "role,organisation,team,zone,hours,deputy,numbers", "--size", "A6"), "do not fit"),
    ],
)
def test_what_a_contact_sheet_cannot_be_narrowed_to_is_one_sentence(sample, tmp_path, asked, said):
    code, _, errors = sample("print", "contact-sheet", *asked, "--replace", "-o", str(tmp_path / "s.pdf"))
    assert (code, errors.count("\n")) == (1, 1)
    assert said in errors
    assert not (tmp_path / "s.pdf").exists()


def test_choices_that_contradict_each_other_are_wrong_usage(sample, tmp_path):
    paper = ("-o", str(tmp_path / "s.pdf"))
    for asked in (
        ("--team", "A", "--zone", "B"),
        ("--by", "vendor", "--team", "A"),
        ("--vendor", "A", "--columns", "role"),
    ):
        assert sample("print", "contact-sheet", *asked, *paper)[0] == 2
