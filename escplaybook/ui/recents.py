"""The records opened lately, kept beside the book, so that they are offered before anything is typed."""

from escplaybook.ui.desk import Desk

NAME, KEPT = "recent", 8


def note_visit(desk: Desk, kind: str, record_id: str) -> None:
    """This record was opened now."""
    earlier = [pair for pair in recent_visits(desk) if pair != (kind, record_id)]
    desk.memory.remember(NAME, [(kind, record_id), *earlier][:KEPT])


def recent_visits(desk: Desk) -> list[tuple[str, str]]:
    """Kind and id of the records opened lately, the latest first."""
    return [(kind, record_id) for kind, record_id in desk.memory.recall(NAME, [])]
