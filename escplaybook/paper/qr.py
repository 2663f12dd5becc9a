"""QR codes: a number to call and a person to keep, drawn as lines so that any enlargement stays sharp."""

import functools
from typing import Any

import segno
from segno import helpers

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.numbers import number_of
from escplaybook.paper.lines import BLACK
from escplaybook.paper.text import Block

MODULE = 0.4 * 72 / 25.4
"""The side of one module in points: 0.4 mm, the least that a telephone's camera reads from the hand."""

QUIET_ZONE = 4
"""Modules of white around a code, by ISO/IEC 18004."""


class Code(Block):
    """A QR code with its quiet zone, at the upper left of where it stands; error level M mends 15 % of it."""

    def __init__(self, data: str) -> None:
        super().__init__()
        self.matrix = _matrix(data)
        self.side = (len(self.matrix) + 2 * QUIET_ZONE) * MODULE

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """As large as its modules make it."""
        self.width = self.height = self.side
        return self.side, self.side

    def paint(self, canvas: Any, x: float, y: float) -> None:
        path = canvas.beginPath()
        for number, row in enumerate(self.matrix, QUIET_ZONE + 1):
            start: int | None = None
            for place, is_dark in enumerate((*row, 0)):
                if is_dark and start is None:
                    start = place
                elif not is_dark and start is not None:
                    left, bottom = x + (start + QUIET_ZONE) * MODULE, y + self.side - number * MODULE
                    path.rect(left, bottom, (place - start) * MODULE, MODULE)
                    start = None
        canvas.setFillGray(BLACK)
        canvas.drawPath(path, stroke=0, fill=1)


def call_code(point: ContactPoint, country: str) -> Code | None:
    """The code that dials the point; None if it is no telephone number."""
    number = number_of(point.value, country) if point.kind in (PointKind.PHONE, PointKind.MOBILE) else None
    if number is None:
        return None
    extension = f";ext={number.extension}" if number.extension else ""
    return Code(f"tel:{number.e164}{extension}")


def person_code(person: Contact, points: list[ContactPoint], room: float) -> Code | None:
    """The code that saves a person with these points, with as many of them as `room` (in points) has place for.

    None if not even the name and one of them have.
    """
    given, _, family = person.name.rpartition(" ")
    for count in range(len(points), 0, -1):
        some = points[:count]
        try:
            card = helpers.make_vcard_data(
                f"{family.replace(';', ' ')};{given.replace(';', ' ')}",
                person.name,
                phone=[one.value for one in some if one.kind is not PointKind.EMAIL],
                email=[one.value for one in some if one.kind is PointKind.EMAIL],
            )
            code = Code(card)
        except segno.DataOverflowError:
            continue
        if code.side <= room:
            return code
    return None


@functools.lru_cache(maxsize=64)
def _matrix(data: str) -> tuple[bytes, ...]:
    """The modules, row by row; everybody's card has the same few codes, and finding the best mask takes 10 ms."""
    encoding = None if data.isascii() else "utf-8"
    return tuple(map(bytes, segno.make(data, error="m", boost_error=False, micro=False, encoding=encoding).matrix))
