"""A collection comes in from the desktop: looked at first, then brought in, then taken back."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from escplaybook.domain.contacts import Contact
from escplaybook.domain.knowledge import Entry
from escplaybook.store import records
from escplaybook.ui.parts.fields import ChoiceField
from escplaybook.ui.window import MainWindow
from tests.exchange.sheets import xlsx
from tests.ui.hands import stored


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
    qtbot.waitUntil(lambda: "nothing to read in nothing (.md, .vcf, .csv, .json or .ics)" in panel.said.text())
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


def test_what_a_spreadsheets_columns_are_is_shown_and_corrected_before_anything_is_read(window, qtbot, tmp_path, book):
    rows = [["Wer", "Ruf", "Firma"], ["Mara Lindqvist", "+46 70 174 06 31", "Nordvik"], ["Tom", "1", "Nordvik"]]
    path = xlsx(tmp_path / "people.xlsx", {"Leute": rows})
    window.stage.show_import([path])
    panel = window.stage.importing
    qtbot.waitUntil(panel.map.isVisible)
    assert panel.said.text() == "people.xlsx: “name” is missing, and “Wer”, “Ruf” are not known."
    assert not panel.map.isEnabled()
    assert panel.mapping.chosen("people") == {"Wer": "", "Ruf": "", "Firma": "organisation"}
    first, second, _ = panel.mapping.findChildren(ChoiceField)
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert panel.map.isEnabled()
    second.set_value("mobile")
    second.changed.emit()
    qtbot.mouseClick(panel.map, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.go.isVisible)
    assert panel.go.text() == "Import 2 contacts"
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.rooms.current_name() == "contacts")
    assert [len(person.points) for person in records.everything(book, Contact)] == [1, 1]

    window.stage.show_import([path])
    qtbot.waitUntil(panel.map.isVisible)
    assert panel.mapping.chosen("people") == {"Wer": "name", "Ruf": "mobile", "Firma": "organisation"}
    assert panel.step_out()


def test_one_says_of_a_probable_double_that_it_is_the_same_person(window, qtbot, tmp_path, book, contact):
    stored(book, contact("Mara Lindqvist", organisation="Nordvik"), contact("Tom Herrera", organisation="Nordvik"))
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{0}\nORG:Nordvik\nTITLE:Lead\nTEL:1\nEND:VCARD\n"
    (tmp_path / "team.vcf").write_text(card.format("Mara Lindqvist") + card.format("Tom Herrera"), encoding="utf-8")
    window.stage.show_import([tmp_path / "team.vcf"])
    panel = window.stage.importing
    qtbot.waitUntil(panel.is_same.isVisible)
    assert "2 may be here already" in panel.said.text()
    assert not panel.is_same.isEnabled()
    panel.view.setCurrentIndex(panel.table.index(0, 0))
    qtbot.mouseClick(panel.is_same, Qt.MouseButton.LeftButton)
    assert panel.table.records()[0].row.meta == (("the same person as CO-0001", "good"),)
    qtbot.mouseClick(panel.is_other, Qt.MouseButton.LeftButton)
    assert panel.table.records()[1].row.meta == (("another person", "good"),)
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: records.count(book, Contact) == 3)
    assert [(person.name, person.role) for person in records.everything(book, Contact)] == [
        ("Mara Lindqvist", "Lead"),
        ("Tom Herrera", ""),
        ("Tom Herrera", "Lead"),
    ]


def test_what_the_headings_of_pages_are_is_shown_and_corrected_by_keyboard_once(window, qtbot, tmp_path, book):
    folder = tmp_path / "runbooks"
    folder.mkdir()
    text = "# SyncLag\n\n## Meaning\n\nLate.\n\n## Mitigation\n\nWait.\n\n## What to tell people\n\nNothing.\n"
    (folder / "a.md").write_text(text, encoding="utf-8")
    window.stage.show_import([folder])
    panel = window.stage.importing
    qtbot.waitUntil(panel.map.isVisible)
    assert panel.map.isEnabled()
    assert panel.mapping.chosen("pages") == {
        "runbooks/Meaning": "summary",
        "runbooks/Mitigation": "remedy",
        "runbooks/What to tell people": "",
    }
    first, _, third = panel.mapping.findChildren(ChoiceField)
    assert first.hasFocus()
    assert third.accessibleName() == "“What to tell people” is"
    third.setFocus()
    for _ in range(20):
        if third.value() == "prevention":
            break
        qtbot.keyClick(third, Qt.Key.Key_Down)
    qtbot.mouseClick(panel.map, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.go.isVisible)
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: records.count(book, Entry) == 1)
    (entry,) = records.everything(book, Entry)
    assert (entry.summary, entry.remedy, entry.prevention) == ("Late.", "Wait.", "Nothing.")

    window.stage.show_import([folder])
    qtbot.waitUntil(lambda: "1 are here already" in panel.said.text())
