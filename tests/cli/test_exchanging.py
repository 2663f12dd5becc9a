import json

PAGE = """---
title: Login loops after SAML cut-over
id: tracker-1
kiStatus: Backlog
---

## Summary

The page reloads again and again.

## Workaround

N/A
"""


def test_a_folder_comes_in_once_and_again_without_change(run, tmp_path):
    folder = tmp_path / "issues"
    folder.mkdir()
    (folder / "a.md").write_text(PAGE, encoding="utf-8")
    (folder / "b.md").write_bytes(b"\0\0\0")
    run("new")
    code, out, errors = run("import", str(folder))
    assert (code, out) == (3, "1 added, 0 changed, 0 the same, 1 refused.\n")
    assert errors.startswith("refused b.md: ")
    told = json.loads(run("import", str(folder), "--json")[1])
    assert (told["added"], told["changed"], told["same"], len(told["refused"])) == (0, 0, 1, 1)
    assert {"source", "key", "kind", "did"} == set(told["items"][0])
    shown = json.loads(run("show", "KB-1", "--json")[1])
    assert (shown["workaround"], shown["origin"]["state"], shown["summary"]) == (
        "",
        "Backlog",
        "The page reloads again and again.",
    )


def test_a_dry_run_changes_nothing(run, tmp_path):
    (tmp_path / "a.md").write_text(PAGE, encoding="utf-8")
    run("new")
    assert (
        run("import", str(tmp_path / "a.md"), "--dry-run")[1]
        == "1 would be added, 0 would be changed, 0 the same, 0 refused.\n"
    )
    assert json.loads(run("entries", "list", "--json")[1]) == []


def test_progress_tells_each_item_once_it_is_committed(run, tmp_path):
    (tmp_path / "a.md").write_text(PAGE, encoding="utf-8")
    run("new")
    code, out, errors = run("import", str(tmp_path / "a.md"), "--progress", "jsonl", "--json")
    assert code == 0
    assert json.loads(errors) == {
        "source": "a.md",
        "key": "KB-0001",
        "kind": "entry",
        "did": "added",
        "done": 1,
        "total": 1,
    }
    assert json.loads(out)["added"] == 1


def test_nothing_to_read_is_one_sentence(run, tmp_path):
    run("new")
    code, out, errors = run("import", str(tmp_path / "nowhere"))
    assert (code, out, errors.count("\n")) == (1, "", 1)


def test_what_was_exported_comes_back_the_same(run, tmp_path):
    run("new")
    run("entries", "add", "Login loops", "--cause", "clock skew", "--tag", "sso")
    assert run("export", str(tmp_path / "out"))[1] == "1 written, 0 the same, 0 refused.\n"
    assert run("export", str(tmp_path / "out"))[1] == "0 written, 1 the same, 0 refused.\n"
    assert json.loads(run("import", str(tmp_path / "out"), "--json")[1])["same"] == 1
