"""Playbooks: chapters in Markdown, the live blocks they ask for, and both together as one tree a chapter.

First `drafted` reads the chapters and gives the requests as data; whoever has the book answers them; then `read`
puts the answers in. The screen shows the trees and paper prints them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from escplaybook.domain.playbooks import Chapter, Doubt, Live, LiveRequest, Playbook
from escplaybook.prose.html import HEADINGS, Node, Nodes, plain
from escplaybook.prose.playbooks_chapter import FACTS, Reading

BLANK = "_" * 24
"""What is to be filled in by hand."""

_NAMES = {mark: name for name, mark in FACTS.items()}
_HELD = re.compile(f"[{''.join(FACTS.values())}]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A chapter whose live blocks wait for their answers: in their order what each asks for, or what is wrong with it.

    `anchor` is the name of the place where it begins, and begins the names of all places in it. `records` are the keys
    that links name without saying what the record is called.
    """

    chapter: Chapter
    anchor: str
    nodes: Nodes
    requests: tuple[LiveRequest | str, ...]
    doubts: tuple[str, ...]
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a chapter: the name of its place, how deep it stands (1 is the chapter's own), its words."""

    id: str
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class ReadChapter:
    """A chapter to read. `nodes` begin with its title; `ticks` are the words of its tick list items, in their order.

    In the nodes a link whose target is `#` and a heading's id leads to that heading, in whichever chapter it stands:
    the part of an id before its first hyphen is the `anchor` of its chapter. Pictures have `playbook:` and a file's
    name as source.
    """

    file: str
    title: str
    anchor: str
    nodes: Nodes
    headings: tuple[Heading, ...]
    ticks: tuple[str, ...]


@lru_cache(maxsize=8)
def drafted(playbook: Playbook) -> tuple[Draft, ...]:
    """The chapters with a LIVE element for each live block. Read once: the book behind them changes, they do not."""
    from escplaybook.prose.playbooks_markdown import ChapterReader  # late: it brings Python-Markdown in

    files = {chapter.file: f"c{number}" for number, chapter in enumerate(playbook.chapters, 1)}
    reader, drafts = ChapterReader(), []
    for chapter in playbook.chapters:
        reading = Reading(files[chapter.file], files)
        nodes = _with_title(reader.tree_of(chapter.text, reading), chapter, reading.prefix)
        records = tuple(dict.fromkeys(filter(None, map(_bare_record, _elements(nodes)))))
        drafts.append(Draft(chapter, reading.prefix, nodes, tuple(reading.requests), tuple(reading.doubts), records))
    return tuple(drafts)


def read(
    drafts: Sequence[Draft], answers: Sequence[Sequence[Nodes]], facts: Mapping[str, str], names: Mapping[str, str]
) -> tuple[tuple[ReadChapter, ...], tuple[Doubt, ...]]:
    """The chapters with an answer for each live block (by chapter, in their order), and what is doubtful in them.

    `facts` are by the names of FACTS; what is not among them is left to be filled in by hand. `names` say how the
    records are called that links name by their key; one that is not among them is said to be gone. CONTENTS is put in
    here.
    """
    filler = _Filler(facts, names)
    filled = [
        replace(draft, nodes=tuple(filler.filled(draft.nodes, given)))
        for draft, given in zip(drafts, answers, strict=True)
    ]
    headings = [tuple(_headings(draft.nodes)) for draft in filled]
    contents = contents_of(heading for found in headings for heading in found)
    places = {name for draft in filled for name in _places(draft.nodes)}
    chapters, doubts = [], []
    for draft, found in zip(filled, headings, strict=True):
        finisher = _Finisher(contents, places)
        nodes = tuple(finisher.finished(draft.nodes))
        ticks = tuple(_ticks(nodes))
        title = found[0].title if found else draft.chapter.title
        chapters.append(ReadChapter(draft.chapter.file, title, draft.anchor, nodes, found, ticks))
        doubts += [Doubt(draft.chapter.file, what) for what in (*draft.doubts, *finisher.doubts)]
    return tuple(chapters), tuple(doubts)


def contents_of(headings: Iterable[Heading]) -> Node:
    """The list of a playbook's chapters and their sections, each leading to its place."""
    items: list[Node] = []
    for heading in headings:
        if heading.level <= 2:
            link = Node("a", (("href", f"#{heading.id}"),), (heading.title,))
            if heading.level == 1 or not items:
                items.append(Node("li", (), (link,)))
                continue
            last = items[-1]
            inner = last.children[1].children if len(last.children) > 1 else ()  # type: ignore[union-attr]
            nested = Node("ul", (("class", "contents"),), (*inner, Node("li", (), (link,))))
            items[-1] = replace(last, children=(last.children[0], nested))
    return Node("ul", (("class", "contents"),), tuple(items))


def remark(text: str) -> Nodes:
    """A muted line of what the program has to say."""
    return (Node("p", (), (Node("span", (("class", "remark"),), (text,)),)),)


CONTENTS = Node("live", (), (Live.CONTENTS,))
"""Holds the place of the contents, which are known when everything else is."""


class _Filler:
    """Puts answers, facts and names in their places and numbers the figures through the whole playbook."""

    def __init__(self, facts: Mapping[str, str], names: Mapping[str, str]) -> None:
        self._facts, self._names = facts, names
        self._figures = 0

    def filled(self, nodes: Nodes, answers: Sequence[Nodes]) -> Iterator[Node | str]:
        for node in nodes:
            if isinstance(node, str):
                yield _HELD.sub(self._fact, node)
            elif node.tag == "live":
                yield from answers[int(node.text)]
            elif key := _bare_record(node):
                yield from self._record(node, key)
            else:
                children = tuple(self.filled(node.children, answers))
                if node.attribute("class") == "caption":
                    self._figures += 1
                    children = (Node("strong", (), (f"Figure\xa0{self._figures}",)), " ", *children)
                yield replace(node, children=children)

    def _record(self, node: Node, key: str) -> Nodes:
        if key in self._names:
            return (replace(node, children=(f"{key} {self._names[key]}".rstrip(),)),)
        return (f"{key} ", Node("span", (("class", "remark"),), ("(is not in this book)",)))

    def _fact(self, found: re.Match[str]) -> str:
        return self._facts.get(_NAMES[found[0]]) or BLANK


class _Finisher:
    """Puts the contents in their place, and takes links away that lead nowhere."""

    def __init__(self, contents: Node, places: set[str]) -> None:
        self._contents, self._places = contents, places
        self.doubts: list[str] = []

    def finished(self, nodes: Nodes) -> Iterator[Node | str]:
        for node in nodes:
            if isinstance(node, str):
                yield node
            elif node is CONTENTS:
                yield self._contents
            elif node.tag == "a" and (href := node.attribute("href") or "").startswith("#"):
                if href[1:] in self._places:
                    yield node
                else:
                    self.doubts.append(f"The link “{node.text}” leads to no heading.")
                    yield from node.children
            else:
                yield replace(node, children=tuple(self.finished(node.children)))


def _with_title(nodes: Nodes, chapter: Chapter, anchor: str) -> Nodes:
    """The chapter's own heading first, whose place is the chapter's."""
    if nodes and isinstance(first := nodes[0], Node) and first.tag == "h1":
        return (replace(first, attributes=(("id", anchor),)), *nodes[1:])
    return (Node("h1", (("id", anchor),), (chapter.title,)), *nodes)


def _elements(nodes: Nodes) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from _elements(node.children)


def _bare_record(node: Node) -> str:
    """The key that a link names and says, and nothing more of the record; empty for anything else."""
    key = node.text if node.tag == "a" else ""
    return key if key and node.attribute("href") == f"record:{key}" else ""


def _headings(nodes: Nodes) -> Iterator[Heading]:
    for node in _elements(nodes):
        if node.tag in HEADINGS and (name := node.attribute("id")):
            yield Heading(name, int(node.tag[1]), " ".join(plain(node.children).split()))


def _places(nodes: Nodes) -> Iterator[str]:
    return (name for node in _elements(nodes) if (name := node.attribute("id")))


def _ticks(nodes: Nodes) -> Iterator[str]:
    for node in _elements(nodes):
        if node.tag == "li" and node.attribute("class") in ("checked", "unchecked"):
            own = (child for child in node.children if not (isinstance(child, Node) and child.tag in ("ul", "ol")))
            yield " ".join(plain(own).split())
