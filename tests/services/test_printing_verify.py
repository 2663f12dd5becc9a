"""What is told of a sheet that was printed earlier: what changed in words, which edition it was; and of other files."""

import io
import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader, PdfWriter

from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError, Unreadable
from escplaybook.services import editing, printing_verify, publishing_matrix
from escplaybook.services.printing import pdf_of, print_to
from escplaybook.services.printing_verify import label_of, verify
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.programme import programme
from tests.ui.programmes import fill


@pytest.fixture
def mara(book, contact, now):
    return editing.apply(book, "Add", Edit(None, contact("Mara Lindqvist", role="Lead")), now=now)[0].after


@pytest.fixture
def printed(book, mara, now, tmp_path):
    print_to(book, Wish("contact-sheet"), tmp_path / "a.pdf", at=now)
    return tmp_path / "a.pdf"


def told(verification):
    return [(change.field, change.before, change.after) for record in verification.records for change in record.changes]


def test_what_changed_is_told_as_it_was_and_as_it_is(book, mara, printed, now):
    points = (ContactPoint(PointKind.MOBILE, "+46 70 174 06 32"), ContactPoint(PointKind.EMAIL, "mara@a.example"))
    editing.change(book, mara, now + timedelta(hours=1), role="", points=points)
    assert told(verify(book, printed)) == [
        ("role", "Lead", ""),
        (
            "points",
            "mobile · +46 70 174 06 31 · print",
            "mobile · +46 70 174 06 32 · print; email · mara@a.example · print",
        ),
    ]


def test_of_a_long_text_what_stands_around_the_difference_is_told(book, entry, now, tmp_path):
    cause = "The clocks of portal and provider differ. " * 50
    (edit,) = editing.apply(book, "Add", Edit(None, entry(cause=cause)), now=now)
    print_to(book, Wish("entry", "KB-0001"), tmp_path / "a.pdf", at=now)
    editing.change(book, edit.after, now + timedelta(hours=1), cause=cause[:1000] + "NOT " + cause[1000:])
    ((field, before, after),) = told(verify(book, tmp_path / "a.pdf"))
    assert field == "cause"
    assert "NOT" in after
    assert "NOT" not in before
    assert max(len(before), len(after)) < 130


def test_a_person_that_a_field_names_is_told_by_name(book, mara, contact, printed, now):
    ruth = editing.apply(book, "Add", Edit(None, contact("Ruth Mensah", retired=now)), now=now)[0].after
    editing.change(book, mara, now + timedelta(hours=1), deputy=ruth.id)
    assert told(verify(book, printed)) == [("deputy", "", "CO-0002 “Ruth Mensah”")]


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def publish(book, people):
    """Publishes the living matrix as the next edition."""

    def act(at, start=None):
        edition = publishing_matrix.draft_of_living(book, at)
        for side, name in (("engineering", "mara"), ("business", "deniz")):
            edition = publishing_matrix.review(book, edition, side, people[name], at)
        publishing_matrix.publish(book, edition, start or at, at)

    return act


def edition_of(book, at):
    return label_of(pdf_of(book, Wish("matrix"), at=at)).edition


def test_a_sheet_of_an_edition_that_was_replaced_is_out_of_date_though_no_record_changed(book, publish, now, tmp_path):
    publish(now)
    print_to(book, Wish("matrix"), tmp_path / "a.pdf", at=now)
    found = verify(book, tmp_path / "a.pdf", now)
    assert (found.is_current, found.edition, found.edition_now) == (True, "edition 1", "edition 1")
    publish(now + timedelta(days=1))
    found = verify(book, tmp_path / "a.pdf", now + timedelta(days=2))
    assert (found.is_current, found.edition_now) == (False, "edition 2")


