"""Stakes: the money and the name at risk while a blocker stands, as the deployment puts them.

The rule is simple enough to be said beside every figure: what the deployment says a day of standstill costs is counted
pro rata, around the clock, from when the blocker was seen until it is resolved. S1 and S2 count whole, for business
stands still or a milestone slips; S3 and S4 count nothing, for work goes on. Blockers are not added up: two in one
deployment stand still the same day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.deployments import Deployment

COUNTED = (Severity.S1, Severity.S2)
"""The severities at which a day costs what the deployment says."""

RULE = "a day’s standstill pro rata, around the clock, since it was seen; S1 and S2 count whole, S3 and S4 not at all"
"""The rule in words, for people who ask where a figure comes from."""


@dataclass(frozen=True, slots=True)
class Stake:
    """What is at risk. `so_far` is what it has come to since `since`, in whole units; None where no money is named."""

    money_a_day: int | None
    currency: str
    reputation: str
    since: datetime
    so_far: int | None

    def money(self) -> str:
        """“40,000 EUR a day, 60,000 EUR so far”; empty where no money is named."""
        if self.money_a_day is None or self.so_far is None:
            return ""
        return f"{money_words(self.money_a_day, self.currency)} a day, {money_words(self.so_far, self.currency)} so far"


def stake_of(blocker: Blocker, deployments: Iterable[Deployment], now: datetime) -> Stake | None:
    """What stands at risk by a blocker; None where nothing is written down, or its severity costs no standstill."""
    deployment = next((one for one in deployments if one.id == blocker.deployment), None)
    if deployment is None or blocker.severity not in COUNTED:
        return None
    if deployment.money_a_day is None and not deployment.reputation:
        return None
    stood = max((blocker.resolved or now) - blocker.observed, timedelta(0))
    so_far = None if deployment.money_a_day is None else _pro_rata(deployment.money_a_day, stood)
    return Stake(deployment.money_a_day, deployment.currency, deployment.reputation, blocker.observed, so_far)


def _pro_rata(money_a_day: int, stood: timedelta) -> int:
    return money_a_day * int(stood.total_seconds()) // 86_400


def money_words(amount: int, currency: str) -> str:
    """“40,000 EUR”."""
    return f"{amount:,} {currency}"
