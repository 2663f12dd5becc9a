"""Which paper is asked for, and what belongs on it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from escplaybook.domain.classification import CauseClass
from escplaybook.domain.contacts import Contact, ContactPoint, Privacy, zone_named
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.domain.errors import NotFound
from escplaybook.domain.identity import Record
from escplaybook.domain.programme import Programme
from escplaybook.domain.verification import Importance, Importances

if TYPE_CHECKING:  # ReportLab costs start-up: it is loaded when something is printed
    from escplaybook.paper.page import PageSize, Sheet, Stamp

_NO_LETTERS = re.compile(r"[^\w.]+")
"""What no name of a file is made of."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which sheet is asked for. `deployment` is an id (None: what holds for every deployment).

    `subject` says what it is about: a record's key, a team, the name of a playbook; `shape` which of its forms is
    meant (the size of a card, the kind of a form); `columns` what stands in it, where that can be chosen.
    `first` is the number of a call list's first line; 0 asks for the numbers that are to be proved now.
    A `stage` of None stands for the one the deployment is in (on a contact sheet) or for each of them (on a matrix).
    """

    sheet: str
    subject: str = ""
    by: str = "name"
    deployment: str | None = None
    stage: str | None = None
    cause_class: CauseClass | None = None
    shape: str = ""
    columns: tuple[str, ...] = ()
    first: int = 0

    @property
    def choices(self) -> dict[str, str]:
        """What is noted in the file, so that the same sheet can be asked for again (see `wish_of`)."""
        noted = (
            ("subject", self.subject),
            ("by", self.by if self.sheet == "contact-sheet" else ""),
            ("deployment", self.deployment),
            ("stage", self.stage),
            ("cause_class", self.cause_class),
            ("shape", self.shape),
            ("columns", ",".join(self.columns)),
            ("first", self.first),
        )
        return {name: str(value) for name, value in noted if value or (name == "stage" and value is not None)}

    @property
    def address(self) -> str:
        """The wish in a line: `matrix?stage=go-live`; `kinds.wish_at` reads it."""
        return f"{self.sheet}?{urlencode(self.choices)}"


@dataclass(frozen=True, slots=True)
class Content:
    """What belongs on a sheet. `wish` names the stage if it was left open.

    `points` are those that are for paper, each with what hangs on it. Of the records `named` no more than a name and
    a number stands there. `text` is the hash of what is printed and lies in no record: the chapters of a playbook.
    """

    wish: Wish
    records: tuple[Record, ...]
    points: tuple[tuple[ContactPoint, Importance], ...]
    lay_out: "Callable[[Stamp, PageSize], Sheet]"
    named: tuple[Record, ...] = ()
    text: str = ""


def wish_of(sheet: str, choices: Mapping[str, str]) -> Wish:
    """The wish that noted these choices. Raises ValueError if they are none."""
    cause, columns = choices.get("cause_class"), choices.get("columns", "")
    return Wish(
        sheet,
        subject=choices.get("subject", choices.get("entry", "")),  # sheets printed earlier say “entry”
        by=choices.get("by", "name"),
        deployment=choices.get("deployment"),
        stage=choices.get("stage"),
        cause_class=CauseClass(cause) if cause else None,
        shape=choices.get("shape", ""),
        columns=tuple(filter(None, columns.split(","))),
        first=int(choices.get("first", 0)),
    )


def wish_read(address: str) -> Wish:
    """The wish of an address. Raises ValueError if its choices are none."""
    sheet, _, choices = address.partition("?")
    return wish_of(sheet, dict(parse_qsl(choices, keep_blank_values=True)))


def file_name(wish: Wish, place: str = "") -> str:
    """What the file of a sheet is called, without its ending: `contact-sheet-team`, `matrix-go-live`, `KB-0142`.

    `place` tells deployments apart where the papers of several are kept together. The same wish has the same name.
    """
    if wish.sheet == "entry":
        return wish.subject
    by = wish.by if wish.sheet == "contact-sheet" else ""
    parts = (wish.sheet, by, wish.subject, wish.shape, place, wish.stage or "", wish.cause_class or "")
    said = "-".join(filter(None, (_NO_LETTERS.sub("-", part).strip("-.").lower() for part in parts)))
    return said[:120].rstrip("-.")


def deployment_of(found: Programme, wish: Wish) -> Deployment | None:
    """The deployment the wish names; None if it names none. Raises NotFound if it is gone."""
    if wish.deployment is None:
        return None
    for deployment in found.deployments:
        if deployment.id == wish.deployment:
            return deployment
    raise NotFound("The deployment of this sheet is not in the book any more; nothing was printed. Choose another.")


def speakers_of(found: Programme, deployment: Deployment | None) -> list[Contact]:
    """The single point of contact and who stands in, those in use."""
    named = (deployment.point_of_contact, deployment.deputy) if deployment else ()
    people = (found.contacts.get(person or "") for person in named)
    return [person for person in people if person is not None and person.retired is None]


def stage_at(deployment: Deployment | None, at: datetime) -> str:
    """The stage the deployment is in at `at`, by the calendar of its place; empty if none."""
    return stage_on(deployment, at.astimezone(zone_named(deployment.zone)).date()) if deployment else ""


def printed(people: Iterable[Contact], weights: Importances) -> tuple[tuple[ContactPoint, Importance], ...]:
    """The points of these people that are for paper, each with what hangs on it."""
    return for_paper((point, weights.get(person.id, Importance.NOBODY)) for person in people for point in person.points)


def for_paper(points: Iterable[tuple[ContactPoint, Importance]]) -> tuple[tuple[ContactPoint, Importance], ...]:
    """Those of the points that may be printed."""
    return tuple((point, importance) for point, importance in points if point.privacy is Privacy.PRINT)
