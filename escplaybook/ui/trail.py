"""Where one has been: back and forward, as in a browser."""

from escplaybook.ui.desk import Place


class Trail:
    """Places in the order they were visited, and where in that order one stands."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def visit(self, place: Place) -> None:
        """Note a place; what lay ahead is forgotten. A search still being typed replaces the one before it."""
        if 0 <= self._at < len(self._places):
            here = self._places[self._at]
            if here == place:
                return
            if here.page == place.page and here.record == place.record:
                self._places[self._at] = place
                return
        del self._places[self._at + 1 :]
        self._places.append(place)
        self._at = len(self._places) - 1

    def back(self) -> Place | None:
        """The place before this one, or None at the beginning."""
        return self._step(-1)

    def forward(self) -> Place | None:
        """The place after this one, or None at the end."""
        return self._step(+1)

    def _step(self, by: int) -> Place | None:
        if not 0 <= self._at + by < len(self._places):
            return None
        self._at += by
        return self._places[self._at]
