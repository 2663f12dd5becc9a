"""What was measured on a blocker, and when: facts that are so or not, and numbers with their unit."""

import re
from dataclasses import dataclass
from datetime import datetime

from escplaybook.domain.errors import InvalidRecord

YES, NO = "yes", "no"

_QUANTITY = re.compile(r"(-?\d{1,12}(?:\.\d{1,6})?)\s*([^\d\s\"\\.,;:+<>=-][^\"\\\n<>=]{0,23})?", re.ASCII)
_NAME = re.compile(r"[^\"\\\n<>=]{1,80}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts: 5 %, 400 ms, 3 users."""

    number: float
    unit: str

    def __str__(self) -> str:
        number = f"{self.number:.6f}".rstrip("0").rstrip(".")
        return f"{number} {self.unit}"

    def is_like(self, other: "Quantity") -> bool:
        """Whether the two count the same, so that they can be compared."""
        return self.unit.casefold() == other.unit.casefold()


@dataclass(frozen=True, slots=True)
class Fact:
    """From `at` on, until a later fact of the same name says otherwise, `name` is so, is not so, or is that much.

    `value` is yes, no, or a number with its unit. Of two at the same instant the one recorded later holds.
    Raises InvalidRecord if it is none of these.
    """

    at: datetime
    name: str
    value: str = YES

    def __post_init__(self) -> None:
        fact_name(self.name)
        if self.value not in (YES, NO):
            parse_quantity(self.value)


def fact_name(text: str) -> str:
    """A fact's name as it is kept: without needless blanks. Raises InvalidRecord if it cannot be one."""
    name = " ".join(text.split())
    if not _NAME.fullmatch(name):
        raise InvalidRecord(
            f"“{text.strip()[:40]}” cannot name a fact; use up to 80 letters without quotes or < = >, "
            "like “data sync blocked”."
        )
    return name


def fact_value(text: str) -> str:
    """A fact's value as it is kept: yes, no, or a number with its unit. Raises InvalidRecord if it is neither."""
    word = text.strip().casefold()
    if word in (YES, NO):
        return word
    return str(parse_quantity(text))


def parse_quantity(text: str) -> Quantity:
    """The number and unit that `text` says. Raises InvalidRecord if one of them is missing."""
    found = _QUANTITY.fullmatch(text.strip())
    if found is None:
        raise InvalidRecord(
            f"“{text.strip()}” is neither yes, no nor a number with its unit; write it like 5 % or 400 ms."
        )
    if found[2] is None:
        raise InvalidRecord(
            f"“{text.strip()}” lacks its unit; write what it counts, like {found[1]} % or {found[1]} users."
        )
    return Quantity(float(found[1]), found[2].strip())


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are of the same fact; capitals do not matter."""
    return one.casefold() == other.casefold()
