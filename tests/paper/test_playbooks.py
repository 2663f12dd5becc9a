"""A playbook in the hand: pages that are named are those that are meant, and everything can be ticked and signed."""

import io
import re
from itertools import pairwise

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.lib.units import mm

from escplaybook.domain.playbooks import Chapter, Live, Playbook
from escplaybook.paper.page import SIZES
from escplaybook.paper.playbooks import playbook_sheet
from escplaybook.prose.html import Node
from escplaybook.prose.playbooks import CONTENTS, ReadChapter, drafted, read, remark
from escplaybook.prose.shapes import strong, table

FIRST = """# Before anything breaks

You hold the clock. See [the ladder](#the-ladder) and [how to hand over](02.md#handing-over); the log is told below[^1].

[^1]: It only grows.

## The ladder

| Level | Who | Acknowledge |
|:--|:--|--:|
| 1 | Team lead | 5 min |
| 2 | Project manager | 15 min |

!!! caution "Do not restart"
    Save the log first:

    - the last error
    - the time, with its zone

- [ ] I know the bridge by heart
- [x] I have slept

![The clock of an S1](clock.png)

Blocker
:   An obstacle that stalls a milestone.

Level
:   A rung of the ladder.

```
tail -f /var/log/portal
```
"""
SECOND = """# Afterwards

## Handing over

> “Do you have it?” Wait for the yes.

::: sign-off
"""


def png(width=800, height=300):
    file = io.BytesIO()
    Image.new("L", (width, height), 210).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def print_playbook(stamp):
    """Prints chapters; signatures and contents stand where they ask for them."""

    def build(*texts, size="A4", pictures=True, **facts):
        chapters = [Chapter(f"{number:02}.md", "", text) for number, text in enumerate(texts, 1)]
        facts = {"role": "Escalation lead", "stage": "go-live", "version": "1.0"} | facts
        playbook = Playbook("night", "/nowhere", "The night", summary="What to do.", chapters=tuple(chapters), **facts)
        drafts = drafted(playbook)
        answers = [[_answer(request) for request in draft.requests] for draft in drafts]
        made, _ = read(drafts, answers, {}, {})
        shown = {"playbook:clock.png": png()} if pictures else {}
        return playbook_sheet(playbook, made, shown, None, stamp, SIZES[size.casefold()])

    return build


def _answer(request):
    if isinstance(request, str):
        return remark(request)
    if request.live is Live.CONTENTS:
        return (CONTENTS,)
    return (table(("Signed off by", "Date", "Signature"), [((strong("Mentor"),), (), ())], "sign-off"),)


def joined(texts):
    return " ".join(" ".join(texts).split())


def test_the_playbook_looks_as_it_was_found_good(print_playbook, matches_golden):
    matches_golden(print_playbook(FIRST, SECOND).pdf(), "playbook")


def test_the_title_page_says_for_whom_it_is_and_of_when(print_playbook, pages):
    first = joined(pages(print_playbook(FIRST, SECOND).pdf())[:1])
    for said in ("The night", "What to do.", "For Escalation lead", "Stage go-live", "Version 1.0", "every deployment"):
        assert said in first
    assert "24 Nov 2026; ladders, names and numbers are as the book had them then" in first
    assert "Before anything breaks" in first  # the contents


def test_a_reference_names_the_page_that_is_meant_and_leads_there(print_playbook, pages, find):
    filler = "\n\n".join(["Some words that fill a page or two. " * 12] * 30)
    pdf = print_playbook(FIRST + filler, SECOND).pdf()
    text = joined(pages(pdf))
    (ladder,), (handing,) = find(pdf, "The ladder")[1:], find(pdf, "Handing over")[1:]
    assert f"See the ladder (page {ladder.page + 1}) and how to hand over (page {handing.page + 1})" in text
    assert handing.page > 3
    leads = {
        (place.page, page)
        for place in find(pdf, "how to hand over")
        for page in targets(pdf, place.page, place.left + 2, place.bottom + 2)
    }
    assert leads == {(ladder.page, handing.page)}


def test_contents_name_every_chapter_and_section_with_its_page(print_playbook, pages, find):
    filler = "\n\n".join(["Some words that fill a page or two. " * 12] * 30)
    chapters = [
        f"# Chapter number {n}.\n\n## Section {n} of it\n\n{filler if n % 3 else 'short'}" for n in range(1, 12)
    ]
    pdf = print_playbook(*chapters).pdf()
    contents = joined(pages(pdf)[:1])
    for number in range(1, 12):
        for heading in (f"Chapter number {number}.", f"Section {number} of it"):
            told = int(re.search(rf"{re.escape(heading)} (\d+)", contents)[1])
            (there,) = (place for place in find(pdf, heading) if place.page)
            assert told == there.page + 1, heading


