"""What the uses of a remedy say of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.confidence import State, confidence_of, open_failure, state_of
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry, Step
from escplaybook.domain.uses import Outcome, Use, wording_of

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)
BORN = NOW - timedelta(days=400)
REMEDY = Entry("e", "Login loops", BORN, BORN, key="KB-0001", remedy="Mend the clock.", steps=(Step("Open UDP 123"),))


def use(outcome: Outcome, days: float = 0, by: str = "Ines Okafor", entry: Entry = REMEDY, **fields) -> Use:
    at = NOW - timedelta(days=days)
    return Use(new_id(at), entry.id, outcome, by, at, at, at, wording=wording_of(entry), **fields)


def worked(days: float = 0, by: str = "Ines Okafor", **fields) -> Use:
    return use(Outcome.WORKED, days, by, **fields)


def failed(days: float = 0, by: str = "Tomás Reyes", **fields) -> Use:
    return use(Outcome.FAILED, days, by, **fields)


def told(entry: Entry, *uses: Use) -> str:
    return confidence_of(entry, uses, NOW).sentence


def test_what_has_no_resolution_yet_is_work_in_progress_whatever_happened():
    framed = Entry("e", "Login loops", NOW, NOW, symptoms="They see the page again and again.")
    assert state_of(framed, [worked(2), worked(1)]) is State.WORK_IN_PROGRESS
    assert "no remedy and no workaround" in told(framed)


def test_a_workaround_is_a_resolution():
    assert state_of(replace(REMEDY, remedy="", steps=(), workaround="Sign in by the back door."), []) is (
        State.NOT_VALIDATED
    )


def test_solved_once_is_not_enough_and_reused_it_is():
    assert told(REMEDY) == "Not validated: nobody has recorded yet that it worked."
    assert state_of(REMEDY, [worked(30)]) is State.NOT_VALIDATED
    assert told(REMEDY, worked(12)) == (
        "Not validated: worked once, 12 days ago for Ines Okafor; one more success validates it."
    )
    assert told(REMEDY, worked(40), worked(30), worked(20), worked(12, "Tomás Reyes")) == (
        "Validated: worked 4 times, last 12 days ago for 2 people; no failure so far."
    )


def test_one_failure_demotes_at_once_and_says_where_it_was():
    uses = [worked(40), worked(30), failed(1, environment="Keystone 9.2")]
    found = confidence_of(REMEDY, uses, NOW)
    assert (found.state, found.failure, found.worked, found.tried) == (State.NOT_VALIDATED, uses[-1], 2, 3)
    assert found.sentence == (
        "Not validated: failed yesterday for Tomás Reyes (Keystone 9.2) after working twice; "
        "the next success or a mended remedy settles it."
    )


def test_the_next_success_restores_it_and_the_failure_stays_told():
    uses = [worked(90), worked(70), failed(65, environment="Keystone 9.2"), worked(0)]
    assert open_failure(REMEDY, uses) is None
    assert told(REMEDY, *uses) == (
        "Validated: worked 3 times, last today for Ines Okafor; "
        "no failure since, once before that, 2 months ago (Keystone 9.2)."
    )


def test_a_mended_remedy_settles_the_failure_but_has_still_to_work():
    uses = [worked(90), worked(70), failed(5)]
    mended = replace(REMEDY, steps=(Step("Open UDP 123 in both directions"),))
    assert open_failure(mended, uses) is None
    assert state_of(mended, uses) is State.NOT_VALIDATED
    assert "was mended after it failed 5 days ago" in told(mended, *uses)
    assert state_of(mended, [*uses, worked(0, entry=mended)]) is State.VALIDATED
    assert open_failure(replace(mended, tags=("sso",)), [failed(0, entry=mended)]) is not None  # a tag mends nothing


def test_what_worked_partly_or_did_not_apply_neither_raises_nor_lowers():
    uses = [worked(9), worked(8), use(Outcome.PARTLY, 2), use(Outcome.NOT_APPLICABLE, 1)]
    assert state_of(REMEDY, uses) is State.VALIDATED
    assert told(REMEDY, *uses).endswith("; no failure so far; worked only partly once; did not apply once.")
    assert state_of(REMEDY, [worked(9), use(Outcome.PARTLY, 2)]) is State.NOT_VALIDATED


def test_a_use_taken_back_counts_no_more():
    assert state_of(REMEDY, [worked(9), worked(8), failed(1, retired=NOW)]) is State.VALIDATED


def test_a_retired_entry_is_archived():
    gone = replace(REMEDY, retired=NOW - timedelta(days=3))
    assert state_of(gone, [worked(9), worked(8)]) is State.ARCHIVED
    assert open_failure(gone, [failed(1)]) is None
    assert told(gone).startswith("Archived 3 days ago")


def test_a_use_needs_a_name():
    with pytest.raises(InvalidRecord, match="who used it"):
        use(Outcome.WORKED, by=" ")


def test_paper_says_days_as_dates():
    found = confidence_of(REMEDY, [worked(12)], NOW, lambda instant: f"on {instant:%d %b %Y}")
    assert "worked once, on 12 Nov 2026 for" in found.sentence


some_uses = st.lists(
    st.builds(
        use,
        st.sampled_from(Outcome),
        st.integers(0, 400),
        st.sampled_from(["Ines Okafor", "Tomás Reyes", "Mara Lindqvist"]),
        retired=st.sampled_from([None, None, NOW]),
    ),
    max_size=8,
)


@given(some_uses, st.randoms())
def test_the_order_of_recording_does_not_matter(uses, chance):
    shuffled = list(uses)
    chance.shuffle(shuffled)
    assert confidence_of(REMEDY, shuffled, NOW) == confidence_of(REMEDY, uses, NOW)


@given(some_uses, st.integers(0, 400))
def test_one_failure_always_demotes_until_it_worked_again(uses, days):
    latest = min([days, *((NOW - one.at).days for one in uses)])
    uses = [*uses, failed(latest)]
    assert state_of(REMEDY, uses) is State.NOT_VALIDATED
    assert open_failure(REMEDY, uses) is not None
    later = timedelta(seconds=1)
    again = [replace(worked(latest), at=uses[-1].at + later), replace(worked(latest), at=uses[-1].at + later)]
    assert state_of(REMEDY, [*uses, *again]) is State.VALIDATED
    assert open_failure(REMEDY, [*uses, again[0]]) is None


@given(some_uses)
def test_a_success_never_lowers_and_the_day_changes_no_state(uses):
    before, after = state_of(REMEDY, uses), state_of(REMEDY, [*uses, worked(0), worked(0)])
    if not any(one.outcome is Outcome.FAILED and one.at == NOW for one in uses):
        assert after is State.VALIDATED
    assert before in (State.VALIDATED, State.NOT_VALIDATED)
    assert confidence_of(REMEDY, uses, NOW + timedelta(days=3000)).state is before


@given(some_uses)
def test_an_edit_of_the_remedy_leaves_no_flag_open(uses):
    assert open_failure(replace(REMEDY, workaround="Another way."), uses) is None
