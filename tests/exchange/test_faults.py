"""Every fault that FAULTS.md promises is really in the sample programme, whatever the day."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreement_dates import notice_by, state
from escplaybook.domain.agreement_reminders import reminders
from escplaybook.domain.agreements import Agreement, AgreementState
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.confidence import State, confidence_of
from escplaybook.domain.contacts import Contact, PointKind
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.matrix import Cell, DecisionRight, Level, Place, cell_for, rights_at
from escplaybook.domain.queues import Queue, queues_of
from escplaybook.domain.roster import Roster
from escplaybook.domain.rotations import Rotation
from escplaybook.domain.routing import ladder
from escplaybook.domain.suggestions import Outcome as SuggestionOutcome
from escplaybook.domain.suggestions import Suggestion
from escplaybook.domain.triggers import Trigger, in_force_since, missing_reviews
from escplaybook.domain.uses import Outcome, Use
from escplaybook.domain.vendors import Vendor
from escplaybook.exchange.programme import read_programme
from escplaybook.shipped import resource

MOMENTS = (datetime(2026, 11, 24, 2, 41, tzinfo=UTC), datetime(2028, 2, 29, 23, 30, tzinfo=UTC))


class Programme:
    """The sample as somebody looks at it `now`."""

    def __init__(self, now: datetime) -> None:
        self.now, self.today = now, now.date()
        self._records = read_programme(resource("starter"), now)
        self.people = {person.name: person for person in self.all(Contact)}

    def all(self, kind):
        return [record for record in self._records if isinstance(record, kind)]

    def named(self, kind, name):
        return next(record for record in self.all(kind) if name in (record.name, getattr(record, "decision", "")))

    def agreement(self, vendor, kind):
        owner = self.named(Vendor, vendor).id
        return next(found for found in self.all(Agreement) if (found.vendor, found.kind) == (owner, kind))

    def right(self, decision):
        return next(right for right in self.all(DecisionRight) if right.decision == decision)

    def cell(self, severity, level, stage="", deployment=None):
        return cell_for(self.all(Cell), Place(severity, stage, deployment=deployment), level)

    def rungs(self, at, severity, stage, deployment=None, cause_class=CauseClass.INTERNAL):
        place = Place(severity, stage, cause_class, deployment)
        contacts = {person.id: person for person in self.people.values()}
        found = ladder(
            place,
            at,
            levels=self.all(Level),
            cells=self.all(Cell),
            rights=self.all(DecisionRight),
            contacts=contacts,
            roster=Roster(self.all(Absence), self.all(Rotation)),
        )
        return {rung.level.rank: rung for rung in found}

    def entry(self, key):
        return next(entry for entry in self.all(Entry) if entry.key == key)

    def uses(self, key):
        return [use for use in self.all(Use) if use.entry == self.entry(key).id]

    def confidence(self, key):
        return confidence_of(self.entry(key), self.uses(key), self.now)

    def queues(self, key):
        return queues_of(self.entry(key), self.uses(key), self.now)

    def next(self, weekday, time, zone):
        """The next such day (0 is Monday) at that wall-clock time."""
        day = self.today + timedelta(days=(weekday - self.today.weekday()) % 7 + 7)
        return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.fixture(scope="module", params=MOMENTS, ids=lambda moment: f"{moment:%Y-%m-%d}")
def sample(request) -> Programme:
    return Programme(request.param)


def f1(sample):
    for stage in ("", "go-live"):
        cell = sample.cell("S1", 3, stage)
        assert cell.owner == sample.people["Ingrid Solberg"].id
        assert cell.backup is None


def f2(sample):
    rungs = sample.rungs(sample.next(1, "02:41", "Europe/Stockholm"), Severity.S1, "go-live")
    answering = {rank: rung.answers.name if rung.answers else None for rank, rung in rungs.items()}
    assert answering == {1: "Mara Lindqvist", 2: "Ruth Mensah", 3: None, 4: "Paul Adeyemi"}
    assert "off duty" in rungs[3].why[0]
    assert rungs[4].starts == rungs[3].starts
    assert rungs[4].why[-1] == "asked at once: nobody answers at level 3 (Director)"


def f3(sample):
    cell, henrik = sample.cell("S2", 1, "testing"), sample.people["Henrik Voss"]
    assert cell.owner == henrik.id
    assert (sample.now - henrik.retired).days == 21
    rung = sample.rungs(sample.next(1, "10:00", "Africa/Lagos"), Severity.S2, "testing")[1]
    assert rung.answers.name == "Ines Okafor"
    assert "no longer in use" in rung.why[0]
    assert sample.cell("S1", 1, "testing").owner == sample.people["Ines Okafor"].id


def f4(sample):
    mobile = sample.people["Paul Adeyemi"].points[0]
    assert (sample.today - mobile.verified).days == 140


def f5(sample):
    assert all(point.verified is None for point in sample.people["Petra Nyström"].points)


def f6(sample):
    agreement = sample.agreement("Northgate Mail", "data-processing")
    assert state(agreement, sample.today) is AgreementState.LAPSED
    assert (sample.today - agreement.end).days == 17


def f7(sample):
    agreement = sample.agreement("Tidewater Middleware", "hold-harmless")
    assert state(agreement, sample.today) is AgreementState.NOTICE_WINDOW
    assert sample.today < notice_by(agreement, sample.today) < agreement.end


def f8(sample):
    agreement = sample.agreement("Keystone Identity", "hold-harmless")
    assert state(agreement, sample.today) is AgreementState.UNSIGNED


def f9(sample):
    agreement = sample.agreement("Lantern Analytics", "support")
    assert state(agreement, sample.today) is AgreementState.EXPIRING
    assert sample.named(Deployment, "Harbour ERP").go_live - agreement.end == timedelta(days=7)


def f10(sample):
    agreement = sample.agreement("Breakwater Cloud", "hold-harmless")
    assert state(agreement, sample.today) is AgreementState.IN_FORCE
    assert [(one.about, one.days) for one in reminders(agreement, sample.today)] == [("insurance", 24)]


def f11(sample):
    right = sample.right("Open a firewall rule before the change board has met")
    assert (sample.today - right.expires).days == 12
    assert right not in rights_at(sample.all(DecisionRight), Place(Severity.S1, "integration"), sample.today)


def f12(sample):
    ricardo, zeynep = sample.people["Ricardo Monteiro"], sample.people["Zeynep Kaya"]
    assert (ricardo.deputy, zeynep.deputy) == (zeynep.id, ricardo.id)
    castellan = sample.named(Deployment, "Castellan Storefront").id
    sunday = sample.next(6, "11:00", "Europe/London")
    assert sample.rungs(sunday, Severity.S1, "testing", castellan)[2].answers is None


def f13(sample):
    nameless = [vendor.name for vendor in sample.all(Vendor) if not vendor.name_of(Severity.S1)]
    assert nameless == ["Lantern Analytics"]


def f14(sample):
    ruth = sample.people["Ruth Mensah"]
    assert {sample.cell(severity, level).backup for severity in ("S2", "S3") for level in (2, 3)} == {ruth.id}
    rungs = sample.rungs(sample.next(1, "02:41", "Europe/Stockholm"), Severity.S2, "integration")
    assert rungs[2].answers == rungs[3].answers == ruth


def f15(sample):
    cell = sample.cell("S4", 2)
    assert cell.owner == sample.people["Deniz Aydin"].id
    assert cell.backup is None


def f16(sample):
    castellan = sample.named(Deployment, "Castellan Storefront").id
    waits = [sample.cell(severity, 1, "go-live", castellan).acknowledge for severity in ("S2", "S3")]
    assert waits == [timedelta(minutes=45), timedelta(minutes=30)]


def f17(sample):
    right = sample.right("Accept a security risk for a limited time")
    assert right.decider == sample.people["נועה לוין"].id
    assert right.alternate is None


def f18(sample):
    trusted = sample.confidence("KB-0010")
    assert (trusted.state, trusted.failure.by, trusted.worked) == (State.NOT_VALIDATED, "Hanna Brandt", 2)
    assert sample.queues("KB-0010") == (Queue.FAILED,)


def f19(sample):
    assert sample.confidence("KB-0012").last.outcome is Outcome.PARTLY
    assert sample.queues("KB-0012") == (Queue.NEEDS_REVIEW,)


def f20(sample):
    assert [use.outcome for use in sample.uses("KB-0026")] == [Outcome.NOT_APPLICABLE] * 2
    assert Queue.NEEDS_REVIEW in sample.queues("KB-0026")


def f21(sample):
    entry = sample.entry("KB-0008")
    assert entry.severity is Severity.S1
    assert sample.queues("KB-0008") == (Queue.NEEDS_REVIEW, Queue.NEVER_REUSED)


def f22(sample):
    entry = sample.entry("KB-0018")
    assert (entry.severity, entry.workaround) == (Severity.S1, "")
    assert sample.queues("KB-0018") == (Queue.NO_WORKAROUND,)


def f23(sample):
    (number,) = (one for one in sample.named(Vendor, "Lantern Analytics").entitlements if one.number == "LA-3320")
    contract = sample.agreement("Lantern Analytics", "support")
    assert (number.until - sample.today).days == 12
    assert (contract.end - number.until).days == 23


def f24(sample):
    (works,) = (group for group in sample.all(PointOfContact) if group.group == "Works council")
    assert (works.deployment, works.person) == (sample.named(Deployment, "Castellan Storefront").id, None)


def f25(sample):
    (yards,) = (group for group in sample.all(PointOfContact) if group.group == "Yard managers")
    (asked,) = (one for one in sample.all(Question) if one.point_of_contact == yards.id and one.answered is None)
    assert (sample.now - asked.asked).days == 4


def f26(sample):
    lantern = sample.named(Vendor, "Lantern Analytics").id
    (one,) = (one for one in sample.all(Suggestion) if one.about == lantern)
    assert (one.outcome, one.author) == (SuggestionOutcome.OPEN, "Łukasz Wójcik")
    assert (sample.now - one.created).days == 11


def f27(sample):
    trigger = sample.named(Trigger, "The load test misses its figure")
    assert (sample.today - trigger.engineering_on).days == 12
    assert missing_reviews(trigger) == ["business"]
    assert in_force_since(trigger) is None


def f28(sample):
    hanh = sample.named(Contact, "Nguyễn Thị Hạnh")
    (mobile,) = (point for point in hanh.points if point.kind is PointKind.MOBILE)
    assert (sample.today - mobile.verified).days == 97


def f29(sample):
    caleb = sample.named(Contact, "Caleb Whitmore")
    (course,) = (absence for absence in sample.all(Absence) if absence.contact == caleb.id)
    assert (caleb.deputy, course.deputy, (course.end - course.start).days) == (None, None, 3)
    assert 14 < (course.start - sample.now).days < 28


def f30(sample):
    (late,) = (blocker for blocker in sample.all(Blocker) if blocker.title.startswith("Stock in the shop"))
    assert (late.notified - late.observed) == timedelta(hours=1)


CHECKS = (
    *(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23),
    *(f24, f25, f26, f27, f28, f29, f30),
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_fault_is_there(sample, check):
    check(sample)


def test_every_fault_listed_has_its_proof():
    listed = re.findall(r"^\| (F\d+) ", resource("starter/FAULTS.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == [check.__name__.upper() for check in CHECKS]


def test_nobody_else_is_missing_at_night_or_at_weekends(sample):
    """Every level answers an S1 at any hour of a week, but for the director (F2) and the ring (F12)."""
    monday = sample.next(0, "00:00", "UTC")
    empty = {
        (deployment.name, cause_class, rank)
        for deployment in sample.all(Deployment)
        for stage in ("integration", "testing", "go-live")
        for cause_class in CauseClass
        for hour in range(7 * 24)
        for rank, rung in sample.rungs(
            monday + timedelta(hours=hour), Severity.S1, stage, deployment.id, cause_class
        ).items()
        if rung.answers is None
    }
    assert empty == {
        ("Harbour ERP", "internal", 3),
        ("Castellan Storefront", "internal", 3),
        ("Castellan Storefront", "internal", 2),
    }
