"""Duty: the coming weeks of everyone who is away or has a turn, and the absences and rotations they come from."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from escplaybook.domain.absences import Absence
from escplaybook.domain.contacts import Contact
from escplaybook.domain.programme import Programme
from escplaybook.domain.rotations import Rotation
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.duty.absence_form import AbsenceForm
from escplaybook.ui.duty.lanes import WEEKS, lanes_of, weeks_at
from escplaybook.ui.duty.lists import Lists
from escplaybook.ui.duty.readings import AbsenceReading, RotationReading
from escplaybook.ui.duty.rotation_form import RotationForm
from escplaybook.ui.duty.strip import Strip
from escplaybook.ui.duty.told import name_from
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.detail import Detail, Subject
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.times import short_day

NAME = "duty"
SHOWN = frozenset((Contact, Absence, Rotation))
"""The kinds of record that are seen here."""


class DutyPage(PlainPage):
    """The weeks above, the lists below them; at the right what is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme = programme(desk.book)
        self._ahead = 0
        self.strip = Strip(desk.theme, self)
        self.pane = StatePane(self.strip, desk.theme, self)
        self.bar_words = QLabel(self)
        self.lists = Lists(desk, self)
        self.beside = QStackedWidget(self)
        self.details = {Absence: self._absences(), Rotation: self._rotations()}
        for detail in self.details.values():
            self.beside.addWidget(detail)
        self._lay_out()
        self._connect()
        self._redraw()

    # what the window asks of every page

    def place(self) -> Place:
        """Where in the page one is."""
        record = self._detail().record
        return Place(NAME, record.id if record is not None else "")

    def show_place(self, place: Place) -> None:
        """Go to an absence or rotation by its id; a contact’s id begins an absence of theirs."""
        for detail in self.details.values():
            detail.offer_latest_draft()
        record = next((one for one in self._records() if one.id == place.record), None)
        if record is not None:
            self._open(record)
            self.lists.select(type(record), record.id)
        elif place.record in self._found.contacts:
            self.add_of(place.record)
        elif self.lists.current() is None:
            self.lists.step(0)

    def new(self, title: str = "") -> None:
        """Write another of what is listed."""
        self._new(self.lists.kind, title)

    def add_of(self, contact_id: str) -> None:
        """Say when that person is away."""
        if self._desk.book.read_only:
            return
        self.lists.select(Absence)
        self._new(Absence)
        self.details[Absence].form.show_draft({"contact": contact_id, "zone": self._found.contacts[contact_id].zone})

    def print_this(self) -> None:
        """There is no paper of the weeks; the contact sheet has everyone."""
        self._desk.go("paper", "contact-sheet")

    def save(self) -> None:
        """Store the form that is open."""
        self._detail().save()

    def step_out(self) -> bool:
        """From form or history to the text, from the text to the list, from the list to the weeks."""
        if self._detail().step_out():
            return True
        panes = self.panes()[:-1]
        here = next((number for number, pane in enumerate(panes) if pane.hasFocus()), len(panes))
        if here == 0:
            return False
        panes[here - 1].setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through the list."""
        self.lists.step(by)

    def enter(self) -> None:
        """Go to the weeks, or to the list while they are empty."""
        (self.strip.view if self.strip.isVisible() else self.lists.view).setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        weeks = [self.strip.view] if self.strip.isVisible() else []
        return [*weeks, self.lists.view, self._detail().focus_target()]

    def close_down(self) -> None:
        """Keep what is being typed."""
        for detail in self.details.values():
            detail.leave_form()

    # inside

    def _absences(self) -> Detail:
        nothing = (self.tr("No absence is open"), self.tr("Choose one at the left, or in the weeks above."))
        subject = Subject(Absence, "absence", self._name_of, _label_of, "calendar", nothing)
        return Detail(self._desk, subject, AbsenceReading(self._desk, self), AbsenceForm(self._desk, self), self)

    def _rotations(self) -> Detail:
        nothing = (self.tr("No rotation is open"), self.tr("Choose one at the left, or in the weeks above."))
        subject = Subject(Rotation, "rotation", _name_of_rotation, _label_of, "calendar", nothing)
        return Detail(self._desk, subject, RotationReading(self._desk, self), RotationForm(self._desk, self), self)

    def _name_of(self, absence: Absence) -> str:
        return self.tr("absence of {0}").format(name_from(self._desk.book, absence.contact))

    def _lay_out(self) -> None:
        self.earlier = self._button("chevron-left", self.tr("A week earlier"), self._week_earlier)
        self.later = self._button("chevron-right", self.tr("A week later"), self._week_later)
        self.today = QPushButton(self.tr("This week"), self)
        self.today.clicked.connect(self._this_week)
        self.one_week = QPushButton(self.tr("One week"), self)
        self.one_week.setCheckable(True)
        self.one_week.setProperty("kind", "quiet")
        self.one_week.setToolTip(self.tr("See one week, day by day, instead of four"))
        self.one_week.toggled.connect(self._redraw)
        self.range = QLabel(self)
        self.range.setProperty("role", "heading")
        self.bar_words.setProperty("role", "small")
        self.head = (self.range, self.one_week, self.earlier, self.today, self.later)
        head = QHBoxLayout()
        for widget in self.head:
            head.addWidget(widget, 1 if widget is self.range else 0)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 20, 16, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.pane, 5)
        column.addWidget(self.bar_words)
        column.addWidget(self.lists, 4)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(left)
        self.split.addWidget(self.beside)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([780, 440])
        self.beside.setMinimumWidth(340)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)

    def _button(self, icon: str, said: str, act: Any) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "quiet")
        button.setToolTip(said)
        button.setAccessibleName(said)
        dress(button, icon, self._desk.theme)
        button.clicked.connect(act)
        return button

    def _connect(self) -> None:
        self.strip.wanted.connect(self._wanted)
        self.strip.told.connect(self.bar_words.setText)
        self.lists.chosen.connect(self._chosen)
        self.lists.new_wanted.connect(self._new)
        for detail in self.details.values():
            detail.reading.record_wanted.connect(self._desk.go_to_key)
            detail.opened.connect(self._opened)
            detail.left.connect(self.lists.view.setFocus)
        self._desk.bridge.changed.connect(self._refresh)
        self._desk.ticker.minute.connect(self._redraw)

    def _refresh(self, kinds: frozenset[type[Any]]) -> None:
        if kinds & SHOWN:
            self._found = programme(self._desk.book)
            self._redraw()

    def _redraw(self) -> None:
        """Show the weeks and the lists as they are now."""
        now = self._desk.now()
        weeks = weeks_at(now, self._ahead, 1 if self.one_week.isChecked() else WEEKS)
        lanes = lanes_of(self._found, weeks)
        first, last = (instant.astimezone().date() for instant in (weeks.days()[0], weeks.days()[-1]))
        self.range.setText(f"{short_day(first)} – {short_day(last)}")
        self.strip.show_lanes(lanes, weeks, now)
        self.lists.show_programme(self._found)
        for widget in (*self.head, self.pane, self.bar_words):
            widget.setVisible(bool(self._records()))  # before the first one, the list says what belongs here
        if lanes:
            self.pane.show_content()
        else:
            self.bar_words.clear()
            told = self.tr("Turns and absences of four weeks stand here, with whoever stands in.")
            self.pane.tell("calendar", self.tr("Nobody is away, nobody has a turn"), told)
        self.tallied.emit(self._tally())

    def _tally(self) -> str:
        now, roster = self._desk.now(), self._found.roster
        away = sum(roster.absence_of(one.id, now) is not None for one in self._found.contacts.values())
        return self.tr("1 away now") if away == 1 else self.tr("{0} away now").format(away)

    def _records(self) -> list[Any]:
        return [*self._found.absences, *self._found.rotations]

    def _detail(self) -> Detail:
        detail = self.beside.currentWidget()
        assert isinstance(detail, Detail)  # nothing else is in there
        return detail

    def _open(self, record: Any) -> None:
        detail = self.details[type(record)]
        if self._detail() is not detail:
            self._detail().leave_form()
            self.beside.setCurrentWidget(detail)
        detail.open(record.id)

    def _wanted(self, record: Any) -> None:
        """A bar was opened."""
        self._open(record)
        self.moved.emit(self.place())

    def _chosen(self, record: Any) -> None:
        self._open(record)
        self.moved.emit(self.place())

    def _opened(self, record: Any) -> None:
        self.lists.select(type(record), record.id)

    def _new(self, record_type: type[Any], title: str = "") -> None:
        if self._desk.book.read_only:
            return
        detail = self.details[record_type]
        if self._detail() is not detail:
            self._detail().leave_form()
            self.beside.setCurrentWidget(detail)
        detail.new(title)

    def _week_earlier(self) -> None:
        self._turn_to(self._ahead - 1)

    def _week_later(self) -> None:
        self._turn_to(self._ahead + 1)

    def _this_week(self) -> None:
        self._turn_to(0)

    def _turn_to(self, ahead: int) -> None:
        self._ahead = ahead
        self._redraw()


def _name_of_rotation(rotation: Rotation) -> str:
    return rotation.name


def _label_of(field: str) -> str:
    return field.replace("_", " ").capitalize()
