from dataclasses import replace
from datetime import timedelta

import pytest

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.dues import dues
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.services import editing
from escplaybook.services.sample import is_sample, make_sample, remove_sample, sample_ids
from escplaybook.store import checking, history, records
from escplaybook.store.book import Book
from escplaybook.store.kinds import KINDS
from escplaybook.store.knowledge import notes_on
from escplaybook.store.programme import programme


def everything(book):
    return [record for kind in KINDS for record in records.everything(book, kind.type)]


def person(book, name):
    return next(contact for contact in records.everything(book, Contact) if contact.name == name)


def test_a_new_book_takes_the_sample_in_one_stroke(book, path, now):
    made = make_sample(book, now)
    assert len(made) == len(everything(book)) == 278
    assert {line.stroke.reason for line in history.recent(book, 300)} == {"Open the sample programme"}
    assert [entry.key for entry in records.everything(book, Entry)] == [f"KB-{n:04d}" for n in range(1, 41)]
    assert [note.author for note in notes_on(book, records.by_key(book, "KB-0030").id)] == [
        "Ines Okafor",
        "Mara Lindqvist",
    ]
    book.close()
    with Book.open(path) as again:
        assert is_sample(again)
        assert sample_ids(again) == {record.id for record in everything(again)}
        assert not list(checking.trouble(again))


def test_an_empty_book_holds_no_sample(book, now):
    assert not is_sample(book)
    assert sample_ids(book) == frozenset()
    with pytest.raises(NotFound, match="no sample programme in this book"):
        remove_sample(book, now)


def test_the_sample_does_not_mix_with_a_book_in_use(book, contact, now):
    added = editing.add(book, contact(), now)
    with pytest.raises(PlaybookError, match="nothing was changed"):
        make_sample(book, now)
    assert everything(book) == [added]
    assert not is_sample(book)


def test_it_goes_as_it_came_and_leaves_an_empty_book(book, now):
    made = make_sample(book, now)
    removed = remove_sample(book, now)
    assert len(removed) == len(made)
    assert everything(book) == []
    assert not is_sample(book)
    assert not list(checking.trouble(book))


def test_who_takes_turns_in_a_rotation_of_ones_own_stays(book, now):
    make_sample(book, now)
    mara, own = person(book, "Mara Lindqvist"), new_id(now)
    shift = Shift(now, timedelta(days=7), "FREQ=WEEKLY", (mara.id,))
    duty = Contact(own, "My duty", now, now)
    turns = Rotation("r", own, "Mine", now, now, shifts=(shift,))
    editing.apply(book, "Mine", Edit(None, duty), Edit(None, turns), now=now)
    remove_sample(book, now)
    assert person(book, "Mara Lindqvist").retired == now


def test_its_removal_can_be_undone_but_for_the_blockers(book, now):
    make_sample(book, now)
    remove_sample(book, now)
    assert editing.undo(book, now).reason == "Remove the sample programme"
    assert (records.count(book, Contact), records.count(book, Entry)) == (41, 40)  # one of 42 has left
    assert records.everything(book, Blocker) == []
    assert is_sample(book)
    with pytest.raises(NotFound, match="nothing to undo"):
        editing.undo(book, now)
    remove_sample(book, now)
    assert everything(book) == []
    assert not list(checking.trouble(book))


def test_what_somebody_added_stays_and_what_it_names_is_kept_out_of_use(book, contact, now):
    make_sample(book, now)
    petra, deniz = person(book, "Petra Nyström"), person(book, "Deniz Aydin")
    ours = editing.add(book, contact("Dana Hart", deputy=petra.id), now)
    (harbour, _) = records.everything(book, Deployment)
    entry = records.by_key(book, "KB-0029")
    blocker = editing.add(
        book,
        Blocker(new_id(now), "Search hangs", Severity.S1, now, now, now, deployment=harbour.id, entry=entry.id),
        now,
    )
    remove_sample(book, now)

    assert records.get(book, Contact, ours.id) == ours
    assert records.get(book, Blocker, blocker.id) == blocker
    assert records.get(book, Contact, petra.id) == replace(petra, retired=now)
    assert records.get(book, Entry, entry.id) == replace(entry, retired=now)
    assert records.get(book, Deployment, harbour.id).retired == now
    # the deployment names its point of contact, who names a deputy, who names one in turn
    staying = {kept.name for kept in records.everything(book, Contact)}
    assert {"Ana Ferreira", "Jun Park", "Zeynep Kaya"} <= staying
    assert records.find(book, Contact, deniz.id) is None
    assert records.everything(book, Annotation) == []
    assert [kept.key for kept in records.everything(book, Entry)] == ["KB-0029"]
    assert not is_sample(book)
    assert {ours.id, blocker.id}.isdisjoint(sample_ids(book))
    assert not list(checking.trouble(book))


def test_what_somebody_changed_is_retired_not_lost(book, now):
    make_sample(book, now)
    petra = editing.change(book, person(book, "Petra Nyström"), now, notes="prefers mail")
    raised = next(blocker for blocker in records.everything(book, Blocker) if blocker.severity == "S1")
    taken = editing.change(book, raised, now, acknowledged=now, acknowledged_by=raised.owner)
    removed = remove_sample(book, now)

    assert records.get(book, Contact, petra.id) == replace(petra, retired=now)
    assert records.everything(book, Blocker) == [replace(taken, retired=now)]
    assert records.get(book, Contact, raised.owner).retired == now
    assert {edit.after.retired for edit in removed if edit.after is not None} == {now}
    assert not is_sample(book)
    with pytest.raises(NotFound):
        remove_sample(book, now)
    assert not list(checking.trouble(book))


def test_one_who_had_left_before_is_not_retired_again(book, contact, now):
    make_sample(book, now)
    henrik = person(book, "Henrik Voss")
    editing.add(book, contact("Dana Hart", deputy=henrik.id), now)
    remove_sample(book, now)
    assert records.get(book, Contact, henrik.id) == henrik


def test_the_sample_is_not_made_twice_in_one_book(book, now):
    make_sample(book, now)
    with pytest.raises(PlaybookError, match="a book of its own"):
        make_sample(book, now)
    remove_sample(book, now)
    with pytest.raises(PlaybookError, match="a book of its own"):
        make_sample(book, now)  # undoing the removal would bring every key back a second time


def test_a_change_taken_back_leaves_nothing_behind(book, now):
    make_sample(book, now)
    petra = person(book, "Petra Nyström")
    editing.apply(book, "Rename", Edit(petra, replace(petra, name="P. Nyström")), now=now)
    editing.undo(book, now)
    remove_sample(book, now)
    assert everything(book) == []


def test_what_outsiders_ask_and_others_suggest_is_there_with_its_faults(book, now):
    make_sample(book, now)
    due = {item.what: item for item in dues(programme(book), now)}
    assert due["Lantern Analytics: the number LA-3320 runs out"].due.date() == (now + timedelta(days=12)).date()  # F23
    assert due["Castellan Storefront, Works council: nobody talks to them"].is_overdue(now)  # F24
    late = due["محمد الحداد asks: “Which numbers do we put on the goods that arrive today?”"]
    assert (late.is_overdue(now), late.risk) == (True, 1)  # F25
    (settle,) = (item for what, item in due.items() if "suggests for VE-0006 “Lantern Analytics”" in what)
    assert settle.what.endswith("Hanna Brandt is to settle it")
    assert settle.is_overdue(now)  # F26
    (stands,) = (what for what in due if "Purchase orders stop" in what and "is not acknowledged" in what)
    assert stands.endswith("(40,000 EUR a day, 944 EUR so far)")
