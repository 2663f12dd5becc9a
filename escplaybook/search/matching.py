"""Questions as SQL: a MATCH expression for a full-text table, and a WHERE for the dates."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from escplaybook.search.question import Every, Facet, Node, Some, When, Without, Words, Writer
from escplaybook.search.vocabulary import completions
from escplaybook.store.book import Book
from escplaybook.store.index import facet_token, words_in
from escplaybook.store.remembered import memory
from escplaybook.store.writers import LAST_WRITER, writers

Table = Literal["found", "typed"]

LIVE = f'facets : "{facet_token("is", "live")}"'
RETIRED = f'facets : "{facet_token("is", "retired")}"'
ANYTHING = f"({LIVE} OR {RETIRED})"
"""Matches every record, and counts for nothing: the column `facets` has no weight."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a record must answer to: `match` and not `unless` in the full-text table, and `where` in `searchable`.

    Each may be empty. `values` go with `where`.
    """

    match: str = ""
    unless: str = ""
    where: str = ""
    values: tuple[Any, ...] = ()

    def narrowed(self, words: str) -> str:
        """The MATCH expression for the records under this condition that also answer to `words`."""
        match = " AND ".join(part for part in (words, self.match) if part) or ANYTHING
        return f"({match}) NOT {self.unless}" if self.unless else match


def scope(book: Book, table: Table, nodes: Sequence[Node], kinds: Collection[str]) -> Condition:
    """The condition that all of `nodes` put, within these kinds (any if empty), retired records left out.

    They are left in where a node asks for them (`is:retired`).
    """
    narrow: list[Node] = list(nodes)
    if kinds:
        narrow.append(Some(tuple(Facet("kind", kind) for kind in kinds)))
    if not any(_asks_for_retired(node) for node in nodes):
        narrow.append(Without(Facet("is", "retired")))
    return condition(book, table, Every(tuple(narrow)))


def expression(book: Book, table: Table, words: Words) -> str:
    """The MATCH expression for one word or phrase.

    `typed` knows no phrases: there the parts need only stand in the same record, until typing pauses.
    """
    if table == "found":
        phrase = f'"{" ".join(words.parts)}"'
        if not words.is_begun:
            return _in_column(words.column, phrase)
        ends = completions(book, words.parts[-1]) if len(words.parts) == 1 else ()
        return _in_column(words.column, _joined(" OR ", [f"{phrase} *", *(f'"{end}"' for end in ends)]))
    parts = [f'"{part}"' for part in words.parts]
    if words.is_begun:
        parts[-1] += " *"
    return _in_column(words.column or "- facets", _joined(" AND ", parts))


def condition(book: Book, table: Table, node: Node) -> Condition:
    """The condition that `node` puts."""
    match node:
        case Words():
            return Condition(match=expression(book, table, node))
        case Facet(name, value, is_begun):
            token = facet_token(name, value)
            return Condition(match=f'facets : "{token[:-1]}" *' if is_begun else f'facets : "{token}"')
        case When():
            return _when(node)
        case Writer(name, is_begun):
            return _writer(book, name, is_begun=is_begun)
        case Every(parts):
            return _every([condition(book, table, part) for part in parts])
        case Some(parts):
            return _some(table, [condition(book, table, part) for part in parts])
        case Without(part):
            return _without(table, condition(book, table, part))


def _every(parts: Sequence[Condition]) -> Condition:
    return Condition(
        match=_joined(" AND ", [part.match for part in parts if part.match]),
        unless=_joined(" OR ", [part.unless for part in parts if part.unless]),
        where=" AND ".join(part.where for part in parts if part.where),
        values=tuple(value for part in parts for value in part.values),
    )


def _some(table: Table, parts: Sequence[Condition]) -> Condition:
    if len(parts) == 1:
        return parts[0]
    if not any(part.where for part in parts):
        return Condition(match=_joined(" OR ", [f"({part.narrowed('')})" for part in parts]))
    wheres = [_as_where(table, part) for part in parts]
    return Condition(
        where=f"({' OR '.join(where for where, _ in wheres)})",
        values=tuple(value for _, values in wheres for value in values),
    )


def _without(table: Table, part: Condition) -> Condition:
    if not part.where:
        return Condition(unless=f"({part.narrowed('')})")
    where, values = _as_where(table, part)
    return Condition(where=f"NOT {where}", values=values)


def _as_where(table: Table, part: Condition) -> tuple[str, tuple[Any, ...]]:
    wheres = [part.where] if part.where else []
    values = part.values
    if part.match or part.unless:
        wheres.append(f"searchable.number IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)")
        values = (*values, part.narrowed(""))
    return f"({' AND '.join(wheres)})", values


def _when(when: When) -> Condition:
    limits = [(">=", when.since), ("<", when.until)]
    said = [(f"searchable.{when.column} {sign} ?", limit) for sign, limit in limits if limit is not None]
    return Condition(where=" AND ".join(where for where, _ in said), values=tuple(value for _, value in said))


def _writer(book: Book, name: str, *, is_begun: bool) -> Condition:
    """The names of those who wrote are few: the one meant is looked for among them, not in every record."""
    known = memory(book)
    if "writers" not in known:
        known["writers"] = writers(book)
    named = tuple(writer for writer in known["writers"] if _goes_by(writer, name, is_begun=is_begun))
    return Condition(where=f"{LAST_WRITER} IN ({', '.join('?' * len(named))})", values=named)


def _goes_by(writer: str, name: str, *, is_begun: bool) -> bool:
    said, words = "".join(words_in(name)), words_in(writer)
    names = {*words, "".join(words)}
    return bool(said) and (any(one.startswith(said) for one in names) if is_begun else said in names)


def _asks_for_retired(node: Node) -> bool:
    match node:
        case Facet("is", _):
            return True
        case Every(parts) | Some(parts):
            return any(map(_asks_for_retired, parts))
        case Without(part):
            return _asks_for_retired(part)
    return False


def _in_column(column: str, match: str) -> str:
    return f"{column} : {match}" if column else match


def _joined(by: str, parts: Sequence[str]) -> str:
    return f"({by.join(parts)})" if len(parts) > 1 else "".join(parts)
