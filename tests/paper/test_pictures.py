"""Pictures of a known blocker are printed below the words that show them."""

from io import BytesIO
from struct import pack
from zlib import compress, crc32

import pypdfium2
import pytest
from PIL import Image

from escplaybook.domain.mentions import picture
from escplaybook.paper.entries import entry_sheet
from escplaybook.paper.page import SIZES
from escplaybook.paper.pictures import HIGHEST, Picture, pictures_of
from escplaybook.prose.entries import render

HASH = "ab12" * 16
NODES = render(f"Before\n\n{picture('The screen', HASH, 'a.png')}\n\nafter")


def png(width: int, height: int) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "#2457C5").save(made, "PNG")
    return made.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))


def bomb() -> bytes:
    header = chunk(b"IHDR", pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def test_a_picture_is_on_the_page_and_its_name_above_it(entry, stamp, pages):
    one = entry(symptoms=f"See {picture('The screen', HASH, 'a.png')}")
    printed = entry_sheet(one, stamp, SIZES["a4"], pictures={HASH: png(400, 200)}).pdf()
    page = pypdfium2.PdfDocument(printed)[0]
    (image,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    left, bottom, right, top = image.get_bounds()
    assert round(right - left) == 200
    assert round(top - bottom) == 100
    assert "See picture: The screen" in pages(printed)[0]


def test_without_its_bytes_only_the_words_are_printed(entry, stamp, pages):
    one = entry(symptoms=f"See {picture('The screen', HASH, 'a.png')}")
    assert "See picture: The screen" in pages(entry_sheet(one, stamp, SIZES["a4"]).pdf())[0]


@pytest.mark.parametrize(("width", "height"), [(4_000, 100), (100, 4_000), (3_000, 3_000)])
def test_a_large_picture_keeps_its_shape_in_its_column(width, height):
    (one,) = pictures_of(NODES, {HASH: png(width, height)})
    across, high = one.wrap(300, 700)
    assert across <= 300
    assert high <= HIGHEST
    assert across / high == pytest.approx(width / height)


@pytest.mark.parametrize("data", [b"", b"no picture", png(300, 300)[:90], bomb()], ids=["none", "words", "cut", "bomb"])
def test_what_is_no_picture_is_left_out(data):
    assert list(pictures_of(NODES, {HASH: data})) == []
    assert isinstance(next(pictures_of(NODES, {HASH: png(2, 2)})), Picture)
