"""The forms to fill in by hand, as `print form …` prints them."""

import click

from escplaybook.cli.frame import OneOf, takes_deployment
from escplaybook.cli.printing import Press, takes_paper
from escplaybook.domain.classification import Severity
from escplaybook.domain.form_kinds import CALL_TREE, INTAKE, UPDATE
from escplaybook.services.calling import only_deployment
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.book import Book


@click.group("form")
def form() -> None:
    """Forms to fill in by hand; key them in with `blockers key-in`."""


@form.command(INTAKE)
@click.option("--severity", type=OneOf(Severity), default=None, help="With this one's checklist; else with any's.")
@click.option("--stage", default=None, metavar="STAGE", help="Else the deployment's present stage.")
@takes_deployment
@takes_paper
def intake(severity: Severity | None, stage: str | None, deployment_key: str | None, press: Press) -> None:
    """A new blocker: what is blocked, how bad it is, what the ticket carries, and whom to call first."""

    def wish(book: Book) -> Wish:
        deployment = only_deployment(book, deployment_key)
        where = deployment.id if deployment else None
        return Wish("form", severity or "", shape=INTAKE, deployment=where, stage=stage)

    press.print(wish)


@form.command(UPDATE)
@click.argument("key", required=False, default="")
@takes_paper
def update(key: str, press: Press) -> None:
    """A structured update on the blocker KEY, or without KEY on any."""
    press.print(lambda _book: Wish("form", key, shape=UPDATE))


@form.command(CALL_TREE)
@click.option("--stage", default=None, metavar="STAGE", help="Else the deployment's present stage.")
@takes_deployment
@takes_paper
def call_tree(stage: str | None, deployment_key: str | None, press: Press) -> None:
    """Who calls whom, level by level, with room for every try and for what was said back."""

    def wish(book: Book) -> Wish:
        deployment = only_deployment(book, deployment_key)
        return Wish("form", shape=CALL_TREE, deployment=deployment.id if deployment else None, stage=stage)

    press.print(wish)


PAPERS = (form,)
"""Everything here, as `print` takes it in."""
