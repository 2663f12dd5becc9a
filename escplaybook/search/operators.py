"""The language of the search box, read by Whoosh's parser: quotes, -not, OR, brackets, name:value, dates."""

from datetime import datetime
from functools import cache
from typing import Any

from whoosh import query as whoosh
from whoosh.qparser import QueryParser, plugins, syntax

from escplaybook.search.dates import when
from escplaybook.search.query import (
    DATES,
    FIELDS,
    Every,
    Facet,
    Node,
    Question,
    Some,
    Without,
    Words,
    some_words,
    words_of,
)

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
    words = some_words(part for part in parts if isinstance(part, Words) and not part.column)
    conditions = (part for part in parts if not isinstance(part, Words) or part.column)
    return Question(words, tuple(conditions))


def _node(tree: Any, now: datetime) -> Node | None:
    match tree:
        case whoosh.And() | whoosh.Or():
            parts = tuple(part for child in tree if (part := _node(child, now)) is not None)
            group = Every if isinstance(tree, whoosh.And) else Some
            return group(parts) if parts else None
        case whoosh.Not():
            shut_out = _node(tree.query, now)
            return None if shut_out is None else Without(shut_out)
        case whoosh.Phrase():
            # in a group of its own a phrase is a condition; words on their own may be relaxed
            phrase = _leaf(tree.fieldname, " ".join(tree.words), now)
            return Every((phrase,)) if isinstance(phrase, Words) else phrase
        case whoosh.Prefix():
            return _leaf(tree.fieldname, f"{tree.text}*", now)
        case whoosh.Term():
            return _leaf(tree.fieldname, tree.text, now)
    return None


def _leaf(name: str, text: str, now: datetime) -> Node | None:
    if name in FIELDS:
        value = text.rstrip("*")
        return Facet(FIELDS[name], value, is_begun=value != text) if value else None
    if name in DATES:
        return when(name, text.rstrip("*"), now) or words_of(f"{name} {text}")
    return words_of(text, "title" if name == "title" else "")


@cache
def _parser() -> QueryParser:
    """Minus and plus only before a word, so that x-api-key and C++ stay whole; no operators in plain English words."""
    before, after = r"(?<![^\s(])", r"(?=[^\s+-])"
    names = "|".join((*FIELDS, *DATES, "title"))
    must = plugins.OperatorsPlugin.OpTagger(rf"{before}\+{after}", syntax.AndGroup, syntax.PrefixOperator)
    return QueryParser(
        "text",
        None,
        plugins=[
            plugins.FieldsPlugin(expr=rf"(?<![^\s(+-])(?P<text>{names}):(?=[^\s)])"),
            plugins.PrefixPlugin(),
            plugins.PhrasePlugin(),
            plugins.GroupPlugin(),
            plugins.OperatorsPlugin([(must, 0)], Not=rf"{before}-{after}", AndNot=None, AndMaybe=None, Require=None),
        ],
    )
