"""Files attached to a known blocker leave with its page and come in again, byte for byte."""

from io import BytesIO

import pypdfium2
from PIL import Image

from escplaybook.domain.edits import Edit
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.mentions import picture
from escplaybook.services import attaching, editing
from escplaybook.services.exporting import export_markdown
from escplaybook.services.importing import import_markdown
from escplaybook.services.printing import pdf_of
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store import blobs, checking, records
from escplaybook.store.book import Book


def with_files(book, entry, now, tmp_path) -> Entry:
    made = editing.add(book, entry("Login loops", symptoms="As shown"), now)
    for name, data in (
        ("screen.png", b"\x89PNG picture"),
        ("people.csv", b"name,phone\nMara,1\n"),
        ("a.md", b"# no page"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        made = attaching.attach(book, made, path, now, "attachments")
    return made


def test_an_empty_book_takes_everything_in_and_a_second_export_says_the_same(book, entry, now, tmp_path):
    made = with_files(book, entry, now, tmp_path)
    out, again = tmp_path / "out", tmp_path / "again"
    export_markdown(book, out)
    assert sorted(path.name for path in out.iterdir()) == ["attachments", "kb-0001-login-loops.md"]
    assert {path.suffix for path in (out / "attachments").iterdir()} == {".png", ".bin"}
    with Book.create(tmp_path / "other.db") as other:
        assert import_markdown(other, [out], now=now).added == 1
        there = records.by_key(other, "KB-0001")
        assert there.attachments == made.attachments
        assert [blobs.data_of(other, one) for one in there.attachments] == [
            blobs.data_of(book, one) for one in made.attachments
        ]
        assert import_markdown(other, [out], now=now).same == 1
        assert not list(checking.trouble(other))
        export_markdown(other, again)
    for path in out.rglob("*.*"):
        assert (again / path.relative_to(out)).read_bytes() == path.read_bytes()


def test_a_file_that_was_changed_or_lost_is_told_and_the_page_comes_in(book, entry, now, tmp_path):
    with_files(book, entry, now, tmp_path)
    out = tmp_path / "out"
    export_markdown(book, out)
    lost, changed, *_ = sorted((out / "attachments").iterdir())
    lost.unlink()
    changed.write_bytes(b"something else")
    with Book.create(tmp_path / "other.db") as other:
        report = import_markdown(other, [out], now=now)
        assert report.added == 1
        assert sum("only its name came in" in warning.reason for warning in report.warnings) == 2
        assert len(records.by_key(other, "KB-0001").attachments) == 3


def test_a_page_that_names_a_file_elsewhere_brings_nothing_from_there(book, now, tmp_path):
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "in").mkdir()
    hostile = "../secret"
    (tmp_path / "in" / "a.md").write_text(
        "---\nescplaybook: 1\ntitle: x\nattachments:\n"
        f"  - name: {hostile}\n    file: {hostile}\n    hash: {hostile}\n    size: 6\n    type: text/plain\n---\n"
    )
    report = import_markdown(book, [tmp_path / "in"], now=now)
    assert report.added == 1
    assert records.by_key(book, "KB-0001").attachments == ()


def test_a_picture_in_a_text_is_printed_with_it(book, entry, now):
    made = BytesIO()
    Image.new("RGB", (60, 30)).save(made, "PNG")
    kept = blobs.described("screen.png", made.getvalue())
    one = entry("Login loops", symptoms=picture("", kept.hash, "screen.png"), attachments=(kept,))
    editing.apply(book, "Add", Edit(None, one), now=now, files=[made.getvalue()])
    page = pypdfium2.PdfDocument(pdf_of(book, Wish("entry", "KB-0001"), at=now))[0]
    assert len(list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))) == 1
