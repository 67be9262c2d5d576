"""The nouns a question is made of: cities and their by-laws, tenders and their lots."""

from __future__ import annotations

from procurelib.models.bylaw import FLOATING, ByLaw, Floating
from procurelib.models.categories import CATEGORIES, LEAVES, SERVICES, ancestors, covers
from procurelib.models.city import Basis, City
from procurelib.models.grounds import GROUNDS, grounds_of
from procurelib.models.scheme import PurchasingScheme
from procurelib.models.tender import Lot, Tender

__all__ = [
    "CATEGORIES",
    "FLOATING",
    "GROUNDS",
    "LEAVES",
    "SERVICES",
    "Basis",
    "ByLaw",
    "City",
    "Floating",
    "Lot",
    "PurchasingScheme",
    "Tender",
    "ancestors",
    "covers",
    "grounds_of",
]
