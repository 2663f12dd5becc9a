"""Plan a rotation of roles: who takes part and how often at the left, who sits where and what follows at the right."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.contacts import Contact
from escplaybook.domain.durations import parse_span
from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.domain.programme import Programme, levels_of
from escplaybook.domain.role_rotation import Plan, Wish
from escplaybook.services.rotating_roles import drafts_of, planned
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.days import day_of
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.person_field import PersonField, person_of
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.record_table import RecordTable
from escplaybook.ui.parts.rows_field import Part, RowsField, Words
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.prose_view import ProseView
from escplaybook.ui.rotating.told import Row, columns_of, plan_html, rows_of

NAME = "rotating"
QUARTER, USUAL, MOST = "13 w", 4, 12
"""What stands in the fields at first: a year of quarters; and the most terms that are offered."""


class RotationPage(PlainPage):
    """The plan is worked out anew with every change of a field; only the button writes anything."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme = programme(desk.book)
        self.plan: Plan | None = None
        self.form = self._make_form()
        self.draft = QPushButton(self.tr("Make the drafts"), self)
        self.draft.setProperty("kind", "primary")
        self.draft.setToolTip(self.tr("Ctrl+S"))
        dress(self.draft, "plus", desk.theme, "on_accent")
        self.back = QPushButton(self.tr("Back to the editions"), self)
        dress(self.back, "arrow-left", desk.theme)
        self.table: RecordTable[Row] | None = None
        self.view = self._make_view()
        self.text = ProseView(desk.theme, self)
        self.text.setAccessibleName(self.tr("What follows"))
        self.pane = StatePane(self._make_body(), desk.theme, self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        self.form.changed.connect(self._work_out)
        self.form.fields["level"].changed.connect(self._level_chosen)
        self.draft.clicked.connect(self.make_drafts)
        self.back.clicked.connect(self._go_back)
        desk.bridge.changed.connect(self._changed)
        self._begin()

    # what the window asks of every page

    def place(self) -> Place:
        """This page is one place."""
        return Place(NAME)

    def show_place(self, _place: Place) -> None:
        """Come to the page, as of now; what was typed stays."""
        self._refresh()

    def save(self) -> None:
        """Make the drafts."""
        self.make_drafts()

    def step_out(self) -> bool:
        """From what follows to the fields, from the fields to the editions."""
        if self.view.hasFocus() or self.text.hasFocus():
            self.form.fields["level"].setFocus()
        else:
            self._go_back()
        return True

    def step(self, by: int) -> None:
        """Walk through the terms."""
        if self.table is not None and self.table.rowCount():
            row = min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1)
            self.view.setCurrentIndex(self.table.index(row, 0))

    def enter(self) -> None:
        """Go to the fields."""
        self.form.fields["level"].setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        first: list[QWidget] = [self.form.fields["level"]]
        return [*first, self.view, self.text] if self.plan is not None else first

    # the plan

    def make_drafts(self) -> None:
        """A draft of the matrix for each term, in one stroke; then they are looked at where they are signed."""
        desk = self._desk
        if self.plan is None or desk.book.read_only:
            return
        try:
            told, edits = drafts_of(desk.book, self.plan, desk.now())
        except PlaybookError as error:
            desk.trouble(error)
            return
        stored = desk.apply(told, *edits)
        if stored is not None:
            desk.go_to(stored[0].record)

    def _begin(self) -> None:
        """What stands in the fields when somebody first comes."""
        today = self._desk.now().date()
        monday = today + timedelta(days=7 - today.weekday())
        usual = {"start": monday.isoformat(), "every": QUARTER, "times": USUAL, "owners_only": False}
        self.form.show_values(usual)
        self._offer()
        self._fill_in()
        self._work_out()

    def _refresh(self) -> None:
        was_empty = not self._found.cells
        self._found = programme(self._desk.book)
        self._offer()
        if was_empty:
            self._fill_in()
        self._work_out()

    def _offer(self) -> None:
        """Offer the levels there are; the one that was chosen stays."""
        field = self.form.fields["level"]
        kept = field.value()
        field.clear()
        for level in levels_of(self._found):
            field.addItem(f"{level.rank} · {level.name}", level.rank)
        field.setCurrentIndex(max(field.findData(kept), 0) if field.count() else -1)
        for editor in self.form.fields["among"].editors:
            editor.fields["person"].offer(self._people())

    def _fill_in(self) -> None:
        """Whoever stands on the level now takes part, unless somebody says otherwise; the most laden first."""
        level = self.form.fields["level"].value()
        cells = [one for one in self._found.cells if one.retired is None and one.level == level]
        named = Counter(one for cell in cells for one in (cell.owner, cell.backup) if one is not None)
        known = {person.id for person in self._people()}
        people = [one for one, _ in named.most_common() if one in known and not self._found.roster.is_duty(one)]
        self.form.fields["among"].set_value([{"person": one} for one in people])

    def _level_chosen(self) -> None:
        self._fill_in()
        self._work_out()

    def _work_out(self) -> None:
        if not self._found.cells:
            told = self.tr("Once people stand on a level of the matrix, their roles can be handed round here.")
            self._say("grid-3x3", self.tr("No roles to rotate yet"), told)
            self.form.setEnabled(False)
            return
        self.form.setEnabled(True)
        try:
            self.plan = planned(self._desk.book, self._wish(), self._desk.now())
        except PlaybookError as error:
            self._say("info", self.tr("Nothing planned"), str(error))
            return
        self._show(self.plan)

    def _wish(self) -> Wish:
        values = self.form.values()
        people = [person_of(row["person"], self._found.contacts) for row in values["among"]]
        start: date | None = day_of(values["start"])
        if start is None:
            raise InvalidRecord(self.tr("Say on which day the first term begins, like 2027-01-04."))
        among = tuple(one for one in people if one is not None)
        every = parse_span(values["every"])
        return Wish(values["level"] or 1, among, start, every, values["times"], values["owners_only"])

    def _show(self, plan: Plan) -> None:
        old = self.table
        self.table = RecordTable(*columns_of(plan, self._found), parent=self)
        self.table.show(rows_of(plan, self._found))
        self.view.setModel(self.table)
        if old is not None:
            old.deleteLater()
        self.view.resizeColumnsToContents()
        self.view.resizeRowsToContents()
        rows = sum(self.view.rowHeight(row) for row in range(self.table.rowCount()))
        frame = self.view.horizontalHeader().sizeHint().height() + self._desk.theme.px(20)
        self.view.setFixedHeight(min(rows + frame, self._desk.theme.px(300)))
        self.text.refresh_html(plan_html(plan, self._found))
        count = len(plan.terms)
        self.draft.setText(self.tr("Make 1 draft") if count == 1 else self.tr("Make {0} drafts").format(count))
        self.draft.setEnabled(not self._desk.book.read_only)
        self.tallied.emit("")
        self.pane.show_content()

    def _say(self, icon: str, headline: str, sentence: str) -> None:
        self.plan = None
        self.draft.setText(self.tr("Make the drafts"))
        self.draft.setEnabled(False)
        self.pane.tell(icon, headline, sentence)

    def _people(self) -> list[Contact]:
        return [one for one in self._found.contacts.values() if one.retired is None]

    def _go_back(self) -> None:
        self._desk.go("editions")

    def _changed(self, _kinds: frozenset[type[Any]]) -> None:
        if self.isVisible():
            self._refresh()

    # the frame

    def _make_form(self) -> Form:
        form = Form(self._desk.theme, self)
        form.choice("level", self.tr("&Level whose roles rotate"), [])
        words = Words(self.tr("Add a person"), self.tr("Further up"), self.tr("Further down"), self.tr("Takes no part"))
        part = Part("person", self.tr("Person"), self._person_field)
        among = RowsField((part,), words, self._desk.theme, form, key="person", across=True)
        form.place("among", self.tr("&Among"), among)
        both = [(self.tr("owners and backups"), False), (self.tr("owners only"), True)]
        form.choice("owners_only", self.tr("&What is handed round"), both)
        form.line("start", self.tr("First &day"), "2027-01-04")
        form.beside(2)
        form.line("every", self.tr("A &term lasts"), QUARTER)
        form.choice("times", self.tr("Te&rms"), [(str(number), number) for number in range(1, MOST + 1)])
        form.below()
        return form

    def _person_field(self, parent: QWidget) -> PersonField:
        field = PersonField(parent)
        field.offer(self._people())
        return field

    def _make_view(self) -> QTableView:
        view = QTableView(self)
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        view.setProperty("part", "records")
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setAccessibleName(self.tr("Who sits where"))
        view.verticalHeader().hide()
        head = view.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        return view

    def _make_body(self) -> QWidget:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view)
        column.addWidget(self.text, 1)
        return body

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Plan a rotation of roles"), self)
        title.setProperty("role", "title")
        area = QScrollArea(self)
        area.setProperty("plane", "raised")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fields = QWidget()
        inner = QVBoxLayout(fields)
        inner.setContentsMargins(16, 16, 16, 16)
        inner.addWidget(self.form)
        inner.addStretch(1)
        area.setWidget(fields)
        left, right = QFrame(self), QWidget(self)
        left.setProperty("plane", "raised")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(area, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.addWidget(self.back)
        column.addLayout(foot)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 16, 12)
        head.addWidget(title, 1)
        head.addWidget(self.draft)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.pane, 1)
        for half in (left, right):
            self.split.addWidget(half)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([320, 760])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
