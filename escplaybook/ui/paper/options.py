"""The choices a paper takes: for which deployment, stage and causes, on which paper."""

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
from escplaybook.ui.parts.fields import ChoiceField

SIZES = ("A4", "A3", "A5", "A6", "Letter", "Legal", "Tabloid")


class Options(QFrame):
    """Only the choices that make a difference to the paper are shown. `changed` follows every choice of a person."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme | None = None
        self._paper: Paper | None = None
        self.setProperty("line", "above")
        self.deployment, self.stage = ChoiceField((), self), ChoiceField((), self)
        causes = [(cause_word(cause).capitalize(), cause) for cause in (None, *CauseClass)]
        self.cause = ChoiceField(causes, self)
        self.paper_size = ChoiceField([(size, size) for size in SIZES], self)
        _stand_at(self.paper_size, usual_size(desk))
        self._fields = {
            "deployment": self.deployment,
            "stage": self.stage,
            "cause_class": self.cause,
            "": self.paper_size,
        }
        self._asked: dict[str, QWidget] = {}
        self._lay_out()
        self.deployment.changed.connect(self._deployment_chosen)
        self.paper_size.changed.connect(self._size_chosen)
        for field in (self.stage, self.cause):
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
        for name, asked in self._asked.items():
            asked.setVisible(not name or name in paper.takes)

    def first(self) -> ChoiceField:
        """The first choice that is shown."""
        return next(self._fields[name] for name, asked in self._asked.items() if not asked.isHidden())

    def wish(self) -> Wish:
        """The paper with the choices that are made."""
        assert self._paper is not None
        return replace(self._paper.wish, **{name: self._fields[name].value() for name in self._paper.takes})

    def _offer_stages(self, stage: str | None) -> None:
        assert self._found is not None
        assert self._paper is not None
        deployment = self.deployment.value()
        self.stage.clear()
        if self._paper.wish.sheet == "matrix":
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
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 16)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for half in (0, 1):
            grid.setColumnStretch(half, 1)
        places = ((0, 0, 1, 2), (1, 0, 1, 2), (2, 1), (2, 0))
        words = (self.tr("Deployment"), self.tr("Stage"), self.tr("Causes"), self.tr("Paper"))
        for place, word, (name, field) in zip(places, words, self._fields.items(), strict=True):
            asked = QWidget(self)
            label = QLabel(word, asked)
            label.setProperty("role", "small")
            label.setBuddy(field)
            field.setAccessibleName(word)
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            inner = QVBoxLayout(asked)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(4)
            inner.addWidget(label)
            inner.addWidget(field)
            grid.addWidget(asked, *place)
            self._asked[name] = asked


def _stand_at(field: ChoiceField, value: Any) -> None:
    """Choose a value; the first of all if it is not offered any more."""
    field.setCurrentIndex(next((at for at in range(field.count()) if field.itemData(at) == value), 0))
