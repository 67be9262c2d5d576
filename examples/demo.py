"""Real contracts of Québec cities and of French local bodies, held against the law of the day they were launched.

``python examples/demo.py`` speaks English, ``python examples/demo.py fr`` French. It reads ``contracts.toml`` and
``contracts_fr.toml`` beside it and nothing else: no network, no other data.
"""

import sys
import textwrap
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from procurelib import EDITION, UNKNOWN, Answer, City, Money, MoneyRange, Tender, assess, cities

WIDTH = 110
OPENNESS = {"direct": 0, "invitation": 1, "adapted": 1, "public": 2, "formal": 2}

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "locale": "en_CA",
        "heading": "{contracts} contracts of {buyers} Québec cities, held against the law of their day (law book {edition})",
        "proxies": (
            "What SEAO does not publish is replaced, here and only here, by what it does: the amount awarded (for one "
            "contract, the amount paid) stands for the estimate; the day of award stands for the launch, save for public "
            "calls, whose notice is dated; no option is counted. Whether taxes are in the amount is not said: the tax basis "
            "is unknown. No city’s by-law is known."
        ),
        "verdicts": (
            "The law sets the least open mode it allows. A contract agrees when the mode used is at least as open as "
            "whatever the law may ask, and differs when it is less open than all of it; otherwise we cannot tell."
        ),
        "claims": (
            "* with the ground the buyer claims taken as met: {grounds}. The reasons buyers give under sections 9 (the city’s "
            "by-law) and 30 (less than $25,000) are the rule itself, not grounds."
        ),
        "columns": "Buyer|Date|Category|Value|Mode used|The law asks|Verdict",
        "distances": "How far the next thresholds are, to the dollar, from the near end of the net expenditure",
        "distance_columns": "Buyer|Date|Net ($)|Next below|Next above|Still to know",
        "explained": "One answer explained in full, as it reads in French: {buyer}, {title}",
        "count": "{verdict}: {count}",
        "counts": "Verdicts, by row. {counts}.",
        "twice": "The contract of {buyer} stands in two rows, without its ground and with it.",
        "credit": "Contracts: {publisher}, data set “Système électronique d’appel d’offres (SEAO)”, {licence}.",
        "advice": "This is information, not legal advice.",
        "french": "{contracts} contracts of {buyers} French bodies, Rennes first, held against the law of their day",
        "french_proxies": (
            "DECP publishes the amount awarded, or the maximum of a framework agreement, and the day of notification: they "
            "stand for the estimate and for the launch. Where the other lots of an operation are published too, their sum is "
            "the need, at least. The kind of purchase is that of the CPV code."
        ),
        "french_claims": (
            "* with the ground taken as met: {grounds}. DECP says that there was no competition, never why; “other exception” "
            "is any of those the Code allows. ° of a larger need, whose value is compared: {needs}."
        ),
        "french_columns": "Buyer|Date|Category|Value|Used|The law asks|Verdict",
        "french_outcomes": (
            "The law asks {count} different things of them: {outcomes}. Of the 749 contracts of the files they come from that "
            "could be read as tenders it asks no other."
        ),
        "french_credit": "Contracts: {publisher}, {licence}.",
        "social_services": "social serv.",
        "insurance": "insurance",
        "adapted": "adapted",
        "formal": "formal",
        "by ground": "direct, by ground",
        "free": "any medium",
        "national": "BOAMP/JAL",
        "european": "BOAMP+JOUE",
        "union": "JOUE",
        "fr/other-exception": "other exception",
        "fr/artistic-work": "work of art",
        "inside": "inside: {amount}",
        "agrees": "agrees",
        "differs": "differs",
        "cannot tell": "cannot tell",
        "outside": "outside",
        "goods": "goods",
        "services": "services",
        "professional_services": "prof. services",
        "works": "works",
        "direct": "direct",
        "invitation": "invitation",
        "public": "public",
        "direct invitation": "direct or invitation",
        "direct public": "direct or public",
        "invitation public": "invitation or public",
        "direct invitation public": "any of the three",
        "bylaw": "by-law",
        "value.tax": "tax basis",
        "ca-qc/emergency": "emergency",
        "ca-qc/sole-supplier": "sole supplier",
    },
    "fr": {
        "locale": "fr_CA",
        "heading": "{contracts} contrats de {buyers} villes du Québec face au droit de leur jour (recueil de droit {edition})",
        "proxies": (
            "Ce que le SEAO ne publie pas est remplacé, ici seulement, par ce qu’il publie : le montant attribué (pour un "
            "contrat, le montant payé) tient lieu d’estimation; le jour de l’attribution tient lieu de lancement, sauf pour "
            "les appels d’offres publics, dont l’avis est daté; aucune option n’est comptée. Rien ne dit si le montant "
            "comprend les taxes : la base de taxe est inconnue. Le règlement d’aucune ville n’est connu."
        ),
        "verdicts": (
            "Le droit fixe le mode le moins ouvert qu’il permet. Un contrat concorde quand le mode utilisé est au moins aussi "
            "ouvert que tout ce que le droit peut exiger, et diffère quand il l’est moins que tout cela; sinon, on ne peut "
            "pas dire."
        ),
        "claims": (
            "* le motif invoqué par la ville étant tenu pour fondé : {grounds}. Les raisons données selon les articles 9 (le "
            "règlement de la ville) et 30 (moins de 25 000 $) sont la règle même, non des motifs."
        ),
        "columns": "Ville|Date|Objet|Valeur|Mode|Le droit exige|Verdict",
        "distances": "Distance des prochains seuils, au dollar près, depuis le bout le plus proche de la dépense nette",
        "distance_columns": "Ville|Date|Net ($)|Dessous|Dessus|À préciser",
        "explained": "Une réponse expliquée en entier : {buyer}, {title}",
        "count": "{verdict} : {count}",
        "counts": "Verdicts, par ligne. {counts}.",
        "twice": "Le contrat de {buyer} occupe deux lignes, sans son motif et avec lui.",
        "credit": "Contrats : {publisher}, jeu de données « Système électronique d’appel d’offres (SEAO) », {licence}.",
        "advice": "Ceci est de l’information, non un avis juridique.",
        "french": "{contracts} marchés de {buyers} collectivités françaises, Rennes d’abord, face au droit de leur jour",
        "french_proxies": (
            "Les DECP publient le montant attribué, ou le maximum d’un accord-cadre, et le jour de la notification : ils "
            "tiennent lieu d’estimation et de lancement. Quand les autres lots d’une opération sont publiés aussi, leur "
            "somme est le besoin, au moins. L’objet est celui du code CPV."
        ),
        "french_claims": (
            "* le motif étant tenu pour fondé : {grounds}. Les DECP disent qu’il n’y a pas eu de mise en concurrence, jamais "
            "pourquoi; « autre exception » est l’une quelconque de celles que le code permet. ° part d’un besoin plus grand, "
            "dont la valeur est comparée : {needs}."
        ),
        "french_columns": "Acheteur|Date|Objet|Valeur|Procédure|Le droit exige|Verdict",
        "french_outcomes": (
            "Le droit en exige {count} choses différentes : {outcomes}. Des 749 marchés des fichiers d’où ils viennent qui ont "
            "pu être lus, il n’exige rien d’autre."
        ),
        "french_credit": "Marchés : {publisher}, {licence}.",
        "social_services": "sociaux",
        "insurance": "assurance",
        "adapted": "adaptée",
        "formal": "formelle",
        "by ground": "gré à gré, motif",
        "free": "libre",
        "national": "BOAMP/JAL",
        "european": "BOAMP+JOUE",
        "union": "JOUE",
        "fr/other-exception": "autre exception",
        "fr/artistic-work": "œuvre d’art",
        "inside": "dedans : {amount}",
        "agrees": "concorde",
        "differs": "diffère",
        "cannot tell": "on ne peut pas dire",
        "outside": "hors champ",
        "goods": "biens",
        "services": "services",
        "professional_services": "serv. prof.",
        "works": "travaux",
        "direct": "gré à gré",
        "invitation": "invitation",
        "public": "public",
        "direct invitation": "gré à gré ou inv.",
        "direct public": "gré à gré ou pub.",
        "invitation public": "inv. ou public",
        "direct invitation public": "l’un des trois",
        "bylaw": "règlement",
        "value.tax": "taxes",
        "ca-qc/emergency": "urgence",
        "ca-qc/sole-supplier": "fournisseur unique",
    },
}


