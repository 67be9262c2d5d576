"""The catalogues: both languages say the same things, in their own words, and never in codes."""

from __future__ import annotations

import re
import string
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_type_hints

import pytest

from procurelib.errors import InputError
from procurelib.explain.words import catalogue, lower_first, words
from procurelib.models import CATEGORIES, GROUNDS, SERVICES
from procurelib.models.tender import FORMAL_PROCEDURES, FRAMEWORKS
from procurelib.money import Money, MoneyRange
from procurelib.rules import ca_qc, fr
from procurelib.rules.answer import DerivedStep, Status, Territory
from procurelib.unknown import UNKNOWN

FRENCH, ENGLISH = catalogue("fr"), catalogue("en")
NBSP = "\u00a0"


def each(text: str) -> list[str]:
    """The words of a line."""
    return text.split()


# Words no French sentence has; those French shares with English (on, a, question, pour, or) are left out.
NOT_FRENCH = set(
    each(
        "the of and is are was be been not with without from until to by for in it its that this these which whether if than "
        "below above under over more less later earlier before after law laws rule rules act amount value day days month "
        "months threshold ceiling call tender tenders buyer city municipality claimed known unknown stated required "
        "requires may must fact facts answer supplier agreement goods works notice why tax"
    )
)


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_catalogues_have_the_same_keys() -> None:
    assert list(FRENCH) == list(ENGLISH), "the two files follow one plan, in the same order"


@pytest.mark.parametrize("key", FRENCH, ids=".".join)
def test_a_text_says_the_same_in_both_languages(key: tuple[str, ...]) -> None:
    assert FRENCH[key].strip()
    assert ENGLISH[key].strip()
    assert slots(FRENCH[key]) == slots(ENGLISH[key])


