"""Playbooks: those that come with the program, anybody's own folder, and what they say of the book at the moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.contacts import ContactPoint
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.identity import Record
from escplaybook.domain.playbooks import Doubt, Playbook, named
from escplaybook.domain.verification import Importance
from escplaybook.exchange.playbook_folder import picture_of, playbooks_in, read_playbook
from escplaybook.prose.html import Node, Nodes, kept_hash, picture_name
from escplaybook.prose.playbooks import ReadChapter, drafted, read
from escplaybook.services.playbooks_answers import Answerer
from escplaybook.shipped import playbooks_folder
from escplaybook.store.blobs import data_of
from escplaybook.store.book import Book


@dataclass(frozen=True, slots=True)
class Read:
    """A playbook as it is to be read now: `chapters` hold what the book says at this moment.

    `pictures` are by the source that the chapters give them, those of known blockers among them. `warnings` say what
    could not be shown as it was meant. `records` is everything of the book that stands in it; `points` are the
    numbers, each with what hangs on it.
    """

    playbook: Playbook
    deployment: Deployment | None
    chapters: tuple[ReadChapter, ...]
    pictures: Mapping[str, bytes]
    warnings: tuple[Doubt, ...]
    records: tuple[Record, ...]
    points: tuple[tuple[ContactPoint, Importance], ...]


def playbooks() -> list[Playbook]:
    """The playbooks that come with the program, by title. Raises PlaybookError if one of them cannot be read."""
    return playbooks_in(playbooks_folder())


def is_shipped(playbook: Playbook) -> bool:
    """Whether it came with the program."""
    return Path(playbook.folder).parent == playbooks_folder().resolve()


def playbook_named(name: str) -> Playbook:
    """The playbook that comes with the program under that name or title, else the one in that folder.

    Raises NotFound if there is none, PlaybookError if it cannot be read.
    """
    shipped = playbooks()
    if (found := named(shipped, name)) is not None:
        return found
    folder = Path(name)
    if name.strip() and folder.is_dir():
        return read_playbook(folder)
    known = ", ".join(one.name for one in shipped) or "none"
    raise NotFound(f"No playbook is called “{name}”; there are {known}. Or name a folder with a playbook.toml.")


def reading_of(book: Book, playbook: Playbook, deployment: Deployment | None, now: datetime) -> Read:
    """The playbook with what the book says at `now`, for a deployment (None: what holds for every one of them)."""
    answerer = Answerer(book, deployment, now, playbook.stage)
    drafts = drafted(playbook)
    answers, doubts = [], list[Doubt]()
    for draft in drafts:
        given = [answerer.answer(request) for request in draft.requests]
        doubts += [Doubt(draft.chapter.file, one.doubt) for one in given if one.doubt]
        answers.append([one.nodes for one in given])
    names = answerer.names_of({key for draft in drafts for key in draft.records})
    doubts += [
        Doubt(draft.chapter.file, f"{key} is not in this book.")
        for draft in drafts
        for key in draft.records
        if key not in names
    ]
    chapters, found = read(drafts, answers, answerer.facts(), names)
    pictures, lacking = _pictures(book, playbook, chapters)
    warnings = (*found, *doubts, *lacking)
    return Read(playbook, deployment, chapters, pictures, warnings, answerer.records(), answerer.points())


def _pictures(
    book: Book, playbook: Playbook, chapters: tuple[ReadChapter, ...]
) -> tuple[dict[str, bytes], list[Doubt]]:
    """By their source the pictures that chapters show, out of the folder or the book; and why some cannot be had."""
    found: dict[str, bytes] = {}
    lacking: dict[str, Doubt] = {}
    for chapter in chapters:
        for source in _sources(chapter.nodes):
            if source not in found and source not in lacking:
                try:
                    found[source] = _picture(book, playbook, source)
                except PlaybookError as error:
                    lacking[source] = Doubt(chapter.file, str(error))
    return found, list(lacking.values())


def _picture(book: Book, playbook: Playbook, source: str) -> bytes:
    if name := picture_name(source):
        return picture_of(playbook, name)
    return data_of(book, Attachment("picture", kept_hash(source), 0))


def _sources(nodes: Nodes) -> list[str]:
    sources: list[str] = []
    for node in nodes:
        if isinstance(node, Node):
            source = node.attribute("src") or ""
            sources += [source] if source else _sources(node.children)
    return sources
