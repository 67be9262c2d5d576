"""What one city could do that another does: each boundary by hand, both ways, and on copies of the book with a line changed."""

from __future__ import annotations

import json
import pickle
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

import procurelib.law
from procurelib import cities
from procurelib.citations import Text
from procurelib.dated import GapEntry, Parameter
from procurelib.errors import InputError, InputTypeError
from procurelib.law import EDITION, law
from procurelib.law.book import Book
from procurelib.money import Money
from procurelib.places import scenarios
from procurelib.social.lever import Lever
from procurelib.social.mappings import Policy, mappings, policies
from procurelib.social.transposition import Device, Element, Side, Transposition, transpose
from procurelib.unknown import UNKNOWN

ONE_DAY = timedelta(days=1)
RENNES, LONGUEUIL = cities["fr/rennes"], cities["ca-qc/longueuil"]
WAYS = {"to Longueuil": (RENNES, LONGUEUIL), "to Rennes": (LONGUEUIL, RENNES)}
VISIT, SCHEME, BEFORE, AFTER = (
    scenarios[name].day for name in ("rennes-visit-2017", "rennes-scheme-2018", "before-lcom", "after-lcom")
)
NOT_YET = Text("Cette règle n’existait pas encore ce jour-là.", "This rule did not exist yet on that day.")
NO_LONGER = Text("Cette règle n’est plus en vigueur ce jour-là.", "This rule is no longer in force on that day.")
NOT_VOTED = Text(
    "La ville n’avait pas sûrement voté son schéma ce jour-là.", "The city had not certainly voted its scheme by that day."
)
OF_ANOTHER = Text("C’est la politique d’une autre ville.", "It is the policy of another city.")
METROPOLE = cities["fr/rennes-metropole"]
each_way = pytest.mark.parametrize(("of", "to"), list(WAYS.values()), ids=list(WAYS))
each_day = pytest.mark.parametrize("on", [VISIT, SCHEME, BEFORE, AFTER], ids=str)


def from_rennes(on: date, **rest: Any) -> Transposition:
    return transpose(RENNES, to=LONGUEUIL, on=on, **rest)


def from_longueuil(on: date, **rest: Any) -> Transposition:
    return transpose(LONGUEUIL, to=RENNES, on=on, **rest)


def devices(report: Transposition) -> dict[str, Device]:
    return {one.id: one for one in report.devices}


def absent(report: Transposition) -> dict[str, Side]:
    return {one.entry: one for one in report.absent}


def elements(device: Device) -> dict[str, Element]:
    return {one.id: one for one in device.elements}


def sides(element: Element) -> Iterator[Side]:
    yield from (x for x in (element.here, element.there, element.here_amount, element.there_amount) if x is not None)


def matches(device: Device) -> dict[str, object]:
    return {one.id: one.match for one in device.elements}


# --- which devices there are on a day --------------------------------------------------------------------------------


def test_the_named_days_are_those_the_tests_are_about() -> None:
    assert date(2017, 1, 24) == VISIT
    assert date(2018, 5, 1) == SCHEME
    assert date(2026, 3, 31) == BEFORE
    assert date(2026, 10, 1) == AFTER


def test_the_delegation_of_2017_could_not_see_the_scheme_of_rennes() -> None:
    report = from_rennes(VISIT)
    assert "fr/systematic-consultation" not in devices(report)
    side = absent(report)["fr/systematic-consultation"]
    assert side.standing == "absent"
    assert side.reason == NOT_VOTED
    assert side.value is None
    assert side.citations == law["fr/systematic-consultation"].versions[0].citations


def test_in_may_2018_the_scheme_is_a_device_of_rennes() -> None:
    report = from_rennes(SCHEME)
    assert "fr/systematic-consultation" not in absent(report)
    found = devices(report)["fr/systematic-consultation"]
    assert found.here.standing == "in_force"
    assert found.here.reason is None
    assert found.here.citations == law["fr/systematic-consultation"].on(SCHEME).citations
    asked = elements(found)["asked-for-prices"]
    assert asked.match == "same"
    assert asked.here_amount is not None
    assert asked.there_amount is not None
    assert asked.here_amount.value == Money("25000", "EUR", tax="excluded")
    assert asked.there_amount.value == Money("25000", "CAD", tax="net")


BEGINS = {
    "fr/reserved-insertion": date(2016, 4, 1),
    "fr/reserved-ess": date(2016, 4, 1),
    "fr/labels": date(2016, 4, 1),
    "fr/reserved-both": date(2020, 12, 9),
    "fr/reserved-prison": date(2023, 1, 1),
    "fr/systematic-consultation": date(2018, 4, 16),
    "ca-qc/bylaw-award-rules": date(2018, 1, 1),
    "ca-qc/nonprofit-listed-services": date(2018, 4, 19),
    "ca-qc/qualified-solidarity-cooperative": date(2018, 4, 19),
    "ca-qc/nonprofit-goods": date(2026, 4, 1),
    "ca-qc/longueuil-preference-margin": date(2019, 4, 11),
    "ca-qc/canadian-provenance": date(2021, 9, 29),
    "ca-qc/responsible-procurement-policy": date(2013, 5, 28),
}


@pytest.mark.parametrize(("entry", "first"), BEGINS.items(), ids=BEGINS)
def test_a_device_is_there_from_its_first_day(entry: str, first: date) -> None:
    ask = from_rennes if entry.startswith("fr/") else from_longueuil
    before, after = ask(first - ONE_DAY), ask(first)
    assert absent(before)[entry].reason == (NOT_VOTED if entry == "fr/systematic-consultation" else NOT_YET)
    assert entry not in {one.here.entry for one in before.devices}
    assert entry not in absent(after)
    assert entry in {one.here.entry for one in after.devices}


@pytest.mark.parametrize("id", ["fr/quarter-preference", "fr/equal-offers-preference"])
def test_what_the_code_of_2006_had_ends_with_it(id: str) -> None:
    last, first_without = date(2016, 3, 31), date(2016, 4, 1)
    assert devices(from_rennes(last))[id].here.standing == "in_force"
    assert id not in absent(from_rennes(last))
    assert id not in devices(from_rennes(first_without))
    assert absent(from_rennes(first_without))[id].reason == NO_LONGER


@pytest.mark.parametrize(("city", "vote"), [("fr/rennes", date(2018, 4, 16)), ("fr/rennes-metropole", date(2018, 5, 17))])
def test_each_body_has_the_device_of_the_common_scheme_from_its_own_vote(city: str, vote: date) -> None:
    before, after = (transpose(cities[city], to=LONGUEUIL, on=day) for day in (vote - ONE_DAY, vote))
    assert absent(before)["fr/systematic-consultation"].reason == NOT_VOTED
    assert "fr/systematic-consultation" in devices(after)
    assert "fr/systematic-consultation" not in absent(after)


