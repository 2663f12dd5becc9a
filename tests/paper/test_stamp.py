"""Every page says what it is and how old; the file says what it was printed from; and nothing in it is markup."""

import json
from datetime import date, datetime, timedelta, timezone
from io import BytesIO

import pytest
from pypdf import PdfReader

from escplaybook.domain.errors import PlaybookError
from escplaybook.paper.lines import PLAIN
from escplaybook.paper.page import BODY, RECORDS, SIZES, Sheet, Source, Stamp, heading, masthead, page_size
from escplaybook.paper.text import Text

MILLIMETRE = 72 / 25.4


def prose(paragraphs):
    text = "Users are sent round between portal and provider. " * 12
    return [Text([(text, PLAIN)], BODY) for _ in range(paragraphs)]


def test_every_page_carries_the_stamp_and_its_number(stamp, pages):
    dated = Stamp("entry", stamp.printed, "Dana", stamp.sources, "team only", "Edition 7", date(2026, 11, 30))
    texts = pages(Sheet("A title", ("A title", "KB-0142"), tuple(prose(30)), dated, SIZES["a4"]).pdf())
    assert len(texts) > 2
    for number, text in enumerate(texts, 1):
        assert "Edition 7 · printed 24 Nov 2026 · valid until 30 Nov 2026" in text
        assert f"{dated.hash} · team only · page {number} of {len(texts)}" in text


def test_later_pages_say_whose_they_are(sheet, pages):
    first, *later = pages(sheet(*prose(30)).pdf())
    assert "KB-0142" not in first
    assert later
    assert all("A title KB-0142" in text.replace("\n", " ") for text in later)


def test_a_long_title_leaves_room_for_the_key_at_the_head_of_the_page(stamp, find):
    long = "Sign-in loops between portal and provider " * 20
    pdf = Sheet(long, (long, "KB-0142"), tuple(prose(30)), stamp, SIZES["a5"]).pdf()
    (key, *_) = find(pdf, "KB-0142")
    (dots, *_) = find(pdf, "…")
    assert dots.right < key.left


@pytest.mark.parametrize("name", [size.name for size in SIZES.values()])
def test_no_ink_comes_nearer_to_the_edge_than_a_printer_reaches(name, stamp):
    import pypdfium2

    size = page_size(name.lower())
    assert size.margin >= 10 * MILLIMETRE - 0.01
    head = masthead(("known blocker", PLAIN), ("S1", PLAIN), "A title of some length " * 4, [], size)
    pdf = Sheet("A title", ("A title", "KB-0142"), (*head, *prose(30)), stamp, size).pdf()
    for page in pypdfium2.PdfDocument(pdf):
        assert page.get_size() == pytest.approx((size.width, size.height), abs=0.1)
        boxes = [thing.get_bounds() for thing in page.get_objects()]
        edge = 10 * MILLIMETRE - 2  # the box of a letter is a little larger than its ink
        assert min(left for left, *_ in boxes) >= edge
        assert min(bottom for _, bottom, *_ in boxes) >= edge
        assert max(right for *_, right, _ in boxes) <= size.width - edge
        assert max(top for *_, top in boxes) <= size.height - edge


def test_an_unknown_paper_is_refused_with_the_known_ones():
    with pytest.raises(PlaybookError, match=r"“B5”.*A4.*Letter"):
        page_size("B5")


def test_the_same_sheet_gives_the_same_bytes(stamp, sheet):
    blocks = [*heading("शर्मा"), *prose(3), Text([("ليلى +46 70 174 06 31", PLAIN)], BODY)]
    first = sheet(*blocks).pdf()
    sheet(Text([("हिन्दी first asks for other glyphs", PLAIN)], BODY)).pdf()
    assert sheet(*blocks).pdf() == first


