"""The weekly review in words: since when, the lines to look at, how many there are, and the reviews before it."""

import html
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.audit import Finding
from escplaybook.domain.due import Due
from escplaybook.domain.editions import MatrixReview, effective_at
from escplaybook.domain.programme import Programme
from escplaybook.services.reviewing_matrix import Part, Point, Week
from escplaybook.ui.audit.words import grade_word
from escplaybook.ui.parts.grouped import OPEN, Line
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.times import said, short_time


def since_words(week: Week, found: Programme, now: datetime) -> str:
    """From when on everything is new: “Since Ruth Mensah signed 6 days ago (Wed 18 Nov, 09:12)”."""
    when = short_time(week.since)
    if week.last is not None:
        who = name_of(week.last.by, found)
        return _tr("Since {0} signed {1} ({2})").format(who, said(week.last.at, now), when)
    edition = effective_at(found.editions, now)
    if edition is not None:
        told = _tr("Since edition {0} came into force {1} ({2}); nobody has reviewed it yet")
        return told.format(edition.number, said(week.since, now), when)
    return _tr("The last seven days; nobody has reviewed the matrix yet")


def lines_of(week: Week, seen: frozenset[str], now: datetime) -> list[Line]:
    """Everything to look at, what changed first; the first line of each part carries its heading."""
    lines: list[Line] = []
    points = week.points
    for part in Part:
        mine = [one for one in points if one.part is part]
        listed = [_line(one, now, is_seen=one.id in seen) for one in mine]
        lines += [replace(listed[0], heading=_heading(part, len(mine))), *listed[1:]] if listed else []
    return lines


def tally(seen: int, total: int) -> str:
    """“3 of 7 seen”."""
    return _tr("{0} of {1} seen").format(seen, total) if total else ""


def rows_of(reviews: Iterable[MatrixReview], found: Programme, now: datetime) -> dict[str, Row]:
    """How each review looks in the list of those before, by its id."""
    return {
        one.id: Row(
            name_of(one.by, found),
            snippet=html.escape(one.note),
            meta=((f"{said(one.at, now)} · {short_time(one.at)}", "muted"),),
        )
        for one in reviews
    }


def name_of(contact: str, found: Programme) -> str:
    """The name of a contact; whoever is no longer in the book has none."""
    return found.contacts[contact].name if contact in found.contacts else _tr("somebody")


def _heading(part: Part, count: int) -> str:
    words = {Part.CHANGED: _tr("Changed"), Part.STALE: _tr("Went stale"), Part.FOUND: _tr("New findings")}
    return f"{words[part]} · {count}"


def _line(point: Point, now: datetime, *, is_seen: bool) -> Line:
    quiet, step = "", _tr("Go there")
    match point.of:
        case Finding() as one:
            quiet = f"{grade_word(one.rule.grade)} {one.rule.id} · {one.rule.name} · {one.rule.why}"
        case Due() as one:
            when = said(one.due, now) if one.due is not None else ""
            quiet = " · ".join(filter(None, (one.record.key, when)))
            step = one.action[:1].upper() + one.action[1:]
        case one:
            quiet, step = ("", "") if one.record is None else (one.record.key, step)
    icon, token = ("circle-check", "good") if is_seen else (OPEN, "muted")
    return Line(point.id, point.words, quiet, step, icon, token, of=point, is_done=is_seen)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Weekly review", text)
