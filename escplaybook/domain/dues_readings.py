"""What asks to be done about newcomers: questions for the mentor, readings to sign off, readings that stand still."""

from collections.abc import Iterator
from datetime import datetime

from escplaybook.domain.due import Due
from escplaybook.domain.programme import Programme
from escplaybook.domain.readings import ANSWERED_WITHIN, SIGNED_OFF_WITHIN, STALE_AFTER, Reading, waiting_of


def readings(programme: Programme, now: datetime) -> Iterator[Due]:
    """What waits for a mentor, and what nobody went on with. A question that waits keeps a reading from being stale."""
    for reading in programme.readings:
        if reading.retired is not None or reading.signed_off is not None:
            continue
        waiting = waiting_of(reading, programme.reading_questions)
        for question in waiting:
            by = question.asked + ANSWERED_WITHIN
            what = f"{_mentor(programme, reading)}: {reading.reader} asks “{question.text}”"
            yield Due(what, by, question, "answer", 2 if by <= now else 3)
        if waiting:
            continue
        if reading.finished is not None:
            by = reading.finished + SIGNED_OFF_WITHIN
            what = f"{_mentor(programme, reading)}: {reading.reader} has read “{_title(reading)}” to the end"
            yield Due(what, by, reading, "sign off", 2 if by <= now else 3)
        elif (stale := reading.last_step + STALE_AFTER) <= now:
            days = (now - reading.last_step).days
            what = f"{reading.reader} has not gone on with “{_title(reading)}” for {days} days"
            yield Due(what, stale, reading, "go on or stop", 4)


def _mentor(programme: Programme, reading: Reading) -> str:
    person = programme.contacts.get(reading.mentor_contact or "")
    if person is not None:
        return person.name
    return reading.mentor or "The mentor"


def _title(reading: Reading) -> str:
    return reading.title or reading.playbook
