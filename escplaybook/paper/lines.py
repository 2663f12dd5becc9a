"""Words into lines, and lines into visual order.

ReportLab's own Paragraph reads its text as markup, orders lines from the right only with a library that is not to
be had, knows one font for each text and takes 16 s for a word of 200,000 characters. Here text is never markup.
"""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from escplaybook.paper.fonts import Face, registered
from escplaybook.paper.scripts import Run, has_right_to_left, in_visual_order, is_bound, measured, runs

BLACK, MUTED, LINE, MARKED = 0.0, 0.36, 0.62, 0.88
"""The only inks: shades of grey, 0 is black. Muted text keeps a contrast of 7 : 1 on white."""


class Ink(NamedTuple):
    """How a part of a text looks. `scale` and `rise` (of the baseline) are relative to the text's size.

    `link` is the name of the place in the document that it leads to.
    """

    face: Face = Face.REGULAR
    shade: float = BLACK
    scale: float = 1.0
    struck: bool = False
    marked: bool = False
    tabular: bool = False
    rise: float = 0.0
    link: str = ""


PLAIN = Ink()
BOLD = Ink(Face.BOLD)
QUIET = Ink(shade=MUTED)

Span = tuple[str, Ink]


class Piece(NamedTuple):
    """A run with its ink: what is drawn in one go."""

    run: Run
    ink: Ink

    @property
    def width(self) -> float:
        """At type size 1."""
        return self.run.width * self.ink.scale


class Word(NamedTuple):
    """What no line break divides unless it is wider than the line. `gap` is the width of the `space` after it, at type
    size 1."""

    pieces: tuple[Piece, ...]
    width: float
    gap: float = 0.0
    ends_line: bool = False
    space: Piece | None = None


Line = tuple[Word, ...]

_WHITE = re.compile(r"[^\S\xa0\u2007\u202f]+")
# A line may also break after a hyphen or a dash between letters, and beside Chinese and Japanese characters.
_WIDE = "\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff\uff00-\uff60"
_NOT_FIRST = "、。，．！？：；）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_BREAKS = re.compile(
    rf"(?<=[^\W\d][-–—/])(?=\w)|(?<=[{_WIDE}])(?![{_NOT_FIRST}]|$)|(?<=\S)(?=[{_WIDE}])(?![{_NOT_FIRST}])"
)
_GOOD_ENDS = frozenset("@/\\-_.,;:?&=+|)]}>\xa0")
_SHORT = 60
"""Texts up to so many characters come again on a sheet: zones, roles, ages. Their words are measured once."""
_TABULAR_FONTS = frozenset({"Inter-Regular", "Inter-SemiBold"})


def words_of(spans: tuple[Span, ...]) -> tuple[Word, ...]:
    """The words of a text. A line feed ends a line."""
    is_short = sum(len(text) for text, _ in spans) <= _SHORT
    return _words_of_short(spans) if is_short else tuple(_words(spans))


@functools.lru_cache(maxsize=2048)
def _words_of_short(spans: tuple[Span, ...]) -> tuple[Word, ...]:
    return tuple(_words(spans))


def _words(spans: Iterable[Span]) -> Iterator[Word]:
    pieces: list[Piece] = []
    for text, ink in spans:
        for part in _parts(text):
            if part == "\n":
                yield _word(pieces, ends_line=True)
                pieces = []
            elif part == " ":
                if pieces:
                    yield _word(pieces, _space_after(pieces[-1], ink))
                pieces = []
            else:
                *heads, last = _BREAKS.split(part)
                for head in heads:
                    yield _word([*pieces, *_pieces(head, ink)])
                    pieces = []
                pieces += _pieces(last, ink)
    if pieces:
        yield _word(pieces)


def broken(words: Iterable[Word], width: float) -> Iterator[Line]:
    """The words in lines no wider than `width` (at type size 1)."""
    line: list[Word] = []
    left = width
    for whole in words:
        word = whole
        if word.width > left and line:
            yield tuple(line)
            line, left = [], width
        if word.width > width:
            *full, word = _cut(word, width)
            yield from ((part,) for part in full)
        line.append(word)
        left -= word.width + word.gap
        if word.ends_line:
            yield tuple(line)
            line, left = [], width
    if line:
        yield tuple(line)


def visual(line: Line, *, right_to_left: bool) -> list[Piece]:
    """The pieces of a line from left to right, gaps among them, as few as can be."""
    pieces = _joined(_with_gaps(line))
    if not any(has_right_to_left(piece.run.text) for piece in pieces):
        return pieces
    characters = [(character, piece) for piece in pieces for character in piece.run.text]
    ordered = in_visual_order(characters, right_to_left=right_to_left)
    return [
        Piece(_with_text(piece.run, "".join(character for character, _ in group)), piece.ink)
        for piece, group in itertools.groupby(ordered, key=lambda item: item[1])
    ]


