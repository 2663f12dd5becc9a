"""What a tree may hold, said once more and apart from the code that sees to it."""

import re
from collections.abc import Iterator

from escplaybook.prose.html import Node, Nodes

BLOCKS = "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table thead tbody tr th td hr dl dt dd"
INLINE = "a br code del em img input kbd mark span strong sub sup"
TAGS = set(f"{BLOCKS} {INLINE}".split())
VALUES = {
    ("a", "href"): r"(?i:https?://|mailto:|tel:|record:)\S+",
    ("img", "alt"): "(?s:.*)",
    ("img", "src"): r"attachment:[0-9a-f]{64}/[^/\\\s]+",
    ("input", "checked"): "",
    ("input", "disabled"): "",
    ("input", "type"): "checkbox",
    ("li", "class"): r"(un)?checked",
    ("ol", "start"): "[0-9]{1,9}",
    ("span", "class"): "picture|remark",
    ("td", "align"): "left|center|right",
    ("th", "align"): "left|center|right",
}
PLACE = r"#[\w:.-]{1,300}"
PLAYBOOK_VALUES = VALUES | {
    ("a", "href"): rf"{VALUES['a', 'href']}|{PLACE}",
    ("blockquote", "class"): "note|caution|shortcut|why|story|example",
    **{(f"h{level}", "id"): r"[\w:.-]{1,300}" for level in range(1, 7)},
    ("img", "src"): rf"{VALUES['img', 'src']}|playbook:[^/\\]+",
    ("li", "id"): r"[\w:.-]{1,300}",
    ("ol", "class"): "notes",
    ("p", "class"): "figure|caption",
    ("sup", "id"): r"[\w:.-]{1,300}",
    ("table", "class"): "sign-off",
    ("ul", "class"): "contents",
}
DEEPEST = 48


def elements(nodes: Nodes) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from elements(node.children)


def depth(nodes: Nodes) -> int:
    return max((1 + depth(node.children) for node in nodes if isinstance(node, Node)), default=0)


def assert_harmless(nodes: Nodes, values: dict[tuple[str, str], str] = VALUES) -> None:
    assert depth(nodes) <= DEEPEST
    for node in elements(nodes):
        assert node.tag in TAGS
        assert list(node.attributes) == sorted(node.attributes)
        for name, value in node.attributes:
            assert re.fullmatch(values[node.tag, name], value), (node.tag, name, value)
        if node.tag == "input":
            assert node.attribute("disabled") == ""
            assert node.attribute("type") == "checkbox"
