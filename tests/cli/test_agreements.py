"""A lead keeps agreements from the command line: what they cover, what they ask for, what was done, their papers."""

import json

import pytest
from click.testing import CliRunner

from escplaybook.cli.main import cli

AT = ("--at", "2026-11-24T02:41:00Z")


@pytest.fixture
def kept(run):
    """Two agreements: one that renews itself and waits for a decision, one whose insurance runs out."""
    run("new")
    run("vendors", "add", "Blue Gate")
    run(
        *("agreements", "add", "VE-1", "hold-harmless", "--title", "Blue Gate protection", "--form", "broad"),
        *("--signed", "2024-01-15", "--end", "2025-03-31", "--renewal", "tacit", "--term-months", "12"),
        *("--notice-months", "3", "--party", "Blue Gate Ltd", "--party", "Harbourlight", "--signatory", "Ana Ferreira"),
        *("--cap", "2 million euros", "--duty-to-defend", "they pay the lawyers", "--insurance", "Harbour Mutual 88"),
    )
    run(
        *("agreements", "add", "VE-1", "nda", "--signed", "2024-01-15", "--end", "2030-12-31"),
        *("--insurance-until", "2026-12-01"),
    )
    return run


def due(run, *words):
    return json.loads(run("agreements", "due", "--json", *AT, *words)[1])


def test_due_tells_the_riskiest_first_and_what_can_be_done(kept):
    insurance, protection = due(kept)
    assert {"key", "vendor", "end", "notice_by", "renewal", "state"} <= set(protection)
    assert (protection["end"], protection["notice_by"], protection["renewal"]) == ("2027-03-31", "2026-12-31", "tacit")
    assert protection["asks"] == [
        {
            "about": "notice",
            "day": "2026-12-31",
            "days": 37,
            "acts": ["notice given", "left to renew", "renewed", "seen"],
        }
    ]
    assert [ask["about"] for ask in insurance["asks"]] == ["insurance"]
    assert [line["key"] for line in due(kept, "--within", "30")] == ["AG-0002"]


def test_what_was_acted_on_is_asked_for_no_more_and_undo_asks_again(kept):
    code, out, _ = kept("agreements", "act", "AG-1", "--left-to-renew", "--note", "price is fine", *AT)
    assert (code, out) == (0, "Noted “left to renew” of AG-0001 “Blue Gate protection”.\n")
    assert [line["key"] for line in due(kept)] == ["AG-0002"]
    told = json.loads(kept("show", "AG-1", "--json", *AT)[1])
    assert [(one["act"], one["about"], one["deadline"], one["note"]) for one in told["acted"]] == [
        ("left to renew", "notice", "2026-12-31", "price is fine")
    ]
    assert kept("undo")[1] == "Undone: Leave AG-0001 “Blue Gate protection” to renew itself.\n"
    assert {line["key"] for line in due(kept)} == {"AG-0001", "AG-0002"}


def test_notice_given_last_week_ends_it_at_this_term(kept):
    assert kept("agreements", "act", "AG-1", "--notice-given", "--on", "2026-11-17", *AT)[0] == 0
    told = json.loads(kept("agreements", "show", "AG-1", "--json", *AT)[1])
    assert (told["current_end"], told["notice_by"], told["renews_on"]) == ("2027-03-31", None, None)
    assert told["covers"][-1] == "Notice was given on 17 Nov 2026: it ends on 31 Mar 2027 (in 127 days)."


def test_a_new_certificate_moves_its_day_only(kept):
    assert kept("agreements", "act", "AG-2", "--renewed", "2027-12-01", "--about", "insurance", *AT)[0] == 0
    told = json.loads(kept("show", "AG-2", "--json", *AT)[1])
    assert (told["insurance_until"], told["end"]) == ("2027-12-01", "2030-12-31")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "Say one of --seen"),
        (("--seen", "--let-end"), 2, "Say one of --seen"),
        (("--let-end",), 1, "It does not end by itself; give notice and say so; nothing was changed.\n"),
        (("--notice-given", "--on", "2026-12-24"), 1, "done today or earlier"),
        (("--renewed", "2027-01-01"), 1, "It runs until 2027-03-31 already"),
    ],
)
def test_an_act_that_makes_no_sense_is_refused(kept, words, code, told):
    given, _, errors = kept("agreements", "act", "AG-1", *words, *AT)
    assert given == code
    assert told in errors


