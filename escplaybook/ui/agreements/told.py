"""What agreements say wherever they are read: on their own page, beside a ladder, in a blocker."""

import html
from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.agreement_reminders import Reminder
from escplaybook.domain.agreements import Act, Agreement, AgreementKind, Deadline, Renewal
from escplaybook.domain.coverage_words import coverage
from escplaybook.domain.vendors import Vendor
from escplaybook.ui.times import said_day, short_day
from escplaybook.ui.vendors.told import agreement_html


def coverage_html(agreement: Agreement, vendor: str, now: datetime) -> str:
    """The plain words about what it covers, those not to be relied on in the colour of a warning."""
    lines = (
        f"<span class='warn'>{html.escape(one.text)}</span>" if one.warns else html.escape(one.text)
        for one in coverage(agreement, vendor, now.date())
    )
    return f"<p>{'<br>'.join(lines)}</p>"


def protection_html(agreements: Iterable[Agreement], vendor: Vendor, now: datetime) -> str:
    """What the hold-harmless agreements with a vendor mean for somebody in the middle of a blocker."""
    told = [
        agreement_html(one, vendor, now) + coverage_html(one, vendor.name, now)
        for one in agreements
        if one.vendor == vendor.id and one.retired is None and one.kind is AgreementKind.HOLD_HARMLESS
    ]
    if told:
        return "".join(told)
    none = _tr("No hold-harmless agreement is written down: change nothing on their side without written consent.")
    return f"<p class='warn'>{none}</p>"


def reminder_words(agreement: Agreement, one: Reminder, now: datetime) -> str:
    """“Notice counts until 1 Jan 2027, in 38 days”."""
    is_tacit = agreement.renewal is Renewal.TACIT
    told = {
        (Deadline.NOTICE, False): _tr("Notice counts until {0}, {1}"),
        (Deadline.NOTICE, True): _tr("The notice day was {0}, {1}; it renews itself") if is_tacit else "",
        (Deadline.END, False): _tr("It ends on {0}, {1}"),
        (Deadline.END, True): _tr("It ended on {0}, {1}"),
        (Deadline.INSURANCE, False): _tr("The insurance certificate runs out on {0}, {1}"),
        (Deadline.INSURANCE, True): _tr("The insurance certificate ran out on {0}, {1}"),
    }[one.about, one.is_over]
    return told.format(short_day(one.day), said_day(one.day, now))


def act_word(act: Act, about: Deadline) -> str:
    """What the button of an act says; dots where something is asked first."""
    if about is Deadline.INSURANCE and act is not Act.SEEN:
        return _tr("New certificate …") if act is Act.RENEWED else _tr("Do without")
    return {
        Act.SEEN: _tr("Seen"),
        Act.NOTICE_GIVEN: _tr("Notice given …"),
        Act.LEFT_TO_RENEW: _tr("Let it renew itself"),
        Act.RENEWED: _tr("Renewed …"),
        Act.LET_END: _tr("Let it end"),
    }[act]


def acted_word(act: Act) -> str:
    """What was done, as the list of acts says it."""
    return {
        Act.SEEN: _tr("seen"),
        Act.NOTICE_GIVEN: _tr("notice given"),
        Act.LEFT_TO_RENEW: _tr("left to renew itself"),
        Act.RENEWED: _tr("renewed"),
        Act.LET_END: _tr("left to end"),
    }[act]


def deadline_word(about: Deadline) -> str:
    """Which deadline, in a word."""
    return {
        Deadline.NOTICE: _tr("notice"),
        Deadline.END: _tr("end"),
        Deadline.INSURANCE: _tr("insurance"),
    }[about]


def _tr(text: str) -> str:
    return QCoreApplication.translate("agreements", text)
