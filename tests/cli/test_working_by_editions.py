"""Blockers from the command line say by which edition they are answered, and go on by a newer one when told to."""

import json

import pytest

from tests.ui.programmes import fill

BLOCKERS = ("blockers", "list", "--json")


def at(time: str) -> tuple[str, str]:
    return ("--at", f"2026-11-24T{time}:00Z")


@pytest.fixture
def published(run, path, book):
    """A matrix under edition 1 since 08:00, and the way to publish another one with a faster first answer."""
    fill(book)
    file = path.parent / "matrix.yaml"

    def publish(key: str, time: str, *changes: tuple[str, str]) -> None:
        run("matrix", "export", str(file))
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")
        run("matrix", "draft", str(file), *at(time))
        for side, by in (("engineering", "Mara Lindqvist"), ("business", "Ana Ferreira")):
            run("matrix", "review", key, "--as", side, "--by", by, *at(time))
        assert run("matrix", "publish", key, *at(time))[0] == 0

    publish("ED-0001", "08:00")
    return publish


def test_a_blocker_stays_with_its_edition_until_it_is_told_to_go_on_by_another(run, published):
    add = ("blockers", "add", "Orders stop", "--severity", "S1", "--stage", "testing")
    assert run(*add, *at("09:00"))[0] == 0
    (told,) = json.loads(run(*BLOCKERS, *at("09:01"))[1])
    assert (told["by_edition"], told["newer_edition"]) == (1, None)
    assert "by edition 1 " in run("blockers", "list", *at("09:01"))[1]
    due = [one["due"] for one in json.loads(run("today", "--json", *at("09:01"))[1]) if one["action"] == "acknowledge"]
    published("ED-0002", "09:02", ("acknowledge: 5 min", "acknowledge: 1 min"))
    again = json.loads(run("today", "--json", *at("09:03"))[1])
    assert [one["due"] for one in again if one["action"] == "acknowledge"] == due == ["2026-11-24T09:05:00+00:00"]
    assert "by edition 1, 2 holds now" in run("blockers", "list", *at("09:03"))[1]
    shown = json.loads(run("show", "BL-1", "--json", *at("09:03"))[1])
    assert (shown["by_edition"], shown["newer_edition"]) == (1, 2)
    assert "by edition: 1" in run("show", "BL-1", *at("09:03"))[1]
    assert run("blockers", "work-by", "BL-1", *at("09:04"))[1] == ("By edition 2 from now on: BL-0001 “Orders stop”.\n")
    later = json.loads(run("today", "--json", *at("09:00"))[1])
    assert [one["due"] for one in later if one["action"] == "acknowledge"] == ["2026-11-24T09:01:00+00:00"]
    history = json.loads(run("show", "BL-1", "--json")[1])["history"]
    assert "Work by edition 2 on BL-0001" in [one["reason"] for one in history]
    assert run("blockers", "work-by", "BL-1", "ED-1", *at("09:05"))[0] == 0, "a later step corrects it"
    assert run("blockers", "work-by", "BL-1", "--living", *at("09:06"))[1].startswith("By the matrix as it stands")


def test_by_what_nobody_can_work_it_is_not_answered(run, published):
    run("blockers", "add", "Orders stop", "--severity", "S1", *at("09:00"))
    work = ("blockers", "work-by", "BL-1")
    assert run(*work, *at("09:01"))[2] == "BL-0001 works by edition 1 already; nothing was changed.\n"
    run("matrix", "draft", "--living", *at("09:01"))
    code, _, errors = run(*work, "ED-2", *at("09:01"))
    assert (code, errors) == (1, "ED-0002 is not effective, so nobody can work by it yet; nothing was changed.\n")
    assert run(*work, "ED-1", "--living")[0] == 2
    run("blockers", "resolve", "BL-1", *at("09:02"))
    assert "was resolved" in run(*work, "--living", *at("09:03"))[2]


def test_before_the_first_edition_a_blocker_goes_by_the_matrix_as_it_stands(run, path, book):
    fill(book)
    run("blockers", "add", "Orders stop", "--severity", "S1", *at("07:00"))
    (told,) = json.loads(run(*BLOCKERS, *at("07:01"))[1])
    assert (told["edition"], told["by_edition"], told["newer_edition"]) == (None, None, None)
    assert run("blockers", "work-by", "BL-1", *at("07:01"))[2].startswith("No edition of the matrix is effective")
