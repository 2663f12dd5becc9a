from datetime import UTC, datetime, timedelta

import pytest

from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.matrix import Cell
from escplaybook.exchange.programme import read_programme

PEOPLE = """\
people:
  - id: mara
    name: Mara Lindqvist
    zone: Europe/Stockholm
    deputy: jun
    points:
      - {kind: mobile, value: +46 70 174 06 31, verified: -9d}
  - {id: jun, name: Jun Park, zone: Asia/Seoul}
"""
ENTRY = """\
---
key: KB-0007
title: Login loops
created: 2026-01-01T08:00:00Z
updated: 2026-02-01T08:00:00Z
---

## Cause

A clock runs ahead.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries/login.md").write_text(ENTRY, encoding="utf-8")
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def add(folder, text, name="more.yaml"):
    (folder / name).write_text(text, encoding="utf-8")


def test_people_name_each_other_before_they_are_read(folder, now):
    entry, mara, jun = read_programme(folder, now)
    assert mara.deputy == jun.id
    assert (mara.points[0].value, mara.points[0].verified) == ("+46 70 174 06 31", now.date() - timedelta(days=9))
    assert (mara.created, mara.updated, mara.key) == (now, now, "")
    assert (entry.key, entry.cause, entry.origin) == ("KB-0007", "A clock runs ahead.", None)


def test_everything_refers_to_everything_across_files(folder, now):
    add(
        folder,
        "deployments:\n- {id: harbour, name: Harbour ERP, point_of_contact: mara, go_live: +6w}\n"
        "cells:\n- {severity: S1, level: 2, deployment: harbour, owner: jun, acknowledge: 5 min}\n"
        "blockers:\n- {title: Sync stands still, severity: S2, observed: -2h, entry: KB-0007, deployment: harbour}\n",
    )
    entry, mara, jun, harbour, cell, blocker = read_programme(folder, now)
    assert (harbour.point_of_contact, harbour.go_live) == (mara.id, (now + timedelta(weeks=6)).date())
    assert isinstance(cell, Cell)
    assert (cell.deployment, cell.owner, cell.acknowledge) == (harbour.id, jun.id, timedelta(minutes=5))
    assert (blocker.entry, blocker.observed) == (entry.id, now - timedelta(hours=2))


def test_dates_written_in_full_are_moved_along(folder, now):
    add(
        folder,
        "as_of: 2026-03-01\nnotes:\n- {entry: KB-0007, field: cause, quote: runs ahead, kind: why, text: It drifts, "
        "author: Ruth Mensah, created: 2026-02-27T10:00:00Z}\n",
    )
    much_later = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)
    records = read_programme(folder, much_later)
    entry, note = records[0], records[-1]
    assert isinstance(entry, Entry)
    assert (much_later.date() - entry.updated.date()).days == 28
    assert note.created == datetime(2031, 2, 27, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("people:\n- {name: Ana, zon: UTC}", "line 2: “zon” is no field of a contact"),
        ("people:\n- name: Ana\n  points:\n  - {kind: fax, value: 1}", "line 4: “fax” is none of phone, mobile"),
        ("people:\n- name: Ana\n  points:\n  - {kind: mobile}", "line 4: a contact point lacks its “value”"),
        ("people:\n- {role: Lead}", "line 2: a contact lacks its “name”"),
        ("people:\n- name: Ana\n  zone: Europe/Atlantis", "line 2: No time zone is called “Europe/Atlantis”"),
        ("people:\n- name: Ana\n  hours: nine to five", "line 2: Hours read like"),
        ("people:\n- name: Ana\n  deputy: bob", "line 3: “bob” is not among the people"),
        ("people:\n- {id: mara, name: Mara}\n", "line 2: “mara” is the id of another one already"),
        ("people:\n- {name: Ana, name: Bob}", "line 2: “name” stands here twice"),
        ("people:\n- name: [Ana]", "line 2: a single value belongs here"),
        ("people:\n- name: Ana\n  tags: night", "line 3: a list belongs here"),
        ("people:\n- Ana", "line 2: a mapping of “key: value” belongs here"),
        ("persons: []", "line 1: no list is called “persons”"),
        ("people:\n- name: Ana\n  retired: soon", "line 3: “soon” is no day"),
        ("cells:\n- {severity: S1, level: two}", "line 2: “two” is no whole number"),
        ("cells:\n- {severity: S1, level: 1, acknowledge: soon}", "line 2: “soon” is no length of time"),
        ("cells:\n- {severity: S1, level: 1, not_escalated: maybe}", "line 2: “maybe” is neither true nor false"),
        ("blockers:\n- {title: Stop, severity: S1, observed: -2h, entry: KB-0008}", "“KB-0008”"),
        ("people:\n- {name: Ana", "line 2: expected"),
        ("", "line 1: the file is empty"),
        ("- Ana", "line 1: a mapping of “key: value” belongs here"),
    ],
)
def test_what_is_not_understood_is_refused_by_file_and_line(folder, now, text, told):
    add(folder, text, name="zz.yaml")  # read after people.yaml, so that an id given twice is found here
    with pytest.raises(PlaybookError) as refused:
        read_programme(folder, now)
    assert str(refused.value).startswith("zz.yaml, line")
    assert told in str(refused.value)


def test_a_known_blocker_that_cannot_be_read_is_named(folder, now):
    (folder / "entries/empty.md").write_text("", encoding="utf-8")
    with pytest.raises(PlaybookError, match=r"empty\.md: The file is empty"):
        read_programme(folder, now)
    (folder / "entries/empty.md").write_text("---\ntitle: Odd\nseverity: worst\n---\n", encoding="utf-8")
    with pytest.raises(PlaybookError, match=r"empty\.md: “severity: worst” was not understood"):
        read_programme(folder, now)


def test_no_tag_is_ever_acted_on(folder, now):
    add(folder, "people:\n- name: !!python/object/apply:os.getcwd []\n")
    with pytest.raises(PlaybookError, match=r"more\.yaml, line 2"):
        read_programme(folder, now)
