from datetime import timedelta

import pytest

from escplaybook.domain.absences import Absence
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import BookUnusable
from escplaybook.domain.vendors import Vendor, VendorLevel
from escplaybook.search.find import find
from escplaybook.services import editing
from escplaybook.store import checking, records
from escplaybook.store.book import Book
from escplaybook.store.handover import hand_over

SECRET = "+46 70 174 06 95"
ILLNESS = "knee operation"


@pytest.fixture
def copy(book, path, contact, now):
    points = (
        ContactPoint(PointKind.MOBILE, "+46 70 174 06 31"),
        ContactPoint(PointKind.PHONE, SECRET, privacy=Privacy.PRIVATE),
    )
    vendor = Vendor(id="v", name="Tidewater", created=now, updated=now, levels=(VendorLevel("Duty", points),))
    mara = contact(points=points)
    later = now + timedelta(days=3)
    away = Absence(id="a", contact=mara.id, start=now, end=later, reason=ILLNESS, created=now, updated=now)
    editing.apply(book, "Add", Edit(None, mara), Edit(None, vendor), Edit(None, away), now=now)
    target = path.with_name("handover.db")
    hand_over(book, target, now)
    return target


def test_a_handover_is_read_searched_and_sound_but_never_written(copy, contact, now):
    with Book.open(copy) as opened:
        assert opened.is_handover
        assert [hit.title for hit in find(opened, "mara", now=now).hits] == ["Mara Lindqvist"]
        assert not list(checking.trouble(opened))
        assert opened.age(now + timedelta(days=9)) == (now, 9)
        with pytest.raises(BookUnusable, match="for reading only"):
            editing.apply(opened, "Add", Edit(None, contact()), now=now)
    assert sorted(file.name for file in copy.parent.glob("handover*")) == ["handover.db"]


def test_a_private_number_is_nowhere_in_the_file(copy, path):
    with Book.open(copy) as opened:
        assert [point.value for point in records.everything(opened, Contact)[0].points] == ["+46 70 174 06 31"]
    content = copy.read_bytes()
    assert b"+46 70 174 06 31" in content
    assert SECRET.encode() not in content


def test_why_somebody_is_away_is_nowhere_in_the_file_but_that_they_are(copy):
    with Book.open(copy) as opened:
        (away,) = records.everything(opened, Absence)
        assert away.reason == ""
    assert ILLNESS.encode() not in copy.read_bytes()


def test_a_handover_made_writable_again_still_opens_for_reading(copy):
    copy.chmod(0o600)
    with Book.open(copy) as opened:
        assert opened.read_only


def test_a_handover_writes_over_nothing(book, copy, now):
    with pytest.raises(BookUnusable, match="exists already"):
        hand_over(book, copy, now)
