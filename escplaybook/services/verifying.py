"""Proving numbers: what a call or a mail has shown, written into whoever has the number; and the round of those due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from escplaybook.domain.contacts import Contact, ContactPoint
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord, NotFound
from escplaybook.domain.identity import Record
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.verification import (
    Check,
    Importances,
    checks,
    corrected,
    failed,
    importances,
    is_failed,
    rings,
    verified,
)
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.book import Book, default_author
from escplaybook.store.memory import Memory, is_kept
from escplaybook.store.programme import deputies, programme, without_contacts

HERE = "country"
"""The name under which the country one dials from is remembered beside the book."""

_ROUND = "verification round"


class How(StrEnum):
    """How somebody proved that a number or an address works; the value is what is written down."""

    CALL = "called"
    MAIL = "mailed"
    CHAT = "by chat"
    IN_PERSON = "in person"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of trying the number `value` of a contact or vendor (its id).

    With a `how` it works, with `failed` (the reason, perhaps empty) it does not; `new_value` stands in its place from
    now on, and is believed only if there is a `how`.
    """

    holder: str
    value: str
    how: str = ""
    failed: str | None = None
    new_value: str = ""

    def __post_init__(self) -> None:
        if self.failed is not None and (self.how or self.new_value):
            raise InvalidRecord("A number either works or failed; nothing was stored. Say one of them.")
        if not self.how and self.failed is None and not self.new_value.strip():
            raise InvalidRecord("Say how it was verified, that it failed, or what it is now; nothing was stored.")


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a round stands: what is still to be tried, riskiest first, what was put off, who was not reached today.

    `proved` counts those that are no longer asked for.
    """

    waiting: tuple[Check, ...]
    skipped: tuple[Check, ...]
    unreached: tuple[Check, ...]
    proved: int

    @property
    def done(self) -> int:
        """How many have a result."""
        return self.proved + len(self.unreached)

    @property
    def total(self) -> int:
        """Everything the round is about."""
        return len(self.waiting) + len(self.skipped) + self.done


def verify(
    book: Book, results: Sequence[Result], now: datetime, *, by: str = "", author: str | None = None
) -> tuple[Edit, ...]:
    """Write down what was found, all in one stroke; returns the edits as stored. `by` proved it, else the author did.

    Raises NotFound if somebody has not that number any more; then nothing was stored.
    """
    edits = edits_for(book, results, now, by or author or default_author())
    return editing.apply(book, reason_for(book, results), *edits, now=now, author=author)


def edits_for(book: Book, results: Iterable[Result], now: datetime, by: str) -> list[Edit]:
    """The edits that write these results down, one a contact or vendor. Raises NotFound as `verify` does."""
    today, before, after = now.astimezone().date(), dict[str, Record](), dict[str, Any]()
    for result in results:
        if result.holder not in after:
            before[result.holder] = after[result.holder] = _holder(book, result.holder)
        after[result.holder] = _with(after[result.holder], result, today, by)
    return [Edit(before[key], replace(record, updated=now)) for key, record in after.items()]


def reason_for(book: Book, results: Sequence[Result]) -> str:
    """What the stroke is called in the history."""
    if len(results) != 1:
        return f"Verify {len(results)} numbers"
    (result,) = results
    name = _holder(book, result.holder).name
    if result.failed is not None:
        return f"Note that {result.value} of {name} failed"
    if result.new_value:
        return f"Correct {result.value} of {name}"
    return f"Verify {result.value} of {name}"


def round_at(book: Book, now: datetime) -> list[Check]:
    """Everything that is to be proved again, the riskiest first."""
    return checks(programme(book), now.date())


def to_prove(book: Book, people: Iterable[Contact], now: datetime) -> int:
    """How many numbers of these people and of the vendors are to be proved; the people are at hand already."""
    found = replace(without_contacts(book), contacts={person.id: person for person in people})
    return sum(1 for check in checks(found, now.date()) if rings(check.point))


def importances_of(book: Book) -> Importances:
    """What hangs on everyone the book names, read without everybody's numbers."""
    return importances(without_contacts(book), deputies(book))


