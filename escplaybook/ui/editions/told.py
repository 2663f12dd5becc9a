"""An edition in words: its row, and its status, signatures and differences to read."""

import html
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.edition_diff import differences
from escplaybook.domain.editions import Edition, EditionStatus, MatrixContent, effective_at, status_of
from escplaybook.domain.living_matrix import changes_since
from escplaybook.domain.programme import Programme
from escplaybook.services.publishing_matrix import SIDES
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.times import said, said_day, short_time


def row_of(edition: Edition, found: Programme, now: datetime) -> Row:
    """How an edition looks in the list."""
    status = status_of(edition, found.editions, now)
    deployment = next((one.name for one in found.deployments if one.id == edition.deployment), "")
    title = _tr("Edition {0}").format(edition.number) + (f" · {edition.title}" if edition.title else "")
    token = "text" if status is EditionStatus.EFFECTIVE else "muted"
    since = said(edition.effective, now) if edition.effective is not None else ""
    return Row(title, meta=((" · ".join(filter(None, (_STATUS[status], since, deployment))), token),))


def standing_of(edition: Edition, found: Programme, now: datetime) -> str:
    """How far it has come, in a sentence without its full stop: “effective, adopted by Paul Adeyemi”."""
    status = status_of(edition, found.editions, now)
    told = _STATUS[status][:1].lower() + _STATUS[status][1:]
    if status is EditionStatus.SCHEDULED and edition.effective is not None:
        return _tr("holds from {0}").format(short_time(edition.effective))
    if status is EditionStatus.DRAFT and (sides := [one for one in SIDES if getattr(edition, one) is not None]):
        return _tr("draft, signed for {0}").format(sides[0])
    if edition.adopted_by is not None:
        return _tr("{0}, adopted by {1}").format(told, _name(found, edition.adopted_by))
    return told


def edition_html(edition: Edition, other: MatrixContent, name: str, found: Programme, now: datetime) -> str:
    """Status and signatures, then what differs: what it would change if it is yet to hold, else what changed since."""
    status = status_of(edition, found.editions, now)
    lines = [_STATUS[status]]
    if edition.effective is not None:
        lines[0] += f", {_tr('from')} {short_time(edition.effective)}"
    for side, at, words in (
        (edition.engineering, edition.engineering_at, _tr("{0} signed for engineering {1}")),
        (edition.business, edition.business_at, _tr("{0} signed for business {1}")),
    ):
        if side is not None and at is not None:
            lines.append(words.format(_name(found, side), said(at, now)))
    if edition.adopted_by is not None and edition.adopted_on is not None:
        told = _tr("{0} adopted it as standard operating procedure {1}")
        lines.append(told.format(_name(found, edition.adopted_by), said_day(edition.adopted_on, now)))
    told = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    if status in (EditionStatus.DRAFT, EditionStatus.REVIEWED, EditionStatus.SCHEDULED):
        heading = _tr("From {0} to edition {1}").format(name, edition.number)
        told_apart = differences(other, edition.content, found)
    else:
        heading = _tr("From edition {0} to {1}").format(edition.number, name)
        told_apart = differences(edition.content, other, found)
    listed = [one.words for one in told_apart]
    items = "".join(f"<li>{html.escape(words[0].upper() + words[1:])}</li>" for words in listed)
    body = f"<ul>{items}</ul>" if listed else f"<p>{html.escape(_tr('They say the same.'))}</p>"
    return (
        f"<h1>{html.escape(_tr('Edition {0}').format(edition.number))}</h1>{told}<h2>{html.escape(heading)}</h2>{body}"
    )


def line_of(found: Programme, now: datetime) -> str:
    """The quiet line above the matrix: “Edition 3 · 4 changes since”; only “Editions” while none holds."""
    edition = effective_at(found.editions, now)
    if edition is None:
        return _tr("Editions")
    count = len(changes_since(found, now))
    since = "" if not count else _tr("1 change since") if count == 1 else _tr("{0} changes since").format(count)
    return " · ".join(filter(None, (_tr("Edition {0}").format(edition.number), since)))


def _name(found: Programme, contact: str) -> str:
    return found.contacts[contact].name if contact in found.contacts else _tr("somebody")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Editions", text)


_STATUS = {
    EditionStatus.DRAFT: _tr("Draft"),
    EditionStatus.REVIEWED: _tr("Reviewed by both sides"),
    EditionStatus.SCHEDULED: _tr("To come"),
    EditionStatus.EFFECTIVE: _tr("Effective"),
    EditionStatus.RETIRED: _tr("Retired"),
}
