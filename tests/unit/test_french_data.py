"""Real French contracts: the procedure used against the one the law of the day asked for.

What DECP publishes stands for what the law compares: the amount awarded, or the maximum of a framework agreement, for the
estimate of the need; the day of notification for the launch, some months earlier. Of a lot, only the lot's own amount is in its
row. So a contract that differs is a question to its buyer, never a finding.
"""

import csv
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from stdnum.fr import siret

from procurelib import City, Money, Tender, assess, cities

CONTRACTS = Path(__file__).parents[2] / "examples" / "contracts_fr.toml"
OPENNESS = {"direct": 0, "adapted": 1, "formal": 2}

# The labels of the two versions of the format. That of a contract without publicity is used both for small contracts and for
# those an exception allows, whatever their amount.
PROCEDURES = {
    "Marché négocié sans publicité ni mise en concurrence préalable": "direct",
    "Marché passé sans publicité ni mise en concurrence préalable": "direct",
    "Procédure adaptée": "adapted",
    "Appel d'offres ouvert": "formal",
    "Appel d'offres restreint": "formal",
    "Procédure avec négociation": "formal",
}

# Social and other specific services, by the beginning of the CPV code: the list of directive 2014/24, annex XIV, as it is
# remembered. It was not read, and it excepts some codes under these.
SPECIFIC_SERVICES = (
    *("551", "552", "553", "554", "5551", "5552"),  # hotels and meals
    *("641",),  # post
    *("75", "791", "7962", "797"),  # administration, law, staff for health and households, security
    *("80", "85", "92"),  # education, health and social work, culture and sport
    *("9813", "9820", "9851"),  # organisations of members, equal opportunities, domestic help
)

PES = "decp-2019-pes-emp-extrait.json"
RENNES = "decp-2022-rennes-2024-extrait.json"
BRITTANY = "decp-2024S2-travaux4521-bretagne.csv"


@dataclass(frozen=True)
class Row:
    """What a row publishes, as text, whichever the format."""

    id: str
    buyer: str
    cpv: str
    label: str
    amount: str
    day: str
    months: int
    is_framework: bool
    title: str


def rows_of_pes(path: Path) -> Iterator[Row]:
    for one in json.loads(path.read_text(encoding="utf-8"), parse_float=str)["marches"]:
        yield Row(
            id=one["id"],
            buyer=one["acheteur"]["id"],
            cpv=one["codeCPV"],
            label=one["procedure"],
            amount=str(one["montant"]),
            day=one["dateNotification"][:10],  # a zone may follow
            months=one["dureeMois"],
            is_framework=one["nature"] == "Accord-cadre",
            title=one["objet"],
        )


def rows_of_rennes(path: Path) -> Iterator[Row]:
    for one in json.loads(path.read_text(encoding="utf-8"), parse_float=str):
        yield Row(
            id=one["id"],
            buyer=one["acheteur_id"],
            cpv=one["codecpv"],
            label=one["procedure"],
            amount=str(one["montant"]),
            day=one["datenotification"],
            months=one["dureemois"],
            is_framework=one["techniques"] == "Accord-cadre",
            title=one["objet"],
        )


