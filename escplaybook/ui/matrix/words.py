"""How the matrix is said: stages, causes, sheets, cells, and the strokes that change them."""

import re
from dataclasses import fields
from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.business_time import parse_calendar
from escplaybook.domain.classification import CauseClass
from escplaybook.domain.durations import format_span
from escplaybook.domain.matrix import Cell, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.ui.matrix.sheets import Sheet, Square


def stage_word(stage: str) -> str:
    """A stage as it stands on a tab: “Go-live”."""
    return stage[:1].upper() + stage[1:] if stage else _tr("Any stage")


def cause_word(cause: CauseClass | None) -> str:
    """A cause class as one chooses it."""
    words = {CauseClass.INTERNAL: _tr("internal"), CauseClass.EXTERNAL: _tr("external")}
    return words[cause] if cause else _tr("both")


def sheet_words(sheet: Sheet, found: Programme) -> list[str]:
    """What makes the sheet differ from the default matrix, in words; empty for the default matrix."""
    names = [one.name for one in found.deployments if one.id == sheet.deployment]
    stages = [stage_word(sheet.stage)] if sheet.stage else []
    causes = [_tr("{0} causes").format(cause_word(sheet.cause_class))] if sheet.cause_class else []
    return [*names, *stages, *causes]


def sheet_name(sheet: Sheet, found: Programme) -> str:
    """The sheet in a sentence: “Harbour ERP, Integration, external causes”, or “the default matrix”."""
    return ", ".join(sheet_words(sheet, found)) or _tr("the default matrix")


def sheet_of(cell: Cell) -> Sheet:
    """The sheet for which a cell is set."""
    return Sheet(cell.deployment, cell.stage, cell.cause_class)


def square_name(square: Square, found: Programme) -> str:
    """A square in a sentence: “S1 Director, Integration”."""
    return ", ".join((f"{square.severity} {square.level.name}", *sheet_words(square.sheet, found)))


def level_head(level: Level) -> str:
    """A level as it stands above its column."""
    return f"{level.rank} · {level.name}"


def answer_words(cell: Cell) -> str:
    """By when the level is to answer; empty if nothing says so."""
    return _within(_tr("answer {0}"), cell.acknowledge)


def resolve_words(cell: Cell) -> str:
    """By when the level is to have resolved it."""
    return _within(_tr("resolve {0}"), cell.resolve)


def calendar_words(cell: Cell) -> str:
    """By which time the targets are counted: “Counted Mon–Fri 08:00–16:00 in Oslo”; empty if round the clock."""
    calendar = parse_calendar(cell.calendar)
    return _tr("Counted {0}").format(calendar.words()) if calendar is not None else ""


def refined_words(square: Square) -> list[str]:
    """For which causes the square is set apart, while one looks at what holds for both."""
    sheet = square.sheet
    causes = [
        cell.cause_class
        for cell in square.refined
        if cell.cause_class is not None and (cell.deployment, cell.stage) == (sheet.deployment, sheet.stage)
    ]
    return [_tr("{0} causes differ").format(cause_word(cause)) for cause in sorted(set(causes))]


def criteria_line(definition: SeverityDefinition | None) -> str:
    """The first line of a severity's criteria without its Markdown; its name if it has none."""
    if definition is None:
        return _tr("not defined yet")
    lines = (re.sub(r"^[\s>#*+\-\d.]+(?=\s)|[*_`]", "", line).strip() for line in definition.criteria.splitlines())
    return next((line for line in lines if line), definition.name)


def spoken(square: Square) -> str:
    """A square as a screen reader says it, and as plain text."""
    head = f"{square.severity}, {square.level.name}"
    if square.cell is None:
        return _tr("{0}: empty").format(head)
    if square.cell.not_escalated:
        return _tr("{0}: not escalated").format(head)
    owner = square.owner.name if square.owner else _tr("no owner")
    backup = _tr("backup {0}").format(square.backup.name) if square.backup else _tr("no backup")
    told = (answer_words(square.cell), resolve_words(square.cell), calendar_words(square.cell).casefold())
    targets = [part for part in told if part]
    then = [_tr("then {0}").format(", ".join(one.name for one in square.deputies))] if square.deputies else []
    source = [] if square.is_own else [_tr("inherited")]
    return ", ".join((f"{head}: {owner}", backup, *then, *targets, *source))


def reason_for(before: Cell | None, after: Cell, square: Square, found: Programme) -> str:
    """What a change of a cell is called after “Undo”."""
    name = square_name(square, found)
    if before is None:
        return _tr("Set {0}").format(name)
    untold = {"updated", "id", "key", "created"}
    changed = {one.name for one in fields(Cell) if getattr(before, one.name) != getattr(after, one.name)} - untold
    person = found.contacts.get((after.owner if "owner" in changed else after.backup) or "")
    if changed == {"owner"} and person is not None:
        return _tr("Make {0} owner of {1}").format(person.name, name)
    if changed == {"backup"} and person is not None:
        return _tr("Make {0} backup of {1}").format(person.name, name)
    if changed == {"deputies"}:
        return _tr("Change the deputies of {0}").format(name)
    return _tr("Change {0}").format(name)


def _within(words: str, span: timedelta | None) -> str:
    return "" if span is None else words.format(format_span(span))


def _tr(text: str) -> str:
    return QCoreApplication.translate("matrix", text)
