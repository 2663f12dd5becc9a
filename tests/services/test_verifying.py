"""Numbers are proved one by one or many at a time, and a round is gone through as one has time for it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord, NotFound
from escplaybook.domain.matrix import Cell
from escplaybook.domain.programme import Programme
from escplaybook.domain.vendors import Vendor, VendorLevel
from escplaybook.domain.verification import Importance, importances
from escplaybook.services import editing
from escplaybook.services.call_lists import LONGEST, key_in, noted, numbered
from escplaybook.services.printing import pdf_of, save
from escplaybook.services.printing_verify import verify
from escplaybook.services.sheets.wishes import Wish
from escplaybook.services.verifying import Result, Round, importances_of, round_at
from escplaybook.services.verifying import verify as prove
from escplaybook.store import records
from escplaybook.store.memory import Memory
from escplaybook.store.programme import programme


@pytest.fixture
def people(book, contact, now):
    """Mara is called for S1, Jun for S2, and Tidewater is a vendor; nobody was ever verified."""
    mara = contact("Mara Lindqvist", points=(mobile("+46 70 174 06 31"), mobile("+46 70 174 06 32")))
    jun = contact("Jun Park", "+44 7700 900 214", deputy=None)
    desk = VendorLevel("Service desk", (ContactPoint(PointKind.PHONE, "+44 20 7946 0142"),))
    duty = VendorLevel("Duty manager", (ContactPoint(PointKind.PHONE, "+44 20 7946 0142"),))
    vendor = Vendor(id="v", name="Tidewater", created=now, updated=now, levels=(desk, duty))
    cells = [
        Cell(id=severity, severity=severity, level=1, owner=owner.id, created=now, updated=now)
        for severity, owner in ((Severity.S1, mara), (Severity.S2, jun))
    ]
    stored = editing.apply(book, "Add", *(Edit(None, one) for one in (mara, jun, vendor, *cells)), now=now)
    return [edit.after for edit in stored[:3]]


@pytest.fixture
def memory(book):
    opened = Memory(book.path)
    yield opened
    opened.close()


def mobile(value, **fields):
    return ContactPoint(PointKind.MOBILE, value, **fields)


def points(book, person):
    return records.get(book, Contact, person.id).points


def values(progress):
    return [check.point.value for check in progress]


def test_a_call_proves_a_number_and_names_who_called(book, people, now):
    mara = people[0]
    prove(book, [Result(mara.id, "+46 70 174 06 31", how="called")], now, by="Dana")
    first, second = points(book, mara)
    assert (first.verified, first.verified_how, first.verified_by) == (now.date(), "called", "Dana")
    assert second.verified is None
    editing.undo(book, now)
    assert points(book, mara)[0].verified is None


def test_what_failed_keeps_when_it_worked_last_and_a_later_proof_clears_it(book, people, now):
    mara, value = people[0], "+46 70 174 06 31"
    prove(book, [Result(mara.id, value, how="called")], now)
    later = now + timedelta(days=3)
    prove(book, [Result(mara.id, value, failed="no longer in service")], later)
    point = points(book, mara)[0]
    assert (point.verified, point.failed, point.failed_how) == (now.date(), later.date(), "no longer in service")
    prove(book, [Result(mara.id, value, how="called")], later)
    assert points(book, mara)[0].failed is None


def test_a_corrected_number_is_believed_only_if_it_was_proved_in_the_same_step(book, people, now):
    mara = people[0]
    prove(book, [Result(mara.id, "+46 70 174 06 31", how="called")], now)
    prove(book, [Result(mara.id, "+46 70 174 06 31", new_value="+46 70 174 06 41")], now)
    assert (points(book, mara)[0].value, points(book, mara)[0].verified) == ("+46 70 174 06 41", None)
    prove(book, [Result(mara.id, "+46 70 174 06 32", how="mailed", new_value="+46 70 174 06 42")], now)
    assert (points(book, mara)[1].value, points(book, mara)[1].verified) == ("+46 70 174 06 42", now.date())


def test_many_are_proved_in_one_stroke_and_taken_back_in_one(book, people, now):
    mara, jun, vendor = people
    results = [Result(mara.id, "+46 70 174 06 31", how="called"), Result(mara.id, "+46 70 174 06 32", failed="")]
    results += [Result(jun.id, "+44 7700 900 214", how="called"), Result(vendor.id, "+44 20 7946 0142", how="mailed")]
    prove(book, results, now)
    ladder = records.get(book, Vendor, "v").levels
    assert [level.points[0].verified for level in ladder] == [now.date(), now.date()]  # both rungs share the number
    assert round_at(book, now)[0].point.value == "+46 70 174 06 32"
    assert len(round_at(book, now)) == 1
    editing.undo(book, now)
    assert len(round_at(book, now)) == 4


def test_a_number_nobody_has_any_more_stores_nothing(book, people, now):
    mara = people[0]
    results = [Result(mara.id, "+46 70 174 06 31", how="called"), Result(mara.id, "+1 206 555 0100", how="called")]
    with pytest.raises(NotFound, match="has no number"):
        prove(book, results, now)
    assert points(book, mara)[0].verified is None
    with pytest.raises(NotFound, match="no longer in the book"):
        prove(book, [Result("nobody", "1", how="called")], now)


def test_a_result_says_one_thing():
    with pytest.raises(InvalidRecord, match="either works or failed"):
        Result("a", "1", how="called", failed="engaged")
    with pytest.raises(InvalidRecord, match="Say how"):
        Result("a", "1")


def test_importance_read_from_the_book_is_that_of_the_whole_programme(book, people, contact, now):
    mara, jun, _ = people
    editing.apply(book, "Deputy", Edit(mara, replace(mara, deputy=jun.id)), now=now)
    weights = importances_of(book)
    assert weights == importances(programme(book))
    assert weights[jun.id] is Importance.S1


def test_a_round_is_left_and_taken_up_again(book, people, now, memory):
    due = round_at(book, now)
    assert values(due) == ["+46 70 174 06 31", "+46 70 174 06 32", "+44 7700 900 214", "+44 20 7946 0142"]
    begun = Round(memory)
    prove(book, [Result(due[0].holder.id, due[0].point.value, how="called")], now)
    begun.done(due[0])
    begun.skip(due[1])
    memory.close()
    again = Round(Memory(book.path)).progress(round_at(book, now), now.date())
    assert values(again.waiting) == ["+44 7700 900 214", "+44 20 7946 0142"]
    assert values(again.skipped) == ["+46 70 174 06 32"]
    assert (again.done, again.total) == (1, 4)
    editing.undo(book, now)
    back = Round(Memory(book.path)).progress(round_at(book, now), now.date())
    assert (back.done, values(back.waiting)[0]) == (0, "+46 70 174 06 31")


def test_what_was_put_off_is_asked_again_when_one_wants(book, people, now, memory):
    going = Round(memory)
    going.skip(round_at(book, now)[0])
    going.take_up(going.progress(round_at(book, now), now.date()).skipped)
    assert len(going.progress(round_at(book, now), now.date()).waiting) == 4
    going.done(round_at(book, now)[0])
    going.begin()
    assert going.progress(round_at(book, now), now.date()).done == 0


def test_who_was_not_reached_is_asked_again_tomorrow(book, people, now, memory):
    going, (first, *_) = Round(memory), round_at(book, now)
    prove(book, [Result(first.holder.id, first.point.value, failed="no answer")], now)
    going.done(first)
    progress = going.progress(round_at(book, now), now.date())
    assert (values(progress.unreached), progress.done, len(progress.waiting)) == ([first.point.value], 1, 3)
    tomorrow = now + timedelta(days=1)
    assert values(going.progress(round_at(book, tomorrow), tomorrow.date()).waiting)[0] == first.point.value


def test_a_printed_list_is_keyed_in_by_its_numbers_and_agrees_with_the_book_until_then(book, people, now, tmp_path):
    target = tmp_path / "list.pdf"
    save(pdf_of(book, Wish("call-list"), at=now), target)
    assert verify(book, target).is_current
    memory = Memory(book.path)
    keyed = key_in(book, memory, "1 ok\n2. failed no answer\n\n# later\n3 now +44 7700 900 215, ok\n4: Reached\n", now)
    assert (keyed.count, keyed.unread) == (4, ())
    first, second = points(book, people[0])
    assert (first.verified, first.verified_how) == (now.date(), "called")
    assert second.failed_how == "no answer"
    assert points(book, people[1])[0] == replace(
        people[1].points[0], value="+44 7700 900 215", verified=now.date(), verified_how="called",
        verified_by=first.verified_by,
    )  # fmt: skip
    assert values(round_at(book, now)) == ["+46 70 174 06 32"]
    found = verify(book, target)
    assert {(record.key, record.state) for record in found.records} == {
        ("CO-0001", "changed"),
        ("CO-0002", "changed"),
        ("VE-0001", "changed"),
    }
    editing.undo(book, now)
    assert len(round_at(book, now)) == 4


def test_a_line_keeps_its_number_whatever_is_printed_afterwards(book, people, now, memory):
    pdf_of(book, Wish("call-list"), at=now)
    pdf_of(book, Wish("call-list"), at=now)  # looked at again: the same list
    prove(book, [Result(people[0].id, "+46 70 174 06 31", how="called")], now)
    first, lines = numbered(memory, programme(book), 0, now.date())
    assert (first, [number for number, _ in lines]) == (5, [5, 6, 7])
    keyed = key_in(book, memory, "2 ok\n6 failed engaged", now)
    assert keyed.count == 2
    assert points(book, people[0])[1].verified == now.date()
    assert points(book, people[1])[0].failed_how == "engaged"


def test_lines_that_cannot_be_read_are_told_and_the_others_stored(book, people, now, memory):
    pdf_of(book, Wish("call-list"), at=now)
    prove(book, [Result(people[0].id, "+46 70 174 06 32", new_value="+46 70 174 06 52")], now)
    text = "hello\n99 ok\n1 ok\n1 failed\n2 ok\n3 now\n4 perhaps\n"
    keyed = key_in(book, memory, text, now)
    assert keyed.count == 1
    assert [(line, why.split(" ")[0]) for line, why in keyed.unread] == [
        (1, "“hello”"),
        (2, "No"),
        (4, "1"),
        (5, "Mara"),
        (6, "“now”"),
        (7, "“perhaps”"),
    ]


def test_paper_shows_no_private_number_and_no_more_than_one_calls_in_a_day(book, contact, now, memory):
    secret = contact("Noa Levin", points=(mobile("+46 70 174 06 60", privacy=Privacy.PRIVATE),))
    many = [contact(f"Person {number:03}", f"+44 7700 900 {number:03}") for number in range(LONGEST + 5)]
    editing.apply(book, "Add", *(Edit(None, one) for one in (secret, *many)), now=now)
    _, lines = numbered(memory, programme(book), 0, now.date())
    assert len(lines) == LONGEST
    assert secret.id not in {check.holder.id for _, check in lines}


def test_there_is_nothing_to_print_when_all_is_proved(book, now, memory):
    with pytest.raises(NotFound, match="nothing to print"):
        pdf_of(book, Wish("call-list"), at=now)
    with pytest.raises(NotFound, match="not remembered"):
        pdf_of(book, Wish("call-list", first=7), at=now)
    assert noted(memory, []) == 1
    assert isinstance(programme(book), Programme)


def test_where_one_dials_from_is_read_without_leaving_a_file_behind(book, memory):
    from escplaybook.services.verifying import HERE, here_of

    memory.close()
    beside = book.path.with_name(f"{book.path.name}.local")
    for file in beside.parent.glob(f"{beside.name}*"):
        file.unlink()
    assert (here_of(book), here_of(book, "se"), beside.exists()) == ("", "SE", False)
    settings = Memory(book.path)
    settings.remember(HERE, "DE")
    settings.close()
    assert (here_of(book), here_of(book, "SE")) == ("DE", "SE")
