"""The wall matrix: everything of one stage on one page, and nothing cut off whatever people write."""

from datetime import UTC, date, datetime, timedelta

import pytest

from escplaybook.domain.classification import MARKS, CauseClass, Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.overview import overview
from escplaybook.domain.programme import Programme
from escplaybook.paper.matrix import matrix_sheet
from escplaybook.paper.page import SIZES, Stamp

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)
TODAY = NOW.date()
BORN = {"created": NOW, "updated": NOW}
LEVELS = ("Team lead", "Project manager", "Director", "Executive sponsor")
PEOPLE = {
    "mara": ("Mara Lindqvist", "+46 70 174 06 31", 9),
    "jun": ("Jun Park", "+44 7700 900 317", 20),
    "noa": ("נועה לוין", "+44 7700 900 702", 29),
    "paul": ("Paul Adeyemi", "+44 7700 900 142", 140),
}


def person(key, name, number, days, **fields):
    point = ContactPoint(PointKind.MOBILE, number, verified=TODAY - timedelta(days=days))
    return Contact(key, name, **BORN, **({"points": (point,)} | fields))


def cell(severity, level, owner=None, backup=None, **fields):
    times = {"acknowledge": timedelta(minutes=5), "act": timedelta(minutes=15), "resolve": timedelta(minutes=90)}
    return Cell(f"{severity}{level}{fields}", severity, level, owner=owner, backup=backup, **BORN, **(times | fields))


def programme(cells=None, people=None, levels=LEVELS, rights=(), names=("Business stands still", "Milestone slips")):
    people = people or [person(key, *facts) for key, facts in PEOPLE.items()]
    definitions = [
        SeverityDefinition(
            severity, severity, name, criteria="Go-live at *risk*.\n\nAnd more.", cadence=timedelta(minutes=30), **BORN
        )
        for severity, name in zip(Severity, names, strict=False)
    ]
    ladder = [Level(f"l{rank}", rank, name, purpose="unblock", **BORN) for rank, name in enumerate(levels, start=1)]
    if cells is None:
        cells = [cell(severity, level.rank, "mara", "jun") for severity in Severity for level in ladder]
    return Programme(
        {one.id: one for one in people}, (), (), (HARBOUR,), tuple(definitions), tuple(ladder), tuple(cells), rights, ()
    )


HARBOUR = Deployment("d1", "Harbour ERP", point_of_contact="jun", deputy="mara", **BORN)


def printed(found, *stages, deployment=HARBOUR, cause=None, size="a4"):
    pages = [overview(found, deployment, stage, cause, TODAY) for stage in stages or ("integration",)]
    return matrix_sheet(pages, Stamp("matrix", NOW, "Dana", ()), SIZES[size]).pdf()


def said(pages, *args, **how):
    return " ".join(" ".join(pages(printed(*args, **how))).split())


def right(decision, **fields):
    return DecisionRight(decision, decision, **BORN, **fields)


def test_a_stage_stands_on_one_page_with_people_numbers_and_times(pages):
    texts = pages(printed(programme(), cause=CauseClass.INTERNAL))
    assert len(texts) == 1
    text = " ".join(texts[0].split())
    for part in (
        "Harbour ERP: integration",
        "internal causes",
        "1 · Team lead unblock",
        "4 · Executive sponsor",
        "◆ S1 Business stands still Go-live at risk. update every 30 min",
        "Mara Lindqvist +46 70 174 06 31 verified 9 d ago",
        "backup Jun Park +44 7700 900 317 verified 20 d ago",
        "answer 5 min · act 15 min · resolve 1 h 30 min",
        "Single point of contact Jun Park +44 7700 900 317",
        "when away Mara Lindqvist",
        "Call the owner, then the backup.",
        "page 1 of 1",
    ):
        assert part in text
    assert "And more." not in text  # of the criteria only what is said first
    assert text.count("Mara Lindqvist") == 17
    assert all(f"{mark} {severity}" in text for severity, mark in MARKS.items())


def test_deputies_stand_below_the_backup_and_the_reader_is_told_of_them(pages):
    one = cell(Severity.S1, 1, "mara", "jun", deputies=("paul",))
    text = said(pages, programme([one]))
    assert "backup Jun Park +44 7700 900 317 verified 20 d ago deputy Paul Adeyemi" in text
    assert "Call the owner, then the backup, then the deputies in their order. If nobody has answered" in text


