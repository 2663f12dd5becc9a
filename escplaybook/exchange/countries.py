"""The country in which somebody's numbers are dialled, where a card makes it clear."""

import re
from collections.abc import Iterable
from functools import cache


def country_called(name: str) -> str:
    """The ISO 3166 code of a country by its name in any of some dozen languages, or by the code itself; else empty."""
    word = name.strip()
    if len(word) == 2 and word.upper() in _names().values():
        return word.upper()
    return _names().get(word.casefold(), "")


def country_dialled(numbers: Iterable[str]) -> str:
    """The country of all numbers that have a country's code; empty if there is none, or more than one."""
    found = {_region(number.strip()) for number in numbers} - {None}
    country = found.pop() if len(found) == 1 else ""
    return country if country and country.isalpha() else ""  # 001 is no country: satellites and the like


def _region(number: str) -> str | None:
    """The region of a number with a country's code; empty if several share the code, None if it has none."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, NumberParseException, parse, region_code_for_number

    if not number.startswith(("+", "00")):
        return None
    digits = re.sub(r"\D", "", number[1:] if number.startswith("+") else number[2:])
    for length in (1, 2, 3):  # no code begins another one
        regions = COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length] or 0), ())
        if len(regions) == 1:
            return str(regions[0])
        if regions:
            break
    try:
        return region_code_for_number(parse(f"+{digits}")) or ""
    except NumberParseException:
        return None


@cache
def _names() -> dict[str, str]:
    from phonenumbers.geodata.locale import LOCALE_DATA  # 0.3 s, only for cards with a country

    spelt = {
        name.casefold(): code
        for code, names in LOCALE_DATA.items()
        for name in names.values()
        if name and not name.startswith("*")
    }
    return spelt | {"usa": "US", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB"}
