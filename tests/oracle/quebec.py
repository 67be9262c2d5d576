"""A second, slow answer to the questions about Québec, written from the texts and not from the library.

It shares no code and no data with the package: plain `if`/`elif`, `Decimal`, `date`, and its own constants, each with
the article it was typed from. Where the texts known to us are silent or disagree, a function returns every answer they
allow and says so (`gaps`). It is meant to be read against the statutes, and to disagree when the package is wrong.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

DIRECT, INVITATION, PUBLIC = "direct", "invitation", "public"
EVERY_PROCEDURE = frozenset({DIRECT, INVITATION, PUBLIC})

FIRST_DAY = date(2013, 1, 1)  # first day answered
BYLAW_POWER = date(2018, 1, 1)  # by-laws may set award rules: 2017, c. 13; LCV 573.3.1.2 para. 4
MINISTERIAL = date(2018, 4, 19)  # 2018, c. 8: thresholds set by the Minister
LCOM = date(2026, 4, 1)  # Act respecting contracting by municipal bodies
LAST_BIENNIUM = date(2027, 12, 31)  # the amounts of 2026 are set until this day, included

INVITATION_FLOOR = Decimal("25000")  # LCV 573.1; LCOM 9 and 30
LOWEST_PIN = Decimal("100000")  # no statute since 2013 had a lower public-call amount

SERVICE_FAMILY = frozenset({"services", "professional_services", "reserved_professional_services", "social_services"})
EVERY_CATEGORY = SERVICE_FAMILY | {"goods", "insurance", "works", "other_works", "outside", "concession"}
COVERED_BY_SERVICES = {
    "professional_services": ("services",),
    "reserved_professional_services": ("professional_services", "services"),
    "social_services": ("services",),
}

# C-19, r. 5, s. 2(3)(a)-(o): the services opened to suppliers of the European Union.
LISTED = frozenset(
    {
        "courier_mail",  # (a)
        "fax",  # (b)
        "real_estate",  # (c)
        "computer",  # (d)
        "office_equipment_maintenance",  # (e)
        "management_consulting",  # (f)
        "architecture_engineering",  # (g)
        "landscape_architecture",  # (h)
        "land_use_planning",  # (i)
        "testing_inspection",  # (j)
        "building_cleaning",  # (k)
        "equipment_repair",  # (l)
        "sanitation",  # (m)
        "garbage_removal",  # (n)
        "road_services",  # (o)
    }
)
# Excluded from (f) and (g), or never named.
UNLISTED = frozenset({"hr_arbitration_mediation", "transport_design_build_engineering", "cultural", "media_space", "other"})
RESIDUAL = "residual_materials"  # may be (m) or (n), may be none of the fifteen
EVERY_SERVICE = LISTED | UNLISTED | {RESIDUAL}
# Removing garbage is collecting residual materials in plain words; whether purifying is, nobody says.
MAYBE_RESIDUAL = frozenset({"garbage_removal", "sanitation"})

GROUNDS = frozenset(
    {
        "ca-qc/regulated-tariff",
        "ca-qc/public-body",
        "ca-qc/sole-supplier",
        "ca-qc/nonprofit-body",
        "ca-qc/nonprofit-listed-services",
        "ca-qc/nonprofit-goods",
        "ca-qc/qualified-solidarity-cooperative",
        "ca-qc/conduit-owner",
        "ca-qc/emergency",
        "ca-qc/purchasing-centre",
        "ca-qc/umq-fqm-agreement",
        "ca-qc/cultural-services",
        "ca-qc/media-space",
        "ca-qc/other-exception",
    }
)


# --- amounts in force -------------------------------------------------------------------------------------------------


def threshold(day: date) -> Decimal | None:
    """The expenditure from which a public call is due, `None` when no amount is known for that day."""
    if day < MINISTERIAL:
        return Decimal("100000")  # LCV 573, 573.1 as they stood
    if day < date(2020, 8, 13):
        return Decimal("101100")  # 2018, c. 8, transitional; then r. 5 s. 1 (order of 2019-05-31)
    if day < date(2022, 10, 7):
        return Decimal("105700")  # r. 5 s. 1 (order of 2020-07-14); the first day is from memory
    if day < date(2024, 1, 1):
        return Decimal("121200")  # r. 5 s. 1 (order of 2022-08-22)
    if day < date(2026, 1, 1):
        return Decimal("133800")  # r. 5 s. 1 (order of 2023-12-04): lowest agreement amount, 2024-2025
    if day <= LAST_BIENNIUM:
        return Decimal("139000")  # same reference, 2026-2027; presumed kept by the LCOM
    return None


def ceiling_goods_services(day: date) -> Decimal | None:
    """Below this, goods and listed services may be kept to Canada: r. 5 s. 3, from 2018-04-19 to 2026-03-31."""
    if day < MINISTERIAL or day >= LCOM:
        return None
    if day < date(2020, 8, 13):
        return Decimal("365700")
    if day < date(2022, 10, 7):
        return Decimal("366200")
    if day < date(2024, 1, 1):
        return Decimal("366800")
    if day < date(2026, 1, 1):
        return Decimal("353300")
    return Decimal("368000")


def ceiling_works_regional(day: date) -> Decimal | None:
    """Below this, construction may be kept to Québec and Ontario (or Québec): r. 5 s. 4; before, the AIT amount."""
    if day >= LCOM:
        return None
    if day < MINISTERIAL:
        return Decimal("250000")
    if day < date(2020, 8, 13):
        return Decimal("252700")
    if day < date(2022, 10, 7):
        return Decimal("264200")
    if day < date(2024, 1, 1):
        return Decimal("302900")
    if day < date(2026, 1, 1):
        return Decimal("334400")
    return Decimal("347400")


def ceiling_works_canada(day: date) -> Decimal | None:
    """Below this, construction may be kept to Canada: r. 5 s. 4, from 2018-04-19 to 2026-03-31."""
    if day < MINISTERIAL or day >= LCOM:
        return None
    if day < date(2024, 1, 1):
        return Decimal("9100000")
    if day < date(2026, 1, 1):
        return Decimal("8800000")
    return Decimal("9200000")


def ceta_goods_services(day: date) -> Decimal | None:
    """CETA, Annex 19-2, in dollars, on the agreement's own clock."""
    if day < date(2017, 9, 21) or day > LAST_BIENNIUM:
        return None
    if day < date(2018, 1, 1):
        return Decimal("340600")
    if day < date(2020, 1, 1):
        return Decimal("365700")
    if day < date(2022, 1, 1):
        return Decimal("366200")
    if day < date(2024, 1, 1):
        return Decimal("366800")
    if day < date(2026, 1, 1):
        return Decimal("353300")
    return Decimal("368000")


