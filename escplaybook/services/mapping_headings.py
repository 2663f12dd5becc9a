"""What the headings of pages and the keys above them are: what a person said once holds for pages of that profile."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange import markdown
from escplaybook.exchange.contact_columns import Table
from escplaybook.exchange.markdown import Page
from escplaybook.exchange.profiles import (
    PARTS,
    PROFILES,
    SHORT,
    UNDER_HEADINGS,
    Profile,
    bare,
    meaning,
    profile_named,
    recognised,
)
from escplaybook.store.book import Book
from escplaybook.store.memory import Memory

LOOKED_AT, MOST_HEADINGS = 200, 40
"""Pages that are looked at to show what their headings are, and headings shown; the import itself reads all of them."""

_KEYS = "headings:keys above"


class RememberedHeadings:
    """Answers for the pages of one import; `said` is what the person says now, by heading or key.

    `runbooks/Mitigation` says it of the pages of one profile alone. Without `profile` each page tells by its headings
    which one it has. Raises Unreadable if there is no such profile, or what was said names a field that there is not.
    """

    def __init__(self, book: Book, said: Mapping[str, str] | None = None, profile: str | None = None) -> None:
        for heading, field in (said or {}).items():
            if field and field not in (*PARTS, *SHORT):
                raise Unreadable(
                    f"“{field}” is no field that “{heading}” can be; take one of {', '.join((*PARTS, *SHORT))}, or "
                    "nothing to keep it as it stands."
                )
        self.profile = profile_named(profile) if profile else None
        self._memory = Memory(book.path)
        self._said = {bare(heading): field for heading, field in (said or {}).items()}
        self._known: dict[str, dict[str, str]] = {
            name: self._memory.recall(name, {}) for name in (_KEYS, *map(_shape, PROFILES))
        }
        self._met: dict[str, set[str]] = defaultdict(set)

    def headings(self, plain: Sequence[str]) -> list[str]:
        """The field of each heading of one page (see `fields`)."""
        return self.fields(plain, self.profile or recognised(plain))

    def fields(self, plain: Sequence[str], profile: Profile) -> list[str]:
        """The field of each heading: as said now, else as said before of such a page, else as its profile has it."""
        known = self._known[_shape(profile)] | self._said_of(profile)
        self._met[_shape(profile)].update(map(bare, plain))
        found = (known.get(bare(heading), meaning(heading, profile)) for heading in plain)
        return [field if field in UNDER_HEADINGS else "" for field in found]

    def key(self, key: str, /) -> str | None:
        """The field of a key in the front matter: as said now or before, else as it is usually meant."""
        self._met[_KEYS].add(bare(key))
        return self._said.get(bare(key), self._known[_KEYS].get(bare(key)))

    def _said_of(self, profile: Profile) -> dict[str, str]:
        """What was said of headings anywhere, and above it what was said of pages of this profile."""
        own = f"{bare(profile.title)}/"
        alone = {name.removeprefix(own): field for name, field in self._said.items() if name.startswith(own)}
        return self._said | alone

    def is_new(self, heading: str, profile: Profile) -> bool:
        """Whether nobody has ever said what the heading is, and neither does the profile."""
        return not meaning(heading, profile) and bare(heading) not in self._known[_shape(profile)]

    def close(self, *, keep: bool) -> list[str]:
        """Remember what was said, unless it was only tried; gives back what was said of headings that no page has."""
        said = {_shape(profile): self._said_of(profile) for profile in PROFILES} | {_KEYS: self._said}
        for shape, met in self._met.items() if keep else ():
            if answers := {heading: field for heading, field in said[shape].items() if heading in met}:
                self._memory.remember(shape, self._known[shape] | answers)
        self._memory.close()
        met_anywhere = set().union(*self._met.values())
        return sorted(
            name for name in self._said if name.rpartition("/")[2] not in met_anywhere and name not in met_anywhere
        )


def pages_to_map(
    book: Book, paths: Sequence[Path], said: Mapping[str, str] | None = None, profile: str | None = None
) -> list[tuple[Table, list[str]]]:
    """What stands in the first pages at or below `paths`, a table for each profile, with the field of each heading.

    Keys above a page that mean nothing here end in a colon. Raises Unreadable as `RememberedHeadings` does.
    """
    likely = [path for path in paths if path.is_dir() or path.suffix.casefold() in markdown.SUFFIXES]
    remembered = RememberedHeadings(book, said, profile)
    pages: dict[str, list[Page]] = defaultdict(list)
    for page in islice(markdown.pages(likely, remembered), LOOKED_AT):
        found = remembered.profile or recognised(page.headings)
        pages[found.name].append(page)
    proposed = [_proposed(profile_named(name), found, remembered) for name, found in pages.items()]
    remembered.close(keep=False)
    return proposed


def _proposed(profile: Profile, pages: Sequence[Page], remembered: RememberedHeadings) -> tuple[Table, list[str]]:
    times = Counter(heading for page in pages for heading in dict(page.sections))
    headings = [heading for heading, _ in times.most_common(MOST_HEADINGS)]
    keys = [key for key, _ in Counter(key for page in pages for key in dict(page.unknown)).most_common(MOST_HEADINGS)]
    fields = remembered.fields(headings, profile) + [remembered.key(key) or "" for key in keys]
    rows = []
    for at, page in enumerate(pages, 1):
        texts, values = dict(page.sections), dict(page.unknown)
        rows.append((at, [*(texts.get(one, "") for one in headings), *(values.get(one, "") for one in keys)]))
    is_new = any(remembered.is_new(heading, profile) for heading in headings)
    named = [*headings, *(f"{key}:" for key in keys)]
    return Table(profile.title, named, rows, kind="pages", is_doubtful=is_new), fields


def _shape(profile: Profile) -> str:
    return f"headings:{profile.name}"
