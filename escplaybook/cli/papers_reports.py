"""The reports, as `print report …` prints them."""

import click

from escplaybook.cli.frame import takes_deployment
from escplaybook.cli.printing import Press, takes_paper
from escplaybook.services.calling import only_deployment
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.book import Book


@click.group("report")
def report() -> None:
    """Reports to be looked at together and signed."""


@report.command("audit")
@takes_paper
def audit(press: Press) -> None:
    """What the audit objects to: what, why, how to mend it, what is waived until when."""
    press.print(lambda _book: Wish("report", shape="audit"))


@report.command("weekly-review")
@takes_paper
def weekly_review(press: Press) -> None:
    """What changed, went stale or was found since the last review; sign it with `matrix review-week --by`."""
    press.print(lambda _book: Wish("report", shape="weekly-review"))


@report.command("coverage")
@takes_deployment
@takes_paper
def coverage(deployment_key: str | None, press: Press) -> None:
    """The coming week hour by hour, a map for each severity, and who is missing when."""

    def wish(book: Book) -> Wish:
        deployment = only_deployment(book, deployment_key)
        return Wish("report", shape="coverage", deployment=deployment.id if deployment else None)

    press.print(wish)


PAPERS = (report,)
"""Everything here, as `print` takes it in."""
