"""The days of agreements against a table worked by hand, and against a clerk who lives through every day."""

import csv
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.agreement_dates import (
    current_end,
    earliest_end,
    missed_notice,
    notice_by,
    notice_given,
    renewal_day,
    state,
)
from escplaybook.domain.agreements import Act, Acted, Agreement, AgreementKind, AgreementState, Deadline, Renewal
from tests.conftest import NOW

with (Path(__file__).parent / "agreement_dates.csv").open(newline="") as file:
    TABLE = list(csv.DictReader(file))

DAY = timedelta(days=1)


def agreement(**fields) -> Agreement:
    usual = {"kind": AgreementKind.SUPPORT, "signed": date(2010, 1, 1)}
    return Agreement(id="1", vendor="2", created=NOW, updated=NOW, **(usual | fields))


def noticed(on: date | None) -> tuple[Acted, ...]:
    return () if on is None else (Acted(on, Act.NOTICE_GIVEN, on, about=Deadline.NOTICE),)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def number_of(row: dict[str, str]) -> str:
    given = f", notice {row['notice_given']}" if row["notice_given"] else ""
    return f"{row['renewal']} {row['end'] or 'no end'}{given}, on {row['today']}"


def test_the_table_is_long_and_has_every_kind_and_state():
    assert len(TABLE) >= 200
    assert {row["renewal"] for row in TABLE} == set(Renewal)
    assert {row["state"] for row in TABLE} == set(AgreementState)


@pytest.mark.parametrize("row", TABLE, ids=number_of)
def test_the_days_are_those_worked_by_hand(row):
    made = agreement(
        renewal=Renewal(row["renewal"]),
        signed=day(row["signed"]),
        start=day(row["start"]),
        end=day(row["end"]),
        term_months=int(row["term_months"]),
        notice_months=int(row["notice_months"]),
        notice_days=int(row["notice_days"]),
        acted=noticed(day(row["notice_given"])),
    )
    today = date.fromisoformat(row["today"])
    assert {
        "current_end": current_end(made, today),
        "notice_by": notice_by(made, today),
        "renews_on": renewal_day(made, today),
        "earliest_end": earliest_end(made, today),
        "state": state(made, today),
    } == {name: day(row[name]) for name in ("current_end", "notice_by", "renews_on", "earliest_end")} | {
        "state": row["state"]
    }


def later(start: date, months: int, days: int = 0) -> date:
    """So many months on, one at a time through the calendar, on the same day or the month's last; then the days."""
    year, month = start.year, start.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in (0, 13):
            year, month = (year - 1, 12) if month == 0 else (year + 1, 1)
    return date(year, month, min(start.day, monthrange(year, month)[1])) + timedelta(days=days)


@dataclass
class Clerk:
    """Lives through a tacit agreement day by day, as a person with a calendar does; knows no formula."""

    made: Agreement
    told_on: date | None
    terms_over: int = 0
    terms_bound: int = 0
    final: date | None = None

    def end(self, term: int) -> date:
        return later(self.made.end, term * self.made.term_months)

    def last_notice(self, term: int) -> date:
        return later(self.end(term), -self.made.notice_months, -self.made.notice_days)

    def live_until(self, today: date) -> None:
        morning = min(today, self.last_notice(0), self.told_on or today)
        while morning <= today:
            if morning > self.end(self.terms_over):
                self.terms_over += 1
            while morning > self.last_notice(self.terms_bound):
                self.terms_bound += 1
            if morning == self.told_on:
                self.final = self.end(self.terms_bound)
            morning += DAY


@given(
    end=st.dates(date(2020, 1, 1), date(2028, 12, 31)),
    term=st.integers(1, 36),
    months=st.integers(0, 14),
    days=st.integers(0, 60),
    ahead=st.integers(-500, 1500),
    told=st.none() | st.integers(-500, 1500),
)
def test_tacit_terms_are_those_of_somebody_who_lives_through_every_day(end, term, months, days, ahead, told):
    today, told_on = end + timedelta(days=ahead), None if told is None else end + timedelta(days=told)
    made = agreement(
        renewal=Renewal.TACIT,
        end=end,
        term_months=term,
        notice_months=months,
        notice_days=days,
        acted=noticed(told_on),
    )
    clerk = Clerk(made, told_on)
    clerk.live_until(today)
    has_notice = bool(months or days)
    if clerk.final is not None:
        assert (current_end(made, today), earliest_end(made, today)) == (clerk.final, clerk.final)
        assert (notice_by(made, today), renewal_day(made, today), missed_notice(made, today)) == (None, None, None)
        stands = AgreementState.LAPSED if clerk.final < today else AgreementState.IN_FORCE
        if 0 <= (clerk.final - today).days <= 90:
            stands = AgreementState.EXPIRING
    else:
        assert current_end(made, today) == clerk.end(clerk.terms_over)
        assert earliest_end(made, today) == clerk.end(clerk.terms_bound)
        assert notice_by(made, today) == (clerk.last_notice(clerk.terms_bound) if has_notice else None)
        assert renewal_day(made, today) == clerk.end(clerk.terms_over) + DAY
        assert (missed_notice(made, today) is not None) == (has_notice and clerk.terms_bound > clerk.terms_over)
        is_near = has_notice and (clerk.last_notice(clerk.terms_bound) - today).days <= 90
        stands = AgreementState.NOTICE_WINDOW if is_near else AgreementState.IN_FORCE
    assert state(made, today) is stands


