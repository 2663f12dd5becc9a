from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from escplaybook.exchange import contact_items, vcard
from escplaybook.exchange.markdown import Item, read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "collection"
    made.mkdir()
    return made


@pytest.fixture
def read_one(folder: Path, now) -> Callable[..., Item]:
    """Puts one file into the collection and reads it."""

    def put_and_read(content: str | bytes, name: str = "login-loops.md") -> Item:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (item,) = read([path], now)
        return item

    return put_and_read


@pytest.fixture
def read_cards(tmp_path: Path, now: datetime) -> Callable[[str | bytes], list[contact_items.Item]]:
    """Writes one vCard file and reads it."""

    def write_and_read(content: str | bytes) -> list[contact_items.Item]:
        path = tmp_path / "team.vcf"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(vcard.read([path], now))

    return write_and_read


@pytest.fixture
def read_card(read_cards) -> Callable[..., contact_items.Item]:
    """Reads the one card of which only the lines that matter are given."""

    def write_and_read(*lines: str, version: str = "3.0") -> contact_items.Item:
        (item,) = read_cards("\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", "")))
        return item

    return write_and_read
