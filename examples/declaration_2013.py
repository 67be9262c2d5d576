"""The declaration Longueuil signed in March 2013, to this day: who stood by it, what it promises, what can be measured.

``python examples/declaration_2013.py`` speaks English, ``python examples/declaration_2013.py fr`` French. It reads
``contracts.toml`` and ``rennes_2024.toml`` beside it, real contracts, and nothing else. What is not known stays unknown.
"""

import sys
import textwrap
import tomllib
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal

from procurelib import (
    UNKNOWN,
    Money,
    Purchase,
    Text,
    cities,
    declarations,
    deliverable,
    law,
    progress,
    reporting_periods,
)

HERE = Path(__file__).parent
WIDTH = 118
TODAY = date(2026, 11, 26)
DECLARATION = declarations["ca-qc/longueuil-2013"]
PROMISE = DECLARATION["lon-1"]
SCHEME = declarations["fr/rennes-2018"]
AGGLOMERATION = {"58227": "ca-qc/longueuil", "58033": "ca-qc/boucherville"}
DAYS = ("2013-02-28", "2013-03-31", "2016-09-13", "2017-02-02", "2018-02-19", "2018-02-20", TODAY.isoformat())
LAW_DAYS = ("2013-04-02", "2017-02-02", "2026-03-31", "2026-10-01")

SAY = {
    "who": Text("1. Qui s’y est tenu, selon le jour", "1. Who stood by it, day by day"),
    "certain": Text("certainement : {n}", "certainly: {n}"),
    "possible": Text("peut-être : {names}", "perhaps: {names}"),
    "new": Text("de plus : {names}", "new: {names}"),
    "claim": Text("2. Ce que le communiqué affirmait", "2. What the communiqué claimed"),
    "holds": Text(
        "Ce jour-là, {n} des {of} villes s’y tenaient : la liste le confirme.",
        "{n} of the {of} cities stood by it that day: the list confirms it.",
    ),
    "fails": Text(
        "Ce jour-là, {n} des {of} villes s’y tenaient : la liste le contredit.",
        "{n} of the {of} cities stood by it that day: the list contradicts it.",
    ),
    "open": Text(
        "Ce jour-là, {n} des {of} villes au moins s’y tenaient.", "At least {n} of the {of} cities stood by it that day."
    ),
    "increase": Text("accroître {what}", "increase {what}"),
    "promise": Text("3. Ce qui est promis, et ce que Longueuil a adopté", "3. What is promised, and what Longueuil adopted"),
    "nothing": Text(
        "Aucun montant, aucune part, aucune échéance, aucun rapport : le verdict ne peut être que « non énoncé ».",
        "No amount, no share, no deadline, no report: the verdict can only be “not stated”.",
    ),
    "reported": Text("4. Le seul chiffre publié, pour deux ans", "4. The only figure published, for two years"),
    "measured": Text(
        "5. Ce que {n} contrats publiés en 2026 par deux des villes permettent de mesurer",
        "5. What {n} contracts published in 2026 by two of the cities let us measure",
    ),
    "steered": Text(
        "6. Le contrat de Longueuil ({title}), selon le droit de quatre jours",
        "6. Longueuil’s contract ({title}), by the law of four days",
    ),
    "rennes": Text(
        "7. Ailleurs, une promesse chiffrée : {n} marchés de Rennes notifiés en 2024",
        "7. Elsewhere, a promise with a figure: {n} contracts of Rennes notified in 2024",
    ),
    "late": Text(
        "L’échéance était 2020 et ces marchés sont de 2024 : ils montrent la mesure, ils ne jugent pas la promesse.",
        "The deadline was 2020 and these contracts are of 2024: they show the measure, they do not judge the promise.",
    ),
    "believed": Text("si l’on croit les « aucune considération » : {share}", "if “no consideration” is believed: {share}"),
    "doubted": Text("si l’on n’y croit pas : {share}", "if it is not: {share}"),
    "whole": Text("8. La déclaration entière, au 2 février 2017", "8. The whole declaration, on 2 February 2017"),
}
STANDING = {
    "steerable": Text("possible", "possible"),
    "conditional": Text("sous conditions", "on conditions"),
    "unknown": Text("selon des faits qui manquent", "on facts that are missing"),
    "not_modelled": Text("droit non modélisé", "law not modelled"),
    "barred": Text("impossible", "impossible"),
}


def contracts(file: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / file).read_text(encoding="utf-8"))["contract"]
    return found


def purchases_here() -> list[tuple[str, Purchase]]:
    """The contracts of the agglomeration's cities; SEAO says nothing on taxes, nor whether a supplier is one that counts."""
    return [
        (
            one["title"],
            Purchase(
                id=one["ocid"],
                buyer=AGGLOMERATION[one["code"]],
                amount=Money(one["value"], "CAD", tax=UNKNOWN),
                day=one["awarded"],
                category=one["category"],
                source=one["file"],
            ),
        )
        for one in contracts("contracts.toml")
        if one["code"] in AGGLOMERATION
    ]