def test_contents_stand_where_they_are_asked_for_and_nowhere_else(print_playbook, pages):
    first, second, *_ = pages(print_playbook(f"# One\n\n::: contents\n\n{FIRST}", SECOND).pdf())
    assert "Handing over" not in first
    assert "Handing over" in second


def test_the_outline_lists_chapters_and_sections(print_playbook):
    outline = PdfReader(io.BytesIO(print_playbook(FIRST, SECOND).pdf())).outline
    first, below, second, *_ = outline
    assert (first.title, below[0].title, second.title) == ("Before anything breaks", "The ladder", "Afterwards")


def test_boxes_to_tick_are_four_millimetres_wide(print_playbook):
    document = pypdfium2.PdfDocument(print_playbook("# T\n\n- [ ] one\n- [x] two").pdf())
    boxes = [found.get_bounds() for found in document[1].get_objects() if found.type == 2]
    squares = [(right - left, top - bottom) for left, bottom, right, top in boxes if 0 < right - left < 30]
    ticked = [width for width, height in squares if abs(width - height) < 0.5]
    assert len(ticked) == 2
    assert min(ticked) >= 4 * mm


def test_a_figure_stays_with_its_caption(print_playbook, find):
    for lines in range(20, 40, 3):
        pdf = print_playbook("# T\n\n" + "line\n\n" * lines + "![The clock](clock.png)\n\nafter").pdf()
        (caption,) = find(pdf, "Figure")
        page = pypdfium2.PdfDocument(pdf)[caption.page]
        assert [found for found in page.get_objects() if found.type == 3]


def test_a_picture_that_is_not_there_is_told(print_playbook, pages):
    text = joined(pages(print_playbook(FIRST, pictures=False).pdf()))
    assert "The picture that belongs here cannot be printed. Figure 1 The clock of an S1" in text


def test_a_picture_of_a_known_blocker_stands_below_its_words(print_playbook, stamp):
    kept = f"attachment:{'ab' * 32}/login.png"
    words = Node("p", (), ("As shown ", Node("img", (("alt", "login"), ("src", kept))), " here."))
    chapter = ReadChapter("01.md", "T", "c1", (Node("h1", (("id", "c1"),), ("T",)), words), (), ())
    pdf = playbook_sheet(Playbook("n", "/", "N"), [chapter], {kept: png()}, None, stamp, SIZES["a4"]).pdf()
    page = pypdfium2.PdfDocument(pdf)[1]
    assert len([found for found in page.get_objects() if found.type == 3]) == 1
    assert "As shown picture: login here." in page.get_textpage().get_text_bounded()


def test_a_wide_table_turns_the_page_and_takes_its_heading_along(print_playbook, find):
    wide = "|" + "a long head |" * 9 + "\n|" + "---|" * 9 + "\n" + ("|" + "some_long_value |" * 9 + "\n") * 6
    pdf = print_playbook(f"# T\n\nBefore.\n\n## Wide\n\nLook here:\n\n{wide}\nAfter it.").pdf()
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(pdf)]
    assert [width > height for width, height in sizes] == [False, False, True, False]
    assert {find(pdf, word)[-1].page for word in ("Wide", "Look here", "some_long_value", "page 3 of 4")} == {2}
    assert find(pdf, "Before")[0].page == 1
    assert find(pdf, "After it")[0].page == 3
    assert max(place.right for place in find(pdf, "some_long_value")) < sizes[2][0] - 40


def test_a_small_table_that_is_too_wide_becomes_a_stack(print_playbook, pages):
    wide = "|" + "a long head |" * 9 + "\n|" + "---|" * 9 + "\n" + "|" + "some_long_value |" * 9 + "\n"
    texts = pages(print_playbook(f"# T\n\n{wide}").pdf())
    assert len(texts) == 2
    assert "a long head: some_long_value" in texts[1]


def test_a_callout_is_framed_and_short_ones_are_not_divided(print_playbook, find):
    for lines in range(25, 40):
        pdf = print_playbook("# T\n\n" + "line\n\n" * lines + "!!! why\n    First words.\n\n    Last words.\n").pdf()
        assert find(pdf, "Why")[0].page == find(pdf, "First words")[0].page == find(pdf, "Last words")[0].page


def test_what_ends_in_a_colon_stays_with_what_follows(print_playbook, find):
    for lines in range(25, 45):
        pdf = print_playbook("# T\n\n" + "line\n\n" * lines + "Do this:\n\n- one\n- two").pdf()
        assert find(pdf, "Do this:")[0].page == find(pdf, "one")[0].page


