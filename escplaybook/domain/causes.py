"""Sub-classes of causes: whose priority, which vendor, what approval; those every book knows and the book's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from escplaybook.domain.classification import SUB_CLASSES, CauseClass
from escplaybook.domain.errors import InvalidRecord


@dataclass(frozen=True, slots=True)
class SubClass:
    """A kind of cause within its class: with whom one deals (`counterpart`), how one knows it (`meaning`, Markdown).

    It says so of one that every book knows (SUB_CLASSES), or adds one of the book's own.
    Raises InvalidRecord if it has no name, or the name of one that belongs to the other class everywhere.
    """

    id: str
    cause_class: CauseClass
    name: str
    created: datetime
    updated: datetime
    key: str = ""
    counterpart: str = ""
    meaning: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidRecord("Give the sub-class a name, like vendor or approval.")
        for cause_class, names in SUB_CLASSES.items():
            if cause_class is not self.cause_class and _is_among(self.name, names):
                raise InvalidRecord(f"“{self.name}” is a sub-class of {cause_class} causes in every book.")


def sub_class_names(described: Iterable[SubClass], cause_class: CauseClass) -> tuple[str, ...]:
    """The sub-classes of a class: those every book knows, then the book's own in use."""
    known = SUB_CLASSES[cause_class]
    own = (one.name for one in described if one.retired is None and one.cause_class is cause_class)
    return (*known, *dict.fromkeys(name for name in own if not _is_among(name, known)))


def sub_class_called(described: Iterable[SubClass], cause_class: CauseClass, name: str) -> SubClass | None:
    """What the book says of that sub-class; None if nobody wrote it down."""
    current = (one for one in described if one.retired is None and one.cause_class is cause_class)
    return next((one for one in current if name and _is_among(one.name, (name,))), None)


def checked_sub_class(described: Iterable[SubClass], cause_class: CauseClass, text: str) -> str:
    """The sub-class that is meant, as it is spelt in the book; empty stays empty.

    Raises InvalidRecord if the class has none of that name.
    """
    plain = " ".join(text.split())
    if not plain:
        return ""
    names = sub_class_names(described, cause_class)
    found = next((name for name in names if _is_among(plain, (name,))), None)
    if found is None:
        raise InvalidRecord(f"“{plain}” is no sub-class of {cause_class} causes; there are {', '.join(names)}.")
    return found


def refuse_described_twice(described: Iterable[SubClass], one: SubClass) -> None:
    """Raises InvalidRecord if another record in use says what that sub-class is."""
    there = sub_class_called(described, one.cause_class, one.name)
    if there is not None and there.id != one.id:
        raise InvalidRecord(f"“{there.name}” is described already, as {there.key}; nothing was saved. Change that one.")


def cause_words(cause_class: CauseClass, sub_class: str) -> str:
    """“external: vendor”; the class alone where nobody said more."""
    return f"{cause_class}: {sub_class}" if sub_class else str(cause_class)


def _is_among(name: str, names: Iterable[str]) -> bool:
    folded = " ".join(name.split()).casefold()
    return any(folded == " ".join(one.split()).casefold() for one in names)
