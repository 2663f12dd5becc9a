"""One entry as the cells of a row, each a text that a person can read wherever it then comes back to the letter.

What a cell cannot say so stands there as JSON. A cell that a spreadsheet would take for a formula has an apostrophe
before it.
"""

import json
import re
from collections.abc import Callable, Sequence

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.errors import Unreadable
from escplaybook.domain.knowledge import TEXT_FIELDS, Entry, Link, Section, Step
from escplaybook.domain.uses import Use
from escplaybook.exchange import attached_files, note_items, use_items
from escplaybook.exchange.entry_reading import STEP_PARTS, Pairs
from escplaybook.exchange.entry_writing import origin_of
from escplaybook.exchange.front_matter import Value, as_value, json_in
from escplaybook.exchange.sections import list_of, parted, steps_in, under

_LISTS = ("tags", "error_codes")
_SHORT = ("system", "data_domain", "stage", "severity", "cause_class", "vendor", "language")
_PARTS = (*TEXT_FIELDS[:8], "steps", *TEXT_FIELDS[8:], "rest")
_JSON = ("attachments", "origin", "notes", "uses")
COLUMNS = ("key", "title", *_SHORT, *_LISTS, *_PARTS, "links", "created", "updated", "retired", "id", *_JSON)
"""The columns of a table of ours, in the order in which they are written."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_WORDS = re.compile(r"[;,\n]")
_LINK = re.compile(r"\[(?P<label>[^\[\]\n]*)\]\((?P<target>[^()\n]+)\)")


def cells_of(entry: Entry, notes: Sequence[Annotation], uses: Sequence[Use]) -> list[str]:
    """The entry with its notes and uses, by COLUMNS."""
    row = {name: _text(str(getattr(entry, name) or "")) for name in ("key", "title", *_SHORT, *TEXT_FIELDS, "id")}
    row |= {name: _listed(getattr(entry, name)) for name in _LISTS}
    row["language"] = row["language"] or '""'  # else it would come back as the usual one
    row["steps"] = _readable(list_of(entry.steps), steps_in, entry.steps, [_step(step) for step in entry.steps])
    rest = "".join(under(section.heading, section.text) for section in entry.rest).strip("\n")
    row["rest"] = _readable(rest, _rest_in, entry.rest, [{"heading": s.heading, "text": s.text} for s in entry.rest])
    links = "\n".join(f"[{link.label}]({link.target})" for link in entry.links)
    told: list[Value] = [{"label": link.label, "target": link.target} for link in entry.links]
    row["links"] = _readable(links, _links_in, entry.links, told)
    instants = {"created": entry.created, "updated": entry.updated, "retired": entry.retired}
    row |= {name: instant.isoformat() if instant else "" for name, instant in instants.items()}
    beside: dict[str, Value] = {
        "attachments": attached_files.written(entry.attachments),
        "origin": origin_of(entry),
        "notes": note_items.written(notes),
        "uses": use_items.written(uses),
    }
    row |= {name: _json(value) if value else "" for name, value in beside.items()}
    return [guarded(row[column]) for column in COLUMNS]


def pairs_of(row: dict[str, str]) -> Pairs:
    """The cells of a table of ours as keys and values in our own form. Raises Unreadable if some JSON is broken."""
    told: dict[str, Value] = {}
    exact: dict[str, Value] = {}
    for column, cell in row.items():
        if not cell:
            continue
        if column in _PARTS:
            exact[column] = _part(column, cell)
        elif column in _LISTS:
            told[column] = _words_in(cell)
        elif column == "links":
            told[column] = _value(cell) if cell.startswith("[{") else [link_value(one) for one in cell.split("\n")]
        else:
            told[column] = _value(cell) if column in _JSON else _plain(cell)
    return [*told.items(), ("exact", exact)]


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def link_value(text: str) -> Value:
    """`[label](target)` or a bare address."""
    found = _LINK.fullmatch(text)
    return {"label": found["label"], "target": found["target"]} if found else {"label": text, "target": text}


def _part(column: str, cell: str) -> Value:
    if column == "steps":
        return _value(cell) if cell.startswith("[{") else [_step(step) for step in steps_in(_plain(cell))]
    if column == "rest":
        sections = [] if cell.startswith("[{") else _rest_in(_plain(cell))
        return [{"heading": one.heading, "text": one.text} for one in sections] or _value(cell)
    return _plain(cell)


def _readable(text: str, reads: Callable[[str], object], wanted: object, told: Sequence[Value]) -> str:
    """The text, if it comes back as what is wanted; else that as JSON."""
    if not told:
        return ""
    is_plain = _text(text) == text and not text.startswith("[{") and reads(text) == wanted
    return text if is_plain else _json(list(told))


def _rest_in(text: str) -> tuple[Section, ...]:
    body = parted(text, "\n", lambda headings: [""] * len(headings))  # a title that no heading can repeat
    return () if body.preamble or body.title else tuple(body.rest)


def _links_in(text: str) -> tuple[Link, ...]:
    found = [_LINK.fullmatch(line) for line in text.split("\n")]
    return tuple(Link(one["label"], one["target"]) for one in found if one)


def _listed(words: Sequence[str]) -> str:
    plain = "; ".join(words)
    is_plain = _text(plain) == plain and not plain.startswith("[") and _words_in(plain) == list(words)
    return plain if is_plain else _json(list(words))


def _words_in(cell: str) -> list[Value]:
    if cell.startswith("["):
        value = _value(cell)
        return value if isinstance(value, list) else [value]
    return [word.strip() for word in _WORDS.split(cell) if word.strip()]


def _text(text: str) -> str:
    """The text as it stands, or as a JSON string if no table keeps it or if it could be taken for one."""
    is_plain = "\r" not in text and "\0" not in text and not (text.startswith('"') and text.endswith('"'))
    return text if is_plain else _json(text)


def _plain(cell: str) -> str:
    """The text in a cell that `_text` wrote."""
    if not (cell.startswith('"') and cell.endswith('"')):
        return cell
    try:
        value = _value(cell)
    except Unreadable:
        return cell
    return value if isinstance(value, str) else cell


def _value(cell: str) -> Value:
    return as_value(json_in(cell))


def _json(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False)


def _step(step: Step) -> Value:
    return {part: text for part in STEP_PARTS if (text := getattr(step, part))}
