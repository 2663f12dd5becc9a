"""Known blockers come in from files as often as anyone likes, and nothing is lost, doubled or half there."""

import json
import os
from collections import Counter
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from escplaybook.domain.errors import BookUnusable, Unreadable
from escplaybook.domain.knowledge import Entry, Section
from escplaybook.services import editing
from escplaybook.services.importing import BATCH, FieldConflict, ImportedItem, Remark, import_markdown
from escplaybook.store import checking, history, records
from escplaybook.store.book import Book
from tests.services.tracker_pages import many, put


def titles(book: Book) -> list[str]:
    return [entry.title for entry in records.everything(book, Entry)]


def the_one(book: Book) -> Entry:
    (entry,) = records.everything(book, Entry)
    return entry


def test_a_folder_comes_in_with_its_dates_and_states(book, folder, now):
    put(folder, "b")
    put(folder, "a/c", state="Fixed")
    report = import_markdown(book, [folder], now=now)
    assert (report.added, report.changed, report.same, report.refused) == (2, 0, 0, ())
    assert report.items == (
        ImportedItem("b.md", "KB-0001", "entry", "added"),
        ImportedItem("a/c.md", "KB-0002", "entry", "added"),
    )
    entry = records.by_key(book, "KB-0002")
    assert (entry.created, entry.updated) == (
        datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC),
    )
    assert (entry.origin.uid, entry.origin.source, entry.origin.state) == ("uid-a/c", "a/c.md", "Fixed")
    assert (entry.symptoms, entry.cause, entry.workaround) == ("It hangs.", "A lock.", "")
    assert not list(checking.trouble(book))


def test_a_second_run_adds_and_writes_nothing(book, folder, now):
    many(folder, 3)
    (folder / "no-dates.md").write_text("# No dates\n\nNo id either.\n")
    import_markdown(book, [folder], now=now)
    before = records.everything(book, Entry)
    again = import_markdown(book, [folder], now=now + timedelta(days=1))
    assert (again.added, again.changed, again.same) == (0, 0, 4)
    assert [item.did for item in again.items] == ["same"] * 4
    assert records.everything(book, Entry) == before
    assert len(history.recent(book)) == 4


def test_the_whole_import_is_taken_back_in_one_go(book, folder, now):
    many(folder, 2 * BATCH + 3)
    import_markdown(book, [folder], now=now)
    assert records.count(book, Entry) == 2 * BATCH + 3
    assert editing.undo(book, now).reason == "Import known blockers from collection"
    assert records.count(book, Entry) == 0
    editing.redo(book, now)
    assert records.count(book, Entry) == 2 * BATCH + 3
    assert import_markdown(book, [folder], now=now).same == 2 * BATCH + 3
    assert not list(checking.trouble(book))


def test_what_only_the_source_changed_follows(book, folder, now):
    put(folder, "a")
    import_markdown(book, [folder], now=now)
    put(folder, "a", cause="Two locks.", state="Fixed", updated="2024-06-01T00:00:00Z")
    report = import_markdown(book, [folder], now=now)
    assert (report.added, report.changed, report.conflicts) == (0, 1, ())
    assert report.items == (ImportedItem("a.md", "KB-0001", "entry", "changed"),)
    entry = the_one(book)
    assert (entry.cause, entry.origin.state) == ("Two locks.", "Fixed")
    assert entry.updated == datetime(2024, 6, 1, tzinfo=UTC)
    assert import_markdown(book, [folder], now=now).same == 1


def test_a_state_alone_follows_too(book, folder, now):
    put(folder, "a")
    import_markdown(book, [folder], now=now)
    put(folder, "a", state="Fixed")
    assert import_markdown(book, [folder], now=now).changed == 1
    assert the_one(book).origin.state == "Fixed"


def test_what_only_we_changed_stays(book, folder, now):
    put(folder, "a")
    import_markdown(book, [folder], now=now)
    editing.change(book, the_one(book), now, cause="Ours.", severity="S1", rest=(Section("Seen at", "Harbour"),))
    ours = the_one(book)
    assert import_markdown(book, [folder], now=now).same == 1
    assert import_markdown(book, [folder], now=now, take="theirs").same == 1
    put(folder, "a", symptoms="It stops.")
    assert import_markdown(book, [folder], now=now).conflicts == ()
    entry = the_one(book)
    assert (entry.cause, entry.severity, entry.rest) == (ours.cause, ours.severity, ours.rest)
    assert entry.symptoms == "It stops."
    assert entry.updated == ours.updated  # the source's date is older than our change


