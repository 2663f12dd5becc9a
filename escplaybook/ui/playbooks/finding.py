"""Playbooks and their chapters by title, for whoever types a part of it into the palette."""

from dataclasses import dataclass

from escplaybook.services import reading_playbooks
from escplaybook.ui.desk import Desk
from escplaybook.ui.playbooks.library import Library

MOST = 4
"""Titles that are offered; who wants more opens the page."""


@dataclass(frozen=True, slots=True)
class Title:
    """A playbook, or a chapter of the playbook called `within`. `record` is its place on the page."""

    words: str
    record: str
    within: str = ""


def every_title(desk: Desk) -> list[Title]:
    """The titles of all playbooks and chapters on the shelf; what cannot be read is told there."""
    found = []
    for one in Library(desk).playbooks()[0]:
        name = reading_playbooks.outline(one).name
        found.append(Title(one.title, name))
        found += [Title(chapter.title, f"{name}/{chapter.file}", one.title) for chapter in one.chapters]
    return found


def matching(titles: list[Title], text: str) -> list[Title]:
    """The titles in which every typed word begins a word, whole playbooks first."""
    typed = text.casefold().split()
    found = [one for one in titles if typed and all(_begins(word, one.words) for word in typed)]
    return sorted(found, key=lambda one: bool(one.within))[:MOST]


def _begins(typed: str, title: str) -> bool:
    return any(word.strip("“”‘’(),:;.").startswith(typed) for word in title.casefold().replace("-", " ").split())
