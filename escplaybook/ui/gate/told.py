"""The gate in words: the answer, the stage's days, the lines below it, and a deployment's stages with their gates."""

import html
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.deployments import Deployment
from escplaybook.domain.gate import Check, Gate, Looked, Reason
from escplaybook.ui.matrix.words import stage_word
from escplaybook.ui.parts.grouped import Line
from escplaybook.ui.times import said_day, short_day, short_month_day

GATE = "gate"
"""The scheme of the link that leads from a deployment's stage to its gate."""

LONGEST_STEP = 28
"""Characters of a step that stand at the right; what is longer stands below the words."""


def answer_of(gate: Gate) -> str:
    """“Harbour ERP may not enter go-live: 9 reasons”."""
    if gate.is_open:
        return _tr("{0} may enter {1}").format(gate.deployment.name, gate.stage)
    return _tr("{0} may not enter {1}: {2}").format(gate.deployment.name, gate.stage, _counted(len(gate.reasons)))


def days_of(gate: Gate, now: datetime) -> str:
    """When the stage is, and how far that is away."""
    dates, today = gate.dates, now.date()
    if dates is None:
        told = _tr(
            "The stage has no days yet, so agreements are looked at as of today and hours for the coming 30 days."
        )
        return told
    span = f"{short_day(dates.start)} – {short_day(dates.end)}"
    if gate.is_over(today):
        return _tr("{0}, over {1}; this is how it would stand today").format(span, said_day(dates.end, now))
    if dates.start <= today:
        return _tr("{0}, began {1}").format(span, said_day(dates.start, now))
    return _tr("{0}, begins {1}").format(span, said_day(dates.start, now))


def lines_of(gate: Gate) -> list[Line]:
    """Every reason under its check, then the checks that are fine with what was looked at."""
    lines: list[Line] = []
    for looked in gate.checks:
        mine = [_line(reason, number) for number, reason in enumerate(looked.reasons)]
        heading = f"{_word(looked.check)} · {_counted(len(mine))}"
        lines += [replace(mine[0], heading=heading, heading_token="text"), *mine[1:]] if mine else []
    fine = [_fine(one) for one in gate.checks if one.is_fine]
    heading = _tr("Looked at and fine · {0}").format(len(fine))
    lines += [replace(fine[0], heading=heading, heading_token="text"), *fine[1:]] if fine else []
    return lines


def mark_of(gate: Gate, now: datetime) -> tuple[str, str]:
    """The icon of a gate and its colour."""
    if gate.is_over(now.date()):
        return "check", "muted"
    return ("circle-check", "good") if gate.is_open else ("circle-x", "bad")


def state_of(gate: Gate, now: datetime) -> str:
    """“open”, “shut, 9 reasons”, “over”."""
    if gate.is_over(now.date()):
        return _tr("over")
    return _tr("gate open") if gate.is_open else _tr("gate shut, {0}").format(_counted(len(gate.reasons)))


def stages_html(deployment: Deployment, gates: Sequence[Gate], now: datetime) -> str:
    """The deployment's stages with their days, each with its gate as a link once that is known."""
    known = {one.stage: one for one in gates if one.deployment.id == deployment.id}
    today = now.date()
    rows = []
    for stage in deployment.stages:
        name = html.escape(stage_word(stage.stage))
        name = f"<b>{name}</b>" if stage.start <= today <= stage.end else name
        is_one_year = stage.start.year == stage.end.year
        first = short_month_day(stage.start) if is_one_year else short_day(stage.start)
        days = f"{first} – {short_day(stage.end)}"
        told = _state_html(known[stage.stage], now) if stage.stage in known else ""
        gap = "&nbsp;" * 3
        rows.append(f"<tr><td>{name}{gap}</td><td class='quiet'>{days}{gap}</td><td>{told}</td></tr>")
    return f"<table cellspacing='0' cellpadding='3'>{''.join(rows)}</table>"


def _state_html(gate: Gate, now: datetime) -> str:
    words = html.escape(state_of(gate, now))
    if gate.is_over(now.date()):
        return f"<span class='quiet'>{words}</span>"
    kind, mark = ("good", "✓") if gate.is_open else ("bad", "✗")
    return f"<span class='{kind}'>{mark}</span> <a href='{GATE}:{quote(gate.stage)}'>{words}</a>"


def _line(reason: Reason, number: int) -> Line:
    action = reason.action[:1].upper() + reason.action[1:]
    is_short = bool(action) and len(action) <= LONGEST_STEP
    step, quiet = (action, "") if is_short else (_tr("Go there"), action)
    about = "" if reason.record is None else reason.record.id
    key = "" if reason.record is None else reason.record.key
    words = reason.what[:1].upper() + reason.what[1:]
    return Line(
        f"{reason.check} {about} {number}",
        words,
        " · ".join(filter(None, (key, quiet))),
        step,
        "circle-x",
        "bad",
        of=reason,
    )


def _fine(looked: Looked) -> Line:
    return Line(looked.check, _fine_word(looked.check), looked.looked_at, "", "circle-check", "good", of=looked)


def _word(check: Check) -> str:
    """What is looked at."""
    return {
        Check.EDITION: _tr("Edition"),
        Check.AUDIT: _tr("Errors of the audit"),
        Check.REACHABLE: _tr("People who cannot be reached"),
        Check.COVERAGE: _tr("Hours without anybody"),
        Check.AGREEMENTS: _tr("Agreements"),
    }[check]


def _fine_word(check: Check) -> str:
    """What is so where there is nothing against it."""
    return {
        Check.EDITION: _tr("The edition is signed, and nothing was changed by hand since"),
        Check.AUDIT: _tr("The audit has no error"),
        Check.REACHABLE: _tr("Everybody who is called can be reached"),
        Check.COVERAGE: _tr("Somebody answers at every hour"),
        Check.AGREEMENTS: _tr("The agreements last"),
    }[check]


def _counted(reasons: int) -> str:
    return _tr("1 reason") if reasons == 1 else _tr("{0} reasons").format(reasons)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gate", text)