@given(
    today=st.dates(date(2020, 1, 1), date(2032, 12, 31)),
    months=st.integers(0, 24),
    days=st.integers(0, 90),
    least=st.none() | st.dates(date(2020, 1, 1), date(2034, 12, 31)),
    ahead=st.integers(0, 1200),
)
def test_an_evergreen_agreement_ends_so_long_after_notice_but_not_before_its_least_end(
    today, months, days, least, ahead
):
    made = agreement(renewal=Renewal.EVERGREEN, end=least, notice_months=months, notice_days=days)
    freed = later(today, months, days)
    wanted = freed if least is None or least < freed else least
    assert (current_end(made, today), notice_by(made, today), renewal_day(made, today)) == (None, None, None)
    assert (earliest_end(made, today), state(made, today)) == (wanted, AgreementState.IN_FORCE)
    told = agreement(renewal=Renewal.EVERGREEN, end=least, notice_months=months, notice_days=days, acted=noticed(today))
    on = today + timedelta(days=ahead)
    assert current_end(told, on) == earliest_end(told, on) == wanted
    assert (state(told, on) is AgreementState.LAPSED) == (on > wanted)


@given(
    end=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    months=st.integers(0, 12),
    days=st.integers(0, 60),
    ahead=st.integers(-600, 100),
)
def test_a_fixed_agreement_ends_once_whatever_the_day(end, months, days, ahead):
    today, last_notice = end + timedelta(days=ahead), later(end, -months, -days)
    made = agreement(end=end, notice_months=months, notice_days=days)
    assert current_end(made, today) == earliest_end(made, today) == end
    assert notice_by(made, today) == (last_notice if months or days else None)
    assert (renewal_day(made, today), missed_notice(made, today)) == (None, None)
    if ahead > 0:
        wanted = AgreementState.LAPSED
    elif (months or days) and 0 <= (last_notice - today).days <= 90:
        wanted = AgreementState.NOTICE_WINDOW
    else:
        wanted = AgreementState.EXPIRING if ahead >= -90 else AgreementState.IN_FORCE
    assert state(made, today) is wanted


def test_after_a_tacit_renewal_the_notice_day_is_that_of_the_new_term():
    """A tool much in use names the notice day of the term that is over, a year too early."""
    made = agreement(renewal=Renewal.TACIT, end=date(2025, 6, 30), term_months=12, notice_months=3)
    assert notice_by(made, date(2025, 7, 1)) == date(2026, 3, 30)
    assert notice_by(made, date(2026, 3, 31)) == date(2027, 3, 30)


def test_renewing_takes_notice_back():
    first, until = date(2026, 3, 1), date(2028, 12, 31)
    given_then_renewed = (*noticed(first), Acted(date(2026, 12, 31), Act.RENEWED, date(2026, 5, 1)))
    made = agreement(renewal=Renewal.TACIT, end=until, term_months=12, notice_months=3, acted=given_then_renewed)
    assert notice_given(made, date(2026, 4, 30)) == first
    assert notice_given(made, date(2026, 5, 1)) is None
    assert notice_by(made, date(2026, 5, 1)) == date(2028, 9, 30)


def test_a_new_insurance_certificate_takes_no_notice_back():
    certificate = Acted(date(2026, 6, 1), Act.RENEWED, date(2026, 5, 1), about=Deadline.INSURANCE)
    made = agreement(
        renewal=Renewal.TACIT,
        end=date(2026, 12, 31),
        term_months=12,
        acted=(*noticed(date(2026, 3, 1)), certificate),
    )
    assert notice_given(made, date(2026, 6, 1)) == date(2026, 3, 1)


@pytest.mark.parametrize("absurd", [{"notice_months": 99_999}, {"notice_days": 9_999_999}, {"term_months": 99_999}])
def test_absurd_spans_stop_where_the_calendar_ends(absurd):
    made = agreement(**({"renewal": Renewal.TACIT, "end": date(2026, 12, 31), "term_months": 12} | absurd))
    today = date(2026, 11, 24)
    assert current_end(made, today) == date(2026, 12, 31)
    assert notice_by(made, today) is None
    assert current_end(made, date(2027, 1, 1)) in (date(2027, 12, 31), date.max)
    evergreen = agreement(renewal=Renewal.EVERGREEN, **{k: v for k, v in absurd.items() if k != "term_months"})
    assert earliest_end(evergreen, today) in (today, date.max)
