"""The full-text tables, kept in step with the records by the writer.

`searchable` holds one row a record: its text in the columns of the full-text table and its facets. `found` is the
FTS5 table over it. `words` counts, unstemmed, in how many records a word stands: by it typing is completed and
typing errors are found.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import Record
from escplaybook.domain.knowledge import Entry
from escplaybook.store.book import Book
from escplaybook.store.kinds import KINDS, kind_of
from escplaybook.store.rows import from_row
from escplaybook.store.texts import printable, text_of

TEXT_COLUMNS = ("title", "symptoms", "remedy", "rest", "tags", "facets")
"""The columns of `found`, in order; `facets` holds no words but tokens made by `facet_token`."""

FACETS = ("kind", "severity", "stage", "system", "data_domain", "cause_class", "vendor", "state")
"""The columns of `searchable` by which hits are counted and filtered."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """What can be found of one record: a row of `searchable` without its number."""

    kind: str
    record: str
    key: str
    title: str
    symptoms: str
    remedy: str
    rest: str
    tags: str
    facets: str
    severity: str
    stage: str
    system: str
    data_domain: str
    cause_class: str
    vendor: str
    state: str
    created: str
    updated: str
    retired: int


def facet_token(facet: str, value: str) -> str:
    """The token that stands for `facet:value` inside a MATCH on the column `facets`: letters and digits only."""
    return "x" + re.sub(r"[\W_]+", "", facet.casefold()) + "x" + re.sub(r"[\W_]+", "", value.casefold()) + "x"


def refresh(book: Book, edits: Sequence[Edit]) -> None:
    """Bring search in step with the edits. Called by the writer, inside its transaction."""
    change: Counter[str] = Counter()
    for edit in edits:
        old = _remove(book, edit.record.id)
        if old is not None:
            change.subtract(words_of(old))
        if edit.after is not None:
            new = searchable(edit.after)
            _insert(book, new)
            change.update(words_of(new))
    _count(book, change)


def rebuild(book: Book) -> None:
    """Make the full-text tables anew from the records. Called inside `book.writing()`."""
    run = book.connection.execute
    run("INSERT INTO found (found) VALUES ('delete-all')")
    run("DELETE FROM searchable")
    run("DELETE FROM words")
    change: Counter[str] = Counter()
    for kind in KINDS:
        for row in run(f"SELECT * FROM {kind.table} ORDER BY id").fetchall():
            new = searchable(from_row(kind.type, row))
            _insert(book, new)
            change.update(words_of(new))
    _count(book, change)


def disagreements(book: Book) -> Iterator[str]:
    """What the full-text tables say that the records do not, in words; nothing if they agree."""
    expected: dict[str, Searchable] = {}
    for kind in KINDS:
        for row in book.connection.execute(f"SELECT * FROM {kind.table}"):
            record = from_row(kind.type, row)
            expected[record.id] = searchable(record)
    counts: Counter[str] = Counter()
    for row in book.connection.execute("SELECT * FROM searchable"):
        stored = Searchable(**{name: row[name] for name in Searchable.__dataclass_fields__})
        counts.update(words_of(stored))
        if expected.pop(stored.record, None) != stored:
            yield f"search shows {stored.key} otherwise than the book has it"
    for missing in expected.values():
        yield f"search does not know {missing.key}"
    stored_counts = {row["word"]: row["records"] for row in book.connection.execute("SELECT * FROM words")}
    if stored_counts != dict(counts):
        yield "the list of words does not fit the texts"


def searchable(record: Record) -> Searchable:
    """What can be found of a record."""
    match record:
        case Entry():
            return _entry(record)
        case Contact():
            return _contact(record)
    return _programme(record)


def words_of(row: Searchable) -> set[str]:
    """The distinct words of a record's texts, case and accents folded as the full-text table folds them."""
    text = " ".join((row.title, row.symptoms, row.remedy, row.rest, row.tags))
    return {word for word in _WORD.findall(fold(text)) if len(word) <= 40}


