"""A new known blocker need not begin with empty fields."""

import json

import pytest

from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.knowledge import TEXT_FIELDS, Step
from escplaybook.services import editing, templating
from escplaybook.store import records

SHIPPED = [
    "Approval or priority inside the house",
    "Data migration",
    "Integration between systems",
    "Login and single sign-on",
    "Network and certificates",
    "Too slow",
    "Vendor does not answer",
]


def test_the_program_comes_with_templates_that_ask_for_everything_that_matters(book, now):
    found = templating.templates(book, now)
    assert [one.name for one in found] == SHIPPED
    for template in found:
        entry = template.entry
        assert all(getattr(entry, name) for name in TEXT_FIELDS if name not in ("summary", "reproduction", "remedy"))
        assert len(entry.steps) > 1
        assert all(step.expected for step in entry.steps)
        assert entry.rest == ()


def test_a_known_blocker_kept_as_a_template_comes_first_and_brings_its_texts_but_not_its_title(book, entry, now):
    mended = entry(symptoms="Users bounce", steps=(Step("Sync", expected="offset 0"),), tags=("clock",))
    kept = templating.keep(book, mended, " Clock  trouble ", now)
    assert [one.name for one in templating.templates(book, now)] == ["Clock trouble", *SHIPPED]
    made = templating.template_named(book, "clock", now).filled("Login loops again", now)
    assert (made.title, made.key, made.origin) == ("Login loops again", "", None)
    assert (made.symptoms, made.steps, made.tags) == ("Users bounce", mended.steps, ("clock",))
    templating.keep(book, entry(symptoms="Other words"), "CLOCK trouble", now)
    assert templating.template_named(book, "Clock trouble", now).entry.symptoms == "Other words"
    assert templating.drop(book, kept.name, now).is_own
    assert [one.name for one in templating.templates(book, now)] == SHIPPED


def test_one_s_own_takes_the_place_of_the_program_s(book, entry, now):
    templating.keep(book, entry(symptoms="Ours"), "Too slow", now)
    assert templating.template_named(book, "too slow", now).entry.symptoms == "Ours"
    assert len(templating.templates(book, now)) == len(SHIPPED)


def test_what_there_is_not_is_told_with_what_there_is(book, entry, now):
    with pytest.raises(NotFound, match="no template “x”; there are “Approval"):
        templating.template_named(book, "x", now)
    with pytest.raises(NotFound, match="came with the program"):
        templating.drop(book, "Too slow", now)
    with pytest.raises(PlaybookError, match="a name of up to 80"):
        templating.keep(book, entry(), "  ", now)


def test_the_command_line_begins_with_a_template_and_keeps_one(book, entry, now, run):
    editing.add(book, entry(symptoms="Users bounce"), now)
    assert run("entries", "templates", "--keep", "KB-1", "--name", "Bounces")[1] == "“Bounces” is kept as a template.\n"
    told = json.loads(run("entries", "templates", "--json")[1])
    assert told[0] == {"name": "Bounces", "own": True}
    assert run("entries", "add", "Portal crawls", "--template", "too slow", "--severity", "S2")[0] == 0
    made = records.by_key(book, "KB-0002")
    assert made.title == "Portal crawls"
    assert made.severity == "S2"
    assert made.symptoms.startswith("What is slow, for whom")
    code, _, errors = run("entries", "add", "x", "--template", "nothing like it")
    assert code == 1
    assert "There is no template" in errors