def test_the_paper_lies_on_its_long_side_and_the_cells_stand_in_their_columns(find):
    import pypdfium2

    pdf = printed(programme([cell(Severity.S1, 1, "mara"), cell(Severity.S1, 3, "noa"), cell(Severity.S2, 3, "paul")]))
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    assert (width, height) == pytest.approx((841.9, 595.3), abs=0.1)
    (director,), (paul,), (mara,) = (
        find(pdf, "3 · Director"),
        find(pdf, "Paul Adeyemi"),
        find(pdf, "Mara Lindqvist")[:1],
    )
    assert paul.left == pytest.approx(director.left, abs=1.5)
    assert mara.right < paul.left
    assert mara.bottom > paul.top


def test_what_is_missing_or_must_not_be_relied_upon_is_said(pages):
    henrik = person("henrik", "Henrik Voss", "+44 7700 900815", 5, retired=NOW)
    hidden = person(
        "h", "Hidden", "+44 7700 900001", 5, points=(ContactPoint(PointKind.CHAT, "@h", privacy=Privacy.TEAM),)
    )
    people = [person(key, *facts) for key, facts in PEOPLE.items()] + [henrik, hidden]
    cells = [
        cell(Severity.S1, 1, "paul"),
        cell(Severity.S1, 2, None, "mara"),
        cell(Severity.S1, 3, "henrik", "h", acknowledge=None, act=None, resolve=None),
        cell(Severity.S3, 4, not_escalated=True),
    ]
    text = said(pages, programme(cells, people))
    for part in (
        "1 number is out of date",
        "+44 7700 900 142 NOT verified for 140 days no backup",
        "no owner backup Mara Lindqvist",
        "Henrik Voss no longer in use",
        "backup Hidden no number for paper no time is set",
        "not escalated",
        "nothing is set",
        "○ S4 not defined yet",
    ):
        assert part in text
    assert "900815" not in text
    assert "@h" not in text


def test_a_deployment_without_a_single_point_of_contact_says_so(pages):
    assert "Nobody is named to speak to people outside." in said(
        pages, programme(), deployment=Deployment("d2", "Castellan", **BORN)
    )


def test_the_rights_of_the_stage_are_told_with_their_limits(pages):
    rights = (
        right("Roll back", stage="testing", decider="mara", alternate="paul"),
        right("Spend", threshold="up to 20 000", decider="paul", expires=date(2026, 12, 10)),
        right("Inform the sponsor", severity=Severity.S1, decider="jun"),
        right("Open a firewall rule", expires=date(2026, 11, 1), decider="jun"),
        right("Sign"),
        right("Elsewhere", deployment="d2", decider="jun"),
    )
    text = said(pages, programme(rights=rights), "integration")
    assert "May decide at integration" in text
    assert "Spend, up to 20 000, until 10 Dec 2026: Paul Adeyemi" in text
    assert "Inform the sponsor, ◆ S1 only: Jun Park" in text
    assert "Sign: nobody" in text
    for absent in ("Roll back", "firewall", "Elsewhere"):
        assert absent not in text
    assert "Roll back: Mara Lindqvist, else Paul Adeyemi" in said(pages, programme(rights=rights), "testing")


def test_a_name_read_from_the_right_stands_after_what_is_read_from_the_left(find):
    pdf = printed(programme(rights=(right("Roll back", decider="mara", alternate="noa"),)))
    (said,) = find(pdf, "else")
    first, last = (
        [place for place in find(pdf, word) if abs(place.bottom - said.bottom) < 3] for word in ("נועה", "לוין")
    )
    assert said.right < last[0].left < first[0].left


def test_every_stage_begins_its_own_page(pages):
    own = [cell(severity, 1, "mara", "jun") for severity in Severity]
    own.append(cell(Severity.S1, 1, "paul", stage="go-live"))
    texts = pages(printed(programme(own), "testing", "go-live"))
    assert len(texts) == 2
    assert "Harbour ERP: testing" in texts[0]
    assert "Paul Adeyemi" not in texts[0]
    assert "Harbour ERP: go-live" in texts[1]
    assert "1 number is out of date" in texts[1]
    assert "out of date" not in texts[0].split("printed")[0]


