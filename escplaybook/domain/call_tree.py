"""The call tree: who is called in which order, and by whom, so that everybody is reached and nobody calls alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from escplaybook.domain.contacts import Contact, Privacy
from escplaybook.domain.hierarchy import Post, Rank
from escplaybook.domain.verification import Check, Importance, Importances, rings


@dataclass(frozen=True, slots=True)
class Call:
    """One person to be called. `caller` is None for the first of all: whoever begins calls them.

    `post` is what they stand for at their level, None for who speaks to people outside.
    """

    person: Contact
    caller: Contact | None
    rank: Rank | None = None
    post: Post | None = None


def call_tree(ranks: Iterable[Rank], speakers: Sequence[Contact]) -> tuple[Call, ...]:
    """Everybody once, in the order of the levels.

    The first of a level calls the others of it and the first of the next one; a person stands at the lowest level
    they answer at. Who speaks to people outside is called last, by the first of all.
    """
    calls: list[Call] = []
    seen: set[str] = set()
    above: Contact | None = None
    for rank in ranks:
        posts = [post for post in rank.posts if post.contact.id not in seen]
        seen.update(post.contact.id for post in posts)
        for place, post in enumerate(posts):
            calls.append(Call(post.contact, above if place == 0 else posts[0].contact, rank, post))
        above = posts[0].contact if posts else above
    first = calls[0].person if calls else None
    calls.extend(Call(person, first) for person in speakers if person.id not in seen)
    return tuple(calls)


def numbers_of(calls: Iterable[Call], weights: Importances) -> Iterator[Check]:
    """The numbers that are rung, person by person, those that may stand on paper."""
    for call in calls:
        importance = weights.get(call.person.id, Importance.NOBODY)
        for point in call.person.points:
            if rings(point) and point.privacy is Privacy.PRINT:
                yield Check(call.person, point, importance, call.rank.level.name if call.rank else "")
