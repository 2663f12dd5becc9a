"""Everybody is saved as cards or a table from the Contacts page, and from Ctrl+K."""

import pytest
from PySide6.QtWidgets import QFileDialog

from escplaybook.domain.contacts import ContactPoint, PointKind, Privacy
from tests.ui.hands import heard, opened, stored


@pytest.fixture
def window(desk, book, contact, qtbot):
    private = ContactPoint(PointKind.PHONE, "+46 8 465 004 05", privacy=Privacy.PRIVATE)
    stored(book, contact("Mara", points=(private, *contact().points)), contact("Tom"))
    made = opened(desk, qtbot, "contacts")
    yield made
    made.close()


def ask(window, words: str) -> QFileDialog:
    next(command for command in window.keys.commands if words in command.words).act()
    return next(one for one in window.findChildren(QFileDialog) if one.isVisible())


@pytest.mark.parametrize(
    ("choice", "name", "private"), [(0, "people.vcf", False), (1, "people.vcf", True), (2, "people.csv", False)]
)
def test_everybody_is_saved_as_chosen(window, desk, qtbot, tmp_path, choice, name, private):
    said = heard(desk)
    dialog = ask(window, "Export contacts")
    dialog.selectNameFilter(dialog.nameFilters()[choice])
    dialog.fileSelected.emit(str(tmp_path / name))
    dialog.reject()
    qtbot.waitUntil(lambda: any("2 contacts saved" in words for words in said))
    text = (tmp_path / name).read_text()
    assert ("465 004 05" in text) == private
    assert text.startswith("BEGIN:VCARD" if name.endswith("vcf") else "\ufeffname,")


def test_what_is_there_gives_way_to_a_name_that_was_chosen(window, desk, qtbot, tmp_path):
    (tmp_path / "a.vcf").write_text("by hand")
    said = heard(desk)
    dialog = ask(window, "Export contacts")
    dialog.fileSelected.emit(str(tmp_path / "a.vcf"))
    dialog.reject()
    qtbot.waitUntil(lambda: any("2 contacts saved" in words for words in said))
    assert "Mara" in (tmp_path / "a.vcf").read_text()


def test_a_place_that_cannot_be_written_is_told(window, desk, qtbot, tmp_path):
    (tmp_path / "file").write_text("")
    said = heard(desk)
    dialog = ask(window, "Export contacts")
    dialog.fileSelected.emit(str(tmp_path / "file" / "a.vcf"))
    dialog.reject()
    qtbot.waitUntil(lambda: any("cannot be written" in words for words in said))