def ceta_works(day: date) -> Decimal | None:
    """CETA, Annex 19-2, construction."""
    if day < date(2017, 9, 21) or day > LAST_BIENNIUM:
        return None
    if day < date(2018, 1, 1):
        return Decimal("8500000")
    if day < date(2024, 1, 1):
        return Decimal("9100000")
    if day < date(2026, 1, 1):
        return Decimal("8800000")
    return Decimal("9200000")


def canadian_goods_services(day: date) -> Decimal | None:
    """The amount shared by the AIT or CFTA, the ACCQO and the AQNB, for goods and services."""
    if day < date(2018, 1, 1):
        return Decimal("100000")
    if day < date(2020, 1, 1):
        return Decimal("101100")
    if day < date(2022, 1, 1):
        return Decimal("105700")
    if day < date(2024, 1, 1):
        return Decimal("121200")
    if day < date(2026, 1, 1):
        return Decimal("133800")
    if day <= LAST_BIENNIUM:
        return Decimal("139000")
    return None


def canadian_works(day: date) -> Decimal | None:
    """The amount of the AIT, then of the CFTA, for construction."""
    if day < date(2018, 1, 1):
        return Decimal("250000")
    if day < date(2020, 1, 1):
        return Decimal("252700")
    if day < date(2022, 1, 1):
        return Decimal("264200")
    if day < date(2024, 1, 1):
        return Decimal("302900")
    if day < date(2026, 1, 1):
        return Decimal("334400")
    if day <= LAST_BIENNIUM:
        return Decimal("347400")
    return None


# --- by-laws ----------------------------------------------------------------------------------------------------------

ByLaw = Mapping[str, Any]


def bylaw_in_force(bylaw: str | Sequence[ByLaw] | None, day: date) -> str | ByLaw | None:
    """The one by-law of the series that stands that day, `None` (it sets no rule of its own) or "unknown"."""
    if day < BYLAW_POWER:
        return None  # no such power yet
    if bylaw is None or bylaw == "none":
        return None
    if isinstance(bylaw, str):
        return "unknown"
    found: str | ByLaw | None = "unknown"  # an earlier by-law may have existed
    for entry in sorted(bylaw, key=lambda entry: entry["since"]):
        if entry["since"] <= day:
            found = entry
    return found


