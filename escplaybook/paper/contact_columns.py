"""The columns that may be chosen for a contact sheet: facts about a person, and kinds of numbers and addresses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from escplaybook.domain.contacts import Contact, ContactPoint, Privacy
from escplaybook.domain.hours import hours_words
from escplaybook.domain.verification import Importance, Importances, rings
from escplaybook.paper.lines import PLAIN, QUIET
from escplaybook.paper.proofs import proof, written
from escplaybook.paper.text import Style, Text

_FACT = Style(8.5, 11.5, align="left")
_NUMBER = Style(9.5, 11.5, align="left")
_PROOF = Style(7.5, 9.5, align="left", after=2)


class Shared(Protocol):
    """What the rows of a sheet share."""

    @property
    def names(self) -> Mapping[str, str]:
        """The names of deputies, by id."""

    @property
    def today(self) -> date:
        """The day it is printed."""

    @property
    def importances(self) -> Importances:
        """What hangs on each of them."""


def cells(contact: Contact, columns: Iterable[str], shared: Shared) -> list[tuple[Text, ...]]:
    """What a person has in each of these columns."""
    return [tuple(_cell(contact, name, shared)) for name in columns]


def _cell(contact: Contact, name: str, shared: Shared) -> Iterator[Text]:
    facts = {
        "role": contact.role,
        "organisation": contact.organisation,
        "team": contact.team,
        "zone": contact.zone.replace("_", " "),
        "hours": hours_words(contact.hours).replace("\xa0", " "),
        "deputy": shared.names.get(contact.deputy or "", ""),
        "key": contact.key,
    }
    if name in facts:
        yield Text([(facts[name], PLAIN)], _FACT)
        return
    points = [point for point in contact.points if rings(point) if name == "numbers" or point.kind == name]
    points += [point for point in contact.points if not rings(point) and point.kind == name]
    yield from _points(points, shared.importances.get(contact.id, Importance.NOBODY), shared.today)


def _points(points: Sequence[ContactPoint], importance: Importance, today: date) -> Iterator[Text]:
    """Each with the age of its proof below it; those that are not for paper are named alone."""
    for point in points:
        if point.privacy is not Privacy.PRINT:
            yield Text([("not printed", QUIET)], _PROOF)
            continue
        yield Text([written(point)], _NUMBER if rings(point) else _FACT)
        said, ink = proof(point, importance, today)
        label = f"{point.label} · " if point.label else ""
        yield Text([(label, QUIET), (said, ink)], _PROOF)
