"""Whatever allocates in the pool, Qt's objects that nobody holds any more die in the window's thread."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject


class Ring(QObject):
    """A widget that knows itself, as pages know their parts and parts their page."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def test_a_ring_left_behind_dies_in_the_windows_thread_however_much_the_pool_allocates(desk, qtbot):
    died: list[bool] = []

    def note() -> None:
        died.append(threading.current_thread() is threading.main_thread())

    def work(_book, _job):
        weakref.finalize(threading.Event(), note)  # the way to notice works in the pool
        return [[[]] for _ in range(200_000)]  # enough for Python to collect a hundred times

    gc.collect()
    weakref.finalize(Ring(), note)
    with qtbot.waitSignal(desk.jobs.start("Allocating", work).finished):
        pass
    assert died == [False]
    gc.collect()
    assert died == [False, True]


def test_rings_are_collected_while_the_window_stands_and_again_by_python_afterwards(desk, qtbot):
    assert not gc.isenabled()
    gone = weakref.ref(Ring())
    held = [[] for _ in range(2_000)]  # more than the youngest generation may grow to
    qtbot.waitUntil(lambda: gone() is None)
    assert len(held) == 2_000
    desk.close()
    assert gc.isenabled()
