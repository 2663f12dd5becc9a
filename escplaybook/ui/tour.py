"""Draws every page, light and dark, in two sizes, so that whoever changes one can look at it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk
from escplaybook.ui.theme import Choice, Theme
from escplaybook.ui.ticker import Clock, system_clock
from escplaybook.ui.window import MainWindow

SIZES = ((1100, 700), (1600, 1000))
PATIENCE = 10.0
"""Seconds after which a page is drawn as far as it has come."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its name and how to get there."""

    name: str
    go: Callable[[MainWindow], None]


def draw_pages(folder: Path, book: Path, *, state: str, clock: Clock = system_clock, search: str = "") -> list[Path]:
    """Draw every page of the book at `book` into `folder`, as `<page>-<state>-<look>-<size>.png`; returns the files.

    `state` goes into the names: “empty”, “full”. `search` is typed where something can be searched.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(["escplaybook"])
    folder.mkdir(parents=True, exist_ok=True)
    theme = Theme(app, Choice.LIGHT)
    drawn: list[Path] = []
    for choice in (Choice.LIGHT, Choice.DARK):
        theme.choose(choice)
        for size in SIZES:
            desk = Desk(Book.open(book), theme, clock=clock)
            desk.memory.forget("window")
            drawn += _draw(desk, size, _scenes(search), folder, f"{state}-{choice}-{size[0]}x{size[1]}")
            desk.close()
    return drawn


def _draw(desk: Desk, size: tuple[int, int], scenes: list[Scene], folder: Path, said: str) -> list[Path]:
    window = MainWindow(desk)
    window.resize(*size)
    window.show()
    drawn = []
    if not window.stage.is_on_pages():
        drawn.append(_grab(window, desk, folder / f"welcome-{said}.png"))
    for name in window.rooms.rooms:
        window.go_to_page(name)
        _settle(window, desk)
        window.page.panes()[0].setFocus()
        window.page.step(+1)
        drawn.append(_grab(window, desk, folder / f"{name}-{said}.png"))
    for scene in scenes:
        scene.go(window)
        drawn.append(_grab(window, desk, folder / f"{scene.name}-{said}.png"))
        window.palette_box.leave()
        window.stage.show_pages()
    window.close()
    window.deleteLater()
    return drawn


def _scenes(search: str) -> list[Scene]:
    return [
        Scene("audit-week", _week),
        Scene("knowledge-search", _Search(search).go),
        Scene("knowledge-history", _history),
        Scene("knowledge-edit", _edit),
        Scene("knowledge-print", _print),
        Scene("contacts-edit", _edit_contact),
        Scene("playbooks-chapter", _read_chapter),
        Scene("find-anything", _Palette(search).go),
        Scene("import", _import),
    ]


@dataclass(frozen=True, slots=True)
class _Search:
    text: str

    def go(self, window: MainWindow) -> None:
        window.go_to_page("knowledge")
        window.top.box.line.setText(self.text)
        window.page.search(self.text)
        _settle(window, None)
        window.page.step(0)


@dataclass(frozen=True, slots=True)
class _Palette:
    text: str

    def go(self, window: MainWindow) -> None:
        window.find_anything(self.text)


def _week(window: MainWindow) -> None:
    window.go_to_page("audit")
    window.page.week.setChecked(True)


def _history(window: MainWindow) -> None:
    window.go_to_page("knowledge")
    window.page.detail.show_history()


def _edit(window: MainWindow) -> None:
    window.go_to_page("knowledge")
    window.page.detail.edit()


def _edit_contact(window: MainWindow) -> None:
    window.page.step_out()
    window.go_to_page("contacts")
    window.page.detail.edit()


def _read_chapter(window: MainWindow) -> None:
    window.page.step_out()
    window.go_to_page("playbooks")
    window.page.open_chapter()


def _print(window: MainWindow) -> None:
    window.page.step_out()
    window.page.print_this()


def _import(window: MainWindow) -> None:
    window.page.step_out()
    window.stage.show_import()


def _grab(window: MainWindow, desk: Desk, target: Path) -> Path:
    _settle(window, desk)
    window.grab().save(str(target))
    return target


def _settle(window: MainWindow, desk: Desk | None) -> None:
    """Let searches and jobs come home; a page that takes too long is drawn as it is."""
    until = monotonic() + PATIENCE
    _turn(30)
    while monotonic() < until and (_is_searching(window) or (desk is not None and desk.jobs.are_running())):
        _turn(20)
    _turn(30)


def _is_searching(window: MainWindow) -> bool:
    finders = [window.palette_box.finder, *(p.finder for p in window.rooms.pages.values() if hasattr(p, "finder"))]
    return any(finder.is_asked for finder in finders)


def _turn(milliseconds: int) -> None:
    """One turn of the event loop; unlike QTest.qWait this lets the other threads have Python."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
