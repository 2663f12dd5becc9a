"""The keys that work everywhere, and the acts that `>` offers in the search box."""

from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from escplaybook.ui.commands import Command, Going
from escplaybook.ui.desk import Desk
from escplaybook.ui.rooms import Rooms
from escplaybook.ui.stage import Stage
from escplaybook.ui.theme import Choice


class Frame(Protocol):
    """What the keys ask of the window."""

    def find_anything(self, text: str = "") -> None:
        """Open the palette."""
        ...

    def search_here(self) -> None:
        """Go to the search box."""
        ...

    def go_to_page(self, name: str) -> None:
        """Show a page."""
        ...

    def go_back(self) -> None:
        """Where one was before."""
        ...

    def go_forward(self) -> None:
        """Where one was after."""
        ...

    def frame_panes(self) -> list[QWidget]:
        """The panes around the page, for F6."""
        ...

    def close(self) -> bool:
        """End the program."""
        ...


class Keys(QObject):
    """One list of commands for three uses: keys, palette, list of shortcuts."""

    def __init__(self, frame: Frame, window: QWidget, desk: Desk, rooms: Rooms, stage: Stage) -> None:
        super().__init__(window)
        self._frame, self._window, self._desk, self._rooms, self._stage = frame, window, desk, rooms, stage
        self.commands = self._all()
        for command in self.commands:
            for keys in command.keys:
                QShortcut(QKeySequence(keys), window).activated.connect(command.act)

    @property
    def _page(self) -> Any:
        return self._rooms.current

    def _all(self) -> list[Command]:
        desk, frame, tr = self._desk, self._frame, self.tr
        pages = [
            Command(
                tr("Go to {0}").format(room.stop.word),
                Going(frame.go_to_page, name).go,
                (f"Ctrl+{number}",) if number < 10 else (),
            )
            for number, (name, room) in enumerate(self._rooms.rooms.items(), start=1)
        ]
        return [
            Command(tr("Find anything or do anything"), frame.find_anything, ("Ctrl+K",), is_key_only=True),
            Command(tr("Search on this page"), frame.search_here, ("/", "Ctrl+F"), is_key_only=True),
            Command(tr("New here"), self._new, ("Ctrl+N",)),
            Command(tr("Save"), self._save, ("Ctrl+S",), is_key_only=True),
            Command(tr("Print this"), self._print, ("Ctrl+P",)),
            Command(tr("Note beside the selected passage"), self._note, ("Ctrl+M",)),
            Command(tr("Undo the last change"), desk.undo, ("Ctrl+Z",)),
            Command(tr("Redo what was undone"), desk.redo, ("Ctrl+Shift+Z", "Ctrl+Y")),
            Command(tr("Back"), frame.go_back, ("Alt+Left",), is_key_only=True),
            Command(tr("Forward"), frame.go_forward, ("Alt+Right",), is_key_only=True),
            Command(tr("Next pane"), self._next_pane, ("F6",), is_key_only=True),
            Command(tr("Previous pane"), self._previous_pane, ("Shift+F6",), is_key_only=True),
            Command(tr("Step out"), self.step_out, ("Esc",), is_key_only=True),
            *pages,
            Command(tr("Import known issues or people …"), self._stage.show_import),
            Command(tr("Export contacts: vCards or a table …"), self._export_contacts),
            Command(tr("Print the contact sheet"), self._print_contacts),
            Command(tr("Print everything into a folder …"), self._print_everything),
            Command(tr("Back up the book now"), desk.back_up),
            Command(tr("Remove the sample programme"), desk.remove_sample),
            Command(tr("Dark look"), _Look(desk, Choice.DARK).choose),
            Command(tr("Light look"), _Look(desk, Choice.LIGHT).choose),
            Command(tr("Look as the system"), _Look(desk, Choice.SYSTEM).choose),
            Command(tr("Larger"), self._zoom_in, ("Ctrl++", "Ctrl+=")),
            Command(tr("Smaller"), self._zoom_out, ("Ctrl+-",)),
            Command(tr("Size as drawn"), self._zoom_reset, ("Ctrl+0",)),
            Command(tr("List the keyboard shortcuts"), self._show_shortcuts, ("?", "F1")),
            Command(tr("Quit"), frame.close, ("Ctrl+Q",)),
        ]

    def step_out(self) -> None:
        """Leave what lies over the page, else step back within it."""
        if not self._stage.step_out():
            self._page.step_out()

    def _new(self) -> None:
        self._stage.show_pages()
        self._page.new()

    def _print(self) -> None:
        self._page.print_this()

    def _note(self) -> None:
        if note := getattr(self._page, "note_this", None):  # only knowledge has passages to be noted on
            note()

    def _print_contacts(self) -> None:
        self._desk.go("paper", "contact-sheet")

    def _print_everything(self) -> None:
        from escplaybook.ui.paper.everything import PrintingAll

        PrintingAll(self._desk, self._window)

    def _export_contacts(self) -> None:
        from escplaybook.ui.exporting import ask_where

        ask_where(self._desk, self._window)

    def _save(self) -> None:
        self._page.save()

    def _show_shortcuts(self) -> None:
        from escplaybook.ui.shortcuts import Shortcuts

        Shortcuts(self.commands, self._window).open()

    def _next_pane(self) -> None:
        self._walk_panes(+1)

    def _previous_pane(self) -> None:
        self._walk_panes(-1)

    def _walk_panes(self, by: int) -> None:
        inner = self._page.panes() if self._stage.is_on_pages() else self._stage.panes()
        panes = [*self._frame.frame_panes(), *inner]
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


class _Look:
    """The act of choosing a look."""

    def __init__(self, desk: Desk, choice: Choice) -> None:
        self._desk, self._choice = desk, choice

    def choose(self) -> None:
        self._desk.theme.choose(self._choice)
        self._desk.memory.remember("theme", self._choice)


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
