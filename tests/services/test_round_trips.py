"""What leaves a book comes into an empty one the same, and leaves that one byte for byte the same."""

import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.domain.edits import Edit, new_stroke
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.knowledge import Entry, Step
from escplaybook.domain.uses import Outcome, Tick, Use
from escplaybook.services import annotating, editing, using
from escplaybook.services.exporting import export_files, export_markdown
from escplaybook.services.importing import import_markdown
from escplaybook.services.importing_files import import_files
from escplaybook.store import blobs, checking, records
from escplaybook.store.book import Book
from escplaybook.store.writing import write
from tests.conftest import NOW
from tests.exchange.test_markdown_round_trip import ENTRIES, NOTES, USES


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(book):
    """Everything there is, but for what is local: the merge base, and the origin of what was written here."""
    entries = records.everything(book, Entry)
    origins = [one.origin and replace(one.origin, base=()) for one in entries]
    from_outside = [origin if origin and (origin.uid != one.id or origin.state or origin.extra) else None
                    for one, origin in zip(entries, origins, strict=True)]  # fmt: skip
    return (
        [replace(one, origin=origin) for one, origin in zip(entries, from_outside, strict=True)],
        records.everything(book, Annotation),
        [replace(use, blocker=None) for use in records.everything(book, Use)],
    )


@pytest.fixture
def other(tmp_path):
    with Book.create(tmp_path / "other.db") as made:
        yield made


KNOWN = st.tuples(ENTRIES, st.lists(NOTES, max_size=2), st.lists(USES, max_size=2))


@settings(max_examples=15)
@given(st.lists(KNOWN, min_size=1, max_size=3))
def test_whatever_is_known_comes_back_and_leaves_again_byte_for_byte(known):
    with TemporaryDirectory() as place:
        first, second = Path(place, "first"), Path(place, "second")
        with Book.create(Path(place, "a.db")) as book:
            for entry, notes, uses in known:
                beside = [replace(one, entry=entry.id, key="", superseded_by=None) for one in notes]
                happened = [replace(use, entry=entry.id, key="") for use in uses]
                records_of_it = {
                    one.id: one for one in (replace(entry, key="", attachments=()), *beside, *happened)
                }.values()
                try:
                    editing.apply(book, "Add", *(Edit(None, one) for one in records_of_it), now=NOW)
                except PlaybookError:  # two of one id or origin: no book holds them
                    continue
            export_markdown(book, first)
            before = told(book)
        with Book.create(Path(place, "b.db")) as book:
            report = import_markdown(book, [first], now=NOW)
            assert (report.refused, report.warnings) == ((), ())
            assert told(book) == before
            assert not list(checking.trouble(book))
            export_markdown(book, second)
        assert files(first) == files(second)


def test_uses_travel_and_count_in_the_next_book(book, other, folder, tmp_path, entry, now):
    known = editing.add(book, entry(remedy="Step the clock."), now)
    done = using.use_of(known, Outcome.WORKED, now, by="Mara", ticks=[Tick(1, "Step the clock.", now, "offset 2 ms")])
    using.record(book, known, done, now)
    wrong = using.record(book, known, using.use_of(known, Outcome.FAILED, now, by="Tomás"), now)
    using.take_back(book, wrong, now)
    export_markdown(book, folder)
    assert import_markdown(other, [folder], now=now).added == 1
    assert told(other) == told(book)
    assert import_markdown(other, [folder], now=now).same == 1
    (file,) = folder.iterdir()
    assert "## Remedy" in file.read_text()
    editing.undo(other, now)
    assert records.everything(other, Use) == []


def test_a_use_that_was_taken_back_there_is_taken_back_here_and_stays_on_its_blocker(book, folder, entry, now):
    known = editing.add(book, entry(), now)
    use = using.record(book, known, using.use_of(known, Outcome.WORKED, now, by="Mara"), now)
    export_markdown(book, folder)
    (file,) = folder.iterdir()
    later = now.replace(hour=5).isoformat()
    text = file.read_text().replace(
        f"    wording: {use.wording}", f"    retired: '{later}'\n    wording: {use.wording}"
    )
    head, updated, tail = text.rpartition("    updated: '")
    file.write_text(head + updated + later + tail[len(later) :])
    assert import_markdown(book, [folder], now=now).changed == 1
    assert records.get(book, Use, use.id).retired == now.replace(hour=5)


def test_an_export_is_written_anew_after_a_use_and_left_when_somebody_wrote_into_it(book, folder, entry, now):
    known = editing.add(book, entry(), now)
    export_markdown(book, folder)
    using.record(book, known, using.use_of(known, Outcome.WORKED, now, by="Mara"), now)
    assert export_markdown(book, folder).written == 1
    using.record(book, known, using.use_of(known, Outcome.FAILED, now, by="Tomás"), now)
    (file,) = folder.iterdir()
    file.write_text(file.read_text().replace("by: Mara", "by: Nobody"))
    assert len(export_markdown(book, folder).refused) == 1


