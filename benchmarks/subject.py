"""The only place where the benchmark calls procurelib."""

from functools import partial
from typing import Any

from baseline import Case
from procurelib import Money, Tender, ask, assess, cities, rules

BUYER = cities["ca-qc/longueuil"].with_bylaw(None)
RULE: Any = rules.ca_qc.procedure


def tender_of(case: Case) -> Tender:
    """The same case as a tender."""
    return Tender(buyer=BUYER, category=case.category, value=Money(case.amount, "CAD", tax="net"), launched=case.launched)


# The shared result of a case, without an answer of its own; and an answer that can explain itself, not yet explained.
result = RULE.result
answer = partial(ask, RULE)


def assessed(tender: Tender) -> list[Any]:
    """Every question about a tender answered, each with an answer of its own."""
    return [answer.value for answer in assess(tender).answers]


def explained(tender: Tender) -> str:
    """An answer and its explanation in full."""
    return ask(RULE, tender).explain("en_CA")


def build_and_answer(case: Case) -> Any:
    """From raw facts to an answer, every check of the input included."""
    return ask(RULE, tender_of(case))


def build_and_assess(case: Case) -> list[Any]:
    """From raw facts to the answers to every question."""
    return assessed(tender_of(case))


def procedure_of(given: Any) -> str:
    """The procedure in an answer or a shared result."""
    (found,) = given.possible
    return str(found)
