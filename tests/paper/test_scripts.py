"""Any script a name is written in, printed and read back; and what cannot be printed named before."""

import shutil
import subprocess
import unicodedata

import pytest

from escplaybook.paper import installed
from escplaybook.paper.fonts import SHIPPED, Face, font
from escplaybook.paper.lines import BOLD, PLAIN, Ink, broken, words_of
from escplaybook.paper.page import BODY
from escplaybook.paper.scripts import in_visual_order, runs, runs_right_to_left, unprintable
from escplaybook.paper.text import Text
from escplaybook.shipped import resource

NAMES = [
    "Mara Lindqvist",
    "Łukasz Żółć",
    "Deniz Aydın",
    "Nguyễn Thị Hồng",
    "Χρήστος Παπαδόπουλος",
    "Дмитрий Соколов",
    "ليلى الخطيب",
    "لا الإسكندرية أهلا وسهلا",
    "پرویز گلچین",
    "נעמה כהן",
    "שרה לוי",
    "प्रिया शर्मा",
    "हिन्दी में क्षत्रिय",
    "สมชาย ใจดี",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ink", [PLAIN, BOLD])
def test_a_name_in_any_shipped_script_copies_out_as_it_was_written(name, ink, sheet, pages, no_other_fonts):
    printed = sheet(Text([(name, ink)], BODY))
    assert printed.unprintable() == ()
    first_line = pages(printed.pdf())[0].splitlines()[0]
    assert unicodedata.normalize("NFC", first_line) == unicodedata.normalize("NFC", name)


def test_vowel_signs_stay_with_their_letters(sheet, pages, no_other_fonts):
    for name in ("מֹשֶׁה", "مُحَمَّد"):
        first_line = pages(sheet(Text([(name, PLAIN)], BODY)).pdf())[0].splitlines()[0]
        assert unicodedata.normalize("NFC", first_line) == unicodedata.normalize("NFC", name)


def test_a_number_keeps_its_order_beside_a_name_read_from_the_right(sheet, pages, no_other_fonts):
    block = Text([("Call ", PLAIN), ("ליאת", BOLD), (" now: ", PLAIN), ("+44 20 7946 0142", BOLD)], BODY)
    (line, *_) = pages(sheet(block).pdf())[0].splitlines()
    assert "+44 20 7946 0142" in line
    assert "ליאת" in line


def test_brackets_turn_with_the_text_they_stand_in():
    line = [(character, "") for character in "שרה (Sara) כהן"]
    shown = "".join(character for character, _ in in_visual_order(line, right_to_left=True))
    assert shown == "ןהכ (Sara) הרש"
    line = [(character, "") for character in "Sara (שרה) 12"]
    assert "".join(character for character, _ in in_visual_order(line, right_to_left=False)) == "Sara (הרש) 12"


def test_a_telephone_number_or_a_date_keeps_its_order_in_text_from_the_right():
    for written in ("+44 20 7946 0142", "+46-70-174-06-31", "2026-11-24 22:14", "(020) 7946 0142"):
        line = [(character, "") for character in f"هاتف {written} ليلا"]
        assert written in "".join(character for character, _ in in_visual_order(line, right_to_left=True))


def test_text_that_looks_like_the_answer_of_the_bidi_library_does_not_mislead_it():
    text = "א levels: [ Level( 7 ), paragraphs: ב"
    shown = in_visual_order([(character, place) for place, character in enumerate(text)], right_to_left=False)
    assert sorted(place for _, place in shown) == list(range(len(text)))


def test_a_text_begins_at_the_side_from_which_it_is_read():
    assert runs_right_to_left("12 ליאת Levi")
    assert not runs_right_to_left("Levi ליאת")
    assert not runs_right_to_left("12")


def test_a_paragraph_from_the_right_stands_at_the_right(sheet, find, no_other_fonts):
    page = sheet(Text([("ליאת לוי", PLAIN)], BODY))
    (hebrew,) = find(page.pdf(), "ליאת")
    assert hebrew.right == pytest.approx(page.size.width - page.size.margin, abs=1.5)


def test_what_no_font_has_is_named_beforehand_and_never_printed_as_a_box(sheet, pages, no_other_fonts):
    printed = sheet(Text([("Lift-off 🚀 for 漢", PLAIN)], BODY))
    assert printed.unprintable() == ("🚀 (U+1F680), 漢 (U+6F22) in “Lift-off 🚀 for 漢”",)
    assert "Lift-off [U+1F680] for [U+6F22]" in pages(printed.pdf())[0]


def test_controls_and_marks_of_direction_leave_no_trace(sheet, pages):
    hostile = "a\x00b\x07c\u202edlrow\u202c \ufeffe\u200bf\u00adg\u2066h"
    assert unprintable([hostile]) == ()
    assert pages(sheet(Text([(hostile, PLAIN)], BODY)).pdf())[0].startswith("abcdlrow efgh")


def test_private_and_broken_characters_are_named_by_their_number():
    (told,) = unprintable(["logo \ue000 \ud800"])
    assert "(U+E000)" in told
    assert "(U+D800)" in told
    told.encode()  # it can be shown


def test_many_lost_characters_are_summed_up(no_other_fonts):
    (told,) = unprintable(["一二三四五六七八九十" * 20])
    assert "and 5 more in “一二三四" in told
    assert told.endswith("…”")


def test_a_font_of_the_machine_is_taken_where_the_program_has_none(monkeypatch, no_other_fonts):
    # A machine whose only other fonts are a broken file and one that has the character.
    missing = "𝔸"
    candidates = [("/nowhere/Gone.ttf", 0), (str(resource("fonts/DejaVuSans.ttf")), 0)]
    monkeypatch.setattr(installed, "candidates", lambda _character: iter(candidates))
    monkeypatch.setitem(SHIPPED, Face.REGULAR, ("Inter-Regular",))
    assert unprintable([missing]) == ()
    assert runs(missing, Face.REGULAR)[0].font == "DejaVuSans-0"


def test_what_fontconfig_says_is_understood(monkeypatch):
    lines = (
        "0||80|0|20-7e 4e00-9fff|/fonts/Han.ttf",
        "100|100|200|1|20 6f22|/fonts/Slanted.ttc",
        "0||80|0||/fonts/No.ttf",
    )
    said = subprocess.CompletedProcess([], 0, "\n".join(lines), "")
    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/fc-list")
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_how: said)
    installed._fonts.cache_clear()
    assert list(installed.candidates("漢")) == [("/fonts/Han.ttf", 0), ("/fonts/Slanted.ttc", 1)]
    assert list(installed.candidates("字")) == [("/fonts/Han.ttf", 0)]
    assert list(installed.candidates("א")) == []
    installed._fonts.cache_clear()


