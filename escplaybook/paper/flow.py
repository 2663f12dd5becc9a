"""The clean HTML tree that `prose` makes, as blocks for the page."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from escplaybook.paper.columns import CELL, Align, Cell, Cells, side_by_side, table
from escplaybook.paper.fonts import Face
from escplaybook.paper.lines import BOLD, LINE, MUTED, PLAIN, QUIET, Ink, Span
from escplaybook.paper.page import BODY
from escplaybook.paper.rows import Rule
from escplaybook.paper.story import NewPage
from escplaybook.paper.text import NO_MARK, Block, Mark, Style, Text
from escplaybook.prose.html import BLOCKS, HEADINGS, Node

Nodes = Sequence[Node | str]

_CODE = Style(8.2, 11, before=3, after=5, align="left")
_SMALLER = Style(9.5, 13.5, before=6, after=2, leads=True)
_HEADINGS = dict.fromkeys(sorted(HEADINGS), _SMALLER) | {
    "h1": Style(11, 15, before=8, after=3, leads=True),
    "h2": Style(10.5, 14, before=7, after=3, leads=True),
}
_STEP = 15.0
"""Points by which a list is set in."""

_ROWS_TO_TURN_FOR = 4
"""Rows of a table too wide for the page that are worth a page turned by a quarter; fewer are set as a stack."""

_TASKS = ("checked", "unchecked")

_ALIGNED: dict[str, Align] = {"left": "left", "right": "right"}

_FLAT = ("table", "pre", "blockquote", "hr", "dl")
"""What a cell of a table holds as lines of its text only."""

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


class Manner:
    """How a kind of document sets its text; this is how an entry does. `side` is that of a box to tick.

    Others set what they know differently and leave the rest to this.
    """

    body: Style = BODY
    item: Style = replace(BODY, after=2.5)
    headings: Mapping[str, Style] = _HEADINGS
    cell: Style = CELL
    side: float = 0.0

    def own(self, _node: Node, _where: "Where") -> Sequence[Block] | None:
        """The blocks of a node that this kind of document sets in a way of its own; None for all others."""
        return None

    def link(self, node: Node, ink: Ink) -> Iterator[Span]:
        """On paper a link is its address in print: nothing in the file opens anything."""
        yield from inline(node.children, ink, self)
        scheme, _, rest = (node.attribute("href") or "").partition(":")
        address = f"{scheme}:{rest}" if scheme.startswith("http") else rest
        if rest and address.casefold() not in node.text.casefold():
            yield f" ({address})", ink._replace(shade=QUIET.shade, scale=0.87)


AS_ENTRY = Manner()


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a block in its column: how far in, beside which rails, in whose manner.

    `turned` is the width of a column on a page turned by a quarter, for tables that need it; 0 where none may.
    """

    width: float
    indent: float = 0.0
    rails: tuple[float, ...] = ()
    style: Style = BODY
    manner: Manner = field(default=AS_ENTRY)
    turned: float = 0.0

    def inside(self, step: float) -> "Where":
        """A step further in, as long as half of the column is left for text."""
        return replace(self, indent=min(self.indent + step, self.width / 2), turned=0.0)


def blocks(nodes: Nodes, width: float, manner: Manner = AS_ENTRY) -> list[Block]:
    """The blocks that print `nodes` in a column of that width."""
    return list(blocks_at(nodes, Where(width, style=manner.body, manner=manner)))


def spans(nodes: Nodes, ink: Ink = PLAIN, manner: Manner = AS_ENTRY) -> list[Span]:
    """The text of nodes in one paragraph: where a block begins, a line does."""
    return list(itertools.dropwhile(lambda span: not span[0].strip(), inline(nodes, ink, manner)))


def blocks_at(nodes: Nodes, where: Where) -> Iterator[Block]:
    """The blocks that print `nodes` at that place."""
    for is_block, group in itertools.groupby(nodes, _is_block):
        if not is_block:
            yield from _paragraph(inline(list(group), PLAIN, where.manner), where)
            continue
        for node in group:
            assert isinstance(node, Node)
            yield from _block(node, where)


