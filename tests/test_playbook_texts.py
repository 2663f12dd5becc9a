"""Stories of the starter playbooks as texts: whole, about no one book, and in the words that the program uses."""

import re
import tomllib
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import markdown
import pytest
from PIL import Image
from ruamel.yaml import YAML

from escplaybook.domain.classification import STAGES, CauseClass, Severity
from escplaybook.domain.impact import DataHarm, Impact, MilestoneAt, Workaround, verdict
from escplaybook.search.find import find
from escplaybook.services.sample import make_sample
from escplaybook.store.book import Book

ROOT = Path(__file__).parent.parent
FOLDERS = sorted(folder.parent for folder in (ROOT / "playbooks").glob("*/playbook.toml"))
SETTINGS = {"title", "role", "stage", "version", "language", "summary", "chapters"}
CALLOUTS = {"note", "caution", "shortcut", "why", "story", "example"}
FACTS = {"deployment", "customer", "go-live", "point-of-contact"}
LIVE = re.compile(r"^::: .*$", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\n]*)\)")
FIGURE = re.compile(r"^!\[([^\]\n]+)\]\(([^)\n]*)\)$", re.MULTILINE)
TASK = re.compile(r"^- \[ \] \S", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)

QUOTED = r'"[^"]+"'
ARGUMENTS = {
    "severities": r"",
    "blocker": r"",
    "ladder": rf"({'|'.join(Severity)})( ({'|'.join(STAGES)}))?( ({'|'.join(CauseClass)}))?",
    "contacts": rf"({QUOTED})?",
    "vendor": rf"({QUOTED})?",
    "rights": rf"({'|'.join(STAGES)})?",
    "entries": r".+",
    "glossary": r"([a-z][a-z ]+(, )?)*",
    "sign-off": rf"{QUOTED}( {QUOTED})*",
    "contents": r"",
}
"""What may follow the name of a live block; `entry KEY` is left out, for a starter playbook knows no book."""

FOREIGN = {
    "incident": "blocker",
    "MTTR": "time to resolve",
    "SPOC": "single point of contact",
    "knowledgebase": "knowledge base",
    "golive": "go-live",
    "cutover": "cut-over",
    "email": "e-mail",
    "signoff": "sign-off",
    "holdharmless": "hold-harmless",
    "hold harmless": "hold-harmless",
    "Sev 1": "S1",
    "SEV1": "S1",
    "P1": "S1",
    "stakeholder": "the group by its name",
    "color": "colour",
    "behavior": "behaviour",
    "organization": "organisation",
    "organize": "organise",
    "prioritize": "put first",
    "authorize": "authorise",
    "authorizes": "authorises",
    "recognize": "recognise",
    "center": "centre",
    "canceled": "cancelled",
    "learned": "learnt",
    "rollback": "way back, or roll back",
    "leverage": "lean on",
    "synergy": "nothing",
}
"""Words that the house does not use, each with the one it does."""

every_playbook = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def test_there_are_the_four_that_the_product_promises():
    assert [folder.name for folder in FOLDERS] == [
        "mentors-guide",
        "new-engineer-first-week",
        "on-site-lead-at-go-live",
        "running-an-escalation",
    ]


@every_playbook
def test_a_playbook_says_whom_it_is_for_and_names_every_chapter(folder):
    settings = settings_of(folder)

    assert set(settings) == SETTINGS
    assert settings["title"]
    assert settings["role"]
    assert settings["language"] == "en"
    assert settings["stage"] in ("", *STAGES)
    assert re.fullmatch(r"\d+\.\d+", settings["version"])
    assert 60 <= len(settings["summary"]) <= 240
    assert settings["chapters"] == sorted(path.name for path in folder.glob("*.md"))


@every_playbook
def test_every_chapter_has_one_title_and_no_level_is_skipped(folder):
    for name, text in chapters_of(folder).items():
        levels = [len(marks) for marks in re.findall(r"^(#+) ", CODE.sub("", text), re.MULTILINE)]
        assert text.startswith("# "), name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


@every_playbook
def test_a_playbook_fills_from_six_to_fifteen_pages_and_a_chapter_up_to_three(folder):
    """Counted in words, at some 450 a page, what its live blocks bring not counted."""
    lengths = {name: words_in(text) for name, text in chapters_of(folder).items()}

    assert 2_800 <= sum(lengths.values()) <= 5_300
    assert {name: length for name, length in lengths.items() if not 300 <= length <= 1_100} == {}


