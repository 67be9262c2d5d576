"""Which trade agreements cover the purchase of a Québec municipality, each on its own clock and at its own amounts.

An agreement binds the Party that signed it; the city obeys municipal law. The two answers are kept apart.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from procurelib.law import law
from procurelib.rules.answer import Gap, Text
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
PUBLIC_BODY: Final = "ca-qc/public-body"
EITHER: Final = frozenset((False, True))


def _table(name: str, rows: Callable[[str], tuple[Row, ...]]) -> Callable[[Bylaws], Table]:
    @lru_cache(maxsize=1)
    def table(bylaws: Bylaws) -> Table:
        cites = (series(f"trade/{name}"),)
        made = (Row(f"{name}-no", category(*SUBJECT), False, 0, cites), *rows(name))
        claims = [CLAIMS[g] for g in (*NONPROFIT, PUBLIC_BODY)]
        facts = (LAUNCHED, CATEGORY, AMOUNT, SERVICE, UTILITY, *readings_in(made), *claims)
        return Table(f"trade/{name}", LAUNCHED, SPAN, facts, (*made, _outside(), _concession()))

    return table


def _outside() -> Row:
    return Row("outside", category("outside"), None, cites=(series("ca-qc/subject-contracts"),))


def _concession() -> Row:
    return Row("concession", category("concession"), Open(EITHER, require_gap("ca-qc/concession", SPAN[0])))


def _in_force(name: str) -> Condition:
    return in_force(f"trade/{name}", "municipal")


def _canadian(name: str) -> tuple[Row, ...]:
    """AIT, CFTA, ACCQO and AQNB: goods, services and works from their amounts, exceptions apart."""
    here, cites = _in_force(name), (series(f"trade/{name}"),)
    services: Condition = category("services")
    if name in ("ait", "aqnb"):
        services = services & ~category("reserved_professional_services")
    covered = (("goods", category("goods")), ("services", services), ("works", category("works")))
    nonprofit, public_body = any_of(*(claimed(g) for g in NONPROFIT)), claimed(PUBLIC_BODY)
    social, reserved = category("social_services"), category("reserved_professional_services")
    # The CFTA's own exceptions are known in part; the others follow schedules that were not read.
    out = {"cfta": any_of(nonprofit, public_body, social)}.get(name)
    doubt: Condition = {
        "ait": any_of(social, public_body),
        "cfta": reserved,
        "accqo": any_of(social, reserved, nonprofit, public_body),
        "aqnb": any_of(social, nonprofit, public_body),
    }[name]
    amounts = [all_of(what, at_least(f"trade/{name}-{kind}")) for kind, what in covered]
    rows = [Row(f"{name}-{kind}", here & when, True, 1, cites) for (kind, _), when in zip(covered, amounts, strict=True)]
    rows.append(Row(f"{name}-exceptions", all_of(here, any_of(*amounts), doubt), Open(EITHER, _gap("exceptions")), 2, cites))
    if out is not None:
        exclusions = (series("trade/cfta-nonprofit-exclusion"), series("trade/cfta-social-services-exclusion"))
        rows.append(Row(f"{name}-excluded", here & out, False, 3, exclusions))
    return (*rows, *_unsettled(name, f"{name}-goods"))


def _european(name: str) -> tuple[Row, ...]:
    """CETA, and the agreement that continues it with the United Kingdom: a positive list of services."""
    here, cites = _in_force(name), (series(f"trade/{name}"),)
    listed = Within(SERVICE, frozenset(listed_services()))
    services = category("services") & ~category("social_services")
    goods, of_services = ("ceta-goods", "ceta-services") if name == "ceta" else ("cuktca-goods-services",) * 2
    amounts = (
        ("goods", all_of(category("goods"), at_least(f"trade/{goods}"))),
        ("services", all_of(services, listed, at_least(f"trade/{of_services}"))),
        ("works", all_of(category("works"), at_least(f"trade/{name}-works"))),
    )
    reached = any_of(*(when for _, when in amounts))
    utility = all_of(here, reached, Within(UTILITY, frozenset((True,))))
    return (
        *(Row(f"{name}-{kind}", here & when, True, 1, cites) for kind, when in amounts),
        Row(
            f"{name}-residual-materials",
            all_of(here, services, service("residual_materials"), at_least(f"trade/{of_services}")),
            Open(EITHER, require_gap("ca-qc/residual-materials-listed", SPAN[0])),
            1,
            cites,
        ),
        *_unsettled(name, goods),
        Row(f"{name}-public-body", all_of(here, reached, claimed(PUBLIC_BODY)), Open(EITHER, _gap("exceptions")), 2, cites),
        Row(f"{name}-utility", utility & ~claimed(PUBLIC_BODY), Open(EITHER, _gap("utilities")), 2, cites),
    )


def _unsettled(name: str, amount: str) -> tuple[Row, ...]:
    """Insurance and works that are not construction: nothing read says how they are treated; under every amount, no."""
    when = all_of(_in_force(name), category("insurance", "other_works"), at_least(f"trade/{amount}"))
    return (Row(f"{name}-insurance-other-works", when, Open(EITHER, _gap("categories")), 1, (series(f"trade/{name}"),)),)


def _gap(what: str) -> Gap:
    return require_gap(f"ca-qc/agreement-{what}", SPAN[0])


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
