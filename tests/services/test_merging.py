"""Two contacts turn out to be one person: one stays with all that was known, and nothing names the other any more."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from escplaybook.domain.absences import Absence
from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.liaison import PointOfContact
from escplaybook.domain.matrix import Cell, DecisionRight
from escplaybook.domain.merging import Choice, choices
from escplaybook.domain.origins import merged_into
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.domain.suggestions import Suggestion
from escplaybook.domain.uses import Outcome, Use
from escplaybook.search.find import find
from escplaybook.services import editing
from escplaybook.services.importing import import_markdown
from escplaybook.services.importing_contacts import import_vcards
from escplaybook.services.merging import merge, probable_doubles, set_apart
from escplaybook.store import checking, records
from escplaybook.store.memory import Memory
from escplaybook.store.references import users_of


@pytest.fixture
def pair(book, contact, now) -> tuple[Contact, Contact]:
    """Mara twice: once from the phone book, once from a colleague's table."""
    called = ContactPoint(PointKind.MOBILE, "+46 70 174 06 31", verified=date(2026, 1, 1), verified_how="called")
    mara = contact(organisation="Nordvik", role="Lead", notes="Ask her first.", points=(called,))
    newer = replace(called, value="+46701740631", verified=date(2026, 11, 1), label="nights")
    mail = ContactPoint(PointKind.EMAIL, "mara@nordvik.example")
    double = contact(
        "Lindqvist, Mara", organisation="Nordvik", role="Head of integration", team="Integration",
        points=(newer, mail), notes="Speaks Hindi.", zone="UTC", tags=("go-live",),
    )  # fmt: skip
    return editing.add(book, mara, now), editing.add(book, double, now)


def test_what_only_one_says_is_taken_lists_and_notes_are_kept_and_ours_stays(book, pair, now):
    ours, theirs = pair
    assert choices(ours, theirs) == {
        "name": Choice.OURS, "role": Choice.OURS, "team": Choice.THEIRS, "points": Choice.BOTH, "zone": Choice.OURS,
        "notes": Choice.BOTH, "tags": Choice.THEIRS,
    }  # fmt: skip
    person = merge(book, ours, theirs, now)
    assert (person.name, person.role, person.team) == ("Mara Lindqvist", "Lead", "Integration")
    assert (person.notes, person.tags) == ("Ask her first.\n\nSpeaks Hindi.", ("go-live",))
    assert [(point.value, point.label, point.verified) for point in person.points] == [
        ("+46 70 174 06 31", "nights", date(2026, 11, 1)),
        ("mara@nordvik.example", "", None),
    ]
    other = records.get(book, Contact, theirs.id)
    assert (other.retired, merged_into(other.origin)) == (now, ours.id)
    assert other.notes.startswith("Merged into CO-0001 “Mara Lindqvist” on 2026-11-24.")


def test_a_choice_per_field_holds(book, pair, now):
    chosen = {"role": Choice.THEIRS, "notes": Choice.OURS, "points": Choice.THEIRS}
    person = merge(book, *pair, now, chosen=chosen)
    assert (person.role, person.notes) == ("Head of integration", "Ask her first.")
    assert person.points == pair[1].points


