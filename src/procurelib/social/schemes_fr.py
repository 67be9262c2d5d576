"""France's schemes: the social and solidarity economy, the ESUS agreement, and whom a contract may be reserved for."""

from __future__ import annotations

from datetime import date
from typing import Final

from procurelib.citations import Text
from procurelib.rules.sources import number
from procurelib.social.findings import (
    Asked,
    Finding,
    Test,
    accreditation,
    at_least,
    at_most,
    evidence,
    form,
    some,
)
from procurelib.social.scheme import Criterion, Scheme

BY_STATUS: Final = ("cooperative", "mutual", "foundation", "association")
INTEGRATION: Final = ("fr/siae-ei", "fr/siae-etti", "fr/siae-aci", "fr/siae-ai")
DISABILITY: Final = ("fr/adapted-enterprise", "fr/esat")
COOLING: Final = "fr/reserved-ess-cooling-off"
RESERVED_ESS: Final = "fr/reserved-ess"

_FORM: Final = Text("Forme juridique", "Legal form")


def _of_company(id: str, test: Test) -> Criterion:
    """A criterion of commercial companies only: it is not asked of any other form."""
    of_another_form, either = form(*BY_STATUS), some(form(*BY_STATUS), test)

    def read(asked: Asked) -> Finding:
        return Finding(True, asked=False) if of_another_form(asked).holds else either(asked)

    return Criterion(id, read)


def _fund(asked: Asked) -> Finding:
    """The development fund takes its share of the profit until it has reached its share of the capital."""
    return some(at_least("fund_of_capital", "fr/ess-company-fund-cap"), at_least("fund_share", "fr/ess-company-fund-share"))(
        asked
    )


def _not_before(id: str, test: Test) -> Test:
    """A criterion that the law states from a day on: before it, nothing was asked."""
    from procurelib.law import law

    def read(asked: Asked) -> Finding:
        return test(asked) if law[id].at(asked.on) is not None else Finding(True, asked=False)

    return read


ESS: Final = (
    Criterion("fr/ess-form", form(*BY_STATUS, "commercial_company"), _FORM),
    *(Criterion(f"fr/ess-{name}", evidence(f"fr/ess-{name}")) for name in ("purpose", "governance", "management")),
    *(_of_company(f"fr/ess-company-{name}", evidence(f"fr/ess-company-{name}")) for name in ("utility", "register", "capital")),
    _of_company("fr/ess-company-statutes", _not_before("fr/ess-company-statutes", evidence("fr/ess-company-statutes"))),
    _of_company("fr/ess-company-fund-share", _not_before("fr/ess-company-fund-share", _fund)),
    _of_company(
        "fr/ess-company-retained-share",
        _not_before("fr/ess-company-retained-share", at_least("retained_share", "fr/ess-company-retained-share")),
    ),
)


def _cooling_off(asked: Asked) -> Finding:
    """The same buyer awarded no contract reserved in the same way in the years before (CCP, L. 2113-16)."""
    if asked.buyer is None:
        return Finding(None, missing=("buyer",))
    years, enterprise = number(COOLING, asked.on), asked.enterprise
    same = (a for a in enterprise.awards if a.buyer == asked.buyer and a.reserved == RESERVED_ESS)
    barring = [a for a in same if a.day < asked.on <= _years_after(a.day, years)]
    if barring:
        return Finding(False, tuple(barring))
    if asked.buyer in enterprise.awards_complete_for:
        return Finding(True)
    return Finding(None, missing=("awards",))


def _years_after(day: date, years: int) -> date:
    """The same day some years later; of 29 February, the 28th."""
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + years, day.month, day.day - 1 if leap else day.day)


def _reserved(name: str, title: Text, measure: str, kinds: tuple[str, ...]) -> Scheme:
    """A reservation for those who employ some workers: accredited or equivalent, and a share of the workers."""
    id = f"fr/reserved-{name}"
    return Scheme(
        id,
        title,
        "FR",
        id,
        (
            Criterion(id, some(accreditation(*kinds), evidence(id)), title),
            Criterion(f"{id}-share", at_least(measure, f"{id}-share")),
        ),
    )


SCHEMES: Final = (
    Scheme(
        "fr/ess",
        Text("Entreprise de l’économie sociale et solidaire", "Enterprise of the social and solidarity economy"),
        "FR",
        "fr/ess-form",
        ESS,
    ),
    Scheme(
        "fr/esus",
        Text("Entreprise solidaire d’utilité sociale agréée", "Approved solidarity enterprise of social utility"),
        "FR",
        "fr/esus",
        (
            Criterion("fr/esus", accreditation("fr/esus")),
            Criterion("fr/esus-pay-average", at_most("pay_average", "fr/esus-pay-average"), decides=False),
            Criterion("fr/esus-pay-top", _not_before("fr/esus-pay-top", at_most("pay_top", "fr/esus-pay-top")), decides=False),
            Criterion(
                "fr/esus-social-cost-share",
                _not_before("fr/esus-social-cost-share", at_least("social_costs", "fr/esus-social-cost-share")),
                decides=False,
            ),
        ),
    ),
    _reserved(
        "disability",
        Text("Réservation aux entreprises adaptées et aux ESAT", "Reservation for adapted enterprises and ESAT"),
        "disabled",
        DISABILITY,
    ),
    _reserved(
        "insertion",
        Text("Réservation aux structures d’insertion", "Reservation for integration structures"),
        "disadvantaged",
        INTEGRATION,
    ),
    _reserved(
        "prison",
        Text("Réservation au travail en prison", "Reservation for work in prison"),
        "prisoners",
        ("fr/prison-work",),
    ),
    Scheme(
        RESERVED_ESS,
        Text(
            "Réservation de certains services aux entreprises de l’économie sociale et solidaire",
            "Reservation of some services for enterprises of the social and solidarity economy",
        ),
        "FR",
        RESERVED_ESS,
        (
            *ESS,
            Criterion(RESERVED_ESS, evidence(RESERVED_ESS), Text("Mission de service public liée", "Public-service mission")),
            Criterion(COOLING, _cooling_off),
        ),
    ),
)
