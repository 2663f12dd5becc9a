"""vCards, as phones, mail programs and directories write them: read into contacts, and written as version 3.0."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from escplaybook.domain.contacts import Contact
from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.origins import Origin
from escplaybook.exchange.contact_items import Item, Whole, uid_of
from escplaybook.exchange.files import files
from escplaybook.exchange.text import bytes_of, decode
from escplaybook.exchange.vcard_lines import Card, cards_in
from escplaybook.exchange.vcard_reading import contact_from
from escplaybook.exchange.vcard_writing import cards, write

__all__ = ["SIZE_LIMIT", "SUFFIXES", "cards", "read", "write"]

SUFFIXES = (".vcf", ".vcard")

SIZE_LIMIT = 100_000_000
"""Bytes in one file: an address book of some thousand photos."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read(paths: Sequence[Path], now: datetime) -> Iterator[Item]:
    """Each card in the files at or below `paths`, one after the other; `file.vcf#3 (Mara Lindqvist)` is a third one.

    A card without a date counts as made `now`. Raises Unreadable if one of `paths` is not there.
    """
    met: dict[str, Whole] = {}
    for path, source in files(paths, lambda path: path.suffix.casefold() in SUFFIXES):
        try:
            cards = _cards_of(path)
        except Unreadable as error:
            yield Item(source, None, str(error))
            continue
        for number, card in enumerate(cards, start=1):
            yield _item(card, f"{source}#{number}", now, met)


def _cards_of(path: Path) -> list[Card]:
    data = bytes_of(path, SIZE_LIMIT)
    if data.startswith(_UTF_16):
        data = decode(data)[0].encode()
    if not data.strip():
        raise Unreadable("The file is empty.")
    cards = cards_in(data)
    if not cards:
        raise Unreadable("The file holds no vCard; each begins with a line BEGIN:VCARD.")
    return cards


def _item(card: Card, source: str, now: datetime, met: dict[str, Whole]) -> Item:
    if card.reason:
        return Item(source, None, card.reason)
    try:
        found = contact_from(card.data, now)
    except (Unreadable, InvalidRecord) as error:
        return Item(source, None, str(error))
    contact = _with_uid(found.contact, found.uid, source, met)
    warnings = found.warnings
    if card.agents:
        warnings += ("The card inside it (AGENT) follows as a contact of its own; say yourself if it is the deputy.",)
    return Item(f"{source} ({contact.name[:60]})", contact, warnings=warnings, deputy=found.deputy, files=found.files)


def _with_uid(contact: Contact, uid: str, source: str, met: dict[str, Whole]) -> Contact:
    uid = uid_of(uid, contact, met)
    origin = contact.origin or Origin(uid)
    return replace(contact, origin=replace(origin, uid=uid, source=source))
