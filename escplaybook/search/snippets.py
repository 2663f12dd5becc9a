"""The piece of a record's text that shows why it was found.

Not FTS5's `snippet()`: that needs a MATCH, and the one for a word only begun reads every word with that beginning
again for each record, 8 ms each at 100,000 entries.
"""

import html
from collections.abc import Callable, Sequence

from escplaybook.search.highlight import Span, places, root

WIDTH = 180
"""Characters of a snippet."""


def snippeter(words: Sequence[str]) -> Callable[[Sequence[str]], str]:
    """Makes snippets that mark `words` (`Answer.words`) in whichever of the texts shows most of them, as HTML."""
    roots, find_in = {root(word) for word in words}, places(words)

    def snippet(texts: Sequence[str]) -> str:
        best: tuple[int, str, list[Span]] = (0, next(filter(None, texts), ""), [])
        for text in texts:
            count, spans = _best_window(find_in(text))
            if count > best[0]:
                best = (count, text, spans)
            if count == len(roots):
                break
        return _cut(best[1], best[2])

    return snippet


def _best_window(hits: Sequence[tuple[Span, str]]) -> tuple[int, list[Span]]:
    """How many different words stand within WIDTH where most of them do, and where; the first such place."""
    best: tuple[int, list[Span]] = (0, [])
    for first, ((start, _), _) in enumerate(hits):
        within = [hit for hit in hits[first : first + 12] if hit[0][1] <= start + WIDTH]
        count = len({shared for _, shared in within})
        if count > best[0]:
            best = (count, [span for span, _ in within])
    return best


def _cut(text: str, spans: Sequence[Span]) -> str:
    start, end = 0, len(text)
    if end > WIDTH:
        room = WIDTH - (spans[-1][1] - spans[0][0]) if spans else WIDTH
        start = max(0, min(spans[0][0] - room // 3 if spans else 0, end - WIDTH))
        start = _word_start(text, start) if start else 0
        end = _word_end(text, start + WIDTH)
    pieces, place = [], start
    for first, last in spans:
        if first < place:  # begun words may overlap: log* and login
            continue
        pieces += [html.escape(text[place:first]), "<mark>", html.escape(text[first:last]), "</mark>"]
        place = last
    pieces.append(html.escape(text[place : max(place, end)]))
    return f"{'… ' if start else ''}{''.join(pieces).strip()}{' …' if end < len(text) else ''}"


def _word_start(text: str, place: int) -> int:
    blank = text.find(" ", place, place + 30)
    return blank + 1 if blank >= 0 else place


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    blank = text.rfind(" ", place - 30, place)
    return blank if blank > 0 else place
