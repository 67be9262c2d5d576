"""Transposition over random days, both ways: the report is what its parts say, and its parts are what the book says."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from procurelib import cities
from procurelib.citations import Citation, Text
from procurelib.law import law
from procurelib.models.city import City
from procurelib.money import Money
from procurelib.social.mappings import DeviceMapping, mappings
from procurelib.social.transposition import Device, Element, Side, Transposition, transpose
from procurelib.unknown import UNKNOWN

FIRST, LAST = date(2013, 1, 1), date(2027, 12, 31)
ONE_DAY, A_YEAR = timedelta(days=1), timedelta(days=365)
BUYERS = {"fr": ("fr/rennes", "fr/rennes-metropole"), "ca-qc": ("ca-qc/longueuil", "ca-qc/montreal")}
WAYS = [(cities[of], cities[to]) for of, to in itertools.product(BUYERS["fr"], BUYERS["ca-qc"])]
WAYS += [(to, of) for of, to in WAYS]
POLICIES = {  # whose each is, and whether it stands in a scheme that has to be voted
    "fr/systematic-consultation": (("fr/rennes", "fr/rennes-metropole"), True),
    "fr/rennes-works-clause-floor": (("fr/rennes", "fr/rennes-metropole"), True),
    "ca-qc/longueuil-preference-margin": (("ca-qc/longueuil", "ca-qc/agglomeration-longueuil"), False),
    "ca-qc/longueuil-preference-ceiling": (("ca-qc/longueuil", "ca-qc/agglomeration-longueuil"), False),
}


def entries(one: DeviceMapping) -> set[str]:
    """Every entry of the book that what is said of a device may rest on."""
    named = {one.entry}
    for element in one.elements:
        named |= {id for id in (element.here, element.there, element.amount, element.there_amount) if id is not None}
        named.update(element.change)
    return named


def turns(id: str) -> Iterator[date]:
    """The days on which what the book says under an entry may change, or how sure it is."""
    entry = law[id]
    for version in entry.versions:
        yield version.start
        if version.end is not None:
            yield version.end
        if version.known_until is not None:
            yield version.known_until + ONE_DAY
        yield version.checked + A_YEAR + ONE_DAY  # from then on it has not been checked for long
        if version.from_confidence is not None:  # a first day that is not sure matters for a year
            yield version.start + A_YEAR + ONE_DAY
        if version.from_window is not None:  # the days of doubt carry a caveat
            yield version.from_window[0]
            yield version.from_window[1]
            yield version.from_window[1] + ONE_DAY
    for gap in entry.gaps:
        yield gap.start
        if gap.end is not None:
            yield gap.end
    if entry.repealed is not None:
        yield entry.repealed
    for reading in entry.readings:
        yield reading.start
        if reading.end is not None:
            yield reading.end


TURNS = sorted({day for one in mappings() for id in entries(one) for day in turns(id) if FIRST <= day <= LAST})
VOTES = {
    day + n * ONE_DAY for ids in BUYERS.values() for id in ids for s in cities[id].schemes for day in s.adopted for n in (0, 1)
}
EDGES = sorted({day + n * ONE_DAY for day in (*TURNS, *VOTES) for n in (-1, 0, 1) if FIRST <= day + n * ONE_DAY <= LAST})
days = st.dates(FIRST, LAST) | st.sampled_from(EDGES)
ways = st.sampled_from(WAYS)
on_days = given(way=ways, on=days)
days_after_another = st.dates(FIRST + ONE_DAY, LAST) | st.sampled_from([day for day in EDGES if day > FIRST])


def sides(element: Element) -> Iterator[Side]:
    yield from (x for x in (element.here, element.there, element.here_amount, element.there_amount) if x is not None)


def every_side(report: Transposition) -> Iterator[Side]:
    yield from report.absent
    for device in report.devices:
        yield device.here
        for element in device.elements:
            yield from sides(element)


def voted(city: City, on: date) -> bool:
    return any(scheme.adopted[1] <= on for scheme in city.schemes)


def closed(id: str, on: date, compared: tuple[City, ...]) -> str | None:
    """Why a policy is not one of the city of its law among those compared."""
    owners, in_scheme = POLICIES.get(id, ((), False))
    for city in compared:
        if owners and id.partition("/")[0] == city.jurisdiction:
            if city.id not in owners:
                return "It is the policy of another city."
            if in_scheme and not voted(city, on):
                return "The city had not certainly voted its scheme by that day."
    return None


def standing(id: str, on: date, compared: tuple[City, ...]) -> str:
    """What the book says of an entry on a day, worked out from its versions and gaps, and from whose policy it is."""
    entry = law[id]
    if any(gap.start <= on and (gap.end is None or on < gap.end) for gap in entry.gaps):
        return "not_known"
    if closed(id, on, compared) is not None:
        return "absent"
    begun = [version for version in entry.versions if version.start <= on]
    if not begun:
        return "absent"
    last = begun[-1]
    if last.known_until is not None and last.known_until < on:
        return "not_known"
    return "absent" if last.end is not None and last.end <= on else "in_force"


def one_word(elements: list[tuple[str, str]]) -> str:
    """The verdict when every match is known."""
    found = Counter(match for _, match in elements)
    if found["same"] == len(elements):
        return "available"
    powers = {match for kind, match in elements if kind == "power"}
    return "none" if found["none"] == len(elements) or powers == {"none"} else "partial"


def verdict(device: Device) -> object:
    """The verdict, once for each way in which what is not known may turn out."""
    if device.here.standing == "not_known":
        return UNKNOWN
    each = [
        [(element.kind, match) for match in (("same", "part", "none") if element.match is UNKNOWN else (element.match,))]
        for element in device.elements
    ]
    words = {one_word(list(turned_out)) for turned_out in itertools.product(*each)}
    return words.pop() if len(words) == 1 else UNKNOWN


@on_days
def test_the_verdict_is_what_the_elements_make_it(way: tuple[City, City], on: date) -> None:
    for device in transpose(way[0], to=way[1], on=on).devices:
        assert device.elements
        assert device.verdict == verdict(device)
        assert (device.verdict is UNKNOWN) == (verdict(device) is UNKNOWN)


@on_days
def test_every_device_is_told_once_as_there_or_as_absent(way: tuple[City, City], on: date) -> None:
    of, to = way
    report = transpose(of, to=to, on=on)
    wanted = [one for one in mappings() if one.of == of.jurisdiction and (not one.cities or of.id in one.cities)]
    assert wanted
    assert all(one.to == to.jurisdiction for one in wanted)
    told = [device.here.entry for device in report.devices] + [side.entry for side in report.absent]
    assert Counter(told) == Counter(one.entry for one in wanted)
    order = [one.id for one in wanted]
    assert [one.id for one in report.devices] == sorted((one.id for one in report.devices), key=order.index)
    assert not {one.here.entry for one in report.devices} & {side.entry for side in report.absent}
    by_id = {one.id: one for one in wanted}
    for device in report.devices:
        assert device.here.entry == by_id[device.id].entry


@on_days
def test_a_device_is_there_when_its_law_is_in_force_or_not_known(way: tuple[City, City], on: date) -> None:
    of, to = way
    report = transpose(of, to=to, on=on)
    by_entry = {one.entry: one for one in mappings()}
    for device in report.devices:
        assert device.here.standing == standing(device.here.entry, on, way) != "absent"
        if by_entry[device.here.entry].needs_scheme:
            assert voted(of, on)
    for side in report.absent:
        assert side.standing == "absent"
        by_law = by_entry[side.entry].needs_scheme and not voted(of, on)
        assert by_law or standing(side.entry, on, way) == "absent"
        assert side.reason is not None
        if standing(side.entry, on, ()) != "absent":
            assert by_entry[side.entry].needs_scheme
            assert not voted(of, on)


@on_days
def test_the_elements_are_those_the_law_of_the_day_has(way: tuple[City, City], on: date) -> None:
    by_id = {one.id: one for one in mappings()}
    for device in transpose(way[0], to=way[1], on=on).devices:
        mapping = by_id[device.id]
        held = [
            e.id
            for e in mapping.elements
            if standing(e.here, on, way) != "absent" and (e.amount is None or standing(e.amount, on, way) != "absent")
        ]
        assert [e.id for e in device.elements] == held
        given_by = {one.id: one for one in mapping.elements}
        for element in device.elements:
            one = given_by[element.id]
            assert (element.kind, element.what, element.source, element.confidence) == (
                one.kind, one.what, one.source, one.confidence
            )  # fmt: skip
            named = (element.here, element.there, element.here_amount, element.there_amount)
            assert tuple(side and side.entry for side in named) == (one.here, one.there, one.amount, one.there_amount)


@on_days
def test_a_match_is_the_mapping_s_where_the_book_holds_both_sides(way: tuple[City, City], on: date) -> None:
    given_by = {(device.id, one.id): one for device in mappings() for one in device.elements}
    for device in transpose(way[0], to=way[1], on=on).devices:
        for element in device.elements:
            one = given_by[device.id, element.id]
            amounts = [side for side in (element.here_amount, element.there_amount) if side is not None]
            open_amounts = [side.reason for side in amounts if standing(side.entry, on, way) == "not_known"]
            here = standing(one.here, on, way)
            there = None if one.there is None else standing(one.there, on, way)
            if here == "not_known":
                assert element.match is UNKNOWN
                assert element.lacking == element.here.reason
            elif one.there is None or element.there is None:
                assert (one.there, element.there) == (None, None)
                assert (one.match, element.match, element.lacking) == ("none", "none", one.lacking)
            elif there == "not_known":
                assert element.match is UNKNOWN
                assert element.lacking == element.there.reason
            elif there == "absent":
                assert (element.match, element.lacking) == ("none", element.there.reason)
            elif open_amounts and one.match != "none":
                assert element.match is UNKNOWN
                assert element.lacking in open_amounts
            else:
                assert (element.match, element.lacking) == (one.match, one.lacking)


@on_days
def test_only_what_is_not_the_same_lacks_something(way: tuple[City, City], on: date) -> None:
    for device in transpose(way[0], to=way[1], on=on).devices:
        for element in device.elements:
            if element.match == "same":
                assert element.there is not None
                assert {side.standing for side in (element.here, element.there)} == {"in_force"}
                assert "not_known" not in {side.standing for side in sides(element)}
                assert element.lacking is None
                assert element.change == ()
            else:
                assert element.match in ("part", "none") or element.match is UNKNOWN
                assert element.lacking is not None
                assert element.lacking.fr.endswith(".")
                assert element.lacking.en.endswith(".")


@on_days
def test_what_stands_in_the_way_is_written_in_the_other_law_and_no_longer_cited_once_gone(
    way: tuple[City, City], on: date
) -> None:
    given_by = {(device.id, one.id): one for device in mappings() for one in device.elements}
    for device in transpose(way[0], to=way[1], on=on).devices:
        for element in device.elements:
            if element.match == "same":
                continue
            one = given_by[device.id, element.id]
            expected: dict[Citation, None] = {}
            for id in one.change or ((one.there,) if one.there is not None else ()):
                held = law[id].at(on)
                if closed(id, on, way) is not None:
                    continue
                if held is not None:
                    expected.update(dict.fromkeys(held.citations))
                elif standing(id, on, way) == "not_known":
                    gap = law[id].gap(on)
                    before = [v for v in law[id].versions if v.start <= on]
                    if before and (gap is None or gap.held_before):
                        expected.update(dict.fromkeys(before[-1].citations))
            assert element.change == tuple(expected)


@on_days
def test_each_side_is_what_the_book_says_of_it_on_the_day(way: tuple[City, City], on: date) -> None:
    for side in every_side(transpose(way[0], to=way[1], on=on)):
        version = law[side.entry].at(on)
        assert side.unit == law[side.entry].unit
        if isinstance(side.value, Money):
            assert side.unit == side.value.currency
        if side.standing == "in_force":
            assert version is not None
            assert side.value == version.value
            assert type(side.value) is type(version.value)
            assert side.citations == version.citations != ()
            assert side.reason is None
        else:
            assert side.value is None
            assert side.reason is not None


@on_days
def test_each_side_of_an_element_stands_as_the_book_says(way: tuple[City, City], on: date) -> None:
    for device in transpose(way[0], to=way[1], on=on).devices:
        for element in device.elements:
            for side in sides(element):
                assert side.standing == standing(side.entry, on, way)
                if side.standing == "not_known":
                    gap = law[side.entry].gap(on)
                    if gap is not None:
                        assert side.reason == Text(gap.reason_fr, gap.reason_en)
                elif side.standing == "absent":
                    first = law[side.entry].versions[0].start
                    assert side.reason is not None
                    ended = "This rule is no longer in force on that day."
                    by_law = "This rule did not exist yet on that day." if on < first else ended
                    assert side.reason.en == (closed(side.entry, on, way) or by_law)


@on_days
def test_caveats_are_about_what_the_device_rests_on(way: tuple[City, City], on: date) -> None:
    for device in transpose(way[0], to=way[1], on=on).devices:
        used = {device.here.entry, *(side.entry for element in device.elements for side in sides(element))}
        assert {caveat.id for caveat in device.caveats} <= used
        assert len(set(device.caveats)) == len(device.caveats)
        weak = {id for id in used if (held := law[id].at(on)) is not None and held.confidence in ("inferred", "unverified")}
        assert weak <= {caveat.id for caveat in device.caveats if caveat.kind in ("inferred", "unverified")}


def spaces(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text)


@given(way=ways, on=days, locale=st.sampled_from(("fr", "en")))
def test_rows_and_page_tell_every_device(way: tuple[City, City], on: date, locale: str) -> None:
    report = transpose(way[0], to=way[1], on=on)
    page = spaces(report.explain(locale))
    lines = page.splitlines()
    for device in report.devices:
        title = spaces(device.title.fr if locale == "fr" else device.title.en)
        mark = " :" if locale == "fr" else ":"
        assert sum(line.startswith(f"- {title}{mark} ") for line in lines) >= 1
        assert title in lines
    for side in report.absent:
        assert spaces(side.title.fr if locale == "fr" else side.title.en) in page
    assert "{" not in page
    rows = report.rows()
    assert [(row["device"], row["element"]) for row in rows] == [(d.id, e.id) for d in report.devices for e in d.elements]
    assert json.loads(json.dumps(rows)) == rows


@on_days
def test_a_report_is_read_back_as_it_was_written(way: tuple[City, City], on: date) -> None:
    report = transpose(way[0], to=way[1], on=on)
    assert Transposition.from_dict(json.loads(json.dumps(report.to_dict()))) == report


def of_the_day(report: Transposition) -> Any:
    return attrs.evolve(report, on=FIRST)


@given(way=ways, on=days_after_another)
@example(way=WAYS[0], on=date(2014, 2, 1))
def test_between_two_days_on_which_no_law_changes_nothing_does(way: tuple[City, City], on: date) -> None:
    of, to = way
    before, after = transpose(of, to=to, on=on - ONE_DAY), transpose(of, to=to, on=on)
    votes = on in {day for city in way for scheme in city.schemes for day in scheme.adopted}
    by_entry = {one.entry: one for one in mappings()}
    moved = {entry for entry, one in by_entry.items() if any(on in set(turns(id)) for id in entries(one))}
    in_scheme = {id for id, (_, needs_vote) in POLICIES.items() if needs_vote}
    moved |= {entry for entry, one in by_entry.items() if votes and entries(one) & in_scheme}
    left = {one.here.entry: one for one in before.devices} | {side.entry: side for side in before.absent}
    right = {one.here.entry: one for one in after.devices} | {side.entry: side for side in after.absent}
    assert {entry for entry in left.keys() | right.keys() if left.get(entry) != right.get(entry)} <= moved
    if not moved:
        assert of_the_day(before) == of_the_day(after)


@pytest.mark.parametrize(("of", "to"), WAYS[:1] + WAYS[-1:])
def test_the_report_changes_with_the_law(of: City, to: City) -> None:
    """The law moves on few days, and a report of each way sees several of them: otherwise the test above proves nothing."""
    seen = [
        day
        for day in TURNS
        if day > FIRST and of_the_day(transpose(of, to=to, on=day - ONE_DAY)) != of_the_day(transpose(of, to=to, on=day))
    ]
    assert date(2016, 4, 1) in seen
    assert date(2026, 4, 1) in seen
    assert len(seen) > 10


@given(way=st.sampled_from([way for way in WAYS if way[1].jurisdiction == "ca-qc"]), on=days)
def test_another_city_under_the_same_act_changes_its_name_only(way: tuple[City, City], on: date) -> None:
    of, to = way
    (other,) = (cities[id] for id in BUYERS["ca-qc"] if id != to.id)
    one, two = transpose(of, to=to, on=on), transpose(of, to=other, on=on)
    assert two.to == other.id
    assert attrs.evolve(two, to=one.to, to_title=one.to_title) == one


@given(to=st.sampled_from([way[1] for way in WAYS]), on=days)
def test_one_lever_is_held_to_the_policy_of_the_other_city_only(to: City, on: date) -> None:
    for one in (one for one in mappings() if one.to == to.jurisdiction):
        report = transpose(one.id, to=to, on=on)
        assert report.lever
        assert len(report.devices) + len(report.absent) == 1
        assert bool(report.absent) == (standing(one.entry, on, ()) == "absent")
        for device in report.devices:
            for element in device.elements:
                for side in sides(element):
                    assert side.standing == standing(side.entry, on, (to,))