def direct_below(entry: ByLaw | None, category: str, day: date) -> Decimal | None:
    """The amount below which this by-law lets the city buy directly, `None` if it says nothing of the category."""
    if entry is None:
        return None
    given = entry.get("direct_below")
    if given is None:
        return None
    if isinstance(given, Mapping):
        amount = None
        for name in (category, *COVERED_BY_SERVICES.get(category, ())):
            if name in given:
                amount = given[name]
                break
        if amount is None:
            return None
    else:
        amount = given
    limit = threshold(day)
    if amount == "floating":
        return limit
    if limit is None:
        return Decimal(amount)
    return min(Decimal(amount), limit)  # a ceiling above the threshold of the day is capped by it


def public_from(entry: ByLaw | None) -> Decimal | None:
    """An amount printed in the by-law, which binds the city though the law has moved."""
    if entry is None:
        return None
    given = entry.get("public_from")
    if given is None or given == "floating":
        return None
    return Decimal(given)


def every_bylaw(day: date) -> list[ByLaw | None]:
    """Enough by-laws to reach every answer an unknown one could give."""
    since = BYLAW_POWER
    return [
        None,
        {"since": since, "direct_below": "floating"},
        {"since": since, "public_from": LOWEST_PIN},
        {"since": since, "direct_below": LOWEST_PIN, "public_from": LOWEST_PIN},
    ]


# --- grounds ----------------------------------------------------------------------------------------------------------


def ground_exempts(ground: str, day: date, category: str, amount: Decimal, service: str) -> str:
    """Whether one claimed ground, its facts being true, frees the contract from competition: yes, no or open."""
    services = category in SERVICE_FAMILY
    if ground == "ca-qc/regulated-tariff":  # 573.3(1): goods, services
        if category != "goods" and not services:
            return "no"
        return "yes" if day < LCOM else "open"
    if ground == "ca-qc/public-body":  # 573.3(2): insurance, goods, services
        if day >= LCOM:
            return "open"
        return "yes" if category in ("goods", "insurance") or services else "no"
    if ground == "ca-qc/sole-supplier":  # 573.3(2), two wordings; LCOM 33(2): "the good or service required"
        if category == "goods" or services:
            return "yes"
        if day < LCOM:
            return "yes" if category == "insurance" else "no"
        return "open"
    if ground == "ca-qc/nonprofit-body":
        if day < MINISTERIAL:  # 573.3(2.1), from memory: insurance; services other than residual materials
            if category == "insurance":
                return "yes"
            if not services or service == RESIDUAL:
                return "no"
            return "open" if service in MAYBE_RESIDUAL else "yes"
        if day < LCOM:  # 573.3(2.1): insurance; services neither listed in 2.3 nor of residual materials
            if category == "insurance":
                return "yes"
            return "yes" if services and service in UNLISTED else "no"
        if category in ("insurance", "works", "other_works"):  # not seen under the LCOM, either way
            return "open"
        if category == "goods":
            return "no"  # the goods exception is another one, 3(1)
        if service == RESIDUAL:  # not seen whether the old exclusion was kept
            return "open"
        return "yes" if service in UNLISTED else "no"  # LCOM 5(1)a): services CETA does not cover
    if ground == "ca-qc/nonprofit-listed-services":
        if day < MINISTERIAL or not services or service in UNLISTED:
            return "no"  # before, 573.3(2.3) did not exist
        limit = ceiling_goods_services(day) if day < LCOM else ceta_goods_services(day)  # LCOM 5(1)b): CETA amount
        if limit is None:
            return "open"
        if amount >= limit:
            return "no"
        return "open" if service == RESIDUAL else "yes"
    if ground == "ca-qc/nonprofit-goods":
        if day < LCOM or category != "goods":
            return "no"  # the old exception never covered goods
        limit = ceta_goods_services(day)  # LCOM 3(1)
        if limit is None:
            return "open"
        return "yes" if amount < limit else "no"
    if ground == "ca-qc/qualified-solidarity-cooperative":  # 573.3(2.2) from 2018-04-19; LCOM 5(2)
        return "yes" if services and day >= MINISTERIAL else "no"
    if ground == "ca-qc/conduit-owner":
        if day < MINISTERIAL:  # 573.3(3), by the twin: works on conduits, construction or not
            return "yes" if category in ("works", "other_works") else "no"
        if day < LCOM:  # later wording unread
            return "open" if category in ("works", "other_works") or services else "no"
        if category == "other_works":
            return "open"
        return "yes" if category == "works" or services else "no"  # LCOM 4(1)
    if ground == "ca-qc/emergency":  # 573.2; LCOM 33(1)
        return "yes"
    if ground == "ca-qc/purchasing-centre":  # 573.3.2: goods or services through the Centre
        if category != "goods" and not services:
            return "no"
        return "yes" if day < LCOM else "open"
    if ground == "ca-qc/umq-fqm-agreement":  # 29.9.1 moves the by-law that applies, not the duty: see `completions`
        return "no"
    if ground == "ca-qc/cultural-services":  # LCOM 5(3); before, 573.3(4) ff. unread, but the ground is about services
        if not services:
            return "no"
        return "yes" if day >= LCOM else "open"
    if ground == "ca-qc/media-space":  # LCOM 5(4): services; before, 573.3(4) ff. unread, for whatever category
        if day < LCOM:
            return "open"
        return "yes" if services else "no"
    if ground == "ca-qc/other-exception":
        return "open"
    raise ValueError(f"unknown ground {ground!r}")


