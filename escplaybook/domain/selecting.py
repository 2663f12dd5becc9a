"""Choosing among the contacts: by standing, team, organisation, zone, and words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from escplaybook.domain.contacts import Contact, PointKind
from escplaybook.domain.programme import Programme
from escplaybook.domain.verification import Importance, Importances, Reach, importances, is_stale, reachability


class Standing(StrEnum):
    """What may be amiss with a contact."""

    STALE = "stale"
    UNREACHABLE = "unreachable"
    WITHOUT_DEPUTY = "without deputy"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which contacts are meant; what is empty does not narrow them. `words` must all stand in what is known of one."""

    words: str = ""
    standing: Standing | None = None
    team: str = ""
    organisation: str = ""
    zone: str = ""


FACETS = ("standing", "team", "organisation", "zone")
"""The parts of a selection that are chosen from a list."""

COLUMNS: Mapping[str, str] = {
    "role": "Role",
    "organisation": "Organisation",
    "team": "Team",
    "zone": "Time zone",
    "hours": "Hours",
    "deputy": "Deputy",
    "key": "Key",
    "numbers": "Numbers, in this order",
    **{kind.value: kind.value.capitalize() for kind in PointKind},
}
"""The columns that a list of contacts may have besides the name, each with its heading; `numbers` are all that ring."""


def select(programme: Programme, selection: Selection, today: date) -> list[Contact]:
    """The contacts in use that are meant, by name."""
    weights = importances(programme)
    people = (one for one in programme.contacts.values() if one.retired is None)
    found = [one for one in people if _is_meant(one, selection, weights, today)]
    return sorted(found, key=lambda one: one.name.casefold())


def standings_of(contact: Contact, weights: Importances, today: date) -> list[Standing]:
    """What is amiss with a contact on `today`."""
    importance = weights.get(contact.id, Importance.NOBODY)
    holds = {
        Standing.STALE: any(is_stale(point, importance, today) for point in contact.points),
        Standing.UNREACHABLE: reachability(contact.points, importance, today).reach is Reach.NOT,
        Standing.WITHOUT_DEPUTY: contact.deputy is None,
    }
    return [standing for standing, is_so in holds.items() if is_so]


def counts(programme: Programme, today: date) -> Mapping[str, list[tuple[str, int]]]:
    """For each of FACETS, its values and how many contacts in use have each, most frequent first."""
    weights = importances(programme)
    people = [one for one in programme.contacts.values() if one.retired is None]
    return {
        "standing": _sorted(standing.value for one in people for standing in standings_of(one, weights, today)),
        "team": _sorted(one.team for one in people),
        "organisation": _sorted(one.organisation for one in people),
        "zone": _sorted(one.zone for one in people),
    }


def _is_meant(contact: Contact, selection: Selection, weights: Importances, today: date) -> bool:
    for name in ("team", "organisation", "zone"):
        wanted = getattr(selection, name).casefold()
        if wanted and getattr(contact, name).casefold() != wanted:
            return False
    if selection.standing is not None and selection.standing not in standings_of(contact, weights, today):
        return False
    values = (point.value for point in contact.points)
    said = (contact.key, contact.name, contact.role, contact.team, contact.organisation, contact.zone)
    known = " ".join((*said, *contact.tags, *values)).casefold()
    return all(word in known for word in selection.words.casefold().split())


def _sorted(values: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(value for value in values if value).items(), key=lambda pair: (-pair[1], pair[0].casefold()))
