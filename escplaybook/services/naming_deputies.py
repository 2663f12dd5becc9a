"""Who stands in for whom among people about to come in: words become ids, and rings are refused."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from escplaybook.domain.contacts import Contact, PointKind
from escplaybook.domain.deputies import rings, told
from escplaybook.domain.origins import merge
from escplaybook.exchange.contact_items import Item
from escplaybook.services.importing import Found, Run
from escplaybook.store import records


@dataclass(slots=True)
class _Coming:
    """Somebody about to come in. `id` is theirs in the book once they are there.

    `named` is the deputy that the source names, `deputy` the one that they will have; both by id.
    """

    item: Item
    contact: Contact
    id: str
    ours: Contact | None
    says: frozenset[str]
    warnings: list[str]
    named: str | None = None
    deputy: str | None = None
    reason: str = ""


def settled(run: Run, items: Sequence[Item], everything: frozenset[str]) -> Iterator[Found]:
    """The items with their deputies by id, each after the one who stands in for it.

    Those who would make a ring of deputies are refused. If nobody, or more than one, answers to a deputy's name, it
    is told and the deputy of before stays. `everything` are the fields of an item that does not say of which it speaks.
    """
    yield from (Found(item.source, None, item.reason, item.warnings) for item in items if item.record is None)
    people = {person.id: person for person in records.everything(run.book, Contact)}
    coming = list(_coming(run, items, everything))
    by_id = {one.id: one for one in reversed(coming)}
    _name_deputies(run, people.values(), coming)
    _refuse_rings(people.values(), by_id)
    gone = {one.id for one in coming if one.reason and one.ours is None}
    for one in coming:
        if one.deputy in gone and not one.reason:
            _leave(one, f"“{one.item.deputy}” did not come in, so nobody was made deputy.")
    yield from map(_found, _deputies_first(coming, by_id))


def _coming(run: Run, items: Iterable[Item], everything: frozenset[str]) -> Iterator[_Coming]:
    ids: dict[str, str] = {}
    for item in items:
        if item.record is None or item.record.origin is None:
            continue
        ours = run.ours_for(item.record)
        known = ids.setdefault(item.record.origin.uid, ours.id if ours else item.record.id)
        says = frozenset(item.says) or everything
        if not item.record.origin.extra:
            says -= {"extra"}  # our own exports leave it out
        if item.record.photo is None:
            says -= {"photo"}  # and most programs leave that out
        yield _Coming(item, item.record, known, ours, says, list(item.warnings))


def _name_deputies(run: Run, people: Iterable[Contact], coming: Sequence[_Coming]) -> None:
    """Find whom each source means: somebody in it before somebody in the book."""
    in_source = _answering((one.contact, one.id) for one in coming)
    in_book = _answering((person, person.id) for person in people if person.retired is None)
    for one in coming:
        word = one.item.deputy.casefold()
        found = (in_source.get(word) or in_book.get(word) or ()) if word else ()
        if len(found) == 1:
            (one.named,) = found
        elif word:
            number = "Several people are" if found else "Nobody here is"
            _leave(one, f"{number} called “{one.item.deputy}”, so nobody was made deputy.")
        one.deputy = _deputy_after(run, one)


def _answering(people: Iterable[tuple[Contact, str]]) -> Mapping[str, set[str]]:
    """Who answers to a word in small letters: to a name, a key, an id, a uid or an e-mail address."""
    index: dict[str, set[str]] = defaultdict(set)
    for person, known in people:
        addresses = (point.value for point in person.points if point.kind is PointKind.EMAIL)
        uid = person.origin.uid if person.origin else ""
        for word in (person.name, person.key, known, uid, *addresses):
            index[word.casefold()].add(known)
    return index


def _deputy_after(run: Run, one: _Coming) -> str | None:
    """Who stands in after the import: the source's choice follows unless it was changed here as well."""
    if one.ours is None or "deputy" not in one.says:
        return one.ours.deputy if one.ours else one.named
    ours = one.ours.deputy
    found = merge({"deputy": ours}, {"deputy": one.named}, run.base(one.ours.origin).items())
    return one.named if found.take or (found.conflicts and run.taking == "theirs") else ours


def _leave(one: _Coming, why: str) -> None:
    """Let whoever stands in now do so on, and say why."""
    one.says -= {"deputy"}
    one.named, one.deputy = None, one.ours.deputy if one.ours else None
    one.warnings.append(why)


def _refuse_rings(people: Iterable[Contact], coming: Mapping[str, _Coming]) -> None:
    deputies = {person.id: person.deputy for person in people} | {one.id: one.deputy for one in coming.values()}
    names = {person.id: person.name for person in people} | {one.id: one.contact.name for one in coming.values()}
    for ring in rings(deputies):
        for one in (coming[member] for member in ring if member in coming):
            if one.deputy != (one.ours.deputy if one.ours else None):  # it is this import that would close the ring
                one.reason = told([names[member] for member in ring])


def _deputies_first(coming: Iterable[_Coming], by_id: Mapping[str, _Coming]) -> Iterator[_Coming]:
    """Everyone once, after whoever stands in for them: a deputy must be in the book before they are named."""
    placed: set[str] = set()
    for one in coming:
        chain: list[_Coming] = []
        here: _Coming | None = one
        while here is not None and here.item.source not in placed:
            placed.add(here.item.source)
            chain.append(here)
            here = by_id.get(here.deputy or "")
        yield from reversed(chain)


def _found(one: _Coming) -> Found:
    if one.reason:
        return Found(one.item.source, None, one.reason, tuple(one.warnings))
    contact = replace(one.contact, deputy=one.named)
    return Found(one.item.source, contact, "", tuple(one.warnings), one.says, one.item.files)
