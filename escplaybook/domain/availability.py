"""Who can be called at each of many hours: what `routing` says of one instant, worked out for a month at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.hours import is_open
from escplaybook.domain.roster import Roster


class Availability:
    """The answers of `routing.who_answers` at each of `hours` (UTC), without the reasons.

    A month of hours for 200 people is 144,000 answers: what people of one zone, or of the same hours, have in common is
    worked out once. A property test holds it against `routing` hour by hour.
    """

    def __init__(self, contacts: Mapping[str, Contact], roster: Roster, hours: Sequence[datetime]) -> None:
        self._contacts, self._roster, self._hours = contacts, roster, hours
        self._local: dict[str, list[datetime]] = {}
        self._open: dict[tuple[str, str], list[bool]] = {}
        self._free: dict[str, list[bool]] = {}
        self._turns: dict[str, list[str | None]] = {}
        self._away: dict[str, list[tuple[str | None] | None]] = {}

    def who_answers(self, named: Sequence[str]) -> list[str | None]:
        """For each hour the id of whoever answers where these are named (`Cell.people`); None if nobody does."""
        return [self._first_free(named, number) for number in range(len(self._hours))]

    def standing_for(self, named: frozenset[str], number: int) -> frozenset[str]:
        """These people, and whoever has the turn at a duty among them."""
        duties = [one for one in named if self._roster.is_duty(one)]
        members = {member for duty in duties if (member := self._turns_of(duty)[number]) is not None}
        return named | members if members else named

    def _first_free(self, named: Sequence[str], number: int) -> str | None:
        """The same walk as `routing.who_answers`, in the same order."""
        seen: set[str] = set()
        waiting: list[str | None] = [*named]
        while waiting:
            one = waiting.pop(0)
            if one is None or one in seen or one not in self._contacts:
                continue
            seen.add(one)
            person = self._contacts[one]
            turn = self._turns_of(one)[number] if self._roster.is_duty(one) else None
            away = self._away_of(one)[number]
            if turn is not None and not self._is_gone(person, number):
                waiting.insert(0, turn)
            elif self._free_of(one)[number]:
                return one
            if turn is None and away is not None:
                waiting.insert(0, away[0])
            waiting.append(person.deputy)
        return None

    def _is_gone(self, person: Contact, number: int) -> bool:
        return person.retired is not None and person.retired <= self._hours[number]

    def _free_of(self, one: str) -> list[bool]:
        """Whether that person can be called at each hour (`routing.why_not`)."""
        if one not in self._free:
            person = self._contacts[one]
            is_duty = self._roster.is_duty(one)
            rings = self._turns_of(one) if is_duty else self._open_of(person) if person.points else None
            away = self._away_of(one)
            self._free[one] = [
                rings is not None
                and (rings[number] is not None if is_duty else bool(rings[number]))
                and away[number] is None
                and not self._is_gone(person, number)
                for number in range(len(self._hours))
            ]
        return self._free[one]

    def _open_of(self, person: Contact) -> list[bool]:
        key = (person.hours, person.zone)
        if key not in self._open:
            known: dict[tuple[int, int, int], bool] = {}
            found = []
            for local in self._local_of(person.zone):
                week_time = (local.weekday(), local.hour, local.minute)
                if week_time not in known:
                    known[week_time] = is_open(person.hours, local)
                found.append(known[week_time])
            self._open[key] = found
        return self._open[key]

    def _local_of(self, zone: str) -> list[datetime]:
        if zone not in self._local:
            there = zone_named(zone)
            self._local[zone] = [hour.astimezone(there) for hour in self._hours]
        return self._local[zone]

    def _turns_of(self, one: str) -> list[str | None]:
        if one not in self._turns:
            turns = (self._roster.on_duty(one, hour) for hour in self._hours)
            self._turns[one] = [turn.member if turn is not None else None for turn in turns]
        return self._turns[one]

    def _away_of(self, one: str) -> list[tuple[str | None] | None]:
        """For each hour (the absence's deputy,) while that person is away, else None."""
        if one not in self._away:
            away = (self._roster.absence_of(one, hour) for hour in self._hours)
            self._away[one] = [(found.absence.deputy,) if found is not None else None for found in away]
        return self._away[one]
