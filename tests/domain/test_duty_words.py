"""What a sheet says of absences that come again."""

from dataclasses import replace
from datetime import timedelta

from escplaybook.domain.absences import Absence
from escplaybook.domain.contacts import Contact
from escplaybook.domain.duty_words import duty_on_paper
from escplaybook.domain.programme import Programme
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}
MARA = Contact(id="mara", name="Mara", **BORN)
FRIDAYS = Absence(
    id="a",
    contact="mara",
    start=NOW + timedelta(days=3),
    end=NOW + timedelta(days=3, hours=2),
    rule="FREQ=WEEKLY;BYDAY=FR",
    **BORN,
)


def lines(*absences: Absence) -> tuple[str, ...]:
    found = Programme({"mara": MARA}, (), (), (), (), (), (), (), (), absences=absences)
    return duty_on_paper(found, [MARA], NOW).lines["mara"]


def test_what_comes_again_is_told_once_with_its_rhythm():
    assert lines(FRIDAYS) == ("away 27 Nov 02:41–04:41, every week on Fri",)


def test_a_time_that_is_left_out_lets_no_rhythm_say_too_much():
    gap = replace(FRIDAYS, excluded=(FRIDAYS.start + timedelta(days=7),))
    assert [line.split()[1] for line in lines(gap)] == ["27", "11", "18", "25"]
