"""Reports are gone through with a pen: numbers first, then what, why and how to mend it, then who signs."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from escplaybook.domain.audit import RULES, Finding
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.coverage import Coverage, Hole, SquareCoverage
from escplaybook.domain.due import Due
from escplaybook.domain.edition_diff import Change, Difference
from escplaybook.domain.matrix import Cell, Place
from escplaybook.domain.waivers import Waiver
from escplaybook.paper.page import SIZES, Source, Stamp
from escplaybook.paper.reports_audit import audit_report
from escplaybook.paper.reports_coverage import coverage_report
from escplaybook.paper.reports_week import Reviewed, week_report
from tests.conftest import NOW

STAMP = Stamp("report", NOW, "Dana", (Source("cell", "c", "CL-0001", "ab" * 32),))
CELL = Cell("c", Severity.S1, 3, NOW, NOW, key="CL-0001")


def findings(*whats):
    return [Finding(RULES[0], CELL, what) for what in whats]


def words(pages, sheet):
    return " ".join(" ".join(pages(sheet.pdf())).replace("\xa0", " ").split())


def test_the_audit_counts_and_tells_a_rule_once_for_all_that_breaks_it(pages):
    found = findings("S1, level 3 has no owner", "S1, level 4 has no owner")
    text = words(pages, audit_report(found, len(RULES), STAMP, SIZES["a4"]))
    rule = RULES[0]
    assert text.count(rule.why) == 1
    assert text.count(rule.fix) == 1
    for said in (rule.id, rule.name, "S1, level 3 has no owner", "S1, level 4 has no owner", "CL-0001"):
        assert said in text
    assert text.index("2 errors 0 warnings 0 advice 0 waived") < text.index("looked at by") < text.index(rule.name)
    assert f"{len(RULES)} rules asked" in text


def test_what_is_waived_is_told_apart_with_who_answers_for_it_and_until_when(pages):
    waiver = Waiver("w", RULES[0].id, "c", "cell", "It is named this week", "Dana", date(2026, 12, 31), NOW, NOW)
    (one,) = findings("S1, level 3 has no owner")
    text = words(pages, audit_report([replace(one, waiver=waiver)], len(RULES), STAMP, SIZES["a4"]))
    assert "until 31 Dec 2026 Dana: It is named this week" in text
    assert text.index("Waived: they stay") < text.index("S1, level 3 has no owner")
    assert text.count("None.") == 3


@pytest.mark.parametrize("size", ["a4", "a6"])
def test_a_long_audit_is_printed_whole_on_any_paper(size, pages):
    found = findings(*(f"finding {at} {'x' * (at * 97 % 2_000)}" for at in range(200)))
    text = words(pages, audit_report(found, len(RULES), STAMP, SIZES[size]))
    assert all(f"finding {at} " in text for at in range(200))


def test_the_week_says_what_changed_in_words_and_who_reviewed_last(pages):
    change = Difference(Change.CHANGED, CELL, "S1 acknowledge, level 3: 30 → 15 min", "acknowledge")
    stale = Due("Mara Lindqvist: mobile verified 61 days ago", None, CELL, "verify", 0)
    since = NOW - timedelta(days=7)
    week = Reviewed(since, "Last reviewed on 17 Nov 2026 by Dana.", (change,), (stale,), ())
    text = words(pages, week_report(week, STAMP, SIZES["a4"]))
    for said in (
        "17 Nov 2026 to 24 Nov 2026",
        "Last reviewed on 17 Nov 2026 by Dana.",
        "1 change 1 gone stale 0 new findings",
    ):
        assert said in text
    assert "S1 acknowledge, level 3: 30 → 15 min." in text
    assert text.index("Went stale") < text.index("mobile verified 61 days ago") < text.index("Decided")
    assert "for engineering" in text


def test_a_quiet_week_says_so_and_is_signed_all_the_same(pages):
    text = words(pages, week_report(Reviewed(NOW, "", (), (), ()), STAMP, SIZES["a6"]))
    assert "Nobody has reviewed it before." in text
    assert text.count("Nothing.") == 2
    assert "for the business" in text


def covered(*holes, share=1.0, start=datetime(2026, 11, 23, tzinfo=NOW.tzinfo)):
    place = Place(Severity.S1, "go-live", CauseClass.INTERNAL)
    flags = tuple(at >= (1 - share) * 168 for at in range(168))
    found = tuple(Hole(place, 3, CELL, start + a * HOUR, start + b * HOUR, "Ingrid is off duty") for a, b in holes)
    return Coverage(start, 7, (SquareCoverage(place, flags, 0, None, found),))


HOUR = timedelta(hours=1)


def test_a_cell_that_is_empty_every_night_is_told_once_with_its_hours(pages):
    midnight = datetime(2026, 11, 22, 23, tzinfo=NOW.tzinfo)
    found = covered((0, 7), (24, 31), share=0.9, start=midnight)
    text = words(pages, coverage_report(found, "Harbour ERP", "Europe/Stockholm", STAMP, SIZES["a4"]))
    for said in ("23 Nov 2026 to 29 Nov 2026", "14 h in 2 pieces", "first Mon 00:00 to Mon 07:00: Ingrid is off duty"):
        assert said in text
    assert text.count("CL-0001") == 1
    assert "never at worst to the right" in text


def test_a_severity_that_is_covered_needs_no_map(pages):
    text = words(pages, coverage_report(covered(), "Harbour ERP", "UTC", STAMP, SIZES["a4"]))
    assert "every hour is covered" in text
    assert "Mon 23" not in text
    assert "Nobody: every hour is covered." in text


def test_one_hour_that_is_missing_is_not_rounded_away(pages):
    text = words(pages, coverage_report(covered((0, 1), share=167 / 168), "Harbour ERP", "UTC", STAMP, SIZES["a4"]))
    assert "99.4 %" in text
    assert "Mon 23" in text