def test_a_machine_without_fontconfig_has_only_the_shipped_fonts(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    installed._fonts.cache_clear()
    assert list(installed.candidates("漢")) == []
    installed._fonts.cache_clear()


def test_tabular_figures_are_all_of_one_width(first_font):
    own = font(first_font)
    widths = {own.width(figure.translate(own.tabular)) for figure in "0123456789"}
    assert len(widths) == 1
    assert own.width("1") != own.width("0")


def test_a_word_wider_than_the_line_is_cut_and_loses_nothing():
    word = "/srv/customers/harbour/" * 40
    lines = list(broken(words_of(((word, PLAIN),)), 30))
    texts = ["".join(piece.run.text for part in line for piece in part.pieces) for line in lines]
    assert "".join(texts) == word
    assert all(line.endswith("/") for line in texts)
    assert all(part.width <= 30 for line in lines for part in line)


def test_a_word_of_200_000_characters_comes_out_whole(sheet, pages):
    pdf = sheet(Text([("x" * 200_000, PLAIN)], BODY)).pdf()
    assert sum(page.count("x") for page in pages(pdf)) == 200_000


def test_chinese_breaks_between_characters_and_not_before_a_full_stop():
    assert len(words_of((("漢字。太郎", PLAIN),))) == 4


def test_a_line_may_break_after_a_hyphen_but_not_inside_a_date():
    def words(text):
        return ["".join(piece.run.text for piece in word.pieces) for word in words_of(((text, Ink()),))]

    assert words("cut-over 2026-11-24") == ["cut-", "over", "2026-11-24"]
