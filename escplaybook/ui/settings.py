"""Settings: how it looks, how large, under which name one edits, and from which country one dials."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.numbers import countries
from escplaybook.services.verifying import HERE
from escplaybook.store.book import default_author
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.notices import WANTED
from escplaybook.ui.parts.fields import LineField
from escplaybook.ui.theme import ZOOMS, Choice

NAME = "settings"


class SettingsPage(QScrollArea):
    """Every choice takes effect at once and is remembered beside the book."""

    search_changed = Signal(str)
    moved = Signal(object)
    tallied = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("plane", "surface")
        self.setWidgetResizable(True)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(28, 24, 28, 24)
        self._column.setSpacing(8)
        title = QLabel(self.tr("Settings"), inner)
        title.setProperty("role", "title")
        self._column.addWidget(title)
        self.looks = self._choices(
            self.tr("Look"),
            [
                (self.tr("As the system"), Choice.SYSTEM),
                (self.tr("Light"), Choice.LIGHT),
                (self.tr("Dark"), Choice.DARK),
            ],
            desk.theme.choice,
        )
        self.looks.buttonClicked.connect(self._look_chosen)
        sizes = [(f"{round(zoom * 100)} %", zoom) for zoom in ZOOMS]
        self.sizes = self._choices(self.tr("Size"), sizes, desk.theme.zoom)
        self.sizes.buttonClicked.connect(self._size_chosen)
        self._ask_author()
        self._ask_notices()
        self._ask_country()
        self._tell_book()
        self._column.addStretch(1)
        self.setWidget(inner)
        desk.theme.changed.connect(self._follow_theme)

    def search_hint(self) -> str:
        """This page has nothing to search; the box finds anything."""
        return self.tr("Find anything, or type > to do something")

    def place(self) -> Place:
        """This page is one place."""
        return Place(NAME)

    def show_place(self, place: Place) -> None:
        """Nothing to be done: this page is one place."""

    def search(self, text: str) -> None:
        """There is nothing to search here."""

    def new(self, title: str = "") -> None:
        """Nothing is made here."""

    def print_this(self) -> None:
        """Nothing is printed here."""

    def save(self) -> None:
        """Everything here is kept as it is chosen."""

    def step(self, by: int) -> None:
        """There is no list here."""

    def enter(self) -> None:
        """Go to the first choice."""
        self.panes()[0].setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        return [next(button for button in self.looks.buttons() if button.isChecked())]

    def step_out(self) -> bool:
        """There is nothing to step out of."""
        return False

    def close_down(self) -> None:
        """Keep what is still being typed."""
        self._author_typed()
        self._country_typed()

    def _choices(self, heading: str, options: list[tuple[str, Any]], chosen: Any) -> QButtonGroup:
        self._head(heading)
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(16)
        for word, value in options:
            button = QRadioButton(word)
            button.setProperty("choice", value)
            button.setChecked(value == chosen)
            button.setAccessibleName(f"{heading}: {word}")
            group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)
        return group

    def _head(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "heading")
        self._column.addSpacing(16)
        self._column.addWidget(label)
        return label

    def _ask_author(self) -> None:
        heading = self._head(self.tr("Your name in the history"))
        self.author = LineField()
        self.author.setText(str(self._desk.memory.recall("author", "")))
        self.author.setPlaceholderText(default_author())
        self.author.setMaximumWidth(self._desk.theme.px(320))
        self.author.editingFinished.connect(self._author_typed)
        heading.setBuddy(self.author)
        self._column.addWidget(self.author)

    def _ask_notices(self) -> None:
        self._head(self.tr("Notices"))
        self.notices = QCheckBox(
            self.tr("Tell on the desktop what has become overdue, where the desktop shows notices")
        )
        self.notices.setChecked(bool(self._desk.memory.recall(WANTED, default=True)))
        self.notices.toggled.connect(self._notices_chosen)
        self._column.addWidget(self.notices)

    def _notices_chosen(self, wanted: bool) -> None:
        self._desk.memory.remember(WANTED, wanted)

    def _ask_country(self) -> None:
        heading = self._head(self.tr("The country you dial from"))
        self.country = LineField()
        self.country.setText(self._desk.here)
        self.country.setPlaceholderText(self.tr("such as DE; empty shows +49 …"))
        self.country.setMaximumWidth(self._desk.theme.px(320))
        self.country.editingFinished.connect(self._country_typed)
        heading.setBuddy(self.country)
        self.country_told = QLabel()
        self.country_told.setProperty("role", "warn")
        self.country_told.hide()
        self._column.addWidget(self.country)
        self._column.addWidget(self.country_told)

    def _country_typed(self) -> None:
        """Keep the country, if its numbers are known."""
        letters = self.country.value().upper()
        is_known = not letters or letters in countries()
        self.country_told.setText(self.tr("No country has these two letters; the one before stays."))
        self.country_told.setVisible(not is_known)
        if is_known:
            self._desk.memory.remember(HERE, letters)

    def _tell_book(self) -> None:
        self._head(self.tr("This book"))
        path = QLabel(str(self._desk.book.path))
        path.setProperty("role", "muted")
        path.setWordWrap(True)
        self._column.addWidget(path)

    def _look_chosen(self, button: QRadioButton) -> None:
        choice = Choice(button.property("choice"))
        self._desk.theme.choose(choice)
        self._desk.memory.remember("theme", choice)

    def _size_chosen(self, button: QRadioButton) -> None:
        self._desk.theme.set_zoom(float(button.property("choice")))
        self._desk.memory.remember("zoom", self._desk.theme.zoom)

    def _author_typed(self) -> None:
        self._desk.memory.remember("author", self.author.value())

    def _follow_theme(self) -> None:
        for group, held in ((self.looks, self._desk.theme.choice), (self.sizes, self._desk.theme.zoom)):
            for button in group.buttons():
                button.setChecked(button.property("choice") == held)