@dataclass(frozen=True)
class Row:
    """One contract, with or without the ground its buyer claims, and what the law of its day asks."""

    title: str
    used: str
    tender: Tender
    procedure: Answer

    @property
    def verdict(self) -> str:
        """Whether the mode used is open enough for whatever the law may ask."""
        if self.procedure.status == "not_applicable":
            return "outside"
        asked = [OPENNESS[mode] for mode in self.procedure.possible]
        if asked and OPENNESS[self.used] >= max(asked):
            return "agrees"
        return "differs" if asked and OPENNESS[self.used] < min(asked) else "cannot tell"


def buyer(contract: Mapping[str, Any]) -> City:
    """The city as the library knows it, or known by its code and its name only."""
    code = f"ca-qc/{contract['code']}"
    return cities[code] if code in cities else City(id=code, name=contract["buyer"].removeprefix("Ville de "))


def rows(contract: Mapping[str, Any]) -> Iterator[Row]:
    """The contract as a tender, asked about; one that only its ground makes lawful is asked about without it first."""
    tender = Tender(
        buyer=buyer(contract),
        category=contract["category"],
        value=Money(contract["value"], "CAD", tax=UNKNOWN),
        launched=contract.get("launched", contract["awarded"]),
        service=contract.get("service", UNKNOWN),
    )
    plain = Row(contract["title"], contract["method"], tender, assess(tender).procedure)
    if "ground" not in contract:
        yield plain
        return
    if plain.verdict == "differs":
        yield plain
    claiming = tender.replace(grounds={contract["ground"]})
    yield Row(contract["title"], contract["method"], claiming, assess(claiming).procedure)