def purchases_of_rennes(*, believed: bool) -> list[Purchase]:
    """The contracts of Rennes with what the record says of each; a stated “none” is a fact only when it is believed."""
    marks = {"social_element": "social", "environmental_element": "environmental"}
    return [
        Purchase(
            buyer="fr/rennes",
            contract=one["id"],
            amount=Money(one["value"], "EUR", tax="excluded"),
            day=one["notified"],
            category=one["category"],
            marks={mark: one[key] for mark, key in marks.items() if one[key] or believed},
        )
        for one in contracts("rennes_2024.toml")
    ]


def tenths(percent: Decimal, rounding: str, locale: str) -> str:
    """A bound to one decimal, rounded away from the other bound."""
    return f"{format_decimal(percent.quantize(Decimal('0.1'), rounding), locale=locale)} %"


def main() -> None:
    locale = "fr_CA" if sys.argv[1:] == ["fr"] else "en_CA"

    def say(key: str, **slots: object) -> str:
        return SAY[key].in_(locale).format(**slots)

    def heading(key: str, **slots: object) -> None:
        text = say(key, **slots)
        print(f"\n{text}\n{'-' * len(text)}")

    def names(ids: tuple[str, ...]) -> str:
        return ", ".join(cities[id].name for id in ids)

    heading("who")
    known: tuple[str, ...] = ()
    for day in map(date.fromisoformat, DAYS):
        stood = DECLARATION.signatories(on=day)
        parts = [say("certain", n=len(stood))]
        new = tuple(id for id in stood if id not in known)
        parts += [say("new", names=names(new))] if new else []
        parts += [say("possible", names=names(stood.possible))] if stood.possible else []
        print(f"{day.isoformat()}  {'; '.join(parts)}")
        known = stood.certain

    heading("claim")
    for claim in DECLARATION.claims:
        check = DECLARATION.check_claim(claim.id)
        print(f"{claim.speaker}: {claim.words.in_(locale)}")
        print(say(check.value, n=len(check.certain), of=check.out_of))

    heading("promise")
    print(say(PROMISE.verb, what=PROMISE.object.in_(locale)))
    if PROMISE.guard is not None:
        print(PROMISE.guard.in_(locale))
    for id in DECLARATION.preference_rules:
        for version in law[id].versions:
            shown = version.value.format(locale) if isinstance(version.value, Money) else f"{version.value} %"
            print(f"{version.start.isoformat()}  {law[id].title(locale)}: {shown}")
    print(textwrap.fill(say("nothing"), WIDTH))

    heading("reported")
    years = reporting_periods("year", date(2015, 1, 1), until=date(2017, 1, 1))
    past = progress(PROMISE, [], years, on=date(2018, 3, 31), reported=DECLARATION.reported)
    for row in (*past.periods, past.cumulated):
        figures = [f.amount.format(locale) for f in past.reported if f.id in row.reported and f.amount is not None]
        span = f"{row.start.isoformat()}/{(row.end - timedelta(1)).isoformat()}"
        print(f"{span:<28}{'> ' + figures[0] if figures else '?'}")

    listed = purchases_here()
    heading("measured", n=len(listed))
    ledger = [purchase for _, purchase in listed]
    now = progress(PROMISE, ledger, reporting_periods("year", date(2026, 1, 1), until=date(2027, 1, 1)), on=TODAY)
    print(now.explain(locale))

    mine = [(title, one) for title, one in listed if one.buyer == "ca-qc/longueuil"]
    heading("steered", title=mine[0][0])
    for day in map(date.fromisoformat, LAW_DAYS):
        found = deliverable(PROMISE, [one for _, one in mine], cities["ca-qc/longueuil"], on=day)
        for one in found.contracts:
            titles = ", ".join(lever.title.in_(locale) for lever in one.levers)
            print(f"{day.isoformat()}  {STANDING[one.standing].in_(locale):<31}{titles}")

    believed, doubted = purchases_of_rennes(believed=True), purchases_of_rennes(believed=False)
    heading("rennes", n=len(believed))
    year = reporting_periods("year", date(2024, 1, 1), until=date(2025, 1, 1))
    for key, purchases in (("believed", believed), ("doubted", doubted)):
        share = progress(SCHEME["elements"], purchases, year, on=date(2025, 1, 1)).cumulated.share_of_contracts
        assert share is not None
        print(say(key, share=f"{tenths(share.low, ROUND_FLOOR, locale)} - {tenths(share.high, ROUND_CEILING, locale)}"))
    print(textwrap.fill(say("late"), WIDTH))

    heading("whole")
    for line in DECLARATION.explain(locale, on=date(2017, 2, 2)).splitlines():
        indent = " " * (len(line) - len(line.lstrip(" -")))
        print(textwrap.fill(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False) if line else "")


if __name__ == "__main__":
    main()
