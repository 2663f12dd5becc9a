"""What one sheet of the matrix shows: for a deployment, a stage and a cause class, which cell holds in each square."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from escplaybook.domain.audit import Finding, Grade, standing
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.matrix import Cell, Level, Place, SeverityDefinition, cell_for, is_set_at
from escplaybook.domain.programme import Programme, definition_of, levels_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which part of the matrix one looks at; empty means any, and any stage of any deployment is the default matrix."""

    deployment: str | None = None
    stage: str = ""
    cause_class: CauseClass | None = None

    def place(self, severity: Severity) -> Place:
        """The place in the matrix of one of its rows."""
        return Place(severity, self.stage, self.cause_class, self.deployment)


@dataclass(frozen=True, slots=True)
class Square:
    """One square of a sheet. `cell` is the one that holds there, `is_own` whether it is set for exactly this sheet.

    `refined` are the cells that stages, deployments or causes within this sheet set apart.
    """

    sheet: Sheet
    severity: Severity
    level: Level
    cell: Cell | None
    is_own: bool
    owner: Contact | None
    backup: Contact | None
    findings: tuple[Finding, ...] = ()
    refined: tuple[Cell, ...] = ()
    deputies: tuple[Contact, ...] = ()

    @property
    def address(self) -> str:
        """Where the square is, for going back to it; `square_at` reads it."""
        sheet = self.sheet
        parts = (f"{self.severity}.{self.level.rank}", sheet.cause_class or "", sheet.deployment or "", sheet.stage)
        return "/".join(parts)

    @property
    def to_mend(self) -> tuple[Finding, ...]:
        """What is wrong here; what could only be better is advice."""
        return tuple(one for one in self.findings if one.rule.grade is not Grade.ADVICE)

    @property
    def place(self) -> Place:
        """The place in the matrix the square stands for."""
        return self.sheet.place(self.severity)


@dataclass(frozen=True, slots=True)
class Row:
    """A severity and its squares, level by level."""

    severity: Severity
    definition: SeverityDefinition | None
    squares: tuple[Square, ...]

    @property
    def id(self) -> str:
        """A sheet has one row a severity."""
        return self.severity


def rows_of(found: Programme, sheet: Sheet, audited: Iterable[Finding]) -> list[Row]:
    """The rows of a sheet, S1 first; what the audit says of a cell stands in each square where the cell holds."""
    findings: dict[str, tuple[Finding, ...]] = {}
    for one in standing(audited):
        if isinstance(one.record, Cell):
            findings[one.record.id] = (*findings.get(one.record.id, ()), one)
    levels = levels_of(found)
    return [
        Row(
            severity,
            definition_of(found, severity),
            tuple(square_of(found, sheet, severity, level, findings) for level in levels),
        )
        for severity in Severity
    ]


def square_of(
    found: Programme, sheet: Sheet, severity: Severity, level: Level, findings: dict[str, tuple[Finding, ...]]
) -> Square:
    """One square; `findings` are by the cell's id."""
    place = sheet.place(severity)
    cell = cell_for(found.cells, place, level.rank)
    refined = refinements(found, sheet, severity, level)
    if cell is None:
        return Square(sheet, severity, level, None, False, None, None, (), refined)
    return Square(
        sheet,
        severity,
        level,
        cell,
        is_set_at(cell, place),
        found.contacts.get(cell.owner or ""),
        found.contacts.get(cell.backup or ""),
        findings.get(cell.id, ()),
        refined,
        tuple(found.contacts[one] for one in cell.deputies if one in found.contacts),
    )


def refinements(found: Programme, sheet: Sheet, severity: Severity, level: Level) -> tuple[Cell, ...]:
    """The cells of that severity and level that are set for a part of the sheet."""
    return tuple(
        cell
        for cell in found.cells
        if cell.retired is None
        and (cell.severity, cell.level) == (severity, level.rank)
        and sheet.deployment in (None, cell.deployment)
        and sheet.stage in ("", cell.stage)
        and sheet.cause_class in (None, cell.cause_class)
        and not is_set_at(cell, sheet.place(severity))
    )


def below(found: Programme, square: Square) -> Cell | None:
    """The cell that would hold in the square if its own were taken away."""
    others = [cell for cell in found.cells if square.cell is None or cell.id != square.cell.id]
    return cell_for(others, square.place, square.level.rank)


def square_at(address: str) -> tuple[Sheet, Severity, int] | None:
    """Sheet, severity and rank of an address that a square gave; None if it is none."""
    head, *parts = address.split("/", 3)
    severity, _, rank = head.partition(".")
    if len(parts) != 3 or severity not in Severity.__members__ or not rank.isdecimal():
        return None
    cause, deployment, stage = parts
    if cause and cause not in list(CauseClass):
        return None
    return Sheet(deployment or None, stage, CauseClass(cause) if cause else None), Severity(severity), int(rank)


def own_cells(found: Programme, sheet: Sheet) -> list[Cell]:
    """The cells in use that are set for exactly this sheet."""
    return [cell for cell in found.cells if cell.retired is None and is_set_at(cell, sheet.place(cell.severity))]


def filled(rows: Sequence[Row]) -> tuple[int, int, int]:
    """How many squares have a cell, how many of those inherit it, and how many squares there are."""
    squares = [square for row in rows for square in row.squares]
    held = [square for square in squares if square.cell is not None]
    return len(held), sum(not square.is_own for square in held), len(squares)
