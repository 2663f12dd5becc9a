"""Mentors' notes in the front matter of their entry's file: they travel with it, and come back whole."""

from collections.abc import Sequence

from escplaybook.domain.annotations import Annotation, AnnotationKind, Answer, Endorsement
from escplaybook.domain.errors import InvalidRecord
from escplaybook.exchange.front_matter import Value, as_instant, as_list, as_mapping, as_text

_TEXTS = ("id", "key", "field", "quote", "prefix", "suffix", "applies_when", "text", "author")


def written(notes: Sequence[Annotation]) -> list[Value]:
    """The notes as front matter holds them, in the order in which they were written."""
    return [_written(note) for note in sorted(notes, key=lambda note: (note.created, note.id))]


def notes_in(value: Value, entry_id: str) -> tuple[Annotation, ...]:
    """The notes on that entry which `written` wrote. Raises ValueError if they are none."""
    return tuple(_note(item, entry_id) for item in as_list(value))


def _written(note: Annotation) -> dict[str, Value]:
    values: dict[str, Value] = {
        "key": note.key,
        "kind": str(note.kind),
        "field": note.field,
        "quote": note.quote,
        "applies_when": note.applies_when,
        "text": note.text,
        "author": note.author,
        "created": note.created.isoformat(),
        "updated": note.updated.isoformat(),
        "endorsements": [{"by": one.by, "at": one.at.isoformat()} for one in note.endorsements],
        "answers": [{"by": one.by, "at": one.at.isoformat(), "text": one.text} for one in note.answers],
        "superseded_by": note.superseded_by or "",
        "retired": note.retired.isoformat() if note.retired else "",
        "prefix": note.prefix,
        "suffix": note.suffix,
        "position": str(note.position) if note.position else "",
        "id": note.id,
    }
    return {name: value for name, value in values.items() if value}


def _note(value: Value, entry_id: str) -> Annotation:
    told = as_mapping(value)
    texts = {name: as_text(told.get(name)) for name in _TEXTS}
    if not texts["id"]:
        raise ValueError
    try:
        return Annotation(
            entry=entry_id,
            kind=AnnotationKind(as_text(told.get("kind"))),
            created=as_instant(told.get("created")),
            updated=as_instant(told.get("updated")),
            position=int(as_text(told.get("position")) or 0),
            endorsements=tuple(
                Endorsement(as_text(one.get("by")), as_instant(one.get("at")))
                for one in map(as_mapping, as_list(told.get("endorsements")))
            ),
            answers=tuple(
                Answer(as_text(one.get("by")), as_instant(one.get("at")), as_text(one.get("text")))
                for one in map(as_mapping, as_list(told.get("answers")))
            ),
            superseded_by=as_text(told.get("superseded_by")) or None,
            retired=as_instant(told.get("retired")) if told.get("retired") else None,
            **texts,
        )
    except InvalidRecord as error:
        raise ValueError(str(error)) from error
