"""The mappings between the two laws: written by hand, so everything that can be checked without a reader is checked here."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from procurelib.law import law
from procurelib.places import cities

TEXT = files("procurelib.social").joinpath("mappings.toml").read_text(encoding="utf-8")
DEVICES: list[dict[str, Any]] = tomllib.loads(TEXT)["device"]
ELEMENTS = [(d, e) for d in DEVICES for e in d["element"]]
NAMES = [f"{d['id']}.{e['id']}" for d, e in ELEMENTS]

# Which folders of the book are the law of a side: its own, and the agreements that bind it.
SIDES = {"fr": ("fr/", "eu/"), "ca-qc": ("ca-qc/", "trade/")}
KINDS = {"who", "asked", "amount", "published", "power"}
MATCHES = {"same", "part", "none"}
CONFIDENCES = {"secondary", "inferred", "unverified"}
NEEDS = {"id", "kind", "what", "here", "match", "source", "confidence"}
MAY = {"amount", "there", "there_amount", "lacking", "change"}


def each(text: str) -> list[str]:
    """The words of a line."""
    return text.split()


OF_RENNES = each(
    "direct-award adapted-procedure reserved-disability reserved-insertion reserved-both reserved-prison reserved-ess "
    "lots-rule small-lot performance-clause social-criterion insertion-services equal-offers-preference quarter-preference "
    "labels purchasing-scheme systematic-consultation"
)
OF_LONGUEUIL = each(
    "direct-award bylaw-direct nonprofit-body nonprofit-listed-services nonprofit-goods qualified-solidarity-cooperative "
    "invitation-lists price-requests tied-criteria bylaw-social-margin longueuil-preference canadian-provenance "
    "responsible-procurement-policy"
)
EXPECTED = [*(f"fr/{name}" for name in OF_RENNES), *(f"ca-qc/{name}" for name in OF_LONGUEUIL)]

# English words that are no French ones: a French sentence that has one was not translated.
NOT_FRENCH = set(each("the of and is are was with without from until below above which whether may must only not no it its"))

each_device = pytest.mark.parametrize("device", DEVICES, ids=[d["id"] for d in DEVICES])
each_element = pytest.mark.parametrize(("device", "element"), ELEMENTS, ids=NAMES)


def sentences(element: dict[str, Any]) -> list[tuple[str, str]]:
    """The texts of an element with their language."""
    return [(language, element[key][language]) for key in ("what", "lacking") if key in element for language in ("fr", "en")]


def test_the_devices_are_the_known_ones_once_each() -> None:
    assert Counter(d["id"] for d in DEVICES) == Counter(EXPECTED)


@each_device
def test_a_device_is_complete(device: dict[str, Any]) -> None:
    assert set(device) - {"cities", "needs_scheme"} == {"id", "entry", "from", "to", "element"}
    assert all(city in cities for city in device.get("cities", ()))
    assert {device["from"], device["to"]} == set(SIDES)
    assert device["id"].startswith(f"{device['from']}/")
    assert device["entry"].startswith(f"{device['from']}/")
    assert law[device["entry"]].versions, "a device exists from the first day of its entry"
    ids = [e["id"] for e in device["element"]]
    assert 2 <= len(ids) <= 7
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", one) for one in ids)


@each_element
def test_an_element_has_the_known_keys(device: dict[str, Any], element: dict[str, Any]) -> None:
    assert set(element) >= NEEDS
    assert not set(element) - NEEDS - MAY
    assert element["kind"] in KINDS
    assert element["match"] in MATCHES
    assert element["confidence"] in CONFIDENCES
    assert re.match(r"https?://\S+|none: \S", element["source"])


@each_element
def test_every_entry_named_exists_on_its_side(device: dict[str, Any], element: dict[str, Any]) -> None:
    here = [element[key] for key in ("here", "amount") if key in element]
    there = [element[key] for key in ("there", "there_amount") if key in element] + element.get("change", [])
    assert [id for id in here + there if id not in law] == []
    assert all(id.startswith(SIDES[device["from"]]) for id in here)
    assert all(id.startswith(SIDES[device["to"]]) for id in there)
    assert len(set(element.get("change", []))) == len(element.get("change", []))


@each_element
def test_the_device_s_own_side_states_the_element(device: dict[str, Any], element: dict[str, Any]) -> None:
    assert law[element["here"]].versions


@each_element
def test_an_amount_is_a_number(device: dict[str, Any], element: dict[str, Any]) -> None:
    for key in ("amount", "there_amount"):
        if key in element:
            parameter = law[element[key]]
            assert parameter.unit not in {"provision", "code", "codes"}
            assert parameter.versions
    assert "there_amount" not in element or "there" in element


@each_element
def test_what_is_lacking_goes_with_the_match(device: dict[str, Any], element: dict[str, Any]) -> None:
    if element["match"] == "same":
        assert "there" in element
        assert "lacking" not in element
        assert "change" not in element
        return
    assert element["lacking"]
    assert element["change"]
    assert all(law[id].versions for id in element["change"]), "what would have to change is cited by its article"
    if "there" not in element:
        assert element["match"] == "none"
        return
    # Naming an entry that gives nothing is right only where the book does not know either.
    assert (element["match"] == "none") == (not law[element["there"]].versions)


@each_element
def test_both_languages_are_there(device: dict[str, Any], element: dict[str, Any]) -> None:
    for key in ("what", "lacking"):
        if key in element:
            assert set(element[key]) == {"fr", "en"}
            assert element[key]["fr"] != element[key]["en"]
    for language, text in sentences(element):
        assert text.endswith(".")
        assert text == text.strip()
        assert len(text) <= 130, "one short sentence"
        if language == "fr":
            assert not NOT_FRENCH & set(re.findall(r"[a-zà-ÿœ]+", text.lower()))


@each_element
def test_no_sentence_holds_a_code_or_an_amount(device: dict[str, Any], element: dict[str, Any]) -> None:
    for _, text in sentences(element):
        assert not re.search(r"_|ca-qc|\b(?:fr|eu|trade)/|\b[a-z]+-[a-z]+/|[$€%]", text)
        assert set(re.findall(r"\d+", text)) <= {"2006"}, "days and amounts stay in the book"


@each_element
def test_typography(device: dict[str, Any], element: dict[str, Any]) -> None:
    for language, text in sentences(element):
        assert "'" not in text
        assert '"' not in text
        if language == "fr":
            assert not re.search(r"\S:|\s;", text)
        else:
            assert not re.search(r"\s[:;]", text)


def test_every_kind_and_every_match_is_used() -> None:
    assert {e["kind"] for _, e in ELEMENTS} == KINDS
    assert {e["match"] for _, e in ELEMENTS} == MATCHES
