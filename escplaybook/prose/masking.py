"""Numbers and addresses that are not to be shown, taken out of whatever text names them."""

import re
from collections.abc import Collection
from dataclasses import replace

from escplaybook.prose.html import Node, Nodes

MASK = "(not shown)"

_CANDIDATE = re.compile(r"\+?\(?\d[\d \xa0()/.-]{3,40}\d|[^\s\xa0,;<>“”\"]{4,200}")
_AROUND = ".:!?()[]’'"


def masked(nodes: Nodes, hidden: Collection[str]) -> Nodes:
    """The nodes with MASK wherever one of the values in `hidden` stands, however its digits are spaced."""
    values = {_solid(value) for value in hidden}
    return _masked(nodes, values) if values else nodes


def _masked(nodes: Nodes, values: set[str]) -> Nodes:
    def shown(found: re.Match[str]) -> str:
        word = found[0]
        core = word.strip(_AROUND)
        return word.replace(core, MASK) if _solid(core) in values or _solid(word) in values else word

    return tuple(
        _CANDIDATE.sub(shown, node)
        if isinstance(node, str)
        else replace(node, children=_masked(node.children, values), attributes=_without(node, values))
        for node in nodes
    )


def _without(node: Node, values: set[str]) -> tuple[tuple[str, str], ...]:
    """The attributes but for a link that dials or writes to a hidden value."""
    target = (node.attribute("href") or "").partition(":")[2]
    if target and _solid(target) in values:
        return tuple(pair for pair in node.attributes if pair[0] != "href")
    return node.attributes


def _solid(value: str) -> str:
    return re.sub(r"[\s\xa0()/.-]", "", value).casefold()
