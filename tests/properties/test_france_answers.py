"""Whatever is asked of a French tender: answers are coherent, knowing more keeps them, claims open nothing, all travels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from html import unescape
from random import Random
from typing import Any

import pytest

from oracle import france
from procurelib import ask, assess
from procurelib.models import City, Lot, Tender
from procurelib.money import Money
from procurelib.rules import fr
from procurelib.rules.answer import Answer
from procurelib.rules.ask import Assessment
from procurelib.rules.members import MembersQuestion
from procurelib.unknown import UNKNOWN
from properties.france_cases import (
    CASES,
    CENT,
    CITY,
    GROUNDS,
    IN_TIME,
    PLAIN,
    TOO_LATE,
    Facts,
    amounts_of_the_book,
    estimate,
    less_known,
    money,
    some_amount,
    some_case,
    some_cases,
    some_day,
    some_lots,
    tender_of,
)
from properties.test_quebec_answers import check_grew, check_members, check_status, check_travels, check_words, through_json

QUESTIONS = {name: getattr(fr, name) for name in fr.QUESTIONS}
ORDER = (france.DIRECT, france.ADAPTED, france.FORMAL)
SUBJECT = ("goods", "services", "professional_services", "social_services", "insurance", "works", "other_works")


def some_tenders(seed: int, number: int, **more: Any) -> Iterator[tuple[Tender, Facts]]:
    """Tenders of which something is not known every other time."""
    r = Random(seed)
    for place in range(number * CASES):
        case = some_case(r)
        case = less_known(r, case) if place % 2 else case
        yield tender_of(case, **more), case


# --- coherence --------------------------------------------------------------------------------------------------------


def test_every_answer_is_coherent() -> None:
    for tender, case in some_tenders(1, 16):
        for name, question in QUESTIONS.items():
            answer = question.ask(tender)
            assert answer.question == name
            check_status(answer)
            if isinstance(question, MembersQuestion) or (question.kind == "members" and name != "territory"):
                check_members(answer)
            check_words(answer.explanation)
            assert answer.explanation.value == answer.value
            assert set(answer.explanation.possible) == answer.possible
            assert answer.explanation.missing == tuple(sorted(answer.missing))
            if answer.status in ("answered", "unknown"):
                assert answer.citations, (name, case)


def test_what_is_only_deduced_is_refused_when_strict() -> None:
    doubted = 0
    for tender, case in some_tenders(2, 14):
        for name, question in QUESTIONS.items():
            answer, strict = question.ask(tender), ask(question, tender, strict=True)
            unsure = any(caveat.kind in ("inferred", "unverified") for caveat in answer.caveats)
            if answer.status == "answered" and unsure:
                assert (strict.status, strict.value) == ("unverified", UNKNOWN), (name, case)
                doubted += 1
            else:
                assert (strict.status, strict.value) == (answer.status, answer.value), (name, case)
    assert doubted > 5


def test_what_is_not_known_is_missing_or_not_modelled() -> None:
    """Of a contract of unknown value nothing is settled but what holds at every amount, and what is not says why."""
    open_, settled = 0, 0
    for case in some_cases(3, 120):
        case["value"], case["need"] = UNKNOWN, None
        for name, question in QUESTIONS.items():
            answer = question.ask(tender_of(case))
            if answer.status in ("answered", "not_applicable"):
                settled += 1
                for amount in (CENT, Decimal(95_000), Decimal(10) ** 9):
                    assert question.ask(tender_of(case | {"value": amount})).value == answer.value, (name, case)
            else:
                open_ += 1
                assert answer.missing or answer.gaps, (name, case)
                assert answer.status == ("unknown" if answer.missing else "not_modelled")
        bare = case | {"grounds": frozenset(), "framework": None}
        if case["category"] in SUBJECT:
            assert "value" in fr.procedure.ask(tender_of(bare)).missing, case
    assert min(open_, settled) > 90


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_concession_is_not_modelled_and_a_grant_is_outside(name: str) -> None:
    """Neither is ever answered, whatever the day, the question and what is claimed."""
    for case in some_cases(4, 80):
        tender = tender_of(case | {"category": "concession"})
        assert QUESTIONS[name].ask(tender).status == "not_modelled", case
        assert QUESTIONS[name].ask(tender.replace(category="outside")).status == "not_applicable", case


# --- knowing more -----------------------------------------------------------------------------------------------------


def ends(known: Any, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Between what an amount of a case lies, within two others."""
    if known is UNKNOWN:
        return low, high
    found = known if isinstance(known, tuple) else (known, known)
    return max(found[0], low), min(found[1], high)


