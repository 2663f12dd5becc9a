"""Contacts that are probably one person."""

from PySide6.QtWidgets import QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.services.merging import probable_doubles
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.comparing import ComparisonWords
from escplaybook.ui.parts.doubles import DoublesPage, DoublesWords, Doubling


class DoubleContactsPage(DoublesPage):
    """One person, two people, or later."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, Doubling("doubles", "contacts", Contact, probable_doubles), parent)

    def words(self) -> DoublesWords:
        return DoublesWords(
            apart=self.tr("{0} and {1} are two people; they are proposed no more."),
            none=self.tr("Nobody seems to be here twice"),
            compared=self.tr("Names, organisations, addresses and numbers were compared."),
        )

    def comparison_words(self) -> ComparisonWords:
        return ComparisonWords(self.tr("Are these one person?"), self.tr("Two people"), "users")

    def field_word(self, field: str) -> str:
        words = {"points": self.tr("Numbers and addresses"), "zone": self.tr("Time zone")}
        return words.get(field) or super().field_word(field)
