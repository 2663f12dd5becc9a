"""What in the knowledge waits for whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from escplaybook.domain.classification import Severity
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.queues import Queue, queues, queues_of
from escplaybook.domain.uses import Outcome, Use, wording_of

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)


def known(key: str, days: int = 10, **fields) -> Entry:
    born = NOW - timedelta(days=days)
    return Entry(key, f"Blocker {key}", born, born, key=key, **({"remedy": "R", "workaround": "W"} | fields))


def used(entry: Entry, outcome: Outcome, days: int = 1, **fields) -> Use:
    at = NOW - timedelta(days=days)
    return Use(new_id(at), entry.id, outcome, "Ines Okafor", at, at, at, wording=wording_of(entry), **fields)


def test_a_healthy_entry_waits_for_nobody():
    entry = known("KB-0001")
    assert queues_of(entry, [used(entry, Outcome.WORKED)], NOW) == ()
    assert queues_of(replace(entry, retired=NOW, workaround=""), [], NOW + timedelta(days=900)) == ()


def test_the_latest_failure_stands_on_top_and_tells_what_was_seen():
    old, new = known("KB-0001"), known("KB-0002")
    uses = {old.id: [used(old, Outcome.FAILED, 9)], new.id: [used(new, Outcome.FAILED, 2, note="Skew still 4 min.")]}
    first, second = queues([old, new], uses, NOW)
    assert (first.queue, first.entry, second.entry) == (Queue.FAILED, new, old)
    assert "failed 2 days ago for Ines Okafor" in first.why
    assert first.why.endswith("Skew still 4 min.")


def test_a_review_is_due_by_use_and_by_risk_not_by_the_calendar_alone():
    calm = known("KB-0001", 120, severity=Severity.S3)
    risky = known("KB-0002", 120, severity=Severity.S1)
    leant_on = known("KB-0003", 120, severity=Severity.S1)
    partly = known("KB-0004", severity=Severity.S2)
    uses = {
        calm.id: [used(calm, Outcome.WORKED, 110)],
        risky.id: [used(risky, Outcome.WORKED, 110)],
        leant_on.id: [used(leant_on, Outcome.WORKED, 110), used(leant_on, Outcome.WORKED, 100)],
        partly.id: [used(partly, Outcome.WORKED, 5), used(partly, Outcome.PARTLY, 3)],
    }
    found = queues([calm, risky, leant_on, partly], uses, NOW)
    assert [(queued.queue, queued.entry.key) for queued in found] == [
        (Queue.NEEDS_REVIEW, "KB-0003"),
        (Queue.NEEDS_REVIEW, "KB-0002"),
        (Queue.NEEDS_REVIEW, "KB-0004"),
    ]
    assert found[0].why == "Nobody has used or changed it for 100 days"
    assert found[2].why == "It worked only partly for Ines Okafor"


def test_reuse_is_review():
    entry = known("KB-0001", 400, severity=Severity.S1)
    assert Queue.NEEDS_REVIEW in queues_of(entry, [used(entry, Outcome.WORKED, 300)], NOW)
    assert Queue.NEEDS_REVIEW not in queues_of(
        entry, [used(entry, Outcome.WORKED, 300), used(entry, Outcome.WORKED, 3)], NOW
    )


def test_a_remedy_changed_since_it_was_used_and_one_that_never_fits_are_to_be_reviewed():
    entry = known("KB-0001")
    changed = replace(entry, remedy="Another remedy")
    assert queues_of(changed, [used(entry, Outcome.WORKED)], NOW) == (Queue.NEEDS_REVIEW,)
    twice = [used(entry, Outcome.NOT_APPLICABLE, 2), used(entry, Outcome.NOT_APPLICABLE, 1)]
    assert queues_of(entry, twice, NOW) == (Queue.NEEDS_REVIEW, Queue.NEVER_REUSED)


def test_missing_workarounds_orphaned_notes_and_unused_remedies_wait_too():
    bare = known("KB-0001", remedy="", workaround="")
    unused = known("KB-0002", workaround="")
    found = queues([bare, unused], {}, NOW, orphaned={unused.id})
    assert [(queued.queue, queued.entry.key) for queued in found] == [
        (Queue.NO_WORKAROUND, "KB-0001"),
        (Queue.NO_WORKAROUND, "KB-0002"),
        (Queue.ORPHANED_NOTES, "KB-0002"),
        (Queue.NEVER_REUSED, "KB-0002"),
    ]
