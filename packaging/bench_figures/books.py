"""Seeded books of realistic known blockers, the same on every machine, kept in a temporary folder between runs.

Words are drawn by Zipf's law from some 40,000: glue, the trade's own, which also make the titles, then English-looking
ones with their inflections; error codes and paths stand in a few entries each.
"""

import hashlib
import itertools
import os
import random
import re
import tempfile
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from escplaybook.domain.classification import STAGES, CauseClass, Severity
from escplaybook.domain.edits import Edit, new_stroke
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry, Section, Step
from escplaybook.domain.origins import Origin
from escplaybook.store import migrations
from escplaybook.store.book import Book
from escplaybook.store.schema import people_and_knowledge
from escplaybook.store.writing import write

SEED = 20261124
FIRST_DAY = datetime(2024, 1, 1, 8, 0, tzinfo=UTC)
BATCH = 1_000

GLUE = re.findall(
    r"\w+",
    "the to of and a in is for on after with not when that it are from by be as at this was only no an or if "
    "then but all has can until each before which while over into between during still more some every where",
)
TRADE = re.findall(
    r"\w+",
    "login session token certificate request timeout order payment invoice tax checkout customer account webhook "
    "retry queue job import export sync mapping schema field record index search catalog price stock warehouse "
    "shipment address tenant role permission group directory identity provider assertion redirect cookie browser "
    "proxy firewall gateway endpoint response header payload encoding character migration batch cutover rollback "
    "deployment release configuration environment staging production database connection pool lock deadlock replica "
    "backup storage bucket upload attachment report dashboard metric alert threshold latency throughput memory cache "
    "refresh expiry renewal signature key secret vault rotation audit approval vendor contract support ticket patch "
    "upgrade version driver client server service worker scheduler calendar zone clock duplicate missing empty "
    "truncated delayed rejected blocked denied expired invalid stale inconsistent partial rounding currency ledger "
    "balance journal reconciliation tariff quota limit throttling subscription notification email template delivery "
    "bounce domain record resolver lookup handshake cipher protocol channel message topic consumer producer offset",
)
SYSTEMS = re.findall(
    r"\w+",
    "Identity Checkout Catalog Payments Tax Orders Inventory Billing Search Messaging Reporting Gateway Storage "
    "Scheduler Ledger Pricing Shipping Directory Portal Analytics",
)
DOMAINS = ("customers", "orders", "prices", "stock", "invoices", "employees", "suppliers", "products")
VENDORS = ("Northgate Cloud", "Halyard Identity", "Quill Payments", "Tern Messaging", "Lumen Tax", "")
FAILURES = (
    "fails with",
    "stops after",
    "is rejected by",
    "is delayed by",
    "returns duplicate",
    "loses",
    "times out on",
    "shows wrong",
    "cannot read",
    "blocks",
    "ignores",
    "truncates",
)
_ONSETS = re.findall(r"\w+", "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sc sh st str t th tr v w")
_VOWELS = re.findall(r"\w+", "a e i o u ea ai ou io")
_CODAS = re.findall(r"\w+", "n r l s t nd nt ct rm x ck mp st ve te ne le")
_ENDINGS = ("", "", "s", "ed", "ing", "er", "ation", "able", "ly", "ment")


class Speech:
    """Draws words; the same seed says the same.

    The commonest word of the trade stands in about a quarter of the entries and the sixtieth in a tenth, as in a
    published collection of 300 known issues.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._invented = _invented(random.Random(SEED), 40_000)
        self._glue_sums = list(itertools.accumulate(1 / rank for rank in range(1, len(GLUE) + 1)))
        # Zipf's law from its 60th word on; those before are the trade's and the glue
        self._invented_sums = list(itertools.accumulate(1 / rank for rank in range(60, 60 + len(self._invented))))

    def word(self) -> str:
        """A word by Zipf's law."""
        kind = self.chance.random()
        if kind < 0.45:
            return self._drawn(GLUE, self._glue_sums)
        return self.noun() if kind < 0.53 else self._drawn(self._invented, self._invented_sums)

    def noun(self) -> str:
        """A word of the trade, early ones more often."""
        return TRADE[int(len(TRADE) * self.chance.random() ** 1.3)]

    def _drawn(self, words: Sequence[str], sums: Sequence[float]) -> str:
        return words[bisect(sums, self.chance.random() * sums[-1])]

    def rare(self) -> str:
        """A name, error code or path that hardly any other entry has."""
        number = self.chance.randrange(100_000)
        return self.chance.choice(
            (f"ERR-{number:05d}", f"ORA-{number % 40_000:05d}", f"/var/{self.noun()}/{self.word()}-{number % 900}.log")
        )

    def sentence(self) -> str:
        """Some words in a row."""
        return " ".join(self.word() for _ in range(self.chance.randint(6, 18))).capitalize() + "."

    def text(self, fewest: int, most: int) -> str:
        """Some sentences."""
        return " ".join(self.sentence() for _ in range(self.chance.randint(fewest, most)))


