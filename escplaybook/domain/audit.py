"""The audit: every rule that the matrix and what stands around it must keep, and what breaks which.

The rules themselves are data, one file a subject (`audit_rules_….py`); the catalogue, the help and the findings all
come from there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from escplaybook.domain import (
    audit_rules_definitions,
    audit_rules_model,
    audit_rules_ownership,
    audit_rules_people,
    audit_rules_programme,
    audit_rules_rights,
    audit_rules_targets,
    audit_rules_vendors,
)
from escplaybook.domain.audit_case import Case, Grade, Objection, Rule
from escplaybook.domain.due import Due
from escplaybook.domain.errors import NotFound
from escplaybook.domain.identity import Record
from escplaybook.domain.programme import Programme
from escplaybook.domain.waivers import Waiver

RULES: tuple[Rule, ...] = (
    *audit_rules_ownership.RULES,
    *audit_rules_targets.RULES,
    *audit_rules_definitions.RULES,
    *audit_rules_rights.RULES,
    *audit_rules_people.RULES,
    *audit_rules_vendors.RULES,
    *audit_rules_programme.RULES,
    *audit_rules_model.RULES,
)
"""Every rule, by its id."""

__all__ = ["RULES", "Finding", "Grade", "Rule", "audit", "rule_named", "standing", "waiver_of"]

_BY_ID = {rule.id: rule for rule in RULES}
_GRADES = tuple(Grade)


@dataclass(frozen=True, slots=True)
class Finding:
    """A record that breaks a rule. `waiver` is what lets it pass at the moment, if anything does."""

    rule: Rule
    record: Record
    what: str
    field: str = ""
    waiver: Waiver | None = None

    @property
    def id(self) -> str:
        """A record breaks a rule once, in however many ways."""
        return f"{self.rule.id} {self.record.id}"

    @property
    def due(self) -> Due:
        """The finding as a thing to do, which takes a page to the place where it is mended."""
        action = self.rule.action or self.rule.fix
        return Due(self.what, None, self.record, action, _GRADES.index(self.rule.grade), self.field)


def audit(programme: Programme, now: datetime) -> list[Finding]:
    """Everything the rules object to at `now`, the gravest first, what is waived among it."""
    case = Case(programme, now)
    found = [_finding(rule, objections, case) for rule in RULES for objections in _by_record(rule.find(case))]
    return sorted(found, key=lambda one: (_GRADES.index(one.rule.grade), one.rule.id, one.record.key, one.what))


def standing(findings: Iterable[Finding], grade: Grade | None = None) -> list[Finding]:
    """Those that no waiver lets pass; of one grade, if that is given."""
    return [one for one in findings if one.waiver is None and grade in (None, one.rule.grade)]


def rule_named(rule_id: str) -> Rule:
    """The rule with that id. Raises NotFound if there is none."""
    if rule_id.upper() not in _BY_ID:
        raise NotFound(f"No rule is called “{rule_id}”; there are {RULES[0].id} to {RULES[-1].id}.")
    return _BY_ID[rule_id.upper()]


def waiver_of(waivers: Iterable[Waiver], rule: str, about: str, today: date) -> Waiver | None:
    """The waiver that lets the rule pass on that record today, the one that lasts longest."""
    holding = [one for one in waivers if (one.rule, one.about) == (rule, about) and one.holds(today)]
    return max(holding, key=lambda one: one.until, default=None)


def _by_record(objections: Iterable[Objection]) -> list[list[Objection]]:
    """What one rule objects to, record by record."""
    found: dict[str, list[Objection]] = {}
    for one in objections:
        found.setdefault(one.record.id, []).append(one)
    return list(found.values())


def _finding(rule: Rule, objections: list[Objection], case: Case) -> Finding:
    first = objections[0]
    what = "; ".join(dict.fromkeys(one.what for one in objections))
    waiver = waiver_of(case.programme.waivers, rule.id, first.record.id, case.today)
    return Finding(rule, first.record, what, first.field or rule.field, waiver)