def one_line(spans: Iterable[Span], *, right_to_left: bool = False) -> list[Piece]:
    """A text that stays on one line whatever its length, as pieces from left to right."""
    return visual(tuple(word._replace(ends_line=False) for word in words_of(tuple(spans))), right_to_left=right_to_left)


def _parts(text: str) -> Iterator[str]:
    """Words, `" "` for white space between them and a line feed for every one."""
    for number, row in enumerate(text.split("\n")):
        if number:
            yield "\n"
        for place, part in enumerate(_WHITE.split(row)):
            if place:
                yield " "
            if part:
                yield part


def _pieces(text: str, ink: Ink) -> list[Piece]:
    return [Piece(_in_tabular_figures(run) if ink.tabular else run, ink) for run in runs(text, ink.face)]


def _in_tabular_figures(run: Run) -> Run:
    if run.font not in _TABULAR_FONTS or run.shaped:
        return run
    return _with_text(run, run.text.translate(registered(run.font).tabular))


def _with_text(run: Run, text: str) -> Run:
    return measured(run._replace(text=text))


def _word(pieces: Sequence[Piece], space: Piece | None = None, *, ends_line: bool = False) -> Word:
    gap = space.width if space is not None else 0.0
    return Word(tuple(pieces), sum([piece.width for piece in pieces]), gap, ends_line, space)


def _space_after(piece: Piece, ink: Ink) -> Piece:
    """The space between a piece and what comes next, of which `ink` is; code has its wide ones only inside."""
    if piece.ink.face is Face.MONO and ink.face is not Face.MONO:
        return Piece(_space("", ink.face, True), ink)
    return Piece(_space(piece.run.font, piece.ink.face, piece.run.shaped), piece.ink)


@functools.lru_cache(maxsize=256)
def _space(name: str, face: Face, is_shaped: bool) -> Run:
    """A space of that font, or of the face's first if it has none that can be drawn as it stands."""
    if is_shaped or " " not in registered(name).carried:
        return runs(" ", face)[0]
    return measured(Run(name, " ", False, 0.0))


def _cut(word: Word, width: float) -> Iterator[Word]:
    """A word too wide for a line: parts that fill lines, and what is left of it."""
    part: list[Piece] = []
    left = width
    for piece in word.pieces:
        rest = piece
        while rest.width > left and (part or len(rest.run.text) > 1):
            head, rest = _divided(rest, left, at_least=0 if part else 1)
            yield _word([*part, head])
            part, left = [], width
        part.append(rest)
        left -= rest.width
    yield word._replace(pieces=tuple(part), width=sum(piece.width for piece in part))


def _divided(piece: Piece, width: float, *, at_least: int) -> tuple[Piece, Piece]:
    """The part of a piece that fits into `width`, and the rest; better after a slash or a stop than anywhere."""
    run, ink = piece
    own, end, used = registered(run.font), 0, 0.0
    for character in run.text:
        used += (_with_text(run, character).width if run.shaped else own.advance(character)) * ink.scale
        if used > width and end >= at_least:
            break
        end += 1
    better = (place for place in range(end, int(end * 0.4), -1) if run.text[place - 1] in _GOOD_ENDS)
    end = next(better, end)
    while at_least < end < len(run.text) and is_bound(run.text[end - 1], run.text[end]):
        end -= 1
    head = _with_text(run, run.text[:end])
    return Piece(head, ink), Piece(run._replace(text=run.text[end:], width=max(run.width - head.width, 0.0)), ink)


def _with_gaps(line: Line) -> Iterator[Piece]:
    for word, following in itertools.zip_longest(line, line[1:]):
        yield from word.pieces
        space = word.space
        if following is not None and space is not None:
            if not following.pieces or following.pieces[0].ink != space.ink:
                space = space._replace(ink=space.ink._replace(struck=False, marked=False, link=""))
            yield space


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one font and one ink as one piece."""
    joined: list[Piece] = []
    voice, texts, width = None, list[str](), 0.0
    for run, ink in pieces:
        own = (run.font, run.shaped, ink)
        if own != voice:
            if voice is not None:
                joined.append(Piece(Run(voice[0], "".join(texts), voice[1], width), voice[2]))
            voice, texts, width = own, [], 0.0
        texts.append(run.text)
        width += run.width
    if voice is not None:
        joined.append(Piece(Run(voice[0], "".join(texts), voice[1], width), voice[2]))
    return joined
