"""The columns of a table of people: which field each holds, guessed from its heading in several languages."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from escplaybook.domain.contacts import PointKind
from escplaybook.exchange.contact_items import LONGEST_NAME, in_one_line

_SYNONYMS = {
    "name": "full name, display name, contact, vollständiger name, nom complet, nombre completo, namn",
    "role": "title, job title, position, funktion, rolle, fonction, poste, cargo, puesto, roll, titel",
    "organisation": "organization, company, firm, employer, firma, unternehmen, entreprise, société, empresa, företag",
    "team": "department, group, unit, abteilung, équipe, departamento, equipo, avdelning",
    "phone": "telephone, tel, phone number, work phone, landline, telefon, telefonnummer, rufnummer, festnetz",
    "mobile": "mobile phone, mobile number, cell, cell phone, handy, mobil, mobiltelefon, portable, móvil, celular",
    "email": "mail, email address, e-mail-adresse, courriel, correo, correo electrónico, e-post",
    "chat": "im, instant messaging",
    "pager": "",
    "bridge": "conference bridge, conference, dial in",
    "country": "country code, land, pays, país",
    "zone": "time zone, tz, zeitzone, fuseau horaire, zona horaria, tidszon",
    "hours": "working hours, business hours, arbeitszeiten, horaires, horario, arbetstider",
    "deputy": "backup, stand in, substitute, stellvertreter, vertretung, suppléant, suplente, ersättare",
    "languages": "language, sprachen, sprache, langues, idiomas, språk",
    "notes": "note, comment, comments, remarks, notiz, notizen, bemerkung, remarques, notas, anteckningar",
    "tags": "tag, labels, categories, kategorien, catégories, etiquetas",
    "uid": "id",
}
COLUMNS = tuple(_SYNONYMS)
"""The names of the columns, in the order in which they are written."""

GIVEN, FAMILY = "given name", "family name"
"""The two halves of a name, where a table has a column for each."""

_HALVES = {
    GIVEN: "first name, forename, vorname, prénom, nombre, förnamn",
    FAMILY: "last name, surname, nachname, familienname, nom, nom de famille, apellidos, apellido, efternamn",
}
CHOICES = (*COLUMNS[:1], GIVEN, FAMILY, *COLUMNS[1:])
"""What a column can be taken for; besides, it can be left out: an empty text says so."""

_SAY_NOTHING = frozenset({"number", "numbers", "no", "nr", "nummer", "address", "adresse", "value", "e"})
"""Words of a heading that tell one of its numbers from no other."""

_MAY_REPEAT = frozenset({*map(str, PointKind), "notes", "tags", "languages"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table's headings ("" for one without) and its rows, each with the number a spreadsheet gives it.

    `source` is what to call it, `kind` what its rows are; `is_doubtful` says of pages that nobody has ever said what
    some heading is. `numbers` are the rows in which a column's value is kept as a number or a date: then
    a leading zero or plus is lost.
    """

    source: str
    headings: list[str]
    rows: list[tuple[int, list[str]]]
    warnings: tuple[str, ...] = ()
    numbers: Mapping[int, list[int]] = field(default_factory=dict)
    kind: Literal["people", "entries", "pages"] = "people"
    is_doubtful: bool = False


def guessed(headings: Sequence[str]) -> list[str]:
    """The column that each heading names; empty where it is not known, or where another one names it better."""
    found = [known_column(heading) for heading in headings]
    for at, heading in enumerate(headings):
        likely = "" if found[at] else _likely(heading)
        if likely in _MAY_REPEAT or likely not in found:
            found[at] = likely or found[at]
    if "name" in found:
        return found
    if FAMILY in found and GIVEN not in found:  # French and Spanish tables call the whole name so
        found[found.index(FAMILY)] = "name"
    elif GIVEN in found and FAMILY not in found:
        found[found.index(GIVEN)] = "name"
    return found


def known_column(heading: str) -> str:
    """The column that the heading names to the letter; empty if it is not known."""
    return _COLUMN_OF.get(_bare(heading), "")


def label_in(heading: str, column: str) -> str:
    """What a heading says of a number beyond its kind: “Telefon privat” are private ones."""
    if not _is_point(column) or known_column(heading):
        return ""
    words = (word.lower() for word in re.findall(r"[^\W_]+", heading) if _bare(word) not in _COLUMN_OF)
    return in_one_line(" ".join(word for word in words if word not in _SAY_NOTHING))[:LONGEST_NAME]


def fault_in(headings: Sequence[str], columns: Sequence[str]) -> str:
    """Why these columns cannot be used, as the middle of a sentence; empty if they can."""
    times = Counter(column for column in columns if column)
    twice = [column for column, number in times.items() if number > 1 and column not in _MAY_REPEAT]
    faults = ["“name” is missing"] if not {"name", GIVEN, FAMILY} & set(columns) else []
    if twice:
        faults.append(f"{listed(twice)} there twice")
    if faults and (unknown := [one for one, column in zip(headings, columns, strict=True) if one and not column]):
        faults.append(f"{listed(unknown)} not known")
    return ", and ".join(faults)


def listed(names: Iterable[str]) -> str:
    """`“a”, “b” are`, or `“a” is`; of many the first five."""
    told = [f"“{in_one_line(name)[:40]}”" for name in names if name]
    more = f" and {len(told) - 5} more" if len(told) > 5 else ""
    return f"{', '.join(told[:5])}{more} {'is' if len(told) == 1 else 'are'}"


def _likely(heading: str) -> str:
    """The column whose word stands in the heading among others: a number's or address's first, then the longest."""
    words = [_bare(word) for word in re.findall(r"[^\W_]+", heading)]
    runs = ["".join(words[start:end]) for end in range(len(words) + 1) for start in range(end)]
    known = [run for run in runs if run in _COLUMN_OF]
    return max((_COLUMN_OF[run] for run in sorted(known, key=len, reverse=True)), key=_is_point) if known else ""


def _is_point(column: str) -> bool:
    return column in list(PointKind)


def _bare(heading: str) -> str:
    plain = unicodedata.normalize("NFKD", heading.casefold())
    return re.sub(r"[\s_\-.:]", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))


_COLUMN_OF = {
    _bare(word): name
    for name, words in (*_HALVES.items(), *_SYNONYMS.items())
    for word in (name, *words.split(","))
    if word
}
