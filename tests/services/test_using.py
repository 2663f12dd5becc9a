"""Stories of remedies that are used: by a newcomer at night, by a lead in the morning."""

from datetime import timedelta

import pytest

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.confidence import State
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Step
from escplaybook.domain.queues import Queue
from escplaybook.domain.uses import Outcome
from escplaybook.search.facets import facets
from escplaybook.search.find import find
from escplaybook.services import blocking, editing, using
from escplaybook.store.uses import uses_of, uses_on


@pytest.fixture
def known(book, entry, now):
    steps = (Step("Open UDP 123", expected="offset under 1 s"), Step("Restart nothing"))
    made = entry(steps=steps, workaround="Allow 300 s of skew.", severity=Severity.S1)
    return editing.add(book, made, now - timedelta(days=30))


def use(book, known, outcome, at, by="Ines Okafor", **more):
    return using.record(book, known, using.use_of(known, outcome, at, by=by, **more), at)


def keys(book, text, now):
    return [hit.key for hit in find(book, text, kinds=("entry",), now=now).hits]


def test_a_failure_is_seen_in_the_queue_and_the_next_success_restores_the_trust(book, known, now):
    """A newcomer leans on a remedy that was validated; it fails; the lead sees it; the next success restores it."""
    use(book, known, Outcome.WORKED, now - timedelta(days=20))
    use(book, known, Outcome.WORKED, now - timedelta(days=12), "Tomás Reyes")
    assert using.confidence(book, known, now).state is State.VALIDATED
    assert keys(book, "confidence:validated", now) == [known.key]

    use(book, known, Outcome.FAILED, now, "Newcomer", environment="Keystone 9.2", note="The offset stayed at 4 min.")
    assert keys(book, "confidence:validated", now) == []
    assert keys(book, "queue:failed login", now) == [known.key]
    (queued,) = using.waiting(book, now)
    assert (queued.queue, queued.entry) == (Queue.FAILED, known)
    assert "failed today for Newcomer (Keystone 9.2)" in queued.why

    use(book, known, Outcome.WORKED, now)  # at the very instant of the failure it settles nothing
    assert using.confidence(book, known, now).failure is not None
    use(book, known, Outcome.WORKED, now + timedelta(hours=1))
    assert using.waiting(book, now) == []
    assert keys(book, 'confidence:"validated" -queue:failed', now) == [known.key]


def test_an_edit_of_the_remedy_takes_it_out_of_the_failures_and_asks_for_a_review(book, known, now):
    use(book, known, Outcome.FAILED, now)
    mended = editing.change(book, known, now, steps=(Step("Open UDP 123 both ways"),))
    assert [queued.queue for queued in using.waiting(book, now)] == [Queue.NEEDS_REVIEW]
    assert using.confidence(book, mended, now).state is State.NOT_VALIDATED
    assert keys(book, "queue:failed", now) == []


def test_what_nobody_used_or_changed_for_long_is_stale_sooner_at_risk(book, known, entry, now):
    calm = editing.add(book, entry("Calm one", remedy="R", workaround="W"), now - timedelta(days=30))
    later = now + timedelta(days=100)
    assert keys(book, "is:stale", now) == []
    assert keys(book, "is:stale", later) == [known.key]
    assert keys(book, "queue:review", later) == [known.key]
    assert keys(book, "-is:stale", later) == [calm.key]
    assert set(keys(book, "is:stale", now + timedelta(days=200))) == {known.key, calm.key}
    assert dict(facets(book, "", ("entry",), later)["queue"]) == {"needs review": 1, "never reused": 2}
    use(book, known, Outcome.WORKED, later - timedelta(days=1))
    assert keys(book, "is:stale", later) == []


def test_a_use_is_found_by_what_was_seen(book, known, now):
    made = use(book, known, Outcome.PARTLY, now, note="Chronyd refused the stratum.")
    (hit,) = find(book, "chronyd stratum", now=now).hits
    assert (hit.kind, hit.key, hit.title) == ("use", made.key, "Partly, Ines Okafor")


def test_ticks_keep_the_step_as_it_read_and_its_evidence(book, known, now):
    ticks = [using.ticked(known, 2, now), using.ticked(known, 1, now, "offset 0.3 s")]
    made = use(book, known, Outcome.WORKED, now, ticks=ticks)
    assert [(tick.number, tick.action, tick.evidence) for tick in uses_of(book, known.id)[0].ticks] == [
        (1, "Open UDP 123", "offset 0.3 s"),
        (2, "Restart nothing", ""),
    ]
    assert find(book, "0.3 offset", kinds=("use",), now=now).hits[0].key == made.key
    with pytest.raises(InvalidRecord, match="steps 1 to 2, so step 3 cannot be ticked"):
        using.ticked(known, 3, now)


def test_a_use_that_is_still_to_come_is_refused(known, now):
    with pytest.raises(InvalidRecord, match="still to come"):
        using.use_of(known, Outcome.WORKED, now, at=now + timedelta(days=1))


def test_a_use_taken_back_counts_no_more(book, known, now):
    use(book, known, Outcome.WORKED, now)
    wrong = use(book, known, Outcome.FAILED, now, "Tomás Reyes")
    using.take_back(book, wrong, now)
    assert using.confidence(book, known, now).failure is None
    assert keys(book, "queue:failed", now) == []


@pytest.fixture
def stalled(book, now):
    made = Blocker(new_id(now), "Nobody signs in", Severity.S1, now - timedelta(hours=1), now, now)
    return blocking.raise_blocker(book, made, now)


def test_a_resolved_blocker_records_that_its_known_blocker_worked(book, known, stalled, now):
    blocking.resolve(book, stalled, now, "Opened UDP 123.", known, author="Ines Okafor")
    (made,) = uses_on(book, stalled.id)
    assert (made.entry, made.outcome, made.by, made.note) == (
        known.id,
        Outcome.WORKED,
        "Ines Okafor",
        "Opened UDP 123.",
    )


def test_a_use_recorded_while_working_is_not_recorded_twice(book, known, stalled, now):
    ticked = use(book, known, Outcome.PARTLY, now, blocker=stalled)
    blocking.resolve(book, stalled, now, "By other means.", known)
    assert uses_on(book, stalled.id) == [ticked]


def test_a_blocker_resolved_otherwise_says_nothing_of_any_remedy(book, known, stalled, now):
    matched = blocking.use(book, stalled, now, known)
    blocking.resolve(book, matched, now, "It went away.")
    assert uses_of(book, known.id) == []