# --- procedure --------------------------------------------------------------------------------------------------------


def without_grounds(day: date, category: str, amount: Decimal, entry: ByLaw | None) -> frozenset[str]:
    """What the general rules and one known by-law ask; more than one member: the texts do not settle it."""
    if amount < INVITATION_FLOOR:
        return frozenset({DIRECT})  # LCV 573.1 a contrario; LCOM 30
    limit = threshold(day)
    if category == "reserved_professional_services":
        if day >= MINISTERIAL:
            # 573.1 stopped naming the contracts of 573.3.0.2, and 573 leaves out those under such a regulation;
            # which professions stayed under C-19, r. 2 was not read.
            return EVERY_PROCEDURE
        if limit is None or amount >= limit:
            return EVERY_PROCEDURE  # C-19, r. 2 decides, and it was not read
    ceiling = direct_below(entry, category, day)
    pin = public_from(entry)
    if limit is None:  # 2028 and later: no amount known
        if pin is not None and amount >= pin:
            return frozenset({PUBLIC})  # by the by-law, or by the law if its own amount is lower still
        if ceiling is not None and amount < ceiling:
            return frozenset({DIRECT, PUBLIC})
        if entry is not None and direct_is_floating(entry, category):
            return frozenset({DIRECT, PUBLIC})
        return frozenset({INVITATION, PUBLIC})
    if amount >= limit:
        return frozenset({PUBLIC})
    if pin is not None and amount >= pin:
        return frozenset({PUBLIC})  # the by-law binds until it is amended; under the LCOM this is deduced
    if day < LCOM:
        if ceiling is not None and amount < ceiling:
            return frozenset({DIRECT})  # 573.3.1.2 para. 4: 573.1 does not apply
        return frozenset({INVITATION})  # 573.1
    if ceiling is not None and amount < ceiling:
        return frozenset({DIRECT})  # LCOM 9
    return frozenset({INVITATION, PUBLIC})  # the default rule of the LCOM was not read


def direct_is_floating(entry: ByLaw, category: str) -> bool:
    """Whether the by-law follows the Minister's threshold for this category."""
    given = entry.get("direct_below")
    if not isinstance(given, Mapping):
        return given == "floating"
    for name in (category, *COVERED_BY_SERVICES.get(category, ())):
        if name in given:
            return bool(given[name] == "floating")
    return False


def outcome(
    day: date, category: str, amount: Decimal, entry: ByLaw | None, grounds: frozenset[str], service: str
) -> frozenset[str]:
    """The answer when everything is known; more than one member: the texts do not settle it."""
    base = without_grounds(day, category, amount, entry)
    if base == frozenset({DIRECT}):
        return base
    answers = [ground_exempts(ground, day, category, amount, service) for ground in sorted(grounds)]
    if "yes" in answers:
        return frozenset({DIRECT})
    if "open" in answers:
        return base | {DIRECT}
    return base


def party_bylaw(grounds: frozenset[str]) -> bool:
    """LCV 29.9.1: the by-law of the party in charge applies instead of the buyer's, and no fact of the case gives it."""
    return "ca-qc/umq-fqm-agreement" in grounds


