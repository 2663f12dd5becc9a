"""What a card about one vendor says: the vendor, what protects us, and who of us alone speaks to outsiders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from escplaybook.domain.agreements import Agreement
from escplaybook.domain.contacts import Contact, ContactPoint, zone_named
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.identity import Record
from escplaybook.domain.overview import number_on_paper
from escplaybook.domain.programme import Programme, deployments_of
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.verification import Importance, Importances, importances


@dataclass(frozen=True)
class VendorCard:
    """A vendor with its agreements. `speakers` are the single points of contact of `deployments`, by their ids."""

    vendor: Vendor
    agreements: tuple[Agreement, ...]
    deployments: tuple[Deployment, ...]
    speakers: Mapping[str, Contact]
    importances: Importances

    def zones(self, at: datetime) -> list[tuple[str, str]]:
        """Our clocks: one zone for each that shows another time at `at`, with the deployments that go by it."""
        found: dict[object, tuple[str, list[str]]] = {}
        for one in self.deployments:
            offset = at.astimezone(zone_named(one.zone)).utcoffset()
            found.setdefault(offset, (one.zone, []))[1].append(one.name)
        return [(zone, ", ".join(names)) for zone, names in found.values()]

    def importance_of(self, person: Contact) -> Importance:
        """What hangs on reaching them."""
        return self.importances.get(person.id, Importance.NOBODY)

    def numbers(self) -> list[tuple[ContactPoint, Importance]]:
        """Every number of it, each with what hangs on it; those that are not for paper are among them."""
        told = [(point, Importance.VENDOR) for level in self.vendor.levels for point in level.points]
        people = {person.id: person for person in self.speakers.values()}
        told += [(p, self.importance_of(one)) for one in people.values() if (p := number_on_paper(one)) is not None]
        return told

    def records(self) -> list[Record]:
        """Everything that it is made of."""
        return [self.vendor, *self.agreements, *self.deployments, *self.speakers.values()]


def vendor_card(found: Programme, vendor: Vendor, deployment: Deployment | None = None) -> VendorCard:
    """The card of a vendor; with a deployment its clock and its single point of contact alone stand on it."""
    ours = [deployment] if deployment is not None else deployments_of(found)
    speakers = {}
    for one in ours:
        person = found.contacts.get(one.point_of_contact or "")
        if person is not None and person.retired is None:
            speakers[one.id] = person
    agreements = tuple(one for one in found.agreements if one.retired is None and one.vendor == vendor.id)
    return VendorCard(vendor, agreements, tuple(ours), speakers, importances(found))
