"""What cannot be measured is refused, and told how to be said."""

from datetime import timedelta

import pytest

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.facts import Fact, fact_name, fact_value, parse_quantity
from escplaybook.domain.triggers import Comparator, Part, Trigger, condition_words, side_of
from escplaybook.domain.triggers_vagueness import _SAY, measurable, vagueness
from tests.conftest import NOW

SOUND = {
    "subject": "data sync blocked",
    "duration": timedelta(minutes=60),
    "side_conditions": ("downstream blocked",),
    "observer": "Integration monitoring, every minute",
}
RATE = {"subject": "error rate", "comparator": Comparator.AT_LEAST, "value": "5", "unit": "%"}


def trigger(**fields):
    return Trigger(**({"id": "t", "name": "T", "created": NOW, "updated": NOW} | SOUND | fields))


def told(**fields) -> list[tuple[str, str]]:
    return [(vague.field, vague.what) for vague in vagueness(trigger(**fields))]


def test_the_article_s_example_is_measurable():
    assert vagueness(trigger()) == ()
    assert measurable(trigger()) == trigger()
    assert condition_words(trigger()) == "data sync blocked, for 1 h, while downstream blocked"
    assert vagueness(trigger(**RATE, side_conditions=("not paid", "queue length > 100 items"))) == ()


@pytest.mark.parametrize("word", sorted(_SAY))
def test_each_vague_word_is_refused_with_a_better_one(word):
    (vague,) = vagueness(trigger(subject=f"The sync is {word}"))
    assert (vague.field, vague.what) == ("subject", f"“{word}” cannot be measured")
    assert vague.say.startswith(("say ", "put "))
    with pytest.raises(InvalidRecord, match=f"“{word}” cannot be measured: .* Nothing was saved"):
        measurable(trigger(subject=f"The sync is {word}"))


@pytest.mark.parametrize("subject", ["long-running job stopped", "late-shift hand-over refused", "Highland site down"])
def test_a_word_inside_another_is_not_vague(subject):
    assert told(subject=subject) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"subject": " "}, [("subject", "Nothing is measured yet")]),
        ({"duration": None}, [("duration", "It does not say for how long")]),
        ({"observer": ""}, [("observer", "Nobody observes it")]),
        ({"observer": "someone"}, [("observer", "“someone” is nobody in particular")]),
        ({"observer": "TBD"}, [("observer", "“TBD” is nobody in particular")]),
        ({"observer": "Everybody."}, [("observer", "“Everybody.” is nobody in particular")]),
        (RATE | {"unit": ""}, [("unit", "“5” lacks its unit")]),
        (RATE | {"value": " "}, [("value", "The number is missing")]),
        (RATE | {"value": "", "unit": ""}, [("value", "The number is missing")]),
        ({"side_conditions": ("work is slow",)}, [("side_conditions", "“slow” cannot be measured")]),
        ({"subject": "error rate > 5 %"}, [("subject", "“error rate > 5 %” cannot name a fact; use up to 80 letters "
                                            "without quotes or < = >, like “data sync blocked”")]),
        ({"subject": "money lost"}, [("subject", "“money lost” is a number")]),
        (RATE | {"subject": "users hindered", "unit": "users"},
         [("unit", "“users hindered” is measured in “%”, not “users”")]),
        ({"side_conditions": ("users hindered >= 5 people",)},
         [("side_conditions", "“users hindered” is measured in “%”, not “people”")]),
        ({"expression": 'severity == "S1"'}, [("expression", "The expression measures nothing")]),
        ({"expression": 'is_so("sync blocked")'}, [("expression", "The expression does not say for how long")]),
        ({"expression": 'held_for("sync too slow") >= t"PT5M"'},
         [("expression", "“too” cannot be measured"), ("expression", "“slow” cannot be measured")]),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_by_its_field(fields, expected):
    found = told(**fields)
    assert found == expected
    assert all(str(vague).endswith(".") for vague in vagueness(trigger(**fields)))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (RATE | {"value": "five"}, "value"),
        (RATE | {"value": "1,000"}, "value"),
        ({"side_conditions": ("error rate >= 5",)}, "side_conditions"),
        ({"side_conditions": ("a >= 5 % >= 3",)}, "side_conditions"),
        ({"side_conditions": ("",)}, "side_conditions"),
        ({"side_conditions": ("x" * 500,)}, "side_conditions"),
        ({"expression": "sync is late"}, "expression"),
        ({"expression": 'severity =~ "S."'}, "expression"),
    ],
)
def test_what_cannot_be_read_is_vague_too(fields, field):
    (found,) = told(**fields)
    assert found[0] == field


def test_an_expression_that_a_form_can_say_becomes_the_form():
    written = trigger(subject="", duration=None, side_conditions=(), expression='held_for("sync blocked") >= t"PT1H"')
    saved = measurable(written)
    assert (saved.expression, saved.subject, saved.duration) == ("", "sync blocked", timedelta(hours=1))
    kept = trigger(expression='held_for("sync blocked") >= t"PT1H" and stage == "go-live"')
    assert measurable(kept) == kept


def test_a_condition_beside_it_is_read_as_it_is_said():
    assert side_of("downstream  blocked") == Part("downstream blocked")
    assert str(side_of("NOT error rate>= 5.50 %")) == "not error rate >= 5.5 %"
    assert side_of("error rate ≥ 5 %") == side_of("error rate >= 5 %")
    assert condition_words(trigger(**RATE)) == "error rate ≥ 5 %, for 1 h, while downstream blocked"
    assert side_of("not acknowledged") == Part("not acknowledged"), "the book knows that one by its name"


@pytest.mark.parametrize("value", ["", "perhaps", "5", "5 6", "1,5 %", "yes please", "nan %", "inf %", "9" * 20 + " %"])
def test_a_fact_is_yes_no_or_a_number_with_its_unit(value):
    with pytest.raises(InvalidRecord):
        fact_value(value)
    with pytest.raises(InvalidRecord):
        Fact(NOW, "error rate", value)


def test_facts_are_kept_in_one_way():
    assert (fact_value(" YES "), fact_value("5.00%"), fact_value("-3 °C")) == ("yes", "5 %", "-3 °C")
    assert fact_name("  data   sync blocked ") == "data sync blocked"
    assert parse_quantity("5000 EUR a day").unit == "EUR a day"
    with pytest.raises(InvalidRecord, match="cannot name a fact"):
        fact_name('"; drop')
