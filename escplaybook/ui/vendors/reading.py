"""A vendor to read: how to get through, its ladder, the numbers it asks for, and the agreements with it."""

import html
from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from escplaybook.domain.agreements import Agreement
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.vendors import Restored, Vendor, hours_of, restored
from escplaybook.store import records
from escplaybook.ui.desk import Desk
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.vendors.told import (
    agreement_html,
    clock_words,
    entitlements_html,
    hours_html,
    is_open_now,
    ladder_html,
    promise_words,
)


class VendorReading(RecordReading):
    """Shows one vendor; its agreements are links. `agreement_wanted` asks to write one down with it."""

    agreement_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.text.setAccessibleName(self.tr("The vendor"))
        desk.ticker.minute.connect(self.tell_text)

    def buttons(self) -> list[QPushButton]:
        self.add_agreement = self.button(self.tr("Add agreement"), "file-text")
        self.add_agreement.clicked.connect(self.agreement_wanted)
        return [self.edit, self.add_agreement, self.history, self.retire]

    def show_record(self, record: Vendor, words: tuple[str, ...] = ()) -> None:  # type: ignore[override]
        """Show a vendor; one that is retired makes no new agreements."""
        super().show_record(record, words)
        self.add_agreement.setVisible(not self._desk.book.read_only and record.retired is None)

    def tell_facts(self, record: Vendor) -> None:
        self.facts.tell(None, record.key, ", ".join(record.systems))

    def title_of(self, record: Vendor) -> str:
        return record.name

    def standing_of(self, record: Vendor) -> tuple[str, str]:
        now = self._desk.now()
        if record.retired is not None:
            return "warn", self.tr("Retired: nobody is called here any more")
        if not record.hours:
            return "small", clock_words(record, now)
        return "good" if is_open_now(record, now) else "warn", clock_words(record, now)

    def html_of(self, record: Vendor) -> str:
        return "".join(self._parts(record, self._desk.now()))

    def _parts(self, vendor: Vendor, now: datetime) -> Iterator[str]:
        if vendor.how_to_get_through:
            yield f"<h2>{self.tr('How to get through')}</h2>{block(vendor.how_to_get_through)}"
        yield f"<h2>{self.tr('Hours')}</h2><p>{hours_html(hours_of(vendor), now)}</p>"
        if vendor.levels:
            yield f"<h2>{self.tr('Their ladder')}</h2>{ladder_html(vendor, now)}"
        if vendor.entitlements:
            yield f"<h2>{self.tr('Numbers they ask for')}</h2>{entitlements_html(vendor, now)}"
        if vendor.severity_names or vendor.promises:
            yield f"<h2>{self.tr('What they call our severities, and promise')}</h2>{self._severities(vendor)}"
        if vendor.systems:
            yield f"<h2>{self.tr('Systems they answer for')}</h2><p>{html.escape(', '.join(vendor.systems))}</p>"
        yield f"<h2>{self.tr('Agreements')}</h2>{self._agreements(vendor, now)}"
        if vendor.portal:
            portal = html.escape(vendor.portal, quote=True)
            is_page = vendor.portal.startswith(("https://", "http://"))
            link = f"<a href='{portal}'>{portal}</a>" if is_page else portal  # opened in the browser, when clicked
            yield f"<h2>{self.tr('Portal')}</h2><p>{link}</p>"
        if vendor.notes:
            yield f"<h2>{self.tr('Notes')}</h2>{block(vendor.notes)}"
        if vendor.tags:
            yield f"<h2>{self.tr('Tags')}</h2><p>{html.escape(', '.join(vendor.tags))}</p>"

    def _severities(self, vendor: Vendor) -> str:
        """A row for each severity: ours, theirs, what is promised, and how it went."""
        measured = {one.promise.severity: one for one in restored(vendor, records.everything(self._desk.book, Blocker))}
        rows = []
        for severity in Severity:
            theirs, promise = vendor.name_of(severity), vendor.promise_at(severity)
            if theirs or promise is not None:
                cells = [f"<span class='quiet'>{severity}</span>", html.escape(theirs) or "–"]
                cells.append(html.escape(promise_words(promise)) if promise is not None else "")
                cells.append(self._measured(measured.get(severity)))
                rows.append("<tr>" + "".join(f"<td class='cell'>{cell}</td>" for cell in cells) + "</tr>")
        told = "<p class='gap'></p>"  # a heading straight after a table loses its shape
        if any(one.took for one in measured.values()):
            rule = self.tr("Measured on resolved blockers with an external cause, from when our first level was told.")
            told = f"<p class='small'>{rule}</p>"
        return f"<table cellspacing='0' cellpadding='2'>{''.join(rows)}</table>{told}"

    def _measured(self, one: Restored | None) -> str:
        if one is None or not one.took:
            return ""
        token = "quiet" if one.kept == len(one.took) else "warn"
        told = self.tr("restored in time {0} of {1} times").format(one.kept, len(one.took))
        return f"<span class='{token}'>{told}</span>"

    def _agreements(self, vendor: Vendor, now: datetime) -> str:
        mine = [a for a in records.everything(self._desk.book, Agreement) if a.vendor == vendor.id and not a.retired]
        if not mine:
            told = self.tr("None written down. Do not change their side without written consent.")
            return f"<p class='quiet'>{told}</p>"
        return "".join(agreement_html(agreement, vendor, now) for agreement in mine)
