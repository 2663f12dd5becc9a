"""Something stalls: it is raised, found to be known, taken and resolved, with keys and clicks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from escplaybook.domain.blockers import Blocker, BlockerState, Reference
from escplaybook.domain.causes import SubClass
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.editions import Edition
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.living_matrix import living
from escplaybook.domain.matrix import Place as MatrixPlace
from escplaybook.domain.uses import Outcome, Use
from escplaybook.services import editing
from escplaybook.store import history, records
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.store.uses import uses_of
from escplaybook.ui.desk import Desk
from escplaybook.ui.who.question import Asked
from tests.ui.hands import NOW, blocker, elsewhere, follow, heard, opened, stored
from tests.ui.programmes import fill

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot, "blockers")
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


def field(page, name: str):
    return page.form.form.fields[name]


def type_into(qtbot, page, name: str, text: str) -> None:
    field(page, name).setFocus()
    qtbot.keyClicks(field(page, name), text)


def only(book: Book) -> Blocker:
    (found,) = records.everything(book, Blocker)
    return found


def open_one(page, **fields) -> Blocker:
    """Put a blocker in the book and open it."""
    (made,) = stored(page._desk.book, blocker(**fields))
    page.detail.open(made.id)
    return made


def test_a_blocker_is_raised_with_what_it_must_carry(window, page, qtbot, book: Book):
    qtbot.mouseClick(page.hits.adder, Qt.MouseButton.LeftButton)
    assert field(page, "title").hasFocus()
    qtbot.keyClicks(field(page, "title"), "Orders stop")
    field(page, "severity").setFocus()
    qtbot.keyClicks(field(page, "severity"), "S1")
    for name in ("milestone", "context", "dependencies", "options", "risk"):
        type_into(qtbot, page, name, f"about {name}")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CTRL)
    raised = only(book)
    assert (raised.title, raised.severity, raised.observed, raised.state) == (
        "Orders stop",
        Severity.S1,
        NOW,
        BlockerState.RAISED,
    )
    assert (raised.milestone, raised.risk) == ("about milestone", "about risk")
    assert raised.stage == "integration", "the only deployment stands there now"
    assert "Still missing" not in page.reading.text.toPlainText()
    assert page.hits.count.text() == "1 blocker"


def test_what_is_missing_is_said_and_stops_nobody(page, qtbot, book: Book):
    page.new("Orders stop")
    assert page.form.missing.text().startswith("Still missing: Context, Dependencies, Possible workarounds, Risk.")
    type_into(qtbot, page, "context", "Since 02:30, every order")
    assert page.form.missing.text().startswith("Still missing: Dependencies, Possible workarounds, Risk.")
    page.save()
    assert only(book).context == "Since 02:30, every order"
    assert "Still missing: Dependencies, Possible workarounds, Risk" in page.reading.text.toPlainText()


def test_the_severity_says_what_it_means_and_asks_for(page, qtbot, book: Book):
    s1 = programme(book).severities[0]
    intake = ("Context: what stops, since when", "A picture of the error")
    editing.apply(book, "Ask", Edit(s1, replace(s1, intake=intake)), now=NOW)
    page.raise_at(Asked(MatrixPlace(Severity.S1)))
    assert field(page, "context").placeholderText() == "What stops, since when"
    assert "A picture of the error" in page.form.meaning.text()
    field(page, "severity").setFocus()
    qtbot.keyClick(field(page, "severity"), Qt.Key.Key_End)
    assert "A picture of the error" not in page.form.meaning.text()


def test_whoever_raises_one_reads_what_counts_as_one(page, book: Book):
    page.new()
    assert not page.form.definition.isVisibleTo(page.form)
    text = "An obstacle that stalls a **milestone**.\n\nIt has a name."
    born = {"created": NOW, "updated": NOW}
    stored(book, BlockerDefinition("d", text, counts=("a failed load",), does_not_count=("a wish",), **born))
    page.new()
    told = "An obstacle that stalls a milestone. It has a name.\nCounts: a failed load\nDoes not count: a wish"
    assert page.form.definition.text() == told
    assert "\n\nCounts: a failed load" in page.form.definition.toolTip()
    assert page.form.definition.isVisibleTo(page.form)
    open_one(page)
    page.detail.edit()
    assert not page.form.definition.isVisibleTo(page.form), "it is a blocker already"


def test_the_sub_classes_of_the_class_are_offered_and_say_with_whom_one_deals(window, page, qtbot, book: Book):
    born = {"created": NOW, "updated": NOW}
    stored(book, SubClass("v", CauseClass.EXTERNAL, "vendor", counterpart="Their duty manager", **born))
    page.new("Orders stop")
    assert field(page, "sub_class").placeholderText() == "priority, resource, approval"
    field(page, "cause_class").setFocus()
    qtbot.keyClick(field(page, "cause_class"), Qt.Key.Key_End)
    type_into(qtbot, page, "sub_class", "approval")
    page.save()
    assert window.messages.text.text().startswith("“approval” is no sub-class of external causes")
    assert field(page, "sub_class").hasFocus()
    assert records.everything(book, Blocker) == []
    field(page, "sub_class").selectAll()
    type_into(qtbot, page, "sub_class", "Vendor")
    assert page.form.dealt.text() == "With whom one deals: Their duty manager"
    page.save()
    assert only(book).sub_class == "vendor"
    told = page.reading.text.toPlainText()
    assert "One deals with\nTheir duty manager external: vendor" in told


def test_what_is_known_shows_while_the_title_is_typed_and_can_be_used(page, qtbot, book: Book, known):
    page.new()
    qtbot.keyClicks(field(page, "title"), "login loops")
    qtbot.waitUntil(lambda: len(field(page, "entry").uses) == 1)
    qtbot.mouseClick(field(page, "entry").uses[0], Qt.MouseButton.LeftButton)
    assert field(page, "entry").value() == known[0].id
    page.save()
    assert only(book).entry == known[0].id
    told = page.reading.text.toPlainText()
    assert "Known blocker used" in told
    assert "Login loops after SAML cut-over" in told


def test_a_known_blocker_may_be_read_first_and_the_typing_goes_on(window, page, qtbot, book: Book, known):
    page.new()
    qtbot.keyClicks(field(page, "title"), "login loops")
    qtbot.waitUntil(lambda: len(field(page, "entry").uses) == 1)
    field(page, "entry").read_wanted.emit(known[0].id)
    assert window.rooms.current_name() == "knowledge"
    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    assert window.page is page
    assert field(page, "title").text() == "login loops"


def test_a_similar_known_blocker_is_used_and_offered_again_when_it_is_resolved(page, qtbot, book: Book, known):
    open_one(page, title="Login loops at the portal")
    qtbot.waitUntil(lambda: "Use" in page.reading.text.toPlainText())
    follow(page.reading.text, f"use:{known[0].key}")
    assert only(book).entry == known[0].id
    qtbot.mouseClick(page.reading.resolve, Qt.MouseButton.LeftButton)
    assert page.reading.ending.entry.value() == known[0].id
    qtbot.keyClicks(page.reading.ending.resolution, "Opened UDP 123")
    qtbot.keyClick(page.reading.ending.resolution, Qt.Key.Key_Return)
    ended = only(book)
    assert (ended.state, ended.resolution, ended.entry) == (BlockerState.RESOLVED, "Opened UDP 123", known[0].id)
    assert "What ended it" in page.reading.text.toPlainText()
    assert page.reading.resolve.isHidden()
    (use,) = uses_of(book, known[0].id)
    assert (use.outcome, use.note, use.blocker) == (Outcome.WORKED, "Opened UDP 123", ended.id)


def test_the_known_blocker_that_failed_is_said_when_the_blocker_is_resolved(page, desk, qtbot, book: Book, known):
    said = heard(desk)
    open_one(page, entry=known[0].id, title="Login loops")
    qtbot.mouseClick(page.reading.resolve, Qt.MouseButton.LeftButton)
    ending = page.reading.ending
    ending.outcome.setFocus()
    qtbot.keyClick(ending.outcome, Qt.Key.Key_Down)
    qtbot.keyClick(ending.outcome, Qt.Key.Key_Down)
    qtbot.mouseClick(ending.do, Qt.MouseButton.LeftButton)
    assert [use.outcome for use in uses_of(book, known[0].id)] == [Outcome.FAILED]
    assert said[-1].endswith("KB-0001 failed")


def test_a_blocker_resolved_without_a_known_one_records_no_use(page, qtbot, book: Book, known):
    open_one(page, title="Something new")
    qtbot.mouseClick(page.reading.resolve, Qt.MouseButton.LeftButton)
    assert not page.reading.ending.outcome.isEnabled()
    qtbot.mouseClick(page.reading.ending.do, Qt.MouseButton.LeftButton)
    assert records.everything(book, Use) == []


def test_a_known_blocker_that_was_not_it_is_taken_back(page, book: Book, known):
    open_one(page, entry=known[1].id)
    follow(page.reading.text, f"drop:{known[1].key}")
    assert only(book).entry is None


def test_who_takes_it_is_proposed_from_the_ladder_and_remembered(page, qtbot, book: Book, people):
    first = open_one(page, title="Orders stop")
    qtbot.mouseClick(page.reading.acknowledge, Qt.MouseButton.LeftButton)
    proposed = page.reading.taker.person.currentText()
    assert proposed.startswith("Ruth Mensah"), "after ten minutes the second level is called"
    assert page.reading.taker.person.hasFocus()
    line = page.reading.taker.person.lineEdit()
    line.selectAll()
    qtbot.keyClicks(line, "Jun Park")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    taken = records.get(book, Blocker, first.id)
    assert (taken.acknowledged, taken.acknowledged_by, taken.owner) == (NOW, people["jun"].id, people["jun"].id)
    assert "by Jun Park" in page.reading.standing.text()
    open_one(page, title="Stock is old")
    qtbot.mouseClick(page.reading.acknowledge, Qt.MouseButton.LeftButton)
    assert page.reading.taker.person.value() == people["jun"].id


def test_a_name_that_is_nobodys_is_not_taken_for_somebody(page, qtbot, book: Book, desk):
    said = heard(desk)
    open_one(page)
    qtbot.mouseClick(page.reading.acknowledge, Qt.MouseButton.LeftButton)
    line = page.reading.taker.person.lineEdit()
    line.selectAll()
    qtbot.keyClicks(line, "Nobody Known")
    qtbot.mouseClick(page.reading.taker.do, Qt.MouseButton.LeftButton)
    assert only(book).acknowledged is None
    assert "Nobody Known" in said[-1]


def test_an_acknowledgement_by_another_program_appears_and_stands(page, qtbot, path, book: Book, desk, people):
    raised = open_one(page)
    qtbot.mouseClick(page.reading.acknowledge, Qt.MouseButton.LeftButton)
    said = heard(desk)
    elsewhere(path, Edit(raised, replace(raised, acknowledged=NOW, acknowledged_by=people["mara"].id)))
    qtbot.mouseClick(page.reading.taker.do, Qt.MouseButton.LeftButton)
    assert only(book).acknowledged_by == people["mara"].id, "the first acknowledgement never moves"
    assert said, "and whoever comes second is told"
    desk.ticker.second.emit()
    assert "by Mara Lindqvist" in page.reading.standing.text()
    assert page.reading.acknowledge.isHidden()


def test_escape_leaves_the_question_and_the_blocker_open(page, qtbot, book: Book):
    open_one(page)
    qtbot.mouseClick(page.reading.resolve, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.reading.ending.resolution, Qt.Key.Key_Escape)
    assert page.reading.ending.isHidden()
    assert only(book).state is BlockerState.RAISED


def test_tickets_elsewhere_are_kept_with_their_links(page, qtbot, book: Book):
    before = open_one(page, references=(Reference("HB-1187", "tracker", "https://t.example/1187", "ticket"),))
    qtbot.mouseClick(page.reading.edit, Qt.MouseButton.LeftButton)
    field(page, "tickets").add()
    row = field(page, "tickets").editors[1].fields
    for name, text in (("key", "R-014"), ("system", "risk log"), ("url", "https://r.example/14")):
        qtbot.keyClicks(row[name], text)
    page.save()
    after = only(book)
    assert after.references == (*before.references, Reference("R-014", "risk log", "https://r.example/14"))
    assert after.observed == before.observed
    assert 'href="https://r.example/14"' in page.reading.text.toHtml()


def test_it_may_have_been_seen_before_it_was_raised_but_not_after(page, qtbot, book: Book, desk):
    page.new("Orders stop")
    time = field(page, "observed")
    qtbot.mouseClick(time.button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(time.edit, Qt.Key.Key_Up)
    said = heard(desk)
    page.save()
    assert not records.everything(book, Blocker)
    assert "Nobody has seen it yet" in said[-1]
    qtbot.keyClick(time.edit, Qt.Key.Key_Down)
    qtbot.keyClick(time.edit, Qt.Key.Key_Down)
    page.save()
    assert only(book).observed == NOW - timedelta(hours=1)


def test_what_was_asked_wins_over_a_draft_and_what_was_typed_stays(page, qtbot):
    page.new()
    qtbot.keyClicks(field(page, "title"), "Half a sentence")
    page.show_place(page.place())
    page.raise_at(Asked(MatrixPlace(Severity.S2, "testing", CauseClass.EXTERNAL), "mail"))
    assert field(page, "title").text() == "Half a sentence"
    assert [field(page, name).value() for name in ("severity", "stage", "cause_class", "system")] == [
        "S2",
        "testing",
        "external",
        "mail",
    ]


def test_who_to_call_for_a_blocker_is_one_key_away(window, page, qtbot):
    open_one(page, severity=Severity.S2, stage="testing", system="mail")
    qtbot.mouseClick(page.reading.call, Qt.MouseButton.LeftButton)
    assert window.rooms.current_name() == "who"
    asked = window.page.question.asked()
    assert (asked.place.severity, asked.place.stage, asked.system) == (Severity.S2, "testing", "mail")


def test_the_badge_counts_those_that_nobody_has_taken(window, page, qtbot, book: Book):
    open_one(page, title="One")
    open_one(page, title="Two")
    button = window.rail.buttons["blockers"]
    assert button.accessibleDescription() == "2 due"
    qtbot.mouseClick(page.reading.acknowledge, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.reading.taker.do, Qt.MouseButton.LeftButton)
    assert button.accessibleDescription() == "1 due"


def test_the_history_tells_who_took_it_in_the_name_of_the_settings(page, qtbot, book: Book, desk):
    desk.memory.remember("author", "Dana")
    made = open_one(page)
    qtbot.mouseClick(page.reading.acknowledge, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.reading.taker.do, Qt.MouseButton.LeftButton)
    assert history.of_record(book, made.id)[-1].stroke.author == "Dana"


def test_a_book_for_reading_shows_no_way_to_write(path, book: Book, theme, people, known, qtbot):
    stored(book, blocker("Login loops at the portal"))
    with Book.open(path, read_only=True) as shut:
        desk = Desk(shut, theme, clock=lambda: NOW)
        window = opened(desk, qtbot, "blockers")
        page = window.page
        page.step(0)
        qtbot.waitUntil(lambda: "Known already?" in page.reading.text.toPlainText())
        for button in (page.reading.acknowledge, page.reading.resolve, page.reading.edit, page.hits.adder):
            assert button.isHidden()
        assert not page.reading.history.isHidden()
        assert "Use" not in page.reading.text.toPlainText()
        window.close()
        desk.close()


def test_the_longest_title_keeps_the_pane_narrow(page):
    open_one(page, title="Rechtsschutzversicherungsgesellschaftenübergreifende Datenübertragung")
    assert page.reading.head.minimumSizeHint().width() < 360


def test_the_list_of_blockers_keeps_qts_rules(page, qtmodeltester):
    open_one(page)
    qtmodeltester.check(page.hits.table)


def test_a_newer_edition_is_said_aloud_and_is_one_step_away(window, page, qtbot, book: Book, desk):
    mara, ana = records.everything(book, Contact)[:2]
    signed = {"engineering": mara.id, "business": ana.id}
    content = living(programme(book))
    first = Edition(new_id(NOW), 1, NOW, NOW, content=content, effective=NOW - timedelta(days=9), applied=NOW, **signed)
    stored(book, first)
    page.new("Orders stop")
    field(page, "severity").set_value(Severity.S1)
    page.save()
    raised = only(book)
    assert raised.edition == first.id
    assert "by edition 1" in page.reading.facts.facts.text()
    assert "Work by edition" not in page.reading.text.toPlainText()
    slower = replace(content, cells=tuple(replace(one, acknowledge=timedelta(hours=3)) for one in content.cells))
    since = NOW - timedelta(minutes=1)
    second = Edition(new_id(NOW), 2, NOW, NOW, content=slower, effective=since, applied=NOW, **signed)
    stored(book, second)
    standing = page.reading.standing.text()
    assert "is to answer in 5 min" in standing
    told = page.reading.text.toPlainText()
    assert "Edition 2 of the matrix came into force 1 min ago; this blocker is still answered by edition 1." in told
    said = heard(desk)
    follow(page.reading.text, "edition:ED-0002")
    assert said == [f"By edition 2 from now on: {raised.key} “Orders stop”"]
    assert only(book).edition == second.id
    assert "by edition 2" in page.reading.facts.facts.text()
    assert "is to answer in 3 h" in page.reading.standing.text()
    assert "came into force" not in page.reading.text.toPlainText()
