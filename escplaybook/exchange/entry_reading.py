"""One Markdown file with front matter read as an entry: our own form, and what other programs write."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from escplaybook.exchange import attached_files, front_matter, note_items, sections, use_items
from escplaybook.exchange.front_matter import Value, as_instant, as_list, as_mapping, as_text
from escplaybook.exchange.profiles import PARTS, SHORT, Meanings, Usual

T = TypeVar("T")

FORM = "escplaybook"
"""The key by which a file says that it is in our own form. Its value is the form's number."""

STEP_PARTS = ("action", "precondition", "expected", "rollback")

LINE_LIMIT = 50_000
"""Lines in one page; hostile pages with ten times as many take a minute to part at their headings."""

_KEY = re.compile(r"KB-(?:\d{4}|[1-9]\d{4,8})")
_SEPARATORS = re.compile(r"[\s_-]")
_MARKDOWN_LINK = re.compile(r"\[(?P<label>[^\]]*)\]\((?P<target>[^)]+)\)")
_CREATED = ("created", "createdat", "createdon", "date")
_UPDATED = ("updated", "updatedat", "updatedon", "lastmod", "modified")
_IDS = ("id", "uid")
_STATES = ("kistatus", "status", "state")
_TAG_KEYS = ("tags", "tag", "labels", "categories", "category", "keywords")


Pairs = Sequence[tuple[str, Value]]
"""Keys and their values, in their order; a key may come again."""


class Read(NamedTuple):
    """What a file holds: the entry, what could not be understood of it (kept all the same), its notes and its uses."""

    entry: Entry
    warnings: tuple[str, ...]
    notes: tuple[Annotation, ...] = ()
    uses: tuple[Use, ...] = ()


class Page(NamedTuple):
    """What stands in a page of somebody else: its headings, the texts of its sections, and keys without a meaning."""

    headings: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...]


_USUAL = Usual()


def entry_from(text: str, source: str, now: datetime, meanings: Meanings = _USUAL) -> Read:
    """The entry that `text` holds; only a file of ours has notes and uses.

    `source` is the file's path: its name stands in for a missing title, all of it for a missing id. `meanings` says
    what headings and keys are, but for a file of ours. Raises Unreadable or InvalidRecord with the reason why there is
    no entry.
    """
    pairs, page = front_matter.parted(text)
    if page.count("\n") > LINE_LIMIT:
        raise Unreadable(f"The page has more than {LINE_LIMIT:,} lines; split it into one file a known blocker.")
    if any(key == FORM for key, _ in pairs):
        return ours_from(pairs, source, now, page)
    return _foreign(_FrontMatter(pairs, meanings.key), source, now, page, meanings.headings)


def ours_from(pairs: Pairs, source: str, now: datetime, page: str = "") -> Read:
    """The entry that keys and values in our own form hold. Raises Unreadable or InvalidRecord."""
    front = _FrontMatter(pairs, _USUAL.key)
    front.take(FORM, reads=as_text)
    title = front.take("title", reads=as_text) or ""
    body = sections.parted(page, title)
    fields = fields_of(body) | _sorting_of(front)
    created, updated = _dates(front, now)
    uid = front.take(*_IDS, reads=as_text)
    entry_id = uid or new_id(now)
    notes = front.take("notes", reads=lambda value: note_items.notes_in(value, entry_id)) or ()
    uses = front.take("uses", reads=lambda value: use_items.uses_in(value, entry_id)) or ()
    fields["attachments"] = front.take("attachments", reads=attached_files.attachments_in) or ()
    fields |= (front.take("exact", reads=_exact) or {}) | {"retired": front.take("retired", reads=as_instant)}
    entry = Entry(
        id=entry_id,
        title=title or body.title or _name_of(source),
        created=created,
        updated=updated,
        origin=_our_origin(front, uid or source, source),
        **fields,
    )
    return Read(entry, tuple(front.warnings), notes, uses)


def foreign_from(pairs: Pairs, source: str, uid: str, now: datetime, key: Callable[[str], str | None]) -> Read:
    """The entry that columns and cells hold; `key` says what each column is. Raises Unreadable or InvalidRecord.

    `uid` is by what to know it again if no column says.
    """
    return _foreign(_FrontMatter(pairs, key), source, now, uid=uid)


