"""The coming weeks, painted: days across, a lane for each duty and person, today marked."""

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from escplaybook.ui.duty.lanes import Bar, Lane, Weeks
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.theme import BODY, SMALL, Theme
from escplaybook.ui.times import day_letter, day_name, short_month_day

NAMES, LANE, HEAD, INSET = 148, 38, 44, 12
"""Room for the names at the left, the height of a lane and of the days above, and the room around a name."""


class Scale:
    """Where an instant lies across."""

    def __init__(self, weeks: Weeks, left: float, width: float) -> None:
        self._weeks, self.left, self.width = weeks, left, max(width, 1.0)

    def x(self, instant: datetime) -> float:
        """The place of an instant, kept within the weeks."""
        whole = (self._weeks.until - self._weeks.since) / timedelta(seconds=1)
        part = (instant - self._weeks.since) / timedelta(seconds=1)
        return self.left + self.width * min(max(part / whole, 0.0), 1.0)


class Strip(QFrame):
    """The lanes. `wanted` carries the record of the bar that was opened, `told` the words of the bar one is on."""

    wanted = Signal(object)
    told = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("line", "around")
        self.table: RecordTable[Lane] = RecordTable(Column(self.tr("Duty and absences"), _spoken), parent=self)
        self.view = Lanes(theme, self)
        self.view.setModel(self.table)
        self.days = Days(theme, self.view, self)
        self.view.resized.connect(self.days.update)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.days)
        column.addWidget(self.view, 1)
        self.view.wanted.connect(self.wanted)
        self.view.told.connect(self.told)

    def show_lanes(self, lanes: list[Lane], weeks: Weeks, now: datetime) -> None:
        """Show these; the lane and bar one was on stay so."""
        kept = self.view.currentIndex().data(RECORD)
        self.days.show_weeks(weeks, now)
        self.view.show_weeks(weeks, now)
        self.table.show(lanes)
        row = self.table.row_of(kept.id) if kept is not None else 0
        if lanes:
            self.view.setCurrentIndex(self.table.index(max(row, 0), 0))


