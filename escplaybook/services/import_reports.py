"""What an import tells: of each item what became of it, what was refused and why, what to look at."""

from dataclasses import dataclass
from typing import Literal

Did = Literal["added", "changed", "same", "refused"]


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
class Likeness:
    """An item that came in as a record of its own and may be one that is here already: `like` is that one's key."""

    source: str
    key: str
    like: str
    name: str
    reason: str


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
    doubles: tuple[Likeness, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """One more item is safe in the book, or known to need nothing: the `done`-th of `total`."""

    item: ImportedItem
    done: int
    total: int