def completions(
    *, launched: date, category: str, bylaw: str | Sequence[ByLaw] | None, grounds: frozenset[str], service: str | None
) -> tuple[list[ByLaw | None], list[str]]:
    """Every by-law and every service the unknown ones may turn out to be."""
    standing = bylaw_in_force(bylaw, launched)
    if party_bylaw(grounds):
        standing = "unknown"
    entries: list[ByLaw | None] = every_bylaw(launched) if isinstance(standing, str) else [standing]
    services = sorted(EVERY_SERVICE) if service is None else [service]
    if category not in SERVICE_FAMILY:
        services = ["other"]
    return entries, services


def procedure(
    *,
    launched: date,
    category: str,
    amount: Decimal,
    bylaw: str | Sequence[ByLaw] | None,
    grounds: Iterable[str] = frozenset(),
    service: str | None = None,
) -> dict[str, Any]:
    """The least open procedures the law allows: `possible`, the facts that would narrow it, and whether texts lack."""
    claimed = frozenset(grounds)
    if launched < FIRST_DAY:
        raise ValueError("before the first day covered")
    if category not in EVERY_CATEGORY or not claimed <= GROUNDS:
        raise ValueError("unknown category or ground")
    if service is not None and service not in EVERY_SERVICE:
        raise ValueError("unknown service")
    if category == "outside":  # not among the contracts of 573(1)
        return {"status": "not_applicable", "possible": set(), "missing": set(), "gaps": False}
    if category == "concession":
        return {"status": "not_modelled", "possible": set(EVERY_PROCEDURE), "missing": set(), "gaps": True}
    entries, services = completions(launched=launched, category=category, bylaw=bylaw, grounds=claimed, service=service)
    grid = {
        (place, code): outcome(launched, category, amount, entry, claimed, code)
        for place, entry in enumerate(entries)
        for code in services
    }
    missing = set()
    moved = any(len({grid[place, code] for place in range(len(entries))}) > 1 for code in services)
    if moved and not party_bylaw(claimed):
        missing.add("bylaw")
    if any(len({grid[place, code] for code in services}) > 1 for place in range(len(entries))):
        missing.add("service")
    possible = frozenset().union(*grid.values())
    gaps = any(len(found) > 1 for found in grid.values()) or (moved and party_bylaw(claimed))
    if missing:
        status = "unknown"
    elif gaps:
        status = "not_modelled"
    else:
        status = "answered"
    return {"status": status, "possible": set(possible), "missing": missing, "gaps": gaps}


# --- time to tender ---------------------------------------------------------------------------------------------------


def public_call_days(day: date, category: str, amount: Decimal, service: str, electronic: bool) -> set[int | str]:
    """Days to receive tenders in a public call."""
    if day >= LCOM:
        return {"not_modelled"}
    if category == "reserved_professional_services" and day < MINISTERIAL:
        return {"not_modelled"}  # C-19, r. 2, which was not read
    if category in ("insurance", "other_works"):
        return {8}  # r. 5 s. 2(1); before, 573(2) para. 1
    if day < MINISTERIAL:
        return {15}  # 573(2): goods, services, construction
    long = 25 if electronic else 30  # unread part of r. 5 s. 2
    if category == "works":
        limit = ceiling_works_canada(day)
        assert limit is not None
        return {15} if amount < limit else {long}
    limit = ceiling_goods_services(day)
    assert limit is not None
    if amount < limit:
        return {15}  # r. 5 s. 2(2)
    if category == "goods" or service in LISTED:
        return {long}
    if service == RESIDUAL:
        return {15, long}
    return {15}  # r. 5 s. 2(3)


def minimum_period(
    *,
    launched: date,
    category: str,
    amount: Decimal,
    bylaw: str | Sequence[ByLaw] | None,
    grounds: Iterable[str] = frozenset(),
    service: str | None = None,
    electronic: bool | None = None,
) -> dict[str, Any]:
    """The minimum number of days to receive tenders, `None` for a direct contract."""
    claimed = frozenset(grounds)
    if category == "outside":
        return {"possible": {None}}
    if category == "concession":
        return {"possible": {"not_modelled"}}
    entries, services = completions(launched=launched, category=category, bylaw=bylaw, grounds=claimed, service=service)
    possible: set[int | str | None] = set()
    for entry in entries:
        for code in services:
            for found in outcome(launched, category, amount, entry, claimed, code):
                if found == DIRECT:
                    possible.add(None)
                elif launched >= LCOM:
                    possible.add("not_modelled")
                elif found == INVITATION:
                    possible.add(8)  # 573.1 para. 2
                else:
                    for choice in (True, False) if electronic is None else (electronic,):
                        possible |= public_call_days(launched, category, amount, code, choice)
    return {"possible": possible}


