"""Blockers at hand: raise, list, acknowledge, resolve."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    Instant,
    OneOf,
    given,
    opened,
    takes_at,
    takes_book,
    takes_deployment,
    takes_json,
    tell_json,
    tell_record,
    tell_table,
    wanted,
)
from escplaybook.cli.severity import judged, taken_impact, takes_impact
from escplaybook.cli.triggers import firing_json, firing_words
from escplaybook.domain.blockers import Blocker, BlockerState, Reference
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import stage_on
from escplaybook.domain.dues import blocker_firings
from escplaybook.domain.editions import Edition, effective_at
from escplaybook.domain.errors import NotFound
from escplaybook.domain.identity import new_id
from escplaybook.domain.impact import Impact
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.stakes import stake_of
from escplaybook.domain.triggers_firing import Firing, asks_for
from escplaybook.domain.uses import Outcome
from escplaybook.services import blocking, calling, triggering
from escplaybook.services.showing import told_edition, told_stake
from escplaybook.store import records
from escplaybook.store.programme import without_contacts
from escplaybook.store.rows import to_full


@click.group()
def blockers() -> None:
    """What stalls a milestone now."""


@blockers.command("list")
@click.option("--all", "resolved_too", is_flag=True, help="Show the resolved ones too.")
@takes_json
@takes_at
@takes_book
def list_blockers(resolved_too: bool, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """The blockers at hand, the worst first, with what stands at risk by them and what their triggers set off."""
    with opened(book_path, read_only=True) as book:
        found = [
            blocker
            for blocker in records.everything(book, Blocker, "severity, observed")
            if blocker.retired is None and (resolved_too or blocker.state is not BlockerState.RESOLVED)
        ]
        known = without_contacts(book)
    fired = {blocker.id: blocker_firings(known, blocker, now) for blocker in found}
    stakes = {blocker.id: stake_of(blocker, known.deployments, now) for blocker in found}
    editions = {blocker.id: told_edition(known, blocker, now) for blocker in found}
    if as_json:
        tell_json(
            [
                {"kind": "blocker", "state": blocker.state, **to_full(blocker), "stake": told_stake(stakes[blocker.id])}
                | {"set_off": [firing_json(firing, now) for firing in fired[blocker.id]]}
                | editions[blocker.id]
                for blocker in found
            ]
        )
        return
    tell_table(
        [
            (
                *(b.key, b.severity, b.state, f"{b.observed.astimezone():%d %b %H:%M}", b.stage, b.sub_class),
                _by_edition(editions[b.id]),
                _line(b, fired[b.id], now),
                stake.money() if (stake := stakes[b.id]) is not None else "",
            )
            for b in found
        ]
    )


@blockers.command("add")
@click.argument("title")
@click.option("--severity", type=OneOf(Severity), default=None, help="Needless if the impact is answered.")
@click.option("--overrule", default="", metavar="REASON", help="Why it is another severity than its impact gives.")
@takes_impact
@click.option("--stage", default=None, metavar="STAGE", help="Else the deployment's present stage.")
@click.option("--cause-class", type=OneOf(CauseClass), default=None)
@click.option("--sub-class", default=None, metavar="NAME", help="Like vendor or approval; see `matrix causes`.")
@click.option("--system", default=None, metavar="NAME")
@click.option("--data-domain", default=None, metavar="NAME")
@click.option("--milestone", default=None, metavar="TEXT", help="Which milestone is at risk, and by when.")
@click.option("--context", default=None, metavar="MARKDOWN", help="What stops, since when, for whom.")
@click.option("--dependencies", default=None, metavar="MARKDOWN", help="What waits for it, what it waits for.")
@click.option("--options", default=None, metavar="MARKDOWN", help="Possible workarounds.")
@click.option("--risk", default=None, metavar="MARKDOWN", help="What happens if it stays, and if a workaround fails.")
@click.option("--ticket", "tickets", multiple=True, metavar="KEY", help="A ticket elsewhere; may be given again.")
@takes_deployment
@takes_json
@takes_at
@takes_book
def add_blocker(
    title: str,
    severity: Severity | None,
    overrule: str,
    stage: str | None,
    tickets: tuple[str, ...],
    deployment_key: str | None,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
    **fields: Any,
) -> None:
    """Raise a blocker, seen now. Its severity is given, or follows from its impact."""
    impact = taken_impact(fields, overrule)
    if severity is None and impact is None:
        raise click.UsageError("Give --severity, or answer what its impact is, like --users 12; see --help.")
    with opened(book_path) as book:
        deployment = calling.only_deployment(book, deployment_key)
        if stage is None:
            stage = stage_on(deployment, now.date()) if deployment else ""
        blocker = Blocker(
            id=new_id(now),
            title=title,
            severity=severity or judged(book, impact or Impact(), stage).severity,
            impact=impact,
            observed=now,
            created=now,
            updated=now,
            deployment=deployment.id if deployment else None,
            stage=stage,
            references=tuple(Reference(ticket) for ticket in tickets),
            **given(fields),
        )
        tell_record(book, blocking.raise_blocker(book, blocker, now), "Raised", as_json)


@blockers.command()
@click.argument("key")
@click.option("--by", default=None, metavar="KEY", help="The contact who takes it.")
@takes_json
@takes_at
@takes_book
def acknowledge(key: str, by: str | None, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Somebody takes the blocker; the first time stands."""
    with opened(book_path) as book:
        person = wanted(book, Contact, by) if by else None
        blocker = blocking.acknowledge(book, wanted(book, Blocker, key), now, person)
        tell_record(book, blocker, "Acknowledged", as_json)


