"""Search: ranked hits over everything in the book, and searches kept under a name."""

import html
import re
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from escplaybook.cli.frame import MANY, opened, takes_at, takes_book, takes_json, tell_json, tell_table
from escplaybook.services import saved_searches
from escplaybook.services.saved_searches import SavedSearch
from escplaybook.store.book import Book
from escplaybook.store.kinds import KINDS
from escplaybook.store.memory import Memory

_TOLD = ("kind", "id", "key", "title", "snippet", "score")


@click.command(context_settings={"ignore_unknown_options": True})  # `-draft` shuts a word out
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", "kinds", multiple=True, type=click.Choice([kind.name for kind in KINDS]), help="Only these.")
@click.option("--limit", default=10, show_default=True, type=MANY, help="How many hits at most.")
@click.option("--as-typed", is_flag=True, help="Mend no typing errors.")
@click.option("--save", "name", metavar="NAME", default=None, help="Keep the search under this name; see: searches.")
@takes_json
@takes_at
@takes_book
def search(
    words: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    as_typed: bool,
    name: str | None,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Find WORDS anywhere in the book, best hit first."""
    text = _readable(" ".join(words))
    with opened(book_path, read_only=True) as book:
        if name is not None:
            with closing(Memory(book.path)) as memory:
                kept = saved_searches.save(memory, SavedSearch(_readable(name), text, kinds))
            click.echo(f"Saved as “{kept.name}”.", err=True)
        _answer(book, text, kinds, limit, now, as_typed=as_typed, as_json=as_json)


@click.group()
def searches() -> None:
    """Searches kept under a name: yours, beside the book; the desktop lists them below its pages."""


@searches.command("list")
@takes_json
@takes_at
@takes_book
def list_searches(as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Every saved search and how much it finds now."""
    with opened(book_path, read_only=True) as book, closing(Memory(book.path)) as memory:
        counted = [(one, *saved_searches.count(book, one, now)) for one in saved_searches.saved_searches(memory)]
    if as_json:
        tell_json(
            [{"name": one.name, "query": one.text, "kinds": one.kinds, "total": total} for one, total, _ in counted]
        )
    else:
        tell_table([(one.name, f"{total:,}{'+' if is_more else ''}", one.text) for one, total, is_more in counted])


@searches.command("run")
@click.argument("name")
@click.option("--limit", default=10, show_default=True, type=MANY, help="How many hits at most.")
@takes_json
@takes_at
@takes_book
def run_search(name: str, limit: int, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Ask a saved search again."""
    with opened(book_path, read_only=True) as book:
        with closing(Memory(book.path)) as memory:
            one = saved_searches.named(memory, name)
        _answer(book, one.text, one.kinds, limit, now, as_typed=False, as_json=as_json)


@searches.command("rename")
@click.argument("name")
@click.argument("new")
@takes_book
def rename_search(name: str, new: str, book_path: Path | None) -> None:
    """Give a saved search another name."""
    with opened(book_path, read_only=True) as book, closing(Memory(book.path)) as memory:
        click.echo(f"“{name}” is now “{saved_searches.rename(memory, name, new).name}”.")


@searches.command("remove")
@click.argument("name")
@takes_book
def remove_search(name: str, book_path: Path | None) -> None:
    """Keep a saved search no more; what it found stays."""
    with opened(book_path, read_only=True) as book, closing(Memory(book.path)) as memory:
        gone = saved_searches.remove(memory, name)
    click.echo(f"Removed “{gone.name}”: {gone.text}")


def _answer(
    book: Book, text: str, kinds: tuple[str, ...], limit: int, now: datetime, *, as_typed: bool, as_json: bool
) -> None:
    from escplaybook.search.find import find

    answer = find(book, text, kinds=kinds, limit=limit, now=now, as_typed=as_typed)
    if as_json:
        hits = [{name: getattr(hit, name) for name in _TOLD} for hit in answer.hits]
        tell_json({"query": answer.query, "corrected": answer.corrected, "total": answer.total, "hits": hits})
        return
    if answer.corrected is not None:
        click.echo(f"Searched for “{answer.corrected}”.")
    for hit in answer.hits:
        click.echo(f"{hit.key}  {hit.severity + '  ' if hit.severity else ''}{click.style(hit.title, bold=True)}")
        if hit.snippet:
            click.echo(f"         {_styled(hit.snippet)}")
    if not answer.hits:
        click.echo("Nothing found.")
    elif answer.total > len(answer.hits):
        click.echo(f"{len(answer.hits)} of {answer.total}.")


def _readable(text: str) -> str:
    """The text with a sign for what is no letter: bytes that are no UTF-8 could not be printed again."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _styled(snippet: str) -> str:
    """The snippet for a terminal: hits underlined, on one line."""
    marked = re.sub(r"<mark>(.*?)</mark>", lambda found: click.style(found[1], underline=True), snippet)
    return " ".join(html.unescape(marked).split())
