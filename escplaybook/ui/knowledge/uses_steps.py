"""Ticking a remedy through: each step with what it needs, what to expect and the way back; a tick keeps its instant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.knowledge import Entry, Step
from escplaybook.domain.uses import Tick
from escplaybook.store.knowledge import notes_on
from escplaybook.ui.desk import Desk
from escplaybook.ui.drafts import Draft
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.fields import LineField
from escplaybook.ui.parts.flow import FlowLayout
from escplaybook.ui.parts.wrapped import WrappedLabel, breakable
from escplaybook.ui.prose_view import COLUMN, MARGIN
from escplaybook.ui.times import exact, said


class StepRow(QWidget):
    """One step. `changed` follows a tick and every word of evidence."""

    changed = Signal()

    def __init__(
        self, desk: Desk, number: int, step: Step, tick: Tick | None, notes: Sequence[Annotation], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self.number, self.step = desk, number, step
        self._at = tick.at if tick is not None else None
        self._action = _read(step.action)
        self.box = QCheckBox(str(number), self)
        self.box.setAccessibleName(self.tr("Step {0}: {1}").format(number, self._action))
        self.box.setMinimumWidth(desk.theme.px(38))  # room for two figures, so that the steps stand in line
        self.box.setChecked(tick is not None)
        self.evidence = LineField(self)
        self.evidence.setAccessibleName(self.tr("What was seen after step {0}").format(number))
        self.evidence.setPlaceholderText(self.tr("What was seen (the evidence)"))
        self.evidence.set_value(tick.evidence if tick is not None else "")
        self.when = QLabel(self)
        self.when.setProperty("role", "small")
        self._lay_out(notes)
        self.box.toggled.connect(self._toggled)
        self.evidence.changed.connect(self.changed)
        self.tell_when()

    def tick(self) -> Tick | None:
        """The tick, or None while the step is not done."""
        if self._at is None:
            return None
        return Tick(self.number, self.step.action, self._at, self.evidence.value())

    def tell_when(self) -> None:
        """Say how long ago it was ticked."""
        self.when.setText(said(self._at, self._desk.now()) if self._at is not None else "")
        self.when.setToolTip(exact(self._at) if self._at is not None else "")
        self.when.setVisible(self._at is not None)

    def _lay_out(self, notes: Sequence[Annotation]) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.box, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._words(self._action, ""), 0, 1)
        parts = (
            (self.tr("Needs"), self.step.precondition),
            (self.tr("Expect"), self.step.expected),
            (self.tr("Roll back"), self.step.rollback),
        )
        for word, text in parts:
            if text:
                grid.addWidget(self._words(f"{word}: {_read(text)}", "small"), grid.rowCount(), 1)
        for note in notes:
            told = f"{note.kind.capitalize()}: {note.text} – {note.author}"
            grid.addWidget(self._words(told, "warn"), grid.rowCount(), 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.evidence, 1)
        below.addWidget(self.when)
        grid.addLayout(below, grid.rowCount(), 1)

    def _toggled(self) -> None:
        self._at = self._desk.now() if self.box.isChecked() else None
        self.tell_when()
        self.changed.emit()

    def _words(self, text: str, role: str) -> QLabel:
        label = WrappedLabel(self)
        label.setText(breakable(text))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label


@dataclass(frozen=True, slots=True)
class Kept:
    """Ticks of an entry that no use was recorded of yet, and when the last one was set."""

    at: datetime
    ticks: tuple[Tick, ...]


class StepsPane(QFrame):
    """The steps of one entry. `finished` asks to record a use, `left` to go back to the text; ticks stay kept."""

    finished = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._draft = Draft(desk, "ticks", self)
        self.entry: Entry | None = None
        self.rows: list[StepRow] = []
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.finish = self._button(self.tr("Finish …"), "circle-check", "primary")
        self.leave = self._button(self.tr("Back to the text"), "book-open")
        self.again = self._button(self.tr("Start over"), "undo-2")
        self.finish.clicked.connect(self.finished)
        self.leave.clicked.connect(self.left)
        self.again.clicked.connect(self.start_over)
        self._list = QWidget(self)
        self._rows = QVBoxLayout(self._list)
        self._lay_out()
        desk.ticker.minute.connect(self._tell_when)
        desk.theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.hide()

    def kept(self, entry: Entry) -> Kept | None:
        """The ticks kept for an entry that still fit its steps; None if there are none."""
        found = self._draft.kept(entry.id)
        ticks = tuple(_fitting(entry, map(_tick, found[1]["ticks"]))) if found is not None else ()
        return Kept(found[0], ticks) if found is not None and ticks else None

    def open(self, entry: Entry) -> None:
        """Tick through `entry`, going on from the ticks that were kept."""
        self.entry = entry
        kept = self.kept(entry)
        self._draft.begin(entry.id)
        self._show({tick.number: tick for tick in kept.ticks} if kept is not None else {})
        self.show()
        self.focus_target().setFocus()

    def follow(self, entry: Entry) -> None:
        """The entry was changed meanwhile; ticks of steps that read as before stay."""
        if self.entry is not None and self.entry.id == entry.id and self.entry.steps != entry.steps:
            ticks = {tick.number: tick for tick in _fitting(entry, self.ticks())}
            self.entry = entry
            self._show(ticks)

    def ticks(self) -> tuple[Tick, ...]:
        """The ticks set, in the order of the steps."""
        return tuple(tick for row in self.rows if (tick := row.tick()) is not None)

    def start_over(self) -> None:
        """Take every tick off."""
        self._draft.drop()
        self._show({})
        self.focus_target().setFocus()

    def close_steps(self) -> None:
        """Leave; what was ticked stays kept."""
        self._draft.keep()
        self.entry = None
        self.hide()

    def done(self) -> None:
        """A use was recorded with the ticks; they are needed no more."""
        self._draft.drop()
        self.entry = None
        self.hide()

    def focus_target(self) -> QWidget:
        """The first step that is not done yet."""
        undone = (row.box for row in self.rows if row.tick() is None)
        return next(undone, self.finish)

    def _show(self, ticks: Mapping[int, Tick]) -> None:
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        steps = self.entry.steps if self.entry is not None else ()
        notes = notes_on(self._desk.book, self.entry.id) if self.entry is not None else []
        self.rows = [
            StepRow(self._desk, number, step, ticks.get(number), _about(step, notes), self._list)
            for number, step in enumerate(steps, start=1)
        ]
        for row in self.rows:
            row.changed.connect(self._changed)
            self._rows.insertWidget(self._rows.count() - 2, row)
        self._tell()

    def _changed(self) -> None:
        self._tell()
        ticks = self.ticks()
        if ticks:
            self._draft.note({"ticks": [_plain(tick) for tick in ticks]})
            self._draft.keep()
        else:
            self._draft.drop()

    def _tell(self) -> None:
        done = len(self.ticks())
        self.count.setText(self.tr("{0} of {1} steps done").format(done, len(self.rows)))
        self.again.setVisible(done > 0)

    def _tell_when(self) -> None:
        for row in self.rows:
            row.tell_when()

    def _follow_theme(self) -> None:
        px = self._desk.theme.px
        self._rows.setContentsMargins(px(MARGIN), px(12), px(MARGIN), px(24))
        self._rows.setSpacing(px(20))
        self.count.setMinimumHeight(self.finish.sizeHint().height())  # in line with the buttons before it
        self._list.setMaximumWidth(px(COLUMN + 2 * MARGIN))

    def _button(self, word: str, icon: str, kind: str = "") -> QPushButton:
        button = QPushButton(word, self)
        button.setProperty("kind", kind)
        dress(button, icon, self._desk.theme, "on_accent" if kind == "primary" else "text")
        return button

    def _lay_out(self) -> None:
        foot = QWidget(self._list)
        across = FlowLayout()
        foot.setLayout(across)
        for widget in (self.finish, self.leave, self.again, self.count):
            across.addWidget(widget)
        self._rows.addWidget(foot)
        self._rows.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setProperty("plane", "raised")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)


def _read(markdown: str) -> str:
    """A line of Markdown as a label shows it: labels would fetch the pictures that a text names."""
    from escplaybook.prose.entries import plain_text  # 40 ms, needed when somebody ticks

    return plain_text(markdown).strip()


def _about(step: Step, notes: Iterable[Annotation]) -> list[Annotation]:
    """The mentors' notes whose passage stands in this step."""
    parts = (step.action, step.precondition, step.expected, step.rollback)
    said_here = "\n".join(_read(part) for part in parts)
    return [note for note in notes if note.is_in_use and note.field == "steps" and note.quote in said_here]


def _fitting(entry: Entry, ticks: Iterable[Tick]) -> Iterable[Tick]:
    """The ticks whose step the entry still has, word for word, under the number it has now."""
    numbers = {step.action: number for number, step in enumerate(entry.steps, start=1)}
    for tick in ticks:
        is_there = tick.number <= len(entry.steps) and entry.steps[tick.number - 1].action == tick.action
        number = tick.number if is_there else numbers.get(tick.action)
        if number is not None:
            yield replace(tick, number=number)


def _plain(tick: Tick) -> dict[str, Any]:
    return {"number": tick.number, "action": tick.action, "at": tick.at.isoformat(), "evidence": tick.evidence}


def _tick(kept: Mapping[str, Any]) -> Tick:
    return Tick(kept["number"], kept["action"], datetime.fromisoformat(kept["at"]), kept["evidence"])
