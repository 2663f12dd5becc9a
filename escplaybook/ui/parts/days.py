"""Days as they are typed into a form."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.errors import InvalidRecord


def day_of(text: str) -> date | None:
    """The day that was typed; None if nothing was. Raises InvalidRecord if it is no date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        told = QCoreApplication.translate("days", "“{0}” is no date; write it like 2026-11-24. Nothing was saved yet.")
        raise InvalidRecord(told.format(text)) from None
