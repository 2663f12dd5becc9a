"""One Markdown file with front matter read as an entry: our own form, and what other programs write."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple, TypeVar

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.errors import Unreadable
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import TEXT_FIELDS, Entry, Link, Section, Step
from escplaybook.domain.origins import Origin
from escplaybook.domain.uses import Use
from escplaybook.exchange import front_matter, note_items, sections, use_items
from escplaybook.exchange.front_matter import Value, as_instant, as_list, as_mapping, as_text

T = TypeVar("T")

FORM = "escplaybook"
"""The key by which a file says that it is in our own form. Its value is the form's number."""

STEP_PARTS = ("action", "precondition", "expected", "rollback")

LINE_LIMIT = 50_000
"""Lines in one page; hostile pages with ten times as many take a minute to part at their headings."""

_KEY = re.compile(r"KB-(?:\d{4}|[1-9]\d{4,8})")
_SEPARATORS = re.compile(r"[\s_-]")
_MARKDOWN_LINK = re.compile(r"\[(?P<label>[^\]]*)\]\((?P<target>[^)]+)\)")
_TAG_KEYS = ("tags", "tag", "labels", "categories", "category", "keywords")


class Read(NamedTuple):
    """What a file holds: the entry, what could not be understood of it (kept all the same), its notes and its uses."""

    entry: Entry
    warnings: tuple[str, ...]
    notes: tuple[Annotation, ...] = ()
    uses: tuple[Use, ...] = ()


def entry_from(text: str, source: str, now: datetime) -> Read:
    """The entry that `text` holds; only a file of ours has notes and uses.

    `source` is the file's path: its name stands in for a missing title, all of it for a missing id. Raises Unreadable
    or InvalidRecord with the reason why there is no entry.
    """
    pairs, page = front_matter.parted(text)
    if page.count("\n") > LINE_LIMIT:
        raise Unreadable(f"The page has more than {LINE_LIMIT:,} lines; split it into one file a known blocker.")
    front = _FrontMatter(pairs)
    ours = front.take(FORM, reads=as_text) is not None
    title = front.take("title", reads=as_text if ours else _tidy) or ""
    body = sections.parted(page, title)
    fields = fields_of(body) | _sorting_of(front)
    created = front.take("created", "createdat", "createdon", "date", reads=as_instant)
    updated = front.take("updated", "updatedat", "updatedon", "lastmod", "modified", reads=as_instant)
    uid = front.take("id", "uid", reads=as_text)
    entry_id = uid if ours and uid else new_id(now)
    notes: tuple[Annotation, ...] = ()
    uses: tuple[Use, ...] = ()
    if ours:
        notes = front.take("notes", reads=lambda value: note_items.notes_in(value, entry_id)) or ()
        uses = front.take("uses", reads=lambda value: use_items.uses_in(value, entry_id)) or ()
        fields |= (front.take("exact", reads=_exact) or {}) | {"retired": front.take("retired", reads=as_instant)}
    entry = Entry(
        id=entry_id,
        title=title or body.title or _name_of(source),
        created=created or updated or now,
        updated=updated or created or now,
        origin=_our_origin(front, uid or source, source) if ours else _foreign_origin(front, uid or source, source),
        **fields,
    )
    return Read(entry, tuple(front.warnings), notes, uses)


def fields_of(body: sections.Body) -> dict[str, Any]:
    """The texts, steps and rest that a page gives an entry, by the names of the entry's fields."""
    fields: dict[str, Any] = {name: text for name, text in body.fields.items() if name in TEXT_FIELDS}
    rest = list(body.rest)
    if body.preamble and "summary" not in fields:
        fields["summary"] = body.preamble
    elif body.preamble:
        rest.insert(0, Section("", body.preamble))
    if sections.says_there_is_none(fields.get("workaround", "N/A")):
        fields.pop("workaround", None)
    listed = body.fields.get("steps", "")
    steps = sections.steps_in(listed)
    if listed and not steps:
        rest.append(Section(sections.STEPS_HEADING, listed))
    if not steps and any(map(_says_more_than_its_action, of_remedy := sections.steps_in(fields.get("remedy", "")))):
        steps = of_remedy
        del fields["remedy"]
    return fields | ({"steps": steps} if steps else {}) | ({"rest": tuple(rest)} if rest else {})