def test_a_vote_on_a_day_that_is_not_certain_counts_from_the_last_possible_day() -> None:
    scheme = attrs.evolve(RENNES.schemes[0], adopted=(date(2019, 3, 1), date(2019, 3, 20)))
    city = attrs.evolve(RENNES, schemes=(scheme,))
    for day in (SCHEME, date(2019, 2, 28), date(2019, 3, 1), date(2019, 3, 19)):
        assert absent(transpose(city, to=LONGUEUIL, on=day))["fr/systematic-consultation"].reason == NOT_VOTED
    assert "fr/systematic-consultation" in devices(transpose(city, to=LONGUEUIL, on=date(2019, 3, 20)))
    # Nor does an early vote make the policy older than what is known of it.
    early = attrs.evolve(RENNES, schemes=(attrs.evolve(scheme, adopted=(date(2015, 1, 1), date(2015, 1, 1))),))
    assert absent(transpose(early, to=LONGUEUIL, on=VISIT))["fr/systematic-consultation"].reason == NOT_YET
    # A lever by its id is no city's: it is there from the first day of its entry.
    assert transpose("fr/systematic-consultation", to=LONGUEUIL, on=date(2018, 4, 16)).absent == ()


def test_the_policy_of_one_city_is_no_device_of_another() -> None:
    montreal = transpose(cities["ca-qc/montreal"], to=RENNES, on=BEFORE)
    own = from_longueuil(BEFORE)
    assert set(devices(own)) - set(devices(montreal)) == {"ca-qc/longueuil-preference"}
    assert set(absent(own)) == set(absent(montreal))
    # Nor is it absent there: it never was one.
    assert "ca-qc/longueuil-preference-margin" not in absent(montreal)


# --- whose policy it is ----------------------------------------------------------------------------------------------

BOTH_OF_RENNES = Policy(("fr/rennes", "fr/rennes-metropole"), needs_scheme=True)
BOTH_OF_LONGUEUIL = Policy(("ca-qc/longueuil", "ca-qc/agglomeration-longueuil"), needs_scheme=False)


def test_every_entry_that_is_the_policy_of_one_city_is_known_as_such() -> None:
    assert dict(policies()) == {
        "fr/systematic-consultation": BOTH_OF_RENNES,
        "fr/rennes-works-clause-floor": BOTH_OF_RENNES,
        "ca-qc/longueuil-preference-margin": BOTH_OF_LONGUEUIL,
        "ca-qc/longueuil-preference-ceiling": BOTH_OF_LONGUEUIL,
    }
    named = {id for one in mappings() for e in one.elements for id in (e.here, e.there, e.amount, e.there_amount) if id}
    assert {id for id in named if re.search("rennes|longueuil|montreal", id)} <= set(policies())
    known = set(cities)
    assert all(city in known for policy in policies().values() for city in policy.cities)


def test_the_amount_of_a_scheme_is_an_element_from_each_body_s_own_vote_on() -> None:
    for city, vote in ((RENNES, date(2018, 4, 16)), (METROPOLE, date(2018, 5, 17))):
        for day, there in ((vote - ONE_DAY, False), (vote, True)):
            found = devices(transpose(city, to=LONGUEUIL, on=day))["fr/performance-clause"]
            assert ("works-amount" in elements(found)) == there
    # Nor does a city without a scheme, or another one that has voted its own, have the amount of Rennes.
    for schemes in ((), RENNES.schemes):
        other = attrs.evolve(RENNES, id="fr/nantes", name="Nantes", schemes=schemes)
        assert "works-amount" not in elements(devices(transpose(other, to=LONGUEUIL, on=BEFORE))["fr/performance-clause"])
    # A lever by its id is no city's: its amount is there from the first day of the entry.
    for day, there in ((date(2018, 4, 15), False), (date(2018, 4, 16), True)):
        alone = devices(transpose("fr/performance-clause", to=LONGUEUIL, on=day))["fr/performance-clause"]
        assert ("works-amount" in elements(alone)) == there


@pytest.mark.parametrize("of", [LONGUEUIL, "ca-qc/price-requests"], ids=["city", "lever"])
def test_the_other_side_has_its_policy_from_its_own_vote_on(of: Any) -> None:
    def who(to: Any, on: date) -> Element:
        return elements(devices(transpose(of, to=to, on=on))["ca-qc/price-requests"])["social-economy"]

    for city, vote in ((RENNES, date(2018, 4, 16)), (METROPOLE, date(2018, 5, 17))):
        before, after = who(city, vote - ONE_DAY), who(city, vote)
        assert before.there is not None
        assert after.there is not None
        assert (before.there.standing, before.there.reason, before.there.value) == ("absent", NOT_VOTED, None)
        assert before.there.citations == law["fr/systematic-consultation"].versions[0].citations
        assert (before.match, before.lacking) == ("none", NOT_VOTED)
        assert (after.there.standing, after.there.reason, after.match) == ("in_force", None, "part")
    nantes = who(attrs.evolve(RENNES, id="fr/nantes", name="Nantes"), BEFORE)
    assert nantes.there is not None
    assert (nantes.there.standing, nantes.there.reason) == ("absent", OF_ANOTHER)
    assert (nantes.match, nantes.lacking) == ("none", OF_ANOTHER)


def test_a_policy_is_also_a_lever_that_is_no_city_s() -> None:
    assert set(devices(transpose("ca-qc/longueuil-preference", to=RENNES, on=BEFORE))) == {"ca-qc/longueuil-preference"}
    assert set(devices(transpose("fr/systematic-consultation", to=LONGUEUIL, on=SCHEME))) == {"fr/systematic-consultation"}


def test_what_the_device_did_not_ask_for_yet_is_no_element_of_it() -> None:
    """A list of small contracts exists since 2021: before, nothing on the other side has to match it."""
    assert "listed-after" not in elements(devices(from_rennes(date(2020, 12, 31)))["fr/direct-award"])
    assert "listed-after" in elements(devices(from_rennes(date(2021, 1, 1)))["fr/direct-award"])


def test_an_element_whose_amount_is_not_there_yet_is_left_out() -> None:
    """The provision is older than its amount: without one the element says nothing."""
    id, first = "fr/notice-floor", date(2018, 1, 1)
    versions = (attrs.evolve(law[id].versions[-1], start=first),)
    book = Patched(entry=attrs.evolve(law[id], versions=versions, gaps=()))
    assert law["fr/publication-national"].at(first - ONE_DAY) is not None
    for day, there in ((first - ONE_DAY, False), (first, True)):
        assert "notice" in elements(devices(from_rennes(day))["fr/adapted-procedure"])
        assert ("notice" in elements(devices(from_rennes(day, book=book))["fr/adapted-procedure"])) == there


# --- the verdicts of the named days ----------------------------------------------------------------------------------


