"""Keying in a paper form: one screen whose fields stand in the order and have the numbers of the printed boxes."""

from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from escplaybook.domain.blockers import BlockerState
from escplaybook.domain.classification import Severity
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.form_kinds import ANY, CALL_TREE, CODES, INTAKE, UPDATE
from escplaybook.domain.forms import Form
from escplaybook.domain.programme import Programme, deployments_of, stages_of
from escplaybook.services import keying_forms
from escplaybook.services.call_lists import call_trees, numbered
from escplaybook.services.keying_forms import KeyedForm, Unkeyed
from escplaybook.services.sheets.forms import intake_of, update_of
from escplaybook.store.programme import programme
from escplaybook.ui.blockers.keying_fields import BoxRows, called_rows, rows_of
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.fields import ChoiceField
from escplaybook.ui.parts.plain_page import PlainPage

NAME = "keying"
DRAFTS = "forms being keyed in"

_NARROW = 860
"""A pane narrower than this has its sections one below the other."""


class KeyingPage(PlainPage):
    """The form is chosen by its id, as it stands at the top of the paper; what is typed is kept until it is stored."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form: Form | None = None
        self._first = 0
        self._sections: list[BoxRows] = []
        self.back = QPushButton(self.tr("Back to the blockers"), self)
        dress(self.back, "arrow-left", desk.theme)
        self.back.clicked.connect(self._leave)
        self.form = ChoiceField((), self)
        self.form.setMinimumContentsLength(24)
        self.form.setAccessibleName(self.tr("Which form, by the id at its top"))
        self.form.changed.connect(self._form_chosen)
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        self.store = QPushButton(self.tr("Key in"), self)
        self.store.setProperty("kind", "primary")
        self.store.setToolTip(self.tr("Ctrl+S"))
        dress(self.store, "check", desk.theme, "on_accent")
        self.store.clicked.connect(self.save)
        self._lay_out()

    # what the window asks of every page

    def place(self) -> Place:
        """Where in the page one is: which form is keyed in."""
        return Place(NAME, str(self.form.value() or ""))

    def show_place(self, place: Place) -> None:
        """Offer the forms as the book asks for them now, and go on with that one."""
        self._offer(place.record or str(self.form.value() or ""))
        self.enter()

    def save(self) -> None:
        """Store what the form says, if every box can be read; else say below each what is wrong."""
        if not self.store.isEnabled():
            return
        try:
            keyed = self._keyed()
        except Unkeyed as error:
            self._tell_wrong(dict(error.boxes))
            words = self.tr("Nothing was stored: below the boxes stands what cannot be read in them.")
            self._desk.trouble(PlaybookError(words))
            return
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._tell(keyed)

    def step_out(self) -> bool:
        """Back to the blockers; what was typed is kept."""
        self._leave()
        return True

    def step(self, by: int) -> None:
        """Go to the next box."""
        self.focusNextPrevChild(by > 0)

    def enter(self) -> None:
        """Go to the first box."""
        self.panes()[-1].setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        first = next((field for rows in self._sections for field in rows.fields.values()), self.store)
        return [self.form, first]

    # inside

    def _offer(self, wanted: str) -> None:
        found = programme(self._desk.book)
        self.form.clear()
        for severity in (None, *Severity):
            name = str(severity) if severity else self.tr("any severity")
            form = intake_of(found, severity, None, "")
            self.form.addItem(self.tr("Intake, {0} · {1}").format(name, form.id), f"{CODES[INTAKE]}-{severity or ANY}")
        self.form.addItem(self.tr("Update · {0}").format(update_of(found, None).id), CODES[UPDATE])
        for first, where in call_trees(self._desk.memory):
            named = f"{CODES[CALL_TREE]}-{first}"
            self.form.addItem(self.tr("Call tree, {0} · {1}").format(where, named), named)
        self.form.setCurrentIndex(max(self.form.findData(wanted), 0))
        self._show()

    def _form_chosen(self) -> None:
        self._show()
        self.moved.emit(self.place())

    def _show(self) -> None:
        """The boxes of the form that is chosen, with what was typed before."""
        for rows in self._sections:
            rows.hide()
            rows.deleteLater()
        code = str(self.form.value())
        self._sections = self._made(code)
        for rows in self._sections:
            rows.changed.connect(self._typed)
        draft = self._desk.memory.recall(DRAFTS, {}).get(self._draft_name(), {})
        for number, field in self._fields().items():
            if str(number) in draft:
                field.set_value(draft[str(number)])
        self._place()
        order = [self.form, *self._fields().values(), self.store, self.back]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self._judge()
        self.store.setEnabled(bool(self._sections) and not self._desk.book.read_only)

    def _made(self, code: str) -> list[BoxRows]:
        found, desk = programme(self._desk.book), self._desk
        if code.startswith(CODES[CALL_TREE]):
            self._form = None
            self._first, lines = numbered(desk.memory, found, int(code.rpartition("-")[2]), desk.now().date())
            self.told.setText(self.tr("By the numbers of the lines; numbers that are nobody’s any more are left out."))
            return called_rows(lines, desk.theme, self.body)
        if code == CODES[UPDATE]:
            self._form = update_of(found, None)
        else:
            severity = code.rpartition("-")[2]
            self._form = intake_of(found, Severity(severity) if severity != ANY else None, None, "")
        self.told.setText(self.tr("Box by box, by the numbers on the paper. What nobody wrote stays empty."))
        words = _suggested(found)
        return [rows_of(section, words, desk.theme, self.body) for section in self._form.sections]

    def _fields(self) -> dict[int, Any]:
        return {number: field for rows in self._sections for number, field in rows.fields.items()}

    def _answers(self) -> dict[int, str]:
        return {number: str(field.value()) for number, field in self._fields().items() if field.value()}

    def _draft_name(self) -> str:
        return self._form.id if self._form is not None else f"{CODES[CALL_TREE]}-{self._first}"

    def _typed(self) -> None:
        self._keep(self._answers())
        self._judge()

    def _judge(self) -> None:
        """Say below the severity what the answers come to."""
        if self._form is None or self._form.kind != INTAKE:
            return
        given = keying_forms.judged(self._desk.book, self._form, self._answers(), self._desk.now())
        number = next(box.number for box in self._form.boxes if box.name == "severity")
        words = self.tr("By the answers it is {0}: {1}").format(given.severity, given.fired.sentence) if given else ""
        next(rows for rows in self._sections if number in rows.fields).tell(number, words)

    def _keep(self, answers: dict[int, str]) -> None:
        drafts = self._desk.memory.recall(DRAFTS, {})
        drafts[self._draft_name()] = {str(number): said for number, said in answers.items()}
        self._desk.memory.remember(DRAFTS, {name: said for name, said in drafts.items() if said})

    def _keyed(self) -> KeyedForm:
        desk = self._desk
        if self._form is not None:
            blocker = keying_forms.store(desk.book, self._form, self._answers(), desk.now(), author=desk.author)
            return KeyedForm(self._form.kind, blocker)
        lines = "\n".join(f"{number} {said}" for number, said in self._answers().items())
        results = keying_forms.key_in_calls(desk.book, desk.memory, lines, desk.now(), author=desk.author)
        return KeyedForm(CALL_TREE, results=results)

    def _tell(self, keyed: KeyedForm) -> None:
        self._keep({})
        if keyed.blocker is not None:
            name = f"{keyed.blocker.key} “{keyed.blocker.title}”"
            words = self.tr("Raised {0}") if keyed.kind == INTAKE else self.tr("Update written down at {0}")
            self._desk.say(words.format(name))
            self._desk.go("blockers", keyed.blocker.id)
            return
        assert keyed.results is not None  # a form is one or the other
        count, lines = keyed.results.count, list(self._answers())
        self._tell_wrong({lines[at - 1]: why for at, why in keyed.results.unread})
        told = self.tr("1 result keyed in") if count == 1 else self.tr("{0} results keyed in")
        self._desk.say(told.format(count), self.tr("Undo"), self._desk.undo)
        if not keyed.results.unread:
            self._show()

    def _tell_wrong(self, wrong: dict[int, str]) -> None:
        for rows in self._sections:
            rows.tell_wrong(wrong)
        first = next((field for number, field in self._fields().items() if number in wrong), None)
        if first is not None:
            first.setFocus()
            self.sheet.ensureWidgetVisible(first)

    def _place(self) -> None:
        """The first half of the boxes at the left, the others at the right; in order, whatever the width."""
        count, placed = len(self._fields()), 0
        for half in self._halves:
            while half.count():
                half.takeAt(0)
        for rows in self._sections:
            self._halves[placed * 2 + len(rows.fields) > count].addWidget(rows)
            rows.show()  # a layout would show it only after the keys were given to a field of it
            placed += len(rows.fields)
        for half in self._halves:
            half.addStretch(1)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self._desk.theme.px(_NARROW)
        across, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(below if is_narrow else across)

    def _leave(self) -> None:
        self._desk.go("blockers")

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        self.setAutoFillBackground(True)
        self.body, self.sheet = QFrame(), QScrollArea(self)
        self.body.setProperty("plane", "raised")
        self.sheet.setWidgetResizable(True)
        self.sheet.setFrameShape(QFrame.Shape.NoFrame)
        self.sheet.setWidget(self.body)
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(px(24), px(8), px(24), px(16))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(32))
        self._halves = (QVBoxLayout(), QVBoxLayout())
        for half in self._halves:
            half.setSpacing(0)
            self._columns.addLayout(half, 1)
        inner.addLayout(self._columns)
        inner.addStretch(1)
        title = QLabel(self.tr("Key in a paper form"), self)
        title.setProperty("role", "title")
        head = QHBoxLayout()
        for widget in (title, self.form, self.store, self.back):
            head.addWidget(widget)
        head.insertStretch(2, 1)
        top = QFrame(self)
        top.setProperty("plane", "raised")
        above = QVBoxLayout(top)
        above.setContentsMargins(px(24), px(16), px(24), px(4))
        above.addLayout(head)
        above.addWidget(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.sheet, 1)


def _suggested(found: Programme) -> dict[str, list[str]]:
    """What is offered while a box is typed into, by the name of its field."""
    at_hand = [one for one in found.blockers if one.retired is None and one.state is not BlockerState.RESOLVED]
    return {
        "deployment": [f"{one.key} {one.name}" for one in deployments_of(found)],
        "stage": stages_of(found, None),
        "system": sorted({one.system for one in found.blockers if one.system}),
        "taken_by": sorted(one.name for one in found.contacts.values() if one.retired is None),
        "blocker": [f"{one.key} {one.title}" for one in at_hand],
    }
