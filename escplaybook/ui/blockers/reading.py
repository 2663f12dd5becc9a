"""A blocker to read: how long it has stood, who is to answer by when, what looks like it, and its intake."""

import html
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from escplaybook.domain.absences import Absence
from escplaybook.domain.blockers import INTAKE, Blocker, BlockerState, Reference
from escplaybook.domain.causes import SubClass, cause_words, sub_class_called
from escplaybook.domain.contacts import Contact
from escplaybook.domain.dues import blocker_firings, blocker_ladder
from escplaybook.domain.editions import Edition
from escplaybook.domain.impact import thresholds_of
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.living_matrix import edition_of, newer_edition, pinned
from escplaybook.domain.matrix import Cell, Level
from escplaybook.domain.programme import Programme
from escplaybook.domain.rotations import Rotation
from escplaybook.domain.routing import Rung
from escplaybook.domain.stakes import stake_of
from escplaybook.domain.triggers import Trigger
from escplaybook.domain.uses import Outcome
from escplaybook.domain.vendors import who_answers_for
from escplaybook.store import records
from escplaybook.store.programme import programme
from escplaybook.ui.agreements.told import protection_html
from escplaybook.ui.blockers.asking import AskResolution, AskTaker
from escplaybook.ui.blockers.measured import ESCALATED, facts_html, impact_html, set_off_html
from escplaybook.ui.blockers.measuring import AskFact
from escplaybook.ui.blockers.similar import Similar
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.parts.speakers import question_html, speakers_html
from escplaybook.ui.parts.stakes import stake_html
from escplaybook.ui.times import exact, said

EDITION = "edition"
"""The scheme of the links that say by which edition of the matrix to go on."""

ANSWERED_BY = frozenset((Edition, Cell, Level, Trigger, SubClass, Contact, Absence, Rotation))
"""The kinds of record that a blocker's page tells of besides the blocker."""

USE, DROP = "use", "drop"
"""The schemes of the links that say a known blocker is the one met here, or is not."""


