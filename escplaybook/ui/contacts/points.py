"""The numbers and addresses of a contact as a field of its form; what nobody can dial is told while it is typed."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.numbers import fault_of
from escplaybook.ui.parts.rows_field import Part, RowsField, Words
from escplaybook.ui.theme import Theme


class PointsField(RowsField):
    """Rows of points. `country_of` says where numbers without a country code are dialled."""

    def __init__(
        self,
        parts: Sequence[Part],
        words: Words,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        key: str = "",
        across: bool = False,
    ) -> None:
        self.country_of: Callable[[], str] = str
        super().__init__(parts, words, theme, parent, key=key, across=across)
        self.faults = QLabel(self)
        self.faults.setProperty("role", "warn")
        self.faults.setWordWrap(True)
        self._column.addWidget(self.faults)
        self.changed.connect(self.tell_faults)
        self.tell_faults()

    def set_value(self, value: Sequence[dict[str, Any]]) -> None:
        super().set_value(value)
        self.tell_faults()

    def tell_faults(self) -> None:
        """Say of every row what nobody can dial; it is kept as it is written all the same."""
        points = (ContactPoint(PointKind(row["kind"]), row["value"]) for row in self.value())
        told = [fault for point in points if (fault := fault_of(point, self.country_of().upper()))]
        self.faults.setText("\n".join(told))
        self.faults.setVisible(bool(told))