# --- territory --------------------------------------------------------------------------------------------------------

CANADA = frozenset({"CA"})
CANADA_EU = frozenset({"CA", "EU"})


def public_call_territory(day: date, category: str, amount: Decimal, service: str) -> set[frozenset[str] | str]:
    """Places whose established suppliers a public call may not shut out."""
    if day >= LCOM or category in ("insurance", "other_works"):
        return {"not_modelled"}
    if category == "reserved_professional_services" and day < MINISTERIAL:
        return {"not_modelled"}  # outside the scope of the AIT and of 573
    if category == "works":
        regional = ceiling_works_regional(day)
        assert regional is not None
        if amount < regional:
            if day < date(2016, 9, 1):
                return {frozenset({"CA-QC"})}
            if day < date(2019, 7, 4):
                return {frozenset({"CA-QC", "CA-ON"})}  # new ACCQO chapter; then 2018, c. 8
            # r. 5 s. 4 as made in 2019. A summary of 2022 leaves New Brunswick out: the usual reading keeps it in.
            return {frozenset({"CA-QC", "CA-ON", "CA-NB"})}
        national = ceiling_works_canada(day)
        return {CANADA} if national is None or amount < national else {CANADA_EU}
    if day < MINISTERIAL:
        return {CANADA}
    ceiling = ceiling_goods_services(day)
    assert ceiling is not None
    if amount < ceiling:
        return {CANADA}
    if category == "goods" or service in LISTED:
        return {CANADA_EU}
    if service == RESIDUAL:
        return {CANADA, CANADA_EU}
    return {CANADA}


def territory(
    *,
    launched: date,
    category: str,
    amount: Decimal,
    bylaw: str | Sequence[ByLaw] | None,
    grounds: Iterable[str] = frozenset(),
    service: str | None = None,
) -> set[frozenset[str] | str | None]:
    """Every set of places the answer may be; `None` where no public call is due and the question does not arise."""
    claimed = frozenset(grounds)
    if category == "outside":
        return {None}
    if category == "concession":
        return {"not_modelled"}
    entries, services = completions(launched=launched, category=category, bylaw=bylaw, grounds=claimed, service=service)
    found: set[frozenset[str] | str | None] = set()
    for entry in entries:
        for code in services:
            for mode in outcome(launched, category, amount, entry, claimed, code):
                if mode != PUBLIC:
                    found.add("not_modelled" if launched >= LCOM and mode == INVITATION else None)
                else:
                    found |= public_call_territory(launched, category, amount, code)
    return found


# --- trade agreements -------------------------------------------------------------------------------------------------

YES, NO, UNCERTAIN = "yes", "no", "uncertain"
AGREEMENTS = ("AIT", "CFTA", "ACCQO", "AQNB", "CETA", "GPA", "CPTPP", "CUKTCA", "AQNY")


def at_least(amount: Decimal, limit: Decimal | None) -> str:
    """Yes or no by amount, uncertain when the amount of the day is not known."""
    if limit is None:
        return UNCERTAIN
    return YES if amount >= limit else NO


def agreements(
    *,
    launched: date,
    category: str,
    amount: Decimal,
    grounds: Iterable[str] = frozenset(),
    service: str | None = None,
) -> dict[str, str]:
    """Which agreements cover the call, each on its own clock; the city's duty is another question."""
    if category in ("outside", "concession"):
        return {}
    return {name: one_agreement(name, launched, category, amount, frozenset(grounds), service) for name in AGREEMENTS}


