"""The fonts of the paper: loaded once, cut down to the glyphs in use, and read back as the text that was written."""

import functools
import itertools
import struct
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import uharfbuzz
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont

from escplaybook.domain.errors import PlaybookError
from escplaybook.shipped import BrokenInstallation, resource

# Nothing here opens an address, and no text is ever parsed; should ReportLab be asked to, it must refuse.
rl_config.trustedHosts = []
rl_config.trustedSchemes = []

_PRIVATE = 0xF0000
"""Glyphs without a character of their own get one from this private plane, where no imported text reaches."""

TABULAR = "0123456789+-. ():/"
"""What numbers are written with; in tabular figures each has one width, so that columns of them line up."""


_ESCAPED = str.maketrans(
    {chr(code): f"\\{code:03o}" for code in (*range(32), *range(127, 256))} | {sign: f"\\{sign}" for sign in "\\()"}
)
"""How the bytes of a text stand in a page's instructions (ISO 32000, 7.3.4.2)."""


class Face(StrEnum):
    """The four voices of a text. There is no bold italic: bold wins."""

    REGULAR = "regular"
    BOLD = "bold"
    ITALIC = "italic"
    MONO = "mono"


_SCRIPTS = ("NotoSansHebrew", "NotoSansArabic", "NotoSansDevanagari", "NotoSansThai")
_REGULAR = (*(f"{script}-Regular" for script in _SCRIPTS), "DejaVuSans")
_BOLD = (*(f"{script}-SemiBold" for script in _SCRIPTS), "DejaVuSans-Bold")
SHIPPED = {
    Face.REGULAR: ("Inter-Regular", *_REGULAR),
    Face.BOLD: ("Inter-SemiBold", *_BOLD),
    Face.ITALIC: ("Inter-Italic", "Inter-Regular", *_REGULAR),
    Face.MONO: ("SourceCodePro-Regular", "Inter-Regular", *_REGULAR),
}
"""Which shipped fonts are asked for a character, in this order."""


class Glyph(NamedTuple):
    """One glyph of a shaped text: the character that prints it, and its place in thousandths of the type size."""

    character: str
    advance: float
    right: float
    up: float


class DamagedFont(PlaybookError):
    """A font file that cannot be read."""


