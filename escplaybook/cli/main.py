"""The command line's front door: one group, every command in it."""

import click

from escplaybook import __version__
from escplaybook.cli import (
    absences,
    agreements,
    audit,
    blockers,
    books,
    calling,
    changing_many,
    coverage,
    deployments,
    doubles,
    duty,
    exchanging,
    keying,
    knowledge,
    liaison,
    matrix,
    notes,
    papers,
    papers_cards,
    papers_forms,
    papers_reports,
    people,
    playbooks,
    printing,
    printing_all,
    readings,
    reassigning,
    searching,
    severity,
    suggestions,
    triggers,
    using,
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
    notes.annotate,
    notes.notes,
    using.used,
    using.uses,
    searching.search,
    searching.searches,
    exchanging.import_files,
    exchanging.export_files,
    doubles.duplicates,
    doubles.merge,
    printing.print_paper,
    playbooks.playbooks,
    people.contacts,
    vendors.vendors,
    agreements.agreements,
    blockers.blockers,
    deployments.deployments,
    liaison.liaison,
    liaison.questions,
    suggestions.suggest,
    suggestions.suggestions,
    matrix.matrix,
    matrix.rights,
    triggers.triggers,
    absences.absences,
    duty.rotations,
    calling.who,
    severity.severity,
    calling.today,
    coverage.tell_coverage,
    audit.audit,
    reassigning.where_used,
    reassigning.reassign,
    readings.readings,
):
    cli.add_command(command)

PAPERS = (*papers.PAPERS, *papers_cards.CARDS, *papers_forms.PAPERS, *papers_reports.PAPERS, printing_all.everything)
for paper in PAPERS:
    printing.print_paper.add_command(paper)
people.contacts.add_command(changing_many.change_many_contacts)
blockers.blockers.add_command(keying.key_form_in)
