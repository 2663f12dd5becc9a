import json

import click
import pytest

from escplaybook.cli.main import cli


def test_a_book_is_made_filled_undone_and_looked_over(run):
    assert run("new")[0] == 0
    assert (
        run("entries", "add", "Login loops", "--severity", "S1", "--tag", "sso")[1] == "Added KB-0001 “Login loops”.\n"
    )
    assert run("contacts", "add", "Mara Lindqvist", "--mobile", "+46 70 174 06 31")[0] == 0
    assert run("undo")[1] == "Undone: Add “Mara Lindqvist”.\n"
    assert json.loads(run("contacts", "list", "--json")[1]) == []
    assert run("redo")[0] == 0
    assert [c["name"] for c in json.loads(run("contacts", "list", "--json")[1])] == ["Mara Lindqvist"]
    assert run("check") == (0, "The book is sound: structure, records, history and search agree.\n", "")


def test_show_tells_a_record_with_its_history(run):
    run("new")
    run("entries", "add", "Login loops", "--cause", "clock skew")
    run("entries", "edit", "kb-1", "--cause", "the clock runs ahead")
    told = json.loads(run("show", "KB-0001", "--json")[1])
    assert (told["kind"], told["key"], told["cause"]) == ("entry", "KB-0001", "the clock runs ahead")
    assert [line["changed"] for line in told["history"]][1:] == [["updated", "cause"]]
    assert "the clock runs ahead" in run("show", "kb-0001")[1]


def test_trouble_is_one_sentence_on_standard_error(run):
    code, out, errors = run("entries", "list")
    assert (code, out, errors.count("\n")) == (1, "", 1)
    run("new")
    for words in (
        ("new",),
        ("show", "KB-0009"),
        ("show", "nonsense"),
        ("undo",),
        ("contacts", "add", "A", "--zone", "X"),
    ):
        code, out, errors = run(*words)
        assert (code, out, errors.count("\n")) == (1, "", 1), words


def test_a_deputy_must_be_a_contact(run):
    run("new")
    run("entries", "add", "Login loops")
    assert run("contacts", "add", "Mara", "--deputy", "KB-0001")[2] == "KB-0001 is not a contact.\n"


def test_a_damaged_book_answers_no(run, path):
    import sqlite3

    run("new")
    run("entries", "add", "Login loops")
    with sqlite3.connect(path) as direct:
        direct.execute("UPDATE entries SET title = 'Logout loops'")
    direct.close()
    code, out, _ = run("check", "--json")
    assert code == 3
    assert {fault["part"] for fault in json.loads(out)} == {"records", "search"}


def test_backup_and_restore_bring_the_past_back(run, path):
    run("new")
    run("entries", "add", "Login loops")
    assert (
        run("backup", "--at", "2026-11-24T02:41:00Z")[1]
        == f"Backed up to {path.parent}/backups/b-20261124-024100.backup.\n"
    )
    run("entries", "retire", "KB-0001")
    assert run("restore", str(path.parent / "backups/b-20261124-024100.backup"))[0] == 0
    assert [e["retired"] for e in json.loads(run("entries", "list", "--json")[1])] == [None]


def every_command(group, path=()):
    """Each command below a group, with the words that call it."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))


EVERY = {" ".join(words): command for words, command in every_command(cli)}


@pytest.mark.parametrize("words", EVERY)
def test_every_command_has_help_and_takes_a_book(words):
    command = EVERY[words]
    assert command.help
    options = {option for parameter in command.params for option in parameter.opts}
    assert "--book" in options or (isinstance(command, click.Group) and not command.invoke_without_command)
