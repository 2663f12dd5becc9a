"""One entry written as Markdown with front matter, so that `entry_reading` gives it back whole."""

from collections.abc import Iterator, Sequence
from typing import Any

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.knowledge import HEADINGS, TEXT_FIELDS, Entry, Section, Step
from escplaybook.domain.uses import Use
from escplaybook.exchange import attached_files, front_matter, note_items, use_items
from escplaybook.exchange.entry_reading import FORM, LINE_LIMIT, STEP_PARTS, fields_of
from escplaybook.exchange.front_matter import Value
from escplaybook.exchange.sections import STEPS_HEADING, list_of, parted, under

_NEXT = Section("Whatever follows", "And its text.")


def write(entry: Entry, notes: Sequence[Annotation] = (), uses: Sequence[Use] = ()) -> str:
    """The entry in our own form, with its notes and uses. Reading gives all back whole, but for what `origin_of` drops.

    A text that its heading cannot carry (it has such headings itself, or leaves a fence open) stands in the front
    matter under `exact`, where YAML keeps it letter by letter.
    """
    page, exact = _laid_out(entry)
    return front_matter.written(_front_of(entry, notes, uses, exact)) + page


def _laid_out(entry: Entry) -> tuple[str, dict[str, Value]]:
    """The entry's texts below their headings, and those that cannot stand there."""
    carried: dict[str, Any] = {}
    exact: dict[str, Value] = {}
    page = ""
    for name, value, heading, text in _parts_of(entry):
        if _is_carried(name, value, heading, text) and _fits(page, text):
            carried[name] = value
            page += under(heading, text)
        else:
            exact[name] = [_step(step) for step in entry.steps] if name == "steps" else text
    rest = "".join(under(section.heading, section.text) for section in entry.rest)
    if entry.rest and _fits(page, rest) and _read_back(page + rest, entry.title) == carried | {"rest": entry.rest}:
        page += rest
    elif entry.rest:
        exact["rest"] = [{"heading": section.heading, "text": section.text} for section in entry.rest]
    return page, exact


def _parts_of(entry: Entry) -> Iterator[tuple[str, object, str, str]]:
    """Each part that says anything: its field, its value, its heading and its text, in the order of reading."""
    for name in TEXT_FIELDS:
        if text := getattr(entry, name):
            yield name, text, HEADINGS[name], text
        if name == "remedy" and entry.steps:
            yield "steps", entry.steps, _heading_of_steps(entry), list_of(entry.steps)


def _fits(page: str, text: str) -> bool:
    """Whether the page stays one that is read."""
    return page.count("\n") + text.count("\n") < LINE_LIMIT - 10


def _is_carried(name: str, value: object, heading: str, text: str) -> bool:
    """Whether the text comes back as it is from below its heading, and lets the next heading be one."""
    page = under(heading, text) + under(_NEXT.heading, _NEXT.text)
    return _read_back(page) == {name: value, "rest": (_NEXT,)}


def _read_back(page: str, title: str = "") -> dict[str, Any]:
    """What a reader makes of the page; nothing if it holds characters that no text file keeps."""
    return {} if "\r" in page or "\0" in page else fields_of(parted(page, title))


def _heading_of_steps(entry: Entry) -> str:
    """“Remedy”, unless it is taken or the list would pass for prose."""
    says_more = any(step.precondition or step.expected or step.rollback for step in entry.steps)
    return HEADINGS["remedy"] if says_more and not entry.remedy else STEPS_HEADING


def _front_of(
    entry: Entry, notes: Sequence[Annotation], uses: Sequence[Use], exact: dict[str, Value]
) -> dict[str, Value]:
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
        "attachments": attached_files.written(entry.attachments),
        "language": entry.language,
        "created": entry.created.isoformat(),
        "updated": entry.updated.isoformat(),
        "retired": entry.retired.isoformat() if entry.retired else "",
        "id": entry.id,
        "origin": origin_of(entry),
        "notes": note_items.written(notes),
        "uses": use_items.written(uses),
        "exact": exact,
    }
    return {name: value for name, value in values.items() if value or name == "language"}


def origin_of(entry: Entry) -> dict[str, Value]:
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
