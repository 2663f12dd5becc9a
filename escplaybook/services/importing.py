"""Bringing known blockers in from files, as often as wanted: what is already here is compared, never doubled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from escplaybook.domain.edits import Edit, Stroke, new_stroke
from escplaybook.domain.errors import NotFound, Unreadable
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.origins import Origin, base_of, merge
from escplaybook.exchange import markdown
from escplaybook.store import records
from escplaybook.store.book import Book, default_author
from escplaybook.store.writing import write

Take = Literal["ours", "theirs"]
Did = Literal["added", "changed", "same", "refused"]

BATCH = 50
"""Items in one transaction: what a kill can cost, and the longest that others wait for the book (about 0.1 s)."""

_OUR_OWN = ("id", "key", "created", "updated", "origin")
_COMPARED = tuple(part.name for part in fields(Entry) if part.name not in _OUR_OWN)
_UNSAID = {part.name: part.default for part in fields(Entry) if part.name in _COMPARED and part.name != "title"}
_BASE_OF_UNSAID = dict(base_of(_UNSAID))


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
    names = " and ".join(path.resolve().name for path in paths)
    if not total:
        raise Unreadable(f"There is no Markdown file (.md) in {names}; nothing was changed.")
    stroke = new_stroke(now, author or default_author(), f"Import known blockers from {names}")
    run = _Run(book, stroke, take, dry_run, total, progress)
    for item in markdown.read(paths, now):
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
class _Run:
    """One import under way."""

    book: Book
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

    def take_in(self, item: markdown.Item) -> None:
        """Decide what becomes of the item, and commit the batch if it is full."""
        self._warnings += [Remark(item.source, warning) for warning in item.warnings]
        if item.entry is None:
            self._refuse(item.source, item.reason)
        elif first := self._met_before(item.entry, item.source):
            self._refuse(item.source, f"It has the same id as {first}, which was read first; give it one of its own.")
        else:
            self._batch.append(self._planned(item.entry, item.source))
        if len(self._batch) >= BATCH:
            self.commit()

    def commit(self) -> None:
        """Store what waits, in one transaction, and tell of it."""
        # keys brought along go first: they move the counter before anything new is numbered
        waiting = sorted((planned for planned in self._batch if planned.edit), key=lambda planned: not planned.key)
        edits = [planned.edit for planned in waiting if planned.edit]
        if edits and not self.dry_run:
            for planned, stored in zip(waiting, write(self.book, self.stroke, *edits), strict=True):
                planned.key = stored.record.key
        for planned in self._batch:
            self._items.append(ImportedItem(planned.source, planned.key, "entry", planned.did))
            self.progress(Done(self._items[-1], len(self._items), self.total))
        self._batch.clear()

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

    def _met_before(self, entry: Entry, source: str) -> str:
        """The file of this run that has the same identity; empty if there is none."""
        identities = {_uid(entry), entry.id}
        first = next((self._sources[identity] for identity in identities if identity in self._sources), "")
        self._sources |= dict.fromkeys(identities - self._sources.keys(), source)
        return first

    def _planned(self, theirs: Entry, source: str) -> _Planned:
        ours = records.find(self.book, Entry, theirs.id) or records.by_origin(self.book, Entry, _uid(theirs))
        if ours is None:
            new = replace(theirs, key=self._free(theirs.key, source), origin=_origin_of_new(theirs, source))
            return _Planned(source, "added", new.key, Edit(None, new))
        after = self._merged(ours, theirs)
        if after == ours:
            return _Planned(source, "same", ours.key)
        return _Planned(source, "changed", ours.key, Edit(ours, after))

    def _free(self, key: str, source: str) -> str:
        """The key, if no other record has it; else none, so that the book gives a new one."""
        if key and (key in self._keys or _is_taken(self.book, key)):
            self._warnings.append(Remark(source, f"Its key {key} belongs to another record here; it gets a new one."))
            return ""
        self._keys.add(key)
        return key

    def _merged(self, ours: Entry, theirs: Entry) -> Entry:
        """Our entry with all that follows from the source; the same entry if nothing does."""
        values, base = _values(theirs), _base(ours.origin)
        found = merge(_values(ours), values, base.items())
        self._conflicts += [FieldConflict(ours.key, one.field, one.ours, one.theirs) for one in found.conflicts]
        clashing = {one.field for one in found.conflicts}
        taken = {*found.take, *clashing} if self.taking == "theirs" else {*found.take}
        ours_told = ours.origin or Origin(_uid(theirs))
        told = theirs.origin or ours_told
        if not taken and (told.state, told.extra) == (ours_told.state, ours_told.extra):
            return ours
        kept = {name: base.get(name, "") for name in clashing - taken}
        return replace(
            ours,
            **{name: values[name] for name in taken},
            **self._dates(ours, theirs),
            origin=replace(told, uid=ours_told.uid, base=_base_to_keep(values, kept)),
        )

    def _dates(self, ours: Entry, theirs: Entry) -> dict[str, Any]:
        """The source's own dates. What it does not say was read as this very instant: then ours stay."""
        now = self.stroke.at
        created = ours.created if theirs.created == now else theirs.created
        return {"created": created, "updated": max(ours.updated, theirs.updated)}


def _origin_of_new(entry: Entry, source: str) -> Origin:
    origin = entry.origin or Origin(entry.id, source)
    return replace(origin, base=_base_to_keep(_values(entry), {}))


def _uid(entry: Entry) -> str:
    """By what the source knows the entry; one that was written here and carried over has its own id for it."""
    return entry.origin.uid if entry.origin else entry.id


def _values(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _COMPARED}


def _base(origin: Origin | None) -> dict[str, str]:
    """The merge base, whole again; none if nothing was ever imported."""
    return {**_BASE_OF_UNSAID, **dict(origin.base)} if origin and origin.base else {}


def _base_to_keep(values: dict[str, Any], kept: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The digests of what the source says now. Fields it says nothing in are left out: most are empty in most files.

    `kept` are fields still contested, with their former base; they are to be contested again.
    """
    said = {name: value for name, value in values.items() if name not in kept and value != _UNSAID.get(name)}
    return base_of(said) + tuple(kept.items())


def _is_taken(book: Book, key: str) -> bool:
    try:
        records.by_key(book, key)
    except NotFound:
        return False
    return True
