"""Templates for new known blockers: those that come with the program, and those that people keep beside their book."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path

from escplaybook import shipped
from escplaybook.domain.errors import InvalidRecord, NotFound, PlaybookError
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.exchange import markdown
from escplaybook.services.attaching import put
from escplaybook.store.book import Book

NOT_TAKEN = frozenset({"id", "key", "title", "created", "updated", "origin", "retired", "attachments", "language"})
"""What of an entry belongs to it alone; everything else of a template is taken over."""

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Template:
    """What a known blocker begins with. `is_own` if somebody kept it; others come with the program."""

    name: str
    entry: Entry
    is_own: bool = False

    def filled(self, title: str, now: datetime) -> Entry:
        """A new known blocker with the template's texts."""
        taken = {one.name: getattr(self.entry, one.name) for one in fields(Entry) if one.name not in NOT_TAKEN}
        return Entry(id=new_id(now), title=title, created=now, updated=now, **taken)


def templates(book: Book, now: datetime) -> list[Template]:
    """All templates, people's own first, each by its name. One that cannot be read is passed over."""
    own = {template.name.casefold(): template for template in _read(_folder(book), now, is_own=True)}
    came = _read(shipped.resource("templates"), now, is_own=False)
    return [*own.values(), *(template for template in came if template.name.casefold() not in own)]


def template_named(book: Book, name: str, now: datetime) -> Template:
    """The template of that name, or the only one whose name begins so. Raises NotFound, naming those there are."""
    known, asked = templates(book, now), name.strip().casefold()
    exact = [template for template in known if template.name.casefold() == asked]
    close = exact or [template for template in known if asked and template.name.casefold().startswith(asked)]
    if len(close) != 1:
        there = ", ".join(f"“{template.name}”" for template in known)
        raise NotFound(f"There is no template “{name}”; there are {there}.")
    return close[0]


def keep(book: Book, entry: Entry, name: str, now: datetime) -> Template:
    """Keep the texts of a known blocker as a template; an own one of that name gives way.

    Pictures and files stay with the known blocker. Raises PlaybookError if it has no name or cannot be written.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidRecord(f"Give the template a name of up to {LONGEST_NAME} characters.")
    template = Template(name, replace(Template(name, entry).filled(name, now), language=entry.language), is_own=True)
    folder = _folder(book)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise PlaybookError(f"{folder} could not be made ({error.strerror}); the template was not kept.") from error
    put(markdown.write(template.entry).encode(), folder / f"{_file_name(name)}.md")
    return template


def drop(book: Book, name: str, now: datetime) -> Template:
    """Throw an own template away. Raises NotFound if it is none of one's own."""
    template = template_named(book, name, now)
    path = _folder(book) / f"{_file_name(template.name)}.md"
    if not template.is_own or not path.exists():
        raise NotFound(f"“{template.name}” came with the program and stays; only kept ones are thrown away.")
    path.unlink()
    return template


def _read(folder: Path, now: datetime, *, is_own: bool) -> Iterator[Template]:
    if folder.is_dir():
        for item in markdown.read([folder], now):
            if item.entry is not None:
                yield Template(item.entry.title, item.entry, is_own)


def _folder(book: Book) -> Path:
    return book.path.with_name(f"{book.path.name}.templates")


def _file_name(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "template"
