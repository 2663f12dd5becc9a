"""The tree that screen and paper share, and the sieve that everything passes on its way into it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

SCHEMES = frozenset({"http", "https", "mailto", "tel", "record"})
"""Where a link may lead; `record:KB-0142` leads to a record of the book."""

ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "li", "blockquote", "pre", "hr", "br"), frozenset()
    ),
    **dict.fromkeys(("em", "strong", "del", "mark", "sup", "sub", "kbd", "dl", "dt", "dd"), frozenset()),
    **dict.fromkeys(("table", "thead", "tbody", "tr"), frozenset()),
    "a": frozenset({"href"}),
    "ol": frozenset({"start"}),
    "code": frozenset({"class"}),
    "th": frozenset({"align"}),
    "td": frozenset({"align"}),
    "input": frozenset({"type", "checked", "disabled"}),
    "span": frozenset({"class"}),
}
"""Every tag the tree may hold, and its attributes. `img` is not among them: see `prose.entries`."""

VOID = frozenset({"br", "hr", "input"})
DEPTH_LIMIT = 24
"""Blocks nested deeper than this are flattened: nobody reads them, and every walker of the tree may recurse."""


@dataclass(frozen=True, slots=True)
class Node:
    """One element of the tree: text stands among the children as plain strings, unescaped."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Node | str", ...] = ()

    def attribute(self, name: str) -> str:
        """The value of an attribute; empty if it is not there."""
        return dict(self.attributes).get(name, "")

    @property
    def text(self) -> str:
        """All text below this node, run together."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


Nodes = tuple[Node | str, ...]


def clean(html: str) -> str:
    """HTML with everything gone that is not in ALLOWED, and links that lead elsewhere than SCHEMES without target."""
    import nh3

    return nh3.clean(
        html,
        tags=set(ALLOWED),
        attributes={tag: set(names) for tag, names in ALLOWED.items() if names},
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
        clean_content_tags={"script", "style", "iframe", "object", "embed", "svg", "math", "template"},
    )


def parse(html: str) -> Nodes:
    """Clean HTML as a tree; unclean HTML is cleaned on the way."""
    reader = _Reader()
    reader.feed(clean(html))
    reader.close()
    return reader.finished()


def to_html(nodes: Iterable[Node | str]) -> str:
    """The tree as HTML again, every text and value escaped."""
    return "".join(_written(node) for node in nodes)


def _written(node: Node | str) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes)
    if node.tag in VOID:
        return f"<{node.tag}{attributes}>"
    return f"<{node.tag}{attributes}>{to_html(node.children)}</{node.tag}>"


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: list[Node | str] = field(default_factory=list)

    def closed(self) -> Node:
        return Node(self.tag, self.attributes, tuple(self.children))


class _Reader(HTMLParser):
    """Builds the tree with a stack of its own, so that no nesting can exhaust Python's."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._stack = [_Open("")]
        self._flattened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = tuple((name, value or "") for name, value in attrs if _may(tag, name, value or ""))
        if tag in VOID:
            self._stack[-1].children.append(Node(tag, attributes))
        elif len(self._stack) > DEPTH_LIMIT:
            self._flattened.append(tag)
        else:
            self._stack.append(_Open(tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._flattened:
            self._flattened.pop()
        elif len(self._stack) > 1:
            done = self._stack.pop()
            self._stack[-1].children.append(done.closed())

    def handle_data(self, data: str) -> None:
        children = self._stack[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        elif data:
            children.append(data)

    def finished(self) -> Nodes:
        """The tree; what was left open is closed."""
        while len(self._stack) > 1:
            done = self._stack.pop()
            self._stack[-1].children.append(done.closed())
        return tuple(self._stack[0].children)


def _may(tag: str, name: str, value: str) -> bool:
    """The sieve once more, on the tree itself: what Qt and ReportLab get does not hang on one library alone."""
    if name not in ALLOWED.get(tag, frozenset()):
        return False
    return name != "href" or value.partition(":")[0].lower() in SCHEMES
