from datetime import UTC, date, datetime, timedelta

import pytest

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.matrix import Cell, DecisionRight, Level, Place, cell_for, rights_at
from escplaybook.domain.routing import ladder
from tests.conftest import NOW

LEVELS = [
    Level(id=f"l{rank}", rank=rank, name=name, created=NOW, updated=NOW)
    for rank, name in enumerate(("Team lead", "Project manager", "Director"), start=1)
]


def cell(level: int, owner: str | None = None, backup: str | None = None, **fields) -> Cell:
    fields = {"acknowledge": timedelta(minutes=15), "severity": Severity.S1} | fields
    number = "-".join(str(part) for part in (level, *fields.values()))
    return Cell(id=number, level=level, owner=owner, backup=backup, created=NOW, updated=NOW, **fields)


def climb(cells, people, at, rights=(), place=None):
    contacts = {person.id: person for person in people}
    return ladder(place or Place(Severity.S1), at, levels=LEVELS, cells=cells, rights=rights, contacts=contacts)


def test_each_level_is_called_when_the_one_below_let_its_target_lapse(contact):
    lead, manager = contact("Mara Lindqvist"), contact("Deniz Aydin")
    at = datetime(2026, 11, 24, 1, 41, tzinfo=UTC)
    rungs = climb([cell(1, lead.id, resolve=timedelta(hours=1)), cell(2, manager.id)], [lead, manager], at)
    assert [rung.answers.name for rung in rungs] == ["Mara Lindqvist", "Deniz Aydin"]
    assert rungs[0].acknowledge_by == rungs[1].starts == at + timedelta(minutes=15)
    assert rungs[0].resolve_by == at + timedelta(hours=1)
    assert rungs[1].acknowledge_by == at + timedelta(minutes=30)
    assert rungs[0].why == ("owner, reachable at any time, Tue 02:41 in Stockholm",)


def test_an_empty_level_is_skipped_at_once_and_the_next_is_told_why(contact):
    director = contact("Ingrid Solberg", hours="Mon-Fri 08:00-17:00", zone="Europe/Oslo")
    sponsor = contact("Paul Adeyemi")
    night = datetime(2026, 11, 24, 1, 41, tzinfo=UTC)
    rungs = climb([cell(1, director.id), cell(2, sponsor.id)], [director, sponsor], night)
    assert rungs[0].answers is None
    assert rungs[0].why[0].startswith("Ingrid Solberg (owner): off duty, Tue 02:41 in Oslo")
    assert rungs[0].why[1] == "no backup named"
    assert rungs[1].starts == night
    assert "asked at once: nobody answers at level 1 (Team lead)" in rungs[1].why


def test_the_backup_answers_then_the_deputies_and_a_ring_of_them_ends(contact):
    office = {"hours": "Mon-Fri 08:00-17:00"}
    first, second = contact("First", **office), contact("Second", **office)
    third = contact("Third", deputy=first.id, **office)
    object.__setattr__(first, "deputy", third.id)  # a ring: first → third → first
    night = datetime(2026, 11, 24, 1, tzinfo=UTC)
    (rung,) = climb([cell(1, first.id, second.id)], [first, second, third], night)
    assert rung.answers is None
    assert [reason.split(" (")[0] for reason in rung.why] == ["First", "Second", "Third"]
    awake = contact("Fourth")
    object.__setattr__(third, "deputy", awake.id)
    (rung,) = climb([cell(1, first.id, second.id)], [first, second, third, awake], night)
    assert rung.answers is awake
    assert rung.why[-1].startswith("deputy of Third")


def test_who_has_left_or_has_no_number_is_not_called(contact):
    gone, bare = contact("Gone", retired=NOW - timedelta(days=3)), contact("Bare", points=())
    (rung,) = climb([cell(1, gone.id, bare.id)], [gone, bare], NOW)
    assert rung.why == (
        "Gone (owner): no longer in use since 21 Nov 2026",
        "Bare (backup): no number or address known",
    )


def test_the_most_exact_cell_wins():
    anywhere, staged = cell(1, "a"), cell(1, "b", stage="go-live")
    outside, here = cell(1, "c", cause_class=CauseClass.EXTERNAL), cell(1, "d", deployment="harbour")
    cells = [anywhere, staged, outside, here]

    def owner(**place):
        found = cell_for(cells, Place(Severity.S1, **place), 1)
        return found.owner if found else None

    assert owner() == "a"
    assert owner(stage="go-live") == "b"
    assert owner(stage="testing", cause_class=CauseClass.EXTERNAL) == "c"
    assert owner(stage="go-live", cause_class=CauseClass.EXTERNAL) == "b"
    assert owner(stage="go-live", deployment="harbour") == "d"
    assert owner(deployment="other") == "a"
    assert cell_for(cells, Place(Severity.S2), 1) is None


def test_not_escalated_means_no_rung(contact):
    lead = contact()
    assert len(climb([cell(1, lead.id), cell(2, None, not_escalated=True)], [lead], NOW)) == 1


def test_rights_hold_where_and_while_they_say():
    def right(**fields):
        return DecisionRight(id=str(fields), decision="roll back", created=NOW, updated=NOW, decider="x", **fields)

    rights = [right(), right(stage="testing"), right(severity=Severity.S2), right(expires=date(2026, 11, 23))]
    held = rights_at(rights, Place(Severity.S1, stage="testing"), NOW.date())
    assert held == rights[:2]


def test_two_roles_in_one_person_are_refused():
    with pytest.raises(InvalidRecord, match="another person"):
        cell(1, "a", "a")
