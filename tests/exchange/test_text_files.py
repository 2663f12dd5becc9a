import pytest

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange.text import SIZE_LIMIT, decode, text_of

WORDS = "Zoë Müller – “łódź”, €"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_word(encoding):
    assert decode(WORDS.encode(encoding)) == (WORDS, "")


def test_utf_16_of_either_end_is_read():
    assert decode(b"\xff\xfe" + WORDS.encode("utf-16-le")) == (WORDS, "")
    assert decode(b"\xfe\xff" + WORDS.encode("utf-16-be")) == (WORDS, "")


def test_an_old_windows_file_is_read_and_said_to_be_one():
    text, warning = decode("Müller – “€”".encode("cp1252"))
    assert text == "Müller – “€”"
    assert "Windows-1252" in warning


def test_every_line_end_becomes_a_plain_one():
    assert decode(b"one\r\ntwo\rthree\n\r\nfour")[0] == "one\ntwo\nthree\n\nfour"


@pytest.mark.parametrize(
    "data",
    [
        b"text with a \0 in it",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\x81\x8d\x8f\x90\x9d",  # bytes that no Windows-1252 text has
        b"\xff\xfe\0\0a\0\0\0",  # UTF-32
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(Unreadable, match="not text"):
        decode(data)


def test_a_broken_character_is_called_damage():
    with pytest.raises(Unreadable, match="damaged"):
        decode(b"\xff\xfe" + "odd".encode("utf-16-le") + b"\x41")
    with pytest.raises(Unreadable, match="damaged"):
        decode(b"\xef\xbb\xbfM\xfcller")


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "big.md"
    with path.open("wb") as file:
        file.truncate(10 * SIZE_LIMIT)
    with pytest.raises(Unreadable, match="larger than 5 MB"):
        text_of(path)


def test_a_file_that_is_gone_is_told_in_a_sentence(tmp_path):
    with pytest.raises(Unreadable, match="cannot be read"):
        text_of(tmp_path / "gone.md")
