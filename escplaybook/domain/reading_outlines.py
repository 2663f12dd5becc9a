"""A playbook seen as a way to go: its chapters in order, and in each the items to tick."""

import re

from escplaybook.domain.playbooks import Chapter, Playbook
from escplaybook.domain.readings import ChapterOutline, Outline

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]+(?P<words>\S.*)")
_TARGET = re.compile(r"\]\([^()]*\)")
_FILLED = re.compile(r"\{\{|\[\^")
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})")


def outline_of(playbook: Playbook, name: str) -> Outline:
    """The playbook's outline under the name by which readings go."""
    chapters = tuple(outline_of_chapter(chapter) for chapter in playbook.chapters)
    return Outline(name, playbook.title, playbook.version, chapters)


def outline_of_chapter(chapter: Chapter) -> ChapterOutline:
    """The chapter's outline."""
    return ChapterOutline(chapter.file, chapter.title, tick_items(chapter.text))


def tick_items(markdown: str) -> tuple[str, ...]:
    """The words of each `- [ ]` item, in order, as they are written in its first line; code holds none."""
    items, fence = [], ""
    for line in markdown.splitlines():
        if (mark := _FENCE.match(line)) is not None:
            if not fence:
                fence = mark["fence"]
            elif mark["fence"].startswith(fence):
                fence = ""
        elif not fence and (item := _ITEM.match(line)) is not None:
            items.append(item["words"].strip())
    return tuple(items)


def is_item(item: str, words: str) -> bool:
    """Whether an item as it is written is the one that reads so: its marks do not count.

    Nor does what follows a fact (`{{…}}`) or a footnote, which the reader sees filled in and numbered.
    """
    written, read = _letters(_FILLED.split(_TARGET.sub("", item))[0]), _letters(words)
    return bool(written) and read.startswith(written)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
