"""What lies over the pages for a while: the first minute, an import, a preview. One steps out of it to the page."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from escplaybook.domain.knowledge import Entry
from escplaybook.ui.desk import Desk
from escplaybook.ui.rooms import Rooms

if TYPE_CHECKING:  # each is made when it is first wanted, and so is its code read
    from escplaybook.services.sheets.wishes import Wish
    from escplaybook.ui.importing import ImportPanel
    from escplaybook.ui.preview import Make, Preview
    from escplaybook.ui.welcome import Welcome


class Stage(QStackedWidget):
    """The pages, or what lies over them. `imported` says that an import has brought something in."""

    imported = Signal()

    def __init__(self, desk: Desk, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._rooms = desk, rooms
        self.welcome: Welcome | None = None
        self.importing: ImportPanel | None = None
        self.preview: Preview | None = None
        self.addWidget(rooms)

    def is_on_pages(self) -> bool:
        """Whether nothing lies over the pages."""
        return self.currentWidget() is self._rooms

    def show_pages(self) -> None:
        """Back to the page."""
        if not self.is_on_pages():
            self.setCurrentWidget(self._rooms)
            self._rooms.current.panes()[0].setFocus()

    def show_welcome(self) -> None:
        """The ways to begin with an empty book."""
        if self.welcome is None:
            from escplaybook.ui.welcome import Welcome

            self.welcome = Welcome(self._desk, self)
            self.welcome.import_wanted.connect(self.show_import)
            self.welcome.left.connect(self.show_pages)
            self.addWidget(self.welcome)
        self.setCurrentWidget(self.welcome)
        self.welcome.first.setFocus()

    def show_import(self, paths: Sequence[Path] = ()) -> None:
        """Bring known blockers in; with paths, look at these at once."""
        if self._desk.book.read_only:
            return
        if self.importing is None:
            from escplaybook.ui.importing import ImportPanel

            self.importing = ImportPanel(self._desk, self)
            self.importing.left.connect(self.show_pages)
            self.importing.done.connect(self._brought)
            self.addWidget(self.importing)
        self.setCurrentWidget(self.importing)
        if paths:
            self.importing.look_at(paths)
        else:
            self.importing.begin()

    def print_entry(self, entry: Entry) -> None:
        """Show a known blocker as it would be printed."""
        from escplaybook.services.sheets.wishes import Wish

        self.print_sheet(self.tr("{0} on paper").format(entry.key), Wish("entry", entry.key))

    def print_sheet(self, title: str, wish: "Wish") -> None:
        """Show any sheet as it would be printed."""
        from escplaybook.services.sheets.wishes import file_name
        from escplaybook.ui.paper.papers import maker, usual_size

        self._preview(title, file_name(wish), maker(self._desk, wish, usual_size(self._desk)))

    def step_out(self) -> bool:
        """Leave what lies over the pages; tells whether anything did."""
        over = self.currentWidget()
        if over is self.importing and self.importing is not None:
            return self.importing.step_out()
        if over is self.preview and self.preview is not None and self.preview.close_finding():
            return True
        if over is self._rooms:
            return False
        self.show_pages()
        return True

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        if self.preview is not None and self.currentWidget() is self.preview:
            return [self.preview.back, self.preview.view]
        over = self.currentWidget()
        return [over] if over is not None else []

    def _preview(self, title: str, name: str, make: "Make") -> None:
        if self.preview is None:
            from escplaybook.ui.preview import Preview

            self.preview = Preview(self._desk, self)
            self.preview.left.connect(self.show_pages)
            self.addWidget(self.preview)
        self.setCurrentWidget(self.preview)
        self.preview.show_pdf(title, name, make)

    def _brought(self) -> None:
        if self.importing is not None and not self.importing.table.rowCount():
            self.imported.emit()
