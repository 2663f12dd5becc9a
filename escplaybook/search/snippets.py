"""The piece of a record's text that shows why it was found.

Not FTS5's `snippet()`: that needs a MATCH, and the one for a word only begun reads every word with that beginning
again for each record, 8 ms each at 100,000 entries.
"""

import html
from collections.abc import Callable, Sequence

from escplaybook.search.highlight import Span, places, root

WIDTH = 180
"""Characters of a snippet."""


def snippeter(words: Sequence[str]) -> Callable[[str], str]:
    """Makes snippets of texts whose parts stand on lines of their own: where most of `words` stand together, as HTML.

    `words` are those of an `Answer`; they are marked.
    """
    every, find_in = len({root(word) for word in words}), places(words)
    return lambda text: _cut(text, _best_window(find_in(text), every))


def _best_window(hits: Sequence[tuple[Span, str]], every: int) -> list[Span]:
    """The words within WIDTH where most different ones of them stand; the first such place."""
    best: list[Span] = []
    most = 0
    for first, ((start, _), _) in enumerate(hits):
        within = [hit for hit in hits[first : first + 12] if hit[0][1] <= start + WIDTH]
        count = len({shared for _, shared in within})
        if count > most:
            most, best = count, [span for span, _ in within]
            if count == every:
                break
    return best


def _cut(text: str, spans: Sequence[Span]) -> str:
    start, end = _extent(text, spans) if len(text) > WIDTH else (0, len(text))
    pieces, place = ["… " if start else ""], start
    for first, last in spans:
        if first >= place:  # words only begun may lie in others: log* in login
            pieces += [html.escape(text[place:first]), "<mark>", html.escape(text[first:last]), "</mark>"]
            place = last
    pieces += [html.escape(text[place : max(place, end)].rstrip()), " …" if end < len(text) else ""]
    return "".join(pieces).replace("\n", " … ")


def _extent(text: str, spans: Sequence[Span]) -> Span:
    """From where to where to cut: at blanks, the words in the middle."""
    first, last = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    start = max(0, min(first - (WIDTH - last + first) // 3, len(text) - WIDTH))
    if start:
        start = max(start, text.find(" ", start, first) + 1)
    end = min(len(text), max(start + WIDTH, last))
    if end < len(text):
        end = max(last, text.rfind(" ", start, end))
    return start, end if end > start else min(len(text), start + WIDTH)
