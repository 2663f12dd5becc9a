"""The full-text tables, kept in step with the records by the writer.

`searchable` holds one row a record: its text in the columns of the full-text tables and its facets. `found` is the
FTS5 table over it, stemmed, for whole words. `typed` is another over the same text, unstemmed, for the first letters
of a word: stems lose them (“existenc” begins no stem of “existence”). `words` counts, unstemmed, in how many records a
word stands: by it typing errors are found and mended.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import Record
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.uses import Use
from escplaybook.store.book import Book
from escplaybook.store.kinds import KINDS, kind_of
from escplaybook.store.knowledge import is_noted, noted
from escplaybook.store.migrations import SEARCH_IS_BEHIND
from escplaybook.store.records import some
from escplaybook.store.rows import from_row
from escplaybook.store.texts import Text, text_of
from escplaybook.store.uses import uses_by_entry, uses_of

TEXT_COLUMNS = ("title", "symptoms", "remedy", "rest", "tags", "facets")
"""The columns of `found` and `typed`, in order; `facets` holds no words but tokens made by `facet_token`."""

FACETS = ("kind", "severity", "stage", "system", "data_domain", "cause_class", "vendor", "state", "confidence")
"""The columns of `searchable` by which hits are counted and filtered; beside them `tag` and `queues`, JSON lists."""

FULL_TEXT = ("found", "typed")
"""The FTS5 tables."""

TIDIED = 200
"""Pages of 4 KB that one tidying writes at most to a table: some hundredths of a second."""

JOINT = "\u200b"
"""Parts the letters of scripts written without spaces, so that each is a word to FTS5. It has no width."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """What can be found of one record: a row of `searchable` without its number."""

    kind: str
    record: str
    key: str
    severity: str
    stage: str
    system: str
    data_domain: str
    cause_class: str
    vendor: str
    state: str
    confidence: str
    tag: str
    queues: str
    reviewed: str
    created: str
    updated: str
    retired: int
    title: str
    symptoms: str
    remedy: str
    rest: str
    tags: str
    facets: str


def facet_token(facet: str, value: str) -> str:
    """The token that stands for `facet:value` inside a MATCH on the column `facets`: letters and digits only.

    Blanks and marks do not count (`go-live` is `Go Live`), but C++ and C# differ. Long values end in a digest.
    """
    said = re.sub(r"[\W_]+", "", value.casefold().replace("+", "plus").replace("#", "sharp"))
    if len(said) > 40:
        said = said[:20] + hashlib.sha256(said.encode()).hexdigest()[:16]
    return f"x{facet.replace('_', '')}x{said}x"


def refresh(book: Book, edits: Sequence[Edit]) -> None:
    """Bring search in step with the edits. Called by the writer, inside its transaction, once all are stored.

    An entry whose uses or notes changed is found otherwise though it was not edited itself.
    """
    change: Counter[str] = Counter()
    written = {edit.record.id: edit.after for edit in edits}
    for record_id, record in (written | _following(book, edits, written)).items():
        old = _remove(book, record_id)
        if old is not None:
            change.subtract(words_of(old))
        if record is not None:
            of_entry = isinstance(record, Entry)
            uses = uses_of(book, record_id) if of_entry else ()
            new = searchable(record, uses, is_noted=of_entry and is_noted(book, record_id))
            _insert(book, new)
            change.update(words_of(new))
    _count(book, change)


def _following(book: Book, edits: Sequence[Edit], written: Collection[str]) -> dict[str, Record | None]:
    """The entries, not written themselves, whose uses or notes are among the edits."""
    about = (one for edit in edits for one in (edit.before, edit.after) if isinstance(one, Use | Annotation))
    ids = dict.fromkeys(one.entry for one in about if one.entry not in written)
    return {entry.id: entry for entry in some(book, Entry, ids)}


def rebuild(book: Book) -> None:
    """Make the full-text tables anew from the records. Called inside `book.writing()`."""
    run = book.connection.execute
    for table in FULL_TEXT:
        run(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    run("DELETE FROM searchable")
    run("DELETE FROM words")
    run("DELETE FROM meta WHERE name = ?", (SEARCH_IS_BEHIND,))
    change: Counter[str] = Counter()
    uses, with_note = uses_by_entry(book), noted(book)
    for kind in KINDS:
        for row in run(f"SELECT * FROM {kind.table} ORDER BY id").fetchall():
            new = searchable(from_row(kind.type, row), uses.get(row["id"], ()), is_noted=row["id"] in with_note)
            _insert(book, new)
            change.update(words_of(new))
    _count(book, change)


def pieces(book: Book) -> int:
    """In how many pieces the full-text table with the most of them lies; each one costs every search a look."""
    counts = (f"SELECT count(DISTINCT segid) FROM {table}_idx" for table in FULL_TEXT)
    return max(int(book.connection.execute(count).fetchone()[0]) for count in counts)


def tidy(book: Book) -> None:
    """Bring pieces that saves have left together, a bounded piece of work. Called inside `book.writing()`."""
    for table in FULL_TEXT:
        book.connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (TIDIED,))


def disagreements(book: Book) -> Iterator[str]:
    """What the full-text tables say that the records do not, in words; nothing if they agree."""
    expected: dict[str, Searchable] = {}
    uses, with_note = uses_by_entry(book), noted(book)
    for kind in KINDS:
        for row in book.connection.execute(f"SELECT * FROM {kind.table}"):
            record = from_row(kind.type, row)
            expected[record.id] = searchable(record, uses.get(record.id, ()), is_noted=record.id in with_note)
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


def searchable(record: Any, uses: Sequence[Use] = (), *, is_noted: bool = False) -> Searchable:
    """What can be found of a record; of an entry, given its uses and whether it has a note in use."""
    text = text_of(record, uses, is_noted=is_noted)
    facets = dict.fromkeys(FACETS, "") | text.facets | {"kind": kind_of(type(record)).name}
    words = (*text.tags, *text.words, facets["system"], facets["data_domain"], facets["vendor"], record.key)
    return Searchable(
        record=record.id,
        key=record.key,
        tag=json.dumps(text.tags, ensure_ascii=False),
        queues=json.dumps(text.queues),
        reviewed=_instant(text.reviewed) if text.reviewed is not None else "",
        created=_instant(record.created),
        updated=_instant(record.updated),
        retired=int(record.retired is not None),
        title=spaced(text.title),
        symptoms=spaced(plain(text.symptoms)),
        remedy=spaced(plain(text.remedy)),
        rest=spaced(plain(text.rest)),
        tags=spaced(" ".join(word for word in words if word)),
        facets=_tokens(text, facets, record),
        **facets,
    )


def words_of(row: Searchable) -> set[str]:
    """The distinct words of a record's texts, case and accents folded as the full-text table folds them."""
    text = " ".join((row.title, row.symptoms, row.remedy, row.rest, row.tags))
    return {word for word in words_in(text) if len(word) <= 40}


