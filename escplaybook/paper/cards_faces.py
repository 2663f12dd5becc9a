"""Sections into the faces of a card: as large as lets all of it stand; at the smallest size some of it is elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from escplaybook.paper.text import Block

SMALLEST = 6.5
"""Points; nothing on a card is set smaller."""

_TALL = 0.3
"""A section that takes no more than this share of a face is never divided."""

Faces = list[list[Block]]
Say = Callable[[str], Block]
"""Sets a remark in the size of the card."""

NEEDED = 5
"""Sections lighter than this, by their weight's number, are never shortened while there is another way."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, one block an item.

    `weight` says how much it matters, 0 the most: where there is no room for all, the lightest are left away first, and
    of each all but the first `keeps` before any other is. What was left away is to be found `where`; nothing is said
    of it without that.
    """

    heading: Block
    items: tuple[Block, ...]
    weight: int
    keeps: int
    units: tuple[str, str]
    where: str
    count: int = -1
    """How many items there are with those that were left away; below 0: none was."""

    @property
    def left(self) -> int:
        """How many items were left away."""
        return max(self.count - len(self.items), 0)

    @property
    def unit(self) -> str:
        """What was left away is called so."""
        return self.units[self.left != 1]

    def only(self, places: Sequence[int]) -> "Section":
        """The same with these of its items."""
        return replace(self, items=tuple(self.items[place] for place in places), count=len(self.items))

    def blocks(self, say: Say) -> list[Block]:
        """What of it stands on the card."""
        if not self.items:
            return []
        remark = [say(f"{self.left} more {self.unit} {self.where}")] if self.left and self.where else []
        return [self.heading, *self.items, *remark]


Attempt = Callable[[], tuple[Sequence[Section], Say]]
"""Sets the sections in one size of type, and says how to set a remark in that size."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a card has room for: a column as wide as `width` on faces as high as `heights`."""

    width: float
    heights: tuple[float, ...]


def fitted(attempts: Sequence[Attempt], smallest: Sequence[Attempt], room: Room) -> Faces:
    """The blocks of each face: of the first attempt that fits; they come from the largest type to the smallest.

    If none does, some are left away of the first of the `smallest` that keeps all it must, else of the last of them.
    """
    if whole(attempts[-1], room) is not None:
        return next(faces for attempt in attempts if (faces := whole(attempt, room)) is not None)
    chosen: Faces = []
    for attempt in smallest:
        chosen, keeps_all = _chosen(*attempt(), room)
        if keeps_all:
            break
    return chosen


def whole(attempt: Attempt, room: Room) -> Faces | None:
    """The faces with all of it on them; None if it does not fit."""
    sections, say = attempt()
    return _packed(sections, say, room, is_divided=False) or _packed(sections, say, room, is_divided=True)


def _chosen(sections: Sequence[Section], say: Say, room: Room) -> tuple[Faces, bool]:
    """The weightiest sections with what they keep, then more of each as long as there is room; and if all was kept."""
    places: dict[int, list[int]] = {number: [] for number in range(len(sections))}
    by_weight = sorted(places, key=lambda number: sections[number].weight)
    best = _packed(_cut(sections, places), say, room, is_divided=True) or [[] for _ in room.heights]
    keeps_all = True
    for is_more in (False, True):
        for number in by_weight:
            section = sections[number]
            for place in range(len(section.items)):
                if place in places[number] or (not is_more and len(places[number]) >= section.keeps):
                    continue
                places[number] = sorted([*places[number], place])
                faces = _packed(_cut(sections, places), say, room, is_divided=True)
                if faces is None:
                    places[number].remove(place)
                else:
                    best = faces
            if not is_more and section.weight < NEEDED:
                keeps_all &= len(places[number]) >= min(section.keeps, len(section.items))
    return best, keeps_all


def _cut(sections: Sequence[Section], places: dict[int, list[int]]) -> list[Section]:
    return [section.only(places[number]) for number, section in enumerate(sections)]


def _packed(sections: Sequence[Section], say: Say, room: Room, *, is_divided: bool) -> Faces | None:
    """The sections one after the other, each whole on one face unless they may be divided; None if they do not fit."""
    faces: Faces = [[]]
    left = room.heights[0]
    for part in _parts(sections, say, room, is_divided=is_divided):
        height = _height(part, room)
        while height > left:
            if len(faces) == len(room.heights):
                return None
            left = room.heights[len(faces)]
            faces.append([])
        faces[-1] += part
        left -= height
    return faces + [[] for _ in room.heights[len(faces) :]]


def _height(blocks: Sequence[Block], room: Room) -> float:
    return sum(block.wrap(room.width, 0)[1] for block in blocks)


def _parts(sections: Sequence[Section], say: Say, room: Room, *, is_divided: bool) -> Iterator[list[Block]]:
    """What must stand together: a section, or of a tall one the heading with the first item, then each item."""
    for section in sections:
        blocks = section.blocks(say)
        if is_divided and _height(blocks, room) > max(room.heights) * _TALL:
            yield blocks[:2]
            yield from ([block] for block in blocks[2:])
        else:
            yield blocks
    gone: dict[str, list[str]] = {}
    for section in sections:
        if section.left and not section.items and section.where:
            gone.setdefault(section.where, []).append(f"{section.left} {section.unit}")
    if gone:
        yield [say("Not here: " + "; ".join(f"{', '.join(told)} ({where})" for where, told in gone.items()))]