def test_the_direct_award_on_the_day_of_the_visit() -> None:
    found = devices(from_rennes(VISIT))["fr/direct-award"]
    assert found.verdict == "partial"
    assert matches(found) == {"free-choice": "same", "below-amount": "part", "duties": "none"}
    free, below, duties = found.elements
    assert (free.lacking, free.change) == (None, ())
    assert below.here_amount is not None
    assert below.there_amount is not None
    assert below.here_amount.value == Money("25000", "EUR", tax="excluded")
    assert below.there_amount.value == Money("25000", "CAD", tax="net")
    assert [c.text("en") for c in below.change] == ["CTA, s. 573(1)", "CTA, s. 573.1"]
    # The by-law that could carry the duties came a year later: it is named, and is not what stands in the way.
    assert duties.there is not None
    assert (duties.there.entry, duties.there.standing) == ("ca-qc/bylaw-award-rules", "absent")
    assert duties.lacking == duties.there.reason
    assert [c.text("en") for c in duties.change] == ["CTA, s. 573.1 (a contrario)"]


def test_below_a_formal_procedure_the_by_law_of_2018_gives_part_of_the_adapted_one() -> None:
    early, late = (devices(from_rennes(day))["fr/adapted-procedure"] for day in (date(2017, 12, 31), date(2018, 1, 1)))
    assert early.verdict == late.verdict == "partial"  # before the by-law, only below the floor
    assert matches(early) == {"own-terms": "none", "small": "part", "up-to-amount": "none", "notice": "none"}
    assert matches(late) == {"own-terms": "part", "small": "part", "up-to-amount": "part", "notice": "none"}


@pytest.mark.parametrize("id", ["fr/reserved-disability", "fr/reserved-insertion"])
def test_a_reservation_rests_in_part_on_the_choice_of_the_invited_before_the_by_law(id: str) -> None:
    early, late = devices(from_rennes(VISIT))[id], devices(from_rennes(SCHEME))[id]
    for found, by_law in ((early, "none"), (late, "part")):
        powers = {one.id: one.match for one in found.elements if one.kind == "power"}
        assert powers == {"direct": by_law, "exempted": "part", "invited": "part"}
        assert found.verdict == "partial"


def test_the_policy_that_longueuil_adopted_answers_the_scheme_before_the_statute_does() -> None:
    id = "ca-qc/responsible-procurement-policy"
    assert absent(from_rennes(VISIT))["fr/purchasing-scheme"].reason == NOT_VOTED
    found, after = (devices(from_rennes(day))["fr/purchasing-scheme"] for day in (SCHEME, date(2021, 3, 25)))
    assert found.verdict == "partial"
    adopted = elements(found)["adopted"]
    assert adopted.match == "part"
    assert adopted.there is not None
    assert [c.text("en") for c in adopted.there.citations] == ["procurement policy of Longueuil"]
    assert ("inferred", id) in {(one.kind, one.id) for one in found.caveats}
    assert ("inferred", id) not in {(one.kind, one.id) for one in after.caveats}
    late = elements(after)["adopted"].there
    assert late is not None
    assert late.citations[0].text("en") == "CTA, s. 573.3.1.2.1"


@pytest.mark.parametrize("device", ["qualified-solidarity-cooperative/designated", "nonprofit-goods/social-aim"])
def test_what_an_enterprise_is_for_is_about_who_it_is(device: str) -> None:
    id, _, element = device.partition("/")
    assert elements(devices(from_longueuil(AFTER))[f"ca-qc/{id}"])[element].kind == "who"


def test_an_amount_that_is_not_known_leaves_the_match_open() -> None:
    term = date(2028, 1, 1)
    before, after = (
        elements(devices(from_rennes(day))["fr/adapted-procedure"])["up-to-amount"] for day in (term - ONE_DAY, term)
    )
    assert before.match == "part"
    assert after.here.standing == "in_force"
    assert after.here_amount is not None
    assert after.here_amount.standing == "not_known"
    assert after.match is UNKNOWN
    assert after.lacking == after.here_amount.reason


def test_what_has_no_match_at_any_amount_has_none_at_one_that_is_not_known() -> None:
    book = lost("fr/notice-floor", SCHEME)
    own, copied = (
        elements(devices(from_rennes(SCHEME, **rest))["fr/adapted-procedure"])["notice"] for rest in ({}, {"book": book})
    )
    assert copied.here_amount is not None
    assert copied.here_amount.standing == "not_known"
    assert (copied.match, copied.lacking) == (own.match, own.lacking)
    assert own.match == "none"
    # Nor has one whose provision on the other side is known, and gives nothing.
    held = attrs.evolve(law["ca-qc/purchasing-scheme"], versions=law["ca-qc/direct-below-floor"].versions, gaps=())
    (floor,) = lost("fr/spaser-floor", SCHEME).changed.values()
    for book in (Patched(scheme=held), Patched(scheme=held, floor=floor)):
        duty = elements(devices(from_rennes(SCHEME, book=book))["fr/purchasing-scheme"])["duty"]
        assert duty.there is not None
        assert duty.here_amount is not None
        assert duty.there.standing == "in_force"
        assert (duty.here_amount.standing == "not_known") == ("fr/spaser-floor" in book.changed)
        assert duty.match == "none"
        assert duty.lacking is not None
        assert duty.lacking != duty.here_amount.reason


def test_what_the_device_s_own_law_does_not_say_is_open_also_without_anything_on_the_other_side() -> None:
    online = elements(devices(from_longueuil(AFTER))["ca-qc/bylaw-direct"])["online"]
    assert online.there is None
    assert online.here.standing == "not_known"
    assert online.match is UNKNOWN
    assert online.lacking == online.here.reason
    assert elements(devices(from_longueuil(BEFORE))["ca-qc/bylaw-direct"])["online"].match == "none"


def test_a_gap_of_quebec_is_undetermined_and_never_a_no() -> None:
    who = elements(devices(from_rennes(VISIT))["fr/reserved-ess"])["who"]
    gap = law["ca-qc/reserved-contracts"].gap(VISIT)
    assert gap is not None
    assert who.match is UNKNOWN
    assert who.there is not None
    assert who.there.standing == "not_known"
    assert who.lacking == who.there.reason == Text(gap.reason_fr, gap.reason_en)


def test_law_that_is_missing_leaves_the_verdict_open_only_where_it_can_change_it() -> None:
    found = devices(from_rennes(SCHEME))
    lot = found["fr/small-lot"]
    assert matches(lot) == {"own-procedure": UNKNOWN, "share": "none"}
    assert lot.verdict is UNKNOWN
    # One power without a match settles nothing while the other may have one.
    later = devices(from_rennes(BEFORE))["fr/small-lot"]
    assert matches(later) == {"own-procedure": UNKNOWN, "share": "none", "direct": "none"}
    assert later.verdict is UNKNOWN
    # The only power has no match: the rest, which has one in part, does not make it possible.
    margin = devices(from_longueuil(SCHEME))["ca-qc/bylaw-social-margin"]
    assert matches(margin) == {"margin": "none", "social-value": "part", "below-amount": "part"}
    assert margin.verdict == "none"
    assert UNKNOWN in matches(found["fr/reserved-ess"]).values()
    assert found["fr/reserved-ess"].verdict == "partial"