class BlockerReading(RecordReading):
    """Shows one blocker; besides what every record offers it can be taken and resolved. It is mended, not retired.

    `taken` carries who takes it, as the field has it; `resolved` what ended it, the id of the known blocker that
    was used and with what outcome; `used` the key of the known blocker met here, empty for none; `measured` what was
    seen, how much and since when; `escalated` the level it went to; `edition_wanted` the key of the edition to work by.
    """

    taken = Signal(object)
    resolved = Signal(str, object, object)
    used = Signal(str)
    measured = Signal(str, str, object)
    escalated = Signal(int)
    edition_wanted = Signal(str)
    call_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._similar: tuple[Similar, ...] = ()
        self._programme: Programme | None = None
        super().__init__(desk, parent)
        self.text.setAccessibleName(self.tr("The blocker"))
        desk.ticker.minute.connect(self.tell_text)
        desk.bridge.changed.connect(self._follow_matrix)
        self.text.anchorClicked.connect(self._follow)
        self.retire.hide()

    def buttons(self) -> list[QPushButton]:
        self.acknowledge = self.button(self.tr("Take it …"), "check")
        self.call = self.button(self.tr("Who do I call?"), "phone")
        self.resolve = self.button(self.tr("Resolve …"), "circle-check")
        self.acknowledge.clicked.connect(self._ask_taker)
        self.call.clicked.connect(self.call_wanted)
        self.measure = self.button(self.tr("Measured …"), "target")
        self.resolve.clicked.connect(self._ask_resolution)
        self.measure.clicked.connect(self._ask_fact)
        return [self.acknowledge, self.resolve, self.call, self.measure, self.edit, self.history]

    def below_actions(self) -> list[QWidget]:
        self.taker, self.ending = AskTaker(self._desk, self), AskResolution(self._desk, self)
        self.taker.done.connect(self._took)
        self.ending.done.connect(self._ended)
        self.measuring = AskFact(self._desk, self)
        self.measuring.done.connect(self._measured)
        bars: list[QWidget] = [self.taker, self.ending, self.measuring]
        for bar in (self.taker, self.ending, self.measuring):
            bar.left.connect(self.text.setFocus)
        return bars

    def show_record(self, record: Blocker, words: Sequence[str] = ()) -> None:
        """Show a blocker as it stands now."""
        self._programme = programme(self._desk.book)
        if self.record is None or self.record.id != record.id:
            self._similar = ()
            self.ending.resolution.clear()
            self.measuring.clear()
            self.leave_asking()
        super().show_record(record, words)
        can_write, state = not self._desk.book.read_only, record.state
        self.acknowledge.setVisible(can_write and state is BlockerState.RAISED)
        self.measure.setVisible(can_write)
        self.resolve.setVisible(can_write and state is not BlockerState.RESOLVED)
        self._set_primary(self.acknowledge, is_primary=state is BlockerState.RAISED)
        self._set_primary(self.resolve, is_primary=state is BlockerState.ACKNOWLEDGED)
        self.retire.hide()

    def _follow_matrix(self, kinds: frozenset[type[Any]]) -> None:
        """Tell anew who is to answer once an edition, a cell or a person changed; a changed blocker comes by itself."""
        if self.record is not None and kinds & ANSWERED_BY and Blocker not in kinds:
            self.show_record(self.record)

    def show_similar(self, similar: Sequence[Similar]) -> None:
        """Show the known blockers that look like the one that is open."""
        self._similar = tuple(similar)
        if self.record is not None:
            self.text.refresh_html(self.whole_html(self.record))

    def leave_asking(self) -> bool:
        """Close what is asked before taking, resolving or measuring; tells whether anything was."""
        return self.taker.leave() or self.ending.leave() or self.measuring.leave()  # one at a time is open

    def tell_facts(self, record: Blocker) -> None:
        cause = cause_words(record.cause_class, record.sub_class)
        facts = (record.stage.capitalize(), record.system, record.data_domain, cause)
        by = edition_of(self._programme, record) if self._programme is not None else None
        edition = self.tr("by edition {0}").format(by.number) if by is not None else ""
        self.facts.tell(record.severity, record.key, self._deployment(record), *facts, edition)

    def title_of(self, record: Blocker) -> str:
        return record.title

    def standing_of(self, record: Blocker) -> tuple[str, str]:
        now = self._desk.now()
        seen = self.tr("seen {0}").format(said(record.observed, now))
        if record.resolved is not None:
            return "good", self.tr("Resolved {0}, {1}").format(said(record.resolved, now), seen)
        if record.acknowledged is not None:
            taken, by = said(record.acknowledged, now), self._contact(record.acknowledged_by)
            if not by:
                return "small", self.tr("Taken {0}, {1}").format(taken, seen)
            return "small", self.tr("Taken {0} by {1}, {2}").format(taken, by, seen)
        return self._not_taken(record, seen, now)

    def html_of(self, record: Blocker) -> str:
        return "".join(self._parts(record))

    def _not_taken(self, blocker: Blocker, seen: str, now: datetime) -> tuple[str, str]:
        rung = self._reached(blocker, now)
        if rung is None or rung.answers is None:
            return "bad", self.tr("Not taken yet, {0}; the matrix names nobody to answer").format(seen)
        who = self.tr("Not taken yet, {0}; {1} ({2}) is to answer").format(seen, rung.answers.name, rung.level.name)
        if rung.acknowledge_by is None:
            return "warn", who
        if rung.acknowledge_by <= now:
            late = self.tr("Not taken yet, {0}; {1} ({2}) was to answer {3}")
            return "bad", late.format(seen, rung.answers.name, rung.level.name, said(rung.acknowledge_by, now))
        return "warn", f"{who} {said(rung.acknowledge_by, now)}"

    def _reached(self, blocker: Blocker, now: datetime) -> Rung | None:
        """The highest level whose clock has started and where somebody answers."""
        assert self._programme is not None
        reached = [rung for rung in blocker_ladder(self._programme, blocker) if rung.starts <= now and rung.answers]
        return reached[-1] if reached else None

    def _contact(self, contact_id: str | None) -> str:
        person = self._programme.contacts.get(contact_id or "") if self._programme is not None else None
        return person.name if person is not None else ""

    def _deployment(self, blocker: Blocker) -> str:
        found = self._programme.deployments if self._programme is not None else ()
        return next((one.name for one in found if one.id == blocker.deployment), "")

    def _parts(self, blocker: Blocker) -> Iterator[str]:
        is_over = blocker.state is BlockerState.RESOLVED
        sections = (
            (self.tr("Milestone at risk"), blocker.milestone),
            (self.tr("Context"), blocker.context),
            (self.tr("Dependencies"), blocker.dependencies),
            (self.tr("Possible workarounds"), blocker.options),
            (self.tr("Risk"), blocker.risk),
        )
        if blocker.resolution:
            yield f"<h2>{self.tr('What ended it')}</h2>{block(blocker.resolution)}"
        yield self._newer_edition(blocker)
        yield self._set_off(blocker)
        yield from self._stake(blocker, is_over=is_over)
        yield from self._known(blocker, is_over=is_over)
        yield self._dealt_with(blocker, is_over=is_over)
        yield from self._outsiders(blocker, is_over=is_over)
        yield impact_html(blocker, thresholds_of(self._programme.severities if self._programme is not None else ()))
        for heading, text in sections:
            if text:
                yield f"<h2>{heading}</h2>{block(text)}"
        missing = [
            heading for name, (heading, _) in zip(INTAKE, sections[1:], strict=True) if not getattr(blocker, name)
        ]
        if missing and not is_over:
            told = self.tr("Still missing: {0}").format(", ".join(missing))
            yield f"<h2>{self.tr('What it must carry')}</h2><p class='warn'>{told}</p>"
        yield from self._protection(blocker, is_over=is_over)
        if blocker.references:
            yield f"<h2>{self.tr('Tickets')}</h2>{''.join(map(_ticket, blocker.references))}"
        yield facts_html(blocker, self._desk.now())
        yield f"<h2>{self.tr('Course')}</h2>{self._course(blocker)}"

    def _set_off(self, blocker: Blocker) -> str:
        """What the triggers in force make due, by what is known at this minute."""
        found, now = self._programme, self._desk.now()
        if found is None:
            return ""
        can_write = not self._desk.book.read_only and blocker.state is not BlockerState.RESOLVED
        levels = pinned(found, blocker).levels
        return set_off_html(blocker_firings(found, blocker, now), levels, now, can_write=can_write)

    def _newer_edition(self, blocker: Blocker) -> str:
        """That another edition holds by now, and the step that goes on by it."""
        found, now = self._programme, self._desk.now()
        newer = newer_edition(found, blocker, now) if found is not None else None
        if found is None or newer is None or newer.effective is None:
            return ""
        by = edition_of(found, blocker)
        since = said(newer.effective, now)
        holds = self.tr("Edition {0} of the matrix came into force {1}").format(newer.number, since)
        if by is None:
            words = self.tr("{0}; this blocker goes by the matrix as it stands.").format(holds)
        else:
            words = self.tr("{0}; this blocker is still answered by edition {1}.").format(holds, by.number)
        act = _act(EDITION, newer.key, self.tr("Work by edition {0}").format(newer.number))
        can_write = not self._desk.book.read_only
        return f"<p class='warn'>{html.escape(words)}{f' {act}' if can_write else ''}</p>"

    def _stake(self, blocker: Blocker, *, is_over: bool) -> Iterator[str]:
        now = self._desk.now()
        found = self._programme.deployments if self._programme is not None else ()
        if (stake := stake_of(blocker, found, now)) is not None:
            yield f"<h2>{self.tr('At stake')}</h2>{stake_html(stake, now, is_over=is_over)}"

    def _outsiders(self, blocker: Blocker, *, is_over: bool) -> Iterator[str]:
        """Who alone talks to them while it stands, and what they asked about it."""
        found, now = self._programme, self._desk.now()
        if found is None:
            return
        deployment = next((one for one in found.deployments if one.id == blocker.deployment), None)
        if deployment is not None and not is_over:
            yield f"<h2>{self.tr('Outsiders talk to')}</h2>{speakers_html(found, deployment, now)}"
        asked = [one for one in found.questions if one.blocker == blocker.id and one.retired is None]
        if asked:
            yield f"<h2>{self.tr('Asked by outsiders')}</h2>{''.join(question_html(one, now) for one in asked)}"

    def _dealt_with(self, blocker: Blocker, *, is_over: bool) -> str:
        """With whom one deals about a cause of this sub-class, as the matrix says it."""
        found = self._programme
        if found is None or is_over:
            return ""
        described = sub_class_called(found.sub_classes, blocker.cause_class, blocker.sub_class)
        if described is None or not described.counterpart:
            return ""
        cause = html.escape(cause_words(blocker.cause_class, blocker.sub_class))
        told = f"{html.escape(described.counterpart)} <span class='quiet'>{cause}</span>"
        return f"<h2>{self.tr('One deals with')}</h2><p>{told}</p>"

    def _protection(self, blocker: Blocker, *, is_over: bool) -> Iterator[str]:
        """What is agreed with the vendor of the system, while there is something to decide."""
        found = self._programme
        vendor = who_answers_for(blocker.system, found.vendors) if found is not None and not is_over else None
        if found is not None and vendor is not None:
            heading = self.tr("{0}: what protects you").format(html.escape(vendor.name))
            yield f"<h2>{heading}</h2>{protection_html(found.agreements, vendor, self._desk.now())}"

    def _known(self, blocker: Blocker, *, is_over: bool) -> Iterator[str]:
        used = self._used(blocker)
        can_write = not self._desk.book.read_only and not is_over
        if used is not None:
            act = _act(DROP, used.key, self.tr("Not this one")) if can_write else ""
            yield f"<h2>{self.tr('Known blocker used')}</h2>{_line(used, act)}"
        elif self._similar and not is_over:
            word = self.tr("Use this one")
            lines = (_line(one, _act(USE, one.key, word) if can_write else "") for one in self._similar)
            yield f"<h2>{self.tr('Known already?')}</h2>{''.join(lines)}"

    def _used(self, blocker: Blocker) -> Similar | None:
        entry = records.find(self._desk.book, Entry, blocker.entry) if blocker.entry else None
        return Similar(entry.id, entry.key, entry.title) if entry is not None else None

    def _course(self, blocker: Blocker) -> str:
        by = self._contact(blocker.acknowledged_by)
        steps = (
            (self.tr("Seen"), blocker.observed, ""),
            (self.tr("First level told"), blocker.notified, ""),
            (self.tr("Severity, place or impact changed"), blocker.classified, ""),
            (self.tr("Taken"), blocker.acknowledged, by),
            (self.tr("Resolved"), blocker.resolved, ""),
        )
        rows = "".join(
            f"<tr><td class='cell'><span class='quiet'>{word}</span></td>"
            f"<td class='cell'>{exact(at)}</td><td>{html.escape(who)}</td></tr>"
            for word, at, who in steps
            if at is not None
        )
        return f"<table cellspacing='0' cellpadding='2'>{rows}</table>"

    def _ask_taker(self) -> None:
        found = self._programme
        if self.record is None or found is None:
            return
        self.leave_asking()
        rung = self._reached(self.record, self._desk.now())
        people = [person for person in found.contacts.values() if person.retired is None]
        self.taker.open(people, rung.answers if rung is not None else None)

    def _ask_resolution(self) -> None:
        if self.record is not None:
            self.leave_asking()
            self.ending.open(self._used(self.record), self._similar)

    def _ask_fact(self) -> None:
        if self.record is not None and self._programme is not None:
            self.leave_asking()
            self.measuring.open(self.record, pinned(self._programme, self.record).triggers)

    def _measured(self) -> None:
        self.measured.emit(*self.measuring.fact())

    def _took(self) -> None:
        self.taken.emit(self.taker.person.value())

    def _ended(self) -> None:
        outcome = Outcome(self.ending.outcome.value())
        self.resolved.emit(self.ending.resolution.value(), self.ending.entry.value(), outcome)

    def people(self) -> dict[str, Contact]:
        """The contacts of the book, by id."""
        return dict(self._programme.contacts) if self._programme is not None else {}

    def _follow(self, link: QUrl) -> None:
        if link.scheme() in (USE, DROP):
            self.used.emit(link.path() if link.scheme() == USE else "")
        elif link.scheme() == EDITION:
            self.edition_wanted.emit(link.path())
        elif link.scheme() == ESCALATED and link.path().isdecimal():
            self.escalated.emit(int(link.path()))

    def _set_primary(self, button: QPushButton, *, is_primary: bool) -> None:
        if (button.property("kind") == "primary") != is_primary:
            button.setProperty("kind", "primary" if is_primary else "")
            dress(button, str(button.property("iconName")), self._desk.theme, "on_accent" if is_primary else "text")
            button.style().unpolish(button)
            button.style().polish(button)


def _line(one: Similar, act: str) -> str:
    link = f"<a href='record:{html.escape(one.key)}'>{html.escape(one.key)}</a>"
    return f"<p>{link} {html.escape(one.title)}{f' · {act}' if act else ''}</p>"


def _act(scheme: str, key: str, word: str) -> str:
    return f"<a href='{scheme}:{html.escape(key)}'>{word.replace(' ', '&nbsp;')}</a>"


def _ticket(item: Reference) -> str:
    name = html.escape(f"{item.system} {item.key}".strip())
    if item.url.startswith(("https://", "http://")):
        name = f"<a href='{html.escape(item.url, quote=True)}'>{name}</a>"
    return f"<p>{name}{f' · {html.escape(item.relation)}' if item.relation else ''}</p>"
