"""What asks to be done about vendors and outsiders: numbers that run out, questions nobody answered, suggestions."""

from collections.abc import Iterator
from datetime import date

from escplaybook.domain.due import Due, end_of
from escplaybook.domain.programme import Programme
from escplaybook.domain.vendors import ENTITLEMENT_WARNING


def entitlements(programme: Programme, today: date) -> Iterator[Due]:
    """The numbers that a vendor soon takes no more, or takes no more already."""
    for vendor in programme.vendors:
        for item in vendor.entitlements if vendor.retired is None else ():
            if item.until is not None and item.until - today <= ENTITLEMENT_WARNING:
                told = "counts no more" if item.until < today else "runs out"
                what = f"{vendor.name}: the number {item.number} {told}"
                yield Due(what, end_of(item.until), vendor, "have it renewed", 1 if item.until < today else 2)
