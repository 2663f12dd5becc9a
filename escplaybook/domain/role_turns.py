"""Who takes which seat in each term, so that everybody has had every seat once before anybody has one twice.

Seats and people are numbers here. Each term is the best assignment of its own (the Hungarian method, Kuhn 1955, in the
form with potentials): first as many seats filled as can be, then as few repeats as can be, then as few who stay where
they are, then those first who still have the most seats before them. Where everybody is there and may take every seat,
that last rule keeps the promise: in a bipartite graph there is always a matching that covers everybody of the highest
degree (König 1916).
"""

from collections.abc import Collection, Sequence

NOBODY = 10**12
"""The cost of an empty seat: more than all repeats together."""

REPEAT, STAY, OWED = 10**8, 10**6, 10**2
"""What it costs to have a seat once more than others had it, and to stay; what each seat gains that one has not had."""


def turns(
    holders: Sequence[int], allowed: Sequence[Collection[int]], there: Sequence[Collection[int]]
) -> list[list[int | None]]:
    """Term by term who sits on each seat; None where nobody can.

    `holders` sit there now, which counts as a turn; `allowed` says who may take each seat, `there` who is there in each
    term. Nobody has two seats in one term.
    """
    people = sorted({one for term in there for one in term} | set(holders) | {one for may in allowed for one in may})
    had = [dict.fromkeys(people, 0) for _ in holders]
    for seat, holder in enumerate(holders):
        had[seat][holder] += 1
    found: list[list[int | None]] = []
    for number, free in enumerate(there):
        away_later = {one: sum(one not in later for later in there[number + 1 :]) for one in people}
        before = found[-1] if found else list(holders)
        term = _term([one for one in people if one in free], had, allowed, before, away_later)
        for seat, person in enumerate(term):
            if person is not None:
                had[seat][person] += 1
        found.append(term)
    return found


def _term(
    free: Sequence[int],
    had: Sequence[dict[int, int]],
    allowed: Sequence[Collection[int]],
    before: Sequence[int | None],
    away_later: dict[int, int],
) -> list[int | None]:
    least = [min((counts[one] for one in may), default=0) for counts, may in zip(had, allowed, strict=True)]
    owed = {
        one: sum(one in may and counts[one] == few for counts, may, few in zip(had, allowed, least, strict=True))
        for one in free
    }
    served = {one: sum(counts[one] for counts in had) for one in free}
    gain = {one: OWED * (owed[one] + away_later[one]) - served[one] for one in free}
    costs = [
        [REPEAT * (counts[one] - few) + STAY * (one == last) - gain[one] if one in may else NOBODY for one in free]
        + [NOBODY] * len(had)
        for counts, may, few, last in zip(had, allowed, least, before, strict=True)
    ]
    columns = _cheapest(costs)
    return [
        free[column] if column < len(free) and costs[seat][column] < NOBODY else None
        for seat, column in enumerate(columns)
    ]


def _cheapest(costs: Sequence[Sequence[int]]) -> list[int]:
    """For each row its column in the assignment that costs least; there are at least as many columns as rows.

    Row by row a shortest path is found along which the rows before can make room; potentials keep its steps from being
    negative. Column 0 is where the new row starts, so rows and columns count from 1 inside.
    """
    height, width = len(costs), len(costs[0]) if costs else 0
    of_row, of_column = [0] * (height + 1), [0] * (width + 1)
    row_at = [0] * (width + 1)
    for row in range(1, height + 1):
        row_at[0], column = row, 0
        shortest = [NOBODY * (height + 2)] * (width + 1)
        came_from, is_done = [0] * (width + 1), [False] * (width + 1)
        while row_at[column]:
            is_done[column] = True
            here = row_at[column]
            for other in range(1, width + 1):
                step = costs[here - 1][other - 1] - of_row[here] - of_column[other]
                if not is_done[other] and step < shortest[other]:
                    shortest[other], came_from[other] = step, column
            nearest = min((one for one in range(1, width + 1) if not is_done[one]), key=shortest.__getitem__)
            gain = shortest[nearest]
            for other in range(width + 1):
                if is_done[other]:
                    of_row[row_at[other]] += gain
                    of_column[other] -= gain
                else:
                    shortest[other] -= gain
            column = nearest
        while column:
            row_at[column] = row_at[came_from[column]]
            column = came_from[column]
    found = [0] * height
    for column in range(1, width + 1):
        if row_at[column]:
            found[row_at[column] - 1] = column - 1
    return found
