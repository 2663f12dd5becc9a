from collections.abc import Callable
from pathlib import Path

import pytest

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
