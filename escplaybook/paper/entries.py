"""A known blocker on paper: what people see, how to confirm it, and the remedy as steps to tick off."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.classification import MARKS
from escplaybook.domain.confidence import confidence_of
from escplaybook.domain.knowledge import HEADINGS, TEXT_FIELDS, Entry, Step
from escplaybook.domain.uses import Use
from escplaybook.paper import flow
from escplaybook.paper.lines import BOLD, PLAIN, QUIET, Ink, Span
from escplaybook.paper.notes import Notes, Part
from escplaybook.paper.page import SMALL, PageSize, Sheet, Stamp, day, heading, masthead
from escplaybook.paper.pictures import pictures_of
from escplaybook.paper.rows import Box, Row
from escplaybook.paper.text import Block, Style, Text
from escplaybook.prose.entries import render

_FACTS = Style(8.5, 12, after=3)
_ACTION = Style(9.5, 13.5)
_ASIDE = Style(8.5, 12, before=1.5)
_NUMBER = Style(9.5, 13.5, align="right")
_NO_WORKAROUND = "None is known."


def entry_sheet(
    entry: Entry,
    stamp: Stamp,
    size: PageSize,
    notes: Sequence[Annotation] = (),
    uses: Sequence[Use] = (),
    pictures: Mapping[str, bytes] = {},
) -> Sheet:
    """The sheet of one known blocker, the notes in use beside their passages.

    Its `uses` say how far it could be trusted when it was printed; `pictures` are those of its texts by their hash.
    """
    noted = Notes(entry, notes, size)
    head = _head(entry, stamp, size, uses)
    return Sheet(
        title=f"{entry.key} {entry.title}".strip(),
        running=(entry.title, entry.key),
        blocks=(*head, *noted.beside(_body(entry, noted, size, pictures)), *noted.at_the_end(), *_end(entry)),
        stamp=stamp,
        size=size,
        language=entry.language,
    )


def _head(entry: Entry, stamp: Stamp, size: PageSize, uses: Sequence[Use]) -> list[Block]:
    kind = " · ".join(filter(None, (entry.key, "known blocker", "retired" if entry.retired else "")))
    mark = f"{MARKS[entry.severity]}\xa0{entry.severity}" if entry.severity else "severity not set"
    facts = " · ".join(_facets(entry))
    codes = ", ".join(entry.error_codes)
    below = [Text([(facts, PLAIN)], _FACTS)] if facts else []
    if codes:
        below.append(Text([("Error codes ", QUIET), (codes, PLAIN)], _FACTS))
    if entry.tags:
        below.append(Text([("Tags ", QUIET), (", ".join(entry.tags), PLAIN)], _FACTS))
    below.append(Text([(_confidence(entry, uses, stamp.printed), PLAIN)], _FACTS))
    return masthead((kind, QUIET), (mark, BOLD if entry.severity else QUIET), entry.title, below, size)


def _confidence(entry: Entry, uses: Sequence[Use], printed: datetime) -> str:
    """How far the remedy can be trusted, days said as dates: a sheet is read long after it was printed."""

    def on(instant: datetime) -> str:
        return f"on {day(instant.astimezone(printed.tzinfo).date())}"

    return confidence_of(entry, uses, printed, on).sentence


def _facets(entry: Entry) -> Iterator[str]:
    named = (
        ("stage", entry.stage),
        ("cause", entry.cause_class or ""),
        ("system", entry.system),
        ("data", entry.data_domain),
        ("vendor", entry.vendor),
    )
    yield from (f"{what}\xa0{value}" for what, value in named if value)


def _body(entry: Entry, notes: Notes, size: PageSize, pictures: Mapping[str, bytes]) -> Iterator[Part]:
    for name in TEXT_FIELDS:
        text: str = getattr(entry, name)
        steps = entry.steps if name == "remedy" else ()
        if text.strip() or steps or name == "workaround":
            yield list(heading(HEADINGS[name])), size.column, ()
            shown = text or _NO_WORKAROUND if name == "workaround" else text
            yield from _prose(shown, name, notes, pictures)
            yield from (_step(number, step, notes) for number, step in enumerate(steps, 1))
    for section in entry.rest:
        if section.heading or section.text.strip():
            yield list(heading(section.heading or "More")), size.column, ()
            yield from _prose(section.text, "rest", notes, pictures)


def _prose(markdown: str, field: str, notes: Notes, pictures: Mapping[str, bytes]) -> Iterator[Part]:
    width = notes.column(field)
    for nodes, numbers in notes.marking(field).blocks(render(markdown)):
        yield [*flow.blocks(nodes, width), *pictures_of(nodes, pictures)], width, numbers


def _step(number: int, step: Step, notes: Notes) -> Part:
    """A step with a box for the tick; what must hold before, what is to be seen after, and the way back."""
    numbers: list[str] = []

    def line(markdown: str) -> list[Span]:
        nodes, labels = notes.marking("steps").line(render(markdown))
        numbers.extend(labels)
        return flow.spans(nodes)

    action = Text(line(step.action), _ACTION)
    parts = (("Before", step.precondition), ("Expect", step.expected), ("Way back", step.rollback))
    asides = tuple(Text([(f"{name}: ", BOLD), *line(said)], _ASIDE) for name, said in parts if said.strip())
    cells = [(Box(9.5, above=2.2),), (Text([(str(number), Ink(tabular=True))], _NUMBER),)]
    width = notes.column("steps")
    row = Row([*cells, (action, *asides)], [12, 14, width - 46], above=4, below=5)
    return [row], width, tuple(numbers)


def _end(entry: Entry) -> Iterator[Block]:
    if entry.links:
        yield from heading("References")
        for link in entry.links:
            same = link.label == link.target or not link.label
            label = [] if same else [(f"{link.label}  ", PLAIN)]
            yield Text([*label, (link.target, PLAIN if same else QUIET)], _FACTS)
    source = " · ".join(_source(entry))
    if source:
        yield Text([(source, QUIET)], Style(SMALL.size, SMALL.leading, before=12))


def _source(entry: Entry) -> Iterator[str]:
    if entry.origin:
        came = " ".join(filter(None, (entry.origin.source, f"({entry.origin.uid})" if entry.origin.uid else "")))
        yield f"Source: {came}"
        if entry.origin.state:
            yield f"state there: {entry.origin.state}"
