"""The permanent codes of what is bought: the tree of categories, and the kinds of services Québec lists."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from procurelib.errors import UnknownId

PARENTS: Final = MappingProxyType(
    {
        "goods": None,
        "services": None,
        "professional_services": "services",
        "reserved_professional_services": "professional_services",
        "social_services": "services",
        "insurance": None,
        "works": None,
        "other_works": None,
        "outside": None,
        "concession": None,
    }
)

# An inner code is also a class of its own: `services` is any service that is none of those named under it.
CATEGORIES: Final = tuple(PARENTS)

LEAVES: Final = tuple(code for code in PARENTS if code not in PARENTS.values())

SERVICES: Final = (
    "courier_mail",
    "fax",
    "real_estate",
    "computer",
    "office_equipment_maintenance",
    "management_consulting",
    "architecture_engineering",
    "landscape_architecture",
    "land_use_planning",
    "testing_inspection",
    "building_cleaning",
    "equipment_repair",
    "sanitation",
    "garbage_removal",
    "road_services",
    "residual_materials",
    "transport_design_build_engineering",
    "hr_arbitration_mediation",
    "cultural",
    "media_space",
    "other",
)


def ancestors(code: str) -> tuple[str, ...]:
    """Return the categories that contain a category, nearest first, itself excluded.

    A code that is not a category raises ``UnknownId``.

    >>> ancestors("reserved_professional_services")
    ('professional_services', 'services')
    >>> ancestors("works")
    ()
    """
    if code not in PARENTS:
        raise UnknownId("category", code, near(code, CATEGORIES))
    above: list[str] = []
    parent = PARENTS[code]
    while parent is not None:
        above.append(parent)
        parent = PARENTS[parent]
    return tuple(above)


def covers(code: str, other: str) -> bool:
    """Tell whether a rule or a by-law written for ``code`` also holds for ``other``.

    It does for the code itself and for those under it. A code that is not a category raises ``UnknownId``.

    >>> covers("services", "reserved_professional_services"), covers("professional_services", "services")
    (True, False)
    """
    if code not in PARENTS:
        raise UnknownId("category", code, near(code, CATEGORIES))
    return code in (other, *ancestors(other))


def near(given: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the known codes that look most like the one given."""
    from difflib import get_close_matches

    return tuple(get_close_matches(given, known, n=3, cutoff=0.6))
