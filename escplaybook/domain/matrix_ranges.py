"""Ranges of the matrix edited like a spreadsheet: what a square reads as text, and the edits that a stroke comes to."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, TypeVar

from escplaybook.domain.contacts import Contact, PointKind
from escplaybook.domain.durations import format_span, parse_span
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Cell, Place, cell_for, is_set_at

CONTENT = (
    *("owner", "backup", "deputies", "acknowledge", "act", "resolve", "calendar"),
    *("entry_criterion", "outcome", "channel", "not_escalated"),
)
"""The fields of a cell that go along when it is copied; the others say where it stands."""

TARGETS = {"acknowledge": "answer", "act": "act", "resolve": "resolve"}
"""The targets in the order in which they lapse, with the word that stands before them."""

_FIELDS = {"owner": "owner", "backup": "backup", **{word: name for name, word in TARGETS.items()}}
_FIELDS |= {"acknowledge": "acknowledge", "deputy": "deputies"}
_WORD = re.compile(r"(owner|backup|deputy|answer|acknowledge|act|resolve)\b(?:\s+in\b)?\s*:?\s*(\S.*)", re.IGNORECASE)
_NEXT = re.compile(r"[;\n·]|,\s*(?=(?:backup|deputy|answer|acknowledge|act|resolve|owner)\b)", re.IGNORECASE)
_NOBODY = ("—", "-", "–", "nobody")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spot:
    """A square of the matrix: where, and on which level."""

    place: Place
    rank: int


Writing = tuple[Spot, str | Cell]
"""What is put into a square: text as people write it, empty to clear it, or what another cell holds."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A square that cannot hold what was to be put into it."""

    spot: Spot
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a stroke comes to. Nothing of it may be stored while anything is refused."""

    edits: tuple[Edit, ...]
    refused: tuple[Refusal, ...]


def planned(cells: Sequence[Cell], writings: Iterable[Writing], contacts: Mapping[str, Contact], now: datetime) -> Plan:
    """The edits that put these writings into their squares.

    What a text does not say stays as it is, or is inherited, there. Clearing takes away only what is set for exactly
    that square. A square that would hold what it holds already is left alone.
    """
    edits, refused = [], []
    for spot, writing in writings:
        try:
            edit = _edit(cells, spot, writing, contacts, now)
        except InvalidRecord as error:
            refused.append(Refusal(spot, str(error)))
        else:
            edits += [edit] if edit is not None else []
    return Plan(tuple(edits), tuple(refused))


def fills(cells: Sequence[Cell], spots: Sequence[Sequence[Spot]], *, right: bool = False) -> list[Writing]:
    """Put what stands in the first row into the rows below it; in the first column into those right of it."""
    first, *rest = list(zip(*spots, strict=True)) if right else spots
    return [
        (spot, cell_for(cells, origin.place, origin.rank) or "")
        for row in rest
        for origin, spot in zip(first, row, strict=True)
    ]


def laid_out(block: Sequence[Sequence[T]], height: int, width: int) -> dict[tuple[int, int], T]:
    """What of the block comes to which row and column: repeated where it divides the selection evenly, else once."""
    down, across = len(block), max(map(len, block), default=0)
    is_even = down and across and height % down == 0 and width % across == 0
    rows, columns = (height, width) if is_even else (down, across)
    return {
        (row, column): block[row % down][column % across]
        for row in range(rows)
        for column in range(columns)
        if column % across < len(block[row % down])
    }


def text_of_block(block: Sequence[Sequence[Cell | None]], contacts: Mapping[str, Contact]) -> str:
    """The squares as tab-separated text for a spreadsheet."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, "excel-tab", lineterminator="\n")
    writer.writerows([text_of(cell, contacts) if cell else "" for cell in row] for row in block)
    return text.getvalue()


def block_of(text: str) -> list[list[str]]:
    """The rows and fields of tab-separated text. Raises InvalidRecord if it is no such text."""
    try:
        return list(csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), "excel-tab"))
    except csv.Error:
        raise InvalidRecord("What was copied is no table that can be read; nothing was pasted.") from None


def text_of(cell: Cell, contacts: Mapping[str, Contact]) -> str:
    """A cell as people write it: “Mara Lindqvist; backup Jun Park; deputy Ruth Mensah; answer 15 min”."""
    if cell.not_escalated:
        return "not escalated"
    owner, backup = (contacts.get(one or "") for one in (cell.owner, cell.backup))
    deputies = [contacts[one] for one in cell.deputies if one in contacts]
    spans = ((word, getattr(cell, name)) for name, word in TARGETS.items())
    return "; ".join(
        (
            _written(owner, contacts) if owner else "no owner",
            f"backup {_written(backup, contacts)}" if backup else "no backup",
            *(f"deputy {_written(one, contacts)}" for one in deputies),
            *(f"{word} {format_span(span)}" for word, span in spans if span is not None),
        )
    )


