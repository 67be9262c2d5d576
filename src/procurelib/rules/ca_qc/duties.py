"""Québec: what a city publishes, tables or sends about its contracts and finances (LCV 105.2, 474.1, 477.5, 573.3.1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import evolve

from procurelib.calendars import calendars
from procurelib.calendars.days import spoken
from procurelib.citations import Text
from procurelib.dated import Caveat
from procurelib.models.city import City
from procurelib.models.tender import Tender
from procurelib.places import cities
from procurelib.rules.ca_qc.case import facts_of
from procurelib.rules.ca_qc.facts import AMOUNT
from procurelib.rules.duties import Duty
from procurelib.rules.duty_rules import DutyRule, DutyRules, floor_on, reaches
from procurelib.tables.facts import Between
from procurelib.unknown import UNKNOWN

_HOLIDAYS: Final = "ca-qc/I-16"
_PUBLIC: Final = Text("le public", "the public")
_MINISTER: Final = Text("le ministre des Affaires municipales", "the Minister of Municipal Affairs")
_COUNCIL: Final = Text("le conseil municipal", "the municipal council")

RULES: Final = (
    DutyRule(
        "ca-qc/annual-contract-list",
        Text(
            "Publier la liste des contrats de plus de {contract} passés au cours du dernier exercice avec un même "
            "cocontractant, quand leur total dépasse {total}",
            "Publish the list of the contracts of more than {contract} made in the last fiscal year with the same contractor, "
            "when their total exceeds {total}",
        ),
        Text("le public, sur le site de la municipalité", "the public, on the municipality’s website"),
        Text("fin de l’exercice financier", "end of the fiscal year"),
        {"contract": "ca-qc/annual-list-contract-floor", "total": "ca-qc/annual-list-total-floor"},
        by_contract=True,
        floor="ca-qc/annual-list-contract-floor",
        above=True,
    ),
    DutyRule(
        "ca-qc/financial-report",
        Text("Transmettre le rapport financier du dernier exercice", "Send the financial report of the last fiscal year"),
        _MINISTER,
        Text("dépôt du rapport financier au conseil", "filing of the financial report with the council"),
    ),
    DutyRule(
        "ca-qc/mayor-report",
        Text(
            "Faire rapport sur la situation financière et déposer la liste des contrats de plus de {total}, et celle des "
            "contrats de plus de {contract} passés avec un même cocontractant quand leur total dépasse {total}",
            "Report on the financial position and table the list of contracts of more than {total}, and that of contracts of "
            "more than {contract} made with the same contractor when their total exceeds {total}",
        ),
        _COUNCIL,
        Text("au moins {days} avant le dépôt du budget", "at least {days} before the budget is tabled"),
        {
            "contract": "ca-qc/annual-list-contract-floor",
            "total": "ca-qc/annual-list-total-floor",
            "days": "ca-qc/mayor-report",
        },
    ),
    DutyRule(
        "ca-qc/seao-list",
        Text(
            "Publier et tenir à jour la liste des contrats d’au moins {floor}",
            "Publish and keep up to date the list of contracts of at least {floor}",
        ),
        Text("le public, dans le SEAO", "the public, on SEAO"),
        Text(
            "conclusion de chaque contrat; mise à jour au moins une fois par {every}",
            "the making of each contract; updated at least once a {every}",
        ),
        {"floor": "ca-qc/seao-list-floor", "every": "ca-qc/seao-list-update"},
        by_contract=True,
        floor="ca-qc/seao-list-floor",
    ),
    DutyRule(
        "ca-qc/final-expenditure",
        Text(
            "Publier la dépense totale effectivement faite pour chaque contrat de la liste",
            "Publish the total expenditure actually made for each contract of the list",
        ),
        Text("le public, dans le SEAO", "the public, on SEAO"),
        Text(
            "fin de l’exécution de chaque contrat, dès que possible",
            "the end of the performance of each contract, as soon as possible",
        ),
        by_contract=True,
        floor="ca-qc/seao-list-floor",
    ),
    DutyRule(
        "ca-qc/publication-retention",
        Text(
            "Laisser publiée pendant au moins {years} l’information de la liste",
            "Keep the information of the list published for at least {years}",
        ),
        Text("le public, dans le SEAO", "the public, on SEAO"),
        Text("publication de la dépense totale effectivement faite", "the publication of the total expenditure actually made"),
        {"years": "ca-qc/publication-retention"},
        by_contract=True,
        floor="ca-qc/seao-list-floor",
    ),
    DutyRule(
        "ca-qc/website-statement",
        Text(
            "Tenir sur le site une mention de la liste du SEAO et un hyperlien qui y mène",
            "Keep on the website a statement about the list on SEAO and a hyperlink to it",
        ),
        _PUBLIC,
        Text("en permanence", "permanently"),
    ),
    DutyRule(
        "ca-qc/by-law-website",
        Text(
            "Tenir sur le site le règlement sur la gestion contractuelle et les règlements de délégation",
            "Keep on the website the by-law on contract management and the delegation by-laws",
        ),
        _PUBLIC,
        Text("en permanence", "permanently"),
    ),
    DutyRule(
        "ca-qc/by-law-report",
        Text(
            "Déposer un rapport sur l’application du règlement sur la gestion contractuelle",
            "Table a report on the application of the by-law on contract management",
        ),
        _COUNCIL,
        Text("au moins {times} par année", "at least {times} a year"),
        {"times": "ca-qc/by-law-report"},
    ),
    DutyRule(
        "ca-qc/by-law-copy",
        Text(
            "Transmettre une copie certifiée conforme du règlement sur la gestion contractuelle",
            "Send a certified copy of the by-law on contract management",
        ),
        _MINISTER,
        Text("au plus tard {days} après l’adoption du règlement", "not later than {days} after the by-law is adopted"),
        {"days": "ca-qc/by-law-copy"},
    ),
    DutyRule(
        "ca-qc/complaint-procedure",
        Text(
            "Avoir une procédure de réception et d’examen des plaintes, et la publier",
            "Have a procedure for receiving and examining complaints, and publish it",
        ),
        _PUBLIC,
        Text("en permanence", "permanently"),
    ),
)


def _who(city: City) -> str:
    """The body that acts: for an agglomeration, its central municipality (E-20.001, s. 17)."""
    if city.acts_through is not None and city.acts_through in cities:
        return cities[city.acts_through].name
    return city.name


def _of_body(city: City) -> Iterator[Caveat]:
    """What to be careful about in a duty because of what the body is."""
    if city.kind == "agglomeration":
        text = Text(
            "Pour une agglomération, seule la municipalité centrale agit : elle le fait dans ses propres listes et rapports.",
            "For an agglomeration the central municipality alone acts: it does so in its own lists and reports.",
        )
        yield Caveat("note", "ca-qc/agglomeration-decider", text)
    if city.governing_act is not UNKNOWN and city.governing_act != "C-19":
        text = Text(
            "Le recueil cite la Loi sur les cités et villes; la loi qui régit cet organisme n’a pas été lue sur ce point.",
            "The book cites the Cities and Towns Act; the Act that governs this body has not been read on this point.",
        )
        yield Caveat("unread", "governing_act", text)


def _extended(due: date) -> Iterator[Caveat]:
    """That a stated day is a holiday, and to which day the Interpretation Act then extends it."""
    holidays = calendars[_HOLIDAYS]
    if due in holidays:
        until = holidays.next_business_day(due)
        text = Text(
            "Ce jour est férié : selon l’article 52 de la Loi d’interprétation, le délai court jusqu’au "
            f"{spoken(until).fr}. Que cet article vise aussi un jour fixé par la loi est déduit.",
            f"This day is a holiday: under section 52 of the Interpretation Act the time runs until {spoken(until).en}. "
            "That the section also reaches a day fixed by an Act is inferred.",
        )
        yield Caveat("inferred", _HOLIDAYS, text)


_DUTIES: Final = DutyRules(RULES, _who, _of_body, _extended)


def duties_of(city: City, start: date, end: date) -> Iterator[Duty]:
    """The duties of a body in the days from ``start`` until the day before ``end``."""
    return _DUTIES.duties_of(city, start, end)


# --- the duties that one contract calls -----------------------------------------------------------------------------


def duties_of_tender(tender: Tender) -> tuple[Duty, ...]:
    """The duties that the contract of a tender will call, by the law of the day it is made, or of the launch.

    The contract is made on ``concludes``; without it no day can be told. What is no purchase calls nothing.
    """
    if tender.category == "outside":
        return ()
    known = facts_of(tender).case[AMOUNT.id]
    low, high = (known.low, known.high) if isinstance(known, Between) else (known, known)
    found = []
    for rule in RULES:
        if not rule.by_contract or rule.floor is None:
            continue
        on = tender.concludes or tender.launched
        duty = _called(rule, tender, on)
        if duty is None:
            continue
        floor = floor_on(rule.floor, on)
        reached = [reaches(bound, floor, above=rule.above) for bound in (low, high)]
        if reached[1] is False:
            continue
        if reached[0] is not True:
            text = Text(
                f"À condition que la dépense {'dépasse' if rule.above else 'atteigne'} {floor.format('fr_CA')}.",
                f"Provided the expenditure {'exceeds' if rule.above else 'reaches'} {floor.format('en_CA')}.",
            )
            duty = evolve(duty, caveats=(*duty.caveats, Caveat("note", rule.floor, text)))
        if tender.concludes is None:
            duty = evolve(duty, caveats=(*duty.caveats, Caveat("note", "concludes", _NO_DAY)))
        found.append(duty)
    return tuple(found)


_NO_DAY: Final = Text(
    "Le jour où le contrat sera conclu n’est pas donné : le droit du lancement est cité, et aucune échéance ne peut être dite.",
    "The day the contract will be made is not given: the law of the launch is cited, and no due day can be told.",
)


def _called(rule: DutyRule, tender: Tender, on: date) -> Duty | None:
    buyer = tender.buyer
    if rule.dated and tender.concludes is not None:
        following = tender.concludes.year + 1
        due = rule.due_in(following)
        if due is not None:
            return _DUTIES.made(rule, buyer, due, due)
        on = date(following, 1, 1)
    elif rule.dated and rule.entry.at(on) is not None:
        return _DUTIES.made(rule, buyer, on)
    if rule.entry.gap(on) is not None:
        return _DUTIES.not_modelled(rule, buyer, on)
    return _DUTIES.made(rule, buyer, on) if rule.entry.at(on) is not None else None
