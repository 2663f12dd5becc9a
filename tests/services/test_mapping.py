"""What a heading is, a person says once; a trial shows it, and it holds for the next pages of that kind."""

from pathlib import Path
from shutil import copy

import pytest

from escplaybook.domain.errors import Unreadable
from escplaybook.domain.knowledge import Entry
from escplaybook.exchange.markdown import write
from escplaybook.services.importing_files import import_files
from escplaybook.services.mapping import answers, to_map
from escplaybook.store import records

PAGES = Path(__file__).parents[1] / "exchange" / "pages"


@pytest.fixture
def runbooks(folder):
    for path in PAGES.glob("runbook*.md"):
        copy(path, folder)
    return folder


def test_headings_and_keys_are_shown_with_what_they_would_be_and_their_first_texts(book, runbooks):
    ((table, fields),) = to_map(book, [runbooks])
    found = dict(zip(table.headings, fields, strict=True))
    assert found == {
        "Meaning": "summary",
        "Impact": "impact",
        "Mitigation": "remedy",
        "What to tell people": "",
        "Diagnosis": "diagnosis",
        "Escalation": "",
        "owner_team:": "",
    }
    assert (table.source, table.kind, table.is_doubtful, len(table.rows)) == ("runbooks", "pages", True, 2)
    assert table.rows[0][1][0].startswith("The certificate of the partner")


def test_what_was_said_is_taken_and_remembered_for_pages_of_the_same_profile(book, runbooks, now):
    said = {"What to tell people": "prevention", "Escalation": "", "owner_team:": "system"}
    assert import_files(book, [runbooks], now=now, fields=said, dry_run=True).added == 2
    assert to_map(book, [runbooks])[0][0].is_doubtful  # a trial is not remembered
    assert import_files(book, [runbooks], now=now, fields=said).warnings == ()
    known = {entry.title: entry for entry in records.everything(book, Entry)}
    assert known["GatewayCertificateExpiring"].prevention == "Nothing before the day is set."
    assert known["DataSyncLagging"].system == "integration"
    assert not to_map(book, [runbooks])[0][0].is_doubtful
    assert import_files(book, [runbooks], now=now).same == 2

    copy(PAGES / "post-mortem-freeze.md", runbooks)
    (runbooks / "third.md").write_text("## Meaning\n\nx\n\n## Mitigation\n\ny\n\n## What to tell people\n\nz\n")
    import_files(book, [runbooks], now=now)
    assert {entry.prevention for entry in records.everything(book, Entry) if entry.title == "Third"} == {"z"}


def test_a_heading_may_be_a_short_field_and_a_key_a_text(book, folder, now):
    text = "---\nname: Login loops\nnotes_internal: A clock.\n---\n\n## Area\n\nIdentity\n\n## Grade\n\nworst\n"
    (folder / "a.md").write_text(text)
    said = {"name": "title", "notes internal": "cause", "Area": "system", "Grade": "severity"}
    report = import_files(book, [folder], now=now, fields=said)
    (entry,) = records.everything(book, Entry)
    assert (entry.title, entry.cause, entry.system, entry.rest) == ("Login loops", "A clock.", "Identity", ())
    assert [warning.reason for warning in report.warnings] == [
        "“severity: worst” was not understood; it is kept as it stands."
    ]
    assert entry.origin.extra == (("severity", "worst"),)


def test_a_file_of_ours_needs_no_mapping_and_takes_none(book, folder, now):
    made = Entry("e", "Login loops", now, now, remedy="Step it.")
    (folder / "a.md").write_text(write(made))
    assert to_map(book, [folder]) == []
    import_files(book, [folder], now=now, fields={"Remedy": "cause"})
    assert records.get(book, Entry, "e").remedy == "Step it."


def test_what_is_said_wrongly_is_told_in_a_sentence(book, runbooks, now):
    with pytest.raises(Unreadable, match="“cure” is no field that “Mitigation” can be; take one of summary"):
        import_files(book, [runbooks], now=now, fields={"Mitigation": "cure"})
    with pytest.raises(Unreadable, match="There is no profile “poem”"):
        import_files(book, [runbooks], now=now, profile="poem")
    (warning,) = import_files(book, [runbooks], now=now, fields={"Mitigaton": "remedy"}, dry_run=True).warnings
    assert warning.reason == "No page has a heading or key “mitigaton”; look how it is spelt."


def test_answers_about_people_and_known_blockers_are_told_apart(book, runbooks):
    said = {"Wer": "name", "Rede": "summary", "Sonst": ""}
    assert answers(said, [runbooks]) == {"columns": {}, "fields": said}
    (runbooks / "people.csv").write_text("Wer,Ruf\nMara,1\n")
    assert answers(said, [runbooks]) == {"columns": {"Wer": "name"}, "fields": {"Rede": "summary", "Sonst": ""}}
    assert answers(said, [runbooks / "people.csv"]) == {"columns": said, "fields": {}}


def test_a_table_tells_what_it_is_about_and_its_columns_are_remembered(book, folder, now):
    (folder / "people.csv").write_text("name,title,phone\nMara Lindqvist,Lead,+46 70 174 06 31\n")
    (folder / "away.csv").write_text("who,from,to\nMara Lindqvist,2026-12-01,2026-12-02\n")
    (folder / "known.csv").write_text("Subject,Cause,Ausweg\nLogin loops,A clock.,Raise the skew.\n")
    report = import_files(book, [folder], now=now, fields={"Ausweg": "workaround"})
    assert {item.kind for item in report.items} == {"contact", "absence", "entry"}
    assert (report.added, report.refused) == (3, ())
    (entry,) = records.everything(book, Entry)
    assert (entry.cause, entry.workaround) == ("A clock.", "Raise the skew.")
    assert import_files(book, [folder], now=now).same == 3
    assert import_files(book, [folder / "known.csv"], now=now, kind="contacts").refused


def test_what_is_said_of_one_profile_holds_for_no_other(book, runbooks, now):
    copy(PAGES / "post-mortem-freeze.md", runbooks)
    said = {"runbooks/Mitigation": "prevention", "post-mortems/Timeline": "diagnosis"}
    assert import_files(book, [runbooks], now=now, fields=said).warnings == ()
    known = {entry.title: entry for entry in records.everything(book, Entry)}
    assert known["GatewayCertificateExpiring"].prevention.startswith("Ask the partner desk")
    freeze = known["Order entry stood still on the first Monday"]
    assert freeze.workaround == "Price rules were switched to the nightly copy."
    assert freeze.diagnosis.startswith("| when | what |")
    assert import_files(book, [runbooks], now=now).same == 3
