"""A number is kept as it was written; beside it stands what to dial, or why nobody can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.numbers import dialled, fault_of, fault_of_number, is_doubtful, number_of


@pytest.mark.parametrize(
    ("here", "told"),
    [
        ("", "+44 20 7946 0123"),
        ("GB", "020 7946 0123"),
        ("DE", "00 44 20 7946 0123"),
        ("US", "011 44 20 7946 0123"),
        ("XX", "+44 20 7946 0123"),
    ],
)
def test_a_number_is_dialled_as_one_does_from_here(here, told):
    number = number_of("+44 (0)20 7946-0123")
    assert number.e164 == "+442079460123"
    assert number.dialled_from(here) == told


def test_a_number_without_its_country_code_is_read_where_its_owner_is():
    assert number_of("070 174 06 31", "SE") == number_of("+46 70 174 06 31")
    assert "has no country code" in fault_of_number("070 174 06 31")
    assert number_of("0046 70 174 06 31", "DE").e164 == "+46701740631"


def test_an_extension_is_kept_in_all_that_is_dialled():
    number = number_of("+44 20 7946 0123 ext. 45")
    assert (number.e164, number.extension) == ("+442079460123", "45")
    assert number.uri == "tel:+44-20-7946-0123;ext=45"
    assert number.dialled_from("GB").endswith("45")
    assert number.dialled_from("DE").endswith("45")


@pytest.mark.parametrize(
    ("value", "country", "why"),
    [
        ("call the desk", "DE", "is no telephone number"),
        ("+999 123456", "", "a country code that does not exist"),
        ("+49 1", "", "too few digits"),
        ("+46 70 174 06 31 70 174 06 31", "", "too many digits"),
        ("7946 0123", "GB", "lacks its area code"),
        ("1" * 10_000, "DE", "too many digits"),
        ("030 123", "XX", "no numbers are known of “XX”"),
    ],
)
def test_what_nobody_can_dial_is_told_in_a_sentence(value, country, why):
    assert number_of(value, country) is None
    said = fault_of_number(value, country)
    assert why in said
    assert len(said) < 200


def test_no_fault_is_found_where_people_are_reached_in_ways_of_their_own():
    for kind, value in ((PointKind.CHAT, "@mara"), (PointKind.BRIDGE, "room 4, code 77"), (PointKind.PAGER, "4711")):
        assert fault_of(ContactPoint(kind, value)) == ""


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("mara@harbourlight.example", ""),
        ("mara@mail.local", ""),
        ("mara@harbourlight", "period"),
        ("mara at harbourlight.example", "@-sign"),
        ("Mara <mara@harbourlight.example>", "angle brackets"),
    ],
)
def test_an_address_that_can_be_none_is_told(address, why):
    said = fault_of(ContactPoint(PointKind.EMAIL, address))
    assert (why in said) if why else said == ""


def test_what_is_written_as_it_is_dialled_is_not_said_twice():
    point = ContactPoint(PointKind.MOBILE, "+46 70 174 06 31")
    assert dialled(point, "SE", "") == ""
    assert dialled(point, "SE", "DE") == "00 46 70 174 06 31"
    assert dialled(ContactPoint(PointKind.PHONE, "00 46 70 174 06 31"), "DE", "DE") == ""
    assert dialled(ContactPoint(PointKind.PHONE, "+1 206 555 0119"), "US", "") == ""  # else +1 206-555-0119
    assert dialled(ContactPoint(PointKind.CHAT, "@mara"), "SE", "DE") == ""


@given(st.text(min_size=1), st.sampled_from(["", "DE", "GB", "SE", "US", "XX"]))
def test_whatever_is_written_down_is_read_or_told(value, country):
    number = number_of(value, country)
    assert (number is None) == bool(fault_of_number(value, country))
    if number is not None:
        assert number_of(number.e164).e164 == number.e164


@pytest.mark.parametrize("value", ["+46 70 174 06 31", "+1 (206) 555-0119", "+44 20 7946 0123 ext. 45", "+49.30.23125"])
def test_a_number_in_plain_form_is_not_doubted_and_nothing_is_wrong_with_it(value):
    point = ContactPoint(PointKind.MOBILE, value)
    assert not is_doubtful(point)
    assert fault_of(point) == ""


@pytest.mark.parametrize(
    "value", ["070 174 06 31", "call the desk", "+46 70", "+46 70 174 06 31 70 174 06", "+1" * 9_000]
)
def test_a_number_in_another_form_is_looked_at_closer(value):
    assert is_doubtful(ContactPoint(PointKind.PHONE, value))


@given(st.emails())
def test_an_address_that_is_not_doubted_is_one(address):
    point = ContactPoint(PointKind.EMAIL, address)
    fault = fault_of(point)
    assert is_doubtful(point) or not fault or "reserved" in fault or "too long" in fault, fault
