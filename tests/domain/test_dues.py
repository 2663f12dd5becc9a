from dataclasses import replace
from datetime import date, timedelta

from escplaybook.domain.agreements import Agreement, AgreementKind
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.dues import dues, first_called
from escplaybook.domain.matrix import Cell, DecisionRight, Level
from escplaybook.domain.programme import Programme
from escplaybook.domain.vendors import Vendor, VendorLevel
from tests.conftest import NOW

EMPTY = Programme({}, (), (), (), (), (), (), (), ())
BORN = {"created": NOW, "updated": NOW}
FRESH = (ContactPoint(PointKind.MOBILE, "+46 70 174 06 31", verified=NOW.date() - timedelta(days=9)),)


def told(programme):
    return [(item.what, item.action) for item in dues(programme, NOW)]


def cell(**fields):
    fields = {"severity": Severity.S1, "level": 1, "acknowledge": timedelta(minutes=15)} | fields
    return Cell(id="c", **BORN, **fields)


def test_an_empty_book_asks_for_nothing():
    assert told(EMPTY) == []


def test_a_cell_without_owner_or_backup_asks_for_one(contact):
    lead, backup = contact(points=FRESH), contact("Jun Park", points=FRESH)
    people = {person.id: person for person in (lead, backup)}
    whole = replace(EMPTY, contacts=people, cells=(cell(owner=lead.id, backup=backup.id),))
    assert told(whole) == []
    assert told(replace(whole, cells=(cell(owner=lead.id),))) == [("S1, level 1 has no backup", "name a backup")]
    assert told(replace(whole, cells=(cell(backup=backup.id),))) == [("S1, level 1 has no owner", "name an owner")]
    gone = people | {lead.id: replace(lead, retired=NOW)}
    assert "no longer in use" in told(replace(whole, contacts=gone))[0][0]


def test_a_number_not_verified_for_long_asks_to_be(contact):
    def person(days):
        verified = None if days is None else NOW.date() - timedelta(days=days)
        return contact(points=(ContactPoint(PointKind.MOBILE, "+46 70 174 06 31", verified=verified),))

    def say(someone):
        return told(
            replace(EMPTY, contacts={someone.id: someone}, cells=(cell(severity=Severity.S3, owner=someone.id),))
        )

    assert say(person(120)) == []
    assert say(person(121)) == [
        ("Mara Lindqvist cannot be reached: mobile verified 121 days ago, out of date", "verify")
    ]
    assert say(person(None)) == [("Mara Lindqvist cannot be reached: no number was ever verified", "verify")]
    assert say(contact(points=())) == [("Mara Lindqvist has no number to call", "add a number")]


def test_agreements_and_rights_ask_before_they_end():
    vendor = Vendor(id="v", name="Tidewater", **BORN)
    nda = Agreement(id="a", vendor="v", kind=AgreementKind.NDA, signed=date(2024, 1, 1), end=date(2026, 12, 1), **BORN)
    right = DecisionRight(id="r", decision="roll back", decider="x", expires=date(2026, 12, 1), **BORN)
    asked = replace(EMPTY, vendors=(vendor,), agreements=(nda,), rights=(right,))
    assert told(asked) == [
        ("Tidewater: nda agreement ends", "renew"),
        ("The right “roll back” expires", "renew or retire"),
    ]
    assert told(replace(asked, vendors=(replace(vendor, retired=NOW),), rights=())) == []


def test_a_raised_blocker_names_who_is_to_answer_now(contact):
    lead, manager = contact(points=FRESH), contact("Deniz Aydin", points=FRESH)
    levels = tuple(Level(id=str(rank), rank=rank, name=str(rank), **BORN) for rank in (1, 2))
    cells = (cell(owner=lead.id, backup=manager.id), cell(owner=manager.id, backup=lead.id, level=2))
    people = {person.id: person for person in (lead, manager)}
    blocker = Blocker(id="b", title="Sync stops", severity=Severity.S1, observed=NOW - timedelta(minutes=20), **BORN)
    stalled = replace(EMPTY, contacts=people, levels=levels, cells=cells, blockers=(blocker,))
    (item,) = dues(stalled, NOW)
    assert item.what == "“Sync stops” is not acknowledged; Deniz Aydin is to answer"
    assert item.due == NOW + timedelta(minutes=10)
    assert not item.is_overdue(NOW)
    assert item.is_overdue(NOW + timedelta(minutes=10))
    resolved = replace(blocker, acknowledged=NOW, resolved=NOW)
    assert dues(replace(stalled, blockers=(resolved,)), NOW) == []


def test_a_deployment_without_a_voice_asks_for_one():
    deployment = Deployment(id="d", name="Harbour ERP", **BORN)
    assert told(replace(EMPTY, deployments=(deployment,))) == [
        ("Harbour ERP has no single point of contact", "name one")
    ]


def point(kind=PointKind.MOBILE, days=9, **fields):
    verified = None if days is None else NOW.date() - timedelta(days=days)
    return ContactPoint(kind, "+46 70 174 06 31", verified=verified, **fields)


def test_the_number_to_call_first_is_the_first_that_rings():
    mail, mobile, phone = point(PointKind.EMAIL), point(), point(PointKind.PHONE)
    assert first_called([mail, mobile, phone]) is mobile
    assert first_called([mail]) is mail
    assert first_called([]) is None


def test_a_vendor_none_of_whose_numbers_is_believed_asks_to_be_verified():
    def line(days):
        return VendorLevel("Desk", (point(PointKind.PHONE, days),))

    vendor = Vendor(id="v", name="Tidewater", levels=(line(91), line(120)), **BORN)
    assert told(replace(EMPTY, vendors=(vendor,))) == [
        ("Tidewater cannot be reached: phone verified 91 days ago, out of date", "verify")
    ]
    assert told(replace(EMPTY, vendors=(replace(vendor, levels=(line(90), line(120))),))) == []
    portal_only = replace(vendor, levels=(VendorLevel("Portal", (point(PointKind.EMAIL, 400),)),))
    assert told(replace(EMPTY, vendors=(portal_only,))) == []


def test_a_number_nobody_can_dial_is_told_at_low_risk(contact):
    lead = contact(points=(*FRESH, ContactPoint(PointKind.EMAIL, "mara@harbourlight")))
    found = replace(EMPTY, contacts={lead.id: lead}, cells=(cell(severity=Severity.S3, owner=lead.id),))
    (item,) = dues(found, NOW)
    assert item.what.startswith("Mara Lindqvist: “mara@harbourlight” is no e-mail address")
    assert (item.action, item.risk) == ("correct", 6)
