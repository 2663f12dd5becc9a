"""Typing on while the disk is full: told, nothing lost as long as the program runs, kept once there is room."""

from escplaybook.store.memory import Memory
from escplaybook.ui.drafts import Draft


def fill(memory):
    """SQLite answers as on a full disk."""
    pages = memory._connection.execute("PRAGMA page_count").fetchone()[0]
    memory._connection.execute(f"PRAGMA max_page_count = {pages}")


def make_room(memory):
    memory._connection.execute("PRAGMA max_page_count = 1000000")


def test_a_draft_that_cannot_be_kept_is_told_and_kept_once_there_is_room(desk, path):
    said = []
    desk.said.connect(said.append)
    draft = Draft(desk, "entry")
    draft.begin("new")
    fill(desk.memory)
    draft.note({"title": "z" * 50_000})
    draft.keep()
    assert [(saying.is_trouble, "cannot be kept" in saying.text) for saying in said] == [(True, True)]
    assert draft.kept("new")[1] == {"title": "z" * 50_000}
    assert draft.all_kept() == ["new"]
    make_room(desk.memory)
    draft.keep()
    assert len(said) == 1
    assert Memory(path).recall("draft:entry:new")["values"] == {"title": "z" * 50_000}


def test_what_could_not_be_written_is_written_at_the_end_if_there_is_room_by_then(path):
    memory = Memory(path)
    memory.remember("old", 1)
    fill(memory)
    assert not memory.remember("long", "z" * 50_000)
    make_room(memory)
    memory.close()
    assert Memory(path).recall("long") == "z" * 50_000