class Days(QWidget):
    """The days above the lanes: each Monday's date, the days of the week, and today."""

    def __init__(self, theme: Theme, lanes: "Lanes", parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._lanes = theme, lanes
        self._weeks: Weeks | None = None
        self._now: datetime | None = None
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def show_weeks(self, weeks: Weeks, now: datetime) -> None:
        """Show the days of these weeks."""
        self._weeks, self._now = weeks, now
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._weeks is None or self._now is None:
            return
        painter, theme = QPainter(self), self._theme
        painter.fillRect(self.rect(), theme.color("raised"))
        lanes = QRect(0, 0, self._lanes.viewport().width(), self.height())  # narrower where there is a scroll bar
        scale, half = scale_in(theme, self._weeks, lanes), self.height() / 2
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for number, day in enumerate(self._weeks.days()):
            left, right = scale.x(day), scale.x(day + timedelta(days=1))
            box = mirrored(QRectF(left, 0, right - left, self.height()), lanes, is_rtl=is_rtl)
            if number % 7 == 0:
                wide = (
                    box.adjusted(-6 * box.width(), 0, -4, -half)
                    if is_rtl
                    else box.adjusted(4, 0, 6 * box.width(), -half)
                )
                self._write(painter, wide, short_month_day(day.date()), "text", is_leading=True)
            is_today = day <= self._now < day + timedelta(days=1)
            word = day_letter(day.date()) if box.width() < theme.px(60) else day_name(day.date())
            self._write(painter, box.adjusted(0, half - 2, 0, -2), word, "accent" if is_today else "muted")
        painter.setPen(theme.color("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _write(self, painter: QPainter, box: QRectF, words: str, token: str, *, is_leading: bool = False) -> None:
        painter.setPen(self._theme.color(token))
        painter.setFont(self._theme.font(SMALL, semibold=token == "accent", tabular=True))
        side = Qt.AlignmentFlag.AlignLeading if is_leading else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, words)

    def _follow_theme(self) -> None:
        self.setFixedHeight(self._theme.px(HEAD))
        self.update()


class Lanes(QListView):
    """Up and down go from lane to lane, left and right from bar to bar, Return opens what a bar comes from."""

    wanted = Signal(object)
    told = Signal(str)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.weeks: Weeks | None = None
        self.now: datetime | None = None
        self.bar = 0
        self.setItemDelegate(LaneDelegate(theme, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Turns and absences in the coming weeks"))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_weeks(self, weeks: Weeks, now: datetime) -> None:
        """Lie on these weeks."""
        self.weeks, self.now = weeks, now
        self.viewport().update()

    def current_bar(self) -> Bar | None:
        """The bar one is on, if the lane has one."""
        lane: Lane | None = self.currentIndex().data(RECORD)
        if lane is None or not lane.bars:
            return None
        return lane.bars[min(self.bar, len(lane.bars) - 1)]

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.bar = self._at_hand()
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            forward, back = back, forward
        lane: Lane | None = self.currentIndex().data(RECORD)
        if lane is not None and event.key() in (forward, back):
            step = 1 if event.key() == forward else -1
            self.bar = min(max(self.bar + step, 0), max(len(lane.bars) - 1, 0))
            self._tell()
            self.viewport().update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        found = self.bar_at(event.position())
        lane: Lane | None = self.currentIndex().data(RECORD)
        if found is not None and lane is not None and found in lane.bars:
            self.bar = lane.bars.index(found)
            self._tell()
            self._open()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self.bar_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), bar.told if bar is not None else "", self)
            return True
        return super().viewportEvent(event)

    def bar_at(self, spot: QPointF) -> Bar | None:
        """The bar at a spot of the viewport; where two lie over each other, the absence."""
        index = self.indexAt(spot.toPoint())
        lane: Lane | None = index.data(RECORD)
        if lane is None:
            return None
        found = [bar for bar, box in self.boxes(lane, self.visualRect(index)) if box.contains(spot)]
        return found[-1] if found else None

    def boxes(self, lane: Lane, box: QRect) -> list[tuple[Bar, QRectF]]:
        """Where the bars of a lane lie; absences last, so that they lie above turns."""
        if self.weeks is None:
            return []
        scale, is_rtl = scale_in(self._theme, self.weeks, box), self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        inset = self._theme.px(5)
        placed = []
        for bar in sorted(lane.bars, key=lambda bar: bar.is_away):
            left, right = scale.x(bar.start), scale.x(bar.end)
            high = QRectF(left, box.top() + inset, max(right - left - 1, 3.0), box.height() - 2 * inset)
            placed.append((bar, mirrored(high, box, is_rtl=is_rtl)))
        return placed

    def _at_hand(self) -> int:
        """The bar that is under way or next."""
        lane: Lane | None = self.currentIndex().data(RECORD)
        if lane is None or self.now is None:
            return 0
        return next((number for number, bar in enumerate(lane.bars) if bar.end > self.now), 0)

    def _open(self) -> None:
        if (bar := self.current_bar()) is not None:
            self.wanted.emit(bar.record)

    def _tell(self) -> None:
        lane: Lane | None = self.currentIndex().data(RECORD)
        bar = self.current_bar()
        self.told.emit(f"{lane.contact.name} · {bar.told}" if lane is not None and bar is not None else "")


class LaneDelegate(QStyledItemDelegate):
    """Paints a lane: weekends shaded, turns filled, absences hatched, a line for now."""

    def __init__(self, theme: Theme, view: Lanes) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(option.rect.width(), self._theme.px(LANE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        lane: Lane = index.data(RECORD)
        box, theme, weeks, now = option.rect, self._theme, self._view.weeks, self._view.now
        if weeks is None or now is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_rtl = option.direction is Qt.LayoutDirection.RightToLeft
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, theme.color("raised"))
        scale = scale_in(theme, weeks, box)
        for number, day in enumerate(weeks.days()):
            left, right = scale.x(day), scale.x(day + timedelta(days=1))
            column = mirrored(QRectF(left, box.top(), right - left, box.height()), box, is_rtl=is_rtl)
            if number % 7 > 4:
                painter.fillRect(column, theme.color("surface"))
            if number % 7 == 0:
                edge = column.right() if is_rtl else column.left()
                painter.setPen(theme.color("line"))
                painter.drawLine(QPointF(edge, box.top()), QPointF(edge, box.bottom()))
        self._paint_name(painter, lane, box, is_rtl=is_rtl, is_chosen=is_chosen)
        current = self._view.current_bar() if is_chosen and self._view.hasFocus() else None
        for bar, place in self._view.boxes(lane, box):
            self._paint_bar(painter, bar, place, is_current=bar is current)
        if weeks.since <= now < weeks.until:
            middle = mirrored(QRectF(scale.x(now), box.top(), 0, box.height()), box, is_rtl=is_rtl).left()
            painter.setPen(QPen(theme.color("accent"), theme.px(2)))
            painter.drawLine(QPointF(middle, box.top()), QPointF(middle, box.bottom() + 1))
        painter.setPen(theme.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def _paint_name(self, painter: QPainter, lane: Lane, box: QRect, *, is_rtl: bool, is_chosen: bool) -> None:
        theme = self._theme
        names = mirrored(QRectF(box.left(), box.top(), theme.px(NAMES), box.height()), box, is_rtl=is_rtl)
        painter.fillRect(names, theme.color("soft" if is_chosen else "raised"))
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font(BODY, semibold=lane.is_duty))
        room = names.adjusted(theme.px(INSET), 0, -theme.px(4), 0)
        if is_rtl:
            room = names.adjusted(theme.px(4), 0, -theme.px(INSET), 0)
        name = painter.fontMetrics().elidedText(lane.contact.name, Qt.TextElideMode.ElideRight, round(room.width()))
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_bar(self, painter: QPainter, bar: Bar, place: QRectF, *, is_current: bool) -> None:
        theme, radius = self._theme, self._theme.px(4)
        if place.width() < theme.px(14):
            self._paint_sliver(painter, bar, place, is_current=is_current)
            return
        ink = theme.color("warn" if bar.is_away else "accent")
        painter.setPen(QPen(ink, 2 if is_current else 1))
        painter.setBrush(theme.color("raised" if bar.is_away else "soft"))
        painter.drawRoundedRect(place, radius, radius)
        if bar.is_away:
            faint = theme.color("warn")
            faint.setAlphaF(0.28)
            painter.setBrush(QBrush(faint, Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(place, radius, radius)
        if is_current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), radius - 1, radius - 1)
        room = place.adjusted(theme.px(6), 0, -theme.px(4), 0)
        painter.setFont(theme.font(SMALL))
        words = painter.fontMetrics().elidedText(bar.words, Qt.TextElideMode.ElideRight, round(room.width()))
        if room.width() < theme.px(40):  # an ellipsis would be all there is to read
            room = place.adjusted(2, 0, -1, 0)
            words = "".join(word[0] for word in bar.words.split()[:2])
            if painter.fontMetrics().horizontalAdvance(words) > room.width():
                return
        if bar.is_away:  # words over a hatching are read on a ground of their own
            width = painter.fontMetrics().horizontalAdvance(words)
            ground = QRectF(room.left() - 3, room.center().y() - theme.px(9), width + 6, theme.px(18))
            painter.fillRect(ground.intersected(place.adjusted(2, 2, -2, -2)), theme.color("raised"))
        painter.setPen(theme.color("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_sliver(self, painter: QPainter, bar: Bar, place: QRectF, *, is_current: bool) -> None:
        """A short time: no line around it, which would be all that is seen; of absences high, of turns low."""
        colour = self._theme.color("warn" if bar.is_away else "accent")
        if not is_current:
            colour.setAlphaF(0.75 if bar.is_away else 0.35)
        low = 0.0 if bar.is_away or is_current else place.height() / 4
        painter.fillRect(place.adjusted(0, low, -1, -low), colour)


def scale_in(theme: Theme, weeks: Weeks, box: QRect) -> Scale:
    """The scale of a lane as wide as that box, right of the names."""
    names = theme.px(NAMES)
    return Scale(weeks, box.left() + names, box.width() - names)


def mirrored(part: QRectF, box: QRect, *, is_rtl: bool) -> QRectF:
    """The part of a box where a reader of this direction sees it."""
    if not is_rtl:
        return part
    return QRectF(box.left() + box.right() + 1 - part.right(), part.top(), part.width(), part.height())


def _spoken(lane: Lane) -> str:
    return lane.spoken