def rows_of_brittany(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for one in csv.DictReader(file):
            yield Row(
                id=one["id"],
                buyer=one["acheteur_id"],
                cpv=one["codeCPV"],
                label=one["procedure"],
                amount=one["montant"],
                day=one["dateNotification"],
                months=int(one["dureeMois"]),
                is_framework=False,  # not published in this extract
                title="",
            )


READERS: dict[str, Callable[[Path], Iterator[Row]]] = {
    PES: rows_of_pes,
    RENNES: rows_of_rennes,
    BRITTANY: rows_of_brittany,
}


def category(cpv: str) -> str:
    """The library's code for a CPV code: works, goods below 50, services from 50."""
    if cpv.startswith("45"):
        return "works"
    if cpv < "50":
        return "goods"
    if cpv.startswith("665"):
        return "insurance"
    return "social_services" if cpv.startswith(SPECIFIC_SERVICES) else "services"


def buyer(number: str, name: str = "?") -> City:
    """The body as the library knows it, or known by its SIREN and its name only."""
    code = f"fr/{siret.to_siren(number)}"
    return cities[code] if code in cities else City(id=code, code=code, name=name)


def tender(row: Row) -> Tender:
    return Tender(
        buyer=buyer(row.buyer),
        category=category(row.cpv),
        value=Money(row.amount, "EUR", tax="excluded"),
        launched=date.fromisoformat(row.day),
        framework="maximum" if row.is_framework else None,
        duration=row.months,
        classification=f"cpv:{row.cpv[:8]}",
    )


def why_not(row: Row) -> str | None:
    """Why a row cannot be compared, or ``None``."""
    if row.title == "marché pes test":
        return "a test record"
    if float(row.amount) <= 0:
        return "no amount"
    return None if row.label else "no procedure"


def verdict(used: str, asked: frozenset[str]) -> str:
    """A contract agrees when the procedure used is at least as open as whatever the law may ask."""
    needed = [OPENNESS[one] for one in asked]
    if needed and OPENNESS[used] >= max(needed):
        return "agrees"
    return "differs" if needed and OPENNESS[used] < min(needed) else "cannot tell"


@dataclass(frozen=True)
class Compared:
    """A row beside the answer of the law of its day."""

    row: Row
    used: str
    asked: frozenset[str]

    @property
    def verdict(self) -> str:
        return verdict(self.used, self.asked)


@pytest.fixture(scope="module")
def compared(samples: Path) -> dict[str, list[Compared]]:
    """Every row of every file that can be compared."""
    found: dict[str, list[Compared]] = {}
    for file, read in READERS.items():
        rows = [row for row in read(samples / file) if why_not(row) is None]
        found[file] = [Compared(row, PROCEDURES[row.label], assess(tender(row)).procedure.possible) for row in rows]
    return found


def test_the_rows_that_cannot_be_compared_are_counted(samples: Path) -> None:
    reasons = {file: Counter(map(why_not, read(samples / file))) for file, read in READERS.items()}
    assert reasons == {
        PES: {None: 290, "no amount": 2, "a test record": 1},
        RENNES: {None: 18},
        BRITTANY: {None: 441, "no procedure": 2},
    }


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (PES, {"agrees": 278, "differs": 12}),
        (RENNES, {"agrees": 18}),
        (BRITTANY, {"agrees": 413, "differs": 28}),
    ],
)
def test_how_many_contracts_agree(compared: dict[str, list[Compared]], file: str, expected: dict[str, int]) -> None:
    # Nothing is left undecided: every row has an amount before tax, and the thresholds of these days are all known.
    assert Counter(one.verdict for one in compared[file]) == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        # Used, then asked. Most of the open calls below the threshold are lots of an operation or a need whose total is above.
        (
            PES,
            {
                ("direct", "adapted"): 10,
                ("direct", "formal"): 1,
                ("adapted", "direct"): 14,
                ("adapted", "adapted"): 141,
                ("adapted", "formal"): 1,
                ("formal", "adapted"): 91,
                ("formal", "formal"): 32,
            },
        ),
        # Rennes publishes lots below the ceiling of 100 000 € that it let compete: adapted, though direct was allowed.
        (
            RENNES,
            {
                ("direct", "direct"): 1,
                ("adapted", "direct"): 10,
                ("adapted", "adapted"): 5,
                ("formal", "adapted"): 1,
                ("formal", "formal"): 1,
            },
        ),
        (
            BRITTANY,
            {
                ("direct", "direct"): 5,
                ("direct", "adapted"): 4,
                ("adapted", "direct"): 160,
                ("adapted", "adapted"): 170,
                ("adapted", "formal"): 24,
                ("formal", "direct"): 13,
                ("formal", "adapted"): 65,
            },
        ),
    ],
)
def test_what_was_used_and_what_was_asked(
    compared: dict[str, list[Compared]], file: str, expected: dict[tuple[str, str], int]
) -> None:
    assert Counter((one.used, *one.asked) for one in compared[file]) == expected


