"""How a playbook sets its text: callouts, figures, footnotes, terms, contents, boxes to sign, references to pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from escplaybook.paper.boxes import PADDING, Blank, Framed
from escplaybook.paper.flow import Manner, Where, blocks_at, inline
from escplaybook.paper.lines import BOLD, LINE, PLAIN, QUIET, Ink, Span
from escplaybook.paper.page import BODY
from escplaybook.paper.pictures import HIGHEST, Picture, image_in
from escplaybook.paper.playbooks_contents import contents
from escplaybook.paper.rows import Row, Rows, Rule
from escplaybook.paper.text import Block, Style, Text
from escplaybook.prose.html import CALLOUTS, HEADINGS, Node

TEXT = Style(9.5, 13.5, after=6)
_ITEM = replace(TEXT, after=3)
_SET_OFF = replace(TEXT, size=9.5, leading=13.5, after=4)
_CELL = Style(8.5, 11.5)
_NOTE = Style(8.3, 11.5, after=2)
_CAPTION = Style(8.5, 11.5, after=10)
_TERM = Style(9, 12.5)
_HEADINGS = {
    "h1": Style(20, 25, after=8, leads=True),
    "h2": Style(13, 16.5, before=14, after=4, leads=True),
    "h3": Style(10.5, 14, before=10, after=3, leads=True),
    "h4": Style(9.5, 13, before=9, after=2.5, leads=True),
    "h5": Style(9.5, 13, before=6, after=1.5, leads=True),
    "h6": Style(9.5, 13, before=6, after=1.5, leads=True),
}
_TICK = 11.6
"""Points, a little over 4 mm: a box that a pen finds in gloves."""

_FIGURE = 330.0
"""Points that a figure is high at most, so that some of the text it belongs to fits on its page."""

_SIGNED = 34.0
"""Points of height to sign one’s name in."""

_NARROWEST = 150.0
"""A column narrower than this has no room for a frame."""

_SHORT_TERM = 28


class PlaybookManner(Manner):
    """How a playbook is set. `pages` says on which page each place stands, `pictures` are by their source.

    While nobody knows the pages yet, references are as long as they will be and links lead nowhere.
    """

    body, item, headings, cell, side = TEXT, _ITEM, _HEADINGS, _CELL, _TICK

    def __init__(self, pages: Mapping[str, int], pictures: Mapping[str, bytes]) -> None:
        self.pages, self._pictures = pages, pictures

    def own(self, node: Node, where: Where) -> Sequence[Block] | None:
        """What other documents have not, or set otherwise."""
        kind = node.attribute("class") or ""
        match node.tag, kind:
            case tag, _ if tag in HEADINGS:
                return [self._heading(node, where)]
            case "blockquote", kind if kind in CALLOUTS and where.width - where.indent > _NARROWEST:
                inner = replace(where, width=where.width - where.indent - 2 * PADDING, indent=0.0, rails=(), turned=0.0)
                return [Framed(list(self._set_off(node, inner)), is_loud=kind == "caution")]
            case "p", "figure":
                return self._figure(node)
            case "p", "" if _shows_pictures(node):
                said = Text(inline(node.children, PLAIN, self), where.style, indent=where.indent, rails=where.rails)
                return [said, *self._pictures_in(node, HIGHEST)]
            case "p", "caption":
                return [Text(inline(node.children, QUIET, self), _CAPTION)]
            case "ol", "notes":
                return list(self._notes(node, where))
            case "ul", "contents":
                return contents(node, self.pages, where.width)
            case "table", "sign-off":
                return [_sign_off(node, where.width)]
            case "p", "" if node.text.endswith(":"):
                said = Text(inline(node.children, PLAIN, self), where.style, indent=where.indent, rails=where.rails)
                said.leads = True
                return [said]
            case "dl", _:
                return self._terms(node, where)
        return None

    def link(self, node: Node, ink: Ink) -> Iterator[Span]:
        """A place in the playbook is named by its page, a record by its words, an address outside by itself."""
        target = node.attribute("href") or ""
        if target.startswith("record:"):
            yield from inline(node.children, ink, self)
        elif not target.startswith("#"):
            yield from super().link(node, ink)
        else:
            linked = ink._replace(link=target[1:] if target[1:] in self.pages else "")
            yield from inline(node.children, linked, self)
            if ink.rise <= 0:  # a footnote stands on the same page or the next
                number = self.pages.get(target[1:], 88)
                yield f" (page\xa0{number})", linked._replace(shade=QUIET.shade)

    def _heading(self, node: Node, where: Where) -> Text:
        name, style = node.attribute("id") or "", self.headings[node.tag]
        depth = int(node.tag[1]) - 1 if name and node.tag in ("h1", "h2", "h3") else None
        return Text(inline(node.children, BOLD, self), style, indent=where.indent, outlined=depth, place=name)

    def _set_off(self, node: Node, where: Where) -> Iterator[Block]:
        """What stands in a callout: its kind in words leads to the rest."""
        made = list(blocks_at(node.children, replace(where, style=_SET_OFF)))
        if made and isinstance(first := made[0], Text):
            first.leads = len(made) > 1
        yield from made

    def _figure(self, node: Node) -> list[Block]:
        """The picture, never parted from its caption; what cannot be printed is told in its place."""
        made: list[Block] = list(self._pictures_in(node, _FIGURE))
        if not made:
            made = [Text([("The picture that belongs here cannot be printed.", QUIET)], TEXT)]
        for block in made:
            block.leads = True
        return made

    def _pictures_in(self, node: Node, highest: float) -> Iterator[Picture]:
        for child in node.children:
            if isinstance(child, Node):
                data = self._pictures.get(child.attribute("src") or "")
                if data and (image := image_in(data)) is not None:
                    yield Picture(image, highest)
                yield from self._pictures_in(child, highest)

    def _notes(self, node: Node, where: Where) -> Iterator[Block]:
        """Footnotes, at the end of their chapter."""
        rule = Rule(0.5, before=10, after=5, shade=LINE)
        rule.leads = True
        yield rule
        for number, item in enumerate((child for child in node.children if isinstance(child, Node)), 1):
            made = list(blocks_at(item.children, replace(where.inside(14), style=_NOTE)))
            for block in made:
                if isinstance(block, Text):
                    block.place = item.attribute("id") or ""
                    block.mark = block.mark._replace(text=f"{number}")
                    break
            yield from made

    def _terms(self, node: Node, where: Where) -> list[Block] | None:
        """Terms beside what they mean, if all of them are short."""
        terms: list[tuple[Node, list[Block]]] = []
        width = where.width - where.indent
        left, right = width * 0.24, width * 0.76 - 12
        for child in (child for child in node.children if isinstance(child, Node)):
            if child.tag == "dt":
                terms.append((child, []))
            elif terms:
                terms[-1][1].extend(blocks_at(child.children, Where(right, style=replace(_TERM, after=2), manner=self)))
        if width < 300 or not terms or any(len(term.text) > _SHORT_TERM for term, _ in terms):
            return None
        rows = [
            Row(
                [(Text(inline(term.children, BOLD, self), _TERM),), tuple(said)],
                [left, right],
                gap=12,
                above=3.5,
                below=3.5,
            )
            for term, said in terms
        ]
        return [Rows(rows, before=4, after=10)]


def _shows_pictures(node: Node) -> bool:
    return any(isinstance(child, Node) and (child.tag == "img" or _shows_pictures(child)) for child in node.children)


def _sign_off(node: Node, width: float) -> Rows:
    """A row for each who signs, with room for the day and the name."""
    widths = [width * 0.3, width * 0.22, width * 0.48 - 20]
    head, *rest = (row for part in node.children if isinstance(part, Node) for row in part.children)
    assert isinstance(head, Node)
    words = [(Text([(cell, QUIET)], Style(8, 11)),) for cell in head.text.split("\t")]
    rows = [
        Row(
            [(Text([(row.text.strip(), PLAIN)], BODY),), (Blank(_SIGNED),), (Blank(_SIGNED),)],
            widths,
            above=5,
            below=5,
            rule=0,
        )
        for row in rest
        if isinstance(row, Node)
    ]
    first = Row(words, widths, above=2, below=1, rule=0)
    first.leads = True
    return Rows([first, *rows], before=8, after=10)