def test_the_head_of_a_table_comes_once_on_each_page(print_playbook, find):
    for lines in range(20, 44):
        rows = "".join(f"| row{number} | {'some words ' * 40}|\n" for number in range(5))
        text = "# T\n\n" + "line\n\n" * lines + f"### Ladder\n\n| Level | Who |\n|---|---|\n{rows}"
        pages = [place.page for place in find(print_playbook(text).pdf(), "Level")]
        assert len(pages) == len(set(pages))


def test_a_footnote_leads_to_its_note_at_the_end_of_the_chapter(print_playbook, pages, find):
    pdf = print_playbook(FIRST, SECOND).pdf()
    (note,) = find(pdf, "It only grows.")
    (told,) = find(pdf, "below1")
    assert note.page in targets(pdf, told.page, told.right - 1.5, told.top - 2)
    assert "(page" not in joined(pages(pdf)).split("the log is told below1", 1)[1][:8]


def test_there_is_room_to_sign(print_playbook, find):
    pdf = print_playbook("# T\n\n::: sign-off").pdf()
    (name,) = find(pdf, "Mentor")
    page = pypdfium2.PdfDocument(pdf)[name.page]
    boxes = [found.get_bounds() for found in page.get_objects() if found.type == 2]
    high = sorted(right - left for left, bottom, right, top in boxes if 28 < top - bottom < 60)
    assert [width > 80 for width in high] == [True, True]


@pytest.mark.parametrize("size", ["A4", "A5", "A6", "Letter"])
def test_every_size_of_paper_holds_it(print_playbook, pages, size):
    texts = pages(print_playbook(FIRST, SECOND, size=size).pdf())
    assert "tail -f /var/log/portal" in joined(texts)
    assert all(f"page {number} of {len(texts)}" in text for number, text in enumerate(texts, 1))


HOSTILE = {
    "one word": "a" * 200_000,
    "many rows": "| a | b |\n|---|---|\n" + "| x | y |\n" * 2_000,
    "a long cell": "| a | b |\n|---|---|\n| " + "word " * 3_000 + "| x |",
    "quotes": "> " * 300 + "deep",
    "lists": "\n".join("  " * depth + "- a" for depth in range(300)),
    "callouts": "".join("    " * depth + "!!! note\n" for depth in range(120)),
    "a long callout": "!!! note\n\n" + "    some words\n\n" * 300,
    "a table in a callout": "!!! note\n\n    | a | b |\n    |---|---|\n" + "    | x | y |\n" * 300,
    "a long term": "term\n:   meaning " + "x " * 5_000,
    "many columns": "|" + "a |" * 300 + "\n|" + "---|" * 300 + "\n" + ("|" + "longer_value |" * 300 + "\n") * 5,
    "markup": "<script>alert(1)</script> <para><font size=9>x</font></para> <img src='/etc/passwd'/> &lt;b&gt;",
    "nothing": "",
}


@pytest.mark.parametrize("size", ["A4", "A6"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_chapters_become_right_pages(print_playbook, name, size):
    pdf = print_playbook(f"# T\n\n{HOSTILE[name]}", SECOND, size=size).pdf()
    assert b"/JavaScript" not in pdf
    assert b"/URI" not in pdf
    assert len(pypdfium2.PdfDocument(pdf)) > 1


def test_the_same_playbook_is_the_same_file(print_playbook):
    assert print_playbook(FIRST, SECOND).pdf() == print_playbook(FIRST, SECOND).pdf()


def test_chapters_go_on_below_each_other_while_there_is_room(print_playbook, find):
    short = [f"# Heading{number}x\n\nA few words." for number in range(4)]
    places = [find(print_playbook(*short).pdf(), f"Heading{number}x")[-1] for number in range(4)]
    assert {place.page for place in places[:3]} == {1}
    assert all(above.bottom > below.top for above, below in pairwise(places[:3]))


def targets(pdf, page, x, y):
    """The pages (from 0) to which a click at that point leads."""
    reader = PdfReader(io.BytesIO(pdf))
    for reference in reader.pages[page].get("/Annots", []):
        link = reference.get_object()
        left, bottom, right, top = map(float, link["/Rect"])
        if left <= x <= right and bottom <= y <= top:
            destination = link["/Dest"]
            named = reader.named_destinations[destination] if isinstance(destination, str) else destination
            target = named.page if hasattr(named, "page") else named[0]
            yield reader.get_page_number(target.get_object())