def test_the_file_says_title_author_language_and_date_to_whoever_asks(sheet):
    reader = PdfReader(BytesIO(sheet(*prose(1), language="de").pdf()), strict=True)
    assert reader.metadata is not None
    assert reader.metadata.title == "A title"
    assert reader.metadata.author == "Dana"
    assert reader.metadata.creation_date == datetime.fromisoformat("2026-11-24T02:41:00+00:00")
    assert reader.root_object["/Lang"] == "de"


def test_the_outline_leads_to_each_heading(stamp):
    head = masthead(("", PLAIN), ("", PLAIN), "Login loops", [], SIZES["a4"])
    blocks = (*head, *heading("Summary"), *prose(10), *heading("Remedy"), *prose(1))
    reader = PdfReader(BytesIO(Sheet("Login loops", ("", ""), blocks, stamp, SIZES["a4"]).pdf()))
    top, inner = reader.outline
    assert top.title == "Login loops"
    assert [(each.title, reader.get_destination_page_number(each)) for each in inner] == [
        ("Summary", 0),
        ("Remedy", 1),
    ]


def test_a_heading_is_never_the_last_thing_on_a_page(sheet, find):
    for paragraphs in range(8, 13):  # somewhere in here the heading comes to the foot of the page
        pdf = sheet(*prose(paragraphs), *heading("Proof that it is gone"), Text([("Nobody loops.", PLAIN)], BODY)).pdf()
        ((above, *_),), ((below, *_),) = find(pdf, "Proof that it is gone"), find(pdf, "Nobody loops.")
        assert above == below


def test_the_records_on_the_sheet_are_attached_with_their_hashes(sheet, stamp):
    reader = PdfReader(BytesIO(sheet(*prose(1)).pdf()))
    named = json.loads(reader.attachments[RECORDS][0])
    assert named["sheet"] == "entry"
    assert named["printed"] == "2026-11-24T02:41:00+00:00"
    assert named["records"] == [{"kind": "entry", "id": "0193-1", "key": "KB-0142", "hash": "ab" * 32}]


def test_the_short_hash_changes_with_any_record(stamp):
    other = Stamp("entry", stamp.printed, "Dana", (Source("entry", "0193-1", "KB-0142", "cd" * 32),))
    assert len(stamp.hash) == 6
    assert stamp.hash != other.hash


def test_the_day_of_printing_is_that_of_the_zone_it_is_told_in(stamp, pages):
    there = stamp.printed.astimezone(timezone(timedelta(hours=-8)))
    away = Stamp("entry", there, "Dana", stamp.sources)
    assert "printed 23 Nov 2026" in pages(Sheet("A", ("A", ""), tuple(prose(1)), away, SIZES["a4"]).pdf())[0]


def test_what_looks_like_markup_is_printed_as_it_stands(sheet, pages, tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not for you")
    hostile = f'<img src="{secret}" width="50" height="50"/> <b>bold</b> <a href="http://a.example">x</a> &amp; <para>'
    pdf = sheet(Text([(hostile, PLAIN)], BODY)).pdf()
    assert " ".join(pages(pdf)[0].split()).startswith(" ".join(hostile.split()))
    assert b"/URI" not in pdf
    assert b"/Subtype /Image" not in pdf


def test_reportlab_would_open_no_address_even_if_it_were_asked():
    from reportlab.lib.utils import open_for_read

    for address in ("file:///etc/hostname", "http://127.0.0.1:9/x", "data:text/plain,x"):
        with pytest.raises(OSError, match="Cannot open"):
            open_for_read(address)


def test_only_black_and_grey_are_printed(sheet):
    content = PdfReader(BytesIO(sheet(*heading("Summary"), *prose(2)).pdf())).pages[0].get_contents()
    assert content is not None
    operators = {line.rsplit(" ", 1)[-1] for line in content.get_data().decode("latin-1").splitlines()}
    assert not operators & {"rg", "RG", "k", "K", "sc", "scn"}


def test_every_font_is_in_the_file(sheet):
    page = PdfReader(BytesIO(sheet(*prose(1), Text([("ليلى", PLAIN)], BODY)).pdf())).pages[0]
    for font in page["/Resources"]["/Font"].values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"]
