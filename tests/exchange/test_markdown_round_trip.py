"""Whatever an entry says, its Markdown gives it back; and a person can read it there."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.annotations import ANNOTATED, Annotation, AnnotationKind, Answer, Endorsement
from escplaybook.domain.attachments import Attachment
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.knowledge import HEADINGS, Entry, Link, Section, Step
from escplaybook.domain.origins import Origin
from escplaybook.domain.uses import Outcome, Tick, Use
from escplaybook.exchange import front_matter
from escplaybook.exchange.entry_reading import entry_from
from escplaybook.exchange.markdown import read, write
from escplaybook.exchange.text import decode

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)

CHARACTERS = st.characters(exclude_categories=["Cs"])  # lone surrogates fit into no file
AWKWARD = st.sampled_from([
    "## Cause", "# Title", "### Workaround", "#### Note", "##", "# ", "###### **Fix:**", "Cause\n-----", "A\n===",
    "```", "~~~~", "```\n## Cause\n```", "<!--", "-->", "<pre>", "---", "...", "---\ntitle: x\n---", "title: x",
    "## ##",
    "1. Do it", "1. Do it\n   - Needs: it", "   - Expect: x", "- Roll back: x", "    code", "\t", "> ## Summary",
    "N/A", "-", "None", "", " ", "  two spaces after  ", "| a |\n|---|", "\\## Cause", "&amp;", "text\u2028more",
    "Zoë łódź Ελλάδα مرحبا 数据 👩‍💻", "ends in backslash\\", "a\r\nb\rc", "\x85", "'it''s' \"odd\"", "key: 'v' # no",
    "\0", "\x0c", "\ufeff", "[a]: /b", "## Whatever follows", "And its text.",
])  # fmt: skip
LINES = st.one_of(AWKWARD, st.text(CHARACTERS, max_size=12))
TEXTS = st.lists(LINES, max_size=6).map("\n".join)
NAMES = st.text(CHARACTERS, min_size=1, max_size=30) | AWKWARD.filter(bool)
TITLES = NAMES.filter(lambda name: bool(name.strip()))
INSTANTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))


def several(one: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(one, max_size=3).map(tuple)


ORIGINS = st.builds(Origin, uid=NAMES, source=TEXTS, state=TEXTS, extra=several(st.tuples(NAMES, NAMES)))
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
ENTRIES = st.builds(
    Entry,
    id=st.uuids().map(str),
    title=TITLES,
    created=INSTANTS,
    updated=INSTANTS,
    key=st.sampled_from(["", "KB-0001", "KB-123456"]),
    **dict.fromkeys(HEADINGS, TEXTS),
    steps=several(st.builds(Step, NAMES, TEXTS, TEXTS, TEXTS)),
    rest=several(st.builds(Section, NAMES | st.sampled_from(["", "Cause", "Timeline"]), TEXTS)),
    **dict.fromkeys(["system", "data_domain", "stage", "vendor", "language"], TEXTS),
    severity=st.none() | st.sampled_from(Severity),
    cause_class=st.none() | st.sampled_from(CauseClass),
    tags=st.lists(NAMES, max_size=3, unique=True).map(tuple),
    error_codes=several(NAMES),
    links=several(st.builds(Link, NAMES, NAMES)),
    attachments=several(
        st.builds(
            Attachment, TITLES.filter(lambda name: not {"/", "\\"} & set(name)), HASHES, st.integers(0, 999), NAMES
        )
    ),
    origin=st.none() | ORIGINS,
    retired=st.none() | INSTANTS,
)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(ENTRIES)
def test_an_entry_comes_back_whole_whatever_it_says(entry):
    assert again(entry) == (entry, ())


@settings(deadline=None, derandomize=True, max_examples=200)
@given(TEXTS, TEXTS)
def test_any_page_is_read_and_what_was_read_comes_back(value, page):
    """From foreign text to entry to our own form and back: nothing changes any more after the first reading."""
    text = f"---\ntitle: T\nnote: {json.dumps(value)}\n---\n{page}".replace("\0", "")
    entry, warnings, *_ = entry_from(decode(text.encode())[0], "a.md", NOW)
    assert not warnings
    assert again(entry) == (entry, ())


def again(entry: Entry) -> tuple[Entry, tuple[str, ...]]:
    return entry_from(decode(write(entry).encode())[0], "elsewhere.md", NOW)[:2]


NOTES = st.builds(
    Annotation,
    id=st.uuids().map(str),
    entry=st.just("here"),
    field=st.sampled_from(ANNOTATED),
    quote=TITLES,
    kind=st.sampled_from(AnnotationKind),
    text=TITLES,
    author=TEXTS,
    created=INSTANTS,
    updated=INSTANTS,
    key=st.sampled_from(["", "AN-0001"]),
    applies_when=TEXTS,
    retired=st.none() | INSTANTS,
    prefix=TEXTS,
    suffix=TEXTS,
    position=st.integers(0, 2_000_000),
    endorsements=several(st.builds(Endorsement, TEXTS, INSTANTS)),
    answers=several(st.builds(Answer, TEXTS, INSTANTS, TEXTS)),
    superseded_by=st.none() | st.uuids().map(str),
)


@given(st.lists(NOTES, max_size=3, unique_by=lambda note: note.id))
def test_the_notes_on_an_entry_come_back_whole_whatever_they_say(notes):
    entry = Entry("here", "Login loops", NOW, NOW, cause="## Cause")
    notes.sort(key=lambda note: (note.created, note.id))
    text = decode(write(entry, notes).encode())[0]
    assert entry_from(text, "elsewhere.md", NOW) == (entry, (), tuple(notes), ())


USES = st.builds(
    Use,
    id=st.uuids().map(str),
    entry=st.just("here"),
    outcome=st.sampled_from(Outcome),
    by=TITLES,
    at=INSTANTS,
    created=INSTANTS,
    updated=INSTANTS,
    key=st.sampled_from(["", "US-0001"]),
    environment=TEXTS,
    note=TEXTS,
    ticks=several(st.builds(Tick, st.integers(1, 99), TEXTS, INSTANTS, TEXTS)),
    wording=st.sampled_from(["", "0123456789abcdef"]),
    retired=st.none() | INSTANTS,
)


@given(st.lists(USES, max_size=3, unique_by=lambda use: use.id))
def test_what_came_of_using_an_entry_comes_back_whole_whatever_was_said(uses):
    entry = Entry("here", "Login loops", NOW, NOW, cause="## Cause")
    uses.sort(key=lambda use: (use.at, use.id))
    text = decode(write(entry, (), uses).encode())[0]
    assert entry_from(text, "elsewhere.md", NOW) == (entry, (), (), tuple(uses))


@given(ENTRIES, st.lists(USES, max_size=2, unique_by=lambda use: use.id))
def test_what_is_too_much_for_yaml_comes_back_as_whole(entry, uses):
    uses = tuple(replace(use, entry=entry.id) for use in sorted(uses, key=lambda use: (use.at, use.id)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(front_matter, "_MANY_VALUES", 0)
        text = write(entry, (), uses)
    assert text.startswith("---\n{\n")
    assert entry_from(decode(text.encode())[0], "elsewhere.md", NOW) == (entry, (), (), uses)


@pytest.mark.parametrize("line", ["It hangs.\n", "## Cause\n\nA lock.\n"])
def test_a_book_in_one_entry_with_a_thousand_uses_comes_back(entry, now, line):
    made = entry(summary=line * 30_000, symptoms=line * 30_000)
    uses = tuple(Use(f"{at:04d}", made.id, Outcome.WORKED, "Mara", now, now, now) for at in range(2_000))
    assert entry_from(write(made, (), uses), "elsewhere.md", now) == (made, (), (), uses)


def test_notes_that_are_none_are_kept_as_they_stand_and_told():
    text = write(Entry("here", "Login loops", NOW, NOW)).replace("language: en\n", "language: en\nnotes: see wiki\n")
    entry, warnings, notes, _ = entry_from(text, "a.md", NOW)
    assert notes == ()
    assert warnings == ("“notes: see wiki” was not understood; it is kept as it stands.",)
    assert entry.origin.extra == (("notes", "see wiki"),)


def test_a_plain_entry_reads_like_one(tmp_path: Path):
    entry = Entry(
        id="0190f3c2-0000-7000-8000-000000000001",
        title="Login loops: “not yet valid”",
        created=NOW,
        updated=NOW,
        key="KB-0001",
        symptoms="People are sent back.\n\n### On phones\n\nThe same.",
        steps=(Step("Step the clock", expected="offset under 1 s"), Step("Sign in")),
        workaround="Raise the skew.",
        rest=(Section("Timeline", "09:00 first report"),),
        severity=Severity.S1,
        tags=("saml", "clock"),
    )
    assert write(entry) == (
        "---\nescplaybook: '1'\nkey: KB-0001\ntitle: 'Login loops: “not yet valid”'\nseverity: S1\n"
        "tags:\n  - saml\n  - clock\n"
        "language: en\ncreated: '2026-11-24T02:41:00+00:00'\nupdated: '2026-11-24T02:41:00+00:00'\n"
        "id: 0190f3c2-0000-7000-8000-000000000001\n---\n"
        "\n## What people see\n\nPeople are sent back.\n\n### On phones\n\nThe same.\n"
        "\n## Remedy\n\n1. Step the clock\n   - Expect: offset under 1 s\n2. Sign in\n"
        "\n## Workaround\n\nRaise the skew.\n"
        "\n## Timeline\n\n09:00 first report\n"
    )


@pytest.mark.parametrize("base", [(), (("title", "0123456789abcdef"),)])
def test_a_file_of_ours_gives_the_entry_back(tmp_path, entry, now, base):
    made = entry(
        summary="One\n## Two",
        remedy="Prose.",
        steps=(Step("Plain"),),
        origin=Origin("7bf2", "a/b.md", "Fixed", (("n", "1"), ("n", "2")), base),
    )
    path = tmp_path / "kb.md"
    path.write_text(write(made))
    (item,) = read([path], now)
    assert item.entry == replace(made, origin=replace(made.origin, base=()))
    assert "  summary: |-\n    One\n    ## Two\n" in path.read_text()
    assert "\n## Remedy\n\nProse.\n\n## Remedy steps\n\n1. Plain\n" in path.read_text()


def test_a_key_added_by_hand_to_a_file_of_ours_is_kept(entry, now):
    text = write(entry()).replace("language: en\n", "language: en\nowner: Ines\n")
    read_back, *_ = entry_from(text, "a.md", now)
    assert read_back.origin == Origin(read_back.id, "a.md", extra=(("owner", "Ines"),))
