"""Entries: the known blockers and what is known of them."""

from dataclasses import dataclass
from datetime import datetime

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.origins import Origin

TITLE_LIMIT = 1_000
"""Characters in a title; the longest seen in real collections is under 300."""

TEXT_LIMIT = 5_000_000
"""Characters in all texts of an entry together, a thousand printed pages. More is a log or a dump: to be attached."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a remedy. All four are one line of Markdown; only `action` must be there."""

    action: str
    precondition: str = ""
    expected: str = ""
    rollback: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an imported text that has no field of its own: its heading and its Markdown, kept as they were."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to something elsewhere: a ticket, a page, a bulletin."""

    label: str
    target: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One known blocker and its remedy. The long texts are Markdown (CommonMark with tables).

    `symptoms` is what people see, `reproduction` how to make it happen, `diagnosis` how to confirm that it is this
    one, `steps` the remedy as ticked steps and `remedy` the remedy as prose, `verification` the proof that it is
    gone. An empty `workaround` means that none is known. `vendor` is a name as text.
    """

    id: str
    title: str
    created: datetime
    updated: datetime
    key: str = ""
    summary: str = ""
    symptoms: str = ""
    reproduction: str = ""
    impact: str = ""
    environment: str = ""
    diagnosis: str = ""
    cause: str = ""
    remedy: str = ""
    steps: tuple[Step, ...] = ()
    workaround: str = ""
    verification: str = ""
    prevention: str = ""
    rest: tuple[Section, ...] = ()
    system: str = ""
    data_domain: str = ""
    stage: str = ""
    severity: Severity | None = None
    cause_class: CauseClass | None = None
    vendor: str = ""
    tags: tuple[str, ...] = ()
    error_codes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    language: str = "en"
    origin: Origin | None = None
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise InvalidRecord("Give the known blocker a title.")
        if len(self.title) > TITLE_LIMIT:
            raise InvalidRecord(f"Keep the title under {TITLE_LIMIT:,} characters.")
        if (length := self._length()) > TEXT_LIMIT:
            raise InvalidRecord(too_long(length))

    def _length(self) -> int:
        texts = sum(len(getattr(self, name)) for name in TEXT_FIELDS)
        steps = sum(len(s.action) + len(s.precondition) + len(s.expected) + len(s.rollback) for s in self.steps)
        return texts + steps + sum(len(section.text) for section in self.rest)


TEXT_FIELDS = (
    "summary",
    "symptoms",
    "impact",
    "environment",
    "reproduction",
    "diagnosis",
    "cause",
    "remedy",
    "workaround",
    "verification",
    "prevention",
)
"""The Markdown fields of an entry in reading order; `steps` stand after `remedy`, `rest` at the end."""

HEADINGS = {
    "summary": "Summary",
    "symptoms": "What people see",
    "impact": "Impact",
    "environment": "Environment",
    "reproduction": "How to reproduce",
    "diagnosis": "How to confirm",
    "cause": "Cause",
    "remedy": "Remedy",
    "workaround": "Workaround",
    "verification": "Proof that it is gone",
    "prevention": "Prevention",
}
"""What each text field is called on screen, on paper and in exported files."""


def too_long(length: int) -> str:
    """The sentence about a text of so many characters."""
    return (
        f"A known blocker holds {TEXT_LIMIT // 1_000_000} million characters, and this would make it "
        f"{length / 1_000_000:.0f} million; nothing was changed. Attach it as a file and write down what matters of it."
    )