def test_a_field_changed_on_both_sides_is_a_conflict_until_somebody_says_whose(book, folder, now):
    put(folder, "a")
    import_markdown(book, [folder], now=now)
    editing.change(book, the_one(book), now, cause="Ours.")
    put(folder, "a", cause="Theirs.", symptoms="It stops.")
    conflict = FieldConflict("KB-0001", "cause", "Ours.", "Theirs.")

    report = import_markdown(book, [folder], now=now)
    assert (report.changed, report.conflicts) == (1, (conflict,))
    assert (the_one(book).cause, the_one(book).symptoms) == ("Ours.", "It stops.")

    again = import_markdown(book, [folder], now=now)
    assert (again.same, again.conflicts) == (1, (conflict,))

    taken = import_markdown(book, [folder], now=now, take="theirs")
    assert (taken.changed, taken.conflicts) == (1, (conflict,))
    assert the_one(book).cause == "Theirs."
    assert import_markdown(book, [folder], now=now).same == 1

    editing.undo(book, now)
    assert the_one(book).cause == "Ours."


def test_a_text_emptied_in_the_source_is_emptied_here(book, folder, now):
    (folder / "a.md").write_text("# A\n\n## Cause\n\nA lock.\n\n## Fix\n\nUnlock.\n")
    import_markdown(book, [folder], now=now)
    (folder / "a.md").write_text("# A\n\n## Cause\n\nA lock.\n")
    assert import_markdown(book, [folder], now=now).changed == 1
    assert the_one(book).remedy == ""


def test_the_same_id_twice_in_one_run_is_refused_and_told(book, folder, now):
    put(folder, "a", uid="7")
    put(folder, "b", uid="7", title="Another")
    report = import_markdown(book, [folder], now=now)
    assert report.refused == (
        Remark("b.md", "It has the same id as a.md, which was read first; give it one of its own."),
    )
    assert [item.did for item in report.items] == ["added", "refused"]
    assert titles(book) == ["a"]


def test_a_file_given_twice_comes_in_once(book, folder, now):
    put(folder, "a")
    report = import_markdown(book, [folder, folder / "a.md"], now=now)
    assert (report.added, len(report.refused)) == (1, 1)


def test_bad_files_are_refused_one_by_one_and_the_others_come_in(book, folder, now):
    put(folder, "good")
    bad = {
        "empty.md": b"",
        "nul.md": b"a\0b",
        "yaml.md": b"---\ntitle: [a\n---\n",
        "list.md": b"---\n- a\n---\n",
        "bomb.md": b"---\na: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
        b"c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d]\n---\n",
    }
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    with (folder / "huge.md").open("wb") as file:
        file.truncate(50_000_000)
    (folder / "wide.md").write_bytes("# Zoë\n\nMüller".encode("utf-16"))
    (folder / "old.md").write_bytes("# Zoë alt\n\nMüller".encode("cp1252"))
    (folder / "tag.md").write_bytes(b"---\ntitle: !!python/object/apply:os.abort []\n---\nx\n")
    (folder / "link.md").write_bytes(b"# Links\n\n[x](../../../etc/passwd) ![y](file:///etc/passwd)\n")
    report = import_markdown(book, [folder], now=now)
    assert {remark.source for remark in report.refused} == {*bad, "huge.md"}
    assert all(remark.reason.endswith(".") for remark in report.refused)
    assert set(titles(book)) == {"good", "Zoë", "Zoë alt", "Tag", "Links"}
    assert [remark.source for remark in report.warnings] == ["old.md"]
    assert not list(checking.trouble(book))


def test_a_folder_with_nothing_to_read_is_told_in_a_sentence(book, folder, now):
    (folder / "notes.txt").write_text("x")
    with pytest.raises(Unreadable, match="no Markdown file"):
        import_markdown(book, [folder], now=now)
    with pytest.raises(Unreadable, match="no file or folder"):
        import_markdown(book, [folder, folder / "gone"], now=now)


def test_a_dry_run_tells_the_same_and_touches_nothing(book, path, folder, now):
    put(folder, "a")
    put(folder, "b")
    import_markdown(book, [folder], now=now)
    editing.change(book, records.by_key(book, "KB-0001"), now, cause="Ours.")
    put(folder, "a", cause="Theirs.")
    put(folder, "b", cause="Theirs.")
    put(folder, "c")
    before = history.recent(book)
    with Book.open(path, read_only=True) as reader:
        dry = import_markdown(reader, [folder], now=now, dry_run=True)
    assert history.recent(book) == before
    real = import_markdown(book, [folder], now=now)
    assert [item.did for item in dry.items] == ["same", "changed", "added"]
    assert replace(dry, items=()) == replace(real, items=())
    assert dry.items[2].key == ""
    put(folder, "d")
    with Book.open(path, read_only=True) as reader, pytest.raises(BookUnusable, match="reading only"):
        import_markdown(reader, [folder], now=now)