def test_a_larger_sheet_is_set_larger_and_a_fuller_one_smaller(find):
    def height(found, size):
        place = find(printed(found, size=size), "Mara Lindqvist")[0]
        return place.top - place.bottom

    full = programme(rights=tuple(right(f"Decide the matter number {number}", decider="jun") for number in range(28)))
    assert height(programme(), "a3") > 1.3 * height(programme(), "a4")
    assert height(full, "a4") < height(programme(), "a4")


def test_rights_without_room_go_to_a_second_page_before_the_table_shrinks_away(pages, find):
    rights = tuple(
        right(f"Decide the matter number {number:03d}", decider="jun", alternate="noa") for number in range(60)
    )
    pdf = printed(programme(rights=rights))
    texts = pages(pdf)
    assert len(texts) == 2
    assert sum(text.count("Decide the matter") for text in texts) == 60
    assert "Escalation matrix: Harbour ERP: integration" in texts[1]
    assert find(pdf, "4 · Executive sponsor")[0].page == 0


LONG = "Wilhelmine Charlotte Freifrau von Hohenstein-Falkenburg zu Oberwiesenthal-Rabenau " * 4


def test_texts_too_long_for_the_page_become_notes_with_every_word(pages):
    people = [person("mara", LONG.strip(), "+46 70 174 06 31", 9), person("jun", *PEOPLE["jun"])]
    names = tuple(f"{number} {'criterion of impact ' * 40}end-{number}" for number in range(4))
    texts = pages(printed(programme(people=people, names=names)))
    whole = " ".join(" ".join(texts).replace("-\n", "-").split())
    assert "… (1)" in texts[0]
    assert "Notes" in whole
    assert "end-0" in whole
    assert LONG.strip() in whole
    assert all(f"{level} · " in texts[0] for level in range(1, 5))
    assert len(texts) <= 3


def test_nothing_is_set_smaller_than_can_be_read(find):
    people = [person("mara", LONG, "+46 70 174 06 31", 9), person("jun", *PEOPLE["jun"])]
    for found in (programme(people=people), programme(levels=LEVELS * 2)):
        place = find(printed(found), "resolve")[0]
        assert place.top - place.bottom > 6.5 * 0.5  # letters without tails are half as high as their type


def test_as_many_levels_as_people_invent_are_printed_on_any_paper(pages):
    for levels, size in ((LEVELS[:1], "a4"), (LEVELS * 2, "a4"), (LEVELS * 3, "a3"), (LEVELS, "a5"), (LEVELS, "a6")):
        text = " ".join(pages(printed(programme(levels=levels), size=size)))
        assert f"{len(levels)} · " in text
        assert text.count("Business") == 1


def test_a_number_is_not_broken_in_a_narrow_column(find):
    for levels, size in ((LEVELS * 3, "a3"), (LEVELS * 2, "a4")):
        places = find(printed(programme(levels=levels), size=size), "+44 7700 900 317")
        assert len(places) == 4 * len(levels) + 1
        assert all(place.top - place.bottom < 12 for place in places)


def test_a_note_is_said_once_however_often_the_text_stands_there(pages):
    people = [person("mara", LONG, "+46 70 174 06 31", 9), person("jun", *PEOPLE["jun"])]
    names = tuple("criterion of impact " * 40 for _ in range(4))
    whole = " ".join(" ".join(pages(printed(programme(people=people, names=names)))).split())
    assert "… (1)" in whole
    assert "… (2)" in whole
    assert "(3)" not in whole


def test_the_matrix_looks_as_it_was_found_good(matches_golden):
    rights = (right("Spend", threshold="up to 20 000", decider="noa", alternate="jun"),)
    cells = [cell(severity, level, "mara", "noa") for severity in (Severity.S1, Severity.S2) for level in (1, 2)]
    matches_golden(printed(programme(cells, levels=LEVELS[:2], rights=rights)), "matrix")


def test_a_matrix_with_notes_looks_as_it_was_found_good(matches_golden):
    people = [person("mara", LONG, "+46 70 174 06 31", 9), person("jun", *PEOPLE["jun"])]
    names = tuple(f"{number} {'criterion of impact ' * 40}end-{number}" for number in range(4))
    rights = (right("Spend", threshold="up to 20 000", decider="jun"),)
    matches_golden(printed(programme(people=people, names=names, rights=rights), size="a3"), "matrix-notes")
