"""A collection comes in from the desktop: looked at first, then brought in, then taken back."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from escplaybook.domain.contacts import Contact
from escplaybook.domain.knowledge import Entry
from escplaybook.store import records
from escplaybook.ui.window import MainWindow


@pytest.fixture
def collection(tmp_path):
    folder = tmp_path / "issues"
    folder.mkdir()
    for number in range(3):
        text = f"---\ntitle: Known issue {number}\n---\n\n## Summary\n\nIt fails {number} times.\n"
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    (folder / "broken.md").write_bytes(b"---\ntitle: [\n---\n\0\0")
    return folder


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def test_nothing_comes_in_before_one_has_looked_at_it(window, qtbot, collection, book):
    window.stage.show_import([collection])
    panel = window.stage.importing
    qtbot.waitUntil(panel.go.isVisible)
    assert panel.said.text().startswith("issues: 3 would be added")
    assert panel.go.text() == "Import 3 known blockers"
    assert records.count(book, Entry) == 0


def test_what_was_refused_is_listed_with_its_reason(window, qtbot, collection):
    window.stage.show_import([collection])
    panel = window.stage.importing
    qtbot.waitUntil(panel.go.isVisible)
    refused = [line.row for line in panel.table.records() if ("refused", "bad") in line.row.meta]
    assert [row.title for row in refused] == ["broken.md"]
    assert refused[0].snippet


def test_an_import_is_one_stroke_to_take_back(window, qtbot, collection, book):
    window.stage.show_import([collection])
    panel = window.stage.importing
    qtbot.waitUntil(panel.go.isVisible)
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "added" in window.messages.text.text())
    assert records.count(book, Entry) == 3
    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    assert records.count(book, Entry) == 0


def test_a_folder_dropped_on_the_window_is_looked_at(window, qtbot, collection):
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(collection))])
    place, none = QPoint(300, 300), Qt.KeyboardModifier.NoModifier
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entered = QDragEnterEvent(place, copy, dropped, left, none)
    window.dragEnterEvent(entered)
    assert entered.isAccepted()
    window.dropEvent(QDropEvent(place, copy, dropped, left, none))
    qtbot.waitUntil(window.stage.importing.go.isVisible)


def test_a_folder_without_anything_readable_gives_one_sentence(window, qtbot, tmp_path):
    (tmp_path / "nothing").mkdir()
    window.stage.show_import([tmp_path / "nothing"])
    panel = window.stage.importing
    qtbot.waitUntil(lambda: "nothing to read in nothing (.md, .vcf, .csv or .ics)" in panel.said.text())
    assert panel.folder.isVisible()


def test_people_come_in_by_the_same_way_and_one_sees_them(window, qtbot, tmp_path, book):
    table = tmp_path / "people.csv"
    table.write_text("name,mobile\nMara Lindqvist,+46 70 174 06 31\nJun Park,+44 7700 900 214\n", encoding="utf-8")
    window.stage.show_import([table])
    panel = window.stage.importing
    qtbot.waitUntil(panel.go.isVisible)
    assert panel.go.text() == "Import 2 contacts"
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.rooms.current_name() == "contacts")
    assert [person.name for person in records.everything(book, Contact, "name")] == ["Jun Park", "Mara Lindqvist"]
