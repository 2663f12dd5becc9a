"""How a trigger is said in the list and beside it: what it makes due, where, and whether it is in force."""

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Trigger, missing_reviews
from escplaybook.ui.matrix.sheets import Sheet
from escplaybook.ui.matrix.words import sheet_words


def standing_facts(trigger: Trigger, found: Programme | None) -> list[tuple[str, str]]:
    """What stands below a trigger in the list, each with its colour."""
    facts = [(level_words(trigger, found), "text")]
    where = ", ".join(where_words(trigger, found))
    if where:
        facts.append((where, "muted"))
    if trigger.retired is None:
        facts.append(review_words(trigger))
    return facts


def level_words(trigger: Trigger, found: Programme | None) -> str:
    """“to level 2, Project manager”."""
    names = {level.rank: level.name for level in found.levels} if found is not None else {}
    name = names.get(trigger.level)
    return _tr("to level {0}, {1}").format(trigger.level, name) if name else _tr("to level {0}").format(trigger.level)


def where_words(trigger: Trigger, found: Programme | None) -> list[str]:
    """For which deployment and stage it holds; empty for everywhere."""
    return sheet_words(Sheet(trigger.deployment, trigger.stage), found) if found is not None else []


def review_words(trigger: Trigger) -> tuple[str, str]:
    """Whether it is in force, and the colour of that."""
    sides = {"engineering": _tr("engineering"), "business": _tr("business")}
    missing = [sides[side] for side in missing_reviews(trigger)]
    if not missing:
        return _tr("in force"), "muted"
    return _tr("not reviewed by {0}").format(_tr(" and ").join(missing)), "warn"


def _tr(text: str) -> str:
    return QCoreApplication.translate("triggers", text)
