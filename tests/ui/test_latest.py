"""A page asks again before it was answered: it hears the newest answer once, and none after it is closed."""

from escplaybook.domain.errors import NotFound
from escplaybook.ui.parts.latest import Latest
from tests.ui.hands import heard


def test_only_the_newest_answer_is_heard_and_what_was_asked_in_between_is_never_done(desk, qtbot):
    latest, done, told = Latest(desk, desk), [], []
    latest.answered.connect(told.append)
    for number in range(5):
        latest.ask(lambda _book, number=number: done.append(number) or number)
    qtbot.waitUntil(lambda: bool(told))
    assert (told, done) == ([4], [0, 4])


def test_what_nobody_waits_for_any_more_is_not_answered_until_somebody_asks_anew(desk, qtbot):
    latest, told = Latest(desk, desk), []
    latest.answered.connect(told.append)
    latest.ask(lambda _book: "old")
    latest.drop()
    qtbot.waitUntil(lambda: not desk.jobs.are_running())
    assert told == []
    latest.ask(lambda _book: "new")
    qtbot.waitUntil(lambda: told == ["new"])


def test_what_did_not_work_is_told(desk, qtbot):
    latest, said = Latest(desk, desk), heard(desk)

    def fail(_book):
        raise NotFound("There is no such deployment.")

    latest.ask(fail)
    qtbot.waitUntil(lambda: said == ["There is no such deployment."])
    latest.ask(lambda _book: 1)
    with qtbot.waitSignal(latest.answered):
        pass
