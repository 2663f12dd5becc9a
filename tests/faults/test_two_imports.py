"""Two programs bring the same files into one book at the same time."""

from escplaybook.domain.contacts import Contact
from escplaybook.domain.knowledge import Entry
from escplaybook.services.importing import import_markdown
from escplaybook.services.importing_contacts import import_csv
from escplaybook.store import checking, records
from escplaybook.store.book import Book
from tests.services.tracker_pages import many


def test_nothing_is_in_the_book_twice(book, path, tmp_path, now):
    """Each looks whether a page is here before it takes the write lock: what one stores, the other has not seen."""
    folder = tmp_path / "collection"
    many(folder, 30)
    seen = []

    def other_program_is_faster() -> bool:
        seen.append("a page")
        if len(seen) == 20:  # nineteen are looked at and wait for their batch
            with Book.open(path) as other:
                import_markdown(other, [folder], now=now)
        return False

    report = import_markdown(book, [folder], now=now, cancelled=other_program_is_faster)
    assert (report.added, report.same, len(report.items)) == (0, 30, 30)
    assert records.count(book, Entry) == 30
    assert not list(checking.trouble(book))


def test_two_imports_of_people_at_once_agree_who_stands_in_for_whom(book, path, tmp_path, now):
    """Both bring the same table in; the second names the deputy by the id that the first gave them."""
    table = tmp_path / "people.csv"
    table.write_text(
        "name,email,deputy,role\nMara,mara@n.example,Tom,Lead\nTom,tom@n.example,,\nEve,eve@n.example,Tom,\n"
    )
    seen = []

    def other_program_is_faster() -> bool:
        seen.append("a person")
        if len(seen) == 7:  # all are read, two are looked at and wait for their batch
            with Book.open(path) as other:
                import_csv(other, [table], now=now)
        return False

    report = import_csv(book, [table], now=now, cancelled=other_program_is_faster)
    assert (report.added, report.same) == (0, 3)
    people = {person.name: person for person in records.everything(book, Contact)}
    assert len(people) == records.count(book, Contact) == 3
    assert people["Mara"].deputy == people["Eve"].deputy == people["Tom"].id


def test_what_one_import_does_not_know_comes_in_beside_what_the_other_stored(book, path, tmp_path, now):
    """Two tables that share one person: he is in the book once, and whoever names him as deputy names that one."""
    mine, theirs = tmp_path / "mine.csv", tmp_path / "theirs.csv"
    mine.write_text("name,email,deputy\nTom,tom@n.example,\nMara,mara@n.example,Tom\n")
    theirs.write_text("name,email,role\nTom,tom@n.example,Lead\n")
    seen = []

    def other_program_is_faster() -> bool:
        seen.append("a person")
        if len(seen) == 5:
            with Book.open(path) as other:
                import_csv(other, [theirs], now=now)
        return False

    report = import_csv(book, [mine], now=now, cancelled=other_program_is_faster)
    assert (report.added, report.same) == (1, 1)
    people = {person.name: person for person in records.everything(book, Contact)}
    assert (people["Tom"].role, people["Mara"].deputy) == ("Lead", people["Tom"].id)
    assert not list(checking.trouble(book))
