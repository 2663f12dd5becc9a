"""What a person typed, read into a question.

Text without operators is split here; anything else goes through Whoosh's parser (`search.operators`). Both ways read
plain words alike. Whatever is no operator is words, so no text is an error.
"""

import re
from datetime import datetime

from escplaybook.search.question import DATES, FIELDS, Question, some_words, words_of

TEXT_LIMIT = 2_000
"""Characters that are read of what was typed."""


def parse(text: str, now: datetime, *, typing: bool = False) -> Question:
    """Read `text`. `typing` says that its last word is only begun. Relative dates count from `now`."""
    if typing and text[-1:].isalnum():
        text += "*"
    text = _COLON.sub(r"\1: ", " ".join(text[:TEXT_LIMIT].replace("\0", " ").split()))
    if not _OPERATOR.search(text):
        return plainly(text)
    from escplaybook.search.operators import read  # Whoosh's parser costs 60 ms to import; plain words need none

    return read(text, now) or plainly(text)


def plainly(text: str) -> Question:
    """The question that reads every part of the text between blanks as a word."""
    said = (words_of(part) for part in text.split())
    return Question(some_words(words for words in said if words is not None))


_NAMES = "|".join((*FIELDS, "title", *DATES))
_COLON = re.compile(rf"(?<!\S)(?!(?:{_NAMES}):)([^\W\d_]+):(?=[^\W_][^\s:]*(?!\S))")  # word:word that is no operator
_OPERATOR = re.compile(rf'["()\[\]{{}}]|(?<!\S)-|(?<!\S)(?:OR|AND)(?!\S)|(?<![^\s(-])(?:{_NAMES}):|\*(?!\Z)')