MEDIA = {
    frozenset({frozenset({"free_choice"})}): "free",
    frozenset({frozenset({"boamp", "buyer_profile"}), frozenset({"jal", "buyer_profile"})}): "national",
    frozenset({frozenset({"boamp", "joue", "buyer_profile"})}): "european",
    frozenset({frozenset({"joue", "buyer_profile"})}): "union",
}


def french_buyer(contract: Mapping[str, Any]) -> City:
    """The body as the library knows it, or known by its SIREN and its name only."""
    code = f"fr/{contract['siret'][:9]}"
    return cities[code] if code in cities else City(id=code, code=code, name=short(contract["buyer"]))


def short(buyer: str) -> str:
    """The name of a body, without the word for what it is."""
    for word in ("Ville de ", "Ville d'", "Commune de ", "Commune d'", "Métropole "):
        buyer = buyer.removeprefix(word)
    return buyer


def french_rows(contract: Mapping[str, Any]) -> Iterator[Row]:
    """A French contract as a tender, asked about; one whose buyer may rely on a ground is asked about without it first."""
    tender = Tender(
        buyer=french_buyer(contract),
        category=contract["category"],
        value=Money(contract["value"], "EUR", tax="excluded"),
        need=Money(contract["need"], "EUR", tax="excluded") if "need" in contract else None,
        launched=contract["notified"],
        framework=contract.get("framework"),
    )
    plain = Row(contract["title"], contract["procedure"], tender, assess(tender).procedure)
    yield plain
    if "ground" in contract:
        claiming = tender.replace(grounds={contract["ground"]})
        yield Row(contract["title"], contract["procedure"], claiming, assess(claiming).procedure)


