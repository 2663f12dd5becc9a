"""Entries that wait for somebody, as the search knows them: `queue:failed`, `is:stale`, and the counts beside them.

A queue that holds on any day is a token in the column `facets`. Growing stale takes nothing but time, so it is
reckoned from the column `reviewed`, by whole days: while a word is being typed the condition must stay the same.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time

from escplaybook.domain.confidence import State
from escplaybook.domain.queues import AT_RISK, STALE_AFTER, STALE_AFTER_AT_RISK, Queue
from escplaybook.search.question import Every, Facet, Node, Some, When


def stale(now: datetime) -> Node:
    """Entries that nobody has used or changed for too long, sooner those at risk (`domain.queues.is_stale`)."""
    soon, late = _limits(now)
    risky = Some(tuple(Facet("severity", severity) for severity in AT_RISK))
    is_stale = Some((Every((risky, When("reviewed", None, soon))), When("reviewed", None, late)))
    return Every((Facet("kind", "entry"), is_stale))


def queue_named(said: str) -> Queue | None:
    """The queue whose name, or a word of it, begins so: `failed`, `review`, `no-workaround`."""
    letters = _letters(said)
    for queue in Queue:
        words = queue.split()
        if letters and any(_letters("".join(words[start:])).startswith(letters) for start in range(len(words))):
            return queue
    return None


def is_worklist(node: Node) -> bool:
    """Whether a condition asks for what waits, so that its hits are worked off one after the other."""
    match node:
        case Facet("queue", _) | When("reviewed", _, _):
            return True
        case Every(parts) | Some(parts):
            return any(map(is_worklist, parts))
    return False


def waiting(columns: Mapping[str, Sequence[str]], now: datetime) -> Counter[str]:
    """How many of the hits, whose columns these are, stand in each queue."""
    soon, late = _limits(now)
    asked = ("confidence", "severity", "reviewed", "queues")
    counts: Counter[str] = Counter()
    for confidence, severity, reviewed, queues in zip(*(columns[name] for name in asked), strict=True):
        standing = set(json.loads(queues))
        is_live_entry = confidence not in ("", State.ARCHIVED)
        if is_live_entry and reviewed < (soon if severity in AT_RISK else late):
            standing.add(Queue.NEEDS_REVIEW.value)
        counts.update(standing)
    return counts


def _limits(now: datetime) -> tuple[str, str]:
    """The instants before which an entry at risk, and any other, was last looked at if it is stale."""
    today = datetime.combine(now.astimezone(UTC), time.min, UTC)
    return (today - STALE_AFTER_AT_RISK).isoformat(), (today - STALE_AFTER).isoformat()


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
