"""Search: ranked hits over everything in the book."""

import html
import re
from datetime import datetime
from pathlib import Path

import click

from escplaybook.cli.frame import MANY, opened, takes_at, takes_book, takes_json, tell_json
from escplaybook.store.kinds import KINDS


@click.command(context_settings={"ignore_unknown_options": True})  # `-draft` shuts a word out
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", "kinds", multiple=True, type=click.Choice([kind.name for kind in KINDS]), help="Only these.")
@click.option("--limit", default=10, show_default=True, type=MANY, help="How many hits at most.")
@click.option("--as-typed", is_flag=True, help="Mend no typing errors.")
@takes_json
@takes_at
@takes_book
def search(
    words: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    as_typed: bool,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Find WORDS anywhere in the book, best hit first."""
    from escplaybook.search.find import find

    with opened(book_path, read_only=True) as book:
        answer = find(book, " ".join(words), kinds=kinds, limit=limit, now=now, as_typed=as_typed)
    if as_json:
        hits = [
            {
                "kind": hit.kind,
                "id": hit.id,
                "key": hit.key,
                "title": hit.title,
                "snippet": hit.snippet,
                "score": hit.score,
            }
            for hit in answer.hits
        ]
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


def _styled(snippet: str) -> str:
    """The snippet for a terminal: hits underlined, on one line."""
    marked = re.sub(r"<mark>(.*?)</mark>", lambda found: click.style(found[1], underline=True), snippet)
    return " ".join(html.unescape(marked).split())
