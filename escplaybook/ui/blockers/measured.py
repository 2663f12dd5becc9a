"""What a blocker's page says of impact, triggers and measured facts, as HTML."""

import html
from collections.abc import Iterable, Iterator
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.facts import NO, YES
from escplaybook.domain.impact import Thresholds, answer_words, verdict
from escplaybook.domain.matrix import Level
from escplaybook.domain.triggers import condition_words
from escplaybook.domain.triggers_firing import Firing
from escplaybook.ui.times import day_away, said

ESCALATED = "escalated"
"""The scheme of the links that say a blocker went to a level."""


def moment(instant: datetime, now: datetime) -> str:
    """“at 09:40” on this machine's clock, with its day if that is not today."""
    day = day_away(instant, now)
    at = f"{instant.astimezone():%H:%M}"
    return _tr("{0} at {1}").format(day, at) if day else _tr("at {0}").format(at)


def set_off_html(firings: Iterable[Firing], levels: Iterable[Level], now: datetime, *, can_write: bool) -> str:
    """What the triggers set off, each with what it measures and the way to say that it was escalated."""
    names = {level.rank: level.name for level in levels}
    lines = []
    for one in firings:
        level = one.trigger.level
        name = f"{level} ({names[level]})" if level in names else str(level)
        role, told = _standing(one, name, now)
        by = f"<a href='record:{html.escape(one.trigger.key)}'>{html.escape(one.trigger.key)}</a>"
        what = f"{by} {html.escape(one.trigger.name)}: {html.escape(condition_words(one.trigger))}"
        act = ""
        if can_write and one.escalated is None and one.ended is None and one.due <= now:
            words = _tr("It is with level {0} now").format(level).replace(" ", "&nbsp;")
            act = f" · <a href='{ESCALATED}:{level}'>{words}</a>"
        lines.append(
            f"<p><span class='{role}'>{html.escape(told)}</span>{act}<br><span class='quiet'>{what}</span></p>"
        )
    return f"<h2>{_tr('Escalation')}</h2>{''.join(lines)}" if lines else ""


def facts_html(blocker: Blocker, now: datetime) -> str:
    """What was measured, in the order of time."""
    facts = sorted(blocker.facts, key=lambda fact: fact.at)
    if not facts:
        return ""
    value = {YES: _tr("yes"), NO: _tr("no")}
    rows = "".join(
        f"<tr><td class='cell'><span class='quiet'>{moment(fact.at, now)}</span></td>"
        f"<td class='cell'>{html.escape(fact.name)}</td><td>{html.escape(value.get(fact.value, fact.value))}</td></tr>"
        for fact in facts
    )
    return f"<h2>{_tr('Measured')}</h2><table cellspacing='0' cellpadding='2'>{rows}</table>"


def impact_html(blocker: Blocker, thresholds: Thresholds) -> str:
    """The answers about the impact, the severity they give now, and why another one was chosen."""
    if blocker.impact is None:
        return ""
    return f"<h2>{_tr('Impact')}</h2>{''.join(_impact(blocker, thresholds))}"


def _impact(blocker: Blocker, thresholds: Thresholds) -> Iterator[str]:
    assert blocker.impact is not None
    given = verdict(blocker.impact, blocker.stage, thresholds)
    told = html.escape(f"{given.severity}: {given.fired.sentence}")
    if given.severity is blocker.severity:
        yield f"<p>{told}</p>"
    elif blocker.impact.overruled:
        reason = _tr("{0} all the same: {1}").format(blocker.severity, blocker.impact.overruled)
        yield f"<p>{told}<br>{html.escape(reason)}</p>"
    else:
        now = _tr("By its impact it is no longer {0}. Edit it to take {1}, or say why not.")
        yield f"<p class='warn'>{told} {html.escape(now.format(blocker.severity, given.severity))}</p>"
    rows = "".join(
        f"<tr><td class='cell'><span class='quiet'>{html.escape(question.text)}</span></td>"
        f"<td>{html.escape(words)}</td></tr>"
        for question, words in answer_words(blocker.impact)
    )
    yield f"<table cellspacing='0' cellpadding='2'>{rows}</table>"


def _standing(one: Firing, level: str, now: datetime) -> tuple[str, str]:
    """How an escalation stands, as a role and words."""
    due = moment(one.due, now)
    if one.escalated is not None:
        told = _tr("Due at level {0} {1}; it went there {2}.")
        return "quiet", told.format(level, due, moment(one.escalated, now))
    if one.ended is not None:
        told = _tr("Should have been escalated to level {0} {1}; no longer since {2}.")
        return "quiet", told.format(level, due, moment(one.ended, now))
    if one.due <= now:
        told = _tr("Should have been escalated to level {0} {1}, {2}.")
        return "bad", told.format(level, due, said(one.due, now))
    return "warn", _tr("Is to be escalated to level {0} {1}, {2}.").format(level, due, said(one.due, now))


def _tr(text: str) -> str:
    return QCoreApplication.translate("blockers", text)