def words_in(text: str) -> list[str]:
    """The words of a text, parted and folded as the full-text tables do."""
    return _WORD.findall(spaced(fold(text)))


def fold(text: str) -> str:
    """Case and Latin accents folded, as the tokenizer `unicode61 remove_diacritics 2` folds them."""
    if text.isascii():
        return text.lower()
    return _ACCENT.sub("", _LATIN.sub(_without_accent, text.lower()))


def _without_accent(letter: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", letter[0])))


def spaced(text: str) -> str:
    """The text with a JOINT between the letters of scripts that put no blanks between words."""
    return text if text.isascii() else _UNSPACED.sub(JOINT, text)


def plain(markdown: str) -> str:
    """The words of a Markdown text without its marks, in one line, for the index and its snippets."""
    text = _TARGET.sub(r"\1 ", markdown) if "](" in markdown else markdown
    text = _LINE_MARK.sub(" ", text)
    if any(sign in text for sign in "*_`|"):
        text = _MARK.sub(" ", text)
    return " ".join(text.split())


_LETTER = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u1aaf"  # Thai, Lao, Burmese, Khmer, Tai
    "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"  # Chinese, Japanese
    "\uac00-\ud7af]"  # Korean: particles are written onto the word
)
_UNSPACED = re.compile(rf"(?<={_LETTER})(?=\w)|(?<=\w)(?={_LETTER})")
_WORD = re.compile(r"[^\W_\u1cf2\u1cf3]+")  # two Vedic signs are letters to Python and none to the tokenizer
_ACCENT = re.compile(  # the marks that the tokenizer drops; from other than Latin letters it does not
    "(?<=[a-z])[\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d-\u032e\u0330-\u0331]+"
)
_LATIN = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_TARGET = re.compile(r"!?\[([^\[\]]*)\]\([^)\s\[]*\)")  # no “[” within: a page full of them would take minutes
_LINE_MARK = re.compile(r"^[ \t]*(?:(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+|(?:```|~~~).*$)", re.M)
_MARK = re.compile(r"[*_]{2,}|(?<!\w)[*_]|[*_](?!\w)|[`|]")


def _tokens(text: Text, facets: dict[str, str], record: Any) -> str:
    confidence = facets["confidence"]
    pairs = [
        *((name, value) for name, value in facets.items() if name != "confidence"),
        *(("tag", tag) for tag in text.tags),
        *(("has", flag) for flag in text.flags),
        ("is", "retired" if record.retired else "live"),
        ("key", record.key),
        ("title", text.title),
        *(("code", code) for code in text.codes),
        ("confidence", confidence),  # these two last, where `schema.uses` put them when it brought them in
        *(("queue", queue) for queue in text.queues),
        *dict.fromkeys((name, said) for name, value in text.names for said in (fold(value), *words_in(value))),
    ]
    return " ".join(facet_token(name, value) for name, value in pairs if value)


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _remove(book: Book, record_id: str) -> Searchable | None:
    row: Any = book.connection.execute("SELECT * FROM searchable WHERE record = ?", (record_id,)).fetchone()
    if row is None:
        return None
    for table in FULL_TEXT:  # an external-content table must be told the very text that it is to forget
        book.connection.execute(
            f"INSERT INTO {table} ({table}, rowid, {', '.join(TEXT_COLUMNS)}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)",
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
    for table in FULL_TEXT:
        book.connection.execute(
            f"INSERT INTO {table} (rowid, {', '.join(TEXT_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, *(getattr(row, name) for name in TEXT_COLUMNS)),
        )


def _count(book: Book, change: Counter[str]) -> None:
    book.connection.executemany(
        "INSERT INTO words VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET records = records + excluded.records",
        [(word, count) for word, count in change.items() if count],
    )
    gone = [(word,) for word, count in change.items() if count < 0]
    book.connection.executemany("DELETE FROM words WHERE word = ? AND records <= 0", gone)
