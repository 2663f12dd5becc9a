"""Mentors' notes in words: what stands in the margin, and in the text where the margin has no room."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.ui.times import short_day

SCHEME = "note"
"""`note:<id>` is a link to what can be done with a note, `note:<id>?place` puts it at another passage."""

TOKENS = {
    AnnotationKind.CAUTION: "warn",
    AnnotationKind.SHORTCUT: "good",
    AnnotationKind.WHY: "accent",
    AnnotationKind.STORY: "muted",
}


def kind_name(kind: AnnotationKind) -> str:
    """“Caution”."""
    return {
        AnnotationKind.CAUTION: _tr("Caution"),
        AnnotationKind.SHORTCUT: _tr("Shortcut"),
        AnnotationKind.WHY: _tr("Why"),
        AnnotationKind.STORY: _tr("Story"),
    }[kind]


def heading(note: Annotation) -> str:
    """“Caution · only below 8.4”."""
    return " · ".join(filter(None, (kind_name(note.kind), note.applies_when)))


def signature(note: Annotation) -> str:
    """“Ines Okafor, 14 Mar 2026 · 3 agree”."""
    count = len(note.endorsements)
    agree = (_tr("1 agrees") if count == 1 else _tr("{0} agree").format(count)) if count else ""
    return " · ".join(filter(None, (f"{note.author}, {short_day(note.created.date())}", agree)))


def agreeing(note: Annotation) -> str:
    """Who agrees and since when, for whoever hovers."""
    return "\n".join(f"{one.by}, {short_day(one.at.date())}" for one in note.endorsements)


def body(note: Annotation, muted: str) -> str:
    """What the note says, its signature and its answers, as HTML."""
    answers = "".join(
        f"<br><span style='color: {muted}'>{html.escape(answer.by)}, {short_day(answer.at.date())}:</span> "
        f"{_lines(answer.text)}"
        for answer in note.answers
    )
    return f"{_lines(note.text)}<br><span style='color: {muted}'>{html.escape(signature(note))}</span>{answers}"


def aside(notes: Sequence[Annotation], muted: str) -> str:
    """The notes as they stand below their field, where the margin has no room."""
    return "".join(
        f"<blockquote><p><b>{html.escape(heading(note))}</b> “{html.escape(_short(note.quote))}”: "
        f"{body(note, muted)} {acts_link(note)}</p></blockquote>"
        for note in notes
    )


def lost(notes: Sequence[Annotation], muted: str) -> str:
    """The notes whose passage is gone, with the passage as it was; empty if there are none."""
    if not notes:
        return ""
    listed = "".join(
        f"<blockquote><p><b>{html.escape(heading(note))}</b> {_tr('stood beside')} “{html.escape(note.quote)}”: "
        f"{body(note, muted)}<br><a href='{SCHEME}:{note.id}?place'>{_tr('Put it at the selection')}</a> "
        f"· {acts_link(note)}</p></blockquote>"
        for note in notes
    )
    return f"<h2>{_tr('Notes whose passage is gone')}</h2>{listed}"


def acts_link(note: Annotation) -> str:
    """The link that opens what can be done with a note."""
    return f"<a href='{SCHEME}:{note.id}'>{_tr('Do …')}</a>"


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("notes", text)
