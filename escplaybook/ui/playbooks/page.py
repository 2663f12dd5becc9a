"""Playbooks: the shelf at the left and what a playbook is about at the right; opened, its contents and its chapters."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.domain.due import Due
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.playbooks import Playbook
from escplaybook.domain.readings import Reading, ReadingQuestion
from escplaybook.services import reading_playbooks
from escplaybook.services.reading_playbooks import ReadingPath
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store import records
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.parts.history_panel import HistoryPanel
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.states import StateView
from escplaybook.ui.playbooks.acts import Acts
from escplaybook.ui.playbooks.cover import Cover
from escplaybook.ui.playbooks.library import Library
from escplaybook.ui.playbooks.reader import ReaderPane
from escplaybook.ui.playbooks.sides import Side
from escplaybook.ui.playbooks.told import chapter_rows, shelf_rows, tally

NAME = "playbooks"
OURS = frozenset((Reading, ReadingQuestion))


class PlaybooksPage(PlainPage):
    """What the window asks of a page. A place's record is a reading, a question, a playbook, or `playbook/chapter`.

    `sheet_wanted` carries a title and the wish for the sheet that is to be shown as it is printed.
    """

    sheet_wanted = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._library, self._acts = Library(desk), Acts(desk, self)
        self._let_in_too = ""
        self._playbooks: dict[str, Playbook] = {}
        self._paths: list[ReadingPath] = []
        self._chosen = ""
        self.shelf = Side(desk.theme, self.tr("Playbooks"), self, adding=self.tr("Add a folder …"))
        self.shelf.add.setToolTip(self.tr("A playbook of your own: a folder with playbook.toml and chapters"))
        self.contents = Side(desk.theme, self.tr("Chapters"), self, way_back=self.tr("All playbooks"))
        self.nothing = StateView(desk.theme, self)
        self.cover, self.reader = Cover(desk, self), ReaderPane(desk, self)
        self._history: HistoryPanel | None = None
        self._lay_out()
        self._connect()
        self._refresh()

    # what the window asks of every page

    def place(self) -> Place:
        """Where in the page one is."""
        return Place(NAME, self._chosen)

    def show_place(self, place: Place) -> None:
        """Go to a reading, a question, a playbook or a chapter; without any, to where one was."""
        self._refresh()
        wanted, _, chapter = place.record.rpartition("/") if self._is_ours(place.record) else (place.record, "", "")
        question = records.find(self._desk.book, ReadingQuestion, wanted) if wanted else None
        self._let_in(question.reading if question is not None else wanted)
        if question is not None:
            self._choose(question.reading)
            self.open_chapter(question.chapter)
            self.reader.show_question(question.id)
        elif chapter:
            mine = reading_playbooks.going_on(self._paths, wanted, self._desk.author)
            self._choose(mine.reading.id if mine is not None else wanted)
            self.open_chapter(chapter)
        elif not self._is_reading() or wanted not in ("", self._chosen):
            self._to_shelf()
            self._choose(wanted or self._chosen)
        else:
            self._resume()

    def new(self, _title: str = "") -> None:
        """Begin a reading of the playbook that is chosen."""
        if self._is_reading():
            self.reader.ask()
        else:
            self.cover.ask_who()

    def note_this(self) -> None:
        """Ask the mentor about the passage that is selected."""
        if self._is_reading():
            self.reader.ask()

    def print_this(self) -> None:
        """Show the playbook as it is printed, for the deployment it is read for."""
        playbook = self._playbook()
        if playbook is not None:
            name = reading_playbooks.outline(playbook).name
            self.reader.deployment.offer()
            wish = Wish("playbook", name, deployment=self.reader.deployment.value())
            self.sheet_wanted.emit(self.tr("{0} on paper").format(playbook.title), wish)

    def settle(self, due: Due) -> None:
        """Begin with what settles a due thing: the answer, or the mentor's word."""
        if isinstance(due.record, ReadingQuestion):
            self.reader.show_question(due.record.id, answering=True)
        elif due.action == "sign off":
            self.open_chapter()
            self.reader.foot.sign.setFocus()

    def save(self) -> None:
        """Store the question or answer that is being typed."""
        self.reader.save()

    def step_out(self) -> bool:
        """From a form to what it is about, from there to the list, from a chapter to the shelf."""
        if self.right.currentWidget() is self._history:
            self._leave_history()
        elif self._is_reading():
            if not self.reader.step_out():
                self._to_shelf()
        elif not self.cover.step_out():
            if self.shelf.view.hasFocus():
                return False
            self.shelf.view.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through the shelf, or through the chapters."""
        (self.contents if self._is_reading() else self.shelf).step(by)

    def enter(self) -> None:
        """Go to what is at the right."""
        if self._is_reading():
            self.reader.text.setFocus()
        else:
            self.cover.focus_target().setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        if self._is_reading():
            return [self.contents.view, *self.reader.panes()]
        is_told = self.right.currentWidget() is self.cover
        return [self.shelf.view, *([self.cover.focus_target()] if is_told else [])]

    def close_down(self) -> None:
        """Keep what is being typed."""
        self.reader.step_out()

    # what is done

    def open_chapter(self, file: str = "") -> None:
        """Open the chosen playbook or reading at a chapter; without a file at the one to go on with."""
        path, playbook = self._path(), self._playbook()
        if playbook is None:
            return
        self.left.setCurrentWidget(self.contents)
        self.right.setCurrentWidget(self.reader)
        self.reader.show_chapter(playbook, path, file)
        self._show_contents()
        self.reader.text.setFocus()

    def begin(self, reader: str, mentor: str) -> None:
        """Begin a reading of the chosen playbook: a contact's id, or a plain name, for each."""
        playbook = self._playbook()
        begun = self._acts.begin(playbook, reader, mentor) if playbook is not None else None
        if begun is not None:
            self._choose(begun.id)
            self.open_chapter()

    def ask_folder(self) -> None:
        """Ask for the folder of a playbook of one's own."""
        self.dialog = QFileDialog(self, self.tr("The folder of a playbook"))
        self.dialog.setFileMode(QFileDialog.FileMode.Directory)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.fileSelected.connect(self.add_folder)
        self.dialog.open()

    def add_folder(self, folder: str) -> None:
        """Put the playbook in that folder on the shelf."""
        try:
            name = self._library.add(Path(folder))
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._refresh()
        self._choose(name)
        self.shelf.view.setFocus()

    # inside

    def _is_reading(self) -> bool:
        return self.right.currentWidget() is self.reader

    def _let_in(self, reading_id: str) -> None:
        """A reading that was stopped stands on the shelf while somebody looks at it."""
        stopped = records.find(self._desk.book, Reading, reading_id) if reading_id else None
        if stopped is not None and reading_id != self._let_in_too:
            self._let_in_too = reading_id
            self._refresh()

    def _resume(self) -> None:
        """Come back to the chapter one left: it, or its playbook, may have changed meanwhile."""
        path, playbook = self._path(), self._playbook()
        if playbook is None:
            self._to_shelf()
        elif playbook != self.reader.playbook:
            self.open_chapter(self.reader.file)
        elif path != self.reader.path:
            self.reader.take(path)
            self._show_contents()

    def _is_ours(self, record: str) -> bool:
        """Whether a place names a chapter by its playbook."""
        return any(record.startswith(f"{name}/") for name in self._playbooks)

    def _path(self) -> ReadingPath | None:
        return next((one for one in self._paths if one.reading.id == self._chosen), None)

    def _playbook(self) -> Playbook | None:
        path = self._path()
        if path is not None:
            return path.playbook
        return self._playbooks.get(self._chosen)

    def _refresh(self) -> None:
        """Read the shelf anew; what is chosen stays."""
        found, troubles = self._library.playbooks()
        self._playbooks = reading_playbooks.by_name(found)
        for error in troubles:
            self._desk.trouble(error)
        self._paths = reading_playbooks.paths(self._desk.book, self._playbooks, self._let_in_too)
        rows = shelf_rows(self._playbooks, self._paths, self._desk.now())
        self._chosen = self.shelf.show_rows(rows, self._chosen)
        self.tallied.emit(tally(len(self._playbooks), self._paths))
        if not rows:
            self._say_none()
        elif not self._is_reading():
            self._show_cover()

    def _say_none(self) -> None:
        said = self.tr("A playbook is a folder with playbook.toml and chapters in Markdown. Add one of your own.")
        offer = (self.shelf.add.text(), "plus", self.ask_folder)
        self.nothing.tell("book-open", self.tr("No playbook is here"), said, offer)
        self.right.setCurrentWidget(self.nothing)

    def _choose(self, record: str) -> None:
        """Make a row of the shelf current, the first if there is none such."""
        self._chosen = self.shelf.choose(record)
        if not self._is_reading():
            self._show_cover()

    def _show_cover(self) -> None:
        path, playbook = self._path(), self._playbook()
        everybody = [one for one in records.everything(self._desk.book, Contact, "name") if one.retired is None]
        if path is not None:
            self.cover.show_reading(path, everybody)
        elif playbook is not None:
            self.cover.show_playbook(playbook, everybody, is_own=self._library.is_own(self._chosen))
        self.right.setCurrentWidget(self.cover)

    def _show_contents(self) -> None:
        path, playbook = self._path(), self._playbook()
        if playbook is None:
            return
        outline = path.outline if path is not None else reading_playbooks.outline(playbook)
        self.contents.tell(outline.title, self.tr("Read by {0}").format(path.reading.reader) if path else "")
        self.contents.show_rows(chapter_rows(outline, path), self.reader.file)

    def _to_shelf(self) -> None:
        if self._is_reading():
            self.reader.step_out()
        self.left.setCurrentWidget(self.shelf)
        self._show_cover()
        self.shelf.view.setFocus()

    def _shelf_moved(self, chosen: str) -> None:
        self._chosen = chosen
        self._show_cover()
        self.moved.emit(self.place())

    def _contents_moved(self, file: str) -> None:
        playbook = self._playbook()
        if playbook is not None and file != self.reader.file:
            self.reader.show_chapter(playbook, self._path(), file)

    def _changed(self, kinds: frozenset[type[Any]]) -> None:
        if not self.isVisible():
            self.reader.let_be_behind()  # the shelf is read anew when one comes here again
            return
        is_open = self._is_reading()
        if kinds & OURS or not is_open:
            self._refresh()
        if not is_open:
            return
        if self._chosen != (self.reader.path.reading.id if self.reader.path is not None else self._chosen):
            self._to_shelf()  # the reading is no longer in the book
            return
        if kinds - OURS:
            self.reader.refresh()
        if kinds & OURS:
            self.reader.take(self._path())
            self._show_contents()

    def _minute(self) -> None:
        if self.isVisible() and not self._is_reading():
            self._refresh()

    def _show_history(self) -> None:
        path = self._path()
        if path is None:
            return
        if self._history is None:
            self._history = HistoryPanel(self._desk, _label_of, self)
            self._history.left.connect(self._leave_history)
            self._history.restore_wanted.connect(self._restore)
            self.right.addWidget(self._history)
        self._history.show_history(path.reading.id, path.reading.key)
        self.right.setCurrentWidget(self._history)
        self._history.view.setFocus()

    def _leave_history(self) -> None:
        self._show_cover()
        self.cover.focus_target().setFocus()

    def _restore(self, version: Reading) -> None:
        path = self._path()
        if path is not None and self._acts.restore(path, version):
            self._leave_history()

    def _retire(self) -> None:
        path = self._path()
        if path is not None:
            self._let_in(path.reading.id)
            self._acts.stop(path)

    def _change_mentor(self, mentor: str) -> None:
        path = self._path()
        if path is not None:
            self._acts.change_mentor(path, mentor)

    def _connect(self) -> None:
        self.shelf.chosen.connect(self._shelf_moved)
        self.shelf.added.connect(self.ask_folder)
        self.cover.removed.connect(self._take_off)
        self.shelf.entered.connect(self.open_chapter)
        self.contents.chosen.connect(self._contents_moved)
        self.contents.entered.connect(self.reader.text.setFocus)
        self.contents.left.connect(self._to_shelf)
        self.cover.open_wanted.connect(self.open_chapter)
        self.cover.begun.connect(self.begin)
        self.cover.mentor_chosen.connect(self._change_mentor)
        self.cover.question_wanted.connect(self._desk.go_to_key)
        self.cover.history_wanted.connect(self._show_history)
        self.cover.retire_wanted.connect(self._retire)
        for pane in (self.cover, self.reader):
            pane.print_wanted.connect(self.print_this)
        self.reader.turned.connect(self.contents.choose)
        self.reader.begin_wanted.connect(self._begin_here)
        self._desk.bridge.changed.connect(self._changed)
        self._desk.ticker.minute.connect(self._minute)

    def _take_off(self) -> None:
        self._library.remove(self._chosen)
        self._refresh()
        self._desk.say(self.tr("Off the shelf; the folder itself stays where it is."))

    def _begin_here(self) -> None:
        self._to_shelf()
        self.cover.ask_who()

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        self.left, self.right = QStackedWidget(self), QStackedWidget(self)
        self.left.addWidget(self.shelf)
        self.left.addWidget(self.contents)
        for pane in (self.nothing, self.cover, self.reader):
            self.right.addWidget(pane)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(self.left)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.left.setMinimumWidth(px(240))
        self.split.setSizes([px(280), px(960)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)


def _label_of(field: str) -> str:
    return field.replace("_", " ").capitalize()
