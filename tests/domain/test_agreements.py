from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.agreement_dates import current_end, notice_by, state
from escplaybook.domain.agreements import Agreement, AgreementKind, AgreementState, HoldHarmlessForm, Renewal
from escplaybook.domain.errors import InvalidRecord
from tests.conftest import NOW

TODAY = date(2026, 11, 24)


def agreement(**fields) -> Agreement:
    defaults = {"kind": AgreementKind.HOLD_HARMLESS, "signed": date(2024, 1, 15), "end": date(2026, 12, 31)}
    return Agreement(id="1", vendor="2", created=NOW, updated=NOW, **(defaults | fields))


@pytest.mark.parametrize(
    ("end", "term", "months", "days", "today", "ends", "notice"),
    [
        # worked by hand: end as signed, renewal term, notice period, the day asked about, current end, notice by
        (date(2024, 12, 31), 12, 3, 0, date(2024, 11, 1), date(2024, 12, 31), date(2025, 9, 30)),
        (date(2024, 12, 31), 12, 3, 0, date(2024, 9, 30), date(2024, 12, 31), date(2024, 9, 30)),
        (date(2024, 12, 31), 12, 3, 0, date(2025, 1, 1), date(2025, 12, 31), date(2025, 9, 30)),
        (date(2024, 8, 31), 1, 0, 10, date(2024, 9, 1), date(2024, 9, 30), date(2024, 9, 20)),
        (date(2024, 8, 31), 1, 0, 10, date(2024, 10, 5), date(2024, 10, 31), date(2024, 10, 21)),
        (date(2024, 2, 29), 12, 1, 0, date(2025, 2, 28), date(2025, 2, 28), date(2026, 1, 28)),
        (date(2024, 2, 29), 12, 1, 0, date(2028, 2, 1), date(2028, 2, 29), date(2029, 1, 28)),
        (date(2024, 3, 31), 6, 1, 0, date(2024, 8, 1), date(2024, 9, 30), date(2024, 8, 30)),
        (date(2024, 3, 31), 6, 1, 0, date(2024, 8, 31), date(2024, 9, 30), date(2025, 2, 28)),
    ],
)
def test_a_tacit_agreement_ends_and_is_noticed_on_the_right_day(end, term, months, days, today, ends, notice):
    tacit = agreement(
        end=end,
        renewal=Renewal.TACIT,
        term_months=term,
        notice_months=months,
        notice_days=days,
        signed=date(2023, 1, 1),
    )
    assert current_end(tacit, today) == ends
    assert notice_by(tacit, today) == notice


def test_a_fixed_agreement_ends_once():
    fixed = agreement(notice_months=1)
    assert current_end(fixed, date(2030, 1, 1)) == date(2026, 12, 31)
    assert notice_by(fixed, date(2030, 1, 1)) == date(2026, 11, 30)


def test_an_evergreen_agreement_never_ends():
    evergreen = agreement(end=None, renewal=Renewal.EVERGREEN, notice_months=3)
    assert current_end(evergreen, TODAY) is None
    assert notice_by(evergreen, TODAY) is None
    assert state(evergreen, TODAY) is AgreementState.IN_FORCE


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"signed": None}, AgreementState.UNSIGNED),
        ({"start": date(2027, 1, 1), "end": date(2028, 1, 1)}, AgreementState.NOT_BEGUN),
        ({"end": date(2026, 11, 23)}, AgreementState.LAPSED),
        ({"end": date(2026, 11, 24)}, AgreementState.EXPIRING),
        ({"end": date(2027, 11, 24)}, AgreementState.IN_FORCE),
        (
            {"end": date(2026, 12, 31), "renewal": Renewal.TACIT, "term_months": 12, "notice_months": 1},
            AgreementState.NOTICE_WINDOW,
        ),
        (
            {"end": date(2026, 12, 31), "renewal": Renewal.TACIT, "term_months": 12, "notice_months": 3},
            AgreementState.IN_FORCE,  # this term's notice day has passed, so the next term is bound
        ),
    ],
)
def test_where_an_agreement_stands(fields, expected):
    assert state(agreement(**fields), TODAY) is expected


@pytest.mark.parametrize(
    "fields",
    [
        {"end": None},
        {"renewal": Renewal.TACIT},
        {"start": date(2027, 1, 1)},
        {"notice_days": -1},
        {"kind": AgreementKind.NDA, "form": HoldHarmlessForm.BROAD},
    ],
)
def test_what_cannot_be_an_agreement_is_refused(fields):
    with pytest.raises(InvalidRecord):
        agreement(**fields)


@given(
    end=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    term=st.integers(1, 36),
    months=st.integers(0, 12),
    days=st.integers(0, 60),
    ahead=st.integers(0, 4000),
)
def test_the_dates_agree_with_walking_day_by_day_through_the_terms(end, term, months, days, ahead):
    """The obvious way: list every end there will be, look for the first that today has not passed."""
    tacit = agreement(end=end, renewal=Renewal.TACIT, term_months=term, notice_months=months, notice_days=days)
    today = end - timedelta(days=400) + timedelta(days=ahead)
    ends = [end + relativedelta(months=term * count) for count in range(200)]
    assert current_end(tacit, today) == min(day for day in ends if day >= today)
    if months or days:
        notices = [day - relativedelta(months=months) - timedelta(days=days) for day in ends]
        assert notice_by(tacit, today) == min(day for day in notices if day >= today)
