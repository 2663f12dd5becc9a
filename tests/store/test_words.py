"""Words are parted and folded here as FTS5 parts and folds them: coarser would make an error of a search."""

import pytest

from escplaybook.store.index import fold, words_in


@pytest.fixture
def tokens(book):
    """The words that FTS5 makes of each text."""

    def read(texts):
        run = book.connection.execute
        run("CREATE VIRTUAL TABLE letters USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')")
        run("CREATE VIRTUAL TABLE parts USING fts5vocab (letters, instance)")
        with book.writing():
            book.connection.executemany("INSERT INTO letters (rowid, text) VALUES (?, ?)", enumerate(texts))
        made = [[] for _ in texts]
        for row in run("SELECT doc, term FROM parts ORDER BY doc, offset"):
            made[row["doc"]].append(row["term"])
        return made

    return read


def test_the_tokenizer_parts_no_word_further(tokens):
    letters = (chr(code) for code in range(1, 0x31350) if not 0xD800 <= code < 0xE000)
    words = sorted({word for letter in letters for word in words_in(f"a{letter}b")})
    assert not [word for word, made in zip(words, tokens(words), strict=True) if len(made) > 1]


def test_case_and_accents_are_folded_as_the_tokenizer_does(tokens):
    text = "Überweisung ÉCHOUÉ e\u0301cole Łódź ÇA naïve Ångström Ελλάδα Москва Йод ñandú Việt İstanbul ΟΔΟΣ"
    (made,) = tokens([text])
    assert words_in(text)[:-1] == made[:-1]
    assert fold("café") == fold("cafe\u0301") == "cafe"
