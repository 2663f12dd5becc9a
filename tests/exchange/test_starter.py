"""The sample programme's content: as rich as it claims to be, invented throughout, and as fresh on any day."""

import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreement_dates import current_end
from escplaybook.domain.agreements import Agreement, AgreementKind, HoldHarmlessForm
from escplaybook.domain.annotations import Annotation
from escplaybook.domain.audit_rules_rights import NEEDED
from escplaybook.domain.blockers import Blocker, BlockerState
from escplaybook.domain.causes import SubClass, checked_sub_class, sub_class_names
from escplaybook.domain.classification import STAGES, SUB_CLASSES, CauseClass, Severity
from escplaybook.domain.confidence import State, state_of
from escplaybook.domain.contacts import Contact, PointKind, Privacy, zone_named
from escplaybook.domain.coverage_words import coverage
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.domain.editions import Edition
from escplaybook.domain.identity import Record
from escplaybook.domain.impact import verdict
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.matrix import Cell, DecisionRight, Level, Place, SeverityDefinition, cell_for, rights_at
from escplaybook.domain.readings import Reading, ReadingQuestion
from escplaybook.domain.roster import Roster
from escplaybook.domain.rotations import Rotation
from escplaybook.domain.suggestions import Suggestion
from escplaybook.domain.triggers import Trigger, missing_reviews
from escplaybook.domain.triggers_firing import set_off
from escplaybook.domain.triggers_vagueness import vagueness
from escplaybook.domain.uses import Outcome, Use
from escplaybook.domain.vendors import Vendor
from escplaybook.exchange.programme import read_programme
from escplaybook.prose.entries import plain_text
from escplaybook.shipped import resource

