"""An entry as the text to read: its fields under their headings, remedy steps numbered, searched words marked."""

import html
import itertools
from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.knowledge import HEADINGS, TEXT_FIELDS, Entry, Link, Step

IsHit = Callable[[str], bool]

SHOWN = 150_000
"""Characters of one text that are laid out to be read, some thirty pages; Qt takes a second for two million."""


def html_of(entry: Entry, is_hit: IsHit | None = None, notes: Mapping[str, str] | None = None) -> str:
    """The whole entry but its title and facts, as HTML for the reading pane.

    `is_hit` tells which words to mark; `notes` are HTML to stand below a field, by its name.
    """
    return "".join(_parts(entry, is_hit, notes or {}))


def anchor_name(field: str, number: int) -> str:
    """What the place is called at which that part of a field begins."""
    return f"{field}.{number}"


def _parts(entry: Entry, is_hit: IsHit | None, notes: Mapping[str, str]) -> Iterator[str]:
    for field in TEXT_FIELDS:
        text = getattr(entry, field)
        steps = entry.steps if field == "remedy" else ()
        if text or steps:
            yield f"<h2>{html.escape(HEADINGS[field])}</h2>"
            yield _begin(field, 0) + block(text, is_hit) if text else ""
            yield _steps(steps, is_hit)
            yield notes.get(field, "") + (notes.get("steps", "") if field == "remedy" else "")
    numbers = itertools.count()
    for section in entry.rest:
        yield f"<h2>{html.escape(section.heading)}</h2>" if section.heading else ""
        yield _begin("rest", next(numbers)) + block(section.text, is_hit) if section.text else ""
    yield notes.get("rest", "")
    if entry.links:
        yield f"<h2>{_tr('Links')}</h2>" + "".join(map(_link, entry.links))


def _begin(field: str, number: int) -> str:
    """The name of the place where a part of the entry begins, by which its passages are found in the document."""
    return f"<a name='{anchor_name(field, number)}'></a>"


def _steps(steps: tuple[Step, ...], is_hit: IsHit | None) -> str:
    if not steps:
        return ""
    numbers = itertools.count()
    return f"<ol>{''.join(_step(step, is_hit, numbers) for step in steps)}</ol>"


def _step(step: Step, is_hit: IsHit | None, numbers: Iterator[int]) -> str:
    said = [_begin("steps", next(numbers)) + _inline(step.action, is_hit)] if step.action else [""]
    for word, text in (
        (_tr("Needs:"), step.precondition),
        (_tr("Expect:"), step.expected),
        (_tr("Roll back:"), step.rollback),
    ):
        if text:
            said.append(f"<span class='quiet'>{word} {_begin('steps', next(numbers))}{_inline(text, is_hit)}</span>")
    return f"<li>{'<br>'.join(said)}</li>"


def _link(link: Link) -> str:
    target = html.escape(link.target, quote=True)
    label = html.escape(link.label or link.target)
    if not link.target.lower().startswith(("http://", "https://", "mailto:")):
        return f"<p>{label} <span class='quiet'>{target}</span></p>" if link.label else f"<p>{label}</p>"
    return f"<p><a href='{target}'>{label}</a></p>"


def block(markdown: str, is_hit: IsHit | None = None) -> str:
    """One Markdown text as HTML, searched words marked."""
    from escplaybook.prose.entries import render  # markdown-it costs 0.1 s, needed with the first entry opened
    from escplaybook.prose.highlight import mark
    from escplaybook.prose.html import to_html

    shown = beginning(markdown)
    nodes = render(shown)
    made = to_html(mark(nodes, is_hit) if is_hit else nodes)
    if len(shown) == len(markdown):
        return made
    told = _tr("The first {0} of {1} characters are shown; the whole text is there when you edit.")
    return f"{made}<p class='quiet'>{told.format(f'{len(shown):,}', f'{len(markdown):,}')}</p>"


def beginning(markdown: str) -> str:
    """As much of a text as is shown: all of it, or whole lines up to SHOWN characters."""
    if len(markdown) <= SHOWN:
        return markdown
    return markdown[: markdown.rfind("\n", SHOWN // 2, SHOWN) + 1 or SHOWN]


def _inline(markdown: str, is_hit: IsHit | None) -> str:
    whole = block(markdown, is_hit).strip()
    is_one_paragraph = whole.startswith("<p>") and whole.endswith("</p>") and whole.count("<p>") == 1
    return whole[len("<p>") : -len("</p>")] if is_one_paragraph else whole


def _tr(text: str) -> str:
    return QCoreApplication.translate("entry", text)
