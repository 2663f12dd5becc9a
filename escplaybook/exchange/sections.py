"""The body of a Markdown file parted at its headings: the fields of an entry, and what has no field."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it import MarkdownIt

from escplaybook.domain.knowledge import Section, Step

STEPS_HEADING = "Remedy steps"
"""Above a list of steps that would otherwise be taken for prose."""

_SYNONYMS = {
    "summary": ("summary", "meaning", "description", "overview", "abstract", "problem", "issue", "problem statement"),
    "symptoms": ("symptoms", "symptom", "what people see", "what you see", "what happens", "observed behaviour",
                 "observed behavior", "actual behaviour", "actual behavior"),
    "reproduction": ("simulation", "reproduction", "how to reproduce", "steps to reproduce", "to reproduce"),
    "impact": ("impact", "business impact", "consequences", "consequence", "who is affected"),
    "environment": ("environment", "applies to", "affected versions", "affected systems"),
    "diagnosis": ("diagnosis", "how to confirm", "how to diagnose", "diagnostics", "confirmation"),
    "cause": ("cause", "causes", "root cause", "root causes", "reason"),
    "remedy": ("remedy", "resolution", "mitigation", "fix", "solution", "remediation", "how to fix"),
    "workaround": ("workaround", "workarounds", "work around", "work-around", "temporary fix"),
    "verification": ("verification", "proof that it is gone", "validation", "how to verify", "verify the fix"),
    "prevention": ("prevention", "how to prevent", "how to prevent it", "avoidance"),
    "steps": (STEPS_HEADING.casefold(), "resolution steps"),
}  # fmt: skip
FIELD_OF = {synonym: name for name, synonyms in _SYNONYMS.items() for synonym in synonyms}
"""The field that a heading names, in small letters."""

Naming = Callable[[Sequence[str]], Sequence[str]]
"""Says for the headings of a page, without their markup, which field each names; empty for one of the rest."""

_BLOCKS = MarkdownIt("commonmark")
_BLOCKS.core.ruler.enableOnly(["normalize", "block"])  # where blocks begin is all that is asked of a page
_INLINE = MarkdownIt("commonmark")
_TITLE = "title"
_NUMBER = re.compile(r"\d+[.)]\s+")
_NO_WORKAROUND = re.compile(
    r"|n\.?/?a\.?|no|none|nil|tb[da]|not (?:available|applicable|known)|"
    r"(?:there (?:is|are) (?:currently )?|we (?:currently )?have )?"
    r"(?:none|no (?:known |available )?work-?arounds?)(?: is| are)?(?: currently)?(?: available| known)?"
    r"(?: yet| currently| so far| at the moment| at this time| at present)?"
)
_STEP = re.compile(r"\d+[.)] +(?P<text>\S.*)")
_PART = re.compile(r" +[-*] (?P<label>Needs|Expect|Roll back): (?P<text>\S.*)")
_GOES_ON = re.compile(r" {2,}(?!(?:[-*+]|\d+[.)]|#{1,6}) |```|~~~|[>|])(?P<text>\S.*)")
_PART_NAMES = {"Needs": "precondition", "Expect": "expected", "Roll back": "rollback"}


@dataclass(slots=True)
class Body:
    """What the headings of a text part it into. `title` is the page's own heading, if it has one."""

    title: str = ""
    preamble: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    rest: list[Section] = field(default_factory=list)


class _Heading(NamedTuple):
    first: int
    end: int
    level: int
    text: str


class Marked(NamedTuple):
    """One section of a page: its heading, the field that this names ("" for the rest), and its text."""

    heading: str
    name: str
    text: str


def usual(headings: Sequence[str]) -> list[str]:
    """The field that each heading usually names."""
    return [FIELD_OF.get(heading.casefold().rstrip(": "), "") for heading in headings]


def parted(source: str, title: str = "", naming: Naming = usual) -> Body:
    """Part `source` into fields and rest.

    A heading that names a field opens it at any level; another opens a section of the rest unless it stands below
    the section before it. A field's second section goes to the rest. `title` is the one already known: the first
    heading, if it only repeats it, says nothing new.
    """
    body = Body()
    body.title, body.preamble, found = marked(source, title, naming)
    for heading, name, text in found:
        if name and name not in body.fields:
            if text:
                body.fields[name] = text
        else:
            body.rest.append(Section(heading, text))
    return body


