"""Who could take over from somebody who leaves: proposals, each with its reason."""

from collections import Counter
from dataclasses import dataclass

from escplaybook.domain.contacts import Contact
from escplaybook.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody who could take over, and why just they."""

    contact: Contact
    why: str


def proposals(programme: Programme, person: Contact) -> list[Proposal]:
    """Who could take over from `person`: the deputy, who stands beside them in the matrix, then the same team and role.

    Nobody twice, nobody who is out of use; of those beside them the one who knows most of the same cells first.
    """
    found: dict[str, str] = {}
    if person.deputy:
        found[person.deputy] = f"deputy of {person.name}"
    beside: Counter[str] = Counter()
    for cell in programme.cells:
        if cell.retired is None and person.id in cell.people:
            beside.update(other for other in cell.people if other != person.id)
    for other, count in beside.most_common():
        places = "1 cell" if count == 1 else f"{count} cells"
        found.setdefault(other, f"stands beside {person.name} in {places}")
    alike = sorted(programme.contacts.values(), key=lambda one: (one.role != person.role, one.name.casefold()))
    for one in alike:
        if one.id != person.id and person.team and one.team == person.team:
            found.setdefault(one.id, f"the same team, {person.team}")
    known = programme.contacts
    return [Proposal(known[id_], why) for id_, why in found.items() if id_ in known and known[id_].retired is None]
