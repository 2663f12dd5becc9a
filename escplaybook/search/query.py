"""What a person typed, parsed into a MATCH of the full-text table."""

import re
from dataclasses import dataclass
from datetime import datetime

from escplaybook.store.index import fold


@dataclass(frozen=True, slots=True)
class Query:
    """`match` is an FTS5 expression, empty for everything. `words` are those to highlight."""

    match: str
    words: tuple[str, ...]


def parse(text: str, now: datetime, *, typing: bool = False) -> Query:
    """Read `text`; what is no operator is words."""
    words = tuple(dict.fromkeys(re.findall(r"[^\W_]+", fold(text))))
    terms = [f'"{word}"' for word in words]
    if terms and typing and text[-1:].isalnum():
        terms[-1] = f"({terms[-1]} OR {terms[-1]}*)"
    return Query(" AND ".join(terms), words)
