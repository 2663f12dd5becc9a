"""The few words by which blockers and knowledge are sorted: severity, cause class, stage."""

from enum import StrEnum


class Severity(StrEnum):
    """Tier of business impact; S1 is the worst."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"


MARKS: dict[Severity, str] = {Severity.S1: "◆", Severity.S2: "▲", Severity.S3: "●", Severity.S4: "○"}
"""The shapes by which severities are told apart without colour, on screen and paper alike."""


class CauseClass(StrEnum):
    """Whose obstacle it is: ours (priority, resource, approval) or a third party's (vendor, API, regulator)."""

    INTERNAL = "internal"
    EXTERNAL = "external"


SUB_CLASSES: dict[CauseClass, tuple[str, ...]] = {
    CauseClass.INTERNAL: ("priority", "resource", "approval"),
    CauseClass.EXTERNAL: ("vendor", "API", "regulator"),
}
"""The sub-classes that every book knows; a book may describe them and add its own (`domain.causes`)."""

STAGES = ("initiation", "integration", "testing", "go-live", "hypercare")
"""The stages every deployment knows, in order. A deployment may add its own; a stage is plain text."""