def test_the_criterion_of_longueuil_has_part_of_a_basis_in_rennes_until_its_own_law_is_no_longer_known() -> None:
    for day in (VISIT, SCHEME, BEFORE):
        found = devices(from_longueuil(day))["ca-qc/tied-criteria"]
        assert found.verdict == "partial"
        assert matches(found) == {"linked": "part", "social": "part"}
        assert all(one.lacking is not None and one.change for one in found.elements)
    found = devices(from_longueuil(AFTER))["ca-qc/tied-criteria"]
    assert found.here.standing == "not_known"
    assert found.verdict is UNKNOWN


def test_what_the_act_of_2026_opened() -> None:
    day = date(2026, 4, 1)
    assert set(absent(from_longueuil(BEFORE))) == {"ca-qc/nonprofit-goods"}
    assert set(devices(from_longueuil(day))) - set(devices(from_longueuil(BEFORE))) == {"ca-qc/nonprofit-goods"}
    assert absent(from_longueuil(AFTER)) == {}
    goods = devices(from_longueuil(AFTER))["ca-qc/nonprofit-goods"]
    assert goods.verdict == "partial"
    below = elements(goods)["below-amount"]
    assert below.here_amount is not None
    assert below.there_amount is not None
    assert below.here_amount.value == Money("368000", "CAD", tax="net")
    assert below.there_amount.value == Money("60000", "EUR", tax="excluded")


def test_what_became_unknown_with_the_act_of_2026() -> None:
    before, after = devices(from_longueuil(BEFORE)), devices(from_longueuil(AFTER))
    lost = {id for id in before if after[id].here.standing == "not_known"}
    assert lost == {
        "ca-qc/invitation-lists",
        "ca-qc/tied-criteria",
        "ca-qc/canadian-provenance",
        "ca-qc/responsible-procurement-policy",
    }
    for id in lost:
        assert before[id].here.standing == "in_force"
        assert after[id].verdict is UNKNOWN
        assert after[id].here.reason is not None
        assert after[id].here.value is None


def test_what_became_unknown_on_the_other_side_with_the_act_of_2026() -> None:
    before, after = devices(from_rennes(BEFORE)), devices(from_rennes(AFTER))
    lost = {id for id in before if before[id].verdict is not UNKNOWN and after[id].verdict is UNKNOWN}
    assert lost == {"fr/reserved-ess", "fr/social-criterion", "fr/purchasing-scheme", "fr/systematic-consultation"}
    for id in lost:
        assert after[id].here.standing == "in_force"
    link = elements(after["fr/labels"])["linked"]
    assert (before["fr/labels"].elements[1].match, link.match) == ("part", UNKNOWN)
    # What was read until the eve is cited, as what the answer would have to be checked against.
    assert link.there is not None
    assert link.there.citations == law["ca-qc/tied-criteria"].on(BEFORE).citations == link.change


def test_the_ceiling_of_rennes_rises_on_the_day_the_act_begins() -> None:
    for day, amount in ((BEFORE, "40000"), (date(2026, 4, 1), "60000"), (AFTER, "60000")):
        below = elements(devices(from_rennes(day))["fr/direct-award"])["below-amount"]
        assert below.here_amount is not None
        assert below.here_amount.value == Money(amount, "EUR", tax="excluded")


def test_a_value_set_for_a_term_is_not_known_after_it() -> None:
    last = date(2027, 12, 31)
    for day, standing in ((last, "in_force"), (last + ONE_DAY, "not_known")):
        upto = elements(devices(from_rennes(day))["fr/adapted-procedure"])["up-to-amount"]
        for side in (upto.here_amount, upto.there_amount):
            assert side is not None
            assert side.standing == standing
            assert (side.value is None) == (standing == "not_known")
            assert (side.reason is None) == (standing == "in_force")


def test_a_version_with_a_wording_of_its_own_gives_the_title() -> None:
    labelled = [
        (side, version)
        for ask in (from_rennes, from_longueuil)
        for day in (date(2014, 6, 1), VISIT, SCHEME, BEFORE, AFTER)
        for device in ask(day).devices
        for element in device.elements
        for side in sides(element)
        if (version := law[side.entry].at(day)) is not None
    ]
    for side, version in labelled:
        entry = law[side.entry]
        expected = Text(version.label_fr or entry.title_fr, version.label_en or entry.title_en)
        assert side.title == expected


# --- one lever -------------------------------------------------------------------------------------------------------


@each_way
@each_day
def test_one_lever_says_what_the_city_s_report_says_of_it(of: Any, to: Any, on: date) -> None:
    whole = transpose(of, to=to, on=on)
    for one in whole.devices:
        alone = transpose(one.id, to=to, on=on)
        assert alone.devices == (one,)
        assert alone.absent == ()
        entry = law[one.here.entry]
        assert alone.of == one.id
        assert (alone.lever, whole.lever) == (True, False)
        assert alone.of_title in (one.here.title, Text(entry.title_fr, entry.title_en))
        assert (alone.to, alone.to_title, alone.on) == (to.id, Text(to.name, to.name), on)


def test_a_lever_that_is_absent_is_alone_in_absent() -> None:
    report = transpose("fr/systematic-consultation", to=LONGUEUIL, on=VISIT)
    assert report.devices == ()
    assert [side.entry for side in report.absent] == ["fr/systematic-consultation"]
    assert report.rows() == []
    assert report.lever


def test_a_lever_is_given_by_its_id_or_as_it_was_answered() -> None:
    lever = Lever(id="fr/reserved-ess", title=Text("Réservation", "Reservation"), status="available", effect="reserves")
    assert transpose(lever, to=LONGUEUIL, on=VISIT) == transpose("fr/reserved-ess", to=LONGUEUIL, on=VISIT)


@each_way
def test_the_report_names_both_cities(of: Any, to: Any) -> None:
    report = transpose(of, to=to, on=SCHEME)
    assert (report.of, report.of_title) == (of.id, Text(of.name, of.name))
    assert (report.to, report.to_title) == (to.id, Text(to.name, to.name))
    assert report.on == SCHEME
    assert report.edition == EDITION
    assert {one.id.split("/")[0] for one in report.devices} == {of.jurisdiction}


# --- errors ----------------------------------------------------------------------------------------------------------


def test_wrong_types_are_all_told_together() -> None:
    with pytest.raises(InputTypeError) as caught:
        transpose(3, to="ca-qc/longueuil", on=datetime(2017, 1, 24))  # type: ignore[arg-type]
    assert [fault.path for fault in caught.value.faults] == ["of", "to", "on"]
    assert "a City, a Lever or the id of one" in caught.value.faults[0].expected
    with pytest.raises(InputTypeError) as caught:
        transpose(None, to=LONGUEUIL, on="2017-01-24")  # type: ignore[arg-type]
    assert [fault.path for fault in caught.value.faults] == ["of", "on"]