def test_the_contracts_that_differ(compared: dict[str, list[Compared]]) -> None:
    differ = {
        file: Counter((one.row.id, one.used, *one.asked) for one in rows if one.verdict == "differs")
        for file, rows in compared.items()
    }
    assert differ[PES] == {
        # Without publicity, above 25 000 €: an exception must be met, and DECP never says which. Software kept with its
        # maker, a stand at a fair, a work of art and radio stations read like exclusive rights or technical reasons.
        ("2018MAPA20181100", "direct", "adapted"): 1,  # a laboratory's software
        ("2018A30500", "direct", "adapted"): 1,  # software
        ("2019A01400", "direct", "formal"): 1,  # software, 300 000 €: above 221 000
        ("201818A19000", "direct", "adapted"): 1,  # software
        ("2019A05600", "direct", "adapted"): 1,  # software
        ("2019NCA19009600", "direct", "adapted"): 1,  # software
        ("2019NCA19008300", "direct", "adapted"): 1,  # a stand at a fair
        ("2019NCA19011500", "direct", "adapted"): 1,  # a work of art
        ("2018MN180601", "direct", "adapted"): 1,  # radio stations
        ("2018000000001300", "direct", "adapted"): 1,  # works, 25 809 €: 809 above the ceiling
        ("2019MN180700", "direct", "adapted"): 1,  # maintenance, published under a CPV code of works
        # An adapted procedure for 337 565.87 € of cleaning, above 221 000: what was estimated is not published.
        ("20181054800", "adapted", "formal"): 1,
    }
    assert differ[RENNES] == {}
    assert differ[BRITTANY] == {
        # Two contracts, each in several rows. A stadium of 10 379 874.65 €, above 5 538 000, published on eight days for each
        # of three firms; a school's roof, on four days: no reason is published.
        ("20242023-32", "adapted", "formal"): 24,
        ("2023LOM23-0604", "direct", "adapted"): 4,
    }


def test_an_exception_taken_as_met_makes_each_direct_award_agree(compared: dict[str, list[Compared]]) -> None:
    direct = [one.row for rows in compared.values() for one in rows if one.verdict == "differs" and one.used == "direct"]
    assert len(direct) == 15
    for row in direct:
        assert assess(tender(row).replace(grounds={"fr/other-exception"})).procedure.value == "direct"


def test_the_lots_of_an_operation_count_together(compared: dict[str, list[Compared]]) -> None:
    # Bruz, November 2024: fifteen lots of a school by open call, each far below 5 538 000 €, two below 100 000. Together those
    # published are 4 365 504.18 €: neither of the two could be awarded directly, save as a small lot.
    lots = {one.row.id: one.row for one in compared[BRITTANY] if one.row.buyer == "21350047300011"}
    assert len(lots) == 15
    whole = Money(sum(Decimal(row.amount) for row in lots.values()), "EUR", tax="excluded")
    assert whole == Money("4365504.18", "EUR", tax="excluded")
    alone = Counter(assess(tender(row)).procedure.value for row in lots.values())
    together = Counter(assess(tender(row).replace(need=whole)).procedure.value for row in lots.values())
    assert alone == {"direct": 2, "adapted": 13}
    assert together == {"adapted": 15}


@pytest.fixture(scope="module")
def written() -> list[dict[str, Any]]:
    """The contracts the project ships, written down as facts."""
    return list(tomllib.loads(CONTRACTS.read_text(encoding="utf-8"))["contract"])


def written_tender(contract: dict[str, Any]) -> Tender:
    return Tender(
        buyer=buyer(contract["siret"], contract["buyer"]),
        category=contract["category"],
        value=Money(contract["value"], "EUR", tax="excluded"),
        need=Money(contract["need"], "EUR", tax="excluded") if "need" in contract else None,
        launched=contract["notified"],
        framework=contract.get("framework"),
        duration=contract["duration"],
        classification=f"cpv:{contract['cpv']}",
    )


