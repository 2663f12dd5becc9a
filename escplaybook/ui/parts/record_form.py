"""The frame around every form: heading, Save and Cancel, and what is kept of the typing."""

import json
from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.markdown_field import MarkdownField
from escplaybook.ui.parts.record_offer import RecordOffer
from escplaybook.ui.prose_view import COLUMN, MARGIN


class RecordForm(QFrame):
    """Edits one kind of record. Each kind says which fields it has and how record and fields become each other.

    `before` is the record edited, None for a new one. `save_wanted`, `cancel_wanted`: what a person decided.
    """

    changed = Signal()
    save_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._as_shown: dict[str, Any] = {}
        self.before: Any = None
        self.setProperty("plane", "raised")
        self.heading = QLabel(self)
        self.heading.setProperty("role", "title")
        self.heading.setWordWrap(True)
        self.save = QPushButton(self.tr("Save"), self)
        self.save.setProperty("kind", "primary")
        self.save.setToolTip(self.tr("Ctrl+S"))
        dress(self.save, "check", desk.theme, "on_accent")
        self.save.clicked.connect(self.save_wanted)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setToolTip(self.tr("Esc"))
        self.cancel.clicked.connect(self.cancel_wanted)
        self.kept = QLabel(self)
        self.kept.setProperty("role", "small")
        self._form: Form | None = None
        self.offer = RecordOffer(desk, self)
        self.kept.setWordWrap(True)
        self.kept.hide()
        self._lay_out()
        desk.theme.changed.connect(self._follow_theme)
        self._follow_theme()

    @property
    def form(self) -> Form:
        """The fields; made when they are first wanted, as most records are only read."""
        if self._form is None:
            self._form = Form(self._desk.theme, self)
            self._form.written.connect(self.take_in)
            self.build_fields(self._form)
            self._form.changed.connect(self.changed)
            self._inner_column.insertWidget(0, self._form)
            self._follow_theme()
        return self._form

    def take_in(self, field: MarkdownField) -> None:
        """Serve a field for Markdown: offer records to link to, tell what it refuses."""
        field.refused.connect(self._refuse)
        self.offer.watch(field)

    @abstractmethod
    def build_fields(self, form: Form) -> None:
        """Ask for every field, in order."""

    @abstractmethod
    def values_of(self, record: Any) -> dict[str, Any]:
        """A record's fields as the form holds them and JSON can keep them; of None, those of a new record."""

    @abstractmethod
    def record_of(self, values: dict[str, Any], before: Any, now: datetime) -> Any:
        """The record those fields describe: `before` with them changed, or a new one. Raises InvalidRecord."""

    @abstractmethod
    def title_of(self, record: Any) -> str:
        """What stands above the form; `record` is None for a new one."""

    def show_record(self, record: Any) -> None:
        """Edit that record."""
        self._begin(record, self.values_of(record))

    def show_new(self, title: str = "") -> None:
        """Write a new one; `title` fills the first field."""
        self._begin(None, self.values_of(None))
        if title:
            next(iter(self.form.fields.values())).set_value(title)

    def show_draft(self, values: dict[str, Any]) -> None:
        """Go on with what was typed and not saved."""
        self.form.show_values({name: value for name, value in values.items() if name in self.form.fields})

    def take_up(self, values: dict[str, Any], base: dict[str, Any]) -> list[str]:
        """Put what was typed on top of what is shown now; returns the fields that others have changed as well.

        `base` is what the form showed when it was typed: fields left as they were then follow the record.
        """
        fresh, typed, begun = _plain(self._as_shown), _plain(values), _plain(base)
        mine = {name: value for name, value in typed.items() if not begun or value != begun.get(name)}
        self.show_draft(mine)
        theirs = {name for name, value in fresh.items() if begun and value != begun.get(name)}
        return [name for name, value in mine.items() if name in theirs and value != fresh[name]]

    def base(self) -> dict[str, Any]:
        """What the form showed before anything was typed."""
        return self._as_shown

    def tell(self, text: str) -> None:
        """Say quietly what is kept of the typing."""
        self.kept.setText(text)
        self.kept.setVisible(bool(text))

    def values(self) -> dict[str, Any]:
        """What the fields hold, as JSON can keep it."""
        return self.form.values()

    def is_changed(self) -> bool:
        """Whether saving would change anything."""
        return self.values() != self._as_shown

    def record(self, now: datetime) -> Any:
        """The record as the form has it. Raises InvalidRecord, and marks the field that is to be mended."""
        self.form.complain()
        try:
            return self.record_of(self.values(), self.before, now)
        except PlaybookError:
            self.form.complain(self.field_at_fault())
            raise

    def edits_of(self, before: Any, record: Any, now: datetime) -> Sequence[Edit]:
        """What is stored in one stroke; more than the record where a kind brings others with it."""
        del now
        return (Edit(before, record),)

    def files(self) -> Sequence[bytes]:
        """The bytes of files that are attached and not in the book yet; most kinds have none."""
        return ()

    def field_at_fault(self) -> str:
        """The name of the field that makes the record impossible; the first unless a kind knows better."""
        return next(iter(self.form.fields))

    def first_field(self) -> QWidget:
        """The field where writing begins."""
        field: QWidget = next(iter(self.form.fields.values()))
        return field

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.offer.close()

    def _refuse(self, sentence: str) -> None:
        self._desk.trouble(PlaybookError(sentence))

    def _begin(self, before: Any, values: dict[str, Any]) -> None:
        self.before = before
        self.heading.setText(self.title_of(before))
        self.form.complain()
        self.form.show_values(values)
        self._as_shown = self.values()
        self.tell("")
        self.area.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        self.area = QScrollArea(self)
        self.area.setProperty("plane", "raised")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = self._inner = QWidget()
        self._inner_column = QVBoxLayout(inner)
        self._inner_column.addStretch(1)
        self.area.setWidget(inner)
        head = self._head = QFrame(self)
        head.setProperty("line", "below")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.heading)
        words.addWidget(self.kept)
        row = QHBoxLayout(head)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.area, 1)

    def _follow_theme(self) -> None:
        px = self._desk.theme.px
        self._head.setMinimumHeight(px(68))  # room for what is kept, so that the first key moves nothing
        for widget, above, under in ((self._head, 8, 8), (self._inner, 16, 32)):
            layout = widget.layout()
            if layout is not None:
                layout.setContentsMargins(px(MARGIN), px(above), px(MARGIN), px(under))
        if self._form is not None:
            self._form.setMaximumWidth(px(COLUMN + 100))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON gives it back, so that what was kept and what is shown can be compared."""
    plain: dict[str, Any] = json.loads(json.dumps(values))
    return plain
