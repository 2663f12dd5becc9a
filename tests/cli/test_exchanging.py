import json

from tests.exchange.sheets import xlsx

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


def test_a_spreadsheet_comes_in_with_a_mapping_and_says_whom_it_may_double(run, book, tmp_path):
    path = xlsx(tmp_path / "people.xlsx", {"S": [["Wer", "Ruf", "Firma"], ["Mara", "1", "N"], ["Tom", "2", "N"]]})
    assert run("import", str(path))[0] == 3
    errors = run("import", str(path), "--dry-run", "--map", "Wer=name")[2]
    assert errors == "people.xlsx:\n  Wer → name (Mara)\n  Ruf → left out (1)\n  Firma → organisation (N)\n" + (
        "people.xlsx row 2 (Mara): “Ruf” is left out; say what they are with a mapping if they matter.\n"
    )
    code, told, errors = run("import", str(path), "--map", "Wer=name", "--map", "Ruf=mobile")
    assert (code, told.strip(), errors) == (0, "2 added, 0 changed, 0 the same, 0 refused.", "")
    card = tmp_path / "a.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:Mara\nORG:N\nTEL:9\nEND:VCARD\n")
    code, told, errors = run("import", str(card), "--dry-run")
    assert "a.vcf#1 (Mara) may be CO-0001 “Mara”: same name and organisation." in errors
    assert run("import", str(card), "--same", "a.vcf#1=CO-0001")[1].startswith("0 added, 1 changed")
    assert run("import", str(card))[1].startswith("0 added, 0 changed, 1 the same")
    assert run("import", str(path))[1].startswith("0 added, 0 changed, 2 the same")
    assert run("import", str(card), "--same", "a.vcf#1")[0] == 2


def test_a_trial_shows_what_headings_would_be_and_a_mapping_is_remembered(run, tmp_path):
    folder = tmp_path / "runbooks"
    folder.mkdir()
    (folder / "a.md").write_text("# Lag\n\n## Meaning\n\nLate.\n\n## Mitigation\n\nWait.\n\n## Tell\n\nNobody.\n")
    run("new")
    code, out, errors = run("import", str(folder), "--dry-run")
    assert (code, out) == (0, "1 would be added, 0 would be changed, 0 the same, 0 refused.\n")
    assert (
        "runbooks:\n  Meaning → summary (Late.)\n  Mitigation → remedy (Wait.)\n  Tell → kept as it stands (Nobody.)"
        in errors
    )
    assert run("import", str(folder), "--map", "Tell=prevention")[0] == 0
    assert json.loads(run("show", "KB-1", "--json")[1])["prevention"] == "Nobody."
    assert run("import", str(folder), "--profile", "poem")[0] == 1
    assert run("import", str(folder))[1].startswith("0 added, 0 changed, 1 the same")


def test_what_show_tells_as_json_and_an_exported_table_come_back(run, tmp_path):
    run("new")
    run("entries", "add", "Login loops", "--cause", "=clock skew", "--tag", "sso")
    told = tmp_path / "one.json"
    told.write_text(run("show", "KB-1", "--json")[1])
    assert run("import", str(told))[1].startswith("0 added, 0 changed, 1 the same")
    run("export", str(tmp_path / "out"), "--as", "csv")
    table = tmp_path / "out" / "entries.csv"
    assert ",'=clock skew," in table.read_text()
    assert run("import", str(table))[1].startswith("0 added, 0 changed, 1 the same")
    assert run("import", str(table), "--kind", "absences")[0] == 3
