"""Explanations as a person reads them, in both languages and three formats."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from procurelib.citations import Citation
from procurelib.errors import InputError
from procurelib.explain import FORMATS, Header, render, render_many
from procurelib.explain.page import Item
from procurelib.explain.sentences import reasons
from procurelib.explain.words import words
from procurelib.models.grounds import GROUNDS
from procurelib.money import Money, MoneyRange
from procurelib.rules.answer import (
    Answer,
    Caveat,
    DerivedStep,
    Doubts,
    Explanation,
    FactExplained,
    Gap,
    Outcome,
    Reasons,
    RowExplained,
    Support,
    Territory,
    Text,
    Turn,
)
from procurelib.rules.answer import Test as Node
from procurelib.unknown import UNKNOWN
from unit.test_explain_words import NOT_FRENCH, each

NBSP = "\u00a0"
DAY = date(2026, 2, 2)


def net(amount: str) -> Money:
    return Money(amount, "CAD", tax="net")


def cite(at: str) -> Citation:
    return Citation(instrument="ca-qc/C-19", short_fr="LCV", short_en="CTA", at_fr=f"art. {at}", at_en=f"s. {at}")


THRESHOLD = Text("Seuil d’appel d’offres public", "Public-call threshold")


AMOUNT = net("139000")


def compared(value: Any, bound: Any = AMOUNT, truth: Any = "true", label: Text | None = THRESHOLD) -> Node:
    id = "ca-qc/public-call-threshold"
    return Node("compare", truth, "amount_compared", value, bound, id, label, citations=(cite("573(1)"),))


def within(fact: str, value: Any, *allowed: Any, truth: Any = "true") -> Node:
    return Node("within", truth, fact, value, allowed=allowed)


def joined(kind: Any, truth: Any, *below: Node) -> Node:
    return Node(kind, truth, below=below)


GOODS = within("category", "goods", "goods")
IN_FORCE = Node("in_force", "true", "launched", DAY, None, "ca-qc/regime", Text("Régime", "Regime"), citations=(cite("1"),))


def row(role: Any, test: Node, outcome: Any = "public", id: str = "public-call", label: Text = THRESHOLD) -> RowExplained:
    return RowExplained(id, role, label, outcome, (cite("573.1"),), test)


def explanation(**more: Any) -> Explanation:
    known: dict[str, Any] = {
        "question": "procedure",
        "title": Text("Mode de passation", "Procedure"),
        "status": "answered",
        "value": "public",
        "possible": ("public",),
        "on": DAY,
        "facts": (),
        "rows": (row("decides", joined("all", "true", GOODS, IN_FORCE, compared(net("150000")))),),
        "missing": (),
        "gaps": (),
        "caveats": (),
        "citations": (cite("573(1)"),),
        "turns": (),
        "sentences": (),
        "edition": "2026.11.0",
    }
    return Explanation(**{**known, **more})


GAP = Gap(
    "ca-qc/territory-limit",
    date(2026, 4, 1),
    date(2028, 1, 1),
    Text("La LCOM n’a pas été lue.", "The LCOM has not been read."),
    Text("Pouvoir de limiter le territoire", "Power to limit the territory"),
    (cite("573(2.1)"),),
)
STEPS = (
    DerivedStep("start", Text("l’estimation", "the estimate"), Money("130000", "CAD", tax=UNKNOWN)),
    DerivedStep("add", Text("les options", "the options"), Money("135000", "CAD", tax=UNKNOWN), (cite("477.4"),)),
    DerivedStep("interval", Text("la dépense nette", "the net expenditure"), MoneyRange(net("123272.99"), net("141733.125"))),
    DerivedStep("unmodelled", Text("Facteur pour l’assurance", "Factor for insurance"), None),
)
FAILED = joined(
    "all",
    "false",
    within("ca-qc/nonprofit-body", True, True),
    within("service", "garbage_removal", "cultural", "other", truth="false"),
    compared(net("150000")),
)
TURNS = (
    Turn("procedure", "amount_compared", "up", net("139000"), net("79000"), frozenset({"public"})),
    Turn("procedure", "amount_compared", "down", net("25000"), net("35000"), frozenset({"direct"})),
    Turn("procedure", "launched", "up", date(2026, 4, 1), 58, frozenset({"invitation", "public"})),
    Turn("procedure", "launched", "down", date(2018, 1, 1), 2955, frozenset()),
    Turn("procedure", "category", "other", "outside", None, frozenset({None})),
    Turn("procedure", "category", "other", "works", None, frozenset({"direct"})),
    Turn("procedure", "electronic", "other", True, None, frozenset({"direct"})),
)
PLACES = (frozenset({"CA"}), frozenset({"CA", "EU"}))

SAMPLES: dict[str, Explanation] = {
    "answered": explanation(),
    "everything": explanation(
        facts=(FactExplained("amount_compared", net("150000"), "derived", STEPS),),
        rows=(
            *explanation().rows,
            row("considered", joined("not", "false", compared(net("150000"), net("25000"))), "direct"),
            row("claimed", FAILED, "direct", "nonprofit-body", Text("Exception : OBNL", "Exception: non-profit body")),
        ),
        gaps=(GAP, evolve(GAP, end=None, held_before=())),
        caveats=(Caveat("inferred", "ca-qc/x", Text("Seuil déduit.", "Threshold inferred.")),),
        turns=TURNS,
        sentences=(Text("Une remarque.", "A remark."),),
    ),
    "unknown": explanation(
        status="unknown",
        value=UNKNOWN,
        possible=("direct", "invitation"),
        missing=("bylaw", "value.tax", "service", "launched"),
        rows=(
            row("decides", joined("all", "unknown", GOODS, within("bylaw_direct", UNKNOWN, True, truth="unknown")), "direct"),
            row("decides", compared(MoneyRange(net("90000"), net("500000")), truth="unknown"), ("invitation", "public")),
        ),
    ),
    "unknown, nothing left out": explanation(status="unknown", value=UNKNOWN, possible=(), missing=("value",), rows=()),
    "not modelled": explanation(
        status="not_modelled",
        value=UNKNOWN,
        possible=("invitation", "public"),
        gaps=(GAP,),
        rows=(row("decides", joined("all", "open", compared(net("1"), None, "open")), ("invitation", "public")),),
    ),
    "not applicable": explanation(status="not_applicable", value=None, possible=(None,)),
    "unverified": explanation(status="unverified", value=UNKNOWN, possible=("public",)),
    "territory": explanation(question="territory", value=Territory(frozenset({"CA-QC", "CA-ON"})), possible=()),
    "territory in doubt": explanation(
        question="territory", status="unknown", value=Territory(frozenset({"CA"})), possible=PLACES, missing=("service",)
    ),
    "agreements": explanation(
        question="agreements",
        value=frozenset({"CFTA", "CETA"}),
        turns=(Turn("agreement_cfta", "amount_compared", "down", net("139000"), net("1"), frozenset({False})),),
    ),
    "no agreement": explanation(question="agreements", value=frozenset()),
    "agreements unknown": explanation(
        question="agreements", status="unknown", value=UNKNOWN, possible=(frozenset({"CFTA"}), frozenset()), missing=("value",)
    ),
    "publication": explanation(question="publication", value=frozenset({frozenset({"seao", "newspaper"})})),
    "publication in doubt": explanation(
        question="publication",
        status="not_modelled",
        value=frozenset({frozenset({"seao", "newspaper"})}),
        possible=(frozenset({frozenset({"seao", "newspaper"}), frozenset({"seao"})}),),
        gaps=(GAP,),
    ),
    "method": explanation(question="award_method", value=frozenset({"two_envelopes"})),
    "period": explanation(question="minimum_period", value=15, possible=(15,)),
    "estimate": explanation(question="estimate", value=True, possible=(True,)),
    "authorisation": explanation(question="authorisation", value=False, possible=(False,)),
    "agglomeration": explanation(question="decision_maker", value="agglomeration", possible=("agglomeration",)),
    "preferences": explanation(question="preferences", value=frozenset({"ca-qc/canadian-provenance"})),
    "uses another answer": explanation(
        question="minimum_period",
        value=8,
        rows=(row("decides", Node("use", "true", "ca-qc/procedure", "invitation", allowed=("invitation",)), 8),),
    ),
}

CODE = re.compile(r"\w_\w|ca-qc/|\bUNKNOWN\b|\bNone\b|\bTrue\b|\bFalse\b|frozenset|Money\(|Decimal|\bUnknown\b|\{|\}")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("locale", ["fr_CA", "fr_FR", "en_CA", "en"])
@pytest.mark.parametrize("name", SAMPLES)
def test_no_code_reaches_the_reader(name: str, locale: str, format: str) -> None:
    text = render(SAMPLES[name], locale, format=format)
    if format == "html":
        text = visible(text)
    assert CODE.search(text.replace("\\", "")) is None


@pytest.mark.parametrize("name", SAMPLES)
def test_no_english_word_reaches_a_french_reader(name: str) -> None:
    text = render(SAMPLES[name], "fr_CA").lower()
    assert NOT_FRENCH & set(re.findall(r"[a-zàâçéèêëîïôûùüœ'’]+", text)) == set()


@pytest.mark.parametrize("locale", ["fr_CA", "en_CA"])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_citation_is_printed(name: str, locale: str) -> None:
    e = SAMPLES[name]

    def of(test: Node) -> list[Citation]:
        plain = test.kind == "in_force" and test.truth == "true"
        return [*(() if plain else test.citations), *(c for part in test.below for c in of(part))]

    cited = [*e.citations, *(c for s in (s for f in e.facts for s in f.steps) for c in s.citations)]
    cited += [c for r in e.rows for c in (*r.citations, *(of(r.test) if r.role == "decides" else ()))]
    cited += [c for gap in e.gaps for c in gap.held_before]
    text = render(e, locale)
    assert [c.text(locale) for c in cited if c.text(locale) not in text] == []


class Outline(HTMLParser):
    """What a browser would have to accept: every tag closed in order, and only tags we mean to use."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)
        assert {name for name, _ in attrs} <= {"lang", "class", "style"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(html: str) -> Outline:
    outline = Outline()
    outline.feed(html)
    outline.close()
    assert outline.open == []
    return outline


def visible(html: str) -> str:
    return "".join(parsed(html).text)


@pytest.mark.parametrize("name", SAMPLES)
def test_html_is_well_formed_and_plain(name: str) -> None:
    html = render(SAMPLES[name], "fr_CA", format="html")
    assert html.startswith('<section lang="fr">')
    assert parsed(html).tags <= set(each("section div h2 h3 p strong ul li details summary"))


def test_html_says_what_the_text_says() -> None:
    text = render(SAMPLES["everything"], "en_CA")
    lines = {re.sub(r"^\s*- ", "", line) for line in text.splitlines() if line.strip("-= ")}
    html = visible(render(SAMPLES["everything"], "en_CA", format="html"))
    assert {line for line in lines if line not in html} == set()


def test_what_others_wrote_is_escaped() -> None:
    evil = explanation(sentences=(Text("<script>alert('a & b')</script>", "<img src=x>"),), edition="<b>&amp;</b>")
    html = render(evil, "fr_CA", format="html")
    assert "<script" not in html
    assert "<b>" not in html
    assert "<script>alert('a & b')</script>" in visible(html)


def test_markdown_keeps_a_notebook_from_reading_mathematics() -> None:
    text = render(SAMPLES["everything"], "en_CA", format="markdown")
    assert re.search(r"(?<!\\)\$", text) is None
    assert text.startswith("## Procedure\n\n**Under the law in force on February 2, 2026,")
    assert "\n### Why\n\n- Public-call threshold (CTA, s. 573.1)\n  - the subject is a supply of goods\n" in text


@pytest.mark.parametrize("written", ["*a*", "_a_", "`a`", "[a](b)", "<a>", "|a|", "~~a~~", "# a", "1. a", "+ a", "- a", "&lt;"])
def test_markdown_is_escaped(written: str) -> None:
    remark = explanation(sentences=(Text(written, written),))
    line = next(x for x in render(remark, "en", format="markdown").splitlines() if "a" in x[:6] or "lt" in x[:6])
    assert line != written
    assert line.replace("\\", "") == written


# --- what is said ---------------------------------------------------------------------------------------------------


def said(test: Node, locale: str = "fr_CA") -> list[str]:
    return [item.text for item in reasons(test, words(locale))]


def test_an_amount_at_and_under_the_threshold() -> None:
    at, under = compared(net("139000")), compared(net("138999.99"), truth="false")
    money = f"139{NBSP}000{NBSP}$"
    above = f"la dépense nette comparée, {money}, est égale ou supérieure à {money}, seuil d’appel d’offres public"
    assert said(at) == [f"{above} (LCV, art. 573(1))"]
    below = f"la dépense nette comparée, 138{NBSP}999,99{NBSP}$, est inférieure à {money}, seuil d’appel d’offres public"
    assert said(under) == said(joined("not", "true", under)) == [f"{below} (LCV, art. 573(1))"]
    assert said(under, "en_CA") == [
        "the net expenditure compared, $138,999.99, is below $139,000, the public-call threshold (CTA, s. 573(1))"
    ]


def test_an_amount_that_may_be_either() -> None:
    text = said(compared(MoneyRange(net("90000"), net("500000")), truth="unknown"), "en_CA")
    assert text[0].startswith("it is not known whether the net expenditure compared, between $90,000 and $500,000, is equal")
    unseen = said(compared(UNKNOWN, None, "unknown"), "en_CA")
    doubt = "it is not known whether the net expenditure compared is equal to or above the value “Public-call threshold”"
    assert unseen == [f"{doubt} (CTA, s. 573(1))"]


def test_law_that_is_not_there() -> None:
    assert said(compared(net("1"), None, "open"))[0].startswith("le droit de ce jour-là n’est pas modélisé sur ce point")
    assert said(compared(net("1"), None, "undefined", None)) == [
        "aucune valeur n’existait ce jour-là sur ce point : la règle visée (LCV, art. 573(1))"
    ]


def test_a_choice() -> None:
    assert said(GOODS) == ["l’objet est un approvisionnement"]
    assert said(within("category", "works", "goods", truth="false")) == [
        "l’objet, l’exécution de travaux de construction, n’est pas un approvisionnement"
    ]
    two = within("category", "works", "goods", "insurance", truth="false")
    assert said(two) == [
        "l’objet, l’exécution de travaux de construction, n’est pas un approvisionnement ni un contrat d’assurance"
    ]
    assert said(within("category", UNKNOWN, "goods", "works", truth="unknown")) == [
        "on ignore si l’objet est un approvisionnement ou l’exécution de travaux de construction"
    ]


LONG = ("fax", "computer", "real_estate", "sanitation", "road_services")


def test_a_long_list_is_not_recited_and_an_excluded_one_is_called_so() -> None:
    assert said(within("service", "other", *LONG, truth="false")) == [
        "le service, service d’un autre genre, non énuméré, n’est pas de ceux que nomme la disposition"
    ]
    barred = joined("not", "false", within("service", "fax", *LONG))
    assert said(barred) == ["le service, télécopie, est de ceux que la disposition exclut"]
    free = joined("not", "true", within("service", "other", *LONG, truth="false"))
    assert said(free, "en") == ["the service, a service of another kind, not listed, is not among those the provision excludes"]
    assert said(within("service", UNKNOWN, *LONG, truth="unknown"), "en") == [
        "it is not known whether the service is among those the provision names"
    ]


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_claim_made_and_not_made(ground: str) -> None:
    yes, no = said(within(ground, True, True)), said(within(ground, False, True, truth="false"))
    assert "invoqué" in yes[0]
    assert " n’est pas invoqué" in no[0] or no[0].startswith(("aucun ", "aucune ")) or " ne sont pas invoqué" in no[0]
    assert said(within(ground, UNKNOWN, True, truth="unknown")) == [f"on ignore si {yes[0]}"]


def test_being_in_force_goes_without_saying_beside_another_reason() -> None:
    assert said(joined("all", "true", IN_FORCE, GOODS)) == said(GOODS)
    assert said(joined("all", "true", IN_FORCE)) == ["la règle « Régime » est en vigueur le 2 février 2026 (LCV, art. 1)"]
    gone = evolve(IN_FORCE, truth="false")
    assert said(joined("all", "false", gone, GOODS)) == [
        "la règle « Régime » n’est pas en vigueur le 2 février 2026, ou pas dans cette portée (LCV, art. 1)"
    ]


def test_alternatives_still_open_stand_under_one_line() -> None:
    claims = [within(g, UNKNOWN, True, truth="unknown") for g in ("ca-qc/emergency", "ca-qc/sole-supplier")]
    (item,) = reasons(joined("any", "unknown", *claims, within("category", "works", "goods", truth="false")), words("fr"))
    assert item.text == "il suffit que l’un de ces points soit établi"
    assert len(item.below) == 2


def test_the_answer_of_another_question() -> None:
    assert said(Node("use", "true", "ca-qc/procedure", "public", allowed=("public",))) == [
        "à la question « Mode de passation », la réponse est : appel d’offres public"
    ]
    assert said(Node("use", "false", "ca-qc/procedure", UNKNOWN, allowed=("public",)), "en") == [
        "to the question “Procedure” the answer is not: a public call for tenders"
    ]
    assert said(Node("use", "false", "ca-qc/procedure", None, allowed=("public",)), "en") == [
        "to the question “Procedure” the answer is: the question does not arise"
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("answered", "Selon le droit en vigueur le 2 février 2026, le contrat exige un appel d’offres public."),
        ("unknown", "elle peut être : gré à gré ou appel d’offres sur invitation."),
        ("not modelled", "dispositions qui ne sont pas modélisées; elle peut être : appel d’offres sur invitation ou"),
        ("not applicable", "Selon le droit en vigueur le 2 février 2026, la question ne se pose pas."),
        ("unverified", "n’est donc pas donnée; ce serait : appel d’offres public."),
        ("territory", "ne peuvent être exclus : le Québec et l’Ontario."),
        ("territory in doubt", "il est déjà certain que les fournisseurs établis dans les territoires suivants"),
        ("territory in doubt", "Reste incertain : l’Union européenne."),
        ("no agreement", "aucun des accords examinés ne vise le contrat."),
        ("agreements", "ALEC — la dépense nette comparée sous"),
        ("agreements unknown", "peuvent en faire partie : l’Accord de libre-échange canadien (ALEC)."),
        ("publication", "l’avis doit être publié dans le SEAO et dans un journal."),
        ("publication in doubt", "Reste incertain : dans le SEAO."),
        ("method", "le seul mode d’adjudication permis est : la pondération à deux enveloppes."),
        ("period", "le délai minimal de réception des soumissions est de 15 jours."),
        ("estimate", "une estimation du prix du contrat doit être établie"),
        ("authorisation", "l’autorisation de contracter n’est pas exigée."),
        ("everything", "L’estimation : 130 000 $ (base de taxe non précisée)"),
        ("everything", "Plus les options : 135 000 $ (base de taxe non précisée) en tout (LCV, art. 477.4)"),
        ("everything", "La dépense nette (entre 123 272,99 $ et 141 733,13 $)"),
        ("everything", "Facteur pour l’assurance : aucun montant ne peut être établi"),
        ("everything", "le droit en vigueur du 1er avril 2026 au 31 décembre 2027 n’est pas modélisé."),
        ("everything", "le droit en vigueur depuis le 1er avril 2026 n’est pas modélisé."),
        ("everything", "Auparavant : LCV, art. 573(2.1)."),
        ("everything", "La dépense nette comparée à partir de 139 000 $ (79 000 $ de plus) : appel d’offres public"),
        ("everything", "La dépense nette comparée sous 25 000 $ (plus de 35 000 $ en moins) : gré à gré"),
        (
            "everything",
            "La date de lancement à partir du 1er avril 2026 (58 jours plus tard) : appel d’offres sur invitation ou",
        ),
        ("everything", "La date de lancement avant le 1er janvier 2018 (2 955 jours plus tôt) : réponse inconnue"),
        ("everything", "Si l’objet est étranger à ces contrats (subvention, emploi, immeuble, emprunt) : question sans objet"),
        ("everything", "Exception : OBNL (motif invoqué) (LCV, art. 573.1)"),
        ("everything", "Édition du recueil de droit : 2026.11.0."),
    ],
)
def test_the_french_sentence(name: str, sentence: str) -> None:
    assert sentence in re.sub(f"[{NBSP}\u202f]", " ", render(SAMPLES[name], "fr_CA"))


