"""Instants said as people say them, and exactly for whoever hovers."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def said(instant: datetime, now: datetime) -> str:
    """How far away `instant` is: “in 25 min”, “3 h ago”, “yesterday”, “94 days ago”."""
    away = instant - now
    if abs(away) < _MINUTE:
        return _tr("just now")
    if abs(away) < _HOUR:
        return _ahead_or_ago(away, _tr("in {0} min"), _tr("{0} min ago"), _MINUTE)
    if abs(away) < _DAY:
        return _ahead_or_ago(away, _tr("in {0} h"), _tr("{0} h ago"), _HOUR)
    return said_day(instant.astimezone().date(), now)


def said_day(day: date, now: datetime) -> str:
    """How far away a day is: “today”, “tomorrow”, “94 days ago”, and with its date once that says more."""
    days = (day - now.astimezone().date()).days
    if days == 0:
        return _tr("today")
    if abs(days) == 1:
        return _tr("tomorrow") if days > 0 else _tr("yesterday")
    if abs(days) > 330:
        return short_day(day)
    return (_tr("in {0} days") if days > 0 else _tr("{0} days ago")).format(abs(days))


def short_day(day: date) -> str:
    """“14 Mar 2026”."""
    return f"{day.day} {_months()[day.month - 1]} {day.year}"


def short_month_day(day: date) -> str:
    """“14 Mar”."""
    return f"{day.day} {_months()[day.month - 1]}"


def day_name(day: date) -> str:
    """“Tue 24”."""
    return f"{_days()[day.weekday()]} {day.day}"


def day_letter(day: date) -> str:
    """The first letter of the day's name."""
    return _days()[day.weekday()][:1]


def exact(instant: datetime) -> str:
    """“Tue 24 Nov 2026, 02:41:09 UTC+01:00” on this machine's clock."""
    local = instant.astimezone()
    return f"{_days()[local.weekday()]} {short_day(local.date())}, {local:%H:%M:%S} {_offset(local)}"


def short_time(instant: datetime) -> str:
    """“Mon 7 Dec, 09:00” on this machine's clock."""
    local = instant.astimezone()
    return f"{_days()[local.weekday()]} {local.day} {_months()[local.month - 1]}, {local:%H:%M}"


def wall_clock(instant: datetime) -> str:
    """“Tue 02:41 CET” on this machine's clock; where the zone has no short name, “Tue 02:41 UTC+01:00”."""
    local = instant.astimezone()
    name = local.tzname() or ""
    return f"{_days()[local.weekday()]} {local:%H:%M} {name if name.isalpha() and len(name) < 6 else _offset(local)}"


def day_away(instant: datetime, now: datetime) -> str:
    """What must stand beside a time of day so that it is not taken for today's: “Wed”, “1 Dec 2026”; empty today."""
    day, today = instant.astimezone().date(), now.astimezone().date()
    if day == today:
        return ""
    return _days()[day.weekday()] if timedelta(0) < day - today < timedelta(days=7) else short_day(day)


def _offset(local: datetime) -> str:
    """“UTC+01:00”; `%:z` would say it from Python 3.12 on."""
    return f"UTC{local.isoformat(timespec='minutes')[16:]}"


def _ahead_or_ago(away: timedelta, ahead: str, ago: str, unit: timedelta) -> str:
    return (ahead if away > timedelta(0) else ago).format(int(abs(away) / unit))


def _days() -> list[str]:
    return _tr("Mon Tue Wed Thu Fri Sat Sun").split()


def _months() -> list[str]:
    return _tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()


def _tr(text: str) -> str:
    return QCoreApplication.translate("times", text)
