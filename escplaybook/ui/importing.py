"""Bringing known blockers and people in: choose, look at what would happen, let it happen, read what became of each."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.contacts import Contact
from escplaybook.domain.errors import PlaybookError
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_of_key
from escplaybook.ui.background import Job
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.import_lines import Line, Lines, row_of, spoken
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import RowDelegate
from escplaybook.ui.prose_view import COLUMN

if TYPE_CHECKING:
    from escplaybook.services.importing import Report
    from escplaybook.ui.mapping import MappingPanel, Proposed


class ImportPanel(QFrame):
    """`left` says that the person is done here, `done` that something came in."""

    left = Signal()
    done = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._paths: tuple[Path, ...] = ()
        self._job: Job | None = None
        self._columns: dict[str, str] = {}
        self._fields: dict[str, str] = {}
        self._same: dict[str, str] = {}
        self._report: Report | None = None
        self._mapping: MappingPanel | None = None
        self._lines = Lines(self)
        self.page = "knowledge"
        self.dialog: QFileDialog | None = None
        self.setProperty("plane", "surface")
        self.title = QLabel(self.tr("Import known issues or people"), self)
        self.title.setProperty("role", "title")
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.folder = self._button(self.tr("Choose a folder …"), "folder-open", self.ask_folder)
        self.files = self._button(self.tr("Choose files …"), "file-text", self.ask_files)
        self.go = self._button("", "import", self.start)
        self.go.setProperty("kind", "primary")
        dress(self.go, "import", desk.theme, "on_accent")
        self.map = self._button(self.tr("Go on"), "arrow-right", self._mapped)
        self.map.setProperty("kind", "primary")
        dress(self.map, "arrow-right", desk.theme, "on_accent")
        self.is_same = self._button(self.tr("The same person"), "user", self._say_same)
        self.is_other = self._button(self.tr("Another person"), "users", self._say_other)
        self.stop = self._button(self.tr("Cancel"), "x", self._stop)
        self.back = self._button(self.tr("Back"), "arrow-left", self.left.emit)
        self.zone = QFrame(self)
        self.zone.setProperty("part", "drop")
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.table: RecordTable[Line] = RecordTable(Column(self.tr("What became of it"), spoken), parent=self)
        self.view = QListView(self)
        self.view.setModel(self.table)
        self.view.setItemDelegate(RowDelegate(desk.theme, row_of, self.view))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName(self.tr("What became of each file"))
        self.view.selectionModel().currentChanged.connect(self._offer_answers)
        self._lay_out()
        self.begin()

    @property
    def mapping(self) -> "MappingPanel":
        """What each column of a table is; made when a table is first looked at."""
        if self._mapping is None:
            from escplaybook.ui.mapping import MappingPanel

            self._mapping = MappingPanel(self._desk, self)
            self._mapping.changed.connect(self._tell_fault)
            self._column.insertWidget(self._column.indexOf(self.view), self._mapping, 10)
        return self._mapping

    def begin(self) -> None:
        """Ask what to import."""
        self._paths = ()
        told = self.tr(
            "Choose a folder or files: known issues, runbooks, support articles and post-mortems as Markdown, tables "
            "or JSON; people as vCards, tables or spreadsheets. Headings such as Summary, Symptoms, Cause and "
            "Workaround become fields; whatever fits nowhere is kept. You will "
            "see what would happen before anything does. Files can also be dropped on the window."
        )
        self._show(told, self.folder, self.files)

    def ask_folder(self) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(self, self.tr("Import known issues or people"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._ask(dialog)

    def ask_files(self) -> None:
        """Ask for files."""
        dialog = QFileDialog(
            self,
            self.tr("Import known issues or people"),
            "",
            self.tr(
                "Known issues, people, absences (*.md *.markdown *.vcf *.vcard *.csv *.tsv *.xlsx *.ods *.json *.ics)"
            ),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._ask(dialog)

    def look_at(self, paths: Sequence[str | Path]) -> None:
        """Find out what importing these would do, without doing it."""
        self._paths = tuple(Path(path) for path in paths)
        self._columns, self._fields, self._same = {}, {}, {}
        paths_now, told = self._paths, self.tr("Reading {0} …").format(self._names())

        def work(book: Book, _job: Job) -> "Proposed":
            from escplaybook.services.mapping import to_map

            return to_map(book, paths_now)

        self._show(told, self.stop, is_running=True)
        self._job = self._desk.jobs.start(told, work, quietly=True)
        self._job.failed.connect(self._failed)
        self._job.finished.connect(self._tables_read)

    def _tables_read(self, proposed: "Proposed") -> None:
        stopped = self._job is not None and self._job.is_cancelled()
        self._job = None
        if stopped:
            self.begin()
            return
        if proposed:
            from escplaybook.ui.mapping import is_doubtful

            if is_doubtful(proposed):
                self.mapping.show_tables(proposed)
                self._show("", self.map, self.back)
                self.mapping.show()
                self._tell_fault()
                self.mapping.first_field().setFocus()
                return
        self._look()

    def _tell_fault(self) -> None:
        """Say what to do with the columns, or why they cannot be used so."""
        fault = self.mapping.fault()
        told = self.tr("Look what each heading is; it is remembered for what has the same headings.")
        self.said.setText(fault or told)
        self.map.setEnabled(not fault)

    def _mapped(self) -> None:
        self._columns, self._fields = self.mapping.chosen("people"), self.mapping.chosen("pages", "entries")
        self._look()

    def _look(self) -> None:
        self._run(self.tr("Reading {0} …").format(self._names()), dry_run=True)

    def start(self) -> None:
        """Import what was looked at."""
        self._run(self.tr("Importing from {0} …").format(self._names()), dry_run=False)

    def step_out(self) -> bool:
        """Stop what runs; else go back."""
        if self._job is not None:
            self._stop()
        else:
            self.left.emit()
        return True

    def _run(self, told: str, *, dry_run: bool) -> None:
        paths, now, author = self._paths, self._desk.now(), self._desk.author
        columns, fields, book = dict(self._columns), dict(self._fields), self._desk.book
        same = {source: records.by_key(book, key).id if key else "" for source, key in self._same.items()}

        def work(book: Book, job: Job) -> "Report":
            from escplaybook.services.importing_files import import_files  # its readers cost 0.1 s

            return import_files(
                book,
                paths,
                now=now,
                dry_run=dry_run,
                columns=columns,
                fields=fields,
                same=same,
                cancelled=job.is_cancelled,
                progress=lambda done: job.tell(done.done, done.total),
                author=author,
            )

        self._show(told, self.stop, is_running=True)
        self._job = self._desk.jobs.start(told, work, writes=not dry_run)
        self._job.progressed.connect(self._progressed)
        self._job.failed.connect(self._failed)
        self._job.finished.connect(self._looked if dry_run else self._imported)

    def _looked(self, report: "Report") -> None:
        self._job = None
        if report.cancelled:
            self.begin()
            return
        coming = report.added + report.changed
        self.page = page_of(report)
        self.go.setText(self._offer(coming))
        buttons = (self.go, self.back) if coming else (self.back,)
        self._report = report
        self._show(self.tr("{0}: {1}").format(self._names(), self._sums(report, would=True)), *buttons)
        self._list(report)

    def _offer(self, coming: int) -> str:
        if self.page == "contacts":
            return self.tr("Import 1 contact") if coming == 1 else self.tr("Import {0} contacts").format(coming)
        return self.tr("Import 1 known blocker") if coming == 1 else self.tr("Import {0} known blockers").format(coming)

    def _imported(self, report: "Report") -> None:
        self._job = None
        self._desk.bridge.look()
        told = self._sums(report, would=False)
        if report.cancelled:
            told = self.tr("Stopped. What had come in stays: {0}").format(told)
        self._show(told, self.back)
        self._list(report)
        if report.added + report.changed:
            self._desk.say(told, self.tr("Undo"), self._desk.undo)
            self.done.emit()

    def _failed(self, error: PlaybookError) -> None:
        self._job = None
        self._show(str(error), self.folder, self.files)

    def _sums(self, report: "Report", *, would: bool) -> str:
        words = (
            (report.added, self.tr("{0} would be added") if would else self.tr("{0} added")),
            (report.changed, self.tr("{0} would change") if would else self.tr("{0} changed")),
            (report.same, self.tr("{0} are here already")),
            (len(report.refused), self.tr("{0} refused")),
            (len(report.conflicts), self.tr("{0} fields changed on both sides: ours stay")),
            (len({likeness.source for likeness in report.doubles}), self.tr("{0} may be here already")),
        )
        return ", ".join(said.format(count) for count, said in words if count) or self.tr("nothing to import")

    def _list(self, report: "Report") -> None:
        self.table.show(self._lines.of(report, self._same))
        self.view.setVisible(bool(self.table.rowCount()))
        self._offer_answers()

    def _offer_answers(self) -> None:
        line = self.view.currentIndex().data(RECORD)
        doubles = self._report.doubles if self._report is not None else ()
        is_asked = self.go.isVisibleTo(self) and any(kind_of_key(one.like).type is Contact for one in doubles)
        for button in (self.is_same, self.is_other):
            button.setVisible(is_asked)
            button.setEnabled(line is not None and line.likeness is not None)

    def _say_same(self) -> None:
        self._answer(is_same=True)

    def _say_other(self) -> None:
        self._answer(is_same=False)

    def _answer(self, *, is_same: bool) -> None:
        """Note whether the item that is current is the person it may be, and go to the next one."""
        index = self.view.currentIndex()
        likeness = index.data(RECORD).likeness
        self._same[likeness.source] = likeness.like if is_same else ""
        assert self._report is not None
        self._list(self._report)
        row = min(index.row() + 1, max(len(self._report.doubles) - 1, 0))
        self.view.setCurrentIndex(self.table.index(row, 0))

    def _progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _names(self) -> str:
        names = [path.name or str(path) for path in self._paths]
        return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")

    def _ask(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.look_at)
        self.dialog = dialog
        dialog.open()

    def _show(self, told: str, *buttons: QPushButton, is_running: bool = False) -> None:
        self.said.setText(told)
        for button in (self.go, self.map, self.stop, self.back):
            button.setVisible(button in buttons)
        if self._mapping is not None:
            self._mapping.hide()
        self.is_same.hide()
        self.is_other.hide()
        self.zone.setVisible(self.folder in buttons)
        if not is_running and self.back not in buttons:
            self.back.setVisible(True)
        self.progress.setVisible(is_running)
        self.progress.setRange(0, 0)
        self.view.hide()
        buttons[0].setFocus()

    def _button(self, word: str, icon: str, act: Any) -> QPushButton:
        button = QPushButton(word, self)
        dress(button, icon, self._desk.theme)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        width = self._desk.theme.px(COLUMN)
        choices = QHBoxLayout(self.zone)
        choices.setContentsMargins(24, 32, 24, 32)
        choices.setSpacing(8)
        choices.addWidget(QLabel(self.tr("Drop a folder or files here, or"), self.zone))
        for button in (self.folder, self.files):
            choices.addWidget(button)
        choices.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.go, self.map, self.is_same, self.is_other, self.stop, self.back):
            row.addWidget(button)
        row.addStretch(1)
        for widget in (self.said, self.zone, self.progress):
            widget.setMaximumWidth(width)
        self.view.setMaximumWidth(width + self._desk.theme.px(100))
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(16)
        for widget in (self.title, self.said, self.zone, self.progress):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.view, 10)
        column.addStretch(1)


def page_of(report: "Report") -> str:
    """The page on which what came in is to be seen: the people's if nothing else is in it."""
    kinds = {item.kind for item in report.items if item.did in ("added", "changed")}
    return "contacts" if kinds == {"contact"} else "knowledge"
