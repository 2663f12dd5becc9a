"""One quiet line of facts, with the severity's mark in front."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from escplaybook.domain.classification import MARKS, Severity
from escplaybook.ui.marks import mark_pixmap
from escplaybook.ui.theme import SMALL, Theme


class FactsLine(QWidget):
    """◆ S1  KB-0142  Go-live · Identity · external."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._severity: Severity | None = None
        self._mark, self._code, self.key, self.facts = (QLabel(self) for _ in range(4))
        for label in (self.key, self.facts):
            label.setProperty("role", "small")
        self.facts.setWordWrap(True)
        self._code.setContentsMargins(0, 0, 8, 0)
        self.key.setContentsMargins(0, 0, 8, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for label in (self._mark, self._code, self.key):
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.facts, 1, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._follow_theme)

    def tell(self, severity: Severity | None, key: str, *facts: str) -> None:
        """Show these; empty facts are passed over."""
        self._severity = severity
        self.key.setText(key)
        self.facts.setText(" · ".join(fact for fact in facts if fact))
        self._follow_theme()

    def _follow_theme(self) -> None:
        severity = self._severity
        self._mark.setVisible(severity is not None)
        self._code.setVisible(severity is not None)
        if severity is None:
            return
        colour = self._theme.severity_color(severity).name()
        self._mark.setPixmap(mark_pixmap(severity, colour, self._theme.px(12), self.devicePixelRatioF()))
        self._mark.setAccessibleName(MARKS[severity])
        self._code.setText(severity.value)
        self._code.setStyleSheet(f"color: {colour}; font-weight: 600; font-size: {self._theme.px(SMALL)}px;")