def french_outcome(row: Row) -> tuple[str, str]:
    """What the law asks of a French contract: the procedure, and where it is advertised."""
    procedure = "by ground" if row.tender.grounds else str(row.procedure.value)
    return procedure, MEDIA.get(assess(row.tender).publication.value, "-")


def french_line(row: Row, words: Mapping[str, str]) -> tuple[str, ...]:
    """One row of the French table."""
    tender, outcome = row.tender, french_outcome(row)
    value = tender.value.format(words["locale"]) if isinstance(tender.value, Money) else "-"
    return (
        name(row),
        tender.launched.isoformat(),
        words[tender.category],
        "-" if tender.framework == "no_maximum" else f"{value}°" if tender.need is not None else value,
        words[row.used],
        told(outcome, words),
        words[row.verdict],
    )


def told(outcome: tuple[str, str], words: Mapping[str, str]) -> str:
    """What the law asks, in a few words."""
    procedure, media = outcome
    return words[procedure] if media == "-" else f"{words[procedure]}, {words[media]}"


def french(words: Mapping[str, str]) -> Iterator[str]:
    """The French contracts, line by line."""
    data = tomllib.loads(Path(__file__).with_name("contracts_fr.toml").read_text(encoding="utf-8"))
    found = [row for contract in data["contract"] for row in french_rows(contract)]
    buyers = {row.tender.buyer.id for row in found}
    yield words["french"].format(contracts=len(data["contract"]), buyers=len(buyers))
    yield ""
    yield from wrapped(words["french_proxies"])
    yield ""
    yield from table(words["french_columns"], [french_line(row, words) for row in found], right=3)
    grounds = sorted(words[ground] for ground in {g for row in found for g in row.tender.grounds})
    needs = dict.fromkeys(row.tender.need.format(words["locale"]) for row in found if isinstance(row.tender.need, Money))
    yield from wrapped(words["french_claims"].format(grounds=", ".join(grounds), needs=", ".join(needs)))
    shown = [told(outcome, words) for outcome in dict.fromkeys(french_outcome(row) for row in found)]
    yield from wrapped(words["french_outcomes"].format(count=len(shown), outcomes="; ".join(shown)))
    yield from counted(found, words)
    yield from wrapped(words["french_credit"].format(publisher=data["publisher"], licence=data["licence"]))


def counted(found: list[Row], words: Mapping[str, str]) -> Iterator[str]:
    """How many rows have each verdict."""
    counts = Counter(row.verdict for row in found)
    listed = "; ".join(
        words["count"].format(verdict=words[v], count=counts[v]) for v in ("agrees", "differs", "cannot tell", "outside")
    )
    yield words["counts"].format(counts=listed)


def table(columns: str, lines: list[tuple[str, ...]], right: int) -> Iterator[str]:
    """The lines under their headings, one column of them aligned to the right."""
    lines = [tuple(columns.split("|")), *lines]
    widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    for place, line in enumerate(lines):
        cells = (cell.rjust(widths[n]) if n == right else cell.ljust(widths[n]) for n, cell in enumerate(line))
        yield "  ".join(cells).rstrip()
        if place == 0:
            yield "  ".join("-" * width for width in widths)


def name(row: Row) -> str:
    """The buyer, marked when its ground is taken as met."""
    return row.tender.buyer.name + ("*" if row.tender.grounds else "")


def asked(answer: Answer, words: Mapping[str, str]) -> str:
    """The modes the law may ask for, the least open first."""
    if answer.status == "not_applicable":
        return "-"
    return words[" ".join(sorted(answer.possible, key=OPENNESS.__getitem__))]


def verdict_line(row: Row, words: Mapping[str, str]) -> tuple[str, ...]:
    """One row of the first table."""
    value = row.tender.value
    return (
        name(row),
        row.tender.launched.isoformat(),
        words[row.tender.category],
        value.format(words["locale"]) if isinstance(value, Money) else "-",
        words[row.used],
        asked(row.procedure, words),
        words[row.verdict],
    )