def fold(text: str) -> str:
    """Case and accents folded, as the tokenizer `unicode61 remove_diacritics 2` folds them."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", _ACCENT.sub("", decomposed))


def plain(markdown: str) -> str:
    """The words of a Markdown text without its marks, for the index and its snippets."""
    text = _TARGET.sub(r"\1 ", markdown)
    return _BLANK.sub(" ", _MARK.sub(" ", text)).strip()


_WORD = re.compile(r"[^\W_]+")
_ACCENT = re.compile("[\u0300-\u0331]")  # the marks that the tokenizer drops
_TARGET = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_MARK = re.compile(
    r"^[ \t]*(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+|^[ \t]*(?:```|~~~).*$|[*_]{2,}|(?<!\w)[*_]|[*_](?!\w)|[`|]", re.M
)
_BLANK = re.compile(r"\s+")


def _entry(entry: Entry) -> Searchable:
    steps = "\n".join(
        part for step in entry.steps for part in (step.action, step.precondition, step.expected, step.rollback)
    )
    rest = (entry.impact, entry.environment, entry.reproduction, entry.diagnosis, entry.verification, entry.prevention)
    sections = (f"{section.heading}\n{section.text}" for section in entry.rest)
    links = (link.label for link in entry.links)
    state = entry.origin.state if entry.origin else ""
    facets = {
        "kind": "entry",
        "severity": entry.severity or "",
        "stage": entry.stage,
        "system": entry.system,
        "data_domain": entry.data_domain,
        "cause_class": entry.cause_class or "",
        "vendor": entry.vendor,
        "state": state,
    }
    flags = [
        name for name, holds in (("workaround", entry.workaround), ("remedy", entry.remedy or entry.steps)) if holds
    ]
    return Searchable(
        record=entry.id,
        key=entry.key,
        title=entry.title,
        symptoms=plain("\n".join((entry.summary, entry.symptoms))),
        remedy=plain("\n".join((entry.cause, entry.remedy, steps, entry.workaround))),
        rest=plain("\n".join((*rest, *sections, *links))),
        tags=" ".join(
            (*entry.tags, *entry.error_codes, entry.system, entry.data_domain, entry.vendor, entry.key)
        ).strip(),
        facets=_tokens(facets, entry.tags, flags),
        created=_instant(entry.created),
        updated=_instant(entry.updated),
        retired=int(entry.retired is not None),
        **facets,
    )


def _contact(contact: Contact) -> Searchable:
    facets = dict.fromkeys(FACETS, "") | {"kind": "contact"}
    return Searchable(
        record=contact.id,
        key=contact.key,
        title=contact.name,
        symptoms=" ".join((contact.role, contact.organisation, contact.team)).strip(),
        remedy=printable(contact.points),
        rest=plain(contact.notes),
        tags=" ".join((*contact.tags, contact.zone, contact.key)),
        facets=_tokens(facets, contact.tags, ()),
        created=_instant(contact.created),
        updated=_instant(contact.updated),
        retired=int(contact.retired is not None),
        **facets,
    )


def _programme(record: Any) -> Searchable:
    text = text_of(record)
    facets = dict.fromkeys(FACETS, "") | text.facets | {"kind": kind_of(type(record)).name}
    return Searchable(
        record=record.id,
        key=record.key,
        title=text.title,
        symptoms=plain(text.symptoms),
        remedy=plain(text.remedy),
        rest=plain(text.rest),
        tags=" ".join((*text.tags, facets["system"], facets["data_domain"], record.key)).strip(),
        facets=_tokens(facets, text.tags, ()),
        created=_instant(record.created),
        updated=_instant(record.updated),
        retired=int(record.retired is not None),
        **facets,
    )


def _tokens(facets: dict[str, str], tags: Iterable[str], flags: Iterable[str]) -> str:
    tokens = [facet_token(name, value) for name, value in facets.items() if value]
    tokens += [facet_token("tag", tag) for tag in tags]
    return " ".join(tokens + [facet_token("has", flag) for flag in flags])


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _remove(book: Book, record_id: str) -> Searchable | None:
    row: Any = book.connection.execute("SELECT * FROM searchable WHERE record = ?", (record_id,)).fetchone()
    if row is None:
        return None
    # an external-content table must be told the very text that it is to forget
    book.connection.execute(
        f"INSERT INTO found (found, rowid, {', '.join(TEXT_COLUMNS)}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)",
        (row["number"], *(row[name] for name in TEXT_COLUMNS)),
    )
    book.connection.execute("DELETE FROM searchable WHERE number = ?", (row["number"],))
    return Searchable(**{name: row[name] for name in Searchable.__dataclass_fields__})


def _insert(book: Book, row: Searchable) -> None:
    names = tuple(Searchable.__dataclass_fields__)
    number = book.connection.execute(
        f"INSERT INTO searchable ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        tuple(getattr(row, name) for name in names),
    ).lastrowid
    book.connection.execute(
        f"INSERT INTO found (rowid, {', '.join(TEXT_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, *(getattr(row, name) for name in TEXT_COLUMNS)),
    )


def _count(book: Book, change: Counter[str]) -> None:
    book.connection.executemany(
        "INSERT INTO words VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET records = records + excluded.records",
        [(word, count) for word, count in change.items() if count],
    )
    gone = [(word,) for word, count in change.items() if count < 0]
    book.connection.executemany("DELETE FROM words WHERE word = ? AND records <= 0", gone)
