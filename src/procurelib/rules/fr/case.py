"""A tender as French rules read it, and how its questions are made."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import cache
from typing import Any, Final

from attrs import evolve

from procurelib.errors import Fault, InputError
from procurelib.law import law
from procurelib.models.tender import Tender
from procurelib.rules.answer import Caveat, Text
from procurelib.rules.fr.amount import MONTHS, amount_compared, contract_amount
from procurelib.rules.fr.facts import AMOUNT, CONTRACT
from procurelib.rules.question import Facts, Kind, Question
from procurelib.rules.unmodelled import unmodelled_table, unmodelled_title
from procurelib.tables.table import Table
from procurelib.unknown import UNKNOWN

JURISDICTION: Final = "fr"
SPAN: Final = (law["fr/regime"].versions[0].start, date.max)
"""The days French rules cover: from the first regime of the book on; law set for a term is a gap after it."""

REQUIRED: Final = "fr/framework-maximum-required"

_UNREAD: Final = {
    "reserved": Text(
        "Les règles sur la réservation ne sont pas lues ici : elle ne change ni la publicité ni la mise en concurrence.",
        "The rules on reservation are not read here: it changes neither publicity nor competition.",
    ),
    "criteria": Text(
        "Les critères d’attribution indiqués ne sont pas lus.",
        "The award criteria given are not read.",
    ),
    "clauses": Text(
        "Les conditions d’exécution indiquées ne sont pas lues.",
        "The performance conditions given are not read.",
    ),
    "service": Text(
        "Le genre de service est un code du droit québécois, qu’aucune règle française ne lit.",
        "The kind of service is a code of Québec’s law, which no French rule reads.",
    ),
}


def facts_of(tender: Tender, launched: date | None = None) -> Facts:
    """What French rules know of a tender, as if it were launched on another day when one is given."""
    if tender.buyer.jurisdiction != JURISDICTION:
        expected = f"a buyer of {JURISDICTION}, whose law the question is about"
        raise InputError([Fault("case.buyer", tender.buyer.id, expected, "Ask the rules of the buyer's own country.")])
    if launched is not None:
        kept = tender.concludes if tender.concludes is not None and tender.concludes >= launched else None
        tender = evolve(tender, launched=launched, concludes=kept, published=None)
    amount = amount_compared(tender)
    case: dict[str, Hashable] = {
        "launched": tender.launched,
        "category": tender.category,
        AMOUNT.id: amount.known,
        CONTRACT.id: contract_amount(tender).known,
        "concluded": UNKNOWN if tender.concludes is None else tender.concludes,
        "electronic": tender.electronic,
        "utility": tender.utility,
        "framework": tender.framework or "none",
        "formal_procedure": tender.formal_procedure or "open",
        **dict.fromkeys(tender.grounds, True),
        **dict.fromkeys(tender.uncertain_grounds, UNKNOWN),
    }
    return Facts(case, AMOUNT.id, amount.base, amount.gap, amount.steps, amount.used, amount.more)


def caveats_of(tender: Tender, facts: Facts) -> tuple[Caveat, ...]:
    """What to be careful about in every answer on a tender: what was given and is not read, or should have been given."""
    out = [
        Caveat("unread", name, text)
        for name, text in _UNREAD.items()
        if (given := getattr(tender, name)) is not UNKNOWN and given
    ]
    if tender.framework == "no_maximum" and law[REQUIRED].at(tender.launched) is not None:
        text = Text(
            "Un accord-cadre lancé ce jour-là doit indiquer un maximum : sans lui, la réponse vaut pour la valeur estimée "
            "seulement.",
            "A framework agreement launched on that day must state a maximum: without one the answer holds for the estimated "
            "value only.",
        )
        out.append(Caveat("note", REQUIRED, text))
    if not tender.total_price and law[MONTHS].at(tender.launched) is None:
        text = Text(
            "La règle sur les marchés sans prix total n’a pas été lue pour ce jour-là : la valeur est comparée telle quelle.",
            "The rule on contracts without a total price was not read for that day: the value is compared as it is.",
        )
        out.append(Caveat("unread", MONTHS, text))
    return tuple(out)


def whole_need(tender: Tender, missing: frozenset[str]) -> tuple[Text, ...]:
    """That the contract is read as the whole of the need, when nothing else was said."""
    if tender.need is not None or tender.category in ("outside", "concession"):
        return ()
    return (
        Text(
            "Le marché est pris pour tout le besoin : s’il n’est qu’une part d’une catégorie homogène ou d’une opération de "
            "travaux, c’est leur valeur qui est comparée aux seuils.",
            "The contract is taken to be the whole need: if it is only a part of a homogeneous category or of an operation of "
            "works, their value is what the thresholds are compared with.",
        ),
    )


def _no_sentences(tender: Tender, missing: frozenset[str]) -> tuple[Text, ...]:
    return ()


def _no_overlay(tender: Tender) -> None:
    return None


def question(
    name: str,
    title: Text,
    table: Callable[[None], Table],
    *,
    kind: Kind = "one",
    present: Callable[[Any], Any] | None = None,
    sentences: Callable[[Tender, frozenset[str]], tuple[Text, ...]] = _no_sentences,
) -> Question:
    """A question of French law answered by a table; a buyer adds nothing to the law."""
    return Question(
        id=f"fr/{name}",
        name=name,
        title=title,
        kind=kind,
        table=table,
        overlay=_no_overlay,
        facts=facts_of,
        caveats=caveats_of,
        sentences=sentences,
        bound=False,
        derived=AMOUNT.id,
        turning=(MONTHS,),
        present=present,
    )


@cache
def unmodelled(name: str) -> Question:
    """A question that other jurisdictions answer, and that this book does not for France."""
    return question(name, unmodelled_title(JURISDICTION, name), unmodelled_table(JURISDICTION, name, SPAN))
