"""What one edit changed, field by field, in words: what went is struck through, what came is lit."""

import dataclasses
import difflib
import html
import re
from collections.abc import Callable, Iterator
from typing import Any

from escplaybook.domain.field_words import UNSAID, NameOf, words_of
from escplaybook.ui.parts.side_by_side import columns

LONGEST = 20_000
"""Characters up to which two texts stand in one, word by word; longer ones are always set side by side, folded."""

SHORT = 80
"""Characters of a text that is read in a line."""

SHOWN = 50_000
"""Characters that are shown of a text that is all new or all gone."""


def changed_fields(before: Any, after: Any) -> list[str]:
    """The fields in which two versions of a record differ; of a new or deleted record, those that say something."""
    record = after if after is not None else before
    names = [field.name for field in dataclasses.fields(record) if field.name not in UNSAID]
    return [name for name in names if words_of(before, name) != words_of(after, name)]


def difference_html(
    before: Any, after: Any, label_of: Callable[[str], str], name_of: NameOf = str, *, is_wide: bool = False
) -> str:
    """The difference as HTML for a ProseView; ids of other records are told as `name_of` calls them.

    Where it `is_wide` enough, long texts stand before and after side by side.
    """
    if before is None or after is None:  # a first version is all new, and a last one all gone: no need to mark it
        record = after if after is not None else before
        return "".join(
            f"<h2>{html.escape(label_of(name))}</h2><p>{_shown(words_of(record, name, name_of)[:SHOWN])}</p>"
            for name in changed_fields(before, after)
        )
    return "".join(
        f"<h2>{html.escape(label_of(name))}</h2>"
        f"{_field(words_of(before, name, name_of), words_of(after, name, name_of), is_wide=is_wide)}"
        for name in changed_fields(before, after)
    )


def _field(old: str, new: str, *, is_wide: bool) -> str:
    is_long = max(len(old), len(new)) > SHORT or "\n" in old.strip() + new.strip()
    if old and new and (len(old) + len(new) > LONGEST or (is_wide and is_long)):
        return columns(old, new)
    return f"<p>{_compared(old, new)}</p>"


def _compared(old: str, new: str) -> str:
    pattern = r"\s+|\w+|[^\w\s]"
    return "".join(_pieces(re.findall(pattern, old[:SHOWN]), re.findall(pattern, new[:SHOWN])))


def _pieces(old: list[str], new: list[str]) -> Iterator[str]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) > 4_000)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            yield _shown("".join(old[old_from:old_to]))
            continue
        if old_to > old_from:
            yield f"<del>{_shown(''.join(old[old_from:old_to]))}</del>"
        if new_to > new_from:
            yield f"<ins>{_shown(''.join(new[new_from:new_to]))}</ins>"


def _shown(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
