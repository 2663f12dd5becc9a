"""The bar at the foot: what happened, with Undo; what is being done, with Cancel; how much there is."""

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from escplaybook.ui.background import Job
from escplaybook.ui.desk import Saying
from escplaybook.ui.theme import Theme

_SHORT = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
_WRAPPED = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
_WRAPPED.setHeightForWidth(True)


class MessageBar(QFrame):
    """Shows one saying at a time until the next; between them the quiet words of `rest`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._act: Callable[[], None] | None = None
        self._job: Job | None = None
        self._rest, self._is_resting = "", True
        self.setProperty("line", "above")
        self.text = QLabel(self)
        self.offer = QPushButton(self)
        self.offer.setProperty("kind", "link")
        self.offer.clicked.connect(self._offered)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setProperty("kind", "link")
        self._cancel.clicked.connect(self._cancelled)
        self.tally = QLabel(self)
        self.tally.setProperty("role", "small")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        for widget in (self.text, self.offer, self._progress, self._cancel):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.tally)
        self._show_job(None)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.rest()

    def say(self, saying: Saying) -> None:
        """Show a saying; a screen reader speaks it."""
        self._is_resting = False
        self._write(saying.text, "bad" if saying.is_trouble else "")
        self._act = saying.act
        self.offer.setText(saying.offer)
        self.offer.setVisible(bool(saying.offer))
        self._fit()
        QAccessible.updateAccessibility(QAccessibleEvent(self.text, QAccessible.Event.Alert))

    def set_rest(self, text: str) -> None:
        """What stands here while nothing has happened: the state of the book."""
        self._rest = text
        if self._is_resting:
            self._write(text, "small")

    def rest(self) -> None:
        """Nothing has happened lately."""
        self._is_resting = True
        self._act = None
        self.offer.hide()
        self._write(self._rest, "small")

    def follow(self, job: Job) -> None:
        """Show how far a job is, with Cancel, until it ends."""
        self._show_job(job)
        self._is_resting = False
        self._write(job.what, "")
        self.offer.hide()
        job.progressed.connect(self._progressed)
        job.ended.connect(self._ended)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A short saying has its offer right behind it; a long one wraps, and never makes the window wider."""
        others = sum(w.sizeHint().width() for w in (self.offer, self.tally, self._progress) if w.isVisibleTo(self))
        room = self.width() - others - self._theme.px(64)
        is_long = self.text.fontMetrics().horizontalAdvance(self.text.text()) > room
        self.text.setWordWrap(is_long)
        self.text.setSizePolicy(_WRAPPED if is_long else _SHORT)
        self._row.setStretch(0, 1 if is_long else 0)
        self._row.setStretch(self._row.count() - 2, 0 if is_long else 1)

    def _write(self, text: str, role: str) -> None:
        self.text.setText(text)
        self.text.setToolTip(text)
        self.text.setProperty("role", role)
        self.text.style().unpolish(self.text)
        self.text.style().polish(self.text)
        self._fit()

    def _offered(self) -> None:
        if self._act is not None:
            self._act()

    def _progressed(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _cancelled(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ended(self) -> None:
        if self._job is not None and self.text.text() == self._job.what:
            self.rest()
        self._show_job(None)

    def _show_job(self, job: Job | None) -> None:
        self._job = job
        self._progress.setVisible(job is not None)
        self._cancel.setVisible(job is not None)
        self._progress.setRange(0, 0)

    def _follow_theme(self) -> None:
        self.setMinimumHeight(self._theme.px(30))
        self._fit()
        self._progress.setFixedWidth(self._theme.px(160))
