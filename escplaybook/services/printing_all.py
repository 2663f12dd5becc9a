"""Every paper a book has, for every deployment, into one folder, with a list of what lies there."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.programme import Programme
from escplaybook.services.printing import Ready, save, set_pages
from escplaybook.services.sheets.kinds import wishes_of
from escplaybook.services.sheets.wishes import Wish, file_name
from escplaybook.store.book import Book, default_author
from escplaybook.store.programme import programme

INDEX = "index.txt"
_LIST = ("list of papers", b"Papers of ")

Progress = Callable[["Filed", int, int], None]
"""Told of each paper once it lies in the folder (or cannot), with how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One paper: its file in the folder, its title, pages and hash; or why it was not printed."""

    file: str
    title: str = ""
    pages: int = 0
    hash: str = ""
    privacy: str = ""
    valid_until: str = ""
    why_not: str = ""

    @property
    def did(self) -> Literal["printed", "refused"]:
        """What became of it."""
        return "refused" if self.why_not else "printed"


@dataclass(frozen=True, slots=True)
class Filing:
    """What came of printing everything. `total` is how many papers there are, also where it `was_stopped` before."""

    papers: tuple[Filed, ...]
    total: int
    was_stopped: bool = False

    @property
    def printed(self) -> tuple[Filed, ...]:
        """The papers that lie in the folder."""
        return tuple(paper for paper in self.papers if paper.did == "printed")

    @property
    def refused(self) -> tuple[Filed, ...]:
        """Those that could not be printed."""
        return tuple(paper for paper in self.papers if paper.did == "refused")


def every_paper(book: Book, at: datetime) -> list[tuple[str, Wish]]:
    """Every paper of the book with the name of its file, without its ending; the same names for the same book."""
    named: dict[str, Wish] = {}
    found = programme(book)
    for wish in wishes_of(book, at):
        name = _name(found, wish)
        taken = {known.casefold() for known in named}
        number = 2
        while name.casefold() in taken:
            name, number = f"{_name(found, wish)}-{number}", number + 1
        named[name] = wish
    return list(named.items())


def print_everything(
    book: Book,
    folder: Path,
    *,
    at: datetime,
    progress: Progress = lambda _filed, _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    **how: Any,
) -> Filing:
    """Print every paper into `folder`, which is made if need be; `how` as for `set_pages`.

    A paper whose characters no font here has is refused and told, the others are printed. Whatever stops it, no half
    file is left, and the list says what lies there. Raises PlaybookError if the folder cannot be written to.
    """
    papers, done = every_paper(book, at), list[Filed]()
    author = how.pop("author", None) or default_author()
    _make(folder)
    _write_index(folder, Filing((), len(papers), was_stopped=True), book, at, author)
    is_whole = False
    try:
        for name, wish in papers:
            if cancelled():
                break
            filed = _file(book, folder, name, wish, at=at, author=author, **how)
            done.append(filed)
            progress(filed, len(done), len(papers))
        is_whole = len(done) == len(papers)
    finally:
        filing = Filing(tuple(done), len(papers), was_stopped=not is_whole)
        with suppress(PlaybookError):  # what stopped it is told, and the list says already that it was stopped
            _write_index(folder, filing, book, at, author)
    return filing


def _file(book: Book, folder: Path, name: str, wish: Wish, **how: Any) -> Filed:
    """Print one paper; one that cannot be printed is told with the reason."""
    file = f"{name}.pdf"
    try:
        ready = set_pages(book, wish, **how)
    except PlaybookError as error:
        return Filed(file, why_not=str(error))
    target = folder / file
    _make(target.parent)
    save(ready.pdf, target)
    return _filed(file, ready)


def _filed(file: str, ready: Ready) -> Filed:
    stamp = ready.stamp
    until = stamp.valid_until.isoformat() if stamp.valid_until else ""
    return Filed(file, ready.title, ready.pages, stamp.hash, stamp.privacy, until)


def _name(found: Programme, wish: Wish) -> str:
    """The name of a paper's file: known blockers lie in a folder of their own, deployments are told by their names."""
    if wish.sheet == "entry":
        return f"known-blockers/{file_name(wish)}"
    place = next((one.name for one in found.deployments if one.id == wish.deployment), "")
    return file_name(wish, place)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlaybookError(
            f"{folder} cannot be made a folder for the papers ({error.strerror}); nothing was printed there. "
            "Choose another place."
        ) from error


def _write_index(folder: Path, filing: Filing, book: Book, at: datetime, author: str) -> None:
    """The list, in an earlier one's place but in that of no other file. Raises PlaybookError."""
    save(_index(filing, book, at, author).encode(), folder / INDEX, kind=_LIST)


def _index(filing: Filing, book: Book, at: datetime, author: str) -> str:
    """The list of what lies in the folder, in columns, then what is lacking."""
    lines = [f"Papers of {book.path.name}, printed {at.isoformat(timespec='minutes')} by {author}", ""]
    if filing.was_stopped:
        lines += [f"STOPPED after {len(filing.papers)} of {filing.total} papers; those listed here are whole.", ""]
    head = ("pages", "hash", "valid until", "who may see it", "file", "title")
    rows = [
        (str(one.pages), one.hash, one.valid_until or "–", one.privacy, one.file, one.title) for one in filing.printed
    ]
    lines += _columns([head, *rows])
    if filing.refused:
        lines += ["", "Not printed:", *(f"  {one.file}: {one.why_not}" for one in filing.refused)]
    return "\n".join(lines) + "\n"


def _columns(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
