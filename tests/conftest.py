"""Builders every story starts from: a clock, a book on disk, people and known blockers."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import settings

from escplaybook.cli.main import cli
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.store import migrations
from escplaybook.store.book import Book

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

settings.register_profile("house", deadline=None, derandomize=True)  # the same tests on every machine, however slow
settings.load_profile("house")

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "b.db"


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with Book.create(path) as created:
        yield created


@pytest.fixture
def older_book(path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Any], None]], None]:
    """Makes the book as the program made it before that step of the schema was there."""

    def make(step: Callable[[Any], None]) -> None:
        with monkeypatch.context() as before:
            before.setattr(migrations, "STEPS", migrations.STEPS[: migrations.STEPS.index(step)])
            before.setattr(migrations, "VERSION", len(migrations.STEPS))
            Book.create(path).close()

    return make


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """Makes an entry of which only what matters to the story need be said."""

    def build(title: str = "Login loops after SAML cut-over", **fields: Any) -> Entry:
        return Entry(id=new_id(NOW), title=title, created=NOW, updated=NOW, **fields)

    return build


@pytest.fixture
def contact() -> Callable[..., Contact]:
    """Makes a contact of whom only what matters to the story need be said."""

    def build(name: str = "Mara Lindqvist", phone: str = "+46 70 174 06 31", **fields: Any) -> Contact:
        fields = {"points": (ContactPoint(PointKind.MOBILE, phone),), "zone": "Europe/Stockholm"} | fields
        return Contact(id=new_id(NOW), name=name, created=NOW, updated=NOW, **fields)

    return build


@pytest.fixture
def run(path: Path) -> Callable[..., tuple[int, str, str]]:
    """Runs a command on the story's book and returns (exit code, output, errors)."""

    def command(*words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(cli, [*words, "--book", str(path)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return command
