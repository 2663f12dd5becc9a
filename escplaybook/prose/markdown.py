"""Markdown out of what people paste: pages of browsers and word processors, tables of spreadsheets."""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from escplaybook.prose.html import BLOCKS, Node, Nodes
from escplaybook.prose.sanitised import parse

LONGEST_HTML = 2_000_000
"""Characters of HTML that are turned; of more only the words are taken."""

MOST_CELLS = 20_000
"""Cells of a pasted table; more than that is a file to be attached."""

_FRAGMENT = re.compile(r"<!--StartFragment-->(.*?)<!--EndFragment-->", re.DOTALL)
_BODY = re.compile(r"<body\b[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)
_NOT_BOLD = re.compile(r"<b\b[^>]*font-weight:\s*normal[^>]*>", re.IGNORECASE)
_SHORT_TAGS = re.compile(r"<(/?)(b|i|s|tt)(?=[\s>])[^<>]*>", re.IGNORECASE)
_LONG_TAGS = {"b": "strong", "i": "em", "s": "del", "tt": "code"}
_SPECIAL = re.compile(
    r"[\\`*\[\]|]|(?<!\w)_|_(?!\w)|~(?=~)|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|^(?:[#>+-]|=+$)|^(?P<number>\d+)(?P<dot>[.)])",
    re.MULTILINE,
)
_MARKS = {"strong": "**", "em": "*", "del": "~~"}


def from_html(html: str) -> str:
    """The Markdown of pasted HTML: headings, lists, tables, code, links, bold and italic; everything else is words."""
    if len(html) > LONGEST_HTML:
        return ""
    return _blocks(parse(_long_tags(_inner(html)))).strip("\n")


def from_cells(text: str) -> str:
    """The Markdown table of cells parted by tabs, as spreadsheets copy them; empty if the text is no table.

    A table has two rows and two columns at least, every row with as many cells.
    """
    if "\t" not in text or text.count("\t") > MOST_CELLS:
        return ""
    rows = [row for row in csv.reader(StringIO(text.strip("\r\n")), "excel-tab") if any(map(str.strip, row))]
    is_table = len(rows) > 1 and len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows)
    return table(rows) if is_table and not _is_code(text) else ""


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with the first row as its head; what would break a cell is written otherwise."""
    columns = max(map(len, rows))
    lines = [[_cell(cell) for cell in row] + [""] * (columns - len(row)) for row in rows]
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(columns)]
    widths = [min(width, 40) for width in widths]
    padded = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (padded[0], rule, *padded[1:]))


def _is_code(text: str) -> bool:
    """Whether the tabs stand at the beginning of lines, as in code that was copied."""
    return any(line.startswith("\t\t") for line in text.splitlines()) or text.startswith("\t")


def _inner(html: str) -> str:
    for frame in (_FRAGMENT, _BODY):
        if found := frame.search(html):
            html = found[1]
    return html


def _long_tags(html: str) -> str:
    """The HTML with the tags that the clean tree knows in place of their short forms."""
    return _SHORT_TAGS.sub(lambda tag: f"<{tag[1]}{_LONG_TAGS[tag[2].lower()]}>", _NOT_BOLD.sub("<span>", html))


def _blocks(nodes: Nodes) -> str:
    """Blocks with an empty line between them; words beside blocks are paragraphs of their own."""
    parts: list[str] = []
    run: list[Node | str] = []
    for node in (*nodes, Node("p")):
        if isinstance(node, Node) and node.tag in BLOCKS:
            parts += [_inline(tuple(run)).strip(), _block(node)]
            run = []
        else:
            run.append(node)
    return "\n\n".join(part for part in parts if part.strip())


def _block(node: Node) -> str:
    match node.tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            return f"{'#' * max(3, int(node.tag[1]))} {_line(node.children)}"
        case "ul" | "ol":
            return "\n".join(_items(node))
        case "pre":
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", node.text)), default=0))
            return f"{fence}\n{node.text}\n{fence}"
        case "blockquote":
            return "\n".join(f"> {line}".rstrip() for line in _blocks(node.children).splitlines())
        case "hr":
            return "---"
        case "table":
            rows = [[_line(cell.children) for cell in _inside(row)] for row in _rows(node)]
            return _table_of([row for row in rows if row])
        case _:
            return _blocks(node.children) if _has_blocks(node) else _inline(node.children).strip()


def _items(node: Node) -> Iterator[str]:
    number = int(node.attribute("start") or 1)
    for item in _inside(node):
        mark = f"{number}. " if node.tag == "ol" else "- "
        box = {"checked": "[x] ", "unchecked": "[ ] "}.get(item.attribute("class") or "", "")
        lines = re.sub(r"\n\n(?=\s*(?:[-+*]|\d+\.) )", "\n", _blocks(item.children)).splitlines() or [""]
        indent = " " * len(mark)
        yield "\n".join([mark + box + lines[0], *(f"{indent}{line}".rstrip() for line in lines[1:])])
        number += 1


def _table_of(rows: list[list[str]]) -> str:
    if not rows:
        return ""
    if max(map(len, rows)) < 2:  # one column is a way of laying out, no table
        return "\n\n".join(cell for row in rows for cell in row if cell)
    columns = max(map(len, rows))
    lines = [" | ".join([*row, *[""] * (columns - len(row))]) for row in rows]
    return "\n".join(f"| {line} |" for line in (lines[0], " | ".join(["---"] * columns), *lines[1:]))


def _rows(node: Node) -> Iterator[Node]:
    for child in _inside(node):
        if child.tag == "tr":
            yield child
        else:
            yield from _rows(child)


def _inside(node: Node) -> Iterator[Node]:
    return (child for child in node.children if isinstance(child, Node))


def _has_blocks(node: Node) -> bool:
    return any(child.tag in BLOCKS for child in _inside(node))


def _line(nodes: Nodes) -> str:
    """The words of nodes in one line, for headings and cells."""
    return " ".join(_inline(nodes).replace("\\\n", " ").split())


def _inline(nodes: Nodes) -> str:
    return "".join(_words(node) for node in nodes)


def _words(node: Node | str) -> str:
    if isinstance(node, str):
        return _escaped(node)
    match node.tag:
        case "br":
            return "\\\n"
        case "code" | "kbd":
            return f"`{node.text}`" if "`" not in node.text else f"`` {node.text} ``"
        case "strong" | "em" | "del":
            return _marked(_inline(node.children), _MARKS[node.tag])
        case "a":
            target, words = node.attribute("href") or "", _inline(node.children).strip()
            return _link(target, node.text.strip(), words)
        case "input":
            return ""
        case tag if tag in BLOCKS:
            return f" {_inline(node.children)} "
        case _:
            return _inline(node.children)


def _link(target: str, text: str, words: str) -> str:
    if target.startswith("record:"):
        key = target.removeprefix("record:")
        return f"[[{key}]]" if text == key else words  # behind the key stands what the record is called
    if text == target:
        return f"<{target}>"
    return f"[{words}]({_target(target)})" if words else ""


def _marked(words: str, mark: str) -> str:
    """The marks close around the words: spaces inside them would leave them marks to read."""
    inner = words.strip()
    if not inner:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}{mark}{inner}{mark}{after}"


def _target(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def _escaped(text: str) -> str:
    """The text so that Markdown shows it as it is, with as few backslashes as that needs."""

    def quoted(found: re.Match[str]) -> str:
        return f"{found['number']}\\{found['dot']}" if found["number"] else f"\\{found[0]}"

    return _SPECIAL.sub(quoted, text.replace("\u200b", "").replace("\xa0", " "))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
