"""The only place where the benchmark calls procurelib."""

from typing import Any

from baseline import Case
from procurelib import Money, Tender, ask, cities, rules

BUYER = cities["ca-qc/longueuil"].with_bylaw(None)
RULE: Any = rules.ca_qc.procedure


def tender_of(case: Case) -> Tender:
    """The same case as a tender."""
    return Tender(
        buyer=BUYER, category=case.category, value=Money(case.amount, "CAD", tax="net"), launched=case.launched
    )


def result(tender: Tender) -> Any:
    """The shared result of a case, without an answer of its own."""
    return RULE.result(tender)


def answer(tender: Tender) -> Any:
    """An answer that can explain itself, not yet explained."""
    return ask(RULE, tender)


def explained(tender: Tender) -> str:
    """An answer and its explanation in full."""
    return ask(RULE, tender).explain("en_CA")


def build_and_answer(case: Case) -> Any:
    """From raw facts to an answer, every check of the input included."""
    return ask(RULE, tender_of(case))


def procedure_of(given: Any) -> str:
    """The procedure in an answer or a shared result."""
    return given.value
