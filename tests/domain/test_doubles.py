"""Who is probably one person: names as people write them, addresses, numbers; and who is not."""

import random
from datetime import timedelta

import pytest

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.doubles import doubles, name_of, reasons
from tests.conftest import NOW


def person(name: str, *values: str, organisation: str = "Nordvik", number: int = 1) -> Contact:
    points = tuple(ContactPoint(PointKind.EMAIL if "@" in one else PointKind.PHONE, one) for one in values)
    born = NOW + timedelta(seconds=number)
    return Contact(
        id=f"{number:06}", key=f"CO-{number:04}", name=name, created=born, updated=born, organisation=organisation,
        points=points,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mara Lindqvist", "Lindqvist, Mara"),
        ("Mara Lindqvist", "MARA  LINDQVIST"),
        ("Dr. Zoë Müller", "Zoe Mueller"),
        ("José Núñez", "Jose Nunez"),
        ("Søren Ångström", "Soren Angstrom"),
        ("Łukasz Żak", "Lukasz Zak"),
        ("王秀英", "王秀英"),
        ("ＭＡＲＡ Lindqvist", "Mara Lindqvist"),
        ("مُحَمَّد علي", "محمد علي"),
        ("Αλέξης Παπαδόπουλος", "Αλεξης Παπαδοπουλος"),
    ],
)
def test_names_that_differ_only_in_writing_are_one(one, other):
    assert name_of(person(one)) == name_of(person(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Андрей", "Андреи"), ("ガク", "カク"), ("王秀英", "王秀莹"), ("Mara Lind", "Mara Lindqvist")]
)
def test_marks_that_make_another_letter_stay(one, other):
    assert name_of(person(one)) != name_of(person(other))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (person("Mara Lindqvist"), person("Lindqvist, Mara"), ("same name and organisation",)),
        (person("Mara Lindqvist"), person("Mara Lindquist"), ("names alike in one organisation",)),
        (person("Mara Lindqvist"), person("M. Lindqvist"), ("names alike in one organisation",)),
        (person("Mara Lindqvist"), person("Mara Lindqvist", organisation=""), ("same name",)),
        (person("Mara", "m@n.example"), person("M. L.", "M@N.example"), ("same e-mail address m@n.example",)),
        (
            person("Mara Lindqvist", "+46 70 174 06 31"),
            person("Mara Lindquist", "070-174 06 31", organisation="Tern"),
            ("names alike", "same number +46 70 174 06 31"),
        ),
        (person("Mara Lindqvist"), person("Mara Lindqvist", organisation="Tern"), ()),
        (person("Mara Lindqvist"), person("Tom Herrera"), ()),
        (person("Mara Lindqvist", "5550100200"), person("Tom Herrera", "5550100200"), ()),
        (person("Ann Lee"), person("Ben Lee"), ()),
    ],
)
def test_the_reason_is_said_or_there_is_none(one, other, why):
    assert reasons(one, other) == why
    assert reasons(other, one)[:1] == why[:1]


def test_each_pair_is_told_once_the_older_first_and_the_surest_pair_at_the_top():
    people = [
        person("Tom Herrera", number=3),
        person("Mara Lindqvist", "mara@n.example", number=1),
        person("Tomas Herrera", number=4),
        person("Lindqvist, Mara", "mara@n.example", number=2),
    ]
    found = doubles(people)
    assert [(one.first.key, one.second.key, len(one.reasons)) for one in found] == [
        ("CO-0001", "CO-0002", 2),
        ("CO-0003", "CO-0004", 1),
    ]


def test_an_address_that_a_whole_team_has_makes_nobody_a_double():
    names = ["Ann Annson", "Bob Bobson", "Cem Cemson", "Dan Danson", "Eve Eveson"]
    people = [person(name, "desk@n.example", number=number) for number, name in enumerate(names)]
    assert doubles(people) == []


def test_what_is_planted_among_thousands_is_found_and_little_else():
    chance = random.Random(4)
    given = ["".join(chance.choice("bdklmnrst") + chance.choice("aeiou") for _ in range(3)) for _ in range(400)]
    family = ["".join(chance.choice("bdklmnrst") + chance.choice("aeiou") for _ in range(4)) for _ in range(900)]
    people = [
        person(f"{chance.choice(given)} {chance.choice(family)}", organisation=f"Firm {chance.randrange(60)}", number=n)
        for n in range(3_000)
    ]
    planted = chance.sample(people, 100)
    people += [
        person(one.name[:-1] + "x", organisation=one.organisation, number=3_000 + n) for n, one in enumerate(planted)
    ]
    found = {(one.first.id, one.second.id) for one in doubles(people)}
    wanted = {(one.id, f"{3_000 + n:06}") for n, one in enumerate(planted)}
    assert len(wanted & found) >= 98
    assert len(found - wanted) <= 60
