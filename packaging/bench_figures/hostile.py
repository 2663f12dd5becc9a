"""Queries that are meant to break a search: operators, brackets, quotes and letters as nobody should type them."""

import random
from collections.abc import Callable, Iterator

from figures import Figure

from escplaybook.search.completion import complete
from escplaybook.search.facets import facets
from escplaybook.search.find import find
from escplaybook.search.question import DATES, FIELDS
from escplaybook.search.suggest import candidates
from escplaybook.store.book import Book

MARKS = [
    *"\"'()[]{}-+*?:^~\\/%_;,!<>=\0\t\n\x1b\x7f\u200b\u200f\u202e\ufeff\ufffd\ud800\udfff\udc80",
    *("AND", "OR", "NOT", "NEAR", "NEAR(", "TO", "&&", "||", ">=", "..", "--", "found :", "{title tags} :", "- facets"),
]
WORDS = [
    *("login", "saml", "sso", "token", "the", "x", "KB-0142", "ORA-00942", "AADSTS50011", "429", "x-api-key", "C++"),
    *("a.b.c", "/var/log/x", "C:\\x", "é", "ﬁ", "İ", "ß", "ǅ", "登录", "ログイン", "로그인", "เข้าสู่ระบบ"),
    *("تسجيل", "שלום", "🔥", "👩\u200d👩\u200d👧", "e\u0301\u0327", "9" * 40, "-1", "1e309", "NaN", "0d", "today"),
    *("9999-99-99", "0001-01-01", ">30d", "<9999y", "2026-01..2026-03", ".."),
]
NAMES = [*FIELDS, *DATES, "title", "found", "typed", "facets", "rowid", "nobody"]
LONG = 10_000


def queries(count: int, seed: int) -> Iterator[str]:
    """So many hostile queries, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        yield _SHAPES[chance.choices(range(len(_SHAPES)), (6, 6, 4, 2, 1))[0]](chance)


def trouble(book: Book, text: str, number: int) -> str:
    """What went wrong with a query, asked in every way in which the program asks; empty if nothing did."""
    asks: tuple[Callable[[], object], ...] = (
        lambda: find(book, text, typing=True, limit=20),
        lambda: find(book, text, limit=20, kinds=("entry",) if number % 2 else ()),
        lambda: complete(book, text, number % (len(text) + 1), ("entry",) if number % 3 else ()),
        lambda: facets(book, text) if number % 5 == 0 else None,
        lambda: candidates(book, text[:40]) if number % 50 == 0 else None,
    )
    for ask in asks:
        try:
            ask()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            return f"{text[:80]!r}: {error!r}"
    return ""


def measure(book: Book, count: int, seed: int) -> Iterator[Figure]:
    """How many of so many hostile queries end in an error."""
    failed = [told for number, text in enumerate(queries(count, seed)) if (told := trouble(book, text, number))]
    for told in failed[:5]:
        print(told)
    yield Figure("hostile queries that end in an error", f"{count:,} queries", "0", str(len(failed)), met=not failed)


def _jumble(chance: random.Random) -> str:
    parts = chance.choices(MARKS + WORDS, k=chance.randint(1, 12))
    return "".join(part + chance.choice((" ", "", " ")) for part in parts)


def _asked(chance: random.Random) -> str:
    """Operators with values that are none."""
    parts = (
        chance.choice(("", "-", "(", "--", '"')) + chance.choice(NAMES) + ":" + chance.choice(MARKS + WORDS + [""])
        for _ in range(chance.randint(1, 5))
    )
    return " ".join((*parts, chance.choice(WORDS)))


def _letters(chance: random.Random) -> str:
    planes = (
        *((0, 0x7F), (0x80, 0x24F), (0x370, 0x6FF), (0xE00, 0xE7F)),
        *((0x3040, 0xD7FF), (0xD800, 0xFFFF), (0x10000, 0x10FFFF)),
    )
    first, last = chance.choice(planes)
    return "".join(chr(chance.randint(first, last)) for _ in range(chance.randint(0, 60)))


def _nested(chance: random.Random) -> str:
    depth, mark = chance.randint(1, 400), chance.choice(("(", "-(", '"', "[", "{", "NOT (", "a OR (", "tag:("))
    return mark * depth + chance.choice(WORDS) + chance.choice(("", ")", '"')) * chance.randint(0, depth)


def _long(chance: random.Random) -> str:
    part = chance.choice(MARKS + WORDS) + chance.choice(("", " "))
    return (part * LONG)[:LONG]


_SHAPES = (_jumble, _asked, _letters, _nested, _long)
