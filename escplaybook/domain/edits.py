"""The one way anything changes: an edit is the pair (before, after), a stroke is the edits made in one go."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import Record, new_id

Way = Literal["do", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One record's change. `before` is None for a new record, `after` is None for a deleted one."""

    before: Record | None
    after: Record | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise InvalidRecord("An edit must have a record before or after it.")
        if self.before is not None and self.after is not None and self.before.id != self.after.id:
            raise InvalidRecord("An edit cannot turn one record into another.")

    @property
    def record(self) -> Record:
        """The record the edit is about: as it is to be, or as it was if it goes."""
        record = self.after if self.after is not None else self.before
        assert record is not None  # __post_init__ has seen to it
        return record

    def reversed(self) -> "Edit":
        """The edit that takes this one back."""
        return Edit(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Stroke:
    """What one act of a person is called in the history. Several writes may share one stroke (an import).

    `reason` is shown after "Undo", so it starts with a verb: "Import 300 known blockers".
    `turned` names the stroke that an undo or redo turns round.
    """

    id: str
    at: datetime
    author: str
    reason: str
    way: Way = "do"
    turned: str | None = None


def new_stroke(now: datetime, author: str, reason: str) -> Stroke:
    """A stroke that begins at `now`."""
    return Stroke(new_id(now), now, author, reason)
