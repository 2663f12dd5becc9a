"""The quiet row of buttons above a form in which Markdown is written: they act on the field that is written in."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget

from escplaybook.ui.icons import dress
from escplaybook.ui.parts import markdown_keys
from escplaybook.ui.parts.markdown_field import MarkdownField
from escplaybook.ui.theme import Theme

PREVIEW_KEYS = "Ctrl+Shift+P"


class EditorBar(QFrame):
    """`entered` carries each Markdown field as somebody begins to write in it."""

    entered = Signal(object)
    picture_wanted = Signal()

    def __init__(self, theme: Theme, form: QWidget) -> None:
        super().__init__(form)
        self._theme, self._form = theme, form
        self.field: MarkdownField | None = None
        self.setProperty("line", "below")
        self.setAccessibleName(self.tr("Writing"))
        self.buttons = {act.name: self._act_button(act) for act in markdown_keys.ACTS}
        self.picture = self._button("image", self.tr("Picture from a file …"))
        self.picture.clicked.connect(self.picture_wanted)
        self.template = self._button("bookmark", self.tr("Keep these texts as a template"))
        self.template.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.preview = self._button("eye", self.tr("Preview ({0})").format(PREVIEW_KEYS), self.tr("Preview"))
        self.preview.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(22), 2, theme.px(22), 2)
        row.setSpacing(0)
        for button in (*self.buttons.values(), self.picture):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.template)
        row.addWidget(self.preview)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]
        self._follow(None, None)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, MarkdownField) and self._form.isAncestorOf(now):
            self.field = now
            self.entered.emit(now)
        for button in (*self.buttons.values(), self.picture):
            button.setEnabled(self.field is not None)

    def _run(self, act: markdown_keys.Act) -> None:
        if self.field is not None:
            self.field.run(act)

    def _act_button(self, act: markdown_keys.Act) -> QPushButton:
        said = {
            "bold": self.tr("Bold"),
            "italic": self.tr("Italic"),
            "code": self.tr("Code"),
            "list": self.tr("List"),
            "link": self.tr("Link"),
            "table": self.tr("Table"),
        }[act.name]
        button = self._button(act.icon, f"{said} ({act.keys})")
        button.clicked.connect(partial(self._run, act))
        return button

    def _button(self, icon: str, said: str, word: str = "") -> QPushButton:
        button = QPushButton(word, self)
        button.setProperty("kind", "quiet")
        button.setToolTip(said)
        button.setAccessibleName(said)
        if not word:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps the keys; each act has one
        dress(button, icon, self._theme, "muted")
        return button
