"""Where an imported record came from, and what is ours, theirs or contested when it comes in again."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The outside source of a record.

    `uid` is the source's own identifier, `source` names the file it came from, `state` is the source tracker's
    word for its progress, `extra` holds source fields the record has no place for, in their order. `base` holds a
    digest per field of the values last imported: the merge base.
    """

    uid: str
    source: str = ""
    state: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    base: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field changed here and in the source since the last import."""

    field: str
    ours: object
    theirs: object


@dataclass(frozen=True, slots=True)
class Merge:
    """`take` are the fields that follow the source; `conflicts` those where both sides moved."""

    take: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


MERGED = "merged into"
"""The name in `extra` under which a record that was merged says into which one, by id."""

MADE_UP = ("mailto:", "name:")
"""How identifiers begin that were made up because the source had none of its own."""


def is_made_up(uid: str) -> bool:
    """Whether the identifier was made from what the source says, for want of one of its own."""
    return uid.startswith(MADE_UP)


def merged_into(origin: Origin | None) -> str:
    """The id of the record into which the one with this origin was merged; empty if it was not."""
    return dict(origin.extra).get(MERGED, "") if origin else ""


def digest(value: object) -> str:
    """A short fingerprint of one field's value; equal values have equal digests."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def base_of(values: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The merge base to remember for the values just imported."""
    return tuple((name, digest(value)) for name, value in values.items())


def merge(
    ours: Mapping[str, object],
    theirs: Mapping[str, object],
    base: Iterable[tuple[str, str]],
) -> Merge:
    """Decide field by field: what only the source changed follows, what both changed is a conflict.

    `ours` and `theirs` have the same field names. A field without a base counts as changed on both sides.
    """
    known = dict(base)
    take: list[str] = []
    conflicts: list[Conflict] = []
    for name, new in theirs.items():
        old = ours[name]
        if old == new or known.get(name) == digest(new):
            continue
        if known.get(name) == digest(old):
            take.append(name)
        else:
            conflicts.append(Conflict(name, old, new))
    return Merge(tuple(take), tuple(conflicts))