def test_a_matrix_says_its_edition_that_there_is_none_or_that_it_was_changed_since(book, people, publish, now):
    assert edition_of(book, now) == "no edition"
    publish(now)
    assert edition_of(book, now) == "edition 1"
    cell = next(cell for cell in programme(book).cells if cell.owner == people["mara"].id and not cell.stage)
    editing.change(book, cell, now + timedelta(hours=1), backup=None)
    assert edition_of(book, now + timedelta(hours=2)) == "edition 1, changed since"
    assert label_of(pdf_of(book, Wish("contact-sheet"), at=now)).edition == ""


def test_a_sheet_holds_until_the_day_before_the_next_edition(book, people, publish, now):
    paul = programme(book).contacts[people["paul"].id]
    editing.change(book, paul, now, points=tuple(replace(one, verified=now.date()) for one in paul.points))
    publish(now)
    publish(now, start=now + timedelta(days=2))
    label = label_of(pdf_of(book, Wish("contact-sheet", by="hierarchy"), at=now))
    assert (label.valid_until, label.until_why) == (date(2026, 11, 26), "edition 2 comes into force")


def test_a_sheet_past_its_day_says_so(book, mara, now, tmp_path):
    proved = tuple(replace(point, verified=now.date()) for point in mara.points)
    editing.change(book, mara, now, points=proved)
    print_to(book, Wish("contact-sheet"), tmp_path / "a.pdf", at=now)
    found = verify(book, tmp_path / "a.pdf", now)
    assert (found.valid_until, found.is_past) == (now.date() + timedelta(days=180), False)
    assert verify(book, tmp_path / "a.pdf", now + timedelta(days=181)).is_past


# files of others


def test_a_file_of_another_program_is_one_sentence(book, tmp_path):
    path = tmp_path / "f.pdf"
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("printed-from.json", b"[" * 100_000)
    writer.write(path)
    with pytest.raises(Unreadable, match="was not printed by this program"):
        verify(book, path)


@pytest.mark.parametrize(
    "text", ["null", "[]", '{"sheet": 1}', '{"sheet": "x", "printed": "2026-01-01", "records": []}']
)
def test_a_list_of_records_that_is_none_is_refused(text):
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_attachment("printed-from.json", text.encode())
    writer.write(file)
    with pytest.raises(ValueError, match=r"not printed by this program|offset"):
        label_of(file.getvalue())


def test_an_encrypted_file_is_one_sentence(book, printed):
    writer = PdfWriter(clone_from=PdfReader(printed))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(printed)
    with pytest.raises(Unreadable, match="was not printed by this program"):
        verify(book, printed)


def test_a_file_of_fifty_megabytes_is_not_even_read(book, tmp_path):
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.5\n")
        file.truncate(50_000_000)
    with pytest.raises(Unreadable, match="larger than any sheet"):
        verify(book, path)


def test_no_damage_of_a_printed_file_is_more_than_one_sentence(book, printed):
    """A thousand bits turned, bytes lost, ends cut off: it is read as it was, or refused."""
    whole, chance = printed.read_bytes(), random.Random(7)  # the same damage on every machine
    for _ in range(300):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.2 else whole)
        for _ in range(chance.randrange(1, 12)):
            if damaged:
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        printed.write_bytes(damaged)
        try:
            verify(book, printed)
        except Unreadable as error:
            assert str(error).count(".pdf") == 1  # noqa: PT017


def test_records_of_a_kind_that_is_unknown_are_gone(book, printed, monkeypatch, now):
    label = label_of(printed.read_bytes())
    strange = replace(label, sources=tuple(replace(one, kind="rune") for one in label.sources))
    monkeypatch.setattr(printing_verify, "label_of", lambda _pdf: strange)
    assert [record.state for record in verify(book, printed, now).records] == ["gone"]


def test_a_choice_that_is_none_any_more_is_no_crash(book, printed, monkeypatch):
    label = replace(label_of(printed.read_bytes()), sheet="rune", choices={"first": "x", "cause_class": "x"})
    monkeypatch.setattr(printing_verify, "label_of", lambda _pdf: label)
    assert verify(book, printed).is_current
    with pytest.raises(PlaybookError):
        pdf_of(book, Wish("rune"), at=label.printed)
