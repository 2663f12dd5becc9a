"""A book full of texts made to do harm on paper: nothing of it becomes markup, opens a file or asks for an address."""

import io
import os
import resource
import signal
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from pypdf import PdfReader

from escplaybook.domain.agreements import Agreement, AgreementKind
from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError, Unreadable
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.vendors import Entitlement, Vendor, VendorLevel
from escplaybook.services import editing
from escplaybook.services.printing import pdf_of, save, set_pages
from escplaybook.services.printing_all import INDEX, every_paper, print_everything
from escplaybook.services.printing_verify import verify
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.records import everything
from tests.conftest import NOW
from tests.ui.programmes import fill

FORBIDDEN = (b"/URI", b"/Launch", b"/JavaScript", b"/JS", b"/GoToR", b"/SubmitForm", b"/OpenAction", b"/Subtype /Image")


PICTURE = FORBIDDEN[-1]


@pytest.fixture
def hostile(book, entry, tmp_path):
    """Every text of every record says it; returns the book."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not for you")
    evil = (
        f'<img src="{secret}" width="9"/><para>&lt;</para><a href="http://a.example/x">x</a> '
        f"![p](file://{secret}) [l](http://a.example/y) ]]> \\ ) Tj ET {{{{deployment}}}} ::: entries\n\n"
        "<script>alert(1)</script> \u202etxt.exe\u202c \x00\x07 %s %(x)s"
    )
    fill(book)
    born = {"created": NOW, "updated": NOW}
    point = ContactPoint(PointKind.PHONE, "+44 20 7946 0142", label="<b>desk</b>")
    later = {"updated": NOW + timedelta(seconds=1)}
    short = evil[:300]
    edits = [
        Edit(one, replace(one, name=short, role=short, team=short, notes=evil, **later))
        for one in everything(book, Contact)
    ]
    edits += [Edit(one, replace(one, name=short, **later)) for one in everything(book, Deployment)]
    edits += [Edit(one, replace(one, name=short, purpose=evil, **later)) for one in everything(book, Level)]
    edits += [
        Edit(one, replace(one, name=short, criteria=evil, **later)) for one in everything(book, SeverityDefinition)
    ]
    edits += [
        Edit(one, replace(one, decision=evil, threshold=short, **later)) for one in everything(book, DecisionRight)
    ]
    edits += [Edit(one, replace(one, entry_criterion=evil, **later)) for one in everything(book, Cell)]
    vendor = Vendor(
        new_id(NOW),
        short,
        levels=(VendorLevel(short, (point,)),),
        entitlements=(Entitlement(short, evil),),
        portal=short,
        how_to_get_through=evil,
        **born,
    )
    known = entry(short, symptoms=evil, cause=evil, remedy=f"1. {evil}\n2. `{evil}`", workaround=evil, tags=("<b>",))
    agreement = Agreement(
        new_id(NOW), vendor.id, AgreementKind.HOLD_HARMLESS, title=short, scope=evil, cap=evil, end=NOW.date(), **born
    )
    edits += [Edit(None, one) for one in (vendor, known, agreement)]
    editing.apply(book, "Do harm", *edits, now=NOW + timedelta(seconds=1))
    return book


def pages(pdf) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_no_text_of_a_book_becomes_more_than_text_on_any_paper(hostile):
    for name, wish in every_paper(hostile, NOW):
        if wish.sheet == "playbook" and "mentor" not in wish.subject:
            continue  # one of them is enough
        pdf = pdf_of(hostile, wish, at=NOW, with_replacements=True)
        found = [word for word in FORBIDDEN if word in pdf]
        assert found == ([PICTURE] if wish.sheet == "playbook" else []), name  # its own, which came with the program
        for page in PdfReader(io.BytesIO(pdf), strict=True).pages:
            for note in page.get("/Annots") or ():
                assert note.get_object()["/Subtype"] == "/Link"
                assert "/A" not in note.get_object() or note.get_object()["/A"]["/S"] == "/GoTo"
        if wish.sheet in ("matrix", "entry"):
            text = "".join(pages(pdf).split())
            assert "<imgsrc=" in text
            assert "&lt;" in text


@pytest.mark.parametrize("sheet", ["entry", "matrix", "contact-sheet"])
def test_a_word_of_200_000_characters_comes_out_whole_on_every_sheet(sheet, book, entry):
    people = fill(book)
    word = "x" * 200_000
    if sheet == "entry":
        editing.apply(book, "Add", Edit(None, entry(cause=word)), now=NOW)
    elif sheet == "matrix":
        (first, *_) = everything(book, SeverityDefinition)
        editing.change(book, first, NOW, criteria=word)
    else:
        editing.change(book, editing_of(book, people["mara"].id), NOW, role=word)
    wish = {"entry": Wish("entry", "KB-0001"), "matrix": Wish("matrix", stage="go-live")}.get(sheet, Wish(sheet))
    assert pages(pdf_of(book, wish, at=NOW)).count("x") >= 200_000


def editing_of(book, contact_id):
    return next(one for one in everything(book, Contact) if one.id == contact_id)


def test_a_table_of_2_000_rows_is_printed_whole(book, entry):
    rows = "\n".join(f"| row {number:04} | value {number * 7} |" for number in range(2_000))
    editing.apply(book, "Add", Edit(None, entry(remedy=f"| a | b |\n|---|---|\n{rows}\n")), now=NOW)
    ready = set_pages(book, Wish("entry", "KB-0001"), at=NOW)
    text = pages(ready.pdf)
    assert [number for number in range(2_000) if f"row {number:04}" not in text] == []
    assert ready.pages > 20


def test_a_team_without_anybody_and_a_level_without_a_name_are_printed(book):
    fill(book)
    for one in everything(book, Contact):
        editing.change(book, one, NOW, retired=NOW)
    text = pages(pdf_of(book, Wish("matrix"), at=NOW))
    assert "no longer in use" in text
    with pytest.raises(PlaybookError, match="no contacts"):
        pdf_of(book, Wish("contact-sheet", by="team"), at=NOW)


def test_a_picture_that_is_missing_or_damaged_is_told_in_its_place(book, entry):
    editing.apply(book, "Add", Edit(None, entry(cause="![The dialogue](attachment:" + "0" * 64 + ")")), now=NOW)
    assert "The dialogue" in pages(pdf_of(book, Wish("entry", "KB-0001"), at=NOW))


def test_a_note_on_a_passage_is_text_too(book, entry):
    (edit,) = editing.apply(book, "Add", Edit(None, entry(remedy="Mend the clock.")), now=NOW)
    note = Annotation(
        new_id(NOW),
        edit.after.id,
        field="remedy",
        quote="clock",
        kind=AnnotationKind.CAUTION,
        text="<img src='/etc/hostname'/> & [x](http://a.example)",
        author="Dana",
        created=NOW,
        updated=NOW,
    )
    editing.apply(book, "Note", Edit(None, note), now=NOW)
    pdf = pdf_of(book, Wish("entry", "KB-0001"), at=NOW)
    assert "<img src='/etc/hostname'/> &" in " ".join(pages(pdf).split())
    assert b"/URI" not in pdf


# targets


def test_a_place_where_nothing_can_be_written_is_one_sentence(book, contact):
    editing.apply(book, "Add", Edit(None, contact()), now=NOW)
    pdf = pdf_of(book, Wish("contact-sheet"), at=NOW)
    for target in ("/proc/a.pdf", "/dev/full/a.pdf", "/nowhere/at/all.pdf"):
        with pytest.raises(PlaybookError, match="nothing was left half done"):
            save(pdf, type(book.path)(target))
    with pytest.raises(PlaybookError, match="cannot be made a folder"):
        print_everything(book, type(book.path)("/proc/papers"), at=NOW)


def test_on_a_full_disk_the_papers_that_fitted_are_whole_and_the_list_says_so(book, contact, tmp_path):
    editing.apply(book, "Add", *(Edit(None, contact(f"Person {number}")) for number in range(40)), now=NOW)
    folder = tmp_path / "papers"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))
    try:
        with pytest.raises(PlaybookError, match="could not be written"):
            print_everything(book, folder, at=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert [file.name for file in folder.iterdir()] == [INDEX]
    assert "STOPPED after 0 of" in (folder / INDEX).read_text(encoding="utf-8")


def test_a_list_of_somebody_elses_is_not_written_over(book, contact, tmp_path):
    editing.apply(book, "Add", Edit(None, contact()), now=NOW)
    (tmp_path / INDEX).write_text("my own notes")
    with pytest.raises(PlaybookError, match="is no list of papers; it was left as it is"):
        print_everything(book, tmp_path, at=NOW)
    assert (tmp_path / INDEX).read_text() == "my own notes"
    assert not list(tmp_path.glob("*.pdf"))


def test_what_might_never_end_is_not_read_to_be_verified(book, tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    for path in (tmp_path / "pipe.pdf", tmp_path, type(tmp_path)("/dev/zero")):
        with pytest.raises(Unreadable, match="is not a file"):
            verify(book, path)
    with pytest.raises(Unreadable):
        verify(book, type(tmp_path)("a\0b.pdf"))
