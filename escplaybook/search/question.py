"""A question as the search understands it: words that may be relaxed, and conditions that must hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeAlias

from escplaybook.store.index import JOINT, spaced, words_in

WORD_LIMIT = 32
"""Different words that are read of what was typed."""

FIELDS = {
    "system": "system",
    "domain": "data_domain",
    "stage": "stage",
    "sev": "severity",
    "severity": "severity",
    "cause": "cause_class",
    "vendor": "vendor",
    "state": "state",
    "confidence": "confidence",
    "queue": "queue",
    "kind": "kind",
    "tag": "tag",
    "has": "has",
    "is": "is",
    "key": "key",
    "code": "code",
    "author": "author",
    "team": "team",
    "zone": "zone",
}
"""Operators that compare a whole value, and the facet each asks for. Besides them: title, updated, created."""

NAMES = ("author", "team", "zone")
"""Those of them that also find a value by one of its words, accents aside."""

DATES = ("updated", "created")


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or several that stand side by side: a phrase, the parts of an identifier, the letters of 登录.

    `is_begun` says that the last part is only the beginning of a word. `column` narrows to the title.
    `is_fixed` says that it must be there: it stood in quotes.
    """

    parts: tuple[str, ...]
    is_begun: bool = False
    column: str = ""
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet that has this value, or one that begins so."""

    name: str
    value: str
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A date of the record, from `since` until just before `until`; None is open. Instants as the book stores them."""

    column: str
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Writer:
    """The person who wrote the record last goes by this name or a word of it, or one that begins so."""

    name: str
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts hold."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of the parts holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part does not hold."""

    part: "Node"


Node: TypeAlias = Words | Facet | When | Writer | Every | Some | Without


@dataclass(frozen=True, slots=True)
class Question:
    """`words` may be relaxed to some of them if hardly anything has them all; `conditions` must hold."""

    words: tuple[Words, ...] = ()
    conditions: tuple[Node, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        return not self.words and not self.conditions

    def named(self) -> tuple[str, ...]:
        """The words to highlight: those asked for, not those shut out. A word that is only begun ends in `*`."""
        parts = [*self.words, *self.conditions]
        said = (text for part in parts for words in _words_in(part) for text in _highlighted(words))
        return tuple(dict.fromkeys(said))


def some_words(words: Iterable[Words]) -> tuple[Words, ...]:
    """The first few different ones."""
    return tuple(islice(dict.fromkeys(words), WORD_LIMIT))


def words_of(text: str, column: str = "") -> Words | None:
    """The parts of one word or phrase as the full-text tables part them; None if it has none. A final `*` begins."""
    parts = tuple(words_in(text))
    if not parts:
        return None
    return Words(parts, is_begun=text.endswith("*"), column=column)


def finished(words: Words) -> Words:
    """The same, taken as whole words."""
    return replace(words, is_begun=False)


def without_joints(text: str) -> str:
    """A stored text as people see it."""
    return text if text.isascii() else text.replace(JOINT, "")


def _words_in(node: Node) -> Iterator[Words]:
    match node:
        case Words():
            yield node
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _words_in(part)


def _highlighted(words: Words) -> Iterator[str]:
    said = list(words.parts)
    for place in range(len(said) - 1, 0, -1):
        if JOINT in spaced(said[place - 1][-1] + said[place][0]):  # 登 and 录 were one run
            said[place - 1 : place + 1] = [said[place - 1] + said[place]]
    if words.is_begun:
        said[-1] += "*"
    # the x of x-api-key would be marked everywhere
    yield from (part for part in said if len(part) > 2 or len(said) == 1 or words.is_fixed or not part.isascii())
