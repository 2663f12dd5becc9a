"""Weekly review: only what is new since the last one, ticked line by line at the left, signed at the right."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSplitter, QVBoxLayout, QWidget

from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.programme import Programme
from escplaybook.services.reviewing_matrix import Seen, Week, review_of, usual_signer, week
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.grouped import GroupedList, Line
from escplaybook.ui.parts.latest import Latest
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.parts.wrapped import WrappedLabel
from escplaybook.ui.reviewing.signing import Signing
from escplaybook.ui.reviewing.told import lines_of, since_words, tally
from escplaybook.ui.times import short_day

NAME = "reviewing"


class ReviewPage(PlainPage):
    """What was looked at is kept beside the book, so the review may be left and taken up again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._seen = desk, Seen(desk.memory)
        self._found: Programme = programme(desk.book)
        self.week: Week | None = None
        self._latest = Latest(desk, self)
        self.title, self.told = WrappedLabel(self), WrappedLabel(self)
        self.bar = QProgressBar(self)
        self.all = QPushButton(self.tr("Mark all as seen"), self)
        dress(self.all, "list-checks", desk.theme)
        self.list = GroupedList(desk.theme, self.tr("What is new"), self)
        self.pane = StatePane(self.list, desk.theme, self)
        self.signing = Signing(desk, self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        self._latest.answered.connect(self._came)
        self.list.ticked.connect(self.tick)
        self.list.stepped.connect(self._go)
        self.all.clicked.connect(self.mark_all)
        self.signing.signed.connect(self.sign)
        self.signing.who.changed.connect(self._signer_chosen)
        desk.bridge.changed.connect(self._changed)

    # what the window asks of every page

    def place(self) -> Place:
        """This page is one place; an earlier review by its id, if one came for it."""
        review = self.signing.review()
        return Place(NAME, review.id if review is not None else "")

    def show_place(self, place: Place) -> None:
        """Come to the page, as of now; to an earlier review if the place names one."""
        self.refresh()
        if self.signing.stand_at(place.record):
            self.signing.view.setFocus()

    def save(self) -> None:
        """Sign the review."""
        self.sign()

    def step_out(self) -> bool:
        """From the signature to the list, from the list to the matrix."""
        here = self.panes()[0]
        if here.hasFocus() or (self.list.table.rowCount() and self.list.hasFocus()):
            self._desk.go("matrix")
        else:
            here.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through what is new."""
        self.list.step(by)

    def enter(self) -> None:
        """Go to the list."""
        self.panes()[0].setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        first = self.list if self.list.table.rowCount() else next(iter(self.pane.state.buttons), self.signing.who)
        return [first, self.signing.who, self.signing.view] if self.signing.table.rowCount() else [first, self.signing]

    def close_down(self) -> None:
        """Wait for nothing any more."""
        self._latest.drop()

    # the review

    def refresh(self) -> None:
        """Work out anew what is there to look at; that takes a while, so it comes later."""
        desk = self._desk
        now = desk.now()
        self._found = programme(desk.book)
        self.signing.show_programme(self._found, usual_signer(self._found, desk.author))
        if self.week is None:
            self.pane.wait()
        self._latest.ask(lambda book: week(book, now))

    def tick(self, line: Line) -> None:
        """Take a line as seen and go on to the next that was not, or take it as not seen."""
        if self.week is None:
            return
        is_new = line.id not in self._seen.of(self.week)
        self._seen.mark(self.week, [line.of], seen=is_new)
        self._tell()
        if is_new:
            self._go_on()

    def mark_all(self) -> None:
        """Take everything as seen."""
        if self.week is not None:
            self._seen.mark(self.week, self.week.points, seen=True)
            self._tell()
            self.signing.note.setFocus()

    def sign(self) -> None:
        """Sign for the week, once everything in it was looked at."""
        desk = self._desk
        if self.week is None or desk.book.read_only:
            return
        signer = self._found.contacts.get(str(self.signing.who.value()))
        if signer is None:
            told = self.tr("Nothing was signed: say who signs, one of the contacts.")
            desk.trouble(InvalidRecord(told))
            self.signing.who.setFocus()
            return
        if left := self._left():
            one, many = self.tr("1 line has not been looked at yet."), self.tr("{0} lines have not been looked at yet.")
            told = self.tr("{0} Nothing was signed.").format(one if left == 1 else many.format(left))
            desk.say(told, self.tr("Mark all as seen"), self.mark_all)
            self.list.setFocus()
            self._go_on()
            return
        review = review_of(signer, desk.now(), self.signing.note.value())
        told = self.tr("Sign the weekly review of {0}").format(short_day(review.at.date()))
        if desk.apply(told, Edit(None, review)) is not None:
            self.signing.note.set_value("")

    # inside

    def _came(self, found: Week) -> None:
        self.week = found
        self._tell()

    def _tell(self) -> None:
        week, now = self.week, self._desk.now()
        assert week is not None  # it came, or something in it was ticked
        seen, total = self._seen.of(week), len(week.points)
        self.list.show_lines(lines_of(week, seen, now))
        self.told.setText(" · ".join(filter(None, (since_words(week, self._found, now), tally(len(seen), total)))))
        self.tallied.emit(tally(len(seen), total))
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(len(seen))
        self.bar.setVisible(bool(total))
        self.bar.setAccessibleName(tally(len(seen), total))
        self.all.setVisible(len(seen) < total)
        left = self._left()
        self.signing.hint.setText(self.tr("Once every line is seen: {0} to go.").format(left) if left else "")
        self.signing.hint.setVisible(bool(left))
        self.signing.setVisible(bool(self._found.cells))
        if total:
            self.pane.show_content()
        else:
            self._say_nothing_new()

    def _signer_chosen(self) -> None:
        if self.week is not None and not self.week.points:
            self._say_nothing_new()

    def _left(self) -> int:
        return 0 if self.week is None else len(self.week.points) - len(self._seen.of(self.week))

    def _go_on(self) -> None:
        """To the next line that was not seen, from where one is, else from the top."""
        assert self.week is not None
        seen, here = self._seen.of(self.week), self.list.currentIndex().row()
        rows = [row for row, line in enumerate(self.list.table.records()) if line.id not in seen]
        if rows:
            self.list.stand_at(next((row for row in rows if row >= here), rows[0]))

    def _say_nothing_new(self) -> None:
        if not self._found.cells:
            told = self.tr("Once there is a matrix, what changed in a week is looked at here and signed.")
            self.pane.tell("grid-3x3", self.tr("No matrix yet"), told, (self.tr("Go to the matrix"), "", self._go_back))
            self.told.setText("")
            return
        told = self.tr("Nothing changed, nothing went stale, and the audit has nothing new.")
        signer = self._found.contacts.get(str(self.signing.who.value()))
        if signer is None or self._desk.book.read_only:
            self.pane.tell("circle-check", self.tr("Nothing new"), told)
            return
        self.pane.tell(
            "circle-check",
            self.tr("Nothing new"),
            told,
            (self.tr("Sign as {0}").format(signer.name), "check", self.sign),
        )

    def _go(self, line: Line) -> None:
        if (due := line.of.due) is not None:
            self._desk.settling.emit(due)
        elif line.of.of.record is not None:
            self._desk.go_to(line.of.of.record)

    def _go_back(self) -> None:
        self._desk.go("matrix")

    def _changed(self, _kinds: frozenset[type[Any]]) -> None:
        if self.isVisible():
            self.refresh()

    def _lay_out(self) -> None:
        self.title.setText(self.tr("Weekly review"))
        self.title.setProperty("role", "title")
        self.told.setProperty("role", "muted")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.told)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(words, 1)
        head.addWidget(self.all, 0, Qt.AlignmentFlag.AlignTop)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 16, 16, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.pane, 1)
        for half in (left, self.signing):
            self.split.addWidget(half)
        self.split.setStretchFactor(0, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([720, 320])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