@every_playbook
def test_every_live_block_stands_alone_and_asks_for_something_there_is(folder):
    for name, text in chapters_of(folder).items():
        for found in LIVE.finditer(text):
            block, _, words = found[0].removeprefix("::: ").partition(" ")
            assert re.fullmatch(ARGUMENTS[block], words), f"{name}: {found[0]}"
            assert text[: found.start()].endswith("\n\n"), f"{name}: {found[0]} follows a line of text"
            assert text[found.end() :][:2] in ("\n\n", "\n"), f"{name}: a line of text follows {found[0]}"
        assert set(re.findall(r"\{\{(.*?)\}\}", text)) <= FACTS, name


@every_playbook
def test_what_it_shows_of_a_book_is_more_than_one_thing_and_not_a_telephone_directory(folder):
    kinds = [found[4:].split(" ")[0] for text in chapters_of(folder).values() for found in LIVE.findall(text)]

    assert len(set(kinds)) >= 3
    assert "contacts" not in kinds  # a contact sheet is a paper of its own, newer than any playbook
    assert "contents" not in kinds  # they stand on the title page
    assert kinds.count("sign-off") == 1


@every_playbook
def test_every_link_leads_to_a_chapter_or_a_heading_of_the_same_playbook(folder):
    headings = {name: ids_of(text) for name, text in chapters_of(folder).items()}

    for name, text in chapters_of(folder).items():
        for target in LINK.findall(text):
            chapter, mark, heading = target.partition("#")
            assert (chapter or name) in headings, f"{name}: {target}"
            assert not mark or unquote(heading) in headings[chapter or name], f"{name}: {target}"


@every_playbook
def test_nothing_leads_out_of_the_playbook(folder):
    for name, text in chapters_of(folder).items():
        assert not re.search(r"https?:|www\.|\]\(/|\.\./|\[\[|<[a-z/!]", CODE.sub("", text)), name


@every_playbook
def test_every_picture_is_there_small_readable_without_colour_and_described(folder):
    shown = {}
    for text in chapters_of(folder).values():
        shown |= {file: caption for caption, file in FIGURE.findall(text)}
        assert text.count("![") == len(FIGURE.findall(text))

    assert set(shown) == {path.name for path in folder.iterdir() if path.suffix not in (".md", ".toml")}
    assert shown
    for file, caption in shown.items():
        with Image.open(folder / file) as picture:
            assert picture.format == "PNG"
            assert picture.width == 1_600
            assert 400 <= picture.height <= 1_000
            assert all(red == green == blue for _, (red, green, blue) in colours_of(picture))
        assert (folder / file).stat().st_size <= 150_000
        assert len(caption.split()) >= 8


@every_playbook
def test_every_chapter_ends_in_something_to_tick_except_where_the_answers_stand(folder):
    without = [name for name, text in chapters_of(folder).items() if not TASK.search(text)]

    assert all("answers" in name or "signing-off" in name or "scripts" in name for name in without)


@every_playbook
def test_every_exercise_has_its_answer_in_a_later_chapter_and_the_reader_is_led_there(folder):
    chapters = chapters_of(folder)
    *before, last = chapters
    asked = [title for name in before for title in re.findall(r"^### (Exercise \d+): ", chapters[name], re.MULTILINE)]

    assert asked == [f"Exercise {number + 1}" for number in range(len(asked))]
    assert asked
    for name in before:
        for title in re.findall(r"^### (Exercise \d+): ", chapters[name], re.MULTILINE):
            assert re.search(rf"^### {title}: ", chapters[last], re.MULTILINE), title
            assert f"]({last}#" in chapters[name], title


@every_playbook
def test_callouts_are_of_the_six_kinds_and_rare(folder):
    for name, text in chapters_of(folder).items():
        callouts = re.findall(r'^!!! (\S+) "[^"]+"$', text, re.MULTILINE)
        assert text.count("!!! ") == len(callouts), name
        assert set(callouts) <= CALLOUTS, name
        assert len(callouts) <= 3, name


@every_playbook
def test_every_table_has_as_many_cells_in_each_row_as_in_its_head(folder):
    for name, text in chapters_of(folder).items():
        for table in re.findall(r"(?:^\|.*\|\n)+", CODE.sub("code", text), re.MULTILINE):
            assert len({row.count("|") for row in table.splitlines()}) == 1, f"{name}: {table}"


@every_playbook
def test_it_speaks_the_words_of_the_house_and_british_english(folder):
    for name, text in chapters_of(folder).items():
        prose = plain(text)
        found = {word: better for word, better in FOREIGN.items() if re.search(rf"\b{word}s?\b", prose)}
        assert found == {}, name


@every_playbook
def test_its_quotation_marks_dashes_and_dots_are_typographic(folder):
    for name, text in chapters_of(folder).items():
        prose = plain(text)
        assert not re.search(r"[\"']|\.\.\.| - |--", prose.replace("’", "")), (
            name,
            re.findall(r".{20}(?:[\"']|\.\.\.| - |--).{10}", prose),
        )
        assert prose.count("“") == prose.count("”"), name
        assert not re.search(r"[\t\r]| +$", text, re.MULTILINE), name