def between(r: Random, low: Decimal, high: Decimal) -> Decimal:
    """An amount between two others, to the cent, near one of the book when there is one."""
    near = [a + shift for a in amounts_of_the_book() for shift in (-CENT, Decimal(0), CENT) if low <= a + shift <= high]
    return r.choice((low, high, *r.sample(near, min(3, len(near)))))


def more(case: Facts) -> dict[str, Callable[[Random], Facts]]:
    """For each fact of a case that is not known, how it may turn out."""
    options = case["options"] or Decimal(0)
    out: dict[str, Callable[[Random], Facts]] = {}
    most, least = Decimal(10) ** 11, CENT
    if case["need"] is not None and case["need"] is not UNKNOWN:
        most = ends(case["need"], least, most)[1] - options
    if case["value"] is UNKNOWN or isinstance(case["value"], tuple):
        low, high = ends(case["value"], least, most)
        out["value"] = lambda r: {"value": between(r, low, high)}
    if case["need"] is UNKNOWN or isinstance(case["need"], tuple):
        own = ends(case["value"], CENT, Decimal(10) ** 11)[0] + options
        floor, top = ends(case["need"], own, Decimal(10) ** 12)
        out["need"] = lambda r: {"need": between(r, floor, top)}
    if case["duration"] is UNKNOWN:
        out["duration"] = lambda r: {"duration": r.choice((1, 48, 49, 96, 480, 1200))}
    if case["electronic"] is None:
        out["electronic"] = lambda r: {"electronic": r.random() < 0.5}
    if case["concludes"] is None:
        late = [IN_TIME, TOO_LATE, case["launched"]]
        out["concludes"] = lambda r: {"concludes": max(case["launched"], r.choice(late))}
    for ground in case["uncertain"]:
        out[ground] = lambda r, ground=ground: {
            "uncertain": case["uncertain"] - {ground},
            "grounds": case["grounds"] | (frozenset({ground}) if r.random() < 0.5 else frozenset()),
        }
    return out


@pytest.mark.parametrize("name", QUESTIONS)
def test_knowing_more_never_changes_an_answer(name: str) -> None:
    """One fact more, then another, until all are known: what was settled stays, possible and missing only shrink."""
    question, r, steps, settled = QUESTIONS[name], Random(5), 0, 0
    for case in some_cases(len(name), 40 if name == "sustainability" else 100, unknown=True):
        answer = question.ask(tender_of(case))
        while facts := more(case):
            fact = r.choice(sorted(facts))
            known = case | facts[fact](r)
            found = question.ask(tender_of(known))
            anything = not isinstance(question, MembersQuestion) and question.resolved(tender_of(case)).anything
            # The months of a contract decide only once its value is known.
            asked = answer.missing | ({"duration"} if fact == "value" and case["duration"] is UNKNOWN else set())
            assert found.missing <= asked, (fact, case, known)
            try:
                check_grew(answer, found, anything) if found.missing <= answer.missing else None
            except AssertionError as error:
                error.add_note(f"{fact} became known: {case} then {known}")
                raise
            settled += answer.status in ("answered", "not_applicable")
            steps += 1
            case, answer = known, found
        assert answer.status != "unknown", case
    assert steps > 60
    assert settled > 10


def test_an_amount_with_tax_covers_the_amounts_before_tax() -> None:
    """How much of an amount is tax is not known here: what it leaves holds the answer for every amount below it."""
    r, asked = Random(6), 0
    for case in some_cases(6, 250):
        case["options"], case["need"] = None, None
        with_tax = Money(case["value"], "EUR", tax=r.choice(("included", UNKNOWN)))
        before = fr.procedure.ask(tender_of(case).replace(value=with_tax))
        for amount in (CENT, case["value"], some_amount(r, most=case["value"])):
            after = fr.procedure.ask(tender_of(case | {"value": amount}))
            assert after.possible <= before.possible, (case, amount)
            asked += before.status == "not_modelled" and bool(before.gaps)
    assert asked > 200


# --- claims and amounts -----------------------------------------------------------------------------------------------


def openness(answer: Answer) -> tuple[int, int]:
    """The least and the most open procedure that is possible."""
    found = [ORDER.index(one) for one in answer.possible]
    return min(found), max(found)


