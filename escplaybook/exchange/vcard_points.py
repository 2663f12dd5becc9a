"""The ways to reach a person that a vCard tells, in the many dialects of phones and mail programs."""

import re
from collections import defaultdict
from collections.abc import Sequence

from escplaybook.domain.contacts import ContactPoint, PointKind, Privacy
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import parse_hours
from escplaybook.exchange.contact_items import LONGEST_NAME, LONGEST_POINT, in_one_line
from escplaybook.exchange.vcard_lines import Property

BRIDGE, PRIVACY, HOURS = "x-bridge", "X-PRIVACY", "X-HOURS"
"""The type of a conference bridge and the parameters for who may see a point and when to try it: our own, other
programs pass over them."""

_CALLS = ("TEL", "X-MS-TEL")
_CHATS = {
    "IMPP": "", "X-AIM": "AIM", "X-GADUGADU": "Gadu-Gadu", "X-GOOGLE-TALK": "Google Talk", "X-GTALK": "Google Talk",
    "X-ICQ": "ICQ", "X-JABBER": "Jabber", "X-MATRIX": "Matrix", "X-MS-IMADDRESS": "", "X-MSN": "MSN", "X-QQ": "QQ",
    "X-SKYPE": "Skype", "X-SKYPE-USERNAME": "Skype", "X-SLACK": "Slack", "X-YAHOO": "Yahoo",
}  # fmt: skip
_MOBILE = frozenset({"cell", "mobile", "iphone"})
_KIND_OF_CALL = frozenset({"voice", "fax", "pager", *_MOBILE})
_NO_LABEL = frozenset({"pref", "internet", "msg", "text", "video", "textphone", BRIDGE, *_KIND_OF_CALL})
"""Types that the point's kind says already, or that are of no use to who calls."""

_APPLE_LABEL = re.compile(r"_\$!<(?P<word>.*)>!\$_")
_NEXT_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SCHEME = re.compile(r"\A(?:(?:tel|mailto|x-apple):\s*)+", re.IGNORECASE)
_EXTENSION = re.compile(r";ext=(\d+)", re.IGNORECASE)


def labels_in(properties: Sequence[Property]) -> dict[str, str]:
    """The label of each group: `item1.X-ABLabel:Hotline` is the label of `item1.TEL`."""
    return {
        found.group: in_one_line(found.words())[:LONGEST_NAME]
        for found in properties
        if found.group and found.name == "X-ABLABEL"
    }


def is_a_point(found: Property) -> bool:
    """Whether the property is one that may tell how to reach the person."""
    return found.name in (*_CALLS, "EMAIL", *_CHATS) or BRIDGE in found.kinds


def preferred_first(properties: Sequence[Property]) -> list[Property]:
    """The properties, preferred ones in the place of the first of their name; names keep their places."""
    ranked: dict[str, list[Property]] = defaultdict(list)
    for found in properties:
        ranked[found.name].append(found)
    queues = {name: iter(sorted(named, key=_preference)) for name, named in ranked.items()}
    return [next(queues[found.name]) for found in properties]


def point_from(found: Property, label: str, privacy: Privacy) -> ContactPoint | None:
    """The point, or None for one that reaches nobody in a hurry: a fax, an address without end.

    `label` is that of the property's group, `privacy` holds if the point says nothing of it.
    """
    value = in_one_line(_EXTENSION.sub(r" ext. \1", _SCHEME.sub("", found.words().strip())))
    apple = _APPLE_LABEL.fullmatch(label)
    said = (apple["word"] if apple else label).casefold()
    kind = _kind_of(found, said, surely=bool(apple))
    if kind is None or not value or len(value) > LONGEST_POINT:
        return None
    if apple:
        label = "" if said in _KIND_OF_CALL else _NEXT_WORD.sub(" ", apple["word"]).lower()
    label, hours = label or _label_of(found), _hours_of(found)
    return ContactPoint(kind, value, label, hours=hours, privacy=_privacy_of(found, privacy))


def _kind_of(found: Property, said: str, surely: bool) -> PointKind | None:
    """The kind of point. A label says it if the types do not, or if it is the phone's own word for a kind."""
    if BRIDGE in found.kinds:
        return PointKind.BRIDGE
    if found.name == "EMAIL":
        return PointKind.EMAIL
    if found.name in _CHATS:
        return PointKind.CHAT
    kinds = set(found.kinds)
    if surely or not kinds & _KIND_OF_CALL:
        kinds |= {"fax"} if said.endswith("fax") else {said}
    if kinds & _MOBILE:
        return PointKind.MOBILE
    if "pager" in kinds:
        return PointKind.PAGER
    return None if "fax" in kinds and "voice" not in kinds else PointKind.PHONE


def _label_of(found: Property) -> str:
    service = found.params.get("X-SERVICE-TYPE") or [_CHATS.get(found.name, "")]
    if service[0]:
        return in_one_line(service[0])[:LONGEST_NAME]
    words = (word.removeprefix("x-") for word in found.kinds if word not in _NO_LABEL)
    return in_one_line(", ".join(words))[:LONGEST_NAME]


def _privacy_of(found: Property, usual: Privacy) -> Privacy:
    try:
        return Privacy(found.params.get(PRIVACY, [""])[0].lower())
    except ValueError:
        return usual


def _hours_of(found: Property) -> str:
    hours = ", ".join(found.params.get(HOURS, []))
    try:
        parse_hours(hours)
    except InvalidRecord:
        return ""
    return hours


def _preference(found: Property) -> int:
    """1 is tried first; 101 says nothing about it."""
    try:
        return int(found.params.get("PREF", [""])[0])
    except ValueError:
        return 1 if "pref" in found.kinds else 101
