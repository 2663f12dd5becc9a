"""Money and name at risk, as they stand wherever a decision is awaited."""

import html
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.deployments import Deployment
from escplaybook.domain.stakes import Stake, money_words
from escplaybook.ui.times import short_day, wall_clock


def stake_html(stake: Stake, now: datetime, *, is_over: bool) -> str:
    """“40,000 EUR a day · 60,000 EUR since Mon 09:00”, what the name has at risk, and by which rule it is counted."""
    parts = []
    if stake.money_a_day is not None and stake.so_far is not None:
        so_far = money_words(stake.so_far, stake.currency)
        words = _tr("{0} from {1} until it was resolved") if is_over else _tr("{0} since {1}")
        told = words.format(f"<b>{html.escape(so_far)}</b>", _since(stake.since, now))
        parts.append(f"<p>{_a_day(stake.money_a_day, stake.currency)} · {told}</p>")
    if stake.reputation:
        parts.append(f"<p>{html.escape(stake.reputation)}</p>")
    if stake.money_a_day is not None:
        rule = _tr("Counted pro rata, around the clock, since it was seen: S1 and S2 whole, S3 and S4 not at all.")
        parts.append(f"<p class='small'>{rule}</p>")
    return "".join(parts)


def day_html(deployment: Deployment) -> str:
    """What a day of standstill costs and what else is at risk; empty where nothing is written down."""
    money = ""
    if deployment.money_a_day is not None:
        money = f"<p>{_a_day(deployment.money_a_day, deployment.currency)}</p>"
    return money + (f"<p>{html.escape(deployment.reputation)}</p>" if deployment.reputation else "")


def _a_day(amount: int, currency: str) -> str:
    return _tr("{0} a day").format(html.escape(money_words(amount, currency)))


def _since(at: datetime, now: datetime) -> str:
    if now - at < timedelta(days=6):
        return wall_clock(at)
    return f"{short_day(at.astimezone().date())} {at.astimezone():%H:%M}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("stakes", text)
