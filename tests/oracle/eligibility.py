"""A second, slow answer to "is it recognised under this scheme?", written from the texts and not from the library.

It shares no code and no data with the package: plain `if`, `Decimal`, `date`, and its own constants, each with the article
it was typed from. An answer is "yes", "no" or "unknown". A criterion is `True`, `False`, or `None` when nobody knows; all of
a list must hold. What the texts read do not settle is `None` too: nothing is guessed from a form or from a number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Criterion = bool | None

FIRST_DAY = date(2013, 1, 1)  # first day answered
SOCIAL_ECONOMY_ACT = date(2013, 10, 10)  # E-1.1.1, adopted that day
COOPERATIVES = date(2018, 4, 19)  # 2018, c. 8: exception for a designated solidarity cooperative
SUBJECT_BODIES = date(2018, 1, 1)  # 573.3.5, subpar. 4: the first day is recalled
LCOM = date(2026, 4, 1)  # 2025: not read
ESS = date(2014, 8, 2)  # loi 2014-856
COMPANY_SHARES = date(2015, 8, 12)  # arrêté of 2015-08-03
COMPANY_STATUTES = date(2016, 1, 1)  # décret 2015-858
ORDONNANCE = date(2016, 4, 1)  # ordonnance 2015-899, art. 36 and 37
PRISON = date(2023, 1, 1)  # L. 2113-13-1, décret 2022-1683

HALF = Decimal(50)
MILLION = Decimal(1000000)

FORMS_CA = frozenset(
    {"cooperative", "solidarity_cooperative", "mutual_society", "nonprofit_corporation", "business_corporation"}
    | {"partnership", "unincorporated_association", "sole_proprietorship", "public_body"}
)
# What a prefix of the NEQ leaves of the legal forms: 11 and 33 (but for a proof) leave them open.
PREFIXES = {"11": FORMS_CA, "22": {"sole_proprietorship"}, "33": FORMS_CA, "88": {"public_body"}}
FORMS_FR = frozenset(
    {"cooperative", "mutual", "foundation", "association", "commercial_company", "sole_proprietorship", "public_body"}
)


@dataclass(frozen=True)
class Facts:
    """What is known of an enterprise; what is absent is not known. Spans are `(…, first day, first day after or None)`."""

    form: str | None = None
    neq_prefix: str | None = None
    evidence: Mapping[str, bool | None] = field(default_factory=dict)
    accreditations: tuple[tuple[str, date, date | None], ...] = ()
    accreditations_complete: bool = False
    measures: Mapping[str, Decimal] = field(default_factory=dict)
    awards: tuple[tuple[str, date, str | None], ...] = ()
    awards_complete_for: tuple[str, ...] = ()


# --- three values -----------------------------------------------------------------------------------------------------


def every(criteria: Iterable[Criterion]) -> Criterion:
    """All must hold: one that fails settles it, whatever is not known."""
    found = list(criteria)
    if any(one is False for one in found):
        return False
    if any(one is None for one in found):
        return None
    return True


def one_of(criteria: Iterable[Criterion]) -> Criterion:
    """One is enough."""
    found = list(criteria)
    if any(one is True for one in found):
        return True
    if any(one is None for one in found):
        return None
    return False


def word(criterion: Criterion) -> str:
    return {True: "yes", False: "no", None: "unknown"}[criterion]


# --- what is read of the facts ----------------------------------------------------------------------------------------


def accredited(facts: Facts, kinds: Iterable[str], day: date) -> Criterion:
    """Whether one of these was granted by that day and had not ended: the day it ends it no longer holds."""
    for kind, start, end in facts.accreditations:
        if kind in kinds and start <= day and (end is None or day < end):
            return True
    if facts.accreditations_complete:
        return False
    return None


def at_least(facts: Facts, what: str, floor: Decimal) -> Criterion:
    value = facts.measures.get(what)
    return None if value is None else value >= floor


def above(facts: Facts, what: str, floor: Decimal) -> Criterion:
    value = facts.measures.get(what)
    return None if value is None else value > floor


def forms(facts: Facts, every_form: Iterable[str]) -> set[str]:
    """The legal forms the enterprise may have."""
    if facts.form is not None:
        return {facts.form}
    if facts.neq_prefix is not None:
        return set(PREFIXES[facts.neq_prefix])
    return set(every_form)


def form_is(facts: Facts, answers: Mapping[str, Criterion], every_form: Iterable[str]) -> Criterion:
    """What a condition on the form gives: settled when every form left gives the same."""
    found = {answers.get(form, False) for form in forms(facts, every_form)}
    return found.pop() if len(found) == 1 else None


# --- Québec -----------------------------------------------------------------------------------------------------------


def social_economy(facts: Facts, day: date, buyer: str | None = None) -> Criterion:
    """E-1.1.1, s. 3: a closed list of three forms, an activity, and six cumulative principles."""
    if day < SOCIAL_ECONOMY_ACT:
        return False
    form = form_is(
        facts,
        {"cooperative": True, "solidarity_cooperative": True, "mutual_society": True, "nonprofit_corporation": True},
        FORMS_CA,
    )
    principles = ("activity", "needs", "independence", "democracy", "viability", "surplus", "dissolution")
    return every([form, *(facts.evidence.get(f"ca-qc/social-economy-{one}") for one in principles)])


def nonprofit_body(facts: Facts, day: date, buyer: str | None = None) -> Criterion:
    """573.3(2.1): no definition; a form made for profit is none, purpose and non-distribution are to be shown.

    Whether a cooperative, a mutual society or an association that is no legal person is one, when it shares nothing, is an
    open question. Since the LCOM, not read, a form made for profit still is none; nothing else is settled.
    """
    open_question = None
    form = form_is(
        facts,
        {
            "nonprofit_corporation": True,
            "unincorporated_association": open_question,
            "cooperative": open_question,
            "solidarity_cooperative": open_question,
            "mutual_society": open_question,
        },
        FORMS_CA,
    )
    shown = facts.evidence.get("ca-qc/nonprofit-body-form")
    if day >= LCOM:
        return False if form is False else None
    return every([form, shown])


def solidarity_cooperative(facts: Facts, day: date, buyer: str | None = None) -> Criterion:
    """573.3(2.2): a solidarity cooperative, articles without rebate or interest, and a designation by the Minister."""
    if day < COOPERATIVES:
        return False
    form = form_is(facts, {"solidarity_cooperative": True}, FORMS_CA)
    no_rebate = facts.evidence.get("ca-qc/cooperative-no-rebate")
    if day >= LCOM and no_rebate is False:
        no_rebate = None  # whether the new Act keeps the condition is not known
    return every([form, no_rebate, accredited(facts, {"ca-qc/cooperative-designation"}, day)])


def subject_body(facts: Facts, day: date, buyer: str | None = None) -> Criterion:
    """573.3.5: control by a municipality, or a non-profit body of a million of revenue, half of it municipal aid."""
    if day < SUBJECT_BODIES:
        return False
    if day >= LCOM:
        return None
    paid = every(
        [
            nonprofit_body(facts, day),
            at_least(facts, "revenue", MILLION),
            at_least(facts, "municipal_revenue", HALF),
        ]
    )
    return one_of([paid, facts.evidence.get("ca-qc/subject-body-control")])


def accredited_in_quebec(kind: str):
    def answer(facts: Facts, day: date, buyer: str | None = None) -> Criterion:
        if day < FIRST_DAY:
            return None
        return accredited(facts, {kind}, day)

    return answer


# --- France -----------------------------------------------------------------------------------------------------------


def ess(facts: Facts, day: date, buyer: str | None = None) -> Criterion:
    """Loi 2014-856, art. 1: four forms on three conditions; a commercial company on more."""
    if day < ESS:
        return False
    conditions = every(facts.evidence.get(f"fr/ess-{one}") for one in ("purpose", "governance", "management"))
    further: list[Criterion] = [facts.evidence.get(f"fr/ess-company-{one}") for one in ("utility", "register", "capital")]
    if day >= COMPANY_STATUTES:
        further.append(facts.evidence.get("fr/ess-company-statutes"))
    if day >= COMPANY_SHARES:
        fund = [at_least(facts, "fund_share", Decimal(20)), at_least(facts, "fund_of_capital", Decimal(20))]
        further += [one_of(fund), at_least(facts, "retained_share", HALF)]
    company = every(further)
    by_status = dict.fromkeys(("cooperative", "mutual", "foundation", "association"), True)
    return every([form_is(facts, {**by_status, "commercial_company": company}, FORMS_FR), conditions])


def esus(facts: Facts, day: date, buyer: str | None = None) -> Criterion:
    """L. 3332-17-1: the agreement is what makes one, while it stands. Its conditions are for who grants it."""
    return accredited(facts, {"fr/esus"}, day)


def reserved_disability(facts: Facts, day: date, buyer: str | None = None) -> Criterion:
    """CMP 15, then ord. 36-I, then L. 2113-12: adapted enterprise, ESAT or equivalent, and the share of the workers."""
    if day < FIRST_DAY:
        return None
    share = above(facts, "disabled", HALF) if day < ORDONNANCE else at_least(facts, "disabled", HALF)
    return every([structure(facts, {"fr/adapted-enterprise", "fr/esat"}, "fr/reserved-disability", day), share])


def reserved_insertion(facts: Facts, day: date, buyer: str | None = None) -> Criterion:
    """Ord. 36-II, then L. 2113-13: not possible before."""
    if day < ORDONNANCE:
        return False
    kinds = {"fr/siae-ei", "fr/siae-etti", "fr/siae-aci", "fr/siae-ai"}
    return every([structure(facts, kinds, "fr/reserved-insertion", day), at_least(facts, "disadvantaged", HALF)])


def structure(facts: Facts, kinds: Iterable[str], equivalent: str, day: date) -> Criterion:
    """An accredited structure, or an equivalent one: that none was accredited does not rule the second out."""
    return one_of([accredited(facts, kinds, day), facts.evidence.get(equivalent)])


def reserved_prison(facts: Facts, day: date, buyer: str | None = None) -> Criterion:
    """L. 2113-13-1: an operator that has prisoners work, and half of the workers."""
    if day < PRISON:
        return False
    return every([structure(facts, {"fr/prison-work"}, "fr/reserved-prison", day), at_least(facts, "prisoners", HALF)])


def reserved_ess(facts: Facts, day: date, buyer: str | None = None) -> Criterion:
    """Ord. 37, then L. 2113-15 and -16: ESS, a public-service mission, no such contract from this buyer in three years."""
    if day < ORDONNANCE:
        return False
    return every([ess(facts, day), facts.evidence.get("fr/reserved-ess"), rested(facts, day, buyer)])


def rested(facts: Facts, day: date, buyer: str | None) -> Criterion:
    if buyer is None:
        return None
    for by, when, reserved in facts.awards:
        # The day of the award is not counted, and the last day of the three years is one of them.
        if by == buyer and reserved == "fr/reserved-ess" and when < day <= three_years_after(when):
            return False
    return True if buyer in facts.awards_complete_for else None


def three_years_after(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + 3, 2, 28)
    return date(day.year + 3, day.month, day.day)


SCHEMES = {
    "ca-qc/E-1.1.1": social_economy,
    "ca-qc/nonprofit-body": nonprofit_body,
    "ca-qc/qualified-solidarity-cooperative": solidarity_cooperative,
    "ca-qc/subject-body": subject_body,
    "ca-qc/adapted-enterprise": accredited_in_quebec("ca-qc/adapted-enterprise"),
    "ca-qc/insertion-enterprise": accredited_in_quebec("ca-qc/insertion-enterprise"),
    "ca-qc/home-help-enterprise": accredited_in_quebec("ca-qc/home-help-enterprise"),
    "fr/ess": ess,
    "fr/esus": esus,
    "fr/reserved-disability": reserved_disability,
    "fr/reserved-insertion": reserved_insertion,
    "fr/reserved-prison": reserved_prison,
    "fr/reserved-ess": reserved_ess,
}


def eligibility(scheme: str, facts: Facts, day: date, buyer: str | None = None) -> str:
    """Whether it is recognised under a scheme on a day: "yes", "no" or "unknown"."""
    return word(SCHEMES[scheme](facts, day, buyer))
