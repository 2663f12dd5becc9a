"""Rules about what else a matrix says: who is asked after owner and backup."""

from collections.abc import Iterator

from escplaybook.domain.audit_case import Case, Grade, Objection, Rule


def cell_deputy_left(case: Case) -> Iterator[Objection]:
    """Who is asked last must be there too: by then everybody before them has been called in vain."""
    for cell in case.cells:
        for one in cell.deputies:
            deputy = case.person(one)
            if deputy is not None and case.has_left(deputy):
                yield Objection(cell, f"{case.called(cell)} names {deputy.name} as deputy, who is no longer in use")


RULES = (
    Rule(
        "M76",
        Grade.WARNING,
        "Deputy of a cell has left",
        "By the time a deputy is asked everybody before them was called in vain, and then nobody is there.",
        "Name another deputy, or take this one out.",
        cell_deputy_left,
        "deputies",
    ),
)
