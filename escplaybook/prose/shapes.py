"""Parts of a tree that are made from data and not read from a text."""

from collections.abc import Iterable, Sequence

from escplaybook.prose.html import Node, Nodes, showable


def paragraph(*parts: Node | str) -> Node:
    """A paragraph of these words."""
    return Node("p", (), _shown(parts))


def strong(text: str) -> Node:
    """Words that are to be seen first."""
    return Node("strong", (), _shown((text,)))


def quiet(text: str) -> Node:
    """Words that are told besides."""
    return Node("span", (("class", "remark"),), _shown((text,)))


def heading(*parts: Node | str, level: int = 4) -> Node:
    """A heading that no list of contents names."""
    return Node(f"h{level}", (), _shown(parts))


def listed(items: Iterable[Nodes], *, numbered: bool = False) -> Node:
    """A list of items; each is a paragraph's words or blocks."""
    return Node("ol" if numbered else "ul", (), tuple(Node("li", (), item) for item in items))


def table(head: Sequence[str], rows: Iterable[Sequence[Nodes]], kind: str = "") -> Node:
    """A table under these words; `kind` is a class that the tree of a playbook knows."""
    left = (("align", "left"),)  # names of every script along one edge
    top = Node("tr", (), tuple(Node("th", left, (word,)) for word in head))
    body = (Node("tr", (), tuple(Node("td", left, cell) for cell in row)) for row in rows)
    attributes = (("class", kind),) if kind else ()
    return Node("table", attributes, (Node("thead", (), (top,)), Node("tbody", (), tuple(body))))


def terms(pairs: Iterable[tuple[str, Nodes]]) -> Node:
    """Words, each with what is to be said of it."""
    parts = [(Node("dt", (), _shown((term,))), Node("dd", (), said)) for term, said in pairs]
    return Node("dl", (), tuple(node for pair in parts for node in pair))


def callout(kind: str, *blocks: Node) -> Node:
    """Blocks set off from the text; `kind` is one of `html.CALLOUTS`."""
    return Node("blockquote", (("class", kind),), blocks)


def record_link(key: str, text: str) -> Node:
    """Words that lead to a record of the book."""
    return Node("a", (("href", f"record:{key}"),), _shown((text,)))


def lines(*parts: Sequence[Node | str]) -> Nodes:
    """Words on lines of their own, empty ones left out."""
    said: list[Node | str] = []
    for part in filter(None, parts):
        said += [*([Node("br")] if said else []), *part]
    return _shown(said)


def _shown(parts: Iterable[Node | str]) -> Nodes:
    return tuple(showable(part) if isinstance(part, str) else part for part in parts)
