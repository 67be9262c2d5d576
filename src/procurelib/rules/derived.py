"""An amount worked out of what a tender states: what is known of it, and how it was found."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from procurelib.rules.answer import DerivedStep, Gap
from procurelib.tables.basis import Used
from procurelib.tables.facts import Between
from procurelib.unknown import Unknown


@frozen
class Derived:
    """The amount that is compared with the values of the law, and how it was worked out.

    ``base`` is the fact to ask for when it is not known well enough, ``more`` those to ask for beside it; ``gap`` the law
    that is missing to work it out.
    """

    known: Decimal | Between | Unknown
    base: str
    gap: Gap | None
    steps: tuple[DerivedStep, ...]
    used: tuple[Used, ...]
    more: frozenset[str] = frozenset()
