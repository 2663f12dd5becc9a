"""What a slip of the hand names as a target: a book, a device, a name no file can have. Nothing is lost by it."""

import os

import pytest

from escplaybook.domain.errors import BookUnusable, PlaybookError
from escplaybook.services.printing import save
from escplaybook.store import backup, checking
from escplaybook.store.handover import hand_over

PDF = b"%PDF-1.4 a sheet"


def test_a_sheet_never_takes_a_books_place(book, path):
    before = path.read_bytes()
    with pytest.raises(PlaybookError, match="is no PDF; it was left as it is"):
        save(PDF, path)
    assert path.read_bytes() == before
    assert not list(checking.trouble(book))


def test_a_sheet_never_takes_a_devices_place(tmp_path):
    """A pipe stands for it: as root, the null device itself was once replaced."""
    pipe = tmp_path / "a.pdf"
    os.mkfifo(pipe)
    with pytest.raises(PlaybookError, match="left as it is"):
        save(PDF, pipe)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize("there", [b"", b"%PDF-1.3 an earlier sheet"])
def test_a_sheet_takes_an_earlier_ones_place(tmp_path, there):
    target = tmp_path / "a.pdf"
    target.write_bytes(there)
    save(PDF, target)
    assert target.read_bytes() == PDF


def test_a_name_no_file_can_have_is_told(book, tmp_path, now):
    target = tmp_path / ("x" * 300)
    with pytest.raises(PlaybookError, match="could not be written"):
        save(PDF, target)
    with pytest.raises(BookUnusable, match="could not be written"):
        backup.back_up(book, target)
    with pytest.raises(BookUnusable, match="could not be written"):
        hand_over(book, target, now)
    assert [file.name for file in tmp_path.iterdir() if not file.name.startswith("b.db")] == []


def test_arguments_nobody_means_are_wrong_usage_or_one_sentence(run):
    run("new")
    run("contacts", "add", "Mara Lindqvist", "--mobile", "+46 70 174 06 31")
    for words, code in (
        (("who", "--severity", "S1", "--at", "0001-01-01T00:00:00+14:00"), 2),
        (("today", "--at", "9999-12-31T23:59:59Z"), 2),
        (("search", "x", "--limit", "9" * 20), 2),
        (("history", "--limit", "9" * 20), 2),
        (("history", "--limit", "-1"), 2),
        (("contacts", "add", "\udcff"), 1),
        (("entries", "add", "\udcff"), 1),
    ):
        found, out, errors = run(*words)
        assert (found, out) == (code, ""), words
        assert errors
    assert run("check")[0] == 0


def test_nobody_is_made_deputy_of_their_own_deputy(run):
    run("new")
    for name in ("Mara Lindqvist", "Deniz Aydin", "Ingrid Solberg"):
        run("contacts", "add", name)
    assert run("contacts", "edit", "CO-0001", "--deputy", "CO-0002")[0] == 0
    assert run("contacts", "edit", "CO-0002", "--deputy", "CO-0003")[0] == 0
    code, _, errors = run("contacts", "edit", "CO-0003", "--deputy", "CO-0001")
    assert code == 1
    assert "stand in for each other in a ring" in errors
    assert run("contacts", "edit", "CO-0002", "--role", "Director")[0] == 0
