"""How far a known blocker's remedy can be trusted, computed from its uses and explained in a sentence.

The states are those of KCS v6, “article confidence” (Practices Guide, technique 5.2), and reuse is review (technique
4.1): nobody sets a state by hand, and no calendar does.

- **Work in progress**: there is no resolution yet – no remedy, no steps, no workaround.
- **Not validated**: there is one, but not enough use to trust it, or its last use that tells anything failed.
- **Validated**: it worked at least `ENOUGH` times – somebody solved it, somebody reused it – and has not failed since
  it last worked.
- **Archived**: it is retired.

One failure demotes at once and opens a flag. A later success settles both. So does an edit of the remedy, as far as
the flag goes: somebody has dealt with the failure; validated it is again only when the mended remedy has worked. A
success and a failure at the same instant count as a failure last. What worked only partly neither raises nor lowers:
it asks for a review. What did not apply says nothing of the remedy. A state depends on the uses and the entry alone,
not on the day and not on the order in which the uses were recorded.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from escplaybook.domain.knowledge import Entry
from escplaybook.domain.uses import Outcome, Use, wording_of

ENOUGH = 2
"""Uses that must have worked: the one that solved it and one that reused it (KCS v6, technique 5.2)."""


class State(StrEnum):
    """The confidence in an entry."""

    WORK_IN_PROGRESS = "work in progress"
    NOT_VALIDATED = "not validated"
    VALIDATED = "validated"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Confidence:
    """`sentence` explains the state. `failure` is the use whose flag is open, `last` the latest use of any outcome.

    `worked` of `tried` uses: `tried` leaves out those that did not apply.
    """

    state: State
    sentence: str
    failure: Use | None
    last: Use | None
    worked: int
    tried: int


Said = Callable[[datetime], str]
"""How an instant is said within a sentence: “12 days ago” on a screen, “on 12 Nov 2026” on paper."""


def confidence_of(entry: Entry, uses: Iterable[Use], now: datetime, said: Said | None = None) -> Confidence:
    """The confidence in `entry`, given its uses; retired uses do not count. `said` is `days_ago` unless given."""
    uses = counted(uses)
    say = said or (lambda instant: days_ago(instant, now))
    worked = _with(uses, Outcome.WORKED)
    return Confidence(
        state_of(entry, uses),
        _sentence(entry, uses, say),
        open_failure(entry, uses),
        uses[-1] if uses else None,
        len(worked),
        len(uses) - len(_with(uses, Outcome.NOT_APPLICABLE)),
    )


def state_of(entry: Entry, uses: Iterable[Use]) -> State:
    """The state alone, which is the same on any day."""
    if entry.retired is not None:
        return State.ARCHIVED
    if not has_resolution(entry):
        return State.WORK_IN_PROGRESS
    uses = counted(uses)
    worked = _with(uses, Outcome.WORKED)
    if len(worked) < ENOUGH or _failure_since_it_worked(uses) is not None:
        return State.NOT_VALIDATED
    return State.VALIDATED


def open_failure(entry: Entry, uses: Iterable[Use]) -> Use | None:
    """The latest failure, if neither a later success nor an edit of the remedy has settled it."""
    failure = _failure_since_it_worked(counted(uses))
    if failure is None or entry.retired is not None or failure.wording not in ("", wording_of(entry)):
        return None
    return failure


def has_resolution(entry: Entry) -> bool:
    """Whether there is anything to apply."""
    return bool(entry.remedy or entry.steps or entry.workaround)


def counted(uses: Iterable[Use]) -> list[Use]:
    """The uses that count, oldest first; of one instant, failures last."""
    kept = (use for use in uses if use.retired is None)
    return sorted(kept, key=lambda use: (use.at, use.outcome is Outcome.FAILED, use.id))


def days_ago(instant: datetime, now: datetime) -> str:
    """“today”, “yesterday”, “12 days ago”, “5 months ago”."""
    days = (now - instant).days
    if days < 2:
        return ("today", "yesterday")[max(days, 0)]
    if days < 60:
        return f"{days} days ago"
    return f"{days // 30} months ago" if days < 730 else f"{days // 365} years ago"


def _failure_since_it_worked(uses: Sequence[Use]) -> Use | None:
    """The latest failure that no success came after. `uses` are in order."""
    for use in reversed(uses):
        if use.outcome is Outcome.FAILED:
            return use
        if use.outcome is Outcome.WORKED:
            return None
    return None


def _sentence(entry: Entry, uses: Sequence[Use], say: Said) -> str:
    state = state_of(entry, uses)
    if state is State.ARCHIVED:
        assert entry.retired is not None
        return f"Archived {say(entry.retired)}: kept for what it tells, no longer to be applied."
    if state is State.WORK_IN_PROGRESS:
        return "Work in progress: there is no remedy and no workaround to apply yet."
    told = _validated(uses, say) if state is State.VALIDATED else _not_validated(entry, uses, say)
    return f"{state.capitalize()}: {told}{_besides(uses)}."


def _validated(uses: Sequence[Use], say: Said) -> str:
    worked, failed = _with(uses, Outcome.WORKED), _with(uses, Outcome.FAILED)
    told = f"worked {_times(worked)}, last {say(worked[-1].at)} {_for(worked)}; "
    if not failed:
        return told + "no failure so far"
    return told + f"no failure since, {_times(failed)} before that, {say(failed[-1].at)}{_where(failed[-1])}"


def _not_validated(entry: Entry, uses: Sequence[Use], say: Said) -> str:
    worked, failure = _with(uses, Outcome.WORKED), _failure_since_it_worked(uses)
    before = f" after working {_times(worked)}" if worked else ""
    if failure is None:
        if not worked:
            return "nobody has recorded yet that it worked"
        return f"worked {_times(worked)}, {say(worked[-1].at)} {_for(worked)}; one more success validates it"
    failed = f"failed {say(failure.at)} for {failure.by}{_where(failure)}{before}"
    if open_failure(entry, uses) is None:
        return f"the remedy was mended after it {failed}; nobody has used it since"
    return f"{failed}; the next success or a mended remedy settles it"


def _besides(uses: Sequence[Use]) -> str:
    partly, other = _with(uses, Outcome.PARTLY), _with(uses, Outcome.NOT_APPLICABLE)
    told = f"; worked only partly {_times(partly)}" if partly else ""
    return told + (f"; did not apply {_times(other)}" if other else "")


def _with(uses: Iterable[Use], outcome: Outcome) -> list[Use]:
    return [use for use in uses if use.outcome is outcome]


def _times(uses: Sequence[Use]) -> str:
    return {1: "once", 2: "twice"}.get(len(uses), f"{len(uses)} times")


def _for(uses: Sequence[Use]) -> str:
    people = {use.by.strip().casefold() for use in uses}
    return f"for {uses[-1].by.strip()}" if len(people) == 1 else f"for {len(people)} people"


def _where(use: Use) -> str:
    return f" ({use.environment.strip()})" if use.environment.strip() else ""