@pytest.mark.skipif("ESCPLAYBOOK_DATA" not in os.environ, reason="ESCPLAYBOOK_DATA names no folder of real collections")
def test_three_hundred_real_known_issues_go_round_without_loss(book, other, folder, tmp_path, now):
    issues = [Path(os.environ["ESCPLAYBOOK_DATA"], "known-issues")]
    assert import_markdown(book, issues, now=now).added == 300
    export_markdown(book, folder)
    assert import_markdown(other, [folder], now=now).added == 300
    assert told(other) == told(book)
    export_markdown(other, tmp_path / "again")
    assert files(folder) == files(tmp_path / "again")
    assert import_markdown(book, [tmp_path / "again"], now=now).same == 300
    assert import_markdown(book, issues, now=now).same == 300


def test_attachments_lie_beside_and_come_along(book, other, folder, tmp_path, entry, now):
    data = b"\x89PNG the sign-in page"
    picture = blobs.described("sign in.png", data)
    made = entry(remedy="See the picture.", attachments=(picture,))
    write(book, new_stroke(now, "Mara", "Add"), Edit(None, made), files=[data])
    assert export_markdown(book, folder).refused == ()
    assert import_markdown(other, [folder], now=now).warnings == ()
    assert told(other) == told(book)
    assert blobs.data_of(other, picture) == data
    export_markdown(other, tmp_path / "again")
    assert len(files(folder)) == 2
    assert files(folder) == files(tmp_path / "again")
    (file,) = (folder / "attachments").iterdir()
    file.write_bytes(b"two")
    assert [one.source for one in export_markdown(book, folder).refused] == [file.name]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_table_and_json_give_an_empty_book_the_same(book, other, folder, tmp_path, entry, now, form):
    known = editing.add(book, entry(summary="- It hangs", steps=(Step("Wait", expected="it runs"),)), now)
    at = annotating.passage(known, "hangs")
    annotating.annotate(book, known, at, now, kind=AnnotationKind.WHY, text="=NOW()", author="Ines")
    using.record(book, known, using.use_of(known, Outcome.WORKED, now, by="Mara"), now)
    export_files(book, folder, form)
    if form == "json":
        for file in folder.iterdir():
            if file.stem not in ("entries", "annotations", "uses"):
                file.unlink()
    report = import_files(other, [folder / "entries.csv"] if form == "csv" else [folder], now=now)
    assert (report.added, report.refused, report.warnings) == (1, (), ())
    assert told(other) == told(book)
    export_files(other, tmp_path / "again", form)
    assert import_files(other, [folder / "entries.csv"] if form == "csv" else [folder], now=now).same == 1
    assert (folder / f"entries.{form}").read_bytes() == (
        tmp_path / "again" / f"entries.{form}"
    ).read_bytes() or form == "json"


def test_what_is_packed_or_too_large_is_told_in_a_sentence_and_nothing_comes_in(book, folder, now):
    (folder / "all.zip").write_bytes(b"PK")
    with pytest.raises(
        PlaybookError, match=r"all.zip is packed; unpack it and bring in the folder. Nothing was changed."
    ):
        import_files(book, [folder / "all.zip"], now=now)
    with (folder / "large.md").open("wb") as file:
        file.write(b"---\nescplaybook: '1'\ntitle: x\n---\n")
        file.truncate(50_000_000)
    (folder / "long.md").write_text("---\nescplaybook: '1'\ntitle: x\n---\n## Cause\n\n" + "x" * 6_000_000)
    (folder / "tabs.md").write_text("---\ntitle: x\n\ttags: y\n---\n")
    (folder / "list.md").write_text("---\n- a\n- b\n---\n")
    (folder / "fine.md").write_bytes(b"---\r\ntitle: Caf\xe9\r\n---\r\n\r\n## Cause\r\n\r\nA lock.\r\n")
    (folder / "deep.md").write_text("---\ntitle: Deep\n---\n" + ">" * 10_000 + " x")
    report = import_files(book, [folder], now=now)
    assert report.added == 2
    assert {one.source: one.reason.partition(";")[0].partition(" (")[0] for one in report.refused} == {
        "large.md": "The file is larger than 40 MB",
        "long.md": "A known blocker holds 5 million characters, and this would make it 6 million",
        "tabs.md": "The front matter cannot be read as YAML: line 3, found character '\\t' that cannot start any token.",  # noqa: E501
        "list.md": "The front matter is not a list of “key: value” lines.",
    }
    assert records.everything(book, Entry)[1].cause == "A lock."
