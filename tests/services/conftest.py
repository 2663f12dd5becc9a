import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from escplaybook.services.importing import Report
from escplaybook.services.importing_contacts import import_csv, import_vcards
from escplaybook.services.sample import make_sample
from escplaybook.store.book import Book
from tests.conftest import NOW
from tests.services.people import Bring


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty place for a collection of files."""
    made = tmp_path / "collection"
    made.mkdir()
    return made


@pytest.fixture
def cards(book: Book, folder: Path, now) -> Bring:
    """Brings in the cards of which only the lines that matter are given."""

    def bring(*cards: tuple[str, ...], **options) -> Report:
        texts = ("\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", "")) for lines in cards)
        (folder / "team.vcf").write_bytes("".join(texts).encode())
        return import_vcards(book, [folder / "team.vcf"], now=now, **options)

    return bring


@pytest.fixture
def table(book: Book, folder: Path, now) -> Bring:
    """Brings in a table of these lines."""

    def bring(*lines: str, **options) -> Report:
        (folder / "people.csv").write_text("\n".join(lines) + "\n")
        return import_csv(book, [folder / "people.csv"], now=now, **options)

    return bring


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with the sample programme; not to be written to."""
    path = tmp_path_factory.mktemp("sample") / "s.db"
    with Book.create(path) as made:
        make_sample(made, NOW)
    return path


@pytest.fixture
def full(sample: Path, tmp_path: Path) -> Iterator[Book]:
    """A book of one's own with the sample programme."""
    shutil.copy(sample, tmp_path / "s.db")
    with Book.open(tmp_path / "s.db") as book:
        yield book
