"""Bringing people in from vCards and tables, as often as wanted: who is already here is compared, never doubled."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import fields, replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.edits import new_stroke
from escplaybook.domain.errors import Unreadable
from escplaybook.exchange import contact_table, vcard
from escplaybook.exchange.contact_items import Item
from escplaybook.exchange.files import names
from escplaybook.services.importing import Done, ImportedItem, Likeness, Remark, Report, Run, Subject, Take, take_in
from escplaybook.services.knowing_people import KnownPeople
from escplaybook.services.mapping_columns import RememberedColumns
from escplaybook.services.naming_deputies import settled
from escplaybook.store.book import Book, default_author
from escplaybook.store.memory import Memory

Told = TypeVar("Told", ImportedItem, Likeness, Remark)

_NOT_COMPARED = ("id", "key", "created", "updated", "origin", "retired", "points")
_COMPARED = tuple(part.name for part in fields(Contact) if part.name not in _NOT_COMPARED)
_EVERYTHING = frozenset((*_COMPARED, *map(str, PointKind), "extra"))


def import_vcards(
    book: Book,
    paths: Sequence[Path],
    *,
    now: datetime,
    dry_run: bool = False,
    take: Take = "ours",
    same: Mapping[str, str] = {},
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[Done], None] = lambda _: None,
    author: str | None = None,
) -> Report:
    """Bring in every card at or below `paths`, each whole or not at all, all of it one stroke to undo.

    A person who came in before (by the card's UID, else by e-mail address and name) follows the card field by field,
    the points kind by kind; where both sides moved, `take` says whose field stays. Somebody of the same name in the
    same organisation comes in as a contact of their own and is reported as a probable double, unless `same` says who
    it is: the source of an item with the id of a contact, or with nothing for somebody new. What somebody verified
    stays verified as long as the number is the same. `progress` is told of an item only once it is committed. Raises
    Unreadable if there is nothing to read at `paths`.
    """
    items = list(takewhile(lambda _: not cancelled(), vcard.read(paths, now)))
    if not items and not cancelled():
        raise Unreadable(f"There is no vCard file (.vcf) in {names(paths)}; nothing was changed.")
    stroke = new_stroke(now, author or default_author(), f"Import contacts from {names(paths)}")
    return _bring_in(Run(book, _CONTACTS, stroke, take, dry_run, len(items), progress), items, same, cancelled)


def import_csv(
    book: Book,
    paths: Sequence[Path],
    *,
    now: datetime,
    dry_run: bool = False,
    take: Take = "ours",
    same: Mapping[str, str] = {},
    columns: Mapping[str, str] = {},
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[Done], None] = lambda _: None,
    author: str | None = None,
) -> Report:
    """Bring in every row of the tables and spreadsheets at or below `paths` (see `exchange.contact_columns`).

    As `import_vcards`, by the column `uid`; a column that a table does not have leaves that field as it is here.
    `columns` says for headings which column they are, empty for one to leave out; else what was said of a table of
    the same headings holds, else what the headings tell. What was said is remembered beside the book.
    """
    mapping = RememberedColumns(book, columns)
    items = list(takewhile(lambda _: not cancelled(), contact_table.read(paths, now, mapping.columns)))
    mapping.close(keep=not dry_run, is_whole=not cancelled())
    if not items and not cancelled():
        raise Unreadable(f"There is no table (.csv, .xlsx, .ods) in {names(paths)}; nothing was changed.")
    stroke = new_stroke(now, author or default_author(), f"Import contacts from {names(paths)}")
    return _bring_in(Run(book, _CONTACTS, stroke, take, dry_run, len(items), progress), items, same, cancelled)


def _chosen(items: Iterable[Item], same: Mapping[str, str]) -> dict[str, str]:
    """Somebody's answers about single items, by the id of the record that each holds.

    An item may be named with or without its person: `team.vcf#3 (Mara Lindqvist)`. Raises Unreadable for an answer
    about an item that is not there.
    """
    found: dict[str, str] = {}
    left = set(same)
    for item in items if same else ():
        for name in (item.source, item.source.partition(" (")[0]):
            if item.record is not None and name in same:
                found[item.record.id] = same[name]
                left.discard(name)
    if left:
        raise Unreadable(f"There is no item “{min(left)}” in what was read; nothing was changed. Look at its name.")
    return found


def _bring_in(run: Run, items: list[Item], same: Mapping[str, str], cancelled: Callable[[], bool]) -> Report:
    if cancelled():  # while the source was read
        run.cancelled = True
        return run.report()
    with closing(Memory(run.book.path)) as memory:
        known = KnownPeople(run.book, memory, _chosen(items, same))
        run.knowing = known
        report = take_in(run, settled(run, items, _EVERYTHING), cancelled)
        if not run.dry_run:
            known.remember()
    place = {item.source: number for number, item in enumerate(items)}

    def in_order(told: tuple[Told, ...]) -> tuple[Told, ...]:
        return tuple(sorted(told, key=lambda one: place[one.source]))

    return replace(
        report,
        items=in_order(report.items),
        refused=in_order(report.refused),
        warnings=in_order(report.warnings),
        doubles=in_order(report.doubles),
    )


def _values(contact: Contact) -> dict[str, Any]:
    """What is compared with the source: points kind by kind, without private ones, which exports leave out."""
    values = {name: getattr(contact, name) for name in _COMPARED} | {"photo": contact.photo and contact.photo.hash}
    for kind in PointKind:
        points = (p for p in contact.points if p.kind is kind and p.privacy is not Privacy.PRIVATE)
        values[str(kind)] = tuple(f"{point.value} ({point.label})" if point.label else point.value for point in points)
    return values


def _following(ours: Contact, theirs: Contact, names: Iterable[str]) -> Contact:
    kinds = {kind for kind in PointKind if kind in names}
    taken: dict[str, Any] = {name: getattr(theirs, name) for name in names if name not in kinds}
    return replace(ours, points=_points(ours.points, theirs.points, kinds) if kinds else ours.points, **taken)


def _points(
    ours: tuple[ContactPoint, ...], theirs: tuple[ContactPoint, ...], kinds: set[PointKind]
) -> tuple[ContactPoint, ...]:
    """Our points, but those of `kinds` as the source has them, where ours stood; a new kind as the source orders it."""
    known = {(point.kind, point.value): point for point in ours}
    coming: dict[PointKind, list[ContactPoint]] = defaultdict(list)
    for point in theirs:
        old = known.get((point.kind, point.value))
        coming[point.kind].append(replace(old, label=point.label) if old else point)
    for point in ours:
        if point.privacy is Privacy.PRIVATE and point.value not in [one.value for one in coming[point.kind]]:
            coming[point.kind].append(point)
    merged: list[ContactPoint] = []
    left = set(kinds)
    for point in ours:
        if point.kind not in kinds:
            merged.append(point)
        elif point.kind in left:
            left.remove(point.kind)
            merged += coming[point.kind]
    order = list(coming)
    for kind in [kind for kind in order if kind in left]:
        later = order[order.index(kind) :]
        place = next((number for number, point in enumerate(merged) if point.kind in later), len(merged))
        merged[place:place] = coming[kind]
    return tuple(merged)


def _pointed(contact: Contact, became: Mapping[str, str]) -> Contact:
    return replace(contact, deputy=became.get(contact.deputy, contact.deputy)) if contact.deputy else contact


_UNSAID = {part.name: part.default for part in fields(Contact) if part.name in _COMPARED and part.name != "name"}
_CONTACTS = Subject(Contact, _values, _UNSAID | dict.fromkeys(map(str, PointKind), ()), _following, _pointed)
