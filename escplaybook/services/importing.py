"""Bringing records in from files, as often as wanted: what is already here is compared, never doubled."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from escplaybook.domain.edits import Edit, Stroke, new_stroke
from escplaybook.domain.errors import NotFound, PlaybookError, Unreadable
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.origins import Origin, base_of, merge
from escplaybook.exchange import markdown
from escplaybook.exchange.files import names
from escplaybook.services.storing import store
from escplaybook.store import records
from escplaybook.store.book import Book, default_author
from escplaybook.store.kinds import kind_of

Take = Literal["ours", "theirs"]
Did = Literal["added", "changed", "same", "refused"]

BATCH = 50
"""Items in one transaction: what a kill can cost, and the longest that others wait for the book (about 0.1 s)."""

_OUR_OWN = ("id", "key", "created", "updated", "origin")
_COMPARED = tuple(part.name for part in fields(Entry) if part.name not in _OUR_OWN)


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """What became of one file. A refused one has no key, and one that would be added has none in a dry run."""

    source: str
    key: str
    kind: str
    did: Did


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell about one file: why it was refused, or what to look at."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that was changed in the book and in the source since the last import."""

    key: str
    field: str
    ours: object
    theirs: object


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did; `dataclasses.asdict` gives it in the shape of `import --json`."""

    added: int
    changed: int
    same: int
    refused: tuple[Remark, ...]
    items: tuple[ImportedItem, ...]
    conflicts: tuple[FieldConflict, ...]
    warnings: tuple[Remark, ...]
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Done:
    """One more item is safe in the book, or known to need nothing: the `done`-th of `total`."""

    item: ImportedItem
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """One item of a source: its record, or None and the reason why it has none.

    `says` names the fields the source speaks of at all, `extra` of its origin among them; None means every one.
    """

    source: str
    record: Any
    reason: str = ""
    warnings: tuple[str, ...] = ()
    says: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """How records of one type are compared with their sources.

    `values` gives what is compared, by field; `unsaid` what a field holds of which a source says nothing; `following`
    gives the first record with the named fields of the second.
    """

    type: type[Any]
    values: Callable[[Any], dict[str, Any]]
    unsaid: Mapping[str, object]
    following: Callable[[Any, Any, Iterable[str]], Any]


def _values_of_entry(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _COMPARED}


def _following_entry(ours: Entry, theirs: Entry, names: Iterable[str]) -> Entry:
    return replace(ours, **{name: getattr(theirs, name) for name in names})


_ENTRIES = Subject(
    Entry,
    _values_of_entry,
    {part.name: part.default for part in fields(Entry) if part.name in _COMPARED and part.name != "title"},
    _following_entry,
)


def import_markdown(
    book: Book,
    paths: Sequence[Path],
    *,
    now: datetime,
    dry_run: bool = False,
    take: Take = "ours",
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[Done], None] = lambda _: None,
    author: str | None = None,
) -> Report:
    """Bring in every Markdown file at or below `paths`, each whole or not at all, all of it one stroke to undo.

    A known blocker that came in before (by its id, or its path where it has none) follows its source field by field;
    where both sides moved, `take` says whose field stays. `progress` is told of an item only once it is committed.
    Cancelled or killed, what was told stays. Raises Unreadable if there is nothing to read at `paths`.
    """
    total = markdown.count(paths)
    if not total:
        raise Unreadable(f"There is no Markdown file (.md) in {names(paths)}; nothing was changed.")
    stroke = new_stroke(now, author or default_author(), f"Import known blockers from {names(paths)}")
    found = (Found(item.source, item.entry, item.reason, item.warnings) for item in markdown.read(paths, now))
    return take_in(Run(book, _ENTRIES, stroke, take, dry_run, total, progress), found, cancelled)


def take_in(run: "Run", found: Iterable[Found], cancelled: Callable[[], bool]) -> Report:
    """Bring in one item after the other, unless somebody cancels; tells what became of them."""
    for item in found:
        if cancelled():
            run.cancelled = True
            break
        run.take_in(item)
    run.commit()
    return run.report()


@dataclass(slots=True)
class _Planned:
    """An item that has been looked at and waits for its batch to be committed."""

    source: str
    did: Did
    key: str = ""
    edit: Edit | None = None


@dataclass
class Run:
    """One import under way."""

    book: Book
    subject: Subject
    stroke: Stroke
    taking: Take
    dry_run: bool
    total: int
    progress: Callable[[Done], None]
    cancelled: bool = False
    _batch: list[_Planned] = field(default_factory=list)
    _items: list[ImportedItem] = field(default_factory=list)
    _refused: list[Remark] = field(default_factory=list)
    _conflicts: list[FieldConflict] = field(default_factory=list)
    _warnings: list[Remark] = field(default_factory=list)
    _sources: dict[str, str] = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)
    _base_of_unsaid: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._base_of_unsaid = dict(base_of(self.subject.unsaid))

    def take_in(self, item: Found) -> None:
        """Decide what becomes of the item, and commit the batch if it is full."""
        self._warnings += [Remark(item.source, warning) for warning in item.warnings]
        if item.record is None:
            self._refuse(item.source, item.reason)
        elif first := self._met_before(item.record, item.source):
            self._refuse(item.source, f"It has the same id as {first}, which was read first; give it one of its own.")
        else:
            self._batch.append(self._planned(item))
        if len(self._batch) >= BATCH:
            self.commit()

    def commit(self) -> None:
        """Store what waits, in one transaction, and tell of it."""
        # keys brought along go first: they move the counter before anything new is numbered
        waiting = sorted((planned for planned in self._batch if planned.edit), key=lambda planned: not planned.key)
        edits = [planned.edit for planned in waiting if planned.edit]
        if edits and not self.dry_run:
            for planned, stored in zip(waiting, self._written(edits), strict=True):
                planned.key = stored.record.key
        kind = kind_of(self.subject.type).name
        for planned in self._batch:
            self._items.append(ImportedItem(planned.source, planned.key, kind, planned.did))
            self.progress(Done(self._items[-1], len(self._items), self.total))
        self._batch.clear()

    def _written(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        try:
            return store(self.book, self.stroke, *edits)
        except PlaybookError as error:
            safe = sum(item.did in ("added", "changed") for item in self._items)
            if not safe:
                raise
            raise type(error)(f"{safe:,} came in and stay. The next ones did not: {error}") from error

    def report(self) -> Report:
        did = [item.did for item in self._items]
        return Report(
            did.count("added"),
            did.count("changed"),
            did.count("same"),
            tuple(self._refused),
            tuple(self._items),
            tuple(self._conflicts),
            tuple(self._warnings),
            self.cancelled,
        )

    def _refuse(self, source: str, reason: str) -> None:
        self._refused.append(Remark(source, reason))
        self._batch.append(_Planned(source, "refused"))

    def _met_before(self, record: Any, source: str) -> str:
        """The file of this run that has the same identity; empty if there is none."""
        identities = {_uid(record), record.id}
        first = next((self._sources[identity] for identity in identities if identity in self._sources), "")
        self._sources |= dict.fromkeys(identities - self._sources.keys(), source)
        return first

    def _planned(self, item: Found) -> _Planned:
        theirs, source = item.record, item.source
        ours = self.ours_for(theirs)
        if ours is None:
            new = replace(theirs, key=self._free(theirs.key, source), origin=self._origin_of_new(theirs, source))
            return _Planned(source, "added", new.key, Edit(None, new))
        after = self._merged(ours, theirs, item.says)
        if after == ours:
            return _Planned(source, "same", ours.key)
        return _Planned(source, "changed", ours.key, Edit(ours, after))

    def ours_for(self, theirs: Any) -> Any | None:
        """The record in the book that came from the same source before, or went to it from here."""
        kind, uid = self.subject.type, _uid(theirs)
        found = records.find(self.book, kind, theirs.id) or records.by_origin(self.book, kind, uid)
        return found or records.find(self.book, kind, uid)

    def _free(self, key: str, source: str) -> str:
        """The key, if no other record has it; else none, so that the book gives a new one."""
        if key and (key in self._keys or _is_taken(self.book, key)):
            self._warnings.append(Remark(source, f"Its key {key} belongs to another record here; it gets a new one."))
            return ""
        self._keys.add(key)
        return key

    def _merged(self, ours: Any, theirs: Any, says: frozenset[str] | None) -> Any:
        """Our record with all that follows from the source; the same record if nothing does."""
        values = {name: value for name, value in self.subject.values(theirs).items() if says is None or name in says}
        base = self.base(ours.origin)
        found = merge(self.subject.values(ours), values, base.items())
        self._conflicts += [FieldConflict(ours.key, one.field, one.ours, one.theirs) for one in found.conflicts]
        clashing = {one.field for one in found.conflicts}
        taken = {*found.take, *clashing} if self.taking == "theirs" else {*found.take}
        ours_told = ours.origin or Origin(_uid(theirs))
        told = theirs.origin if theirs.origin and (says is None or "extra" in says) else ours_told
        if not taken and (told.state, told.extra) == (ours_told.state, ours_told.extra):
            return ours
        kept = {name: base.get(name, "") for name in clashing - taken}
        kept |= {name: mark for name, mark in ours_told.base if name not in values}
        return replace(
            self.subject.following(ours, theirs, taken),
            **self._dates(ours, theirs),
            origin=replace(told, uid=ours_told.uid, base=self._base_to_keep(values, kept)),
        )

    def _dates(self, ours: Any, theirs: Any) -> dict[str, Any]:
        """The source's own dates. What it does not say was read as this very instant: then ours stay."""
        now = self.stroke.at
        created = ours.created if theirs.created == now else theirs.created
        return {"created": created, "updated": max(ours.updated, theirs.updated)}

    def _origin_of_new(self, record: Any, source: str) -> Origin:
        origin = record.origin or Origin(record.id, source)
        return replace(origin, base=self._base_to_keep(self.subject.values(record), {}))

    def base(self, origin: Origin | None) -> dict[str, str]:
        """The merge base, whole again; none if nothing was ever imported."""
        return {**self._base_of_unsaid, **dict(origin.base)} if origin and origin.base else {}

    def _base_to_keep(self, values: dict[str, Any], kept: dict[str, str]) -> tuple[tuple[str, str], ...]:
        """The digests of what the source says now. Fields it says nothing in are left out: most are, in most files.

        `kept` are fields still contested or not spoken of, with their former base.
        """
        unsaid = self.subject.unsaid
        said = {name: value for name, value in values.items() if name not in kept and value != unsaid.get(name)}
        return base_of(said) + tuple(kept.items())


def _uid(record: Any) -> str:
    """By what the source knows the record; one that was written here and carried over has its own id for it."""
    return str(record.origin.uid if record.origin else record.id)


def _is_taken(book: Book, key: str) -> bool:
    try:
        records.by_key(book, key)
    except NotFound:
        return False
    return True
