"""Outsiders: who alone talks to each stakeholder group, what they asked and what they were told."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    Command,
    given,
    opened,
    retiring,
    takes_at,
    takes_book,
    takes_deployment,
    takes_json,
    tell_json,
    tell_record,
    tell_table,
    wanted,
)
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.contacts import Contact
from escplaybook.domain.errors import NotFound
from escplaybook.domain.identity import new_id
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.programme import Programme, deployments_of
from escplaybook.domain.speaking import answer_by, groups_of, questions_of, who_speaks
from escplaybook.services import answering, calling, editing
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.store.rows import to_full


@click.group()
def liaison() -> None:
    """The single point of contact of each stakeholder group, and who stands in."""


def takes_group(command: Command) -> Command:
    """Adds one option for each field of a single point of contact."""
    for name in ("hours", "channel", "notes"):
        command = click.option(f"--{name}", default=None, metavar="TEXT")(command)
    command = click.option("--person", default=None, metavar="KEY", help="Who alone talks to the group.")(command)
    return click.option("--deputy", default=None, metavar="KEY", help="Who stands in.")(command)


@liaison.command("list")
@click.option("--deployment", "deployment_key", default=None, metavar="KEY", help="Only those of this deployment.")
@takes_json
@takes_at
@takes_book
def list_groups(deployment_key: str | None, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Every stakeholder group: who alone talks to it, who does now, and how many questions wait."""
    with opened(book_path, read_only=True) as book:
        found = programme(book)
        deployments = deployments_of(found)
        if deployment_key is not None:
            chosen = calling.only_deployment(book, deployment_key)
            deployments = [one for one in deployments if chosen is not None and one.id == chosen.id]
    told = [_group(found, group, one.name, now) for one in deployments for group in groups_of(found, one.id)]
    if as_json:
        tell_json(told)
    else:
        tell_table([(t["key"], t["deployment_name"], t["group"], _speaks(t), _waiting(t)) for t in told])


@liaison.command("add")
@click.argument("group")
@takes_group
@takes_deployment
@takes_json
@takes_at
@takes_book
def add_group(
    group: str, deployment_key: str | None, as_json: bool, now: datetime, book_path: Path | None, **fields: Any
) -> None:
    """Add a stakeholder GROUP, such as “Customer board”."""
    with opened(book_path) as book:
        deployment = calling.only_deployment(book, deployment_key)
        if deployment is None:
            raise NotFound("There is no deployment yet; add it first: escplaybook deployments add NAME")
        made = PointOfContact(
            id=new_id(now), deployment=deployment.id, group=group, created=now, updated=now, **_fields(book, fields)
        )
        tell_record(book, editing.add(book, made, now), "Added", as_json)


@liaison.command("edit")
@click.argument("key")
@click.option("--group", default=None, metavar="TEXT")
@takes_group
@takes_json
@takes_at
@takes_book
def edit_group(key: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Change fields of a single point of contact; what is not named stays."""
    with opened(book_path) as book:
        changed = editing.change(book, wanted(book, PointOfContact, key), now, **_fields(book, fields))
        tell_record(book, changed, "Changed", as_json)


liaison.add_command(retiring(PointOfContact, "Nobody talks to this group any more; its questions stay in the book."))


@click.group()
def questions() -> None:
    """What outsiders asked, and what they were told."""


@questions.command("list")
@click.option("--group", "group_key", default=None, metavar="KEY", help="Only those of this group.")
@click.option("--all", "answered_too", is_flag=True, help="Show the answered ones too.")
@takes_json
@takes_at
@takes_book
def list_questions(
    group_key: str | None, answered_too: bool, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """The questions of each group, those that wait for an answer first."""
    with opened(book_path, read_only=True) as book:
        found = programme(book)
        only = wanted(book, PointOfContact, group_key).id if group_key is not None else None
    groups = [group for one in found.deployments for group in groups_of(found, one.id) if only in (None, group.id)]
    told = [_question(found, group, one, now) for group in groups for one in questions_of(found, group.id)]
    told = [one for one in told if answered_too or one["answered"] is None]
    if as_json:
        tell_json(told)
        return
    tell_table(
        [
            (t["key"], t["group"], "answered" if t["answered"] else _by(t), t["text"] + _answer(t["answer"]))
            for t in told
        ]
    )


@questions.command("ask")
@click.argument("group_key", metavar="GROUP")
@click.argument("text")
@click.option("--from", "asked_by", default="", metavar="NAME", help="Who asked.")
@click.option("--blocker", default=None, metavar="KEY", help="The blocker it is about.")
@takes_json
@takes_at
@takes_book
def ask(
    group_key: str,
    text: str,
    asked_by: str,
    blocker: str | None,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Write down what somebody of GROUP (its key) asked."""
    with opened(book_path) as book:
        about = wanted(book, Blocker, blocker) if blocker else None
        group = wanted(book, PointOfContact, group_key)
        asked = answering.ask(book, group, text, now, asked_by=asked_by, blocker=about)
        tell_record(book, asked, "Wrote down", as_json)


@questions.command("answer")
@click.argument("key")
@click.argument("text")
@click.option("--by", default="", metavar="NAME", help="Who answered; else you.")
@takes_json
@takes_at
@takes_book
def answer(key: str, text: str, by: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Write down what was answered."""
    with opened(book_path) as book:
        tell_record(book, answering.answer(book, wanted(book, Question, key), text, now, by=by), "Answered", as_json)


def _fields(book: Book, fields: dict[str, Any]) -> dict[str, Any]:
    found = given(fields)
    for person in ("person", "deputy"):
        if person in found:
            found[person] = wanted(book, Contact, found[person]).id
    return found


def _group(found: Programme, group: PointOfContact, deployment: str, now: datetime) -> dict[str, Any]:
    speaker = who_speaks(found, group, now)
    open_ones = sum(one.answered is None for one in questions_of(found, group.id))
    told = {"deployment_name": deployment, "speaks": _named(speaker.person), "speaks_now": _named(speaker.now)}
    return {"kind": "point-of-contact", **to_full(group), **told, "why": speaker.why, "open_questions": open_ones}


def _question(found: Programme, group: PointOfContact, question: Question, now: datetime) -> dict[str, Any]:
    deployment = next(one for one in found.deployments if one.id == group.deployment)
    by = answer_by(question, deployment)
    told = {"group": group.group, "answer_by": by.isoformat(), "overdue": question.answered is None and by <= now}
    return {"kind": "question", **to_full(question), **told}


def _named(person: Contact | None) -> dict[str, str] | None:
    return None if person is None else {"key": person.key, "name": person.name}


def _speaks(told: dict[str, Any]) -> str:
    alone = told["speaks"]["name"] if told["speaks"] else "nobody"
    if not told["why"]:
        return alone
    now = told["speaks_now"]["name"] if told["speaks_now"] else "nobody"
    return f"{alone}; now {now} ({told['why']})"


def _waiting(told: dict[str, Any]) -> str:
    return f"{told['open_questions']} waiting" if told["open_questions"] else ""


def _by(told: dict[str, Any]) -> str:
    by = datetime.fromisoformat(told["answer_by"]).astimezone()
    return f"by {by:%a %d %b %H:%M}" + (" overdue" if told["overdue"] else "")


def _answer(text: str) -> str:
    return f" → {text}" if text else ""
