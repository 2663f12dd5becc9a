"""A planned rotation in words: the table of terms, who cannot take which seat, and what hangs on whom."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.programme import Programme
from escplaybook.domain.role_rotation import Load, Plan, Seat, Term
from escplaybook.ui.parts.record_table import Column
from escplaybook.ui.times import short_day


@dataclass(frozen=True, slots=True)
class Row:
    """A term as a row of the table, with the names of those on its seats."""

    term: Term
    names: tuple[str, ...]
    away: str

    @property
    def id(self) -> str:
        """The day on which it begins."""
        return self.term.start.isoformat()


def rows_of(plan: Plan, found: Programme) -> list[Row]:
    """The terms, the earliest first."""
    return [
        Row(
            term,
            tuple(name_of(one, found) for one in term.people),
            ", ".join(name_of(one, found) for one in term.away),
        )
        for term in plan.terms
    ]


def columns_of(plan: Plan, found: Programme) -> list[Column[Row]]:
    """When a term begins, a column for each seat, and who is passed over if anybody is."""
    columns: list[Column[Row]] = [Column(_tr("From"), lambda row: short_day(row.term.start))]
    columns += [_column(seat, number, found) for number, seat in enumerate(plan.seats)]
    if any(term.away for term in plan.terms):
        columns.append(Column(_tr("Passed over, away"), lambda row: row.away))
    return columns


def plan_html(plan: Plan, found: Programme) -> str:
    """What the seats are, who cannot take which, and what hangs on whom before and after."""
    seats = "".join(f"<li>{_seat(seat, found)}</li>" for seat in plan.seats)
    parts = [f"<p class='bad'>{html.escape(words)}</p>" for words in _in_vain(plan)]
    parts.append(f"<h2>{_tr('The seats')}</h2><ul>{seats}</ul>")
    if plan.barred:
        told = _tr("{0} cannot take the seat of {1}: {2}")
        barred = (told.format(name_of(one.person, found), one.seat.name, one.why) for one in plan.barred)
        items = "".join(f"<li>{html.escape(words)}</li>" for words in barred)
        parts.append(f"<h2>{_tr('Who cannot take which seat')}</h2><ul>{items}</ul>")
    parts.append(f"<h2>{_tr('Cells that hang on one person')}</h2>{_loads(plan.loads, found)}<p class='gap'></p>")
    told = _tr(
        "Each term becomes a draft of the matrix as it stands now, with other people on the seats. It holds once "
        "engineering and business have signed it and it is published."
    )
    parts.append(f"<p class='quiet'>{told}</p>")
    return "".join(parts)


def name_of(contact: str | None, found: Programme) -> str:
    """The name of whoever sits there."""
    return _tr("nobody") if contact is None else found.contacts[contact].name


def _in_vain(plan: Plan) -> list[str]:
    """Why no drafts can be made of the plan; nothing if they can."""
    told = _tr("From {0} nobody can take the seat of {1}: name one more person.")
    if plan.empty:
        return [told.format(short_day(term.start), seat.name) for term, seat in plan.empty]
    return [_tr("Everybody would keep their seat: name other people.")] if plan.is_standstill else []


def _column(seat: Seat, number: int, found: Programme) -> Column[Row]:
    held = _tr("{0} now").format(name_of(seat.holder, found))
    return Column(f"{seat.name}\n{held}", lambda row: row.names[number])


def _seat(seat: Seat, found: Programme) -> str:
    owned, backed = len(seat.owned), len(seat.backed)
    told = [_tr("owns 1 cell") if owned == 1 else _tr("owns {0} cells").format(owned)] if owned else []
    told += [_tr("backs up 1 cell") if backed == 1 else _tr("backs up {0} cells").format(backed)] if backed else []
    name = html.escape(seat.name)
    held = html.escape(_tr("{0} now").format(name_of(seat.holder, found)))
    return f"{name} <span class='quiet'>· {held} · {html.escape(', '.join(told))}</span>"


def _loads(loads: Sequence[Load], found: Programme) -> str:
    heads = (_tr("Person"), _tr("The only name on"), _tr("Named on"), "")
    head = "".join(f"<th align='left'>{one}&nbsp;&nbsp;&nbsp;</th>" for one in heads)
    rows = "".join(
        f"<tr><td>{html.escape(name_of(one.person, found))}&nbsp;&nbsp;&nbsp;</td><td>{_pair(one.only)}</td>"
        f"<td>{_pair(one.named)}</td><td class='warn'>{_too_many(one)}</td></tr>"
        for one in loads
    )
    return f"<table cellspacing='0' cellpadding='3'><tr>{head}</tr>{rows}</table>"


def _pair(pair: tuple[int, int]) -> str:
    before, after = pair
    told = _tr("{0} cells").format(before) if before == after else _tr("{0}, then up to {1}").format(before, after)
    return html.escape(told)


def _too_many(load: Load) -> str:
    words = {
        (False, False): "",
        (True, False): _tr("too many now, no longer then"),
        (False, True): _tr("too many then"),
        (True, True): _tr("too many, now and then"),
    }
    return words[load.is_too_many]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Rotation of roles", text)
