"""The choices a paper takes: what it is about, for which deployment and stage, in which form, on which paper."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from escplaybook.domain.classification import CauseClass
from escplaybook.domain.contacts import zone_named
from escplaybook.domain.deployments import stage_on
from escplaybook.domain.programme import Programme, deployments_of, stages_of
from escplaybook.services.sheets.wishes import Wish
from escplaybook.ui.desk import Desk
from escplaybook.ui.matrix.words import cause_word, stage_word
from escplaybook.ui.paper.papers import Paper, remember_size, usual_size
from escplaybook.ui.paper.several import SeveralField
from escplaybook.ui.parts.fields import ChoiceField

SIZES = ("A4", "A3", "A5", "A6", "Letter", "Legal", "Tabloid")
_WIDE = frozenset({"subject", "deployment", "stage", "columns"})
"""The choices whose words need the whole width."""


class Options(QFrame):
    """Only the choices that make a difference to the paper are shown. `changed` follows every choice of a person."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme | None = None
        self._paper: Paper | None = None
        self._kept: dict[tuple[str, str], Any] = {}
        self.setProperty("line", "above")
        self.subject, self.shape, self.columns = ChoiceField((), self), ChoiceField((), self), SeveralField(self)
        self.deployment, self.stage = ChoiceField((), self), ChoiceField((), self)
        causes = [(cause_word(cause).capitalize(), cause) for cause in (None, *CauseClass)]
        self.cause = ChoiceField(causes, self)
        self.paper_size = ChoiceField([(size, size) for size in SIZES], self)
        _stand_at(self.paper_size, usual_size(desk))
        self._fields: dict[str, ChoiceField | SeveralField] = {
            "subject": self.subject,
            "deployment": self.deployment,
            "stage": self.stage,
            "columns": self.columns,
            "": self.paper_size,
            "cause_class": self.cause,
            "shape": self.shape,
        }
        self._asked: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._lay_out()
        self.deployment.changed.connect(self._deployment_chosen)
        self.paper_size.changed.connect(self._size_chosen)
        for field in (self.subject, self.shape, self.columns):
            field.changed.connect(self._keep)
        for field in (self.stage, self.cause, self.subject, self.shape, self.columns):
            field.changed.connect(self.changed)

    def offer(self, found: Programme, paper: Paper, wish: Wish | None = None) -> None:
        """Offer what the programme has for that paper; stand at the choices of `wish`, else at those made before."""
        is_first, self._found, self._paper = self._found is None, found, paper
        deployment, stage, cause = self.deployment.value(), self.stage.value(), self.cause.value()
        if wish is not None and paper.takes:
            is_first, deployment, stage, cause = False, wish.deployment, wish.stage, wish.cause_class
        self.deployment.clear()
        for one in deployments_of(found):
            self.deployment.addItem(one.name, one.id)
        self.deployment.addItem(self.tr("What holds for every deployment"), None)
        if not is_first:
            _stand_at(self.deployment, deployment)
        self._offer_stages(stage)
        _stand_at(self.cause, cause)
        self._arrange([*paper.takes, *self._offer_own(found, paper, wish), ""])

    def first(self) -> ChoiceField | SeveralField:
        """The first choice that is shown."""
        return next(self._fields[name] for name, asked in self._asked.items() if not asked.isHidden())

    def wish(self) -> Wish:
        """The paper with the choices that are made."""
        assert self._paper is not None
        shown = [name for name, asked in self._asked.items() if name and not asked.isHidden()]
        chosen: dict[str, Any] = {name: self._fields[name].value() for name in shown}
        return replace(self._paper.wish, **chosen)

    def _offer_own(self, found: Programme, paper: Paper, wish: Wish | None) -> list[str]:
        """Offer what only this paper asks; returns the names of those choices that there is anything to choose in."""
        asked: list[str] = []
        for choice in paper.asks:
            offered = choice.offered(found)
            if not offered:
                continue
            asked.append(choice.name)
            self._label(choice.name, choice.word)
            field, usual = self._fields[choice.name], getattr(paper.wish, choice.name)
            kept = self._kept.get((paper.id, choice.name), usual)
            chosen = kept if wish is None else getattr(wish, choice.name) or usual
            if isinstance(field, SeveralField):
                field.offer(offered, chosen)
                continue
            field.clear()
            for word, value in offered:
                field.addItem(word, value)
            _stand_at(field, chosen)
        return asked

    def _keep(self) -> None:
        """What was chosen for a paper stands there when one comes back to it."""
        assert self._paper is not None
        for choice in self._paper.asks:
            self._kept[self._paper.id, choice.name] = self._fields[choice.name].value()

    def _offer_stages(self, stage: str | None) -> None:
        assert self._found is not None
        assert self._paper is not None
        deployment = self.deployment.value()
        self.stage.clear()
        if self._paper.every_stage:
            self.stage.addItem(self.tr("Every stage, a page each"), None)
            self.stage.addItem(self.tr("Any stage"), "")
        else:
            present = self._present_stage(deployment)
            words = self.tr("The present one: {0}").format(stage_word(present)) if present else self.tr("Any stage")
            self.stage.addItem(words, None)
        for name in stages_of(self._found, deployment):
            self.stage.addItem(stage_word(name), name)
        _stand_at(self.stage, stage)

    def _present_stage(self, deployment: str | None) -> str:
        found = self._found.deployments if self._found else ()
        one = next((one for one in found if one.id == deployment), None)
        return stage_on(one, self._desk.now().astimezone(zone_named(one.zone)).date()) if one else ""

    def _deployment_chosen(self) -> None:
        self._offer_stages(self.stage.value())
        self.changed.emit()

    def _size_chosen(self) -> None:
        remember_size(self._desk, self.paper_size.value())
        self.changed.emit()

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 16)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        for half in (0, 1):
            self._grid.setColumnStretch(half, 1)
        words = {
            "deployment": self.tr("Deployment"),
            "stage": self.tr("Stage"),
            "": self.tr("Paper"),
            "cause_class": self.tr("Causes"),
        }
        for name, field in self._fields.items():
            asked = QWidget(self)
            self._labels[name] = label = QLabel(asked)
            label.setProperty("role", "small")
            label.setBuddy(field)
            self._label(name, words.get(name, ""))
            if isinstance(field, ChoiceField):
                field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            inner = QVBoxLayout(asked)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(4)
            inner.addWidget(label)
            inner.addWidget(field)
            self._asked[name] = asked

    def _label(self, name: str, word: str) -> None:
        self._labels[name].setText(word)
        self._fields[name].setAccessibleName(word)

    def _arrange(self, shown: Sequence[str]) -> None:
        """Put the choices that are shown below one another, two short ones in a row."""
        place = 0
        for name, asked in self._asked.items():
            self._grid.removeWidget(asked)
            asked.setVisible(name in shown)
            if name not in shown:
                continue
            if name in _WIDE:
                place += place % 2
                self._grid.addWidget(asked, place // 2, 0, 1, 2)
                place += 2
            else:
                self._grid.addWidget(asked, place // 2, place % 2)
                place += 1


def _stand_at(field: ChoiceField, value: Any) -> None:
    """Choose a value; the first of all if it is not offered any more."""
    field.setCurrentIndex(next((at for at in range(field.count()) if field.itemData(at) == value), 0))
