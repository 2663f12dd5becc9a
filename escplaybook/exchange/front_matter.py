"""The YAML at the head of a Markdown file. Every scalar stays the text it was written as; nothing is constructed."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from escplaybook.domain.errors import Unreadable

Value = str | list["Value"] | dict[str, "Value"] | None

LENGTH_LIMIT = 1_000_000
VALUE_LIMIT = 10_000
DEPTH_LIMIT = 20
"""YAML beyond these is refused: it takes long to read, and aliases make a few lines endless. JSON has no aliases."""

_MUCH_TEXT, _MANY_VALUES = 200_000, 3_000
"""What is more is written as JSON: as YAML it would take half a second to write, and as long to read."""

_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_LOOKS_LIKE_A_KEY = re.compile(r"[\w-]+[ \t]*:(?:\s|$)")
_NULL = "tag:yaml.org,2002:null"
_WIDE = r"\u00a1-\u2027\u202a-\ud7ff"  # beyond ASCII, what YAML takes for letters
_PLAIN_LINE = re.compile(
    r"(?P<key>[A-Za-z][A-Za-z0-9_-]*): +"
    rf"(?:(?P<plain>[A-Za-z0-9](?:[ -\"$-9;-~{_WIDE}]|:(?=[!-~{_WIDE}])|(?<=[!-~{_WIDE}])#)*)"
    rf"|'(?P<quoted>(?:[ -&(-~{_WIDE}]|'')*)'|\"(?P<double>[ !#-\[\]-~{_WIDE}]*)\") *"
)
_NULLS = ("null", "Null", "NULL")


def parted(text: str) -> tuple[list[tuple[str, Value]], str]:
    """The keys of the front matter in their order, repeated ones included, and the text below it.

    Without front matter there are no keys. Raises Unreadable, naming the line, if it is broken or no mapping.
    """
    opening = _OPENING.match(text)
    if not opening:
        return [], text
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        if _LOOKS_LIKE_A_KEY.match(text, opening.end()):
            raise Unreadable("The front matter has no end; close it with a line of three dashes.")
        return [], text
    return _pairs(text[opening.end() : closing.start()]), text[closing.end() :]


def written(values: Mapping[str, Value]) -> str:
    """Front matter that `parted` reads back as it was, three dashes above and below.

    What is too much for the YAML library stands there as JSON, which is YAML too: one key a line.
    """
    length, count = _extent(dict(values))
    if length > _MUCH_TEXT or count > _MANY_VALUES:
        lines = (f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
        return "---\n{\n" + ",\n".join(lines) + "\n}\n---\n"
    yaml = YAML()
    yaml.width = 1_000_000  # never fold: a long line stays one line
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(_styled(dict(values)), stream)
    return f"---\n{stream.getvalue()}---\n"


def _pairs(source: str) -> list[tuple[str, Value]]:
    if (pairs := _json_pairs(source)) is not None:
        return pairs
    if len(source) > LENGTH_LIMIT:
        raise Unreadable(f"The front matter is longer than {LENGTH_LIMIT:,} characters; move its text below it.")
    if (pairs := _plain_pairs(source)) is not None:
        return pairs
    node = _composed(source)
    if node is None:
        return []
    if not isinstance(node, MappingNode):
        raise Unreadable("The front matter is not a list of “key: value” lines.")
    walk = _Walk()
    return [(walk.key(key), walk.value(value)) for key, value in node.value]


def _json_pairs(source: str) -> list[tuple[str, Value]] | None:
    """The pairs of front matter that is JSON; None for any other."""
    if not source.startswith("{"):
        return None
    try:
        value = as_value(json_in(source))
    except Unreadable:
        return None
    return list(value.items()) if isinstance(value, dict) else None


def json_in(text: str) -> object:
    """What JSON holds, every number as the text it was written as. Raises Unreadable, naming the line."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise Unreadable(f"The file cannot be read as JSON: line {error.lineno}, {error.msg}.") from None
    except RecursionError:
        raise Unreadable("The file cannot be read as JSON: it is nested too deeply.") from None


def as_value(told: object, depth: int = 0) -> Value:
    """What JSON holds, as front matter would hold it: every scalar a text. Raises Unreadable if it is too deep."""
    if depth > DEPTH_LIMIT:
        raise Unreadable(f"It is nested more than {DEPTH_LIMIT} deep.")
    if isinstance(told, dict):
        return {_whole_characters(key): as_value(value, depth + 1) for key, value in told.items()}
    if isinstance(told, list):
        return [as_value(item, depth + 1) for item in told]
    if isinstance(told, bool):
        return str(told).lower()
    return None if told is None else _whole_characters(str(told))


