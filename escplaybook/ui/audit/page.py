"""Audit: what the rules object to, each with why and how to mend it; and the week hour by hour, who is missing when."""

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.audit import Finding, Grade, audit, standing
from escplaybook.domain.matrix import Cell
from escplaybook.domain.programme import Programme
from escplaybook.store.programme import programme
from escplaybook.ui.audit.card import FindingCard
from escplaybook.ui.audit.coverage import CoverageView
from escplaybook.ui.audit.words import counted, grade_word, token_of
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.ground import let_flow
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.parts.wrapped import WrappedLabel
from escplaybook.ui.times import short_day

NAME, WEEK = "audit", "week"


class AuditPage(PlainPage):
    """The findings at the left, the gravest first, the one that is open at the right; or the week in their place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme = programme(desk.book)
        self._findings: list[Finding] = []
        self.title, self.told = WrappedLabel(self), WrappedLabel(self)
        self.week = QPushButton(self)
        self.week.setCheckable(True)
        self.table: RecordTable[Finding] = RecordTable(Column(self.tr("Finding"), self._spoken), parent=self)
        self.view = self._make_view()
        self.card = FindingCard(desk, self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.pane = StatePane(self.split, desk.theme, self)
        self.coverage = CoverageView(desk, self)
        self.body = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.refresh()

    # what the window asks of every page

    def place(self) -> Place:
        """A finding by its rule and record, a waived one by its waiver; or the week."""
        if self.week.isChecked():
            return Place(NAME, WEEK)
        finding = self.view.currentIndex().data(RECORD)
        if finding is None:
            return Place(NAME)
        return Place(NAME, finding.waiver.id if finding.waiver is not None else finding.id)

    def show_place(self, place: Place) -> None:
        """Come to a finding by rule and record, to the one that a waiver lets pass, or to the week."""
        self.refresh()
        self.week.setChecked(place.record == WEEK)
        ids = [one.id for one in self._findings]
        waived = [one.waiver.id if one.waiver is not None else "" for one in self._findings]
        for known in (ids, waived):
            if place.record and place.record in known:
                self._stand_at(known.index(place.record))

    def settle(self, _due: Any) -> None:
        """What is shown here is settled elsewhere."""

    def step_out(self) -> bool:
        """Close what is asked, then from the finding to the list, from the week to the findings."""
        if self.card.leave_asking():
            return True
        if self.week.isChecked():
            self.week.setChecked(False)
            self.view.setFocus()
            return True
        if self.view.hasFocus() or not self._findings:
            return False
        self.view.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through the findings, or through the hours in which somebody is missing."""
        if self.week.isChecked():
            self.coverage.step(by)
        elif self._findings:
            self._stand_at(min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1))

    def enter(self) -> None:
        """Go to the list, or to the map."""
        self.panes()[0].setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        if self.week.isChecked():
            return self.coverage.panes()
        return [self.view, self.card.focus_target()] if self._findings else [self.week]

    # the findings

    def refresh(self) -> None:
        """Audit the book as it is now; the finding one is on stays, or the one that took its place."""
        kept, row = self.view.currentIndex().data(RECORD), self.view.currentIndex().row()
        self._found = programme(self._desk.book)
        found = audit(self._found, self._desk.now())
        self._findings = [*standing(found), *(one for one in found if one.waiver is not None)]
        self.table.show(self._findings)
        self._tell(found)
        if found:
            there = self.table.row_of(kept.id) if kept is not None else 0
            self._stand_at(there if there >= 0 else min(row, len(found) - 1))
            self.pane.show_content()
        else:
            self._say_clean()
        if self.week.isChecked():
            self.coverage.show_programme(self._found)

    def _tell(self, found: list[Finding]) -> None:
        grades = ((grade, len(standing(found, grade))) for grade in Grade)
        told = [counted(grade, count) for grade, count in grades if count]
        waived = len(found) - len(standing(found))
        if waived:
            told.append(self.tr("{0} waived").format(waived))
        self.told.setText(" · ".join(told))
        self.told.setVisible(bool(told))
        self.tallied.emit(" · ".join(told))

    def _say_clean(self) -> None:
        if self._found.cells:
            told = self.tr("Every level has its people, every limit its order, and every hour somebody who answers.")
            self.pane.tell("circle-check", self.tr("Nothing to object to"), told)
            return
        told = self.tr(
            "What is ambiguous, late, missing or out of date in the matrix is listed here, with how to mend it."
        )
        fill = (self.tr("Go to the matrix"), "grid-3x3", self._go_to_matrix)
        self.pane.tell("circle-check", self.tr("Nothing to object to yet"), told, fill)

    def _go_to_matrix(self) -> None:
        self._desk.go("matrix")

    def _stand_at(self, row: int) -> None:
        self.view.setCurrentIndex(self.table.index(row, 0))
        self.view.scrollTo(self.view.currentIndex())
        self.card.show_finding(self._findings[row])

    def _chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.card.show_finding(current.data(RECORD))
            self.moved.emit(self.place())

    def _opened(self, _index: QModelIndex) -> None:
        self.card.step_there()

    def _row(self, finding: Finding) -> Row:
        grade, rule = finding.rule.grade, finding.rule
        meta = [(grade_word(grade), token_of(grade)), (rule.name, "muted"), (rule.id, "muted")]
        if finding.waiver is not None:
            until = self.tr("waived until {0}").format(short_day(finding.waiver.until))
            meta = [(until, "muted"), (rule.name, "muted"), (rule.id, "muted")]
        return Row(finding.what, getattr(finding.record, "severity", None), meta=tuple(meta))

    def _spoken(self, finding: Finding) -> str:
        return ", ".join((*(words for words, _ in self._row(finding).meta), finding.what))

    # the week

    def _turned(self, shows_week: bool) -> None:
        self.body.setCurrentWidget(self.coverage if shows_week else self.pane)
        words = self.tr("Back to the findings") if shows_week else self.tr("The week, hour by hour")
        self.week.setText(words)
        dress(self.week, "arrow-left" if shows_week else "clock", self._desk.theme)
        if shows_week:
            self.coverage.show_programme(self._found)
        self.moved.emit(self.place())

    def _cell_wanted(self, cell: Cell) -> None:
        self._desk.go_to(cell)

    def _changed(self, _kinds: frozenset[type[Any]]) -> None:
        if self.isVisible():
            self.refresh()

    # the frame

    def _connect(self) -> None:
        self.view.selectionModel().currentChanged.connect(self._chosen)
        self.view.activated.connect(self._opened)
        self.week.toggled.connect(self._turned)
        self.card.left.connect(self.view.setFocus)
        self.coverage.cell_wanted.connect(self._cell_wanted)
        self._desk.bridge.changed.connect(self._changed)
        self._turned(False)

    def _make_view(self) -> QListView:
        view = QListView(self)
        view.setModel(self.table)
        view.setItemDelegate(RowDelegate(self._desk.theme, self._row, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setAccessibleName(self.tr("Findings"))
        let_flow(view)
        self._desk.theme.changed.connect(view.doItemsLayout)
        return view

    def _lay_out(self) -> None:
        self.title.setText(self.tr("Audit of the matrix"))
        self.title.setProperty("role", "title")
        self.told.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 16, 12)
        head.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.told)
        head.addLayout(words, 1)
        head.addWidget(self.week, 0, Qt.AlignmentFlag.AlignTop)
        for half in (self.view, self.card):
            self.split.addWidget(half)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([480, 620])
        for pane in (self.pane, self.coverage):
            self.body.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.body, 1)
