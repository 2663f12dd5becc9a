"""A playbook read on the sample book: what it asks for is answered as the book has it, and nothing stops it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escplaybook.domain.contacts import Contact, Privacy
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.mentions import picture
from escplaybook.domain.playbooks import Chapter, Playbook
from escplaybook.prose.html import Node, plain, to_html
from escplaybook.services import attaching, editing
from escplaybook.services.calling import only_deployment
from escplaybook.services.playbooks import is_shipped, playbook_named, playbooks, reading_of
from escplaybook.services.sample import make_sample
from escplaybook.store.book import Book
from escplaybook.store.records import by_key, everything
from tests.conftest import NOW
from tests.prose.harmless import PLAYBOOK_VALUES, assert_harmless


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("playbooks") / "s.db"
    with Book.create(path) as book:
        make_sample(book, NOW)
    with Book.open(path, read_only=True) as book:
        yield book


@pytest.fixture
def harbour(sample):
    return only_deployment(sample, "Harbour ERP")


@pytest.fixture
def ask(sample, harbour, tmp_path):
    """Reads a chapter with these lines; gives its text, and what is doubtful in it."""

    def read(*lines, book=sample, stage="", deployment=harbour):
        chapter = Chapter("01.md", "T", "\n\n".join(("# T", *lines)))
        found = reading_of(book, Playbook("t", str(tmp_path), "T", stage=stage, chapters=(chapter,)), deployment, NOW)
        assert_harmless(found.chapters[0].nodes, PLAYBOOK_VALUES)
        return found

    return read


def text(read):
    return plain(read.chapters[0].nodes).replace("\xa0", " ")


def whats(read):
    return [doubt.what for doubt in read.warnings]


def keys(read):
    return {record.key for record in read.records}


def test_severities_say_what_they_mean_and_what_a_ticket_must_carry(ask):
    read = ask("::: severities")
    assert whats(read) == []
    for said in ("◆ S1", "Business stands still", "Update every 30 min", "A ticket must carry", "Dependencies: none"):
        assert said in text(read)
    assert keys(read) >= {"SV-0001", "SV-0004"}


def test_the_book_says_what_counts_as_a_blocker(ask, book):
    read = ask("::: blocker")
    assert "It is one\tIt is none" in text(read)
    assert "Met most: " in text(read)
    assert [type(record).__name__ for record in read.records if record.key.startswith("BD")] == ["BlockerDefinition"]
    assert "does not say yet what counts as a blocker" in text(ask("::: blocker", book=book, deployment=None))


def test_a_ladder_says_who_by_when_and_to_what_end(ask):
    read = ask("::: ladder S1 go-live external")
    said = text(read)
    assert "◆ S1 · go-live · external causes · Harbour ERP" in said
    assert "Mara Lindqvist\n+46 70 174 06 31 mobile, verified 9 days ago" in said
    assert "NOT verified for 140 days" in said
    assert "acknowledge in 5 min" in said
    assert "The vendor’s engineer is on the bridge." in said
    assert len(read.points) == 8
    assert {type(record).__name__ for record in read.records} >= {"Cell", "Level", "Contact"}


def test_a_ladder_without_a_stage_is_that_of_the_playbook_or_of_the_present_one(ask):
    assert "◆ S1 · go-live · internal" in text(ask("::: ladder S1", stage="go-live"))
    assert "◆ S1 · integration · internal" in text(ask("::: ladder S1"))
    assert "◆ S1 · internal causes\n" in text(ask("::: ladder S1", deployment=None))


def test_contacts_are_those_of_a_team_or_all_that_the_matrix_names(ask, sample):
    team = text(ask('::: contacts "integration"'))
    assert "Mara Lindqvist" in team
    assert "Paul Adeyemi" not in team
    everybody = text(ask("::: contacts"))
    assert "Mara Lindqvist" in everybody
    assert "Paul Adeyemi" in everybody


def test_points_that_are_not_for_paper_are_named_and_not_shown(ask, sample):
    mara = next(one for one in everything(sample, Contact) if one.name == "Mara Lindqvist")
    read = ask("::: contacts")
    for point in mara.points:
        assert (point.value.replace(" ", "\xa0") in to_html(read.chapters[0].nodes) or point.value in text(read)) == (
            point.privacy is Privacy.PRINT
        )
    assert "not shown here: pager, chat" in text(read)


def test_a_number_that_is_nobodys_to_know_is_taken_out_of_texts_too(ask, sample, tmp_path):
    assert "+44 20 7946 0142" in text(ask("::: severities"))
    with Book.create(tmp_path / "hidden.db") as book:
        make_sample(book, NOW)
        edits = [
            Edit(one, replace(one, points=tuple(replace(point, privacy=Privacy.TEAM) for point in one.points)))
            for one in everything(book, Contact)
            if one.points
        ]
        editing.apply(book, "Hide", *edits, now=NOW + timedelta(seconds=1))
        said = text(ask("::: severities", book=book, deployment=None))
    assert "+44 20 7946 0142" not in said
    assert "Bridge (not shown), room 31" in said


def test_a_vendor_is_told_whole_and_without_a_name_all_in_short(ask):
    whole = text(ask('::: vendor "keystone identity"'))
    for said in ("KI-20-118", "◆ S1  “Severity A”  answer in 30 min", "NOT signed: it protects nobody yet.", "Portal"):
        assert said in whole
    short = text(ask("::: vendor"))
    assert "Breakwater Cloud" in short
    assert "Tidewater Middleware" in short


def test_rights_say_who_decides_what_up_to_where(ask):
    everywhere, there = text(ask("::: rights")), text(ask("::: rights go-live"))
    assert "Roll back a test cycle" in everywhere
    assert "Roll back a test cycle" not in there
    assert "Authorise a temporary workaround\tup to 4 h\tMara Lindqvist\tJun Park" in there


def test_known_blockers_are_found_by_search_words_with_their_notes(ask):
    read = ask("::: entries tag:sso sev:S1 limit:2")
    said = text(read)
    assert said.count("What people see:") == 2
    assert "KB-0001 Login loops after SAML cut-over" in said
    assert "Story  on “back to 60 seconds within 72 hours”" in said
    assert "Remedy, first steps:" in said
    assert keys(read) >= {"KB-0001", "AN-0001"}


def test_one_known_blocker_stands_there_whole(ask, sample):
    said = text(ask("::: entry kb-1"))
    entry = by_key(sample, "KB-0001")
    assert "Proof that it is gone" in said
    assert all(step.action.split("`")[0].strip() in said for step in entry.steps)


def test_pictures_of_a_known_blocker_come_along(ask, book, entry, tmp_path):
    (tmp_path / "login.png").write_bytes(b"picture")
    made = editing.add(book, entry("Login loops"), NOW)
    kept = attaching.attach(book, made, tmp_path / "login.png", NOW, "attachments")
    shown = picture("The page", kept.attachments[0].hash, "login.png")
    symptoms = f"{shown} and {picture('gone', 'ab' * 32, 'x.png')}"
    editing.apply(book, "Show", Edit(kept, replace(kept, symptoms=symptoms)), now=NOW)
    read = ask("::: entry KB-0001", book=book, deployment=None)
    assert list(read.pictures.values()) == [b"picture"]
    assert len(read.warnings) == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("::: foo", "No live block is called “foo”"),
        ("::: ladder", "Name one severity"),
        ('::: contacts "Nobody"', "knows nobody there"),
        ('::: vendor "Nobody"', "knows no vendor of that name"),
        ("::: rights limbo", ""),
        ("::: entries tag:nonsense-nowhere", "knows no such blocker"),
        ("::: entries", "knows no such blocker"),
        ('::: entries "a OR ( * NOT tag: sev:" ) ] \\\\ \'; DROP TABLE x', ""),
        ("::: entry KB-9999", "Nothing in this book is called KB-9999"),
        ("::: entry CO-1", "is not a known blocker"),
        ("::: entry ../..", "is not a key of this book"),
        ("::: glossary nonsense", "None of these words is explained"),
        ("::: sign-off", "Say who signs"),
    ],
)
def test_what_cannot_be_answered_says_so_in_its_place_and_among_the_warnings(ask, line, why):
    read = ask("before", line, "after")
    said = text(read)
    assert said.startswith("T\nbefore\n")
    assert said.endswith("\nafter")
    if why:
        assert why in said
        assert [what for what in whats(read) if why in what]


def test_an_empty_book_answers_nothing_and_the_playbooks_can_be_read_all_the_same(book, now):
    for playbook in playbooks():
        read = reading_of(book, playbook, None, now)
        assert len(read.chapters) == len(playbook.chapters)
        assert not read.records


def test_every_starter_playbook_is_answered_by_the_sample(sample, harbour):
    for playbook in playbooks():
        assert is_shipped(playbook)
        read = reading_of(sample, playbook, harbour, NOW)
        assert whats(read) == []
        assert set(read.pictures) == {source for chapter in read.chapters for source in sources(chapter.nodes)}


def sources(nodes):
    for node in nodes:
        if isinstance(node, Node):
            yield from (value for name, value in node.attributes if name == "src")
            yield from sources(node.children)


def test_facts_are_those_of_the_chosen_deployment(ask):
    read = ask("{{deployment}} of {{customer}}, {{point-of-contact}}, {{go-live}}")
    assert text(read) == "T\nHarbour ERP of Norrvik Shipyards, Ana Ferreira, 5 Jan 2027"
    assert {"DP-0001"} <= keys(read)
    assert "____" in text(ask("{{deployment}}", deployment=None))


def test_records_are_called_by_their_names_and_count_among_those_printed(ask):
    read = ask("See [[KB-0003]] and [[KB-9999]].")
    assert "See KB-0003 Everyone locked out overnight" in text(read)
    assert whats(read) == ["KB-9999 is not in this book."]
    assert keys(read) >= {"KB-0003"}


def test_playbooks_are_named_by_folder_title_or_path(tmp_path):
    assert playbook_named("Running an escalation").name == "running-an-escalation"
    (tmp_path / "playbook.toml").write_text('title = "Mine"\nchapters = ["a.md"]')
    (tmp_path / "a.md").write_text("# A")
    assert playbook_named(str(tmp_path)).title == "Mine"
    assert not is_shipped(playbook_named(str(tmp_path)))
    for nothing in ("", "nonsense", str(tmp_path / "nowhere")):
        with pytest.raises(NotFound, match="No playbook is called"):
            playbook_named(nothing)
    (tmp_path / "playbook.toml").unlink()
    with pytest.raises(PlaybookError, match="is missing"):
        playbook_named(str(tmp_path))