def entries(count: int, seed: int = SEED) -> Iterator[Entry]:
    """That many known blockers."""
    speech = Speech(seed)
    for number in range(count):
        yield _entry(speech, FIRST_DAY + timedelta(minutes=10 * number))


def book_of(count: int) -> Path:
    """A book of that many entries, made once for each schema and kept."""
    path = _place(count)
    if not path.exists():
        fill(path.with_suffix(f".{os.getpid()}"), count).replace(path)
    return path


def is_made(count: int) -> bool:
    """Whether the book of that many entries is there already."""
    return _place(count).exists()


def fill(path: Path, count: int) -> Path:
    """Write a new book of that many entries through the one writer; returns its path."""
    with Book.create(path) as book:
        made = entries(count)
        while batch := list(itertools.islice(made, BATCH)):
            stroke = new_stroke(batch[-1].updated, "bench", f"Import {len(batch)} known blockers")
            write(book, stroke, *(Edit(None, entry) for entry in batch))
        book.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def _entry(speech: Speech, made: datetime) -> Entry:
    chance = speech.chance
    system = chance.choice(SYSTEMS)
    code = speech.rare()
    title = f"{system}: {speech.noun()} {speech.noun()} {chance.choice(FAILURES)} {speech.noun()} {speech.word()}"
    return Entry(
        id=new_id(made),
        title=title if chance.random() < 0.8 else f"{title} ({code})",
        created=made,
        updated=made + timedelta(days=chance.randrange(200)),
        summary=speech.text(1, 3),
        symptoms=speech.text(2, 4),
        diagnosis=f"Look for `{code}` in {speech.rare()}. {speech.sentence()}",
        cause=speech.text(1, 2),
        remedy=speech.text(1, 3),
        steps=tuple(Step(speech.sentence(), expected=speech.sentence()) for _ in range(chance.randint(0, 3))),
        workaround=speech.text(1, 2) if chance.random() < 0.6 else "",
        rest=(Section("Seen at", speech.text(1, 2)),) if chance.random() < 0.3 else (),
        system=system,
        data_domain=chance.choice(DOMAINS),
        stage=chance.choice(STAGES),
        severity=chance.choice(tuple(Severity)),
        cause_class=chance.choice(tuple(CauseClass)),
        vendor=chance.choice(VENDORS),
        tags=tuple({speech.noun() for _ in range(chance.randint(1, 4))}),
        error_codes=(code,) if "-" in code else (),
        origin=Origin(uid=code + str(chance.random()), state=chance.choice(("Backlog", "Fixed", "Open", "No fix"))),
    )


def _invented(chance: random.Random, count: int) -> list[str]:
    """English-looking words, each root with some of its inflections, so that stems differ from words."""
    made: dict[str, None] = {}
    while len(made) < count:
        syllables = chance.choice((1, 2, 2, 2, 3))
        root = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables)) + chance.choice(
            _CODAS
        )
        for ending in chance.sample(_ENDINGS, 3):
            made[root + ending] = None
    words = list(made)[:count]
    chance.shuffle(words)
    return words


def _place(count: int) -> Path:
    folder = Path(tempfile.gettempdir()) / f"escplaybook-bench-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{count}-{_stamp()}.db"


def _stamp() -> str:
    """Changes with the schema and with this file, so that an old book is never measured."""
    said = "".join((Path(__file__).read_text(encoding="utf-8"), *people_and_knowledge.STATEMENTS))
    return f"{migrations.VERSION}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"
