"""Which column of a table is what: each heading with its first values, and what it will be taken for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from escplaybook.domain.knowledge import HEADINGS
from escplaybook.exchange import entry_table
from escplaybook.exchange.contact_columns import CHOICES, Table, fault_in, known_column
from escplaybook.exchange.profiles import PARTS, SHORT
from escplaybook.exchange.spreadsheet import SUFFIXES
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.fields import ChoiceField

SHOWN = 3
"""First values of a column that are shown: enough to see what it is."""

Proposed = Sequence[tuple[Table, Sequence[str]]]
"""Tables with the column that each heading is proposed to be."""


def is_doubtful(proposed: Proposed) -> bool:
    """Whether somebody should look at it: a spreadsheet, or headings that are not known to the letter."""
    return any(
        table.is_doubtful if table.kind == "pages" else bool(_fault(table, table.headings, columns)) or "" in columns
        for table, columns in proposed
        if table.kind != "people"
    ) or any(
        any(suffix in table.source.lower() for suffix in SUFFIXES)
        or fault_in(table.headings, columns)
        or [known_column(heading) for heading in table.headings] != list(columns)
        for table, columns in proposed
        if table.kind == "people"
    )


class MappingPanel(QScrollArea):
    """One line for each column. `changed` says that a person chose something else."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tables: list[tuple[Table, list[ChoiceField]]] = []
        self.setWidgetResizable(True)
        self.setProperty("plane", "surface")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("What each column is"))

    def show_tables(self, proposed: Proposed) -> None:
        """Show these tables, one below the other."""
        self._tables = []
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(16)
        for table, columns in proposed:
            column.addWidget(self._shown(table, columns, inner))
        column.addStretch(1)
        self.setWidget(inner)

    def chosen(self, *kinds: str) -> dict[str, str]:
        """What each heading in tables of these kinds is; empty for one that is left out."""
        return {
            _of_its_profile(table, heading): str(field.value() or "")
            for table, fields in self._tables
            if table.kind in kinds
            for heading, field in zip(_named(table), fields, strict=True)
        }

    def fault(self) -> str:
        """Why the columns cannot be used yet; empty if they can."""
        for table, fields in self._tables:
            if fault := _fault(table, list(_named(table)), [str(field.value() or "") for field in fields]):
                return f"{table.source}: {fault}."
        return ""

    def first_field(self) -> QWidget:
        """What takes the keys."""
        return next((field for _, fields in self._tables for field in fields), self)

    def _shown(self, table: Table, columns: Sequence[str], parent: QWidget) -> QWidget:
        frame = QFrame(parent)
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        told = self.tr("{0}: {1} pages") if table.kind == "pages" else self.tr("{0}: {1} rows")
        title = QLabel(told.format(table.source, f"{len(table.rows):,}"), frame)
        title.setProperty("role", "lead")
        title.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(title, 0, 0, 1, 3)
        fields = []
        for row, (heading, at) in enumerate(_named(table).items(), 1):
            label = QLabel(heading[:60], frame)
            label.setTextFormat(Qt.TextFormat.PlainText)
            field = ChoiceField(self._options(table), frame)
            field.set_value(columns[at])
            field.setAccessibleName(self.tr("“{0}” is").format(heading))
            field.changed.connect(self.changed)
            label.setBuddy(field)
            fields.append(field)
            values = [cells[at] for _, cells in table.rows[:SHOWN] if at < len(cells) and cells[at]]
            sample = QLabel("  ·  ".join(" ".join(value.split())[:40] for value in values), frame)
            sample.setTextFormat(Qt.TextFormat.PlainText)
            sample.setProperty("role", "muted")
            sample.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            for place, widget in enumerate((label, field, sample)):
                grid.addWidget(widget, row, place)
        self._tables.append((table, fields))
        return frame

    def _options(self, table: Table) -> list[tuple[str, str]]:
        if table.kind != "people":
            return self._fields(table.kind)
        words = {
            "name": self.tr("Name"),
            "given name": self.tr("First name"),
            "family name": self.tr("Last name"),
            "email": self.tr("E-mail"),
            "zone": self.tr("Time zone"),
            "uid": self.tr("Identifier (UID)"),
        }
        return [(self.tr("leave out"), ""), *((words.get(one) or one.capitalize(), one) for one in CHOICES)]

    def _fields(self, kind: str) -> list[tuple[str, str]]:
        """What a heading of a page, or a column of a table of known blockers, can be."""
        words = {"title": self.tr("Title"), "steps": self.tr("Remedy as steps"), "id": self.tr("Identifier")}
        names = (*PARTS, *SHORT) if kind == "pages" else entry_table.CHOICES
        told = [(words.get(name) or HEADINGS.get(name) or name.replace("_", " ").capitalize(), name) for name in names]
        return [(self.tr("keep as it stands"), ""), *told]


def _fault(table: Table, headings: Sequence[str], columns: Sequence[str]) -> str:
    """Why the table cannot be used so; a page always can."""
    if table.kind == "people":
        return fault_in(headings, columns)
    return entry_table.fault_in(columns) if table.kind == "entries" else ""


def _of_its_profile(table: Table, heading: str) -> str:
    """The heading as an answer names it: in pages of another profile it may be something else."""
    return f"{table.source}/{heading}" if table.kind == "pages" and not heading.endswith(":") else heading


def _named(table: Table) -> dict[str, int]:
    """The headings that there are, each once, with the place of its column."""
    return {heading: table.headings.index(heading) for heading in table.headings if heading}
