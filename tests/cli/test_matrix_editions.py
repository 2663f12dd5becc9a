"""A matrix is drafted from a text, signed by two people, published, compared, restored, and undone."""

import json
from datetime import UTC, datetime

import pytest

from escplaybook.domain.matrix import Cell
from escplaybook.services import publishing_matrix
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from tests.ui.programmes import fill

MORNING = ("--at", "2026-11-24T08:00:00Z")
NOON = ("--at", "2026-11-24T12:00:00Z")


@pytest.fixture
def filled(path, book):
    """A book with a believable programme, and the text of its matrix beside it."""
    fill(book)
    return path.parent / "matrix.yaml"


def draft(run, file, *changes):
    run("matrix", "export", str(file))
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    return run("matrix", "draft", str(file), *MORNING)


def sign(run, key="ED-0001"):
    assert run("matrix", "review", key, "--as", "engineering", "--by", "Mara Lindqvist", *MORNING)[0] == 0
    return run("matrix", "review", key, "--as", "business", "--by", "Ana Ferreira", *MORNING)


def test_export_draft_export_is_the_same_to_the_byte(run, filled):
    code, out, _ = draft(run, filled)
    assert (code, out) == (
        0,
        "Drafted ED-0001 “Edition 1”: draft.\nIt says what the living matrix says.\n",
    )
    before = filled.read_bytes()
    assert run("matrix", "export", str(filled))[1] == "matrix.yaml says the same already.\n"
    again = filled.with_name("again.yaml")
    run("matrix", "export", str(again), "--edition", "ED-1")
    assert again.read_bytes() == before


def test_an_export_writes_over_no_foreign_file(run, filled):
    filled.write_text("stages: [build]\n", encoding="utf-8")
    code, _, errors = run("matrix", "export", str(filled))
    assert code == 1
    assert errors == "matrix.yaml is no matrix in text form; it was left as it is. Give another name.\n"
    assert filled.read_text(encoding="utf-8") == "stages: [build]\n"


def test_a_draft_says_in_words_what_it_changes(run, filled):
    out = draft(
        run,
        filled,
        ("acknowledge: 5 min", "acknowledge: 4 min"),
        ("    backup: Jun Park\n", ""),
        ("threshold: up to 72 h", "threshold: up to 48 h"),
    )[1]
    assert out == (
        "Drafted ED-0001 “Edition 1”: draft.\n"
        "S1 backup, level 1 now vacant (was Jun Park).\n"
        "S1 acknowledge, level 1: 5 → 4 min.\n"
        "Right “authorise a temporary workaround”, threshold: “up to 72 h” → “up to 48 h”.\n"
    )
    assert "answer 5 min" in run("matrix", "show", "--default")[1], "a draft leaves the living matrix as it is"


def test_two_different_people_sign_before_anything_is_published(run, filled):
    draft(run, filled)
    code, _, errors = run("matrix", "publish", "ED-1", *NOON)
    assert code == 1
    assert errors.startswith("ED-0001 is not reviewed by engineering and business yet; nothing was published.")
    assert run("matrix", "review", "ED-1", "--as", "engineering", "--by", "Mara Lindqvist", *MORNING)[0] == 0
    code, _, errors = run("matrix", "review", "ED-1", "--as", "business", "--by", "CO-0001", *MORNING)
    assert code == 1, "Mara is CO-0001"
    assert "two different people" in errors
    assert (
        "Nobody in this book is called “Bob”" in run("matrix", "review", "ED-1", "--as", "business", "--by", "Bob")[2]
    )
    assert sign(run)[1] == "Ana Ferreira signed for business: ED-0001 “Edition 1”: reviewed.\n"
    assert run("matrix", "publish", "ED-1", *NOON)[1].startswith(
        "Published ED-0001 “Edition 1”: effective since 24 Nov"
    )
    assert "published already" in run("matrix", "publish", "ED-1", *NOON)[2]


