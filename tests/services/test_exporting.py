"""Known blockers leave as Markdown that anyone can read and the next book takes in whole."""

from dataclasses import replace
from pathlib import Path

import pytest

from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.knowledge import Entry, Section, Step
from escplaybook.services import editing
from escplaybook.services.exporting import Exported, export_markdown
from escplaybook.services.importing import Remark, import_markdown
from escplaybook.store import records
from escplaybook.store.book import Book


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "out" / "entries"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_entry_is_a_file_named_by_key_and_title(book, folder, entry, now):
    for title in ("Login loops: “not yet valid”, again", "Zoë’s Straße über 100 %", "数据", "x" * 200):
        editing.add(book, entry(title), now)
    assert export_markdown(book, folder) == Exported(4, 0, ())
    assert names(folder) == [
        "kb-0001-login-loops-not-yet-valid-again.md",
        "kb-0002-zoes-strasse-uber-100.md",
        "kb-0003.md",
        f"kb-0004-{'x' * 60}.md",
    ]


def test_a_second_export_touches_nothing(book, folder, entry, now):
    editing.add(book, entry(), now)
    export_markdown(book, folder)
    before = [path.stat().st_mtime_ns for path in folder.iterdir()]
    assert export_markdown(book, folder) == Exported(0, 1, ())
    assert [path.stat().st_mtime_ns for path in folder.iterdir()] == before


def test_a_changed_entry_replaces_what_was_written_for_it(book, folder, entry, now):
    made = editing.add(book, entry("Login loops"), now)
    export_markdown(book, folder)
    editing.change(book, made, now, title="Login hangs", cause="A lock.")
    assert export_markdown(book, folder) == Exported(1, 0, ())
    assert names(folder) == ["kb-0001-login-hangs.md"]
    assert "A lock." in (folder / "kb-0001-login-hangs.md").read_text()


def test_files_of_somebody_else_are_left_and_named(book, folder, entry, now):
    made = editing.add(book, entry("Login loops"), now)
    export_markdown(book, folder)
    file = folder / "kb-0001-login-loops.md"
    file.write_text(file.read_text() + "\nMended by hand.\n")
    by_hand = file.read_text()
    (folder / "notes.md").write_text("Mine.")
    made = editing.change(book, made, now, cause="A lock.")
    refused = Remark("kb-0001-login-loops.md", "The file is not as this program wrote it; it was left as it is.")
    assert export_markdown(book, folder) == Exported(0, 0, (refused,))
    assert file.read_text() == by_hand

    editing.change(book, made, now, title="Login hangs")
    assert export_markdown(book, folder).written == 1
    assert names(folder) == ["kb-0001-login-hangs.md", "kb-0001-login-loops.md", "notes.md"]


def test_a_folder_in_the_way_is_left(book, folder, entry, now):
    editing.add(book, entry("Login loops"), now)
    (folder / "kb-0001-login-loops.md").mkdir(parents=True)
    assert [remark.source for remark in export_markdown(book, folder).refused] == ["kb-0001-login-loops.md"]


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(book, tmp_path, entry, now):
    editing.add(book, entry(), now)
    (tmp_path / "file").write_text("x")
    with pytest.raises(PlaybookError, match="cannot be written"):
        export_markdown(book, tmp_path / "file" / "below")


def test_no_half_written_file_is_left_when_the_disk_fails(book, folder, entry, now, monkeypatch):
    editing.add(book, entry("Login loops"), now)

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PlaybookError, match="No space left on device"):
        export_markdown(book, folder)
    assert names(folder) == []


def test_another_book_takes_it_in_whole_and_both_agree(book, folder, tmp_path, entry, now):
    editing.add(book, entry("Login loops", summary="One\n## Two", steps=(Step("Wait", expected="it runs"),)), now)
    gone = editing.add(book, entry("Old news", rest=(Section("Seen at", "Harbour"),)), now)
    editing.retire(book, gone, now)
    told = []
    export_markdown(book, folder, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]

    with Book.create(tmp_path / "other.db") as other:
        assert import_markdown(other, [folder], now=now).added == 2
        theirs = [replace(record, origin=None) for record in records.everything(other, Entry)]
        assert theirs == records.everything(book, Entry)
        assert import_markdown(other, [folder], now=now).same == 2

        editing.change(other, records.by_key(other, "KB-0001"), now, cause="A lock.")
        export_markdown(other, tmp_path / "back")
        assert import_markdown(book, [tmp_path / "back"], now=now).changed == 0  # ours has no base: nobody can say
        report = import_markdown(book, [tmp_path / "back"], now=now, take="theirs")
        assert (report.added, report.changed) == (0, 1)
        assert records.by_key(book, "KB-0001").cause == "A lock."

    assert import_markdown(book, [folder], now=now, dry_run=True).added == 0


def test_what_was_exported_and_comes_back_unchanged_is_the_same(book, folder, entry, now):
    editing.add(book, entry(), now)
    export_markdown(book, folder)
    report = import_markdown(book, [folder], now=now)
    assert (report.same, report.conflicts) == (1, ())
