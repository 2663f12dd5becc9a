"""What was written by hand in the night stands in the book in the morning: box by box, or with the reason why not."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from escplaybook.domain.blockers import Blocker, BlockerState
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.errors import NotFound
from escplaybook.domain.impact import MilestoneAt, Workaround
from escplaybook.domain.matrix import SeverityDefinition
from escplaybook.services import editing
from escplaybook.services.call_lists import call_trees
from escplaybook.services.calling import only_deployment
from escplaybook.services.keying_forms import UPDATED, Unkeyed, form_of, judged, key_in
from escplaybook.services.printing import pdf_of
from escplaybook.services.printing_verify import label_of
from escplaybook.services.sheets.forms import intake_of, update_of
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.book import Book
from escplaybook.store.memory import Memory
from escplaybook.store.programme import programme
from escplaybook.store.records import everything
from tests.conftest import NOW


@pytest.fixture
def memory(full: Book) -> Iterator[Memory]:
    made = Memory(full.path)
    yield made
    made.close()


def numbers(form):
    return {box.name: box.number for box in form.boxes}


def file_of(form, **boxes):
    at = numbers(form)
    return "\n".join((f"form {form.id}", *(f"{at[name]} {said}" for name, said in boxes.items())))


def intake(full, severity=Severity.S1):
    return intake_of(programme(full), severity, None, "")


WRITTEN = {
    "deployment": "DP-1",
    "title": "Purchase orders stop in the load",
    "observed": "03:10",
    "system": "integration",
    "cause_class": "d",
    "impact_milestone": "d",
    "impact_users": "12 %",
    "impact_workaround": "c",
    "notified": "03:20",
    "taken_by": "Mara Lindqvist",
    "taken_at": "03:25",
    "context": "“invalid client” since the certificate",
    "risk": "A day of orders",
    "ticket": "OPS-12, OPS-13",
    "reporter": "Jun Park",
}


def test_an_intake_becomes_a_blocker_with_its_impact_its_times_and_its_taker(full, memory):
    keyed = key_in(full, memory, file_of(intake(full), **WRITTEN), NOW, author="Dana")
    blocker = keyed.blocker
    assert keyed.kind == "intake"
    assert blocker.title == "Purchase orders stop in the load"
    assert (blocker.severity, blocker.cause_class, blocker.stage) == (Severity.S1, CauseClass.EXTERNAL, "integration")
    assert blocker.sub_class == "vendor"
    assert blocker.observed == datetime(2026, 11, 24, 2, 10, tzinfo=UTC)  # 03:10 in Stockholm
    assert blocker.notified == datetime(2026, 11, 24, 2, 20, tzinfo=UTC)
    assert blocker.acknowledged == datetime(2026, 11, 24, 2, 25, tzinfo=UTC)
    assert blocker.state is BlockerState.ACKNOWLEDGED
    assert (blocker.impact.milestone, blocker.impact.users) == (MilestoneAt.TODAY, 12)
    assert blocker.impact.workaround is Workaround.NONE
    assert "Intake form filled in by Jun Park." in blocker.context
    assert [one.key for one in blocker.references] == ["OPS-12", "OPS-13"]
    assert everything(full, Blocker)[-1] == blocker


def test_what_a_severity_asks_for_besides_stands_in_the_context(full, memory):
    (s1,) = (one for one in everything(full, SeverityDefinition) if one.severity is Severity.S1)
    editing.change(full, s1, NOW, intake=(*s1.intake, "Who has a key to the server room"))
    form = intake(full)
    name = next(box.name for box in form.boxes if box.label == "Who has a key to the server room")
    blocker = key_in(full, memory, file_of(form, **WRITTEN, **{name: "The porter"}), NOW).blocker
    assert "**Who has a key to the server room**\n\nThe porter" in blocker.context


def test_the_stage_is_the_deployments_own_on_the_day_it_was_seen(full, memory):
    boxes = WRITTEN | {"deployment": "DP-0001 Harbour ERP", "observed": "3 Jul 2026 12:00"}
    del boxes["notified"], boxes["taken_at"], boxes["taken_by"]
    assert key_in(full, memory, file_of(intake(full), **boxes), NOW).blocker.stage == "initiation"


def test_every_box_that_cannot_be_read_is_told_and_nothing_is_stored(full, memory):
    before = everything(full, Blocker)
    wrong = {
        "deployment": "Nowhere",
        "observed": "25:10",
        "cause_class": "x",
        "impact_data": "z",
        "impact_users": "many",
    }
    with pytest.raises(Unkeyed) as raised:
        key_in(full, memory, file_of(intake(full), **wrong, taken_by="Nobody At All"), NOW)
    at = numbers(intake(full))
    told = [number for number, _ in raised.value.boxes]
    assert told == sorted(at[name] for name in (*wrong, "title", "severity", "taken_by"))
    assert "Nothing was stored" in str(raised.value)
    assert everything(full, Blocker) == before


def test_another_severity_than_the_impact_gives_needs_a_reason(full, memory):
    form = intake(full)
    with pytest.raises(Unkeyed, match="By its impact this is S1"):
        key_in(full, memory, file_of(form, **WRITTEN, severity="S3"), NOW)
    boxes = WRITTEN | {"severity": "c", "overruled": "Only the rehearsal"}
    blocker = key_in(full, memory, file_of(form, **boxes), NOW).blocker
    assert (blocker.severity, blocker.impact.overruled) == (Severity.S3, "Only the rehearsal")


def test_times_before_the_blocker_was_seen_are_refused_at_their_boxes(full, memory):
    with pytest.raises(Unkeyed) as raised:
        key_in(full, memory, file_of(intake(full), **(WRITTEN | {"taken_at": "03:05"})), NOW)
    assert raised.value.boxes == ((numbers(intake(full))["taken_at"], "That was before it was seen."),)


def test_a_form_that_asked_for_other_things_is_refused(full, memory):
    old = intake(full)
    (s1,) = (one for one in everything(full, SeverityDefinition) if one.severity is Severity.S1)
    editing.change(full, s1, NOW, intake=(*s1.intake, "Who has a key to the server room"))
    with pytest.raises(NotFound, match="asked for other things"):
        key_in(full, memory, file_of(old, **WRITTEN), NOW)
    for named in ("", "XX-1234", "IN-S9-1234", "IN"):
        with pytest.raises(NotFound):
            form_of(full, named)


def test_an_update_is_written_down_at_its_blocker_and_noted_as_given(full, memory):
    form = update_of(programme(full), None)
    boxes = {
        "blocker": "BL-0001 Purchase orders stop",
        "at": "03:30",
        "audience": "a c",
        "milestones": "The rehearsal slips by a day",
        "decisions": "Go or no go, from Ingrid, by 09:00",
        "next": "04:00",
        "by": "Mara",
    }
    blocker = key_in(full, memory, file_of(form, **boxes), NOW).blocker
    assert blocker.context.endswith(
        "**Update of 24 Nov 2026, 03:30 (Europe/Stockholm), for the team and the customer**\n\n"
        "- Impact on milestones: The rehearsal slips by a day\n"
        "- Decisions awaited: Go or no go, from Ingrid, by 09:00\n"
        "- Next update promised: 24 Nov 2026, 04:00 (Europe/Stockholm)\n"
        "- Written by Mara"
    )
    assert (blocker.facts[-1].name, blocker.facts[-1].at) == (UPDATED, datetime(2026, 11, 24, 2, 30, tzinfo=UTC))


def test_an_update_that_says_nothing_or_is_of_no_blocker_is_refused(full, memory):
    form = update_of(programme(full), None)
    at = numbers(form)
    for blocker in ("", "KB-0001", "BL-0099", "nothing"):
        with pytest.raises(Unkeyed) as raised:
            key_in(full, memory, file_of(form, blocker=blocker, by="Mara"), NOW)
        assert [number for number, _ in raised.value.boxes] == [at["blocker"], at["milestones"]]


def test_a_printed_call_tree_is_keyed_in_by_its_lines(full, memory):
    harbour = only_deployment(full, "Harbour ERP")
    label = label_of(pdf_of(full, Wish("form", shape="call-tree", deployment=harbour.id), at=NOW))
    first = int(label.choices["first"])
    ((remembered, where),) = call_trees(memory)
    assert (remembered, where) == (first, "Harbour ERP, integration")
    text = f"form CT-{first}\n{first} ok\n{first + 1} ok, message wrong\n{first + 2} failed engaged\n{first + 900} ok"
    keyed = key_in(full, memory, text, NOW, author="Dana")
    assert keyed.results.count == 3
    assert [line for line, _ in keyed.results.unread] == [5]
    points = {one.name: one.points[0] for one in everything(full, Contact)}
    assert points["Mara Lindqvist"].verified_how == "called in a call tree"
    assert points["Jun Park"].verified_how == "called in a call tree; the message came back wrong"
    assert points["Integration on call"].failed_how == "engaged"


def test_a_call_tree_printed_again_has_the_numbers_it_had(full):
    wishes = [
        Wish("form", shape="call-tree", deployment=one.id, stage="go-live") for one in programme(full).deployments
    ]
    first = [label_of(pdf_of(full, wish, at=NOW)).choices["first"] for wish in (*wishes, *wishes)]
    assert first[:2] == first[2:]
    assert first[0] != first[1]


def test_the_answers_so_far_say_how_bad_it_is(full):
    form = intake(full)
    at = numbers(form)
    assert judged(full, form, {}, NOW) is None
    assert judged(full, form, {at["impact_users"]: "12 %"}, NOW).severity is Severity.S2
    live = {at["impact_users"]: "12", at["stage"]: "go-live", at["impact_data"]: "not readable"}
    assert judged(full, form, live, NOW).severity is Severity.S1


def test_whatever_stands_in_a_file_it_is_a_sentence_and_never_a_stumble(full, memory):
    form = intake(full)
    for text in ("", "\x00", "form", f"form {form.id}\n" + "9" * 100_000, f"form {form.id}\n3 " + "x" * 200_000):
        with pytest.raises((NotFound, Unkeyed)):
            key_in(full, memory, text, NOW + timedelta(minutes=1))
