"""Forms that were filled in by hand, keyed in from a file."""

from datetime import datetime
from pathlib import Path

import click

from escplaybook.cli.frame import (
    ANSWER_IS_NO,
    FILE,
    opened,
    takes_at,
    takes_book,
    takes_deployment,
    takes_json,
    tell_record,
)
from escplaybook.cli.verifying import tell_keyed, text_of
from escplaybook.domain.form_kinds import INTAKE
from escplaybook.services import keying_forms
from escplaybook.store.memory import Memory


@click.command("key-in")
@click.argument("file", metavar="FORM-FILE", type=FILE)
@takes_deployment
@takes_json
@takes_at
@takes_book
@click.pass_context
def key_form_in(
    ctx: click.Context, file: Path, deployment_key: str | None, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """Key in a form that was filled in by hand (see `print form`).

    The first line names it, as its paper does: “form IN-S1-7C2F”. Then a box a line, by its number: “3 …”, “4 02:41”,
    “11 c”; what is indented goes on with the box above. An intake raises a blocker, an update is written down at its
    blocker, the results of a call tree go to the numbers that were rung. FORM-FILE may be - for standard input.
    """
    text = text_of(file)
    with opened(book_path) as book:
        memory = Memory(book.path)
        try:
            keyed = keying_forms.key_in(book, memory, text, now, deployment=deployment_key)
        finally:
            memory.close()
        if keyed.blocker is not None:
            did = "Raised" if keyed.kind == INTAKE else "Update written down at"
            tell_record(book, keyed.blocker, did, as_json)
    if keyed.results is not None and not tell_keyed(keyed.results, as_json):
        ctx.exit(ANSWER_IS_NO)
