"""People leave as cards and tables that any program reads, and the next book takes in whole."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.edits import Edit
from escplaybook.services import editing
from escplaybook.services.exporting import Exported, export_files
from escplaybook.services.importing_contacts import import_csv, import_vcards
from escplaybook.store import blobs, records
from escplaybook.store.book import Book

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def mara(book: Book, contact, now) -> Contact:
    """Somebody with a photo and a number that is nobody's business."""
    points = (
        ContactPoint(PointKind.MOBILE, "+46 70 174 06 31", "nights", hours="Mon-Fri 18:00-08:00"),
        ContactPoint(PointKind.PHONE, "+46 8 465 004 05", privacy=Privacy.PRIVATE),
        ContactPoint(PointKind.EMAIL, "mara@nordvik.example", privacy=Privacy.TEAM),
    )
    person = contact(points=points, photo=blobs.described("photo.jpg", JPEG), country="SE", languages=("sv", "en"))
    (edit,) = editing.apply(book, "Add Mara", Edit(None, person), now=now, files=[JPEG])
    return edit.after


def compared(book: Book) -> list[Contact]:
    """Everyone, without what is each book's own."""
    own = {"id": "", "key": "", "origin": None}
    return [replace(person, **own, deputy=None) for person in records.everything(book, Contact, "name")]


def test_cards_out_of_one_book_come_into_another_with_photo_hours_and_labels(book, mara, out, tmp_path, now):
    done = export_files(book, out, "vcard", private=True)
    assert done == Exported(1, 0, (), 1, (str(out / "contacts.vcf"),))
    with Book.create(tmp_path / "other.db") as other:
        assert import_vcards(other, [out], now=now).added == 1
        assert compared(other) == compared(book)
        (person,) = records.everything(other, Contact)
        assert blobs.data_of(other, person.photo) == JPEG
        export_files(other, tmp_path / "again", "vcard", private=True)
        assert (tmp_path / "again" / "contacts.vcf").read_bytes() == (out / "contacts.vcf").read_bytes()
        assert import_vcards(other, [tmp_path / "again"], now=now).same == 1


@pytest.mark.parametrize("form", ["vcard", "csv", "json"])
def test_a_private_number_stays_here_unless_it_is_asked_for(book, mara, out, form):
    export_files(book, out, form)
    assert not any("465 004 05" in path.read_text() for path in out.iterdir())
    assert any("174 06 31" in path.read_text() for path in out.iterdir())
    if form != "csv":
        export_files(book, out, form, private=True)
        assert any("465 004 05" in path.read_text() for path in out.iterdir())


def test_a_table_comes_back_as_the_same_and_runs_nothing(book, contact, out, tmp_path, now):
    for name in ("=HYPERLINK(1)", "+46", "-1", "@sum", "Zoë, “the lead”"):
        editing.add(book, contact(name, phone="+46 70 174 06 31", notes="\tx\r\n=1", country="SE"), now)
    export_files(book, out, "csv")
    data = (out / "contacts.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert import_csv(book, [out], now=now).same == 5
    with Book.create(tmp_path / "other.db") as other:
        assert import_csv(other, [out], now=now).added == 5
        assert sorted(person.name for person in records.everything(other, Contact)) == sorted(
            person.name for person in records.everything(book, Contact)
        )


def test_a_second_export_touches_nothing_and_a_changed_file_is_left(book, mara, out, now):
    export_files(book, out, "vcard")
    assert export_files(book, out, "vcard").same == 1
    editing.change(book, mara, now, role="Lead")
    assert export_files(book, out, "vcard").written == 1  # what this program wrote may be written anew
    path = out / "contacts.vcf"
    path.write_text(path.read_text() + "BEGIN:VCARD\nFN:By hand\nEND:VCARD\n")
    done = export_files(book, out, "vcard")
    assert (done.written, [remark.source for remark in done.refused]) == (0, ["contacts.vcf"])
    assert "By hand" in path.read_text()


def test_the_retired_stay_at_home(book, mara, out, now):
    editing.retire(book, mara, now)
    export_files(book, out, "vcard")
    assert (out / "contacts.vcf").read_text() == ""


def test_an_export_that_is_cancelled_leaves_no_half_file(book, contact, out, now):
    for number in range(5):
        editing.add(book, contact(f"P{number}"), now)
    told: list[int] = []
    done = export_files(
        book, out, "vcard", progress=lambda done, _: told.append(done), cancelled=lambda: len(told) == 2
    )
    assert (done.cancelled, list(out.iterdir())) == (True, [])


def test_the_command_line_writes_each_form(run, book, mara, entry, now, tmp_path):
    editing.add(book, entry(), now)
    code, told, _ = run("export", str(tmp_path / "cards"), "--as", "vcard", "--json")
    assert (code, json.loads(told)["records"]) == (0, 1)
    assert run("export", str(tmp_path / "all"), "--as", "json")[0] == 0
    (person,) = json.loads((tmp_path / "all" / "contacts.json").read_text())
    assert (person["kind"], person["name"], len(person["points"])) == ("contact", "Mara Lindqvist", 2)
    (known,) = json.loads((tmp_path / "all" / "entries.json").read_text())
    assert known["title"].startswith("Login loops")
    assert run("export", str(tmp_path / "entries"))[1].startswith("1 written")


@pytest.mark.skipif("ESCPLAYBOOK_DATA" not in os.environ, reason="ESCPLAYBOOK_DATA names no folder with real cards")
def test_cards_of_phones_and_mail_programs_survive_two_journeys(book, out, tmp_path, now):
    import_vcards(book, [Path(os.environ["ESCPLAYBOOK_DATA"]) / "contacts"], now=now)
    export_files(book, out, "vcard", private=True)
    with Book.create(tmp_path / "other.db") as other:
        report = import_vcards(other, [out], now=now)
        assert (report.added, report.refused, report.doubles) == (13, (), ())
        assert compared(other) == compared(book)
        extra = [{person.name: sorted(person.origin.extra)} for person in records.everything(other, Contact, "name")]
        assert extra == [
            {person.name: sorted(person.origin.extra)} for person in records.everything(book, Contact, "name")
        ]
