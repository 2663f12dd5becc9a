"""Deadlines speak up 90, 30, 7 and 0 days before, and stay until somebody acts on them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.agreement_dates import current_end, notice_by, state
from escplaybook.domain.agreement_reminders import Reminder, acted, reminders
from escplaybook.domain.agreements import Act, Agreement, AgreementKind, AgreementState, Deadline, Renewal
from escplaybook.domain.errors import InvalidRecord
from tests.conftest import NOW

END = date(2027, 12, 31)
NOTICE = date(2027, 9, 30)


def agreement(**fields) -> Agreement:
    usual = {"kind": AgreementKind.HOLD_HARMLESS, "signed": date(2024, 1, 15), "end": END}
    return Agreement(id="1", vendor="2", created=NOW, updated=NOW, **(usual | fields))


def tacit(**fields) -> Agreement:
    return agreement(**({"renewal": Renewal.TACIT, "term_months": 12, "notice_months": 3} | fields))


def asked(made: Agreement, today: date) -> list[tuple[str, date]]:
    return [(one.about, one.day) for one in reminders(made, today)]


@pytest.mark.parametrize(
    ("made", "about", "day"),
    [
        (tacit(), Deadline.NOTICE, NOTICE),
        (agreement(), Deadline.END, END),
        (agreement(end=date(2030, 1, 1), insurance_until=END), Deadline.INSURANCE, END),
    ],
)
def test_a_deadline_speaks_up_ninety_days_before(made, about, day):
    assert asked(made, day - timedelta(days=91)) == []
    assert asked(made, day - timedelta(days=90)) == [(about, day)]
    assert asked(made, day) == [(about, day)]


@pytest.mark.parametrize(
    ("made", "day"),
    [(tacit(), NOTICE), (agreement(), END), (agreement(end=date(2030, 1, 1), insurance_until=END), END)],
)
def test_what_was_seen_is_quiet_until_the_next_mark(made, day):
    for first, last, again in ((90, 31, 30), (30, 8, 7), (7, 1, 0)):
        seen = acted(made, Act.SEEN, day - timedelta(days=first))
        assert asked(seen, day - timedelta(days=first)) == []
        assert asked(seen, day - timedelta(days=last)) == []
        assert [one.days for one in reminders(seen, day - timedelta(days=again))] == [again]


def test_what_has_passed_speaks_up_again_every_thirty_days_although_it_was_seen():
    lapsed = acted(agreement(), Act.SEEN, END + timedelta(days=1))
    assert asked(lapsed, END + timedelta(days=30)) == []
    assert asked(lapsed, END + timedelta(days=31)) == [(Deadline.END, END)]
    assert asked(acted(agreement(), Act.SEEN, END), END + timedelta(days=1)) == [(Deadline.END, END)]


def test_notice_in_time_ends_it_at_that_term_and_the_end_is_told_next():
    told = acted(tacit(), Act.NOTICE_GIVEN, date(2027, 9, 1), by="Hanna Brandt")
    assert (told.acted[0].deadline, told.acted[0].by) == (NOTICE, "Hanna Brandt")
    assert asked(told, date(2027, 9, 30)) == []
    assert asked(told, date(2027, 10, 2)) == [(Deadline.END, END)]
    assert reminders(told, date(2027, 10, 2))[0].acts == (Act.RENEWED, Act.LET_END, Act.SEEN)
    assert state(told, date(2028, 1, 1)) is AgreementState.LAPSED


def test_notice_too_late_for_this_term_ends_the_next():
    told = acted(tacit(), Act.NOTICE_GIVEN, date(2027, 10, 1))
    assert told.acted[0].deadline == date(2028, 9, 30)
    assert current_end(told, date(2027, 10, 1)) == date(2028, 12, 31)


def test_left_to_renew_is_quiet_until_the_next_terms_notice_day():
    left = acted(tacit(), Act.LEFT_TO_RENEW, date(2027, 8, 1))
    assert asked(left, NOTICE) == asked(left, END) == []
    assert asked(left, date(2028, 9, 30)) == [(Deadline.NOTICE, date(2028, 9, 30))]


def test_a_notice_day_that_nobody_acted_on_is_told_until_the_new_term_begins():
    (one,) = reminders(tacit(), date(2027, 10, 1))
    assert one == Reminder(Deadline.NOTICE, NOTICE, -1, (Act.LEFT_TO_RENEW, Act.RENEWED, Act.SEEN))
    assert one.is_over
    assert asked(tacit(), date(2028, 1, 1)) == []
    assert asked(acted(tacit(), Act.LEFT_TO_RENEW, date(2027, 10, 1)), date(2027, 10, 2)) == []


def test_renewing_moves_the_days():
    renewed = acted(tacit(), Act.RENEWED, date(2027, 8, 1), until=date(2030, 6, 30))
    assert (renewed.end, notice_by(renewed, date(2027, 8, 1))) == (date(2030, 6, 30), date(2030, 3, 30))
    assert asked(renewed, NOTICE) == []
    certificate = acted(
        agreement(end=date(2030, 1, 1), insurance_until=END), Act.RENEWED, END, until=date(2028, 12, 31)
    )
    assert (certificate.insurance_until, certificate.end) == (date(2028, 12, 31), date(2030, 1, 1))


def test_the_end_and_the_insurance_of_the_same_day_are_told_apart():
    both = agreement(insurance_until=END)
    seen = acted(both, Act.SEEN, END, about=Deadline.INSURANCE)
    assert asked(seen, END) == [(Deadline.END, END)]
    over = acted(seen, Act.LET_END, END)
    assert asked(over, END + timedelta(days=400)) == []


def test_what_simply_ends_asks_for_notice_first_and_then_tells_its_end():
    fixed = agreement(notice_months=1)
    assert asked(fixed, date(2027, 11, 30)) == [(Deadline.NOTICE, date(2027, 11, 30))]
    assert asked(fixed, date(2027, 12, 1)) == [(Deadline.END, END)]
    assert asked(acted(fixed, Act.LET_END, date(2027, 11, 1), about=Deadline.END), date(2027, 11, 2)) == []


def test_letting_it_end_settles_its_notice_day_but_doing_without_insurance_does_not():
    fixed = agreement(notice_months=1, insurance_until=END)
    without = acted(fixed, Act.LET_END, date(2027, 11, 1), about=Deadline.INSURANCE)
    assert asked(without, date(2027, 11, 2)) == [(Deadline.NOTICE, date(2027, 11, 30))]
    assert asked(acted(without, Act.LET_END, date(2027, 11, 1), about=Deadline.END), date(2027, 11, 2)) == []


def test_an_evergreen_agreement_asks_for_nothing_until_notice_is_given():
    evergreen = agreement(renewal=Renewal.EVERGREEN, end=None, notice_months=3)
    assert asked(evergreen, END) == []
    told = acted(evergreen, Act.NOTICE_GIVEN, date(2027, 9, 30))
    assert asked(told, date(2027, 10, 1)) == [(Deadline.END, date(2027, 12, 30))]


@pytest.mark.parametrize(
    ("made", "act", "until", "why"),
    [
        (agreement(signed=None), Act.SEEN, None, "not signed"),
        (agreement(), Act.LEFT_TO_RENEW, None, "does not renew itself"),
        (agreement(), Act.NOTICE_GIVEN, None, "no notice to give"),
        (tacit(), Act.LET_END, None, "give notice and say so"),
        (agreement(), Act.RENEWED, None, "until when"),
        (agreement(), Act.LET_END, END, "until when"),
        (agreement(), Act.RENEWED, END, "2027-12-31 already"),
        (agreement(end=date(2030, 1, 1)), Act.SEEN, None, "asks to be seen"),
        (agreement(renewal=Renewal.EVERGREEN, end=None), Act.RENEWED, date(2030, 1, 1), "no end"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(made, act, until, why):
    with pytest.raises(InvalidRecord, match=why):
        acted(made, act, date(2027, 10, 15), until=until)


def test_one_may_act_before_anything_asks():
    early = acted(agreement(), Act.RENEWED, date(2025, 1, 1), until=date(2028, 12, 31))
    assert early.end == date(2028, 12, 31)
    assert acted(tacit(), Act.NOTICE_GIVEN, date(2025, 1, 1)).acted[0].deadline == NOTICE


@given(
    renewal=st.sampled_from(Renewal),
    end=st.dates(date(2025, 1, 1), date(2028, 12, 31)),
    months=st.integers(0, 4),
    insurance=st.none() | st.dates(date(2025, 1, 1), date(2028, 12, 31)),
    today=st.dates(date(2024, 6, 1), date(2029, 12, 31)),
)
def test_whatever_asks_can_be_settled_and_stays_settled_to_its_day(renewal, end, months, insurance, today):
    made = agreement(renewal=renewal, end=end, term_months=12, notice_months=months, insurance_until=insurance)
    for one in reminders(made, today):
        assert one.days <= 90
        assert one.acts[-1] is Act.SEEN
        for act in one.acts:
            until = max(today, one.day) + timedelta(days=1500) if act is Act.RENEWED else None
            after = acted(made, act, today, about=one.about, until=until)
            assert (one.about, one.day) not in asked(after, today)
            if act is not Act.SEEN:
                assert (one.about, one.day) not in asked(after, max(today, one.day))
