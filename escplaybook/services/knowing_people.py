"""Knowing people again who come in from outside: by the source's own identifier, else by e-mail address.

One name in one organisation is not enough: such a person is proposed as a probable double, and somebody decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from escplaybook.domain.contacts import Contact
from escplaybook.domain.doubles import addresses_of, name_of, reasons, values_of
from escplaybook.domain.origins import is_made_up, merged_into
from escplaybook.services.importing import uid_of
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.memory import Memory

_OTHER_UID = "same:"

MOST = 3
"""How many of those whom somebody may be are told; a team's shared address leads to a dozen."""


@dataclass(slots=True)
class KnownPeople:
    """Everyone in the book by what they can be known by. `chosen` are a person's answers: the id of the one whom an
    item (by its record's id) is, empty if it is somebody new. `memory`, beside the book, keeps under which other
    identifiers people came in: a person has one origin, and may be in several address books."""

    book: Book
    memory: Memory
    chosen: Mapping[str, str] = field(default_factory=dict)
    _by_uid: dict[str, Contact] = field(init=False)
    _by_address: dict[str, list[str]] = field(init=False)
    _by_name: dict[str, list[str]] = field(init=False)
    _found: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Read who is in the book now."""
        self._by_address, self._by_name = defaultdict(list), defaultdict(list)
        self._by_uid = {}
        for person in records.everything(self.book, Contact):
            self._by_uid[person.id] = person
            if person.origin is not None:
                self._by_uid[person.origin.uid] = person
            if person.retired is None:
                self._by_name[name_of(person)].append(person.id)
                for address in addresses_of(person):
                    self._by_address[address].append(person.id)

    def ours_for(self, theirs: Contact) -> Contact | None:
        """The person in the book that this is, beyond doubt or because somebody said so."""
        uid, chosen = uid_of(theirs), self.chosen.get(theirs.id)
        if not chosen and (found := self._known(theirs)) is not None:
            return self._survivor(found)
        ours = self._chosen_or_alike(theirs, chosen or self.memory.recall(_OTHER_UID + uid, ""))
        if ours is not None:
            self._found |= {uid: ours.id, ours.origin.uid if ours.origin else ours.id: ours.id}
        return ours

    def remember(self) -> None:
        """Keep the identifiers by which nobody in the book is known now, though they came in under them."""
        for uid, person_id in self._found.items():
            if records.by_origin(self.book, Contact, uid) is None and uid != person_id:
                self.memory.remember(_OTHER_UID + uid, person_id)

    def _chosen_or_alike(self, theirs: Contact, chosen: str) -> Contact | None:
        if chosen:
            found = self._by_uid.get(chosen)
            return self._survivor(found) if found is not None else None
        if theirs.id in self.chosen:
            return None
        alike = [one for one in self._alike(theirs) if _is_the_same(one, theirs)]
        return alike[0] if len(alike) == 1 else None

    def merged(self, theirs: Contact) -> Contact | None:
        """The retired double of this person, if it was merged into another."""
        found = self._known(theirs)
        return found if found is not None and self._survivor(found) is not found else None

    def like(self, theirs: Contact) -> Sequence[tuple[Contact, str]]:
        """People it may be, each with the reason."""
        if theirs.id in self.chosen:
            return ()
        told = ((one, reasons(one, theirs)) for one in self._alike(theirs))
        return [(one, ", ".join(why)) for one, why in told if why][:MOST]

    def _alike(self, theirs: Contact) -> Iterable[Contact]:
        """Everyone in use who has the name or an address of this one."""
        ids = dict.fromkeys(self._by_name.get(name_of(theirs), ()))
        for address in addresses_of(theirs):
            ids |= dict.fromkeys(self._by_address.get(address, ()))
        return [self._by_uid[one] for one in ids]

    def _known(self, theirs: Contact) -> Contact | None:
        return self._by_uid.get(theirs.id) or self._by_uid.get(uid_of(theirs))

    def _survivor(self, person: Contact) -> Contact:
        """Who stands for this one now: the one into whom it was merged, or itself."""
        seen = {person.id}
        while person.retired and (into := merged_into(person.origin)) and into not in seen:
            seen.add(into)
            following = self._by_uid.get(into)
            if following is None:
                break
            person = following
        return person


def _is_the_same(ours: Contact, theirs: Contact) -> bool:
    """Whether two people of one name are one: one address, or everything alike; and no identifier says otherwise."""
    if name_of(ours) != name_of(theirs):
        return False
    known, coming = (ours.origin.uid if ours.origin else ""), uid_of(theirs)
    if known and not is_made_up(known) and not is_made_up(coming):
        return False
    if addresses_of(ours) & addresses_of(theirs):
        return True
    is_alike = values_of(ours) == values_of(theirs) != frozenset()
    return is_alike and ours.organisation.casefold() == theirs.organisation.casefold()