@pytest.mark.parametrize(
    ("of", "to"),
    [*WAYS.values(), ("fr/labels", LONGUEUIL), ("ca-qc/tied-criteria", RENNES)],
    ids=[*WAYS, "lever", "lever back"],
)
def test_a_day_before_the_book_is_refused(of: Any, to: Any) -> None:
    for early in (date(2012, 12, 31), date.min):
        with pytest.raises(InputError) as caught:
            transpose(of, to=to, on=early)
        (fault,) = caught.value.faults
        assert (fault.path, fault.value) == ("on", early.isoformat())
        assert "2013-01-01" in fault.expected
        with pytest.raises(InputError):
            transpose(of, to=to, on=early, book=Patched())
    report = transpose(of, to=to, on=date(2013, 1, 1))
    assert report.on == date(2013, 1, 1)
    assert (*report.devices, *report.absent) != ()


@pytest.mark.parametrize("other", ["fr/rennes", "fr/rennes-metropole"])
def test_two_sides_of_one_law_are_refused(other: str) -> None:
    with pytest.raises(InputError) as caught:
        transpose(RENNES, to=cities[other], on=VISIT)
    (fault,) = caught.value.faults
    assert (fault.path, fault.value) == ("to", other)
    assert fault.expected == "a city of another law than fr"
    with pytest.raises(InputError, match="another law than ca-qc"):
        transpose(LONGUEUIL, to=cities["ca-qc/montreal"], on=VISIT)


def test_an_unknown_lever_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InputError) as caught:
        transpose("fr/reserved-es", to=LONGUEUIL, on=VISIT)
    (fault,) = caught.value.faults
    assert (fault.path, fault.value) == ("of", "'fr/reserved-es'")
    for one in mappings():
        assert re.search(rf"(?<![\w-]){re.escape(one.id)}(?![\w-])", fault.remedy)


@pytest.mark.parametrize(("id", "to", "law_of"), [("fr/labels", RENNES, "ca-qc"), ("ca-qc/tied-criteria", LONGUEUIL, "fr")])
def test_a_lever_is_compared_with_the_other_law_only(id: str, to: Any, law_of: str) -> None:
    with pytest.raises(InputError) as caught:
        transpose(id, to=to, on=SCHEME)
    (fault,) = caught.value.faults
    assert (fault.path, fault.value) == ("to", to.id)
    assert fault.expected == f"a city of {law_of}, the law {id} is compared with"


# --- what a person reads ---------------------------------------------------------------------------------------------

FORMATS = ("text", "markdown", "html")
LOCALES = ("fr", "en", "fr_CA", "en_CA")


@each_way
@each_day
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("format", FORMATS)
def test_every_page_is_whole(of: Any, to: Any, on: date, locale: str, format: str) -> None:
    report = transpose(of, to=to, on=on)
    page = report.explain(locale, format=format)
    for left in ("{", "}", "UNKNOWN", "Money("):
        assert left not in page
    assert not re.search(r"[:,(] None\b", page)
    assert not re.search(r"\b(?:ca-qc|fr|eu|trade)/[a-z]", page)
    language = locale[:2]
    plain = spaces(unescaped(page) if format == "markdown" else page)
    for one in (*(device.here for device in report.devices), *report.absent):
        assert spaces(getattr(one.title, language)) in plain
    for device in report.devices:
        for element in device.elements:
            assert spaces(getattr(element.what, language)) in plain
            if element.lacking is not None:
                assert spaces(getattr(element.lacking, language)) in plain


def spaces(text: str) -> str:
    """The text with one kind of space, and none of the marks of HTML around it."""
    return re.sub(r"[\u00a0\u202f]", " ", text).replace("&amp;", "&").replace("&#x27;", "'").replace("&quot;", '"')


def unescaped(page: str) -> str:
    """A page of Markdown without the backslashes before what would be a mark of it, such as the sign of a currency."""
    return re.sub(r"\\([^\w\s])", r"\1", page)


def said_of_elements(report: Transposition, locale: str) -> str:
    """What the page says of both sides: its indented lines, without the caveats, whose notes may tell other amounts."""
    return "\n".join(line for line in spaces(report.explain(locale)).splitlines() if line.startswith("  - "))


@each_way
@each_day
def test_amounts_are_those_of_the_book_each_in_its_own_currency(of: Any, to: Any, on: date) -> None:
    report = transpose(of, to=to, on=on)
    held = {side.value for one in report.devices for e in one.elements for side in sides(e) if isinstance(side.value, Money)}
    assert {money.currency for money in held} == {"EUR", "CAD"}
    page = said_of_elements(report, "en")
    for currency, sign in (("EUR", "€"), ("CAD", r"CA\$")):
        shown = {digits.replace(",", "") for digits in re.findall(rf"{sign}([\d,]*\d)", page)}
        assert shown == {str(money.amount) for money in held if money.currency == currency}
    page = said_of_elements(report, "fr")
    for currency, sign in (("EUR", "€"), ("CAD", r"\$CA")):
        shown = {digits.replace(" ", "") for digits in re.findall(rf"(\d[\d ]*\d) {sign}", page)}
        assert shown == {str(money.amount) for money in held if money.currency == currency}


@each_way
@each_day
def test_every_side_is_told_once_with_the_confidence_of_the_comparison(of: Any, to: Any, on: date) -> None:
    report = transpose(of, to=to, on=on)
    lines = spaces(report.explain("en")).splitlines()
    found = [element for device in report.devices for element in device.elements]
    counts = {
        of.name: sum(len({x.entry for x in (e.here, e.here_amount) if x is not None}) for e in found),
        to.name: sum(len({x.entry for x in (e.there, e.there_amount) if x is not None}) for e in found),
        "Equivalent": len(found),
        "Comparison": len(found),
        "Provisions concerned": sum(1 for e in found if e.change),
    }
    assert {name: sum(line.startswith(f"  - {name}: ") for line in lines) for name in counts} == counts
    told = {"secondary": "secondary source", "inferred": "inferred from the two provisions", "unverified": "unverified"}
    compared = [line.removeprefix("  - Comparison: ") for line in lines if line.startswith("  - Comparison: ")]
    assert compared == [told[e.confidence] for e in found]
    caveats = {spaces(caveat.text.en) for device in report.devices for caveat in device.caveats}
    assert caveats
    assert all(lines.count(f"- {caveat}") == 1 for caveat in caveats)


def test_the_page_of_one_device_word_for_word() -> None:
    page = spaces(transpose("fr/direct-award", to=LONGUEUIL, on=VISIT).explain("en"))
    title = "Contract without publicity or competition below the exemption amount"
    ceiling = "Amount below which supplies and services need no competition"
    rules = "Award rules in the contract-management by-law"
    for line in (
        f"{title}: in Longueuil",
        "What of it has a basis in the law of Longueuil on January 24, 2017:",
        f"- {title}: in part, some elements are missing",
        "- Power of the city: The buyer contracts without publicity or competition, with the firm it chooses.",
        "  - Equivalent: yes",
        f"  - Here: {ceiling}, €25,000 (before tax) (Decree 2016-360, art. 30-I 8°)",
        "  - Longueuil: Floor of written invitations to tender, CA$25,000 (CTA, s. 573.1)",
        "  - Provisions concerned: CTA, s. 573(1); CTA, s. 573.1",
        f"  - Longueuil: {rules}: {NOT_YET.en} (CTA, s. 573.3.1.2, 4th par.; S.Q. 2017, c. 13)",
        "  - Equivalent: none known. This rule did not exist yet on that day.",
    ):
        assert line in page.splitlines()
    assert page.splitlines()[0] == f"{title}: in Longueuil"
    assert next(line for line in page.splitlines()[1:] if line.strip("=")).startswith("What of it has a basis ")
    page = spaces(transpose("fr/direct-award", to=LONGUEUIL, on=VISIT).explain("fr"))
    assert page.splitlines()[0].endswith(" : à Longueuil")
    assert "Ce qui en a un fondement dans le droit de Longueuil, le 24 janvier 2017 :" in page.splitlines()


