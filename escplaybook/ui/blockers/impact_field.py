"""The questionnaire about impact as one field of the blocker's form: folded away until it is wanted."""

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.classification import Severity
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.impact import QUESTIONS, Impact, Question, Thresholds, Verdict, is_answered, verdict
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.fields import ChoiceField, LineField
from escplaybook.ui.theme import Theme


class ImpactField(QWidget):
    """Its value is every answer by the question's name, as JSON keeps it; None if nothing was answered.

    `answered` follows an answer, so that the form can take the severity from it.
    """

    changed = Signal()
    answered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.opener = QPushButton(self)
        self.opener.setCheckable(True)
        self.opener.toggled.connect(self._fold)
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setProperty("role", "small")
        self.fields: dict[str, Any] = {question.name: self._field(question) for question in QUESTIONS}
        self.reason = LineField(self)
        self.reason.changed.connect(self.changed)
        self.questions = QWidget(self)
        self._lay_out()
        self.setFocusProxy(self.opener)
        self._fold(is_open=False)

    def value(self) -> Any:
        """The answers; None if there are none."""
        answers = {name: field.value() for name, field in self.fields.items()}
        if not any(answer not in (None, "") for answer in answers.values()):
            return None
        return answers | {"overruled": self.reason.value()}

    def set_value(self, value: Any) -> None:
        """Show answers; an Impact or what `value` gave."""
        answers = _plain(value) if isinstance(value, Impact) else value or {}
        for name, field in self.fields.items():
            answer = answers.get(name)
            field.set_value(answer if answer is not None or isinstance(field, ChoiceField) else "")
        self.reason.set_value(answers.get("overruled", ""))
        self.opener.setChecked(bool(answers))

    def tell(self, stage: str, chosen: Severity, thresholds: Thresholds) -> Verdict | None:
        """Say what the answers give at that stage, and ask why if it is not what was chosen; returns what they give."""
        try:
            impact = impact_of(self.value())
        except InvalidRecord as error:
            self._say(str(error), "warn")
            return None
        given = verdict(impact, stage, thresholds) if impact is not None else None
        if given is None:
            self._say("", "small")
        else:
            self._say(_words(given), "warn" if chosen is not given.severity and not impact_reason(impact) else "small")
        differs = given is not None and chosen is not given.severity
        for widget in (self.reason, self._reason_label):
            widget.setVisible(differs)
        if given is not None:
            self._reason_label.setText(self.tr("Why {0} all the same").format(chosen))
        return given

    def _field(self, question: Question) -> ChoiceField | LineField:
        if question.answers:
            words = [(_tr(text), str(answer)) for answer, text in question.answers]
            choice = ChoiceField([(self.tr("not answered"), None), *words], self)
            choice.setMinimumContentsLength(8)  # two of them stand side by side in the narrowest pane
            field: ChoiceField | LineField = choice
        else:
            line = field = LineField(self)
            line.setPlaceholderText(_tr(question.unit))
        field.setAccessibleName(_tr(question.text))
        field.changed.connect(self._answer)
        return field

    def _answer(self) -> None:
        self.answered.emit()
        self.changed.emit()

    def _fold(self, is_open: bool) -> None:
        self.questions.setVisible(is_open)
        self.opener.setText(
            self.tr("Questions about the impact") if is_open else self.tr("Find the severity by impact")
        )
        dress(self.opener, "chevron-up" if is_open else "list-checks", self._theme)

    def _say(self, text: str, role: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))
        if self.told.property("role") != role:
            self.told.setProperty("role", role)
            self.told.style().unpolish(self.told)
            self.told.style().polish(self.told)

    def _lay_out(self) -> None:
        grid = QGridLayout(self.questions)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for place, question in enumerate(QUESTIONS):
            row, column = divmod(place, 2)
            grid.addWidget(self._label(_tr(question.text), self.fields[question.name]), row * 2, column)
            grid.addWidget(self.fields[question.name], row * 2 + 1, column)
            grid.setColumnStretch(column, 1)
        self._reason_label = self._label("", self.reason)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(4)
        column_.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignLeading)
        for widget in (self.questions, self.told, self._reason_label, self.reason):
            column_.addWidget(widget)
        self.reason.setAccessibleName(self.tr("Why another severity all the same"))
        for widget in (self.reason, self._reason_label):
            widget.hide()

    def _label(self, text: str, buddy: QWidget) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "small")
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading)
        label.setBuddy(buddy)
        return label


def impact_of(value: Any) -> Impact | None:
    """The answers that a field's value is. Raises InvalidRecord if a number is none."""
    if not value:
        return None
    fields: dict[str, Any] = {}
    for question in QUESTIONS:
        text = value.get(question.name)
        if text in (None, ""):
            continue
        if question.answers:
            known = {str(answer): answer for answer, _ in question.answers}
            fields[question.name] = known.get(text)
        else:
            fields[question.name] = _number(question, str(text))
    impact = Impact(**fields, overruled=value.get("overruled", ""))
    return impact if is_answered(impact) else None


def impact_reason(impact: Impact | None) -> str:
    """Why another severity was chosen; empty if nobody said."""
    return impact.overruled.strip() if impact is not None else ""


def _number(question: Question, text: str) -> int:
    plain = "".join(text.split()).replace(",", "").removesuffix("%")
    if not plain.isdecimal() or len(plain) > 12:
        told = _tr("“{0}” is no whole number; write how much, like 12.")
        raise InvalidRecord(f"{_tr(question.text)} {told.format(text)}")
    return int(plain)


def _plain(impact: Impact) -> dict[str, Any]:
    answers = {question.name: getattr(impact, question.name) for question in QUESTIONS}
    told = {name: None if answer is None else str(answer) for name, answer in answers.items()}
    return told | {"overruled": impact.overruled}


def _words(given: Verdict) -> str:
    told = [_tr("By its impact this is {0}. {1}").format(given.severity, given.fired.sentence)]
    if given.others:
        also = " ".join(f"{held.severity}: {held.sentence}" for held in given.others[:2])
        told.append(_tr("Also {0}").format(also))
    if given.open:
        told.append(_tr("Not answered yet: {0}.").format(len(given.open)))
    return " ".join(told)


def _tr(text: str) -> str:
    return QCoreApplication.translate("impact", text)
