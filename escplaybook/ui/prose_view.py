"""Text to read. It reaches neither network nor disk, whatever the text says; a link opens only when it is clicked."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from escplaybook.prose.html import kept_hash
from escplaybook.store.book import Book
from escplaybook.ui import book_texts
from escplaybook.ui.theme import BODY, FAMILY, LEAD, MONO_FAMILY, SMALL, Theme

COLUMN = 620
"""Pixels at 100 %: about 75 characters, the width at which lines are read without losing the next."""
MARGIN = 28
HEADINGS = {1: LEAD}
"""The sizes of headings by their level; deeper ones are as large as the text."""

OUTSIDE = ("http", "https", "mailto", "tel")
INSIDE = "record"
"""`record:KB-0142` is a link within the book."""


class ProseView(QTextBrowser):
    """Shows HTML that `prose` has made; `record_wanted` carries the key of a record whose link was clicked,
    `inner_wanted` the target of one that leads to a place in the text (`#c1-the-ladder`).

    `emptied` and `shown` frame every change of the text: between them no place in it means anything.
    """

    record_wanted = Signal(str)
    inner_wanted = Signal(str)
    resized = Signal()
    emptied = Signal()
    shown = Signal()

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        margin: int = MARGIN,
        column: int = COLUMN,
        headings: Mapping[int, int] = HEADINGS,
    ) -> None:
        """`headings` are the sizes of headings by their level, where they are larger than the text."""
        super().__init__(parent)
        self._theme, self._html, self._margin, self._foot = theme, "", margin, 0
        self._column, self._headings = column, headings
        self._book: Book | None = None
        self._pictures: dict[str, QImage | None] = {}
        self._picture_width = 0
        self._is_laying_out = False
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._follow)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def read_from(self, book: Book) -> None:
        """The texts are out of that book: say how the records are called that they name, and show its pictures."""
        self._book = book

    def show_html(self, html: str) -> None:
        """Show a text from its beginning."""
        self._show(book_texts.with_names(self._book, html) if self._book is not None else html)

    def refresh_html(self, html: str) -> None:
        """Show a changed text where the old one was read."""
        place = self.verticalScrollBar().value()
        self.show_html(html)
        self.verticalScrollBar().setValue(place)

    def leave_room_down_to(self, height: int) -> None:
        """Let the text be scrolled as far as what stands beside it reaches, in pixels from its top."""
        text = round(self.document().size().height() - self.document().rootFrame().frameFormat().bottomMargin())
        foot = max(0, height - text)
        if foot != self._foot:
            self._foot = foot
            self._fit()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing but pictures out of the book: what else a text names is never fetched.

        An answer of None, or bytes that are no picture, would make Qt open the file by itself.
        """
        if kind == QTextDocument.ResourceType.ImageResource.value:
            if (kept := kept_hash(QUrl(name).toString())) and (picture := self.picture(kept)) is not None:
                return picture
            nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
            nothing.fill(Qt.GlobalColor.transparent)
            return nothing
        return QByteArray()

    def picture(self, file_hash: str) -> QImage | None:
        """A picture of the book, as wide as the column at most; drawn for the screen's own pixels."""
        if self._book is not None and file_hash not in self._pictures:
            ratio = self.devicePixelRatioF()
            image = book_texts.picture(self._book, file_hash, round(self._picture_width * ratio))
            if image is not None:
                image.setDevicePixelRatio(ratio)
            self._pictures[file_hash] = image
        return self._pictures.get(file_hash)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        has_pictures = "<img " in self._html
        if has_pictures and not self._is_laying_out and self.column_width() != self._picture_width:
            self._show_again()
        self.resized.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out_whole()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._fit()

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == INSIDE:
            self.record_wanted.emit(link.path())
        elif not link.scheme() and link.hasFragment():
            self.inner_wanted.emit(f"#{link.fragment()}")
        elif link.scheme() in OUTSIDE:
            QDesktopServices.openUrl(link)

    def _show(self, html: str) -> None:
        if html != self._html or self._picture_width != self.column_width():
            self._html, self._pictures, self._picture_width = html, {}, self.column_width()
        self.emptied.emit()
        self._is_laying_out = True
        self.setHtml(self._laid_out(html))
        self._lay_out_whole()
        self._is_laying_out = False
        self._set_headings()
        self._fit()
        self.verticalScrollBar().setValue(0)  # Qt goes to the first line and scrolls past the margin above it
        self.shown.emit()

    def _lay_out_whole(self) -> None:
        """Leave no part for later: Qt loses lines of it when shapes change meanwhile. What nobody sees may wait."""
        if self.isVisible():
            self.document().size()

    def _show_again(self) -> None:
        place = self.verticalScrollBar().value()
        self._show(self._html)
        self.verticalScrollBar().setValue(place)

    def column_width(self) -> int:
        margin = self._theme.px(self._margin)
        bar = self.verticalScrollBar().sizeHint().width()  # it comes and goes while a text is laid out
        return max(1, min(self.width() - bar - 2 * margin, self._theme.px(self._column)))

    def _fit(self) -> None:
        margin = self._theme.px(self._margin)
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        shape.setLeftMargin(margin)
        shape.setRightMargin(max(margin, self.viewport().width() - margin - self._theme.px(self._column)))
        shape.setTopMargin(self._theme.px(12))
        shape.setBottomMargin(max(self._theme.px(32), self._foot))
        if shape != frame.frameFormat():
            frame.setFrameFormat(shape)

    def _laid_out(self, html: str) -> str:
        """Qt knows no padding but a table cell's: code gets a cell of its own, and tables thin lines."""
        px, line = self._theme.px, self._theme.tokens.line
        cell = (
            f'<table width="100%" cellspacing="0" cellpadding="{px(8)}" bgcolor="{self._theme.tokens.surface}"><tr><td>'
        )
        thin = f"border: 1px solid {line}; border-collapse: collapse; margin-bottom: {px(8)}px;"
        table = f'<table border="1" cellspacing="0" cellpadding="{px(6)}" style="{thin}">'
        return (
            html.replace("<table>", table)
            .replace("<p><img ", "<p class='picture'><img ")
            .replace("\n</code></pre>", "</code></pre>")
            .replace("<pre>", f"{cell}<pre>")
            .replace("</pre>", "</pre></td></tr></table><p class='gap'></p>")
        )

    def _set_headings(self) -> None:
        """Qt enlarges headings beyond what the style sheet asks; take that back."""
        whole = QTextCursor(self.document())
        whole.beginEditBlock()
        block = self.document().begin()
        while block.isValid():
            if level := block.blockFormat().headingLevel():
                size = self._theme.px(self._headings.get(level, BODY))
                for start, length, shape in pieces_of(block):
                    shape.clearProperty(QTextFormat.Property.FontSizeAdjustment)  # it would outweigh the size
                    shape.setProperty(QTextFormat.Property.FontPixelSize, size)
                    cursor = QTextCursor(block)
                    cursor.setPosition(start)
                    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(shape)
            block = block.next()
        whole.endEditBlock()

    def _follow_theme(self) -> None:
        self.document().setDefaultFont(self._theme.font())
        self.document().setIndentWidth(self._theme.px(22))
        self.document().setDefaultStyleSheet(_style(self._theme))
        self._show_again()


