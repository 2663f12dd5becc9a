"""The clean HTML tree that `prose` makes, as blocks for the page."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from escplaybook.paper.columns import Cells, table
from escplaybook.paper.fonts import Face
from escplaybook.paper.lines import BOLD, LINE, MUTED, PLAIN, QUIET, Ink, Span
from escplaybook.paper.page import BODY
from escplaybook.paper.rows import Rule
from escplaybook.paper.text import NO_MARK, Block, Mark, Style, Text
from escplaybook.prose.html import BLOCKS, HEADINGS, Node

Nodes = Sequence[Node | str]

CODE = Style(8.2, 11, before=3, after=5, align="left")
_LARGER = {"h1": Style(11, 15, before=8, after=3, leads=True), "h2": Style(10.5, 14, before=7, after=3, leads=True)}
_SMALLER = Style(9.5, 13.5, before=6, after=2, leads=True)
_ITEM = replace(BODY, after=2.5)
_STEP = 15.0
"""Points by which a list is set in."""

_INKS: dict[str, Callable[[Ink], Ink]] = {
    "strong": lambda ink: ink._replace(face=Face.BOLD),
    "em": lambda ink: ink._replace(face=Face.ITALIC if ink.face is Face.REGULAR else ink.face),
    "code": lambda ink: ink._replace(face=Face.MONO, scale=0.93),
    "kbd": lambda ink: ink._replace(face=Face.MONO, scale=0.93),
    "del": lambda ink: ink._replace(struck=True),
    "mark": lambda ink: ink._replace(marked=True),
    "sub": lambda ink: ink._replace(scale=0.7, rise=-0.12),
    "sup": lambda ink: ink._replace(scale=0.7, rise=0.36),
    "span": lambda ink: ink._replace(shade=MUTED),  # what is said of a picture, and what the program remarks
}


@dataclass(frozen=True, slots=True)
class _Where:
    """The place of a block in its column: how far in, beside which rails."""

    width: float
    indent: float = 0.0
    rails: tuple[float, ...] = ()
    style: Style = BODY

    def inside(self, step: float) -> "_Where":
        """A step further in, as long as half of the column is left for text."""
        return replace(self, indent=min(self.indent + step, self.width / 2))


def blocks(nodes: Nodes, width: float) -> list[Block]:
    """The blocks that print `nodes` in a column of that width."""
    return list(_blocks(nodes, _Where(width)))


def spans(nodes: Nodes, ink: Ink = PLAIN) -> list[Span]:
    """The text of nodes in one paragraph: where a block begins, a line does."""
    return list(itertools.dropwhile(lambda span: not span[0].strip(), _spans(nodes, ink)))


def _blocks(nodes: Nodes, where: _Where) -> Iterator[Block]:
    for is_block, group in itertools.groupby(nodes, _is_block):
        if not is_block:
            yield from _paragraph(_spans(list(group), PLAIN), where)
            continue
        for node in group:
            assert isinstance(node, Node)
            yield from _block(node, where)


def _is_block(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag in BLOCKS


def _block(node: Node, where: _Where) -> Iterator[Block]:
    match node.tag:
        case tag if tag in HEADINGS:
            yield from _paragraph(_spans(node.children, BOLD), where, _LARGER.get(tag, _SMALLER))
        case "ul" | "ol" | "dl":
            yield from _list(node, where)
        case "blockquote":
            quoted = replace(where.inside(12), rails=(*where.rails, where.indent + 2))
            yield from _set_off(list(_blocks(node.children, quoted)))
        case "pre":
            yield from _set_off([_code(node, where)])
        case "table":
            yield from _table(node, where)
        case "hr":
            yield Rule(0.5, before=6, after=9, shade=LINE)
        case _:
            yield from _blocks(node.children, where)


def _set_off(beside_rails: list[Block]) -> list[Block]:
    """The same blocks, the last with a little room before what stands beside no rail."""
    if beside_rails and isinstance(last := beside_rails[-1], Text):
        last.spaceAfter = last.style.after + 4
    return beside_rails


def _paragraph(parts: Iterable[Span], where: _Where, style: Style | None = None) -> Iterator[Block]:
    known = list(parts)
    if any(text.strip() for text, _ in known):
        yield Text(known, style or where.style, indent=where.indent, rails=where.rails)


def _list(node: Node, where: _Where) -> Iterator[Block]:
    """A list, followed by the space that follows a paragraph unless it is inside another."""
    items = [child for child in node.children if isinstance(child, Node)]
    numbers = itertools.count(int(node.attribute("start") or 1))
    last_number = int(node.attribute("start") or 1) + len(items) - 1
    step = max(_STEP, 6 * len(str(last_number)) + 10) if node.tag == "ol" else _STEP
    inner = replace(where.inside(step), style=_ITEM)
    last: Block | None = None
    for item in items:
        if item.tag == "dt":
            made = list(_paragraph(_spans(item.children, BOLD), where, _ITEM))
        else:
            mark = _mark(item, f"{next(numbers)}." if node.tag == "ol" else "•")
            made = _marked(list(_blocks(item.children, inner)), mark, inner)
        yield from made
        last = made[-1] if made else last
    if last is not None and where.style is BODY:
        last.spaceAfter = max(last.spaceAfter, BODY.after)


def _mark(item: Node, bullet: str) -> Mark:
    match item.attribute("class"):
        case "checked":
            return Mark(box=True, ticked=True)
        case "unchecked":
            return Mark(box=True)
    return NO_MARK if item.tag == "dd" else Mark(bullet)


def _marked(made: list[Block], mark: Mark, where: _Where) -> list[Block]:
    """Set the mark of an item before its first line; an item that begins with something else gets a line for it."""
    if mark == NO_MARK:
        return made
    first = made[0] if made else None
    if not isinstance(first, Text) or first.mark != NO_MARK or first.indent != where.indent:
        first = Text([("\xa0", PLAIN)], _ITEM, indent=where.indent, rails=where.rails)
        made = [first, *made]
    first.mark = mark
    return made


def _code(node: Node, where: _Where) -> Text:
    """A block of code: its spaces and lines as they are, too long lines wrapped."""
    text = node.text.expandtabs(4).replace(" ", "\xa0")
    rails = (*where.rails, where.indent + 2)
    return Text([(text, Ink(Face.MONO))], CODE, indent=where.inside(10).indent, rails=rails)


def _table(node: Node, where: _Where) -> Iterator[Block]:
    rows = [[cell for cell in row.children if isinstance(cell, Node)] for row in _rows(node)]
    rows = [row for row in rows if row]
    if not rows:
        return
    has_head = all(cell.tag == "th" for cell in rows[0])
    made: list[Cells] = []
    for number, row in enumerate(rows):
        ink = BOLD if has_head and number == 0 else PLAIN
        made.append([(spans(cell.children, ink), cell.attribute("align") == "right") for cell in row])
    head = made.pop(0) if has_head else []
    yield from table(head, made, where.width - where.indent, indent=where.indent)


def _rows(node: Node) -> Iterator[Node]:
    """The rows of a table, in whatever part of it they stand."""
    for child in node.children:
        if isinstance(child, Node):
            if child.tag == "tr":
                yield child
            else:
                yield from _rows(child)


def _spans(nodes: Nodes, ink: Ink) -> Iterator[Span]:
    for node in nodes:
        if isinstance(node, str):
            yield node.replace("\n", " "), ink
        elif node.tag == "br":
            yield "\n", ink
        elif node.tag == "img":
            yield f"picture: {node.attribute('alt')}", ink._replace(shade=MUTED)
        elif node.tag == "a":
            yield from _link(node, ink)
        else:
            if node.tag in BLOCKS:
                yield "\n", ink
            yield from _spans(node.children, _INKS.get(node.tag, _as_it_is)(ink))


def _as_it_is(ink: Ink) -> Ink:
    return ink


def _link(node: Node, ink: Ink) -> Iterator[Span]:
    """On paper a link is its address in print: nothing in the file opens anything."""
    yield from _spans(node.children, ink)
    scheme, _, rest = (node.attribute("href") or "").partition(":")
    address = f"{scheme}:{rest}" if scheme.startswith("http") else rest
    if rest and address.casefold() not in node.text.casefold():
        yield f" ({address})", ink._replace(shade=QUIET.shade, scale=0.87)
