"""The book's own definition of a blocker: what counts as one, what does not, and which kinds are met most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from escplaybook.domain.errors import InvalidRecord


@dataclass(frozen=True, slots=True)
class BlockerDefinition:
    """What a blocker is here (`text`, Markdown), with examples that count and that do not, and the `kinds` met most.

    One of them is in use in a book.
    """

    id: str
    text: str
    created: datetime
    updated: datetime
    key: str = ""
    counts: tuple[str, ...] = ()
    does_not_count: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidRecord("Say in a sentence or two what a blocker is.")


def definition_in_use(definitions: Iterable[BlockerDefinition]) -> BlockerDefinition | None:
    """What holds; None if nobody wrote it down. Of two, which a merge can bring, the older holds."""
    return min((one for one in definitions if one.retired is None), key=lambda one: one.id, default=None)
