"""Sub-classes of causes: those every book knows, and what a book says of them or adds."""

import pytest

from escplaybook.domain.causes import (
    SubClass,
    cause_words,
    checked_sub_class,
    refuse_described_twice,
    sub_class_called,
    sub_class_names,
)
from escplaybook.domain.classification import CauseClass
from escplaybook.domain.errors import InvalidRecord
from tests.conftest import NOW

INTERNAL, EXTERNAL = CauseClass
BORN = {"created": NOW, "updated": NOW}
VENDOR = SubClass("v", EXTERNAL, "Vendor", counterpart="Duty manager", **BORN)
PORT = SubClass("p", EXTERNAL, "port authority", **BORN)
GONE = SubClass("g", INTERNAL, "fashion", retired=NOW, **BORN)


def test_every_book_knows_six_and_may_add_its_own():
    assert sub_class_names((), INTERNAL) == ("priority", "resource", "approval")
    assert sub_class_names((VENDOR, PORT, GONE), EXTERNAL) == ("vendor", "API", "regulator", "port authority")
    assert sub_class_names((VENDOR, PORT, GONE), INTERNAL) == ("priority", "resource", "approval")
    assert sub_class_called((VENDOR, PORT), EXTERNAL, "vendor") == VENDOR
    assert sub_class_called((VENDOR, PORT), INTERNAL, "vendor") is None


def test_a_blocker_s_sub_class_is_one_of_its_class_however_it_is_written():
    assert checked_sub_class((PORT,), EXTERNAL, "  Port  AUTHORITY ") == "port authority"
    assert checked_sub_class((), EXTERNAL, "api") == "API"
    assert checked_sub_class((), INTERNAL, " ") == ""
    told = "“vendor” is no sub-class of internal causes; there are priority, resource, approval."
    with pytest.raises(InvalidRecord, match=told):
        checked_sub_class((PORT,), INTERNAL, "vendor")
    with pytest.raises(InvalidRecord):
        checked_sub_class((GONE,), INTERNAL, "fashion")


def test_a_name_that_means_the_other_class_everywhere_is_refused():
    with pytest.raises(InvalidRecord, match="“Vendor” is a sub-class of external causes in every book"):
        SubClass("x", INTERNAL, "Vendor", **BORN)
    with pytest.raises(InvalidRecord, match="Give the sub-class a name"):
        SubClass("x", INTERNAL, " ", **BORN)


def test_one_sub_class_is_described_once():
    with pytest.raises(InvalidRecord, match="“Vendor” is described already"):
        refuse_described_twice((VENDOR,), SubClass("x", EXTERNAL, "vendor", **BORN))
    refuse_described_twice((VENDOR, GONE), VENDOR)
    refuse_described_twice((GONE,), SubClass("x", INTERNAL, "fashion", **BORN))


def test_a_cause_is_told_in_two_words():
    assert (cause_words(EXTERNAL, "vendor"), cause_words(INTERNAL, "")) == ("external: vendor", "internal")