def test_publishing_makes_the_living_matrix_what_the_edition_says_and_can_be_undone(run, filled, path):
    removed = "  - severity: S4\n    level: 2\n"
    draft(run, filled, ("acknowledge: 5 min", "acknowledge: 4 min"), (removed, "  - severity: S4\n    level: 5\n"))
    sign(run)
    run("matrix", "publish", "ED-1", *NOON)
    shown = json.loads(run("matrix", "show", "--default", "--json")[1])
    assert [cell["acknowledge"] for cell in shown if (cell["severity"], cell["level"]) == ("S1", 1)] == [240]
    assert ("S4", 2) not in [(cell["severity"], cell["level"]) for cell in shown]
    with Book.open(path) as book:
        cells = [cell for cell in programme(book).cells if cell.retired is None]
    assert {(cell.severity, cell.level) for cell in cells} >= {("S4", 5)}
    assert run("matrix", "diff", *NOON)[1] == "They say the same.\n"
    assert run("undo")[1].startswith("Undone: Publish ED-0001")
    shown = json.loads(run("matrix", "show", "--default", "--json")[1])
    assert [cell["acknowledge"] for cell in shown if (cell["severity"], cell["level"]) == ("S1", 1)] == [300]
    assert ("S4", 2) in [(cell["severity"], cell["level"]) for cell in shown]
    assert json.loads(run("matrix", "editions", "--json")[1])[0]["status"] == "reviewed"


def test_what_is_edited_by_hand_shows_as_changed_since_the_edition(run, filled):
    draft(run, filled)
    sign(run)
    run("matrix", "publish", "ED-1", *NOON)
    assert run("matrix", "editions", *NOON)[1].endswith("Nothing changed by hand since.\n")
    run("matrix", "set", "--severity", "S1", "--level", "1", "--acknowledge", "10 min")
    assert run("matrix", "editions", *NOON)[1].endswith("1 change since edition 1.\n")
    (told,) = json.loads(run("matrix", "diff", "--json", *NOON)[1])
    assert (told["field"], told["before"], told["after"]) == ("acknowledge", "5 min", "10 min")
    assert told["words"] == "S1 acknowledge, level 1: 5 → 10 min"
    assert run("matrix", "restore", "ED-1", *NOON)[1] == "Drafted ED-0002 “Edition 2: Edition 1 again”: draft.\n"
    assert run("matrix", "diff", "ED-1", "ED-2")[1] == "They say the same.\n"


def test_the_edition_of_any_instant_is_told_with_the_ladder(run, filled):
    draft(run, filled)
    sign(run)
    run("matrix", "publish", "ED-1", "--from", "2026-11-24T10:00:00Z", *NOON)
    run("matrix", "export", str(filled))
    draft(run, filled, ("acknowledge: 5 min", "acknowledge: 3 min"))
    sign(run, "ED-2")
    run("matrix", "publish", "ED-2", "--from", "2026-11-24T11:00:00Z", *NOON)

    def at(instant):
        who = run("who", "--severity", "S1", "--stage", "testing", "--json", "--at", instant)[1]
        shown = json.loads(run("matrix", "show", "--default", "--json", "--at", instant)[1])
        first = next(cell for cell in shown if (cell["severity"], cell["level"]) == ("S1", 1))
        return json.loads(who)["edition"], first["acknowledge"]

    assert at("2026-11-24T10:30:00+00:00") == (1, 300)
    assert at("2026-11-24T12:30:00+01:00") == (2, 180)
    assert at("2026-11-24T09:59:00+00:00")[0] is None
    statuses = [one["status"] for one in json.loads(run("matrix", "editions", "--json", *NOON)[1])]
    assert statuses == ["retired", "effective"]


