"""Playbooks and their chapters by title, for whoever types a part of it into the palette."""

from dataclasses import dataclass

from escplaybook.domain.errors import PlaybookError
from escplaybook.services import playbooks

MOST = 4
"""Titles that are offered; who wants more opens the page."""


@dataclass(frozen=True, slots=True)
class Title:
    """A playbook, or a chapter of the playbook called `within`. `record` is its place on the page."""

    words: str
    record: str
    within: str = ""


def every_title() -> list[Title]:
    """The titles of all playbooks and chapters there are; none if they cannot be read, which the page itself tells."""
    try:
        known = playbooks.playbooks()
    except PlaybookError:
        return []
    found = []
    for one in known:
        found.append(Title(one.title, one.name))
        found += [Title(chapter.title, f"{one.name}/{chapter.file}", one.title) for chapter in one.chapters]
    return found


def matching(titles: list[Title], text: str) -> list[Title]:
    """The titles in which every typed word begins a word, whole playbooks first."""
    typed = text.casefold().split()
    found = [one for one in titles if typed and all(_begins(word, one.words) for word in typed)]
    return sorted(found, key=lambda one: bool(one.within))[:MOST]


def _begins(typed: str, title: str) -> bool:
    return any(word.strip("“”‘’(),:;.").startswith(typed) for word in title.casefold().replace("-", " ").split())
