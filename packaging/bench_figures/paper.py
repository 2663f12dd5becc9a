"""What paper costs: a sheet of a thousand people, a playbook of 60 pages, the wall matrix; WeasyPrint on the same.

WeasyPrint gets the same rows and texts as HTML, in the same fonts, in the same run. Both are asked several times and
the middle time counts, so that neither pays for reading fonts and libraries.
"""

import itertools
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from contacts import people
from figures import Figure, milliseconds, percentile

from escplaybook.domain.contacts import Contact, Privacy
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.durations import format_span
from escplaybook.domain.edits import Edit
from escplaybook.domain.hours import hours_words
from escplaybook.domain.overview import Overview, number_on_paper, overview
from escplaybook.domain.playbooks import Chapter, Playbook
from escplaybook.domain.programme import Programme, stages_of
from escplaybook.domain.verification import importances, proof_words
from escplaybook.paper.collecting import put_off
from escplaybook.paper.page import SIZES, Stamp
from escplaybook.paper.playbooks import playbook_sheet
from escplaybook.prose.html import Node, Nodes, to_html
from escplaybook.services import editing
from escplaybook.services.playbooks import playbooks, reading_of
from escplaybook.services.printing import set_pages
from escplaybook.services.sample import make_sample
from escplaybook.services.sheets.wishes import Wish
from escplaybook.shipped import resource
from escplaybook.store.book import Book
from escplaybook.store.programme import programme

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PEOPLE, PAGES, TIMES, LIMIT, TIMES_FASTER = 1_000, 60, 5, 1.0, 3.0

NO_PANGO = "WeasyPrint cannot be used here ({0}); it needs Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0"


@dataclass(frozen=True)
class _Subject:
    """One paper: what it is, how we print it (returning its pages), and the same as HTML."""

    what: str
    at: str
    mine: Callable[[], int]
    html: str
    lying: bool = False


def measure() -> Iterator[Figure]:
    """All three, each beside WeasyPrint where it can be used."""
    weasy, lacking = _weasyprint()
    with tempfile.TemporaryDirectory() as name:
        with Book.create(Path(name) / "people.db") as book:
            editing.apply(book, "Put in", *(Edit(None, one) for one in people(PEOPLE)), now=NOW)
            yield _figure(_people(book), weasy, lacking)
        with Book.create(Path(name) / "sample.db") as book:
            make_sample(book, NOW)
            found = programme(book)
            yield _figure(_playbook(book, found.deployments[0]), weasy, lacking)
            yield _figure(_matrix(book, found, found.deployments[0]), weasy, lacking)


def _figure(subject: _Subject, weasy: "Callable[[str, bool], int] | None", lacking: str) -> Figure:
    pages = subject.mine()  # fonts are read once
    mine = percentile([milliseconds(subject.mine) for _ in range(TIMES)], 0.5) / 1000
    at, goal = f"{subject.at}, {pages} pages", f"≤ {LIMIT:g} s, {TIMES_FASTER:g} × as fast"
    if weasy is None:
        return Figure(subject.what, at, goal, f"{mine:.2f} s", lacking, met=None if mine <= LIMIT else False)
    theirs = weasy(subject.html, subject.lying)
    took = percentile([milliseconds(lambda: weasy(subject.html, subject.lying)) for _ in range(3)], 0.5) / 1000
    raw = f"WeasyPrint {took:.2f} s, {theirs} pages"
    is_met = mine <= LIMIT and took >= TIMES_FASTER * mine
    return Figure(subject.what, at, goal, f"{mine:.2f} s", raw, mine / took, is_met)


def _weasyprint() -> "tuple[Callable[[str, bool], int] | None, str]":
    """Lays HTML out and says how many pages it came to; None, and why, where WeasyPrint cannot be used."""
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError) as error:  # without Pango it is the system's loader that complains
        return None, NO_PANGO.format(" ".join(str(error).split())[:60])
    fonts = FontConfiguration()
    faces = weasyprint.CSS(string=_FACES, font_config=fonts)
    styles = {lying: weasyprint.CSS(string=_STYLE.format(size="A4 landscape" if lying else "A4")) for lying in (0, 1)}

    def lay_out(html: str, lying: bool) -> int:
        document = weasyprint.HTML(string=html).render(stylesheets=[faces, styles[lying]], font_config=fonts)
        document.write_pdf()
        return len(document.pages)

    return lay_out, ""


_FACES = "\n".join(
    f"@font-face {{ font-family: Inter; font-weight: {weight}; src: url({resource(f'fonts/{file}.ttf').as_uri()}) }}"
    for file, weight in (("Inter-Regular", 400), ("Inter-SemiBold", 700))
)
_STYLE = """
@page {{ size: {size}; margin: 18mm 18mm 22mm; @bottom-left {{ content: "printed 24 Nov 2026"; font: 7pt Inter }}
  @bottom-right {{ content: "7669e2 · team only · page " counter(page) " of " counter(pages); font: 7pt Inter }} }}
body {{ font: 9.5pt/13.5pt Inter }} h1 {{ font-size: 17pt }} h2 {{ font-size: 12pt }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed }} thead {{ display: table-header-group }}
td, th {{ vertical-align: top; text-align: left; border-bottom: 0.5pt solid #999; padding: 3pt 6pt 3pt 0 }}
tr {{ break-inside: avoid }} .less {{ font-size: 8pt; color: #555 }} pre {{ white-space: pre-wrap; font-size: 8pt }}
"""


# the thousand people


