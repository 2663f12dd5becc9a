"""Choosing among the contacts, and planning one change of many."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escplaybook.domain.bulk import Field, changed, plan
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.programme import Programme
from escplaybook.domain.selecting import Selection, Standing, counts, select
from tests.conftest import NOW

TODAY = NOW.date()


def person(name: str, *points: ContactPoint, **fields: object) -> Contact:
    return Contact(id=name.casefold(), name=name, created=NOW, updated=NOW, points=points, **fields)  # type: ignore[arg-type]


def number(days: int | None, kind: PointKind = PointKind.MOBILE, value: str = "+44 7700 900 101") -> ContactPoint:
    return ContactPoint(kind, value, verified=None if days is None else TODAY - timedelta(days=days))


PEOPLE = (
    person("Mara", number(5), number(400, PointKind.PHONE, "+44 20 7946 0101"), team="Integration", deputy="jun"),
    person("Jun", number(5), team="integration", organisation="Blue Gate", zone="Asia/Seoul", tags=("night",)),
    person("Paul", number(None), team="Direction", deputy="mara"),
    replace(person("Gone", team="Integration"), retired=NOW),
)
PROGRAMME = Programme({one.id: one for one in PEOPLE}, (), (), (), (), (), (), (), ())


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        (Selection(), ["Jun", "Mara", "Paul"]),
        (Selection(team="Integration"), ["Jun", "Mara"]),
        (Selection(organisation="blue gate"), ["Jun"]),
        (Selection(zone="Asia/Seoul"), ["Jun"]),
        (Selection(standing=Standing.STALE), ["Mara", "Paul"]),
        (Selection(standing=Standing.UNREACHABLE), ["Paul"]),
        (Selection(standing=Standing.WITHOUT_DEPUTY), ["Jun"]),
        (Selection(standing=Standing.STALE, team="Integration"), ["Mara"]),
        (Selection("NIGHT jun"), ["Jun"]),
        (Selection("7946"), ["Mara"]),
        (Selection("night mara"), []),
    ],
)
def test_contacts_are_chosen_by_what_is_amiss_and_by_what_they_are(selection, names):
    assert [one.name for one in select(PROGRAMME, selection, TODAY)] == names


def test_every_choice_says_how_many_it_has():
    found = counts(PROGRAMME, TODAY)
    assert found["standing"] == [("stale", 2), ("unreachable", 1), ("without deputy", 1)]
    assert found["team"] == [("Direction", 1), ("Integration", 1), ("integration", 1)]
    for facet, values in found.items():
        for value, _ in values:
            wanted = Standing(value) if facet == "standing" else value
            assert select(PROGRAMME, Selection(**{facet: wanted}), TODAY), (facet, value)


def test_a_change_of_many_is_planned_before_anything_is_written():
    planned = plan(PEOPLE[:3], Field.DEPUTY, "jun", PROGRAMME.contacts)
    assert [(one.was, one.will_be, one.is_change) for one in planned] == [
        ("Jun", "Jun", False),
        ("", "", False),
        ("Mara", "Jun", True),
    ]
    assert planned[1].refusal == "Jun cannot be their own deputy."
    assert [(before.name, after.deputy) for before, after in changed(planned, NOW)] == [("Paul", "jun")]


@pytest.mark.parametrize(
    ("field", "value", "name", "expected"),
    [
        (Field.TEAM, "Night shift", "team", "Night shift"),
        (Field.ZONE, "Europe/Oslo", "zone", "Europe/Oslo"),
        (Field.TAG_ADDED, "night", "tags", ("night",)),
        (Field.TAG_REMOVED, "Night", "tags", ()),
        (Field.LANGUAGES, ("sv", "en"), "languages", ("sv", "en")),
        (Field.COUNTRY, "KR", "country", "KR"),
    ],
)
def test_each_field_can_be_changed(field, value, name, expected):
    (one,) = plan(PEOPLE[1:2], field, value, PROGRAMME.contacts)
    assert one.after is not None
    assert getattr(one.after, name) == expected


def test_who_may_see_numbers_is_changed_without_touching_addresses():
    mail = ContactPoint(PointKind.EMAIL, "mara@harbour.example")
    (one,) = plan([person("Mara", number(1), mail)], Field.PRIVACY_OF_PHONES, Privacy.PRIVATE, {})
    assert one.after is not None
    assert [point.privacy for point in one.after.points] == [Privacy.PRIVATE, Privacy.PRINT]


def test_what_cannot_be_is_refused_for_each_and_the_others_go_on():
    planned = plan(PEOPLE[:2], Field.ZONE, "Mars/Olympus", {})
    assert all("No time zone is called" in one.refusal for one in planned)
    assert changed(planned, NOW) == []