def test_a_claim_made_in_vain_comes_first_with_only_what_fails() -> None:
    text = render(SAMPLES["everything"], "en_CA")
    claimed = text.index("Exception: non-profit body (ground claimed)")
    assert text.index("Rules considered that do not apply") < claimed < text.index("is equal to or above $25,000")
    assert "the exception for non-profit bodies is claimed" not in text


def test_a_claim_that_is_met_but_loses_says_so() -> None:
    beaten = row("claimed", within("ca-qc/emergency", True, True), "direct")
    assert "a rule that prevails decides" in render(explanation(rows=(beaten,)), "en")


def test_the_estimate_alone_works_nothing_out() -> None:
    plain = explanation(facts=(FactExplained("amount_compared", net("1"), "derived", STEPS[:1]),))
    assert "worked out" not in render(plain, "en")


def test_a_fact_nobody_described_is_still_told() -> None:
    local = joined("all", "true", within("terrain", "plat", "plat"), Node("compare", "false", "pente", 3, 5))
    assert said(local, "fr") == ["le fait « terrain » : « plat »", "le fait « pente » : moins de 5"]


# --- a property: what is told is enough -----------------------------------------------------------------------------

TRUTHS = st.sampled_from(("true", "false", "unknown"))
NOT = {"true": "false", "false": "true", "unknown": "unknown"}


