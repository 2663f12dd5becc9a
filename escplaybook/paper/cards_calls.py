"""The ladders of a card: whom to call in which order, on which number, and by when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from escplaybook.domain.cards import Call, Card, Common, Due, Ladder, Step
from escplaybook.domain.classification import MARKS, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.durations import format_span
from escplaybook.domain.overview import number_on_paper
from escplaybook.paper.cards_faces import Section
from escplaybook.paper.cards_setting import INDENT, NAME, NUMBER, TEXT, Setting, city, marked, short_hours
from escplaybook.paper.lines import BOLD, PLAIN, QUIET, Span
from escplaybook.paper.proofs import proof, written
from escplaybook.paper.rows import Row
from escplaybook.paper.scripts import has_right_to_left
from escplaybook.paper.text import Block

_LONG_CLOCK = timedelta(hours=100)


@dataclass
class Calls(Setting):
    """The calls of a card. A `tight` one says less of what is also elsewhere, a `bare` one gives everybody one line."""

    card: Card
    tight: bool = False
    bare: bool = False
    told: set[str] = field(default_factory=set)
    """Whose hours and proof stand on the card already, so that they are not said again."""

    @property
    def common(self) -> Common:
        """What the card has in common with the others."""
        return self.card.common

    def ladders(self) -> Iterator[Section]:
        """The ladders. Of a second one the steps that say what the first says are told in a line."""
        first: Ladder | None = None
        for ladder in self.common.ladders:
            known = {step.level.rank: step for step in first.steps} if first else {}
            items = []
            for step in ladder.steps:
                before = known.get(step.level.rank)
                is_same = before is not None and (before.calls, before.dues) == (step.calls, step.dues)
                items.append(self._same_step(step) if is_same else self._step(step))
            title = f"Call: {ladder.cause_class} causes" if ladder.cause_class else "Call, in this order"
            legend = "at → answered by · ✓ verified" if self.bare else "call at → answered by, h:mm"
            yield self.section(title, items, 0, keeps=len(items), units=("level", "levels"), beside=legend)
            first = ladder

    def _same_step(self, step: Step) -> Row:
        spans = [(f"{step.level.rank}  {step.level.name}", BOLD), ("  as for internal causes", QUIET)]
        return self.item([self.text(spans)])

    def _step(self, step: Step) -> Row:
        times = self.text([(" ".join(_due_words(due) for due in step.dues), PLAIN)])
        level = [(f"{step.level.rank}  {step.level.name}", BOLD)]
        blocks: list[Block] = [*self.columns([self.text(level)], [times], indent=0)]
        every = tuple(due.severity for due in step.dues)
        for call in step.calls:
            blocks += self._call(call, every)
        answered = {severity for call in step.calls for severity in call.severities}
        nobody = tuple(severity for severity in every if severity not in answered)
        alone = tuple(severity for severity in step.alone if severity in answered)
        for severities, words, ink in ((alone, "no backup: then", PLAIN), (nobody, "nobody: call", BOLD)):
            if severities:
                whose = "" if severities == every else f"{marked(severities)} "
                blocks.append(self.text([(f"{whose}{words} the next level at once", ink)], indent=INDENT))
        return self.item(blocks, above=1.2, below=1.6)

    def _call(self, call: Call, every: Sequence[Severity]) -> Iterator[Block]:
        """A person, at the right the number and below it its proof; at the left when they can be reached."""
        before: list[Span] = []
        if call.severities != tuple(every):
            before.append((f"{marked(call.severities)} ", PLAIN))
        if call.is_backup:
            before.append(("else ", QUIET))
        name: Span = (call.person.name, PLAIN if call.is_backup else BOLD)
        if call.person == self.card.holder.person:
            yield from self.columns(
                [self.text([*before, name], NAME)], [self.text([("that is you", QUIET)], right=True)]
            )
            return
        yield from self.person([*before, name], call.person, NAME if not call.is_backup else TEXT)

    def person(self, name: Sequence[Span], person: Contact, size: float, *, indent: float = INDENT) -> Iterator[Block]:
        """A name and a number; the first time also when they can be reached and how far the number is believed."""
        point, today = number_on_paper(person), self.at.date()
        is_known = person.id in self.told
        self.told.add(person.id)
        number: Span = written(point) if point else ("no number for paper", BOLD)
        told = proof(point, self.common.importance_of(person), today) if point else ("", QUIET)
        if self.bare:
            told = _short(told)
        right = [self.text([number], NUMBER if size == NAME and point else TEXT, right=True)]
        if is_known:
            yield from self.columns([self.text(name, size)], right, indent=indent)
            return
        hours = f"{short_hours(person.hours)} {city(person.zone)}" if person.hours and not self.bare else ""
        beside = self.text([*name, (f"  {told[0]}", told[1]._replace(scale=TEXT / size))], size)
        room = self.width - right[0].widest()[1] - indent - 6
        is_mixed = has_right_to_left(person.name)  # a proof in the same line would stand amid the name
        if not hours and not is_mixed and (self.bare or beside.widest()[1] <= room):
            yield from self.columns([beside], right, indent=indent)
        else:
            left = [self.text(name, size), self.text([(hours, QUIET)])]
            yield from self.columns(left, [*right, self.text([told], right=True)], indent=indent)
        for line in self.common.duty.lines.get(person.id, ()):
            yield self.text([(line, QUIET)], indent=indent)


def _due_words(due: Due) -> str:
    """`◆ 0:05→0:20`: called at, answered by, from the start; where no sum can be told, how long the level has."""
    mark = MARKS[due.severity]
    if due.answers is not None and due.calls is not None:
        return f"{mark}\xa0{_clock(due.calls)}\xa0→\xa0{_clock(due.answers)}"
    starts = f"{mark}\xa0{_clock(due.calls)}" if due.calls is not None else f"{mark}\xa0then"
    if due.within is None:
        return starts
    hours = " business\xa0time" if due.calendar else ""
    return f"{starts},\xa0{format_span(due.within)}{hours}".replace(" ", "\xa0")


def _clock(span: timedelta) -> str:
    if span >= _LONG_CLOCK:
        return format_span(span).replace(" ", "\xa0")
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    return f"{hours}:{minutes:02}"


def _short(told: Span) -> Span:
    """A proof in a few characters: “✓ 9 d”, “NOT 140 d”."""
    words, ink = told
    for long, short in (("verified today", "✓ today"), ("NOT verified for", "NOT ✓"), ("NEVER verified", "NEVER")):
        words = words.replace(long, short)
    words = words.replace("verified", "✓").replace(" days ago", " d").replace(" day ago", " d").replace(" days", " d")
    return words.replace(" ", "\xa0"), ink
