"""In the middle of a blocker somebody reads what an agreement covers, and must not be misled."""

from datetime import date, timedelta

import pytest

from escplaybook.domain.agreement_reminders import acted
from escplaybook.domain.agreements import Act, Agreement, AgreementKind, HoldHarmlessForm, Renewal
from escplaybook.domain.coverage_words import coverage
from tests.conftest import NOW

TODAY = date(2026, 11, 24)
BROAD, INTERMEDIATE, LIMITED = HoldHarmlessForm.BROAD, HoldHarmlessForm.INTERMEDIATE, HoldHarmlessForm.LIMITED


def agreement(**fields) -> Agreement:
    usual = {"kind": AgreementKind.HOLD_HARMLESS, "signed": date(2024, 1, 15), "end": date(2028, 6, 30)}
    return Agreement(id="1", vendor="2", created=NOW, updated=NOW, **(usual | fields))


def said(today: date = TODAY, vendor: str = "Blue Gate", **fields) -> list[str]:
    return [one.text for one in coverage(agreement(**fields), vendor, today)]


def warned(**fields) -> list[str]:
    return [one.text for one in coverage(agreement(**fields), "Blue Gate", TODAY) if one.warns]


def test_a_whole_agreement_reads_like_a_colleague_telling_it():
    assert said(
        form=BROAD,
        scope="Outages during\nthe migration",
        carve_outs="fines; wilful acts.",
        cap="2 million euros for each event",
        duty_to_defend="they appoint and pay the lawyers",
        insurance="Harbour Mutual 88-1",
        insurance_until=date(2026, 11, 12),
        renewal=Renewal.TACIT,
        end=date(2027, 3, 31),
        term_months=24,
        notice_months=3,
    ) == [
        "Blue Gate must hold you harmless even where you are alone at fault.",
        "It covers: Outages during the migration.",
        "But not: fines; wilful acts.",
        "Up to: 2 million euros for each event.",
        "Duty to defend: they appoint and pay the lawyers.",
        "The insurance certificate behind it (Harbour Mutual 88-1) ran out 12 days ago.",
        "It renews itself on 1 Apr 2027 for 24 months unless notice is given by 31 Dec 2026 (in 37 days).",
    ]


@pytest.mark.parametrize(
    ("fields", "promise"),
    [
        ({"form": BROAD}, "Blue Gate must hold you harmless even where you are alone at fault."),
        ({"form": INTERMEDIATE}, "Blue Gate must hold you harmless unless you are alone at fault."),
        ({"form": LIMITED}, "Blue Gate must hold you harmless for its own share of the fault only."),
        (
            {"form": BROAD, "mutual": True},
            "Blue Gate and you must hold each other harmless, each even where the other alone is at fault.",
        ),
        (
            {"form": INTERMEDIATE, "mutual": True},
            "Blue Gate and you must hold each other harmless, each unless the other alone is at fault.",
        ),
        (
            {"form": LIMITED, "mutual": True},
            "Blue Gate and you must hold each other harmless, each for its own share of the fault only.",
        ),
        (
            {"form": BROAD, "parties": ("Harbourlight", "Blue Gate Ltd")},
            "You must hold Blue Gate harmless even where Blue Gate is alone at fault. It does not protect you.",
        ),
        (
            {"form": LIMITED, "parties": ("Harbourlight", "Blue Gate Ltd")},
            "You must hold Blue Gate harmless for your own share of the fault only. It does not protect you.",
        ),
        (
            {"form": INTERMEDIATE, "parties": ("Blue Gate Ltd", "Harbourlight")},
            "Blue Gate must hold you harmless unless you are alone at fault.",
        ),
        (
            {"form": INTERMEDIATE, "parties": ("BG Systems", "Harbourlight")},
            "BG Systems must hold Harbourlight harmless unless Harbourlight is alone at fault.",
        ),
        (
            {"kind": AgreementKind.NDA, "mutual": True},
            "Blue Gate and you must keep secret what you learn from each other.",
        ),
        (
            {"form": INTERMEDIATE, "parties": ("Blue Gate Ltd", "Blue Gateway")},
            "Blue Gate must hold you harmless unless you are alone at fault.",
        ),
        ({"kind": AgreementKind.NDA}, "Blue Gate must keep secret what it learns from you."),
        (
            {"kind": AgreementKind.NDA, "parties": ("Harbourlight", "Blue Gate")},
            "You must keep secret what you learn from Blue Gate.",
        ),
        ({"kind": AgreementKind.SUPPORT}, "Blue Gate has promised you support; it does not hold you harmless."),
        (
            {"kind": AgreementKind.DATA_PROCESSING},
            "Blue Gate may process personal data for you, within what it covers and nothing else.",
        ),
    ],
)
def test_who_is_bound_to_what_is_the_first_sentence(fields, promise):
    assert said(**fields)[0] == promise


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({"signed": None}, "It is not signed: nobody is bound by it. Signed, it would say what follows."),
        (
            {"end": TODAY - timedelta(days=1)},
            "It ended yesterday: what happens now is not covered. It said what follows.",
        ),
        ({"start": date(2027, 1, 1)}, "It begins on 1 Jan 2027: until then nobody is bound by it."),
    ],
)
def test_what_must_not_be_relied_on_says_so_first(fields, first):
    assert warned(form=LIMITED, **fields)[0] == said(form=LIMITED, **fields)[0] == first


