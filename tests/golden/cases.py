"""Twelve cases whose full explanations are kept, reviewed, in both languages."""

from datetime import date
from typing import Any

from procurelib import FLOATING, UNKNOWN, Answer, ByLaw, Money, Tender, cities, rules

LONGUEUIL = cities["ca-qc/longueuil"]
NO_RULE = LONGUEUIL.with_bylaw(None)
OWN_RULE = cities["ca-qc/brossard"].with_bylaw(
    ByLaw(date(2019, 5, 14), {"goods": Money("100000", "CAD", tax="net"), "services": FLOATING}, public_from=FLOATING)
)
LOCALES = {"fr": "fr_CA", "en": "en_CA"}


def _ask(question: str, buyer: Any, category: str, value: Any, launched: date, **more: Any) -> Answer:
    amount = Money(value, "CAD", tax="net") if isinstance(value, str) else value
    tender = Tender(buyer=buyer, category=category, value=amount, launched=launched, **more)
    answer: Answer = getattr(rules.ca_qc, question).ask(tender)
    return answer


def answers() -> dict[str, Answer]:
    """The answer of each case, by the name of its files."""
    unstated = Money("60000", "CAD", tax=UNKNOWN)
    return {
        "01-public-call": _ask("procedure", NO_RULE, "goods", "150000", date(2026, 2, 2)),
        "02-below-the-floor": _ask("procedure", NO_RULE, "works", "24999.99", date(2016, 5, 2)),
        "03-invitation-under-own-ceiling": _ask("procedure", OWN_RULE, "goods", "136000", date(2026, 2, 2)),
        "04-unknown-by-law": _ask("procedure", LONGUEUIL, "goods", "60000", date(2024, 5, 2)),
        "05-ground-met": _ask(
            "procedure", NO_RULE, "services", "400000", date(2024, 5, 2), grounds=["ca-qc/nonprofit-body"], service="other"
        ),
        "06-ground-not-met": _ask("procedure", NO_RULE, "goods", "60000", date(2024, 5, 2), grounds=["ca-qc/nonprofit-body"]),
        "07-law-not-read": _ask("procedure", NO_RULE, "goods", "60000", date(2026, 5, 4)),
        "08-tax-basis-unstated": _ask(
            "procedure", NO_RULE, "services", unstated, date(2018, 4, 19), options=Money("40000", "CAD", tax=UNKNOWN)
        ),
        "09-uncertain-first-day": _ask("procedure", NO_RULE, "works", "102000", date(2020, 7, 20)),
        "10-territory-unknown-service": _ask("territory", NO_RULE, "services", "400000", date(2023, 3, 1)),
        "11-minimum-period": _ask("minimum_period", NO_RULE, "goods", "400000", date(2023, 3, 1), electronic=True),
        "12-agreements": _ask("agreements", NO_RULE, "works", "500000", date(2019, 3, 1)),
    }
