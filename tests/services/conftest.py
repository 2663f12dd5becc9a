from pathlib import Path

import pytest

from escplaybook.services.importing import Report
from escplaybook.services.importing_contacts import import_csv, import_vcards
from escplaybook.store.book import Book
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
