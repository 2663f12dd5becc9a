"""What to change in the chosen contacts, and what it would make of each of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QListView, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from escplaybook.domain.bulk import Field, Planned, plan
from escplaybook.domain.contacts import Contact, Privacy
from escplaybook.domain.errors import PlaybookError
from escplaybook.services.changing_many import edits_of, reason_for
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.fields import ChoiceField, LineField, SuggestField, TagsField
from escplaybook.ui.parts.person_field import PersonField, choosable, person_of
from escplaybook.ui.parts.record_table import Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.prose_view import MARGIN


class ChangePanel(QFrame):
    """A field, its new value, the preview, and the button that writes it: one stroke, one undo."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._contacts: list[Contact] = []
        self._planned: list[Planned] = []
        self._known: Mapping[str, Contact] = {}
        self.setProperty("plane", "raised")
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.field = ChoiceField([(word, field) for field, word in self._words()], self)
        self.field.setAccessibleName(self.tr("What to change"))
        self.line, self.tags, self.person = SuggestField((), self), TagsField(self), PersonField(self)
        self.privacy = ChoiceField(
            [
                (self.tr("on paper and screen"), Privacy.PRINT),
                (self.tr("the team, on screen"), Privacy.TEAM),
                (self.tr("only this book"), Privacy.PRIVATE),
            ],
            self,
        )
        self.editors = QStackedWidget(self)
        for editor in (self.line, self.tags, self.person, self.privacy):
            editor.setAccessibleName(self.tr("New value"))
            self.editors.addWidget(editor)
            editor.changed.connect(self._plan)
        self.told = QLabel(self)
        self.told.setProperty("role", "small")
        self.told.setWordWrap(True)
        self.table: RecordTable[Planned] = RecordTable(Column(self.tr("Preview"), _spoken), parent=self)
        self.preview = QListView(self)
        self.preview.setModel(self.table)
        self.preview.setItemDelegate(RowDelegate(desk.theme, self._row_of, self.preview))
        self.preview.setFrameShape(QFrame.Shape.NoFrame)
        self.preview.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.preview.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.preview.setAccessibleName(self.tr("What would become of them"))
        self.change = QPushButton(self)
        self.change.setProperty("kind", "primary")
        dress(self.change, "check", desk.theme, "on_accent")
        self.change.clicked.connect(self._change)
        self.field.changed.connect(self._field_changed)
        self._lay_out()
        self._field_changed()

    def show_contacts(self, contacts: Sequence[Contact], known: Mapping[str, Contact]) -> None:
        """Work on these of all the `known` ones."""
        is_new = known is not self._known
        self._contacts, self._known = list(contacts), known
        if is_new:
            self._offer()
        self._plan()

    def _words(self) -> list[tuple[Field, str]]:
        tr = self.tr
        return [
            (Field.TEAM, tr("Team")),
            (Field.ORGANISATION, tr("Organisation")),
            (Field.ROLE, tr("Role")),
            (Field.ZONE, tr("Time zone")),
            (Field.HOURS, tr("Hours")),
            (Field.COUNTRY, tr("Country")),
            (Field.DEPUTY, tr("Deputy")),
            (Field.LANGUAGES, tr("Languages")),
            (Field.TAG_ADDED, tr("Add a tag")),
            (Field.TAG_REMOVED, tr("Take a tag away")),
            (Field.PRIVACY, tr("Who may see every number and address")),
            (Field.PRIVACY_OF_PHONES, tr("Who may see numbers")),
        ]

    def _wanted(self) -> Field:
        """The field to change; Qt gives a member of an enumeration back as text."""
        return Field(self.field.value())

    def _editor(self) -> Any:
        match self._wanted():
            case Field.DEPUTY:
                return self.person
            case Field.LANGUAGES:
                return self.tags
            case Field.PRIVACY | Field.PRIVACY_OF_PHONES:
                return self.privacy
            case _:
                return self.line

    def _field_changed(self) -> None:
        self.editors.setCurrentWidget(self._editor())
        self.line.set_value("")
        self._offer()
        self._plan()

    def _offer(self) -> None:
        """Offer the values that contacts have already."""
        self.person.offer(choosable(self._known, ()))
        field = self._wanted()
        in_use = [one for one in self._known.values() if one.retired is None]
        if field in (Field.TAG_ADDED, Field.TAG_REMOVED):
            self.line.suggest(sorted({tag for one in in_use for tag in one.tags}, key=str.casefold))
        elif self._editor() is self.line:
            self.line.suggest(sorted({getattr(one, field.value) for one in in_use} - {""}, key=str.casefold))

    def _plan(self) -> None:
        """What would become of each, as it is typed."""
        field, value = self._wanted(), self._editor().value()
        value = Privacy(value) if self._editor() is self.privacy else value
        trouble = ""
        if field is Field.DEPUTY:
            try:
                value = person_of(value, self._known)
            except PlaybookError as error:
                trouble, value = str(error), None
        is_asked = bool(value) or (isinstance(self._editor(), LineField) and self._editor().isModified())
        self._planned = [] if trouble else plan(self._contacts, field, value, self._known)
        changes = [one for one in self._planned if one.is_change] if is_asked or field is Field.DEPUTY else []
        count = len(self._contacts)
        self.heading.setText(
            self.tr("Choose contacts in the table")
            if not count
            else self.tr("Change 1 contact")
            if count == 1
            else self.tr("Change {0} contacts").format(f"{count:,}")
        )
        self.told.setText(trouble or self._tell(len(changes)))
        self.table.show([one for one in self._planned if (one.is_change and one in changes) or one.refusal])
        self.change.setEnabled(bool(changes) and not self._desk.book.read_only)
        self.change.setText(self.tr("Change {0}").format(f"{len(changes):,}") if changes else self.tr("Change"))

    def _tell(self, count: int) -> str:
        if not self._contacts:
            return self.tr("Ctrl and Shift choose several, Ctrl+A all that are shown.")
        refused = sum(1 for one in self._planned if one.refusal)
        stay = len(self._contacts) - count - refused
        told = self.tr("{0} would change, {1} stay as they are.").format(f"{count:,}", f"{stay:,}")
        return told + (self.tr(" {0} are left out.").format(refused) if refused else "")

    def _change(self) -> None:
        edits = edits_of(self._planned, self._desk.now())
        if edits:
            self._desk.apply(reason_for(self._wanted(), len(edits)), *edits)

    def _row_of(self, one: Planned) -> Row:
        if one.refusal:
            return Row(one.contact.name, None, "", ((one.refusal, "warn"),))
        return Row(one.contact.name, None, "", ((f"{one.was or '–'} → {one.will_be or '–'}", "muted"),))

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(MARGIN), px(20), px(16), px(16))
        column.setSpacing(8)
        for widget in (self.heading, self.field, self.editors, self.told, self.change):
            column.addWidget(widget)
        column.addWidget(self.preview, 1)
        self.editors.setMaximumHeight(self.line.sizeHint().height() + 4)
        self.setMinimumWidth(px(260))


def _spoken(one: Planned) -> str:
    return f"{one.contact.name}: {one.refusal or f'{one.was} → {one.will_be}'}"
