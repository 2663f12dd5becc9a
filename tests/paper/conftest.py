"""Reading back what was printed, by a program that has no part in printing it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from escplaybook.paper import installed, lines, scripts
from escplaybook.paper.fonts import SHIPPED, Face
from escplaybook.paper.page import SIZES, Sheet, Source, Stamp
from escplaybook.paper.text import Block

GOLDEN = Path(__file__).parent.parent / "golden"
EAST_ASIAN = "北村健王小明김민준さくらタロウ李本番移行の前に、連絡先を確認する。漢한"
PRINTED = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)


class Found(NamedTuple):
    """Where a text stands: page (from 0), and its box in points from the lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@pytest.fixture
def stamp() -> Stamp:
    sources = (Source("entry", "0193-1", "KB-0142", "ab" * 32),)
    return Stamp("entry", PRINTED, "Dana", sources)


@pytest.fixture
def sheet(stamp: Stamp) -> Callable[..., Sheet]:
    """Makes a sheet of some blocks."""

    def build(*blocks: Block, size: str = "A4", **how: str) -> Sheet:
        return Sheet("A title", ("A title", "KB-0142"), blocks, stamp, SIZES[size.casefold()], **how)

    return build


@pytest.fixture
def pages() -> Callable[[bytes], list[str]]:
    """The text of each page, as a reader copies it out."""

    def read(pdf: bytes) -> list[str]:
        document = pypdfium2.PdfDocument(pdf)
        texts = [page.get_textpage().get_text_bounded() for page in document]
        return [text.replace("\r\n", "\n").replace("\ufffe", "") for text in texts]

    return read


@pytest.fixture
def find() -> Callable[[bytes, str], list[Found]]:
    """Every place where a text stands in a PDF."""

    def search(pdf: bytes, text: str) -> list[Found]:
        return list(_places(pypdfium2.PdfDocument(pdf), text))

    return search


@pytest.fixture
def matches_golden(pages: Callable[[bytes], list[str]]) -> Callable[[bytes, str], None]:
    """Compares a PDF's texts and where they stand with what was looked at and found good.

    A file that is not there is written, and the test fails once: look at the sheet before you keep it.
    """

    def compare(pdf: bytes, name: str) -> None:
        file, now = GOLDEN / f"{name}.txt", "\n".join(_lines(pypdfium2.PdfDocument(pdf))) + "\n"
        if not file.exists():
            file.write_text(now, encoding="utf-8")
            pytest.fail(f"{file.name} was not there and has been written.")
        assert now == file.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def no_other_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which only the program's own fonts are installed."""
    monkeypatch.setattr(installed, "candidates", lambda _character: iter(()))
    _forget_fonts()
    yield
    _forget_fonts()


@pytest.fixture
def east_asian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with a font for Chinese, Japanese and Korean: its own, else a substitute of squares."""
    if installed.font_with("漢") is None or installed.font_with("한") is None:
        file = tmp_path / "Squares.ttf"
        _write_squares(file)
        monkeypatch.setattr(installed, "candidates", lambda _character: iter([(str(file), 0)]))
    _forget_fonts()
    yield
    _forget_fonts()


def _write_squares(file: Path) -> None:
    """A font in which every character of those scripts that the stories use is a square."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    builder, pen = FontBuilder(1000, isTTF=True), TTGlyphPen(None)
    for act, point in (("moveTo", (80, 0)), ("lineTo", (80, 800)), ("lineTo", (900, 800)), ("lineTo", (900, 0))):
        getattr(pen, act)(point)
    pen.closePath()
    names = {ord(character): f"uni{ord(character):04X}" for character in EAST_ASIAN}
    square = pen.glyph()
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys((".notdef", *names.values()), square))
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *names.values()), (1000, 80)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares-Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(file)


@pytest.fixture
def first_font() -> str:
    return SHIPPED[Face.REGULAR][0]


def _forget_fonts() -> None:
    scripts._font_of.cache_clear()
    scripts._runs_of_word.cache_clear()
    lines._words_of_short.cache_clear()


def _places(document: pypdfium2.PdfDocument, text: str) -> Iterator[Found]:
    for number, page in enumerate(document):
        read = page.get_textpage()
        searcher = read.search(text, match_case=True)
        while (hit := searcher.get_next()) is not None:
            first, count = hit
            boxes = [read.get_charbox(place) for place in range(first, first + count)]
            left, bottom, right, top = zip(*(box for box in boxes if box[0] != box[2]), strict=True)
            yield Found(number, min(left), min(bottom), max(right), max(top))


def _lines(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for number, page in enumerate(document, 1):
        read = page.get_textpage()
        for place in range(read.count_rects()):
            left, bottom, right, top = read.get_rect(place)
            text = read.get_text_bounded(left, bottom, right, top).strip()
            yield f"{number} {left:6.1f} {bottom:6.1f} {text}"
