"""A vendor to read: how to get through, its ladder, the numbers it asks for, and the agreements with it."""

import html
from collections.abc import Iterator
from datetime import datetime

from escplaybook.domain.agreements import Agreement, AgreementState, current_end, notice_by, state
from escplaybook.domain.contacts import ContactPoint, zone_named
from escplaybook.domain.dues import is_stale
from escplaybook.domain.durations import format_span
from escplaybook.domain.hours import is_open
from escplaybook.domain.vendors import Vendor
from escplaybook.store import records
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.times import said_day, short_day

CALM = (AgreementState.IN_FORCE, AgreementState.NOT_BEGUN)


class VendorReading(RecordReading):
    """Shows one vendor; its agreements are links."""

    def tell_facts(self, record: Vendor) -> None:
        self.facts.tell(None, record.key, ", ".join(record.systems))

    def title_of(self, record: Vendor) -> str:
        return record.name

    def standing_of(self, record: Vendor) -> tuple[str, str]:
        local = self._desk.now().astimezone(zone_named(record.zone))
        clock = self.tr("{0} there ({1})").format(f"{local:%H:%M}", record.zone.rpartition("/")[2].replace("_", " "))
        if not record.hours:
            return "small", self.tr("{0} · around the clock").format(clock)
        if is_open(record.hours, local):
            return "good", self.tr("{0} · open now, {1}").format(clock, record.hours)
        return "warn", self.tr("{0} · closed now, open {1}").format(clock, record.hours)

    def html_of(self, record: Vendor) -> str:
        return "".join(self._parts(record))

    def _parts(self, vendor: Vendor) -> Iterator[str]:
        if vendor.how_to_get_through:
            yield f"<h2>{self.tr('How to get through')}</h2>{block(vendor.how_to_get_through)}"
        if vendor.levels:
            rows = "".join(self._level(vendor, number) for number in range(len(vendor.levels)))
            yield f"<h2>{self.tr('Their ladder')}</h2><table cellspacing='0' cellpadding='3'>{rows}</table>"
        if vendor.entitlements:
            yield f"<h2>{self.tr('Numbers they ask for')}</h2>"
            for number in vendor.entitlements:
                covers = html.escape(number.covers)
                yield f"<p><b>{html.escape(number.number)}</b> <span class='quiet'>{covers}</span></p>"
        if vendor.severity_names:
            said_names = " · ".join(
                self.tr("our {0} is their “{1}”").format(name.ours, name.theirs) for name in vendor.severity_names
            )
            yield f"<h2>{self.tr('What they call it')}</h2><p>{html.escape(said_names)}</p>"
        yield f"<h2>{self.tr('Agreements')}</h2>{self._agreements(vendor)}"
        if vendor.portal:
            portal = html.escape(vendor.portal, quote=True)
            link = f"<a href='{portal}'>{portal}</a>" if vendor.portal.startswith("https://") else portal
            yield f"<h2>{self.tr('Portal')}</h2><p>{link}</p>"
        if vendor.notes:
            yield f"<h2>{self.tr('Notes')}</h2>{block(vendor.notes)}"

    def _level(self, vendor: Vendor, number: int) -> str:
        level = vendor.levels[number]
        points = "<br>".join(self._point(point) for point in level.points)
        within = ""
        if level.answers_within is not None:
            within = self.tr("answers within {0}").format(format_span(level.answers_within))
        name = html.escape(level.name)
        return (
            f"<tr><td class='quiet'>{number + 1}&nbsp;&nbsp;</td><td>{name}&nbsp;&nbsp;&nbsp;</td>"
            f"<td>{points}&nbsp;&nbsp;&nbsp;</td><td class='quiet'>{within}</td></tr>"
        )

    def _point(self, point: ContactPoint) -> str:
        now = self._desk.now()
        told = self.tr("never verified")
        if point.verified is not None:
            told = self.tr("verified {0}").format(said_day(point.verified, now))
        token = "warn" if is_stale(point, now.date()) else "quiet"
        return f"<b>{html.escape(point.value)}</b> <span class='{token}'>{told}</span>"

    def _agreements(self, vendor: Vendor) -> str:
        mine = [a for a in records.everything(self._desk.book, Agreement) if a.vendor == vendor.id and not a.retired]
        if not mine:
            told = self.tr("None written down. Do not change their side without written consent.")
            return f"<p class='quiet'>{told}</p>"
        now = self._desk.now()
        return "".join(f"<p>{_link(agreement)} {self._standing(agreement, now)}</p>" for agreement in mine)

    def _standing(self, agreement: Agreement, now: datetime) -> str:
        today = now.date()
        stands = state(agreement, today)
        end, notice = current_end(agreement, today), notice_by(agreement, today)
        words = [stands.value]
        if end is not None:
            words.append(self.tr("until {0}").format(short_day(end)))
        if notice is not None:
            words.append(self.tr("notice by {0}").format(short_day(notice)))
        token = "quiet" if stands in CALM else "warn"
        return f"<span class='{token}'>{html.escape(' · '.join(words))}</span>"


def _link(agreement: Agreement) -> str:
    name = html.escape(agreement.title or f"{agreement.kind} agreement")
    return f"<a href='record:{html.escape(agreement.key)}'>{name}</a>"
