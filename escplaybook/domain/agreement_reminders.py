"""What an agreement's deadlines ask for, and what becomes of it when somebody acts on them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from escplaybook.domain.agreement_dates import (
    WARNING,
    current_end,
    earliest_end,
    is_ending,
    missed_notice,
    notice_by,
    notice_given,
    state,
)
from escplaybook.domain.agreements import Act, Acted, Agreement, AgreementState, Deadline, Renewal
from escplaybook.domain.errors import InvalidRecord

MARKS = (0, 7, 30, WARNING.days)
"""Days before a deadline at which its reminder speaks up, the last mark first."""

AGAIN = 30
"""Days after which a deadline that has passed speaks up again although somebody has seen it."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A deadline that asks for something. `days` are left until `day`, below zero once it has passed.

    `acts` are those that make sense about it, the one to be thought of first in front; SEEN is always the last.
    """

    about: Deadline
    day: date
    days: int
    acts: tuple[Act, ...]

    @property
    def is_over(self) -> bool:
        """Whether the day has passed."""
        return self.days < 0


def reminders(agreement: Agreement, today: date, within: int = WARNING.days) -> tuple[Reminder, ...]:
    """The deadlines that ask for something today, or will `within` so many days; the most pressing first.

    Each stays until somebody acts on it. “Seen” silences it until its next mark, whatever else is done settles it.
    Of an agreement that simply ends, the notice day asks until it has passed, and then the end.
    """
    asking = {about: day for about, day in unsettled(agreement, today) if (day - today).days <= within}
    if agreement.renewal is Renewal.FIXED and Deadline.NOTICE in asking:
        asking.pop(Deadline.NOTICE if asking[Deadline.NOTICE] < today else Deadline.END, None)
    found = [
        Reminder(about, day, (day - today).days, acts_about(agreement, about, day, today))
        for about, day in asking.items()
        if not _is_silenced(agreement, about, day, today)
    ]
    return tuple(sorted(found, key=lambda one: one.day))


def deadlines(agreement: Agreement, today: date) -> Iterator[tuple[Deadline, date]]:
    """Every deadline that the agreement has as things stand today, settled or not; an unsigned one has none."""
    if (stands := state(agreement, today)) is AgreementState.UNSIGNED:
        return
    is_over = stands is AgreementState.LAPSED
    if not is_over and (notice := _notice_day(agreement, today)) is not None:
        yield Deadline.NOTICE, notice
    end = current_end(agreement, today)
    if end is not None and is_ending(agreement, today):
        yield Deadline.END, end
    if not is_over and agreement.insurance_until is not None:
        yield Deadline.INSURANCE, agreement.insurance_until


def unsettled(agreement: Agreement, today: date) -> list[tuple[Deadline, date]]:
    """The deadlines about which nobody has done more than see them, however far they are."""
    return [(about, day) for about, day in deadlines(agreement, today) if not _is_settled(agreement, about, day, today)]


def acts_about(agreement: Agreement, about: Deadline, day: date, today: date) -> tuple[Act, ...]:
    """What can be done about that deadline."""
    if about is not Deadline.NOTICE:
        return Act.RENEWED, Act.LET_END, Act.SEEN
    if agreement.renewal is Renewal.FIXED:
        return Act.NOTICE_GIVEN, Act.RENEWED, Act.LET_END, Act.SEEN
    in_time = (Act.NOTICE_GIVEN,) if day >= today else ()
    return *in_time, Act.LEFT_TO_RENEW, Act.RENEWED, Act.SEEN


def acted(
    agreement: Agreement,
    act: Act,
    on: date,
    *,
    about: Deadline | None = None,
    until: date | None = None,
    by: str = "",
    note: str = "",
) -> Agreement:
    """The agreement after somebody acted on it: the deadline is settled or silenced, and the days follow.

    Without `about` it is the most pressing deadline that the act makes sense for. `until` is the new last day of what
    was renewed. Raises InvalidRecord, in one sentence, if the act makes no sense as the agreement stands.
    """
    if (act is Act.RENEWED) != (until is not None):
        raise InvalidRecord("Say until when it was renewed, and only if it was renewed; nothing was changed.")
    if state(agreement, on) is AgreementState.UNSIGNED:
        raise InvalidRecord("The agreement is not signed, so it has no deadline to act on; nothing was changed.")
    about, day = _deadline_of(agreement, act, on, about)
    if until is not None:
        agreement = _renewed(agreement, about, until, on)
    made = Acted(day, act, on, by, note.strip(), about)
    return replace(agreement, acted=(*agreement.acted, made))


def can_be_ended(agreement: Agreement, today: date) -> bool:
    """Whether giving notice today would change when it ends."""
    return (
        agreement.renewal is not Renewal.FIXED
        and notice_given(agreement, today) is None
        and state(agreement, today) not in (AgreementState.UNSIGNED, AgreementState.LAPSED)
    )


def _deadline_of(agreement: Agreement, act: Act, on: date, about: Deadline | None) -> tuple[Deadline, date]:
    """The deadline that the act is about."""
    if act is Act.NOTICE_GIVEN and can_be_ended(agreement, on) and about in (None, Deadline.NOTICE):
        day = notice_by(agreement, on) or earliest_end(agreement, on)
        assert day is not None  # a tacit or evergreen agreement in force can be ended
        return Deadline.NOTICE, day
    asked = [one for one in reminders(agreement, on) if about in (None, one.about)]
    if not asked:  # nothing asks yet: people may act early, but there is nothing to have seen
        known = [one for one in deadlines(agreement, on) if about in (None, one[0])] if act is not Act.SEEN else []
        asked = [Reminder(name, day, 0, acts_about(agreement, name, day, on)) for name, day in sorted(known, key=_day)]
    for one in asked:
        if act in one.acts:
            return one.about, one.day
    raise InvalidRecord(_refusal(agreement, act, on))


def _refusal(agreement: Agreement, act: Act, on: date) -> str:
    reason = {
        Act.SEEN: "Nothing about it asks to be seen just now",
        Act.NOTICE_GIVEN: "It ends by itself or notice was given already, so there is no notice to give",
        Act.LEFT_TO_RENEW: "It does not renew itself",
        Act.RENEWED: "It has no end that could be put off",
        Act.LET_END: "It does not end by itself",
    }[act]
    if act is Act.LET_END and can_be_ended(agreement, on):
        reason = "It does not end by itself; give notice and say so"
    return f"{reason}; nothing was changed."


def _renewed(agreement: Agreement, about: Deadline, until: date, on: date) -> Agreement:
    if about is Deadline.INSURANCE:
        before, after = agreement.insurance_until, replace(agreement, insurance_until=until)
    else:
        before, after = current_end(agreement, on), replace(agreement, end=until)
    if before is not None and until <= before:
        raise InvalidRecord(f"It runs until {before} already; give a later day. Nothing was changed.")
    return after


def _notice_day(agreement: Agreement, today: date) -> date | None:
    """The notice day that matters: the coming one when it is near, else the one of this term that was let pass."""
    coming, missed = notice_by(agreement, today), missed_notice(agreement, today)
    if missed is None or (coming is not None and coming - today <= WARNING):
        return coming
    return coming if _is_settled(agreement, Deadline.NOTICE, missed, today) else missed


def _is_settled(agreement: Agreement, about: Deadline, day: date, today: date) -> bool:
    """Whether somebody did more about it than see it; letting a fixed agreement end settles its notice day too."""
    settling = {(about, day)}
    if about is Deadline.NOTICE and agreement.renewal is Renewal.FIXED and agreement.end is not None:
        settling.add((Deadline.END, agreement.end))
    return any(
        one.on <= today
        and one.act not in (Act.SEEN, Act.RENEWED)  # what was renewed has another day by now
        and (one.about, one.deadline) in settling
        for one in agreement.acted
    )


def _is_silenced(agreement: Agreement, about: Deadline, day: date, today: date) -> bool:
    """Whether somebody has seen it since its last mark."""
    return any(
        one.act is Act.SEEN
        and one.on <= today
        and (one.about, one.deadline) == (about, day)
        and _mark((day - one.on).days) == _mark((day - today).days)
        for one in agreement.acted
    )


def _mark(days: int) -> int:
    """The mark that was passed last with so many days left; past the deadline there is one every AGAIN days."""
    if days < 0:
        return -1 - (-days - 1) // AGAIN
    return next((mark for mark in MARKS if days <= mark), MARKS[-1] + 1)


def _day(one: tuple[Deadline, date]) -> date:
    return one[1]