def combine(kind: str, truths: list[str]) -> str:
    strong, weak = ("false", "true") if kind == "all" else ("true", "false")
    return strong if strong in truths else "unknown" if "unknown" in truths else weak


@st.composite
def conditions(draw: st.DrawFn) -> Node:
    """A random condition over claims, each claimed once, with the truth that follows."""
    grounds = iter(draw(st.permutations(GROUNDS)))

    def node(depth: int) -> Node:
        kind = draw(st.sampled_from(("within", "all", "any", "not"))) if depth < 3 else "within"
        if kind == "within":
            ground = next(grounds, None)
            truth = "true" if ground is None else draw(TRUTHS)
            value = {"true": True, "false": False, "unknown": UNKNOWN}[truth]
            return GOODS if ground is None else within(ground, value, True, truth=truth)
        below = [node(depth + 1) for _ in range(1 if kind == "not" else draw(st.integers(1, 3)))]
        truths = [b.truth for b in below]
        return joined(kind, NOT[truths[0]] if kind == "not" else combine(kind, list(truths)), *below)

    return node(0)


def flat(items: tuple[Item, ...]) -> set[str]:
    return {i.text for i in items} | {text for i in items for text in flat(i.below)}


def truth_from(test: Node, told: set[str]) -> str:
    """The truth of a condition when only what was told is known."""
    if test.kind == "within":
        return test.truth if said(test)[0] in told else "unknown"
    truths = [truth_from(part, told) for part in test.below]
    return NOT[truths[0]] if test.kind == "not" else combine(test.kind, truths)


