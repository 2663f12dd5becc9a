"""The program's start: the desktop for a book, the command line for a command, and the tour that needs both."""

import gc
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escplaybook.store.book import Book


def main() -> None:
    """Open the desktop, or run the command given. Imports late: each door loads only what it needs.

    Without arguments the desktop opens on the usual book; with `--book PATH` alone, or a book's path alone (as a
    double click gives it), on that one.
    """
    arguments = sys.argv[1:]
    book = _book_alone(arguments)
    if not arguments or book is not None:
        gc.disable()  # what is made until the window stands is all needed; from then on the desk's sweeper collects
        from escplaybook.ui.main import run_desktop

        sys.exit(run_desktop(book))
    if arguments[0] == "tour":
        _run_tour()
    from escplaybook.cli.main import cli

    cli(prog_name="escplaybook")


def _book_alone(arguments: list[str]) -> Path | None:
    match arguments:
        case ["--book", path]:
            return Path(path)
        case [path] if not path.startswith("-") and Path(path).is_file():
            return Path(path)
    return None


def _run_tour() -> None:
    import click

    @click.command()
    @click.argument("folder", type=click.Path(path_type=Path))
    def tour(folder: Path) -> None:
        """Draw every page (PNG, light and dark, empty and full) and every paper (PDF) of a sample book."""
        drawn = draw_tour(folder, datetime.now(UTC))
        click.echo(f"Drew {len(drawn)} pictures and papers into {folder}.")

    tour(args=sys.argv[2:], prog_name="escplaybook tour")


def draw_tour(folder: Path, now: datetime) -> list[Path]:
    """Make a sample book in a temporary place and draw it whole into `folder`; returns the files."""
    from escplaybook.services.sample import make_sample
    from escplaybook.store.book import Book
    from escplaybook.ui.tour import draw_pages

    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="escplaybook-tour-") as place:
        empty, full = Path(place, "empty.db"), Path(place, "sample.db")
        Book.create(empty).close()
        with Book.create(full) as book:
            make_sample(book, now)
            papers = _papers(book, folder, now)
        pictures = draw_pages(folder, empty, state="empty") + draw_pages(folder, full, state="full", search="login")
    return pictures + papers


def _papers(book: "Book", folder: Path, now: datetime) -> list[Path]:
    """Every paper there is; where no font of this machine has a character, a mark stands for it."""
    from escplaybook.services.printing_all import print_everything

    filing = print_everything(book, folder / "papers", at=now, with_replacements=True)
    return [folder / "papers" / paper.file for paper in filing.printed]


if __name__ == "__main__":
    main()
