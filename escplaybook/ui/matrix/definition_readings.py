"""Severities, levels and decision rights to read."""

import html
from collections.abc import Iterator

from escplaybook.domain.classification import Severity
from escplaybook.domain.dues import RIGHT_WARNING
from escplaybook.domain.durations import format_span
from escplaybook.domain.impact import thresholds_of
from escplaybook.domain.matrix import DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.stakes import COUNTED
from escplaybook.store.programme import programme
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.matrix.sheets import Sheet
from escplaybook.ui.matrix.told import right_words
from escplaybook.ui.matrix.words import level_head, sheet_words
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.parts.stakes import day_html
from escplaybook.ui.times import said_day, short_day


class SeverityReading(RecordReading):
    """What a severity means: criteria, examples, how often people are told, what a ticket must carry."""

    def tell_facts(self, record: SeverityDefinition) -> None:
        self.facts.tell(record.severity, record.key)

    def title_of(self, record: SeverityDefinition) -> str:
        return record.name

    def standing_of(self, record: SeverityDefinition) -> tuple[str, str]:
        if record.cadence is None:
            return "small", self.tr("No time between updates is promised.")
        return "small", self.tr("Updates every {0} while it is active").format(format_span(record.cadence))

    def html_of(self, record: SeverityDefinition) -> str:
        return "".join(self._parts(record))

    def _parts(self, record: SeverityDefinition) -> Iterator[str]:
        if record.criteria:
            yield f"<h2>{self.tr('Criteria of business impact')}</h2>{block(record.criteria)}"
        begins = self._begins(record.severity)
        if begins:
            yield f"<h2>{self.tr('Begins at')}</h2><p>{' · '.join(begins)}</p>"
        for heading, items in ((self.tr("Examples"), record.examples), (self.tr("A ticket carries"), record.intake)):
            if items:
                yield f"<h2>{heading}</h2><ul>{''.join(f'<li>{html.escape(item)}</li>' for item in items)}</ul>"
        if record.channels:
            yield f"<h2>{self.tr('Channels')}</h2><p>{html.escape(record.channels)}</p>"

    def _begins(self, severity: Severity) -> list[str]:
        """Where the questionnaire about impact begins to give this severity, by the numbers alone."""
        limits = thresholds_of(programme(self._desk.book).severities)
        told = []
        if severity in limits.users:
            told.append(self.tr("{0} % of the users hindered").format(limits.users[severity]))
        if severity in limits.money:
            told.append(self.tr("{0} a day").format(f"{limits.money[severity]:,}"))
        return told


class LevelReading(RecordReading):
    """What a level is there to bring about, and how much of the matrix it answers for."""

    def tell_facts(self, record: Level) -> None:
        self.facts.tell(None, record.key, self.tr("level {0}").format(record.rank))

    def title_of(self, record: Level) -> str:
        return level_head(record)

    def standing_of(self, record: Level) -> tuple[str, str]:
        if record.retired is not None:
            return "warn", self.tr("No longer in use; its cells stay in the book.")
        return "", ""

    def html_of(self, record: Level) -> str:
        told = html.escape(record.purpose) or self.tr("What it is there to bring about is not written down.")
        return f"<h2>{self.tr('Brings about')}</h2><p>{told}</p>"


class RightReading(RecordReading):
    """Who may decide what, where, how far and how long."""

    def tell_facts(self, record: DecisionRight) -> None:
        where = sheet_words(Sheet(record.deployment, record.stage), self._programme())
        self.facts.tell(record.severity, record.key, *(where or [self.tr("everywhere")]))

    def title_of(self, record: DecisionRight) -> str:
        return right_words(record)

    def standing_of(self, record: DecisionRight) -> tuple[str, str]:
        today = self._desk.now().date()
        if record.retired is not None:
            return "warn", self.tr("No longer in use")
        if record.expires is None:
            return "small", self.tr("Holds until it is taken back")
        day = f"{short_day(record.expires)}, {said_day(record.expires, self._desk.now())}"
        if record.expires < today:
            return "bad", self.tr("Has expired: {0}").format(day)
        role = "warn" if record.expires - today <= RIGHT_WARNING else "small"
        return role, self.tr("Holds until {0}").format(day)

    def html_of(self, record: DecisionRight) -> str:
        return "".join(self._parts(record))

    def _parts(self, record: DecisionRight) -> Iterator[str]:
        known = self._programme().contacts
        for heading, person_id in (
            (self.tr("Decides"), record.decider),
            (self.tr("In their place"), record.alternate),
        ):
            person = known.get(person_id or "")
            name = html.escape(person.name) if person else f"<span class='quiet'>{self.tr('nobody')}</span>"
            role = f" <span class='quiet'>{html.escape(person.role)}</span>" if person and person.role else ""
            way = "rtl" if self.isRightToLeft() else "ltr"  # by the page, whatever script the name is written in
            yield f"<h2>{heading}</h2><p dir='{way}'>{name}{role}</p>"
        here = next((one for one in self._programme().deployments if one.id == record.deployment), None)
        if here is not None and record.severity in (None, *COUNTED) and (told := day_html(here)):
            yield f"<h2>{self.tr('At stake while business stands still')}</h2>{told}"
        if record.evidence:
            yield f"<h2>{self.tr('What must be shown for it')}</h2>{block(record.evidence)}"

    def _programme(self) -> Programme:
        return programme(self._desk.book)
