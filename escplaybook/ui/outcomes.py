"""What came of using a known blocker, in the words of the desktop."""

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.uses import Outcome


def word_of(outcome: Outcome) -> str:
    """“It worked”, as a button and a choice say it."""
    return {
        Outcome.WORKED: _tr("It worked"),
        Outcome.PARTLY: _tr("It worked only partly"),
        Outcome.FAILED: _tr("It failed"),
        Outcome.NOT_APPLICABLE: _tr("It did not apply"),
    }[outcome]


def outcomes() -> list[tuple[str, Outcome]]:
    """Every outcome with its word, the best first."""
    return [(word_of(outcome), outcome) for outcome in Outcome]


def told_outcome(key: str, outcome: Outcome) -> str:
    """“KB-0001 worked”."""
    told = {
        Outcome.WORKED: _tr("{0} worked"),
        Outcome.PARTLY: _tr("{0} worked only partly"),
        Outcome.FAILED: _tr("{0} failed"),
        Outcome.NOT_APPLICABLE: _tr("{0} did not apply"),
    }[outcome]
    return told.format(key)


def _tr(text: str) -> str:
    return QCoreApplication.translate("outcomes", text)
