"""A field that names one of the contacts: type any part of a name or role, or open the list."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.domain.errors import InvalidRecord


class PersonField(QComboBox):
    """Its value is a contact's id, or None for nobody; or the typed text itself, if that names no one person."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(12)
        line = self.lineEdit()
        assert line is not None  # it is editable
        line.setProperty("bare", True)
        line.setPlaceholderText(self.tr("nobody"))
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = completer.popup()
        assert popup is not None  # a completer makes its own
        popup.setProperty("part", "palette")  # a line around it, as around everything that lies above
        self.setCompleter(completer)
        line.textEdited.connect(self.changed)
        line.editingFinished.connect(self._settle)
        self.activated.connect(self.changed)
        self.addItem("", None)

    def offer(self, people: Iterable[Any]) -> None:
        """Let these be chosen from; what the field holds stays."""
        kept = self.value()
        self.clear()
        self.addItem("", None)
        self.setItemData(0, self.tr("nobody"), Qt.ItemDataRole.AccessibleTextRole)
        for person in people:
            self.addItem(label_of(person), person.id)
        self.set_value(kept)

    def value(self) -> Any:
        """The id of the person named; None for nobody; the text itself if it names no one person."""
        typed = " ".join(self.currentText().split())
        if not typed:
            return None
        if typed == self.itemText(self.currentIndex()):
            return self.currentData()  # of two who read the same, the one that was chosen
        at = self._row_of(typed)
        return self.itemData(at) if at >= 0 else typed

    def set_value(self, value: Any) -> None:
        """Show a person, nobody, or a text that was typed."""
        at = next((row for row in range(self.count()) if self.itemData(row) == value), -1)
        self.setCurrentIndex(at)
        if at < 0:
            self.setEditText(value or "")
        line = self.lineEdit()
        assert line is not None
        line.setCursorPosition(0)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()  # scrolling a form must not change what it passes over

    def _settle(self) -> None:
        """Spell out whom the typed part names, once the typing ends; the value was that person's already."""
        at = self._row_of(" ".join(self.currentText().split()))
        if at >= 0 and self.itemText(at) != self.currentText():
            self.setCurrentIndex(at)

    def _row_of(self, typed: str) -> int:
        """The row that reads so, else the only one that has it as a part; -1 if there is none."""
        folded = typed.casefold()
        if not folded:
            return 0
        labels = [self.itemText(row).casefold() for row in range(self.count())]
        if folded in labels:
            return labels.index(folded)
        having = [row for row, label in enumerate(labels) if folded in label]
        return having[0] if len(having) == 1 else -1


def choosable(known: Mapping[str, Contact], named: Collection[str | None]) -> list[Contact]:
    """Everybody in use, and those who are named already though they have left."""
    return [person for person in known.values() if person.retired is None or person.id in named]


def label_of(person: Any) -> str:
    """How a person stands in the list: “Ingrid Solberg · Delivery director”; a vendor by its name."""
    role = getattr(person, "role", "")
    return f"{person.name} · {role}" if role else str(person.name)


def person_of(value: str | None, known: Mapping[str, Contact]) -> str | None:
    """The id that a field's value is. Raises InvalidRecord if it is a text that names no one person."""
    if value is not None and value not in known:
        told = QCoreApplication.translate(
            "people", "Nobody is called just “{0}”; choose one person from the list, or add the contact first."
        )
        raise InvalidRecord(told.format(value))
    return value
