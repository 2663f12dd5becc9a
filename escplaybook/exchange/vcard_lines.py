"""From the bytes of a vCard file to its cards, and from a card to its properties: versions 2.1, 3.0 and 4.0.

The grammar of a line is vobject's. Cards are parted here, because one broken card would cost it the rest of the file,
and lines are put together here, because long ones would cost it quadratic time.
"""

import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange.text import decode

_MARK = re.compile(
    rb"^(?:\xef\xbb\xbf)?(?P<agent>(?:[\w-]+\.)?AGENT\b[^:\n]*:[ \t]*)?(?:[\w-]+\.)?(?P<what>BEGIN|END)[ \t]*:"
    rb"[ \t]*VCARD[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_AGENT = re.compile(rb"(?:[\w-]+\.)?AGENT\b[^:]*:", re.IGNORECASE)
_VERSION = re.compile(r"^VERSION[^:\n]*:[ \t]*([\d.]+)", re.MULTILINE | re.IGNORECASE)
_CHARSET = re.compile(rb"[^:]*;CHARSET=\"?([\w:.-]+)", re.IGNORECASE)

_NAME, _VALUE = "[A-Za-z0-9_-]+", '(?:"[^"]*"|[^";:,]*)'
_HEAD = re.compile(rf"(?:{_NAME}\.)?{_NAME};?(?:;{_NAME}(?:={_VALUE}(?:,{_VALUE})*)?)*:")
"""Narrower than vobject's own expression for a line, which needs exponential time for some that do not fit it."""

_BINARY = re.compile(rf"(?:{_NAME}\.)?(?P<name>PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_BEGINS_A_PROPERTY = re.compile(rf"{_NAME}(?:\.{_NAME})?[;:]")
_ADDRESS = re.compile(r"[^:]*:\s*[a-z]{3,}://\S+", re.IGNORECASE)
_QUOTED = "quoted-printable"
_ENCODING = re.compile(rf";(?:ENCODING=[^;:]*|{_QUOTED})(?=[;:])", re.IGNORECASE)
_ENCODINGS = frozenset({"b", "base64", "7bit", "8bit"})
_ESCAPED = re.compile(r"\\([\\;,:nN\"])")
_ESCAPED_2_1 = re.compile(r"\\([;,:])")


@dataclass(frozen=True, slots=True)
class Card:
    """One card's bytes, or the reason why they cannot be used. `agents` counts the cards that stood inside it."""

    data: bytes
    reason: str = ""
    agents: int = 0


@dataclass(frozen=True, slots=True)
class Property:
    """One property. `kinds` are its TYPE values in small letters, with those that 2.1 gives without a name.

    `value` is as the file has it, only quoted-printable and base64 text decoded; the methods read it.
    """

    name: str
    group: str
    kinds: tuple[str, ...]
    params: dict[str, list[str]]
    value: str
    version: str = "3.0"

    def words(self) -> str:
        """The value as one text, without its escapes."""
        if self.version == "2.1":  # knows no \n: a backslash there is a path's
            return _ESCAPED_2_1.sub(r"\1", self.value)
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)

    def fields(self) -> list[list[str]]:
        """The value parted at semicolons, and each part at commas."""
        from vobject.vcard import splitFields, toList

        return [toList(part) for part in splitFields(_closed(self.value))]

    def listed(self) -> list[str]:
        """The value parted at commas."""
        from vobject.icalendar import stringToTextValues

        return [str(part) for part in stringToTextValues(_closed(self.value))]


@dataclass(slots=True)
class Reading:
    """What a card's lines gave: properties, photos still encoded, lines that could not be read, what to tell."""

    properties: list[Property] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def warn(self, sentence: str) -> None:
        """Tell this, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)


def cards_in(data: bytes) -> list[Card]:
    """The cards of a file in the order in which they begin; a card inside another (AGENT) follows it as its own."""
    data = re.sub(rb"\r+\n|\r", b"\n", data)
    return [card for _, card in sorted(_parted(data), key=lambda place_and_card: place_and_card[0])]


def properties_in(data: bytes) -> Reading:
    """The properties of one card. Raises Unreadable if it is no text."""
    reading = Reading()
    text = _text_of(data, reading)
    version = found[1] if (found := _VERSION.search(text)) else "3.0"
    for line in _logical_lines(text):
        binary = _BINARY.match(line)
        if binary and not _ADDRESS.fullmatch(line):
            head = _HEAD.match(line)
            if head and binary["name"].upper() == "PHOTO":
                reading.photos.append(line[head.end() :])
            else:
                reading.warn(f"The {binary['name'].lower()} was left out; a contact has no place for it.")
            continue
        try:
            found_property = _property(line, version, reading)
        except (ValueError, LookupError):
            reading.unread.append(line)
        else:
            if found_property.name != "VERSION" and found_property.value.strip(" ;"):
                reading.properties.append(found_property)
    return reading


def is_a_line(line: str) -> bool:
    """Whether the line, unfolded, begins as a property does."""
    return bool(_HEAD.match(line))


@dataclass(slots=True)
class _Open:
    """A card whose end has not been met."""

    place: int
    parts: list[bytes] = field(default_factory=list)
    agents: int = 0


def _parted(data: bytes) -> Iterator[tuple[int, Card]]:
    """Each card with the place where it begins."""
    opened: list[_Open] = []
    position = 0
    for mark in _MARK.finditer(data):
        before = data[position : mark.start()]
        position = mark.end()
        if opened:
            opened[-1].parts.append(before)
        if mark["what"].upper() == b"END":
            if opened:
                card = opened.pop()
                yield card.place, Card(b"".join(card.parts), agents=card.agents)
            else:
                yield mark.start(), Card(b"", "The card has no BEGIN:VCARD; its first line is damaged.")
            continue
        if opened and not (mark["agent"] or _AGENT.fullmatch(before.rstrip().rpartition(b"\n")[2])):
            yield from _cut_off(opened)
            opened.clear()
        if opened:
            opened[-1].agents += 1
        opened.append(_Open(mark.start()))
    yield from _cut_off(opened)


def _cut_off(opened: list[_Open]) -> Iterator[tuple[int, Card]]:
    for card in opened:
        yield card.place, Card(b"", "The card has no END:VCARD; the rest of it was cut off.")


def _text_of(data: bytes, reading: Reading) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = "\n".join(_line_of(line, reading) for line in data.split(b"\n"))
    if "\0" in text:
        raise Unreadable("The card is not text; export it again as UTF-8.")
    return text


def _line_of(line: bytes, reading: Reading) -> str:
    """One line of a card that is not UTF-8: by the charset it declares, else a guess."""
    with suppress(UnicodeDecodeError):
        return line.decode()
    declared = _CHARSET.match(line)
    try:
        if declared:
            return line.decode(declared[1].decode())
    except (LookupError, ValueError):
        pass  # then what it declares is wrong
    try:
        text, _ = decode(line)
    except Unreadable:
        raise Unreadable(
            "The card is written in an encoding that it does not name; export it again as UTF-8."
        ) from None
    reading.warn("The card is not UTF-8; it was read as Windows-1252.")
    return text


def _logical_lines(text: str) -> Iterator[str]:
    """The lines of a card, unfolded; soft line breaks of quoted-printable closed, base64 gathered."""
    parts: list[str] = []
    quoted = binary = False
    for line in text.split("\n"):
        if quoted and parts[-1].endswith("="):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif parts and line[:1] in (" ", "\t"):
            parts.append(line[1:])
        elif line and binary and not _BEGINS_A_PROPERTY.match(line):
            parts.append(line)  # base64 that nobody indented
        elif line:
            if parts:
                yield "".join(parts)
            parts = [line]
            quoted, binary = _QUOTED in line.partition(":")[0].lower(), bool(_BINARY.match(line))
    if parts:
        yield "".join(parts)


def _property(line: str, version: str, reading: Reading) -> Property:
    """The property in a line. Raises ValueError or LookupError if it has none that can be read."""
    found = _HEAD.match(line)
    if not found:
        raise ValueError
    head = found.group()
    if _QUOTED in head.lower():  # vobject knows it in capital letters only, and stumbles over a second encoding
        head = f"{_ENCODING.sub('', head)[:-1]};ENCODING={_QUOTED.upper()}:"
    content = _content_of(head, line[found.end() :], reading)
    alone = [word.lower() for word in content.singletonparams]
    types = [word.lower() for value in content.params.pop("TYPE", []) for word in value.split(",")]
    charset = next(iter(content.params.pop("CHARSET", [])), "utf-8")
    encodings = {*(word.lower() for word in content.params.pop("ENCODING", [])), *alone}
    value = content.value
    if encodings & {"b", "base64"}:
        value = b64decode("".join(value.split())).decode(charset)
    kinds = dict.fromkeys(word for word in (*types, *alone) if word and word not in _ENCODINGS)
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return Property(content.name, content.group or "", tuple(kinds), content.params, value, version)


def _content_of(head: str, value: str, reading: Reading) -> Any:
    """What vobject reads; quoted-printable of an unknown charset as UTF-8, of none as Windows' if need be."""
    from vobject.base import VObjectError, textLineToContentLine

    try:
        return textLineToContentLine(head + value)
    except VObjectError as error:
        raise ValueError from error
    except LookupError:
        bare = re.sub(";CHARSET=[^;:]*", "", head, flags=re.IGNORECASE)
        if bare == head:
            raise
        return _content_of(bare, value, reading)
    except UnicodeDecodeError:
        if "CHARSET=" in head.upper():
            raise
        content = textLineToContentLine(f"{head[:-1]};CHARSET=windows-1252:{value}")
        reading.warn("The card names no encoding; it was read as Windows-1252.")
        return content


def _closed(value: str) -> str:
    """The value without a backslash that escapes nothing at its end: vobject would read the letters “eof” there."""
    return value[:-1] if (len(value) - len(value.rstrip("\\"))) % 2 else value
