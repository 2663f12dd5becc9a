"""Playbooks: documents that teach a role, with live blocks that say what the book knows at the moment.

`::: ladder S1 go-live external`, alone on a line of a chapter, is a live block; what it asks for is data here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.errors import InvalidRecord

MARK = "::: "
"""How the line of a live block begins."""

ENTRIES, MOST_ENTRIES = 5, 50
"""How many known blockers a block shows unless it says another `limit:`, and how many it may ask for."""

_HEADING = re.compile(r"^#[ \t]+(?P<title>.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_FENCED = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)
_ATTRIBUTES = re.compile(r"\s*\{[:#.][^{}]*\}\s*$")
_QUOTED = re.compile(r"[\"“”](?P<name>[^\"“”]*)[\"“”]")
_LIMIT = re.compile(r"(?<!\S)limit:(?P<count>\d{1,6})(?!\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One Markdown file of a playbook; its title is its first heading."""

    file: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Playbook:
    """A document for one role, as its folder holds it. `name` is what the folder is called, by which it is asked for.

    `stage` is the one it is about, or empty. `folder` says where its pictures lie.
    """

    name: str
    folder: str
    title: str
    role: str = ""
    stage: str = ""
    version: str = ""
    language: str = "en"
    summary: str = ""
    chapters: tuple[Chapter, ...] = ()


class Live(StrEnum):
    """The live blocks, by the word that asks for them."""

    SEVERITIES = "severities"
    BLOCKER = "blocker"
    LADDER = "ladder"
    CONTACTS = "contacts"
    VENDOR = "vendor"
    RIGHTS = "rights"
    ENTRIES = "entries"
    ENTRY = "entry"
    GLOSSARY = "glossary"
    SIGN_OFF = "sign-off"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class LiveRequest:
    """What a live block asks for: its kind and the words behind it, as they were typed."""

    live: Live
    words: str = ""

    @property
    def line(self) -> str:
        """The line as it stands in the chapter."""
        return f"{MARK}{self.live} {self.words}".rstrip()

    @property
    def names(self) -> tuple[str, ...]:
        """The names it is given, each in quotation marks; without any, all of the words are one name."""
        quoted = tuple(found["name"].strip() for found in _QUOTED.finditer(self.words))
        return tuple(filter(None, quoted or (self.words.strip(),)))

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that commas part."""
        return tuple(filter(None, (term.strip(' "“”') for term in self.words.split(","))))

    @property
    def question(self) -> tuple[str, int]:
        """The words to search for, and how many hits are wanted."""
        limit = _LIMIT.search(self.words)
        wanted = min(int(limit["count"]), MOST_ENTRIES) if limit else ENTRIES
        return _LIMIT.sub(" ", self.words).strip(), wanted


@dataclass(frozen=True, slots=True)
class LadderRequest:
    """A place in the matrix as a block names it: a severity, perhaps a stage and a class of causes."""

    severity: Severity
    stage: str = ""
    cause_class: CauseClass = CauseClass.INTERNAL


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a chapter that could not be shown as it was meant; the rest of it is as it should be."""

    chapter: str
    what: str


def live_request(line: str) -> LiveRequest:
    """What a line that begins with `MARK` asks for. Raises InvalidRecord if there is no such live block."""
    name, _, words = line.removeprefix(MARK.strip()).strip().partition(" ")
    try:
        return LiveRequest(Live(name.casefold()), words.strip())
    except ValueError:
        known = ", ".join(Live)
        raise InvalidRecord(f"No live block is called “{name}”; there are {known}.") from None


def ladder_request(request: LiveRequest) -> LadderRequest:
    """The place a `ladder` block names. Raises InvalidRecord if it names no severity."""
    words = request.words.split()
    severities = [word.upper() for word in words if word.upper() in tuple(Severity)]
    causes = [word.casefold() for word in words if word.casefold() in tuple(CauseClass)]
    rest = [word for word in words if word.upper() not in severities and word.casefold() not in causes]
    if len(severities) != 1 or len(causes) > 1:
        raise InvalidRecord("Name one severity, such as S1, and if need be a stage and a cause class.")
    return LadderRequest(
        Severity(severities[0]), " ".join(rest).strip('"“”'), CauseClass(causes[0]) if causes else CauseClass.INTERNAL
    )


def title_of(text: str) -> str:
    """The first heading of a chapter as plain words; empty if it has none."""
    found = _HEADING.search(_FENCED.sub("", text))
    return re.sub(r"[*_`]", "", _ATTRIBUTES.sub("", found["title"])).strip() if found else ""


def named(playbooks: Iterable[Playbook], name: str) -> Playbook | None:
    """The playbook called that, by its folder's name or its title."""
    wanted = name.strip().casefold()
    return next((one for one in playbooks if wanted in (one.name.casefold(), one.title.casefold())), None)
