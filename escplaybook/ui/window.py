"""The main window: rail, top bar, the page one is on, message bar; and the keys that work everywhere."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from escplaybook.ui.desk import Desk, Place, Saying
from escplaybook.ui.icons import redress
from escplaybook.ui.knowledge.page import KnowledgePage
from escplaybook.ui.parts.message_bar import MessageBar
from escplaybook.ui.parts.rail import Rail, Stop
from escplaybook.ui.parts.top_bar import TopBar
from escplaybook.ui.times import exact, said
from escplaybook.ui.trail import Trail

STATE = "window"


class MainWindow(QMainWindow):
    """Everything a person sees of one book."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._trail = desk, Trail()
        self.pages: dict[str, Any] = {"knowledge": KnowledgePage(desk, self)}
        self.rail = Rail(
            [Stop("knowledge", self.tr("Knowledge"), "book-open")],
            [],
            desk.theme,
            self,
        )
        self.top = TopBar(desk.theme, self)
        self.stack = QStackedWidget(self)
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.messages = MessageBar(desk.theme, self)
        self._lay_out()
        self._connect()
        self._bind_keys()
        self._tell_book()
        self._restore()

    @property
    def page(self) -> Any:
        """The page one is on."""
        return self.stack.currentWidget()

    def go(self, place: Place, *, remember: bool = True) -> None:
        """Show a place; it is noted for going back unless one is on the way back."""
        if place.page not in self.pages:
            return
        page = self.pages[place.page]
        self.stack.setCurrentWidget(page)
        self.rail.show_page(place.page)
        self.top.box.line.setPlaceholderText(page.search_hint())
        self.top.box.set_text(place.search)
        page.show_place(place)
        if remember:
            self._trail.visit(place)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._desk.memory.remember(
            STATE,
            {
                "geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
                "place": [self.page.place().page, self.page.place().record, self.page.place().search],
                "splits": {name: page.split.sizes() for name, page in self.pages.items()},
            },
        )
        for page in self.pages.values():
            page.close_down()
        super().closeEvent(event)

    def _restore(self) -> None:
        self.resize(self._desk.theme.px(1280), self._desk.theme.px(800))
        state = self._desk.memory.recall(STATE, {})
        if "geometry" in state:
            self.restoreGeometry(QByteArray.fromBase64(state["geometry"].encode()))
        for name, sizes in state.get("splits", {}).items():
            if name in self.pages:
                self.pages[name].split.setSizes(sizes)
        self.go(Place(*state.get("place", ("knowledge",))))
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
        desk.said.connect(self.messages.say)
        desk.wanted.connect(self.go)
        desk.jobs.began.connect(self.messages.follow)
        desk.bridge.changed.connect(self._tell_book)
        desk.ticker.minute.connect(self._tell_book)
        desk.theme.changed.connect(self._redress)
        for page in self.pages.values():
            page.search_changed.connect(self.top.box.set_text)
            page.moved.connect(self._trail.visit)
            page.tallied.connect(self.messages.tally.setText)

    def _bind_keys(self) -> None:
        for keys, act in self.keys().items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)

    def keys(self) -> dict[str, Callable[[], Any]]:
        """The keys that work everywhere and what they do."""
        return {
            "Ctrl+F": self.search_here,
            "/": self.search_here,
            "Ctrl+N": self._new,
            "Ctrl+P": self._print,
            "Ctrl+S": self._save,
            "Ctrl+Z": self._desk.undo,
            "Ctrl+Shift+Z": self._desk.redo,
            "Alt+Left": self._back,
            "Alt+Right": self._forward,
            "F6": self._next_pane,
            "Shift+F6": self._previous_pane,
            "Esc": self._step_out,
            "Ctrl++": self._zoom_in,
            "Ctrl+=": self._zoom_in,
            "Ctrl+-": self._zoom_out,
            "Ctrl+0": self._zoom_reset,
        }

    def search_here(self) -> None:
        """Go to the search box with what is in it selected."""
        self.top.box.line.setFocus()
        self.top.box.line.selectAll()

    def _typed(self, text: str) -> None:
        self.page.search(text)

    def _go_page(self, name: str) -> None:
        self.go(self.pages[name].place())

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
        self._zoom(+1)

    def _zoom_out(self) -> None:
        self._zoom(-1)

    def _zoom_reset(self) -> None:
        self._zoom(0)

    def _zoom(self, steps: int) -> None:
        theme = self._desk.theme
        if steps:
            theme.step_zoom(steps)
        else:
            theme.set_zoom(1.0)
        self._desk.memory.remember("zoom", theme.zoom)
        self._desk.said.emit(Saying(self.tr("Shown at {0} %").format(round(theme.zoom * 100))))

    def _redress(self) -> None:
        redress(self, self._desk.theme)

    def _tell_book(self) -> None:
        book, now = self._desk.book, self._desk.now()
        changed, days = book.age(now)
        name = book.path.name
        self.setWindowTitle(self.tr("{0} – Escalation Playbook").format(name))
        if book.read_only:
            age = self.tr("today") if days == 0 else said(changed, now)
            self.top.show_state(self.tr("For reading only · changed {0}").format(age), exact(changed))
        if not self.messages.text.text():
            self.messages.rest(self.tr("Saved · changed {0}").format(said(changed, now)))


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