def test_an_edition_that_is_to_come_holds_from_its_instant_on(run, filled, path):
    draft(run, filled, ("acknowledge: 5 min", "acknowledge: 4 min"))
    sign(run)
    run("matrix", "publish", "ED-1", "--from", "2999-01-01T00:00:00Z", *NOON)
    assert json.loads(run("matrix", "editions", "--json", *NOON)[1])[0]["status"] == "scheduled"
    assert "answer 5 min" in run("matrix", "show", "--default")[1]
    ladder = json.loads(run("who", "--severity", "S1", "--json", "--at", "2999-01-01T03:00:00Z")[1])
    by = datetime.fromisoformat(ladder["ladder"][0]["acknowledge_by"])
    assert (ladder["edition"], by.minute) == (1, 4), "who asks about that night is told what will hold then"
    with Book.open(path) as book:
        then = datetime(2999, 1, 2, tzinfo=UTC)
        assert publishing_matrix.bring_into_force(book, datetime(2998, 12, 31, tzinfo=UTC)) == []
        assert [one.number for one in publishing_matrix.bring_into_force(book, then)] == [1]
        assert publishing_matrix.bring_into_force(book, then) == []
        cell = next(one for one in programme(book).cells if (one.severity, one.level, one.stage) == ("S1", 1, ""))
        assert isinstance(cell, Cell)
        assert cell.acknowledge is not None
        assert cell.acknowledge.total_seconds() == 240


def test_one_deployment_has_editions_of_its_own(run, filled):
    run("matrix", "export", str(filled), "--deployment", "Harbour ERP")
    text = filled.read_text(encoding="utf-8")
    assert text.count("deployment: Harbour ERP\n") == 2
    filled.write_text(text.replace("acknowledge: 5 min", "acknowledge: 2 min"), encoding="utf-8")
    assert run("matrix", "draft", str(filled), *MORNING)[1].endswith(
        "S1 acknowledge at go-live in Harbour ERP, level 1: 5 → 2 min.\n"
    )
    sign(run)
    run("matrix", "publish", "ED-1", *NOON)
    shown = run("matrix", "show", "--stage", "go-live", "--deployment", "DP-1")[1]
    assert "answer 2 min" in shown
    assert "Mara Lindqvist" in run("matrix", "show", "--default")[1], "the default stays as it was"
    assert json.loads(run("who", "--severity", "S1", "--stage", "go-live", "--json", *NOON)[1])["edition"] == 1


def test_a_file_that_cannot_be_read_drafts_nothing(run, filled):
    filled.write_text("cells:\n- {severity: S1, level: 1, owner: Bob}\n", encoding="utf-8")
    code, out, errors = run("matrix", "draft", str(filled))
    assert (code, out) == (1, "")
    assert errors.startswith("matrix.yaml, line 2: no contact of this book is called “Bob”")
    assert json.loads(run("matrix", "editions", "--json")[1]) == []
    assert run("matrix", "draft", str(filled.with_name("none.yaml")))[2].startswith("There is no file “none.yaml”")
    assert run("matrix", "draft")[0] == 2


def test_an_edition_is_adopted_as_standard_procedure_only_once_it_holds(run, filled):
    draft(run, filled)
    assert "not effective yet" in run("matrix", "adopt", "ED-1", "--by", "Paul Adeyemi", *NOON)[2]
    sign(run)
    run("matrix", "publish", "ED-1", *MORNING)
    assert run("matrix", "adopt", "ED-1", "--by", "Paul Adeyemi", "--on", "2026-11-24", *NOON)[0] == 0
    (told,) = json.loads(run("matrix", "editions", "--json", *NOON)[1])
    assert told["adopted"] == {"key": "CO-0006", "name": "Paul Adeyemi", "on": "2026-11-24"}
    assert told["engineering"] == {"key": "CO-0001", "name": "Mara Lindqvist", "at": "2026-11-24T08:00:00+00:00"}
    assert "is effective; publish another" in run("matrix", "withdraw", "ED-1", *NOON)[2]


def test_a_draft_is_withdrawn_and_can_be_restored(run, filled):
    draft(run, filled)
    assert run("matrix", "withdraw", "ED-1", *MORNING)[1] == "Withdrew ED-0001 “Edition 1”: retired.\n"
    assert "was withdrawn" in run("matrix", "review", "ED-1", "--as", "business", "--by", "Ana Ferreira", *NOON)[2]
    assert run("matrix", "restore", "ED-1", *NOON)[0] == 0
