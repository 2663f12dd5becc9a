"""A chapter's Markdown as a tree: Python-Markdown, taught what playbooks say besides, then made clean.

HTML in a chapter is text like any other. What it would take seconds to read is shown as it was typed. To be imported
late: it brings Python-Markdown in.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from escplaybook.domain.mentions import LINK
from escplaybook.domain.playbooks import MARK
from escplaybook.prose.html import Nodes, showable
from escplaybook.prose.playbooks_chapter import FACTS, Reading, settle
from escplaybook.prose.playbooks_lists import settled
from escplaybook.prose.sanitised import as_typed, parse_playbook

LONGEST_TEXT = 500_000
"""Characters of a chapter that are laid out; it should have 10,000."""

MOST_MARKS = 250_000
"""How many pairs of opening brackets, each within one paragraph, are looked at: at worst that takes half a second."""

MOST_HEADINGS = 2_000

TOO_MUCH = "Shown as it was typed, without formatting, because it is longer or denser than a chapter can be."

_FACT = re.compile(r"\{\{[ \t]*(?P<name>[a-z][a-z-]{0,40})[ \t]*\}\}")
_HELD = re.compile(f"[{''.join(FACTS.values())}]")
_PARTS = re.compile(r"\n\s*(?=\n|[-*+>|#]|\d+[.)][ \t])")
_EXTENSIONS = ("admonition", "tables", "fenced_code", "footnotes", "attr_list", "def_list", "sane_lists")


class ChapterReader:
    """Reads one chapter after the other; it is no two threads' at once."""

    def __init__(self) -> None:
        self._playbooks = _Playbooks()
        toc = TocExtension(marker="", slugify=slugify_unicode)
        self._markdown = Markdown(extensions=[*_EXTENSIONS, toc, self._playbooks])

    def tree_of(self, text: str, reading: Reading) -> Nodes:
        """The tree of a chapter, a LIVE element with its number where a block is asked for."""
        shown = showable(_HELD.sub("\ufffd", text))
        if _is_too_much(shown):
            reading.doubts.append(TOO_MUCH)
            return as_typed(shown)
        self._markdown.reset()
        self._playbooks.reading = reading
        try:
            html = self._markdown.convert(_FACT.sub(_held, shown))
        except RecursionError:  # callouts and quotes inside one another, hundreds deep
            reading.doubts.append(TOO_MUCH)
            reading.requests.clear()
            return as_typed(shown)
        return parse_playbook(html)


class _Playbooks(Extension):  # type: ignore[misc]  # Python-Markdown is untyped
    """Live blocks, links to records, no HTML."""

    reading: Reading

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.preprocessors.register(_Lists(md), "lists", 20)
        md.parser.blockprocessors.register(_LiveBlocks(md.parser, self), "live", 95)
        md.inlinePatterns.register(_RecordLinks(LINK.pattern, md), "record_link", 185)
        md.treeprocessors.register(_House(self), "house", 1)


class _Lists(Preprocessor):  # type: ignore[misc]
    """Lists in the form that Python-Markdown wants, once fenced code is out of the way."""

    def run(self, lines: list[str]) -> list[str]:
        return settled(lines)


class _LiveBlocks(BlockProcessor):  # type: ignore[misc]
    """Lines that begin with `:::`, alone in their paragraph."""

    def __init__(self, parser: Any, playbooks: _Playbooks) -> None:
        super().__init__(parser)
        self._playbooks = playbooks

    def test(self, _parent: Element, block: str) -> bool:
        return all(line.startswith(MARK) for line in block.strip("\n").split("\n"))

    def run(self, parent: Element, blocks: list[str]) -> None:
        for line in blocks.pop(0).strip("\n").split("\n"):
            SubElement(parent, "live").text = str(self._playbooks.reading.asked(line))


class _RecordLinks(InlineProcessor):  # type: ignore[misc]
    """`[[KB-0142]]`, as in every other text of the book."""

    def handleMatch(self, found: re.Match[str], _data: str) -> tuple[Element, int, int]:
        link = Element("a", href=f"record:{found['key'].upper()}")
        link.text = found["key"].upper()
        return link, found.start(0), found.end(0)


class _House(Treeprocessor):  # type: ignore[misc]
    """Sees to it that the tree is like every other of this program."""

    def __init__(self, playbooks: _Playbooks) -> None:
        super().__init__()
        self._playbooks = playbooks

    def run(self, root: Element) -> None:
        settle(root, self._playbooks.reading)


def _held(fact: re.Match[str]) -> str:
    return FACTS.get(fact["name"], fact[0])


def _is_too_much(text: str) -> bool:
    if len(text) > LONGEST_TEXT or len(re.findall(r"^(?:#|[=-]+$)", text, re.MULTILINE)) > MOST_HEADINGS:
        return True
    return sum(part.count("[") ** 2 for part in _PARTS.split(text)) > MOST_MARKS
