"""Which trade agreements cover the purchase of a Québec municipality, each on its own clock and at its own amounts.

An agreement binds the Party that signed it; the city obeys municipal law. The two answers are kept apart.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from procurelib.law import law
from procurelib.rules.answer import Text
from procurelib.rules.ca_qc._procedure import listed_services
from procurelib.rules.ca_qc.bylaw import Bylaws
from procurelib.rules.ca_qc.case import SPAN, question
from procurelib.rules.ca_qc.facts import (
    AMOUNT,
    CATEGORY,
    CLAIMS,
    LAUNCHED,
    SERVICE,
    SUBJECT,
    UTILITY,
    at_least,
    category,
    claimed,
    in_force,
    service,
)
from procurelib.rules.members import MembersQuestion
from procurelib.rules.question import Question
from procurelib.rules.series import readings_in, require_gap, series
from procurelib.tables.conditions import Condition, Within, all_of, any_of
from procurelib.tables.table import Open, Row, Table

NONPROFIT: Final = ("ca-qc/nonprofit-body", "ca-qc/nonprofit-listed-services", "ca-qc/nonprofit-goods")
EITHER: Final = frozenset((False, True))


def _table(name: str, rows: Callable[[str], tuple[Row, ...]]) -> Callable[[Bylaws], Table]:
    @lru_cache(maxsize=1)
    def table(bylaws: Bylaws) -> Table:
        cites = (series(f"trade/{name}"),)
        made = (Row(f"{name}-no", category(*SUBJECT), False, 0, cites), *rows(name))
        claims = [CLAIMS[g] for g in NONPROFIT]
        facts = (LAUNCHED, CATEGORY, AMOUNT, SERVICE, UTILITY, *readings_in(made), *claims)
        return Table(f"trade/{name}", LAUNCHED, SPAN, facts, (*made, _outside()), ())

    return table


def _outside() -> Row:
    return Row("outside", category("outside", "concession"), None, cites=(series("ca-qc/subject-contracts"),))


def _in_force(name: str) -> Condition:
    return in_force(f"trade/{name}", "municipal")


def _canadian(name: str) -> tuple[Row, ...]:
    """AIT, CFTA, ACCQO and AQNB: goods, services and works from their amounts."""
    here = _in_force(name)
    cites = (series(f"trade/{name}"),)
    services: Condition = category("services")
    excluded: list[Condition] = []
    if name in ("ait", "aqnb"):
        services = services & ~category("reserved_professional_services")
    if name == "cfta":
        excluded = [~any_of(*(claimed(g) for g in NONPROFIT))]
        services = services & ~category("social_services")
    covered = (("goods", category("goods")), ("services", services), ("works", category("works")))
    return (
        *(
            Row(f"{name}-{what}", all_of(here, when, at_least(f"trade/{name}-{what}"), *excluded), True, 1, cites)
            for what, when in covered
        ),
        *_unsettled(name),
    )


def _european(name: str) -> tuple[Row, ...]:
    """CETA, and the agreement that continues it with the United Kingdom: a positive list of services."""
    here, cites = _in_force(name), (series(f"trade/{name}"),)
    listed = Within(SERVICE, frozenset(listed_services()))
    services = category("services") & ~category("social_services")
    goods, of_services = ("ceta-goods", "ceta-services") if name == "ceta" else ("cuktca-goods-services",) * 2
    covered_from = law["ca-qc/regime"].versions[0].start
    unsettled = require_gap("ca-qc/residual-materials-listed", covered_from)
    return (
        Row(f"{name}-goods", all_of(here, category("goods"), at_least(f"trade/{goods}")), True, 1, cites),
        Row(f"{name}-services", all_of(here, services, listed, at_least(f"trade/{of_services}")), True, 1, cites),
        Row(
            f"{name}-residual-materials",
            all_of(here, services, service("residual_materials"), at_least(f"trade/{of_services}")),
            Open(EITHER, unsettled),
            1,
            cites,
        ),
        Row(f"{name}-works", all_of(here, category("works"), at_least(f"trade/{name}-works")), True, 1, cites),
        *_unsettled(name),
        Row(
            f"{name}-utility",
            all_of(here, category("goods", "services", "works"), Within(UTILITY, frozenset((True,)))),
            Open(EITHER, require_gap("ca-qc/agreement-utilities", covered_from)),
            2,
            cites,
        ),
    )


def _unsettled(name: str) -> tuple[Row, ...]:
    gap = require_gap("ca-qc/agreement-categories", law["ca-qc/regime"].versions[0].start)
    return (
        Row(
            f"{name}-insurance-other-works",
            all_of(_in_force(name), category("insurance", "other_works")),
            Open(EITHER, gap),
            1,
            (series(f"trade/{name}"),),
        ),
    )


def _none(name: str) -> tuple[Row, ...]:
    return ()


MEMBERS: Final = (
    ("AIT", "ait", _canadian),
    ("CFTA", "cfta", _canadian),
    ("ACCQO", "accqo", _canadian),
    ("AQNB", "aqnb", _canadian),
    ("CETA", "ceta", _european),
    ("GPA", "gpa", _none),
    ("CPTPP", "cptpp", _none),
    ("CUKTCA", "cuktca", _european),
    ("AQNY", "aqny", _none),
)


def _question(code: str, name: str, rows: Callable[[str], tuple[Row, ...]]) -> Question:
    title = Text(law[f"trade/{name}"].title_fr, law[f"trade/{name}"].title_en)
    return question(f"agreement_{code.lower()}", title, _table(name, rows), uses_bylaw=False)


QUESTION: Final = MembersQuestion(
    "ca-qc/agreements",
    "agreements",
    Text("Accords de commerce qui couvrent l’achat", "Trade agreements that cover the purchase"),
    tuple((code, _question(code, name, rows)) for code, name, rows in MEMBERS),
)