@every_playbook
def test_it_is_for_any_book_and_names_nobody_of_the_sample(folder):
    """Who is called, and at which number, comes out of the reader's own book."""
    whole = "\n".join(chapters_of(folder).values())

    assert [name for name in sample_names() if re.search(rf"\b{re.escape(name)}\b", whole)] == []
    assert not re.search(r"\b[A-Z]{2}-\d{4}\b|\+\d[\d ]{6}", whole)


def test_every_search_that_a_playbook_prints_finds_something_in_the_sample(sample):
    for folder in FOLDERS:
        for name, text in chapters_of(folder).items():
            for query in re.findall(r"^::: entries (.+?)(?: limit:\d)?$", text, re.MULTILINE):
                assert find(sample, query, kinds=["entry"]).hits, f"{folder.name}/{name}: {query}"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("login loops", "Login loops"),
        ("signs in flashes back", "Login loops"),
        ("ORA-02291", "ORA-02291"),
        ("foreign key", "ORA-02291"),
        ("vendor ticket silent", "Vendor ticket is silent"),
        ("pending customer", "Vendor ticket is silent"),
        ("old system dns", "DNS TTL"),
        ("ttl", "DNS TTL"),
        ("429 OR throttle -mail", "429 storm"),
    ],
)
def test_what_the_newcomer_is_told_to_type_finds_it_first(sample, typed, title):
    whole = "".join(chapters_of(ROOT / "playbooks/new-engineer-first-week").values())
    assert f"`{typed}`" in whole

    assert title in find(sample, typed, kinds=["entry"]).hits[0].title


def test_the_first_weeks_answers_give_the_severities_that_the_program_gives():
    answers = chapters_of(ROOT / "playbooks/new-engineer-first-week")["07-answers.md"]
    told = re.findall(r"^\d\. \*\*(S\d)", answers.partition("### Exercise 3")[0], re.MULTILINE)

    given = [
        verdict(Impact(milestone=MilestoneAt.THIS_WEEK), "testing"),
        verdict(Impact(users=12, workaround=Workaround.UNTRIED), "go-live"),
        verdict(Impact(data=DataHarm.HARMED), "integration"),
        verdict(Impact(data=DataHarm.HARMED), "hypercare"),
    ]
    assert told == [one.severity for one in given]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A book with the sample programme; not to be written to."""
    with Book.create(tmp_path_factory.mktemp("sample") / "s.db") as book:
        make_sample(book, datetime(2026, 11, 24, 2, 41, tzinfo=UTC))
        yield book


@cache
def settings_of(folder):
    return tomllib.loads((folder / "playbook.toml").read_text(encoding="utf-8"))


@cache
def chapters_of(folder):
    """The text of every chapter by its file, in the playbook's order."""
    return {name: (folder / name).read_text(encoding="utf-8") for name in settings_of(folder)["chapters"]}


@cache
def ids_of(text):
    reader = markdown.Markdown(extensions=["toc"])
    reader.convert(text)
    tokens, ids = list(reader.toc_tokens[0]["children"]), set()  # the chapter's own heading is led to by its file
    while tokens:
        token = tokens.pop()
        ids.add(token["id"])
        tokens += token["children"]
    return ids


def plain(text):
    """The text as it is read: without code, live blocks, links' targets, the marks of callouts, lists and tables."""
    text = LIVE.sub("", CODE.sub("code", text))
    text = re.sub(r'^(!!! \S+) "(.+)"$', r"\2", text, flags=re.MULTILINE)
    text = re.sub(r"^\|[-|]+\|$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^ *- ", "", text, flags=re.MULTILINE)
    return re.sub(r"\]\([^)]*\)", "]", text)


def words_in(text):
    return len(re.findall(r"\w[\w’.,:-]*", plain(text)))


def colours_of(picture):
    return picture.convert("RGB").getcolors(maxcolors=1 << 16)


@cache
def sample_names():
    """The sample's people by whole and given name, its vendors, customers and deployments by their first word."""
    read, starter = YAML(typ="safe"), ROOT / "resources/starter"
    people = [person["name"] for person in read.load(starter / "people.yaml")["people"]]
    firms = [vendor["name"] for vendor in read.load(starter / "vendors.yaml")["vendors"]]
    for deployment in read.load(starter / "programme.yaml")["deployments"]:
        firms += [deployment["name"], deployment["customer"]]
    words_of_the_trade = {"Operations", "Integration"}
    return sorted({*people, *(name.split()[0] for name in [*people, *firms])} - words_of_the_trade)
