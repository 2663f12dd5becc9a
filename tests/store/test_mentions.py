"""Which records mention another one in their texts."""

import json

from escplaybook.domain.edits import Edit
from escplaybook.domain.knowledge import Section, Step
from escplaybook.services import editing
from escplaybook.store.mentions import mentions_of


def stored(book, now, *made):
    return [edit.after for edit in editing.apply(book, "Put in", *(Edit(None, one) for one in made), now=now)]


def test_a_link_and_a_plain_key_both_mention_wherever_they_stand(book, entry, now):
    first, *_ = stored(
        book,
        now,
        entry("Login loops"),
        entry("In a text", cause="As in [[KB-0001]]."),
        entry("In a step", steps=(Step("Do what KB-0001 says"),)),
        entry("In a section", rest=(Section("More", "see **kb-0001**"),)),
        entry("Another number", cause="[[KB-00011]] and KB 1"),
    )
    assert [one.title for one in mentions_of(book, first)] == ["In a text", "In a step", "In a section"]


def test_a_record_does_not_mention_itself_and_retired_ones_are_not_told(book, entry, now):
    first, second = stored(book, now, entry("Login loops", cause="see KB-0001"), entry("Old", cause="[[KB-0001]]"))
    editing.retire(book, second, now)
    assert mentions_of(book, first) == []


def test_the_command_line_tells_mentions_with_the_uses(book, entry, now, run):
    stored(book, now, entry("Login loops"), entry("In a text", cause="As in [[KB-0001]]."))
    assert run("where-used", "KB-1")[1] == "KB-0002  mentions it  In a text\n"
    told = json.loads(run("where-used", "KB-1", "--json")[1])
    assert told == [{"kind": "entry", "key": "KB-0002", "name": "In a text", "role": "mentions it"}]
