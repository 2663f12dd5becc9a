"""What asks to be done about the matrix as a whole: the weekly look at it while a deployment is being planned."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.domain.due import Due
from escplaybook.domain.editions import effective_at
from escplaybook.domain.programme import Programme
from escplaybook.domain.verification import days_ago

WEEK = timedelta(days=7)
"""How long a review of the matrix is good for."""

REVIEW = "review the week"
"""What settles an overdue review."""

PLANNING = ("initiation", "integration", "testing")
"""The stages in which people and dates still move, so that the matrix is looked at every week."""


def matrix_reviews(programme: Programme, now: datetime) -> Iterator[Due]:
    """The review of the matrix that is overdue, or due within a day, once an edition of it holds."""
    edition = effective_at(programme.editions, now)
    is_planned = any(_is_planned(one, now.date()) for one in programme.deployments)
    if edition is None or edition.effective is None or not is_planned:
        return
    signed = [one.at for one in programme.matrix_reviews if one.retired is None and one.at <= now]
    last = max((*signed, edition.effective))
    if last + WEEK - now <= timedelta(days=1):
        ago = days_ago(last.date(), now.date())
        told = f"The matrix was last reviewed {ago}"
        if not signed:
            told = f"The matrix was not reviewed since edition {edition.number} came into force {ago}"
        yield Due(told, last + WEEK, edition, REVIEW, 3)


def _is_planned(deployment: Deployment, today: date) -> bool:
    if deployment.retired is not None:
        return False
    return stage_on(deployment, today) in PLANNING or (deployment.go_live is not None and deployment.go_live >= today)
