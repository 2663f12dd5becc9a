"""One note in the margin: what it says, what it took the place of, and what can be done with it."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from escplaybook.domain.annotations import Annotation
from escplaybook.ui.icons import dress
from escplaybook.ui.knowledge.notes import TOKENS, agreeing, body, heading
from escplaybook.ui.theme import Theme

EARLIER = "#earlier"


class NoteCard(QFrame):
    """`acts_wanted` carries the note's id and where on the screen a menu may open."""

    acts_wanted = Signal(str, QPoint)
    resized = Signal()

    def __init__(self, note: Annotation, before: Sequence[Annotation], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.note, self._before, self._theme = note, tuple(before), theme
        self.is_unfolded = self.is_found = False
        self.setAccessibleName(f"{heading(note)}: {note.text}")
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.label.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.label.linkActivated.connect(self._unfold)
        self.label.setToolTip(agreeing(note))
        self.acts = QToolButton(self)
        self.acts.setAutoRaise(True)
        self.acts.setAccessibleName(self.tr("What can be done with this note"))
        self.acts.setToolTip(self.acts.accessibleName())
        dress(self.acts, "ellipsis", theme, "muted")
        self.acts.clicked.connect(self._open_acts)
        side = QVBoxLayout()
        side.addWidget(self.acts)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(9), 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(self.label, 1)
        row.addLayout(side)
        self.tell()

    def tell(self) -> None:
        """Show the note as it is now, in the colours of the theme."""
        tokens = self._theme.tokens
        colour = getattr(tokens, TOKENS[self.note.kind])
        ground = tokens.soft if self.is_found else "transparent"
        self.setStyleSheet(
            f"NoteCard {{ border-left: {self._theme.px(3)}px solid {colour}; background: {ground}; }}"
            "NoteCard QLabel { background: transparent; }"
        )
        head = f"<span style='color: {colour}; font-weight: 600'>{html.escape(heading(self.note))}</span>"
        self.label.setText(f"{head}<br>{body(self.note, tokens.muted)}{self._earlier()}")

    def fit(self, width: int) -> None:
        """Take that width, and the height that it asks for."""
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None  # made above
        self.setFixedHeight(max(layout.heightForWidth(width), layout.minimumSize().height()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.acts_wanted.emit(self.note.id, event.globalPos())

    def unfold(self) -> None:
        """Show what this note took the place of."""
        self.is_unfolded = True
        self.tell()

    def _earlier(self) -> str:
        if not self._before:
            return ""
        tokens = self._theme.tokens
        one, many = self.tr("1 earlier note"), self.tr("{0} earlier notes").format(len(self._before))
        word = one if len(self._before) == 1 else many
        link = f"<br><a href='{EARLIER}' style='color: {tokens.accent}'>{word} {'▴' if self.is_unfolded else '▾'}</a>"
        if not self.is_unfolded:
            return link
        return link + "".join(
            f"<br><span style='color: {tokens.muted}'><s>{html.escape(heading(note))}</s><br>"
            f"{body(note, tokens.muted)}</span>"
            for note in self._before
        )

    def _unfold(self) -> None:
        self.is_unfolded = not self.is_unfolded
        self.tell()
        self.resized.emit()

    def _open_acts(self) -> None:
        self.acts_wanted.emit(self.note.id, self.acts.mapToGlobal(QPoint(0, self.acts.height())))