def _foreign(
    front: "_FrontMatter",
    source: str,
    now: datetime,
    page: str = "",
    naming: sections.Naming = sections.usual,
    uid: str = "",
) -> Read:
    title = front.take("title", reads=_tidy) or ""
    body = sections.parted(page, title, naming)
    front.add((name, text) for name, text in body.fields.items() if name in SHORT)
    fields = fields_of(body) | _sorting_of(front)
    fields |= _parts_of(front, fields)
    created, updated = _dates(front, now)
    entry = Entry(
        id=new_id(now),
        title=title or body.title or _name_of(source),
        created=created,
        updated=updated,
        origin=_foreign_origin(front, front.take(*_IDS, reads=as_text) or uid or source, source),
        **fields,
    )
    return Read(entry, tuple(front.warnings))


def _dates(front: "_FrontMatter", now: datetime) -> tuple[datetime, datetime]:
    """When it was written and when changed; one stands in for the other, `now` for both."""
    created = front.take(*_CREATED, reads=as_instant)
    updated = front.take(*_UPDATED, reads=as_instant)
    return created or updated or now, updated or created or now


def page_from(text: str, meanings: Meanings) -> Page | None:
    """The page as it stands; None if it is in our own form. Raises Unreadable."""
    pairs, page = front_matter.parted(text)
    if page.count("\n") > LINE_LIMIT or any(key == FORM for key, _ in pairs):
        return None
    headings: list[str] = []

    def naming(plain: Sequence[str]) -> list[str]:
        headings.extend(plain)
        return meanings.headings(plain)

    front = _FrontMatter(pairs, _USUAL.key)
    title = front.take("title", reads=_tidy) or ""
    _, _, found = sections.marked(page, title, naming)
    _sorting_of(front)
    for names in (_CREATED, _UPDATED, _IDS, _STATES):
        front.take(*names, reads=as_text)
    return Page(tuple(headings), tuple((sections.words_of(one.heading), one.text) for one in found), front.left())


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

    def __init__(self, pairs: Pairs, meaning: Callable[[str], str | None]) -> None:
        self._pairs = {number: pair for number, pair in enumerate(pairs) if pair[1] is not None}
        said = [meaning(key) for key, _ in pairs]
        names = [key if field is None else field for (key, _), field in zip(pairs, said, strict=True)]
        self._bare = [(_SEPARATORS.sub("", name).casefold(), number) for number, name in enumerate(names)]
        self.parts = [field for field in said if field in PARTS]
        self.warnings: list[str] = []

    def add(self, pairs: Iterable[tuple[str, str]]) -> None:
        """More of them, by the names of fields: what stands under a heading of the page."""
        for number, (name, text) in enumerate(pairs, len(self._bare)):
            self._pairs[number] = name, text
            self._bare.append((_SEPARATORS.sub("", name), number))

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


def _parts_of(front: _FrontMatter, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The texts that stand in the front matter because somebody said so, unless the page itself has them."""
    texts = ((name, front.take(_SEPARATORS.sub("", name), reads=as_text)) for name in front.parts if name not in fields)
    return fields_of(sections.Body(fields={name: text for name, text in texts if text}))


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
    state = front.take(*_STATES, reads=as_text) or ""
    return Origin(uid, source, state, front.left())


def _origin(value: Value) -> Origin:
    told = as_mapping(value)
    extra = told.get("extra") or {}
    pairs = extra.items() if isinstance(extra, dict) else (_pair(one) for one in as_list(extra))
    return Origin(
        as_text(told.get("uid")),
        as_text(told.get("source")),
        as_text(told.get("state")),
        tuple((as_text(key), as_text(text)) for key, text in pairs),
    )


def _pair(value: Value) -> tuple[Value, Value]:
    """`{key, text}`, or a list of the two."""
    if isinstance(value, list):
        key, text = value
        return key, text
    told = as_mapping(value)
    return told.get("key"), told.get("text")


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
