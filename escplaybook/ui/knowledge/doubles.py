"""Known blockers that probably tell of the same thing."""

from PySide6.QtWidgets import QWidget

from escplaybook.domain.knowledge import HEADINGS, Entry
from escplaybook.services.merging import probable_double_entries
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.comparing import ComparisonWords
from escplaybook.ui.parts.doubles import DoublesPage, DoublesWords, Doubling


class DoubleEntriesPage(DoublesPage):
    """One known blocker, two, or later."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, Doubling("double-entries", "knowledge", Entry, probable_double_entries), parent)

    def words(self) -> DoublesWords:
        return DoublesWords(
            apart=self.tr("{0} and {1} are two known blockers; they are proposed no more."),
            none=self.tr("No known blocker seems to be here twice"),
            compared=self.tr("Titles, symptoms and error codes were compared."),
        )

    def comparison_words(self) -> ComparisonWords:
        return ComparisonWords(self.tr("Do these tell of the same blocker?"), self.tr("Two blockers"), "book-open")

    def field_word(self, field: str) -> str:
        words = {"steps": self.tr("Remedy, step by step"), "rest": self.tr("Other sections")}
        return words.get(field) or HEADINGS.get(field) or super().field_word(field)
