"""Sections into the faces of a card: as large as lets all of it stand; at the smallest size some of it is elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from escplaybook.paper.text import Block

SMALLEST = 6.5
"""Points; nothing on a card is set smaller."""

Faces = list[list[Block]]
Say = Callable[[str], Block]
"""Sets a remark in the size of the card."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, one block an item.

    `weight` says how much it matters, 0 the most: where there is no room for all, the lightest are left away first, and
    of each all but the first `keeps` before any other is. What was left away is on the sheet called `where`.
    """

    title: str
    heading: Block
    items: tuple[Block, ...]
    weight: int
    keeps: int
    unit: str
    where: str
    count: int = -1
    """How many items there are with those that were left away; below 0: none was."""

    @property
    def left(self) -> int:
        """How many items were left away."""
        return max(self.count - len(self.items), 0)

    def only(self, places: Sequence[int]) -> "Section":
        """The same with these of its items."""
        return replace(self, items=tuple(self.items[place] for place in places), count=len(self.items))

    def blocks(self, say: Say) -> list[Block]:
        """What of it stands on the card."""
        if not self.items:
            return []
        many = "" if self.left == 1 else "s"
        remark = [say(f"{self.left} more {self.unit}{many} on {self.where}")] if self.left else []
        return [self.heading, *self.items, *remark]


@dataclass(frozen=True, slots=True)
class Room:
    """What a card has room for: a column as wide as `width` on faces as high as `heights`."""

    width: float
    heights: tuple[float, ...]


def fitted(build: Callable[[float], tuple[Sequence[Section], Say]], scales: Sequence[float], room: Room) -> Faces:
    """The blocks of each face. `build` sets the sections in a size of type, `scales` are those to try, largest first."""
    for scale in scales:
        sections, say = build(scale)
        for is_divided in (False, True):
            faces = _packed(sections, say, room, is_divided=is_divided)
            if faces is not None:
                return faces
    return _chosen(sections, say, room)


def _chosen(sections: Sequence[Section], say: Say, room: Room) -> Faces:
    """The weightiest sections with what they keep, then more of each as long as there is room."""
    places: dict[int, list[int]] = {number: [] for number in range(len(sections))}
    by_weight = sorted(places, key=lambda number: sections[number].weight)
    best = _packed(_cut(sections, places), say, room, is_divided=True) or [[] for _ in room.heights]
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
    return best


def _cut(sections: Sequence[Section], places: dict[int, list[int]]) -> list[Section]:
    return [section.only(places[number]) for number, section in enumerate(sections)]


def _packed(sections: Sequence[Section], say: Say, room: Room, *, is_divided: bool) -> Faces | None:
    """The sections one after the other, each whole on one face unless they may be divided; None if they do not fit."""
    faces: Faces = [[]]
    left = room.heights[0]
    for part in _parts(sections, say, is_divided=is_divided):
        height = sum(block.wrap(room.width, 0)[1] for block in part)
        while height > left:
            if len(faces) == len(room.heights):
                return None
            left = room.heights[len(faces)]
            faces.append([])
        faces[-1] += part
        left -= height
    return faces + [[] for _ in room.heights[len(faces) :]]


def _parts(sections: Sequence[Section], say: Say, *, is_divided: bool) -> Iterator[list[Block]]:
    """What must stand together: a section, or its heading with its first item and then each item by itself."""
    for section in sections:
        blocks = section.blocks(say)
        if is_divided:
            yield blocks[:2]
            yield from ([block] for block in blocks[2:])
        else:
            yield blocks
    gone = [section for section in sections if section.left and not section.items]
    if gone:
        names = ", ".join(f"{one.title.casefold()} ({one.left})" for one in gone)
        sheets = " and ".join(dict.fromkeys(one.where for one in gone))
        yield [say(f"No room here for: {names}. See {sheets}.")]
