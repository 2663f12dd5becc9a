"""Rules about what else a matrix says: who is asked after owner and backup, what a blocker is at all."""

from collections.abc import Iterator

from escplaybook.domain.audit_case import Case, Grade, Objection, Rule
from escplaybook.domain.definition import definition_in_use
from escplaybook.domain.programme import levels_of


def cell_deputy_left(case: Case) -> Iterator[Objection]:
    """Who is asked last must be there too: by then everybody before them has been called in vain."""
    for cell in case.cells:
        for one in cell.deputies:
            deputy = case.person(one)
            if deputy is not None and case.has_left(deputy):
                yield Objection(cell, f"{case.called(cell)} names {deputy.name} as deputy, who is no longer in use")


def no_blocker_defined(case: Case) -> Iterator[Objection]:
    """A definition of what counts as a blocker comes before severities and levels."""
    if case.ranks and definition_in_use(case.programme.definitions) is None:
        yield Objection(levels_of(case.programme)[0], "Nowhere stands what counts as a blocker")


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
    Rule(
        "M77",
        Grade.WARNING,
        "Blocker not defined",
        "Where nobody wrote down what counts as one, some are raised for a wish and others are kept quiet too long.",
        "Write down what a blocker is, among the definitions of the matrix.",
        no_blocker_defined,
    ),
)
