"""Who alone talks to which outsiders, and who does now: told on deployments, blockers and “Who do I call?”."""

import html
from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.liaison import Question
from escplaybook.domain.programme import Programme
from escplaybook.domain.speaking import Speaker, groups_of, who_speaks, who_speaks_for
from escplaybook.ui.times import said


def speakers_html(found: Programme, deployment: Deployment, at: datetime) -> str:
    """A line for each stakeholder group, and one for all who have nobody of their own."""
    return "".join(f"<p dir='{reading_way()}'>{line}</p>" for line in _lines(found, deployment, at))


def speaker_html(speaker: Speaker) -> str:
    """“Ana Ferreira · deputy Jun Park”; in a second line who stands in at this instant, and why."""
    if speaker.person is None:
        return f"<span class='warn'>{_tr('nobody: name a single point of contact')}</span>"
    told = link(speaker.person)
    if speaker.deputy is not None:
        told = f"{told} <span class='quiet'>· {_tr('deputy {0}').format(link(speaker.deputy))}</span>"
    if not speaker.why:
        if speaker.now is None or speaker.now is speaker.person:
            return told
        return f"{told}<br><span class='quiet'>{_tr('now {0}').format(link(speaker.now))}</span>"
    why = f"{html.escape(speaker.person.name)}: {html.escape(speaker.why)}"
    if speaker.now is None:
        return f"{told}<br><span class='warn'>{_tr('nobody now')} · {why}</span>"
    now = _tr("now {0} stands in").format(f"<b>{html.escape(speaker.now.name)}</b>")
    return f"{told}<br><span class='quiet'>{now} · {why}</span>"


def link(person: Contact) -> str:
    """A name that leads to the person."""
    return f"<a href='record:{html.escape(person.key)}'>{html.escape(person.name)}</a>"


def question_html(question: Question, now: datetime) -> str:
    """What was asked and, as a link to where it is given, what was answered."""
    if question.answered is None:
        told = f"<a class='warn' href='record:{question.key}'>{_tr('no answer yet')}</a>"
    else:
        by = f"{html.escape(question.answered_by)}, {said(question.answered, now)}"
        told = f"{html.escape(question.answer)} <span class='quiet'>· {by}</span>"
    asked = f"<span class='quiet'>{asked_words(question, now)}</span> {html.escape(question.text)}"
    return f"<p dir='{reading_way()}'>{asked}<br>{told}</p>"


def asked_words(question: Question, now: datetime) -> str:
    """“Astrid Bergström, 3 h ago:”, whatever script the name is written in."""
    name = f"\N{FIRST STRONG ISOLATE}{question.asked_by}\N{POP DIRECTIONAL ISOLATE}" if question.asked_by else ""
    return html.escape(", ".join(part for part in (name, said(question.asked, now)) if part) + ":")


def reading_way() -> str:
    """The direction of the page, for lines that begin with a name of any script."""
    return "rtl" if QGuiApplication.isRightToLeft() else "ltr"


def _lines(found: Programme, deployment: Deployment, at: datetime) -> Iterator[str]:
    groups = groups_of(found, deployment.id)
    for group in groups:
        yield f"{html.escape(group.group)}: {speaker_html(who_speaks(found, group, at))}"
    rest = who_speaks_for(found, deployment, at)
    if rest.person is not None or not groups:
        yield f"{_tr('Everybody else')}: {speaker_html(rest)}" if groups else speaker_html(rest)


def _tr(text: str) -> str:
    return QCoreApplication.translate("speakers", text)
