"""Contacts: everyone who can be called, by which numbers, when, and who stands in."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.domain.verification import Importance, Importances, Reach, Reachability, reachability
from escplaybook.services.verifying import importances_of, to_prove
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.ui.contacts.form import ContactForm
from escplaybook.ui.contacts.reading import ContactReading
from escplaybook.ui.desk import Desk
from escplaybook.ui.exporting import ask_where
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.detail import Detail, Subject
from escplaybook.ui.parts.hit_list import HitList, Hits, PageWords
from escplaybook.ui.parts.record_page import Listing, RecordPage
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.parts.states import Offer

NAME = "contacts"


class ContactsPage(RecordPage):
    """People by name; a search finds them by anything that is known of them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._people: dict[str, Contact] = {}
        self._weights: Importances = {}
        self._reached: dict[str, Reachability] = {}
        super().__init__(desk, NAME, Listing("contact", Contact, everyone), parent)
        self.reading.edit_wanted.connect(self._offer_deputies)
        self.reading.record_wanted.connect(desk.go_to_key)

    def words(self) -> PageWords:
        return PageWords(
            name=self.tr("Contacts"),
            hint=self.tr("Search contacts"),
            one=self.tr("1 contact"),
            many=self.tr("{0} contacts"),
            icon="users",
            empty=self.tr("No contacts yet"),
            belongs=self.tr("Here belongs everyone who may be called: with numbers, hours, time zone and deputy."),
            nothing_found=self.tr("Nobody answers to “{0}”."),
            write_it_down=self.tr("Add this contact"),
            new=self.tr("Add a contact"),
        )

    def build_hits(self) -> HitList:
        hits = HitList(self._desk, self._said, self._row_of, (), self)
        self.round = QPushButton(self)
        self.round.setProperty("kind", "link")
        dress(self.round, "phone", self._desk.theme, "accent")
        self.round.clicked.connect(self._verify)
        self.round.hide()
        column = hits.layout()
        if column is not None:
            column.addWidget(self.round)
        hits.offer(self.tr("As a table: sort, narrow down, change many"), "table", self._show_table)
        hits.offer(self.tr("Probable doubles: compare, merge"), "copy", self._show_doubles)
        hits.offer(self.tr("Save everybody as vCards or as a table"), "download", self._export)
        return hits

    def build_detail(self) -> Detail:
        self.reading, self.form = ContactReading(self._desk, self), ContactForm(self._desk, self)
        nothing_open = (self.tr("No contact is open"), self.tr("Choose one at the left."))
        subject = Subject(Contact, "contact", _name_of, self._label_of, "users", nothing_open)
        return Detail(self._desk, subject, self.reading, self.form, self)

    def empty_offers(self) -> tuple[Offer, ...]:
        return ((self.tr("Add the first contact"), "plus", self._write_first),)

    def new(self, title: str = "") -> None:
        """Add a contact."""
        self._offer_deputies()
        super().new(title)

    def print_this(self) -> None:
        """Print everyone who can be called."""
        self._desk.go("paper", "contact-sheet")

    def _verify(self) -> None:
        self._desk.go("verifying")

    def _list_everything(self) -> None:
        super()._list_everything()
        self._tell_round()

    def _tell_round(self) -> None:
        """How many numbers are to be proved; nothing where none is."""
        count = to_prove(self._desk.book, self._people.values(), self._desk.now())
        words = self.tr("Verify 1 number") if count == 1 else self.tr("Verify {0} numbers")
        self.round.setText(words.format(f"{count:,}"))
        self.round.setVisible(count > 0)

    def _show_table(self) -> None:
        self._desk.go("contacts-table")

    def _show_doubles(self) -> None:
        self._desk.go("doubles")

    def _export(self) -> None:
        ask_where(self._desk, self)

    def _write_first(self) -> None:
        self.new()

    def _offer_deputies(self) -> None:
        self.form.offer_deputies(everyone(self._desk.book))

    def _show(self, hits: Hits) -> None:
        listed = {item.id: item for item in hits.items if isinstance(item, Contact)}
        found = records.some(self._desk.book, Contact, (item.id for item in hits.items if item.id not in listed))
        self._people = listed | {person.id: person for person in found}
        self._weights, self._reached = importances_of(self._desk.book), {}
        super()._show(hits)

    def _row_of(self, item: Any) -> Row:
        person = self._people.get(item.id)
        if person is None:
            return Row(item.title)
        meta = [word for word in (person.role, person.organisation, person.team) if word]
        numbers = [point.value for point in person.points[:1]]
        snippet = "" if item is person or isinstance(item, Contact) else item.snippet
        number = tuple((value, "muted") for value in numbers)
        return Row(person.name, None, snippet, (*number, self._reach_of(person), *((word, "muted") for word in meta)))

    def _reach_of(self, person: Contact) -> tuple[str, str]:
        """Whether and why somebody can be reached, reckoned once for as long as the list stands."""
        if person.id not in self._reached:
            weight = self._weights.get(person.id, Importance.NOBODY)
            self._reached[person.id] = reachability(person.points, weight, self._desk.now().date())
        reached = self._reached[person.id]
        return str(reached), "good" if reached.reach is Reach.READY else "warn"

    def _label_of(self, field: str) -> str:
        names = {
            "points": self.tr("Numbers and addresses"),
            "zone": self.tr("Time zone"),
            "retired": self.tr("Retired"),
            "country": self.tr("Country"),
            "photo": self.tr("Photo"),
        }
        return names.get(field) or field.capitalize()


def everyone(book: Book) -> Sequence[Contact]:
    """Everyone in use, by name as people sort names."""
    people = (person for person in programme(book).contacts.values() if person.retired is None)
    return sorted(people, key=lambda person: person.name.casefold())


def _name_of(contact: Contact) -> str:
    return contact.name
