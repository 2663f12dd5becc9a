"""What an import tells, as lines of a list: probable doubles first, then what was refused, what to look at."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from escplaybook.domain.knowledge import Entry
from escplaybook.store.kinds import kind_of_key
from escplaybook.ui.parts.rows import Row

if TYPE_CHECKING:
    from escplaybook.services.importing import Likeness, Remark, Report


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: whom an item may double, what became of it, or what to look at."""

    id: str
    row: Row
    likeness: "Likeness | None" = None


class Lines(QObject):
    """Puts a report into words."""

    def of(self, report: "Report", same: Mapping[str, str]) -> list[Line]:
        """The lines; `same` are the answers given so far: by the source of an item a key, or nothing."""
        doubles = [self._double(likeness, same) for likeness in report.doubles]
        refused = [_line(f"r{at}", remark, self.tr("refused"), "bad") for at, remark in enumerate(report.refused)]
        warned = [_line(f"w{at}", remark, self.tr("to look at"), "warn") for at, remark in enumerate(report.warnings)]
        clashes = [
            Line(f"c{at}", Row(f"{clash.key}: {clash.field}", meta=((self.tr("changed on both sides"), "warn"),)))
            for at, clash in enumerate(report.conflicts)
        ]
        return [*doubles, *refused, *warned, *clashes]

    def _double(self, likeness: "Likeness", same: Mapping[str, str]) -> Line:
        told = self.tr("may be {0} “{1}”: {2}").format(likeness.like, likeness.name, likeness.reason)
        said = same.get(likeness.source)
        if kind_of_key(likeness.like).type is Entry:
            meta = (self.tr("probable double; comes in as one more known blocker"), "warn")
        elif said is None:
            meta = (self.tr("probable double; comes in as another person"), "warn")
        elif said == likeness.like:
            meta = (self.tr("the same person as {0}").format(likeness.like), "good")
        else:
            meta = (self.tr("another person") if not said else self.tr("not this one"), "good" if not said else "muted")
        return Line(
            f"{likeness.source} {likeness.like}", Row(likeness.source, None, html.escape(told), (meta,)), likeness
        )


def row_of(line: Line) -> Row:
    """What to paint."""
    return line.row


def spoken(line: Line) -> str:
    """What a screen reader says."""
    return ", ".join((line.row.title, html.unescape(line.row.snippet), *(words for words, _ in line.row.meta)))


def _line(line_id: str, remark: "Remark", word: str, token: str) -> Line:
    return Line(line_id, Row(remark.source, None, html.escape(remark.reason), ((word, token),)))
