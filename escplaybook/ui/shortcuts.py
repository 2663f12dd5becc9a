"""The list of shortcuts that `?` shows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from escplaybook.ui.commands import Command


class Shortcuts(QDialog):
    """Keys and what they do, two columns; any key closes it."""

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        title = QLabel(self.tr("Everything without a mouse"), self)
        title.setProperty("role", "lead")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        shown = [command for command in commands if command.keys]
        half = (len(shown) + 1) // 2
        for number, command in enumerate(shown):
            row, side = number % half, number // half
            key = QLabel(command.shown_keys(), self)
            key.setProperty("role", "key")
            grid.addWidget(key, row, side * 3, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(QLabel(command.words, self), row, side * 3 + 1)
        grid.setColumnMinimumWidth(2, 24)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(16)
        column.addWidget(title)
        column.addLayout(grid)
