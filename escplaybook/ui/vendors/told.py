"""How a vendor is told wherever it is read: what its clock says, its ladder, the numbers it asks for."""

import html
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.agreement_dates import current_end, notice_by, state
from escplaybook.domain.agreements import Agreement, AgreementKind, AgreementState
from escplaybook.domain.contacts import ContactPoint, zone_named
from escplaybook.domain.durations import format_span
from escplaybook.domain.vendors import (
    ENTITLEMENT_WARNING,
    Entitlement,
    Promise,
    SupportHours,
    Vendor,
    VendorLevel,
    hours_of,
)
from escplaybook.domain.verification import Importance, is_stale, proof_words
from escplaybook.ui.times import day_away, said_day, short_day

CALM = (AgreementState.IN_FORCE, AgreementState.NOT_BEGUN)


def is_open_now(vendor: Vendor, now: datetime) -> bool:
    """Whether its support answers at this minute."""
    return hours_of(vendor).is_open(now)


def clock_words(vendor: Vendor, now: datetime) -> str:
    """“09:41 there (Berlin) · open now”; when they are closed, when they open on our clock."""
    city = vendor.zone.rpartition("/")[2].replace("_", " ")
    clock = _tr("{0} there ({1})").format(f"{now.astimezone(zone_named(vendor.zone)):%H:%M}", city)
    return f"{clock} · {_open_words(hours_of(vendor), now)}"


def hours_html(hours: SupportHours, now: datetime) -> str:
    """“Mon–Fri 09:00–18:00 there = 03:00–12:00 here”."""
    if not hours.hours:
        return _tr("around the clock")
    there = _tr("{0} there").format(html.escape(hours.there()))
    here = hours.here(now.astimezone())
    return _tr("{0} = {1} here").format(there, f"<b>{html.escape(here)}</b>") if here else there


def ladder_html(vendor: Vendor, now: datetime) -> str:
    """Their levels: whom to ask for and how soon they answer, then each number with the age of its proof."""
    return "".join(_level_html(level, number, vendor, now) for number, level in enumerate(vendor.levels, start=1))


def entitlements_html(vendor: Vendor, now: datetime) -> str:
    """The numbers they ask for before they help, and until when each counts."""
    return "".join(
        f"<p><b>{html.escape(item.number)}</b> <span class='quiet'>{html.escape(item.covers)}</span>"
        f"{_until_html(item, now)}</p>"
        for item in vendor.entitlements
    )


def promise_words(promise: Promise) -> str:
    """“answer in 1 h, restored in 8 h”."""
    spans = ((_tr("answer in {0}"), promise.respond), (_tr("restored in {0}"), promise.restore))
    return ", ".join(words.format(format_span(span)) for words, span in spans if span is not None)


def agreement_html(agreement: Agreement, vendor: Vendor, now: datetime) -> str:
    """An agreement as a link, and how it stands."""
    token = "quiet" if state(agreement, now.date()) in CALM else "warn"
    stands = html.escape(" · ".join(standing_words(agreement, now)))
    name = html.escape(agreement_name(agreement, vendor.name))
    return f"<p><a href='record:{html.escape(agreement.key)}'>{name}</a><br><span class='{token}'>{stands}</span></p>"


def standing_words(agreement: Agreement, now: datetime) -> list[str]:
    """“in force”, “until 1 Apr 2027”, “notice by 1 Jan 2027”."""
    today = now.date()
    words = [state_word(state(agreement, today))]
    if (end := current_end(agreement, today)) is not None:
        words.append(_tr("until {0}").format(short_day(end)))
    if (notice := notice_by(agreement, today)) is not None:
        words.append(_tr("notice by {0}").format(short_day(notice)))
    return words


def state_word(stands: AgreementState) -> str:
    """Where an agreement stands, in a word or two."""
    return {
        AgreementState.UNSIGNED: _tr("not signed"),
        AgreementState.NOT_BEGUN: _tr("not begun"),
        AgreementState.IN_FORCE: _tr("in force"),
        AgreementState.NOTICE_WINDOW: _tr("notice is due"),
        AgreementState.EXPIRING: _tr("ends soon"),
        AgreementState.LAPSED: _tr("lapsed"),
    }[stands]


def agreement_name(agreement: Agreement, vendor: str) -> str:
    """Its title, or its kind, and whose it is unless the title says so."""
    title = agreement.title or kind_word(agreement.kind)
    return title if vendor in title else f"{vendor}: {title}"


def kind_word(kind: AgreementKind) -> str:
    """What sort of paper it is, as one says it."""
    return {
        AgreementKind.HOLD_HARMLESS: _tr("Hold-harmless agreement"),
        AgreementKind.NDA: _tr("NDA"),
        AgreementKind.SUPPORT: _tr("Support contract"),
        AgreementKind.DATA_PROCESSING: _tr("Data processing agreement"),
    }[kind]


def _level_html(level: VendorLevel, number: int, vendor: Vendor, now: datetime) -> str:
    within = ""
    if level.answers_within is not None:
        within = " · " + _tr("answers within {0}").format(format_span(level.answers_within))
    lines = [f"{number} · {html.escape(level.name)}<span class='quiet'>{html.escape(within)}</span>"]
    own = hours_of(vendor, level)
    if own != hours_of(vendor):
        token = "quiet" if own.is_open(now) else "warn"
        stands = f" <span class='{token}'>· {html.escape(_open_words(own, now))}</span>" if own.hours else ""
        lines.append(f"{hours_html(own, now)}{stands}")
    lines += [_point_html(point, now) for point in level.points]
    return f"<p>{'<br>'.join(lines)}</p>"


def _open_words(hours: SupportHours, now: datetime) -> str:
    """“open now”, “closed now, opens Wed 08:00 here”."""
    if not hours.hours:
        return _tr("around the clock")
    if (opens := hours.opens(now)) is None:
        return _tr("open now") if hours.is_open(now) else _tr("closed now")
    day = day_away(opens, now)
    return _tr("closed now, opens {0} here").format(f"{day} {opens.astimezone():%H:%M}".strip())


def _until_html(item: Entitlement, now: datetime) -> str:
    if item.until is None:
        return ""
    today = now.date()
    if item.until - today > ENTITLEMENT_WARNING:
        return f" <span class='quiet'>· {_tr('until {0}').format(short_day(item.until))}</span>"
    words = _tr("ran out {0}") if item.until < today else _tr("runs out {0}")
    return f" <span class='warn'>· {words.format(said_day(item.until, now))}</span>"


def _point_html(point: ContactPoint, now: datetime) -> str:
    today = now.date()
    token = "warn" if is_stale(point, Importance.VENDOR, today) else "quiet"
    told = html.escape(proof_words(point, Importance.VENDOR, today))
    return f"<b>{html.escape(point.value)}</b> <span class='{token}'>{told}</span>"


def _tr(text: str) -> str:
    return QCoreApplication.translate("vendors", text)
