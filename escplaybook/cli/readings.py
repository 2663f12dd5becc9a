"""The reading path: begin a playbook, mark what is read, ask the mentor, sign off."""

import dataclasses
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    opened,
    retiring,
    takes_at,
    takes_book,
    takes_json,
    tell_json,
    tell_record,
    tell_table,
    wanted,
)
from escplaybook.domain.errors import NotFound
from escplaybook.domain.readings import Reading, ReadingQuestion, next_chapter
from escplaybook.services import playbooks, reading_playbooks
from escplaybook.services.reading_playbooks import Act, ReadingPath
from escplaybook.store.book import Book, default_author
from escplaybook.store.rows import to_full


@click.group()
def readings() -> None:
    """Who reads which playbook, how far they are, and what waits for the mentor."""


@readings.command("list")
@click.option("--waiting", is_flag=True, help="Only those that wait for the mentor.")
@takes_json
@takes_book
def list_readings(waiting: bool, as_json: bool, book_path: Path | None) -> None:
    """Every reading: who, what, how far, and what is missing."""
    with opened(book_path, read_only=True) as book:
        told = [_told(book, path) for path in _paths(book)]
    told = [one for one in told if one["state"] in _WAITING or not waiting]
    if as_json:
        tell_json(told)
        return
    tell_table([(t["key"], t["reader"], t["title"] or t["playbook"], _far(t["progress"]), _state(t)) for t in told])