def in_subject(seed: int, number: int) -> Iterator[Facts]:
    """Cases about contracts the rules on competition are about."""
    return (case for case in some_cases(seed, number) if case["category"] not in ("outside", "concession"))


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_ground_never_makes_the_procedure_more_open(ground: str) -> None:
    """Nor does it lengthen a period; and one that may hold leaves what holds with it and what holds without."""
    for case in in_subject(len(ground), 40):
        without = case | {"grounds": case["grounds"] - {ground}}
        claimed = case | {"grounds": case["grounds"] | {ground}}
        doubted = without | {"uncertain": frozenset({ground})}
        bare, given, maybe = (fr.procedure.ask(tender_of(one)) for one in (without, claimed, doubted))
        least, most = openness(bare)
        assert openness(given)[0] <= least, case
        assert openness(given)[1] <= most, case
        assert maybe.possible == bare.possible | given.possible, case
        assert (ground in maybe.missing) == (bare.possible != given.possible) or "concludes" in maybe.missing, case
        for period in (fr.minimum_period, fr.application_period, fr.standstill):
            long, short = (period.ask(tender_of(one)) for one in (without, claimed))
            if long.status == short.status == "answered":
                assert short.value <= long.value, (period.name, case)


# For each ground a case, beside the plain one, in which it decides the answer to a question.
DECIDES: dict[str, tuple[str, Facts]] = {
    **{ground: ("procedure", {}) for ground in france.DIRECT_GROUNDS},
    **{ground: ("procedure", {"category": "services"}) for ground in ("fr/similar-services", "fr/contest-winner")},
    france.POINTLESS: ("procedure", {"launched": date(2016, 3, 31), "value": Decimal(100_000)}),
    france.INNOVATIVE: ("procedure", {"value": Decimal("99999.99")}),
    france.BOOKS: ("procedure", {"value": Decimal("89999.99")}),
    france.FOOD: ("procedure", {"launched": date(2020, 12, 9), "value": Decimal("99999.99")}),
    france.SMALL_LOT: ("procedure", {"need": Decimal(400_000), "value": Decimal("79999.99")}),
    france.PRIOR_NOTICE: ("minimum_period", {}),
    france.URGENCY: ("minimum_period", {}),
    france.AGREED_PERIOD: ("minimum_period", {"formal_procedure": "restricted"}),
    france.ELECTRONIC_NOTICE: ("application_period", {"launched": date(2016, 3, 31), "formal_procedure": "restricted"}),
    france.DOCUMENTS_ONLINE: ("minimum_period", {"launched": date(2016, 3, 31)}),
    france.ELECTRONIC_REJECTION: ("standstill", {}),
    france.STANDARDISED: ("award_method", {"launched": date(2026, 8, 20)}),
    france.NO_SOCIAL_CONDITION: ("sustainability", {"launched": date(2026, 8, 21)}),
}


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ground_changes_some_answer(ground: str) -> None:
    """No ground is dead: claimed it changes an answer, and when it may hold it is missing there."""
    question, facts = DECIDES[ground]
    case = PLAIN | facts
    bare, held = (QUESTIONS[question].ask(tender_of(one)) for one in (case, case | {"grounds": frozenset({ground})}))
    maybe = QUESTIONS[question].ask(tender_of(case | {"uncertain": frozenset({ground})}))
    assert bare.status == "answered"
    assert held.value != bare.value
    assert maybe.missing == {ground}
    assert maybe.possible == {bare.value, held.value}


def test_a_larger_need_is_never_less_open() -> None:
    """Nor is a larger contract in the same need, nor a contract with options."""
    r, moved = Random(7), 0
    for case in in_subject(12, 900):
        low, high = sorted((some_amount(r), some_amount(r)))
        own = min(case["value"], low)
        plain = case | {"options": None, "total_price": True}
        alone = plain | {"need": None}
        pairs = [
            (plain | {"value": own, "need": low}, plain | {"value": own, "need": high}),
            (plain | {"value": low, "need": high}, plain | {"value": high, "need": high}),
            (alone | {"value": low}, alone | {"value": high}),
            (alone | {"value": low}, alone | {"value": low, "options": high}),
            (
                plain | {"value": high, "need": None, "total_price": False, "duration": 60},
                plain | {"value": high, "need": None},
            ),
        ]
        for less, larger in pairs:
            before, after = (openness(fr.procedure.ask(tender_of(one))) for one in (less, larger))
            assert before[0] <= after[0], (less, larger)
            assert before[1] <= after[1], (less, larger)
            moved += before != after
    assert moved > 300


# --- lots -------------------------------------------------------------------------------------------------------------


def divided(r: Random, case: Facts) -> tuple[Facts, tuple[Lot, ...]]:
    """A case cut into lots that are all of its kind."""
    value, lots = some_lots(r, case["category"])
    plain = {"options": None, "need": None, "total_price": True, "value": value}
    return case | plain | {"grounds": case["grounds"] - {"fr/small-lot"}}, lots


