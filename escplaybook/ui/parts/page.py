"""What the window asks of every page."""

from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from escplaybook.ui.desk import Place


class Page(Protocol):
    """A page. `search_changed(str)` tells the search box of a search that was not typed into it, `moved(Place)` that
    another record is open, `tallied(str)` what stands in the corner of the message bar.

    A page whose panes can be dragged has them in `split`; one that has things due says `counted(int)`; one that
    prints says `print_wanted(record)`.
    """

    search_changed: Any
    moved: Any
    tallied: Any

    def search_hint(self) -> str:
        """What stands in the empty search box."""
        ...

    def search(self, text: str) -> None:
        """Look for what is being typed."""
        ...

    def place(self) -> Place:
        """Where in the page one is."""
        ...

    def show_place(self, place: Place) -> None:
        """Go to a place in the page."""
        ...

    def new(self, title: str = "") -> None:
        """Begin a new record."""
        ...

    def print_this(self) -> None:
        """Print what is open."""
        ...

    def save(self) -> None:
        """Store what is being typed."""
        ...

    def step_out(self) -> bool:
        """One step back within the page; False if there is none."""
        ...

    def step(self, by: int) -> None:
        """Make the next or previous item current."""
        ...

    def enter(self) -> None:
        """Go from the search box into the page."""
        ...

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        ...

    def close_down(self) -> None:
        """Keep what is being typed and end what runs."""
        ...