def test_nothing_names_the_other_one_any_more_and_one_undo_brings_all_back(book, pair, contact, now):
    ours, theirs = pair
    tom = editing.add(book, contact("Tom Herrera", deputy=theirs.id), now)
    later = now + timedelta(days=1)
    born = {"created": now, "updated": now}
    duty = editing.add(book, contact("Integration on call"), now)
    made = Deployment(new_id(now), "Fjord", **born, point_of_contact=theirs.id, deputy=tom.id)
    naming = [
        made,
        Cell(new_id(now), Severity.S1, 1, **born, owner=theirs.id, backup=tom.id),
        Cell(new_id(now), Severity.S2, 1, **born, owner=ours.id, backup=theirs.id),
        DecisionRight(new_id(now), "Roll back", **born, decider=theirs.id),
        Absence(new_id(now), theirs.id, now, later, **born),
        Absence(new_id(now), tom.id, now, later, **born, deputy=theirs.id),
        PointOfContact(new_id(now), made.id, "Board", **born, person=theirs.id, retired=now),
        Rotation(
            new_id(now), duty.id, "On call", **born,
            shifts=(Shift(now, timedelta(days=7), "FREQ=WEEKLY", (tom.id, theirs.id)),),
        ),
        Suggestion(new_id(now), theirs.id, "contact", "Her number changed.", "Kim", **born),
    ]  # fmt: skip
    editing.apply(book, "Put in", *(Edit(None, one) for one in naming), now=now)
    kinds = (Contact, Deployment, Cell, DecisionRight, Absence, PointOfContact, Rotation, Suggestion)
    before = [records.everything(book, kind) for kind in kinds]

    merge(book, ours, theirs, now)
    assert users_of(book, theirs, retired=True) == []
    assert len(users_of(book, ours, retired=True)) == 9
    assert records.everything(book, Suggestion)[0].about == ours.id
    assert [(cell.owner, cell.backup) for cell in records.everything(book, Cell)] == [
        (ours.id, tom.id),
        (ours.id, None),
    ]
    assert not list(checking.trouble(book))

    assert editing.undo(book, now).reason == "Merge CO-0002 “Lindqvist, Mara” into CO-0001 “Mara Lindqvist”"
    assert [records.everything(book, kind) for kind in kinds] == before


def test_blockers_follow_though_their_log_is_never_taken_back(book, pair, now):
    ours, theirs = pair
    taken = {"owner": theirs.id, "acknowledged_by": theirs.id}
    editing.add(book, Blocker(new_id(now), "Orders stop", Severity.S1, now, now, now, **taken), now)
    merge(book, ours, theirs, now)
    (blocker,) = records.everything(book, Blocker)
    assert (blocker.owner, blocker.acknowledged_by) == (ours.id, ours.id)
    editing.undo(book, now)
    assert records.get(book, Contact, theirs.id).retired is None


def test_who_stood_in_for_the_other_stands_in_for_nobody_of_their_own_name(book, pair, now):
    ours, theirs = pair
    ours = editing.change(book, ours, now, deputy=theirs.id)
    assert "deputy" not in choices(ours, theirs)
    assert merge(book, ours, theirs, now).deputy is None


def test_a_duty_that_would_take_turns_with_itself_is_told(book, pair, now):
    ours, theirs = pair
    shift = Shift(now, timedelta(days=7), "FREQ=WEEKLY", (theirs.id,))
    editing.add(book, Rotation(new_id(now), ours.id, "On call", now, now, shifts=(shift,)), now)
    with pytest.raises(InvalidRecord, match="RO-0001 “On call” names both"):
        merge(book, ours, theirs, now)
    assert records.get(book, Contact, theirs.id) == theirs


@pytest.mark.parametrize(("which", "told"), [("itself", "give two contacts"), ("retired", "out of use")])
def test_what_cannot_be_merged_is_told(book, pair, now, which, told):
    ours, theirs = pair
    theirs = ours if which == "itself" else editing.retire(book, theirs, now)
    with pytest.raises(InvalidRecord, match=told):
        merge(book, ours, theirs, now)


def test_the_next_import_of_the_other_ones_card_changes_nothing_and_tells_what_changed_there(book, tmp_path, now):
    path = tmp_path / "team.vcf"

    def bring(*titles: str, **options):
        names = ("Mara Lindqvist", "Lindqvist\\, Mara")
        cards = (
            f"BEGIN:VCARD\nVERSION:3.0\nUID:u{n}\nFN:{name}\nORG:Nordvik\nTITLE:{title}\nEND:VCARD\n"
            for n, (name, title) in enumerate(zip(names, titles, strict=True), 1)
        )
        path.write_text("".join(cards))
        return import_vcards(book, [path], now=now, **options)

    bring("Lead", "Head")
    merge(book, *records.everything(book, Contact), now)
    report = bring("Lead", "Head")
    assert (report.added, report.changed, report.same, report.conflicts) == (0, 0, 2, ())
    report = bring("Lead", "Director")
    assert [(one.key, one.field, one.theirs) for one in report.conflicts] == [("CO-0001", "role", "Director")]
    assert (report.added, report.changed) == (0, 0)
    assert bring("Lead", "Director", take="theirs").changed == 1
    ours, theirs = records.everything(book, Contact)
    assert (ours.role, theirs.retired) == ("Director", now)