def test_the_page_of_a_lever_that_is_absent_says_why() -> None:
    page = spaces(transpose("fr/systematic-consultation", to=LONGUEUIL, on=VISIT).explain("en"))
    assert page.splitlines()[0].endswith(": in Longueuil")
    assert NOT_YET.en in page
    assert NOT_VOTED.en not in page


def test_absent_devices_are_told_with_their_reason() -> None:
    page = spaces(from_rennes(VISIT).explain("en"))
    _, _, told = page.partition("What was not in force on that day")
    for line in (
        "Rennes: ESS enterprises consulted systematically: The city had not certainly voted its scheme by that day.",
        "Reserved contract: prisoners: This rule did not exist yet on that day.",
        "Preference at equal price or for equivalent tenders: This rule is no longer in force on that day.",
    ):
        assert f"- {line} (" in told
    for text in (NOT_VOTED, NOT_YET, NO_LONGER):
        assert spaces(text.fr) in spaces(from_rennes(VISIT).explain("fr"))
    assert "What was not in force on that day" not in from_longueuil(AFTER).explain("en")


def test_the_formats_are_what_they_say() -> None:
    report = from_rennes(SCHEME)
    assert report.explain("en").startswith("From Rennes to Longueuil\n====")
    assert report.explain("fr").startswith("De Rennes à Longueuil\n====")
    assert report.explain("en", format="markdown").startswith("## From Rennes to Longueuil\n")
    page = report.explain("fr", format="html")
    assert page.startswith('<section lang="fr">')
    for tag in ("section", "ul", "li", "p"):
        assert len(re.findall(rf"<{tag}[ >]", page)) == page.count(f"</{tag}>")
    with pytest.raises(InputError):
        report.explain("en", format="pdf")
    with pytest.raises(InputError):
        report.explain("xx")


# --- rows, JSON, pickle ----------------------------------------------------------------------------------------------


@each_way
@each_day
def test_there_is_one_row_per_element_of_plain_values(of: Any, to: Any, on: date) -> None:
    report = transpose(of, to=to, on=on)
    rows = report.rows()
    assert json.loads(json.dumps(rows)) == rows
    assert len({tuple(row) for row in rows}) == 1
    expected = [(one, element) for one in report.devices for element in one.elements]
    assert len(rows) == len(expected)
    for row, (device, element) in zip(rows, expected, strict=True):
        assert (row["device"], row["element"], row["kind"]) == (device.id, element.id, element.kind)
        assert row["verdict"] == (None if device.verdict is UNKNOWN else device.verdict)
        assert row["match"] == (None if element.match is UNKNOWN else element.match)
        assert (row["what_fr"], row["what_en"]) == (element.what.fr, element.what.en)
        assert row["here"] == element.here.entry
        assert row["there"] == (element.there and element.there.entry)
        assert Text(row["lacking_fr"], row["lacking_en"]) == (element.lacking or Text(None, None))  # type: ignore[arg-type]
        assert (element.lacking is None) == (element.match == "same")
        assert row["change"] == "; ".join(citation.text("en") for citation in element.change)
        assert row["confidence"] == element.confidence
        for name, side in (("here", element.here_amount), ("there", element.there_amount)):
            shown = getattr(element, name) if side is None else side
            told = tuple(row[f"{name}_{key}"] for key in ("amount", "unit", "tax"))
            if shown is None or shown.value is None or isinstance(shown.value, tuple):
                assert told == (None, None, None)
            elif isinstance(shown.value, Money):
                assert told == (str(shown.value.amount), shown.value.currency, shown.value.tax)
            else:
                assert told == (str(shown.value), law[shown.entry].unit, None)


def test_the_amounts_of_a_row_by_hand() -> None:
    def told(report: Transposition, device: str, element: str) -> tuple[object, ...]:
        (row,) = (one for one in report.rows() if (one["device"], one["element"]) == (device, element))
        return tuple(row[f"{side}_{key}"] for side in ("here", "there") for key in ("amount", "unit", "tax"))

    report, none = from_rennes(date(2022, 1, 1)), (None, None, None)
    assert told(report, "fr/direct-award", "below-amount") == ("40000", "EUR", "excluded", "25000", "CAD", "net")
    assert told(report, "fr/direct-award", "free-choice") == (*none, *none)
    assert told(report, "fr/adapted-procedure", "notice") == ("90000", "EUR", "excluded", *none)
    assert told(report, "fr/reserved-disability", "who") == ("50", "percent", None, *none)
    assert told(report, "fr/reserved-ess", "services") == (*none, *none)  # a list of codes
    assert told(report, "fr/reserved-ess", "limit") == ("3", "years", None, *none)
    assert told(report, "fr/social-criterion", "weight") == (*none, "30", "points", None)
    gone = from_longueuil(AFTER)
    assert told(gone, "ca-qc/nonprofit-listed-services", "below-amount") == (*none, "60000", "EUR", "excluded")


@each_way
@each_day
def test_a_report_survives_json_and_pickle(of: Any, to: Any, on: date) -> None:
    report = transpose(of, to=to, on=on)
    text = json.dumps(report.to_dict())
    back = Transposition.from_dict(json.loads(text))
    assert back == report
    assert json.dumps(back.to_dict()) == text
    assert back.explain("fr") == report.explain("fr")
    assert back.rows() == report.rows()
    assert pickle.loads(pickle.dumps(report)) == report
    unknown = [one for one in pickle.loads(pickle.dumps(report)).devices if one.verdict is UNKNOWN]
    assert [one.id for one in unknown] == [one.id for one in report.devices if one.verdict is UNKNOWN]


def test_faults_of_a_written_report_are_told_with_their_paths() -> None:
    written = from_rennes(VISIT).to_dict()
    written["on"] = "yesterday"
    del written["devices"][0]["title"]
    with pytest.raises(InputError) as caught:
        Transposition.from_dict(written)
    assert {fault.path for fault in caught.value.faults} == {"$.on", "$.devices[0].title"}


