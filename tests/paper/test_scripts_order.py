"""Where the words of a line stand: from the right where they are read so, numbers and Latin kept whole in it."""

import itertools

import pytest

from escplaybook.paper.lines import BOLD, PLAIN, broken, words_of
from escplaybook.paper.page import BODY
from escplaybook.paper.text import Text


def order(find, pdf, *words) -> list[str]:
    """The words of one line in the order in which they stand, from left to right."""
    return sorted(words, key=lambda word: find(pdf, word)[0].left)


def one(sheet, *spans, **how):
    return sheet(Text([(text, PLAIN) if isinstance(text, str) else text for text in spans], BODY, **how)).pdf()


def test_an_arabic_sentence_with_latin_a_number_and_a_time_runs_from_the_right(sheet, find):
    pdf = one(sheet, "اتصل بفريق SAP على +44 20 7946 0142 قبل 14:30")
    words = ("SAP", "+44", "20", "7946", "0142", "14:30", "اتصل", "على", "قبل")
    assert order(find, pdf, *words) == ["14:30", "قبل", "+44", "20", "7946", "0142", "على", "SAP", "اتصل"]


def test_a_hebrew_sentence_keeps_a_latin_name_of_two_words_in_its_own_order(sheet, find):
    pdf = one(sheet, "התקשר אל Mara Lindqvist (מנהלת) מחר")
    assert order(find, pdf, "התקשר", "Mara", "Lindqvist", "מנהלת", "מחר") == [
        "מחר",
        "מנהלת",
        "Mara",
        "Lindqvist",
        "התקשר",
    ]


def test_a_latin_sentence_keeps_an_arabic_name_of_two_words_in_its_own_order(sheet, find):
    pdf = one(sheet, "Call ", ("محمد الحداد", BOLD), " on +44 7700 900 866 first")
    words = ("Call", "محمد", "الحداد", "+44 7700 900 866", "first")
    assert order(find, pdf, *words) == ["Call", "الحداد", "محمد", "+44 7700 900 866", "first"]


def test_a_paragraph_from_the_right_that_wraps_begins_with_its_first_words(sheet, find):
    sentence = "الأولى " + "كلمة أخرى طويلة في السطر " * 12 + "الأخيرة"
    pdf = one(sheet, sentence)
    (first, *_), (last, *_) = find(pdf, "الأولى"), find(pdf, "الأخيرة")
    assert first.bottom > last.top
    page = sheet()
    assert first.right == pytest.approx(page.size.width - page.size.margin, abs=1.5)


def test_a_bracket_opens_towards_the_side_from_which_it_is_read(sheet, find):
    pdf = one(sheet, "שרה (כהן) לוי")
    (inner, *_), (outer, *_) = find(pdf, "כהן"), find(pdf, "לוי")
    assert outer.right < inner.left


@pytest.mark.parametrize(
    "word",
    [
        "ผู้จัดการโครงการเพื่อการเปลี่ยนแปลงระบบ" * 6,
        "क्षत्रियविद्यार्थीप्रबन्धकसंस्था" * 8,
        "مُحَمَّدٌمُحَمَّدٌ" * 12,
    ],
)
def test_a_long_word_is_never_cut_between_a_letter_and_its_vowel(word):
    lines = [
        "".join(piece.run.text for part in line for piece in part.pieces)
        for line in broken(words_of(((word, PLAIN),)), 12)
    ]
    assert len(lines) > 3
    for before, after in itertools.pairwise(lines):
        assert after[0] not in "ะาำิีึืุู็่้๊๋์ािीुूेैोौ्ंٌَُِّ"
        assert before[-1] not in "เแโใไ्"


def test_a_japanese_line_is_filled_to_the_margin_and_no_full_stop_begins_one(east_asian, sheet, find):
    pdf = one(sheet, "本番移行の前に、連絡先を確認する。" * 12)
    stops = find(pdf, "。")
    page = sheet()
    assert len(stops) == 12
    assert all(stop.left > page.size.margin + 5 for stop in stops)
    assert max(place.right for place in find(pdf, "認")) > page.size.width - page.size.margin - 40


@pytest.mark.parametrize("name", ["北村 健", "王小明", "김민준", "さくら タロウ", "李 Lee +82 2 555 0142"])
def test_chinese_japanese_and_korean_names_copy_out_as_they_were_written(name, east_asian, sheet, pages):
    printed = sheet(Text([(name, PLAIN)], BODY))
    assert printed.unprintable() == ()
    assert pages(printed.pdf())[0].splitlines()[0] == name


def test_every_shipped_script_looks_as_it_was_found_good(sheet, matches_golden, no_other_fonts):
    lines = (
        "Mara Lindqvist, Łukasz Żółć, Nguyễn Thị Hồng",
        "Χρήστος Παπαδόπουλος · Дмитрий Соколов",
        "اتصل بليلى الخطيب على +44 20 7946 0142",
        "נעמה כהן (SAP) עד 14:30",
        "प्रिया शर्मा हिन्दी में",
        "สมชาย ใจดี ผู้จัดการ",
    )
    blocks = [Text([(line, ink)], BODY) for line in lines for ink in (PLAIN, BOLD)]
    matches_golden(sheet(*blocks).pdf(), "scripts")
