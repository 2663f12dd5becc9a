"""Other people's Markdown files, as they are found, become known blockers without losing a word."""

import os
from datetime import UTC, datetime

import pytest

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.errors import Unreadable
from escplaybook.domain.knowledge import Link, Section, Step
from escplaybook.exchange.markdown import count, read

TRACKER = """---
title: 'The agent''s "Back" button does nothing'
id: 7bf2mMbpcx
status: PUBLISHED
createdAt: 2023-12-05T18:07:50.089Z
updatedAt: 2024-01-26T17:52:03.169Z
contentType: knownIssue
productTeam: Checkout
tag: Catalog,Portal (CMS)
locale: en
kiStatus: Backlog
internalReference: 948071
reviewer: null
---

## Summary


People press it and stay.


##

## Simulation



- Open the cart


##

## Workaround


N/A
"""


def test_a_trackers_page_becomes_an_entry(read_one):
    entry = read_one(TRACKER).entry
    assert entry.title == 'The agent\'s "Back" button does nothing'
    assert entry.summary == "People press it and stay."
    assert entry.reproduction == "- Open the cart"
    assert entry.workaround == ""
    assert entry.rest == ()
    assert entry.created == datetime(2023, 12, 5, 18, 7, 50, 89000, UTC)
    assert entry.updated == datetime(2024, 1, 26, 17, 52, 3, 169000, UTC)
    assert (entry.system, entry.tags, entry.language) == ("Checkout", ("Catalog", "Portal (CMS)"), "en")
    assert (entry.origin.uid, entry.origin.state, entry.origin.source) == ("7bf2mMbpcx", "Backlog", "login-loops.md")
    assert entry.origin.extra == (
        ("status", "PUBLISHED"),
        ("contentType", "knownIssue"),
        ("internalReference", "948071"),
    )


OURS = """---
key: KB-0001
title: "Login loops after SAML cut-over: assertion not yet valid"
system: identity
data_domain: access
stage: go-live
severity: S1
cause_class: external
vendor: Keystone Identity
tags: [saml, clock]
error_codes: [NotBefore]
links:
  - label: RFC 5905
    target: https://ntp.example/rfc5905
created: 2025-03-18T07:40:00Z
updated: 2026-09-14
---

## What people see

“I am back at the sign-in page.”

## Remedy

1. Take the drifting node out,
   and tell the `desk`.
   - Needs: the other node carries the peak
   - Expect: sign-ins succeed
     at the first try
   - Roll back: put it back

2. Step the clock: `chronyc makestep`.

## Proof that it is gone

Nothing for 24 hours.
"""


def test_our_own_form_gives_steps_and_every_short_field(read_one):
    item = read_one(OURS)
    entry = item.entry
    assert item.warnings == ()
    assert entry.steps == (
        Step(
            "Take the drifting node out, and tell the `desk`.",
            "the other node carries the peak",
            "sign-ins succeed at the first try",
            "put it back",
        ),
        Step("Step the clock: `chronyc makestep`."),
    )
    assert entry.remedy == ""
    assert (entry.key, entry.stage, entry.data_domain) == ("KB-0001", "go-live", "access")
    assert (entry.severity, entry.cause_class) == (Severity.S1, CauseClass.EXTERNAL)
    assert (entry.vendor, entry.tags, entry.error_codes) == ("Keystone Identity", ("saml", "clock"), ("NotBefore",))
    assert entry.links == (Link("RFC 5905", "https://ntp.example/rfc5905"),)
    assert entry.updated == datetime(2026, 9, 14, tzinfo=UTC)
    assert entry.symptoms == "“I am back at the sign-in page.”"
    assert entry.verification == "Nothing for 24 hours."


@pytest.mark.parametrize(
    "remedy",
    [
        "1. Refresh\n2. Try again",  # a plain list is as its author wrote it
        "1. Run this:\n\n   ```\n   dig +short\n   ```\n   - Expect: an address",
        "First:\n\n1. Refresh\n   - Expect: it loads",
        "1. Refresh\n   - Expect: it loads\n   - Expect: and stays",
    ],
)
def test_a_remedy_that_is_no_list_of_steps_stays_prose(read_one, remedy):
    entry = read_one(f"# T\n\n## Resolution\n\n{remedy}\n").entry
    assert (entry.remedy, entry.steps) == (remedy, ())


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("## Summary", "summary"),
        ("## Overview:", "summary"),
        ("### SYMPTOMS", "symptoms"),
        ("## What people see", "symptoms"),
        ("## **Simulation**", "reproduction"),
        ("## Steps to Reproduce", "reproduction"),
        ("## 3. Impact", "impact"),
        ("## Applies to", "environment"),
        ("## How to confirm", "diagnosis"),
        ("#### **Root Cause:**", "cause"),
        ("## Mitigation ##", "remedy"),
        ("Solution\n--------", "remedy"),
        ("#### Workaround", "workaround"),
        ("## Proof that it is gone", "verification"),
        ("## Prevention", "prevention"),
    ],
)
def test_headings_become_fields(read_one, heading, field):
    entry = read_one(f"---\ntitle: T\n---\n\n{heading}\n\nIts text.\n").entry
    assert getattr(entry, field) == "Its text."
    assert entry.rest == ()


