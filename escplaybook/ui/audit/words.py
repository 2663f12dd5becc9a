"""How grades and hours are said and coloured."""

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.audit import Grade


def grade_word(grade: Grade) -> str:
    """A grade as it stands in a list."""
    return {Grade.ERROR: _tr("Error"), Grade.WARNING: _tr("Warning"), Grade.ADVICE: _tr("Advice")}[grade]


def counted(grade: Grade, count: int) -> str:
    """“1 error”, “3 warnings”."""
    words = {
        Grade.ERROR: (_tr("1 error"), _tr("{0} errors")),
        Grade.WARNING: (_tr("1 warning"), _tr("{0} warnings")),
        Grade.ADVICE: (_tr("1 piece of advice"), _tr("{0} pieces of advice")),
    }
    one, many = words[grade]
    return one if count == 1 else many.format(count)


def token_of(grade: Grade) -> str:
    """The colour in which a grade is written."""
    return {Grade.ERROR: "bad", Grade.WARNING: "warn", Grade.ADVICE: "muted"}[grade]


def _tr(text: str) -> str:
    return QCoreApplication.translate("audit", text)
