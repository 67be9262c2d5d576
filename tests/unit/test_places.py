"""The shipped cities, and the directory a user brings."""

import json
import pickle
import re

import pytest

from procurelib.errors import InputError, UnknownId
from procurelib.models import City
from procurelib.places import Cities, Directory, cities
from procurelib.unknown import UNKNOWN

QUEBEC = {id: city for id, city in cities.items() if city.jurisdiction == "ca-qc"}
HEADER = "mcode,munnom,mcodedesi,mdes,mpopul\n"


def test_a_city_answers_to_its_code_and_to_its_name():
    assert cities["ca-qc/58227"] is cities["ca-qc/longueuil"]
    assert cities["ca-qc/longueuil"].id == "ca-qc/longueuil"
    assert cities["ca-qc/58227"].official_name == "Ville de Longueuil"
    assert "ca-qc/58227" in cities
    assert "ca-qc/longueuil" in cities
    assert "ca-qc/00000" not in cities
    assert 5 not in cities
    assert cities.get("ca-qc/nowhere") is None


def test_thirty_six_municipalities_and_one_agglomeration():
    bodies = list(QUEBEC.values())
    assert len(bodies) == 37
    assert [body.id for body in bodies if body.kind == "agglomeration"] == ["ca-qc/agglomeration-longueuil"]
    municipalities = [body for body in bodies if body.kind == "municipality"]
    assert len({body.code for body in municipalities}) == 36
    assert all(cities[body.code] is body for body in municipalities)
    assert {body.country for body in bodies} == {"CA"}


def test_every_shipped_body_is_of_a_jurisdiction_whose_law_is_read():
    assert len(cities) == len(list(cities)) == len(QUEBEC) + 2
    assert {body.jurisdiction for body in cities.values()} == {"ca-qc", "fr"}
    assert all(cities[id].id == id for id in cities)


def test_what_is_not_sourced_is_unknown():
    for body in QUEBEC.values():
        assert body.bylaws is UNKNOWN
        known = {basis.fact for basis in body.basis}
        given = {
            name
            for name in (
                "code",
                "name",
                "official_name",
                "designation",
                "agglomeration",
                "governing_act",
                "population",
                "members",
                "acts_through",
                "identifiers",
                "annual_purchases",
                "schemes",
            )
            if getattr(body, name) not in (None, (), UNKNOWN)
        }
        assert given == known
        assert all(basis.confidence in {"official", "inferred"} for basis in body.basis)
        assert [year for year, _ in body.population] == ([2016, 2021] if body.kind == "municipality" else [])
    assert cities["ca-qc/montreal"].agglomeration is UNKNOWN


def test_the_five_cities_form_the_agglomeration():
    body = cities["ca-qc/agglomeration-longueuil"]
    assert body.acts_through == "ca-qc/longueuil"
    assert body.agglomeration is None
    members = {key for key, city in cities.items() if city.agglomeration == body.id}
    assert members == set(body.members)
    assert sorted(cities[key].name for key in members) == [
        "Boucherville",
        "Brossard",
        "Longueuil",
        "Saint-Bruno-de-Montarville",
        "Saint-Lambert",
    ]


def test_one_municipality_is_governed_by_the_municipal_code():
    assert [city.name for city in QUEBEC.values() if city.governing_act == "C-27.1"] == ["Saint-Félix-de-Valois"]
    assert {city.governing_act for city in QUEBEC.values()} == {"C-19", "C-27.1"}


def test_the_note_on_the_bylaw_is_a_note_in_both_languages():
    city = cities["ca-qc/longueuil"]
    assert "règlement" in city.note_fr
    assert "by-law" in city.note_en
    assert city.bylaws is UNKNOWN


def test_an_unknown_city_is_named_with_its_likes():
    with pytest.raises(UnknownId) as caught:
        cities["ca-qc/longueil"]
    assert caught.value.near[0] == "ca-qc/longueuil"


def test_ids_are_plain():
    assert all(re.fullmatch(r"(ca-qc|fr)/[a-z]+(-[a-z]+)*", key) for key in cities)


def test_the_object_pickles_to_itself_and_reads_nothing_until_asked():
    assert pickle.loads(pickle.dumps(cities)) is cities
    assert Cities()._shipped == {}


def write(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "directory.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_rows_are_matched_by_code_never_by_name(tmp_path):
    text = HEADER + "58227,Autre nom,10,Ville,1\n46005,Longueuil,06,Village,356\n99999,Alma,05,Municipalité,\n"
    shipped, village, other = cities.read_directory(write(tmp_path, text))
    assert shipped is cities["ca-qc/longueuil"]
    assert (village.id, village.name, village.designation) == ("ca-qc/46005", "Longueuil", "Village")
    assert (other.id, other.governing_act) == ("ca-qc/99999", "C-27.1")
    assert village.governing_act is UNKNOWN
    assert village.bylaws is UNKNOWN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_encodings_and_delimiters_of_the_ministry(tmp_path, encoding, delimiter):
    text = (HEADER + "97007,Île-aux-Œufs,10,Ville,1\n98030,Sept-Îles,05,Municipalité,2\n").replace(",", delimiter)
    directory = cities.read_directory(write(tmp_path, text.replace("\n", "\r\n"), encoding))
    assert [row.name for row in directory] == ["Sept-Îles", "Sept-Îles"]
    assert directory["ca-qc/98030"] is directory[1]


def test_every_fault_of_a_file_is_reported_with_its_row(tmp_path):
    text = HEADER + "1023,A,10,Ville,1\n46005,,10,Ville,1\n46005,B,99,Ville,1\n46006,C,10\n"
    with pytest.raises(InputError) as caught:
        cities.read_directory(write(tmp_path, text))
    found = [fault.path for fault in caught.value.faults]
    assert found == ["row 2, mcode", "row 3, munnom", "row 4, mcode", "row 4, mcodedesi", "row 5"]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "mcode,munnom\n"])
def test_a_file_without_the_columns_is_refused(tmp_path, text):
    with pytest.raises(InputError, match="mcodedesi"):
        cities.read_directory(write(tmp_path, text))


def test_a_directory_is_a_sequence_of_cities():
    rows = [City(id=f"ca-qc/{code}", code=f"ca-qc/{code}", name="X") for code in ("11111", "22222", "33333")]
    directory = Directory(rows)
    assert list(directory) == rows
    assert directory[1:] == tuple(rows[1:])
    assert directory["ca-qc/22222"] is rows[1] is directory[-2]
    assert rows[0] in directory
    assert "ca-qc/11111" in directory
    assert "ca-qc/44444" not in directory
    assert pickle.loads(pickle.dumps(directory)) == directory
    with pytest.raises(UnknownId):
        directory["ca-qc/44444"]


def test_the_real_directory(samples):
    directory = cities.read_directory(samples / "qc-municipalites-2025.csv")
    assert len(directory) == 1_285
    named = [row for row in directory if row.id != row.code]
    assert len(named) == 36
    assert all(row is cities[row.id] for row in named)
    assert len({row.id for row in directory}) == 1_285
    assert all(City.from_dict(row.to_dict()) == row for row in directory)


def test_the_compiled_twin_is_what_the_file_says() -> None:
    """The twin that is read at start-up was made from exactly the file a person reads."""
    from procurelib.places import files

    sources = sorted(files.FOLDER.glob("*.toml"))
    assert {source.name for source in sources} == {"ca-qc.toml", "fr.toml", "scenarios.toml"}
    for source in sources:
        twin = json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))
        remedy = "run python -m procurelib.places"
        assert twin.pop("of") == files.mark(source.read_bytes()), remedy
        assert twin == files.read_toml(source), remedy
