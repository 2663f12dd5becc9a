"""Slow work runs beside the window, with a book of its own, and can be stopped."""

import threading

import pytest

from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import NotFound
from escplaybook.domain.knowledge import Entry
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.ui.parts.message_bar import MessageBar


def test_what_a_job_finds_comes_back_as_a_signal(desk, known, qtbot):
    def work(book, _job):
        return threading.current_thread() is threading.main_thread(), records.count(book, Entry)

    job = desk.jobs.start("Counting", work)
    with qtbot.waitSignal(job.finished) as finished:
        pass
    assert finished.args == [(False, 3)]


def test_what_a_job_writes_shows_in_the_window(desk, entry, now, qtbot):
    def work(book, _job):
        editing.apply(book, "Add", Edit(None, entry()), now=now)

    with qtbot.waitSignal(desk.bridge.changed):
        desk.jobs.start("Writing", work, writes=True).finished.connect(desk.bridge.look)


def test_mendable_trouble_arrives_as_one_sentence(desk, qtbot):
    def work(_book, _job):
        raise NotFound("Nothing is called KB-9999.")

    job = desk.jobs.start("Looking", work)
    with qtbot.waitSignal(job.failed) as failed:
        pass
    assert str(failed.args[0]) == "Nothing is called KB-9999."


def test_cancel_in_the_message_bar_ends_the_work(desk, qtbot):
    bar = MessageBar(desk.theme)
    qtbot.addWidget(bar)
    desk.jobs.began.connect(bar.follow)
    begun = threading.Event()

    def work(_book, job):
        job.tell(1, 3)
        begun.set()
        while not job.is_cancelled():
            threading.Event().wait(0.001)
        return "stopped"

    job = desk.jobs.start("Importing", work)
    assert bar.text.text() == "Importing"
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(job.finished) as finished:
        bar._cancel.click()
    assert finished.args == ["stopped"]
    qtbot.waitUntil(lambda: bar.text.text() == "")
    qtbot.waitUntil(lambda: not desk.jobs.are_running())


def test_the_window_waits_for_its_jobs_at_the_end(desk, qtbot):
    ended = []

    def work(_book, job):
        job.tell(1, 2)
        while not job.is_cancelled():
            threading.Event().wait(0.001)
        ended.append(True)

    job = desk.jobs.start("Working", work)
    with qtbot.waitSignal(job.progressed):
        pass
    desk.jobs.close()
    assert ended == [True]


@pytest.mark.parametrize("total", [3, 10_000])
def test_progress_is_told_no_oftener_than_it_can_be_seen(desk, qtbot, total):
    told = []

    def work(_book, job):
        for done in range(1, total + 1):
            job.tell(done, total)

    job = desk.jobs.start("Counting", work)
    job.progressed.connect(lambda done, _total: told.append(done))
    with qtbot.waitSignal(job.ended):
        pass
    assert told[-1] == total
    assert len(told) < 1_000