def read_square(text: str, contacts: Mapping[str, Contact]) -> dict[str, Any]:
    """The fields of a cell that a text names: people without a word before them are owner and backup.

    Raises InvalidRecord if somebody or something in it is not known, or said twice.
    """
    found: dict[str, Any] = {}
    for part in filter(None, (" ".join(part.split()) for part in _NEXT.split(text))):
        name, value = _part(part, found, contacts)
        if name == "deputies" and value and found.get(name):  # each further one is asked after those before
            value = (*found[name], *value)
        elif name in found:
            raise InvalidRecord(f"“{part}” says {_said(name)} twice in one square; write it once.")
        found[name] = value
    if found and not found.get("not_escalated"):
        found["not_escalated"] = False
    return found


def person_called(text: str, contacts: Mapping[str, Contact]) -> Contact:
    """The one person in use with that name, key or e-mail address, or the beginnings of their names.

    Raises InvalidRecord if that is nobody, or more than one.
    """
    folded = " ".join(text.split()).casefold()
    in_use = [person for person in contacts.values() if person.retired is None]
    exact = [person for person in in_use if _is_called(folded, person)]
    found = exact or [person for person in in_use if _begins(folded, person.name)]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        keys = ", ".join(f"{person.name} ({person.key})" for person in found[:3])
        raise InvalidRecord(f"“{text}” could be {keys}; write the whole name or the key.")
    raise InvalidRecord(
        f"Nobody is called “{text}”; write a name as it stands in the contacts, or add the person there."
    )


def refuse_inverted(cell: Cell) -> None:
    """Raises InvalidRecord if a target lapses before the one that comes first."""
    set_here = [(word, span) for name, word in TARGETS.items() if (span := getattr(cell, name)) is not None]
    for (first, sooner), (second, later) in pairwise(set_here):
        if sooner > later:
            raise InvalidRecord(
                f"The targets are the wrong way round: {first} in {format_span(sooner)}, "
                f"but {second} in {format_span(later)}."
            )


def _edit(
    cells: Sequence[Cell], spot: Spot, writing: str | Cell, contacts: Mapping[str, Contact], now: datetime
) -> Edit | None:
    """The edit for one square; None if it stays as it is."""
    held = cell_for(cells, spot.place, spot.rank)
    own = held if held is not None and is_set_at(held, spot.place) else None
    if isinstance(writing, str) and not writing.strip():
        return Edit(own, replace(own, retired=now, updated=now)) if own is not None else None
    before = _content(held) if held is not None else {}
    after = before | (_content(writing) if isinstance(writing, Cell) else read_square(writing, contacts))
    if before == after:
        return None
    if own is not None:
        made = replace(own, updated=now, **after)
    else:
        place = spot.place
        where: dict[str, Any] = {"deployment": place.deployment, "stage": place.stage, "cause_class": place.cause_class}
        made = Cell(
            id=new_id(now), severity=place.severity, level=spot.rank, created=now, updated=now, **where, **after
        )
    refuse_inverted(made)
    return Edit(own, made)


def _part(part: str, found: Mapping[str, Any], contacts: Mapping[str, Contact]) -> tuple[str, Any]:
    """The field that a part of the text names, and its value."""
    match part.casefold():
        case "not escalated":
            return "not_escalated", True
        case "no owner" | "no backup" as none:
            return none.removeprefix("no "), None
        case "no deputy" | "no deputies":
            return "deputies", ()
    if (worded := _WORD.fullmatch(part)) is not None:
        name, value = _FIELDS[worded[1].casefold()], worded[2]
    elif part[0].isdigit():
        name, value = "acknowledge", part
    else:
        name, value = ("backup" if "owner" in found else "owner"), part
    if name in TARGETS:
        return name, _span(value)
    person = None if value.casefold() in _NOBODY else person_called(value, contacts).id
    if name == "deputies":
        return name, (person,) if person is not None else ()
    return name, person


def _span(text: str) -> timedelta | None:
    return None if text in _NOBODY else parse_span(text)


def _content(cell: Cell) -> dict[str, Any]:
    return {name: getattr(cell, name) for name in CONTENT}


def _written(person: Contact, contacts: Mapping[str, Contact]) -> str:
    """The name by which the person is found again, and that no spreadsheet takes for a formula; else the key."""
    try:
        said = read_square(person.name, contacts)
    except InvalidRecord:
        return person.key
    is_plain = said == {"owner": person.id, "not_escalated": False} and person.name[0] not in "=+-@"
    return person.name if is_plain else person.key


def _is_called(folded: str, person: Contact) -> bool:
    if folded in (person.name.casefold(), person.key.casefold()):
        return True
    mails = (point.value for point in person.points if point.kind is PointKind.EMAIL)
    return any(folded == mail.casefold() for mail in mails)


def _begins(folded: str, name: str) -> bool:
    """Whether each word typed begins another word of the name, in their order."""
    words = iter(name.casefold().split())
    return bool(folded) and all(any(word.startswith(part) for word in words) for part in folded.split())


def _said(name: str) -> str:
    return "the " + {"acknowledge": "target to answer", "act": "target to act", "resolve": "target to resolve"}.get(
        name, name.replace("_", " ")
    )
