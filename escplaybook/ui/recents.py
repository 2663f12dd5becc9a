"""The records opened and the searches made lately, kept beside the book, to be offered before anything is typed."""

from escplaybook.ui.desk import Desk

NAME, KEPT = "recent", 8
SEARCHES, SEARCHES_KEPT = "recent searches", 24
OF_A_PAGE = 6
"""Searches that are offered on one page."""


def note_visit(desk: Desk, kind: str, record_id: str) -> None:
    """This record was opened now."""
    earlier = [pair for pair in recent_visits(desk) if pair != (kind, record_id)]
    desk.memory.remember(NAME, [(kind, record_id), *earlier][:KEPT])


def recent_visits(desk: Desk) -> list[tuple[str, str]]:
    """Kind and id of the records opened lately, the latest first."""
    return [(kind, record_id) for kind, record_id in desk.memory.recall(NAME, [])]


def note_search(desk: Desk, kind: str, text: str) -> None:
    """This was searched for among records of that kind, and led somewhere."""
    said = " ".join(text.split())
    if said:
        earlier = [pair for pair in recent_searches(desk) if pair != (kind, said)]
        desk.memory.remember(SEARCHES, [(kind, said), *earlier][:SEARCHES_KEPT])


def recent_searches(desk: Desk) -> list[tuple[str, str]]:
    """Kind of record and text of the searches made lately, the latest first."""
    return [(kind, text) for kind, text in desk.memory.recall(SEARCHES, [])]
