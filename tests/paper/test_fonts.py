"""The fonts: only what is printed goes into the file, and a damaged one is told in a sentence while others stand in."""

import random

import pytest

from escplaybook.paper import fonts, installed, lines, scripts
from escplaybook.paper.fonts import SHIPPED, DamagedFont, Face, PaperFont
from escplaybook.paper.lines import PLAIN
from escplaybook.paper.page import BODY
from escplaybook.paper.text import Text
from escplaybook.shipped import BrokenInstallation, resource

SCRIPTS = "Mara Łukasz Χρήστος Дмитрий ليلى נעמה प्रिया สมชาย ◆▲●○ "


@pytest.fixture
def shipped_elsewhere(tmp_path, monkeypatch):
    """A copy of the program's fonts that a story may damage."""

    def place(name):
        copy = tmp_path / name.rpartition("/")[2]
        if not copy.exists():
            copy.write_bytes(resource(name).read_bytes())
        return copy

    monkeypatch.setattr(fonts, "resource", place)
    monkeypatch.setattr(fonts, "_told", {})
    _forget()
    yield lambda name: place(f"fonts/{name}.ttf")
    _forget()


def _forget():
    for known in (
        fonts.font,
        fonts._usable,
        scripts._font_of,
        scripts._runs_of_word,
        lines._words_of_short,
        lines._space,
        installed._loaded,
    ):
        known.cache_clear()


def test_only_the_letters_in_use_go_into_the_file(sheet):
    pdf = sheet(Text([(SCRIPTS * 20, PLAIN)], BODY)).pdf()
    whole = sum(resource(f"fonts/{name}.ttf").stat().st_size for name in SHIPPED[Face.REGULAR])
    assert len(pdf) < 90_000
    assert whole > 1_500_000


@pytest.mark.parametrize("size", [0, 3, 40, 5_000, 40_000])
def test_a_font_that_breaks_off_is_told_and_another_stands_in(size, shipped_elsewhere, sheet, pages):
    broken = shipped_elsewhere("Inter-Regular")
    broken.write_bytes(broken.read_bytes()[:size])
    text = pages(sheet(Text([("Mara Lindqvist", PLAIN)], BODY)).pdf())[0]
    assert text.startswith("Mara Lindqvist")
    assert fonts.remarks() == ("The font Inter-Regular.ttf is damaged; others stand in for it.",)


def test_a_single_letter_damaged_in_a_font_is_noticed(shipped_elsewhere):
    """Of a damaged outline a reader would see a blot, and no error."""
    broken = shipped_elsewhere("Inter-Regular")
    damaged = bytearray(broken.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    broken.write_bytes(damaged)
    assert next(fonts.shipped(Face.REGULAR)).fontName == "NotoSansHebrew-Regular"
    assert len(fonts.remarks()) == 1


def test_a_font_that_is_missing_is_told_too(shipped_elsewhere, monkeypatch):
    monkeypatch.setattr(fonts, "resource", lambda name: resource(f"{name}.gone"))
    assert list(fonts.shipped(Face.MONO)) == []
    assert all("is missing" in told for told in fonts.remarks())
    with pytest.raises(BrokenInstallation, match="No font of this program can be read"):
        fonts.first(Face.REGULAR)


def test_whatever_is_wrong_with_a_font_it_is_one_error(tmp_path):
    whole, chance = resource("fonts/NotoSansHebrew-Regular.ttf").read_bytes(), random.Random(3)
    path = tmp_path / "f.ttf"
    for number in range(150):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.2 else whole)
        for _ in range(chance.choice((1, 20, 2_000))):
            damaged[chance.randrange(min(chance.choice((400, len(whole))), len(damaged) or 1))] = chance.randrange(256)
        path.write_bytes(damaged)
        with pytest.raises(DamagedFont, match=r"The font f\.ttf is damaged"):
            PaperFont(f"damaged-{number}", path)


def test_a_damaged_font_of_the_machine_is_passed_over(tmp_path, monkeypatch):
    whole = resource("fonts/DejaVuSans.ttf").read_bytes()
    (tmp_path / "Broken.ttf").write_bytes(whole[:10_000])
    (tmp_path / "Good.ttf").write_bytes(whole)
    files = [(str(tmp_path / name), 0) for name in ("Broken.ttf", "Gone.ttf", "Good.ttf")]
    monkeypatch.setattr(installed, "candidates", lambda _character: iter(files))
    assert installed.font_with("𝔸") == "Good-0"