def test_show_says_in_plain_words_what_it_covers(kept):
    out = kept("agreements", "show", "AG-1", *AT)[1]
    assert out.splitlines()[:2] == [
        "AG-0001 “Blue Gate protection”: notice window",
        "  Blue Gate must hold you harmless even where you are alone at fault.",
    ]
    assert "Duty to defend: they pay the lawyers." in out
    assert "Blue Gate must hold you harmless even where you are alone at fault." in kept("show", "AG-1", *AT)[1]


def test_list_takes_only_those_that_stand_so(kept):
    listed = json.loads(kept("agreements", "list", "--state", "in force", "--json", *AT)[1])
    assert [(line["key"], line["state"]) for line in listed] == [("AG-0002", "in force")]


def test_a_paper_is_kept_with_it_and_comes_back_byte_for_byte(kept, tmp_path):
    paper, copy = tmp_path / "signed contract.pdf", tmp_path / "copy.pdf"
    paper.write_bytes(bytes(range(256)) * 400)
    assert kept("agreements", "attach", "AG-1", str(paper))[1] == (
        "“signed contract.pdf” is attached to AG-0001 “Blue Gate protection”.\n"
    )
    (told,) = json.loads(kept("agreements", "document", "AG-1", "--json")[1])
    assert told == {"name": "signed contract.pdf", "size": 102_400, "type": "application/pdf"}
    assert kept("agreements", "document", "AG-1", "signed contract.pdf", "-o", str(copy))[0] == 0
    assert copy.read_bytes() == paper.read_bytes()
    code, _, errors = kept("agreements", "document", "AG-1", "signed contract.pdf", "-o", str(copy))
    assert (code, "is there already" in errors) == (1, True)
    assert kept("agreements", "detach", "AG-1", "signed contract.pdf")[0] == 0
    code, _, errors = kept("agreements", "document", "AG-1", "signed contract.pdf", "-o", str(tmp_path / "b.pdf"))
    assert (code, errors) == (1, "AG-0001 has no document “signed contract.pdf”; it has none.\n")


def test_the_deadlines_ahead_go_into_a_calendar_and_nothing_else_is_overwritten(kept, tmp_path, path):
    target = tmp_path / "deadlines.ics"
    assert kept("agreements", "due", "--ics", str(target), *AT)[1] == f"3 deadlines written to {target}.\n"
    first = target.read_bytes()
    assert first.count(b"BEGIN:VEVENT") == 3
    assert kept("agreements", "due", "--ics", str(target), *AT)[0] == 0
    assert target.read_bytes() == first
    before = path.read_bytes()
    code, _, errors = kept("agreements", "due", "--ics", str(path), *AT)
    assert (code, "is no calendar" in errors) == (1, True)
    assert path.read_bytes() == before


def test_a_handover_says_that_papers_stay_behind(kept, tmp_path):
    paper, target = tmp_path / "signed.pdf", tmp_path / "handover.db"
    paper.write_bytes(b"%PDF-1.7 signed")
    kept("agreements", "attach", "AG-1", str(paper))
    assert kept("handover", str(target))[1].endswith("; of attached files only pictures in known blockers are in it.\n")
    words = ["agreements", "document", "AG-1", "signed.pdf", "-o", str(tmp_path / "copy.pdf"), "--book", str(target)]
    result = CliRunner().invoke(cli, words)
    assert (result.exit_code, "is not in this copy of the book" in result.stderr) == (1, True)
