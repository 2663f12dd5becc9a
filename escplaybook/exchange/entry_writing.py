"""One entry written as Markdown with front matter, so that `entry_reading` gives it back whole."""

from collections.abc import Sequence
from typing import Any

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.knowledge import HEADINGS, TEXT_FIELDS, Entry, Section, Step
from escplaybook.exchange import front_matter, note_items
from escplaybook.exchange.entry_reading import FORM, STEP_PARTS, fields_of
from escplaybook.exchange.front_matter import Value
from escplaybook.exchange.sections import STEPS_HEADING, list_of, parted, under

_NEXT = Section("Whatever follows", "And its text.")


def write(entry: Entry, notes: Sequence[Annotation] = ()) -> str:
    """The entry in our own form, with the notes on it. Reading gives both back whole, but for what `_origin` drops.

    A text that its heading cannot carry (it has such headings itself, or leaves a fence open) stands in the front
    matter under `exact`, where YAML keeps it letter by letter.
    """
    carried: dict[str, Any] = {}
    exact: dict[str, Value] = {}
    page = ""
    for name in TEXT_FIELDS:
        if text := getattr(entry, name):
            if _is_carried(name, text, HEADINGS[name], text):
                carried[name] = text
                page += under(HEADINGS[name], text)
            else:
                exact[name] = text
        if name == "remedy" and entry.steps:
            heading, text = _heading_of_steps(entry), list_of(entry.steps)
            if _is_carried("steps", entry.steps, heading, text):
                carried["steps"] = entry.steps
                page += under(heading, text)
            else:
                exact["steps"] = [_step(step) for step in entry.steps]
    rest = "".join(under(section.heading, section.text) for section in entry.rest)
    if entry.rest and _fields_read_back(page + rest, entry.title) == carried | {"rest": entry.rest}:
        page += rest
    elif entry.rest:
        exact["rest"] = [{"heading": section.heading, "text": section.text} for section in entry.rest]
    return front_matter.written(_front_of(entry, notes, exact)) + page


def _is_carried(name: str, value: object, heading: str, text: str) -> bool:
    """Whether the text comes back as it is from below its heading, and lets the next heading be one."""
    page = under(heading, text) + under(_NEXT.heading, _NEXT.text)
    return _fields_read_back(page) == {name: value, "rest": (_NEXT,)}


def _fields_read_back(page: str, title: str = "") -> dict[str, Any]:
    """What a reader makes of the page; nothing if it holds characters that no text file keeps."""
    return {} if "\r" in page or "\0" in page else fields_of(parted(page, title))


def _heading_of_steps(entry: Entry) -> str:
    """“Remedy”, unless it is taken or the list would pass for prose."""
    says_more = any(step.precondition or step.expected or step.rollback for step in entry.steps)
    return HEADINGS["remedy"] if says_more and not entry.remedy else STEPS_HEADING


def _front_of(entry: Entry, notes: Sequence[Annotation], exact: dict[str, Value]) -> dict[str, Value]:
    values: dict[str, Value] = {
        FORM: "1",
        "key": entry.key,
        "title": entry.title,
        "system": entry.system,
        "data_domain": entry.data_domain,
        "stage": entry.stage,
        "severity": str(entry.severity or ""),
        "cause_class": str(entry.cause_class or ""),
        "vendor": entry.vendor,
        "tags": list(entry.tags),
        "error_codes": list(entry.error_codes),
        "links": [{"label": link.label, "target": link.target} for link in entry.links],
        "language": entry.language,
        "created": entry.created.isoformat(),
        "updated": entry.updated.isoformat(),
        "retired": entry.retired.isoformat() if entry.retired else "",
        "id": entry.id,
        "origin": _origin(entry),
        "notes": note_items.written(notes),
        "exact": exact,
    }
    return {name: value for name, value in values.items() if value or name == "language"}


def _origin(entry: Entry) -> dict[str, Value]:
    """Where the entry came from, without the merge base; nothing if it was from a file of ours, which says no more.

    A key that comes twice needs a list; a mapping reads better.
    """
    origin = entry.origin
    if origin is None or (origin.uid == entry.id and not origin.state and not origin.extra):
        return {}
    by_key: dict[str, Value] = dict(origin.extra)
    extra: Value = by_key
    if len(by_key) < len(origin.extra):
        extra = [{"key": key, "text": text} for key, text in origin.extra]
    values: dict[str, Value] = {"uid": origin.uid, "source": origin.source, "state": origin.state, "extra": extra}
    return {name: value for name, value in values.items() if value or name == "uid"}


def _step(step: Step) -> dict[str, Value]:
    return {part: text for part in STEP_PARTS if (text := getattr(step, part))}
