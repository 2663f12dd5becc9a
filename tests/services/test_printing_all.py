"""Everything a book has on paper in one folder: every kind, no private number on any of it, and nothing half done."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from escplaybook.domain.contacts import Contact, ContactPoint, Privacy
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.matrix import SeverityDefinition
from escplaybook.domain.vendors import Vendor
from escplaybook.services import editing
from escplaybook.services.playbooks import playbooks
from escplaybook.services.printing import pdf_of
from escplaybook.services.printing_all import INDEX, every_paper, print_everything
from escplaybook.services.sample import make_sample
from escplaybook.services.sheets.kinds import EVERY, KINDS
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.book import Book
from escplaybook.store.records import everything
from tests.conftest import NOW
from tests.ui.programmes import fill


def text_of(pdf) -> str:
    import pypdfium2

    pages = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(" ".join(pages).replace("\ufffe", "").replace("\x02", "").split())


@pytest.fixture
def full(book):
    fill(book)
    return book


@pytest.fixture(scope="module")
def hidden(tmp_path_factory) -> Path:
    """The sample programme with every number and address of everybody kept from paper."""
    path = tmp_path_factory.mktemp("hidden") / "h.db"
    with Book.create(path) as book:
        make_sample(book, NOW)

        def masked(points: tuple[ContactPoint, ...], number: int) -> tuple[ContactPoint, ...]:
            classes = (Privacy.TEAM, Privacy.PRIVATE)
            return tuple(replace(one, privacy=classes[(number + at) % 2]) for at, one in enumerate(points))

        edits = [
            Edit(one, replace(one, points=masked(one.points, number), updated=NOW + timedelta(seconds=1)))
            for number, one in enumerate(everything(book, Contact))
            if one.points
        ]
        for vendor in everything(book, Vendor):
            levels = tuple(replace(level, points=masked(level.points, 0)) for level in vendor.levels)
            edits.append(Edit(vendor, replace(vendor, levels=levels, updated=NOW + timedelta(seconds=1))))
        editing.apply(book, "Hide", *edits, now=NOW + timedelta(seconds=1))
    return path


def test_whoever_adds_a_kind_of_paper_says_what_there_is_to_print_of_it():
    assert set(EVERY) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_no_number_or_address_that_is_not_for_paper_stands_on_any_paper(kind, hidden):
    with Book.open(hidden, read_only=True) as book:
        holders = [*everything(book, Contact), *(level for one in everything(book, Vendor) for level in one.levels)]
        # a bridge that a lead wrote into the channels of a severity is there to be read by everybody
        channels = " ".join(one.channels for one in everything(book, SeverityDefinition))
        secrets = {point.value for holder in holders for point in holder.points if point.value not in channels}
        wishes = list(EVERY[kind](book, NOW))
        assert wishes or kind == "call-list"  # of numbers that are not for paper no list is made
        for wish in wishes[:12]:
            text = text_of(pdf_of(book, wish, at=NOW, with_replacements=True)).replace(" ", "")
            told = [value for value in secrets if value.replace(" ", "") in text]
            assert told == []


def test_every_paper_of_every_deployment_has_a_name_of_its_own_and_keeps_it(full, tmp_path, entry):
    editing.apply(full, "Add", Edit(None, entry()), now=NOW)
    names = [name for name, _ in every_paper(full, NOW)]
    assert names == [
        "matrix-harbour-erp",
        "matrix-harbour-erp-external",
        "contact-sheet-name",
        "contact-sheet-team",
        "contact-sheet-zone",
        "contact-sheet-hierarchy-harbour-erp",
        "cards-a6-folded-harbour-erp",
        "call-list",
        *(f"playbook-{one.name}-harbour-erp" for one in playbooks()),
        *(f"form-{severity}-intake-harbour-erp" for severity in ("s1", "s2", "s3", "s4")),
        "form-call-tree-harbour-erp",
        "form-update",
        "report-audit",
        "report-weekly-review",
        "report-coverage-harbour-erp",
        "known-blockers/KB-0001",
    ]


def test_two_deployments_of_one_name_do_not_take_each_others_files(full):
    from escplaybook.domain.deployments import Deployment

    (one,) = everything(full, Deployment)
    twin = replace(one, id="01a20000-0000-7000-8000-000000000009", key="", name="harbour ERP")
    editing.apply(full, "Add", Edit(None, twin), now=NOW)
    names = [name.casefold() for name, _ in every_paper(full, NOW)]
    assert len(set(names)) == len(names)
    assert "matrix-harbour-erp-2" in names


def test_everything_lies_in_the_folder_with_a_list_of_pages_and_hashes(full, tmp_path):
    told = []
    done = print_everything(full, tmp_path / "new" / "folder", at=NOW, progress=lambda *step: told.append(step[1:]))
    folder = tmp_path / "new" / "folder"
    assert sorted(path.name for path in folder.iterdir()) == sorted([*(one.file for one in done.papers), INDEX])
    assert told == [(number, len(done.papers)) for number in range(1, len(done.papers) + 1)]
    listed = (folder / INDEX).read_text(encoding="utf-8")
    for paper in done.papers:
        assert paper.hash in listed
        assert f"{paper.hash} · {paper.privacy}" in text_of(folder / paper.file)
        counted = "4 of 4" if paper.file.startswith("cards") else f"page {paper.pages} of {paper.pages}"
        assert counted in text_of(folder / paper.file)
    assert not done.was_stopped


_HASHES = """
import hashlib, sys
from datetime import datetime
from pathlib import Path
from escplaybook.services.printing import pdf_of
from escplaybook.services.printing_all import every_paper
from escplaybook.store.book import Book