def known(words: tuple[str, ...], path: str) -> Any:
    return pytest.param(words, path, id=path)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        known(("available", "partial", "none"), "$.devices[1].verdict"),
        known(("same", "part", "none"), "$.devices[1].elements[2].match"),
        known(("who", "asked", "amount", "published", "power"), "$.devices[1].elements[2].kind"),
    ],
)
@pytest.mark.parametrize("other", ["", "perhaps", "Part", None, 1], ids=repr)
def test_another_word_in_a_written_report_is_refused(words: tuple[str, ...], path: str, other: object) -> None:
    written = from_rennes(SCHEME).to_dict()
    place = written["devices"][1]
    if "elements" in path:
        place = place["elements"][2]
    key = path.rpartition(".")[2]
    for word in words:
        place[key] = word
        assert Transposition.from_dict(written).to_dict() == written
    place[key] = other
    with pytest.raises(InputError) as caught:
        Transposition.from_dict(written)
    (fault,) = caught.value.faults
    assert fault.path == path
    if isinstance(other, str):
        assert all(word in fault.expected for word in words)


def test_another_word_is_refused_in_the_making_too() -> None:
    one = devices(from_rennes(SCHEME))["fr/direct-award"]
    with pytest.raises(InputError, match="verdict"):
        attrs.evolve(one, verdict="possible")  # type: ignore[arg-type]
    with pytest.raises(InputError) as caught:
        attrs.evolve(one.elements[0], match="all", kind="where")  # type: ignore[arg-type]
    assert {fault.path for fault in caught.value.faults} == {"match", "kind"}
    assert attrs.evolve(one, verdict=UNKNOWN).verdict is UNKNOWN
    assert attrs.evolve(one.elements[0], match=UNKNOWN).match is UNKNOWN


# --- each side is answered by its own book ---------------------------------------------------------------------------

SOURCE = Path(procurelib.law.__file__).parent
FOLDERS = ("ca-qc", "eu", "fr", "trade")
Edit = Callable[[str, str, str], Book]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """A copy of the book with one line of one file changed."""

    def edit(file: str, old: str, new: str) -> Book:
        for folder in FOLDERS:
            shutil.copytree(SOURCE / folder, tmp_path / folder, ignore=lambda _, names: [n for n in names if "__" in n])
        path = tmp_path / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        return law.open(tmp_path)

    return edit


def plain(report: Transposition) -> dict[tuple[str, str], Any]:
    """Everything the report says, by device and element; what is said of a whole device under an empty element."""
    written = report.to_dict()
    found: dict[tuple[str, str], Any] = {}
    for device in written.pop("devices"):
        for element in device.pop("elements"):
            found[device["id"], element["id"]] = element
        found[device["id"], ""] = device
    for side in written.pop("absent"):
        found["absent", side["entry"]] = side
    found["", ""] = written
    return found


def differing(left: Transposition, right: Transposition) -> set[tuple[str, str]]:
    one, other = plain(left), plain(right)
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


def resting_on(report: Transposition, entry: str) -> set[tuple[str, str]]:
    return {(d.id, e.id) for d in report.devices for e in d.elements if entry in {side.entry for side in sides(e)}}


def version(key: str, start: str, amount: str) -> str:
    return f"[[{key}.version]]\nfrom = {start}\namount = {amount}\n"


AMOUNTS = {
    "ceiling of 2016": (
        "fr/thresholds.toml", "direct-ceiling-supplies-services", "2016-04-01", '"25000"', '"26000"',
        (date(2016, 4, 1), VISIT, SCHEME, date(2019, 3, 31)), (date(2016, 3, 31), date(2019, 4, 1), BEFORE, AFTER),
    ),
    "ceiling of 2015": (
        "fr/thresholds.toml", "direct-ceiling-supplies-services", "2015-10-01", '"25000"', '"26000"',
        (date(2015, 10, 1), date(2016, 3, 31)), (date(2015, 9, 30), date(2016, 4, 1), VISIT, AFTER),
    ),
    "floor of Quebec": (
        "ca-qc/thresholds.toml", "invitation-floor", "2013-01-01", "25000", "26000",
        (date(2013, 1, 1), VISIT, SCHEME, BEFORE), (date(2026, 4, 1), AFTER),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "key", "start", "old", "new", "within", "outside"), AMOUNTS.values(), ids=AMOUNTS)
def test_an_amount_of_a_copy_changes_what_rests_on_it_and_nothing_else(
    edited: Edit, file: str, key: str, start: str, old: str, new: str, within: Any, outside: Any
) -> None:
    book = edited(file, version(key, start, old), version(key, start, new))
    entry = f"{file.split('/')[0]}/{key}"
    for ask in (from_rennes, from_longueuil):
        for day in within:
            own, copied = ask(day), ask(day, book=book)
            changed = resting_on(own, entry)
            assert changed
            assert differing(own, copied) == changed
            for left, right in zip(own.devices, copied.devices, strict=True):
                for one, other in zip(left.elements, right.elements, strict=True):
                    for a, b in zip(sides(one), sides(other), strict=True):
                        assert (a.value == b.value) == (a.entry != entry)
                        if a.entry == entry:
                            assert b.value.amount == 26_000
        for day in outside:
            assert ask(day) == ask(day, book=book)


def test_the_direct_award_rests_on_both_amounts() -> None:
    assert ("fr/direct-award", "below-amount") in resting_on(from_rennes(VISIT), "fr/direct-ceiling-supplies-services")
    assert ("ca-qc/direct-award", "below-amount") in resting_on(from_longueuil(VISIT), "ca-qc/invitation-floor")


def test_a_first_day_of_a_copy_moves_the_device_and_nothing_else(edited: Edit) -> None:
    book = edited(
        "fr/social.toml", "[[reserved-both.version]]\nfrom = 2020-12-09", "[[reserved-both.version]]\nfrom = 2021-02-01"
    )
    for day in (date(2020, 12, 8), date(2021, 2, 1), VISIT, BEFORE):
        assert {key[0] for key in differing(from_rennes(day), from_rennes(day, book=book))} <= {"absent", "fr/reserved-both"}
        assert set(devices(from_rennes(day))) == set(devices(from_rennes(day, book=book)))
    for day in (date(2020, 12, 9), date(2021, 1, 31)):
        own, copied = from_rennes(day), from_rennes(day, book=book)
        assert set(devices(own)) - set(devices(copied)) == {"fr/reserved-both"}
        assert set(absent(copied)) - set(absent(own)) == {"fr/reserved-both"}
        assert {key[0] for key in differing(own, copied)} == {"absent", "fr/reserved-both"}
        assert from_longueuil(day) == from_longueuil(day, book=book)
        assert transpose("fr/reserved-both", to=LONGUEUIL, on=day, book=book).devices == ()


