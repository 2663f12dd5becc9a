"""Bringing absences in from calendars and tables, as often as wanted: what is here is compared, never doubled."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, takewhile
from pathlib import Path
from typing import Any

from escplaybook.domain.absences import Absence
from escplaybook.domain.contacts import Contact, PointKind
from escplaybook.domain.edits import new_stroke
from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.identity import new_id
from escplaybook.domain.origins import Origin
from escplaybook.domain.recurrence import local_instant
from escplaybook.exchange import absence_table, calendar_reading
from escplaybook.exchange.calendar_events import Event
from escplaybook.exchange.calendar_reading import Item
from escplaybook.exchange.files import names
from escplaybook.services.importing import Done, Found, Report, Run, Subject, Take, take_in
from escplaybook.store import records
from escplaybook.store.book import Book, default_author

_WHEN = ("start", "end", "zone", "all_day", "rule", "excluded")
"""The fields that follow their source together: half of them alone would be another time, or none."""

_WHOSE = "say whose it is with the command “absences import FILE --contact KEY”."

_ALL = frozenset(("when", "deputy", "reason", "called_off"))


def import_absences(
    book: Book,
    paths: Sequence[Path],
    *,
    now: datetime,
    contact: Contact | None = None,
    dry_run: bool = False,
    take: Take = "ours",
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[Done], None] = lambda _: None,
    author: str | None = None,
) -> Report:
    """Bring in every event of the calendars (.ics) and every row of the tables (.csv) at or below `paths` as absences.

    Each is that of `contact`, else of whom it names: a row by its column `who`, an event by the e-mail addresses of
    its organiser and attendees. What came in before (by UID and person) follows its source field by field; where both
    sides moved, `take` says whose field stays. What was called off is retired. `progress` is told of an item only once
    it is committed. Raises Unreadable if there is nothing to read at `paths`.
    """
    tables = [path for path in paths if path.is_dir() or path.suffix.casefold() in absence_table.SUFFIXES]
    calendars = [path for path in paths if path.is_dir() or path not in tables]
    found = chain(calendar_reading.read(calendars), absence_table.read(tables))
    items = list(takewhile(lambda _: not cancelled(), found))
    if not items and not cancelled():
        raise Unreadable(f"There is no calendar (.ics) or table (.csv) in {names(paths)}; nothing was changed.")
    stroke = new_stroke(now, author or default_author(), f"Import absences from {names(paths)}")
    return _bring_in(Run(book, _ABSENCES, stroke, take, dry_run, len(items), progress), items, contact, cancelled)


def import_calendars(
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
    """As `import_absences`, calendars alone, and each event of whom it names."""
    items = list(takewhile(lambda _: not cancelled(), calendar_reading.read(paths)))
    if not items and not cancelled():
        raise Unreadable(f"There is no calendar (.ics) in {names(paths)}; nothing was changed.")
    stroke = new_stroke(now, author or default_author(), f"Import absences from {names(paths)}")
    return _bring_in(Run(book, _ABSENCES, stroke, take, dry_run, len(items), progress), items, None, cancelled)


def _bring_in(run: Run, items: Sequence[Item], contact: Contact | None, cancelled: Callable[[], bool]) -> Report:
    return take_in(run, _found(run, items, contact), cancelled)


def _found(run: Run, items: Iterable[Item], contact: Contact | None) -> Iterator[Found]:
    people = _People(records.everything(run.book, Contact))
    for item in items:
        if item.event is None:
            yield Found(item.source, None, item.reason, item.warnings)
            continue
        try:
            record, warnings = _absence(run, item, item.event, people, contact)
        except (Unreadable, InvalidRecord) as error:
            yield Found(item.source, None, str(error), item.warnings)
            continue
        if record.retired is not None and run.ours_for(record) is None:
            continue  # called off before it ever came in
        says = _ALL if record.deputy is not None else _ALL - {"deputy"}  # few sources say who stands in
        yield Found(item.source, record, "", (*item.warnings, *warnings), says)


def _absence(
    run: Run, item: Item, event: Event, people: "_People", contact: Contact | None
) -> tuple[Absence, tuple[str, ...]]:
    """The absence that an event is, with what is to be told. Raises Unreadable if nobody knows whose it is."""
    person = contact or people.concerned(event.people)
    deputy, warnings = people.deputy(item.deputy)
    zone = person.zone if item.floating else event.zone

    def at(instant: datetime) -> datetime:
        return local_instant(instant.replace(tzinfo=None), zone) if item.floating else instant

    is_ours = records.find(run.book, Absence, event.uid) is not None
    now = run.stroke.at
    absence = Absence(
        id=new_id(now),
        contact=person.id,
        start=at(event.start),
        end=at(event.end),
        created=now,
        updated=now,
        zone=zone,
        all_day=event.all_day,
        rule=event.rule,
        excluded=tuple(at(one) for one in event.excluded),
        deputy=deputy.id if deputy is not None else None,
        reason=event.title,
        origin=Origin(event.uid if is_ours else f"{event.uid}/{person.id}", item.source),
        retired=now if item.is_called_off else None,
    )
    return absence, warnings


class _People:
    """Who answers to an address, a name or a key."""

    def __init__(self, people: Iterable[Contact]) -> None:
        self._by_word: Mapping[str, dict[str, Contact]] = defaultdict(dict)
        for person in people:
            if person.retired is None:
                addresses = (point.value for point in person.points if point.kind is PointKind.EMAIL)
                for word in (person.name, person.key, person.id, *addresses):
                    self._by_word[word.casefold()][person.id] = person

    def concerned(self, words: Sequence[str]) -> Contact:
        """The one person whom these words name. Raises Unreadable if it is nobody here, or several."""
        found = {key: person for word in words for key, person in self._by_word.get(word.casefold(), {}).items()}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            told = ", ".join(sorted(person.name for person in found.values())[:5])
            raise Unreadable(f"It may concern several people here ({told}); {_WHOSE}")
        if not words:
            raise Unreadable(f"It does not say whom it concerns; {_WHOSE}")
        raise Unreadable(f"Nobody here answers to {', '.join(words[:3])[:120]}; {_WHOSE}")

    def deputy(self, word: str) -> tuple[Contact | None, tuple[str, ...]]:
        """Who is meant by that word; nobody, and why, if it is not one person."""
        found = [*self._by_word.get(word.casefold(), {}).values()]
        if len(found) == 1 or not word:
            return (found[0] if found else None), ()
        number = "Several people are" if found else "Nobody here is"
        return None, (f"{number} called “{word[:60]}”, so nobody was made to stand in.",)


def _values(absence: Absence) -> dict[str, Any]:
    """What is compared with the source; a time as one text, so that it can be told."""
    told = f"{absence.start.isoformat()} to {absence.end.isoformat()}, {absence.zone}"
    told += f", {absence.rule}" if absence.rule else ""
    told += f", not {', '.join(one.isoformat() for one in absence.excluded)}" if absence.excluded else ""
    when = f"{told}, whole days" if absence.all_day else told
    called_off = absence.retired is not None
    return {"when": when, "deputy": absence.deputy, "reason": absence.reason, "called_off": called_off}


def _following(ours: Absence, theirs: Absence, names: Iterable[str]) -> Absence:
    followed = {"when": _WHEN, "called_off": ("retired",)}
    taken = [part for name in names for part in followed.get(name, (name,))]
    return replace(ours, **{part: getattr(theirs, part) for part in taken})


_ABSENCES = Subject(Absence, _values, {"deputy": None, "reason": "", "called_off": False}, _following)
