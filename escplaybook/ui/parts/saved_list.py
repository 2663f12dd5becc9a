"""Saved searches in the rail, below the pages: each with how much it finds; renamed and removed where they stand."""

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QMenu, QScrollArea, QVBoxLayout, QWidget

from escplaybook.ui.parts.rail_button import RailButton, Stop
from escplaybook.ui.theme import Theme


class SavedList(QWidget):
    """`chosen` and `removed` carry the name of a search, `renamed` the old name and the new one."""

    chosen = Signal(str)
    renamed = Signal(str, str)
    removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.buttons: dict[str, SavedButton] = {}
        self.line: NameLine | None = None
        heading = QLabel(self.tr("Saved searches"), self)
        heading.setProperty("role", "small")
        heading.setContentsMargins(8, 8, 0, 2)
        inner = QWidget(self)
        inner.setProperty("plane", "surface")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setProperty("plane", "surface")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self._area = area
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addWidget(area, 1)
        self.hide()

    def show_searches(self, searches: Sequence[tuple[str, str]]) -> None:
        """List these, each by its name and its text."""
        self._stop_naming()
        for button in self.buttons.values():
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for name, text in searches:
            button = SavedButton(Stop(name, name, "bookmark"), text, self._theme, self)
            button.clicked.connect(self._clicked)
            button.rename_wanted.connect(self._rename)
            button.remove_wanted.connect(self._remove)
            self._column.insertWidget(self._column.count() - 1, button)
            self.buttons[name] = button
        self.setVisible(bool(searches))

    def show_counts(self, counts: Mapping[str, str]) -> None:
        """How much each finds, by its name."""
        for name, told in counts.items():
            if name in self.buttons:
                self.buttons[name].set_note(told)

    def name_anew(self, name: str) -> None:
        """Let somebody type another name where the search stands; Return takes it, Escape leaves the old one."""
        self._stop_naming()
        button, before = self.buttons[name], self.window().focusWidget()
        self.line = NameLine(name, before, self)
        self.line.setAccessibleName(self.tr("Name of the saved search"))
        self.line.named.connect(self._named)
        self.line.left.connect(self._stop_naming)
        self._column.insertWidget(self._column.indexOf(button), self.line)
        button.hide()
        self.line.show()
        self._area.ensureWidgetVisible(self.line)
        self.line.setFocus()
        self.line.selectAll()

    def _named(self) -> None:
        line = self.line
        if line is None:
            return
        old, new = line.old, line.text()
        self._stop_naming()
        if new.strip() and new != old:
            self.renamed.emit(old, new)

    def _stop_naming(self) -> None:
        line, self.line = self.line, None
        if line is None:
            return
        if (button := self.buttons.get(line.old)) is not None:
            button.show()
        had_focus = line.hasFocus()
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        if had_focus and line.before is not None:
            line.before.setFocus()

    def _clicked(self) -> None:
        self.chosen.emit(self._pressed())

    def _rename(self) -> None:
        self.name_anew(self._pressed())

    def _remove(self) -> None:
        self.removed.emit(self._pressed())

    def _pressed(self) -> str:
        button = self.sender()
        assert isinstance(button, SavedButton)
        return button.stop.page


class SavedButton(RailButton):
    """Return or a click searches; F2 renames, Delete removes, and so does the menu."""

    rename_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, stop: Stop, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(stop, theme, parent)
        self.setCheckable(False)
        self._text = text
        self.set_note("")

    def set_note(self, note: str) -> None:
        """How much it finds."""
        super().set_note(note)
        told = self.tr("{0}\n{1}\nF2 renames it, Delete removes it").format(self.stop.word, self._text)
        self.setToolTip(told)
        found = self.tr("finds {0}").format(note) if note else ""
        self.setAccessibleDescription(", ".join(filter(None, (found, self._text))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_F2:
                self.rename_wanted.emit()
            case Qt.Key.Key_Delete:
                self.remove_wanted.emit()
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Rename")).triggered.connect(self.rename_wanted)
        menu.addAction(self.tr("Remove")).triggered.connect(self.remove_wanted)
        menu.popup(event.globalPos())


class NameLine(QLineEdit):
    """Another name for the search called `old`; `before` is what had the keys."""

    named = Signal()
    left = Signal()

    def __init__(self, old: str, before: QWidget | None, parent: QWidget) -> None:
        super().__init__(old, parent)
        self.old, self.before = old, before

    def event(self, event: QEvent) -> bool:
        is_asked = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_asked and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()  # else the window would step out of its page
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.named.emit()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.named.emit()