at = datetime.fromisoformat(sys.argv[2])
with Book.open(Path(sys.argv[1]), read_only=True) as book:
    for name, wish in every_paper(book, at):
        if wish.sheet != "playbook" or wish.subject == "mentors-guide":
            print(name, hashlib.sha256(pdf_of(book, wish, at=at, author="Dana")).hexdigest())
"""


def test_two_programs_print_the_same_bytes(full, entry):
    """Separate processes, as their sets and hashes stand in another order in each."""
    editing.apply(full, "Add", Edit(None, entry(tags=("sso", "saml", "go-live"), remedy="1. Mend it.")), now=NOW)
    full.close()
    printed = []
    for seed, zone in ((0, "UTC"), (1, "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "TZ": zone}
        command = [sys.executable, "-c", _HASHES, str(full.path), NOW.isoformat()]
        done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
        printed.append(done.stdout.splitlines())
    assert len(printed[0]) > 10
    assert printed[0] == printed[1]


def test_what_no_font_can_print_is_listed_as_not_printed_and_the_rest_is(full, contact, tmp_path):
    editing.apply(full, "Add", Edit(None, contact("Roy \ue123")), now=NOW)
    done = print_everything(full, tmp_path, at=NOW)
    assert [paper.file for paper in done.refused] == [
        "contact-sheet-name.pdf",
        "contact-sheet-team.pdf",
        "contact-sheet-zone.pdf",
        "call-list.pdf",
    ]
    assert "U+E123" in (tmp_path / INDEX).read_text(encoding="utf-8")
    assert (tmp_path / "matrix-harbour-erp.pdf").exists()
    assert not (tmp_path / "call-list.pdf").exists()


def test_once_it_is_cancelled_what_is_there_is_whole_and_listed(full, tmp_path):
    folder, asked = tmp_path / "papers", iter([False, False, True])
    done = print_everything(full, folder, at=NOW, cancelled=lambda: next(asked))
    assert (len(done.papers), done.was_stopped) == (2, True)
    assert sorted(path.name for path in folder.iterdir()) == sorted([*(one.file for one in done.papers), INDEX])
    assert f"STOPPED after 2 of {done.total}" in (folder / INDEX).read_text(encoding="utf-8")


def test_a_key_pressed_while_a_file_is_written_leaves_no_half_file(full, tmp_path, monkeypatch):
    folder, write = tmp_path / "papers", Path.replace

    def interrupted(draft, target):
        if target.name == "contact-sheet-name.pdf":
            raise KeyboardInterrupt
        return write(draft, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        print_everything(full, folder, at=NOW)
    assert sorted(path.name for path in folder.iterdir()) == [
        INDEX,
        "matrix-harbour-erp-external.pdf",
        "matrix-harbour-erp.pdf",
    ]
    assert f"STOPPED after 2 of {len(every_paper(full, NOW))} papers" in (folder / INDEX).read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_one_sentence(full, tmp_path):
    (tmp_path / "file").write_text("kept")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(PlaybookError, match="cannot be made a folder"):
            print_everything(full, folder, at=NOW)
    assert (tmp_path / "file").read_text() == "kept"


def test_of_an_empty_book_there_are_the_playbooks_alone(book, tmp_path):
    done = print_everything(book, tmp_path / "papers", at=NOW)
    assert [one.file for one in done.papers] == [f"playbook-{one.name}.pdf" for one in playbooks()]
    assert (tmp_path / "papers" / INDEX).read_text(encoding="utf-8").startswith("Papers of b.db")


def test_a_kind_that_nobody_knows_is_refused(book):
    with pytest.raises(PlaybookError, match="prints no “rune”"):
        pdf_of(book, Wish("rune"), at=NOW)
