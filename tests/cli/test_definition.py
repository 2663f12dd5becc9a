"""What a blocker is, from the command line: written down, shown with the matrix, changed, exported and found."""

import json


def test_what_a_blocker_is_is_said_shown_changed_and_found(run, tmp_path):
    run("new")
    assert run("matrix", "define")[1] == "Nobody wrote down yet what a blocker is.\n"
    assert json.loads(run("matrix", "define", "--json")[1]) is None
    assert run("matrix", "define", "--counts", "a failed load")[0] == 2, "the examples of what?"
    define = ("matrix", "define", "An obstacle that stalls a milestone.", "--counts", "a failed load")
    assert run(*define, "--kind", "Data migration")[1] == "Written down BD-0001 “What a blocker is”.\n"
    run("matrix", "define", "--does-not-count", "a wish", "--does-not-count", "a late task")
    told = "An obstacle that stalls a milestone.\nCounts: a failed load\nDoes not count: a wish; a late task\n"
    assert run("matrix", "define")[1] == f"{told}Met most: Data migration\n"
    assert run("matrix", "show")[1].startswith(told)
    assert json.loads(run("matrix", "define", "--json")[1])["counts"] == ["a failed load"]
    (hit,) = json.loads(run("search", "late task", "--json")[1])["hits"]
    assert (hit["key"], hit["title"]) == ("BD-0001", "What a blocker is")
    file = tmp_path / "matrix.yaml"
    run("matrix", "export", str(file))
    assert "definitions:\n  - text: An obstacle that stalls a milestone.\n    counts:\n" in file.read_text()


def test_an_edition_brings_its_definition_and_the_difference_is_said(run, tmp_path):
    run("new")
    for name in ("Mara Lindqvist", "Ana Ferreira"):
        run("contacts", "add", name)
    run("matrix", "define", "What stalls us.")
    file = tmp_path / "matrix.yaml"
    run("matrix", "export", str(file))
    file.write_text(file.read_text().replace("What stalls us.", "What stalls a milestone."))
    run("matrix", "draft", str(file))
    told = "What a blocker is, text: “What stalls a milestone.” → “What stalls us.”"
    assert told in run("matrix", "diff", "ED-1")[1]
    for side, by in (("engineering", "Mara Lindqvist"), ("business", "Ana Ferreira")):
        run("matrix", "review", "ED-1", "--as", side, "--by", by)
    assert run("matrix", "publish", "ED-1")[0] == 0
    assert run("matrix", "define")[1] == "What stalls a milestone.\n"