@given(conditions())
def test_what_is_told_is_enough_to_reach_the_same_truth(test: Node) -> None:
    assert truth_from(test, flat(reasons(test, words("fr_CA")))) == test.truth


@given(conditions())
def test_what_cannot_matter_to_a_settled_condition_is_not_told(test: Node) -> None:
    if test.truth != "unknown":
        assert not [text for text in flat(reasons(test, words("fr_CA"))) if text.startswith("on ignore")]


# --- several at once, and refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("locale", ["fr_CA", "en_CA"])
def test_many_share_what_they_share(locale: str, format: str) -> None:
    header = Header("Longueuil", "goods", Money("150000", "CAD", tax="excluded"), DAY, None)
    text = render_many(header, list(SAMPLES.values()), locale, format=format)
    if format == "html":
        text = visible(text)
    assert CODE.search(text.replace("\\", "")) is None
    assert text.count("Sources") == 1
    assert text.count("Threshold inferred." if locale == "en_CA" else "Seuil déduit.") == 1
    assert "Longueuil" in text


def test_many_begin_with_the_answers_in_short() -> None:
    header = Header("Longueuil", "goods", UNKNOWN, DAY, "Chaises & tables")
    text = render_many(header, [SAMPLES["answered"], SAMPLES["unknown"]], "fr_CA").replace(NBSP, " ")
    assert text.startswith("Chaises & tables\n================\n- Acheteur : Longueuil\n- Objet : un approvisionnement\n")
    assert "- Valeur estimée : non précisé\n- Lancement : 2 février 2026\n" in text
    assert "- Mode de passation : le contrat exige un appel d’offres public.\n" in text
    assert "- Mode de passation (faits manquants) : la réponse dépend" in text


def test_nothing_to_explain_is_an_empty_page() -> None:
    assert render_many(Header("X", "goods", None, DAY, None), [], "en").startswith("What the law requires")


def test_format_and_locale_are_refused_together() -> None:
    with pytest.raises(InputError) as caught:
        render(SAMPLES["answered"], "de", format="pdf")
    assert [fault.path for fault in caught.value.faults] == ["locale", "format"]
    with pytest.raises(InputError, match="text, markdown, html"):
        render(SAMPLES["answered"], "fr", format="HTML")


def test_an_answer_explains_itself() -> None:
    e = SAMPLES["answered"]
    outcome = Outcome("procedure", "answered", "public", frozenset({"public"}))
    answer = Answer(outcome, reasons=Reasons(Doubts(), Support(e.citations, (), e)))
    assert answer.explain("en_CA") == render(e, "en_CA")
    assert answer._repr_html_() == render(e, "fr_CA", format="html")
