"""Numbers and addresses as they are dialled: E.164, from here, and what is wrong with those that cannot be reached.

A value is always kept as it was written; what is worked out here is shown beside it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from escplaybook.domain.contacts import ContactPoint, PointKind

REMEMBERED = 30_000
"""Values whose reading is remembered: reading one costs 0.05 ms, and a list of 10,000 people is drawn at once."""

_PLAIN_NUMBER = re.compile(r"\+[1-9](?:[ ()./-]{0,2}\d){7,14}(?: ?(?:ext\.?|x) ?\d{1,6})?", re.ASCII)
_PLAIN_ADDRESS = re.compile(
    r"[\w+-]+(?:\.[\w+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,20}", re.ASCII | re.IGNORECASE
)

_SHOWN = 40
"""Characters of a value in a sentence."""


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number that was read. `country` is the one it belongs to (ISO 3166), empty if it is in none.

    `e164` (“+442079460123”) leaves out the extension, `uri` (“tel:+44-20-7946-0123;ext=45”) has it.
    """

    e164: str
    international: str
    uri: str
    country: str
    extension: str = ""

    def dialled_from(self, here: str) -> str:
        """What is dialled in the country `here`: “020 7946 0123” within, “00 44 20 7946 0123” from Germany.

        The international form where nobody said which country that is.
        """
        return _dialled(self.e164, self.extension, here) if here else self.international


def number_of(value: str, country: str = "") -> Number | None:
    """The number that `value` says; `country` is where it would be dialled without a country code.

    None if it says none: `fault_of_number` tells why.
    """
    found = _read(value, country)
    return None if isinstance(found, str) else found


def fault_of_number(value: str, country: str = "") -> str:
    """What is wrong with a telephone number, in a sentence; empty if nothing is."""
    found = _read(value, country)
    return found if isinstance(found, str) else ""


def fault_of(point: ContactPoint, country: str = "") -> str:
    """Why a point can reach nobody as it is written, in a sentence; empty if it may.

    Chats, bridges and pagers are called in ways of their own, so nothing is wrong with them.
    """
    match point.kind:
        case PointKind.PHONE | PointKind.MOBILE:
            return fault_of_number(point.value, country)
        case PointKind.EMAIL:
            return _fault_of_address(point.value)
        case _:
            return ""


def is_doubtful(point: ContactPoint) -> bool:
    """Whether a point asks to be looked at closer (see `fault_of`): it has not the plain form that nearly all have.

    What looks over everybody at once asks this first: the libraries that know cost a tenth of a second to load.
    """
    match point.kind:
        case PointKind.PHONE | PointKind.MOBILE:
            return _PLAIN_NUMBER.fullmatch(point.value) is None
        case PointKind.EMAIL:
            return _PLAIN_ADDRESS.fullmatch(point.value) is None
        case _:
            return False


def is_number(point: ContactPoint) -> bool:
    """Whether it is a telephone number, to be dialled."""
    return point.kind in (PointKind.PHONE, PointKind.MOBILE)


def dialled(point: ContactPoint, country: str, here: str) -> str:
    """What is dialled `here` for a number; empty for what is no number, or is dialled just as it is written."""
    number = number_of(point.value, country) if is_number(point) else None
    told = number.dialled_from(here) if number is not None else ""
    return "" if _bare(told) == _bare(point.value) else told


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """The countries whose numbers are known, by their two letters."""
    import phonenumbers

    return tuple(sorted(phonenumbers.SUPPORTED_REGIONS))


@lru_cache(maxsize=REMEMBERED)
def _read(value: str, country: str) -> Number | str:
    """The number, or the sentence that says why there is none."""
    import phonenumbers  # 45 ms: not before a number is read
    from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

    try:
        parsed = phonenumbers.parse(value, country or None)
    except NumberParseException as error:
        return _why_unread(value, country, error.error_type)
    match phonenumbers.is_possible_number_with_reason(parsed):
        case ValidationResult.IS_POSSIBLE:
            pass
        case ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return f"{_named(value)} lacks its area code; write it whole, with + and the country code."
        case ValidationResult.TOO_SHORT:
            return f"{_named(value)} has too few digits for a telephone number."
        case ValidationResult.TOO_LONG:
            return f"{_named(value)} has too many digits for a telephone number."
        case _:
            return f"{_named(value)} has not as many digits as a telephone number of that country."
    return Number(
        phonenumbers.format_number(parsed, PhoneNumberFormat.E164),
        phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL),
        phonenumbers.format_number(parsed, PhoneNumberFormat.RFC3966),
        _country_of(parsed.country_code or 0),
        parsed.extension or "",
    )


def _country_of(code: int) -> str:
    import phonenumbers

    region = phonenumbers.region_code_for_country_code(code)
    return region if region.isalpha() and region != "ZZ" else ""


def _why_unread(value: str, country: str, kind: int) -> str:
    from phonenumbers import NumberParseException

    if kind == NumberParseException.INVALID_COUNTRY_CODE:
        if value.strip().startswith("+"):
            return f"{_named(value)} begins with a country code that does not exist."
        where = f", and no numbers are known of “{country}”" if country else ""
        return f"{_named(value)} has no country code{where}; write it with +, or say in which country it is dialled."
    if kind == NumberParseException.TOO_LONG:
        return f"{_named(value)} has too many digits for a telephone number."
    if kind in (NumberParseException.TOO_SHORT_NSN, NumberParseException.TOO_SHORT_AFTER_IDD):
        return f"{_named(value)} has too few digits for a telephone number."
    return f"{_named(value)} is no telephone number."


@lru_cache(maxsize=REMEMBERED)
def _dialled(e164: str, extension: str, here: str) -> str:
    import phonenumbers

    number = phonenumbers.parse(e164)
    number.extension = extension or None
    if here not in phonenumbers.SUPPORTED_REGIONS:
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    return str(phonenumbers.format_out_of_country_calling_number(number, here))


@lru_cache(maxsize=REMEMBERED)
def _fault_of_address(value: str) -> str:
    from email_validator import EmailNotValidError, validate_email  # 40 ms: not before an address is read

    if value.endswith(".local"):  # reserved, and the name of many a firm's own mail all the same
        return ""
    try:
        validate_email(value.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        why = str(error)
        return f"{_named(value)} is no e-mail address: {why[:1].lower()}{why[1:]}"
    return ""


def _named(value: str) -> str:
    plain = "".join(character for character in value if character.isprintable())
    return f"“{plain}”" if len(plain) <= _SHOWN else f"“{plain[: _SHOWN - 1]}…”"


def _bare(value: str) -> str:
    """What fingers press: blanks, hyphens, dots, slashes and brackets only part the digits for the eye."""
    return "".join(character for character in value if not character.isspace() and character not in "-./()")