def test_keys_brought_along_are_kept_where_they_are_free(book, folder, now, entry):
    editing.add(book, entry("Already here", key="KB-0007"), now)
    (folder / "1.md").write_text("# Without a key\n\nx")
    (folder / "2.md").write_text("---\nkey: KB-0008\n---\nx")
    (folder / "3.md").write_text("---\nkey: KB-0007\n---\nx")
    (folder / "4.md").write_text("---\nkey: KB-0008\nid: other\n---\nx")
    report = import_markdown(book, [folder], now=now)
    assert [item.key for item in report.items] == ["KB-0009", "KB-0008", "KB-0010", "KB-0011"]
    assert [remark.source for remark in report.warnings] == ["3.md", "4.md"]
    assert "KB-0007 belongs to another record" in report.warnings[0].reason


def test_the_report_is_the_contracts_json(book, folder, now):
    (folder / "a.md").write_text("# A\n\n## Remedy\n\n1. Restart\n   - Expect: it runs\n")
    (folder / "b.md").write_text("")
    import_markdown(book, [folder], now=now)
    editing.change(book, the_one(book), now, steps=(), tags=("x",))
    (folder / "a.md").write_text(
        "---\nseverity: S2\ntags: [y]\nstage: soon\n---\n# A\n\n## Remedy\n\n1. Wait\n   - Expect: it runs\n"
    )
    told = json.loads(json.dumps(asdict(import_markdown(book, [folder], now=now))))
    assert told == {
        "added": 0,
        "changed": 1,
        "same": 0,
        "refused": [{"source": "b.md", "reason": "The file is empty."}],
        "items": [
            {"source": "a.md", "key": "KB-0001", "kind": "entry", "did": "changed"},
            {"source": "b.md", "key": "", "kind": "entry", "did": "refused"},
        ],
        "conflicts": [
            {
                "key": "KB-0001",
                "field": "steps",
                "ours": [],
                "theirs": [{"action": "Wait", "precondition": "", "expected": "it runs", "rollback": ""}],
            },
            {"key": "KB-0001", "field": "tags", "ours": ["x"], "theirs": ["y"]},
        ],
        "warnings": [],
        "cancelled": False,
        "doubles": [],
    }


def test_a_retired_blocker_is_not_brought_back(book, folder, now):
    put(folder, "a")
    import_markdown(book, [folder], now=now)
    editing.retire(book, the_one(book), now)
    assert import_markdown(book, [folder], now=now).same == 1
    assert the_one(book).retired == now


@pytest.mark.skipif("ESCPLAYBOOK_DATA" not in os.environ, reason="ESCPLAYBOOK_DATA names no folder of real collections")
def test_three_hundred_published_known_issues_come_in_whole(book, now):
    issues = Path(os.environ["ESCPLAYBOOK_DATA"]) / "known-issues"
    report = import_markdown(book, [issues], now=now)
    assert (report.added, report.changed, report.same, report.refused, report.warnings) == (300, 0, 0, (), ())
    for entry in records.everything(book, Entry):
        head, page = (issues / entry.origin.source).read_text().split("\n---\n", 1)
        said = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        assert entry.created == datetime.fromisoformat(said["createdAt"])
        assert entry.updated == datetime.fromisoformat(said["updatedAt"])
        assert (entry.origin.state, entry.system) == (said["kiStatus"], said["productTeam"])
        assert entry.origin.uid == said.get("id", entry.origin.source)
        texts = (entry.summary, entry.reproduction, entry.workaround, *(part.text for part in entry.rest))
        dropped = Counter(page.split()) - Counter(" ".join(texts).split()) - HEADINGS
        assert not dropped or (
            not entry.workaround and {word.casefold().strip(".") for word in dropped} <= NO_WORKAROUND
        )
    assert sum(not entry.workaround for entry in records.everything(book, Entry)) > 90
    assert import_markdown(book, [issues], now=now + timedelta(hours=1)).same == 300
    assert not list(checking.trouble(book))


HEADINGS = Counter(["Summary", "Simulation", "**Simulation**", "Workaround", *["##", "####"] * 6])
NO_WORKAROUND = {"n/a", "na", "-", "no", "not", "there", "is", "available", "known", "workaround"}
NO_WORKAROUND |= {"we", "have", "at", "the", "moment"}
