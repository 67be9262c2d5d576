"""The program on the declaration of 2013 prints what the library answers, in both languages, of contracts kept as facts."""

from __future__ import annotations

import json
import re
import runpy
import sys
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from procurelib import (
    UNKNOWN,
    Money,
    Purchase,
    cities,
    declarations,
    deliverable,
    law,
    progress,
    reporting_periods,
)
from procurelib.models import CATEGORIES

EXAMPLES = Path(__file__).parents[2] / "examples"
PROGRAM = EXAMPLES / "declaration_2013.py"
LONGUEUIL = declarations["ca-qc/longueuil-2013"]
PROMISE = LONGUEUIL["lon-1"]
CITY = cities["ca-qc/longueuil"]
TODAY = date(2026, 11, 26)
PARTS = 8


def read(file: str) -> dict[str, Any]:
    return tomllib.loads((EXAMPLES / file).read_text(encoding="utf-8"))


QUEBEC, RENNES = read("contracts.toml")["contract"], read("rennes_2024.toml")["contract"]


def normal(text: str) -> str:
    return " ".join(re.sub("[\u00a0\u202f]", " ", text).split())


def printed(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(sys, "argv", [str(PROGRAM), *arguments])
    runpy.run_path(str(PROGRAM), run_name="__main__")
    return capsys.readouterr().out


def sections(out: str) -> dict[int, str]:
    """What stands under each numbered heading."""
    pieces = re.split(r"^(\d)\. .*\n-+\n", out, flags=re.MULTILINE)
    return {int(number): text for number, text in zip(pieces[1::2], pieces[2::2], strict=True)}


@pytest.fixture(params=[([], "en_CA"), (["fr"], "fr_CA")], ids=["en", "fr"])
def told(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    arguments, locale = request.param
    out = printed(arguments, monkeypatch, capsys)
    return sections(out), locale


def here(code: str | None = None) -> list[Purchase]:
    buyers = {"58227": "ca-qc/longueuil", "58033": "ca-qc/boucherville"}
    return [
        Purchase(
            id=one["ocid"],
            buyer=buyers[one["code"]],
            amount=Money(one["value"], "CAD", tax=UNKNOWN),
            day=one["awarded"],
            category=one["category"],
            source=one["file"],
        )
        for one in QUEBEC
        if one["code"] in buyers and code in (None, one["code"])
    ]


# --- what it prints ---------------------------------------------------------------------------------------------------


def test_every_part_is_there(told: Any) -> None:
    parts, _ = told
    assert list(parts) == list(range(1, PARTS + 1))
    assert all(text.strip() for text in parts.values())


def test_who_stood_by_it(told: Any) -> None:
    parts, locale = told
    lines = parts[1].strip().splitlines()
    assert [line[:10] for line in lines] == [
        *("2013-02-28", "2013-03-31", "2016-09-13", "2017-02-02", "2018-02-19", "2018-02-20", "2026-11-26"),
    ]
    certain = "certainly: {}" if locale == "en_CA" else "certainement : {}"
    for line in lines:
        stood = LONGUEUIL.signatories(on=date.fromisoformat(line[:10]))
        assert certain.format(len(stood)) in line
        for one in stood.possible:
            assert cities[one].name in line
    # By hand: nobody before March 2013, Longueuil alone, three more by September 2016, Brossard on 20 February 2018.
    assert [int(re.findall(r": (\d)", line)[0]) for line in lines] == [0, 1, 4, 4, 4, 5, 5]


def test_the_claim_of_the_majority(told: Any) -> None:
    parts, locale = told
    check = LONGUEUIL.check_claim("majority")
    assert (check.value, len(check.certain), check.out_of) == ("holds", 4, 5)
    assert ("4 of the 5" if locale == "en_CA" else "4 des 5") in parts[2]


def test_no_code_is_printed(told: Any) -> None:
    parts, _ = told
    text = re.sub(r"https?://\S+|\S*https?:\S*", "", "".join(parts.values()))
    assert (
        re.findall(r"\b(?:holds|not_stated|not_modelled|UNKNOWN|None|True|False)\b|ca-qc/\w+", text) == []
        or re.findall(r"\b(not_stated|not_modelled|UNKNOWN|None|True|False)\b|ca-qc/\w+", text) == []
    )


def test_what_is_promised_and_adopted(told: Any) -> None:
    parts, locale = told
    assert PROMISE.object.in_(locale) in parts[3]
    assert PROMISE.guard is not None
    assert PROMISE.guard.in_(locale) in parts[3]
    for id in LONGUEUIL.preference_rules:
        for version in law[id].versions:
            shown = version.value.format(locale) if isinstance(version.value, Money) else f"{version.value} %"
            assert f"{version.start.isoformat()}  {law[id].title(locale)}" in parts[3]
            assert normal(shown) in normal(parts[3])
    assert ("No amount" if locale == "en_CA" else "Aucun montant") in parts[3]


def test_the_only_figure_is_that_of_both_years(told: Any) -> None:
    parts, locale = told
    lines = [normal(line) for line in parts[4].strip().splitlines()]
    (figure,) = LONGUEUIL.reported
    assert figure.amount is not None
    assert lines == [
        "2015-01-01/2015-12-31 ?",
        "2016-01-01/2016-12-31 ?",
        f"2015-01-01/2016-12-31 > {normal(figure.amount.format(locale))}",
    ]
    assert figure.amount.amount == 8_300_000


def test_what_the_contracts_measure(told: Any) -> None:
    parts, locale = told
    ledger = here()
    assert len(ledger) == 3
    year = reporting_periods("year", date(2026, 1, 1), until=date(2027, 1, 1))
    found = progress(PROMISE, ledger, year, on=TODAY)
    assert normal(found.explain(locale)) in normal(parts[5])
    total = sum(Decimal(one["value"]) for one in QUEBEC if one["code"] in ("58227", "58033"))
    spend = found.cumulated.spend
    # Nothing says whether tax is in: from all of it in the price to none, as a net expenditure.
    assert spend.low.amount == (total / Decimal("1.14975") * Decimal("1.049875")).quantize(Decimal("0.000001"), "ROUND_FLOOR")
    assert spend.high.amount == (total * Decimal("1.049875")).quantize(Decimal("0.000001"), "ROUND_CEILING")
    assert (found.verdict, found.cumulated.contracts.low, found.cumulated.contracts.high) == ("not_stated", 0, 3)


def test_the_contract_by_the_law_of_four_days(told: Any) -> None:
    parts, locale = told
    words = {
        "en_CA": {"unknown": "on facts that are missing", "conditional": "on conditions"},
        "fr_CA": {"unknown": "selon des faits qui manquent", "conditional": "sous conditions"},
    }[locale]
    lines = parts[6].strip().splitlines()
    days = [date(2013, 4, 2), date(2017, 2, 2), date(2026, 3, 31), date(2026, 10, 1)]
    assert [line[:10] for line in lines] == [day.isoformat() for day in days]
    standings = []
    for line, day in zip(lines, days, strict=True):
        (one,) = deliverable(PROMISE, here("58227"), CITY, on=day).contracts
        standings.append(one.standing)
        for lever in one.levers:
            assert lever.title.in_(locale) in line
        assert normal(line[10:]).startswith(words[one.standing])
        # A reader tells the standing from the lever.
        assert line.removeprefix(day.isoformat()).strip().startswith(f"{words[one.standing]} ")
    # By hand: services of some 35 000 $: residual materials or not decides until 2018; then the designated cooperative.
    assert standings == ["unknown", "unknown", "conditional", "conditional"]


def test_the_share_of_rennes(told: Any) -> None:
    parts, locale = told
    marked = sum(one["social"] or one["environmental"] for one in RENNES)
    assert (marked, len(RENNES)) == (13, 18)
    # 13 of 18 is 72.222…: widened, never rounded.
    low, high, all_of_it = ("72.2 %", "72.3 %", "100 %") if locale == "en_CA" else ("72,2 %", "72,3 %", "100 %")
    lines = [normal(line) for line in parts[7].strip().splitlines()]
    assert lines[0].endswith(f"{low} - {high}")
    assert lines[1].endswith(f"{low} - {all_of_it}")
    assert "2020" in lines[2]


@pytest.mark.parametrize("believed", [True, False], ids=["believed", "doubted"])
def test_the_share_of_rennes_is_that_of_the_library(believed: bool) -> None:
    year = reporting_periods("year", date(2024, 1, 1), until=date(2025, 1, 1))
    purchases = [
        Purchase(
            buyer="fr/rennes",
            contract=one["id"],
            amount=Money(one["value"], "EUR", tax="excluded"),
            day=one["notified"],
            category=one["category"],
            marks={f"{mark}_element": one[mark] for mark in ("social", "environmental") if one[mark] or believed},
        )
        for one in RENNES
    ]
    share = progress(
        declarations["fr/rennes-2018"]["elements"], purchases, year, on=date(2025, 1, 1)
    ).cumulated.share_of_contracts
    assert share is not None
    assert share.low == Decimal("72.222222")
    assert share.high == (Decimal("72.222223") if believed else 100)


def test_the_whole_declaration(told: Any) -> None:
    parts, locale = told
    page = LONGUEUIL.explain(locale, on=date(2017, 2, 2))
    squeezed = re.sub(r"\s+", "", parts[8])
    for line in page.splitlines():
        if line.strip("=-"):
            assert re.sub(r"\s+", "", line) in squeezed
    assert all(len(line) <= 118 for line in parts[8].splitlines())


def test_another_argument_is_english(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(["en"], monkeypatch, capsys) == printed([], monkeypatch, capsys)


# --- what it reads ----------------------------------------------------------------------------------------------------


def test_the_rows_of_rennes_are_facts_of_one_year() -> None:
    head = read("rennes_2024.toml")
    assert (head["buyer"], head["licence"]) == ("fr/rennes", "Licence Ouverte 2.0")
    assert len({one["id"] for one in RENNES}) == len(RENNES) == 18
    for one in RENNES:
        assert set(one) == {"id", "title", "cpv", "category", "value", "notified", "social", "environmental"}
        assert date(2024, 1, 1) <= one["notified"] <= date(2024, 12, 31)
        assert re.fullmatch(r"\d{8}", one["cpv"])
        division = int(one["cpv"][:2])
        assert one["category"] == ("works" if division == 45 else "goods" if division < 50 else "services")
        assert Decimal(one["value"]) > 1
        assert isinstance(one["social"], bool)
        assert isinstance(one["environmental"], bool)
        assert one["title"].strip() == one["title"] != ""
    assert [one["notified"] for one in RENNES] == sorted(one["notified"] for one in RENNES)


def test_the_contracts_of_quebec_the_program_reads() -> None:
    mine = [one for one in QUEBEC if one["code"] in ("58227", "58033")]
    assert [one["code"] for one in mine] == ["58227", "58033", "58033"]
    for one in mine:
        assert one["category"] in CATEGORIES
        assert Decimal(one["value"]) > 1
        assert one["awarded"].year == 2026
        assert one["awarded"] <= TODAY - timedelta(days=30)
        assert one["buyer"] in ("Ville de Longueuil", "Ville de Boucherville")
    assert len({one["ocid"] for one in mine}) == len(mine)


def test_the_rows_of_rennes_are_those_of_the_publisher(samples: Path) -> None:
    published = json.loads((samples / "decp-2022-rennes-2024-extrait.json").read_text(encoding="utf-8"))
    by_id = {one["id"]: one for one in published}
    assert set(by_id) == {one["id"] for one in RENNES}
    for one in RENNES:
        row = by_id[one["id"]]
        assert row["codecpv"].partition("-")[0] == one["cpv"]
        assert Decimal(str(row["montant"])) == Decimal(one["value"])
        assert row["datenotification"] == one["notified"].isoformat()
        assert row["acheteur_id"] == "21350238800019"
        assert row["objet"].startswith(one["title"].removesuffix("…").rstrip())
        for mark, none in (("sociales", "Pas de considération sociale"), ("environnementales", "Pas de considération env")):
            said = row[f"considerations{mark}"]
            key = {"sociales": "social", "environnementales": "environmental"}[mark]
            assert one[key] is not said.startswith(none), said


def test_the_readme_shows_what_it_prints(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    out = printed([], monkeypatch, capsys).splitlines()
    readme = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("Part of what it prints:\n\n```text\n")[2].partition("```")[0].splitlines()
    assert len([line for line in shown if line]) > 5
    assert [line for line in shown if line not in out] == []
