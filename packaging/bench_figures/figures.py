"""What was measured, as a table and as JSON."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured figure. `raw` is the bare engine's in the same run; `met` is None where there is no goal."""

    what: str
    at: str
    goal: str
    measured: str
    raw: str = ""
    multiple: float | None = None
    met: bool | None = None


def table(figures: Sequence[Figure]) -> str:
    """The figures in columns, those that miss their goal marked."""
    head = ("figure", "at", "goal", "measured", "raw", "multiple", "")
    rows = [head, *(_cells(figure) for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def as_json(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """The figures as JSON can hold them."""
    return [asdict(figure) for figure in figures]


def milliseconds(work: Callable[[], object]) -> float:
    """How long the work takes once."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _cells(figure: Figure) -> tuple[str, ...]:
    multiple = "" if figure.multiple is None else f"{figure.multiple:.2f} ×"
    verdict = {True: "met", False: "MISSED", None: ""}[figure.met]
    return figure.what, figure.at, figure.goal, figure.measured, figure.raw, multiple, verdict