@readings.command("start")
@click.argument("playbook")
@click.option("--reader", default="", metavar="NAME", help="Who reads, by key or name; else you.")
@click.option("--mentor", required=True, metavar="NAME", help="Who answers and signs off, by key or name.")
@takes_json
@takes_at
@takes_book
def start(playbook: str, reader: str, mentor: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Begin to read PLAYBOOK: its name, or the path of its folder."""
    with opened(book_path) as book:
        chosen = playbooks.playbook_named(playbook)
        act = reading_playbooks.begin(book, chosen, reader or default_author(), mentor, now)
        _do(book, act, "Began", as_json, now)


@readings.command("done")
@click.argument("key")
@click.argument("chapter", default="")
@click.option("--not", "is_undone", is_flag=True, help="It is to be read again.")
@takes_json
@takes_at
@takes_book
def done(key: str, chapter: str, is_undone: bool, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Mark CHAPTER (its number, file or title; else the next one) as read."""
    with opened(book_path) as book:
        path = _path(book, key)
        file = _file(path, chapter)
        did = reading_playbooks.unread_chapter if is_undone else reading_playbooks.read_chapter
        _do(book, did(path, file, now), "To be read again in" if is_undone else "Read a chapter of", as_json, now)


@readings.command("tick")
@click.argument("key")
@click.argument("chapter")
@click.argument("number", type=click.IntRange(1))
@takes_json
@takes_at
@takes_book
def tick(key: str, chapter: str, number: int, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Tick item NUMBER of CHAPTER, or take its tick back."""
    with opened(book_path) as book:
        path = _path(book, key)
        act = reading_playbooks.tick(path, _file(path, chapter), number, now)
        _do(book, act, f"{act.reason} in", as_json, now)


@readings.command("ask")
@click.argument("key")
@click.argument("text")
@click.option("--chapter", default="", metavar="CHAPTER", help="Its number, file or title; else the next one.")
@click.option("--on", "quote", default="", metavar="PASSAGE", help="The passage it is about.")
@takes_json
@takes_at
@takes_book
def ask(key: str, text: str, chapter: str, quote: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Ask the mentor something."""
    with opened(book_path) as book:
        path = _path(book, key)
        _do(book, reading_playbooks.ask(path, _file(path, chapter), text, now, quote=quote), "Asked", as_json, now)


@readings.command("questions")
@click.option("--reading", "key", default=None, metavar="KEY", help="Only those of this reading.")
@click.option("--all", "answered_too", is_flag=True, help="Show the answered ones too.")
@takes_json
@takes_book
def list_questions(key: str | None, answered_too: bool, as_json: bool, book_path: Path | None) -> None:
    """What newcomers asked, those that wait for an answer first."""
    with opened(book_path, read_only=True) as book:
        only = wanted(book, Reading, key).id if key is not None else None
        told: list[dict[str, Any]] = [
            {"kind": "reading-question", **to_full(one), "reading_key": path.reading.key, "reader": path.reading.reader}
            for path in _paths(book)
            for one in path.questions
            if only in (None, path.reading.id) and (answered_too or one.answered is None)
        ]
    told.sort(key=lambda one: (one["answered"] is not None, one["asked"]))
    if as_json:
        tell_json(told)
        return
    tell_table([(t["key"], t["reader"], t["chapter"], t["text"] + _answer(t["answer"])) for t in told])


@readings.command("answer")
@click.argument("key")
@click.argument("text")
@click.option("--by", default="", metavar="NAME", help="Who answers; else you.")
@takes_json
@takes_at
@takes_book
def answer(key: str, text: str, by: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Answer a newcomer's question."""
    with opened(book_path) as book:
        question = wanted(book, ReadingQuestion, key)
        _do(book, reading_playbooks.answer(question, text, now, by or default_author()), "Answered", as_json, now)


@readings.command("mentor")
@click.argument("key")
@click.argument("name")
@takes_json
@takes_at
@takes_book
def change_mentor(key: str, name: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Let NAME (a contact's key or name, or any name) answer and sign off from now on."""
    with opened(book_path) as book:
        act = reading_playbooks.change_mentor(book, _path(book, key), name, now)
        _do(book, act, f"{act.reason}:", as_json, now)


@readings.command("go-on")
@click.argument("key")
@takes_json
@takes_at
@takes_book
def go_on(key: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Go on with the playbook's present version; what was read and ticked stays where it still fits."""
    with opened(book_path) as book:
        _do(book, reading_playbooks.go_on(_path(book, key), now), "Goes on:", as_json, now)


@readings.command("sign-off")
@click.argument("key")
@click.option("--by", default="", metavar="NAME", help="Who signs; else you.")
@takes_json
@takes_at
@takes_book
def sign_off(key: str, by: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Close a reading in which every chapter is read and every question answered."""
    with opened(book_path) as book:
        act = reading_playbooks.sign_off(_path(book, key), now, by or default_author())
        _do(book, act, "Signed off", as_json, now)


readings.add_command(retiring(Reading, "Nobody goes on with this reading; what was read and asked stays in the book."))

_WAITING = ("waits for an answer", "ready for sign-off")


def _do(book: Book, act: Act, did: str, as_json: bool, now: datetime) -> None:
    stored = reading_playbooks.store(book, act, now)
    if as_json and isinstance(stored, Reading):
        tell_json(_told(book, reading_playbooks.path_of(book, stored)))
    else:
        tell_record(book, stored, did, as_json)


def _paths(book: Book) -> list[ReadingPath]:
    return reading_playbooks.paths(book, reading_playbooks.by_name(playbooks.playbooks()))


def _path(book: Book, key: str) -> ReadingPath:
    return reading_playbooks.path_of(book, wanted(book, Reading, key))


def _file(path: ReadingPath, words: str) -> str:
    """The file of the chapter meant by its number, file or title; of the next one to read if nothing is said."""
    chapters = path.outline.chapters
    if not words:
        following = next_chapter(path.reading, path.outline)
        if following is None:
            raise NotFound(f"Every chapter of {path.reading.key} is read; name the chapter you mean.")
        return following.file
    if words.isdecimal() and len(words) < 5 and 1 <= int(words) <= len(chapters):
        return chapters[int(words) - 1].file
    meant = [one.file for one in chapters if words.casefold() in (one.file.casefold(), one.title.casefold())]
    return meant[0] if meant else words


def _told(book: Book, path: ReadingPath) -> dict[str, Any]:
    reading, following = path.reading, next_chapter(path.reading, path.outline)
    return {
        "kind": "reading",
        **to_full(reading),
        "mentor": reading_playbooks.mentor_of(book, reading),
        "state": _state_of(path),
        "present_version": path.outline.version if path.playbook is not None else None,
        "progress": {**dataclasses.asdict(path.progress), "share": round(path.progress.share, 3)},
        "next": {"file": following.file, "title": following.title} if following is not None else None,
        "missing": list(path.missing) if reading.signed_off is None else [],
        "questions": [to_full(one) for one in path.questions],
    }


def _state_of(path: ReadingPath) -> str:
    reading = path.reading
    if reading.retired is not None:
        return "retired"
    if reading.signed_off is not None:
        return "signed off"
    if path.playbook is None:
        return "playbook missing"
    if path.progress.waiting:
        return "waits for an answer"
    return "being read" if path.missing else "ready for sign-off"


def _far(progress: dict[str, Any]) -> str:
    chapters = f"{progress['chapters_read']}/{progress['chapters']} chapters"
    items = f", {progress['items_ticked']}/{progress['items']} ticks" if progress["items"] else ""
    return chapters + items


def _state(told: dict[str, Any]) -> str:
    if told["signed_off"]:
        return f"signed off by {told['signed_off_by']}"
    version = told["present_version"]
    newer = f"; the playbook is version {version} now" if version not in (None, told["version"]) else ""
    return f"{told['state']} (mentor: {told['mentor'] or 'nobody'}){newer}"


def _answer(text: str) -> str:
    return f" → {text}" if text else ""
