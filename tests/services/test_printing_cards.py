"""Pocket cards and vendor cards of the sample programme, and whether the paper in the pocket still holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escplaybook.domain.agreements import Agreement
from escplaybook.domain.contacts import Contact, Privacy
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.matrix import Cell, DecisionRight
from escplaybook.domain.vendors import Vendor
from escplaybook.services import editing
from escplaybook.services.calling import only_deployment
from escplaybook.services.printing import pdf_of, print_to
from escplaybook.services.printing_verify import label_of, verify
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.records import everything
from tests.conftest import NOW


@pytest.fixture
def wish(full):
    harbour = only_deployment(full, "Harbour ERP")
    return lambda **how: Wish("cards", **({"deployment": harbour.id, "stage": "go-live", "shape": "A7"} | how))


@pytest.fixture
def printed(full, tmp_path):
    """Prints to a file and returns its path."""

    def printing(wish):
        print_to(full, wish, tmp_path / "cards.pdf", at=NOW, with_replacements=True)
        return tmp_path / "cards.pdf"

    return printing


def text_of(pdf: bytes) -> str:
    import pypdfium2

    pages = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


def one(book, kind, **fields):
    """The first record of that kind with these fields."""
    named = (each for each in everything(book, kind))
    return next(each for each in named if all(getattr(each, name) == said for name, said in fields.items()))


def edit(book, record, **fields):
    editing.apply(book, "A story", Edit(record, replace(record, **fields)), now=NOW)


@pytest.mark.parametrize(
    ("subject", "shape"),
    [
        ("", "A6-folded"),
        ("", "A7-single"),
        ("level-2", "A6"),
        ("newcomer", "A6-single"),
        ("point-of-contact", "A7"),
        ("everyone", "A6-folded-single"),
    ],
)
def test_cards_of_every_kind_agree_with_the_book_they_came_from(full, wish, printed, subject, shape):
    found = verify(full, printed(wish(subject=subject, shape=shape)))
    assert found.is_current
    assert {"contact", "cell", "right", "vendor", "agreement", "deployment", "level"} <= {
        record.kind for record in found.records
    }


def test_a_card_with_a_name_on_it_says_what_that_person_decides(full, wish):
    ruth = one(full, Contact, name="Ruth Mensah")
    text = text_of(pdf_of(full, wish(subject=ruth.key), at=NOW, with_replacements=True))
    assert text.startswith("Ruth Mensah ◆ S1 ▲ S2")
    assert "Roll back the release" in text.partition("You may decide")[2].partition("You may not")[0]


@pytest.mark.parametrize(
    ("kind", "fields", "change"),
    [
        (Contact, {"name": "Mara Lindqvist"}, {"zone": "Europe/Oslo"}),
        (Cell, {"stage": "go-live", "level": 2}, {"acknowledge": timedelta(minutes=7)}),
        (DecisionRight, {"decision": "Roll back the release"}, {"threshold": "by day"}),
        (Vendor, {"name": "Keystone Identity"}, {"hours": "Mon-Fri 08:00-17:00"}),
        (Agreement, {"title": "Hold-harmless agreement with Tidewater Middleware"}, {"cap": "Nothing"}),
    ],
)
def test_whatever_changes_on_a_card_makes_it_out_of_date(full, wish, printed, kind, fields, change):
    paper = printed(wish())
    record = one(full, kind, **fields)
    edit(full, record, **change)
    changed = [each for each in verify(full, paper).records if each.state != "agrees"]
    assert [(each.key, each.state) for each in changed] == [(record.key, "changed")]
    assert set(changed[0].fields) == set(change)


def test_somebody_new_on_the_ladder_is_missing_from_the_card_in_the_pocket(full, wish, printed):
    paper = printed(wish(subject="level-1"))
    newcomer = one(full, Contact, name="Johan Ekdahl")
    edit(full, one(full, Cell, stage="go-live", level=4, severity="S1"), backup=newcomer.id)
    found = {(each.key, each.state) for each in verify(full, paper).records if each.state != "agrees"}
    assert (newcomer.key, "missing") in found


def test_the_edition_that_holds_stands_on_every_side(full, wish):
    text = text_of(pdf_of(full, wish(subject="level-1"), at=NOW, with_replacements=True))
    assert text.count("Edition 1 · ") == 2
    edit(full, one(full, Cell, stage="go-live", level=2), acknowledge=timedelta(minutes=7))
    assert "Edition 1, changed since" in text_of(pdf_of(full, wish(subject="level-1"), at=NOW, with_replacements=True))


def test_the_same_cards_are_the_same_bytes(full, wish):
    first, second = (pdf_of(full, wish(), at=NOW, with_replacements=True) for _ in range(2))
    assert first == second
    assert label_of(first).choices["shape"] == "A7"


def test_no_private_number_is_on_any_card(full, wish):
    text = text_of(pdf_of(full, wish(subject="everyone", shape="A6-folded"), at=NOW, with_replacements=True))
    plain = text.replace("\xa0", " ")
    for person in everything(full, Contact):
        for point in person.points:
            if point.privacy is not Privacy.PRINT:
                assert point.value not in plain


def test_cards_that_nobody_has_are_one_sentence(full, wish, book):
    with pytest.raises(NotFound, match="Nobody is named at level 9"):
        pdf_of(full, wish(subject="level-9"), at=NOW)
    with pytest.raises(NotFound, match="VE-0001 is not a contact"):
        pdf_of(full, wish(subject="VE-1"), at=NOW)
    with pytest.raises(PlaybookError, match="No card is called “A8”"):
        pdf_of(full, wish(shape="A8"), at=NOW)
    with pytest.raises(PlaybookError, match="No A6 card fits on A6"):
        pdf_of(full, wish(shape="A6"), at=NOW, size="A6", with_replacements=True)
    with pytest.raises(NotFound, match="The matrix names nobody for S1 or S2 here"):
        pdf_of(book, Wish("cards"), at=NOW)
    with pytest.raises(NotFound, match="no vendors"):
        pdf_of(book, Wish("vendor-card"), at=NOW)
    with pytest.raises(NotFound, match="CO-0001 is not a vendor"):
        pdf_of(full, Wish("vendor-card", subject="CO-1"), at=NOW)


def test_vendor_cards_agree_with_the_book_until_the_vendor_changes(full, printed):
    keystone = one(full, Vendor, name="Keystone Identity")
    for shape in ("", "A6", "A7-single"):
        paper = printed(Wish("vendor-card", subject=keystone.key, shape=shape))
        assert verify(full, paper).is_current
    assert "Say this number first" in text_of(paper.read_bytes())
    edit(full, keystone, portal="https://elsewhere.example")
    found = [each for each in verify(full, paper).records if each.state != "agrees"]
    assert [(each.key, each.fields) for each in found] == [(keystone.key, ("portal",))]
    assert len(text_of(printed(Wish("vendor-card")).read_bytes()).split("Say this number first")) == 7
