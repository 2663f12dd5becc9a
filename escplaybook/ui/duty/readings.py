"""An absence and a rotation to read."""

import html
from collections.abc import Iterator
from datetime import timedelta

from escplaybook.domain.absences import Absence
from escplaybook.domain.contacts import Contact
from escplaybook.domain.programme import Programme
from escplaybook.domain.roster import Roster, Turn
from escplaybook.domain.rotations import Rotation
from escplaybook.store.programme import programme
from escplaybook.ui.duty.told import absence_when, away_when, away_words, city, next_away, shift_words, turn_words
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
        person = programme(self._desk.book).contacts.get(record.contact)
        return self.tr("{0} is away").format(person.name if person is not None else self.tr("Somebody"))

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
        return "".join(self._parts(record, programme(self._desk.book)))

    def _parts(self, absence: Absence, found: Programme) -> Iterator[str]:
        now = self._desk.now()
        zone = f" <span class='quiet'>{html.escape(city(absence.zone))}</span>"
        yield f"<h2>{self.tr('When')}</h2><p>{html.escape(absence_when(absence, now))}{zone}</p>"
        person = found.contacts.get(absence.contact)
        yield f"<h2>{self.tr('Whom it concerns')}</h2><p>{_link(person)}</p>"
        named = found.contacts.get(absence.deputy or "")
        usual = found.contacts.get(person.deputy or "") if person is not None else None
        stand_in = _link(named or usual)
        if named is None and usual is not None:
            stand_in += f" <span class='quiet'>{self.tr('as their deputy')}</span>"
        yield f"<h2>{self.tr('Who stands in')}</h2><p>{stand_in or self.tr('Nobody; the backup is asked.')}</p>"
        if absence.rule:
            roster = Roster([absence])
            times = roster.away_between(absence.contact, now, now + timedelta(days=400))[:TOLD]
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
        found = programme(self._desk.book)
        turn = Roster((), [record]).on_duty(record.contact, self._desk.now())
        if turn is None:
            return "bad", self.tr("Nobody has the turn now.")
        if found.roster.absence_of(turn.member, self._desk.now()) is not None:
            return "bad", self.tr("{0}, who is away now").format(turn_words(turn, found))
        return "good", turn_words(turn, found)

    def html_of(self, record: Rotation) -> str:
        return "".join(self._parts(record, programme(self._desk.book)))

    def _parts(self, rotation: Rotation, found: Programme) -> Iterator[str]:
        now = self._desk.now()
        turns = Roster((), [rotation]).turns_between(rotation.contact, now, now + timedelta(days=92))[:TOLD]
        if turns:
            rows = "".join(self._row(turn, found) for turn in turns)
            yield f"<h2>{self.tr('The next turns')}</h2><table cellspacing='0' cellpadding='3'>{rows}</table>"
        yield f"<h2>{self.tr('Stands for')}</h2><p>{_link(found.contacts.get(rotation.contact))}</p>"
        for shift in rotation.shifts:
            names = ", ".join(_link(found.contacts.get(member)) for member in shift.members)
            yield f"<h2>{html.escape(shift_words(shift))}</h2><p>{names}</p>"
        if rotation.notes:
            yield f"<h2>{self.tr('Notes')}</h2>{block(rotation.notes)}"

    def _row(self, turn: Turn, found: Programme) -> str:
        away = found.roster.away_between(turn.member, turn.start, turn.end)
        said_away = "; ".join(html.escape(away_words(one, found, self._desk.now())) for one in away[:2])
        cells = (
            f"<span class='quiet'>{short_time(turn.start)}</span>",
            _link(found.contacts.get(turn.member)),
            f"<span class='warn'>{said_away}</span>",
        )
        return "<tr>" + "".join(f"<td class='cell'>{cell}</td>" for cell in cells) + "</tr>"


def _link(person: Contact | None) -> str:
    if person is None:
        return ""
    return f"<a href='record:{html.escape(person.key)}'>{html.escape(person.name)}</a>"
