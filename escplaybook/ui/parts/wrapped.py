"""Words that wrap where their pane ends, however long."""

import re

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_LONG = re.compile(r"(\w{24})(?=\w{6})")


class WrappedLabel(QLabel):
    """Words that wrap at the label's largest width; Qt itself asks only how high they are in the whole pane's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # no word keeps the pane wide
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(min(width, self.maximumWidth()))


def breakable(text: str) -> str:
    """The text with a place to break in words that are longer than a line of a narrow pane."""
    return _LONG.sub("\\1\N{ZERO WIDTH SPACE}", text)
