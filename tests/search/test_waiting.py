"""Queues as people ask for them in the search box."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escplaybook.domain.classification import Severity
from escplaybook.domain.edits import Edit
from escplaybook.domain.queues import Queue
from escplaybook.search.find import find
from escplaybook.search.waiting import queue_named
from escplaybook.services import editing


@pytest.mark.parametrize(
    ("said", "queue"),
    [
        ("failed", Queue.FAILED),
        ("needs review", Queue.NEEDS_REVIEW),
        ("needs-review", Queue.NEEDS_REVIEW),
        ("Review", Queue.NEEDS_REVIEW),
        ("noworkaround", Queue.NO_WORKAROUND),
        ("workaround", Queue.NO_WORKAROUND),
        ("never", Queue.NEVER_REUSED),
        ("orphaned", Queue.ORPHANED_NOTES),
        ("ailed", None),
        ("-", None),
        ("", None),
    ],
)
def test_a_queue_is_known_by_its_name_or_by_a_word_of_it(said, queue):
    assert queue_named(said) is queue


def test_what_waits_stands_by_its_risk_and_then_by_how_long_nobody_looked(book, entry, now):
    waiting = [("Low", Severity.S3, 9), ("New", Severity.S1, 1), ("Unset", None, 40), ("Old", Severity.S1, 30)]
    for title, severity, days in waiting:
        made = entry(title, severity=severity)
        since = now - timedelta(days=days)
        editing.apply(book, "Add", Edit(None, replace(made, created=since, updated=since)), now=now)
    found = find(book, "queue:no-workaround", kinds=("entry",), now=now)
    assert [hit.title for hit in found.hits] == ["Old", "New", "Low", "Unset"]
    assert found.hits[0].queues == (Queue.NO_WORKAROUND,)
    assert next(hit.title for hit in find(book, "-queue:failed", kinds=("entry",), now=now).hits) == "New"


def test_the_confidence_is_asked_for_by_its_words_as_a_whole(book, entry, now):
    for title, fields in (("Bare", {}), ("Complete", {"remedy": "Restart it."})):
        editing.add(book, entry(title, **fields), now)

    def titles(text, *, typing=False):
        return [hit.title for hit in find(book, text, kinds=("entry",), now=now, typing=typing).hits]

    assert titles('confidence:"work in progress"') == ["Bare"]
    assert titles("confidence:not-validated") == ["Complete"]
    assert titles("confidence:validated") == []
    assert titles("confidence:wor", typing=True) == ["Bare"]
