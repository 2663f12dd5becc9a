"""Contact sheets: who can be called, on which number, and how long ago somebody proved that it works."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.paper.fonts import Face
from escplaybook.paper.lines import BLACK, BOLD, PLAIN, QUIET, Ink, Span
from escplaybook.paper.page import PageSize, Sheet, Stamp, masthead
from escplaybook.paper.rows import Row, Rows
from escplaybook.paper.text import Style, Text

# Names stand at the left whatever they are written in: a list is looked through along one edge.
_NAME = Style(9.5, 12.5, align="left")
_LESS = Style(8, 11, align="left")
_PROOF = Style(7.5, 11.5, align="right")
_ADDRESS = Style(8.5, 11.5, align="left")
_NUMBER = Style(9.5, 11.5, align="left")
_GROUP = Style(11, 14, align="left")
_GAP = 12.0
_NARROW = 420.0
"""A column narrower than this has no room for a third part: zone and hours move under the name."""

_PROOF_WIDTH, _SIDE_BY_SIDE = 88.0, 190.0

_NUMBERS = {PointKind.PHONE, PointKind.MOBILE, PointKind.PAGER, PointKind.BRIDGE}


@dataclass(frozen=True, slots=True)
class Group:
    """People under one heading, in the order to print them; without a heading if there is but one group."""

    heading: str
    contacts: tuple[Contact, ...]


def by_name(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Sorted as people look for a name: accents and case set aside."""
    return tuple(sorted(contacts, key=lambda contact: (_plain_letters(contact.name), contact.name, contact.key)))


def contact_sheet(title: str, groups: Sequence[Group], stamp: Stamp, size: PageSize) -> Sheet:
    """The sheet of these people: columns that align, under a head that every page repeats."""
    people = [contact for group in groups for contact in group.contacts]
    names = {contact.id: contact.name for contact in people}
    widths = _widths(size)
    rows: list[Row] = []
    for group in groups:
        if group.heading:
            heading = Text([(group.heading, BOLD)], _GROUP, outlined=1)
            rows.append(Row([(heading,)], [size.column], above=12, below=3, shade=BLACK, leads=True))
        rows += [_row(contact, widths, names, stamp.printed.date()) for contact in group.contacts]
    count = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
    table = Rows(rows, _head(widths))
    return Sheet(
        title=title,
        running=(title, count),
        blocks=(*masthead(("contact sheet", QUIET), (count, QUIET), title, (), size), table),
        stamp=stamp,
        size=size,
    )


def age(verified: date | None, today: date) -> str:
    """How long ago a contact point was proved to work, in words."""
    if verified is None:
        return "NOT verified"
    days = (today - verified).days
    if days <= 0:
        return "verified today"
    return f"verified {days} day{'' if days == 1 else 's'} ago"


def _widths(size: PageSize) -> list[float]:
    """The widths of name, local time and points; without local time on narrow paper."""
    if size.column < _NARROW:
        room = size.column - _GAP
        return [room * 0.4, room * 0.6]
    room = size.column - 2 * _GAP
    return [room * 0.3, room * 0.2, room * 0.5]


def _head(widths: Sequence[float]) -> Row:
    words = ["Name"] if len(widths) == 2 else ["Name", "Local time"]
    cells = [(Text([(word, QUIET)], _LESS),) for word in words]
    number = (_point_row([("In this order", QUIET)], [("Last proved", QUIET)], widths[-1], _LESS),)
    return Row([*cells, number], widths, gap=_GAP, above=2, below=3, rule=0.75, shade=BLACK)


def _row(contact: Contact, widths: Sequence[float], names: Mapping[str, str], today: date) -> Row:
    name = [Text([(contact.name, BOLD)], _NAME), *_facts(contact, names)]
    hours = [Text([(part, PLAIN)], _LESS) for part in _local_time(contact)]
    points = tuple(_point(point, widths[-1], today) for point in contact.points)
    cells = [(*name, *hours)] if len(widths) == 2 else [tuple(name), tuple(hours)]
    return Row([*cells, points or (Text([("no number or address", QUIET)], _LESS),)], widths, gap=_GAP)


def _facts(contact: Contact, names: Mapping[str, str]) -> Iterator[Text]:
    post = ", ".join(filter(None, (contact.role, contact.organisation)))
    if post:
        yield Text([(post, PLAIN)], _LESS)
    if contact.deputy in names:
        yield Text([("deputy: ", QUIET), (names[contact.deputy or ""], PLAIN)], _LESS)


def _local_time(contact: Contact) -> Iterator[str]:
    yield contact.zone.replace("_", " ")
    spans = (span.strip().replace(" ", "\xa0").replace("-", "–") for span in contact.hours.split(","))
    yield ", ".join(filter(None, spans)) or "at any time"


def _point(point: ContactPoint, width: float, today: date) -> Row:
    kind = point.label or ("" if point.kind is PointKind.EMAIL else str(point.kind))
    called = (f"  {kind}", QUIET)
    if point.privacy is not Privacy.PRINT:
        hidden = f"{point.label or point.kind}  not printed: {_class(point.privacy)}"
        return _point_row([(hidden, QUIET)], [], width, _ADDRESS)
    proof = (age(point.verified, today), BOLD if point.verified is None else QUIET)
    if point.kind in _NUMBERS:
        number = (point.value.replace(" ", "\xa0"), Ink(Face.BOLD, tabular=True))
        return _point_row([number, (f"  {kind}", QUIET._replace(scale=0.85))], [proof], width, _NUMBER)
    return _point_row([(point.value, PLAIN), called], [proof], width, _ADDRESS)


def _point_row(left: Sequence[Span], right: Sequence[Span], width: float, style: Style) -> Row:
    """What to dial, and its proof beside it; below it where that would break the number."""
    if width < _SIDE_BY_SIDE:
        return Row([(Text(left, style), Text(right, _LESS))], [width], above=0, below=1, rule=0)
    cells = [(Text(left, style),), (Text(right, _PROOF),)]
    return Row(cells, [width - _PROOF_WIDTH, _PROOF_WIDTH], gap=0, above=0, below=1, rule=0)


def _class(privacy: Privacy) -> str:
    return "team only" if privacy is Privacy.TEAM else "private"


def _plain_letters(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE_LETTERS))
    return "".join(character for character in apart if not unicodedata.combining(character))


_WHOLE_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take apart into a plain one and its accent."""
