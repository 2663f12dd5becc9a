"""Pocket cards and vendor cards from the command line."""

import json

import pytest
from pypdf import PdfReader


@pytest.fixture
def sample(run):
    assert run("new", "--sample")[0] == 0
    return run


@pytest.fixture
def printed(sample, tmp_path):
    """Prints with these words and returns the pages' texts."""

    def printing(*words):
        target = str(tmp_path / "cards.pdf")
        code, out, errors = sample("print", *words, "--replace", "-o", target)
        assert (code, out, errors) == (0, f"Printed {target}.\n", "")
        assert sample("print", "verify", target)[0] == 0
        return [" ".join(page.extract_text().split()) for page in PdfReader(target).pages]

    return printing


def test_without_a_word_there_is_a_card_for_every_role(printed):
    pages = printed("cards", "--deployment", "DP-1", "--stage", "go-live")
    text = " ".join(pages)
    assert len(pages) == 6
    for role in ("Team lead", "Project manager", "Director", "Executive sponsor", "Single point of contact", "New in"):
        assert role in text


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("--for", "CO-1"), "Mara Lindqvist"),
        (("--level", "2"), "Project manager"),
        (("--point-of-contact",), "Single point of contact"),
        (("--newcomer",), "New in the team"),
    ],
)
def test_one_card_is_for_whom_it_was_asked(printed, words, title):
    pages = printed("cards", "--deployment", "DP-1", *words, "--shape", "A7", "--single")
    assert len(pages) == 2
    assert pages[0].startswith(title)


def test_everyone_the_matrix_names_gets_a_card(printed):
    assert len(printed("cards", "--deployment", "DP-2", "--everyone", "--shape", "a7", "--size", "Letter")) >= 6


def test_cards_are_for_one_purpose_at_a_time(sample, tmp_path):
    code, _, errors = sample("print", "cards", "--newcomer", "--level", "1", "-o", str(tmp_path / "x.pdf"))
    assert code == 2
    assert "Say once whom the cards are for." in errors


def test_a_role_that_nobody_has_is_one_sentence(sample, tmp_path):
    for words in (("--level", "9"), ("--for", "KB-1"), ("--for", "CO-999")):
        code, _, errors = sample("print", "cards", "--deployment", "DP-1", *words, "-o", str(tmp_path / "x.pdf"))
        assert (code, errors.count("\n")) == (1, 1)
    assert not (tmp_path / "x.pdf").exists()


def test_an_empty_book_has_no_cards(run, tmp_path):
    run("new")
    for words in (("cards",), ("vendor-card", "--all")):
        code, _, errors = run("print", *words, "-o", str(tmp_path / "x.pdf"))
        assert (code, errors.count("\n")) == (1, 1)
        assert "nothing to print" in errors


@pytest.mark.parametrize("name", ["Keystone Identity", "keystone identity"])
def test_a_vendor_card_is_printed_by_the_vendors_name(printed, name):
    (page,) = printed("vendor-card", name)
    assert "KI-20-118" in page
    assert "NOT signed: it protects nobody yet." in page


def test_a_vendor_card_by_its_key_goes_into_a_pocket(sample, printed):
    key = next(one["key"] for one in json.loads(sample("vendors", "list", "--json")[1]) if "Tidewater" in one["name"])
    assert len(printed("vendor-card", key, "--shape", "A6")) == 2
    assert len(printed("vendor-card", key, "--shape", "A6-folded", "--single", "--deployment", "DP-1")) == 2


def test_every_vendor_has_a_card_and_one_must_be_named_or_all(sample, printed, tmp_path):
    assert len(printed("vendor-card", "--all")) >= 6
    for words in ((), ("Keystone Identity", "--all")):
        assert sample("print", "vendor-card", *words, "-o", str(tmp_path / "x.pdf"))[0] == 2
    code, _, errors = sample("print", "vendor-card", "Nobody Ltd", "-o", str(tmp_path / "x.pdf"))
    assert (code, errors.count("\n")) == (1, 1)


def test_a_vendor_that_nobody_knows_is_refused_with_those_there_are(sample, tmp_path):
    code, _, errors = sample("print", "vendor-card", "Nix", "-o", str(tmp_path / "v.pdf"))
    assert code == 1
    assert errors.startswith("No vendor is called “Nix”; nothing was printed. There are ")
    assert "Keystone Identity" in errors
    assert not (tmp_path / "v.pdf").exists()
