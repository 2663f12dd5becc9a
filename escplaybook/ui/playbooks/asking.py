"""Typing a question or its answer: what is typed is kept at every pause, and taken up again."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from escplaybook.domain.readings import ReadingQuestion
from escplaybook.services import reading_playbooks
from escplaybook.services.reading_playbooks import Act, ReadingPath
from escplaybook.ui.desk import Desk
from escplaybook.ui.drafts import Draft
from escplaybook.ui.playbooks.questions import WordsForm


class Asking(QObject):
    """The form beside a chapter. `opened` says that it is there now, `closed` that it gives the keys back."""

    opened = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, form: WordsForm, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self.form = desk, form
        self._draft = Draft(desk, "reading-question", self)
        self._question: ReadingQuestion | None = None
        self._quote = ""
        form.changed.connect(self._typed)
        form.left.connect(self._give_up)

    @property
    def is_open(self) -> bool:
        """Whether something is being typed."""
        return not self.form.isHidden()

    def ask(self, path: ReadingPath, file: str, quote: str) -> None:
        """Ask for a question at that chapter, about a passage if `quote` is one."""
        self._question, self._quote = None, quote
        self._open(f"{path.reading.id}:{file}", self.tr("What do you want to know?"), quote, self.tr("Ask"))

    def answer(self, question: ReadingQuestion) -> None:
        """Ask for the answer to a question."""
        self._question = question
        heading = self.tr("Your answer to {0}").format(question.asked_by)
        self._open(question.id, heading, question.text, self.tr("Save the answer"))

    def act(self, path: ReadingPath, file: str, now: datetime) -> Act:
        """What was typed, as an act. Raises InvalidRecord if it says nothing."""
        text = self.form.text.toPlainText()
        if self._question is not None:
            return reading_playbooks.answer(self._question, text, now, self._desk.author)
        return reading_playbooks.ask(path, file, text, now, quote=self._quote)

    def done(self) -> None:
        """What was typed is in the book now."""
        self._give_up()

    def leave(self) -> bool:
        """Close the form, if it is open; what was typed stays kept. Tells whether it was."""
        if not self.is_open:
            return False
        if self.form.text.toPlainText().strip():
            self._draft.keep()
            self._desk.say(self.tr("What you typed is kept, not saved; it is there when you go on."))
        self._close()
        return True

    def _open(self, draft: str, heading: str, passage: str, act: str) -> None:
        kept = self._draft.kept(draft)
        self._draft.begin(draft)
        self.opened.emit()
        self.form.open(heading, passage, act, kept[1]["text"] if kept is not None else "")

    def _typed(self) -> None:
        if self.is_open:
            self._draft.note({"text": self.form.text.toPlainText()})

    def _give_up(self) -> None:
        self._draft.drop()
        self._close()

    def _close(self) -> None:
        self.form.hide()
        self.closed.emit()
