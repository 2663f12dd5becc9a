"""The question log of a stakeholder group, as text: what waits for an answer first."""

import html
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.deployments import Deployment
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.programme import Programme
from escplaybook.domain.speaking import answer_by, questions_of
from escplaybook.ui.parts.speakers import asked_words, question_html, reading_way
from escplaybook.ui.times import said

ANSWER = "answer"
"""The scheme of the link that asks for the answer."""

FEW = 5
"""Answered questions shown at first."""


def log_html(found: Programme, group: PointOfContact, deployment: Deployment, now: datetime, *, can_write: bool) -> str:
    """All that waits for an answer, then the latest answers."""
    asked = questions_of(found, group.id)
    waiting = [one for one in asked if one.answered is None]
    done = [one for one in asked if one.answered is not None]
    lines = [_waiting(found, one, deployment, now, can_write=can_write) for one in waiting]
    lines += [question_html(one, now) for one in done[:FEW]]
    if len(done) > FEW:
        told = _tr("{0} earlier ones are found by the search: they are all kept.").format(len(done) - FEW)
        lines.append(f"<p class='small'>{told}</p>")
    return "".join(lines)


def _waiting(found: Programme, question: Question, deployment: Deployment, now: datetime, *, can_write: bool) -> str:
    by = answer_by(question, deployment)
    token = "warn" if by <= now else "quiet"
    words = _tr("answer was owed {0}") if by <= now else _tr("answer owed {0}")
    told = [f"<span class='{token}'>{words.format(said(by, now))}</span>"]
    blocker = next((one for one in found.blockers if one.id == question.blocker), None)
    if blocker is not None:
        told.append(f"<a href='record:{blocker.key}'>{blocker.key}</a>")
    if can_write:
        told.append(f"<a href='{ANSWER}:{question.key}'>{_tr('Answer …')}</a>")
    asked = f"<span class='quiet'>{asked_words(question, now)}</span> <b>{html.escape(question.text)}</b>"
    return f"<p dir='{reading_way()}'>{asked}<br>{' · '.join(told)}</p>"


def _tr(text: str) -> str:
    return QCoreApplication.translate("questions", text)
