"""The tree that the screen shows and the paper prints.

A tree that `prose.sanitised.parse` gave holds no tag, attribute or scheme but those named here, no picture but those
in the book, and is at most DEPTH deep. White space is as a reader sees it: a run is one space, none stands at the
edge of a block; inside `pre` it is as it was typed. Nothing is imported here that takes time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

DEPTH = 48
"""Elements inside one another; the text of deeper ones stays, flat. What people write needs about ten."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol", "li", "dl", "dt", "dd"})
TABLES = frozenset({"table", "thead", "tbody", "tr", "th", "td"})
BLOCKS = HEADINGS | LISTS | TABLES | {"p", "blockquote", "pre", "hr"}
"""The tags that begin on a line of their own."""

TAGS = BLOCKS | {"a", "br", "code", "del", "em", "img", "input", "kbd", "mark", "span", "strong", "sub", "sup"}
"""Every tag a tree may hold. `input` is only ever a disabled checkbox, and its `li` says checked or unchecked too."""

ATTRIBUTES = {
    "a": {"href"},
    "img": {"alt", "src"},
    "input": {"checked", "disabled", "type"},
    "li": {"class"},
    "ol": {"start"},
    "span": {"class"},
    "td": {"align"},
    "th": {"align"},
}
"""Every attribute a tree may hold."""

CLASSES = {"span": {"picture", "remark"}, "li": {"checked", "unchecked"}}
"""`picture` holds what is said instead of a picture, `remark` what the program itself has to say about the text."""

CALLOUTS = ("note", "caution", "shortcut", "why", "story", "example")
"""What a quote set off from the text is for; mentors' notes are of four of these kinds."""

PLAYBOOK_ATTRIBUTES = {
    **ATTRIBUTES,
    **{tag: {"id"} for tag in (*sorted(HEADINGS), "sup")},
    "p": {"class"},
    "blockquote": {"class"},
    "li": {"class", "id"},
    "ol": {"class", "start"},
    "table": {"class"},
    "ul": {"class"},
}
"""Every attribute the tree of a playbook may hold: places to go to (`id`), and what a block is for (`class`)."""

PLAYBOOK_CLASSES = {
    **CLASSES,
    "blockquote": set(CALLOUTS),
    "ol": {"notes"},
    "p": {"figure", "caption"},
    "table": {"sign-off"},
    "ul": {"contents"},
}
"""A `figure` holds one picture, a `caption` below it what it shows; `notes` are footnotes; in a table to be signed
(`sign-off`) and in the list of `contents` paper leaves room for pen and page numbers."""

SCHEMES = frozenset({"http", "https", "mailto", "tel", "record"})
"""What a link may lead to; `record:` and a key lead to a record of this book."""

KEPT = "attachment"
"""The scheme of what lies in the book: `attachment:`, the hash of the file and its name. Nothing else is ever shown."""

BESIDE = "playbook"
"""The scheme of the pictures in a playbook's own folder: `playbook:` and the name of the file."""

VOID = frozenset({"br", "hr", "img", "input"})

_LINK = re.compile(r"(?:https?://|mailto:|tel:|record:)[^\s\x00-\x20]+", re.IGNORECASE)

_PLACE = re.compile(r"#[\w:.-]{1,300}")

_BESIDE = re.compile(rf"{BESIDE}:(?P<name>[^/\\\x00-\x1f]{{1,200}})")

_KEPT = re.compile(rf"{KEPT}:(?P<hash>[0-9a-f]{{64}})/[^/\\\s]{{1,400}}")

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """One element: its attributes sorted by name, its children in order, text as plain strings."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Node | str", ...] = ()

    @property
    def text(self) -> str:
        """What a reader sees of it; see `plain`."""
        return plain((self,))

    def attribute(self, name: str) -> str | None:
        """The attribute's value, or None if the element does not carry it."""
        return dict(self.attributes).get(name)


Nodes: TypeAlias = tuple[Node | str, ...]


def to_html(nodes: Iterable[Node | str]) -> str:
    """The nodes as well-formed, escaped HTML; `prose.sanitised.parse` reads what Markdown gave back to equal nodes."""
    return "".join(_written(nodes))


def plain(nodes: Iterable[Node | str]) -> str:
    """The text a reader sees: block elements on lines of their own, the cells of a table row a tab apart."""
    lines: list[list[str]] = [[]]
    _gather(nodes, lines)
    return "\n".join(filter(None, map("".join, lines)))


def is_linkable(target: str) -> bool:
    """Whether the program may offer to follow that target."""
    return _LINK.fullmatch(target) is not None


def is_place(target: str) -> bool:
    """Whether a target is a place in the same playbook: `#` and the `id` of what stands there."""
    return _PLACE.fullmatch(target) is not None


def picture_name(source: str) -> str:
    """The file in a playbook's folder that a picture's source names; empty if it names anything else."""
    found = _BESIDE.fullmatch(source)
    return found["name"] if found else ""


def kept_hash(source: str) -> str:
    """The hash of the file in the book that a picture's source names; empty if it names anything else."""
    found = _KEPT.fullmatch(source)
    return found["hash"] if found else ""


def showable(text: str) -> str:
    """The text with U+FFFD for what is no character to read, so that it can be encoded, laid out and printed."""
    return _UNSHOWABLE.sub("\ufffd", text)


def _written(nodes: Iterable[Node | str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield escape(node, quote=False)
            continue
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes)
        if node.tag in VOID:
            yield f"<{node.tag}{attributes}/>"
            continue
        yield f"<{node.tag}{attributes}>"
        if node.tag == "pre" and node.children[:1] and str(node.children[0]).startswith("\n"):
            yield "\n"  # the first line break in a pre is dropped by whoever reads HTML
        yield from _written(node.children)
        yield f"</{node.tag}>"


def _gather(nodes: Iterable[Node | str], lines: list[list[str]]) -> None:
    for node in nodes:
        if isinstance(node, str):
            lines[-1].append(node)
        elif node.tag == "br":
            lines[-1].append("\n")
        elif node.tag == "tr":
            lines += [["\t".join(plain((cell,)) for cell in node.children)], []]
        elif node.tag in BLOCKS:
            lines.append([])
            _gather(node.children, lines)
            lines.append([])
        else:
            _gather(node.children, lines)