def _people(book: Book) -> _Subject:
    found = programme(book)
    weights = importances(found)
    listed = sorted(found.contacts.values(), key=lambda contact: contact.name.casefold())
    rows = "".join(_person(contact, weights) for contact in listed)
    head = "<thead><tr><th>Name<th>Local time<th>In this order<th>Last proved</tr></thead>"
    html = f"<title>Contacts</title><h1>Contacts</h1><table>{head}<tbody>{rows}</tbody></table>"
    return _Subject(
        "contact sheet",
        f"{PEOPLE:,} contacts",
        lambda: set_pages(book, Wish("contact-sheet"), at=NOW).pages,
        html,
    )


def _person(contact: Contact, weights: Any) -> str:
    points = [point for point in contact.points if point.privacy is Privacy.PRINT]
    proofs = [proof_words(point, weights.get(contact.id, 8), NOW.date()) for point in points]
    post = ", ".join(filter(None, (contact.role, contact.organisation)))
    cells = (
        f"<b>{escape(contact.name)}</b><br><span class=less>{escape(post)}</span>",
        f"<span class=less>{escape(contact.zone)}<br>{escape(hours_words(contact.hours))}</span>",
        "<br>".join(f"<b>{escape(point.value)}</b> {escape(point.label or point.kind)}" for point in points),
        "<br>".join(f"<span class=less>{escape(proof)}</span>" for proof in proofs),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


# the playbook


def _playbook(book: Book, deployment: Deployment) -> _Subject:
    """The playbooks that come with the program as one, as many of their chapters as fill the pages."""
    stamp, size, known = Stamp("playbook", NOW, "Dana", ()), SIZES["a4"], playbooks()
    chapters = list(itertools.chain(*(one.chapters for one in known)))
    for count in range(1, 4 * len(chapters)):
        some = itertools.islice(itertools.cycle(chapters), count)
        many = tuple(Chapter(f"{at:03}-{one.file}", one.title, one.text) for at, one in enumerate(some))
        whole = replace(known[0], chapters=many)
        if count % 4 == 0 and _pages(book, whole, deployment, stamp) >= PAGES:
            break
    read = reading_of(book, whole, deployment, NOW)
    body = "".join(to_html(_without_pictures(chapter.nodes)) for chapter in read.chapters)
    html = f"<title>{escape(whole.title)}</title><h1>{escape(whole.title)}</h1>{body}"

    def mine() -> int:
        found = reading_of(book, whole, deployment, NOW)
        with put_off():  # as whoever prints does it
            return playbook_sheet(whole, found.chapters, found.pictures, deployment, stamp, size).printed()[1]

    return _Subject("playbook, read and printed", f"{len(read.chapters)} chapters", mine, html)


def _pages(book: Book, whole: Playbook, deployment: Deployment, stamp: Stamp) -> int:
    found = reading_of(book, whole, deployment, NOW)
    return playbook_sheet(whole, found.chapters, found.pictures, deployment, stamp, SIZES["a4"]).printed()[1]


def _without_pictures(nodes: Nodes) -> Nodes:
    """WeasyPrint would look for the pictures of a playbook at addresses that only this program knows."""
    return tuple(
        node if isinstance(node, str) else replace(node, children=_without_pictures(node.children))
        for node in nodes
        if isinstance(node, str) or (isinstance(node, Node) and node.tag != "img")
    )


# the matrix


def _matrix(book: Book, found: Programme, deployment: Deployment) -> _Subject:
    stages = stages_of(found, deployment.id)
    pages = "".join(_stage(overview(found, deployment, stage, None, NOW.date())) for stage in stages)
    return _Subject(
        "wall matrix",
        f"{len(stages)} stages",
        lambda: set_pages(book, Wish("matrix", deployment=deployment.id), at=NOW, with_replacements=True).pages,
        f"<title>Matrix</title>{pages}",
        lying=True,
    )


def _stage(page: Overview) -> str:
    head = "".join(f"<th>{level.rank} · {escape(level.name)}<br>{escape(level.purpose)}" for level in page.levels)
    rows = "".join(
        f"<tr><td><b>{line.severity}</b><br>{escape(line.definition.name if line.definition else '')}</td>"
        + "".join(f"<td>{_cell(page, cell)}</td>" for cell in line.cells)
        + "</tr>"
        for line in page.lines
    )
    name = {one.id: one.name for one in page.contacts.values()}
    rights = "".join(
        f"<li>{escape(right.decision)}: <b>{escape(name.get(right.decider or '', 'nobody'))}</b></li>"
        for right in page.rights
    )
    title = f"{page.deployment.name if page.deployment else ''}: {page.stage}"
    return f"<h1>{escape(title)}</h1><table><thead><tr><th>{head}</tr></thead>{rows}</table><ul>{rights}</ul>"


def _cell(page: Overview, cell: Any) -> str:
    if cell is None or cell.not_escalated:
        return "not escalated"
    told = []
    for person in (page.contacts.get(cell.owner or ""), page.contacts.get(cell.backup or "")):
        point = number_on_paper(person) if person else None
        number = (
            f"<br><b>{escape(point.value)}</b> {proof_words(point, page.importance_of(person), NOW.date())}"
            if person and point
            else ""
        )
        told.append(f"<b>{escape(person.name)}</b>{number}" if person else "nobody")
    spans = (("answer", cell.acknowledge), ("act", cell.act), ("resolve", cell.resolve))
    told.append(" · ".join(f"{word} {format_span(span)}" for word, span in spans if span))
    return "<br>".join(told)
