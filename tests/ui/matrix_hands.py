"""What hands do on the matrix page, for every story that is told about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from escplaybook.domain.classification import Severity
from escplaybook.domain.matrix import Level
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.matrix.sheets import Sheet, Square
from escplaybook.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(desk: Desk, qtbot) -> MainWindow:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.go(Place("matrix"))
    return made


def stand_on(page, severity: Severity, rank: int, sheet: Sheet | None = None) -> Square:
    """Go to a square as the keys would, by its address."""
    level = Level(id="", rank=rank, name="-", created=page._desk.now(), updated=page._desk.now())
    square = Square(sheet or page.heading.sheet(), severity, level, None, False, None, None)
    page.show_place(Place("matrix", square.address))
    page.grid.view.setFocus()
    return page.grid.current()


def at(page, severity: Severity, rank: int) -> Square:
    """What the table shows there."""
    return page.grid.table.record(list(Severity).index(severity)).squares[rank - 1]


def said(page) -> str:
    """Everything that is to be read at the right."""
    QApplication.processEvents()  # a layout shows what was put into it in the next turn
    reading = page.beside.square.reading
    labels = [label.text() for label in reading.findChildren(QLabel) if label.isVisibleTo(reading)]
    return "\n".join([*labels, *(button.text() for button in reading.buttons.values())])


def type_into(qtbot, field, text: str) -> None:
    """Type over what stands in a field, and leave it."""
    line = field.lineEdit() if hasattr(field, "lineEdit") else field
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    if hasattr(line, "editingFinished"):
        line.editingFinished.emit()


def press(qtbot, widget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(widget, key, modifier)
