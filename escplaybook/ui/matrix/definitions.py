"""What the matrix is made of, as lists: what a blocker is, severities, levels, causes, decision rights, triggers."""

import html
from collections.abc import Sequence
from typing import Any

from escplaybook.domain.causes import SubClass
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.definition import BlockerDefinition, definition_in_use
from escplaybook.domain.matrix import DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Trigger, condition_words
from escplaybook.prose.entries import first_words
from escplaybook.ui.matrix.causes import undescribed
from escplaybook.ui.matrix.sheets import Sheet
from escplaybook.ui.matrix.told import right_words
from escplaybook.ui.matrix.trigger_words import standing_facts
from escplaybook.ui.matrix.words import cause_word, criteria_line, level_head, sheet_words
from escplaybook.ui.parts.kinds_list import KindsList
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.times import said_day


class Definitions(KindsList):
    """The kinds that the cells of the matrix stand upon."""

    def tabs(self) -> Sequence[tuple[type[Any], str]]:
        return (
            (BlockerDefinition, self.tr("Blocker")),
            (SeverityDefinition, self.tr("Severities")),
            (Level, self.tr("Levels")),
            (SubClass, self.tr("Causes")),
            (DecisionRight, self.tr("Rights")),
            (Trigger, self.tr("Triggers")),
        )

    def free_severities(self) -> list[Severity]:
        """The severities that nobody has defined yet."""
        defined = {one.severity for one in self.found.severities if one.retired is None}
        return [severity for severity in Severity if severity not in defined]

    def next_rank(self) -> int:
        """The rank of a level on top of the others; retired ones keep theirs, for their cells go by it."""
        return max((level.rank for level in self.found.levels), default=0) + 1

    def listed(self, found: Programme) -> Sequence[Any]:
        """What is in use in its order, then what is not."""
        records: Sequence[Any]
        if self.kind is BlockerDefinition:
            records = sorted(found.definitions, key=lambda one: one.id)
        elif self.kind is SeverityDefinition:
            records = sorted(found.severities, key=lambda one: one.severity)
        elif self.kind is Level:
            records = sorted(found.levels, key=lambda level: level.rank)
        elif self.kind is SubClass:
            causes = (*found.sub_classes, *undescribed(found))
            records = sorted(causes, key=lambda one: (one.cause_class is CauseClass.EXTERNAL, one.name.casefold()))
        elif self.kind is DecisionRight:
            records = sorted(found.rights, key=lambda right: right.decision.casefold())
        else:
            records = sorted(found.triggers, key=lambda trigger: (trigger.level, trigger.name.casefold()))
        return sorted(records, key=lambda record: record.retired is not None)

    def add_words(self) -> str:
        free = self.free_severities()
        is_defined = definition_in_use(self.found.definitions) is not None
        words = {
            BlockerDefinition: "" if is_defined else self.tr("Say what a blocker is"),
            SeverityDefinition: self.tr("Define {0}").format(free[0]) if free else "",
            Level: self.tr("Add level {0}").format(self.next_rank()),
            SubClass: self.tr("Add a sub-class"),
            DecisionRight: self.tr("Add a right"),
            Trigger: self.tr("Add a trigger"),
        }
        return words[self.kind]

    def none_words(self) -> tuple[str, str, str]:
        told = {
            BlockerDefinition: (
                self.tr("Nowhere stands what a blocker is"),
                self.tr("Say what counts as one and what does not, so that two people raise the same things."),
            ),
            SeverityDefinition: (
                self.tr("No severity is defined"),
                self.tr("Say what each costs the business, so that two people choose the same one."),
            ),
            Level: (self.tr("No levels yet"), self.tr("A level is asked when the one below has not answered in time.")),
            DecisionRight: (
                self.tr("No decision rights yet"),
                self.tr("Write down who may authorise a workaround, roll back, spend, and up to where."),
            ),
            Trigger: (
                self.tr("No triggers yet"),
                self.tr("Write down what is measured, and for how long, before a blocker goes to the next level."),
            ),
        }
        return ("list-checks", *told[self.kind])

    def row_of(self, record: Any) -> Row:
        retired = [(self.tr("no longer in use"), "warn")] if record.retired is not None else []
        match record:
            case BlockerDefinition():
                text = html.escape(first_words(record.text, 160), quote=False)
                return Row(self.tr("What a blocker is"), None, text, tuple(retired))
            case SeverityDefinition():
                criteria = html.escape(criteria_line(record), quote=False)
                return Row(record.name, record.severity, criteria, tuple(retired))
            case Level():
                return Row(level_head(record), None, "", ((record.purpose, "muted"), *retired))
            case SubClass():
                return Row(record.name, None, "", (*self._dealt_with(record), *retired))
            case DecisionRight():
                return Row(right_words(record), record.severity, "", (*self._facts_of(record), *retired))
            case Trigger():
                words = html.escape(condition_words(record), quote=False)
                facts = standing_facts(record, self.found)
                return Row(record.name, record.severity, words, (*facts, *retired))
        raise TypeError(f"{type(record).__name__} is no part of the matrix")

    def _dealt_with(self, one: SubClass) -> list[tuple[str, str]]:
        whom = one.counterpart or (self.tr("not described yet") if not one.key else "")
        causes = self.tr("{0} causes").format(cause_word(one.cause_class))
        return [(causes, "muted"), *([(whom, "text" if one.counterpart else "muted")] if whom else [])]

    def _facts_of(self, right: DecisionRight) -> list[tuple[str, str]]:
        decider = self.found.contacts.get(right.decider or "")
        who = (decider.name, "text") if decider is not None else (self.tr("nobody"), "bad")
        where = ", ".join(sheet_words(Sheet(right.deployment, right.stage), self.found))
        facts = [who, *([(where, "muted")] if where else [])]
        if right.expires is not None:
            is_over = right.expires < self._desk.now().date()
            words = self.tr("expired {0}") if is_over else self.tr("ends {0}")
            facts.append((words.format(said_day(right.expires, self._desk.now())), "bad" if is_over else "muted"))
        return facts
