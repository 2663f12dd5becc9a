"""The piece of a record's text that shows why it was found.

Not FTS5's `snippet()`: that needs a MATCH, and the one for a word only begun reads every word with that beginning
again for each record, 8 ms each at 100,000 entries.
"""

import html
import re
from collections.abc import Callable, Sequence

from escplaybook.search.highlight import folded_in_place, matcher, stem
from escplaybook.store.index import fold

WIDTH = 180
"""Characters of a snippet."""

Span = tuple[int, int]


def snippeter(words: Sequence[str]) -> Callable[[Sequence[str]], str]:
    """Makes snippets that mark `words` (`Answer.words`) of the first of the texts that shows most of them, as HTML."""
    if not words:
        return lambda texts: _cut(next(filter(None, texts), ""), [])
    pattern, is_hit = _pattern(words), matcher(words)

    def snippet(texts: Sequence[str]) -> str:
        best: tuple[int, str, list[Span]] = (0, next(filter(None, texts), ""), [])
        for text in texts:
            count, spans = _best_window(folded_in_place(text), pattern, is_hit)
            if count > best[0]:
                best = (count, text, spans)
        return _cut(best[1], best[2])

    return snippet


def _best_window(folded: str, pattern: re.Pattern[str], is_hit: Callable[[str], bool]) -> tuple[int, list[Span]]:
    """How many different words stand within WIDTH where most of them do, and where; the first such place."""
    hits = [(found.span(), stem(found[0])) for found in pattern.finditer(folded) if is_hit(found[0])]
    best: tuple[int, list[Span]] = (0, [])
    for first, ((start, _), _) in enumerate(hits):
        within = [(span, word) for span, word in hits[first : first + 12] if span[1] <= start + WIDTH]
        count = len({word for _, word in within})
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


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Finds what may be one of the words, quickly; `matcher` then decides."""
    begun = {re.escape(_root(word)) for word in map(fold, words) if word.isascii()}
    inside = {re.escape(fold(word.rstrip("*"))) for word in words if not word.isascii()}
    parts = []
    if begun:
        parts.append(rf"(?<![^\W_])(?:{'|'.join(sorted(begun, key=len, reverse=True))})[^\W_]*")
    if inside:
        parts.append("|".join(sorted(inside, key=len, reverse=True)))
    return re.compile("|".join(parts))


def _root(word: str) -> str:
    """The letters that the word's inflections share: queries and query stem to “queri”, they share “quer”."""
    return word[:-1] if word.endswith("*") else stem(word).rstrip("ei") or word
