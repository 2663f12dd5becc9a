import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange import front_matter
from escplaybook.exchange.front_matter import as_text, parted, written


def test_every_scalar_stays_the_text_it_was_written_as():
    pairs, page = parted(
        "---\ntitle: 'It''s \"odd\"'\nat: 2022-06-20T12:40:08.834Z\nnumber: 0071\nyes: on\nversion: 1.10\n---\nPage\n"
    )
    assert dict(pairs) == {
        "title": 'It\'s "odd"',
        "at": "2022-06-20T12:40:08.834Z",
        "number": "0071",
        "yes": "on",
        "version": "1.10",
    }
    assert page == "\nPage\n"


def test_a_key_that_stands_twice_is_kept_twice():
    assert parted("---\na: 1\na: 2\nb: null\n---\n")[0] == [("a", "1"), ("a", "2"), ("b", None)]


@pytest.mark.parametrize(
    "text", ["", "No front matter", "----\na: 1\n---\n", "---\nA line, then the page.\n", " ---\na: 1\n---"]
)
def test_a_page_without_front_matter_is_all_page(text):
    assert parted(text) == ([], text)


def test_a_rule_in_the_page_does_not_end_the_front_matter():
    pairs, page = parted("---\na: 1\n...\none\n\n---\n\ntwo")
    assert (pairs, page) == ([("a", "1")], "\none\n\n---\n\ntwo")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\na: 1\nb: [1, 2\nc: 3\n---\n", "line 4"),
        ("---\ntitle: one: two\n---\n", "line 2"),
        ("---\n\ta: 1\n---\n", "line 2"),
        ("---\na: *nobody\n---\n", "undefined alias"),
        ("---\na: \x07\n---\n", "special characters"),
        ("---\na: 1\n\nThe closing dashes were forgotten.\n", "no end"),
        ("---\n- a\n- b\n---\n", "not a list of “key: value” lines"),
        ("---\njust words\n---\n", "not a list of “key: value” lines"),
        ("---\na: &a [*a]\n---\n", "refers to itself"),
        ("---\na: " + "[" * 400 + "\n---\n", "depth"),
        ("---\na: " + "x " * 600_000 + "\n---\n", "longer than"),
    ],
)
def test_broken_front_matter_is_refused_with_the_place(text, reason):
    with pytest.raises(Unreadable, match=reason):
        parted(text)


def test_a_bomb_of_aliases_is_refused():
    layers = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10))
    with pytest.raises(Unreadable, match="more than 10,000 values"):
        parted(f"---\nl0: &l0 [ha, ha]\n{layers}\n---\n")


def test_tags_are_never_acted_on(tmp_path):
    trap = tmp_path / "trap"
    pairs, _ = parted(f'---\na: !!python/object/apply:os.mkdir ["{trap}"]\nb: !!binary aGE=\n---\n')
    assert not trap.exists()
    assert pairs == [("a", [str(trap)]), ("b", "aGE=")]


def test_what_is_written_is_read_back():
    values = {
        "title": "null",
        "empty": "",
        "odd": " leading, trailing \t\0\r\n---\n\u2028\ue000 'single' \"double\" # no comment",
        "block": "one\n  two:\n\n---\nthree  \n# four",
        "list": ["a", "- b", "c: d", "*e", "&f", "%g", "@h", "2026-01-01", "~", "no", "0x1f"],
        "nested": {"key: odd\n": {"x": ["y", {"z": "1"}]}},
        "long": "word " * 400,
    }
    pairs, page = parted(written(values))
    assert dict(pairs) == values
    assert page == "\n"


def test_characters_that_json_wrote_in_two_halves_are_whole_again():
    pairs, _ = parted('---\na: "\\ud83d\\udc69 and \\ud83d alone"\n---\n')
    assert pairs == [("a", "👩 and � alone")]


def test_a_long_text_stays_readable():
    assert "  summary: |-\n    One\n    ## Two\n" in written({"exact": {"summary": "One\n## Two"}})


def test_any_value_can_be_told_as_text():
    assert as_text({"a": ["1", "2"], "b": None, "c": {"d": "e"}}) == "a: 1, 2; b: ; c: d: e"


VALUES = st.one_of(
    st.text(st.sampled_from("aZ09 :#'\"-_.,~!&*[]{}|>%@`\\?=<\t/é—\u3000\u00a0\u2028\x85"), max_size=12),
    st.text(st.sampled_from("a\\[]'# :né"), max_size=6).map('"{}"'.format),
    st.sampled_from(
        ["null", "NULL", "~", "true", "0x1f", "2022-06-20T12:40:08.834Z", "it''s", "'it''s'", "a: b", "a #b"]
    ),
)


@settings(deadline=None, derandomize=True, max_examples=600)
@given(st.lists(st.tuples(st.sampled_from(["a", "slugEN", "data_domain", "b-c", "null", "y"]), VALUES), max_size=4))
def test_the_short_way_reads_what_yaml_reads_or_leaves_it_to_yaml(lines):
    source = "".join(f"{key}: {value}\n" for key, value in lines)
    short = front_matter._plain_pairs(source)
    if short:
        walk = front_matter._Walk()
        assert short == [(walk.key(key), walk.value(value)) for key, value in front_matter._composed(source).value]


def test_the_short_way_is_taken_for_a_trackers_front_matter():
    source = (
        "title: 'It''s \"odd\"'\nid: 7bf2\ncreatedAt: 2023-12-05T18:07:50.089Z\ntag: Catalog,Portal (CMS)\nref: null\n"
    )
    assert front_matter._plain_pairs(source) == [
        ("title", 'It\'s "odd"'),
        ("id", "7bf2"),
        ("createdAt", "2023-12-05T18:07:50.089Z"),
        ("tag", "Catalog,Portal (CMS)"),
        ("ref", None),
    ]
    assert front_matter._plain_pairs('by: "Zoë #1: it\'s"\n') == [("by", "Zoë #1: it's")]
    assert front_matter._plain_pairs('by: "one\\ttwo"\n') is None
