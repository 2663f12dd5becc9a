"""A playbook on paper: a title page, then its chapters, with pages where the text refers to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reportlab.lib.units import mm

from escplaybook.domain.deployments import Deployment
from escplaybook.domain.playbooks import Playbook
from escplaybook.paper import flow
from escplaybook.paper.lines import BOLD, PLAIN, QUIET, Ink
from escplaybook.paper.page import PageSize, Sheet, Stamp, day
from escplaybook.paper.playbooks_contents import contents
from escplaybook.paper.playbooks_flow import PlaybookManner
from escplaybook.paper.rows import Row, Rows, Rule
from escplaybook.paper.story import NewPage
from escplaybook.paper.text import Block, Style, Text
from escplaybook.prose.html import Node, Nodes
from escplaybook.prose.playbooks import ReadChapter, contents_of

_KIND = Style(10, 14, after=60)
_TITLES = ((40, Style(30, 36, after=14)), (90, Style(22, 28, after=12)), (10_000, Style(15, 20, after=10)))
_SUMMARY = Style(12, 18, after=22)
_FACT = Style(10, 14)
_ABOVE = Style(9, 12, after=2, leads=True)
_MARGIN = 22 * mm
"""That of a page wide enough for it: lines of some 85 characters are read without losing the next."""

_ENOUGH = 0.4
"""The share of a page that must be free for a chapter to begin on it."""


def playbook_sheet(
    playbook: Playbook,
    chapters: Sequence[ReadChapter],
    pictures: Mapping[str, bytes],
    deployment: Deployment | None,
    stamp: Stamp,
    size: PageSize,
) -> Sheet:
    """The document; `pictures` are by the source that the chapters give them."""
    wide = replace(size, margin=max(size.margin, _MARGIN)) if size.width > 400 else size
    setter = _Setter(chapters, pictures, wide)
    title = _title_page(playbook, deployment, stamp, wide)

    def paged(pages: Mapping[str, int]) -> tuple[Block, ...]:
        return (*title, *setter.blocks(pages))

    running = (playbook.title, " · ".join(filter(None, (playbook.role, _version(playbook)))))
    return Sheet(
        title=playbook.title,
        running=running,
        blocks=paged({}),
        stamp=stamp,
        size=wide,
        language=playbook.language,
        paged=paged,
    )


class _Setter:
    """Sets the chapters; what names no page is set once, however often the pages change."""

    def __init__(self, chapters: Sequence[ReadChapter], pictures: Mapping[str, bytes], size: PageSize) -> None:
        self._chapters, self._pictures, self._size = chapters, pictures, size
        self._set: dict[int, list[Block]] = {}

    def blocks(self, pages: Mapping[str, int]) -> Iterator[Block]:
        """All blocks, with the pages on which the places stand."""
        manner = PlaybookManner(pages, self._pictures)
        if not any(_has_contents(chapter.nodes) for chapter in self._chapters):
            headings = (heading for chapter in self._chapters for heading in chapter.headings)
            yield Rule(0.75, before=22, after=8)
            yield from contents(contents_of(headings), pages, self._size.column)
        for number, chapter in enumerate(self._chapters, 1):
            yield NewPage("later") if number == 1 else NewPage(unless=self._size.height_free * _ENOUGH)
            above = Text([(f"Chapter {number}", QUIET)], replace(_ABOVE, before=28 if number > 1 else 0))
            yield from _turned_with_headings([above, *self._chapter(chapter, manner)])

    def _chapter(self, chapter: ReadChapter, manner: PlaybookManner) -> Iterator[Block]:
        for node in chapter.nodes:
            known = self._set.get(id(node))
            if known is None:
                where = flow.Where(
                    self._size.column, style=manner.body, manner=manner, turned=self._size.turned().column
                )
                known = list(flow.blocks_at((node,), where))
                if isinstance(node, str) or not _names_pages(node):
                    self._set[id(node)] = known
            yield from known


def _title_page(playbook: Playbook, deployment: Deployment | None, stamp: Stamp, size: PageSize) -> list[Block]:
    style = next(style for limit, style in _TITLES if len(playbook.title) <= limit)
    if size.width < 400:
        style = replace(style, size=style.size * 0.7, leading=style.leading * 0.7)
    printed = f"{day(stamp.printed)}; ladders, names and numbers are as the book had them then"
    facts = (
        ("For", playbook.role),
        ("Stage", playbook.stage),
        ("Deployment", _deployment_words(deployment)),
        ("Version", playbook.version),
        ("Printed", printed),
    )
    label = min(90.0, size.column * 0.25)
    rows = [
        Row([(Text([(name, QUIET)], _FACT),), (Text([(said, PLAIN)], _FACT),)], [label, size.column - label - 10])
        for name, said in facts
        if said
    ]
    return [
        Text([("Playbook", QUIET)], replace(_KIND, after=min(_KIND.after, size.height * 0.07))),
        Text([(playbook.title, BOLD)], style),
        *([Text([(playbook.summary, Ink(shade=0.2))], _SUMMARY)] if playbook.summary else []),
        Rule(1.2, before=4, after=4),
        Rows(rows),
    ]


def _deployment_words(deployment: Deployment | None) -> str:
    return ", ".join(filter(None, (deployment.name, deployment.customer))) if deployment else "every deployment"


def _version(playbook: Playbook) -> str:
    return f"version {playbook.version}" if playbook.version else ""


def _turned_with_headings(blocks: Sequence[Block]) -> list[Block]:
    """A heading goes along to the turned page where its table stands."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, NewPage) and block.template == "lying":
            first = len(made)
            while first and made[first - 1].leads:
                first -= 1
            made.insert(first, block)
        else:
            made.append(block)
    return made


def _has_contents(nodes: Nodes) -> bool:
    return any(
        isinstance(node, Node) and (node.attribute("class") == "contents" or _has_contents(node.children))
        for node in nodes
    )


def _names_pages(node: Node) -> bool:
    if node.tag == "a" and (node.attribute("href") or "").startswith("#"):
        return True
    return any(isinstance(child, Node) and _names_pages(child) for child in node.children)
