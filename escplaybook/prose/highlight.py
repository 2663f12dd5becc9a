"""Marking the words that were searched for."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from escplaybook.prose.html import Node, Nodes

_LETTERS = (
    r"\w\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece\u0f18-\u0f84\u102b-\u109f\u17b4-\u17d3"
)
"""What words are made of: letters, digits, and the marks that other scripts write above, below and beside them."""

_WORD = re.compile(f"[{_LETTERS}]+(?:[-./][{_LETTERS}]+)*")
_PART = re.compile(f"(?:(?!_)[{_LETTERS}])+")


def mark(nodes: Iterable[Node | str], is_hit: Callable[[str], bool]) -> Nodes:
    """The same tree with every word in `mark` that `is_hit` says yes to.

    A word may hold `-`, `_`, `.` and `/` inside (`api-gateway`, `HTTP/2`); if the whole of it is no hit, its parts
    are asked one by one.
    """
    return tuple(_marked(nodes, cache(is_hit)))


def _marked(nodes: Iterable[Node | str], is_hit: Callable[[str], bool]) -> Iterator[Node | str]:
    for node in nodes:
        if isinstance(node, str):
            yield from _split(node, is_hit)
        elif node.tag == "mark":
            yield node
        else:
            yield Node(node.tag, node.attributes, tuple(_marked(node.children, is_hit)))


def _split(text: str, is_hit: Callable[[str], bool]) -> Iterator[Node | str]:
    done = 0
    for start, end in _hits(text, is_hit):
        if done < start:
            yield text[done:start]
        yield Node("mark", (), (text[start:end],))
        done = end
    if done < len(text):
        yield text[done:]


def _hits(text: str, is_hit: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    for word in _WORD.finditer(text):
        if is_hit(word[0]):
            yield word.span()
            continue
        parts = (part.span() for part in _PART.finditer(text, *word.span()))
        yield from (span for span in parts if span != word.span() and is_hit(text[slice(*span)]))
