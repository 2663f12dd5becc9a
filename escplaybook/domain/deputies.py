"""Deputies: whoever stands in must not end up standing in for themselves."""

from collections.abc import Mapping, Sequence


def rings(deputies: Mapping[str, str | None]) -> list[list[str]]:
    """Every ring of deputies: people who stand in for each other so that nobody is left to answer.

    `deputies` gives the deputy of each person, both by id.
    """
    found: list[list[str]] = []
    seen: set[str] = set()
    for person in deputies:
        path: dict[str, None] = {}
        here: str | None = person
        while here is not None and here not in seen:
            seen.add(here)
            path[here] = None
            here = deputies.get(here)
        if here in path:
            chain = list(path)
            found.append(chain[chain.index(here) :])
    return found


def told(ring: Sequence[str]) -> str:
    """The sentence that refuses a ring of these names."""
    if len(ring) == 1:
        return f"{ring[0]} cannot be their own deputy."
    shown = [*ring[:8], "…"] if len(ring) > 8 else ring
    return f"{' → '.join((*shown, ring[0]))} stand in for each other in a ring; give one of them another deputy."
