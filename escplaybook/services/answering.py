"""The question log: what outsiders ask their single point of contact, and what they are told."""

from datetime import datetime

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.edits import Edit
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.naming import named
from escplaybook.domain.speaking import answered, question_of
from escplaybook.services import editing
from escplaybook.store.book import Book, default_author


def ask(
    book: Book,
    group: PointOfContact,
    text: str,
    now: datetime,
    *,
    asked_by: str = "",
    blocker: Blocker | None = None,
    author: str | None = None,
) -> Question:
    """Write down what somebody of the group asked, at `now`; returns it with its key."""
    question = question_of(group, text, now, asked_by=asked_by, blocker=blocker)
    reason = f"Write down a question of {group.group}"
    (stored,) = editing.apply(book, reason, Edit(None, question), now=now, author=author)
    assert isinstance(stored.after, Question)
    return stored.after


def answer(
    book: Book, question: Question, text: str, now: datetime, *, by: str = "", author: str | None = None
) -> Question:
    """Write down what was answered and who did (else whoever writes it). Raises InvalidRecord if it has an answer."""
    after = answered(question, text, now, by or author or default_author())
    (stored,) = editing.apply(book, f"Answer {named(question)}", Edit(question, after), now=now, author=author)
    assert isinstance(stored.after, Question)
    return stored.after
