"""Absences and turns in words, as pages say them."""

import html
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.absences import Absence, told_span
from escplaybook.domain.contacts import Contact
from escplaybook.domain.recurrence import rhythm_of
from escplaybook.domain.roster import Away, Roster, Turn
from escplaybook.domain.rotations import Shift, hours_of
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.times import short_day, short_time

Naming = Callable[[str | None], str]
"""What the contact with an id is called."""

TOLD = 4
"""How many absences are told beside a person’s numbers."""

AHEAD = timedelta(days=92)
"""How far ahead a person's absences are told beside their numbers."""


def rhythm_words(word: str) -> str:
    """How often something comes again: “every 2 weeks”."""
    return {
        "day": _tr("every day"),
        "weekday": _tr("every weekday"),
        "week": _tr("every week"),
        "2 weeks": _tr("every 2 weeks"),
        "3 weeks": _tr("every 3 weeks"),
        "4 weeks": _tr("every 4 weeks"),
        "month": _tr("every month"),
        "year": _tr("every year"),
    }[word]


def rule_words(rule: str, first: datetime) -> str:
    """How a series comes again; empty without a rule."""
    if not rule:
        return ""
    known = rhythm_of(rule, first)
    if known is None:
        return _tr("by the rule {0}").format(rule)
    word, last = known
    told = rhythm_words(word)
    return _tr("{0} until {1}").format(told, short_day(last)) if last is not None else told


def absence_when(absence: Absence, now: datetime) -> str:
    """“24 Dec – 3 Jan, every year”: its first time and how it comes again."""
    first = told_span(absence.start, absence.end, absence.zone, now, by_days=absence.all_day)
    return ", ".join(filter(None, (first, rule_words(absence.rule, absence.first))))


def away_when(away: Away, now: datetime) -> str:
    """“24 Dec – 3 Jan”: one time of an absence."""
    return told_span(away.start, away.end, away.absence.zone, now, by_days=away.absence.all_day)


def shift_words(shift: Shift) -> str:
    """“every week, Mon 09:00” or “Mon-Fri 08:00-17:00”, and by whose clock."""
    if not (told := hours_of(shift)):
        told = f"{rule_words(shift.rule, shift.first)}, {shift.first:%a %H:%M}"
    return f"{told} ({city(shift.zone)})"


def city(zone: str) -> str:
    """A zone by its city."""
    return zone.rpartition("/")[2].replace("_", " ")


def next_away(absence: Absence, now: datetime) -> Away | None:
    """Its time that is under way or comes next; None if it is over."""
    span = next(absence.series.spans(now, now + timedelta(days=750)), None)
    return Away(absence, span.start, span.end) if span is not None else None


def turn_words(turn: Turn, name_of: Naming) -> str:
    """“Mara until Mon 30 Nov, 09:00”."""
    return _tr("{0} until {1}").format(name_of(turn.member), short_time(turn.end))


def away_words(away: Away, name_of: Naming, now: datetime) -> str:
    """“away 24 Dec – 3 Jan, Ruth stands in”."""
    told = _tr("away {0}").format(away_when(away, now))
    if away.absence.deputy is None:
        return told
    return _tr("{0}, {1} stands in").format(told, name_of(away.absence.deputy))


def away_now(contact: Contact, roster: Roster, name_of: Naming, now: datetime) -> str:
    """“away now, back Mon 4 Jan, 08:00; Ruth stands in”; empty if the person is not away."""
    away = roster.absence_of(contact.id, now)
    if away is None:
        return ""
    told = _tr("away now, back {0}").format(short_time(away.end))
    if away.absence.deputy is None:
        return told
    return _tr("{0}; {1} stands in").format(told, name_of(away.absence.deputy))


def duty_now(contact: Contact, roster: Roster, name_of: Naming, now: datetime) -> str:
    """“On duty: Mara until Mon 30 Nov, 09:00”; empty for a contact that is no duty."""
    if not roster.is_duty(contact.id):
        return ""
    turn = roster.on_duty(contact.id, now)
    return _tr("On duty: {0}").format(turn_words(turn, name_of) if turn is not None else _tr("nobody now"))


def duty_html(contact: Contact, roster: Roster, name_of: Naming, now: datetime) -> str:
    """When a person is away in the coming weeks and which turns they have; empty if there is nothing to say."""
    lines = []
    if told := duty_now(contact, roster, name_of, now):
        lines.append(html.escape(told))
    for turn in filter(None, (roster.on_duty(duty, now) for duty in roster.duties_of(contact.id, now))):
        said = _tr("Has the turn in “{0}” until {1}").format(turn.rotation.name, short_time(turn.end))
        lines.append(f"<a href='record:{html.escape(turn.rotation.key)}'>{html.escape(said)}</a>")
    for away in roster.away_between(contact.id, now, now + AHEAD)[:TOLD]:
        told = away_words(away, name_of, now)
        reason = f" <span class='quiet'>{html.escape(away.absence.reason)}</span>" if away.absence.reason else ""
        link = f"<a href='record:{html.escape(away.absence.key)}'>{html.escape(told[:1].upper() + told[1:])}</a>"
        lines.append(link + reason)
    return f"<h2>{_tr('Turns and absences')}</h2><p>{'<br>'.join(lines)}</p>" if lines else ""


def name_in(contacts: Mapping[str, Contact], person: str | None) -> str:
    """What the contact with that id is called."""
    contact = contacts.get(person or "")
    return contact.name if contact is not None else _tr("nobody")


def name_from(book: Book, person: str | None) -> str:
    """What the contact with that id is called, looked up by itself."""
    contact = records.find(book, Contact, person) if person else None
    return contact.name if contact is not None else _tr("nobody")


def _tr(text: str) -> str:
    return QCoreApplication.translate("duty", text)