MOMENTS = (
    datetime(2026, 11, 24, 2, 41, tzinfo=UTC),
    datetime(2027, 2, 28, 23, 59, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    datetime(2031, 8, 31, 6, 30, tzinfo=UTC),
)

FICTION = re.compile(
    r"""\+1\ 206\ 555\ 01\d\d
    | \+44\ 7700\ 900\ \d{3}
    | \+44\ 20\ 7946\ 0\d{3}
    | \+46\ 70\ 174\ 06\ (0[5-9]|[1-8]\d|9[0-5])
    | \+49\ 30\ 23125\ \d{3}
    | \+33\ 1\ 99\ 00\ \d\d\ \d\d
    | \+61\ 491\ 570\ 15[6-9]""",
    re.VERBOSE,
)


@pytest.fixture(scope="module", params=MOMENTS, ids=lambda moment: f"{moment:%Y-%m-%d}")
def now(request) -> datetime:
    return request.param


@pytest.fixture(scope="module")
def programme(now) -> tuple[Record, ...]:
    return read_programme(resource("starter"), now)


def of(programme, kind):
    return [record for record in programme if isinstance(record, kind)]


def test_it_is_as_large_as_a_programme(programme):
    assert Counter(type(record) for record in programme) == {
        Entry: 40,
        Contact: 42,
        Absence: 4,
        Rotation: 2,
        Vendor: 6,
        Agreement: 12,
        Deployment: 2,
        SeverityDefinition: 4,
        BlockerDefinition: 1,
        Level: 4,
        SubClass: 8,
        Cell: 59,
        DecisionRight: 21,
        Trigger: 8,
        Annotation: 16,
        Blocker: 3,
        PointOfContact: 4,
        Question: 4,
        Edition: 1,
        Suggestion: 3,
        Use: 30,
        Reading: 2,
        ReadingQuestion: 2,
    }


def test_people_live_around_the_world_and_write_their_names_as_they_do(programme, now):
    people = of(programme, Contact)
    assert len({now.astimezone(zone_named(person.zone)).utcoffset() for person in people}) >= 12
    scripts = {unicodedata.name(letter).split()[0] for person in people for letter in person.name if letter.isalpha()}
    assert scripts == {"LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "DEVANAGARI", "CJK", "THAI"}
    assert max(len(person.name) for person in people) > 80
    assert max(len(person.organisation) for person in people) > 150
    ours = [person for person in people if person.organisation == "Harbourlight Software"]
    assert all(person.role and person.team and person.languages and len(person.points) >= 2 for person in ours)
    points = [point for person in people for point in person.points]
    assert {point.kind for point in points} == set(PointKind)
    assert {point.privacy for point in points} == set(Privacy)


def test_names_in_other_scripts_are_told_in_latin_letters_too(programme):
    foreign = [person for person in of(programme, Contact) if not unicodedata.name(person.name[0]).startswith("LATIN")]
    assert len(foreign) == 8
    assert all("in Latin letters" in person.notes for person in foreign)


def test_every_number_leads_nowhere(programme):
    points = [point for person in of(programme, Contact) for point in person.points]
    points += [point for vendor in of(programme, Vendor) for level in vendor.levels for point in level.points]
    for point in points:
        if point.kind in (PointKind.PHONE, PointKind.MOBILE):
            assert FICTION.fullmatch(point.value), point.value
    text = "".join(path.read_text(encoding="utf-8") for path in resource("starter").rglob("*") if path.is_file())
    for number in re.findall(r"\+\d[\d ]{7,}\d", re.sub(r"^#.*$", "", text, flags=re.MULTILINE)):
        assert FICTION.fullmatch(number), number


def test_every_address_of_people_and_vendors_is_an_example(programme):
    text = "".join(path.read_text(encoding="utf-8") for path in resource("starter").glob("*.yaml"))
    hosts = re.findall(r"https?://([^/\s\"}]+)", text) + re.findall(r"[\w.-]+@([\w.-]+\w)", text)
    assert len(hosts) > 60
    assert {host for host in hosts if not host.endswith(".example")} == set()


def test_nothing_that_has_happened_lies_ahead(programme, now):
    for record in programme:
        assert record.created <= record.updated <= now
    for person in of(programme, Contact):
        assert all(point.verified is None or point.verified <= now.date() for point in person.points)


def test_vendors_can_be_asked_for_help(programme):
    for vendor in of(programme, Vendor):
        assert 2 <= len(vendor.levels) <= 3
        assert all(level.points and level.answers_within for level in vendor.levels)
        assert vendor.portal
        assert vendor.entitlements
        assert vendor.systems
        assert vendor.how_to_get_through


def test_agreements_are_of_every_sort(programme, now):
    agreements = of(programme, Agreement)
    assert {agreement.kind for agreement in agreements} == set(AgreementKind)
    assert {agreement.form for agreement in agreements} == {None, *HoldHarmlessForm}
    assert {agreement.vendor for agreement in agreements} == {vendor.id for vendor in of(programme, Vendor)}
    twice = next(agreement for agreement in agreements if agreement.title == "Enterprise support, Tidewater Middleware")
    months = (current_end(twice, now.date()).year - twice.end.year) * 12
    assert months + current_end(twice, now.date()).month - twice.end.month == 2 * twice.term_months


def test_the_promise_that_is_ours_is_not_told_as_if_it_were_theirs(programme, now):
    title = "Merchant indemnity towards Halyard Payments"
    indemnity = next(one for one in of(programme, Agreement) if one.title == title)
    first = coverage(indemnity, "Halyard Payments", now.date())[0]
    told = "You must hold Halyard Payments harmless even where Halyard Payments is alone at fault."
    assert first.text == f"{told} It does not protect you."
    assert first.warns


def test_the_deployments_are_where_they_should_be(programme, now):
    harbour, castellan = of(programme, Deployment)
    assert [stage_on(deployment, now.date()) for deployment in (harbour, castellan)] == ["integration", "testing"]
    assert (harbour.go_live - now.date()).days == 42
    for deployment in (harbour, castellan):
        assert deployment.point_of_contact
        assert deployment.deputy
        assert stage_on(deployment, deployment.go_live) == "go-live"


def test_the_matrix_answers_everywhere_and_never_twice(programme):
    cells = of(programme, Cell)
    corners = [(cell.deployment, cell.stage, cell.cause_class, cell.severity, cell.level) for cell in cells]
    assert len(corners) == len(set(corners))
    assert {cell.stage for cell in cells} <= {"", *STAGES}
    default = [cell for cell in cells if (cell.deployment, cell.stage, cell.cause_class) == (None, "", None)]
    assert len(default) == 16
    assert {(cell.severity, cell.level) for cell in default if cell.not_escalated} == {("S3", 4), ("S4", 3), ("S4", 4)}
    for cell in cells:
        assert not cell.deputies or cell.backup
        assert cell.not_escalated or (cell.owner and cell.outcome and cell.acknowledge < cell.act <= cell.resolve)


def test_the_matrix_is_the_drawn_one(programme):
    names = {person.id: person.name for person in of(programme, Contact)}
    drawn = {
        ("S1", 1): ("Mara Lindqvist", "Jun Park", 5, 30),
        ("S1", 3): ("Ingrid Solberg", None, 30, 120),
        ("S2", 2): ("Deniz Aydin", "Ruth Mensah", 30, 240),
        ("S2", 4): ("Paul Adeyemi", "Ana Ferreira", 240, 1440),
        ("S3", 1): ("Jun Park", "Mara Lindqvist", 60, 1440),
        ("S4", 2): ("Deniz Aydin", None, 2880, 14400),
    }
    for (severity, level), expected in drawn.items():
        cell = cell_for(of(programme, Cell), Place(Severity(severity), "integration"), level)
        minutes = [int(target.total_seconds() // 60) for target in (cell.acknowledge, cell.resolve)]
        assert (names[cell.owner], names.get(cell.backup), *minutes) == expected


def test_stage_and_cause_change_who_is_called(programme):
    names = {person.id: person.name for person in of(programme, Contact)}

    def owner(stage, cause_class, level, severity=Severity.S1):
        cell = cell_for(of(programme, Cell), Place(severity, stage, cause_class), level)
        return "not escalated" if cell.not_escalated else names[cell.owner]

    assert owner("integration", CauseClass.EXTERNAL, 2) == "Hanna Brandt"
    assert owner("testing", CauseClass.INTERNAL, 1) == "Ines Okafor"
    assert owner("testing", CauseClass.INTERNAL, 3) == "अनन्या शर्मा"
    assert owner("testing", CauseClass.EXTERNAL, 3) == "Camille Durand"
    assert owner("testing", CauseClass.INTERNAL, 4, Severity.S3) == "not escalated"
    assert owner("go-live", CauseClass.INTERNAL, 4, Severity.S3) == "Paul Adeyemi"


def test_it_says_what_a_blocker_is(programme):
    (found,) = of(programme, BlockerDefinition)
    assert found.kinds == ("Integration gaps", "Data migration", "Security policy")
    assert found.counts
    assert found.does_not_count


def test_with_whom_one_deals_is_said_of_every_sub_class_and_every_blocker_has_one(programme):
    described = of(programme, SubClass)
    for cause, names in SUB_CLASSES.items():
        assert set(names) < set(sub_class_names(described, cause)), "and one of its own"
    assert all(one.counterpart and one.meaning for one in described)
    for blocker in of(programme, Blocker):
        assert checked_sub_class(described, blocker.cause_class, blocker.sub_class) == blocker.sub_class != ""


def test_every_right_the_process_needs_is_somebodys(programme, now):
    rights = of(programme, DecisionRight)
    assert all(right.decider and right.evidence for right in rights)
    go_live = {right.decision for right in rights_at(rights, Place(Severity.S1, "go-live"), now.date())}
    assert {"Roll back the release", "Inform the executive sponsor", "Speak to the customer’s press office"} <= go_live
    for stage, asked, words in NEEDED:  # what the process itself asks of each stage, or of any
        held = [one.decision.casefold() for one in rights_at(rights, Place(Severity.S1, stage), now.date())]
        assert any(word in decision for decision in held for word in words), f"nobody may {asked} ({stage})"
    testing = {right.decision for right in rights_at(rights, Place(Severity.S2, "testing"), now.date())}
    assert {"Change the environment", "Pause the load", "Negotiate with third parties", "Spend"} <= testing
    assert "Roll back the release" not in testing


def test_mentors_speak_beside_words_that_are_there(programme):
    entries = {entry.id: entry for entry in of(programme, Entry)}
    mentors = {person.name for person in of(programme, Contact)}
    for note in of(programme, Annotation):
        value = getattr(entries[note.entry], note.field)
        if note.field == "steps":
            value = "\n\n".join(f"{step.action}\n\n{step.expected}" for step in value)
        assert note.quote in plain_text(value), (entries[note.entry].key, note.quote)
        assert note.author in mentors


def test_remedies_were_used_by_people_who_are_there_after_they_were_written_down(programme, now):
    entries = {entry.id: entry for entry in of(programme, Entry)}
    people = {person.name for person in of(programme, Contact)}
    uses = of(programme, Use)
    assert {use.outcome for use in uses} == set(Outcome)
    for use in uses:
        assert use.by in people
        assert entries[use.entry].created < use.at <= now
    told = Counter(state_of(entry, [use for use in uses if use.entry == entry.id]) for entry in of(programme, Entry))
    assert told == {State.VALIDATED: 8, State.NOT_VALIDATED: 32}


def test_three_blockers_are_at_hand(programme, now):
    entries = {entry.id: entry.key for entry in of(programme, Entry)}
    raised, taken, over = of(programme, Blocker)
    assert [blocker.state for blocker in (raised, taken, over)] == [
        BlockerState.RAISED,
        BlockerState.ACKNOWLEDGED,
        BlockerState.RESOLVED,
    ]
    assert [blocker.severity for blocker in (raised, taken, over)] == ["S1", "S2", "S3"]
    assert (now - raised.notified).total_seconds() == 20 * 60
    assert (entries[taken.entry], [reference.key for reference in taken.references]) == (
        "KB-0016",
        ["CST-2291", "TM-90412"],
    )
    assert 24 <= (now - over.resolved).total_seconds() / 3600 <= 48
    for blocker in (raised, taken, over):
        assert blocker.context
        assert blocker.dependencies
        assert blocker.options
        assert blocker.risk
        assert blocker.milestone


def test_every_severity_at_hand_is_what_its_impact_gives(programme):
    for blocker in of(programme, Blocker):
        assert verdict(blocker.impact, blocker.stage).severity is blocker.severity, blocker.title
        assert verdict(blocker.impact, blocker.stage).open == ()


def test_triggers_are_measurable_and_two_sides_stand_by_them(programme):
    triggers = of(programme, Trigger)
    assert {trigger.name: vagueness(trigger) for trigger in triggers if vagueness(trigger)} == {}
    assert all(trigger.engineering != trigger.business for trigger in triggers)
    assert [trigger.name for trigger in triggers if missing_reviews(trigger)] == ["The load test misses its figure"]


def test_the_s1_should_have_been_escalated_sixteen_minutes_ago(programme, now):
    raised, taken, over = (set_off(of(programme, Trigger), blocker, now) for blocker in of(programme, Blocker))
    assert [(one.trigger.name, (now - one.due).total_seconds() // 60) for one in raised] == [
        ("Data sync blocks the next process", 16),
        ("Nobody has taken an S1", 5),
    ]
    assert [(one.trigger.name, one.escalated is not None) for one in taken] == [
        ("The first level was never told", True)
    ]
    assert [one.trigger.name for one in over] == ["The first level was never told"]


def test_the_desk_is_handed_round_the_world_and_never_left(programme, now):
    roster = Roster(of(programme, Absence), of(programme, Rotation))
    (desk,) = (one for one in of(programme, Contact) if one.name == "Operations desk")
    names = {one.id: one.name for one in of(programme, Contact)}
    hours = [now + timedelta(hours=hour) for hour in range(7 * 24)]
    turns = [roster.on_duty(desk.id, hour) for hour in hours]
    assert {names[turn.member] for turn in turns} == {"北村 健", "Łukasz Wójcik", "Caleb Whitmore"}


def test_turns_and_days_off_lie_on_the_wall_clock_whatever_the_day(programme, now):
    (calls,) = (one for one in of(programme, Rotation) if one.name == "Integration on call")
    roster = Roster(of(programme, Absence), [calls])
    turn = roster.on_duty(calls.contact, now)
    assert f"{turn.end.astimezone(ZoneInfo('Europe/Stockholm')):%a %H:%M}" == "Mon 09:00"
    (jun,) = (one for one in of(programme, Contact) if one.name == "Jun Park")
    (holiday,) = roster.away_between(jun.id, now, now + timedelta(days=60))
    assert holiday.end - holiday.start == timedelta(days=7)
    assert f"{holiday.start.astimezone(ZoneInfo('Asia/Seoul')):%a %H:%M}" == "Mon 00:00"


def test_its_edition_says_what_its_matrix_says(programme, now):
    """The sample opens with an edition that both sides signed, and nothing was changed by hand since."""
    (edition,) = of(programme, Edition)
    assert (edition.number, edition.is_reviewed, edition.adopted_by is not None) == (1, True, True)
    assert edition.effective < now
    assert {cell.id for cell in edition.content.cells} == {cell.id for cell in of(programme, Cell)}
    assert edition.content.deputies
