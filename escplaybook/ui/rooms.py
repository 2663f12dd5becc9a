"""Every page of the program: its place in the rail, the kinds of record it shows; made when it is first gone to."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.parts.rail_button import Stop


@dataclass(frozen=True, slots=True)
class Room:
    """One page: its stop in the rail, its class, the kinds of record it shows, each with its word.

    The class is named, not imported: ten pages would cost the start 150 ms, and only one is seen at first. A page that
    is reached from another one stands `under` it: it has no stop of its own, the other's is lit.
    """

    stop: Stop
    module: str
    page: str
    kinds: tuple[tuple[str, str], ...] = ()
    is_at_foot: bool = False
    under: str = ""

    def make(self, desk: Desk, parent: QWidget) -> Any:
        """The page."""
        return getattr(import_module(f"escplaybook.ui.{self.module}"), self.page)(desk, parent)


WITHIN = ("annotation", "use", "point-of-contact", "question", "reading-question")
"""Kinds without a page of their own: a note and a use open their known blocker, a question what it was asked at."""


class Rooms(QStackedWidget):
    """The pages, one of them in view. `built` carries the name of a page that has just been made."""

    built = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rooms = {room.stop.page: room for room in self._all()}
        self._page_of = {kind: name for name, room in self.rooms.items() for kind, _ in room.kinds}
        self.pages: dict[str, Any] = {}

    def _all(self) -> list[Room]:
        """Every page there is, in the order of the rail. A page is added here and nowhere else."""
        tr = self.tr
        cells = (
            ("cell", tr("Matrix cell")),
            ("right", tr("Decision right")),
            ("trigger", tr("Trigger")),
            ("level", tr("Level")),
            ("severity", tr("Severity")),
            ("sub-class", tr("Sub-class of causes")),
            ("blocker-definition", tr("Definition of a blocker")),
        )
        entry, blocker, contact = tr("Known blocker"), tr("Blocker"), tr("Contact")
        vendor, agreement = tr("Vendor"), tr("Agreement")
        return [
            Room(Stop("today", tr("Today"), "sun"), "today.page", "TodayPage"),
            Room(
                Stop("knowledge", tr("Knowledge"), "book-open"),
                "knowledge.page",
                "KnowledgePage",
                (("entry", entry), ("annotation", tr("Mentor’s note")), ("use", tr("Use"))),
            ),
            Room(Stop("matrix", tr("Matrix"), "grid-3x3"), "matrix.page", "MatrixPage", cells),
            Room(
                Stop("audit", tr("Audit of the matrix"), "shield-alert"),
                "audit.page",
                "AuditPage",
                (("waiver", tr("Waiver")),),
                under="matrix",
            ),
            Room(
                Stop("reviewing", tr("Weekly review of the matrix"), "list-checks"),
                "reviewing.page",
                "ReviewPage",
                (("matrix-review", tr("Weekly review")),),
                under="matrix",
            ),
            Room(Stop("gate", tr("Gate before a stage"), "circle-check"), "gate.page", "GatePage", under="matrix"),
            Room(
                Stop("deployments", tr("Deployments"), "map-pin"),
                "deployments.page",
                "DeploymentsPage",
                (
                    ("deployment", tr("Deployment")),
                    ("point-of-contact", tr("Single point of contact")),
                    ("question", tr("Question of outsiders")),
                ),
            ),
            Room(Stop("who", tr("Who do I call?"), "phone"), "who.page", "WhoPage"),
            Room(
                Stop("blockers", tr("Blockers"), "octagon-alert"),
                "blockers.page",
                "BlockersPage",
                (("blocker", blocker),),
            ),
            Room(
                Stop("keying", tr("Key in a paper form"), "list-checks"),
                "blockers.keying",
                "KeyingPage",
                under="blockers",
            ),
            Room(Stop("contacts", tr("Contacts"), "users"), "contacts.page", "ContactsPage", (("contact", contact),)),
            Room(
                Stop("contacts-table", tr("Contacts as a table"), "users"),
                "contacts.many",
                "ContactsTablePage",
                under="contacts",
            ),
            Room(
                Stop("duty", tr("Duty"), "calendar"),
                "duty.page",
                "DutyPage",
                (("absence", tr("Absence")), ("rotation", tr("Rotation"))),
            ),
            Room(Stop("vendors", tr("Vendors"), "building-2"), "vendors.page", "VendorsPage", (("vendor", vendor),)),
            Room(
                Stop("agreements", tr("Agreements"), "file-text"),
                "agreements.page",
                "AgreementsPage",
                (("agreement", agreement),),
            ),
            Room(
                Stop("playbooks", tr("Playbooks"), "notebook-text"),
                "playbooks.page",
                "PlaybooksPage",
                (("reading", tr("Reading of a playbook")), ("reading-question", tr("Question of a newcomer"))),
            ),
            Room(Stop("paper", tr("Paper"), "printer"), "paper.page", "PaperPage"),
            Room(
                Stop("editions", tr("Editions of the matrix"), "history"),
                "editions.page",
                "EditionsPage",
                (("edition", tr("Edition of the matrix")),),
                under="matrix",
            ),
            Room(
                Stop("rotating", tr("Plan a rotation of roles"), "users"),
                "rotating.page",
                "RotationPage",
                under="matrix",
            ),
            Room(
                Stop("doubles", tr("Probable doubles among contacts"), "copy"),
                "contacts.doubles",
                "DoubleContactsPage",
                under="contacts",
            ),
            Room(
                Stop("double-entries", tr("Probable doubles among known blockers"), "copy"),
                "knowledge.doubles",
                "DoubleEntriesPage",
                under="knowledge",
            ),
            Room(
                Stop("verifying", tr("Verification round"), "phone"),
                "verifying.page",
                "VerifyingPage",
                under="contacts",
            ),
            Room(Stop("settings", tr("Settings"), "settings"), "settings", "SettingsPage", is_at_foot=True),
        ]

    def kinds(self) -> dict[str, str]:
        """The kinds of record that can be gone to, each with the word for one of them."""
        paged = dict(kind for room in self.rooms.values() for kind in room.kinds)
        return paged | {"suggestion": self.tr("Suggestion")}  # shown at whatever it is about

    def name_of(self, place: Place) -> str:
        """The page of a place, which may name it by the kind of record it shows; empty if there is none."""
        name = self._page_of.get(place.page, place.page)
        return name if name in self.rooms else ""

    def kind_shown_on(self, name: str) -> str:
        """The kind of record that is open on a page; empty if it shows none, or several (the matrix)."""
        kinds = [kind for kind, _ in self.rooms[name].kinds if kind not in WITHIN]
        return kinds[0] if len(kinds) == 1 else ""

    def page(self, name: str) -> Any:
        """The page of that name, made now if nobody has been there yet."""
        if name not in self.pages:
            self.pages[name] = self.rooms[name].make(self._desk, self)
            self.addWidget(self.pages[name])
            self.built.emit(name)
        return self.pages[name]

    @property
    def current(self) -> Any:
        """The page in view."""
        return self.currentWidget()

    def current_name(self) -> str:
        """The name of the page in view."""
        return next(name for name, page in self.pages.items() if page is self.current)
