"""What stands beside the first boxes of a form: whom to call first, and how often an update is promised."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from escplaybook.domain.classification import MARKS, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.durations import format_span
from escplaybook.domain.matrix import Cell, Level, SeverityDefinition
from escplaybook.domain.overview import number_on_paper
from escplaybook.domain.verification import Importance, Importances
from escplaybook.paper.lines import BOLD, PLAIN, QUIET
from escplaybook.paper.page import Stamp
from escplaybook.paper.proofs import proof, written
from escplaybook.paper.rows import Rule
from escplaybook.paper.text import Block, Style, Text

_HEAD = Style(8.5, 12, after=2, align="left")
_NAME = Style(9.5, 12.5, before=5, align="left")
_NUMBER = Style(11, 14, align="left")
_LESS = Style(8, 11, align="left")
_WHOLE = 300
"""Characters of what a severity says about its channels; the rest is on the screen."""


def first_rung(
    severity: Severity,
    level: Level | None,
    cells: Sequence[Cell],
    people: Mapping[str, Contact],
    weights: Importances,
    channels: str,
    stamp: Stamp,
) -> list[Block]:
    """The first level with its owners and backups and how soon they answer; `channels` say where people meet."""
    blocks: list[Block] = [
        Rule(1.2, after=3),
        Text([("Call first at ", QUIET), (f"{MARKS[severity]}\xa0{severity}", PLAIN)], _HEAD),
    ]
    if level is None:
        return [*blocks, Text([("The matrix names nobody here yet.", BOLD)], _LESS)]
    blocks.append(Text([(f"{level.rank} · {level.name}", BOLD)], _NAME))
    named = dict[tuple[str, str], None]()
    for cell in cells:
        causes = f", {cell.cause_class}\xa0causes" if cell.cause_class is not None and len(cells) > 1 else ""
        for role, one in (("owner", cell.owner), ("backup", cell.backup)):
            person = people.get(one or "")
            if person is None:
                blocks.append(Text([(f"No {role}{causes}", BOLD)], _NAME))
            elif (person.id, role) not in named:
                named[person.id, role] = None
                blocks += _person(person, f"{role}{causes}", weights.get(person.id, Importance.NOBODY), stamp)
    blocks += [Text([(words, PLAIN)], Style(8, 11, before=5)) for words in _targets(cells)]
    if channels.strip():
        line = " ".join(channels.split())
        shown = line if len(line) <= _WHOLE else f"{line[: _WHOLE - 1]}…"
        blocks += [Text([("Where people meet", QUIET)], Style(8, 11, before=6)), Text([(shown, PLAIN)], _LESS)]
    return blocks


def cadences(definitions: Iterable[SeverityDefinition]) -> list[Block]:
    """How often each severity promises an update."""
    listed = sorted((one for one in definitions if one.cadence), key=lambda one: one.severity)
    if not listed:
        return []
    blocks: list[Block] = [Rule(1.2, after=3), Text([("Promised while it lasts", QUIET)], _HEAD)]
    for one in listed:
        mark = f"{MARKS[one.severity]}\xa0{one.severity}"
        every = f"  every {format_span(one.cadence)}" if one.cadence else ""
        blocks.append(Text([(mark, BOLD), (every, PLAIN)], _NAME))
    return blocks


def _person(person: Contact, role: str, importance: Importance, stamp: Stamp) -> Iterator[Text]:
    name = person.name if len(person.name) <= _WHOLE else f"{person.name[: _WHOLE - 1]}…"
    yield Text([(name, BOLD), (f"  {role}", QUIET._replace(scale=0.85))], _NAME)
    point = number_on_paper(person)
    if point is None:
        yield Text([("no number for paper", QUIET)], _LESS)
        return
    yield Text([written(point)], _NUMBER)
    yield Text([proof(point, importance, stamp.printed.date())], _LESS)


def _targets(cells: Sequence[Cell]) -> list[str]:
    """How soon they take it and act, said once if it is the same for all causes."""
    told = dict[str, None]()
    for cell in cells:
        spans = ((cell.acknowledge, "takes it within"), (cell.act, "acts within"))
        words = ", ".join(f"{word} {format_span(span)}" for span, word in spans if span)
        if words:
            told[words[0].upper() + words[1:] + "."] = None
    return list(told)
