"""A trigger to read: what it measures, what it makes due, who stands by it, and what it would have done so far."""

import html
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Trigger, condition_words, in_force_since
from escplaybook.domain.triggers_expressions import expression_of
from escplaybook.domain.triggers_firing import Firing, tried
from escplaybook.domain.triggers_vagueness import vagueness
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk
from escplaybook.ui.matrix.trigger_words import level_words, review_words, where_words
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.times import day_away, said_day, short_day

SHOWN = 12
"""How many past blockers are told of."""


class TriggerReading(RecordReading):
    """Shows one trigger. Links lead to the blockers it was tried on."""

    def tell_facts(self, record: Trigger) -> None:
        found = programme(self._desk.book)
        where = where_words(record, found) or [self.tr("everywhere")]
        self.facts.tell(record.severity, record.key, level_words(record, found), *where)

    def title_of(self, record: Trigger) -> str:
        return record.name

    def standing_of(self, record: Trigger) -> tuple[str, str]:
        if record.retired is not None:
            return "warn", self.tr("No longer in use")
        since = in_force_since(record)
        if since is None:
            return "warn", self.tr("Makes nothing due yet: {0}").format(review_words(record)[0])
        return "small", self.tr("In force since {0}").format(short_day(since.date()))

    def html_of(self, record: Trigger) -> str:
        return "".join(self._parts(record))

    def _parts(self, record: Trigger) -> Iterator[str]:
        found = programme(self._desk.book)
        vague = vagueness(record)
        yield f"<h2>{self.tr('Measured')}</h2><p>{html.escape(condition_words(record))}</p>"
        if vague:
            yield "".join(f"<p class='warn'>{html.escape(str(one))}</p>" for one in vague)
        elif not record.expression:
            yield f"<p class='quiet'>{html.escape(expression_of(record))}</p>"
        if record.observer:
            yield f"<h2>{self.tr('Who sees it')}</h2><p>{html.escape(record.observer)}</p>"
        yield f"<h2>{self.tr('Reviewed')}</h2>{''.join(self._reviews(record, found))}"
        if not vague:
            yield f"<h2>{self.tr('On blockers so far')}</h2>{self._tried(record, found)}"

    def _reviews(self, record: Trigger, found: Programme) -> Iterator[str]:
        for side, person_id, day in (
            (self.tr("Engineering"), record.engineering, record.engineering_on),
            (self.tr("Business"), record.business, record.business_on),
        ):
            person = found.contacts.get(person_id or "")
            if person is None or day is None:
                yield f"<p class='warn'>{side}: {self.tr('not yet')}</p>"
            else:
                when = f"{short_day(day)}, {said_day(day, self._desk.now())}"
                yield f"<p>{side}: {html.escape(person.name)} <span class='quiet'>{when}</span></p>"

    def _tried(self, record: Trigger, found: Programme) -> str:
        lines = tried_lines(self._desk, record, found)
        told = "".join(
            f"<p><a href='record:{html.escape(key)}'>{key}</a> {html.escape(words)}</p>" for key, words in lines
        )
        return told or f"<p class='quiet'>{self.tr('It would have made nothing due.')}</p>"


def tried_lines(desk: Desk, trigger: Trigger, found: Programme) -> list[tuple[str, str]]:
    """The key of each blocker that the trigger would have set off, and when, the latest first; empty if it is vague."""
    try:
        fired = tried(trigger, found.blockers, desk.now())
    except InvalidRecord:
        return []
    return [(blocker.key, _words(desk, blocker, one)) for blocker, one in fired[:SHOWN]]


def _words(desk: Desk, blocker: Blocker, one: Firing) -> str:
    now = desk.now()
    at = f"{day_away(one.due, now)} {one.due.astimezone():%H:%M}".strip()
    told = _tr("due {0}") if one.due <= now else _tr("will be due {0}")
    if one.escalated is not None:
        went = f"{day_away(one.escalated, now)} {one.escalated.astimezone():%H:%M}".strip()
        return f"{blocker.title}: {told.format(at)}, {_tr('escalated {0}').format(went)}"
    return f"{blocker.title}: {told.format(at)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("triggers", text)
