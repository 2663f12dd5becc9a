"""What an import is about: the items of a source, and how records of their type are compared and known again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.uses import Use
from escplaybook.store import records
from escplaybook.store.book import Book

Take = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Found:
    """One item of a source: its record, or None and the reason why it has none.

    `says` names the fields the source speaks of at all, `extra` of its origin among them; None means every one.
    `files` are the bytes of what the record attaches, `notes` and `uses` those of the entry that it is.
    """

    source: str
    record: Any
    reason: str = ""
    warnings: tuple[str, ...] = ()
    says: frozenset[str] | None = None
    files: tuple[bytes, ...] = ()
    notes: tuple[Annotation, ...] = ()
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """How records of one type are compared with their sources.

    `values` gives what is compared, by field; `unsaid` what a field holds of which a source says nothing; `following`
    gives the first record with the named fields of the second. `pointed` gives a record that names others by the ids
    they have in the book, where these are not the ones they came with.
    """

    type: type[Any]
    values: Callable[[Any], dict[str, Any]]
    unsaid: Mapping[str, object]
    following: Callable[[Any, Any, Iterable[str]], Any]
    pointed: Callable[[Any, Mapping[str, str]], Any] = lambda record, _: record


class Knowing(Protocol):
    """Knows records of one type again that come from outside, by more than the identifier of their source."""

    def ours_for(self, theirs: Any) -> Any | None:
        """The record in the book that this is."""
        ...

    def merged(self, theirs: Any) -> Any | None:
        """The retired double through which `ours_for` was found, if it was merged into that one."""
        ...

    def like(self, theirs: Any) -> Sequence[tuple[Any, str]]:
        """Records that it may be, each with the reason; asked if it is none for certain."""
        ...

    def look_again(self) -> None:
        """Somebody else has written into the book."""
        ...


def uid_of(record: Any) -> str:
    """By what the source knows the record; one that was written here and carried over has its own id for it."""
    return str(record.origin.uid if record.origin else record.id)


def known_by_uid(book: Book, record_type: type[Any], theirs: Any) -> Any | None:
    """The record that has the id of `theirs` or came from the same source, or whose id is the source's identifier."""
    uid = uid_of(theirs)
    found = records.find(book, record_type, theirs.id) or records.by_origin(book, record_type, uid)
    return found or records.find(book, record_type, uid)