def test_the_claims_of_small_lots_fit_as_the_texts_say() -> None:
    r, seen = Random(8), set[Any]()
    for case in in_subject(13, 1_000):
        cut, lots = divided(r, case)
        answer = assess(tender_of(cut, lots=lots)).small_lots
        amounts = [(lot.value.amount, lot.small) for lot in lots if isinstance(lot.value, Money)]
        expected = france.small_lots(
            launched=cut["launched"], category=cut["category"], lots=amounts, framework=cut["framework"]
        )
        assert (answer.status, set(answer.possible)) == (expected["status"], expected["possible"]), (cut, lots)
        seen |= expected["possible"]
    assert seen == {True, False, None}


def test_a_lot_is_never_more_open_than_the_whole() -> None:
    """It leaves the procedure of the whole when its claim fits, as the texts say, and otherwise it follows it."""
    r, left = Random(9), 0
    for case in in_subject(14, 300):
        cut, lots = divided(r, case)
        whole = assess(tender_of(cut, lots=lots))
        fits = whole.small_lots.value is True
        for lot, given in zip(whole.lots, lots, strict=True):
            assert openness(lot.procedure)[0] <= openness(whole.procedure)[0], (cut, lots)
            assert openness(lot.procedure)[1] <= openness(whole.procedure)[1], (cut, lots)
            if fits or not given.small:
                assert isinstance(given.value, Money)
                claims = cut["grounds"] | ({"fr/small-lot"} if given.small else set())
                facts = {name: cut[name] for name in ("launched", "category", "utility", "framework")}
                own = {"amount": cut["value"], "contract_amount": given.value.amount, "concluded": cut["concludes"]}
                expected = france.procedure(**facts, **own, grounds=claims)
                assert lot.procedure.possible == expected["possible"], (cut, lots)
            left += lot.procedure.possible != whole.procedure.possible
    assert left > 15


def test_a_lot_counts_the_months_that_the_whole_counts() -> None:
    """A whole of eight years without a total price is compared by four of them: its lots are no more open than it."""
    for case in in_subject(15, 100):
        cut, lots = divided(Random(case["launched"].toordinal()), case)
        whole = assess(tender_of(cut | {"total_price": False, "duration": 96}, lots=lots))
        for lot in whole.lots:
            assert openness(lot.procedure)[1] <= openness(whole.procedure)[1], (cut, lots)


def test_a_tender_without_lots_has_no_small_ones() -> None:
    for tender, _ in some_tenders(16, 60):
        assert assess(tender).lots == ()
        assert assess(tender).small_lots.status == "not_applicable"


# --- the purchasing scheme --------------------------------------------------------------------------------------------


def test_who_must_have_a_scheme_as_the_texts_say() -> None:
    r, seen = Random(10), set[Any]()
    limits = (Decimal(50_000_000), Decimal(100_000_000))
    near = [limit + shift for limit in limits for shift in (-CENT, Decimal(0), CENT)]
    changes = (date(2014, 8, 2), date(2015, 2, 1), date(2023, 1, 1))
    for _ in range(600 * CASES):
        day = r.choice(changes) + timedelta(r.randrange(-2, 3)) if r.random() < 0.6 else some_day(r)
        low, high = sorted((r.choice(near), r.choice(near)))
        known = r.choice((None, low, (low, high)))
        # Only the year before counts: the others are there to mislead.
        spent = {year: money(r.choice(near)) for year in (day.year - 2, day.year)}
        if known is not None:
            spent[day.year - 1] = estimate(known)
        buyer = City(id=CITY.id, name=CITY.name, annual_purchases=spent)
        answer = assess(Tender(buyer=buyer, category="goods", value=money(1), launched=day)).purchasing_scheme
        spends = known if isinstance(known, tuple) else (known,)
        found = [france.purchasing_scheme(spend, day) for spend in spends]
        possible = found[0]["possible"] | found[-1]["possible"]
        unsure = found[0]["status"] == "answered" and len(possible) > 1
        expected = ("unknown", {"annual_purchases"}) if unsure else (found[0]["status"], found[0]["missing"])
        assert (answer.status, set(answer.missing)) == expected, (day, known)
        assert set(answer.possible) == possible, (day, known)
        seen |= {answer.status, answer.value if answer.status == "answered" else None}
    assert seen == {"answered", "unknown", "not_modelled", True, False, None}


# --- telling ----------------------------------------------------------------------------------------------------------

