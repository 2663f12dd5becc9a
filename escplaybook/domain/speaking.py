"""Who speaks with outsiders now, and by when they are owed an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import hours_words, is_open, parse_hours
from escplaybook.domain.identity import new_id
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.programme import Programme
from escplaybook.domain.routing import why_not

ANSWERED_IN_WORKING_DAYS = 1
"""The promise to outsiders: an answer by the same hour of the next working day, even if it only says what is known.

Sooner is the business of a blocker's updates, which have their own cadence; later, people ask somebody else.
"""

WEEKDAYS = range(5)
"""The working days of a project whose hours nobody has written down."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who alone talks to a group (`person`), and who does at this instant (`now`): the person, the deputy or nobody.

    `why` says why it is not the person; empty if it is. Where a duty is named, it is whoever has the turn.
    """

    person: Contact | None
    deputy: Contact | None
    now: Contact | None
    why: str


def groups_of(found: Programme, deployment: str) -> list[PointOfContact]:
    """The stakeholder groups of a deployment (an id) that have their own single point of contact, by name."""
    groups = (one for one in found.points_of_contact if one.deployment == deployment and one.retired is None)
    return sorted(groups, key=lambda one: one.group.casefold())


def who_speaks(found: Programme, group: PointOfContact, at: datetime) -> Speaker:
    """Who talks to the group at `at`."""
    return _speaker(found, group.person, group.deputy, group.hours, at)


def who_speaks_for(found: Programme, deployment: Deployment, at: datetime) -> Speaker:
    """Who talks at `at` to all who have nobody of their own."""
    return _speaker(found, deployment.point_of_contact, deployment.deputy, "", at)


def questions_of(found: Programme, group: str) -> list[Question]:
    """What a group (an id) asked: what waits for an answer first, the oldest on top; then the latest answers."""
    asked = [one for one in found.questions if one.point_of_contact == group and one.retired is None]
    waiting = sorted((one for one in asked if one.answered is None), key=lambda one: one.asked)
    done = [(one.answered, one) for one in asked if one.answered is not None]
    return [*waiting, *(one for _, one in sorted(done, key=lambda pair: pair[0], reverse=True))]


def answer_by(question: Question, deployment: Deployment) -> datetime:
    """When the answer is owed: the same hour of the next working day, by the project's calendar and clock."""
    spans = parse_hours(deployment.hours)
    working = {day for span in spans for day in span.days} or set(WEEKDAYS)
    local = question.asked.astimezone(zone_named(deployment.zone))
    left = ANSWERED_IN_WORKING_DAYS
    while left:
        local += timedelta(days=1)  # the wall clock's day, however long
        left -= local.weekday() in working
    return local.astimezone(question.asked.tzinfo)


def question_of(
    group: PointOfContact, text: str, now: datetime, *, asked_by: str = "", blocker: Blocker | None = None
) -> Question:
    """What somebody of the group asks at `now`. Raises InvalidRecord if it says nothing."""
    return Question(
        id=new_id(now),
        point_of_contact=group.id,
        text=text,
        asked=now,
        created=now,
        updated=now,
        asked_by=asked_by,
        blocker=blocker.id if blocker is not None else None,
    )


def answered(question: Question, answer: str, now: datetime, by: str) -> Question:
    """The question with its answer. Raises InvalidRecord if it has one already, or the answer is empty."""
    if question.answered is not None:
        raise InvalidRecord(
            f"{question.key} was answered already, by {question.answered_by}; write down what else was asked."
        )
    return replace(question, answer=answer, answered=now, answered_by=by, updated=now)


def waiting(found: Programme) -> Sequence[tuple[Question, PointOfContact, Deployment]]:
    """Every question that waits for its answer, with the group and the deployment it belongs to."""
    groups = {one.id: one for one in found.points_of_contact if one.retired is None}
    deployments = {one.id: one for one in found.deployments if one.retired is None}
    open_ones = [one for one in found.questions if one.answered is None and one.retired is None]
    asked = [(one, groups[one.point_of_contact]) for one in open_ones if one.point_of_contact in groups]
    return [(one, group, deployments[group.deployment]) for one, group in asked if group.deployment in deployments]


def _speaker(found: Programme, person_id: str | None, deputy_id: str | None, hours: str, at: datetime) -> Speaker:
    person, deputy = (found.contacts.get(one or "") for one in (person_id, deputy_id))
    why = _why_not(found, person, hours, at)
    if not why:
        return Speaker(person, deputy, _on_duty(found, person, at), "")
    stands_in = _on_duty(found, deputy, at) if not _why_not(found, deputy, "", at) else None
    return Speaker(person, deputy, stands_in, why)


def _on_duty(found: Programme, person: Contact | None, at: datetime) -> Contact | None:
    """Who has the turn, of a duty; else the person."""
    turn = found.roster.on_duty(person.id, at) if person is not None else None
    return found.contacts.get(turn.member) if turn is not None else person


def _why_not(found: Programme, person: Contact | None, hours: str, at: datetime) -> str:
    if person is None:
        return "nobody is named"
    if absent := why_not(person, at, found.roster):
        return absent
    if not is_open(hours, at.astimezone(zone_named(person.zone))):
        return f"answers them {hours_words(hours)} only"
    return ""
