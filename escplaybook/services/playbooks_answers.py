"""What the book answers to a playbook's live blocks, and which records and numbers the answers are made of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from escplaybook.domain.agreements import Agreement
from escplaybook.domain.annotations import Annotation
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact, ContactPoint, Privacy, zone_named
from escplaybook.domain.definition import definition_in_use
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.domain.errors import InvalidRecord, NotFound, PlaybookError
from escplaybook.domain.glossary import explained
from escplaybook.domain.identity import Record
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.living_matrix import standing
from escplaybook.domain.matrix import Cell, Place, cell_for, rights_at
from escplaybook.domain.naming import name_of
from escplaybook.domain.playbooks import Live, LiveRequest, ladder_request
from escplaybook.domain.programme import Programme, definition_of, levels_of
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.verification import Importance, importances
from escplaybook.prose import playbooks_entries, playbooks_matrix, playbooks_people
from escplaybook.prose.html import Node, Nodes
from escplaybook.prose.masking import masked
from escplaybook.prose.playbooks import CONTENTS, remark
from escplaybook.prose.playbooks_people import Numbers, first_of
from escplaybook.prose.shapes import strong, table, terms
from escplaybook.search.find import find
from escplaybook.store.book import Book
from escplaybook.store.knowledge import notes_on
from escplaybook.store.programme import programme
from escplaybook.store.records import by_key, some


@dataclass(frozen=True, slots=True)
class Answered:
    """What stands in the place of a live block; `doubt` says why that is not what was asked for."""

    nodes: Nodes
    doubt: str = ""


class Answerer:
    """Answers one playbook's live blocks at `now`, and remembers what the answers were made of.

    `stage` is the one the playbook is about; else the deployment's present one stands in where a block names none.
    """

    def __init__(self, book: Book, deployment: Deployment | None, now: datetime, stage: str = "") -> None:
        self._book, self._deployment, self._now = book, deployment, now
        self._found = standing(programme(book), now)
        self._numbers = Numbers(self._found.contacts, importances(self._found), now.date())
        self._hidden = _hidden(self._found)
        self._stage = stage or _present_stage(deployment, now)
        self._records: dict[str, Record] = {}
        self._points: dict[tuple[str, str], tuple[ContactPoint, Importance]] = {}

    def answer(self, request: LiveRequest | str) -> Answered:
        """What stands in its place: an answer, or one muted line that says why there is none. Never an error."""
        if isinstance(request, str):
            return Answered(remark(request), request)
        try:
            return Answered(masked(_ANSWERS[request.live](self, request), self._hidden))
        except NotFound as error:  # the words are right, the book has nothing yet
            return Answered(remark(str(error)), f"{request.line} – {error}")
        except PlaybookError as error:
            said = f"{request.line} – {error}"
            return Answered(remark(said), said)

    def facts(self) -> dict[str, str]:
        """What `{{…}}` stands for; what nobody knows is not among them."""
        deployment = self._deployment
        if deployment is None:
            return {}
        self._note(deployment)
        speaker = self._found.contacts.get(deployment.point_of_contact or "")
        go_live = deployment.go_live
        facts = {
            "deployment": deployment.name,
            "customer": deployment.customer,
            "go-live": f"{go_live:%-d %b %Y}" if go_live else "",
            "point-of-contact": speaker.name if speaker is not None and speaker.retired is None else "",
        }
        if speaker is not None:
            self._note(speaker)
        return {name: value for name, value in facts.items() if value}

    def names_of(self, keys: Iterable[str]) -> dict[str, str]:
        """What the records with these keys are called, those that are in the book."""
        found: dict[str, str] = {}
        for key in keys:
            with suppress(NotFound):
                record = by_key(self._book, key)
                self._note(record)
                found[key] = " ".join(name_of(record).split())
        return found

    def records(self) -> tuple[Record, ...]:
        """Everything of the book that stands in the answers so far."""
        return tuple(self._records.values())

    def points(self) -> tuple[tuple[ContactPoint, Importance], ...]:
        """The numbers that stand in the answers so far."""
        return tuple(self._points.values())

    def _severities(self, _request: LiveRequest) -> Nodes:
        definitions = [one for severity in Severity if (one := definition_of(self._found, severity)) is not None]
        if not definitions:
            raise NotFound("The book does not say yet what the severities mean.")
        self._note(*definitions)
        return playbooks_matrix.severities(definitions)

    def _blocker(self, _request: LiveRequest) -> Nodes:
        definition = definition_in_use(self._found.definitions)
        if definition is None:
            raise NotFound("The book does not say yet what counts as a blocker.")
        self._note(definition)
        return playbooks_matrix.blocker(definition)

    def _ladder(self, request: LiveRequest) -> Nodes:
        asked = ladder_request(request)
        stage = asked.stage or self._stage
        deployment = self._deployment
        place = Place(asked.severity, stage, asked.cause_class, deployment.id if deployment else None)
        cells = ((level, cell_for(self._found.cells, place, level.rank)) for level in levels_of(self._found))
        rungs = [(level, cell) for level, cell in cells if cell is not None and not cell.not_escalated]
        if not rungs:
            raise NotFound("The matrix names nobody there; fill in its cells first.")
        for level, cell in rungs:
            self._note(level, cell)
            self._show_first(self._people(cell.people))
        where = playbooks_matrix.place_words(
            asked.severity, stage, asked.cause_class, deployment.name if deployment else ""
        )
        return playbooks_matrix.ladder(rungs, where, self._numbers)

    def _contacts(self, request: LiveRequest) -> Nodes:
        current = [contact for contact in self._found.contacts.values() if contact.retired is None]
        if request.names:
            wanted = {name.casefold() for name in request.names}
            people = [one for one in current if wanted & {one.team.casefold(), one.organisation.casefold()}]
        else:
            named = {person for cell in self._cells_here() for person in cell.people}
            people = [one for one in current if one.id in named]
        if not people:
            raise NotFound("The book knows nobody there.")
        self._note(*people)
        for contact in people:
            self._show(contact.id, contact.points, self._numbers.importance_of(contact))
        return playbooks_people.contact_sheet(people, self._numbers)

    def _vendor(self, request: LiveRequest) -> Nodes:
        current = [vendor for vendor in self._found.vendors if vendor.retired is None]
        if not request.names:
            if not current:
                raise NotFound("The book knows no vendors yet.")
            for vendor in current:
                self._show_vendor(vendor, first_only=True)
            pairs = [(vendor, self._agreements(vendor)) for vendor in current]
            return playbooks_people.vendors_in_short(pairs, self._now)
        wanted = [name.casefold() for name in request.names]
        found = [one for one in current if one.name.casefold() in wanted or one.key.casefold() in wanted]
        if not found:
            raise NotFound("The book knows no vendor of that name.")
        nodes: list[Node | str] = []
        for vendor in found:
            self._show_vendor(vendor)
            nodes += playbooks_people.vendor(vendor, self._agreements(vendor), self._now)
        return tuple(nodes)

    def _rights(self, request: LiveRequest) -> Nodes:
        where = self._deployment.id if self._deployment else None
        if stage := " ".join(request.names):
            places = [Place(severity, stage, None, where) for severity in Severity]
            holding = {one.id for place in places for one in rights_at(self._found.rights, place, self._now.date())}
            rights = [one for one in self._found.rights if one.id in holding]
        else:
            today = self._now.date()
            rights = [
                one
                for one in self._found.rights
                if one.retired is None and one.deployment in (None, where) and not (one.expires and one.expires < today)
            ]
        if not rights:
            raise NotFound("Nobody has been given a right to decide there.")
        self._note(*rights, *(one for right in rights for one in self._people((right.decider, right.alternate))))
        return playbooks_matrix.rights(rights, self._found.contacts)

    def _entries(self, request: LiveRequest) -> Nodes:
        words, limit = request.question
        hits = find(self._book, words, kinds=("entry",), limit=limit, now=self._now).hits if words else ()
        found = list(some(self._book, Entry, (hit.id for hit in hits)))
        if not found:
            raise NotFound("The book knows no such blocker.")
        return playbooks_entries.in_short([(entry, self._notes(entry)) for entry in found])

    def _entry(self, request: LiveRequest) -> Nodes:
        entry = by_key(self._book, request.words)
        if not isinstance(entry, Entry):
            raise NotFound(f"{entry.key} is not a known blocker; their keys look like KB-0001.")
        return playbooks_entries.whole(entry, self._notes(entry))

    def _glossary(self, request: LiveRequest) -> Nodes:
        found, unknown = explained(request.terms)
        if not found:
            raise NotFound("None of these words is explained.")
        missing = remark(f"{request.line} – Nobody has explained {', '.join(unknown)}.") if unknown else ()
        return (terms((term, (meaning,)) for term, meaning in found), *missing)

    def _sign_off(self, request: LiveRequest) -> Nodes:
        if not request.names:
            raise InvalidRecord("Say who signs, each in quotation marks.")
        rows = [((strong(name),), (), ()) for name in request.names]
        return (table(("Signed off by", "Date", "Signature"), rows, "sign-off"),)

    def _contents(self, _request: LiveRequest) -> Nodes:
        return (CONTENTS,)

    def _notes(self, entry: Entry) -> Sequence[Annotation]:
        notes = [note for note in notes_on(self._book, entry.id) if note.is_in_use]
        self._note(entry, *notes)
        return notes

    def _agreements(self, vendor: Vendor) -> list[Agreement]:
        agreements = [one for one in self._found.agreements if one.vendor == vendor.id and one.retired is None]
        self._note(*agreements)
        return agreements

    def _cells_here(self) -> Iterator[Cell]:
        where = self._deployment.id if self._deployment else None
        for cell in self._found.cells:
            if cell.retired is None and not cell.not_escalated and cell.deployment in (None, where):
                yield cell

    def _people(self, ids: Iterable[str | None]) -> list[Contact]:
        return [person for one in ids if (person := self._found.contacts.get(one or "")) is not None]

    def _show_first(self, people: Iterable[Contact]) -> None:
        for person in people:
            self._note(person)
            if person.retired is None:
                self._show(person.id, first_of(person.points), self._numbers.importance_of(person))

    def _show_vendor(self, vendor: Vendor, *, first_only: bool = False) -> None:
        self._note(vendor)
        for level in vendor.levels[:1] if first_only else vendor.levels:
            points = level.points[:1] if first_only else level.points
            self._show(vendor.id, points, Importance.VENDOR)

    def _show(self, holder: str, points: Iterable[ContactPoint], importance: Importance) -> None:
        for point in points:
            if point.privacy is Privacy.PRINT:
                self._points[holder, point.value] = point, importance

    def _note(self, *records: Record) -> None:
        self._records |= {record.id: record for record in records}


_ANSWERS: dict[Live, Callable[[Answerer, LiveRequest], Nodes]] = {
    Live.SEVERITIES: Answerer._severities,
    Live.BLOCKER: Answerer._blocker,
    Live.LADDER: Answerer._ladder,
    Live.CONTACTS: Answerer._contacts,
    Live.VENDOR: Answerer._vendor,
    Live.RIGHTS: Answerer._rights,
    Live.ENTRIES: Answerer._entries,
    Live.ENTRY: Answerer._entry,
    Live.GLOSSARY: Answerer._glossary,
    Live.SIGN_OFF: Answerer._sign_off,
    Live.CONTENTS: Answerer._contents,
}


def _hidden(found: Programme) -> set[str]:
    """The numbers and addresses that nobody has made public: texts of the book may name them, too."""
    points = [point for contact in found.contacts.values() for point in contact.points]
    points += [point for vendor in found.vendors for level in vendor.levels for point in level.points]
    shown = {point.value for point in points if point.privacy is Privacy.PRINT}
    return {point.value for point in points} - shown


def _present_stage(deployment: Deployment | None, at: datetime) -> str:
    return stage_on(deployment, at.astimezone(zone_named(deployment.zone)).date()) if deployment else ""
