"""The country in which somebody's numbers are dialled, where a card makes it clear."""

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
    from phonenumbers import NumberParseException, parse, region_code_for_number, region_codes_for_country_code

    found = set()
    for number in (number.strip() for number in numbers):
        if not number.startswith(("+", "00")):
            continue
        try:
            parsed = parse(number if number.startswith("+") else f"+{number[2:]}")
        except NumberParseException:
            continue
        regions = region_codes_for_country_code(parsed.country_code or 0)
        found.add(regions[0] if len(regions) == 1 else region_code_for_number(parsed) or "")
    (country,) = found if len(found) == 1 else ("",)
    return country if len(country) == 2 and country.isalpha() else ""  # 001 is no country: satellites and the like


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
