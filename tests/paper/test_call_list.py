"""A call list is called from with a pencil: every number has its own number, boxes and room."""

import pytest

from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.vendors import Vendor, VendorLevel
from escplaybook.domain.verification import Check, Importance
from escplaybook.paper.call_list import call_list_sheet
from escplaybook.paper.page import SIZES, Source, Stamp
from tests.conftest import NOW


def number(value="+46 70 174 06 31", **fields):
    return ContactPoint(PointKind.MOBILE, value, **fields)


def printed(checks, size="a4"):
    stamp = Stamp("call-list", NOW, "Dana", (Source("contact", "1", "CO-0001", "ab" * 32),))
    return call_list_sheet(list(enumerate(checks, start=12)), stamp, SIZES[size]).pdf()


@pytest.mark.parametrize("size", ["a4", "a6"])
def test_a_line_says_who_why_when_to_call_and_how_old_the_proof_is(contact, pages, size):
    mara = contact(role="Team lead", hours="Mon-Fri 08:00-17:00")
    gone = number("+46 70 174 06 32", failed=NOW.date(), label="at night", hours="Sat 10:00-12:00")
    text = "\n".join(pages(printed([Check(mara, number(), Importance.S1), Check(mara, gone, Importance.S1)], size)))
    for said in ("lines 12 to 13", "Mara Lindqvist", "Team lead", "called for S1", "Europe/Stockholm"):
        assert said in text
    for said in ("Mon–Fri 08:00–17:00", "Sat 10:00–12:00", "NEVER verified", "FAILED today", "at night"):
        assert said in text.replace("\xa0", " ")
    assert text.count("not reached, because") == 2


def test_a_vendors_line_names_the_rung_to_ask_for(pages):
    level = VendorLevel("Duty manager", (number("+44 20 7946 0142"),))
    vendor = Vendor(id="v", name="Tidewater", created=NOW, updated=NOW, levels=(level,))
    (text,) = pages(printed([Check(vendor, level.points[0], Importance.VENDOR, level.name)]))
    assert "Duty manager" in text
    assert "1 number to prove" in text
    assert "line 12" in text


def test_a_long_list_and_a_hostile_name_are_printed_whole(contact, pages):
    checks = [Check(contact(f"Person {at:03}"), number(), Importance.S2) for at in range(99)]
    checks.append(Check(contact("X" * 1_000), number("9" * 3_000), Importance.S2))
    texts = pages(printed(checks))
    assert len(texts) > 8
    assert all("What happened" in text for text in texts[:8])
    assert "111" in texts[-1]
