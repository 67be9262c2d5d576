"""The procedure in France: without publicity or competition, adapted, or formal."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Final

from attrs import frozen

from procurelib.rules.answer import Text
from procurelib.rules.fr.case import SPAN, question, whole_need
from procurelib.rules.fr.facts import (
    AMOUNT,
    CATEGORY,
    CLAIMS,
    CONCLUDED,
    CONTRACT,
    DEEMED,
    ENTITY,
    ENTITY_THRESHOLD,
    FRAMEWORK,
    LAUNCHED,
    SOCIAL,
    SUPPLIES,
    TERM,
    THRESHOLD,
    UTILITY,
    WORKS,
    WORKS_THRESHOLD,
    at_threshold,
    below,
    category,
    claimed,
    in_force,
    reaches,
)
from procurelib.rules.series import beyond_term, readings_in, require_gap, series
from procurelib.tables.conditions import Compare, Condition, InForce, Within, all_of, any_of
from procurelib.tables.table import Open, Row, Table

DIRECT, ADAPTED, FORMAL = "direct", "adapted", "formal"
EVERY: Final = frozenset((DIRECT, ADAPTED, FORMAL))
CEILING, WORKS_CEILING = "fr/direct-ceiling-supplies-services", "fr/direct-ceiling-works"
OLD_ENTITY_CEILING: Final = "fr/direct-ceiling-entity"
BY_CONCLUSION: Final = "fr/direct-ceiling-works-by-conclusion"
NO_MAXIMUM: Final = "fr/framework-no-maximum"

WHATEVER_THE_AMOUNT: Final = (
    "extreme-urgency",
    "no-suitable-tender",
    "artistic-work",
    "technical-reasons",
    "exclusive-rights",
    "additional-deliveries",
    "similar-services",
    "contest-winner",
    "closing-down-purchase",
    "other-exception",
)


OLD: Final = in_force("fr/regime", "cmp")
FOR: Final[Mapping[str, tuple[Condition, ...]]] = {
    # What each of these grounds is about, where the articles say so; the others may be claimed for any contract.
    "additional-deliveries": (category("goods") | OLD,),
    "similar-services": (category("services", "insurance", "works", "other_works"), ~all_of(OLD, ENTITY, ~WORKS)),
    "contest-winner": (category("services", "insurance"),),
    "closing-down-purchase": (category("goods") | all_of(category("services", "insurance"), ~OLD),),
}


@frozen
class Kind:
    """One kind of contract, with the amount below which it may be made directly and the one from which it is formal."""

    name: str
    what: Condition
    ceiling: str
    threshold: str

    @property
    def social(self) -> bool:
        """Whether social services are of this kind."""
        return self.threshold != WORKS_THRESHOLD


def kinds() -> tuple[Kind, ...]:
    """The kinds of contract, no two of which overlap."""
    old = ENTITY & in_force(OLD_ENTITY_CEILING)
    return (
        Kind("supplies-services", all_of(SUPPLIES, ~ENTITY), CEILING, THRESHOLD),
        Kind("supplies-services-entity", all_of(SUPPLIES, ENTITY, ~in_force(OLD_ENTITY_CEILING)), CEILING, ENTITY_THRESHOLD),
        Kind("supplies-services-entity-before-alignment", all_of(SUPPLIES, old), OLD_ENTITY_CEILING, ENTITY_THRESHOLD),
        Kind("works", all_of(WORKS, ~old), WORKS_CEILING, WORKS_THRESHOLD),
        Kind("works-entity-before-alignment", all_of(WORKS, old), OLD_ENTITY_CEILING, WORKS_THRESHOLD),
    )


@lru_cache(maxsize=1)
def table(overlay: Hashable = None) -> Table:
    """The table of the procedure (CMP 26 to 30 and 35; ordonnance 2015-899 and decree 2016-360; CCP, R. 2121-1 ff.)."""
    rows = (*_general(), *_small_lots(), *_without_competition())
    facts = (LAUNCHED, CATEGORY, AMOUNT, CONTRACT, CONCLUDED, UTILITY, FRAMEWORK, *readings_in(rows), *CLAIMS.values())
    return Table("fr/procedure", LAUNCHED, SPAN, facts, rows)


def _general() -> tuple[Row, ...]:
    why = beyond_term(THRESHOLD)[1]
    rows: list[Row] = []
    for kind in kinds():
        due = all_of(kind.what, ~SOCIAL, reaches(AMOUNT, kind.ceiling))
        rows += (
            Row(
                f"direct-{kind.name}",
                kind.what & below(AMOUNT, kind.ceiling),
                DIRECT,
                cites=(series("fr/direct-below-ceiling"), series("fr/anti-splitting")),
            ),
            Row(
                f"adapted-{kind.name}",
                all_of(due, TERM, below(AMOUNT, kind.threshold)),
                ADAPTED,
                cites=(series("fr/adapted"), series("fr/anti-splitting")),
            ),
            Row(
                f"formal-{kind.name}", all_of(due, TERM, reaches(AMOUNT, kind.threshold)), FORMAL, cites=(series("fr/formal"),)
            ),
        )
        # The kinds that ended before the term of the thresholds never meet it.
        if kind.ceiling != OLD_ENTITY_CEILING:
            rows.append(Row(f"beyond-the-term-{kind.name}", due & ~TERM, Open(frozenset((ADAPTED, FORMAL)), why)))
        if kind.social:
            when = all_of(kind.what, SOCIAL, reaches(AMOUNT, kind.ceiling))
            rows.append(Row(f"social-{kind.name}", when, ADAPTED, cites=(series("fr/social-services-adapted"),)))
    framework = (series(NO_MAXIMUM),)
    return (
        *rows,
        Row("no-maximum", ~SOCIAL & DEEMED, FORMAL, 1, framework),
        Row("no-maximum-social", all_of(SOCIAL, DEEMED), ADAPTED, 1, (*framework, series("fr/social-services-adapted"))),
        Row("outside", category("outside"), None, cites=(series("fr/subject-contracts"),)),
        Row("concession", category("concession"), Open(EVERY, require_gap("fr/concession", SPAN[0]))),
    )


def _lot_below(id: str) -> tuple[tuple[str, Condition], ...]:
    """The two kinds of small lots, by what is bought, each under its own ceiling."""
    return (
        ("supplies-services", all_of(SUPPLIES, below(CONTRACT, f"fr/{id}-supplies-services"))),
        ("works", all_of(WORKS, below(CONTRACT, f"fr/{id}-works"))),
    )


def _small_lots() -> tuple[Row, ...]:
    """Small lots of a formal contract may follow an adapted procedure (CMP 27-III; decree 22; CCP, R. 2123-1 2°)."""
    framework = ~Within(FRAMEWORK, frozenset(("none",))) & in_force("fr/small-lot-minimum")
    claim = all_of(claimed("small-lot"), in_force("fr/small-lot"), ~SOCIAL, at_threshold() | ~TERM, ~DEEMED, due())
    unread = Open(frozenset((ADAPTED, FORMAL)), require_gap("fr/small-lot-framework", SPAN[0]))
    return (
        *(
            Row(f"small-lot-{name}", all_of(claim, ~framework, when), ADAPTED, 2, (series("fr/small-lot"),))
            for name, when in _lot_below("small-lot-ceiling")
        ),
        *(
            Row(f"small-lot-framework-{name}", all_of(claim, framework, when), unread, 2, (series("fr/small-lot-minimum"),))
            for name, when in _lot_below("small-lot-ceiling")
        ),
    )


def due() -> Condition:
    """The compared amount reaches the ceiling of its kind: publicity and competition are due unless a ground lifts them."""
    return any_of(*(all_of(kind.what, reaches(AMOUNT, kind.ceiling)) for kind in kinds()))


def _without_competition() -> tuple[Row, ...]:
    """The grounds on which a contract is made without publicity or competition, claimed one by one (CCP, R. 2122-1 ff.)."""
    competed = due() | DEEMED
    own = due() & ~DEEMED

    def ground(name: str, *when: Condition, id: str | None = None) -> Row:
        entry = f"fr/{name}"
        return Row(id or name, all_of(claimed(name), in_force(entry), *when), DIRECT, 3, (series(entry),))

    small = all_of(claimed("small-lot"), in_force("fr/small-lot-direct"))
    innovative = all_of(claimed("innovative-purchase"), in_force("fr/innovative-small-lot-ceiling-works"))
    window = all_of(WORKS, in_force(BY_CONCLUSION), InForce(CONCLUDED, series(BY_CONCLUSION)))
    return (
        *(ground(name, competed, *FOR.get(name, ())) for name in WHATEVER_THE_AMOUNT),
        ground("pointless-competition", competed, ~at_threshold() | SOCIAL),
        ground("innovative-purchase", own, in_force("fr/innovative-ceiling"), below(AMOUNT, "fr/innovative-ceiling")),
        ground("library-books", category("goods"), own, in_force("fr/books-ceiling"), below(AMOUNT, "fr/books-ceiling")),
        ground(
            "emergency-food",
            category("goods"),
            own,
            in_force("fr/emergency-food-ceiling"),
            below(AMOUNT, "fr/emergency-food-ceiling"),
        ),
        Row(
            "works-by-conclusion",
            all_of(window, own, ~Compare(AMOUNT, series(BY_CONCLUSION), CONCLUDED)),
            DIRECT,
            3,
            (series(BY_CONCLUSION),),
        ),
        Row(
            "works-lot-by-conclusion",
            all_of(small, window, own, ~Compare(CONTRACT, series(BY_CONCLUSION), CONCLUDED)),
            DIRECT,
            3,
            (series(BY_CONCLUSION),),
        ),
        *(
            Row(f"small-lot-direct-{name}", all_of(small, own, when), DIRECT, 3, (series("fr/small-lot-direct"),))
            for name, when in _lot_below("direct-ceiling")
        ),
        *(
            Row(
                f"innovative-small-lot-{name}",
                all_of(small, innovative, own, when),
                DIRECT,
                3,
                (series("fr/innovative-purchase"),),
            )
            for name, when in _lot_below("innovative-small-lot-ceiling")
        ),
    )


QUESTION: Final = question(
    "procedure",
    Text("Procédure la moins ouverte permise", "Least open procedure allowed"),
    table,
    sentences=whole_need,
)
