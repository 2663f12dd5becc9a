"""A number on paper: what to dial, and beside it how long ago somebody proved that it works."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from escplaybook.domain.contacts import ContactPoint, PointKind, Privacy
from escplaybook.domain.verification import Importance, proof_on_paper, rings
from escplaybook.paper.fonts import Face
from escplaybook.paper.lines import BOLD, PLAIN, QUIET, Ink, Span
from escplaybook.paper.rows import Row
from escplaybook.paper.text import Style, Text

_NUMERALS = Ink(Face.BOLD, tabular=True)

_NUMBER = Style(9.5, 11.5, align="left")
_ADDRESS = Style(8.3, 11.5, align="left")
_WITHHELD = Style(8, 11.5, align="left")
_PROOF = Style(7.5, 11.5, align="right")
_PROOF_BELOW = Style(8, 11, align="left")
_PROOF_WIDTH, _SIDE_BY_SIDE = 98.0, 198.0


def proof(point: ContactPoint, importance: Importance, today: date) -> Span:
    """How long ago the point was proved to work, in words; in bold if nobody may rely on it any more."""
    words, is_loud = proof_on_paper(point, importance, today)
    return words, BOLD if is_loud else QUIET


def is_dialled(point: ContactPoint) -> bool:
    """Whether it is a number, and not an address, that rings."""
    return rings(point) and not any(character.isalpha() for character in point.value)


def written(point: ContactPoint) -> Span:
    """The point as it is written: a number in bold tabular figures that no line breaks, an address as it is."""
    if is_dialled(point):
        return point.value.replace(" ", "\xa0"), _NUMERALS
    return point.value, BOLD if rings(point) else PLAIN


def point_rows(points: Iterable[ContactPoint], importance: Importance, width: float, today: date) -> Iterator[Row]:
    """The points, each with its proof, and a line that says which of them are not for paper."""
    listed = tuple(points)
    for point in listed:
        if point.privacy is Privacy.PRINT:
            yield _point_row(point, importance, width, today)
    if said := withheld(listed):
        yield proof_row([said], [], width, _WITHHELD)


def withheld(points: Iterable[ContactPoint]) -> Span | None:
    """Which of the points are not for paper; None if all are."""
    named = [
        f"{point.label or point.kind} ({_class(point.privacy)})"
        for point in points
        if point.privacy is not Privacy.PRINT
    ]
    return (f"not printed: {', '.join(named)}", QUIET) if named else None


def _point_row(point: ContactPoint, importance: Importance, width: float, today: date) -> Row:
    kind = point.label or ("" if point.kind is PointKind.EMAIL else str(point.kind))
    style = _NUMBER if rings(point) else _ADDRESS
    return proof_row(
        [written(point), (f"  {kind}", QUIET._replace(scale=8 / style.size))],
        [proof(point, importance, today)],
        width,
        style,
    )


def _class(privacy: Privacy) -> str:
    return "team only" if privacy is Privacy.TEAM else "private"


def proof_row(left: Sequence[Span], right: Sequence[Span], width: float, style: Style) -> Row:
    """Two texts beside each other; the second below the first where that would break a number."""
    if width < _SIDE_BY_SIDE:
        return Row([(Text(left, style), Text(right, _PROOF_BELOW))], [width], above=0, below=1, rule=0)
    if not right:
        return Row([(Text(left, style),)], [width], above=0, below=1, rule=0)
    cells = [(Text(left, style),), (Text(right, _PROOF),)]
    return Row(cells, [width - _PROOF_WIDTH, _PROOF_WIDTH], gap=0, above=0, below=1, rule=0)
