"""The papers: what each printing command asks for."""

import click

from escplaybook.cli.frame import OneOf, takes_deployment
from escplaybook.cli.printing import Press, takes_paper
from escplaybook.domain.classification import CauseClass
from escplaybook.domain.selecting import COLUMNS
from escplaybook.services.calling import only_deployment
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.book import Book


@click.command()
@click.argument("key")
@takes_paper
def entry(key: str, press: Press) -> None:
    """One known blocker with its remedy as steps to tick off."""
    press.print(lambda _book: Wish("entry", key))


@click.command("contact-sheet")
@click.option(
    "--by",
    type=click.Choice(["name", "hierarchy", "team", "vendor", "zone"]),
    default="name",
    show_default=True,
    help="How people are grouped.",
)
@click.option("--stage", default=None, metavar="STAGE", help="For the hierarchy; else the deployment's present one.")
@click.option("--team", default="", metavar="NAME", help="Only this team.")
@click.option("--organisation", default="", metavar="NAME", help="Only this organisation.")
@click.option("--zone", default="", metavar="ZONE", help="Only this time zone, such as Europe/Berlin.")
@click.option("--vendor", default="", metavar="NAME", help="Only this vendor, by name or key: its ladder and people.")
@click.option("--columns", default="", metavar="NAME,NAME…", help=f"Beside the name only these: {', '.join(COLUMNS)}.")
@takes_deployment
@takes_paper
def contact_sheet(
    by: str, stage: str | None, columns: str, deployment_key: str | None, press: Press, **narrowed: str
) -> None:
    """Everyone who can be called, each number beside the age of its proof; on one page if that can be."""
    named = {name: value for name, value in narrowed.items() if value}
    if len(named) > 1 or (named and by in ("hierarchy", "vendor")):
        raise click.UsageError("Narrow a sheet by name, team or zone, by one thing at a time.")
    shape, subject = next(iter(named.items()), ("", ""))
    chosen = tuple(filter(None, (name.strip() for name in columns.split(","))))
    if chosen and "vendor" in (by, shape):
        raise click.UsageError("A vendor's sheet tells its whole ladder; --columns are for people.")

    def wish(book: Book) -> Wish:
        deployment = only_deployment(book, deployment_key) if by == "hierarchy" or deployment_key else None
        if by != "hierarchy":
            return Wish("contact-sheet", subject, by=by, shape=shape, columns=chosen)
        where = deployment.id if deployment else None
        return Wish("contact-sheet", by=by, deployment=where, stage=stage, columns=chosen)

    press.print(wish)


@click.command("wall-matrix")
@click.option("--stage", default=None, metavar="STAGE", help="Only this one; else a page a stage.")
@click.option("--cause-class", type=OneOf(CauseClass), default=None, help="Else what holds for both.")
@click.option("--default", "default_only", is_flag=True, help="The default matrix, whatever the deployments.")
@takes_deployment
@takes_paper
def wall_matrix(
    stage: str | None, cause_class: CauseClass | None, default_only: bool, deployment_key: str | None, press: Press
) -> None:
    """The escalation matrix of a deployment, one page a stage."""

    def wish(book: Book) -> Wish:
        deployment = None if default_only else only_deployment(book, deployment_key)
        return Wish("matrix", deployment=deployment.id if deployment else None, stage=stage, cause_class=cause_class)

    press.print(wish)


@click.command("call-list")
@takes_paper
def call_list(press: Press) -> None:
    """The numbers to be proved, each with boxes to tick; key the results in with `contacts key-in`."""
    press.print(lambda _book: Wish("call-list"))


@click.command()
@click.argument("name", metavar="NAME|FOLDER")
@click.option("--default", "default_only", is_flag=True, help="For no deployment in particular.")
@takes_deployment
@takes_paper
def playbook(name: str, default_only: bool, deployment_key: str | None, press: Press) -> None:
    """A playbook that comes with the program, or the one in a folder, with what the book says now."""

    def wish(book: Book) -> Wish:
        deployment = None if default_only else only_deployment(book, deployment_key)
        return Wish("playbook", name, deployment=deployment.id if deployment else None)

    press.print(wish)


PAPERS = (entry, contact_sheet, wall_matrix, call_list, playbook)
"""Everything that `print` prints."""
