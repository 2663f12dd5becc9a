"""The stamp: what every page says of the whole, and the file of the records that it was printed from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from escplaybook.paper.lines import BOLD, PLAIN, QUIET, Span

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Source:
    """A record as it was printed: `hash` is that of its canonical text."""

    kind: str
    id: str
    key: str
    hash: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every page says of the whole: when it was printed, from which records, for whom, and until when it holds.

    `printed` is shown in the zone it comes in. `sheet` is what the command line calls this kind of paper, `choices`
    says which of its kind it is. `until_why` tells what happens on `valid_until`, `outdated` is how many numbers on it
    are past their day already. `text` is the hash of what is printed and lies in no record.
    """

    sheet: str
    printed: datetime
    author: str
    sources: tuple[Source, ...]
    privacy: str = "team only"
    edition: str = ""
    valid_until: date | None = None
    until_why: str = ""
    outdated: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def validity(self) -> str:
        """Until when it holds, or that it does not; empty if nothing on it can go out of date."""
        count = f"{self.outdated} number{' is' if self.outdated == 1 else 's are'} out of date"
        if self.valid_until is None or self.valid_until >= self.printed.date():
            until = f"valid until {day(self.valid_until)}" if self.valid_until else ""
            return count if self.outdated else until
        return f"was valid until {day(self.valid_until)}: {count}"

    @property
    def facts(self) -> list[Span]:
        """Edition, day of printing and validity: the left half of the stamp."""
        printed = " · ".join(filter(None, (self.edition, f"printed {day(self.printed)}")))
        validity = [(f" · {self.validity}", BOLD if self.outdated else PLAIN)] if self.validity else []
        return [(printed, PLAIN), *validity]

    @property
    def reason(self) -> list[Span]:
        """Why it holds no longer than that, where a sheet has room for it."""
        return [(f" ({self.until_why})", QUIET)] if self.until_why and not self.outdated else []

    @property
    def hash(self) -> str:
        """Six digits that change when any record on the sheet does, or its own text."""
        lines = [f"{source.kind} {source.id} {source.hash}" for source in self.sources]
        return hashlib.sha256("\n".join(filter(None, (*lines, self.text))).encode()).hexdigest()[:6]

    @property
    def records(self) -> str:
        """The records on the sheet as JSON, as `print verify` reads them back."""
        named = {
            "sheet": self.sheet,
            "choices": dict(self.choices),
            "printed": self.printed.isoformat(),
            "edition": self.edition,
            "privacy": self.privacy,
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "until_why": self.until_why,
            "outdated": self.outdated,
            "text": self.text,
            "records": [asdict(source) for source in self.sources],
        }
        return json.dumps(named, ensure_ascii=False, indent=1)


def day(moment: date) -> str:
    """A date as people write it on paper, the same in every locale: 24 Nov 2026."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
