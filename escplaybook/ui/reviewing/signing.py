"""Beside the list: who signs the review, with a note; and who signed the ones before."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.domain.editions import MatrixReview
from escplaybook.domain.programme import Programme
from escplaybook.services.reviewing_matrix import reviews_of
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.fields import LineField
from escplaybook.ui.parts.ground import let_flow
from escplaybook.ui.parts.person_field import PersonField
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.wrapped import WrappedLabel
from escplaybook.ui.reviewing.told import rows_of


class Signing(QFrame):
    """`signed` tells that somebody wants to sign."""

    signed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: dict[str, Row] = {}
        self.setProperty("plane", "raised")
        self.who, self.note = PersonField(self), LineField(self)
        self.note.setPlaceholderText(self.tr("What was decided, if anything"))
        self.hint = WrappedLabel(self)
        self.hint.setProperty("role", "small")
        self.sign = QPushButton(self.tr("Sign the review"), self)
        self.sign.setProperty("kind", "primary")
        self.sign.setToolTip(self.tr("Ctrl+S"))
        dress(self.sign, "check", desk.theme, "on_accent")
        self.sign.clicked.connect(self.signed)
        self.note.returnPressed.connect(self.signed)
        self.table: RecordTable[MatrixReview] = RecordTable(Column(self.tr("Review"), self._spoken), parent=self)
        self.none = WrappedLabel(self)
        self.none.setProperty("role", "muted")
        self.none.setText(self.tr("Nobody has signed a review yet."))
        self.view = self._make_view()
        self._lay_out()

    def show_programme(self, found: Programme, signer: Contact | None) -> None:
        """Offer everybody in use to sign, `signer` unless somebody was chosen, and list the reviews before."""
        self.who.offer(one for one in found.contacts.values() if one.retired is None)
        if self.who.value() is None and signer is not None:
            self.who.set_value(signer.id)
        reviews = reviews_of(found)
        self._rows = rows_of(reviews, found, self._desk.now())
        self.table.show(reviews)
        self.none.setVisible(not reviews)
        self.view.setVisible(bool(reviews))
        for widget in (self.who, self.note, self.sign):
            widget.setEnabled(not self._desk.book.read_only)

    def stand_at(self, review: str) -> bool:
        """Make an earlier review current; tells whether it is there."""
        row = self.table.row_of(review)
        if row >= 0:
            self.view.setCurrentIndex(self.table.index(row, 0))
        return row >= 0

    def review(self) -> MatrixReview | None:
        """The earlier review that is current."""
        found: MatrixReview | None = self.view.currentIndex().data(RECORD)
        return found

    def _row(self, review: MatrixReview) -> Row:
        return self._rows[review.id]

    def _spoken(self, review: MatrixReview) -> str:
        row = self._row(review)
        return ", ".join(filter(None, (row.title, *(words for words, _ in row.meta), review.note)))

    def _make_view(self) -> QListView:
        view = QListView(self)
        view.setModel(self.table)
        view.setItemDelegate(RowDelegate(self._desk.theme, self._row, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setAccessibleName(self.tr("Earlier reviews"))
        let_flow(view)
        self._desk.theme.changed.connect(view.doItemsLayout)
        return view

    def _lay_out(self) -> None:
        fields = QVBoxLayout()
        fields.setContentsMargins(16, 20, 16, 12)
        fields.setSpacing(4)
        for label, field in ((self.tr("Who &signs"), self.who), (self.tr("&Note"), self.note)):
            title = QLabel(label, self)
            title.setProperty("role", "small")
            title.setBuddy(field)
            field.setAccessibleName(label.replace("&", ""))
            fields.addWidget(title)
            fields.addWidget(field)
            fields.addSpacing(4)
        fields.addWidget(self.sign)
        fields.addWidget(self.hint)
        fields.addSpacing(16)
        before = QLabel(self.tr("Earlier reviews"), self)
        before.setProperty("role", "heading")
        fields.addWidget(before)
        fields.addWidget(self.none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(fields)
        column.addWidget(self.view, 1)
        column.addStretch(0)