@pytest.mark.parametrize(
    "said",
    ["N/A", "n/a", "NA", "None", "-", "TBD", "*None.*", "**N/A**\n\n##", "No workaround.", "There is no workaround.",
     "There is no workaround available.", "There is no known workaround.", "No known workaround is available."],
)  # fmt: skip
def test_saying_that_there_is_no_workaround_is_none(read_one, said):
    assert read_one(f"# T\n\n## Workaround\n\n{said}\n").entry.workaround == ""


@pytest.mark.parametrize(
    "said",
    [
        "There is no workaround for stores with two currencies.",
        "N/A. Ask support to reindex.",
        "No. Use the old page.",
        "- Restart",
        "There is no workaround.\n\nSupport can reindex on request.",
    ],
)
def test_a_workaround_that_says_more_is_kept_to_the_letter(read_one, said):
    assert read_one(f"# T\n\n## Workaround\n\n{said}\n").entry.workaround == said


def test_what_fits_nowhere_is_kept_in_order(read_one):
    entry = read_one(
        "---\ntitle: T\n---\nBefore anything.\n\n## Summary\n\nS\n\n#### FAQ\n\nQ\n\n"
        "## Timeline\n\n09:00\n\n### Later\n\n10:00\n\n## Summary\n\nAgain.\n\n## Credits\n"
    ).entry
    assert entry.summary == "S\n\n#### FAQ\n\nQ"
    assert entry.rest == (
        Section("", "Before anything."),
        Section("Timeline", "09:00\n\n### Later\n\n10:00"),
        Section("Summary", "Again."),
        Section("Credits", ""),
    )


def test_an_empty_heading_goes_but_not_the_text_below_it(read_one):
    entry = read_one("# T\n\n##\n\n## Summary\n\nOne.\n\n##\n\nTwo.\n\n##\n\n## Cause\n\nC\n\n##\n").entry
    assert entry.summary == "One.\n\n##\n\nTwo."
    assert entry.cause == "C"
    assert entry.rest == ()


def test_only_real_headings_part_a_page(read_one):
    text = (
        "~~~\n## Cause\n~~~\n\n> ## Cause\n\n- ## Cause\n\n<!--\n## Cause\n-->\n\n    ## Cause\n\n\\## Cause\n\n"
        "A paragraph of\ntwo lines that a rule follows\n---\n\n#hashtag"
    )
    entry = read_one(f"---\ntitle: T\n---\n## Summary\n\n{text}\n").entry
    assert entry.summary == text
    assert (entry.cause, entry.rest) == ("", ())


def test_a_text_is_kept_letter_by_letter(read_one):
    text = (
        "    indented code  \n\n* a\n\t* b  \n\n\n| a | b |\n|---|---|\n[x](../../etc/passwd) <b>&amp;</b> \\* \u00a0"
    )
    assert read_one(f"# T\r\n\r\n## Cause\r\n\r\n \t\r\n{text}\r\n\r\n").entry.cause == text


def test_text_before_any_heading_is_the_summary(read_one):
    assert read_one("---\ntitle: T\n---\nJust words.\n\n## Cause\n\nC\n").entry.summary == "Just words."
    assert read_one("Just words.\n").entry.summary == "Just words."


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("# The `login` *loops*\n\nText.\n", "The login loops"),
        ("Intro.\n\n## Timeouts\n\nText.\n", "Timeouts"),
        ("## Summary\n\nText.\n\n## Timeouts\n\nx\n", "Sign in loops SAML"),
        ("Text.\n", "Sign in loops SAML"),
        ("---\ntitle: ''\n---\n\nText.\n", "Sign in loops SAML"),
        ("---\ntitle: >\n  Two\n  lines\n---\n\n# two lines\n\nText.\n", "Two lines"),
    ],
)
def test_a_title_is_found_where_there_is_one(read_one, page, title):
    entry = read_one(page, "sign-in_loops-SAML.md").entry
    assert entry.title == title
    assert not any(section.heading.casefold() == title.casefold() for section in entry.rest)


