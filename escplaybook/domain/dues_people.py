"""What asks to be done about vendors and outsiders: numbers that run out, questions nobody answered, suggestions."""

from collections.abc import Iterator
from datetime import date, datetime

from escplaybook.domain.due import Due, end_of
from escplaybook.domain.naming import named
from escplaybook.domain.owners import owner_of, record_with
from escplaybook.domain.programme import Programme
from escplaybook.domain.speaking import answer_by, waiting
from escplaybook.domain.suggestions import SETTLED_WITHIN, Outcome
from escplaybook.domain.vendors import ENTITLEMENT_WARNING


def entitlements(programme: Programme, today: date) -> Iterator[Due]:
    """The numbers that a vendor soon takes no more, or takes no more already."""
    for vendor in programme.vendors:
        for item in vendor.entitlements if vendor.retired is None else ():
            if item.until is not None and item.until - today <= ENTITLEMENT_WARNING:
                told = "counts no more" if item.until < today else "runs out"
                what = f"{vendor.name}: the number {item.number} {told}"
                yield Due(
                    what, end_of(item.until), vendor, "have it renewed", 1 if item.until < today else 2, "entitlements"
                )


def voices(programme: Programme) -> Iterator[Due]:
    """Stakeholder groups to whom nobody talks."""
    deployments = {one.id: one for one in programme.deployments if one.retired is None}
    for group in programme.points_of_contact:
        if group.retired is not None or group.deployment not in deployments:
            continue
        name = f"{deployments[group.deployment].name}, {group.group}"
        person = programme.contacts.get(group.person or "")
        if person is None:
            yield Due(f"{name}: nobody talks to them", None, group, "name one", 2, "groups")
        elif person.retired is not None:
            yield Due(f"{name}: {person.name} is no longer in use", None, group, "name another", 2, "groups")


def questions(programme: Programme, now: datetime) -> Iterator[Due]:
    """What outsiders asked and nobody has answered."""
    for question, group, deployment in waiting(programme):
        by = answer_by(question, deployment)
        asker = question.asked_by or group.group
        yield Due(f"{asker} asks: “{question.text}”", by, question, "answer", 1 if by <= now else 2)


def suggestions(programme: Programme) -> Iterator[Due]:
    """What somebody would change and nobody has settled, with whose it is to settle."""
    for suggestion in programme.suggestions:
        if suggestion.retired is not None or suggestion.outcome is not Outcome.OPEN:
            continue
        about = record_with(programme, suggestion.about)
        owner = owner_of(programme, about) if about is not None else None
        subject = named(about) if about is not None else f"a {_KNOWLEDGE.get(suggestion.about_kind, 'record')}"
        what = f"{suggestion.author} suggests for {subject}: “{suggestion.text}”"
        if owner is not None:
            what += f"; {owner.name} is to settle it"
        yield Due(what, suggestion.created + SETTLED_WITHIN, suggestion, "accept or decline", 3)


_KNOWLEDGE = {"entry": "known blocker", "annotation": "mentor’s note"}
"""What is not part of the programme, in words."""