@blockers.command()
@click.argument("key")
@click.option("--resolution", default="", metavar="MARKDOWN", help="What ended it.")
@click.option("--entry", default=None, metavar="KEY", help="The known blocker that was used; its use is recorded.")
@click.option(
    "--outcome", type=OneOf(Outcome), default=Outcome.WORKED.value, show_default=True, help="What came of it."
)
@takes_json
@takes_at
@takes_book
def resolve(
    key: str,
    resolution: str,
    entry: str | None,
    outcome: Outcome,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Its impact has ended."""
    with opened(book_path) as book:
        known = wanted(book, Entry, entry) if entry else None
        blocker = blocking.resolve(book, wanted(book, Blocker, key), now, resolution, known, outcome=outcome)
        tell_record(book, blocker, "Resolved", as_json)


@blockers.command()
@click.argument("key")
@click.argument("name")
@click.argument("value", default="yes")
@click.option("--since", type=Instant(), default=None, metavar="INSTANT", help="From when on; else now.")
@takes_json
@takes_at
@takes_book
def fact(
    key: str, name: str, value: str, since: datetime | None, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """Write down what was measured: NAME is so (yes), is not so (no), or is that much (“5 %”)."""
    with opened(book_path) as book:
        before = wanted(book, Blocker, key)
        blocker = triggering.record_fact(book, before, now, name, value, since or now)
        if as_json:
            tell_record(book, blocker, "", as_json)
            return
        click.echo(f"Written down: {blocker.facts[-1].name} {blocker.facts[-1].value}.")
        for firing in asks_for(blocker_firings(without_contacts(book), blocker, now), now):
            click.echo(f"{blocker.key} {firing_words(firing, now)}.")


@blockers.command()
@click.argument("key")
@click.option("--level", type=click.IntRange(1, 99), required=True)
@click.option("--since", type=Instant(), default=None, metavar="INSTANT", help="When it went there; else now.")
@takes_json
@takes_at
@takes_book
def escalate(
    key: str, level: int, since: datetime | None, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """The blocker went to a level."""
    with opened(book_path) as book:
        blocker = triggering.escalate(book, wanted(book, Blocker, key), now, level, since or now)
        tell_record(book, blocker, f"Escalated to level {level}:", as_json)


@blockers.command("work-by")
@click.argument("key")
@click.argument("edition_key", metavar="[EDITION]", required=False)
@click.option("--living", is_flag=True, help="By the matrix as it stands, and every change of it from now on.")
@takes_json
@takes_at
@takes_book
def work_by(
    key: str, edition_key: str | None, living: bool, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """Answer an open blocker by another EDITION of the matrix; without one named, by the one that holds now."""
    if living and edition_key:
        raise click.UsageError("Name an edition or say --living, not both.")
    with opened(book_path) as book:
        before = wanted(book, Blocker, key)
        edition = None
        if edition_key:
            edition = wanted(book, Edition, edition_key)
        elif not living:
            edition = effective_at(records.everything(book, Edition), now, before.deployment)
            if edition is None:
                raise NotFound("No edition of the matrix is effective; the blocker goes by the matrix as it stands.")
        by = f"edition {edition.number}" if edition is not None else "the matrix as it stands"
        tell_record(book, blocking.work_by(book, before, now, edition), f"By {by} from now on:", as_json)


def _by_edition(told: dict[str, Any]) -> str:
    if told["by_edition"] is None:
        return ""
    newer = f", {told['newer_edition']} holds now" if told["newer_edition"] is not None else ""
    return f"by edition {told['by_edition']}{newer}"


def _line(blocker: Blocker, fired: list[Firing], now: datetime) -> str:
    due = asks_for(fired, now)
    return f"{blocker.title} → {firing_words(due[-1], now)}" if due else blocker.title
