"""The language of the search box, read by Whoosh's parser: quotes, -not, OR, brackets, name:value, dates."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, TypeGuard

from whoosh import query as whoosh
from whoosh.qparser import QueryParser, plugins

from escplaybook.domain.queues import Queue
from escplaybook.search.dates import when
from escplaybook.search.question import (
    DATES,
    FIELDS,
    NAMES,
    Every,
    Facet,
    Node,
    Question,
    Some,
    Without,
    Words,
    Writer,
    some_words,
    words_of,
)
from escplaybook.search.waiting import queue_named, stale
from escplaybook.store.index import fold

DEEPEST = 20
"""Brackets within brackets that are read as such."""


def read(text: str, now: datetime) -> Question | None:
    """The question that the text asks, or None if it cannot be read as operators after all."""
    if text.count("(") > DEEPEST:
        return None
    tree = _parser().parse(text, normalize=False)
    node = _node(tree, now)
    if node is None:
        return None
    parts = node.parts if isinstance(node, Every) else (node,)
    words = some_words(part for part in parts if _may_be_relaxed(part))
    conditions = (part for part in parts if not _may_be_relaxed(part))
    return Question(words, tuple(conditions))


def _node(tree: Any, now: datetime) -> Node | None:
    match tree:
        case whoosh.And() | whoosh.Or():
            parts = tuple(part for child in tree if (part := _node(child, now)) is not None)
            return _group(tree, parts)
        case whoosh.Not():
            shut_out = _node(tree.query, now)
            return None if shut_out is None else Without(shut_out)
        case whoosh.Phrase():
            phrase = _leaf(tree.fieldname, " ".join(tree.words), now)
            return replace(phrase, is_fixed=True) if isinstance(phrase, Words) else phrase
        case whoosh.Prefix():
            return _leaf(tree.fieldname, f"{tree.text}*", now)
        case whoosh.Term():
            return _leaf(tree.fieldname, tree.text, now)
    return None


def _group(tree: Any, parts: tuple[Node, ...]) -> Node | None:
    """One part needs no group, and brackets around words that must all be there change nothing: they may be prose."""
    if len(parts) < 2:
        return parts[0] if parts else None
    if not isinstance(tree, whoosh.And):
        return Some(parts)
    return Every(tuple(inner for part in parts for inner in (part.parts if isinstance(part, Every) else (part,))))


def _may_be_relaxed(node: Node) -> TypeGuard[Words]:
    return isinstance(node, Words) and not node.column and not node.is_fixed


def _leaf(name: str, text: str, now: datetime) -> Node | None:
    if name in FIELDS:
        value = text.rstrip("*")
        return _facet(FIELDS[name], value, now, is_begun=value != text) if value else None
    if name in DATES:
        return when(name, text.rstrip("*"), now) or words_of(f"{name} {text}")
    return words_of(text, "title" if name == "title" else "")


def _facet(name: str, value: str, now: datetime, *, is_begun: bool) -> Node:
    if name == "is" and value.casefold() == "stale":
        return stale(now)
    if name in NAMES:
        named = Facet(name, fold(value), is_begun)
        return Some((named, Writer(value, is_begun))) if name == "author" else named
    queue = queue_named(value) if name == "queue" else None
    if queue is Queue.NEEDS_REVIEW:
        return Some((Facet(name, queue), stale(now)))
    return Facet(name, queue or value, is_begun=is_begun and queue is None)


@cache
def _parser() -> QueryParser:
    """Minus only before a word, so that x-api-key stays whole; of English words only OR and AND are operators."""
    before, after = r"(?<![^\s(])", r"(?=[^\s+-])"
    names = "|".join((*FIELDS, *DATES, "title"))
    return QueryParser(
        "text",
        None,
        plugins=[
            plugins.FieldsPlugin(expr=rf"(?<![^\s(-])(?P<text>{names}):(?=[^\s)])"),
            plugins.PrefixPlugin(),
            plugins.PhrasePlugin(),
            plugins.GroupPlugin(),
            plugins.OperatorsPlugin(Not=rf"{before}-{after}", AndNot=None, AndMaybe=None, Require=None),
        ],
    )
