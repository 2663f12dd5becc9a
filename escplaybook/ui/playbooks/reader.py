"""One chapter to read: its text, the questions beside it, the way on, and how far the reading is."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent, QTextCharFormat
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTextEdit, QVBoxLayout, QWidget

from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.playbooks import Playbook
from escplaybook.domain.readings import Outline, ReadingQuestion, fitted, is_read, next_chapter, ticked_in
from escplaybook.services import reading_playbooks
from escplaybook.services.playbooks import Read, reading_of
from escplaybook.services.reading_playbooks import Act, ReadingPath
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.playbooks.acts import Acts
from escplaybook.ui.playbooks.asking import Asking
from escplaybook.ui.playbooks.bars import SignOffBar, VersionBar, WayBar
from escplaybook.ui.playbooks.beside import Beside
from escplaybook.ui.playbooks.deployment_field import DeploymentField
from escplaybook.ui.playbooks.questions import QuestionsPanel
from escplaybook.ui.playbooks.text import ChapterText, chapter_html, place_of
from escplaybook.ui.times import said


class ReaderPane(QFrame):
    """`turned` carries the file of the chapter that is open now; `begin_wanted` asks for a reading of one's own."""

    turned = Signal(str)
    begin_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("plane", "raised")
        self.playbook: Playbook | None = None
        self.path: ReadingPath | None = None
        self.file = ""
        self._outline = Outline("", "", "", ())
        self._is_behind = False
        self._acts = Acts(desk, self)
        self._read: Read | None = None
        self.label = QLabel(self.tr("For"), self)
        self.label.setProperty("role", "small")
        self.deployment = DeploymentField(desk, self)
        self.print = self._button(self.tr("Print"), "printer", self.print_wanted.emit)
        self.ask_mentor = self._button(self.tr("Ask the mentor"), "message-square", self.ask)
        self.ask_mentor.setToolTip(self.tr("About this chapter, or the passage that is selected (Ctrl+M)"))
        self.begin = self._button(self.tr("Start reading"), "plus", self.begin_wanted.emit)
        self.begin.setToolTip(self.tr("With ticks, questions to a mentor, and a sign-off at the end"))
        self.version = VersionBar(desk.theme, self)
        self.text = ChapterText(desk.theme, self)
        self.text.read_from(desk.book)
        self.text.setAccessibleName(self.tr("The chapter"))
        self.questions = QuestionsPanel(desk.theme, self)
        self.asking = Asking(desk, self.questions.form, self)
        self.split = Beside(desk.theme, self.text, self.questions, self)
        self.way = WayBar(desk.theme, self)
        self.foot = SignOffBar(desk.theme, self)
        self._lay_out()
        self._connect()

    # what is shown

    def show_chapter(self, playbook: Playbook, path: ReadingPath | None, file: str = "") -> None:
        """Show a chapter of a playbook, by itself or on somebody's path; without a file the one to go on with."""
        is_new = self.playbook != playbook or self._read is None
        self.playbook, self.path = playbook, path
        self._outline = path.outline if path is not None else reading_playbooks.outline(playbook)
        if is_new:
            self.foot.by.setModified(False)
            self.answer_anew()
        files = [one.file for one in self._outline.chapters]
        self._turn_to(file if file in files else self._first())

    def take(self, path: ReadingPath | None) -> None:
        """The reading has changed: show it as it is now, where one is in the text."""
        self.path = path
        self._show_text(keep_place=True)
        self._show_around()

    def answer_anew(self) -> None:
        """Ask the book again what it says in this playbook."""
        if self.playbook is None:
            return
        self.label.setVisible(self.deployment.offer())
        try:
            deployment = self.deployment.deployment()
            self._read = reading_of(self._desk.book, self.playbook, deployment, self._desk.now())
        except PlaybookError as error:
            self._read = None
            self._desk.trouble(error)
            return
        self.text.take_pictures(self._read.pictures)

    def refresh(self) -> None:
        """The book has changed: what it says in the chapter may have, too."""
        self.answer_anew()
        self._show_text(keep_place=True)
        self._show_around()

    def show_question(self, question_id: str, *, answering: bool = False) -> None:
        """Go to a question, where it was asked, and begin to answer it if that is wanted."""
        asked = self._question(question_id)
        if asked is None:
            return
        if asked.chapter != self.file and self._outline.chapter(asked.chapter) is not None:
            self._turn_to(asked.chapter)
        card = self.questions.card_of(question_id)
        if answering and asked.answered is None:
            self.answer(question_id)
        elif card is not None:
            card.label.setFocus()
        self._find(question_id)

    # what is done

    def go_next(self) -> None:
        """To the next chapter."""
        self._go(+1)

    def go_previous(self) -> None:
        """To the chapter before."""
        self._go(-1)

    def mark_read(self) -> None:
        """This chapter is read; on to the next."""
        path = self.path
        if path is None or not self.way.read.isVisibleTo(self):
            return
        if self._do(lambda: reading_playbooks.read_chapter(path, self.file, self._desk.now())):
            self.go_next()

    def mark_unread(self) -> None:
        """This chapter is to be read again."""
        path = self.path
        if path is not None:
            self._do(lambda: reading_playbooks.unread_chapter(path, self.file, self._desk.now()))

    def tick(self, number: int) -> None:
        """Tick an item of this chapter, or take the tick back."""
        path = self.path
        if path is not None and self._is_writable():
            self._do(lambda: reading_playbooks.tick(path, self.file, number, self._desk.now()))
            self.text.give_keys_to_box(number)

    def go_on(self) -> None:
        """Go on with the playbook's present version."""
        path = self.path
        if path is not None:
            self._do(lambda: reading_playbooks.go_on(path, self._desk.now()))

    def ask(self) -> None:
        """Ask the mentor about the passage that is selected, else about the chapter."""
        if self.path is None or not self._is_writable():
            return
        selected = self.text.textCursor().selectedText().replace("\u2029", " ").strip()
        self.asking.ask(self.path, self.file, selected if len(selected) > 1 else "")

    def answer(self, question_id: str) -> None:
        """Answer a question."""
        asked = self._question(question_id)
        if asked is not None and not self._desk.book.read_only:
            self.asking.answer(asked)

    def save(self) -> None:
        """Store the question or the answer that is being typed."""
        path = self.path
        if path is None or not self.asking.is_open:
            return
        if self._do(lambda: self.asking.act(path, self.file, self._desk.now())):
            self.asking.done()

    def sign_off(self, by: str) -> None:
        """Close the reading for the mentor."""
        path = self.path
        if path is not None:
            self._do(lambda: reading_playbooks.sign_off(path, self._desk.now(), by))

    def step_out(self) -> bool:
        """Leave the form; tells whether it was open. What was typed stays kept."""
        return self.asking.leave()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        forms: list[QWidget] = [self.questions.form.text] if self.asking.is_open else []
        cards: list[QWidget] = [card.label for card in self.questions.cards[:1]]
        return [self.text, *forms, *cards, self.way.read if self.way.read.isVisibleTo(self) else self.way.next]

    def let_be_behind(self) -> None:
        """The book has changed while nobody looks: ask it anew once the chapter is seen again."""
        self._is_behind = self.playbook is not None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    # inside

    def _do(self, make: Callable[[], Act]) -> bool:
        return self._acts.do(make) is not None

    def _is_writable(self) -> bool:
        path = self.path
        is_open = path is not None and path.reading.signed_off is None and path.reading.retired is None
        return is_open and not self._desk.book.read_only

    def _first(self) -> str:
        following = next_chapter(self.path.reading, self._outline) if self.path is not None else None
        chapters = self._outline.chapters
        return following.file if following is not None else (chapters[0].file if chapters else "")

    def _go(self, by: int) -> None:
        files = [one.file for one in self._outline.chapters]
        at = files.index(self.file) + by if self.file in files else 0
        if 0 <= at < len(files):
            self._turn_to(files[at])
            self.text.setFocus()

    def _turn_to(self, file: str) -> None:
        if file != self.file:
            self.asking.leave()
        self.file = file
        self._show_text()
        self._show_around()
        self.turned.emit(file)

    def _go_to_place(self, name: str) -> None:
        """Follow a link to a heading, in this chapter or another one."""
        anchor = name.partition("-")[0]
        chapter = next((one for one in (self._read.chapters if self._read else ()) if one.anchor == anchor), None)
        if chapter is None:
            return
        if chapter.file != self.file:
            self._turn_to(chapter.file)
        if name != anchor:
            self.text.scrollToAnchor(name)

    def _show_text(self, *, keep_place: bool = False) -> None:
        chapter = next((one for one in (self._read.chapters if self._read else ()) if one.file == self.file), None)
        outline = self._outline.chapter(self.file)
        if chapter is None or outline is None:
            self.text.show_html("")
            return
        path = self.path
        ticked = ticked_in(fitted(path.reading, self._outline), outline) if path is not None else None
        told = chapter_html(chapter.nodes, outline.items, ticked, self._desk.theme)
        (self.text.refresh_html if keep_place else self.text.show_html)(told)
        self._mark_passages()

    def _show_around(self) -> None:
        path, now, can_write = self.path, self._desk.now(), self._is_writable()
        self.begin.setVisible(path is None and not self._desk.book.read_only)
        self.version.show_path(path, is_writable=can_write)
        asked = [one for one in (path.questions if path is not None else ()) if one.chapter == self.file]
        self.ask_mentor.setVisible(can_write)
        self.questions.show_questions(asked, now, can_answer=not self._desk.book.read_only)
        self._show_margin()
        files = [one.file for one in self._outline.chapters]
        at = files.index(self.file) if self.file in files else 0
        done = path is not None and is_read(path.reading, self.file)
        self.way.show_way(
            has_previous=at > 0,
            has_next=at + 1 < len(files),
            told=self._told_read(now) if done else "",
            can_read=can_write and not done,
            can_unread=can_write and done,
        )
        mentor = reading_playbooks.mentor_of(self._desk.book, path.reading) if path is not None else ""
        self.foot.show_path(path, mentor, now, is_writable=not self._desk.book.read_only)

    def _told_read(self, now: datetime) -> str:
        read = (one for one in (self.path.reading.chapters if self.path else ()) if one.chapter == self.file)
        return self.tr("Read {0}").format(said(next(read).at, now))

    def _mark_passages(self) -> None:
        """Let it be seen in the text what was asked about."""
        shape = QTextCharFormat()
        shape.setBackground(self._desk.theme.color("soft"))
        marks = []
        for question in self.path.questions if self.path is not None else ():
            place = place_of(question.quote, self.text.document()) if question.chapter == self.file else None
            if place is not None:
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = place, shape
                marks.append(mark)
        self.text.setExtraSelections(marks)

    def _find(self, question_id: str) -> None:
        """Scroll to the passage a question is about."""
        asked = self._question(question_id)
        place = place_of(asked.quote, self.text.document()) if asked is not None else None
        if place is not None:
            bar = self.text.verticalScrollBar()
            top = self.text.cursorRect(place).top()
            bar.setValue(bar.value() + top - self.text.viewport().height() // 3)

    def _question(self, question_id: str) -> ReadingQuestion | None:
        return next((one for one in (self.path.questions if self.path else ()) if one.id == question_id), None)

    def _connect(self) -> None:
        self.text.record_wanted.connect(self._desk.go_to_key)
        self.text.tick_wanted.connect(self.tick)
        self.text.place_wanted.connect(self._go_to_place)
        self.deployment.changed.connect(self.refresh)
        self.version.go_on_wanted.connect(self.go_on)
        self.questions.answer_wanted.connect(self.answer)
        self.questions.found_wanted.connect(self._find)
        self.questions.form.save_wanted.connect(self.save)
        self.asking.opened.connect(self._open_margin)
        self.asking.closed.connect(self._close_margin)
        self.way.previous_wanted.connect(self.go_previous)
        self.way.next_wanted.connect(self.go_next)
        self.way.read_wanted.connect(self.mark_read)
        self.way.unread_wanted.connect(self.mark_unread)
        self.foot.signed.connect(self.sign_off)
        self._desk.theme.changed.connect(self._redress)
        for keys, act in (
            ("Ctrl+PgDown", self.go_next),
            ("Ctrl+PgUp", self.go_previous),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            read = QShortcut(QKeySequence(keys), self.text, context=Qt.ShortcutContext.WidgetShortcut)
            read.activated.connect(self.mark_read)

    def _redress(self) -> None:
        """Colours are part of the text: show it anew, once it is seen."""
        self._is_behind = self.playbook is not None
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        if self._is_behind:
            self._is_behind = False
            self.refresh()

    def _button(self, words: str, icon: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        dress(button, icon, self._desk.theme)
        button.clicked.connect(act)
        return button

    def _open_margin(self) -> None:
        self.split.show_margin(is_wanted=True, has_form=True)

    def _close_margin(self) -> None:
        self._show_margin()
        self.text.setFocus()

    def _show_margin(self) -> None:
        has_form = self.asking.is_open
        self.split.show_margin(is_wanted=bool(self.questions.cards) or has_form, has_form=has_form)

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        self.label.setBuddy(self.deployment)
        head = QHBoxLayout()
        head.setContentsMargins(px(28), px(10), px(16), px(6))
        head.setSpacing(px(8))
        head.addStretch(1)
        for part in (self.label, self.deployment, self.ask_mentor, self.print, self.begin):
            head.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.version)
        column.addWidget(self.split, 1)
        column.addWidget(self.way)
        column.addWidget(self.foot)
