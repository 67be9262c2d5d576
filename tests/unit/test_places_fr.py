"""The two bodies of Rennes: their numbers, how each fact is known, and the schemes they voted; and the named days."""

import json
from datetime import date

import pytest
from stdnum.fr import siren, siret

from procurelib.errors import UnknownId
from procurelib.models import City
from procurelib.places import cities, scenarios
from procurelib.places.files import FOLDER, mark, read_toml
from procurelib.unknown import UNKNOWN

BODIES = ("fr/rennes", "fr/rennes-metropole")

# Body, its numbers by name; the city's INSEE code names a commune, which the metropolis is not.
NUMBERS = {
    "fr/rennes": {"siren": "213502388", "siret": "21350238800019", "insee": "35238"},
    "fr/rennes-metropole": {"siren": "243500139", "siret": "24350013900189"},
}


@pytest.mark.parametrize("id", BODIES)
def test_the_numbers_pass_their_own_checks_and_agree(id: str) -> None:
    body = cities[id]
    numbers = dict(body.identifiers)
    assert numbers == NUMBERS[id]
    assert siren.is_valid(numbers["siren"])
    assert siret.is_valid(numbers["siret"])
    assert siret.to_siren(numbers["siret"]) == numbers["siren"]
    assert body.code == f"fr/{numbers['siren']}"
    assert cities[f"fr/{numbers['siren']}"] is body


def test_the_city_and_the_metropolis_are_bodies_of_french_law() -> None:
    rennes, metropole = (cities[id] for id in BODIES)
    assert (rennes.kind, metropole.kind) == ("municipality", "metropolis")
    assert (rennes.official_name, metropole.official_name) == ("Ville de Rennes", "Rennes Métropole")
    for body in (rennes, metropole):
        assert (body.country, body.jurisdiction, body.subdivision) == ("FR", "fr", None)
        assert body.bylaws is UNKNOWN
        assert body.governing_act is UNKNOWN
        assert City.from_dict(json.loads(json.dumps(body.to_dict()))) == body
    assert [id for id in cities if id.startswith("fr/")] == list(BODIES)


@pytest.mark.parametrize("id", BODIES)
def test_every_fact_says_how_it_is_known(id: str) -> None:
    body = cities[id]
    known = {basis.fact: basis for basis in body.basis}
    given = {"code", "name", "official_name", "identifiers"} | ({"kind"} if id == "fr/rennes-metropole" else set())
    assert set(known) == given
    assert {known[fact].confidence for fact in ("code", "name")} == {"official"}
    assert known["identifiers"].confidence == "secondary"  # the SIRET was read in third-party copies
    assert all("https://" in basis.source for basis in body.basis)


@pytest.mark.parametrize("id", BODIES)
def test_spending_reported_without_its_tax_basis_is_a_note_not_a_fact(id: str) -> None:
    body = cities[id]
    assert body.annual_purchases == ()
    for note in (body.note_fr, body.note_en):
        assert note is not None
        assert "http" in note
    assert "restent inconnus" in str(body.note_fr)
    assert "remain unknown" in str(body.note_en)


def test_each_body_voted_its_own_scheme() -> None:
    votes = {scheme.id: scheme.adopted for id in BODIES for scheme in cities[id].schemes}
    assert votes == {
        "fr/rennes-scheme-2018": (date(2018, 4, 16), date(2018, 4, 16)),
        "fr/rennes-scheme-2024": (date(2024, 9, 11), date(2024, 9, 20)),
        "fr/rennes-metropole-scheme-2018": (date(2018, 5, 17), date(2018, 5, 17)),
        "fr/rennes-metropole-scheme-2024": (date(2024, 9, 11), date(2024, 10, 21)),
    }
    for id in BODIES:
        first, second = cities[id].schemes
        assert (first.start_year, first.end_year) == (None, None)
        assert (second.start_year, second.end_year) == (2024, 2027)
        for scheme in (first, second):
            assert scheme.confidence == "secondary"
            assert "https://" in scheme.source
            assert scheme.note_fr
            assert scheme.note_en


@pytest.mark.parametrize(
    ("scenario", "rennes", "metropole"),
    [
        ("rennes-visit-2017", [False, False], [False, False]),
        ("rennes-scheme-2018", [True, False], [False, False]),
        ("before-lcom", [True, True], [True, True]),
        ("after-lcom", [True, True], [True, True]),
    ],
)
def test_which_schemes_had_been_voted_on_a_named_day(scenario: str, rennes: list[bool], metropole: list[bool]) -> None:
    day = scenarios[scenario].day
    assert [scheme.adopted_by(day) for scheme in cities["fr/rennes"].schemes] == rennes
    assert [scheme.adopted_by(day) for scheme in cities["fr/rennes-metropole"].schemes] == metropole


def test_a_vote_whose_day_is_not_known_may_or_may_not_have_been_held() -> None:
    second = cities["fr/rennes"].schemes[1]
    assert second.adopted_by(date(2024, 9, 10)) is False
    assert second.adopted_by(date(2024, 9, 17)) is None
    assert second.adopted_by(date(2024, 9, 20)) is True


def test_the_named_days() -> None:
    assert {id: scenario.day.isoformat() for id, scenario in scenarios.items()} == {
        "rennes-visit-2017": "2017-01-24",
        "rennes-scheme-2018": "2018-05-01",
        "before-lcom": "2026-03-31",
        "after-lcom": "2026-10-01",
    }
    for scenario in scenarios.values():
        texts = (scenario.title_fr, scenario.title_en, scenario.note_fr, scenario.note_en, scenario.source)
        assert all(text.strip() == text != "" for text in texts)
        assert scenario.title_fr != scenario.title_en
    with pytest.raises(UnknownId) as caught:
        scenarios["rennes-visit"]
    assert "rennes-visit-2017" in caught.value.near


@pytest.mark.parametrize("file", ["fr.toml", "scenarios.toml"])
def test_the_compiled_twin_is_what_the_file_says(file: str) -> None:
    source = FOLDER / file
    twin = json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))
    remedy = "run python -m procurelib.places"
    assert twin.pop("of") == mark(source.read_bytes()), remedy
    assert twin == read_toml(source), remedy
