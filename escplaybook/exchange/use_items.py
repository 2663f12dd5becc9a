"""What came of using a known blocker, in the front matter of its file: the evidence travels with it.

On what blocker at hand it was used is not said: that one stays in the book where it happened.
"""

from collections.abc import Sequence

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.uses import Outcome, Tick, Use
from escplaybook.exchange.front_matter import Value, as_instant, as_list, as_mapping, as_text

_TEXTS = ("id", "key", "by", "environment", "note", "wording")


def written(uses: Sequence[Use]) -> list[Value]:
    """The uses as front matter holds them, in the order in which they happened."""
    return [_written(use) for use in sorted(uses, key=lambda use: (use.at, use.id))]


def uses_in(value: Value, entry_id: str) -> tuple[Use, ...]:
    """The uses of that entry which `written` wrote. Raises ValueError if they are none."""
    return tuple(_use(item, entry_id) for item in as_list(value))


def _written(use: Use) -> dict[str, Value]:
    values: dict[str, Value] = {
        "key": use.key,
        "outcome": str(use.outcome),
        "by": use.by,
        "at": use.at.isoformat(),
        "environment": use.environment,
        "note": use.note,
        "ticks": [_tick(tick) for tick in use.ticks],
        "created": use.created.isoformat(),
        "updated": use.updated.isoformat(),
        "retired": use.retired.isoformat() if use.retired else "",
        "wording": use.wording,
        "id": use.id,
    }
    return {name: value for name, value in values.items() if value}


def _tick(tick: Tick) -> Value:
    values: dict[str, Value] = {
        "number": str(tick.number),
        "action": tick.action,
        "at": tick.at.isoformat(),
        "evidence": tick.evidence,
    }
    return {name: value for name, value in values.items() if value}


def _use(value: Value, entry_id: str) -> Use:
    told = as_mapping(value)
    texts = {name: as_text(told.get(name)) for name in _TEXTS}
    if not texts["id"]:
        raise ValueError
    try:
        return Use(
            entry=entry_id,
            outcome=Outcome(as_text(told.get("outcome"))),
            at=as_instant(told.get("at")),
            created=as_instant(told.get("created")),
            updated=as_instant(told.get("updated")),
            ticks=tuple(
                Tick(
                    int(as_text(one.get("number"))),
                    as_text(one.get("action")),
                    as_instant(one.get("at")),
                    as_text(one.get("evidence")),
                )
                for one in map(as_mapping, as_list(told.get("ticks")))
            ),
            retired=as_instant(told.get("retired")) if told.get("retired") else None,
            **texts,
        )
    except InvalidRecord as error:
        raise ValueError(str(error)) from error
