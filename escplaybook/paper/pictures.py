"""Pictures out of the book, printed below the paragraph that shows them."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader

from escplaybook.paper.text import Block
from escplaybook.prose.html import Node, Nodes, kept_hash

HIGHEST = 260.0
"""Points: a third of an A4 page, so that the words around a picture stay with it."""

LARGEST = 40_000_000
"""Pixels; a small file can ask for thousands of millions."""

_POINTS = 0.5
"""Points for a pixel of a screen: letters on a screenshot come out about as small as they can be read."""


class Picture(Block):
    """As wide as its column at most."""

    spaceBefore = 2.0
    spaceAfter = 8.0

    def __init__(self, image: Any, highest: float = HIGHEST) -> None:
        super().__init__()
        self._image, self._highest = image, highest

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As large as there is room for, its shape kept."""
        across, high = self._image.getSize()
        scale = min(_POINTS, width / across, self._highest / high)
        self.width, self.height = across * scale, high * scale
        return self.width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        canvas.drawImage(self._image, x, y, self.width, self.height, mask="auto")


def pictures_of(nodes: Nodes, known: Mapping[str, bytes]) -> Iterator[Picture]:
    """The pictures that these nodes show and that can be printed; `known` has their bytes by hash."""
    for node in nodes:
        if isinstance(node, Node):
            if node.tag == "img" and (data := known.get(kept_hash(node.attribute("src") or ""))):
                image = image_in(data)
                if image is not None:
                    yield Picture(image)
            yield from pictures_of(node.children, known)


def image_in(data: bytes) -> Any:
    """The picture in those bytes; None if there is none, or one that is far too large."""
    try:
        image = ImageReader(BytesIO(data))
        across, high = image.getSize()
        if not 0 < across * high <= LARGEST:
            return None
        image.getRGBData()  # a file that breaks off is found out here and not in the middle of a page
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return image