@pytest.mark.parametrize("texts", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_no_text_holds_a_code(texts: dict[tuple[str, ...], str]) -> None:
    bare = {key: re.sub(r"\{\w+\}", "", text) for key, text in texts.items()}
    assert {k: t for k, t in bare.items() if re.search(r"_|ca-qc/|\bfr/|\bUNKNOWN\b|\bNone\b|\bTrue\b|\bFalse\b", t)} == {}


def test_the_french_is_french() -> None:
    found = {
        key: common
        for key, text in FRENCH.items()
        if (common := NOT_FRENCH & set(re.findall(r"[a-zàâçéèêëîïôûùüœ'’]+", re.sub(r"\{\w+\}", "", text).lower())))
    }
    assert found == {}


def test_french_typography() -> None:
    straight = {k: t for k, t in FRENCH.items() if "'" in t or '"' in t}
    assert straight == {}, "the apostrophe is ’ and the quotation marks are « »"
    assert {k: t for k, t in FRENCH.items() if re.search(r"\S:(\s|$)|«\S|\S»", t)} == {}


CODES = [
    *(("code", "category", c) for c in CATEGORIES),
    *(("code", "service", c) for c in SERVICES),
    *(("fact", g, part) for g in GROUNDS for part in ("name", "yes", "no", "ask")),
    *(("code", "outcome", c) for c in ("direct", "invitation", "public", "adapted", "formal")),
    *(("code", "agreement", c) for c in each("AIT CFTA ACCQO AQNB CETA GPA CPTPP CUKTCA AQNY")),
    *(("code", "media", c) for c in each("seao newspaper website boamp jal joue buyer_profile")),
    *(("code", "method", c) for c in each("lowest_price cost_only one_envelope two_envelopes weighted discussions")),
    *(("code", "place", c) for c in ("CA", "CA-QC", "CA-ON", "CA-NB", "EU")),
    *(("code", "framework", c) for c in FRAMEWORKS),
    *(("code", "formal", c) for c in FORMAL_PROCEDURES),
    *(
        ("code", "element", c)
        for c in each("environmental_condition social_condition environmental_criterion environmental_specifications")
    ),
    *(("status", s) for s in get_args(Status)),
    *(("step", k) for k in ("start", "add", "multiply", "divide", "interval", "unmodelled", "day")),
    *(
        ("fact", f, "ask")
        for f in each(
            "launched category amount_compared value value.tax service electronic bylaw bylaw_direct bylaw_public concluded "
            "options group power duration utility need concludes contract_amount lots annual_purchases framework "
            "formal_procedure"
        )
    ),
]


@pytest.mark.parametrize("key", CODES, ids=".".join)
def test_every_permanent_code_has_its_words(key: tuple[str, ...]) -> None:
    assert key in FRENCH


def test_the_steps_are_those_of_an_answer() -> None:
    kinds = get_args(get_type_hints(DerivedStep)["kind"])
    assert [key[1] for key in FRENCH if key[0] == "step"] == list(kinds)


@pytest.mark.parametrize("package", [ca_qc, fr], ids=["ca-qc", "fr"])
def test_every_question_and_fact_of_the_rules_has_its_words(package: Any) -> None:
    assert len(package.QUESTIONS) > 5
    for name in (*package.QUESTIONS, *package.UNMODELLED):
        question = getattr(package, name)
        members = getattr(question, "members", ())
        for one in (question, *(member for _, member in members)):
            assert ("question", one.name) in FRENCH
            if hasattr(one, "table"):
                facts = one.table(None).facts
                assert [f.id for f in facts if f.role != "reading" and ("fact", f.id, "name") not in FRENCH] == []


@pytest.mark.parametrize("package", [ca_qc, fr], ids=["ca-qc", "fr"])
def test_every_answer_that_is_worked_out_has_its_words(package: Any) -> None:
    assert "earliest_closing" in package.WORKED_OUT
    for name in package.WORKED_OUT:
        assert ("question", name) in FRENCH
        assert any(key[:2] == ("answer", name) for key in FRENCH)


@pytest.mark.parametrize("texts", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_what_a_law_says_in_its_own_words_replaces_words_that_exist(texts: dict[tuple[str, ...], str]) -> None:
    """A key under ``law.fr`` names, after those two, a key of the common words; it fills no slot they do not.

    A way to write amounts on a tax basis (``money``) stands for none: without it the amount and the basis are written.
    """
    written = {("law", "fr", "money", key[1]) for key in texts if key[0] == "tax"}
    own = [key for key in texts if key[0] == "law" and key not in written]
    assert {key[1] for key in own} == {"fr"}
    assert all(slots(texts[key]) == {"amount"} for key in written if key in texts)
    assert [key for key in own if key[2:] not in texts] == []
    assert [key for key in own if not slots(texts[key]) <= slots(texts[key[2:]])] == []


def test_the_words_of_a_law_are_used_for_it_alone() -> None:
    own = [key for key in FRENCH if key[0] == "law" and not slots(FRENCH[key])]
    assert own
    for key in own:
        assert words("fr_FR", "fr")(*key[2:]) == FRENCH[key]
        assert words("fr_CA", "ca-qc")(*key[2:]) == words("fr_CA")(*key[2:]) == FRENCH[key[2:]]


@pytest.mark.parametrize(
    ("value", "of", "french", "english"),
    [
        (Money("150000", "CAD", tax="net"), "", f"150{NBSP}000{NBSP}$", "$150,000"),
        (Money("99999.99", "CAD", tax="net"), "", f"99{NBSP}999,99{NBSP}$", "$99,999.99"),
        (Money("10", "CAD", tax="excluded"), "", f"10{NBSP}$ (avant taxes)", "$10 (before tax)"),
        (Money("10", "CAD", tax=UNKNOWN), "", f"10{NBSP}$ (base de taxe non précisée)", "$10 (tax basis not stated)"),
        (date(2026, 4, 1), "", "1er avril 2026", "April 1, 2026"),
        (date(2026, 4, 11), "", "11 avril 2026", "April 11, 2026"),
        (Decimal("1.049875"), "", "1,049875", "1.049875"),
        (15, "minimum_period", "15 jours", "15 days"),
        (1, "duration", "1 mois", "1 month"),
        (UNKNOWN, "", "non précisé", "not stated"),
        (None, "", "aucun", "none"),
        (True, "", "oui", "yes"),
        ("professional_services", "category", "une prestation de services professionnels", "a supply of professional services"),
        ("public", "procedure", "appel d’offres public", "a public call for tenders"),
        (Territory(frozenset({"CA", "EU"})), "territory", "le Canada et l’Union européenne", "Canada and the European Union"),
        (frozenset({"seao", "newspaper"}), "publication", "dans le SEAO et dans un journal", "on SEAO and in a newspaper"),
        (frozenset[str](), "agreements", "aucun", "none"),
        ("Brossard", "", "« Brossard »", "“Brossard”"),
    ],
    # A set is written in another order each time, and a test has one name.
    ids=lambda value: "-".join(sorted(value)) if isinstance(value, frozenset) else str(value),
)
def test_a_value_is_said_as_a_reader_says_it(value: Any, of: str, french: str, english: str) -> None:
    assert words("fr_CA").value(value, of) == french
    assert words("en_CA").value(value, of) == english


def test_a_range_is_widened_to_the_cent_never_narrowed() -> None:
    ends = [Money(a, "CAD", tax="net") for a in ("123272.994129", "141733.125")]
    assert words("en_CA").value(MoneyRange(*ends)) == "between $123,272.99 and $141,733.13"


def test_a_category_stands_for_those_under_it_only_when_all_are_there() -> None:
    say = words("en").either
    every = ("services", "professional_services", "reserved_professional_services", "social_services")
    assert say(every, "category") == "a supply of services"
    assert say(("services", "goods"), "category") == (
        "a supply of goods or a supply of services neither professional nor social"
    )
    assert say(("professional_services", "reserved_professional_services"), "category") == "a supply of professional services"
    assert say(("professional_services",), "category") == "a supply of professional services reserved to no profession"


def test_numbers_are_listed_by_size_and_yes_comes_first() -> None:
    assert words("en_CA").either({8, 15, 30}, "minimum_period") == "8 days, 15 days or 30 days"
    assert words("fr_CA").either({False, True}) == "oui ou non"


@pytest.mark.parametrize(
    ("given", "set_"),
    [
        ("Exception : tarif", f"Exception{NBSP}: tarif"),
        ("n’a pas été lue: rien", f"n’a pas été lue{NBSP}: rien"),
        ("de nature «Autres» ici", f"de nature «{NBSP}Autres{NBSP}» ici"),
        ("« déjà »", f"«{NBSP}déjà{NBSP}»"),
        ("101 100 $ et 62,8 %", f"101{NBSP}100{NBSP}$ et 62,8{NBSP}%"),
        ("le 31 mars 2026, 139 000 $", f"le 31 mars 2026, 139{NBSP}000{NBSP}$"),
        ("https://exemple.ca", "https://exemple.ca"),
        ("573.3(2.1)", "573.3(2.1)"),
    ],
)
def test_french_spaces(given: str, set_: str) -> None:
    assert words("fr_CA").typeset(given) == set_
    assert words("fr_CA").typeset(set_) == set_
    assert words("en_CA").typeset(given) == given


@pytest.mark.parametrize(("given", "lower"), [("Seuil", "seuil"), ("AMP", "AMP"), ("L’achat", "l’achat"), ("À", "À"), ("", "")])
def test_an_acronym_keeps_its_capitals(given: str, lower: str) -> None:
    assert lower_first(given) == lower


@pytest.mark.parametrize("locale", ["de_CA", "", "xx", "fr_XX_YY_ZZ", None, 5, ["fr"]])
def test_another_locale_is_refused(locale: Any) -> None:
    with pytest.raises(InputError, match="locale"):
        words(locale)


@pytest.mark.parametrize("locale", ["fr", "fr_CA", "fr_FR", "fr-CA", "en", "en_CA", "en-US"])
def test_the_locales_of_both_languages_are_known(locale: str) -> None:
    assert words(locale)("heading", "sources") == "Sources"
