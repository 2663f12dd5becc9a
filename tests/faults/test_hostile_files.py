"""Files that were not made to be imported: names no text can hold, pipes and devices, pages that ask for hours."""

import os

import pytest

from escplaybook.domain.knowledge import Entry
from escplaybook.services.importing_files import import_files
from escplaybook.store import checking, records
from escplaybook.store.index import plain

PAGE = "---\ntitle: Login loops\n---\n\nIt hangs."


def test_names_that_are_no_text_come_in_and_are_told_in_one_line(book, tmp_path, now):
    for name in (b"\xff\xfe.md", b"a\nb.md", "\u202etxt.md".encode(), b"\x1b[31m.md", "😀.md".encode()):
        (tmp_path / os.fsdecode(name)).write_text(PAGE)
    report = import_files(book, [tmp_path], now=now)
    told = {item.source for item in report.items}
    assert (report.added, report.refused) == (5, ())
    assert told == {r"\xff\xfe.md", r"a\nb.md", r"\u202etxt.md", r"\x1b[31m.md", "😀.md"}
    assert import_files(book, [tmp_path], now=now).same == 5
    assert not list(checking.trouble(book))


def test_a_folder_whose_name_is_no_text_comes_in(book, tmp_path, now):
    folder = tmp_path / os.fsdecode(b"\xff")
    folder.mkdir()
    (folder / "a.md").write_text(PAGE)
    assert import_files(book, [folder], now=now).added == 1


@pytest.mark.parametrize("ending", ["md", "vcf", "csv"])
def test_what_might_never_end_is_refused_and_what_stands_beside_it_comes_in(book, tmp_path, now, ending):
    os.mkfifo(tmp_path / f"pipe.{ending}")
    (tmp_path / f"zero.{ending}").symlink_to("/dev/zero")
    (tmp_path / "a.md").write_text(PAGE)
    named = [tmp_path / f"pipe.{ending}", tmp_path / f"zero.{ending}", tmp_path / "a.md"]
    report = import_files(book, named, now=now)
    assert report.added == 1
    assert len(report.refused) == 2
    assert all("no file" in refused.reason for refused in report.refused)


def test_pipes_devices_and_rings_of_links_in_a_folder_are_passed_over(book, tmp_path, now):
    os.mkfifo(tmp_path / "README.md")
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    (tmp_path / "ring.md").symlink_to("ring.md")
    (tmp_path / "self").symlink_to(".")
    (tmp_path / "a.md").write_text(PAGE)
    report = import_files(book, [tmp_path], now=now)
    assert (report.added, report.refused) == (1, ())
    assert records.count(book, Entry) == 1


@pytest.mark.parametrize("mark", ["[", "![", "\\[", "![a](", "[a](b"])
def test_a_page_of_nothing_but_link_marks_is_read(mark):
    """Looked through from each mark to the end, as it once was, this would take minutes."""
    assert plain(mark * 300_000)


def test_a_link_leaves_its_words_in_the_index():
    assert plain("See [the page](https://wiki.example/a) and ![a picture](b.png), [1] too") == (
        "See the page and a picture , [1] too"
    )
