"""Files kept with a known blocker, from the command line; and how long its texts may be."""

import json

import pytest

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.knowledge import TEXT_LIMIT, Step
from escplaybook.services import editing
from escplaybook.store import blobs, records


@pytest.fixture
def kept(book, entry, now, run):
    editing.add(book, entry(), now)
    return run


def test_a_file_is_attached_found_by_its_name_written_out_and_taken_off(kept, tmp_path, book):
    log = tmp_path / "idp-trace.log"
    log.write_bytes(b"assertion not yet valid\n")
    assert kept("entries", "attach", "KB-1", str(log))[:2] == (
        0,
        "“idp-trace.log” is attached to KB-0001 “Login loops after SAML cut-over”.\n",
    )
    assert json.loads(kept("entries", "document", "KB-1", "--json")[1])[0]["name"] == "idp-trace.log"
    assert json.loads(kept("search", "idp-trace", "--json")[1])["hits"][0]["key"] == "KB-0001"
    assert kept("entries", "document", "KB-1", "idp-trace.log", "-o", str(tmp_path / "out.log"))[0] == 0
    assert (tmp_path / "out.log").read_bytes() == log.read_bytes()
    assert kept("entries", "detach", "KB-1", "idp-trace.log")[0] == 0
    assert records.by_key(book, "KB-0001").attachments == ()
    assert kept("undo")[0] == 0
    assert records.by_key(book, "KB-0001").attachments[0].name == "idp-trace.log"


def test_pictures_travel_with_the_newcomers_copy_and_other_files_do_not(kept, tmp_path, book):
    for name in ("login.png", "trace.log"):
        (tmp_path / name).write_bytes(name.encode())
        kept("entries", "attach", "KB-1", str(tmp_path / name))
    kept("handover", str(tmp_path / "copy.db"))
    from escplaybook.store.book import Book

    with Book.open(tmp_path / "copy.db", read_only=True) as copy:
        picture, log = records.by_key(copy, "KB-0001").attachments
        assert blobs.data_of(copy, picture) == b"login.png"
        with pytest.raises(Exception, match="not in this copy"):
            blobs.data_of(copy, log)


def test_a_text_of_fifty_megabytes_is_refused_in_a_sentence_and_one_of_two_is_kept(kept, book, entry):
    before = records.by_key(book, "KB-0001")
    with pytest.raises(InvalidRecord, match="would make it 50 million; nothing was changed"):
        entry(symptoms="x" * 50_000_000)
    with pytest.raises(InvalidRecord, match="holds 5 million"):
        entry(steps=tuple(Step("x" * (TEXT_LIMIT // 2)) for _ in range(3)))
    assert records.by_key(book, "KB-0001") == before
    assert len(entry(symptoms="x" * 2_000_000).symptoms) == 2_000_000


def test_an_attachment_is_told_in_json(kept, book, entry, now):
    one = Attachment("a.png", "0" * 64, 3, "image/png")
    editing.add(book, entry("Second", attachments=(one,)), now)
    told = json.loads(kept("show", "KB-2", "--json")[1])
    assert told["attachments"] == [{"name": "a.png", "hash": "0" * 64, "size": 3, "media_type": "image/png"}]