def one_agreement(name: str, day: date, category: str, amount: Decimal, grounds: frozenset[str], service: str | None) -> str:
    """One agreement, for one call."""
    nonprofit = any("nonprofit" in ground for ground in grounds)
    public_body = "ca-qc/public-body" in grounds
    if name in ("GPA", "CPTPP", "AQNY"):
        return NO  # municipalities are not among the bodies they bind
    if name == "AIT":
        if day >= date(2017, 7, 1) or category == "reserved_professional_services":
            return NO
        answer = at_least(amount, Decimal("250000") if category == "works" else Decimal("100000"))
        if answer == NO:
            return NO
        return YES if category in ("goods", "works", "services", "professional_services") and not public_body else UNCERTAIN
    if name == "CFTA":
        if day < date(2017, 7, 1):
            return NO
        if nonprofit or public_body or category == "social_services":
            return NO  # 504.11: bought from a non-profit, between public bodies, social services
        answer = at_least(amount, canadian_works(day) if category == "works" else canadian_goods_services(day))
        if answer != YES:
            return answer
        return UNCERTAIN if category in ("insurance", "other_works", "reserved_professional_services") else YES
    if name == "ACCQO":
        if category == "works" and day < date(2016, 9, 1):
            return UNCERTAIN  # old chapter 9: amount not found
        answer = at_least(amount, canadian_goods_services(day))
        if answer == NO:
            return NO
        if category in ("insurance", "other_works", "reserved_professional_services", "social_services"):
            return UNCERTAIN
        return UNCERTAIN if nonprofit or public_body else answer
    if name == "AQNB":
        if category == "works":
            if day < date(2018, 1, 1):
                answer = at_least(amount, Decimal("250000"))
            elif day < date(2020, 1, 1):
                answer = at_least(amount, Decimal("100000"))  # two tables, two amounts; the usual reading is the newer one
            else:
                answer = UNCERTAIN  # not found
        else:
            answer = at_least(amount, canadian_goods_services(day))
        if answer == NO:
            return NO
        if category == "reserved_professional_services":
            return NO  # same exceptions as the AIT, which left out the acts reserved to professions
        if category in ("insurance", "other_works", "social_services"):
            return UNCERTAIN
        return UNCERTAIN if nonprofit or public_body else answer
    start = date(2017, 9, 21) if name == "CETA" else date(2021, 4, 1)
    if day < start:
        return NO
    if category == "works":
        if name == "CUKTCA":
            return UNCERTAIN  # it refers to CETA, but nobody prints its amount for construction
        answer = at_least(amount, ceta_works(day))
        return UNCERTAIN if public_body and answer == YES else answer
    if category == "social_services" or (category in SERVICE_FAMILY and service in UNLISTED):
        return NO  # not on the positive list, whatever the amount
    answer = at_least(amount, ceta_goods_services(day))
    if answer != YES:
        return answer
    if public_body or category in ("insurance", "other_works"):
        return UNCERTAIN
    if category == "goods":
        return YES
    return UNCERTAIN if service is None or service == RESIDUAL else YES


# --- publication, award, estimate, authorisation, preferences ---------------------------------------------------------


def publication(
    *,
    launched: date,
    category: str,
    amount: Decimal,
    bylaw: str | Sequence[ByLaw] | None,
    grounds: Iterable[str] = frozenset(),
    service: str | None = None,
) -> dict[str, Any]:
    """The lawful minimal sets of media of a public call, those certain and those in doubt; `None` where none is due."""
    answer = procedure(launched=launched, category=category, amount=amount, bylaw=bylaw, grounds=grounds, service=service)
    possible: set[frozenset[frozenset[str]] | None] = set()
    gaps = bool(answer["gaps"])
    seao, newspaper = frozenset({"seao"}), frozenset({"newspaper"})
    both = seao | newspaper
    if category == "outside":
        return {"possible": {None}, "gaps": False}
    if category == "concession":
        return {"possible": {"not_modelled"}, "gaps": True}
    for mode in answer["possible"]:
        if mode != PUBLIC:
            possible.add(None)
        elif launched >= LCOM:
            # LCOM 38, from the bill, asks for SEAO; whether a newspaper is still needed was not read.
            possible |= {frozenset({both}), frozenset({both, seao})}
            gaps = True
        elif category in ("insurance", "other_works"):
            possible.add(frozenset({newspaper}))  # 573(1) paras. 1 and 3
        else:
            possible.add(frozenset({both}))  # 573(1) para. 3
    return {"possible": possible, "gaps": gaps}