def test_a_first_day_on_the_other_side_moves_the_match(edited: Edit) -> None:
    head, first, moved = "[[bylaw-award-rules.version]]\nfrom = ", date(2018, 1, 1), date(2017, 1, 1)
    book = edited("ca-qc/by-law.toml", f"{head}{first}", f"{head}{moved}")
    own, copied = from_rennes(VISIT), from_rennes(VISIT, book=book)
    assert matches(devices(own)["fr/adapted-procedure"]) == {
        "own-terms": "none",
        "small": "part",
        "up-to-amount": "none",
        "notice": "none",
    }
    assert matches(devices(copied)["fr/adapted-procedure"]) == {
        "own-terms": "part",
        "small": "part",
        "up-to-amount": "part",
        "notice": "none",
    }
    assert devices(own)["fr/adapted-procedure"].verdict == devices(copied)["fr/adapted-procedure"].verdict == "partial"
    assert own.edition == copied.edition == EDITION
    verdicts = {one.id for one, other in zip(own.devices, copied.devices, strict=True) if one.verdict != other.verdict}
    assert not verdicts  # something else gives part of each of them already
    resting = {device for device, _ in resting_on(own, "ca-qc/bylaw-award-rules")}
    assert {device for device, _ in differing(own, copied)} <= resting
    for day in (moved - ONE_DAY, first):
        assert from_rennes(day) == from_rennes(day, book=book)
    # The other way round the entry is what a device is there from.
    assert set(devices(from_longueuil(VISIT, book=book))) - set(devices(from_longueuil(VISIT))) == {"ca-qc/bylaw-direct"}


def test_a_copy_that_is_less_sure_adds_its_caveat_where_it_is_used(edited: Edit) -> None:
    amount = version("direct-ceiling-supplies-services", "2020-01-01", '"40000"')
    book = edited("fr/thresholds.toml", amount, f'{amount}from_confidence = "inferred"\n')
    text = (SOURCE / "fr" / "thresholds.toml").read_text(encoding="utf-8")
    assert "from_confidence" not in text.partition(amount)[2].partition("[[")[0]
    day = date(2020, 1, 1)
    own, copied = from_rennes(day), from_rennes(day, book=book)
    using = {device for device, _ in resting_on(own, "fr/direct-ceiling-supplies-services")}
    assert using
    assert differing(own, copied) == {(device, "") for device in using}
    for id in using:
        added = set(devices(copied)[id].caveats) - set(devices(own)[id].caveats)
        assert [(one.kind, one.id) for one in added] == [("inferred", "fr/direct-ceiling-supplies-services")]


class Patched:
    """The book with some entries replaced: all that is asked of a book is an entry by its id."""

    def __init__(self, **changed: Parameter) -> None:
        self.changed = {one.id: one for one in changed.values()}

    def __getitem__(self, id: str, /) -> Parameter:
        return self.changed.get(id) or law[id]


def lost(id: str, start: date) -> Patched:
    """The book, where what an entry says from a day on is not known."""
    gap = GapEntry(start=start, end=None, reason_fr="Le texte est perdu.", reason_en="The text is lost.", held_before=True)
    kept = tuple(attrs.evolve(one, end=min(one.end or start, start)) for one in law[id].versions if one.start < start)
    return Patched(entry=attrs.evolve(law[id], versions=kept, gaps=(gap,), repealed=None))


def test_a_gap_of_a_copy_makes_the_device_undetermined() -> None:
    """Its power has no match on the other side, so that the elements alone would say ``none``."""
    book = lost("ca-qc/bylaw-social-margin", BEFORE)
    own, copied = (devices(from_longueuil(BEFORE, **rest)) for rest in ({}, {"book": book}))
    assert own["ca-qc/bylaw-social-margin"].verdict == "none"
    found = copied["ca-qc/bylaw-social-margin"]
    assert found.verdict is UNKNOWN
    assert found.here.standing == "not_known"
    assert found.here.reason == Text("Le texte est perdu.", "The text is lost.")
    assert found.here.citations == law["ca-qc/bylaw-social-margin"].on(BEFORE).citations
    assert {id for id in own if own[id] != copied[id]} == {found.id}
    assert from_longueuil(BEFORE - ONE_DAY, book=book) == from_longueuil(BEFORE - ONE_DAY)
    assert "The text is lost." in from_longueuil(BEFORE, book=book).explain("en")


def test_a_gap_of_a_copy_on_the_other_side_leaves_the_match_open() -> None:
    report = from_longueuil(SCHEME, book=lost("fr/social-criterion", SCHEME))
    found = devices(report)["ca-qc/tied-criteria"]
    assert matches(found) == {"linked": "part", "social": UNKNOWN}
    assert found.verdict is UNKNOWN
    (_, social) = found.elements
    assert social.lacking == Text("Le texte est perdu.", "The text is lost.")
    assert social.change == law["fr/social-criterion"].on(SCHEME).citations


def test_what_is_not_known_and_is_no_power_does_not_move_a_verdict_in_part() -> None:
    """With its match the device would be in part, and without it too: that is said."""
    found = devices(from_longueuil(SCHEME, book=lost("fr/award-several-criteria", SCHEME)))["ca-qc/tied-criteria"]
    assert matches(found) == {"linked": UNKNOWN, "social": "part"}
    assert found.verdict == "partial"


def test_a_term_that_has_passed_is_not_known_though_no_gap_says_so() -> None:
    id, after = "fr/formal-threshold-supplies-services", date(2028, 1, 1)
    book = Patched(entry=attrs.evolve(law[id], gaps=()))
    side = elements(devices(from_rennes(after, book=book))["fr/adapted-procedure"])["up-to-amount"].here_amount
    assert side is not None
    assert (side.standing, side.value) == ("not_known", None)
    assert side.reason is not None
    assert side.reason.en == "The value is known only for a term that has passed."
    assert side.citations == law[id].versions[-1].citations
    assert from_rennes(after - ONE_DAY, book=book) == from_rennes(after - ONE_DAY)


def test_what_has_ended_is_cited_as_it_last_was() -> None:
    first, second = law["fr/labels"].versions
    assert first.citations != second.citations
    ended = attrs.evolve(law["fr/labels"], versions=(first, attrs.evolve(second, end=BEFORE)), repealed=BEFORE)
    side = absent(from_rennes(BEFORE, book=Patched(entry=ended)))["fr/labels"]
    assert (side.reason, side.citations) == (NO_LONGER, second.citations)
    assert absent(from_rennes(date(2016, 3, 31)))["fr/labels"].citations == first.citations


# --- the tables of the page ------------------------------------------------------------------------------------------

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "transposition.md"
WORDS = {"available": "possible", "partial": "in part", "none": "no basis"}


def table(of: Any, to: Any) -> str:
    """The verdict of every device of a city on the named days, as the page has it; a dash where the device is absent."""
    reports = [devices(transpose(of, to=to, on=day)) for day in (VISIT, SCHEME, BEFORE, AFTER)]
    lines = ["| device | " + " | ".join(day.isoformat() for day in (VISIT, SCHEME, BEFORE, AFTER)) + " |"]
    lines.append("|---" * 5 + "|")
    for one in mappings():
        found = [report.get(one.id) for report in reports]
        cells = ["–" if d is None else "undetermined" if d.verdict is UNKNOWN else WORDS[str(d.verdict)] for d in found]
        if any(found):
            lines.append(f"| `{one.id}` | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


@each_way
def test_the_page_has_the_verdicts_of_the_four_days(of: Any, to: Any) -> None:
    """The tables are printed by `python tests/unit/test_transposition.py`."""
    assert table(of, to) in PAGE.read_text(encoding="utf-8")


if __name__ == "__main__":
    for way in WAYS.values():
        sys.stdout.write(table(*way) + "\n")
