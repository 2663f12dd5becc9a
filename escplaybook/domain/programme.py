"""Everything around the knowledge, taken together: who, with whom, where, by which rules, and what stalls now."""

from collections.abc import Mapping
from dataclasses import dataclass

from escplaybook.domain.agreements import Agreement
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.vendors import Vendor


@dataclass(frozen=True, slots=True)
class Programme:
    """A book's people, vendors, agreements, deployments, matrix and blockers at one moment, contacts by id.

    Retired records are among them: whoever names one must be able to say so.
    """

    contacts: Mapping[str, Contact]
    vendors: tuple[Vendor, ...]
    agreements: tuple[Agreement, ...]
    deployments: tuple[Deployment, ...]
    severities: tuple[SeverityDefinition, ...]
    levels: tuple[Level, ...]
    cells: tuple[Cell, ...]
    rights: tuple[DecisionRight, ...]
    blockers: tuple[Blocker, ...]
