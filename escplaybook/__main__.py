"""The program's start: the desktop for a book, the command line for a command, and the tour that needs both."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

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
    from escplaybook.services import printing
    from escplaybook.services.sheets.wishes import Wish
    from escplaybook.store.programme import programme

    how: dict[str, Any] = {"at": now, "with_replacements": True}
    deployment = programme(book).deployments[0]
    papers = {
        "entry": printing.pdf_of(book, Wish("entry", "KB-0001"), **how),
        "contacts-by-name": printing.pdf_of(book, Wish("contact-sheet"), **how),
        "contacts-by-hierarchy": printing.pdf_of(
            book, Wish("contact-sheet", by="hierarchy", deployment=deployment.id), **how
        ),
        "contacts-by-team": printing.pdf_of(book, Wish("contact-sheet", by="team"), **how),
        "contacts-by-vendor": printing.pdf_of(book, Wish("contact-sheet", by="vendor"), **how),
        "call-list": printing.pdf_of(book, Wish("call-list"), **how),
        "contacts-by-zone": printing.pdf_of(book, Wish("contact-sheet", by="zone"), **how),
        "matrix": printing.pdf_of(book, Wish("matrix", deployment=deployment.id), **how),
    }
    for name, pdf in papers.items():
        printing.save(pdf, folder / f"{name}.pdf")
    return [folder / f"{name}.pdf" for name in papers]


if __name__ == "__main__":
    main()