def test_one_written_by_hand_follows_the_source_of_the_one_it_took_in(book, contact, tmp_path, now):
    hand = editing.add(book, contact(organisation="Nordvik", points=(), zone="UTC"), now)
    path = tmp_path / "team.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nUID:u1\nFN:Mara Lindqvist\nORG:Nordvik\nTITLE:Lead\nEND:VCARD\n")
    report = import_vcards(book, [path], now=now)
    assert report.doubles[0].like == "CO-0001"
    merge(book, hand, records.by_key(book, "CO-0002"), now)
    path.write_text(path.read_text().replace("Lead", "Director"))
    report = import_vcards(book, [path], now=now)
    assert (report.added, report.changed, report.conflicts) == (0, 1, ())
    assert records.by_key(book, "CO-0001").role == "Director"


def test_two_of_whom_somebody_said_that_they_are_two_are_proposed_no_more(book, path, pair):
    memory = Memory(path)
    assert len(probable_doubles(book, memory)) == 1
    set_apart(memory, pair[1].id, pair[0].id)
    assert probable_doubles(book, memory) == []
    set_apart(memory, *(person.id for person in pair), apart=False)
    assert len(probable_doubles(book, memory)) == 1
    memory.close()


def test_the_command_line_lists_doubles_and_merges_them(book, pair, run):
    code, told, _ = run("duplicates", "--json")
    assert (code, json.loads(told)) == (
        0,
        [
            {
                "kind": "contact",
                "first": {"key": "CO-0001", "name": "Mara Lindqvist"},
                "second": {"key": "CO-0002", "name": "Lindqvist, Mara"},
                "reasons": ["same name and organisation", "same number +46 70 174 06 31"],
            }
        ],
    )
    assert "CO-0001  CO-0002" in run("duplicates")[1]
    code, told, _ = run("merge", "CO-0001", "CO-0002", "--take", "role=theirs", "--json")
    assert (code, json.loads(told)["role"]) == (0, "Head of integration")
    assert run("duplicates", "--json")[1].strip() == "[]"
    assert run("merge", "CO-0001", "CO-0002")[0] == 1
    assert run("merge", "CO-0001", "CO-0002", "--take", "role")[0] == 2
    run("undo")
    assert "no field “rolle”" in run("merge", "CO-0001", "CO-0002", "--take", "rolle=ours")[2]
    assert run("duplicates", "--apart", "CO-0001", "CO-0002")[1] == ""


# ---- known blockers --------------------------------------------------------------------------------------------------


def test_two_entries_about_the_same_become_one_with_the_notes_of_both(book, entry, run, now):
    first = editing.add(book, entry("Login loops after SAML cut-over", symptoms="Users bounce.", tags=("sso",)), now)
    second = entry("After SAML cut-over: login loops", symptoms="Users bounce.", cause="The clock.", tags=("saml",))
    second = editing.add(book, second, now)
    editing.add(book, entry("SCIM deprovisioning leaves sessions alive"), now)
    note = {"kind": AnnotationKind.CAUTION, "text": "Not on Friday.", "author": "Kim", "created": now, "updated": now}
    editing.add(book, Annotation(new_id(now), second.id, "cause", "clock", **note), now)
    (pair,) = json.loads(run("duplicates", "--json")[1])
    assert (pair["kind"], pair["first"]["key"], pair["second"]["key"]) == ("entry", "KB-0001", "KB-0002")
    assert pair["reasons"] == ["titles alike", "symptoms alike"]
    assert run("merge", "KB-0001", "KB-0002")[0] == 0
    kept = records.by_key(book, "KB-0001")
    assert (kept.title, kept.cause, kept.tags) == (first.title, "The clock.", ("sso", "saml"))
    assert records.everything(book, Annotation)[0].entry == first.id
    other = records.by_key(book, "KB-0002")
    assert other.retired
    assert other.summary.startswith("Merged into KB-0001")
    assert run("duplicates", "--json")[1].strip() == "[]"
    assert run("merge", "KB-0001", "KB-0003", "--take", "severity=both")[0] == 1


