"""Profiles of collections: what the headings of runbooks, support articles and post-mortems mean to a known blocker.

What a heading means on any page (`sections.FIELD_OF`) holds wherever a profile says nothing else.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from escplaybook.domain.errors import Unreadable
from escplaybook.domain.knowledge import TEXT_FIELDS
from escplaybook.exchange.sections import FIELD_OF

PARTS = (*TEXT_FIELDS, "steps")
"""The fields that are texts of several lines."""

SHORT = (
    "title", "system", "data_domain", "stage", "severity", "cause_class", "vendor", "tags", "error_codes", "links",
    "language",
)  # fmt: skip
"""The short fields."""

UNDER_HEADINGS = (*PARTS, *SHORT[1:])
"""What a section of a page can be; a key of the front matter can be the title as well."""

SIGNS_WANTED = 2
"""Headings of a profile that a page must have before it is taken for one; one alone stands on pages of all kinds."""

_SEPARATORS = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """`means` gives the field for a heading, empty for one that stays as it is; `signs` are headings that tell it."""

    name: str
    title: str
    means: Mapping[str, str] = field(default_factory=dict)
    signs: frozenset[str] = frozenset()


def _profile(name: str, title: str, signs: str, **means: str) -> Profile:
    listed = {heading.strip(): part for part, headings in means.items() for heading in headings.split(",")}
    return Profile(
        name,
        title,
        {bare(heading): "" if part == "rest" else part for heading, part in listed.items()},
        frozenset(bare(sign) for sign in signs.split(",")),
    )


def bare(heading: str) -> str:
    """A heading or key as it is compared: without case, separators, and the colon behind it."""
    return _SEPARATORS.sub("", heading.casefold()).rstrip(":")


KNOWN_ISSUES = Profile("known-issues", "known issues")
PROFILES = (
    KNOWN_ISSUES,
    _profile(
        "runbook",
        "runbooks",
        "meaning, mitigation, diagnosis, triage, escalation, alert",
        summary="meaning, about, about this alert, alert, what it means",
        symptoms="trigger, alert condition",
        diagnosis="diagnosis, triage, investigation, first checks",
        remedy="mitigation, remediation, actions",
        verification="recovery check, all clear",
    ),
    _profile(
        "support",
        "support articles",
        "symptoms, symptom, resolution, cause, applies to, workaround, more information, issue, diagnostic steps",
        symptoms="issue, problem, error message, symptoms, symptom",
        diagnosis="diagnostic steps, troubleshooting",
        remedy="resolution, solution, answer",
    ),
    _profile(
        "post-mortem",
        "post-mortems",
        "timeline, root cause, root causes, lessons, lessons learned, action items, follow-ups, what went well, "
        "what went wrong, contributing factors, detection",
        symptoms="detection, what we saw, how we noticed",
        workaround="mitigation, immediate mitigation",
        remedy="resolution, recovery",
        prevention="action items, actions, follow-ups, follow up actions, preventive measures",
        rest="trigger, problem",
    ),
)
_BY_NAME = {profile.name: profile for profile in PROFILES}
NAMES = tuple(_BY_NAME)


def profile_named(name: str) -> Profile:
    """The profile called that. Raises Unreadable if there is none."""
    if name not in _BY_NAME:
        raise Unreadable(f"There is no profile “{name}”; nothing was read. Take one of {', '.join(NAMES)}.")
    return _BY_NAME[name]


def recognised(headings: Iterable[str]) -> Profile:
    """What a page with these headings is; a known issue if no profile has enough of its signs there."""
    there = {bare(heading) for heading in headings}
    best = max(PROFILES, key=lambda profile: len(there & profile.signs))
    return best if len(there & best.signs) >= SIGNS_WANTED else KNOWN_ISSUES


def meaning(heading: str, profile: Profile) -> str:
    """The field that a heading names in a page of that profile; empty if it has none."""
    word = bare(heading)
    return profile.means.get(word, _USUALLY.get(word, ""))


class Meanings(Protocol):
    """Says what the headings of a page and the keys above it are."""

    def headings(self, plain: Sequence[str]) -> list[str]:
        """The field of each heading of one page; empty for one that has none."""
        ...

    def key(self, key: str, /) -> str | None:
        """The field of a key in the front matter; empty to keep it as it stands, None for its usual meaning."""
        ...


class Usual:
    """Meanings that nobody has said anything about."""

    def __init__(self, profile: Profile | None = None) -> None:
        self._profile = profile

    def headings(self, plain: Sequence[str]) -> list[str]:
        """As the page's profile has them."""
        profile = self._profile or recognised(plain)
        return [meaning(heading, profile) for heading in plain]

    def key(self, _key: str, /) -> str | None:
        """As the key is usually meant."""
        return None


_USUALLY = {bare(heading): name for heading, name in FIELD_OF.items()}
