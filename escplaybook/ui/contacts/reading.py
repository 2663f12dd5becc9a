"""One contact to read: how to reach them, when, and who stands in."""

import html
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from PySide6.QtWidgets import QLabel, QWidget

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy, zone_named
from escplaybook.domain.hours import is_open
from escplaybook.domain.numbers import dialled, fault_of, is_number, number_of
from escplaybook.domain.verification import (
    Importance,
    Importances,
    Reach,
    is_failed,
    is_stale,
    proof_words,
    reachability,
    rings,
)
from escplaybook.services.verifying import importances_of
from escplaybook.store import records
from escplaybook.store.programme import roster
from escplaybook.ui.contacts.photo import SHOWN, pixmap_of
from escplaybook.ui.desk import Desk
from escplaybook.ui.duty.told import away_now, duty_html, duty_now, name_from
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.record_reading import RecordReading


class ContactReading(RecordReading):
    """Shows a contact; the deputy is a link, and so is every number that can be dialled."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._weights: Importances = {}
        self.photo: QLabel | None = None
        super().__init__(desk, parent)

    def show_record(self, record: Any, words: Sequence[str] = ()) -> None:
        self._weights = importances_of(self._desk.book)
        super().show_record(record, words)
        self._show_photo(record)

    def below_actions(self) -> list[QWidget]:
        self.photo = QLabel(self)
        self.photo.setAccessibleName(self.tr("Photo"))
        self.photo.hide()
        return [self.photo]

    def _show_photo(self, contact: Contact) -> None:
        """The photo, or a sentence in its place; most people have none."""
        assert self.photo is not None
        self.photo.setVisible(contact.photo is not None)
        if contact.photo is not None:
            pixmap = pixmap_of(self._desk, contact.photo, self._desk.theme.px(SHOWN))
            self.photo.setText("" if pixmap is not None else self.tr("The photo cannot be shown."))
            if pixmap is not None:
                self.photo.setPixmap(pixmap)

    def tell_facts(self, record: Contact) -> None:
        self.facts.tell(None, record.key, record.role, record.organisation, record.team)

    def title_of(self, record: Contact) -> str:
        return record.name

    def standing_of(self, record: Contact) -> tuple[str, str]:
        local = self._desk.now().astimezone(zone_named(record.zone))
        clock = self.tr("{0} there ({1})").format(f"{local:%H:%M}", record.zone.rpartition("/")[2].replace("_", " "))
        absent, now = roster(self._desk.book), self._desk.now()
        if told := duty_now(record, absent, self._name, now):
            return "small", told
        if away := away_now(record, absent, self._name, now):
            return "warn", f"{clock} · {away}"
        if not record.hours:
            return "small", self.tr("{0} · may be called at any time").format(clock)
        if is_open(record.hours, local):
            return "good", self.tr("{0} · reachable now, {1}").format(clock, record.hours)
        return "warn", self.tr("{0} · off duty now, reachable {1}").format(clock, record.hours)

    def html_of(self, record: Contact) -> str:
        return "".join(self._parts(record))

    def _parts(self, contact: Contact) -> Iterator[str]:
        yield f"<h2>{self.tr('How to reach them')}</h2>"
        weight = self._weight(contact)
        reached = reachability(contact.points, weight, self._desk.now().date())
        token = "good" if reached.reach is Reach.READY else "warn"
        yield f"<p><b class='{token}'>{html.escape(str(reached))}</b> <span class='quiet'>· {weight.words}</span></p>"
        if contact.points:
            rows = "".join(self._point(contact, point) for point in contact.points)
            yield f"<table cellspacing='0' cellpadding='3'>{rows}</table>"
        else:
            yield f"<p class='warn'>{self.tr('No number or address is known.')}</p>"
        if contact.deputy and (deputy := records.find(self._desk.book, Contact, contact.deputy)) is not None:
            link = f"<a href='record:{html.escape(deputy.key)}'>{html.escape(deputy.name)}</a>"
            yield f"<h2>{self.tr('Deputy')}</h2><p>{link}</p>"
        yield duty_html(contact, roster(self._desk.book), self._name, self._desk.now())
        if contact.languages:
            yield f"<h2>{self.tr('Languages')}</h2><p>{html.escape(', '.join(contact.languages))}</p>"
        if contact.tags:
            yield f"<h2>{self.tr('Tags')}</h2><p>{html.escape(', '.join(contact.tags))}</p>"
        if contact.notes:
            yield f"<h2>{self.tr('Notes')}</h2>{block(contact.notes)}"

    def _name(self, person: str | None) -> str:
        return name_from(self._desk.book, person)

    def _point(self, contact: Contact, point: ContactPoint) -> str:
        label = f" <span class='quiet'>{html.escape(point.label)}</span>" if point.label else ""
        notes = [word for word in (self._dial(contact, point), self._when(point), self._seen_by(point)) if word]
        below = f"<br><span class='quiet'>{html.escape(' · '.join(notes))}</span>" if notes else ""
        fault = fault_of(point, contact.country)
        if fault:
            below += f"<br><span class='warn'>{html.escape(fault)}</span>"
        kind = f"<span class='quiet'>{self._kind_word(point.kind)}</span>"
        cells = (kind, f"<b>{self._linked(contact, point)}</b>{label}{below}", self._proof(contact, point))
        return "<tr>" + "".join(f"<td class='cell'>{cell}</td>" for cell in cells) + "</tr>"

    def _linked(self, contact: Contact, point: ContactPoint) -> str:
        value = html.escape(point.value)
        if point.kind is PointKind.EMAIL:
            return f"<a href='mailto:{html.escape(quote(point.value, safe='@'))}'>{value}</a>"
        number = number_of(point.value, contact.country) if is_number(point) else None
        return f"<a href='{html.escape(number.uri)}'>{value}</a>" if number is not None else value

    def _dial(self, contact: Contact, point: ContactPoint) -> str:
        told = dialled(point, contact.country, self._desk.here)
        return self.tr("dial {0}").format(told) if told else ""

    def _when(self, point: ContactPoint) -> str:
        return self.tr("try it first {0}").format(point.hours) if point.hours else ""

    def _seen_by(self, point: ContactPoint) -> str:
        words = {Privacy.TEAM: self.tr("for the team, not printed"), Privacy.PRIVATE: self.tr("private, not printed")}
        return words.get(point.privacy, "")

    def _proof(self, contact: Contact, point: ContactPoint) -> str:
        today, weight = self._desk.now().date(), self._weight(contact)
        if not rings(point) and point.verified is None and not is_failed(point):
            return ""
        token = "warn" if is_stale(point, weight, today) else "quiet"
        said = html.escape(proof_words(point, weight, today))
        by = " ".join(word for word in (point.verified_how, point.verified_by) if word)
        how = f"<br>{html.escape(by)}" if by and point.verified is not None else ""
        return f"<span class='{token}'>{said}{how}</span>"

    def _weight(self, contact: Contact) -> Importance:
        return self._weights.get(contact.id, Importance.NOBODY)

    def _kind_word(self, kind: PointKind) -> str:
        return {
            PointKind.PHONE: self.tr("Phone"),
            PointKind.MOBILE: self.tr("Mobile"),
            PointKind.EMAIL: self.tr("E-mail"),
            PointKind.CHAT: self.tr("Chat"),
            PointKind.PAGER: self.tr("Pager"),
            PointKind.BRIDGE: self.tr("Bridge"),
        }[kind]