# Contract, what the law of the day asks of it without any ground, and the verdict; worked out by hand.
WRITTEN = {
    "2024S00060": ("direct", "agrees"),  # services, 1 600: below 40 000
    "2024S00186": ("direct", "agrees"),  # services, 17 425: below 40 000, and let compete
    "2024S00004": ("adapted", "agrees"),  # services, 50 000: from 40 000, below 221 000
    "2024T00187": ("adapted", "agrees"),  # works, 175 000: from 100 000, below 5 538 000
    "2024T00105": ("adapted", "agrees"),  # a lot of works of 51 377.25, in an operation of at least 769 377.25
    "2024T00003": ("adapted", "agrees"),  # works by its code, 2 400 000: below 5 538 000, by a restricted call
    "2024F00001": ("formal", "agrees"),  # goods, above 221 000
    "202424TX1415": ("adapted", "agrees"),  # a lot of works, in an operation of at least 4 365 504.18
    "20242023-32": ("formal", "differs"),  # works, 10 379 874.65: above 5 538 000
    "2023LOM23-0604": ("adapted", "differs"),  # works, 419 474.61: above 100 000
    "20181800": ("direct", "agrees"),  # services, 8 800: below 25 000
    "2018000000001300": ("adapted", "differs"),  # works, 25 809: above 25 000, then the ceiling of works too
    "201818-270006500": ("adapted", "agrees"),  # services, 127 592: below 221 000
    "2018N030000": ("adapted", "agrees"),  # goods, 220 000: 1 000 below 221 000
    "2018E030000": ("formal", "agrees"),  # a framework agreement without maximum: deemed above
    "20181838100": ("formal", "agrees"),  # works, two lots of 7 600 000: above 5 548 000
    "2018C1807400": ("formal", "agrees"),  # insurance, 316 205.30: above 221 000
    "20181054800": ("formal", "differs"),  # services, 337 565.87: above 221 000
    "2019VDN19009500": ("adapted", "agrees"),  # other specific services: adapted whatever the amount
    "2019NCA19011500": ("adapted", "differs"),  # the same, 35 000: above 25 000
    "2018A30500": ("adapted", "differs"),  # services, 200 000: above 25 000
}


def test_what_the_law_asked_of_the_contracts_written_down(written: list[dict[str, Any]]) -> None:
    answers = {one["id"]: assess(written_tender(one)).procedure for one in written}
    assert len(answers) == len(written)
    assert {id: answer.value for id, answer in answers.items()} == {id: asked for id, (asked, _) in WRITTEN.items()}
    used = {one["id"]: one["procedure"] for one in written}
    assert {id: verdict(used[id], answer.possible) for id, answer in answers.items()} == {
        id: said for id, (_, said) in WRITTEN.items()
    }


def test_only_the_grounds_written_down_allow_the_direct_awards(written: list[dict[str, Any]]) -> None:
    claimed = {
        one["id"]: assess(written_tender(one).replace(grounds={one["ground"]})).procedure.value
        for one in written
        if "ground" in one
    }
    assert claimed == dict.fromkeys(("2023LOM23-0604", "2018000000001300", "2019NCA19011500", "2018A30500"), "direct")


def test_the_contracts_written_down_are_varied_and_sound(written: list[dict[str, Any]]) -> None:
    assert len(written) >= 10
    assert all(siret.is_valid(one["siret"]) for one in written)
    assert {one["procedure"] for one in written} == set(OPENNESS)
    assert {one["category"] for one in written} == {"goods", "insurance", "services", "social_services", "works"}
    assert all(
        category(one["cpv"]) == one["category"] and PROCEDURES[one["published_procedure"]] == one["procedure"]
        for one in written
    )
    assert {written_tender(one).buyer.id for one in written} >= {"fr/rennes"}
    head = tomllib.loads(CONTRACTS.read_text(encoding="utf-8"))
    assert (head["licence"], head["tax"]) == ("Licence Ouverte 2.0", "excluded")


def test_the_contracts_written_down_are_what_was_published(samples: Path, written: list[dict[str, Any]]) -> None:
    source = {
        "decp-2022-marches-valides": RENNES,
        "decp_2024H2_travaux_cpv4521_filtered.csv": BRITTANY,
        "data.gouv.fr_pes_json.zip": PES,
        "e-marchespublics_json.zip": PES,
    }
    for one in written:
        file = source[one["file"]]
        published = [row for row in READERS[file](samples / file) if (row.id, row.buyer) == (one["id"], one["siret"])]
        assert published, one["id"]
        row = min(published, key=lambda row: row.day)
        assert Money(row.amount, "EUR", tax="excluded") == Money(one["value"], "EUR", tax="excluded"), one["id"]
        facts = (row.cpv[:8], row.label, date.fromisoformat(row.day), row.months, row.is_framework)
        kept = (one["cpv"], one["published_procedure"], one["notified"], one["duration"], "framework" in one)
        assert facts == kept, one["id"]
