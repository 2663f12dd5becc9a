"""How soon the window can be used, and how much memory it takes, beside a bare Qt window: each in its own process."""

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from books import book_of
from figures import Figure

STARTS = 5
SMALL = 100


def measure(path: Path, size: int) -> Iterator[Figure]:
    """Start and memory with that book; the desktop is closed again at once."""
    bare, mine = [], []
    _child("window", path)  # the first start compiles the program's modules, as an installation does
    for _ in range(STARTS):  # in turn, so that both meet the same machine
        bare.append(_seconds("bare", path))
        mine.append(_seconds("window", path))
    raw, start = statistics.median(bare) * 1000, statistics.median(mine) * 1000
    yield Figure(
        "start to usable window",
        f"{size:,} entries",
        "bare Qt window + 200 ms",
        f"{start:.0f} ms",
        f"{raw:.0f} ms",
        start / raw,
        start <= raw + 200,
    )
    plain, small, large = _megabytes("bare", path), _megabytes("window", book_of(SMALL)), _megabytes("window", path)
    yield Figure(
        "memory with the book open and searched",
        f"{size:,} entries",
        f"≤ 1.1 × {SMALL} entries, ≤ 3 × bare",
        f"{large:.0f} MB ({large / small:.2f} × {SMALL} entries)",
        f"{plain:.0f} MB",
        large / plain,
        large <= 1.1 * small and large <= 3 * plain,
    )


def _seconds(what: str, path: Path) -> float:
    return float(_child(what, path).split()[0])


def _megabytes(what: str, path: Path) -> float:
    return float(_child(what, path).split()[1])


def _child(what: str, path: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "BENCH_STARTED": str(time.time()),
    }
    command = [sys.executable, __file__, what, str(path)]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def _open(what: str, path: Path) -> None:
    """In the child: opens a window and says how long that took since the parent began, and the memory in MB."""
    if what != "bare":
        gc.disable()  # as the program's start does
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    if what == "bare":
        window = QMainWindow()
        window.show()
    else:
        from escplaybook.ui.main import Desktop

        desktop = Desktop(app)
        desktop.open(path)
    for _ in range(3):  # shown, laid out, painted
        app.processEvents()
    seconds = time.time() - float(os.environ["BENCH_STARTED"])
    if what != "bare":
        _search(path)
        app.processEvents()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]
    print(f"{seconds:.4f} {int(resident) / 1024:.1f}", flush=True)
    os._exit(0)  # how soon it closes is not measured


def _search(path: Path) -> None:
    from escplaybook.search.find import find
    from escplaybook.store.book import Book

    with Book.open(path, read_only=True) as book:
        for text in ("login tok", "certificate expired", "paymnet timeout", "order"):
            find(book, text, typing=True)
            find(book, text)


if __name__ == "__main__":
    _open(sys.argv[1], Path(sys.argv[2]))