def marked(source: str, title: str, naming: Naming) -> tuple[str, str, list[Marked]]:
    """The page's own heading, what stands above the sections, and the sections; see `parted`."""
    lines = source.split("\n")
    headings = list(_headings(source))
    blank = {number for heading in headings if not heading.text for number in range(heading.first, heading.end)}
    blank |= {number for number, line in enumerate(lines) if not line.strip()}
    headings = [heading for heading in headings if heading.text]
    own = ""
    marks = []
    for heading, name in _section_headings(headings, naming([words_of(one.text) for one in headings]), title):
        own = _plain(heading.text) if name == _TITLE else own
        marks.append((heading, name))
    begins = [heading.first for heading, _ in marks] + [len(lines)]
    preamble = _trimmed(lines, 0, begins[0], blank)
    found = []
    for (heading, name), end in zip(marks, begins[1:], strict=True):
        text = _trimmed(lines, heading.end, end, blank)
        if name == _TITLE:
            preamble = "\n\n".join(part for part in (preamble, text) if part)
        else:
            found.append(Marked(heading.text, name, text))
    return own, preamble, found


def says_there_is_none(text: str) -> bool:
    """Whether a workaround's text is only a way to say that there is none."""
    return bool(_NO_WORKAROUND.fullmatch(text.strip(" \n-–—*_.!").casefold()))


def steps_in(text: str) -> tuple[Step, ...]:
    """The steps of a numbered list with `Needs`, `Expect` and `Roll back` below its items; none if it is anything else.

    A line that is wrapped and indented belongs to the one before it.
    """
    steps: list[dict[str, str]] = []
    last = ""
    for line in text.split("\n"):
        if found := _STEP.fullmatch(line):
            last = "action"
            steps.append({last: found["text"].rstrip()})
        elif not steps and line.strip():
            return ()
        elif found := _PART.fullmatch(line):
            last = _PART_NAMES[found["label"]]
            if last in steps[-1]:
                return ()
            steps[-1][last] = found["text"].rstrip()
        elif last and (found := _GOES_ON.fullmatch(line)):
            steps[-1][last] += " " + found["text"].rstrip()
        elif line.strip():
            return ()
        else:
            last = ""
    return tuple(Step(**parts) for parts in steps)


def list_of(steps: tuple[Step, ...]) -> str:
    """The steps as the numbered list that `steps_in` reads."""
    lines = []
    for number, step in enumerate(steps, 1):
        lines.append(f"{number}. {step.action}")
        parts = ((label, getattr(step, name)) for label, name in _PART_NAMES.items())
        lines.extend(f"{' ' * len(f'{number}. ')}- {label}: {text}" for label, text in parts if text)
    return "\n".join(lines)


def under(heading: str, text: str) -> str:
    """One section as it stands in a file."""
    return f"\n## {heading}\n\n{text}\n" if text else f"\n## {heading}\n"


def _headings(source: str) -> Iterator[_Heading]:
    """The headings that part the page: not those in lists, quotes, fences, and no paragraph that a rule underlines."""
    tokens = _BLOCKS.parse(source)
    for position, token in enumerate(tokens):
        if token.type != "heading_open" or token.level or not token.map:
            continue
        text = tokens[position + 1].content.strip()
        if "\n" not in text:
            yield _Heading(token.map[0], token.map[1], int(token.tag[1]), text)


def _section_headings(headings: Sequence[_Heading], names: Sequence[str], title: str) -> Iterator[tuple[_Heading, str]]:
    """The headings that open a section, each with the field it opens: "" for the rest, _TITLE for the page's own."""
    level = 0
    for position, (heading, name) in enumerate(zip(headings, names, strict=True)):
        if not position and not name and _is_the_title(heading, title):
            yield heading, _TITLE
        elif name or not level or heading.level <= level:
            level = heading.level
            yield heading, name


def _is_the_title(heading: _Heading, title: str) -> bool:
    return not title or (heading.level == 1 and _plain(heading.text).casefold() == title.casefold())


def words_of(heading: str) -> str:
    """The words of a heading, however it is dressed: `**Root Cause:**`, `3. Workaround`."""
    return heading if heading[0].isalpha() else _NUMBER.sub("", _plain(heading), count=1)


def _plain(heading: str) -> str:
    """The words of a heading without their markup."""
    children = _INLINE.parseInline(heading)[0].children or []
    return "".join(child.content for child in children).strip()


def _trimmed(lines: list[str], first: int, end: int, blank: set[int]) -> str:
    """The lines as they stand in the source, without the blank ones around them."""
    while first < end and first in blank:
        first += 1
    while end > first and end - 1 in blank:
        end -= 1
    return "\n".join(lines[first:end])
