"""A sheet holds until whatever on it goes stale first, and is as confidential as the most confidential thing on it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from escplaybook.domain.agreements import Agreement, AgreementKind, Renewal
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.editions import Edition
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.matrix import DecisionRight
from escplaybook.domain.validity import class_of, first_to_expire, replaced_on, speaks_of_matrix
from escplaybook.domain.vendors import Entitlement, Vendor, VendorLevel
from escplaybook.domain.verification import Importance
from tests.conftest import NOW

TODAY = NOW.date()
BORN: dict[str, Any] = {"created": NOW, "updated": NOW}
PROVED = ContactPoint(PointKind.MOBILE, "+46 70 174 06 31", verified=TODAY - timedelta(days=10))


def person(*points: ContactPoint) -> Contact:
    return Contact(new_id(NOW), "Mara Lindqvist", points=points, **BORN)


def agreement(**fields: Any) -> Agreement:
    usual = {"key": "AG-0003", "signed": date(2025, 1, 1), "end": date(2027, 6, 30), **BORN}
    return Agreement(new_id(NOW), "v", AgreementKind.HOLD_HARMLESS, **(usual | fields))


def said(*records: Any, points: Any = ()) -> tuple[date, str] | None:
    found = first_to_expire(records, points, TODAY)
    return (found.day, found.why) if found else None


def test_a_number_is_proved_again_before_anything_else_here():
    mara = person(PROVED)
    due = TODAY - timedelta(days=10) + Importance.S1.interval
    assert said(mara, points=[(PROVED, Importance.S1)]) == (due, "a number of Mara Lindqvist is to be proved")


def test_an_agreement_ends_its_notice_falls_due_or_its_insurance_runs_out():
    assert said(agreement()) == (date(2027, 6, 30), "AG-0003 ends or goes on")
    noticed = agreement(notice_months=3, renewal=Renewal.TACIT, term_months=12)
    assert said(noticed) == (date(2027, 3, 30), "notice on AG-0003 is due")
    insured = agreement(insurance_until=date(2026, 12, 31))
    assert said(insured) == (date(2026, 12, 31), "the insurance of AG-0003 ends")


def test_what_is_over_or_not_signed_is_told_on_the_sheet_and_ends_no_validity():
    assert said(agreement(end=date(2026, 11, 23))) is None
    assert said(agreement(signed=None)) is None
    ran_out = Vendor(new_id(NOW), "T", entitlements=(Entitlement("TM-1", until=date(2026, 1, 1)),), **BORN)
    assert said(ran_out) is None


def test_rights_and_entitlements_end():
    right = DecisionRight(new_id(NOW), "Roll back the cut-over", expires=date(2027, 1, 15), **BORN)
    vendor = Vendor(new_id(NOW), "T", entitlements=(Entitlement("TM-4471-E", until=date(2026, 12, 1)),), **BORN)
    assert said(right) == (date(2027, 1, 15), "the right “Roll back the cut-over” ends")
    assert said(right, vendor) == (date(2026, 12, 1), "entitlement TM-4471-E ends")


def test_a_number_of_a_vendor_is_told_by_the_vendor():
    vendor = Vendor(new_id(NOW), "Tidewater", levels=(VendorLevel("Desk", (PROVED,)),), **BORN)
    assert said(vendor, points=[(PROVED, Importance.VENDOR)])[1] == "a number of Tidewater is to be proved"


def test_a_long_name_is_shortened():
    named = replace(person(PROVED), name="Hubertus-Maximilian von Schwarzenfels-Donnersmarck")
    assert "Hubertus-Maximilian von Schwarz… is" in said(named, points=[(PROVED, Importance.S1)])[1]


@pytest.mark.parametrize(
    ("deployment", "retired", "expected"),
    [(None, None, TODAY), ("d", None, TODAY), ("other", None, None), (None, NOW, None)],
)
def test_the_next_edition_ends_it_if_it_is_of_this_deployment_and_not_withdrawn(deployment, retired, expected):
    coming = Edition(new_id(NOW), 4, effective=NOW + timedelta(hours=2), deployment=deployment, retired=retired, **BORN)
    holding = Edition(new_id(NOW), 3, effective=NOW - timedelta(days=9), **BORN)
    found = replaced_on([holding, coming], NOW, "d")
    assert (found.day if found else None) == expected
    if found:
        assert found.why == "edition 4 comes into force"


def test_a_sheet_is_as_confidential_as_what_stands_on_it():
    entry = Entry(new_id(NOW), "Login loops", **BORN)
    vendor = Vendor(new_id(NOW), "T", **BORN)
    known_to_us = replace(vendor, entitlements=(Entitlement("TM-1"),))
    assert class_of([]).words == "team only"
    assert class_of([entry, person(), vendor]).words == "team only"
    assert class_of([entry, known_to_us]).words == "confidential"
    assert class_of([person(), agreement()]).words == "confidential"


def test_only_what_an_edition_fixes_speaks_of_the_matrix():
    assert speaks_of_matrix([DecisionRight(new_id(NOW), "Roll back", **BORN)])
    assert not speaks_of_matrix([person(), agreement()])