def _extent(value: Value) -> tuple[int, int]:
    """How many characters and how many values it holds."""
    if isinstance(value, str) or value is None:
        return len(value or ""), 1
    parts = [_extent(item) for item in (value.values() if isinstance(value, dict) else value)]
    return sum(length for length, _ in parts), 1 + sum(count for _, count in parts)


def _plain_pairs(source: str) -> list[tuple[str, Value]] | None:
    """The pairs of front matter that is one short `key: value` a line, as trackers write it; None for any other.

    Reading that with the YAML library takes longer than everything else an import does. A test holds the two together.
    """
    pairs: list[tuple[str, Value]] = []
    for line in source.splitlines():
        found = _PLAIN_LINE.fullmatch(line)
        if not found:
            return None
        key, plain, quoted, double = found.groups()
        if plain is not None:
            value = None if plain.rstrip(" ") in _NULLS else plain.rstrip(" ")
        else:
            value = double if quoted is None else quoted.replace("''", "'")
        pairs.append((key, value))
    return pairs


def _composed(source: str) -> Node | None:
    """The YAML as nodes. Stopping here means that no tag is ever acted on and no alias ever multiplied."""
    yaml = YAML(typ="safe", pure=True)
    yaml.max_depth = DEPTH_LIMIT
    yaml.composer.warn_double_anchors = False
    try:
        node: Node | None = yaml.compose(source)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1  # counted from 1, below the dashes
        problem = str(error.problem or error.context).partition(",")[0]
        raise Unreadable(f"The front matter cannot be read as YAML: line {line}, {problem}.") from None
    except YAMLError as error:
        raise Unreadable(f"The front matter cannot be read as YAML: {str(error).partition(chr(10))[0]}.") from None
    return node


class _Walk:
    """Turns nodes into values and gives up on a graph that aliases have made huge or circular."""

    def __init__(self) -> None:
        self._seen = 0

    def key(self, node: Node) -> str:
        return _whole_characters(node.value) if isinstance(node, ScalarNode) else as_text(self.value(node))

    def value(self, node: Node, depth: int = 0) -> Value:
        self._seen += 1
        if self._seen > VALUE_LIMIT or depth > DEPTH_LIMIT:
            raise Unreadable(f"The front matter refers to itself or holds more than {VALUE_LIMIT:,} values.")
        if isinstance(node, ScalarNode):
            return None if node.tag == _NULL else _whole_characters(node.value)
        if isinstance(node, MappingNode):
            pairs = ((self.key(key), self.value(value, depth + 1)) for key, value in node.value)
            return dict(pairs)
        return [self.value(item, depth + 1) for item in node.value]


def _whole_characters(text: str) -> str:
    """JSON writes a character beyond U+FFFF as two halves (`\\ud83d\\udc69`); a lone half is no character at all."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def as_text(value: Value) -> str:
    """Any value as one text: lists with commas, mappings as “key: value” parted by semicolons."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {as_text(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(as_text(item) for item in value)
    return value or ""


def as_mapping(value: Value) -> dict[str, Value]:
    """The value, if it is a mapping. Raises ValueError."""
    if not isinstance(value, dict):
        raise ValueError
    return value


def as_list(value: Value) -> list[Value]:
    """The value, if it is a list; what is left empty has no items. Raises ValueError."""
    if value is not None and not isinstance(value, list):
        raise ValueError
    return value or []


def as_instant(value: Value) -> datetime:
    """ISO 8601; without an offset it is taken for UTC, without a time for midnight. Raises ValueError."""
    try:
        instant = datetime.fromisoformat(as_text(value).strip())
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise ValueError from None


def _styled(value: Value) -> object:
    if isinstance(value, dict):
        return {_in_one_line(key): _styled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_styled(item) for item in value]
    if value and "\n" in value and _stands_as_a_block(value):
        return LiteralScalarString(value)
    return _in_one_line(value) if value is not None else None


def _in_one_line(text: str) -> str:
    return text if text.isprintable() else DoubleQuotedScalarString(text)


def _stands_as_a_block(text: str) -> bool:
    """Whether YAML's literal block, the form a person can read, gives exactly this text back."""
    lines = text.replace("\t", " ").split("\n")
    return all(line.isprintable() for line in lines) and not text[0].isspace() and not text.endswith("\n")
