"""Deployments: one customer's implementation, its stages and the one who speaks to outsiders."""

from dataclasses import dataclass
from datetime import date, datetime

from escplaybook.domain.contacts import zone_named
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import parse_hours

MOST_MONEY = 10**15
"""No programme costs that much a day, in any currency, and the book keeps whole numbers of 19 digits at most."""


@dataclass(frozen=True, slots=True)
class StageDates:
    """A stage of a deployment and its first and last day."""

    stage: str
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise InvalidRecord(f"The stage {self.stage} cannot end before it starts.")


@dataclass(frozen=True, slots=True)
class Deployment:
    """A customer implementation. `hours` are the project's working hours in `zone` (empty: around the clock).

    `point_of_contact` and `deputy` are ids of the contacts who alone talk to outsiders that have nobody of their own
    (see `liaison.PointOfContact`). `money_a_day` is what a day of standstill costs, in whole units of `currency` (ISO
    4217); `reputation` says in words what else is at stake.
    """

    id: str
    name: str
    created: datetime
    updated: datetime
    key: str = ""
    customer: str = ""
    stages: tuple[StageDates, ...] = ()
    go_live: date | None = None
    zone: str = "UTC"
    hours: str = ""
    point_of_contact: str | None = None
    deputy: str | None = None
    money_a_day: int | None = None
    currency: str = ""
    reputation: str = ""
    notes: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidRecord("Give the deployment a name.")
        zone_named(self.zone)
        parse_hours(self.hours)
        if self.money_a_day is not None and not (0 <= self.money_a_day < MOST_MONEY and self.currency):
            raise InvalidRecord("Say what a day costs as a whole amount with its currency, such as 40000 EUR.")
        if self.currency and not (len(self.currency) == 3 and self.currency.isascii() and self.currency.isupper()):
            raise InvalidRecord(f"A currency is three capital letters, such as EUR; “{self.currency}” is none.")


def stage_on(deployment: Deployment, day: date) -> str:
    """The stage the deployment is in on `day`: the latest that has begun and not ended; empty if none."""
    running = [stage for stage in deployment.stages if stage.start <= day <= stage.end]
    return max(running, key=lambda stage: stage.start).stage if running else ""
