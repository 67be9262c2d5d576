"""A lot of a tender in Québec, as if it were all of it: there is no derogation for small lots."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from procurelib.citations import Text
from procurelib.models.tender import Lot, Tender
from procurelib.rules.answer import Answer, Outcome
from procurelib.rules.worked_out import worked_out
from procurelib.unknown import UNKNOWN

TITLE: Final = Text("Dérogation des petits lots", "Derogation for small lots")


def small_lots(tender: Tender) -> Answer:
    """The question does not arise: no lot of a Québec tender is claimed as small, since a claim is refused."""
    return worked_out(Outcome("small_lots", "not_applicable", None, frozenset((None,))), TITLE, "ca-qc", tender.launched)


def of_lot(tender: Tender, lot: Lot) -> Tender:
    """The tender of a lot by itself; the kind of service goes with the category it was said of."""
    category = lot.category or tender.category
    return evolve(
        tender,
        value=lot.value,
        category=category,
        service=tender.service if category == tender.category else UNKNOWN,
        reserved=lot.reserved or tender.reserved,
        lots=(),
        options=None,
    )
