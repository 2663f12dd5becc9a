"""People as cards and tables bring them, and what stories ask about them afterwards."""

from collections.abc import Callable

from escplaybook.domain.contacts import Contact
from escplaybook.services.importing import Report
from escplaybook.store import records
from escplaybook.store.book import Book

MARA = ("UID:u1", "FN:Mara Lindqvist", "TEL;TYPE=CELL:+46 70 174 06 31", "EMAIL:mara@nordvik.example")

Bring = Callable[..., Report]


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.same, len(report.refused)


def everyone(book: Book) -> list[Contact]:
    return records.everything(book, Contact)


def named(book: Book, name: str) -> Contact:
    (found,) = (person for person in everyone(book) if person.name == name)
    return found


def values(person: Contact) -> list[str]:
    return [point.value for point in person.points]
