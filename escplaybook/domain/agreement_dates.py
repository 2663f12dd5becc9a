"""The days of an agreement: when it ends, by when notice counts, when it renews itself, and where it stands on a day.

Terms are counted from the end as signed, so that a 31st comes back after a short month. A notice day is counted back
from the end of a term, months first and days after; an agreement without terms ends so long after notice was given.
A day that a month lacks is that month's last.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from escplaybook.domain.agreements import Act, Agreement, AgreementState, Deadline, Renewal

WARNING = timedelta(days=90)
"""How long before its notice date or its end an agreement asks for attention."""


def current_end(agreement: Agreement, today: date) -> date | None:
    """The last day of the term that `today` falls in; None for an agreement that nobody has ended.

    Once notice was given it is the last day of all.
    """
    given = notice_given(agreement, today)
    if agreement.renewal is Renewal.FIXED:
        return agreement.end
    if agreement.renewal is Renewal.EVERGREEN:
        return None if given is None else _freed_by(agreement, given)
    if given is not None:
        return _bound_until(agreement, given)
    return next(end for end in _ends(agreement) if end >= today)


def notice_by(agreement: Agreement, today: date) -> date | None:
    """The last day on which notice for a term counts; None where no notice is foreseen or it was given already.

    If the current term's day has passed, the next term is bound already: the answer is then the next term's day.
    """
    if agreement.end is None or agreement.renewal is Renewal.EVERGREEN or not _has_notice(agreement):
        return None
    if notice_given(agreement, today) is not None:
        return None
    if agreement.renewal is Renewal.FIXED:
        return _before(agreement.end, agreement)
    return next((day for day in (_before(end, agreement) for end in _ends(agreement)) if day >= today), None)


def missed_notice(agreement: Agreement, today: date) -> date | None:
    """The notice day of the current term of a tacit agreement, if it has passed and nobody gave notice."""
    if agreement.renewal is not Renewal.TACIT or not _has_notice(agreement):
        return None
    end = current_end(agreement, today)
    if end is None or notice_given(agreement, today) is not None:
        return None
    day = _before(end, agreement)
    return day if day < today else None


def renewal_day(agreement: Agreement, today: date) -> date | None:
    """The day on which the next term begins; None for what does not renew itself, or no longer does."""
    if agreement.renewal is not Renewal.TACIT or notice_given(agreement, today) is not None:
        return None
    end = current_end(agreement, today)
    return None if end is None or end == date.max else end + timedelta(days=1)


def earliest_end(agreement: Agreement, today: date) -> date | None:
    """The day on which it would end if notice were given today (or was given already)."""
    if agreement.renewal is Renewal.FIXED or notice_given(agreement, today) is not None:
        return current_end(agreement, today)
    return _freed_by(agreement, today) if agreement.renewal is Renewal.EVERGREEN else _bound_until(agreement, today)


def notice_given(agreement: Agreement, today: date) -> date | None:
    """The day on which notice was given that still stands on `today`; renewing takes it back."""
    given: date | None = None
    for acted in agreement.acted:
        if acted.on > today or acted.about is Deadline.INSURANCE:
            continue
        if acted.act is Act.NOTICE_GIVEN and given is None:
            given = acted.on
        elif acted.act is Act.RENEWED:
            given = None
    return given


def state(agreement: Agreement, today: date) -> AgreementState:
    """Where the agreement stands on `today`."""
    if agreement.signed is None or agreement.signed > today:
        return AgreementState.UNSIGNED
    if agreement.start is not None and agreement.start > today:
        return AgreementState.NOT_BEGUN
    end, notice = current_end(agreement, today), notice_by(agreement, today)
    if end is not None and end < today:
        return AgreementState.LAPSED
    if notice is not None and timedelta(0) <= notice - today <= WARNING:
        return AgreementState.NOTICE_WINDOW
    if end is not None and end - today <= WARNING and is_ending(agreement, today):
        return AgreementState.EXPIRING
    return AgreementState.IN_FORCE


def is_ending(agreement: Agreement, today: date) -> bool:
    """Whether its end is its last, as nothing renews it."""
    return agreement.renewal is Renewal.FIXED or notice_given(agreement, today) is not None


def _has_notice(agreement: Agreement) -> bool:
    return bool(agreement.notice_months or agreement.notice_days)


def _bound_until(agreement: Agreement, given: date) -> date | None:
    """The end of the first term for which notice given on that day is in time."""
    return next((end for end in _ends(agreement) if _before(end, agreement) >= given), None)


def _freed_by(agreement: Agreement, given: date) -> date:
    """The end of an evergreen agreement by notice given on that day."""
    end = _moved(given, agreement.notice_months, agreement.notice_days)
    return max(end, agreement.end or end)


def _before(end: date, agreement: Agreement) -> date:
    """The last day on which notice for that end counts; the end itself where no notice is foreseen."""
    return _moved(end, -agreement.notice_months, -agreement.notice_days)


def _ends(agreement: Agreement) -> Iterator[date]:
    """The last days of the first and every following term, as far as the calendar goes."""
    assert agreement.end is not None  # only an evergreen agreement may lack it
    end, terms = agreement.end, 0
    while end < date.max:
        yield end
        terms += 1
        end = _moved(agreement.end, terms * agreement.term_months, 0)
    yield date.max


def _moved(day: date, months: int, days: int) -> date:
    """The day so much later (or earlier, with both below zero), stopping where the calendar itself ends."""
    try:
        moved: date = day + relativedelta(months=months, days=days)
    except (ValueError, OverflowError):
        return date.max if months + days > 0 else date.min
    return moved
