"""One number in large type, whose it is, what hangs on it, and the keys that say what came of calling it."""

from collections.abc import Callable
from urllib.parse import quote

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.contacts import Contact, PointKind, zone_named
from escplaybook.domain.hours import is_open
from escplaybook.domain.numbers import dialled, fault_of, is_number, number_of
from escplaybook.domain.verification import Check, is_stale, proof_words
from escplaybook.services.verifying import How
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.asking import Asking
from escplaybook.ui.parts.fields import ChoiceField, SuggestField
from escplaybook.ui.parts.flow import FlowLayout
from escplaybook.ui.parts.wrapped import WrappedLabel, breakable
from escplaybook.ui.prose_view import COLUMN, MARGIN


class Card(QFrame):
    """The signals say what a person found: `reached`, `failed` with the reason, `corrected` with the new value and
    whether it was proved; or that they go on or back.
    """

    reached = Signal()
    failed = Signal(str)
    corrected = Signal(str, bool)
    skip_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.check: Check | None = None
        self.setProperty("plane", "raised")
        self.setProperty("part", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.place, self.why, self.dial, self.proof, self.clock, self.fault = (WrappedLabel(self) for _ in range(6))
        self.name, self.number = WrappedLabel(self), WrappedLabel(self)
        self.how = self._make_how()
        self.buttons = self._make_buttons()
        self.asking_why, self.reason = self._ask_why()
        self.asking_new, self.value = self._ask_new()
        self._lay_out()
        desk.theme.changed.connect(self._fit)
        desk.ticker.minute.connect(self.tell)

    def show_check(self, check: Check, place: str) -> None:
        """Show a point; `place` says which of how many it is."""
        self.check = check
        self.asking_why.hide()
        self.asking_new.hide()
        self.place.setText(place)
        self.how.set_value(How.MAIL if check.point.kind is PointKind.EMAIL else How.CALL)
        is_mail = check.point.kind is PointKind.EMAIL
        self.opener.setText(self.tr("Write a mail (M)") if is_mail else self.tr("Dial it here (M)"))
        self.opener.setVisible(bool(self._address()))
        self.tell()

    def tell(self) -> None:
        """Say how it stands at this minute."""
        check = self.check
        if check is None:
            return
        holder, point, now = check.holder, check.point, self._desk.now()
        post = (holder.role, holder.organisation, holder.team) if isinstance(holder, Contact) else (check.level,)
        country = holder.country if isinstance(holder, Contact) else ""
        self.name.setText(breakable(holder.name))
        self.why.setText(" · ".join(word for word in (check.importance.words, *post) if word))
        self.number.setText(breakable(point.value))
        self.number.setAccessibleName(f"{point.kind} {point.value}")
        dial = dialled(point, country, self._desk.here)
        words = (point.label or str(point.kind), self.tr("dial {0}").format(dial) if dial else "")
        self.dial.setText(" · ".join(word for word in words if word))
        self.proof.setText(proof_words(point, check.importance, now.date()))
        _set_role(self.proof, "warn" if is_stale(point, check.importance, now.date()) else "small")
        self.clock.setText(self._clock(holder.zone, point.hours or holder.hours))
        self.fault.setText(fault_of(point, country))
        self.fault.setVisible(bool(self.fault.text()))
        told = (holder.name, point.label or str(point.kind), point.value, self.proof.text(), self.why.text())
        self.setAccessibleName(", ".join(word for word in told if word))

    def ask_reason(self) -> None:
        """Ask why it was not reached."""
        self.asking_new.hide()
        self.asking_why.show()
        self.reason.set_value("")
        self.reason.setFocus()

    def ask_value(self) -> None:
        """Ask what the number is now."""
        self.asking_why.hide()
        self.asking_new.show()
        self.value.set_value(self.check.point.value if self.check is not None else "")
        self.value.setFocus()
        self.value.selectAll()

    def open_address(self) -> None:
        """Open a mail to the address or hand the number to this machine's telephone, because somebody asked for it."""
        if address := self._address():
            QDesktopServices.openUrl(QUrl(address))

    def leave_asking(self) -> bool:
        """Close what is being asked; tells whether anything was."""
        was_open = self.asking_why.leave() or self.asking_new.leave()
        if was_open:
            self.setFocus()
        return was_open

    def _clock(self, zone: str, hours: str) -> str:
        local = self._desk.now().astimezone(zone_named(zone))
        told = self.tr("{0} there ({1})").format(f"{local:%H:%M}", zone.rpartition("/")[2].replace("_", " "))
        if not hours:
            return self.tr("{0} · may be called at any time").format(told)
        words = self.tr("{0} · reachable now, {1}") if is_open(hours, local) else self.tr("{0} · off duty now, {1}")
        return words.format(told, hours)

    def _address(self) -> str:
        if self.check is None:
            return ""
        point, holder = self.check.point, self.check.holder
        if point.kind is PointKind.EMAIL:
            return f"mailto:{quote(point.value, safe='@')}"
        number = number_of(point.value, getattr(holder, "country", "")) if is_number(point) else None
        return number.uri if number is not None else ""

    def _reason_given(self) -> None:
        self.setFocus()
        self.failed.emit(self.reason.value() or self.tr("no answer"))

    def _value_given(self) -> None:
        self.setFocus()
        self.corrected.emit(self.value.value(), True)

    def _value_only(self) -> None:
        self.setFocus()
        self.corrected.emit(self.value.value(), False)

    def _make_how(self) -> ChoiceField:
        words = (
            (self.tr("called"), How.CALL),
            (self.tr("mailed"), How.MAIL),
            (self.tr("by chat"), How.CHAT),
            (self.tr("in person"), How.IN_PERSON),
        )
        return ChoiceField(words, self)

    def _make_buttons(self) -> list[QPushButton]:
        """What can be said of the number, each with the key that says it."""
        self.reach = self._button(self.tr("Reached (R)"), "check", ("R",), self.reached.emit)
        self.reach.setProperty("kind", "primary")
        dress(self.reach, "check", self._desk.theme, "on_accent")
        self.fail = self._button(self.tr("Not reached (N)"), "x", ("N",), self.ask_reason)
        self.mend = self._button(self.tr("Correct it (C)"), "pencil", ("C",), self.ask_value)
        self.skip = self._button(self.tr("Skip (S)"), "chevron-right", ("S",), self.skip_wanted.emit)
        self.back = self._button(self.tr("Back (B)"), "arrow-left", ("B", "Backspace"), self.back_wanted.emit)
        self.opener = self._button(self.tr("Dial it here (M)"), "external-link", ("M",), self.open_address)
        return [self.reach, self.fail, self.mend, self.skip, self.back, self.opener]

    def _button(self, words: str, icon: str, keys: tuple[str, ...], act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        dress(button, icon, self._desk.theme)
        button.clicked.connect(act)
        for key in keys:
            shortcut = QShortcut(QKeySequence(key), self.parentWidget() or self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        return button

    def _ask_why(self) -> tuple[Asking, SuggestField]:
        asking = Asking(self._desk, "check", self)
        words = (self.tr("no answer"), self.tr("engaged"), self.tr("no longer in service"), self.tr("somebody else"))
        field = SuggestField(words, asking)
        field.setPlaceholderText(", ".join(words))
        field.returnPressed.connect(self._reason_given)
        asking.ask(self.tr("Why it was not reached"), field, self.tr("Note it"))
        asking.done.connect(self._reason_given)
        asking.left.connect(self.setFocus)
        return asking, field

    def _ask_new(self) -> tuple[Asking, SuggestField]:
        asking = Asking(self._desk, "check", self)
        field = SuggestField((), asking)
        field.returnPressed.connect(self._value_given)
        asking.ask(self.tr("The number or address as it is now"), field, self.tr("Correct, and it works"))
        self.only = QPushButton(self.tr("Correct; still to be proved"), asking)
        self.only.clicked.connect(self._value_only)
        layout = asking.layout()
        if layout is not None:
            layout.addWidget(self.only)
        asking.done.connect(self._value_given)
        asking.left.connect(self.setFocus)
        return asking, field

    def _lay_out(self) -> None:
        for label, role in ((self.place, "muted"), (self.why, "muted"), (self.dial, "muted"), (self.clock, "small")):
            label.setProperty("role", role)
        self.name.setProperty("role", "title")
        self.number.setProperty("role", "display")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fault.setProperty("role", "warn")
        how = QLabel(self.tr("How it is tried"), self)
        how.setProperty("role", "small")
        how.setBuddy(self.how)
        self.how.setAccessibleName(self.tr("How it is tried"))
        self.how.setMaximumWidth(self._desk.theme.px(200))
        acts = FlowLayout()
        for button in self.buttons:
            acts.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        for label in (self.place, self.name, self.why, self.clock):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._column.addWidget(label)
        self._column.addSpacing(16)
        for label in (self.number, self.dial, self.proof, self.fault):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._column.addWidget(label)
        self._column.addSpacing(16)
        self._column.addWidget(how)
        self._column.addWidget(self.how)
        self._column.addSpacing(8)
        self._column.addLayout(acts)
        self._column.addWidget(self.asking_why)
        self._column.addWidget(self.asking_new)
        self._column.addStretch(1)
        self._fit()

    def _fit(self) -> None:
        px = self._desk.theme.px
        self._column.setContentsMargins(px(MARGIN), px(20), px(MARGIN), px(20))
        for asking in (self.asking_why, self.asking_new):
            asking.setMaximumWidth(px(COLUMN))


def _set_role(label: QLabel, role: str) -> None:
    label.setProperty("role", role)
    label.style().unpolish(label)
    label.style().polish(label)
