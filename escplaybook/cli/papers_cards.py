"""Cards: what the commands for pocket cards and vendor cards ask for."""

import click

from escplaybook.cli.frame import takes_deployment
from escplaybook.cli.printing import Press, takes_paper
from escplaybook.services.calling import only_deployment
from escplaybook.services.sheets.cards import EVERYONE, LEVEL, NEW, ROLES, SINGLE, SIZES, SPEAKER
from escplaybook.services.sheets.vendor_card import vendor_called
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.book import Book
from escplaybook.store.programme import programme


@click.command()
@click.option("--for", "contact_key", default=None, metavar="CO-0003", help="A card with this contact’s name on it.")
@click.option("--level", type=click.IntRange(1), default=None, help="The card of the owners of one level.")
@click.option("--point-of-contact", "is_speaker", is_flag=True, help="The card of who speaks to outsiders.")
@click.option("--newcomer", "is_new", is_flag=True, help="The card of who is new in the team.")
@click.option("--everyone", "is_everyone", is_flag=True, help="A card for each person the matrix names.")
@click.option("--shape", type=click.Choice(SIZES, case_sensitive=False), default=SIZES[0], show_default=True)
@click.option("--single", is_flag=True, help="One card a page, in its own size, without marks.")
@click.option("--stage", default=None, metavar="STAGE", help="Else the one the deployment is in.")
@takes_deployment
@takes_paper
def cards(
    contact_key: str | None,
    level: int | None,
    is_speaker: bool,
    is_new: bool,
    is_everyone: bool,
    shape: str,
    single: bool,
    stage: str | None,
    deployment_key: str | None,
    press: Press,
) -> None:
    """Pocket cards, to cut and fold; without another word one for each role."""
    asked = [
        *([contact_key] if contact_key else []),
        *([f"{LEVEL}{level}"] if level else []),
        *([SPEAKER] if is_speaker else []),
        *([NEW] if is_new else []),
        *([EVERYONE] if is_everyone else []),
    ]
    if len(asked) > 1:
        raise click.UsageError("Say once whom the cards are for.")

    def wish(book: Book) -> Wish:
        deployment = only_deployment(book, deployment_key)
        return Wish(
            "cards",
            subject=asked[0] if asked else ROLES,
            deployment=deployment.id if deployment else None,
            stage=stage,
            shape=shape + SINGLE if single else shape,
        )

    press.print(wish)


@click.command("vendor-card")
@click.argument("name", default="", metavar="NAME")
@click.option("--all", "is_all", is_flag=True, help="Every vendor, each on paper of its own.")
@click.option("--shape", type=click.Choice(["sheet", *SIZES], case_sensitive=False), default="sheet", show_default=True)
@click.option("--single", is_flag=True, help="With a shape: one card a page, in its own size, without marks.")
@takes_deployment
@takes_paper
def vendor_card(name: str, is_all: bool, shape: str, single: bool, deployment_key: str | None, press: Press) -> None:
    """The card of a vendor, by its name or key: whom to call, what they ask first, what protects us.

    A sheet of its own, or with --shape a card to cut. Hours are told on the clocks of all deployments unless one is
    named.
    """
    if bool(name) == is_all:
        raise click.UsageError("Name a vendor, or say --all.")

    def wish(book: Book) -> Wish:
        deployment = only_deployment(book, deployment_key) if deployment_key else None
        subject = vendor_called(programme(book), name) if name else ""
        cut = "" if shape == "sheet" else shape + SINGLE if single else shape
        return Wish("vendor-card", subject=subject, deployment=deployment.id if deployment else None, shape=cut)

    press.print(wish)


CARDS = (cards, vendor_card)
"""The cards that `print` prints."""
