"""What a mentor types, in the margin at the passage: a note, a newer one in its place, an answer."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.annotations import AnnotationKind
from escplaybook.ui.icons import dress
from escplaybook.ui.knowledge.notes import kind_name
from escplaybook.ui.parts.fields import ChoiceField, LineField
from escplaybook.ui.parts.markdown_field import MarkdownField
from escplaybook.ui.theme import Theme


class NoteForm(QFrame):
    """Kind, when it applies, and the text. `changed` follows every key, `save_wanted` Ctrl+Enter or the button."""

    changed = Signal()
    save_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("line", "around")
        self.setProperty("plane", "raised")  # it may lie over the text
        self.title = QLabel(self)
        self.title.setProperty("role", "small")
        self.kind = ChoiceField([(kind_name(kind), kind) for kind in AnnotationKind], self)
        self.applies_when = LineField(self)
        self.text = MarkdownField(theme, self, lines=4)
        self.save = QPushButton(self)
        self.save.setProperty("kind", "primary")
        self.save.setToolTip(QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText))
        dress(self.save, "check", theme, "on_accent")
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setToolTip(self.tr("Esc"))
        self._own: list[QWidget] = []
        self._lay_out()
        for field in (self.kind, self.applies_when, self.text):
            field.changed.connect(self.changed)
        self.text.document().documentLayout().documentSizeChanged.connect(self.adjustSize)
        self.save.clicked.connect(self.save_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            wanted = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            wanted.activated.connect(self.save_wanted)
        self.hide()

    def open(self, title: str, act: str, values: dict[str, Any], *, is_answer: bool = False) -> None:
        """Ask for a note, beginning with these values; for an answer only its text is asked."""
        self.title.setText(title)
        self.save.setText(act)
        dress(self.save, "check", self._theme, "on_accent")
        for widget in self._own:
            widget.setVisible(not is_answer)
        self.kind.set_value(AnnotationKind(values.get("kind", AnnotationKind.CAUTION)))
        self.applies_when.set_value(values.get("applies_when", ""))
        self.text.set_value(values.get("text", ""))
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.show()

    def values(self) -> dict[str, Any]:
        """What was typed, as JSON can hold it."""
        kind = str(self.kind.value())
        return {"kind": kind, "applies_when": self.applies_when.value(), "text": self.text.value()}

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        px = self._theme.px
        column.setContentsMargins(px(12), px(8), px(12), px(12))
        column.setSpacing(px(4))
        column.addWidget(self.title)
        for word, field, is_own in (
            (self.tr("Kind"), self.kind, True),
            (self.tr("Applies when"), self.applies_when, True),
            (self.tr("What others should know"), self.text, False),
        ):
            label = QLabel(word, self)
            label.setProperty("role", "small")
            label.setBuddy(field)
            field.setAccessibleName(word)
            column.addWidget(label)
            column.addWidget(field)
            self._own += [label, field] if is_own else []
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column.addSpacing(px(4))
        column.addLayout(row)
