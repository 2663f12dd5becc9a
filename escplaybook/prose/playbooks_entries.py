"""Known blockers in a playbook, with what mentors noted on them."""

from collections.abc import Iterator, Sequence

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.classification import MARKS
from escplaybook.domain.knowledge import HEADINGS, TEXT_FIELDS, Entry, Step
from escplaybook.prose.entries import first_words, render
from escplaybook.prose.html import Node, Nodes
from escplaybook.prose.shapes import callout, heading, listed, paragraph, quiet, record_link, strong

_SYMPTOM, _REMEDY = 400, 600
"""Characters of a symptom, and of a remedy without steps, in a list of several."""

_FIRST_STEPS = 3

Noted = tuple[Entry, Sequence[Annotation]]


def in_short(found: Sequence[Noted]) -> Nodes:
    """Each known blocker by its symptom and the beginning of its remedy, its notes below."""
    return tuple(node for entry, notes in found for node in _short(entry, notes))


def whole(entry: Entry, notes: Sequence[Annotation]) -> Nodes:
    """One known blocker with every part of it, the notes as boxes behind the part they are on."""
    nodes: list[Node | str] = [_title(entry)]
    for name in TEXT_FIELDS:
        text = getattr(entry, name)
        steps = entry.steps if name == "remedy" else ()
        if text.strip() or steps:
            nodes += [heading(HEADINGS[name], level=5), *render(text)]
            nodes += [_steps(steps)] if steps else []
            nodes += [_note(note) for note in notes if note.field == name or (steps and note.field == "steps")]
    for section in entry.rest:
        if section.text.strip():
            nodes += [heading(section.heading or "More", level=5), *render(section.text)]
    nodes += [_note(note) for note in notes if note.field == "rest"]
    return tuple(nodes)


def _short(entry: Entry, notes: Sequence[Annotation]) -> Iterator[Node]:
    yield _title(entry)
    if symptom := first_words(entry.symptoms or entry.summary, _SYMPTOM):
        yield paragraph(strong("What people see: "), symptom)
    if entry.steps:
        yield paragraph(strong("Remedy, first steps:"))
        yield _steps(entry.steps[:_FIRST_STEPS])
        if (more := len(entry.steps) - _FIRST_STEPS) > 0:
            yield paragraph(quiet(f"{more} more step{'' if more == 1 else 's'} in {entry.key}."))
    elif remedy := first_words(entry.remedy or entry.workaround, _REMEDY):
        yield paragraph(strong("Remedy: "), remedy)
    yield from (_note(note) for note in notes)


def _title(entry: Entry) -> Node:
    mark = [f"{MARKS[entry.severity]}\xa0{entry.severity}  "] if entry.severity else []
    return heading(*mark, record_link(entry.key, f"{entry.key} {entry.title}"))


def _steps(steps: Sequence[Step]) -> Node:
    return listed([tuple(_step(step)) for step in steps], numbered=True)


def _step(step: Step) -> Iterator[Node | str]:
    yield from _inline(step.action)
    for name, said in (("Before", step.precondition), ("Expect", step.expected), ("Way back", step.rollback)):
        if said.strip():
            yield from (Node("br"), quiet(f"{name}: "), *_inline(said))


def _inline(markdown: str) -> Nodes:
    """One line of Markdown without the paragraph around it."""
    nodes = render(markdown)
    if len(nodes) == 1 and isinstance(only := nodes[0], Node) and only.tag == "p":
        return only.children
    return nodes


def _note(note: Annotation) -> Node:
    said = " · ".join(filter(None, (note.kind.capitalize(), note.applies_when)))
    signed = f"{note.author}, {note.created:%-d %b %Y}"
    quote = " ".join(note.quote.split())
    about = quote if len(quote) <= 80 else f"{quote[:79].rstrip()}…"
    return callout(
        str(note.kind), paragraph(strong(said), quiet(f"  on “{about}”")), paragraph(note.text, " ", quiet(signed))
    )
