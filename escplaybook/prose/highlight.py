"""Marks the searched words in the shared tree."""

import re
from collections.abc import Callable

from escplaybook.prose.html import Node, Nodes

_WORD = re.compile(r"[^\W_]+")


def mark(nodes: Nodes, is_hit: Callable[[str], bool]) -> Nodes:
    """The tree with every word for which `is_hit` says so inside `<mark>`; structure and targets stay."""
    marked: list[Node | str] = []
    for node in nodes:
        if isinstance(node, str):
            marked += _split(node, is_hit)
        elif node.tag == "mark":
            marked.append(node)
        else:
            marked.append(Node(node.tag, node.attributes, mark(node.children, is_hit)))
    return tuple(marked)


def _split(text: str, is_hit: Callable[[str], bool]) -> list[Node | str]:
    parts: list[Node | str] = []
    start = 0
    for word in _WORD.finditer(text):
        if is_hit(word[0]):
            if word.start() > start:
                parts.append(text[start : word.start()])
            parts.append(Node("mark", (), (word[0],)))
            start = word.end()
    if start < len(text):
        parts.append(text[start:])
    return parts
