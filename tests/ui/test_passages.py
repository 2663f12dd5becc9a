"""What is selected on the screen is the passage that the note is tied to, whatever stands between."""

from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QTextCursor

from escplaybook import shipped
from escplaybook.domain.annotations import ANNOTATED
from escplaybook.domain.knowledge import Section, Step
from escplaybook.exchange import markdown
from escplaybook.prose.passages import texts_of
from escplaybook.services.annotating import Selection
from escplaybook.ui.knowledge.passages import PassageMap
from escplaybook.ui.knowledge.text import html_of
from escplaybook.ui.prose_view import ProseView


@pytest.fixture
def shown(theme, qtbot):
    """Shows an entry and gives its map, and the view."""

    def show(entry):
        view = ProseView(theme)
        qtbot.addWidget(view)
        view.show_html(html_of(entry, notes={"cause": "<blockquote><p>A note: cause</p></blockquote>"}))
        return PassageMap(view.document(), entry), view

    return show


def solid(text: str) -> str:
    return "".join(text.split()).strip("\ufdd0\ufdd1")  # where Qt's tables begin and end


def test_every_word_of_the_starter_library_is_found_on_the_screen_and_back(shown):
    for item in markdown.read([shipped.resource("starter/entries")], datetime(2026, 1, 1, tzinfo=UTC)):
        passages, _ = shown(item.entry)
        texts = texts_of(item.entry)
        for field in ANNOTATED:
            text = texts(field)
            if text:
                there = passages.cursor(field, 0, len(text))
                words = [word for word in text.split() if word]
                assert there is not None, (item.source, field)
                assert solid(there.selectedText()).startswith(solid(words[0]))
                assert solid(there.selectedText()).endswith(solid(words[-1]))
                assert passages.selection(there) == Selection(field, 0, len(text)), (item.source, field)


AWKWARD = (
    "# Heading\n\nA 😀 **bold** word.\n\n```\nline a\n  line b\n```\n\n"
    "| A | B |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n- > quoted"
)


def test_tables_code_lists_and_wide_characters_keep_count(shown, entry):
    made = entry(
        summary="x",
        cause=AWKWARD,
        steps=(Step("**Do** it", "ready", "`ok`"), Step("Two\n\nparagraphs", rollback="undo 😀 it")),
        rest=(Section("cause", ""), Section("More", "cause 漢字"), Section("", "loose")),
    )
    passages, _ = shown(made)
    texts = texts_of(made)
    words = [("cause", w) for w in ("😀", "bold", "line b", "2", "done", "quoted")]
    words += [("steps", w) for w in ("Do", "ready", "ok", "paragraphs", "😀 it")] + [
        ("rest", "漢字"),
        ("rest", "loose"),
    ]
    for field, word in words:
        start = texts(field).index(word)
        there = passages.cursor(field, start, start + len(word))
        assert there.selectedText().replace("\xa0", " ") == word
        assert passages.selection(there) == Selection(field, start, start + len(word))


def test_words_of_the_program_are_no_part_of_a_passage(shown, entry):
    made = entry(steps=(Step("Open it", expected="offset"),))
    passages, view = shown(made)
    whole = QTextCursor(view.document())
    whole.select(QTextCursor.SelectionType.Document)
    assert passages.selection(whole) == Selection("steps", 0, len("Open it\noffset"))
    label = view.document().find("Expect:")
    assert passages.selection(label) is None


def test_a_text_shown_as_typed_has_its_passages_behind_the_remark(shown, entry):
    made = entry(cause="**a** word " + "[" * 60_000)
    passages, view = shown(made)
    assert "Shown as it was typed" in view.toPlainText()
    start = texts_of(made)("cause").index("word")
    assert passages.cursor("cause", start, start + 4).selectedText() == "word"
