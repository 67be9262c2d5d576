"""A second, slow answer to the questions about France, written from the texts and not from the library.

It shares no code and no data with the package: plain `if`, `Decimal`, `date`, and its own constants, each with the
article it was typed from. Facts are plain: `amount` is the value of the need that is compared with the thresholds,
`contract_amount` that of this contract alone (small lots), both in euros excluding tax. A fact that is `None` is not
known, and every answer it may lead to is given. `None` among the answers: the law gives no such thing in that case;
"not_modelled": the texts read do not say.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

DIRECT, ADAPTED, FORMAL = "direct", "adapted", "formal"
EVERY_PROCEDURE = frozenset({DIRECT, ADAPTED, FORMAL})
NOT_MODELLED = "not_modelled"

FIRST_DAY = date(2013, 1, 1)  # first day answered
ORDONNANCE = date(2016, 4, 1)  # ordonnance 2015-899, décret 2016-360: the code of 2006 ends
CODE = date(2019, 4, 1)  # code de la commande publique
GREEN = date(2026, 8, 21)  # loi 2021-1104 art. 35; décret 2022-767 art. 11
UNKNOWN_THRESHOLDS = date(2028, 1, 1)  # the European amounts are known to 2027-12-31
BOUNDLESS = Decimal("Infinity")  # a framework agreement without a maximum

WORKS = frozenset({"works", "other_works"})
SERVICES = frozenset({"services", "professional_services", "reserved_professional_services"})
SOCIAL = "social_services"
EVERY_CATEGORY = WORKS | SERVICES | {"goods", "insurance", SOCIAL, "outside", "concession"}

DIRECT_GROUNDS = frozenset(  # CMP 35-II and 144-II; décret 2016-360 art. 30; R. 2122-1 ff.
    {
        "fr/extreme-urgency",
        "fr/no-suitable-tender",
        "fr/artistic-work",
        "fr/technical-reasons",
        "fr/exclusive-rights",
        "fr/additional-deliveries",
        "fr/similar-services",
        "fr/contest-winner",
        "fr/closing-down-purchase",
        "fr/other-exception",
    }
)
POINTLESS, INNOVATIVE, BOOKS = "fr/pointless-competition", "fr/innovative-purchase", "fr/library-books"
FOOD, SMALL_LOT = "fr/emergency-food", "fr/small-lot"
PRIOR_NOTICE, URGENCY = "fr/prior-information-notice", "fr/urgency"
ELECTRONIC_NOTICE, DOCUMENTS_ONLINE = "fr/electronic-notice", "fr/documents-online"
ELECTRONIC_REJECTION, STANDARDISED = "fr/electronic-rejection", "fr/standardised-purchase"
NO_SOCIAL_CONDITION, AGREED_PERIOD = "fr/social-condition-exception", "fr/agreed-period"
GROUNDS = DIRECT_GROUNDS | {
    *(POINTLESS, INNOVATIVE, BOOKS, FOOD, SMALL_LOT, PRIOR_NOTICE, URGENCY, ELECTRONIC_NOTICE, DOCUMENTS_ONLINE),
    *(ELECTRONIC_REJECTION, STANDARDISED, NO_SOCIAL_CONDITION, AGREED_PERIOD),
}
FORMAL_PROCEDURES = (None, "open", "restricted", "negotiation", "dialogue")


# --- amounts in force -------------------------------------------------------------------------------------------------


def formal_threshold(day: date, category: str, utility: bool) -> Decimal | None:
    """The amount from which the formal procedure is due, `None` when it is not known that day."""
    if day >= UNKNOWN_THRESHOLDS:
        return None
    works = category in WORKS
    if day < date(2014, 1, 1):  # CMP 26 and 144; décret 2011-2027
        amount = "5000000" if works else "400000" if utility else "200000"
    elif day < date(2016, 1, 1):  # CMP 26 and 144; décret 2013-1259
        amount = "5186000" if works else "414000" if utility else "207000"
    elif day < date(2018, 1, 1):  # CMP 26, then the notice annexed to the decree
        amount = "5225000" if works else "418000" if utility else "209000"
    elif day < date(2020, 1, 1):
        amount = "5548000" if works else "443000" if utility else "221000"
    elif day < date(2022, 1, 1):  # annex 2 of the code
        amount = "5350000" if works else "428000" if utility else "214000"
    elif day < date(2024, 1, 1):
        amount = "5382000" if works else "431000" if utility else "215000"
    elif day < date(2026, 1, 1):
        amount = "5538000" if works else "443000" if utility else "221000"
    else:
        amount = "5404000" if works else "432000" if utility else "216000"
    return Decimal(amount)


def direct_ceiling(day: date, category: str, utility: bool, in_time: bool) -> Decimal:
    """Below this, neither publicity nor competition; `in_time`: concluded by 2021-07-10."""
    if day < date(2015, 10, 1):
        return Decimal("20000") if utility else Decimal("15000")  # CMP 146; CMP 28-III
    if day < date(2020, 1, 1):
        return Decimal("25000")  # décret 2015-1163; décret 2016-360 art. 30-I-8°; R. 2122-8
    if category not in WORKS:
        return Decimal("40000") if day < date(2026, 4, 1) else Decimal("60000")  # décrets 2019-1344, 2025-1386
    if day < date(2020, 7, 24):
        return Decimal("40000")
    if day < date(2020, 12, 8):
        return Decimal("70000") if in_time else Decimal("40000")  # décret 2020-893 art. 1
    if day < date(2027, 1, 1):
        return Decimal("100000")  # loi 2020-1525 art. 142; décrets 2022-1683, 2024-1217, 2025-1386
    return Decimal("140000")  # loi 2026-403 art. 13, by one source


def small_lot_ceiling(category: str) -> Decimal:
    """A lot below this may leave the formal procedure: CMP 27-III; décret 2016-360 art. 22; R. 2123-1 2°."""
    return Decimal("1000000") if category in WORKS else Decimal("80000")


# --- procedure --------------------------------------------------------------------------------------------------------


class Facts:
    """The facts of one case, the unknown ones decided one way."""

    def __init__(self, given: dict[str, Any], in_time: bool, electronic: bool) -> None:
        self.day: date = given["launched"]
        self.category: str = given["category"]
        self.utility: bool = given.get("utility", False)
        self.grounds = frozenset(given.get("grounds", ()))
        self.formal_procedure: str = given.get("formal_procedure") or "open"
        self.in_time, self.electronic = in_time, electronic
        self.amount: Decimal = given["amount"]
        own = given.get("contract_amount")
        self.lot: Decimal = self.amount if own is None else own
        if given.get("framework") == "no_maximum" and self.day <= date(2021, 12, 31):
            self.amount = self.lot = BOUNDLESS  # CMP 27-VI; R. 2121-8 before décret 2021-1111
        self.small = SMALL_LOT in self.grounds
        # CMP 27-III, last paragraph: not for framework agreements, nor for contracts without a minimum, which is not a fact.
        self.unread_lot = self.small and self.day < ORDONNANCE and given.get("framework") is not None
        self.threshold = formal_threshold(self.day, self.category, self.utility)
        self.ceiling = direct_ceiling(self.day, self.category, self.utility, self.in_time)

    @property
    def social(self) -> bool:
        return self.category == SOCIAL

    def at_threshold(self) -> bool | None:
        """Whether the need reaches the formal threshold; `None` when nobody knows it."""
        if self.threshold is None:
            return None if self.amount >= self.ceiling else False
        return self.amount >= self.threshold


def is_about(ground: str, f: Facts) -> bool:
    """Whether a ground is about what is bought."""
    old, services = f.day < ORDONNANCE, f.category not in WORKS and f.category != "goods"
    if ground == "fr/contest-winner":
        return services  # CMP 35-II 7°; R. 2122-6
    if ground == "fr/similar-services":  # CMP 35-II 6°, entities: CMP 144-II, works only; R. 2122-7
        return f.category in WORKS or (services and not (old and f.utility))
    if ground == "fr/additional-deliveries":
        return old or f.category == "goods"  # CMP 35-II 4° and 5°; R. 2122-4
    if ground == "fr/closing-down-purchase":
        return f.category == "goods" or (services and not old)  # CMP 35-II 9°; R. 2122-5
    return True


def modes(f: Facts) -> frozenset[str]:
    """The procedures the law allows at least; more than one: the threshold of the day is not known."""
    if f.amount < f.ceiling or any(is_about(ground, f) for ground in f.grounds & DIRECT_GROUNDS):
        return frozenset({DIRECT})
    works = f.category in WORKS
    if POINTLESS in f.grounds and f.day < ORDONNANCE and (f.social or not f.at_threshold()):
        return frozenset({DIRECT})  # CMP 28-II, in the section on the adapted procedure
    if INNOVATIVE in f.grounds and f.day >= date(2018, 12, 25) and f.amount < Decimal("100000"):
        return frozenset({DIRECT})  # décret 2018-1225 art. 1; R. 2122-9-1
    if BOOKS in f.grounds and f.day >= ORDONNANCE and f.category == "goods" and f.amount < Decimal("90000"):
        return frozenset({DIRECT})  # décret 2016-360 art. 30-I-9°; R. 2122-9
    emergency = date(2020, 7, 24) <= f.day < date(2020, 12, 10)
    if FOOD in f.grounds and emergency and f.category == "goods" and f.amount < Decimal("100000"):
        return frozenset({DIRECT})  # décret 2020-893 art. 2
    if SMALL_LOT in f.grounds:
        if f.day >= CODE and f.lot < f.ceiling:
            return frozenset({DIRECT})  # R. 2122-8, lots of R. 2123-1 2° b
        innovative = Decimal("100000") if works else Decimal("80000")
        if INNOVATIVE in f.grounds and f.day >= date(2021, 12, 16) and f.lot < innovative:
            return frozenset({DIRECT})  # R. 2122-9-1
    if f.social:
        return frozenset({ADAPTED})  # CMP 30 and 148; décret 2016-360 art. 28; R. 2123-1 3°
    reached = f.at_threshold()
    if reached is False or (f.small and not f.unread_lot and f.lot < small_lot_ceiling(f.category)):
        return frozenset({ADAPTED})
    if f.unread_lot and f.lot < small_lot_ceiling(f.category):
        return frozenset({ADAPTED, FORMAL})
    if reached is None:
        return frozenset({ADAPTED, FORMAL})
    return frozenset({FORMAL})


def asked(given: dict[str, Any], answers: Callable[[Facts, str], Iterable[Any]]) -> dict[str, Any]:
    """One question put to every case the facts allow: `answers` gives those of one case under one procedure."""
    if given["launched"] < FIRST_DAY:
        raise ValueError("before the first day covered")
    if given["category"] not in EVERY_CATEGORY or not frozenset(given.get("grounds", ())) <= GROUNDS:
        raise ValueError("unknown category or ground")
    if given.get("formal_procedure") not in FORMAL_PROCEDURES or given.get("framework") not in (None, "maximum", "no_maximum"):
        raise ValueError("unknown procedure or framework")
    if given["category"] == "outside":
        return {"status": "not_applicable", "possible": {None}, "missing": set()}
    if given["category"] == "concession":
        return {"status": NOT_MODELLED, "possible": {NOT_MODELLED}, "missing": set()}
    concluded, electronic = given.get("concluded"), given.get("electronic")
    clocks = [True, False] if concluded is None else [concluded <= date(2021, 7, 10)]
    ways = [True, False] if electronic is None else [electronic]
    grid: dict[tuple[bool, bool], frozenset[Any]] = {}
    for in_time in clocks:
        for way in ways:
            facts = Facts(given, in_time, way)
            grid[in_time, way] = frozenset(found for mode in modes(facts) for found in answers(facts, mode))
    missing = set()
    if any(len({grid[clock, way] for clock in clocks}) > 1 for way in ways):
        missing.add("concludes")
    if any(len({grid[clock, way] for way in ways}) > 1 for clock in clocks):
        missing.add("electronic")
    possible = set(frozenset().union(*grid.values()))
    if missing:
        status = "unknown"
    elif NOT_MODELLED in possible or any(len(found) > 1 for found in grid.values()):
        status = NOT_MODELLED
    else:
        status = "not_applicable" if possible == {None} else "answered"
    return {"status": status, "possible": possible, "missing": missing}


def procedure(**given: Any) -> dict[str, Any]:
    """The least open procedures the law allows."""
    found = asked(given, lambda facts, mode: [mode])
    if given["category"] == "outside":
        return {**found, "possible": set()}
    if given["category"] == "concession":
        return {**found, "possible": set(EVERY_PROCEDURE)}
    return found


# --- periods ----------------------------------------------------------------------------------------------------------


def tender_days(f: Facts, mode: str) -> list[int | str | None]:
    """Days to receive tenders, from the notice (open) or from the invitation of those selected."""
    if mode != FORMAL:
        return [None]  # a reasonable time: R. 2143-1, R. 2151-1; CMP 28
    claims, kind = f.grounds, f.formal_procedure
    if f.day < ORDONNANCE:
        if kind == "open":  # CMP 57-II; entities: CMP 160-II, the same
            seven = 7 if ELECTRONIC_NOTICE in claims else 0
            five = 5 if DOCUMENTS_ONLINE in claims else 0
            return [22 - seven if PRIOR_NOTICE in claims else 52 - seven - five]
        if kind == "dialogue":
            return [NOT_MODELLED] if f.utility else [15]  # CMP 67-VII, the final tenders; not open to entities (CMP 144)
        if f.utility:
            return [10]  # CMP 163-II and 166-II, where no date is agreed
        if kind == "negotiation":
            return [None]  # CMP 66-III: the buyer sets it freely
        five = 5 if DOCUMENTS_ONLINE in claims else 0
        if URGENCY in claims:
            return [10]  # CMP 62-III
        return [22 - five if PRIOR_NOTICE in claims else 40 - five]  # CMP 62-II
    short = PRIOR_NOTICE in claims or URGENCY in claims
    if kind == "open":  # décret 2016-360 art. 67; R. 2161-2, R. 2161-3
        return [15 if short else 30 if f.electronic else 35]
    if kind == "dialogue":
        return [NOT_MODELLED]
    if f.utility:
        return [10]  # R. 2161-22 and, for negotiation, the same rule, where no date is agreed
    if kind == "restricted" and AGREED_PERIOD in claims:
        return [10]  # art. 70, R. 2161-9: the least where the candidates do not agree
    return [10 if short else 25 if f.electronic else 30]  # art. 70, R. 2161-8; R. 2161-14, R. 2161-15


def minimum_period(**given: Any) -> dict[str, Any]:
    """The minimum number of days to receive tenders."""
    return asked(given, tender_days)


def application_days(f: Facts, mode: str) -> list[int | str | None]:
    """Days to receive applications, from the notice."""
    if mode != FORMAL or f.formal_procedure == "open":
        return [None]
    if f.day < ORDONNANCE:
        online = ELECTRONIC_NOTICE in f.grounds
        if f.utility:  # CMP 162 3°, 165 3°; no dialogue for entities (CMP 144-I)
            return [NOT_MODELLED] if f.formal_procedure == "dialogue" else [15 if online else 22]
        if URGENCY in f.grounds and f.formal_procedure != "dialogue":
            return [10 if online else 15]  # CMP 60-II, 65-II
        return [30 if online else 37]  # CMP 60-II, 65-II, 67-II
    if f.formal_procedure == "dialogue":
        return [30]  # R. 2161-25, which speaks of every buyer
    if f.utility:
        return [15]  # R. 2161-21
    return [15 if URGENCY in f.grounds else 30]  # art. 69, R. 2161-6; R. 2161-12


def application_period(**given: Any) -> dict[str, Any]:
    """The minimum number of days to receive applications, where the procedure has that step."""
    return asked(given, application_days)


def standstill(**given: Any) -> dict[str, Any]:
    """Days between the rejection letters and the signature: CMP 80-I; décret 2016-360 art. 101; R. 2182-1."""

    def days(f: Facts, mode: str) -> list[int | None]:
        if mode != FORMAL:
            return [None]
        return [11 if ELECTRONIC_REJECTION in f.grounds else 16]

    return asked(given, days)


# --- publication ------------------------------------------------------------------------------------------------------

FREE = frozenset({frozenset({"free_choice"})})
NATIONAL = frozenset({frozenset({"boamp", "buyer_profile"}), frozenset({"jal", "buyer_profile"})})
EUROPEAN = frozenset({frozenset({"boamp", "joue", "buyer_profile"})})
UNION_ONLY = frozenset({frozenset({"joue", "buyer_profile"})})


def publication(**given: Any) -> dict[str, Any]:
    """The minimal sets of media, any one of which will do."""

    def media(f: Facts, mode: str) -> list[Any]:
        if mode == DIRECT:
            return [None]
        if mode == FORMAL:
            return [EUROPEAN]  # CMP 40-III 2°, 150-III; R. 2131-16 ff.
        if f.social:
            if f.day < ORDONNANCE:
                return [FREE]  # CMP 40-II, 150-II: free whatever the amount
            european = f.amount >= Decimal("1000000" if f.utility else "750000")
            return [UNION_ONLY if european else FREE]  # R. 2131-15 names the Official Journal of the Union alone
        if f.at_threshold() is not False and SMALL_LOT in f.grounds:
            return [NOT_MODELLED]  # which publicity a small lot of a need that may be large asks for was not read
        return [FREE if f.amount < Decimal("90000") else NATIONAL]  # CMP 40-II and III 1°; R. 2131-12

    return asked(given, media)


# --- award ------------------------------------------------------------------------------------------------------------


def award_method(**given: Any) -> dict[str, Any]:
    """How the best tender may be chosen."""

    def methods(f: Facts, mode: str) -> list[Any]:
        if mode == DIRECT:
            return [None]
        if f.day < ORDONNANCE:
            return [frozenset({"lowest_price", "weighted"})]  # CMP 53-I
        if f.day < GREEN and STANDARDISED in f.grounds and f.category not in WORKS:  # supplies and services only
            return [frozenset({"lowest_price", "cost_only", "weighted"})]  # décret 2016-360 art. 62; R. 2152-7
        return [frozenset({"cost_only", "weighted"})]  # price alone: standardised purchases, then never

    return asked(given, methods)


# --- sustainability ---------------------------------------------------------------------------------------------------


def sustainability(**given: Any) -> dict[str, Any]:
    """What the contract and its award must hold; the social condition follows the amount, not the procedure."""

    def duties(f: Facts, mode: str) -> list[frozenset[str]]:
        if f.day < GREEN:
            return [frozenset()]  # CMP 14; ordonnance 2015-899 art. 38; L. 2112-2: optional
        due = frozenset({"environmental_condition", "environmental_specifications"})
        if mode != DIRECT:
            due |= {"environmental_criterion"}  # L. 2152-7: where tenders are compared
        reached = f.at_threshold()
        if reached is False or NO_SOCIAL_CONDITION in f.grounds:
            return [due]
        social = due | {"social_condition"}  # L. 2112-2-1
        if reached is None or f.social:
            return [due, social]  # the amount is not known; which amount binds social services was not read
        return [social]

    return asked(given, duties)


def purchasing_scheme(spend: Decimal | None, day: date) -> dict[str, Any]:
    """Whether a local authority that buys that much in a year must have a scheme (SPASER)."""
    if day < date(2014, 8, 2):  # loi 2014-856 art. 13
        return {"status": "answered", "possible": {False}, "missing": set()}
    if day < date(2015, 2, 1):  # the decree that sets the amount had not come
        return {"status": NOT_MODELLED, "possible": {True, False}, "missing": set()}
    if spend is None:
        return {"status": "unknown", "possible": {True, False}, "missing": {"annual_purchases"}}
    limit = Decimal("100000000") if day < date(2023, 1, 1) else Decimal("50000000")  # décret 2015-90; D. 2111-3
    return {"status": "answered", "possible": {spend > limit}, "missing": set()}


# --- lots -------------------------------------------------------------------------------------------------------------


def small_lots(
    *, launched: date, category: str, lots: Sequence[tuple[Decimal, bool]], framework: str | None = None
) -> dict[str, Any]:
    """Whether the lots claimed small are: each below its ceiling, and together at most 20 % of all the lots."""
    claimed = [amount for amount, small in lots if small]
    if not claimed:
        return {"status": "not_applicable", "possible": {None}, "missing": set()}
    fit = all(amount < small_lot_ceiling(category) for amount in claimed)
    fit = fit and sum(claimed) * 5 <= sum(amount for amount, _ in lots)
    if launched < ORDONNANCE and framework is not None and fit:
        # CMP 27-III: 20 % of the minimum where there is one, and no derogation where there is none: not a fact here.
        return {"status": NOT_MODELLED, "possible": {True, False}, "missing": set()}
    return {"status": "answered", "possible": {fit}, "missing": set()}


# --- agreements -------------------------------------------------------------------------------------------------------

YES, NO, UNCERTAIN = "yes", "no", "uncertain"


def agreements(**given: Any) -> dict[str, str]:
    """Which agreements cover the contract, from the European thresholds."""
    if given["category"] in ("outside", "concession"):
        return {}
    f = Facts(given, in_time=False, electronic=True)
    reached = f.at_threshold()
    if reached is False:
        return {"GPA": NO, "CETA": NO}
    doubtful = reached is None or f.utility or not (f.category == "goods" or f.category in WORKS)
    word = UNCERTAIN if doubtful else YES  # the lists of services and of entities were not read
    return {
        "GPA": word if f.day >= date(2014, 4, 6) else UNCERTAIN,  # revised agreement; the one before was not read
        "CETA": word if f.day >= date(2017, 9, 21) else NO,
    }


# --- territory --------------------------------------------------------------------------------------------------------

UNION, CANADA, PARTIES = "EU", "CA", "GPA"


def territory(**given: Any) -> dict[str, Any]:
    """From where tenders must be treated as those of the Union: ordonnance 2015-899 art. 2; L. 2153-1."""

    def places(f: Facts, mode: str) -> list[Any]:
        if mode == DIRECT:
            return [None]
        if f.day < ORDONNANCE or f.at_threshold() is not True:
            return [NOT_MODELLED]  # no such article before; below the thresholds it depends on the interest across borders
        canada = [frozenset({UNION, CANADA})]
        known = f.day >= date(2017, 9, 21) and not f.utility and (f.category == "goods" or f.category in WORKS)
        without = canada if known else [frozenset({UNION}), *canada]
        return [*without, *(found | {PARTIES} for found in without)]  # the parties to the GPA were not read

    return asked(given, places)
