"""Which papers there are, under which heading each stands, and what it asks. A paper is added here and nowhere else."""

from functools import partial

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.blockers import BlockerState
from escplaybook.domain.classification import Severity
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.form_kinds import CALL_TREE, INTAKE, UPDATE
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.programme import Programme, levels_of
from escplaybook.domain.selecting import COLUMNS
from escplaybook.services.playbooks import playbooks
from escplaybook.services.sheets import cards
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.records import by_key, find
from escplaybook.ui.desk import Desk
from escplaybook.ui.paper.papers import Choice, Group, Paper
from escplaybook.ui.recents import recent_visits


def papers(desk: Desk, asked: Wish | None = None) -> list[Paper]:
    """Every paper in the order of the list, those of one group together; known blockers if there are any to offer."""
    listed = [
        *_people(),
        *_matrix(),
        *_vendors(),
        *_cards(),
        *_forms(),
        *_reports(),
        *_playbooks(),
        *_blockers(desk, asked),
    ]
    return sorted(listed, key=lambda paper: list(group_words()).index(paper.group))


def group_words() -> dict[Group, str]:
    """The headings of the list, in its order."""
    return {
        "people": _tr("People"),
        "matrix": _tr("Matrix"),
        "vendors": _tr("Vendors"),
        "cards": _tr("Cards for the pocket"),
        "forms": _tr("Forms to fill in by hand"),
        "reports": _tr("Reports"),
        "playbooks": _tr("Playbooks"),
        "blockers": _tr("Known blockers"),
    }


def _people() -> list[Paper]:
    columns = Choice("columns", _tr("Columns beside the name; none for everything"), _columns)
    sheets = (
        ("name", "", _tr("Contacts by name"), _tr("Everyone who can be called")),
        ("team", "", _tr("Contacts by team"), _tr("Teams of every organisation")),
        ("zone", "", _tr("Contacts by time zone"), _tr("From west to east")),
        ("name", "team", _tr("Contacts of a team"), _tr("On one page where it fits")),
        ("name", "organisation", _tr("Contacts of an organisation"), _tr("On one page where it fits")),
        ("name", "zone", _tr("Contacts of a time zone"), _tr("Whom to call at this hour")),
    )
    which = {"team": _tr("Team"), "organisation": _tr("Organisation"), "zone": _tr("Time zone")}
    listed = [
        Paper(
            Wish("contact-sheet", by=by, shape=shape),
            name,
            said,
            "people",
            asks=(*([Choice("subject", which[shape], partial(_values, shape))] if shape else []), columns),
        )
        for by, shape, name, said in sheets
    ]
    by_level = Paper(
        Wish("contact-sheet", by="hierarchy"),
        _tr("Contacts by level"),
        _tr("Who owns, who stands in, at a stage"),
        "people",
        takes=frozenset({"deployment", "stage"}),
        asks=(columns,),
    )
    called = Paper(Wish("call-list"), _tr("Call list"), _tr("Numbers to prove, to tick and key in"), "people")
    return [listed[0], by_level, *listed[1:], called]


def _columns(_found: Programme) -> list[tuple[str, str]]:
    return [(heading, name) for name, heading in COLUMNS.items()]


def _values(shape: str, found: Programme) -> list[tuple[str, str]]:
    """The teams, organisations or zones that contacts in use have."""
    people = (person for person in found.contacts.values() if person.retired is None)
    values = sorted({str(getattr(person, shape)) for person in people} - {""}, key=str.casefold)
    return [(value.replace("_", " ") if shape == "zone" else value, value) for value in values]


def _matrix() -> list[Paper]:
    return [
        Paper(
            Wish("matrix"),
            _tr("Escalation matrix"),
            _tr("For the wall, one page a stage"),
            "matrix",
            takes=frozenset({"deployment", "stage", "cause_class"}),
            every_stage=True,
        )
    ]


def _vendors() -> list[Paper]:
    said = _tr("Ladders, entitlements, what protects us")
    one = Choice("subject", _tr("Vendor"), _vendors_named)
    wish = Wish("contact-sheet", shape="vendor")
    card = Paper(
        Wish("vendor-card"),
        _tr("Vendor card"),
        _tr("One vendor, whole, on a sheet or a card"),
        "vendors",
        asks=(
            Choice("subject", _tr("Vendor"), _each_vendor),
            Choice("shape", _tr("Form"), lambda _found: [(_tr("A sheet"), ""), *_shapes()]),
        ),
    )
    return [
        Paper(Wish("contact-sheet", by="vendor"), _tr("Vendors"), said, "vendors"),
        Paper(wish, _tr("One vendor"), _tr("Its ladder and the people there"), "vendors", asks=(one,)),
        card,
    ]


def _vendors_named(found: Programme) -> list[tuple[str, str]]:
    return [(one.name, one.key) for one in found.vendors if one.retired is None]


