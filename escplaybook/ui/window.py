"""The main window: rail, top bar, the page one is on, message bar; where one is, was and may go."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from escplaybook.domain.due import Due
from escplaybook.domain.dues_matrix import REVIEW
from escplaybook.domain.knowledge import Entry
from escplaybook.services.saved_searches import SavedSearch
from escplaybook.store import records
from escplaybook.store.history import is_blank
from escplaybook.store.kinds import kind_named
from escplaybook.ui.bookstate import told_state
from escplaybook.ui.completing import Completer
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.icons import redress
from escplaybook.ui.keys import Keys
from escplaybook.ui.notices import Notices, desktop_tray
from escplaybook.ui.parts.message_bar import MessageBar
from escplaybook.ui.parts.rail import Rail
from escplaybook.ui.parts.top_bar import TopBar
from escplaybook.ui.recents import note_search, note_visit
from escplaybook.ui.rooms import Rooms
from escplaybook.ui.saved_searches import SavedSearches
from escplaybook.ui.stage import Stage
from escplaybook.ui.trail import Trail

if TYPE_CHECKING:
    from escplaybook.ui.palette import Palette
    from escplaybook.ui.who.question import Asked

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
        stops = [(room.stop, room.is_at_foot) for room in self.rooms.rooms.values() if not room.under]
        self.rail = Rail(
            [stop for stop, is_at_foot in stops if not is_at_foot],
            [stop for stop, is_at_foot in stops if is_at_foot],
            desk.theme,
            self,
        )
        self.top = TopBar(desk.theme, self)
        self.completer = Completer(desk, self.top.box, self)
        self.saved = SavedSearches(desk, self.rail.saved, self)
        self.messages = MessageBar(desk.theme, self)
        self.keys = Keys(self, self, desk, self.rooms, self.stage)
        self._palette: Palette | None = None
        self.notices = Notices(desk, desktop_tray(desk, self), self)
        self._lay_out()
        self._connect()
        self._tell_book()
        self._restore()

    @property
    def palette_box(self) -> "Palette":
        """What Ctrl+K opens; made when it is first wanted."""
        if self._palette is None:
            from escplaybook.ui.palette import Palette

            self._palette = Palette(self._desk, self.keys.commands, self.rooms.kinds(), self)
            self._palette.chosen.connect(self._go_record)
            self._palette.searched.connect(self._search_again)
            self._palette.write_wanted.connect(self._write_new)
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
        self.rail.show_page(self._stop_of(name))
        self.messages.tally.setText(self._tallies.get(name, ""))
        self.top.box.line.setPlaceholderText(page.search_hint())
        self.completer.follow(*((page.finder, page.searched()) if hasattr(page, "finder") else (None, ())))
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
        """Go to the search box with what is in it selected; where pages are in view, find something in these.

        Where there is nothing to search, find anything.
        """
        shown: Any = self.page if self.stage.is_on_pages() else self.stage.currentWidget()
        if self._is_searched():
            self.top.box.line.setFocus()
            self.top.box.line.selectAll()
        elif hasattr(shown, "find_here"):
            shown.find_here()
        else:
            self.find_anything()

    def frame_panes(self) -> list[QWidget]:
        """The rail and the search box, where F6 begins."""
        return [self.rail.buttons[self._stop_of(self.rooms.current_name())], self.top.box.line]

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
        self.saved.close_down()
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
        room = self.screen().availableGeometry()
        self.resize(min(px(1280), room.width() - px(16)), min(px(800), room.height() - px(48)))  # the frame shows too
        state = self._desk.memory.recall(STATE, {})
        if "geometry" in state:
            self.restoreGeometry(QByteArray.fromBase64(state["geometry"].encode()))
        self._splits = state.get("splits", {})
        first = next(iter(self.rooms.rooms))
        place = Place(*state.get("place", (first,)))
        self._left_at = place if self.rooms.name_of(place) else Place(first)
        self.go(Place(self._left_at.page, search=self._left_at.search))
        self._begun_at = self.page.place()
        self.page.panes()[0].setFocus()
        if is_blank(self._desk.book):
            self.stage.show_welcome()
        QTimer.singleShot(0, self, self._finish)

    def _finish(self) -> None:
        """What can wait until the window stands: the record that was open, and the badges."""
        if self._left_at.record and self.page.place() == self._begun_at:
            self.go(self._left_at)
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
        self.top.box.left.connect(self.keys.step_out)
        self.top.box.typed.connect(self.saved.hold)
        self.top.box.kept.connect(self._keep_search)
        self.saved.chosen.connect(self._search_again)
        self.rooms.built.connect(self._connect_page)
        self.stage.imported.connect(self._show_imported)
        desk.said.connect(self.messages.say)
        desk.wanted.connect(self.go)
        desk.settling.connect(self._settle)
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
            "sheet_wanted": self.stage.print_sheet,
            "import_wanted": self.stage.show_import,
            "raise_wanted": self._raise_blocker,
            "write_wanted": self._write_new,
            "call_wanted": self._ask_who,
            "agreement_wanted": self._add_agreement,
            "overdue_found": self.notices.look,
            "counted": self.rail.buttons[self._stop_of(name)].set_badge,
        }
        for wish, answer in wishes.items():
            if hasattr(page, wish):
                getattr(page, wish).connect(answer)
        if hasattr(page, "recount"):
            page.recount()
        if name in self._splits and hasattr(page, "split"):
            page.split.setSizes(self._splits[name])

    def _stop_of(self, name: str) -> str:
        """The stop in the rail that stands for a page."""
        return self.rooms.rooms[name].under or name

    def _is_searched(self) -> bool:
        return hasattr(self.page, "finder") and self.stage.is_on_pages()

    def _typed(self, text: str) -> None:
        if text.startswith(">") or not self._is_searched():
            self.top.box.set_text(self.page.place().search)
            self.find_anything(text)
        else:
            self.page.search(text)

    def _keep_search(self) -> None:
        if self._is_searched():
            self.saved.keep(self.top.box.text(), self.page.searched())

    def _search_again(self, search: SavedSearch) -> None:
        if len(search.kinds) == 1 and self.rooms.name_of(Place(search.kinds[0])):
            self.go(Place(search.kinds[0], search=search.text))
        else:
            self.find_anything(search.text)

    def _moved(self, place: Place, *, remember: bool = True) -> None:
        if remember:
            self._trail.visit(place)
        kind = self.rooms.kind_shown_on(self.rooms.name_of(place))
        if place.record and kind:
            note_visit(self._desk, kind, place.record)
            note_search(self._desk, kind, place.search)

    def _go_record(self, kind: str, record_id: str) -> None:
        if not self.rooms.name_of(Place(kind)):
            self._desk.go_to(records.get(self._desk.book, kind_named(kind).type, record_id))
            return
        is_here = self.rooms.name_of(Place(kind)) == self.rooms.current_name()
        self.go(Place(kind, record_id, self.page.place().search if is_here else ""))

    def _settle(self, due: Due) -> None:
        """Go to where a due thing is settled, and begin with it."""
        if due.action == "verify":
            self.go(Place("verifying", due.record.id))
        elif due.action == REVIEW:
            self.go(Place("reviewing"))
        else:
            self._desk.go_to(due.record)
        if hasattr(self.page, "settle"):
            self.page.settle(due)

    def _raise_blocker(self, asked: "Asked") -> None:
        self.go(Place("blockers"))
        self.page.raise_at(asked)

    def _write_new(self, kind: str, words: str) -> None:
        self.go(Place(kind))
        self.page.new(words)

    def _ask_who(self, asked: "Asked") -> None:
        self.go(Place("who"))
        self.page.ask(asked)

    def _add_agreement(self, vendor_id: str) -> None:
        self.go(Place("agreements"))
        self.page.add_with(vendor_id)

    def _print_record(self, record: Entry) -> None:
        self.stage.print_entry(record)

    def _show_imported(self) -> None:
        self.go(Place(self.stage.importing.page if self.stage.importing is not None else "knowledge"))

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

    def go_back(self) -> None:
        """Leave what lies over the page, else go where one was before."""
        if not self.stage.is_on_pages():
            self.stage.show_pages()
        elif (place := self._trail.back()) is not None:
            self.go(place, remember=False)

    def go_forward(self) -> None:
        """Go where one was before going back."""
        if (place := self._trail.forward()) is not None:
            self.go(place, remember=False)

    def _redress(self) -> None:
        redress(self, self._desk.theme)

    def _tell_book(self) -> None:
        state = told_state(self._desk.book, self._desk.now())
        self.setWindowTitle(self.tr("{0} – Escalation Playbook").format(self._desk.book.path.name))
        self.top.show_state(state.unusual, state.explanation)
        self.messages.set_rest(state.usual)


def _files_of(event: QDropEvent) -> list[Path]:
    """The files and folders on this machine that are being dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
