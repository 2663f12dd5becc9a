"""The verification round: the list of what is to be proved at the left, one number in large type at the right."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.contacts import Contact
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.programme import Programme
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.verification import Check, checks, every_point, proof_words
from escplaybook.services.verifying import Progress, Result, Round, edits_for, reason_for
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.states import Offer, StatePane
from escplaybook.ui.parts.wrapped import WrappedLabel
from escplaybook.ui.verifying.card import Card
from escplaybook.ui.verifying.keying import KeyingIn

NAME = "verifying"


class VerifyingPage(PlainPage):
    """Left and taken up again where it was, also by the next program; what was found is stored as it is said."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._round = desk, Round(desk.memory)
        self._found: Programme | None = None
        self._progress = Progress((), (), (), 0)
        self._before: list[str] = []
        self._is_own = False
        self.table: RecordTable[Check] = RecordTable(Column(self.tr("To be proved"), self._spoken), parent=self)
        self.view = self._make_view()
        self.told = WrappedLabel(self)
        self.bar = QProgressBar(self)
        self.card, self.keying = Card(desk, self), KeyingIn(desk, self)
        self.pane = StatePane(self.card, desk.theme, self)
        self.right = QStackedWidget(self)
        self.key_in = self._button(self.tr("Key in a printed list"), "list-checks", self.begin_keying)
        self.print = self._button(self.tr("Print a call list"), "printer", self.print_this)
        self._lay_out()
        self._connect()

    # what the window asks of every page

    def place(self) -> Place:
        """This page is one place; where one is in the round is remembered with it."""
        return Place(NAME)

    def show_place(self, place: Place) -> None:
        """Come to the page: the round as of now, at the first number of somebody if the place names them."""
        self.refresh()
        holders = [check.holder.id for check in self.table.records()]
        aside = (*self._progress.skipped, *self._progress.unreached)
        if place.record in holders:
            self._stand_at(holders.index(place.record))
        elif (check := next((one for one in aside if one.holder.id == place.record), None)) is not None:
            self._show_aside(check)
        self.card.setFocus()

    def print_this(self) -> None:
        """Print what is to be proved, to be called from paper."""
        self._desk.go("paper", "call-list")

    def save(self) -> None:
        """Store the results that are being keyed in."""
        if self.right.currentWidget() is self.keying:
            self.keying.save()

    def step_out(self) -> bool:
        """Leave what is being asked or keyed in, else go to the list."""
        if self.right.currentWidget() is self.keying:
            self._leave_keying()
        elif not self.card.leave_asking():
            if self.view.hasFocus():
                return False
            self.view.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through the list."""
        row = min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1)
        self.view.setCurrentIndex(self.table.index(row, 0))

    def enter(self) -> None:
        """Go to the number."""
        self.card.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        if self.right.currentWidget() is self.keying:
            return [self.view, self.keying.text]
        return [self.view, self.card if self.table.rowCount() else self.pane]

    # the round

    def refresh(self) -> None:
        """Read the programme again; the point one is at stays if it is still to be proved."""
        self._found = programme(self._desk.book)
        self._tell()

    def begin_keying(self) -> None:
        """Key in the results of a printed list."""
        self.right.setCurrentWidget(self.keying)
        self.keying.begin()

    def take_up(self) -> None:
        """Ask again for what was put off and who was not reached."""
        self._round.take_up((*self._progress.skipped, *self._progress.unreached))
        self._tell()
        self.card.setFocus()

    def _tell(self) -> None:
        assert self._found is not None
        kept, row = self.view.currentIndex().data(RECORD), self.view.currentIndex().row()
        now = self._desk.now()
        self._progress = self._round.progress(checks(self._found, now.date()), now.astimezone().date())
        waiting = self._progress.waiting
        self.table.show(waiting)
        there = self.table.row_of(kept.id) if kept is not None else 0
        if waiting:
            self.pane.show_content()
            self._stand_at(there if there >= 0 else min(row, len(waiting) - 1))
        else:
            self._say_done()
        self._tell_progress()

    def _stand_at(self, row: int) -> None:
        self.view.setCurrentIndex(self.table.index(row, 0))
        self.view.scrollTo(self.view.currentIndex())
        self._show(self.table.record(row))

    def _tell_progress(self) -> None:
        done, total = self._progress.done, self._progress.total
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(done)
        told = self.tr("{0} of {1} done").format(f"{done:,}", f"{total:,}")
        if put_off := len(self._progress.skipped):
            told = self.tr("{0} · {1} put off").format(told, f"{put_off:,}")
        if unreached := len(self._progress.unreached):
            told = self.tr("{0} · {1} not reached").format(told, f"{unreached:,}")
        self.told.setText(told)
        self.bar.setAccessibleName(told)
        self.tallied.emit(told)

    def _say_done(self) -> None:
        if left := len(self._progress.skipped) + len(self._progress.unreached):
            words = self.tr("Try that one again") if left == 1 else self.tr("Try these {0} again")
            told = self.tr("What was put off or not reached is still to be proved; it comes again tomorrow, or now.")
            self.pane.tell("list-checks", self.tr("Through with the list"), told, self._offer(words.format(left)))
            return
        self._round.begin()
        assert self._found is not None
        if next(every_point(self._found), None) is None:
            told = self.tr("Here the numbers of everyone who may be called are proved one by one, the riskiest first.")
            self.pane.tell("phone", self.tr("No numbers yet"), told)
            return
        told = self.tr("What goes out of date comes here by itself, the riskiest first.")
        self.pane.tell("circle-check", self.tr("Every number is proved"), told)

    def _offer(self, words: str) -> Offer:
        return (words, "history", self.take_up)

    def _show(self, check: Check) -> None:
        waiting = [one.id for one in self._progress.waiting]
        place = ""
        if check.id in waiting:
            left = len(waiting)
            place = self.tr("1 left") if left == 1 else self.tr("{0} left").format(f"{left:,}")
        self.card.show_check(check, place)
        can_write = not self._desk.book.read_only
        for button in (self.card.reach, self.card.fail, self.card.mend):
            button.setEnabled(can_write)
        self.card.back.setEnabled(bool(self._before))

    # what was found

    def _reached(self) -> None:
        self._store(how=self.card.how.value())

    def _failed(self, reason: str) -> None:
        self._store(failed=reason)

    def _corrected(self, value: str, is_proved: bool) -> None:
        is_other = self.card.check is not None and value != self.card.check.point.value
        if value and (is_other or is_proved):
            self._store(how=self.card.how.value() if is_proved else "", new_value=value)

    def _store(self, **found: Any) -> None:
        check = self.card.check
        if check is None:
            return
        result = Result(check.holder.id, check.point.value, **found)
        try:
            edits = edits_for(self._desk.book, [result], self._desk.now(), self._desk.author)
            reason = reason_for(self._desk.book, [result])
        except PlaybookError as error:
            self._desk.trouble(error)
            self.refresh()
            return
        self._is_own = True
        stored = self._desk.apply(reason, *edits)
        self._is_own = False
        if stored is None:
            self.refresh()
            return
        self._take_in(stored[0].after)
        self._before.append(f"{check.holder.id} {check.point.kind} {result.new_value or check.point.value}")
        self._round.done(check)
        self._tell()

    def _skip(self) -> None:
        if self.card.check is not None:
            self._before.append(self.card.check.id)
            self._round.skip(self.card.check)
            self._tell()

    def _back(self) -> None:
        """To the number one was at before, whatever was said of it, so that it can be said again."""
        if not self._before or self._found is None:
            return
        wanted = self._before.pop()
        check = next((one for one in every_point(self._found) if one.id == wanted), None)
        if check is None:
            return
        self._round.take_back(check)
        self._tell()
        row = self.table.row_of(wanted)
        if row >= 0:
            self._stand_at(row)
        else:
            self._show_aside(check)

    def _show_aside(self, check: Check) -> None:
        """Show a number that is not waiting: it was put off, or something was said of it already."""
        self.pane.show_content()
        self._show(check)

    def _take_in(self, holder: Any) -> None:
        """Put the holder as it is now into the programme that was read: reading 10,000 people takes half a second."""
        assert self._found is not None
        if isinstance(holder, Contact):
            self._found = replace(self._found, contacts={**self._found.contacts, holder.id: holder})
        elif isinstance(holder, Vendor):
            vendors = tuple(holder if one.id == holder.id else one for one in self._found.vendors)
            self._found = replace(self._found, vendors=vendors)

    # the frame

    def _leave_keying(self) -> None:
        self.right.setCurrentWidget(self.pane)
        self.refresh()
        self.card.setFocus()

    def _chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._is_own:
            self._show(current.data(RECORD))

    def _book_changed(self, _kinds: frozenset[type[Any]]) -> None:
        if self.isVisible() and not self._is_own:
            self.refresh()

    def _connect(self) -> None:
        self.view.selectionModel().currentChanged.connect(self._chosen)
        self.card.reached.connect(self._reached)
        self.card.failed.connect(self._failed)
        self.card.corrected.connect(self._corrected)
        self.card.skip_wanted.connect(self._skip)
        self.card.back_wanted.connect(self._back)
        self.keying.left.connect(self._leave_keying)
        self._desk.bridge.changed.connect(self._book_changed)

    def _row(self, check: Check) -> Row:
        said = proof_words(check.point, check.importance, self._desk.now().date())
        meta = ((check.point.value, "muted"), (said, "warn"), (check.importance.words, "muted"))
        return Row(check.holder.name, meta=meta)

    def _spoken(self, check: Check) -> str:
        return ", ".join((check.holder.name, *(words for words, _ in self._row(check).meta)))

    def _make_view(self) -> QListView:
        view = QListView(self)
        view.setModel(self.table)
        view.setItemDelegate(RowDelegate(self._desk.theme, self._row, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformItemSizes(True)
        view.setAccessibleName(self.tr("To be proved"))
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._desk.theme.changed.connect(view.doItemsLayout)
        return view

    def _button(self, words: str, icon: str, act: Any) -> QPushButton:
        button = QPushButton(words, self)
        dress(button, icon, self._desk.theme)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        title = WrappedLabel(self)
        title.setText(self.tr("Verification round"))
        title.setProperty("role", "title")
        self.told.setProperty("role", "muted")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 12)
        head.setSpacing(8)
        for widget in (title, self.told, self.bar):
            head.addWidget(widget)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        for button in (self.key_in, self.print):
            foot.addWidget(button)
        left = QFrame(self)
        left.setProperty("plane", "raised")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        for pane in (self.pane, self.keying):
            self.right.addWidget(pane)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(left)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([340, 740])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