def test_uses_notes_and_blockers_go_over_to_the_entry_that_stays_and_one_undo_brings_them_back(book, entry, now):
    first, second = (editing.add(book, entry("Login loops after SAML cut-over"), now) for _ in range(2))
    stalled = editing.add(book, Blocker(new_id(now), "Stalled", Severity.S2, now, now, now, entry=second.id), now)
    failed = Use(new_id(now), second.id, Outcome.FAILED, "Kim", now, now, now, blocker=stalled.id)
    editing.add(book, failed, now)
    kept = merge(book, first, second, now, chosen={})
    (use,) = records.everything(book, Use)
    assert use.entry == kept.id
    assert find(book, "queue:failed key:KB-0001").total == 1
    assert records.get(book, Blocker, stalled.id).entry == kept.id
    assert not list(checking.trouble(book))
    editing.undo(book, now)
    assert records.everything(book, Use)[0].entry == second.id
    assert records.get(book, Entry, second.id).retired is None
    assert not list(checking.trouble(book))


def test_a_choice_per_field_of_an_entry_holds(book, entry, run, now):
    ours = editing.add(book, entry("Login loops", symptoms="Users bounce.", cause="The clock.", severity=None), now)
    theirs = entry("Login loops again", symptoms="A loop.", cause="The proxy.", severity=Severity.S1, system="idp")
    theirs = editing.add(book, theirs, now)
    taken = ("--take", "title=theirs", "--take", "cause=both", "--take", "symptoms=ours")
    code, told, _ = run("merge", ours.key, theirs.key, *taken, "--json")
    kept = json.loads(told)
    assert (code, kept["title"], kept["symptoms"]) == (0, "Login loops again", "Users bounce.")
    assert (kept["cause"], kept["severity"], kept["system"]) == ("The clock.\n\nThe proxy.", "S1", "idp")
    assert run("merge", ours.key, theirs.key)[0] == 1  # it is out of use


def test_the_next_import_of_a_merged_entry_leaves_the_one_that_stays_as_it_is(book, tmp_path, now):
    def bring(**texts: str):
        for name, text in texts.items():
            (tmp_path / f"{name}.md").write_text(text)
        return import_markdown(book, [tmp_path], now=now)

    bring(one="# Login loops after SAML cut-over\n\nIt loops.\n", two="# SAML cut-over: login loops\n\nUsers bounce.\n")
    ours, theirs = records.everything(book, Entry)
    merge(book, ours, theirs, now)
    report = bring()
    assert (report.added, report.changed, report.same) == (0, 0, 2)
    report = bring(two="# SAML cut-over: login loops\n\nUsers bounce twice.\n")
    assert (report.added, report.changed) == (0, 0)
    assert {one.key for one in report.conflicts} == {ours.key}
    assert records.get(book, Entry, theirs.id).retired == now


def test_an_import_reports_what_is_probably_here_already(book, entry, tmp_path, run, now):
    known = entry("Login loops after SAML cut-over", symptoms="Users bounce between both pages.", error_codes=("E1",))
    known = editing.add(book, known, now)
    editing.add(book, entry("SCIM deprovisioning leaves sessions alive"), now)
    editing.add(book, entry("After SAML cut-over login loops", retired=now), now)
    (tmp_path / "a.md").write_text("# After the SAML cut-over: login loops\n\n## Symptoms\n\nUsers bounce.\n")
    (tmp_path / "b.md").write_text("# Nightly export misses a day\n\nNothing.\n")
    dry = import_markdown(book, [tmp_path], now=now, dry_run=True)
    assert [(one.source, one.like, one.key) for one in dry.doubles] == [("a.md", known.key, "")]
    code, told, _ = run("import", str(tmp_path), "--json")
    (double,) = json.loads(told)["doubles"]
    assert (code, double["like"], double["reason"]) == (0, known.key, "titles alike")
    assert import_markdown(book, [tmp_path], now=now).doubles == ()  # they are here now, and known again