def test_the_path_stands_in_for_an_id_and_now_for_a_date(read_one, now):
    entry = read_one("Text.\n").entry
    assert (entry.origin.uid, entry.origin.source) == ("login-loops.md", "login-loops.md")
    assert entry.created == entry.updated == now


def test_one_date_stands_for_both(read_one):
    entry = read_one("---\ndate: 2024-05-01\n---\nText.\n").entry
    assert entry.created == entry.updated == datetime(2024, 5, 1, tzinfo=UTC)


def test_what_is_not_understood_is_kept_and_told(read_one):
    item = read_one(
        "---\ntitle: T\nseverity: High\ncreated: last spring\ncreatedAt: 2024-02-30\nkey: PROJ-7\nstatus: open\n"
        "kiStatus: Fixed\nseverity_reason: {loss: [1, 2]}\nupdated: 0001-01-01T00:00:00+14:00\n---\n"
    )
    assert len(item.warnings) == 5
    assert "“severity: High” was not understood; it is kept as it stands." in item.warnings
    assert dict(item.entry.origin.extra) == {
        "severity": "High",
        "created": "last spring",
        "createdAt": "2024-02-30",
        "key": "PROJ-7",
        "status": "open",
        "severity_reason": "loss: 1, 2",
        "updated": "0001-01-01T00:00:00+14:00",
    }
    assert item.entry.origin.state == "Fixed"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        (" \r\n\t\n", "empty"),
        (b"a\0b", "not text"),
        ("---\ntitle: [a\n---\n", "line 3"),
        ("---\n- a\n---\n", "key: value"),
        (f"---\ntitle: {'x' * 1001}\n---\n", "under 1,000 characters"),
        ("# a\n" * 50_001, "more than 50,000 lines"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(read_one, content, reason):
    item = read_one(content)
    assert item.entry is None
    assert reason in item.reason
    assert item.source == "login-loops.md"


def test_old_encodings_come_in_with_a_warning(read_one):
    item = read_one("# Zoë\n\nMüller\n".encode("cp1252"))
    assert (item.entry.title, item.entry.summary) == ("Zoë", "Müller")
    assert "Windows-1252" in item.warnings[0]
    assert read_one("---\ntitle: Zoë\n---\n".encode("utf-16")).entry.title == "Zoë"


def test_a_folder_is_walked_in_order_and_only_its_known_blockers_are_read(folder, tmp_path, now):
    files = {
        "b/2.md": "two", "b/1.MD": "one", "a.markdown": "a", "c.md": "",
        "README.md": "About.", "b/LICENSE.md": "MIT", "b/readme.md": "---\ntitle: The printer’s README is wrong\n---\n",
        ".git/x.md": "x", ".hidden.md": "x", "notes.txt": "x", "LICENSE": "x",
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    (tmp_path / "outside.md").write_text("secret")
    (folder / "link.md").symlink_to(tmp_path / "outside.md")
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.md").symlink_to(folder / "gone.md")
    os.mkfifo(folder / "pipe.md")
    (folder / "folder.md").mkdir()

    items = list(read([folder], now))

    assert [item.source for item in items] == ["a.markdown", "c.md", "b/1.MD", "b/2.md", "b/readme.md"]
    assert [item.entry is None for item in items] == [False, True, False, False, False]
    assert count([folder]) == 5


def test_a_file_named_outright_is_read_whatever_it_is_called(folder, now):
    (folder / "README.md").write_text("Text.")
    (folder / "page.pdf").write_text("%PDF")
    items = list(read([folder / "README.md", folder / "page.pdf"], now))
    assert items[0].entry.title == "README"
    assert "not Markdown" in items[1].reason


def test_a_folder_without_readable_files_gives_nothing(folder, now):
    assert list(read([folder], now)) == []


def test_a_path_that_is_not_there_is_told_in_a_sentence(folder, now):
    with pytest.raises(Unreadable, match="There is no file or folder"):
        list(read([folder / "gone"], now))


def test_files_are_read_one_at_a_time(folder, now):
    (folder / "1.md").write_text("one")
    (folder / "2.md").write_text("two")
    items = read([folder], now)
    assert next(items).entry.summary == "one"
    (folder / "2.md").write_text("changed meanwhile")
    assert next(items).entry.summary == "changed meanwhile"
