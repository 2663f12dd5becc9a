"""What stories about vCards ask of an item."""

from escplaybook.exchange.contact_items import Item


def points(item: Item) -> list[tuple[str, str, str]]:
    """Kind, value and label of each way to reach the person."""
    assert item.record is not None, item.reason
    return [(point.kind.value, point.value, point.label) for point in item.record.points]


def extra(item: Item) -> dict[str, str]:
    """What the card said beyond the fields of a contact."""
    assert item.record is not None, item.reason
    assert item.record.origin is not None
    return dict(item.record.origin.extra)
