"""A short playbook on disk, and what a story on the reading path does and looks at."""

from PySide6.QtCore import Qt

from escplaybook.domain.readings import Reading
from escplaybook.store import records

CTRL = Qt.KeyboardModifier.ControlModifier
TOML = 'title = "A first week"\nrole = "Engineer"\nversion = "{0}"\nsummary = "Five days."\nchapters = {1}\n'
MONDAY = """# Monday

Find your feet. The [rest](02-tuesday.md#the-ladder) follows. This is for {{deployment}}.

!!! caution "Not yet"
    Change nothing.

- [ ] Find the **ladder**
- [ ] Say hello
"""
TUESDAY = "# Tuesday\n\n## The ladder\n\nWhom you call.\n\n- [ ] Read three remedies\n"


def write(folder, version="1.0", monday=MONDAY):
    folder.mkdir(parents=True, exist_ok=True)
    chapters = '["01-monday.md", "02-tuesday.md"]'
    (folder / "playbook.toml").write_text(TOML.format(version, chapters), encoding="utf-8")
    (folder / "01-monday.md").write_text(monday, encoding="utf-8")
    (folder / "02-tuesday.md").write_text(TUESDAY, encoding="utf-8")


def the_reading(page) -> Reading:
    (found,) = records.everything(page._desk.book, Reading)
    return found


def shelf(page) -> list[str]:
    return [page.shelf.table.index(row, 0).data() for row in range(page.shelf.table.rowCount())]


def contents(page) -> list[str]:
    return [page.contents.table.index(row, 0).data() for row in range(page.contents.table.rowCount())]


def select(page, words: str) -> None:
    found = page.reader.text.document().find(words)
    assert not found.isNull()
    page.reader.text.setTextCursor(found)


def ask(page, qtbot, words: str) -> None:
    page.note_this()
    qtbot.keyClicks(page.reader.questions.form.text, words)
    qtbot.keyClick(page.reader.questions.form.text, Qt.Key.Key_Return, CTRL)
