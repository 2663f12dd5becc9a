"""Every rule objects to what breaks it and to nothing else; a clean matrix is left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreements import Agreement, AgreementKind, Renewal
from escplaybook.domain.audit import RULES, Grade, audit, rule_named, standing
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import PointKind
from escplaybook.domain.deployments import Deployment, StageDates
from escplaybook.domain.errors import InvalidRecord, NotFound
from escplaybook.domain.matrix import DecisionRight, Level
from escplaybook.domain.programme import Programme
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.domain.vendors import Entitlement
from escplaybook.domain.waivers import Waiver
from tests.conftest import NOW
from tests.domain.clean import (
    BORN,
    cell,
    day,
    long_ago,
    person,
    point,
    programme,
    trigger,
    with_more,
    with_one,
)

S1, S2, S3, S4 = Severity
CLEAN = programme()
EMPTY = Programme({}, (), (), (), (), (), (), (), ())
GONE = person("gone", retired=long_ago(9))
NINE_TO_FIVE = "Mon-Fri 09:00-17:00"


def minutes(number):
    return timedelta(minutes=number)


def cells(one, **fields):
    return with_one(CLEAN, "cells", one, **fields)


def people(one, **fields):
    return with_one(CLEAN, "contacts", one, **fields)


def without_right(number):
    return with_one(CLEAN, "rights", f"r{number}", retired=NOW)


def backed_by_duty():
    duty = person("duty")
    shift = Shift(long_ago(7), timedelta(hours=9), "FREQ=DAILY", ("jun",))
    found = with_more(cells("S1-1", backup="duty"), "contacts", duty)
    return with_more(found, "rotations", Rotation("ro", "duty", "On call", shifts=(shift,), **BORN))


def away():
    start = NOW + timedelta(days=9)
    return with_more(CLEAN, "absences", Absence("ab", "mara", start, start + timedelta(days=5), **BORN))


def held_to(one, **hours):
    found = with_more(CLEAN, "contacts", *(person(name, hours=told) for name, told in hours.items()))
    owner, backup = hours
    return with_one(found, "cells", one, owner=owner, backup=backup)


def asleep_together():
    found = held_to("S1-1", early=NINE_TO_FIVE, late=NINE_TO_FIVE)
    return with_one(with_more(found, "contacts", person("night")), "contacts", "late", deputy="night")


def first_stale():
    return people("mara", points=(point(days=70), point(PointKind.PHONE, value="+49 30 23125 014")))


STAGES = CLEAN.deployments[0].stages
BROKEN = {
    "M01": lambda: with_more(CLEAN, "cells", cell(S1, 1, id="younger", owner="deniz", backup="ruth")),
    "M02": lambda: cells("S1-1", owner=None),
    "M03": lambda: with_one(with_more(CLEAN, "contacts", GONE), "cells", "S1-1", owner="gone"),
    "M04": lambda: cells("S2-2", backup=None),
    "M05": lambda: cells("S4-2", backup=None),
    "M06": lambda: with_one(with_more(CLEAN, "contacts", GONE), "cells", "S1-1", backup="gone"),
    "M07": asleep_together,
    "M08": lambda: cells("S1-2", owner="mara"),
    "M09": lambda: cells("S1-2", backup="jun"),
    "M10": lambda: people("jun", deputy="mara"),
    "M11": lambda: with_more(
        CLEAN, "cells", *(cell(one, 1, id=f"own {one}", stage="testing", backup="jun") for one in Severity)
    ),
    "M12": lambda: with_one(people("mara", deputy="deniz"), "contacts", "deniz", deputy="mara"),
    "M13": lambda: with_one(with_more(CLEAN, "contacts", GONE), "contacts", "mara", deputy="gone"),
    "M14": lambda: cells("S1-1", acknowledge=None),
    "M15": lambda: cells("S1-1", resolve=None),
    "M16": lambda: cells("S1-1", act=None),
    "M17": lambda: cells("S1-1", act=minutes(1)),
    "M18": lambda: cells("S2-1", acknowledge=minutes(4)),
    "M19": lambda: cells("S1-2", acknowledge=minutes(4)),
    "M20": lambda: with_more(CLEAN, "cells", cell(S1, 1, id="testing", stage="testing", acknowledge=minutes(3))),
    "M21": lambda: replace(CLEAN, severities=CLEAN.severities[:3]),
    "M22": lambda: with_one(CLEAN, "severities", "dS1", criteria=" "),
    "M23": lambda: with_one(CLEAN, "severities", "dS1", cadence=None),
    "M24": lambda: with_one(CLEAN, "severities", "dS1", channels=""),
    "M25": lambda: with_one(CLEAN, "severities", "dS1", examples=()),
    "M26": lambda: with_one(CLEAN, "severities", "dS1", intake=("Context",)),
    "M27": lambda: with_more(CLEAN, "levels", Level("l5", 4, "Board", purpose="Moves it on.", **BORN)),
    "M28": lambda: with_one(CLEAN, "levels", "l1", purpose=""),
    "M29": lambda: cells("S1-1", outcome=""),
    "M30": lambda: cells("S1-1", entry_criterion=""),
    "M31": lambda: with_more(CLEAN, "cells", replace(cell(S4, 4, id="x"), level=9)),
    "M32": lambda: with_more(CLEAN, "cells", cell(S1, 1, id="x", stage="go live")),
    "M33": lambda: replace(CLEAN, cells=CLEAN.cells[:12]),
    "M34": lambda: replace(CLEAN, cells=CLEAN.cells[:15]),
    "M35": lambda: with_one(CLEAN, "rights", "r1", decider=None),
    "M36": lambda: with_one(with_more(CLEAN, "contacts", GONE), "rights", "r1", decider="gone"),
    "M37": lambda: with_one(CLEAN, "rights", "r1", alternate=None),
    "M38": lambda: with_more(
        CLEAN, "rights", DecisionRight("r", "Spend", decider="paul", alternate="ana", expires=day(-1), **BORN)
    ),
    "M39": lambda: with_more(CLEAN, "rights", replace(CLEAN.rights[3], id="r9", decider="ruth", decision="roll  back")),
    **{f"M{40 + number}": lambda number=number: without_right(number) for number in range(8)},
    "M48": lambda: people("mara", points=(point(PointKind.EMAIL, value="mara@harbourlight.example"),)),
    "M49": lambda: people("mara", points=(point(days=70),)),
    "M50": first_stale,
    "M51": lambda: people("mara", points=(point(value="+46 70"),)),
    "M52": lambda: with_one(
        with_more(CLEAN, "contacts", person("deaf", points=()), person("dumb", points=())),
        "cells",
        "S4-1",
        owner="deaf",
        backup="dumb",
    ),
    "M53": lambda: held_to("S1-1", early=NINE_TO_FIVE, late="Mon-Sun 12:00-20:00"),
    "M54": backed_by_duty,
    "M55": away,
    "M56": lambda: with_one(CLEAN, "agreements", "support", end=day(-1)),
    "M57": lambda: with_one(CLEAN, "agreements", "support", signed=None),
    "M58": lambda: with_one(CLEAN, "agreements", "support", end=day(20)),
    "M59": lambda: with_one(CLEAN, "agreements", "support", insurance_until=day(20)),
    "M60": lambda: with_one(CLEAN, "agreements", "support", owner=None),
    "M61": lambda: with_one(
        CLEAN, "agreements", "support", renewal=Renewal.TACIT, term_months=12, notice_days=30, end=day(60)
    ),
    "M62": lambda: with_one(CLEAN, "vendors", "tidewater", levels=()),
    "M63": lambda: with_one(CLEAN, "vendors", "tidewater", severity_names=()),
    "M64": lambda: with_one(CLEAN, "vendors", "tidewater", entitlements=()),
    "M65": lambda: with_one(CLEAN, "vendors", "tidewater", entitlements=(Entitlement("T", until=day(20)),)),
    "M66": lambda: replace(CLEAN, triggers=(trigger(subject="sync is late"),)),
    "M67": lambda: replace(CLEAN, triggers=(trigger(business=None),)),
    "M68": lambda: replace(CLEAN, triggers=(trigger(level=9),)),
    "M69": lambda: with_one(CLEAN, "deployments", "harbour", point_of_contact=None),
    "M70": lambda: with_one(CLEAN, "deployments", "harbour", deputy=None),
    "M71": lambda: with_one(CLEAN, "points_of_contact", "board", person=None),
    "M72": lambda: with_one(CLEAN, "deployments", "harbour", stages=STAGES[:4]),
    "M73": lambda: with_one(CLEAN, "deployments", "harbour", go_live=day(39)),
    "M74": lambda: with_one(CLEAN, "blockers", "blocker", observed=NOW - timedelta(hours=3)),
    "M75": lambda: with_one(CLEAN, "blockers", "blocker", acknowledged=NOW - minutes(100)),
    "M76": lambda: with_one(with_more(CLEAN, "contacts", GONE), "cells", "S1-1", deputies=("gone",)),
    "M77": lambda: replace(CLEAN, definitions=()),
}
"""For each rule a programme that breaks it and no other."""


def test_a_clean_matrix_has_no_finding():
    assert audit(CLEAN, NOW) == []


def test_whoever_stands_in_after_the_backup_counts_where_it_is_asked_who_stands_in():
    found = with_more(cells("S2-2", backup=None, deputies=("night",)), "contacts", person("night"))
    assert audit(found, NOW) == []
    assert audit(with_one(asleep_together(), "cells", "S1-1", deputies=("night",)), NOW) == []
    leans = with_one(with_more(people("jun", deputy="mara"), "contacts", person("night")), "cells", "S1-1", id="x")
    assert [one.rule.id for one in audit(leans, NOW)] == ["M10"] * 2
    on_two = cells("S1-2", deputies=("jun",))
    assert [(one.rule.id, one.field) for one in audit(on_two, NOW)] == [("M09", "deputies")]


def test_an_empty_book_has_no_finding():
    assert audit(EMPTY, NOW) == []


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_each_rule_is_broken_alone(rule):
    found = audit(BROKEN[rule](), NOW)
    assert {one.rule.id for one in found} == {rule}
    assert all(one.what and one.rule.why and one.rule.fix for one in found)


def test_the_catalogue_is_numbered_through_and_every_field_is_one_of_its_record():
    assert [rule.id for rule in RULES] == [f"M{number:02d}" for number in range(1, len(RULES) + 1)]
    assert len(RULES) >= 30
    assert all(len(rule.name) <= 26 and rule.why.endswith(".") and rule.fix.endswith(".") for rule in RULES)
    reasons = [getattr(rule.find, "func", rule.find).__doc__ for rule in RULES]
    assert all(reason and reason.endswith(".") for reason in reasons)
    assert rule_named("m04").name == "No backup"
    with pytest.raises(NotFound, match="M01 to M77"):
        rule_named("M99")


def test_what_is_objected_to_is_told_with_names_and_numbers():
    def told(rule):
        return [one.what for one in audit(BROKEN[rule](), NOW)]

    assert told("M01") == ["S1, level 1 is set twice, for Mara and Deniz"]
    assert told("M09") == ["Jun is named on S1, level 1 and on S1, level 2"]
    assert told("M18") == ["S1, level 1: 5 min to acknowledge, against 4 min at S2, level 1"]
    assert told("M34") == [
        "Level 4 (Level 4) has no cell for S4 at initiation, integration, testing, go-live and hypercare"
    ]
    assert told("M40") == ["Harbour ERP: nobody may approve a design change at initiation"]
    assert told("M53") == ["S1, level 1: nobody answers in 97 of the coming 168 hours, first Tue 02:00 in UTC"]
    assert told("M55") == ["Mara is away from Thu 3 Dec, and nobody stands in"]
    assert told("M74") == ["“Orders stop”: the first level was told after 1 h 10 min; at S1 within 15 min"]
    assert told("M75") == ["“Orders stop” was taken after 10 min; the target is 5 min"]


def test_the_gravest_comes_first_and_a_record_breaks_a_rule_once():
    worse = with_one(cells("S1-1", owner=None, outcome="", act=None), "contacts", "deniz", points=())
    found = audit(worse, NOW)
    assert [one.rule.id for one in found] == ["M02", "M48", "M29", "M16"]
    twice = with_one(CLEAN, "contacts", "mara", points=(point(), point(value="+46 70"), point(value="+46 71")))
    (one,) = audit(twice, NOW)
    assert one.what.count("; ") == 1
    assert one.due.field == "points"


def test_a_matrix_that_is_being_begun_is_nobodys_burden():
    begun = replace(CLEAN, cells=(cell(S1, 1),))
    assert "M11" not in {one.rule.id for one in audit(begun, NOW)}


def test_cells_that_are_not_asked_are_left_alone():
    assert audit(cells("S4-4", not_escalated=True, owner=None, backup=None, outcome=""), NOW) == []
    assert audit(cells("S4-4", owner=None, retired=NOW), NOW)[0].rule.id == "M34"
    ghost = cell(S1, 1, id="g", deployment="ghost", owner=None)
    assert audit(with_more(CLEAN, "cells", ghost), NOW) == []


def test_a_delay_is_told_for_a_month_and_then_left_to_its_debrief():
    late = with_one(BROKEN["M74"](), "blockers", "blocker", resolved=NOW)
    assert [one.rule.id for one in audit(late, NOW + timedelta(days=4))] == ["M74"]
    assert all(one.rule.id != "M74" for one in audit(late, NOW + timedelta(days=31)))
    untold = with_one(CLEAN, "blockers", "blocker", notified=None, acknowledged=None, acknowledged_by=None)
    assert [one.what for one in audit(untold, NOW)] == [
        "“Orders stop”: the first level was not told in 2 h; at S1 within 15 min"
    ]


def test_what_is_taken_within_business_hours_is_not_late():
    late = BROKEN["M75"]()
    assert [one.rule.id for one in audit(late, NOW)] == ["M75"]
    closed = "Sun 00:00-24:00 in Europe/Oslo"  # it is a Tuesday, so the target has not begun to lapse
    rested = replace(late, cells=tuple(replace(cell, calendar=closed) for cell in late.cells))
    assert "M75" not in [one.rule.id for one in audit(rested, NOW)]


def waiver(**fields):
    usual = {"rule": "M02", "about": "S1-1", "about_kind": "cell", "reason": "Hired from 1 Dec", "by": "Ruth"}
    return Waiver(**({"id": "w", "until": day(7)} | usual | BORN | fields))


def test_a_waiver_lets_a_rule_pass_on_one_record_until_its_last_day():
    def stands(*waivers, at=NOW):
        return len(standing(audit(replace(cells("S1-1", owner=None), waivers=waivers), at), Grade.ERROR))

    assert stands() == 1
    assert stands(waiver()) == 0
    assert stands(waiver(), at=NOW + timedelta(days=7)) == 0
    assert stands(waiver(), at=NOW + timedelta(days=8)) == 1
    assert stands(waiver(rule="M03")) == 1
    assert stands(waiver(about="S1-2")) == 1
    assert stands(waiver(retired=NOW)) == 1
    (one,) = audit(replace(cells("S1-1", owner=None), waivers=(waiver(), waiver(id="v", until=day(9)))), NOW)
    assert one.waiver.until == day(9)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": " "}, "Say why"),
        ({"by": ""}, "who answers"),
        ({"until": day(-1)}, "is over"),
        ({"until": day(367)}, "a year at most"),
    ],
)
def test_a_waiver_has_a_reason_somebody_who_answers_and_an_end(fields, sentence):
    with pytest.raises(InvalidRecord, match=sentence):
        waiver(**fields)


names = st.sampled_from((None, "mara", "jun", "deniz", "gone", "nobody here"))
texts = st.sampled_from(("", " ", "late", "roll back", "data sync blocked", "ж" * 300))
spans = st.sampled_from((None, timedelta(seconds=1), timedelta(hours=1), timedelta(days=900)))
days = st.sampled_from((None, day(-400), day(0), day(20), day(3000)))
stages = st.sampled_from(("", "testing", "go-live", "Go live"))


@st.composite
def odd_programmes(draw):
    """Anything that a book can hold, however odd."""

    def some(make, most=4):
        return tuple(make(str(number)) for number in range(draw(st.integers(0, most))))

    def odd_cell(one):
        owner, backup = draw(names), draw(names)
        return replace(
            cell(draw(st.sampled_from(Severity)), 1, id=one),
            level=draw(st.integers(1, 5)),
            owner=owner,
            backup=backup if backup != owner else None,
            acknowledge=draw(spans),
            act=draw(spans),
            resolve=draw(spans),
            stage=draw(stages),
            deployment=draw(st.sampled_from((None, "0", "ghost"))),
            cause_class=draw(st.sampled_from((None, *CauseClass))),
            not_escalated=draw(st.booleans()),
            outcome=draw(texts),
        )

    def odd_person(name):
        deputy = draw(names)
        hours = draw(st.sampled_from(("", NINE_TO_FIVE, "Mon-Sun 22:00-06:00")))
        points = draw(st.sampled_from(((), (point(),), (point(days=400, value="x"),), (point(PointKind.EMAIL),))))
        left = draw(st.sampled_from((None, None, NOW, long_ago(9))))
        return person(name, deputy=deputy if deputy != name else None, hours=hours, points=points, retired=left)

    def odd_agreement(one):
        end = draw(days) or day(9)
        renewal = draw(st.sampled_from((Renewal.FIXED, Renewal.TACIT)))
        signed = draw(days)
        return Agreement(
            one, "tidewater", AgreementKind.NDA, signed=signed, end=end, renewal=renewal, term_months=12, **BORN
        )

    def odd_blocker(one):
        told, taken = draw(st.sampled_from((None, NOW))), draw(st.sampled_from((None, NOW)))
        seen = NOW - timedelta(days=draw(st.integers(0, 80)))
        of = {"deployment": draw(st.sampled_from((None, "0", "ghost"))), "stage": draw(stages)}
        return Blocker(one, "x", S2, seen, notified=told, acknowledged=taken, resolved=taken, **of, **BORN)

    stage = StageDates("go-live", day(-9), day(9))
    return Programme(
        contacts={name: odd_person(name) for name in ("mara", "jun", "deniz", "gone")},
        vendors=CLEAN.vendors,
        agreements=some(odd_agreement),
        deployments=some(
            lambda one: Deployment(one, "x", stages=draw(st.sampled_from(((), (stage,)))), go_live=draw(days), **BORN),
            2,
        ),
        severities=draw(st.sampled_from(((), CLEAN.severities))),
        levels=some(lambda one: Level(one, draw(st.integers(1, 4)), "x", **BORN)),
        cells=some(odd_cell, 8),
        rights=some(
            lambda one: DecisionRight(
                one, draw(texts).strip() or "x", stage=draw(stages), decider=draw(names), expires=draw(days), **BORN
            )
        ),
        blockers=some(odd_blocker),
        triggers=some(lambda one: trigger(id=one, subject=draw(texts), level=draw(st.integers(1, 9)))),
        waivers=some(lambda one: waiver(id=one, about=draw(st.sampled_from(("0", "1", "mara"))))),
    )


@given(odd_programmes())
@settings(max_examples=80)
def test_whatever_a_book_holds_is_audited(found):
    findings = audit(found, NOW)
    assert len({one.id for one in findings}) == len(findings)
    assert audit(found, NOW) == findings
    assert all(one.what.strip() and "\n" not in one.what for one in findings)