# Words no French sentence has.
ENGLISH = frozenset(
    word
    for line in (
        "the of and is are was be been not with without from until to by for in it its that this these which whether if than",
        "below above under over more less later earlier before after law laws rule rules amount value day days month months",
        "threshold ceiling call tender tenders buyer city claimed known unknown stated required requires may must fact facts",
        "answer supplier agreement goods works notice why tax procedure either neither yes",
    )
    for word in line.split(" ")
)
LATIN_IN_ENGLISH = re.compile(r"\b(le|la|les|des|une|pas|marché|seuil|délai|été|n’est|l’acheteur|au-dessus)\b")
WORD = re.compile(r"[a-zàâçéèêëîïôûùüœ]+")
TAG = re.compile(r"<style>.*?</style>|<[^>]*>", re.DOTALL)
CODE = re.compile(r"\w_\w|\b(?:fr|eu|ca-qc|trade)/|\bUNKNOWN\b|\bNone\b|\bTrue\b|\bFalse\b|[a-z]/[a-z]")


@cache
def told() -> tuple[tuple[str, str, Facts, Assessment], ...]:
    """Some assessments told in both languages and every format."""
    out = []
    for tender, case in some_tenders(17, 5):
        found = assess(tender)
        for locale in ("fr_FR", "en_GB"):
            for format in ("text", "markdown", "html"):
                shown = found.explain(locale, format=format)
                out.append((locale, unescape(TAG.sub(" ", shown)) if format == "html" else shown, case, found))
    return tuple(out)


def test_every_assessment_is_told() -> None:
    for locale, text, case, found in told():
        for answer in found.answers:
            assert answer.explanation.title.in_(locale[:2]).split()[0] in text, (locale, answer.question, case)
        assert len(text) > 400


def test_no_code_is_told() -> None:
    for _, text, case, _ in told():
        # Markdown escapes what it would else read; addresses of sources are not told.
        assert not CODE.search(text), (CODE.findall(text), case)


def test_the_french_is_french_and_the_english_is_english() -> None:
    for locale, text, case, _ in told():
        if locale == "fr_FR":
            assert not ENGLISH & set(WORD.findall(text.lower())), (sorted(ENGLISH & set(WORD.findall(text.lower()))), case)
        else:
            assert not LATIN_IN_ENGLISH.search(text.lower()), (LATIN_IN_ENGLISH.findall(text.lower()), case)


def test_what_is_worked_out_is_told_as_well() -> None:
    r = Random(18)
    for case in in_subject(18, 6):
        cut, lots = divided(r, case)
        found = assess(tender_of(cut, lots=lots))
        for answer in (found.small_lots, found.purchasing_scheme, found.earliest_closing):
            for format in ("text", "markdown", "html"):
                shown = unescape(TAG.sub(" ", answer.explain("fr_FR", format=format)))
                assert not CODE.search(shown), (answer.question, CODE.findall(shown), cut)
                assert not ENGLISH & set(WORD.findall(shown.lower())), (answer.question, shown)
                assert answer.explain("en_GB", format=format)


def test_a_ground_that_nobody_claims_is_not_said_to_be_claimed() -> None:
    """Whatever else the buyer says: a framework agreement, the formal procedure it follows, a network activity."""
    for case in in_subject(19, 40):
        claims = case["grounds"] | case["uncertain"]
        for question in (fr.procedure, fr.minimum_period):
            for row in question.ask(tender_of(case)).explanation.rows:
                if row.role == "claimed" and f"fr/{row.id}" in GROUNDS:
                    assert f"fr/{row.id}" in claims, (row.id, case)


# --- travelling -------------------------------------------------------------------------------------------------------


def test_every_answer_travels() -> None:
    for tender, _ in some_tenders(20, 5):
        check_travels(tender)
        for name, question in QUESTIONS.items():
            answer = question.ask(tender)
            check_travels(answer)
            if name in ("procedure", "sustainability"):
                back = Answer.from_dict(through_json(answer))
                for locale in ("fr_FR", "en_GB"):
                    assert back.explain(locale) == answer.explain(locale)


def test_every_assessment_travels() -> None:
    r = Random(21)
    for case in in_subject(21, 3):
        cut, lots = divided(r, case)
        found = assess(tender_of(cut, lots=lots))
        check_travels(found.tender)
        back = Assessment.from_dict(through_json(found))
        assert back == found
        assert [answer.question for answer in back.answers] == list(QUESTIONS)
        assert list(found.to_dict()["answers"]) == list(QUESTIONS)
        assert back.answers == found.answers
        for worked in ("small_lots", "purchasing_scheme", "earliest_closing"):
            check_travels(getattr(found, worked))
            assert getattr(back, worked) == getattr(found, worked)
        assert [lot.procedure for lot in back.lots] == [lot.procedure for lot in found.lots]
        assert [lot.tender.value for lot in found.lots] == [lot.value for lot in lots]
