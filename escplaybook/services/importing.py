"""Bringing records in from files, as often as wanted: what is already here is compared, never doubled."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from escplaybook.domain.edits import Edit, Stroke, new_stroke
from escplaybook.domain.errors import ChangedElsewhere, NotFound, PlaybookError, Unreadable
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.naming import name_of
from escplaybook.domain.origins import Origin, base_of, digest, is_made_up, merge
from escplaybook.exchange import markdown
from escplaybook.exchange.files import names
from escplaybook.services.import_reports import Did, Done, FieldConflict, ImportedItem, Likeness, Remark, Report
from escplaybook.services.import_subjects import Found, Knowing, Subject, Take, known_by_uid, uid_of
from escplaybook.services.importing_notes import note_edits, numbered_first, use_edits
from escplaybook.services.knowing_entries import KnownEntries
from escplaybook.services.mapping_headings import RememberedHeadings
from escplaybook.services.storing import store
from escplaybook.store import records
from escplaybook.store.book import Book, default_author
from escplaybook.store.kinds import kind_of

__all__ = [
    "BATCH", "Done", "FieldConflict", "Found", "ImportedItem", "Knowing", "Likeness", "Remark", "Report", "Run",
    "Subject", "Take", "import_markdown", "known_by_uid", "take_in", "uid_of",
]  # fmt: skip


BATCH = 50
"""Items in one transaction: what a kill can cost, and the longest that others wait for the book (about 0.1 s)."""

TRIES = 5
"""How often a batch is looked at anew because another program stored the same records meanwhile."""

_OUR_OWN = ("id", "key", "created", "updated", "origin")
_COMPARED = tuple(part.name for part in fields(Entry) if part.name not in _OUR_OWN)


def _values_of_entry(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _COMPARED}


def _following_entry(ours: Entry, theirs: Entry, names: Iterable[str]) -> Entry:
    return replace(ours, **{name: getattr(theirs, name) for name in names})


ENTRIES = Subject(
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
    said: Mapping[str, str] = {},
    profile: str | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[Done], None] = lambda _: None,
    author: str | None = None,
) -> Report:
    """Bring in every Markdown file at or below `paths`, each whole or not at all, all of it one stroke to undo.

    A known blocker that came in before (by its id, or its path where it has none) follows its source field by field;
    where both sides moved, `take` says whose field stays. `said` gives for headings and front matter keys the field
    that they are, empty for one that stays as it is; it is remembered beside the book for pages of the same profile.
    Without `profile` each page tells which one it has. `progress` is told of an item only once it is committed.
    Cancelled or killed, what was told stays. Raises Unreadable if there is nothing to read at `paths`.
    """
    total = markdown.count(paths)
    if not total:
        raise Unreadable(f"There is no Markdown file (.md) in {names(paths)}; nothing was changed.")
    stroke = new_stroke(now, author or default_author(), f"Import known blockers from {names(paths)}")
    meanings = RememberedHeadings(book, said, profile)
    found = (
        Found(item.source, item.entry, item.reason, item.warnings, files=item.files, notes=item.notes, uses=item.uses)
        for item in markdown.read(paths, now, meanings)
    )
    run = Run(book, ENTRIES, stroke, take, dry_run, total, progress, KnownEntries(book))
    report = take_in(run, found, cancelled)
    unmet = meanings.close(keep=not dry_run)
    remarks = (Remark(names(paths), f"No page has a heading or key “{one}”; look how it is spelt.") for one in unmet)
    return replace(report, warnings=(*report.warnings, *(() if report.cancelled else remarks)))


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
    """An item that has been looked at and waits for its batch to be committed; what to tell of it then."""

    found: Found
    did: Did
    key: str = ""
    edit: Edit | None = None
    beside: tuple[Edit, ...] = ()
    warnings: list[str] = field(default_factory=list)
    conflicts: list[FieldConflict] = field(default_factory=list)
    like: tuple[tuple[Any, str], ...] = ()


@dataclass
class Run:
    """One import under way. `knowing` knows records again where their identifier alone does not do."""

    book: Book
    subject: Subject
    stroke: Stroke
    taking: Take
    dry_run: bool
    total: int
    progress: Callable[[Done], None]
    knowing: Knowing | None = None
    cancelled: bool = False
    _batch: list[_Planned] = field(default_factory=list)
    _items: list[ImportedItem] = field(default_factory=list)
    _refused: list[Remark] = field(default_factory=list)
    _conflicts: list[FieldConflict] = field(default_factory=list)
    _warnings: list[Remark] = field(default_factory=list)
    _doubles: list[Likeness] = field(default_factory=list)
    _sources: dict[str, str] = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)
    _became: dict[str, str] = field(default_factory=dict)
    _base_of_unsaid: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._base_of_unsaid = dict(base_of(self.subject.unsaid))

    def take_in(self, item: Found) -> None:
        """Decide what becomes of the item, and commit the batch if it is full."""
        if item.record is None:
            self._refuse(item, item.reason)
        elif first := self._met_before(item.record, item.source):
            self._refuse(item, f"It has the same id as {first}, which was read first; give it one of its own.")
        else:
            self._batch.append(self._planned(item))
        if len(self._batch) >= BATCH:
            self.commit()

    def commit(self) -> None:
        """Store what waits, in one transaction, and tell of it."""
        if not self.dry_run:
            self._store()
        kind = kind_of(self.subject.type).name
        for planned in self._batch:
            source = planned.found.source
            self._warnings += [Remark(source, warning) for warning in planned.warnings]
            self._conflicts += planned.conflicts
            self._doubles += [
                Likeness(source, planned.key, one.key, name_of(one), reason) for one, reason in planned.like
            ]
            self._items.append(ImportedItem(source, planned.key, kind, planned.did))
            self.progress(Done(self._items[-1], len(self._items), self.total))
        self._batch.clear()

    def _store(self) -> None:
        """Write the batch; what another program stored meanwhile is looked at anew, so that nothing is doubled."""
        for tries_left in reversed(range(TRIES)):
            # keys brought along go first: they move the counter before anything new is numbered
            waiting = sorted((planned for planned in self._batch if planned.edit), key=lambda planned: not planned.key)
            beside = numbered_first(edit for planned in self._batch for edit in planned.beside)
            if not waiting and not beside:
                return
            edits = [one.edit for one in waiting if one.edit]
            files = [data for planned in waiting for data in planned.found.files]
            try:
                stored = store(self.book, self.stroke, *edits, *beside, files=files)
            except ChangedElsewhere as error:
                if not tries_left:
                    raise self._told(error) from error
                self._plan_again()
            except PlaybookError as error:
                raise self._told(error) from error
            else:
                for planned, edit in zip(waiting, stored, strict=False):  # notes and uses stand behind
                    planned.key = edit.record.key
                return

    def _plan_again(self) -> None:
        if self.knowing is not None:
            self.knowing.look_again()
        self._keys -= {planned.key for planned in self._batch}
        self._keys -= {edit.record.key for planned in self._batch for edit in planned.beside}
        refused = (planned for planned in self._batch if planned.did == "refused")
        kept = {id(planned) for planned in refused}
        self._batch = [one if id(one) in kept else self._planned(one.found) for one in self._batch]

    def _told(self, error: PlaybookError) -> PlaybookError:
        safe = sum(item.did in ("added", "changed") for item in self._items)
        return type(error)(f"{safe:,} came in and stay. The next ones did not: {error}") if safe else error

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
            tuple(self._doubles),
        )

    def _refuse(self, item: Found, reason: str) -> None:
        self._refused.append(Remark(item.source, reason))
        self._batch.append(_Planned(item, "refused", warnings=list(item.warnings)))

    def _met_before(self, record: Any, source: str) -> str:
        """The file of this run that has the same identity; empty if there is none."""
        identities = {uid_of(record), record.id}
        first = next((self._sources[identity] for identity in identities if identity in self._sources), "")
        self._sources |= dict.fromkeys(identities - self._sources.keys(), source)
        return first

    def _planned(self, item: Found) -> _Planned:
        theirs = self.subject.pointed(item.record, self._became)
        planned = _Planned(item, "added", warnings=list(item.warnings))
        ours = self.ours_for(theirs)
        if ours is None:
            key = self._free(theirs.key, planned.warnings)
            new = replace(theirs, key=key, origin=self._origin_of_new(theirs, item.source))
            planned.key, planned.edit = key, Edit(None, new)
            planned.like = tuple(self.knowing.like(theirs)) if self.knowing is not None else ()
            planned.beside = self._beside(planned, new.id)
            return planned
        self._became[theirs.id] = ours.id
        double = self.knowing.merged(theirs) if self.knowing is not None else None
        if double is None:
            after = self._merged(ours, theirs, item.says, planned.conflicts)
        else:
            after = self._merged_through(double, ours, theirs, item.says, planned.conflicts)
        planned.key = ours.key
        planned.beside = self._beside(planned, ours.id)
        planned.edit = None if after == ours else Edit(ours, after)
        planned.did = "changed" if planned.edit or planned.beside else "same"
        return planned

    def _beside(self, planned: _Planned, entry_id: str) -> tuple[Edit, ...]:
        """What comes in with the entry: the notes on it and its uses."""
        found = planned.found

        def free(key: str) -> str:
            return self._free(key, planned.warnings)

        notes = note_edits(self.book, entry_id, found.notes, free)
        return (*notes, *use_edits(self.book, entry_id, found.uses, free))

    def ours_for(self, theirs: Any) -> Any | None:
        """The record in the book that came from the same source before, or went to it from here."""
        if self.knowing is not None:
            return self.knowing.ours_for(theirs)
        return known_by_uid(self.book, self.subject.type, theirs)

    def _free(self, key: str, warnings: list[str]) -> str:
        """The key, if no other record has it; else none, so that the book gives a new one."""
        if key and (key in self._keys or _is_taken(self.book, key)):
            warnings.append(f"Its key {key} belongs to another record here; it gets a new one.")
            return ""
        self._keys.add(key)
        return key

    def _merged_through(
        self, double: Any, ours: Any, theirs: Any, says: frozenset[str] | None, conflicts: list[FieldConflict]
    ) -> Any:
        """Our record, of which the source knows a double that was merged into it: what changed there is a conflict."""
        known, base = self.subject.values(ours), self.base(double.origin)
        values = {name: value for name, value in self.subject.values(theirs).items() if says is None or name in says}
        clashing = [name for name, new in values.items() if new != known[name] and base.get(name) != digest(new)]
        conflicts += [FieldConflict(ours.key, name, known[name], values[name]) for name in clashing]
        if not clashing or self.taking == "ours":
            return ours
        return replace(self.subject.following(ours, theirs, clashing), updated=max(ours.updated, theirs.updated))

    def _merged(self, ours: Any, theirs: Any, says: frozenset[str] | None, conflicts: list[FieldConflict]) -> Any:
        """Our record with all that follows from the source; the same record if nothing does."""
        values = {name: value for name, value in self.subject.values(theirs).items() if says is None or name in says}
        is_foreign = self._is_foreign(ours, theirs)
        base = self._base_of_unsaid if is_foreign else self.base(ours.origin)
        found = merge(self.subject.values(ours), values, base.items())
        conflicts += [FieldConflict(ours.key, one.field, one.ours, one.theirs) for one in found.conflicts]
        clashing = {one.field for one in found.conflicts}
        taken = {*found.take, *clashing} if self.taking == "theirs" else {*found.take}
        ours_told = ours.origin or Origin(uid_of(theirs))
        told = theirs.origin if theirs.origin and (says is None or "extra" in says) else ours_told
        if not taken and (told.state, told.extra) == (ours_told.state, ours_told.extra):
            return ours
        if is_foreign and not self._may_adopt(ours, theirs):
            return replace(self.subject.following(ours, theirs, taken), **self._dates(ours, theirs)) if taken else ours
        kept = {name: base.get(name, "") for name in clashing - taken}
        kept |= {name: mark for name, mark in ours_told.base if name not in values}
        return replace(
            self.subject.following(ours, theirs, taken),
            **self._dates(ours, theirs),
            origin=replace(
                told, uid=uid_of(theirs) if is_foreign else ours_told.uid, base=self._base_to_keep(values, kept)
            ),
        )

    def _is_foreign(self, ours: Any, theirs: Any) -> bool:
        """Whether our record was known again by more than its identifier: what this source does not say, another may.

        It began as if nothing had been said, so nothing is taken away; what both say in other words is a conflict.
        """
        return self.knowing is not None and uid_of(theirs) not in {ours.id, uid_of(ours)}

    def _may_adopt(self, ours: Any, theirs: Any) -> bool:
        """Whether our record follows this source from now on: it has none, or one without identifiers of its own."""
        uid = uid_of(theirs)
        is_free = records.by_origin(self.book, self.subject.type, uid) is None
        return is_free and (ours.origin is None or (is_made_up(ours.origin.uid) and not is_made_up(uid)))

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


def _is_taken(book: Book, key: str) -> bool:
    try:
        records.by_key(book, key)
    except NotFound:
        return False
    return True
