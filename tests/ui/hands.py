"""What every story on a page of the desktop needs: a window on that page, a second program, and records to put in."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListView

from escplaybook.domain.agreements import Agreement, AgreementKind
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.vendors import Entitlement, SeverityName, Vendor, VendorLevel
from escplaybook.services import editing
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.parts.record_table import RECORD
from escplaybook.ui.window import MainWindow
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}


def opened(desk: Desk, qtbot, page: str) -> MainWindow:
    """A window on that page."""
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.go(Place(page))
    return window


def stored(book: Book, *records: Any) -> list[Any]:
    """The records as the book keeps them, with their keys."""
    return [edit.after for edit in editing.apply(book, "Put in", *(Edit(None, one) for one in records), now=NOW)]


def elsewhere(path: Path, *edits: Edit) -> None:
    """Another program writes into the same book."""
    with Book.open(path) as other:
        editing.apply(other, "Elsewhere", *edits, now=NOW)


def vendor(name: str = "Tidewater Middleware", **fields: Any) -> Vendor:
    point = ContactPoint(PointKind.PHONE, "+49 30 23125 014", verified=NOW.date() - timedelta(days=120))
    usual = {
        "levels": (VendorLevel("Support line; ask for the P1 queue", (point,), timedelta(hours=1)),),
        "entitlements": (Entitlement("TM-4471-E", "Enterprise support"),),
        "severity_names": (SeverityName(Severity.S1, "P1"),),
        "systems": ("webhooks",),
        "zone": "Europe/Berlin",
        "hours": "Mon-Fri 08:00-20:00",
    }
    return Vendor(id=new_id(NOW), name=name, **(BORN | usual | fields))


def agreement(partner: Vendor, title: str = "Support contract", **fields: Any) -> Agreement:
    usual = {"kind": AgreementKind.SUPPORT, "signed": date(2025, 1, 1), "end": date(2028, 12, 31)}
    return Agreement(id=new_id(NOW), vendor=partner.id, title=title, **(BORN | usual | fields))


def blocker(title: str = "Orders stop", severity: Severity = Severity.S1, **fields: Any) -> Blocker:
    usual = {"observed": NOW - timedelta(minutes=10), "stage": "integration"}
    return Blocker(id=new_id(NOW), title=title, severity=severity, **(BORN | usual | fields))


def stand_on(view: QListView, row: int) -> Any:
    """Make a row current and give its list the keys; returns what is in the row."""
    index = view.model().index(row, 0)
    view.setFocus()
    view.setCurrentIndex(index)
    return index.data(RECORD)


def click_row(qtbot, view: QListView, row: int) -> None:
    """Click into a row, below any heading it carries."""
    box = view.visualRect(view.model().index(row, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 80, box.bottom() - 12))


def follow(view: Any, link: str) -> None:
    """Click a link in a text."""
    assert link in view.toHtml(), f"{link} is not in the text"
    view.anchorClicked.emit(link)


def heard(desk: Desk) -> list[str]:
    """Everything the message bar will say from now on."""
    said: list[str] = []
    desk.said.connect(lambda saying: said.append(saying.text))
    return said
