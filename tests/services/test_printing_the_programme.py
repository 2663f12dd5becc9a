"""The sample programme on paper, by level, team, vendor and zone and as a matrix, and whether the paper still holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreements import Agreement
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact, Privacy
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.matrix import Cell, DecisionRight
from escplaybook.services import editing
from escplaybook.services.calling import only_deployment
from escplaybook.services.printing import Unprintable, pdf_of, print_to
from escplaybook.services.printing_verify import label_of, verify
from escplaybook.services.sheets.people import GROUPINGS
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.records import everything
from tests.conftest import NOW


@pytest.fixture
def harbour(full):
    return only_deployment(full, "Harbour ERP")


def text_of(pdf: bytes) -> str:
    import pypdfium2

    pages = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


def the(book, kind, **fields):
    """The one record of that kind with these fields."""
    (found,) = (
        one for one in everything(book, kind) if all(getattr(one, name) == said for name, said in fields.items())
    )
    return found


def changed(verification):
    return [(record.kind, record.state, record.fields) for record in verification.records if record.state != "agrees"]


def test_every_order_of_the_contact_sheet_prints_and_agrees_with_the_book(full, harbour, tmp_path):
    for by in GROUPINGS:
        print_to(
            full,
            Wish("contact-sheet", by=by, deployment=harbour.id),
            tmp_path / "a.pdf",
            at=NOW,
            with_replacements=True,
        )
        assert verify(full, tmp_path / "a.pdf").is_current
        assert label_of((tmp_path / "a.pdf").read_bytes()).choices["by"] == by


def test_an_unknown_order_is_refused(full):
    with pytest.raises(PlaybookError, match=r"ordered by “shoe size”.*name, hierarchy, team, vendor, zone"):
        pdf_of(full, Wish("contact-sheet", by="shoe size"), at=NOW)


def test_by_hierarchy_it_is_the_stage_the_deployment_is_in(full, harbour):
    text = text_of(pdf_of(full, Wish("contact-sheet", by="hierarchy", deployment=harbour.id), at=NOW))
    assert "Contacts by level: Harbour ERP, integration" in text
    order = ("Single point of contact", "1 · Team lead", "2 · Project manager", "3 · Director", "4 · Executive sponsor")
    assert [text.index(heading) for heading in order] == sorted(text.index(heading) for heading in order)
    assert text.index("Single point of contact") < text.index("Ana Ferreira") < text.index("1 · Team lead")
    assert "No backup at ◆ S1 (internal causes)" in text  # fault F1 of the sample
    assert "+44 7700 900 142 mobile NOT verified for 140 days" in text  # fault F4
    later = pdf_of(full, Wish("contact-sheet", by="hierarchy", deployment=harbour.id), at=NOW + timedelta(days=20))
    assert "Harbour ERP, testing" in text_of(later)
    assert label_of(later).choices["stage"] == "testing"


def test_by_hierarchy_the_stage_may_be_chosen(full, harbour):
    text = text_of(
        pdf_of(
            full,
            Wish("contact-sheet", by="hierarchy", deployment=harbour.id, stage="testing"),
            at=NOW,
            with_replacements=True,
        )
    )
    assert "Henrik Voss" not in text  # he is no longer in use: fault F3
    assert "No owner at ▲ S2" in text


def test_by_hierarchy_without_a_deployment_it_is_what_holds_for_all(full):
    text = text_of(pdf_of(full, Wish("contact-sheet", by="hierarchy"), at=NOW))
    assert "Contacts by level: every deployment" in text
    assert "Single point of contact" not in text


def test_the_vendor_sheet_tells_the_faults_of_the_sample(full):
    text = text_of(pdf_of(full, Wish("contact-sheet", by="vendor"), at=NOW))
    for said in (
        "LAPSED on 7 Nov 2026",  # F6
        "Notice by 1 Jan 2027",  # F7
        "NOT signed: it protects nobody yet",  # F8
        "In force until 29 Dec 2026",  # F9
        "Insurance until 18 Dec 2026",  # F10
        "Nobody has written down what they call our severities",  # F13
        "◆ S1 “P1 (portal: Severity 1)”",
        "Mon–Fri 08:00–20:00 Europe/Berlin 07:00–19:00 here",
        "LA-3320 Standard support, one tenant until 6 Dec 2026",  # F23
    ):
        assert said in text


def test_the_paper_is_valid_until_its_first_number_goes_stale(full, harbour):
    label = label_of(pdf_of(full, Wish("matrix", deployment=harbour.id, stage="integration"), at=NOW))
    assert (label.valid_until, label.outdated) == (date(2026, 9, 5), 1)
    paul = the(full, Contact, name="Paul Adeyemi")
    proved = tuple(replace(point, verified=NOW.date()) for point in paul.points)
    editing.change(full, paul, NOW, points=proved)
    label = label_of(pdf_of(full, Wish("matrix", deployment=harbour.id, stage="integration"), at=NOW))
    assert label.outdated == 0
    assert label.valid_until is not None
    assert NOW.date() < label.valid_until < NOW.date() + timedelta(days=90)


def test_a_number_that_is_not_for_paper_makes_no_paper_stale(full, harbour):
    def stamped():
        label = label_of(pdf_of(full, Wish("contact-sheet", by="hierarchy", deployment=harbour.id), at=NOW))
        return label.valid_until, label.outdated

    before, mara = stamped(), the(full, Contact, name="Mara Lindqvist")
    years_ago = tuple(
        replace(point, verified=date(2020, 1, 1)) if point.privacy is not Privacy.PRINT else point
        for point in mara.points
    )
    editing.change(full, mara, NOW, points=years_ago)
    assert stamped() == before


def test_the_matrix_has_one_page_a_stage_or_the_one_asked_for(full, harbour, tmp_path):
    import pypdfium2

    print_to(full, Wish("matrix", deployment=harbour.id), tmp_path / "all.pdf", at=NOW, size="A3")
    assert len(pypdfium2.PdfDocument(tmp_path / "all.pdf")) == 5
    print_to(full, Wish("matrix", deployment=harbour.id, stage="go-live"), tmp_path / "one.pdf", at=NOW)
    assert len(pypdfium2.PdfDocument(tmp_path / "one.pdf")) == 1
    for name in ("all", "one"):
        assert verify(full, tmp_path / f"{name}.pdf").is_current


def test_the_matrix_is_for_one_class_of_causes_or_for_both(full, harbour):
    both, external = (
        text_of(pdf_of(full, Wish("matrix", deployment=harbour.id, stage="integration", cause_class=cause), at=NOW))
        for cause in (None, CauseClass.EXTERNAL)
    )
    assert "internal and external causes alike" in both
    assert "external causes" in external
    assert external.count("Hanna Brandt") > both.count("Hanna Brandt")


def test_a_matrix_that_names_nobody_is_not_printed(book):
    with pytest.raises(NotFound, match="names nobody"):
        pdf_of(book, Wish("matrix"), at=NOW)
    with pytest.raises(NotFound, match="names nobody"):
        pdf_of(book, Wish("contact-sheet", by="hierarchy"), at=NOW)
    with pytest.raises(NotFound, match="no vendors"):
        pdf_of(book, Wish("contact-sheet", by="vendor"), at=NOW)


def test_a_changed_cell_right_person_or_vendor_makes_the_paper_stale(full, harbour, tmp_path):
    matrix, vendors = tmp_path / "m.pdf", tmp_path / "v.pdf"
    print_to(full, Wish("matrix", deployment=harbour.id, stage="integration"), matrix, at=NOW)
    print_to(full, Wish("contact-sheet", by="vendor"), vendors, at=NOW)
    default = {"severity": Severity.S3, "level": 1, "stage": "", "cause_class": None, "deployment": None}
    later = NOW + timedelta(hours=1)
    editing.change(full, the(full, Cell, **default), later, acknowledge=timedelta(hours=2))
    editing.change(full, the(full, DecisionRight, decision="Pause the load"), later, threshold="for an hour")
    editing.change(full, the(full, Agreement, key="AG-0001"), later, cap="Two yearly fees")
    assert changed(verify(full, matrix)) == [
        ("cell", "changed", ("acknowledge",)),
        ("right", "changed", ("threshold",)),
    ]
    assert changed(verify(full, vendors)) == [("agreement", "changed", ("cap",))]


def test_what_would_be_on_the_same_paper_today_and_is_not_is_missing(full, harbour, tmp_path):
    print_to(full, Wish("matrix", deployment=harbour.id, stage="integration"), tmp_path / "m.pdf", at=NOW)
    print_to(full, Wish("contact-sheet", by="hierarchy", deployment=harbour.id), tmp_path / "h.pdf", at=NOW)
    inherited = the(full, Cell, severity=Severity.S4, level=1, stage="", cause_class=None, deployment=None)
    exact = Cell(
        **{name: getattr(inherited, name) for name in ("created", "updated", "severity", "level", "owner", "backup")},
        id="01a20000-0000-7000-8000-000000000001",
        stage="integration",
        deployment=harbour.id,
    )
    editing.add(full, exact, NOW + timedelta(hours=1))
    for name in ("m", "h"):
        assert [state for _, state, _ in changed(verify(full, tmp_path / f"{name}.pdf"))] == ["missing"]


def test_a_stage_that_has_passed_does_not_make_its_paper_wrong(full, harbour, tmp_path):
    """A sheet of the integration stage is compared with that stage, not with the one of the day."""
    print_to(
        full,
        Wish("contact-sheet", by="hierarchy", deployment=harbour.id, stage="initiation"),
        tmp_path / "h.pdf",
        at=NOW,
    )
    assert verify(full, tmp_path / "h.pdf").is_current


def test_names_without_a_font_are_named_before_printing(full, monkeypatch):
    from escplaybook.paper import installed, lines, scripts

    def forget():
        for cache in (scripts._font_of, scripts._runs_of_word, lines._words_of_short):
            cache.cache_clear()

    monkeypatch.setattr(installed, "candidates", lambda _character: iter(()))
    forget()
    with pytest.raises(Unprintable, match=r"U\+5317.*北村 健"):
        pdf_of(full, Wish("contact-sheet", by="zone"), at=NOW)
    assert "[U+5317]" in text_of(pdf_of(full, Wish("contact-sheet", by="zone"), at=NOW, with_replacements=True))
    pdf_of(full, Wish("contact-sheet", by="hierarchy"), at=NOW)  # nobody of the default matrix needs such a font
    forget()


def test_a_sheet_tells_turns_and_absences_and_is_stale_once_they_change(full, harbour, tmp_path):
    by_name = text_of(pdf_of(full, Wish("contact-sheet", by="name"), at=NOW, with_replacements=True))
    assert "away 7 Dec – 13 Dec, Ines Okafor stands in" in by_name
    assert "away 27 Nov 14:00–18:00, every week on Fri, Ruth Mensah stands in" in by_name  # once, not every Friday
    assert "away 4 Dec" not in by_name
    assert "Ines Okafor until Mon 30 Nov 09:00, Stockholm Mara Lindqvist until Mon 7 Dec 09:00" in by_name
    assert "Łukasz Wójcik: Mon-Sun 08:00-17:00, Warsaw" in by_name
    assert "holiday" not in by_name, "why somebody is away is nobody's business on a wall"
    target = tmp_path / "people.pdf"
    print_to(full, Wish("contact-sheet", by="hierarchy", deployment=harbour.id), target, at=NOW, with_replacements=True)
    assert "Taking turns and standing in" in text_of(target.read_bytes())
    assert verify(full, target).is_current
    (jun,) = (one for one in everything(full, Absence) if one.reason == "holiday")
    editing.change(full, jun, NOW, end=jun.end + timedelta(days=1))
    assert not verify(full, target).is_current
    editing.undo(full, NOW)
    assert verify(full, target).is_current
    soon = Absence("new", jun.contact, NOW + timedelta(days=1), NOW + timedelta(days=2), NOW, NOW)
    editing.add(full, soon, NOW)
    assert not verify(full, target).is_current