class PaperFont(TTFont):  # type: ignore[misc]  # reportlab is untyped
    """A TrueType font that knows what it carries, shapes what needs shaping, and says what each glyph stands for."""

    def __init__(self, name: str, path: Path, index: int = 0) -> None:
        """Raises DamagedFont."""
        try:
            super().__init__(name, str(path), subfontIndex=index, validate=1)
        except (TTFError, OSError, LookupError, struct.error) as error:
            raise DamagedFont(f"The font {path.name} is damaged; others stand in for it.") from error
        self.carried = frozenset(chr(code) for code, glyph in self.face.charToGlyph.items() if glyph)
        self._said: dict[int, str] = {}
        self._given: dict[tuple[int, str], str] = {}
        self._coded: WeakKeyDictionary[Any, dict[str, list[tuple[str, str]]]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    @functools.cached_property
    def tabular(self) -> dict[int, str]:
        """The translation of a text into tabular figures, for `str.translate`."""
        table = {}
        for character in self.carried.intersection(TABULAR):
            (info,) = self._shape(character, {"tnum": True}).glyph_infos
            table[ord(character)] = self._character_of(info.codepoint, character)
        return table

    @functools.lru_cache(maxsize=4096)  # noqa: B019  # fonts live as long as the program
    def shape(self, text: str) -> tuple[Glyph, ...]:
        """The glyphs of a text that runs from left to right in a script whose letters change with their neighbours."""
        buffer = self._shape(text, {})
        starts = [*sorted({info.cluster for info in buffer.glyph_infos}), len(text)]
        said = {start: text[start:end] for start, end in itertools.pairwise(starts)}
        glyphs = []
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            character = self._character_of(info.codepoint, said.pop(info.cluster, ""))
            glyphs.append(Glyph(character, *map(self.pdfScale, (place.x_advance, place.x_offset, place.y_offset))))
        return tuple(glyphs)

    def width(self, text: str) -> float:
        """How wide a text is at type size 1, its glyphs set one after the other."""
        return float(self.stringWidth(text, 1))

    def advance(self, character: str) -> float:
        """How wide one character is at type size 1."""
        return float(self.face.charWidths.get(ord(character), self.face.defaultWidth)) / 1000

    def has_ink(self, character: str) -> bool:
        """Whether the glyph of that character has an outline (fonts of colour pictures have none)."""
        extents = self._hb_font.get_glyph_extents(self.face.charToGlyph[ord(character)])
        return extents is not None and bool(extents.width)

    def coded(self, text: str, doc: Any) -> list[tuple[str, str]]:
        """The text as a page of that document writes it: parts with the name of the subset that each is of."""
        known = self._coded.setdefault(doc, {})
        if text not in known:
            known[text] = [
                (self.getSubsetInternalName(subset, doc), shown.decode("latin-1").translate(_ESCAPED))
                for subset, shown in self.splitString(text, doc)
            ]
        return known[text]

    def addObjects(self, doc: Any) -> None:
        """Write the font into the file, with a table of what each glyph says in place of ReportLab's own.

        Its own names private characters and presentation forms, which nobody can search for or paste.
        """
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("pdfdoc")
            stream = doc.idToObject[f"toUnicodeCMap:{name}"]
            stream.content = _to_unicode(name, [self._text_of(code) for code in subset])

    @functools.cached_property
    def _hb_font(self) -> uharfbuzz.Font:
        return uharfbuzz.Font(self.hbFace)

    def _shape(self, text: str, features: dict[str, bool]) -> uharfbuzz.Buffer:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._hb_font, buffer, features)
        return buffer

    def _character_of(self, glyph: int, text: str) -> str:
        """A private character that prints `glyph` and copies out as `text`."""
        with self._lock:
            if (glyph, text) not in self._given:
                code = _PRIVATE + len(self._given)
                self.face.charToGlyph[code] = glyph
                self.face.charWidths[code] = self.pdfScale(self._hb_font.get_glyph_h_advance(glyph))
                self._said[code], self._given[glyph, text] = text, chr(code)
            return self._given[glyph, text]

    def _text_of(self, code: int) -> str:
        text = self._said.get(code, chr(code))
        if not "\ufb50" <= text <= "\ufefc":
            return text
        # A joined Arabic letter is searched for as the letter itself. Readers turn round the letters of a line from
        # the right one by one, those of the ligatures of lam and alef too: so these stand the other way round.
        letters = unicodedata.normalize("NFKC", text)
        return letters[::-1] if "\ufef5" <= text <= "\ufefc" else letters


@functools.cache
def font(name: str) -> PaperFont:
    """The shipped font of that file name without its ending. Raises DamagedFont or BrokenInstallation."""
    return register(PaperFont(name, resource(f"fonts/{name}.ttf")))


def shipped(face: Face) -> Iterator[PaperFont]:
    """The shipped fonts for a face, each loaded when it is come to; one that cannot be used is left out."""
    return (usable for name in SHIPPED[face] if (usable := _usable(name)) is not None)


def first(face: Face) -> PaperFont:
    """The font that a face is set in wherever it can be. Raises BrokenInstallation if no shipped font can be used."""
    for usable in shipped(face):
        return usable
    raise BrokenInstallation("No font of this program can be read. Your books are safe; install the program again.")


def remarks() -> tuple[str, ...]:
    """What is to be told of fonts that could not be used, a sentence each."""
    return tuple(dict.fromkeys(_told.values()))


_told: dict[str, str] = {}


@functools.cache
def _usable(name: str) -> PaperFont | None:
    try:
        return font(name)
    except (DamagedFont, BrokenInstallation) as error:
        _told[name] = str(error)
        return None


def register(loaded: PaperFont) -> PaperFont:
    """Make a font known under its name, here and to ReportLab."""
    pdfmetrics.registerFont(loaded)
    return loaded


def registered(name: str) -> PaperFont:
    """A font that text has been measured with before."""
    known: PaperFont = pdfmetrics.getFont(name)
    return known


def _to_unicode(name: str, texts: Sequence[str]) -> str:
    """The PDF table from the codes 0, 1, … of a subset to the text that each stands for (ISO 32000, 9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def /CMapType 2 def",
        f"1 begincodespacerange <00> <{len(texts) - 1:02X}> endcodespacerange",
    ]
    for first in range(0, len(texts), 100):  # no more than a hundred at a time, says the standard
        some = texts[first : first + 100]
        lines.append(f"{len(some)} beginbfchar")
        lines += [f"<{code:02X}> <{_utf16(text)}>" for code, text in enumerate(some, first)]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines)


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()
