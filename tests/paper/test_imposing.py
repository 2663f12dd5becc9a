"""Cards on sheets: as many as fit, each back behind its front whichever way it lies, marks outside of what is cut."""

import pytest
from reportlab.lib.units import mm

from escplaybook.domain.errors import PlaybookError
from escplaybook.paper.imposing import MARGIN, SHAPES, Laid, Side, grid, imposed, singly
from escplaybook.paper.lines import PLAIN
from escplaybook.paper.page import SIZES, NewPage, Sheet, Stamp
from escplaybook.paper.text import Block, Style, Text
from tests.pockets import NOW

PAPERS = ("a4", "letter", "a3", "tabloid", "legal")


class Corner(Block):
    """A face with its name in the upper left corner."""

    def __init__(self, name: str, shape) -> None:
        super().__init__()
        self.name, self.shape = name, shape
        self.said = Text([(name, PLAIN)], Style(8, 10))

    def texts(self):
        yield self.name

    def wrap(self, _width: float, _height: float):
        return self.shape.face, self.shape.height

    def paint(self, canvas, x, y) -> None:
        self.said.wrap(self.shape.face, 0)
        self.said.paint(canvas, x + 9, y + self.shape.height - 19)


def cards(count, shape):
    return [[Corner(f"c{card}f{face}", shape) for face in range(shape.faces)] for card in range(count)]


def printed(blocks, size):
    return Sheet("Cards", ("Cards", ""), tuple(blocks), Stamp("cards", NOW, "Dana", ()), size, is_stamped=False).pdf()


@pytest.mark.parametrize(
    ("shape", "paper", "count"),
    [
        ("A7", "a4", 4),
        ("A7", "letter", 4),
        ("A6-folded", "a4", 2),
        ("A6-folded", "letter", 2),
        ("A6", "a4", 2),
        ("A6", "letter", 2),
        ("A7", "a3", 10),
        ("A6", "a3", 4),
    ],
)
def test_as_many_cards_as_fit_with_their_marks_lie_on_a_sheet(shape, paper, count):
    assert len(grid(SHAPES[shape], SIZES[paper]).places()) == count


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", SHAPES)
def test_every_back_lies_behind_its_front_with_the_same_edge_on_top(name, paper):
    shape, size = SHAPES[name], SIZES[paper]
    for place in grid(shape, size).places():
        behind = place.behind(shape, size)
        width, height = place.box(shape)
        assert behind.box(shape) == (width, height)
        # the paper turned over its long edge: what was at x is seen at (width of the paper - x)
        assert size.width - behind.x - width == pytest.approx(place.x)
        assert behind.y == place.y
        up = {0: (0, 1), 90: (-1, 0), -90: (1, 0)}
        (x, y), (mirrored_x, mirrored_y) = up[place.turn], up[behind.turn]
        assert (-mirrored_x, mirrored_y) == (x, y)


@pytest.mark.parametrize("name", ["A7", "A6"])
def test_what_is_printed_on_the_back_comes_out_behind_the_card_it_is_of(name, find):
    shape, size = SHAPES[name], SIZES["a4"]
    pdf = printed(imposed(cards(3, shape), shape, size), size)
    for card, place in zip(range(3), grid(shape, size).places(), strict=False):
        (front,), (back,) = find(pdf, f"c{card}f0"), find(pdf, f"c{card}f1")
        assert back.page == front.page + 1
        width, height = place.box(shape)
        for found, left in ((front, place.x), (back, size.width - place.x - width)):
            assert left < found.left < found.right < left + width
            assert place.y < found.bottom < found.top < place.y + height


def test_a_folded_card_opens_with_its_second_face_inside_behind_its_first(find):
    shape, size = SHAPES["A6-folded"], SIZES["a4"]
    pdf = printed(imposed(cards(1, shape), shape, size), size)
    places = {face: find(pdf, f"c0f{face}")[0] for face in range(4)}
    assert [places[face].page for face in range(4)] == [0, 1, 1, 0]
    assert places[3].left < size.width / 2 < places[0].left
    assert places[1].left < size.width / 2 < places[2].left


def test_the_cards_of_a_sheet_read_from_the_left_and_their_backs_from_the_right(find):
    shape, size = SHAPES["A7"], SIZES["a4"]
    pdf = printed(imposed(cards(4, shape), shape, size), size)
    assert [find(pdf, f"c{card}f0")[0].left < size.width / 2 for card in range(4)] == [True, False, True, False]
    assert [find(pdf, f"c{card}f1")[0].left < size.width / 2 for card in range(4)] == [False, True, False, True]


def test_fronts_and_backs_take_turns(pages):
    shape, size = SHAPES["A7"], SIZES["letter"]
    texts = pages(printed(imposed(cards(9, shape), shape, size), size))
    assert [("f0" in text, "f1" in text) for text in texts] == [(True, False), (False, True)] * 3
    assert "Sheet 3 of 3, back" in texts[-1]
    assert "turn over the long edge" in texts[0]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", SHAPES)
def test_marks_stand_outside_of_the_cards_and_inside_of_what_a_printer_reaches(name, paper):
    import pypdfium2

    shape, size = SHAPES[name], SIZES[paper]
    layout = grid(shape, size)
    pdf = printed([Laid(size, [], layout, "")], size)
    (left, *_, right), (low, *_, high) = layout.cuts()
    marks = [item.get_bounds() for item in pypdfium2.PdfDocument(pdf)[0].get_objects()]
    folds = sum(map(len, layout.folds()))
    assert len(marks) == 2 * (layout.columns + 1 + layout.rows + 1 + folds)
    for x1, y1, x2, y2 in marks:
        assert min(x1, y1, size.width - x2, size.height - y2) >= MARGIN - 0.5
        assert x2 < left or x1 > right or y2 < low or y1 > high
    assert bool(folds) == (name == "A6-folded")


def test_no_card_is_laid_on_paper_that_is_too_small_for_its_marks():
    with pytest.raises(PlaybookError, match="No A6 card fits on A6"):
        grid(SHAPES["A6"], SIZES["a6"])


@pytest.mark.parametrize(("name", "size"), [("A7", (74, 105)), ("A6", (105, 148)), ("A6-folded", (148, 105))])
def test_single_cards_come_in_their_own_size(name, size, pages):
    import pypdfium2

    shape = SHAPES[name]
    pdf = printed(singly(cards(2, shape), shape), shape.paper())
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 4
    assert document[0].get_size() == pytest.approx([side * mm for side in size], abs=0.01)
    assert [blocks for blocks in singly(cards(1, shape), shape) if isinstance(blocks, NewPage)]


def test_a_side_is_looked_through_for_what_no_font_has():
    shape = SHAPES["A7"]
    side = Side(shape, cards(1, shape)[0], (1,))
    assert list(side.texts()) == ["c0f1"]
    assert list(Laid(SIZES["a4"], [(side, grid(shape, SIZES["a4"]).places()[0])], None, "").texts()) == ["c0f1"]
