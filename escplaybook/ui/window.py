"""The main window: rail, top bar, the page one is on, message bar; where one is, was and may go."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from escplaybook.domain.knowledge import Entry
from escplaybook.store.history import is_blank
from escplaybook.ui.bookstate import told_state
from escplaybook.ui.commands import Command, Going
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.icons import redress
from escplaybook.ui.parts.message_bar import MessageBar
from escplaybook.ui.parts.rail import Rail
from escplaybook.ui.parts.top_bar import TopBar
from escplaybook.ui.recents import note_visit
from escplaybook.ui.rooms import Rooms
from escplaybook.ui.stage import Stage
from escplaybook.ui.trail import Trail
from escplaybook.ui.who.question import Asked

if TYPE_CHECKING:
    from escplaybook.ui.palette import Palette

STATE = "window"
SMALLEST = (880, 560)


class MainWindow(QMainWindow):
    """Everything a person sees of one book."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._trail = desk, Trail()
        self._keys_to: QWidget | None = None
        self._tallies: dict[str, str] = {}
        self._splits: dict[str, list[int]] = {}
        self.rooms = Rooms(desk, self)
        self.stage = Stage(desk, self.rooms, self)
        stops = [(room.stop, room.is_at_foot) for room in self.rooms.rooms.values()]
        self.rail = Rail(
            [stop for stop, is_at_foot in stops if not is_at_foot],
            [stop for stop, is_at_foot in stops if is_at_foot],
            desk.theme,
            self,
        )
        self.top = TopBar(desk.theme, self)
        self.messages = MessageBar(desk.theme, self)
        self.commands = self._all_commands()
        self._palette: Palette | None = None
        self._lay_out()
        self._connect()
        self._bind_keys()
        self._tell_book()
        self._restore()

    @property
    def palette_box(self) -> "Palette":
        """What Ctrl+K opens; made when it is first wanted."""
        if self._palette is None:
            from escplaybook.ui.palette import Palette

            self._palette = Palette(self._desk, self.commands, self.rooms.kinds(), self)
            self._palette.chosen.connect(self._go_record)
        return self._palette

    @property
    def page(self) -> Any:
        """The page one is on."""
        return self.rooms.current

    def go(self, place: Place, *, remember: bool = True) -> None:
        """Show a place; it is noted for going back unless one is on the way back."""
        name = self.rooms.name_of(place)
        if not name:
            return
        page = self.rooms.page(name)
        self.stage.show_pages()
        self.rooms.setCurrentWidget(page)
        self.rail.show_page(name)
        self.messages.tally.setText(self._tallies.get(name, ""))
        self.top.box.line.setPlaceholderText(page.search_hint())
        page.show_place(place)
        self.top.box.set_text(page.place().search)
        self._moved(page.place(), remember=remember)

    def go_to_page(self, name: str) -> None:
        """Show a page as it was left."""
        self.go(self.rooms.page(name).place())

    def find_anything(self, text: str = "") -> None:
        """Open the palette over the search box."""
        box = self.top.box
        self.palette_box.open_at(box.mapTo(self, QPoint(0, 0)), box.width(), text)

    def search_here(self) -> None:
        """Go to the search box with what is in it selected; where there is nothing to search, find anything."""
        if not self._is_searched():
            self.find_anything()
            return
        self.top.box.line.setFocus()
        self.top.box.line.selectAll()

    def show_shortcuts(self) -> None:
        """List the keys."""
        from escplaybook.ui.shortcuts import Shortcuts

        Shortcuts(self.commands, self).open()

    def closeEvent(self, event: QCloseEvent) -> None:
        place, pages = self.page.place(), self.rooms.pages
        splits = {name: page.split.sizes() for name, page in pages.items() if hasattr(page, "split")}
        self._desk.memory.remember(
            STATE,
            {
                "geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
                "place": [place.page, place.record, place.search],
                "splits": self._splits | splits,
            },
        )
        for page in pages.values():
            page.close_down()
        if self._palette is not None:
            self._palette.close_down()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:  # comes before every key, from the widget it is meant for
            self._keys_to = QApplication.focusWidget()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the keys, as everybody expects; Qt does so in dialogs only."""
        focused = QApplication.focusWidget()
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and isinstance(focused, QAbstractButton) and focused is self._keys_to:
            focused.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._palette is not None:
            self._palette.hide()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files_of(event) and not self._desk.book.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.stage.show_import(_files_of(event))
        event.acceptProposedAction()

    def _restore(self) -> None:
        px = self._desk.theme.px
        self.resize(px(1280), px(800))
        state = self._desk.memory.recall(STATE, {})
        if "geometry" in state:
            self.restoreGeometry(QByteArray.fromBase64(state["geometry"].encode()))
        self._splits = state.get("splits", {})
        first = next(iter(self.rooms.rooms))
        place = Place(*state.get("place", (first,)))
        self.go(place if self.rooms.name_of(place) else Place(first))
        self.page.panes()[0].setFocus()
        if is_blank(self._desk.book):
            self.stage.show_welcome()
        QTimer.singleShot(0, self, self._count)

    def _count(self) -> None:
        """The badges, once the window stands."""
        self.rooms.page("today")

    def _lay_out(self) -> None:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.stage, 1)
        column.addWidget(self.messages)
        whole = QWidget(self)
        whole.setProperty("plane", "surface")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(content, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        desk = self._desk
        self.rail.chosen.connect(self.go_to_page)
        self.top.box.typed.connect(self._typed)
        self.top.box.moved.connect(self._step)
        self.top.box.entered.connect(self._enter)
        self.top.box.left.connect(self._step_out)
        self.rooms.built.connect(self._connect_page)
        self.stage.imported.connect(self._show_imported)
        desk.said.connect(self.messages.say)
        desk.wanted.connect(self.go)
        desk.jobs.began.connect(self.messages.follow)
        desk.bridge.changed.connect(self._tell_book)
        desk.ticker.minute.connect(self._tell_book)
        desk.theme.changed.connect(self._redress)

    def _connect_page(self, name: str) -> None:
        page = self.rooms.pages[name]
        page.search_changed.connect(self.top.box.set_text)
        page.moved.connect(self._moved)
        page.tallied.connect(self._tallied)
        wishes = {
            "print_wanted": self._print_record,
            "sheet_wanted": self._print_contacts,
            "import_wanted": self.stage.show_import,
            "raise_wanted": self._raise_blocker,
            "call_wanted": self._ask_who,
            "agreement_wanted": self._add_agreement,
            "counted": self.rail.buttons[name].set_badge,
        }
        for wish, answer in wishes.items():
            if hasattr(page, wish):
                getattr(page, wish).connect(answer)
        if hasattr(page, "recount"):
            page.recount()
        if name in self._splits and hasattr(page, "split"):
            page.split.setSizes(self._splits[name])

    def _all_commands(self) -> list[Command]:
        """Everything that can be done from anywhere."""
        desk, tr = self._desk, self.tr
        pages = [
            Command(
                tr("Go to {0}").format(room.stop.word),
                Going(self.go_to_page, name).go,
                (f"Ctrl+{number}",) if number < 10 else (),
            )
            for number, (name, room) in enumerate(self.rooms.rooms.items(), start=1)
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
            Command(tr("Import known issues …"), self.stage.show_import),
            Command(tr("Print the contact sheet"), self._print_contacts),
            Command(tr("Back up the book now"), desk.back_up),
            Command(tr("Remove the sample programme"), desk.remove_sample),
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

    def _is_searched(self) -> bool:
        return hasattr(self.page, "finder") and self.stage.is_on_pages()

    def _typed(self, text: str) -> None:
        if text.startswith(">") or not self._is_searched():
            self.top.box.set_text(self.page.place().search)
            self.find_anything(text)
        else:
            self.page.search(text)

    def _moved(self, place: Place, *, remember: bool = True) -> None:
        if remember:
            self._trail.visit(place)
        kind = self.rooms.kind_shown_on(self.rooms.name_of(place))
        if place.record and kind:
            note_visit(self._desk, kind, place.record)

    def _go_record(self, kind: str, record_id: str) -> None:
        is_here = self.rooms.name_of(Place(kind)) == self.rooms.current_name()
        self.go(Place(kind, record_id, self.page.place().search if is_here else ""))

    def _raise_blocker(self, asked: Asked) -> None:
        self.go(Place("blockers"))
        self.page.raise_at(asked)

    def _ask_who(self, asked: Asked) -> None:
        self.go(Place("who"))
        self.page.ask(asked)

    def _add_agreement(self, vendor_id: str) -> None:
        self.go(Place("agreements"))
        self.page.add_with(vendor_id)

    def _print_contacts(self) -> None:
        self.go(Place("paper", "contact-sheet"))

    def _print_record(self, record: Entry) -> None:
        self.stage.print_entry(record)

    def _show_imported(self) -> None:
        self.go(Place("knowledge"))

    def _tallied(self, words: str) -> None:
        teller = self.sender()
        name = next(name for name, page in self.rooms.pages.items() if page is teller)
        self._tallies[name] = words
        if teller is self.page:
            self.messages.tally.setText(words)

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
        if not self.stage.is_on_pages():
            self.stage.show_pages()
        elif (place := self._trail.back()) is not None:
            self.go(place, remember=False)

    def _forward(self) -> None:
        if (place := self._trail.forward()) is not None:
            self.go(place, remember=False)

    def _step_out(self) -> None:
        if not self.stage.step_out():
            self.page.step_out()

    def _next_pane(self) -> None:
        self._walk_panes(+1)

    def _previous_pane(self) -> None:
        self._walk_panes(-1)

    def _walk_panes(self, by: int) -> None:
        inner = self.page.panes() if self.stage.is_on_pages() else self.stage.panes()
        panes = [self.rail.buttons[self.rooms.current_name()], self.top.box.line, *inner]
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


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _files_of(event: QDropEvent) -> list[Path]:
    """The files and folders on this machine that are being dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
