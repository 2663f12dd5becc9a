"""The very pages of a PDF, one below the other, drawn only where they are seen."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from escplaybook.ui.theme import Theme

GAP = 16
MOST = 1000
"""Hits that are looked for; whoever has more looks for something else."""

KEPT = 12
"""Drawn pages that are kept; one A4 page at 100 % is about 2 MB."""

POINTS_TO_PIXELS = 96 / 72
SMALLEST, LARGEST = 0.25, 4.0
FOUND, FOUND_HERE = QColor("#FFF0B3"), QColor("#FFC94D")
"""How what was found is marked, and where one is of it: on the paper, which is white by day and night."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a text stands: on which page (from 0), and its boxes there, one a line, in points from the upper left."""

    page: int
    boxes: tuple[QRectF, ...]


class Pages:
    """A PDF as pictures of its pages. It is opened for each picture (1 ms), so that none is left open at the end."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        with self._opened() as document:
            self.sizes: list[tuple[float, float]] = [page.get_size() for page in document]

    def image(self, number: int, scale: float) -> QImage:
        """Page `number` (from 0) at `scale` pixels a point."""
        with self._opened() as document:
            bitmap: Any = document[number].render(scale=scale, prefer_bgrx=True)
            data = bytes(bitmap.buffer)
            return QImage(data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()

    def find(self, text: str) -> list[Found]:
        """Where the text stands, whatever its case, its accents and the breaks of its lines; at most MOST times."""
        if not text.strip():
            return []
        with self._opened() as document:
            hits = (hit for number in range(len(self.sizes)) for hit in self._on_page(document, number, text.strip()))
            return list(islice(hits, MOST))

    def _on_page(self, document: Any, number: int, text: str) -> Iterator[Found]:
        height = self.sizes[number][1]
        with closing(document[number].get_textpage()) as page, closing(page.search(text)) as search:
            while (hit := search.get_next()) is not None:
                boxes = [page.get_rect(at) for at in range(page.count_rects(*hit))]
                lines = [QRectF(left, height - top, right - left, top - low) for left, low, right, top in boxes]
                yield Found(number, tuple(_by_line(lines)))

    def _opened(self) -> "closing[Any]":
        import pypdfium2  # 0.1 s, needed with the first preview

        return closing(pypdfium2.PdfDocument(self._pdf))


class PdfView(QAbstractScrollArea):
    """`moved` carries the number of the page in view, from 1; `zoomed` the zoom, 1.0 being the size on paper."""

    moved = Signal(int)
    zoomed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: Pages | None = None
        self._drawn: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._zoom, self._fits = 1.0, True
        self._found: list[Found] = []
        self._here = -1
        self.setAccessibleName(self.tr("Pages as they will be printed"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self.viewport().update)

    @property
    def zoom(self) -> float:
        """The present zoom; 1.0 is the size on paper."""
        return self._zoom

    def show_pages(self, pages: Pages) -> None:
        """Show these pages from the first, as wide as the view."""
        self._pages = pages
        self._drawn.clear()
        self._found, self._here = [], -1
        self._fits = True
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self.moved.emit(1)

    def look_for(self, text: str) -> int:
        """Mark where the text stands and go to the first from the page in view on; returns how often it does."""
        self._found = self._pages.find(text) if self._pages else []
        page = self.page_in_view() - 1
        self._here = next((at for at, found in enumerate(self._found) if found.page >= page), 0) if self._found else -1
        self._show_here()
        return len(self._found)

    def step_found(self, by: int) -> None:
        """Go to the next of what was found, or the previous; round after the last."""
        if self._found:
            self._here = (self._here + by) % len(self._found)
            self._show_here()

    def place_found(self) -> int:
        """At which of what was found one is, from 1; 0 if nothing was."""
        return self._here + 1

    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages.sizes) if self._pages else 0

    def set_zoom(self, zoom: float) -> None:
        """Show the pages so large, the middle of what is seen staying where it is."""
        bar = self.verticalScrollBar()
        middle = (bar.value() + self.viewport().height() / 2) / max(1, self._height())
        self._fits = False
        self._zoom = min(max(zoom, SMALLEST), LARGEST)
        self._arrange()
        bar.setValue(round(middle * self._height() - self.viewport().height() / 2))

    def fit(self) -> None:
        """Make a page as wide as the view, now and when the view changes."""
        self._fits = True
        self._arrange()

    def step_zoom(self, steps: int) -> None:
        """A quarter larger or smaller."""
        self.set_zoom(self._zoom * 1.25**steps)

    def page_in_view(self) -> int:
        """The number of the page in the middle of the view, from 1."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        for number, box in enumerate(self._boxes(), start=1):
            if middle <= box.bottom() + self._theme.px(GAP):
                return number
        return max(1, self.count())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                bar.setValue(bar.value() + bar.pageStep())
            case Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - bar.pageStep())
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("surface"))
        shift = (self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for number, box in enumerate(self._boxes()):
            shown = box.translated(-shift[0], -shift[1])
            if not shown.intersects(event.rect()):
                continue
            painter.drawImage(shown, self._image(number, box.size()))
            self._mark_found(painter, number, shown)
            painter.setPen(self._theme.color("line"))
            painter.drawRect(shown.adjusted(-1, -1, 0, 0))

    def _mark_found(self, painter: QPainter, number: int, page: QRect) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)  # as a pen marks: the ink stays
        for at, found in enumerate(self._found):
            for box in found.boxes if found.page == number else ():
                painter.fillRect(self._shown(box).translated(page.topLeft()), FOUND_HERE if at == self._here else FOUND)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _shown(self, box: QRectF) -> QRectF:
        """A box on a page in pixels, a little larger than the ink."""
        scale = self._scale()
        place = QRectF(box.left() * scale, box.top() * scale, box.width() * scale, box.height() * scale)
        return place.adjusted(-1, -2, 1, 2)

    def _show_here(self) -> None:
        """Bring what was found into view, in the upper third unless it is seen already."""
        self.viewport().update()
        if self._here < 0:
            return
        found, view = self._found[self._here], self.viewport().size()
        page = self._boxes()[found.page]
        box = self._shown(found.boxes[0]).translated(page.topLeft()) if found.boxes else QRectF(page)
        _bring(self.verticalScrollBar(), box.top(), box.bottom(), view.height())
        _bring(self.horizontalScrollBar(), box.left(), box.right(), view.width())

    def _image(self, number: int, size: QSize) -> QImage:
        assert self._pages is not None
        width = round(size.width() * self.devicePixelRatioF())
        key = (number, width)
        if key not in self._drawn:
            self._drawn[key] = self._pages.image(number, width / self._pages.sizes[number][0])
            if len(self._drawn) > KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return self._drawn[key]

    def _boxes(self) -> list[QRect]:
        """Where each page lies in the whole, at the present zoom."""
        if self._pages is None:
            return []
        gap, top, boxes = self._theme.px(GAP), self._theme.px(GAP), []
        whole = max(self.viewport().width(), self._width() + 2 * gap)
        for width, height in self._pages.sizes:
            size = QSize(round(width * self._scale()), round(height * self._scale()))
            boxes.append(QRect((whole - size.width()) // 2, top, size.width(), size.height()))
            top += size.height() + gap
        return boxes

    def _arrange(self) -> None:
        if self._pages is None:
            return
        widest = max(width for width, _ in self._pages.sizes) * POINTS_TO_PIXELS
        if self._fits:
            room = self.viewport().width() - 2 * self._theme.px(GAP)
            self._zoom = min(max(room / widest, SMALLEST), 1.5)
        view, gap = self.viewport().size(), 2 * self._theme.px(GAP)
        self.verticalScrollBar().setRange(0, max(0, self._height() - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(self._theme.px(40))
        self.horizontalScrollBar().setRange(0, max(0, self._width() + gap - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.viewport().update()
        self.zoomed.emit(self._zoom)

    def _scale(self) -> float:
        return self._zoom * POINTS_TO_PIXELS

    def _width(self) -> int:
        return round(max((width for width, _ in self._pages.sizes), default=0) * self._scale()) if self._pages else 0

    def _height(self) -> int:
        gap = self._theme.px(GAP)
        heights = (height for _, height in self._pages.sizes) if self._pages else ()
        return gap + sum(round(height * self._scale()) + gap for height in heights)

    def _scrolled(self) -> None:
        self.viewport().update()
        self.moved.emit(self.page_in_view())


def _by_line(boxes: Iterable[QRectF]) -> Iterator[QRectF]:
    """One box for all that stands on one line."""
    line = QRectF()
    for box in boxes:
        if line.isNull() or abs(box.center().y() - line.center().y()) > line.height() / 2:
            if not line.isNull():
                yield line
            line = box
        else:
            line = line.united(box)
    if not line.isNull():
        yield line


def _bring(bar: QScrollBar, first: float, last: float, length: int) -> None:
    if first < bar.value() or last > bar.value() + length:
        bar.setValue(round(first - length / 3))
