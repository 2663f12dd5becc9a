"""Whatever people write into a matrix, every word is on the sheet, within its margins, and nothing lies over it."""

import itertools
import re
from collections.abc import Iterator

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.overview import overview
from escplaybook.domain.programme import Programme
from escplaybook.paper.matrix import MARGIN, matrix_sheet
from escplaybook.paper.page import SIZES, Stamp
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}
MILLIMETRE = 72 / 25.4
NAME_LIMIT = 1_000

lengths = st.sampled_from((0, 1, 3, 12, 40, 300, 2_000))
widths = st.sampled_from((3, 7, 20, 90))


def words(count: Iterator[int], length: int, width: int) -> str:
    """A text of about so many characters; no word of it comes again anywhere."""
    told: list[str] = []
    while sum(map(len, told)) + len(told) < length:
        number = f"x{next(count)}x"
        told.append(number + "abcdefghijklmnopqrstuvw"[: width % 23] * (1 + width // 23))
    return " ".join(told)


@st.composite
def matrices(draw):
    """A programme of one deployment, with texts from nothing to 2,000 characters; and the size of the paper."""
    count = itertools.count(1)

    def text(limit=2_000):
        return words(count, min(draw(lengths), limit), draw(widths))

    people = [
        Contact(
            f"p{number}",
            f"n{next(count)}n {text(NAME_LIMIT - 200)}".strip()[:NAME_LIMIT].strip(),
            points=(ContactPoint(PointKind.MOBILE, f"+44 7700 900 {number:03d}", verified=NOW.date()),),
            **BORN,
        )
        for number in range(3)
    ]
    levels = [
        Level(f"l{rank}", rank, f"level{next(count)}x {text(600)}", purpose=text(), **BORN)
        for rank in range(1, draw(st.integers(1, 8)) + 1)
    ]
    severities = [
        SeverityDefinition(one, one, f"name{next(count)}x {text(600)}", criteria=text(), **BORN) for one in Severity
    ]
    ids = st.sampled_from([None, *(one.id for one in people)])
    cells = []
    for severity, level in itertools.product(Severity, levels):
        owner, backup = draw(ids), draw(ids)
        backup = None if owner == backup else backup
        is_not = draw(st.integers(0, 9)) == 0
        key = f"{severity}{level.rank}"
        cells.append(Cell(key, severity, level.rank, owner=owner, backup=backup, not_escalated=is_not, **BORN))
    rights = [
        DecisionRight(f"r{number}", f"d{next(count)}x {text(900)}", threshold=text(300), decider=draw(ids), **BORN)
        for number in range(draw(st.integers(0, 6)))
    ]
    deployment = Deployment("d1", f"Harbour{next(count)}x", point_of_contact="p0", deputy="p1", **BORN)
    known = {one.id: one for one in people}
    found = Programme(known, (), (), (deployment,), tuple(severities), tuple(levels), tuple(cells), tuple(rights), ())
    return overview(found, deployment, "go-live", None, NOW.date()), draw(
        st.sampled_from(("a3", "a4", "letter", "tabloid"))
    )


def told_words(page) -> set[str]:
    """Every word that belongs on the sheet."""
    held = [cell for line in page.lines for cell in line.cells if cell and not cell.not_escalated]
    named = {one for cell in held for one in (cell.owner, cell.backup)} | {right.decider for right in page.rights}
    named |= {page.deployment.point_of_contact, page.deployment.deputy}
    texts = [page.contacts[one].name for one in named if one]
    texts += [part for level in page.levels for part in (level.name, level.purpose)]
    texts += [part for line in page.lines for part in (line.definition.name, line.definition.criteria)]
    texts += [part for right in page.rights for part in (right.decision, right.threshold)]
    return {word for text in texts for word in text.split()}


@given(matrices())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_word_is_on_the_sheet_within_its_margins(matrix):
    page, name = matrix
    size = SIZES[name]
    document = pypdfium2.PdfDocument(matrix_sheet([page], Stamp("matrix", NOW, "Dana", ()), size).pdf())
    pages = [one.get_textpage().get_text_bounded() for one in document]
    whole = re.sub(r"\s+", "", "".join(pages).replace("\x02", "-").replace("\ufffe", "-"))
    assert [word for word in told_words(page) if word not in whole] == []
    edge = MARGIN * MILLIMETRE
    for one in document:
        width, height = one.get_size()
        assert width > height
        boxes = [thing.get_bounds() for thing in one.get_objects()]
        assert min(left for left, *_ in boxes) >= edge - 1.5  # the box of a letter is a little larger than its ink
        assert max(right for *_, right, _ in boxes) <= width - edge + 1.5
        assert min(bottom for _, bottom, *_ in boxes) >= edge - 10  # the second line of the stamp
        assert max(top for *_, top in boxes) <= height - edge + 1.5


@given(matrices())
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_text_lies_over_another(matrix):
    page, name = matrix
    document = pypdfium2.PdfDocument(matrix_sheet([page], Stamp("matrix", NOW, "Dana", ()), SIZES[name]).pdf())
    for one in document:
        read = one.get_textpage()
        boxes = sorted(read.get_rect(place) for place in range(read.count_rects()))
        for at, (left, low, right, top) in enumerate(boxes):
            for other in (box for box in boxes[at + 1 :] if box[0] < right):
                over = min(right, other[2]) - max(left, other[0]), min(top, other[3]) - max(low, other[1])
                assert min(over) <= 2.0, (read.get_text_bounded(*boxes[at]), read.get_text_bounded(*other))


@pytest.mark.parametrize("size", ["a3", "tabloid"])
def test_from_two_metres_names_and_numbers_can_be_read(size, sample_page):
    """Capitals of 12 pt are what most eyes tell apart at two metres; names and numbers of a usual matrix are larger."""
    from reportlab.pdfbase.pdfmetrics import getFont

    document = pypdfium2.PdfDocument(matrix_sheet([sample_page], Stamp("matrix", NOW, "Dana", ()), SIZES[size]).pdf())
    assert len(document) == 1
    read = document[0].get_textpage()
    cap = getFont("Inter-SemiBold").face.capHeight / 1000
    for text in ("Mara Lindqvist", "+46 70 174 06 31"):
        index, count = read.search(text).get_next()
        boxes = [read.get_charbox(place) for place in range(index, index + count)]
        tallest = max(top - bottom for _, bottom, _, top in boxes if top > bottom)
        assert tallest >= 14 * cap


@pytest.fixture
def sample_page():
    from tests.paper.test_matrix import HARBOUR, TODAY, programme

    return overview(programme(), HARBOUR, "integration", None, TODAY)
