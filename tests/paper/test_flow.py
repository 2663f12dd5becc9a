"""What people wrote in Markdown, on paper: nothing cut off, nothing lost, nothing that runs."""

from itertools import pairwise

import pytest

from escplaybook.paper import flow
from escplaybook.paper.page import SIZES, heading
from escplaybook.paper.text import Text
from escplaybook.prose.entries import render
from escplaybook.prose.html import Node

COLUMN = SIZES["a4"].column


@pytest.fixture
def print_markdown(sheet):
    """Prints a text as an entry's field is printed."""

    def build(markdown, size="A4"):
        return sheet(*flow.blocks(render(markdown), SIZES[size.casefold()].column), size=size).pdf()

    return build


def joined(texts):
    return " ".join(" ".join(texts).split())


def test_words_come_out_in_reading_order(print_markdown, pages):
    pdf = print_markdown(
        "One **two** *three* `four` ~~five~~ six\n\n1. seven\n   - eight\n2. nine\n\n> ten\n\n---\n\neleven"
    )
    assert joined(pages(pdf)).startswith("One two three four five six 1. seven • eight 2. nine ten eleven")


def test_lists_are_set_in_as_deep_as_they_are_nested(print_markdown, find):
    pdf = print_markdown("- outer\n  - middle\n    - inner\n- after")
    outer, middle, inner, after = (find(pdf, word)[0].left for word in ("outer", "middle", "inner", "after"))
    assert outer < middle < inner
    assert after == pytest.approx(outer, abs=1)


def test_very_deep_nesting_leaves_room_for_text(sheet, pages, find):
    tree = Node("p", (), ("level40",))
    for depth in range(39, -1, -1):
        tree = Node("ul", (), (Node("li", (), (Node("p", (), (f"level{depth}",)), tree)),))
    pdf = sheet(*flow.blocks((tree,), COLUMN)).pdf()
    assert all(f"level{depth}" in joined(pages(pdf)) for depth in range(41))
    assert max(place.left for place in find(pdf, "level")) < SIZES["a4"].width / 2 + 40


def test_a_list_goes_on_counting_where_it_was_told_to_begin(print_markdown, pages):
    assert "998. a 999. b 1000. c" in joined(pages(print_markdown("998. a\n999. b\n1000. c")))


def test_long_numbers_stay_on_the_paper(print_markdown, find):
    (number,) = find(print_markdown("999999999. last"), "999999999.")
    assert number.left >= SIZES["a4"].margin - 1


def test_tasks_are_boxes_and_done_ones_are_ticked(print_markdown, sheet):
    (open_box, ticked) = flow.blocks(render("- [ ] take a backup\n- [x] tell the customer"), COLUMN)
    assert (open_box.mark.box, open_box.mark.ticked) == (True, False)
    assert (ticked.mark.box, ticked.mark.ticked) == (True, True)
    assert open_box.plain.strip() == "take a backup"


def test_a_list_read_from_the_right_has_its_marks_at_the_right(print_markdown, find):
    pdf = print_markdown("1. افتح نافذة خاصة\n2. أعد المحاولة")
    (word,), (mark,) = find(pdf, "نافذة"), find(pdf, "2.")
    assert mark.left > word.right
    assert mark.right <= SIZES["a4"].width - SIZES["a4"].margin + 1


def test_code_keeps_its_spaces_and_wraps_instead_of_running_off(print_markdown, pages, find):
    long = "grep -rn 'InResponseTo' /var/log/portal/ " * 10
    pdf = print_markdown(f"```\nif ready:\n    {long}\nend\n```")
    assert joined(pages(pdf)).count("InResponseTo") == 10
    indented, ended = find(pdf, "grep")[0], find(pdf, "end")[0]
    assert indented.left > ended.left + 10
    assert max(place.right for place in find(pdf, "InResponseTo")) < SIZES["a4"].width - SIZES["a4"].margin


def test_a_link_prints_its_address_and_opens_nothing(print_markdown, pages):
    pdf = print_markdown(
        "See [the bulletin](https://docs.example/a?b=1), <https://status.example>, KB [here](record:KB-0007)"
    )
    text = joined(pages(pdf))
    assert "the bulletin (https://docs.example/a?b=1)" in text
    assert text.count("status.example") == 1
    assert "here (KB-0007)" in text
    assert b"/Annot" not in pdf
    assert b"/URI" not in pdf