def _forms() -> list[Paper]:
    severity, blocker = Choice("subject", _tr("Severity"), _severities), Choice("subject", _tr("Blocker"), _at_hand)
    place = frozenset({"deployment", "stage"})
    tree = Paper(
        Wish("form", shape=CALL_TREE),
        _tr("Call tree"),
        _tr("Who calls whom, and who was reached"),
        "forms",
        takes=place,
    )
    return [
        Paper(
            Wish("form", shape=INTAKE),
            _tr("Intake of a blocker"),
            _tr("Boxes with numbers, to key in"),
            "forms",
            takes=place,
            asks=(severity,),
        ),
        Paper(
            Wish("form", shape=UPDATE),
            _tr("Update on a blocker"),
            _tr("Impact, containment, decisions"),
            "forms",
            asks=(blocker,),
        ),
        tree,
    ]


def _severities(_found: Programme) -> list[tuple[str, str]]:
    return [(_tr("Any, it is not known yet"), ""), *((str(one), str(one)) for one in Severity)]


def _at_hand(found: Programme) -> list[tuple[str, str]]:
    at_hand = [one for one in found.blockers if one.retired is None and one.state is not BlockerState.RESOLVED]
    return [(_tr("Any"), ""), *((f"{one.key} · {one.title}", one.key) for one in at_hand)]


def _reports() -> list[Paper]:
    place = frozenset({"deployment"})
    coverage = Wish("report", shape="coverage")
    week = Wish("report", shape="weekly-review")
    return [
        Paper(Wish("report", shape="audit"), _tr("Audit"), _tr("What is wrong, why, how to mend it"), "reports"),
        Paper(week, _tr("Weekly review"), _tr("What changed or went stale, to sign"), "reports"),
        Paper(coverage, _tr("Coverage of the week"), _tr("Who is missing, hour by hour"), "reports", takes=place),
    ]


def _cards() -> list[Paper]:
    pocket = Paper(
        Wish("cards", shape=cards.SIZES[0]),
        _tr("Pocket cards"),
        _tr("Whom to call, what to decide, to cut and fold"),
        "cards",
        takes=frozenset({"deployment", "stage"}),
        asks=(
            Choice("subject", _tr("For"), _each_holder),
            Choice("shape", _tr("Form"), lambda _found: _shapes()),
        ),
    )
    return [pocket]


def _shapes() -> list[tuple[str, str]]:
    """The shapes of a card, cut from the paper that is chosen or one a page of its own."""
    words = {
        "A6-folded": _tr("A6, folded to A7"),
        "A7": _tr("A7, two sides"),
        "A6": _tr("A6, two sides"),
    }
    cut = [(words[name], name) for name in cards.SIZES]
    return [*cut, *((_tr("{0}, one a page").format(word), name + cards.SINGLE) for word, name in cut)]


def _each_holder(found: Programme) -> list[tuple[str, str]]:
    """Whom a card can be for: roles, levels, everybody, anybody."""
    levels = [
        (_tr("Level {0}: {1}").format(one.rank, one.name), f"{cards.LEVEL}{one.rank}") for one in levels_of(found)
    ]
    people = sorted((one.name, one.key) for one in found.contacts.values() if one.retired is None)
    return [
        (_tr("Each role"), cards.ROLES),
        (_tr("Everyone the matrix names"), cards.EVERYONE),
        *levels,
        (_tr("The single point of contact"), cards.SPEAKER),
        (_tr("Who is new in the team"), cards.NEW),
        *people,
    ]


def _each_vendor(found: Programme) -> list[tuple[str, str]]:
    vendors = [(one.name, one.key) for one in found.vendors if one.retired is None]
    return [(_tr("Every vendor"), ""), *vendors] if vendors else []


def _playbooks() -> list[Paper]:
    """The playbooks that come with the program, if they can be read."""
    try:
        offered = [(one.title, one.name) for one in playbooks()]
    except PlaybookError:
        return []  # the page of the playbooks says what is wrong with them
    if not offered:
        return []
    which = Choice("subject", _tr("Playbook"), lambda _found: offered)
    said = _tr("Chapters with what the book says now")
    wish = Wish("playbook", subject=offered[0][1])
    return [Paper(wish, _tr("Playbook"), said, "playbooks", takes=frozenset({"deployment"}), asks=(which,))]


def _blockers(desk: Desk, asked: Wish | None) -> list[Paper]:
    """The known blockers that were opened lately, before them the one asked for."""
    opened = [find(desk.book, Entry, record_id) for kind, record_id in recent_visits(desk) if kind == "entry"]
    entries = {entry.key: entry for entry in (_entry_of(desk, asked), *opened) if entry is not None}
    offered = [(f"{key} · {entry.title}", key) for key, entry in entries.items()]
    if not offered:
        return []
    which = Choice("subject", _tr("Known blocker"), lambda _found: offered)
    said = _tr("With its remedy to tick off")
    return [Paper(Wish("entry", subject=offered[0][1]), _tr("Known blocker"), said, "blockers", asks=(which,))]


def _entry_of(desk: Desk, wish: Wish | None) -> Entry | None:
    if wish is None or wish.sheet != "entry":
        return None
    try:
        asked = by_key(desk.book, wish.subject)
    except PlaybookError:
        return None  # gone since
    return asked if isinstance(asked, Entry) else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("paper", text)
