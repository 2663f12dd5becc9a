"""One contact to read: how to reach them, when, and who stands in."""

import html
from collections.abc import Iterator

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy, zone_named
from escplaybook.domain.dues import CALLED, is_stale
from escplaybook.domain.hours import is_open
from escplaybook.store import records
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.times import said_day


class ContactReading(RecordReading):
    """Shows a contact; the deputy is a link."""

    def tell_facts(self, record: Contact) -> None:
        self.facts.tell(None, record.key, record.role, record.organisation, record.team)

    def title_of(self, record: Contact) -> str:
        return record.name

    def standing_of(self, record: Contact) -> tuple[str, str]:
        local = self._desk.now().astimezone(zone_named(record.zone))
        clock = self.tr("{0} there ({1})").format(f"{local:%H:%M}", record.zone.rpartition("/")[2].replace("_", " "))
        if not record.hours:
            return "small", self.tr("{0} · may be called at any time").format(clock)
        if is_open(record.hours, local):
            return "good", self.tr("{0} · reachable now, {1}").format(clock, record.hours)
        return "warn", self.tr("{0} · off duty now, reachable {1}").format(clock, record.hours)

    def html_of(self, record: Contact) -> str:
        return "".join(self._parts(record))

    def _parts(self, contact: Contact) -> Iterator[str]:
        yield f"<h2>{self.tr('How to reach them')}</h2>"
        if contact.points:
            rows = "".join(self._point(point) for point in contact.points)
            yield f"<table cellspacing='0' cellpadding='3'>{rows}</table>"
        else:
            yield f"<p class='warn'>{self.tr('No number or address is known.')}</p>"
        if contact.deputy and (deputy := records.find(self._desk.book, Contact, contact.deputy)) is not None:
            link = f"<a href='record:{html.escape(deputy.key)}'>{html.escape(deputy.name)}</a>"
            yield f"<h2>{self.tr('Deputy')}</h2><p>{link}</p>"
        if contact.languages:
            yield f"<h2>{self.tr('Languages')}</h2><p>{html.escape(', '.join(contact.languages))}</p>"
        if contact.tags:
            yield f"<h2>{self.tr('Tags')}</h2><p>{html.escape(', '.join(contact.tags))}</p>"
        if contact.notes:
            yield f"<h2>{self.tr('Notes')}</h2>{block(contact.notes)}"

    def _point(self, point: ContactPoint) -> str:
        value = html.escape(point.value)
        if point.kind is PointKind.EMAIL:
            value = f"<a href='mailto:{value}'>{value}</a>"
        label = f" <span class='quiet'>{html.escape(point.label)}</span>" if point.label else ""
        private = f" <span class='quiet'>{self.tr('private')}</span>" if point.privacy is Privacy.PRIVATE else ""
        kind = f"<span class='quiet'>{self._kind_word(point.kind)}</span>"
        cells = (kind, f"<b>{value}</b>{label}{private}", self._verified(point))
        return "<tr>" + "".join(f"<td class='cell'>{cell}</td>" for cell in cells) + "</tr>"

    def _verified(self, point: ContactPoint) -> str:
        if point.kind not in CALLED and point.verified is None:
            return ""
        now = self._desk.now()
        token = "warn" if is_stale(point, now.date()) else "quiet"
        if point.verified is None:
            return f"<span class='{token}'>{self.tr('never verified')}</span>"
        told = self.tr("verified {0}").format(said_day(point.verified, now))
        how = f", {html.escape(point.verified_how)}" if point.verified_how else ""
        return f"<span class='{token}'>{told}{how}</span>"

    def _kind_word(self, kind: PointKind) -> str:
        return {
            PointKind.PHONE: self.tr("Phone"),
            PointKind.MOBILE: self.tr("Mobile"),
            PointKind.EMAIL: self.tr("E-mail"),
            PointKind.CHAT: self.tr("Chat"),
            PointKind.PAGER: self.tr("Pager"),
            PointKind.BRIDGE: self.tr("Bridge"),
        }[kind]