def test_a_promise_without_a_form_or_that_is_ours_is_a_warning():
    assert warned() == ["Blue Gate must hold you harmless; how far is not written down, so read the paper first."]
    assert "It does not protect you." in warned(form=BROAD, parties=("We", "Blue Gate"))[0]
    assert "No cap is written down." in said(form=BROAD)


@pytest.mark.parametrize(
    ("fields", "last"),
    [
        ({"end": date(2026, 12, 29)}, "It ends on 29 Dec 2026 (in 35 days)."),
        ({"end": TODAY}, "It ends on 24 Nov 2026 (today)."),
        (
            {"end": None, "renewal": Renewal.EVERGREEN, "notice_months": 3},
            "It has no end; notice given today would end it on 24 Feb 2027.",
        ),
        (
            {"end": date(2026, 12, 31), "renewal": Renewal.TACIT, "term_months": 12, "notice_months": 3},
            "It renews itself on 1 Jan 2027 and runs at least until 31 Dec 2027; "
            "notice for then counts until 30 Sep 2027.",
        ),
        (
            {"end": date(2026, 12, 31), "renewal": Renewal.TACIT, "term_months": 1},
            "It renews itself on 1 Jan 2027 for a month.",
        ),
    ],
)
def test_the_last_sentence_tells_how_long_it_holds(fields, last):
    assert said(**fields)[-1] == last


def test_notice_that_was_given_is_told():
    made = acted(
        agreement(end=date(2026, 12, 31), renewal=Renewal.TACIT, term_months=12), Act.NOTICE_GIVEN, date(2026, 11, 2)
    )
    assert (
        coverage(made, "Blue Gate", TODAY)[-1].text
        == "Notice was given on 2 Nov 2026: it ends on 31 Dec 2026 (in 37 days)."
    )


@pytest.mark.parametrize(
    ("until", "told", "warns"),
    [
        (date(2027, 6, 17), "runs until 17 Jun 2027.", False),
        (date(2026, 12, 18), "runs until 18 Dec 2026 (in 24 days).", True),
        (TODAY, "runs until 24 Nov 2026 (today).", True),
        (date(2026, 11, 23), "ran out yesterday.", True),
    ],
)
def test_the_certificate_behind_it_is_told_with_its_own_end(until, told, warns):
    (one,) = [
        one for one in coverage(agreement(insurance_until=until), "Blue Gate", TODAY) if "certificate" in one.text
    ]
    assert one.text.endswith(told)
    assert one.warns is warns
