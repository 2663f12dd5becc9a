"""A number on paper: what to dial, and beside it how long ago somebody proved that it works."""

from collections.abc import Sequence
from datetime import date

from escplaybook.domain.contacts import ContactPoint, Privacy
from escplaybook.domain.dues import CALLED, is_stale
from escplaybook.paper.fonts import Face
from escplaybook.paper.lines import BOLD, PLAIN, QUIET, Ink, Span
from escplaybook.paper.rows import Row
from escplaybook.paper.text import Style, Text

NUMBER = Ink(Face.BOLD, tabular=True)

_NUMBER = Style(9.5, 11.5, align="left")
_ADDRESS = Style(8.5, 11.5, align="left")
_PROOF = Style(7.5, 11.5, align="right")
_PROOF_BELOW = Style(8, 11, align="left")
_PROOF_WIDTH, _SIDE_BY_SIDE = 108.0, 208.0


def printed(points: Sequence[ContactPoint]) -> list[ContactPoint]:
    """Those of the points that may be on paper."""
    return [point for point in points if point.privacy is Privacy.PRINT]


def proof(point: ContactPoint, today: date) -> Span:
    """How long ago the point was proved to work, in words; in bold if nobody may rely on it any more."""
    if is_stale(point, today):
        days = (today - point.verified).days if point.verified else 0
        return (f"NOT verified for {days} days" if days else "NEVER verified", BOLD)
    if point.verified is None:
        return "never verified", QUIET
    days = (today - point.verified).days
    if days <= 0:
        return "verified today", QUIET
    return f"verified {days} day{'' if days == 1 else 's'} ago", QUIET


def written(point: ContactPoint) -> Span:
    """The point as it is written: a number in bold tabular figures that no line breaks, an address as it is."""
    if point.kind in CALLED:
        return point.value.replace(" ", "\xa0"), NUMBER
    return point.value, PLAIN


def withheld(point: ContactPoint) -> str:
    """What stands in the place of a point that is not for paper."""
    privacy = "team only" if point.privacy is Privacy.TEAM else "private"
    return f"{point.label or point.kind}  not printed: {privacy}"


def point_row(point: ContactPoint, width: float, today: date) -> Row:
    """A point and its proof, as a row of that width."""
    if point.privacy is not Privacy.PRINT:
        return proof_row([(withheld(point), QUIET)], [], width, _ADDRESS)
    kind = point.label or ("" if point.kind == "email" else str(point.kind))
    if point.kind in CALLED:
        called = (f"  {kind}", QUIET._replace(scale=0.85))
        return proof_row([written(point), called], [proof(point, today)], width, _NUMBER)
    return proof_row([written(point), (f"  {kind}", QUIET)], [proof(point, today)], width, _ADDRESS)


def proof_row(left: Sequence[Span], right: Sequence[Span], width: float, style: Style) -> Row:
    """Two texts beside each other; the second below the first where that would break a number."""
    if width < _SIDE_BY_SIDE:
        return Row([(Text(left, style), Text(right, _PROOF_BELOW))], [width], above=0, below=1, rule=0)
    cells = [(Text(left, style),), (Text(right, _PROOF),)]
    return Row(cells, [width - _PROOF_WIDTH, _PROOF_WIDTH], gap=0, above=0, below=1, rule=0)
