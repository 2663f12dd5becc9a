"""A contact sheet with what one chose to see, on one page as long as that can be read."""

import pypdfium2
import pytest

from escplaybook.domain.contacts import ContactPoint, PointKind, Privacy
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.selecting import COLUMNS
from escplaybook.domain.verification import Importance
from escplaybook.paper.contacts import Group, by_team, contact_sheet
from escplaybook.paper.fitting import SCALES
from escplaybook.paper.page import SIZES, Stamp
from tests.conftest import NOW


def printed(*groups, columns=(), size="a4", duty=None):
    weights = {one.id: Importance.S2 for group in groups for one in group.contacts}
    how = {"columns": columns, "duty": duty or {}}
    return contact_sheet(
        "Contacts", groups, Stamp("contact-sheet", NOW, "Dana", ()), SIZES[size], importances=weights, **how
    )


def crowd(contact, count):
    return tuple(contact(f"Person {at:03}", f"+46 70 174 06 {at % 90:02}", team=f"T{at % 3}") for at in range(count))


def heights(pdf):
    """The heights of all letters, smallest first."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        for one in page.get_objects():
            if one.type == 1:  # text
                found.append(round(one.get_matrix().d * 7.5, 2))
    return sorted(found)


def test_only_what_was_chosen_stands_there_in_the_order_chosen(contact, pages, find):
    points = (ContactPoint(PointKind.MOBILE, "+46 70 174 06 31"), ContactPoint(PointKind.EMAIL, "mara@harbour.example"))
    mara = contact(points=points, role="Team lead", team="Integration", hours="Mon-Fri 08:00-17:00")
    pdf = printed(Group("", (mara,)), columns=("email", "role")).pdf()
    (text,) = pages(pdf)
    assert "mara@harbour.example" in text
    assert "Team lead" in text
    for absent in ("+46 70 174 06 31", "Integration", "Mon–Fri", "Stockholm"):
        assert absent not in text
    assert find(pdf, "Email")[0].left < find(pdf, "Role")[0].left


def test_when_somebody_is_away_is_told_whatever_was_chosen(contact, pages):
    mara = contact()
    (text,) = pages(printed(Group("", (mara,)), columns=("role",), duty={mara.id: ("away 7 Dec – 13 Dec",)}).pdf())
    assert "away 7 Dec – 13 Dec" in text


def test_a_number_that_is_not_for_paper_is_not_in_the_file_in_any_column(contact, pages):
    mara = contact(points=(ContactPoint(PointKind.PHONE, "+46 70 174 06 77", privacy=Privacy.PRIVATE),))
    for columns in ((), ("phone",), ("numbers",), tuple(COLUMNS)[:4]):
        pdf = printed(Group("", (mara,)), columns=columns).pdf()
        assert "06 77" not in pages(pdf)[0].replace("\xa0", " ")
    assert "not printed" in pages(printed(Group("", (mara,)), columns=("phone",)).pdf())[0]


def test_a_list_that_almost_fits_is_printed_smaller_or_in_two_columns_and_never_too_small(contact, pages):
    counts = []
    for count in (20, 36, 60, 90):
        pdf = printed(Group("", crowd(contact, count)), columns=("mobile",)).pdf()
        counts.append(len(pages(pdf)))
        assert heights(pdf)[0] >= 7.5 * SCALES[-1] - 0.01
        for at in range(count):
            assert sum(f"Person {at:03}" in text for text in pages(pdf)) == 1
    assert counts[:2] == [1, 1]
    assert counts[-1] > 1


def test_a_team_that_is_divided_between_two_columns_says_its_name_again(contact, pages, find):
    groups = by_team(crowd(contact, 40))
    pdf = printed(*groups, columns=("mobile",)).pdf()
    assert len(pages(pdf)) == 1
    assert "continued" in pages(pdf)[0]
    assert len({round(place.left) for place in find(pdf, "Name")}) == 2


def test_columns_that_need_it_turn_the_page_and_too_many_are_refused(contact):
    points = tuple(ContactPoint(kind, "+46 70 174 06 31") for kind in (PointKind.MOBILE, PointKind.PHONE))
    told = {"role": "Integration lead", "organisation": "Harbourlight Software", "team": "Customer communications"}
    mara = contact(points=points, hours="Mon-Fri 08:00-17:00", **told)
    wide = printed(Group("", (mara,)), columns=(*list(COLUMNS)[:6], "mobile", "phone", "email"))
    assert wide.size.width > wide.size.height
    with pytest.raises(PlaybookError, match="do not fit beside each other on A6"):
        printed(Group("", (mara,)), columns=tuple(COLUMNS), size="a6")


def test_an_address_is_broken_where_a_reader_would_break_it(contact, pages):
    address = "ana.ferreira@harbourlightsoftware.example"
    points = (ContactPoint(PointKind.EMAIL, address), ContactPoint(PointKind.MOBILE, "+1 206 555 0118"))
    ana = contact("Ana Ferreira", points=points, role="Head of customer communications", team="Customer communications")
    (text,) = pages(printed(Group("", (ana,)), columns=("role", "team", "mobile", "phone", "email")).pdf())
    parts = [line for line in text.splitlines() if line and line in address]
    assert "".join(parts) == address
    assert parts[0].endswith("@")