def _is_block(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag in BLOCKS


def _block(node: Node, where: Where) -> Iterator[Block]:
    if (own := where.manner.own(node, where)) is not None:
        yield from own
        return
    match node.tag:
        case tag if tag in HEADINGS:
            yield from _paragraph(inline(node.children, BOLD, where.manner), where, where.manner.headings[tag])
        case "ul" | "ol" | "dl":
            yield from _list(node, where)
        case "blockquote":
            quoted = replace(where.inside(12), rails=(*where.rails, where.indent + 2))
            yield from _set_off(list(blocks_at(node.children, quoted)))
        case "pre":
            yield from _set_off([_code(node, where)])
        case "table":
            yield from _table(node, where)
        case "hr":
            yield Rule(0.5, before=6, after=9, shade=LINE)
        case _:
            yield from blocks_at(node.children, where)


def _set_off(beside_rails: list[Block]) -> list[Block]:
    """The same blocks, the last with a little room before what stands beside no rail."""
    if beside_rails and isinstance(last := beside_rails[-1], Text):
        last.spaceAfter = last.style.after + 4
    return beside_rails


def _paragraph(parts: Iterable[Span], where: Where, style: Style | None = None) -> Iterator[Block]:
    known = list(parts)
    if any(text.strip() for text, _ in known):
        yield Text(known, style or where.style, indent=where.indent, rails=where.rails)


def _list(node: Node, where: Where) -> Iterator[Block]:
    """A list, followed by the space that follows a paragraph unless it is inside another."""
    items = [child for child in node.children if isinstance(child, Node)]
    numbers = itertools.count(int(node.attribute("start") or 1))
    last_number = int(node.attribute("start") or 1) + len(items) - 1
    step = max(_STEP, 6 * len(str(last_number)) + 10) if node.tag == "ol" else _STEP
    if any(item.attribute("class") in _TASKS for item in items):
        step = max(step, where.manner.side + 8)
    inner = replace(where.inside(step), style=where.manner.item)
    last: Block | None = None
    for item in items:
        if item.tag == "dt":
            made = list(_paragraph(inline(item.children, BOLD, where.manner), where, inner.style))
        else:
            mark = _mark(item, f"{next(numbers)}." if node.tag == "ol" else "•", where.manner.side)
            made = _marked(list(blocks_at(item.children, inner)), mark, inner)
        yield from made
        last = made[-1] if made else last
    if last is not None and where.style is where.manner.body:
        last.spaceAfter = max(last.spaceAfter, where.style.after)


def _mark(item: Node, bullet: str, side: float) -> Mark:
    match item.attribute("class"):
        case "checked":
            return Mark(box=True, ticked=True, side=side)
        case "unchecked":
            return Mark(box=True, side=side)
    return NO_MARK if item.tag == "dd" else Mark(bullet)


def _marked(made: list[Block], mark: Mark, where: Where) -> list[Block]:
    """Set the mark of an item before its first line; an item that begins with something else gets a line for it."""
    if mark == NO_MARK:
        return made
    first = made[0] if made else None
    if not isinstance(first, Text) or first.mark != NO_MARK or first.indent != where.indent:
        first = Text([("\xa0", PLAIN)], where.style, indent=where.indent, rails=where.rails)
        made = [first, *made]
    first.mark = mark
    return made


def _code(node: Node, where: Where) -> Text:
    """A block of code: its spaces and lines as they are, too long lines wrapped."""
    text = node.text.expandtabs(4).replace(" ", "\xa0")
    rails = (*where.rails, where.indent + 2)
    return Text([(text, Ink(Face.MONO))], _CODE, indent=where.inside(10).indent, rails=rails)


def _table(node: Node, where: Where) -> Iterator[Block]:
    rows = [[cell for cell in row.children if isinstance(cell, Node)] for row in _rows(node)]
    rows = [row for row in rows if row]
    if not rows:
        return
    has_head = all(cell.tag == "th" for cell in rows[0])
    made = [
        [_cell(cell, BOLD if has_head and number == 0 else PLAIN, where) for cell in row]
        for number, row in enumerate(rows)
    ]
    head: Cells = made.pop(0) if has_head else []
    cell = where.manner.cell
    if where.turned and len(made) >= _ROWS_TO_TURN_FOR and not side_by_side(head, made, where.width, cell):
        lying = side_by_side(head, made, where.turned, cell)
        if lying is not None:
            yield from (NewPage("lying"), lying, NewPage("later"))
            return
    yield table(head, made, where.width - where.indent, cell, indent=where.indent)


def _cell(node: Node, ink: Ink, where: Where) -> Cell:
    """What makes the texts of a cell: its paragraphs and lists if it has any, else its words."""
    align = _ALIGNED.get(node.attribute("align") or "", "start")
    is_stack = any(isinstance(child, Node) and child.tag in BLOCKS for child in node.children)
    if not is_stack or any(isinstance(child, Node) and child.tag in _FLAT for child in node.children):
        known = spans(node.children, ink, where.manner)
        return lambda style: [Text(known, style)], align

    def stack(style: Style) -> list[Text]:
        manner = _InCell(where.manner, style)
        return [block for block in blocks(node.children, where.width, manner) if isinstance(block, Text)]

    return stack, align


class _InCell(Manner):
    """As the document does, in the style of the cell."""

    def __init__(self, manner: Manner, style: Style) -> None:
        self.body, self.item = replace(style, after=3), replace(style, after=1.5)
        self.headings = dict.fromkeys(sorted(HEADINGS), replace(style, after=1.5))
        self.link = manner.link  # type: ignore[method-assign]


def _rows(node: Node) -> Iterator[Node]:
    """The rows of a table, in whatever part of it they stand."""
    for child in node.children:
        if isinstance(child, Node):
            if child.tag == "tr":
                yield child
            else:
                yield from _rows(child)


def inline(nodes: Nodes, ink: Ink, manner: Manner = AS_ENTRY) -> Iterator[Span]:
    """The text of nodes as it stands in a paragraph."""
    for node in nodes:
        if isinstance(node, str):
            yield node.replace("\n", " "), ink
        elif node.tag == "br":
            yield "\n", ink
        elif node.tag == "img":
            yield f"picture: {node.attribute('alt')}", ink._replace(shade=MUTED)
        elif node.tag == "a":
            yield from manner.link(node, ink)
        else:
            if node.tag in BLOCKS:
                yield "\n", ink
            yield from inline(node.children, _INKS.get(node.tag, _as_it_is)(ink), manner)


def _as_it_is(ink: Ink) -> Ink:
    return ink
