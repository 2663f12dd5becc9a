"""The main window: rail, top bar, the page one is on, message bar; and the keys that work everywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from escplaybook.domain.matrix import Place as MatrixPlace
from escplaybook.ui.agreements.page import AgreementsPage
from escplaybook.ui.blockers.page import BlockersPage
from escplaybook.ui.bookstate import told_state
from escplaybook.ui.commands import Command
from escplaybook.ui.contacts.page import ContactsPage
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.icons import redress
from escplaybook.ui.knowledge.page import KnowledgePage
from escplaybook.ui.matrix.page import MatrixPage
from escplaybook.ui.palette import Palette
from escplaybook.ui.parts.message_bar import MessageBar
from escplaybook.ui.parts.rail import Rail, Stop
from escplaybook.ui.parts.top_bar import TopBar
from escplaybook.ui.settings import SettingsPage
from escplaybook.ui.shortcuts import Shortcuts
from escplaybook.ui.today.page import TodayPage
from escplaybook.ui.trail import Trail
from escplaybook.ui.vendors.page import VendorsPage
from escplaybook.ui.who.page import WhoPage

STATE = "window"


@dataclass(frozen=True, slots=True)
class Room:
    """A page as the window keeps it: its place in the rail, how it is made, the kinds of record it shows."""

    stop: Stop
    make: Callable[[Desk, QWidget], Any]
    kinds: tuple[tuple[str, str], ...] = ()
    is_at_foot: bool = False


class MainWindow(QMainWindow):
    """Everything a person sees of one book."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._trail = desk, Trail()
        self._tallies: dict[str, str] = {}
        self._rooms = self._all_rooms()
        self.pages: dict[str, Any] = {room.stop.page: room.make(desk, self) for room in self._rooms}
        self._page_of = {kind: room.stop.page for room in self._rooms for kind, _ in room.kinds}
        self.rail = Rail(
            [room.stop for room in self._rooms if not room.is_at_foot],
            [room.stop for room in self._rooms if room.is_at_foot],
            desk.theme,
            self,
        )
        self.top = TopBar(desk.theme, self)
        self.stack = QStackedWidget(self)
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.messages = MessageBar(desk.theme, self)
        self.commands = self._all_commands()
        self.palette_box = Palette(desk, self.commands, dict(kind for room in self._rooms for kind in room.kinds), self)
        self._lay_out()
        self._connect()
        self._bind_keys()
        self._tell_book()
        self._restore()

    def _all_rooms(self) -> list[Room]:
        """Every page there is, in the order of the rail. A page is added here and nowhere else."""
        tr = self.tr
        return [
            Room(Stop("today", tr("Today"), "sun"), TodayPage),
            Room(Stop("knowledge", tr("Knowledge"), "book-open"), KnowledgePage, (("entry", tr("Known blocker")),)),
            Room(
                Stop("matrix", tr("Matrix"), "grid-3x3"),
                MatrixPage,
                (
                    ("cell", tr("Matrix cell")),
                    ("right", tr("Decision right")),
                    ("level", tr("Level")),
                    ("severity", tr("Severity")),
                ),
            ),
            Room(Stop("who", tr("Who do I call?"), "phone"), WhoPage),
            Room(Stop("blockers", tr("Blockers"), "octagon-alert"), BlockersPage, (("blocker", tr("Blocker")),)),
            Room(Stop("contacts", tr("Contacts"), "users"), ContactsPage, (("contact", tr("Contact")),)),
            Room(Stop("vendors", tr("Vendors"), "building-2"), VendorsPage, (("vendor", tr("Vendor")),)),
            Room(Stop("agreements", tr("Agreements"), "file-text"), AgreementsPage, (("agreement", tr("Agreement")),)),
            Room(Stop("settings", tr("Settings"), "settings"), SettingsPage, is_at_foot=True),
        ]

    @property
    def page(self) -> Any:
        """The page one is on."""
        return self.stack.currentWidget()

    def go(self, place: Place, *, remember: bool = True) -> None:
        """Show a place; it is noted for going back unless one is on the way back."""
        name = self._page_of.get(place.page, place.page)
        if name not in self.pages:
            return
        page = self.pages[name]
        self.stack.setCurrentWidget(page)
        self.rail.show_page(name)
        self.messages.tally.setText(self._tallies.get(name, ""))
        self.top.box.line.setPlaceholderText(page.search_hint())
        page.show_place(place)
        self.top.box.set_text(page.place().search)
        self._moved(page.place(), remember=remember)

    def closeEvent(self, event: QCloseEvent) -> None:
        place = self.page.place()
        self._desk.memory.remember(
            STATE,
            {
                "geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
                "place": [place.page, place.record, place.search],
                "splits": {name: page.split.sizes() for name, page in self.pages.items() if hasattr(page, "split")},
            },
        )
        for page in self.pages.values():
            page.close_down()
        self.palette_box.close_down()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.palette_box.hide()

    def _restore(self) -> None:
        px = self._desk.theme.px
        self.resize(px(1280), px(800))
        state = self._desk.memory.recall(STATE, {})
        if "geometry" in state:
            self.restoreGeometry(QByteArray.fromBase64(state["geometry"].encode()))
        for name, sizes in state.get("splits", {}).items():
            if name in self.pages and hasattr(self.pages[name], "split"):
                self.pages[name].split.setSizes(sizes)
        place = Place(*state.get("place", (self._rooms[0].stop.page,)))
        self.go(place if place.page in self.pages else Place(self._rooms[0].stop.page))
        self.page.panes()[0].setFocus()

    def _lay_out(self) -> None:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.stack, 1)
        column.addWidget(self.messages)
        whole = QWidget(self)
        whole.setProperty("plane", "surface")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(content, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(880, 560)

    def _connect(self) -> None:
        desk = self._desk
        self.rail.chosen.connect(self._go_page)
        self.top.box.typed.connect(self._typed)
        self.top.box.moved.connect(self._step)
        self.top.box.entered.connect(self._enter)
        self.top.box.left.connect(self._step_out)
        self.palette_box.chosen.connect(self._go_record)
        desk.said.connect(self.messages.say)
        desk.wanted.connect(self.go)
        desk.jobs.began.connect(self.messages.follow)
        desk.bridge.changed.connect(self._tell_book)
        desk.ticker.minute.connect(self._tell_book)
        desk.theme.changed.connect(self._redress)
        for name, page in self.pages.items():
            page.search_changed.connect(self.top.box.set_text)
            page.moved.connect(self._moved)
            page.tallied.connect(self._tallied)
            if hasattr(page, "counted"):
                page.counted.connect(self.rail.buttons[name].set_badge)
                page.recount()
        self.pages["who"].raise_wanted.connect(self._raise_blocker)
        self.pages["blockers"].call_wanted.connect(self._ask_who)

    def _all_commands(self) -> list[Command]:
        """Everything that can be done from anywhere."""
        desk, tr = self._desk, self.tr
        pages = [
            Command(
                tr("Go to {0}").format(room.stop.word),
                _Going(self, room.stop.page).go,
                (f"Ctrl+{number}",) if number < 10 else (),
            )
            for number, room in enumerate(self._rooms, start=1)
        ]
        return [
            Command(tr("Find anything or do anything"), self.find_anything, ("Ctrl+K",), is_key_only=True),
            Command(tr("Search on this page"), self.search_here, ("/", "Ctrl+F"), is_key_only=True),
            Command(tr("New here"), self._new, ("Ctrl+N",)),
            Command(tr("Save"), self._save, ("Ctrl+S",), is_key_only=True),
            Command(tr("Print this"), self._print, ("Ctrl+P",)),
            Command(tr("Undo the last change"), desk.undo, ("Ctrl+Z",)),
            Command(tr("Redo what was undone"), desk.redo, ("Ctrl+Shift+Z", "Ctrl+Y")),
            Command(tr("Back"), self._back, ("Alt+Left",), is_key_only=True),
            Command(tr("Forward"), self._forward, ("Alt+Right",), is_key_only=True),
            Command(tr("Next pane"), self._next_pane, ("F6",), is_key_only=True),
            Command(tr("Previous pane"), self._previous_pane, ("Shift+F6",), is_key_only=True),
            Command(tr("Step out"), self._step_out, ("Esc",), is_key_only=True),
            *pages,
            Command(tr("Larger"), self._zoom_in, ("Ctrl++", "Ctrl+=")),
            Command(tr("Smaller"), self._zoom_out, ("Ctrl+-",)),
            Command(tr("Size as drawn"), self._zoom_reset, ("Ctrl+0",)),
            Command(tr("List the keyboard shortcuts"), self.show_shortcuts, ("?", "F1")),
            Command(tr("Quit"), self.close, ("Ctrl+Q",)),
        ]

    def _bind_keys(self) -> None:
        for command in self.commands:
            for keys in command.keys:
                QShortcut(QKeySequence(keys), self).activated.connect(command.act)

    def find_anything(self) -> None:
        """Open the palette over the search box."""
        box = self.top.box
        self.palette_box.open_at(box.mapTo(self, QPoint(0, 0)), box.width())

    def search_here(self) -> None:
        """Go to the search box with what is in it selected; where there is nothing to search, find anything."""
        if not hasattr(self.page, "finder"):
            self.find_anything()
            return
        self.top.box.line.setFocus()
        self.top.box.line.selectAll()

    def show_shortcuts(self) -> None:
        """List the keys."""
        Shortcuts(self.commands, self).open()

    def _typed(self, text: str) -> None:
        box = self.top.box
        if text.startswith(">") or not hasattr(self.page, "finder"):
            box.set_text(self.page.place().search)
            self.palette_box.open_at(box.mapTo(self, QPoint(0, 0)), box.width(), text)
        else:
            self.page.search(text)

    def _moved(self, place: Place, *, remember: bool = True) -> None:
        if remember:
            self._trail.visit(place)
        kinds = [kind for kind, page in self._page_of.items() if page == place.page]
        if place.record and len(kinds) == 1:
            self.palette_box.note_visit(kinds[0], place.record)

    def _raise_blocker(self, asked: MatrixPlace) -> None:
        self.go(Place("blockers"))
        self.pages["blockers"].raise_at(asked)

    def _ask_who(self, asked: MatrixPlace) -> None:
        self.go(Place("who"))
        self.pages["who"].ask(asked)

    def _tallied(self, words: str) -> None:
        teller = self.sender()
        name = next(name for name, page in self.pages.items() if page is teller)
        self._tallies[name] = words
        if teller is self.page:
            self.messages.tally.setText(words)

    def _go_page(self, name: str) -> None:
        self.go(self.pages[name].place())

    def _go_record(self, kind: str, record_id: str) -> None:
        search = self.page.place().search if self._page_of.get(kind) == self.page.place().page else ""
        self.go(Place(kind, record_id, search))

    def _step(self, by: int) -> None:
        self.page.step(by)

    def _enter(self) -> None:
        self.page.enter()

    def _new(self) -> None:
        self.page.new()

    def _print(self) -> None:
        self.page.print_this()

    def _save(self) -> None:
        self.page.save()

    def _back(self) -> None:
        if (place := self._trail.back()) is not None:
            self.go(place, remember=False)

    def _forward(self) -> None:
        if (place := self._trail.forward()) is not None:
            self.go(place, remember=False)

    def _step_out(self) -> None:
        self.page.step_out()

    def _next_pane(self) -> None:
        self._walk_panes(+1)

    def _previous_pane(self) -> None:
        self._walk_panes(-1)

    def _walk_panes(self, by: int) -> None:
        panes = [self.rail.buttons[self.page.place().page], self.top.box.line, *self.page.panes()]
        focused = QApplication.focusWidget()
        here = next((at for at, pane in enumerate(panes) if focused and _holds(pane, focused)), -1 if by > 0 else 0)
        panes[(here + by) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _zoom_in(self) -> None:
        self._desk.theme.step_zoom(+1)
        self._tell_zoom()

    def _zoom_out(self) -> None:
        self._desk.theme.step_zoom(-1)
        self._tell_zoom()

    def _zoom_reset(self) -> None:
        self._desk.theme.set_zoom(1.0)
        self._tell_zoom()

    def _tell_zoom(self) -> None:
        zoom = self._desk.theme.zoom
        self._desk.memory.remember("zoom", zoom)
        self._desk.say(self.tr("Shown at {0} %").format(round(zoom * 100)))

    def _redress(self) -> None:
        redress(self, self._desk.theme)

    def _tell_book(self) -> None:
        state = told_state(self._desk.book, self._desk.now())
        self.setWindowTitle(self.tr("{0} – Escalation Playbook").format(self._desk.book.path.name))
        self.top.show_state(state.unusual, state.explanation)
        self.messages.set_rest(state.usual)


class _Going:
    """The act of going to a page, as a bound method that a signal can hold."""

    def __init__(self, window: MainWindow, page: str) -> None:
        self._window, self._page = window, page

    def go(self) -> None:
        self._window.go(self._window.pages[self._page].place())


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