def here_of(book: Book, said: str = "") -> str:
    """The country one dials from: the one said, else that of the settings; empty if there is none."""
    if said or not is_kept(book.path):
        return said.upper()
    memory = Memory(book.path)
    try:
        return str(memory.recall(HERE, ""))
    finally:
        memory.close()


class Round:
    """A round that is gone through point by point and may be left and taken up again; what is due is asked anew."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def progress(self, due: Iterable[Check], today: date) -> Progress:
        """Where it stands, given what is due on `today`: what was undone is asked again, what failed is tomorrow."""
        state = self._state()
        listed, skipped, done = list(due), set(state["skipped"]), set(state["done"])
        unreached = [one for one in listed if one.id in done and is_failed(one.point) and one.point.failed == today]
        aside = skipped | {check.id for check in unreached}
        return Progress(
            tuple(check for check in listed if check.id not in aside),
            tuple(check for check in listed if check.id in skipped),
            tuple(unreached),
            len(done - {check.id for check in listed}),
        )

    def done(self, check: Check) -> None:
        """Count it among those that have a result."""
        self._note("done", check)

    def skip(self, check: Check) -> None:
        """Put it off until the skipped ones are taken up."""
        self._note("skipped", check)

    def take_back(self, check: Check) -> None:
        """Ask for it again, whatever was said of it."""
        self._memory.remember(_ROUND, self._without(check))

    def take_up(self, checks: Iterable[Check]) -> None:
        """Ask again for these that were put off or not reached."""
        for check in checks:
            self.take_back(check)

    def begin(self) -> None:
        """Begin a new round."""
        self._memory.forget(_ROUND)

    def _note(self, where: str, check: Check) -> None:
        kept = self._without(check)
        kept[where].append(check.id)
        self._memory.remember(_ROUND, kept)

    def _without(self, check: Check) -> dict[str, list[str]]:
        return {name: [one for one in ids if one != check.id] for name, ids in self._state().items()}

    def _state(self) -> dict[str, list[str]]:
        empty: dict[str, list[str]] = {"done": [], "skipped": []}
        kept: dict[str, list[str]] = self._memory.recall(_ROUND, {})
        return empty | kept


def _holder(book: Book, record_id: str) -> Contact | Vendor:
    found = records.find(book, Contact, record_id) or records.find(book, Vendor, record_id)
    if found is None:
        raise NotFound("Whoever had this number is no longer in the book; nothing was stored.")
    return found


def _with(holder: Any, result: Result, today: date, by: str) -> Any:
    """The contact or vendor with the result at every point that has this value."""
    if isinstance(holder, Contact):
        changed: Any = replace(holder, points=tuple(_tried(point, result, today, by) for point in holder.points))
    else:
        levels = tuple(
            replace(level, points=tuple(_tried(point, result, today, by) for point in level.points))
            for level in holder.levels
        )
        changed = replace(holder, levels=levels)
    if result.value not in {point.value for point in points_of(holder)}:
        raise NotFound(f"{holder.name} has no number “{result.value}” any more; nothing was stored. Look again.")
    return changed


def points_of(holder: Contact | Vendor) -> list[ContactPoint]:
    """Every point of a contact, or of a vendor's whole ladder."""
    if isinstance(holder, Contact):
        return list(holder.points)
    return [point for level in holder.levels for point in level.points]


def _tried(point: ContactPoint, result: Result, today: date, by: str) -> ContactPoint:
    if point.value != result.value:
        return point
    if result.failed is not None:
        return failed(point, today, result.failed)
    if result.new_value.strip():
        point = corrected(point, result.new_value.strip())
    return verified(point, today, result.how, by) if result.how else point