class _FrontMatter:
    """Front matter being used up: what nobody takes is left, what cannot be read is left with a warning."""

    def __init__(self, pairs: list[tuple[str, Value]]) -> None:
        self._pairs = {number: pair for number, pair in enumerate(pairs) if pair[1] is not None}
        self._bare = [(_SEPARATORS.sub("", key).casefold(), number) for number, (key, _) in enumerate(pairs)]
        self.warnings: list[str] = []

    def take(self, *names: str, reads: Callable[[Value], T]) -> T | None:
        """What `reads` makes of the first key that goes by one of `names` (in small letters, without separators)."""
        for number in (number for name in names for bare, number in self._bare if bare == name):
            if number not in self._pairs:
                continue
            key, value = self._pairs[number]
            try:
                taken = reads(value)
            except ValueError:
                told = " ".join(f"{key}: {as_text(value)}".split())
                self.warnings.append(f"“{told[:80]}” was not understood; it is kept as it stands.")
            else:
                del self._pairs[number]
                return taken
        return None

    def left(self) -> tuple[tuple[str, str], ...]:
        """The keys that nobody took and their values as text."""
        return tuple((key, text) for key, value in self._pairs.values() if (text := as_text(value)))


def _sorting_of(front: _FrontMatter) -> dict[str, Any]:
    """The short fields by which entries are sorted and found."""
    fields = {
        "key": front.take("key", reads=_key),
        "system": front.take("system", reads=as_text) or front.take("productteam", reads=as_text),
        "data_domain": front.take("datadomain", reads=as_text),
        "stage": front.take("stage", reads=as_text),
        "severity": front.take("severity", reads=lambda value: Severity(as_text(value).strip().upper())),
        "cause_class": front.take("causeclass", reads=lambda value: CauseClass(as_text(value).strip().casefold())),
        "vendor": front.take("vendor", reads=as_text),
        "tags": tuple(dict.fromkeys(tag for name in _TAG_KEYS for tag in front.take(name, reads=_words) or ())),
        "error_codes": front.take("errorcodes", "errorcode", reads=_words),
        "links": front.take("links", "link", reads=_links),
        "language": front.take("language", "locale", "lang", reads=as_text),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _our_origin(front: _FrontMatter, uid: str, source: str) -> Origin | None:
    """The origin as the file tells it; one of its own only if somebody added keys that have to be kept."""
    told = front.take("origin", reads=_origin)
    left = front.left()
    if told is None and not left:
        return None
    told = told or Origin(uid, source)
    return Origin(told.uid, told.source, told.state, told.extra + left)


def _foreign_origin(front: _FrontMatter, uid: str, source: str) -> Origin:
    state = front.take("kistatus", "status", "state", reads=as_text) or ""
    return Origin(uid, source, state, front.left())


def _origin(value: Value) -> Origin:
    told = as_mapping(value)
    extra = told.get("extra") or {}
    pairs = (
        extra.items()
        if isinstance(extra, dict)
        else ((as_mapping(one).get("key"), as_mapping(one).get("text")) for one in extra)
    )
    return Origin(
        as_text(told.get("uid")),
        as_text(told.get("source")),
        as_text(told.get("state")),
        tuple((as_text(key), as_text(text)) for key, text in pairs),
    )


def _exact(value: Value) -> dict[str, Any]:
    told = as_mapping(value)
    fields: dict[str, Any] = {name: as_text(text) for name, text in told.items() if name in TEXT_FIELDS}
    if "steps" in told:
        fields["steps"] = tuple(
            Step(*(as_text(as_mapping(one).get(part)) for part in STEP_PARTS)) for one in as_list(told["steps"])
        )
    if "rest" in told:
        parts = (as_mapping(one) for one in as_list(told["rest"]))
        fields["rest"] = tuple(Section(as_text(part.get("heading")), as_text(part.get("text"))) for part in parts)
    return fields


def _says_more_than_its_action(step: Step) -> bool:
    return bool(step.precondition or step.expected or step.rollback)


def _tidy(value: Value) -> str:
    return " ".join(as_text(value).split())


def _key(value: Value) -> str:
    if not _KEY.fullmatch(as_text(value)):
        raise ValueError
    return as_text(value)


def _words(value: Value) -> tuple[str, ...]:
    """A list of words, or words parted by commas."""
    if isinstance(value, list):
        return tuple(as_text(item) for item in value)
    return tuple(word.strip() for word in as_text(value).split(",") if word.strip())


def _links(value: Value) -> tuple[Link, ...]:
    return tuple(_link(item) for item in (value if isinstance(value, list) else [value]) if item)


def _link(value: Value) -> Link:
    """`{label, target}`, `[label](target)` or a bare address."""
    if isinstance(value, dict):
        return Link(as_text(value.get("label") or value.get("title")), as_text(value.get("target") or value.get("url")))
    text = as_text(value)
    found = _MARKDOWN_LINK.fullmatch(text)
    return Link(found["label"], found["target"]) if found else Link(text, text)


def _name_of(source: str) -> str:
    name = re.sub(r"[-_\s]+", " ", PurePosixPath(source).stem).strip()
    return name[:1].upper() + name[1:]