def test_hostile_text_is_ink_and_nothing_else(print_markdown, pages):
    hostile = (
        "<script>alert(1)</script> <img src='/etc/passwd'> <para><font color=red>x</font> <a href='file:///etc'>y</a> "
        "&lt;b&gt; <onDraw name='f'/> [z](javascript:alert(2)) ![p](file:///etc/passwd)"
    )
    pdf = print_markdown(hostile)
    text = joined(pages(pdf))
    assert "<script>alert(1)</script>" in text
    assert "<img src='/etc/passwd'>" in text
    assert "<font color=red>x</font>" in text
    assert b"/JavaScript" not in pdf
    assert b"/Subtype /Image" not in pdf
    assert b"/Annot" not in pdf


def test_columns_stand_under_their_heads_and_numbers_at_the_right(print_markdown, find):
    pdf = print_markdown("| Error | Count |\n|:--|--:|\n| first | 12 |\n| second | 1,204 |")
    assert find(pdf, "Error")[0].left == pytest.approx(find(pdf, "first")[0].left, abs=1)
    assert find(pdf, "12")[0].right == pytest.approx(find(pdf, "1,204")[0].right, abs=1)


def test_a_table_over_many_pages_repeats_its_head_and_loses_no_row(print_markdown, pages):
    rows = "".join(f"| row{number}x | some text |\n" for number in range(2_000))
    texts = pages(print_markdown(f"| Name | What |\n|---|---|\n{rows}"))
    assert all(text.count("Name") == 1 for text in texts)
    together = joined(texts)
    assert all(f"row{number}x" in together for number in range(2_000))


def test_a_cell_longer_than_a_page_goes_on_on_the_next(print_markdown, pages):
    for size in ("A4", "A6"):
        texts = pages(print_markdown(f"| A | B |\n|---|---|\n| {'word ' * 3_000} | short |", size))
        assert len(texts) > 1
        assert joined(texts).count("word") == 3_000
        assert all("A B" in text.replace("\n", " ") for text in texts)


def test_a_table_too_wide_for_the_paper_becomes_a_stack(print_markdown, pages):
    heads, values = (
        [f"column{number}" for number in range(12)],
        [f"a_rather_long_value_{number}" for number in range(12)],
    )
    markdown = f"| {' | '.join(heads)} |\n|{'---|' * 12}\n| {' | '.join(values)} |"
    text = pages(print_markdown(markdown))[0]
    assert all(f"{head}: {value}" in text for head, value in zip(heads, values, strict=True))


def test_a_table_a_little_too_wide_is_set_smaller(print_markdown, find):
    cells = " | ".join(f"value_number_{number}" for number in range(7))
    pdf = print_markdown(f"| {' | '.join('abcdefg')} |\n|{'---|' * 7}\n| {cells} |")
    places = [find(pdf, f"value_number_{number}")[0] for number in range(7)]
    assert all(here.right < there.left for here, there in pairwise(places))
    assert places[-1].right <= SIZES["a4"].width - SIZES["a4"].margin + 1


def test_rows_of_uneven_length_and_empty_tables_are_borne(sheet, pages):
    def row(*cells):
        return Node("tr", (), tuple(Node("td", (), (cell,)) for cell in cells))

    odd = Node("table", (), (row("a"), row("b", "c", "d"), Node("tr")))
    made = flow.blocks((odd, Node("table"), Node("ul"), Node("ol", (), (Node("li"),)), Node("pre")), COLUMN)
    assert "a b c d" in joined(pages(sheet(*made).pdf()))


def test_a_heading_stays_with_the_table_below_it(sheet, find):
    for lines in range(40, 50):
        above = [block for number in range(lines) for block in flow.blocks(render(f"line {number}"), COLUMN)]
        table = flow.blocks(render("| Whom | When |\n|---|---|\n| desk | now |"), COLUMN)
        pdf = sheet(*above, *heading("Communication"), *table).pdf()
        assert find(pdf, "Communication")[0].page == find(pdf, "Whom")[0].page


def test_raised_and_lowered_letters_stay_readable(sheet, find):
    water = flow.blocks((Node("p", (), ("H", Node("sub", (), ("2",)), "O m", Node("sup", (), ("3",)))),), COLUMN)
    pdf = sheet(*water).pdf()
    assert find(pdf, "2")[0].bottom < find(pdf, "O")[0].bottom < find(pdf, "3")[0].bottom


def test_the_lines_of_a_step_run_together_into_one_paragraph():
    (text, _), *_ = flow.spans(render("Restart the portal"))
    assert text == "Restart the portal"
    assert Text(flow.spans(render("one\n\ntwo")), flow.BODY).plain == "one\ntwo"
