"""What a playbook is about before one opens it: its chapters, how far somebody is, and how to begin."""

import html
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.domain.playbooks import Playbook
from escplaybook.domain.readings import Outline, next_chapter, waiting_of
from escplaybook.services import reading_playbooks
from escplaybook.services.reading_playbooks import ReadingPath
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.flow import FlowLayout
from escplaybook.ui.playbooks.begin_form import BeginForm
from escplaybook.ui.playbooks.told import chapter_rows, outgrown, since, standing, who_asks
from escplaybook.ui.prose_view import ProseView
from escplaybook.ui.theme import TITLE

CHAPTER = "chapter-"
"""How the target of a link to a chapter begins; its number follows."""


class Cover(QFrame):
    """Shows a playbook, or a reading of it. `open_wanted` carries the file of a chapter, empty for the next one.

    `begun` carries reader and mentor, `mentor_chosen` who is to be the mentor now, `question_wanted` the key of a
    question; `removed` says that a playbook of one's own is to be taken off the shelf.
    """

    open_wanted = Signal(str)
    begun = Signal(str, str)
    mentor_chosen = Signal(str)
    question_wanted = Signal(str)
    print_wanted = Signal()
    history_wanted = Signal()
    retire_wanted = Signal()
    removed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._outline = Outline("", "", "", ())
        self._people: Sequence[Contact] = ()
        self._path: ReadingPath | None = None
        self.setProperty("plane", "raised")
        self.go_on = QPushButton(self)
        self.go_on.setProperty("kind", "primary")
        self.go_on.clicked.connect(self._open_next)
        self.begin = QPushButton(self.tr("Start reading"), self)
        self.look = QPushButton(self.tr("Look through it"), self)
        self.print = QPushButton(self.tr("Print"), self)
        self.history = QPushButton(self.tr("History"), self)
        self.mentor = QPushButton(self.tr("Mentor …"), self)
        self.mentor.setAccessibleName(self.tr("Change the mentor"))
        self.retire = QPushButton(self.tr("Stop reading"), self)
        self.remove = QPushButton(self.tr("Take off the shelf"), self)
        buttons = (
            (self.begin, "plus", self.ask_who),
            (self.look, "book-open", self._open_next),
            (self.print, "printer", self.print_wanted.emit),
            (self.history, "history", self.history_wanted.emit),
            (self.mentor, "user", self.ask_mentor),
            (self.retire, "archive", self.retire_wanted.emit),
            (self.remove, "x", self.removed.emit),
        )
        for button, icon, act in buttons:
            dress(button, icon, desk.theme)
            button.clicked.connect(act)
        self.form = BeginForm(desk, self)
        self.form.begun.connect(self.begun)
        self.form.changed.connect(self.mentor_chosen)
        self.form.left.connect(self.step_out)
        self.text = ProseView(desk.theme, self, headings={1: TITLE})
        self.text.setAccessibleName(self.tr("The playbook"))
        self.text.inner_wanted.connect(self._follow)
        self.text.record_wanted.connect(self.question_wanted)
        self._lay_out()

    def show_playbook(self, playbook: Playbook, people: Sequence[Contact], *, is_own: bool) -> None:
        """Show what the playbook is about; offer these people, and if it is one's own, to take it off the shelf."""
        self.remove.setVisible(is_own)
        self._outline, self._people, self._path = reading_playbooks.outline(playbook), people, None
        facts = (playbook.role, playbook.stage, self.tr("version {0}").format(playbook.version or "–"))
        self._show(None, " · ".join(filter(None, facts)), playbook.summary)

    def show_reading(self, path: ReadingPath, people: Sequence[Contact]) -> None:
        """Show how far somebody is with it."""
        self.remove.hide()
        self._outline, self._people, self._path = path.outline, people, path
        now = self._desk.now()
        mentor = reading_playbooks.mentor_of(self._desk.book, path.reading)
        self._show(path, since(path.reading, mentor), standing(path, now))

    def ask_who(self) -> None:
        """Ask who reads and with whom."""
        if not self._desk.book.read_only and not self.begin.isHidden():
            self.form.open(self._people)

    def ask_mentor(self) -> None:
        """Ask who is to be the mentor from now on."""
        if self._path is not None:
            reading = self._path.reading
            self.form.open(self._people, reading.mentor_contact or reading.mentor, is_change=True)

    def step_out(self) -> bool:
        """Leave the form; tells whether it was open."""
        was_open = not self.form.isHidden()
        self.form.hide()
        if was_open:
            self.focus_target().setFocus()
        return was_open

    def focus_target(self) -> QWidget:
        """What takes the keys."""
        if not self.form.isHidden():
            return self.form.mentor
        return self.text if self.go_on.isHidden() and self.begin.isHidden() else self._first_button()

    def _first_button(self) -> QPushButton:
        return self.begin if self.go_on.isHidden() else self.go_on

    def _show(self, path: ReadingPath | None, facts: str, told: str) -> None:
        is_writable, is_there = not self._desk.book.read_only, path is None or path.playbook is not None
        self.form.hide()
        following = next_chapter(path.reading, path.outline) if path is not None else None
        self.go_on.setVisible(path is not None and is_there)
        word = self.tr("Read it again")
        if path is not None and path.reading.signed_off is None:
            word = self.tr("Go on: {0}").format(_short(following.title)) if following else self.tr("To the sign-off")
        self.go_on.setText(word)
        dress(self.go_on, "arrow-right", self._desk.theme, "on_accent")
        self.begin.setVisible(path is None and is_writable)
        self.look.setVisible(path is None)
        self.print.setVisible(is_there)
        self.history.setVisible(path is not None)
        is_open = path is not None and is_writable and path.reading.signed_off is None
        is_stopped = path is not None and path.reading.retired is not None
        self.mentor.setVisible(is_open and not is_stopped)
        self.retire.setVisible(is_open)
        self.retire.setText(self.tr("Take it up again") if is_stopped else self.tr("Stop reading"))
        dress(self.retire, "undo-2" if is_stopped else "archive", self._desk.theme)
        self.text.show_html(self._html(path, facts, told, self._desk.now()))

    def _html(self, path: ReadingPath | None, facts: str, told: str, now: datetime) -> str:
        title = self._outline.title or (path.reading.playbook if path is not None else "")
        parts = [f"<h1>{html.escape(title)}</h1>", f"<p class='quiet'>{html.escape(facts)}</p>"]
        parts.append(f"<p>{html.escape(told)}</p>")
        if path is not None and path.playbook is None:
            gone = self.tr("The playbook's folder is not there any more. What was read is kept; put the folder back.")
            parts.append(f"<p class='warn'>{html.escape(gone)}</p>")
        elif path is not None and path.is_outgrown:
            parts.append(f"<p class='warn'>{html.escape(outgrown(path))}</p>")
        parts += self._waiting(path, now)
        rows = chapter_rows(self._outline, path)
        if rows:
            parts.append(f"<h2>{self.tr('Chapters')}</h2>")
        for number, row in enumerate(rows, start=1):
            meta = " · ".join(words for words, _ in row.meta)
            mark = "✓ " if row.is_done else ""
            link = f"<a href='#{CHAPTER}{number}'>{html.escape(row.title)}</a>"
            parts.append(f"<p>{link}<br><span class='small'>{mark}{html.escape(meta)}</span></p>")
        return "".join(parts)

    def _waiting(self, path: ReadingPath | None, now: datetime) -> list[str]:
        waiting = waiting_of(path.reading, path.questions) if path is not None else []
        if not waiting:
            return []
        parts = [f"<h2>{self.tr('Waits for the mentor')}</h2>"]
        for one in waiting:
            said = html.escape(who_asks(one, now))
            link = f"<a href='record:{one.key}'>{html.escape(one.text)}</a>"
            parts.append(f"<p>{link}<br><span class='small'>{said}</span></p>")
        return parts

    def _follow(self, target: str) -> None:
        number = target.removeprefix(f"#{CHAPTER}")
        if number.isdecimal() and 1 <= int(number) <= len(self._outline.chapters):
            self.open_wanted.emit(self._outline.chapters[int(number) - 1].file)

    def _open_next(self) -> None:
        self.open_wanted.emit("")

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        acts = FlowLayout(px(8))
        above = QVBoxLayout()
        above.setContentsMargins(px(28), px(12), px(16), px(4))
        above.addLayout(acts)
        for button in (
            self.go_on,
            self.begin,
            self.look,
            self.print,
            self.history,
            self.mentor,
            self.retire,
            self.remove,
        ):
            acts.addWidget(button)
        below = QHBoxLayout()
        below.setContentsMargins(px(28), px(4), px(28), px(4))
        below.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addLayout(below)
        column.addWidget(self.text, 1)


def _short(title: str, most: int = 36) -> str:
    return title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
