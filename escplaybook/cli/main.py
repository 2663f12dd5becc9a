"""The command line's front door: one group, every command in it."""

import click

from escplaybook import __version__
from escplaybook.cli import (
    blockers,
    books,
    calling,
    deployments,
    exchanging,
    knowledge,
    matrix,
    people,
    printing,
    searching,
    severity,
    triggers,
    vendors,
)
from escplaybook.cli.frame import PlainGroup


@click.group(cls=PlainGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="escplaybook")
def cli() -> None:
    """Who to call, by when, with what right to decide, and whether this has happened before.

    Without a command the desktop opens, on --book PATH if that is given. `tour FOLDER` draws every page and paper.
    """


for command in (
    books.new,
    books.take_sample_out,
    books.back_up,
    books.handover,
    books.restore,
    books.check,
    books.tell_history,
    books.undo,
    books.redo,
    knowledge.entries,
    knowledge.show,
    searching.search,
    exchanging.import_files,
    exchanging.export_files,
    printing.print_paper,
    people.contacts,
    vendors.vendors,
    vendors.agreements,
    blockers.blockers,
    deployments.deployments,
    matrix.matrix,
    matrix.rights,
    triggers.triggers,
    calling.who,
    severity.severity,
    calling.today,
):
    cli.add_command(command)
