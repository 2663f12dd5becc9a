"""A playbook to be handed to somebody: its chapters with what the book says at the moment of printing."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from escplaybook.domain.playbooks import Playbook
from escplaybook.domain.programme import deployments_of
from escplaybook.services.playbooks import is_shipped, playbook_named, playbooks, reading_of
from escplaybook.services.sheets.wishes import Content, Wish, deployment_of
from escplaybook.store.book import Book
from escplaybook.store.programme import programme

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """The playbook called `wish.subject`, or the one in that folder, for the deployment of the wish.

    Of a folder nothing is noted in the file: where it lies on somebody’s disk is nobody’s business.
    """
    deployment = deployment_of(programme(book), wish)
    read = reading_of(book, playbook_named(wish.subject), deployment, at)

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.playbooks import playbook_sheet

        return playbook_sheet(read.playbook, read.chapters, read.pictures, read.deployment, stamp, size)

    noted = wish if is_shipped(read.playbook) else replace(wish, subject="")
    return Content(noted, read.records, read.points, lay_out, text=_hash_of(read.playbook))


def wishes(book: Book, _at: datetime) -> Iterator[Wish]:
    """Every playbook that comes with the program, for every deployment."""
    for playbook in playbooks():
        for deployment in deployments_of(programme(book)) or (None,):
            yield Wish("playbook", subject=playbook.name, deployment=deployment.id if deployment else None)


def _hash_of(playbook: Playbook) -> str:
    said = (playbook.title, playbook.version, *(chapter.text for chapter in playbook.chapters))
    return hashlib.sha256("\0".join(said).encode()).hexdigest()
