"""YAML of which every line counts: whatever is not understood is refused by its file and line."""

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange.text import text_of

_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Part:
    """A value in a YAML file. Scalars are the text they were written as; no tag is ever acted on."""

    node: Node
    file: str

    def refuse(self, what: str) -> NoReturn:
        """Raise Unreadable with what is wrong here, the file and the line."""
        raise Unreadable(f"{self.file}, line {self.line}: {what}")

    @property
    def line(self) -> int:
        """The line it begins in, counted from 1."""
        return int(self.node.start_mark.line) + 1

    def is_single(self) -> bool:
        """Whether it is a single value, no list and no mapping."""
        return isinstance(self.node, ScalarNode)

    def is_empty(self) -> bool:
        """Whether nothing was written in the value's place."""
        return bool(self.node.tag == _NULL)

    def text(self) -> str:
        """The text of a scalar. Raises Unreadable."""
        if not isinstance(self.node, ScalarNode):
            self.refuse("a single value belongs here, not a list or a mapping.")
        return str(self.node.value)

    def items(self) -> list["Part"]:
        """The values of a list. Raises Unreadable."""
        if not isinstance(self.node, SequenceNode):
            self.refuse("a list belongs here.")
        return [Part(node, self.file) for node in self.node.value]

    def key_parts(self) -> list["Part"]:
        """The keys of a mapping, each with its own line. Raises Unreadable."""
        if not isinstance(self.node, MappingNode):
            self.refuse("a mapping of “key: value” belongs here.")
        return [Part(key, self.file) for key, _ in self.node.value]

    def pairs(self) -> dict[str, "Part"]:
        """The values of a mapping by their keys; those left empty are left out. Raises Unreadable."""
        if not isinstance(self.node, MappingNode):
            self.refuse("a mapping of “key: value” belongs here.")
        found: dict[str, Part] = {}
        for key, value in ((Part(key, self.file), Part(value, self.file)) for key, value in self.node.value):
            if key.text() in found:
                key.refuse(f"“{key.text()}” stands here twice.")
            found[key.text()] = value
        return {key: value for key, value in found.items() if not value.is_empty()}


def read(path: Path) -> Part:
    """The one document in the file. Raises Unreadable."""
    yaml = YAML(typ="safe", pure=True)
    try:
        node = yaml.compose(text_of(path)[0])
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unreadable(f"{path.name}, line {line}: {error.problem or error.context}.") from None
    if node is None:
        raise Unreadable(f"{path.name}, line 1: the file is empty.")
    return Part(node, path.name)
