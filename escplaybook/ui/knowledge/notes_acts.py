"""What mentors do in the reading pane: write beside a passage, agree, answer, mend, supersede, retire, place."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QUrl, QUrlQuery
from PySide6.QtGui import QAction, QCursor, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from escplaybook.domain.anchors import Anchor, anchor_at, found
from escplaybook.domain.annotations import Annotation, AnnotationKind, answered, endorsed, superseded
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.naming import named
from escplaybook.prose.passages import texts_of
from escplaybook.services.annotating import Selection, note_beside, put_beside
from escplaybook.ui.desk import Desk
from escplaybook.ui.drafts import Draft
from escplaybook.ui.icons import dress
from escplaybook.ui.knowledge.notes import SCHEME, kind_name
from escplaybook.ui.knowledge.notes_form import NoteForm
from escplaybook.ui.knowledge.notes_margin import NotesMargin
from escplaybook.ui.prose_view import ProseView

BY_KEYS = Qt.TextInteractionFlag.TextSelectableByKeyboard


@dataclass(frozen=True, slots=True)
class Writing:
    """What is being written: a note beside a passage, or `how` (edit, answer, supersede) something to that note."""

    entry: Entry
    how: str
    field: str
    anchor: Anchor
    note: Annotation | None = None


class NoteActs(QObject):
    """Keeps what is being written, and turns what a person wants into edits."""

    def __init__(self, desk: Desk, view: ProseView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._entry: Entry | None = None
        self._notes: dict[str, Annotation] = {}
        self._writing: Writing | None = None
        self._placing = ""
        self._pressed_on: Selection | None = None
        self._draft = Draft(desk, "note", self)
        is_writable = not desk.book.read_only
        self.form = NoteForm(desk.theme, view.viewport())
        self.margin = NotesMargin(view, desk.theme, self.form, is_writable=is_writable)
        self.beside = QPushButton(view.viewport())
        self.beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys have Ctrl+M
        self.beside.hide()
        self.menu = QMenu(view)
        self._connect(is_writable)

    def show_notes(self, entry: Entry, notes: Sequence[Annotation]) -> None:
        """The view shows this entry now, and these are its notes; what was being written on it is there again."""
        self._notes = {note.id: note for note in notes}
        is_another = self._entry is None or self._entry.id != entry.id
        self._entry = entry
        self.margin.show_notes(entry, notes)
        if is_another:
            self._put_aside()
            self._take_up(entry)

    def write_beside(self) -> None:
        """Write a note beside the selected passage; without one, let the keys select it."""
        at = self._selected()
        if self._entry is None or self._desk.book.read_only:
            return
        if at is None:
            self._select_by_keys()
        elif self._placing:
            self._place(self._placing, at)
        else:
            anchor = anchor_at(texts_of(self._entry)(at.field), at.start, at.end)
            self._open(Writing(self._entry, "new", at.field, anchor), {})

    def save(self) -> bool:
        """Store what is being written; tells whether anything was."""
        if self._writing is None:
            return False
        try:
            reason, edits = self._edits(self._writing, self.form.values())
        except PlaybookError as error:
            self._desk.trouble(error)
            return True
        self._close()
        if self._desk.apply(reason, *edits) is None:
            self._draft.keep()
        else:
            self._draft.drop()
        self._view.setFocus()
        return True

    def step_out(self) -> bool:
        """Give up what is being written, or the choosing of a passage; tells whether there was any."""
        was_at_it = self._writing is not None or bool(self._placing) or self._is_by_keys()
        if self._writing is not None:
            values = self.form.values()
            self._draft.keep()
            kept = self._writing
            self._close()
            if values["text"]:
                self._desk.say(self.tr("Your note was not stored."), self.tr("Go on writing"), _Again(self, kept).open)
            else:
                self._draft.drop()
        self._stop_choosing()
        if was_at_it:
            self._view.setFocus()
        return was_at_it

    def open_menu(self, note_id: str, at: QPoint) -> None:
        """Offer what can be done with a note."""
        note = self._notes.get(note_id)
        if note is None or self._desk.book.read_only:
            return
        self.menu.clear()
        for word, act in self._offers(note):
            action = QAction(word, self.menu)
            action.setData((act, note.id))
            self.menu.addAction(action)
        self.menu.popup(at)

    def do(self, act: str, note_id: str) -> None:
        """Do one of what `open_menu` offers."""
        note = self._notes[note_id]
        now, by = self._desk.now(), self._desk.author
        try:
            match act:
                case "agree":
                    self._apply(self.tr("Agree with {0}"), note, endorsed(note, by, now))
                case "retire":
                    self._apply(self.tr("Retire {0}"), note, replace(note, retired=now, updated=now))
                case "place":
                    self._begin_placing(note)
                case _:
                    self._open(Writing(self._entry_of(note), act, note.field, note.anchor, note), _begun(note, act))
        except PlaybookError as error:
            self._desk.trouble(error)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press forgets the selection, and a link that is pressed may want it; a release ends selecting."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._pressed_on = self._selected()
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._offer()
        return super().eventFilter(watched, event)

    def _connect(self, is_writable: bool) -> None:
        view = self._view
        self.margin.acts_wanted.connect(self.open_menu)
        self.menu.triggered.connect(self._chosen)
        self.form.save_wanted.connect(self.save)
        self.form.cancel_wanted.connect(self.step_out)
        self.form.changed.connect(self._typed)
        self.beside.clicked.connect(self.write_beside)
        view.anchorClicked.connect(self._follow)
        if is_writable:
            view.selectionChanged.connect(self._offer)
            view.verticalScrollBar().valueChanged.connect(self._offer)
            view.viewport().installEventFilter(self)
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(self._open_context)

    def _selected(self) -> Selection | None:
        cursor = self._view.textCursor()
        passages = self.margin.passages
        return passages.selection(cursor) if passages is not None and cursor.hasSelection() else None

    def _offer(self) -> None:
        """Show the small button below a selection, once the mouse has let go of it."""
        is_dragging = bool(QApplication.mouseButtons() & Qt.MouseButton.LeftButton)
        if is_dragging or self._writing is not None or self._selected() is None:
            self.beside.hide()
            return
        self.beside.setText(self.tr("Put the note here") if self._placing else self.tr("Note beside this"))
        self.beside.setToolTip("Ctrl+M")
        dress(self.beside, "message-square", self._desk.theme)
        self.beside.adjustSize()
        cursor = self._view.textCursor()
        end = QTextCursor(cursor)
        end.setPosition(cursor.selectionEnd())
        box, whole = self._view.cursorRect(end), self._view.viewport().width()
        self.beside.move(max(0, min(box.left(), whole - self.beside.width())), box.bottom() + self._desk.theme.px(4))
        self.beside.show()
        self.beside.raise_()

    def _open_context(self, at: QPoint) -> None:
        menu = self._view.createStandardContextMenu(at)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._selected() is not None:
            menu.addSeparator()
            menu.addAction(self.tr("Note beside this"), self.write_beside)
        menu.popup(self._view.viewport().mapToGlobal(at))

    def _offers(self, note: Annotation) -> list[tuple[str, str]]:
        offers = [
            (self.tr("Agree"), "agree"),
            (self.tr("Answer …"), "answer"),
            (self.tr("Edit …"), "edit"),
            (self.tr("Write a newer one in its place …"), "supersede"),
            (self.tr("Put it at another passage …"), "place"),
            (self.tr("Retire"), "retire"),
        ]
        by = self._desk.author
        has_said = note.author == by or any(one.by == by for one in note.endorsements)
        return offers[1:] if has_said else offers

    def _chosen(self, action: QAction) -> None:
        self.do(*action.data())

    def _follow(self, link: QUrl) -> None:
        if link.scheme() != SCHEME or link.path() not in self._notes or self._desk.book.read_only:
            return
        if QUrlQuery(link).toString() == "place":
            if self._pressed_on is not None:
                self._place(link.path(), self._pressed_on)
            else:
                self._begin_placing(self._notes[link.path()])
        else:
            is_by_mouse = self._view.viewport().underMouse()
            self.open_menu(
                link.path(),
                QCursor.pos() if is_by_mouse else self._view.mapToGlobal(self._view.cursorRect().bottomLeft()),
            )

    def _begin_placing(self, note: Annotation) -> None:
        at = self._selected()
        if at is not None:
            self._place(note.id, at)
            return
        self._placing = note.id
        self._select_by_keys()

    def _place(self, note_id: str, at: Selection) -> None:
        note = self._notes[note_id]
        self._stop_choosing()
        after = put_beside(note, self._entry_of(note), at, self._desk.now())
        self._apply(self.tr("Put {0} at another passage"), note, after)

    def _select_by_keys(self) -> None:
        """Let the arrow keys select in the text, from the top of what is seen."""
        if not self._is_by_keys():
            self._view.setTextInteractionFlags(self._view.textInteractionFlags() | BY_KEYS)
            self._view.setTextCursor(self._view.cursorForPosition(QPoint(0, 0)))
        self._view.setFocus()
        self._desk.say(self.tr("Select the passage, with the mouse or Shift and the arrow keys, and press Ctrl+M."))

    def _is_by_keys(self) -> bool:
        return bool(self._view.textInteractionFlags() & BY_KEYS)

    def _stop_choosing(self) -> None:
        self._placing, self._pressed_on = "", None
        if self._is_by_keys():
            self._view.setTextInteractionFlags(self._view.textInteractionFlags() & ~BY_KEYS)
        cursor = self._view.textCursor()
        cursor.clearSelection()
        self._view.setTextCursor(cursor)
        self.beside.hide()

    def _open(self, writing: Writing, values: dict[str, Any]) -> None:
        self._stop_choosing()
        self._writing = writing
        self._draft.begin(writing.entry.id)
        name = kind_name(writing.note.kind) if writing.note is not None else ""
        title, act = {
            "new": (self.tr("Beside “{0}”").format(_short(writing.anchor.quote)), self.tr("Put it in the margin")),
            "edit": (self.tr("Edit the note"), self.tr("Save")),
            "answer": (self.tr("Answer to “{0}”").format(name), self.tr("Answer")),
            "supersede": (self.tr("In place of “{0}”").format(name), self.tr("Put it in its place")),
        }[writing.how]
        self.form.open(title, act, values, is_answer=writing.how == "answer")
        self.margin.show_form(writing.field, writing.anchor)
        self.form.text.setFocus()

    def _close(self) -> None:
        self._writing = None
        self.margin.hide_form()

    def _typed(self) -> None:
        if self._writing is not None:
            writing = self._writing
            what = {"how": writing.how, "field": writing.field, "anchor": asdict(writing.anchor)}
            what["note"] = writing.note.id if writing.note is not None else ""
            self._draft.note(self.form.values() | what)
            self.margin.place()

    def _put_aside(self) -> None:
        """Another entry is shown; what was typed is kept as a draft."""
        self._draft.keep()
        self._close()
        self._stop_choosing()

    def _take_up(self, entry: Entry) -> None:
        """Go on with the note that was being written on this entry."""
        kept = self._draft.kept(entry.id)
        if kept is None or self._desk.book.read_only:
            return
        values = kept[1]
        note = self._notes.get(values["note"])
        if values["how"] == "new" or note is not None:
            focused = QApplication.focusWidget()
            self._open(Writing(entry, values["how"], values["field"], Anchor(**values["anchor"]), note), values)
            if focused is not None:
                focused.setFocus()

    def go_on(self, writing: Writing) -> None:
        """Open again what was given up."""
        if self._entry is not None and self._entry.id == writing.entry.id:
            self._take_up(self._entry)
            self.form.text.setFocus()

    def _edits(self, writing: Writing, values: dict[str, Any]) -> tuple[str, list[Edit]]:
        """What the stroke is called, and its edits. Raises InvalidRecord if nothing is said."""
        now, by, note = self._desk.now(), self._desk.author, writing.note
        said = {"kind": AnnotationKind(values["kind"]), "applies_when": values["applies_when"]}
        if note is None:
            entry = self._entry or writing.entry
            start = found(writing.anchor, texts_of(entry)(writing.field))
            if start is None:
                raise InvalidRecord(
                    self.tr("The passage is gone meanwhile; your note is kept. Copy it, and select another passage.")
                )
            at = Selection(writing.field, start, start + len(writing.anchor.quote))
            new = note_beside(entry, at, now, text=values["text"], author=by, **said)
            return self.tr("Note on {0}").format(named(entry)), [Edit(None, new)]
        if writing.how == "answer":
            return self.tr("Answer {0}").format(named(note)), [Edit(note, answered(note, by, now, values["text"]))]
        if writing.how == "supersede":
            older, newer = superseded(note, new_id(now), values["text"], by, now, **said)
            return self.tr("Supersede {0}").format(named(note)), [Edit(None, newer), Edit(note, older)]
        return self.tr("Edit {0}").format(named(note)), [
            Edit(note, replace(note, text=values["text"], updated=now, **said))
        ]

    def _apply(self, reason: str, before: Annotation, after: Annotation) -> None:
        self._desk.apply(reason.format(named(before)), Edit(before, after))

    def _entry_of(self, note: Annotation) -> Entry:
        assert self._entry is not None  # its notes are shown
        assert self._entry.id == note.entry
        return self._entry


class _Again:
    """The act of going on with a note, as a bound method that the message bar can hold."""

    def __init__(self, acts: NoteActs, writing: Writing) -> None:
        self._acts, self._writing = acts, writing

    def open(self) -> None:
        self._acts.go_on(self._writing)


def _begun(note: Annotation, how: str) -> dict[str, Any]:
    """What the form begins with."""
    if how == "answer":
        return {}
    return {"kind": str(note.kind), "applies_when": note.applies_when, "text": note.text}


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