def award_methods(*, launched: date, category: str, mode: str) -> set[frozenset[str] | str | None]:
    """Every set of award methods the texts may permit for a procedure; `None` for a direct contract."""
    if category == "concession":
        return {"not_modelled"}
    if mode == DIRECT or category == "outside":
        return {None}
    if launched >= LCOM:
        return {"not_modelled"}
    price, one, two, talks = "lowest_price", "one_envelope", "two_envelopes", "discussions"
    professional = category in ("professional_services", "reserved_professional_services")
    free = launched >= date(2018, 1, 1)  # one source says 2017-06-16 instead; the usual reading is the later day
    if mode == INVITATION:
        if professional:  # 573.1.0.1.2, secondary: weighted, the system not read
            return {frozenset({one}), frozenset({two}), frozenset({one, two})}
        return {frozenset({price}), frozenset({price, one, two})}  # 573(7); free choice read for public calls only
    if professional:  # 573.1.0.1.1: weighted; before the free choice by two envelopes
        return {frozenset({one, two})} if free else {frozenset({two})}
    if not free:  # 573(7), 573.1.0.1; nothing read says whether two envelopes were open to other contracts
        return {frozenset({price, one}), frozenset({price, one, two})}
    return {frozenset({price, one, two, talks})}


def estimate(*, launched: date, category: str, amount: Decimal) -> str:
    """Whether the city must make an estimate before tenders are opened and the contract concluded."""
    if category == "outside":
        return "not_applicable"
    if launched >= LCOM or category == "concession":
        return "not_modelled"
    limit = threshold(launched)  # 477.4: 100 000 $, then the public-call threshold
    assert limit is not None
    return YES if amount >= limit else NO


def authorisation(*, launched: date, category: str, amount: Decimal) -> str:
    """Whether the enterprise must hold the authorisation to contract of the AMF, later AMP."""
    if category == "outside":
        return "not_applicable"
    if category == "concession":
        return "not_modelled"
    if category not in SERVICE_FAMILY and category not in ("works", "other_works"):
        return NO  # goods and insurance are in no decree
    if launched < date(2013, 1, 15):
        return NO
    if launched >= LCOM or category == "other_works":
        return "not_modelled"
    if launched < date(2013, 12, 6):
        limit = Decimal("40000000")
    elif launched < date(2014, 10, 24):
        limit = Decimal("10000000")
    elif category == "works" or launched < date(2015, 11, 2):
        limit = Decimal("5000000")
    else:
        limit = Decimal("1000000")
    return YES if amount >= limit else NO


def canadian_provenance(day: date, category: str, amount: Decimal, service: str) -> str:
    """Whether a public call may ask for Canadian provenance: twin of LCV 573.1.0.4.1, read in the Code municipal."""
    if day < date(2021, 9, 29):
        return NO
    if day >= LCOM:
        return UNCERTAIN
    if category == "works":
        limit = ceiling_works_canada(day)
    elif category == "goods" or category in SERVICE_FAMILY:
        limit = ceiling_goods_services(day)
    else:
        return NO  # neither insurance nor works other than construction are named
    assert limit is not None
    if amount < limit:
        return YES
    if category in SERVICE_FAMILY and service not in LISTED:
        return UNCERTAIN if service == RESIDUAL else YES  # any other service at any amount
    return NO


def preferences(
    *,
    launched: date,
    category: str,
    amount: Decimal,
    bylaw: str | Sequence[ByLaw] | None,
    grounds: Iterable[str] = frozenset(),
    service: str | None = None,
) -> dict[str, str]:
    """Which preference measures stand that day: yes, no, or uncertain."""
    if category in ("outside", "concession"):
        return {}
    claimed = frozenset(grounds)
    limit = threshold(launched)
    if launched < date(2021, 6, 25) or (limit is not None and amount >= limit):
        quebec = NO
    elif launched <= date(2024, 6, 24):
        quebec = YES  # 2021, c. 7, s. 124: contracts below the threshold
    else:
        quebec = UNCERTAIN
    canadian: set[str] = set()
    american: set[str] = set()
    entries, services = completions(launched=launched, category=category, bylaw=bylaw, grounds=claimed, service=service)
    for entry in entries:
        for code in services:
            for mode in outcome(launched, category, amount, entry, claimed, code):
                canadian.add(canadian_provenance(launched, category, amount, code) if mode == PUBLIC else NO)
                if launched < date(2025, 3, 6):
                    american.add(NO)
                else:  # contracts not called publicly are kept to covered territories; else only some items are reached
                    american.add(UNCERTAIN if mode == PUBLIC else YES)
    return {
        "quebec_preference": quebec,
        "canadian_provenance": canadian.pop() if len(canadian) == 1 else UNCERTAIN,
        "us_suppliers": american.pop() if len(american) == 1 else UNCERTAIN,
    }