def whole(amount: Decimal, words: Mapping[str, str], *, sign: bool = True) -> str:
    """An amount to the dollar, with or without its sign of currency."""
    text = Money(amount, "CAD", tax="net").format(words["locale"])
    return text if sign else text.replace("$", "").strip()


def distance_line(row: Row, words: Mapping[str, str]) -> tuple[str, ...]:
    """One row of the second table: the net amount, the thresholds around it, and the facts that would settle the answer."""
    explanation = row.procedure.explanation
    net = next(fact.value for fact in explanation.facts if fact.id == "amount_compared")
    below = above = "-"
    for turn in explanation.turns:
        if turn.fact != "amount_compared":
            continue
        boundary = turn.boundary.format(words["locale"])
        if turn.distance is None:
            # The net expenditure may lie on either side of it: there is no distance.
            below, above = "-", words["inside"].format(amount=boundary)
            break
        way = whole(turn.distance.amount.quantize(Decimal(1), ROUND_HALF_UP), words, sign=False)
        shown = f"{boundary} ({'-' if turn.direction == 'down' else '+'}{way})"
        below, above = (shown, above) if turn.direction == "down" else (below, shown)
    return (
        name(row),
        row.tender.launched.isoformat(),
        span(net, words),
        below,
        above,
        ", ".join(words[fact] for fact in sorted(row.procedure.missing)) or "-",
    )


def span(net: object, words: Mapping[str, str]) -> str:
    """The net amount an amount on an unknown tax basis may be."""
    if not isinstance(net, MoneyRange):
        return "-"
    low, high = (end.amount.quantize(Decimal(1), ROUND_FLOOR) for end in (net.low, net.high))
    return f"{whole(low, words, sign=False)}–{whole(high, words, sign=False)}"


def wrapped(text: str, width: int = WIDTH) -> Iterator[str]:
    """The lines of a text, cut to a width, items of a list hanging."""
    for line in text.splitlines():
        hang = " " * (len(line) - len(line.lstrip(" -")))
        yield from textwrap.wrap(line, width, subsequent_indent=hang, break_on_hyphens=False) or [""]


def demo(language: str) -> Iterator[str]:
    """Everything the demonstration says, line by line."""
    words = WORDS[language]
    data = tomllib.loads(Path(__file__).with_name("contracts.toml").read_text(encoding="utf-8"))
    found = [row for contract in data["contract"] for row in rows(contract)]
    names = {row.tender.buyer.name for row in found}
    yield words["heading"].format(contracts=len(data["contract"]), buyers=len(names), edition=EDITION)
    yield ""
    yield from wrapped(words["proxies"])
    yield from wrapped(words["verdicts"])
    yield ""
    yield from table(words["columns"], [verdict_line(row, words) for row in found], right=3)
    grounds = sorted(words[ground] for ground in {g for row in found for g in row.tender.grounds})
    yield from wrapped(words["claims"].format(grounds=", ".join(grounds)))
    yield ""
    yield words["distances"]
    yield ""
    inside = [row for row in found if row.verdict != "outside"]
    yield from table(words["distance_columns"], [distance_line(row, words) for row in inside], right=2)
    yield ""
    shown = next(row for row in found if row.tender.buyer.id == "ca-qc/longueuil")
    yield words["explained"].format(buyer=shown.tender.buyer.name, title=shown.title)
    yield ""
    yield from (f"    {line}".rstrip() for line in wrapped(shown.procedure.explain("fr_CA"), WIDTH - 4))
    yield ""
    yield from counted(found, words)
    twice = sorted({row.tender.buyer.name for row in found if row.verdict == "differs"})
    yield from (words["twice"].format(buyer=one) for one in twice)
    yield from wrapped(words["credit"].format(publisher=data["publisher"], licence=data["licence"]))
    yield ""
    yield from french(words)
    yield words["advice"]


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "en"
    if chosen not in WORDS:
        sys.exit(f"demo.py: {chosen!r} is neither 'en' nor 'fr'")
    print("\n".join(demo(chosen)))
