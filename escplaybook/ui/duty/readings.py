"""An absence and a rotation to read."""

import html
from collections.abc import Iterator
from datetime import timedelta

from escplaybook.domain.absences import Absence
from escplaybook.domain.contacts import Contact
from escplaybook.domain.roster import Roster, Turn
from escplaybook.domain.rotations import Rotation
from escplaybook.store import records
from escplaybook.store.programme import roster
from escplaybook.ui.duty.told import (
    absence_when,
    away_when,
    away_words,
    city,
    name_from,
    next_away,
    shift_words,
    turn_words,
)
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.times import said, short_time

TOLD = 8
"""How many times to come are listed."""


class AbsenceReading(RecordReading):
    """Who is away, when, and who is asked instead."""

    def tell_facts(self, record: Absence) -> None:
        self.facts.tell(None, record.key, record.reason)

    def title_of(self, record: Absence) -> str:
        return self.tr("{0} is away").format(name_from(self._desk.book, record.contact))

    def standing_of(self, record: Absence) -> tuple[str, str]:
        now = self._desk.now()
        if record.retired is not None:
            return "warn", self.tr("Taken out of use; it counts for nothing.")
        away = next_away(record, now)
        if away is None:
            return "small", self.tr("It is over.")
        if away.start <= now:
            return "warn", self.tr("Away now, back {0}").format(short_time(away.end))
        return "small", self.tr("Begins {0}").format(said(away.start, now))

    def html_of(self, record: Absence) -> str:
        return "".join(self._parts(record))

    def _parts(self, absence: Absence) -> Iterator[str]:
        now = self._desk.now()
        zone = f" <span class='quiet'>{html.escape(city(absence.zone))}</span>"
        yield f"<h2>{self.tr('When')}</h2><p>{html.escape(absence_when(absence, now))}{zone}</p>"
        book = self._desk.book
        person = records.find(book, Contact, absence.contact)
        yield f"<h2>{self.tr('Whom it concerns')}</h2><p>{_link(person)}</p>"
        named = records.find(book, Contact, absence.deputy or "")
        usual = records.find(book, Contact, (person.deputy if person is not None else None) or "")
        stand_in = _link(named or usual)
        if named is None and usual is not None:
            stand_in += f" <span class='quiet'>{self.tr('as their deputy')}</span>"
        yield f"<h2>{self.tr('Who stands in')}</h2><p>{stand_in or self.tr('Nobody; the backup is asked.')}</p>"
        if absence.rule:
            times = Roster([absence]).away_between(absence.contact, now, now + timedelta(days=400))[:TOLD]
            yield f"<h2>{self.tr('The next times')}</h2><p>{'<br>'.join(away_when(one, now) for one in times)}</p>"
        if absence.origin is not None and absence.origin.source:
            yield f"<h2>{self.tr('Came from')}</h2><p class='quiet'>{html.escape(absence.origin.source)}</p>"


class RotationReading(RecordReading):
    """Who takes which turn, and who of them is away meanwhile."""

    def tell_facts(self, record: Rotation) -> None:
        self.facts.tell(None, record.key, *(shift_words(shift) for shift in record.shifts[:2]))

    def title_of(self, record: Rotation) -> str:
        return record.name

    def standing_of(self, record: Rotation) -> tuple[str, str]:
        if record.retired is not None:
            return "warn", self.tr("Taken out of use; its contact answers for itself.")
        now = self._desk.now()
        turn = Roster((), [record]).on_duty(record.contact, now)
        if turn is None:
            return "bad", self.tr("Nobody has the turn now.")
        if roster(self._desk.book).absence_of(turn.member, now) is not None:
            return "bad", self.tr("{0}, but is away now").format(turn_words(turn, self._name))
        return "good", turn_words(turn, self._name)

    def html_of(self, record: Rotation) -> str:
        return "".join(self._parts(record))

    def _parts(self, rotation: Rotation) -> Iterator[str]:
        now, absent = self._desk.now(), roster(self._desk.book)
        turns = Roster((), [rotation]).turns_between(rotation.contact, now, now + timedelta(days=92))[:TOLD]
        if turns:
            rows = "".join(self._row(turn, absent) for turn in turns)
            yield f"<h2>{self.tr('The next turns')}</h2><table cellspacing='0' cellpadding='3'>{rows}</table>"
        yield f"<h2>{self.tr('Stands for')}</h2><p>{self._linked(rotation.contact)}</p>"
        for shift in rotation.shifts:
            names = ", ".join(self._linked(member) for member in shift.members)
            yield f"<h2>{html.escape(shift_words(shift))}</h2><p>{names}</p>"
        if rotation.notes:
            yield f"<h2>{self.tr('Notes')}</h2>{block(rotation.notes)}"

    def _row(self, turn: Turn, absent: Roster) -> str:
        away = absent.away_between(turn.member, turn.start, turn.end)[:2]
        told = "; ".join(html.escape(away_words(one, self._name, self._desk.now())) for one in away)
        who = self._linked(turn.member) + (f"<br><span class='warn'>{told}</span>" if told else "")
        return f"<tr><td class='cell quiet'>{short_time(turn.start)}</td><td class='cell'>{who}</td></tr>"

    def _name(self, person: str | None) -> str:
        return name_from(self._desk.book, person)

    def _linked(self, person: str) -> str:
        return _link(records.find(self._desk.book, Contact, person))


def _link(person: Contact | None) -> str:
    if person is None:
        return ""
    return f"<a href='record:{html.escape(person.key)}'>{html.escape(person.name)}</a>"
