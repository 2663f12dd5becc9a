"""Passages of an entry: the plain text in which notes find them, and their marks in the tree that is read.

A passage goes by its place in the plain text of a field. White space may stand otherwise in a tree or on the screen
than in plain text, so that passages are followed by the characters that are none.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from escplaybook.domain.annotations import PlainText, parts_of
from escplaybook.domain.knowledge import Entry
from escplaybook.prose.entries import plain_text
from escplaybook.prose.html import BLOCKS, Node, Nodes


def texts_of(entry: Entry) -> PlainText:
    """The plain text of each annotated part of an entry, read when it is first asked for."""
    known: dict[str, str] = {}

    def text(field: str) -> str:
        if field not in known:
            known[field] = "\n".join(filter(None, map(plain_text, parts_of(entry, field))))
        return known[field]

    return text


def solid(text: str) -> int:
    """How many characters of a text are no white space."""
    return len("".join(text.split()))


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage by the solid characters of its text: the first of them, the one behind the last, and its label."""

    first: int
    behind: int
    label: str


class Marking:
    """Goes once through the trees of a field, in reading order, marks the passages and raises their labels behind them.

    Code is left as it is, to be copied: the labels of passages that end there are `unseen`.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = tuple(passage for passage in passages if passage.first < passage.behind)
        self._at, self._is_code = 0, False
        self._labels: list[str] = []
        self.unseen: set[str] = set()

    def blocks(self, nodes: Nodes) -> Iterator[tuple[Nodes, tuple[str, ...]]]:
        """The same nodes marked, block by block, with the labels of the passages ending in it."""
        for _, run in itertools.groupby(enumerate(nodes), lambda pair: pair[0] if _is_block(pair[1]) else -1):
            self._labels = []
            made = self._marked(tuple(node for _, node in run))
            yield made, tuple(self._labels)

    def line(self, nodes: Nodes) -> tuple[Nodes, tuple[str, ...]]:
        """The same nodes marked, and the labels of the passages ending in them."""
        self._labels = []
        return self._marked(nodes), tuple(self._labels)

    def _marked(self, nodes: Nodes) -> Nodes:
        made: list[Node | str] = []
        for node in nodes:
            if isinstance(node, str):
                made += self._text(node)
            elif node.attribute("class") == "remark":
                made.append(node)  # what the program says is no part of the text
            else:
                was_code, self._is_code = self._is_code, self._is_code or node.tag == "pre"
                made.append(Node(node.tag, node.attributes, self._marked(node.children)))
                self._is_code = was_code
        return tuple(made)

    def _text(self, text: str) -> Iterator[Node | str]:
        run, was_inside = "", False
        for character in text:
            is_solid = not character.isspace()
            is_inside = not self._is_code and self._holds(is_solid)
            if is_inside != was_inside and run:
                yield _piece(run, was_inside)
                run = ""
            run, was_inside = run + character, is_inside
            self._at += is_solid
            ending = [one.label for one in self._passages if is_solid and one.behind == self._at]
            self._labels += ending
            if ending and self._is_code:
                self.unseen |= set(ending)
            elif ending:
                yield _piece(run, was_inside)
                yield Node("sup", (), (",".join(ending),))
                run = ""
        if run:
            yield _piece(run, was_inside)

    def _holds(self, is_solid: bool) -> bool:
        """Whether the next character is part of a passage; white space is not at its edge."""
        at = self._at
        return any(one.first <= at < one.behind and (is_solid or one.first < at) for one in self._passages)


def _piece(text: str, is_inside: bool) -> Node | str:
    return Node("mark", (), (text,)) if is_inside else text


def _is_block(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag in BLOCKS
