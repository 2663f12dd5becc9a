"""Contact sheets: who can be called, on which number, and how long ago somebody proved that it works."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from reportlab.lib.units import mm

from escplaybook.domain.classification import MARKS, CauseClass
from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.durations import format_span
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.hierarchy import Duty, Rank, Role
from escplaybook.domain.hours import hours_words
from escplaybook.domain.selecting import COLUMNS
from escplaybook.domain.verification import Importance, Importances
from escplaybook.paper.columns import widths_of
from escplaybook.paper.contact_columns import cells
from escplaybook.paper.fitting import Made, listed
from escplaybook.paper.lines import BLACK, BOLD, PLAIN, QUIET, Span
from escplaybook.paper.page import PageSize, Sheet, Stamp, masthead
from escplaybook.paper.proofs import point_rows, proof_row
from escplaybook.paper.rows import Row
from escplaybook.paper.text import Style, Text

# Names stand at the left whatever they are written in: a list is looked through along one edge.
_NAME = Style(9.5, 12.5, align="left")
_LESS = Style(8, 11, align="left")
_GROUP = Style(11, 14, align="left")
_LACKING = Style(8.5, 12, align="left")
_GAP = 10.0
_NARROW = 420.0
"""A column narrower than this has no room for a third part: zone and hours move under the name."""

Part = Literal["organisation", "team", "zone"]


NO_DUTY: Mapping[str, Sequence[str]] = {}
"""What a sheet says of absences and turns where nobody has any."""


@dataclass(frozen=True, slots=True)
class Group:
    """People under one heading, in the order to print them; without a heading if there is but one group.

    `beside` stands quietly after the heading, each of `lacking` in bold below it, and `notes` under the names (by the
    contacts' ids).
    """

    heading: str
    contacts: tuple[Contact, ...]
    beside: str = ""
    lacking: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """What all rows of a sheet share; `told` is what their headings say already, `names` are the deputies' by id."""

    names: Mapping[str, str]
    today: date
    told: frozenset[Part]
    importances: Importances
    duty: Mapping[str, Sequence[str]] = field(default_factory=dict)


def by_name(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Sorted as people look for a name: accents and case set aside."""
    return tuple(sorted(contacts, key=lambda contact: (_plain_letters(contact.name), contact.name, contact.key)))


def by_team(contacts: Iterable[Contact]) -> list[Group]:
    """One group a team; teams of the same name by organisation, and those without a team at the end."""
    teams: dict[tuple[str, str], list[Contact]] = {}
    for contact in by_name(contacts):
        teams.setdefault((contact.team, contact.organisation), []).append(contact)
    ordered = sorted(teams, key=lambda names: [(not name, _plain_letters(name)) for name in names])
    return [
        Group(team or "Without a team", tuple(teams[team, organisation]), organisation)
        for team, organisation in ordered
    ]


def by_zone(contacts: Iterable[Contact], at: datetime) -> list[Group]:
    """One group a time zone, from west to east, with what its clocks show at `at` beside those of here."""
    zones: dict[str, list[Contact]] = {}
    for contact in by_name(contacts):
        zones.setdefault(contact.zone, []).append(contact)
    ordered = sorted(zones, key=lambda zone: (_offset(zone, at), zone))
    return [Group(_spaced(zone), tuple(zones[zone]), zone_words(zone, at)) for zone in ordered]


def spokespeople(speakers: Sequence[Contact]) -> Group:
    """The group of the single point of contact, who stands in being named after them."""
    notes = {person.id: "speaks to everyone outside" for person in speakers[:1]}
    notes |= {person.id: "speaks for them when they are away" for person in speakers[1:]}
    return Group("Single point of contact", tuple(speakers), "the only one outsiders talk to", notes=notes)


def by_level(ranks: Iterable[Rank]) -> list[Group]:
    """One group a level of the matrix, with what each person stands for there and what nobody does."""
    return [
        Group(
            f"{rank.level.rank} · {rank.level.name}",
            tuple(post.contact for post in rank.posts),
            rank.level.purpose,
            tuple(f"No {words}" for words in _duties_words(rank.vacant)),
            {post.contact.id: "\n".join(_duties_words(post.duties)) for post in rank.posts},
        )
        for rank in ranks
    ]


def contact_sheet(
    title: str,
    groups: Sequence[Group],
    stamp: Stamp,
    size: PageSize,
    *,
    importances: Importances,
    told: Iterable[Part] = (),
    duty: Mapping[str, Sequence[str]] = NO_DUTY,
    columns: Sequence[str] = (),
) -> Sheet:
    """The sheet of these people: columns that align, under a head that every page repeats; one page if it fits.

    `importances` say until when each number is believed, `told` which facts the headings of the groups say already,
    `duty` (by the contact's id) when people are away or whose turn it is. `columns` are names of
    `selecting.COLUMNS`; without any it tells everything, packed into three. Raises PlaybookError if they do not
    fit on the paper.
    """
    people = {contact.id: contact for group in groups for contact in group.contacts}
    names = {contact.id: contact.name for contact in people.values()}
    listing = Listing(names, stamp.printed.date(), frozenset(told), importances, duty)
    page = size

    def made(width: float) -> Made | None:
        return _chosen(groups, listing, columns, width) if columns else (_rows(groups, listing, width), _head(width))

    count = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
    remark = outdated_remark(stamp.outdated)
    head = masthead(("contact sheet", QUIET), (count, QUIET), title, remark, page)
    block = listed(made, len(people), head, page)
    if block is None:  # too many columns for an upright page
        page = size.lying(size.margin / mm)
        head = masthead(("contact sheet", QUIET), (count, QUIET), title, remark, page)
        block = listed(made, len(people), head, page)
    if block is None:
        raise PlaybookError(
            f"{len(columns)} columns do not fit beside each other on {size.name}, however it lies; nothing was "
            "printed. Choose fewer of them, or larger paper."
        )
    return Sheet(title=title, running=(title, count), blocks=(*head, block), stamp=stamp, size=page)


def person_rows(people: Iterable[Contact], heading: str, listing: Listing, width: float) -> list[Row]:
    """People below a heading of their own, as on a contact sheet."""
    return _rows([Group(heading, by_name(people))], listing, width)


def outdated_remark(count: int, scale: float = 1.0) -> list[Text]:
    """The warning below the title of a sheet on which so many numbers are out of date; nothing if none is."""
    if not count:
        return []
    number = "1 number is" if count == 1 else f"{count} numbers are"
    works = "it works" if count == 1 else "they work"
    spans = [(f"{number} out of date", BOLD), (f" and marked so: nobody has proved lately that {works}.", PLAIN)]
    return [Text(spans, Style(8.5 * scale, 12 * scale, after=3))]


def zone_words(zone: str, at: datetime) -> str:
    """How the clocks of a zone stand at `at`: `UTC+05:30 · 4 h 30 min ahead of here`; here is where `at` is told."""
    offset, here = _offset(zone, at), at.utcoffset() or timedelta(0)
    name = f"UTC{at.astimezone(zone_named(zone)).isoformat(timespec='minutes')[16:]}".replace("-", "−")
    if offset == here:
        return f"{name} · the same time as here"
    return f"{name} · {format_span(abs(offset - here))} {'ahead of' if offset > here else 'behind'} here"


def _duties_words(duties: Iterable[Duty]) -> list[str]:
    """`owner at ◆ S1, ▲ S2`, `backup at ● S3 (external causes)`: one text for each role and class of causes."""
    held: dict[tuple[Role, CauseClass | None], list[str]] = {}
    for duty in duties:
        held.setdefault((duty.role, duty.cause_class), []).append(f"{MARKS[duty.severity]}\xa0{duty.severity}")
    return [
        f"{role} at {', '.join(severities)}" + (f" ({cause}\xa0causes)" if cause else "")
        for (role, cause), severities in held.items()
    ]


def _rows(groups: Iterable[Group], listing: Listing, width: float) -> list[Row]:
    rows: list[Row] = []
    for group in groups:
        rows += _group_head(group, width)
        rows += [_row(contact, group, listing, width) for contact in group.contacts]
    return rows


def _chosen(groups: Iterable[Group], listing: Listing, columns: Sequence[str], width: float) -> Made | None:
    """The rows with a column for each of these facts; None if they do not fit beside each other."""
    listed_groups = list(groups)
    made = [
        (group, [[_named(contact, group, listing), *cells(contact, columns, listing)] for contact in group.contacts])
        for group in listed_groups
    ]
    words = ["Name", *(COLUMNS[name] for name in columns)]
    head = [(Text([(word, QUIET)], _LESS),) for word in words]
    widths = widths_of([head, *(row for _, rows in made for row in rows)], width - _GAP * len(columns))
    if not widths:
        return None
    rows: list[Row] = []
    for group, lines in made:
        rows += _group_head(group, width)
        rows += [_with_heading(Row(line, widths, gap=_GAP, above=3, below=3), group, width) for line in lines]
    return rows, Row(head, widths, gap=_GAP, above=2, below=3, rule=0.75, shade=BLACK)


def _named(contact: Contact, group: Group, listing: Listing) -> tuple[Text, ...]:
    """The name, with what its level makes of the person and when they are away: nobody may choose not to be told."""
    lines = [*filter(None, (group.notes.get(contact.id, ""),)), *listing.duty.get(contact.id, ())]
    return (Text([(contact.name, BOLD)], _NAME), *(Text([(line, PLAIN)], _LESS) for line in lines))


def _widths(width: float) -> tuple[float, ...]:
    """The widths of name, local time and points; without local time where there is little room."""
    if width < _NARROW:
        room = width - _GAP
        return (room * 0.4, room * 0.6)
    room = width - 2 * _GAP
    return (room * 0.25, room * 0.19, room * 0.56)


def _head(width: float) -> Row:
    widths = _widths(width)
    words = ["Name"] if len(widths) == 2 else ["Name", "Local time"]
    cells = [(Text([(word, QUIET)], _LESS),) for word in words]
    number = (proof_row([("In this order", QUIET)], [("Last proved", QUIET)], widths[-1], _LESS),)
    return Row([*cells, number], widths, gap=_GAP, above=2, below=3, rule=0.75, shade=BLACK)


def _group_head(group: Group, width: float) -> Iterator[Row]:
    if not group.heading:
        return
    beside: list[Span] = [(f"  {group.beside}", QUIET._replace(scale=0.8))] if group.beside else []
    heading = Text([(group.heading, BOLD), *beside], _GROUP, outlined=1)
    lacking = [Text([(words, BOLD)], _LACKING) for words in group.lacking]
    is_empty = not group.contacts
    if is_empty and not lacking:
        lacking = [Text([("Nobody is named.", BOLD)], _LACKING)]
    yield Row([(heading, *lacking)], [width], above=12, below=3, shade=BLACK, leads=not is_empty)


def _row(contact: Contact, group: Group, listing: Listing, width: float) -> Row:
    note, widths = group.notes.get(contact.id, ""), _widths(width)
    name = [Text([(contact.name, BOLD)], _NAME), *_facts(contact, note, listing)]
    hours = [Text([(part, PLAIN)], _LESS) for part in _local_time(contact, listing.told)]
    importance = listing.importances.get(contact.id, Importance.NOBODY)
    points = tuple(point_rows(contact.points, importance, widths[-1], listing.today))
    parts = [(*name, *hours)] if len(widths) == 2 else [tuple(name), tuple(hours)]
    nothing = (Text([("no number or address", QUIET)], _LESS),)
    return _with_heading(Row([*parts, points or nothing], widths, gap=_GAP), group, width)


def _with_heading(row: Row, group: Group, width: float) -> Row:
    """The row, with its group's heading to be said again where it begins a page or a column."""
    if group.heading:
        again = Text([(group.heading, BOLD), ("  continued", QUIET._replace(scale=0.8))], _GROUP)
        row.again = Row([(again,)], [width], above=8, below=3, shade=BLACK, leads=True)
    return row


def _facts(contact: Contact, note: str, listing: Listing) -> Iterator[Text]:
    if note:
        yield Text([(note, PLAIN)], _LESS)
    organisation = "" if "organisation" in listing.told else contact.organisation
    post = ", ".join(filter(None, (contact.role, organisation)))
    if post:
        yield Text([(post, PLAIN)], _LESS)
    if contact.deputy in listing.names:
        yield Text([("deputy: ", QUIET), (listing.names[contact.deputy or ""], PLAIN)], _LESS)
    for line in listing.duty.get(contact.id, ()):
        yield Text([(line, PLAIN)], _LESS)


def _local_time(contact: Contact, told: frozenset[Part]) -> Iterator[str]:
    if "zone" not in told:
        yield _spaced(contact.zone)
    yield hours_words(contact.hours)


def _offset(zone: str, at: datetime) -> timedelta:
    return at.astimezone(zone_named(zone)).utcoffset() or timedelta(0)


def _spaced(zone: str) -> str:
    return zone.replace("_", " ")


def _plain_letters(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE_LETTERS))
    return "".join(character for character in apart if not unicodedata.combining(character))


_WHOLE_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take apart into a plain one and its accent."""
