"""Absences and rotations as two lists."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from escplaybook.domain.absences import Absence
from escplaybook.domain.programme import Programme
from escplaybook.domain.roster import Away, Roster
from escplaybook.domain.rotations import Rotation
from escplaybook.ui.desk import Desk
from escplaybook.ui.duty.told import away_when, name_in, next_away, rule_words, shift_words, turn_words
from escplaybook.ui.parts.kinds_list import KindsList
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.times import said


class Lists(KindsList):
    """Who is away, and who takes turns."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._times: dict[str, Away | None] = {}
        super().__init__(desk, parent)

    def tabs(self) -> Sequence[tuple[type[Any], str]]:
        return ((Absence, self.tr("Absences")), (Rotation, self.tr("Rotations")))

    def listed(self, found: Programme) -> Sequence[Any]:
        """Absences that are under way or to come, the next first, then those that are over; rotations by name."""
        if self.kind is Rotation:
            return sorted(found.rotations, key=lambda one: (one.retired is not None, one.name.casefold()))
        now = self._desk.now()
        self._times = {one.id: next_away(one, now) for one in found.absences}

        def order(one: Absence) -> tuple[bool, bool, float]:
            time = self._times[one.id]
            return one.retired is not None, time is None, time.start.timestamp() if time else -one.end.timestamp()

        return sorted(found.absences, key=order)

    def add_words(self) -> str:
        return self.tr("Add an absence") if self.kind is Absence else self.tr("Add a rotation")

    def none_words(self) -> tuple[str, str, str]:
        told = {
            Absence: (
                self.tr("Nobody is away"),
                self.tr("Who is away is not called; whoever stands in is asked instead. Calendars can be imported."),
            ),
            Rotation: (
                self.tr("No rotations yet"),
                self.tr("People take turns at a duty, and the matrix names the duty instead of a person."),
            ),
        }
        return ("calendar", *told[self.kind])

    def row_of(self, record: Any) -> Row:
        retired = [(self.tr("no longer in use"), "warn")] if record.retired is not None else []
        if isinstance(record, Rotation):
            turn = Roster((), [record]).on_duty(record.contact, self._desk.now())
            who = (
                (turn_words(turn, partial(name_in, self.found.contacts)), "text")
                if turn is not None
                else (self.tr("nobody now"), "bad")
            )
            told = [] if record.retired is not None else [who]
            shifts = [(shift_words(shift), "muted") for shift in record.shifts[:1]]
            return Row(record.name, None, "", (*told, *shifts, *retired))
        return Row(name_in(self.found.contacts, record.contact), None, "", (*self._facts_of(record), *retired))

    def _facts_of(self, absence: Absence) -> list[tuple[str, str]]:
        now = self._desk.now()
        time = self._times.get(absence.id)
        if time is None:
            facts = [(self.tr("over"), "muted")]
        else:
            is_now = time.start <= now
            facts = [(away_when(time, now), "text"), (self.tr("now") if is_now else said(time.start, now), "warn")]
            facts = facts if is_now else [facts[0], (facts[1][0], "muted")]
        facts += [(word, "muted") for word in (absence.reason, rule_words(absence.rule, absence.first)) if word]
        if absence.deputy is not None:
            facts.append((self.tr("{0} stands in").format(name_in(self.found.contacts, absence.deputy)), "muted"))
        return facts
