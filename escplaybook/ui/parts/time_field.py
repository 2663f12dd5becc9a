"""An instant to be given: now, which moves on with the clock, or another one."""

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QPushButton, QWidget

from escplaybook.ui.icons import dress
from escplaybook.ui.theme import Theme
from escplaybook.ui.ticker import Clock
from escplaybook.ui.times import wall_clock


class TimeField(QWidget):
    """A button that says what time it is now; pressed, it makes room for another time, and for the way back.

    Its value is empty for now, else the instant as ISO 8601 text, which JSON can hold.
    """

    changed = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock, self._is_showing = clock, False
        self.button = QPushButton(self)
        self.button.clicked.connect(self._ask)
        self.edit = QDateTimeEdit(self)
        self.edit.setDisplayFormat("ddd d MMM yyyy HH:mm")
        self.edit.setCalendarPopup(True)
        self.edit.dateTimeChanged.connect(self._edited)
        self.back = QPushButton(self.tr("Now"), self)
        self.back.setToolTip(self.tr("Back to the present time (Esc)"))
        self.back.clicked.connect(self.step_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in self.parts():
            row.addWidget(widget)
        row.addStretch(1)
        self.set_value("")
        dress(self.button, "clock", theme, "muted")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)
        self.button.setAccessibleDescription(name)

    def parts(self) -> tuple[QWidget, ...]:
        """Everything that can be tabbed to, in order."""
        return self.button, self.edit, self.back

    def is_now(self) -> bool:
        """Whether it moves on with the clock."""
        return self.edit.isHidden()

    def at(self) -> datetime:
        """The instant, aware and UTC."""
        return self._clock() if self.is_now() else _instant_of(self.edit.dateTime())

    def value(self) -> Any:
        """The instant as text; empty for now."""
        return "" if self.is_now() else self.at().isoformat()

    def set_value(self, value: Any) -> None:
        """Show an instant given as text; empty for now."""
        self._is_showing = True
        if value:
            self.edit.setDateTime(QDateTime.fromSecsSinceEpoch(round(datetime.fromisoformat(value).timestamp())))
        for widget in (self.edit, self.back):
            widget.setVisible(bool(value))
        self.button.setVisible(not value)
        self.setFocusProxy(self.edit if value else self.button)
        self._is_showing = False
        self.tell()

    def tell(self) -> None:
        """Say what time it is now."""
        self.button.setText(self.tr("Now, {0}").format(wall_clock(self._clock())))

    def step_back(self) -> bool:
        """Back to the present time; tells whether it was another."""
        if self.is_now():
            return False
        self.set_value("")
        self.button.setFocus()
        self.changed.emit()
        return True

    def _ask(self) -> None:
        self.set_value(self._clock().replace(second=0, microsecond=0).isoformat())
        self.edit.setFocus(Qt.FocusReason.TabFocusReason)
        self.edit.setSelectedSection(QDateTimeEdit.Section.HourSection)
        self.changed.emit()

    def _edited(self) -> None:
        if not self._is_showing:
            self.changed.emit()


def _instant_of(moment: QDateTime) -> datetime:
    return datetime.fromtimestamp(moment.toSecsSinceEpoch(), UTC)