def pieces_of(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """The pieces of a block that look alike: where each begins in the document, its length, its shape."""
    pieces = []
    at = block.begin()
    while not at.atEnd():
        piece = at.fragment()
        pieces.append((piece.position(), piece.length(), piece.charFormat()))
        at += 1
    return pieces


def _style(theme: Theme) -> str:
    tokens, px = theme.tokens, theme.px
    return f"""
        body, p, li, td, th {{ color: {tokens.text}; font-family: "{FAMILY}"; font-size: {px(BODY)}px; }}
        p, li {{ line-height: 120%; }}
        p {{ margin-top: 0px; margin-bottom: {px(8)}px; }}
        ul, ol {{ margin-top: 0px; margin-bottom: {px(8)}px; }}
        li {{ margin-bottom: {px(4)}px; }}
        h2 {{ font-size: {px(BODY)}px; font-weight: 600; margin-top: {px(20)}px; margin-bottom: {px(4)}px; }}
        h1 {{ font-size: {px(LEAD)}px; font-weight: 600; margin-top: {px(12)}px; margin-bottom: {px(4)}px; }}
        h3, h4, h5, h6 {{ font-size: {px(BODY)}px; font-weight: 600; margin-top: {px(12)}px;
            margin-bottom: {px(4)}px; }}
        code, pre, kbd, samp {{ font-family: "{MONO_FAMILY}"; font-size: {px(BODY)}px; }}
        pre {{ white-space: pre-wrap; margin: 0px; }}
        td p, th p {{ margin: 0px; }}
        .picture {{ line-height: 100%; }}
        .cell {{ padding-right: {px(16)}px; padding-left: 0px; }}
        .gap {{ margin: 0px; font-size: {px(6)}px; }}
        b, strong {{ font-weight: 600; }}
        dt {{ font-weight: 600; }}
        dd {{ margin-bottom: {px(6)}px; }}
        blockquote {{ margin-left: {px(16)}px; margin-right: 0px; color: {tokens.muted}; }}
        blockquote p {{ color: {tokens.muted}; }}
        a {{ color: {tokens.accent}; text-decoration: none; }}
        mark {{ background-color: {tokens.mark}; color: {tokens.text}; }}
        th {{ font-weight: 600; text-align: left; }}
        .quiet, .gone {{ color: {tokens.muted}; }}
        .warn {{ color: {tokens.warn}; }}
        .bad {{ color: {tokens.bad}; }}
        .good {{ color: {tokens.good}; }}
        .small {{ color: {tokens.muted}; font-size: {px(SMALL)}px; }}
        ins {{ background-color: {tokens.soft}; color: {tokens.good}; text-decoration: none; }}
        del {{ color: {tokens.bad}; text-decoration: line-through; }}
    """
