"""What the shipped declarations say, held against tables written by hand from the sources.

Bodies that are no shipped city are named by a part of their name, and sources by a part of their address or title.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from procurelib import cities, declarations
from procurelib.citations import Text
from procurelib.law import law
from procurelib.models.day_range import DayRange
from procurelib.models.declaration import Declaration, Participation
from procurelib.money import Money
from procurelib.unknown import UNKNOWN

LONGUEUIL, MONTREAL, ESTRIE = "ca-qc/longueuil-2013", "ca-qc/montreal-2013", "ca-qc/estrie-2016"
CAPITALE, LANAUDIERE, CENTRE = "ca-qc/capitale-nationale-2019", "ca-qc/lanaudiere-2012", "ca-qc/centre-du-quebec"
LAURENTIDES, MINISTRY = "ca-qc/laurentides", "ca-qc/ministry-model-2011"
RENNES_2018, RENNES_2024 = "fr/rennes-2018", "fr/rennes-2024"
QUEBEC = (LONGUEUIL, MONTREAL, ESTRIE, CAPITALE, LANAUDIERE, CENTRE, LAURENTIDES, MINISTRY)
EVERY = (*QUEBEC, RENNES_2018, RENNES_2024)
Labels = tuple[str, ...]


# --- reading the tables ---------------------------------------------------------------------------------------------


def body_id(declaration: Declaration, label: str) -> str:
    """The id of a body: a city's own, or that of the only other body whose name contains the label."""
    if "/" in label:
        assert label in cities
        return label
    found = [body.id for body in declaration.bodies if label.casefold() in body.name.casefold()]
    assert len(found) == 1, f"{label} names {found} of {[body.name for body in declaration.bodies]}"
    return found[0]


def ids(declaration: Declaration, labels: Labels) -> set[str]:
    found = {body_id(declaration, label) for label in labels}
    assert len(found) == len(labels)
    return found


def bounds(days: DayRange | None) -> str:
    """A day as the tables write it: the day, two days, or one of them and a sign for what is not known."""
    if days is None:
        return "none"
    if days.day is not None:
        return days.day.isoformat()
    return "..".join("" if day is None else day.isoformat() for day in (days.earliest, days.latest))


def cited(declaration: Declaration, source: str) -> str:
    """Where something was read, for the tables to name a part of."""
    found = declaration.source(source)
    return f"{found.title} {found.address or ''}"


def rows(table: dict[str, list[Any]]) -> list[Any]:
    return [pytest.param(id, *row, id=f"{id.partition('/')[2]}-{row[0]}") for id, listed in table.items() for row in listed]


# --- which there are ------------------------------------------------------------------------------------------------

# Declaration: instrument, launched, model, pôle.
WHICH = {
    # La Relève 2019-04-11 and the communiqué of 2017-02-02: March 2013; same title as the ministry's model.
    LONGUEUIL: ("statement", "2013-03-01..2013-03-31", MINISTRY, "longueuil"),
    # Le Devoir 2013: the pilot's launch, under the same title.
    MONTREAL: ("statement", "2013-09-12", MINISTRY, "montreal"),
    # Pôle de l'Estrie: the pilot of 5 October 2016.
    ESTRIE: ("statement", "2016-10-05", None, "estrie"),
    # CMATV 2019-05-29: May 2019.
    CAPITALE: ("statement", "2019-05-01..2019-05-31", None, None),
    # Journal de Joliette: a campaign since 2012.
    LANAUDIERE: ("statement", "2012-01-01..2012-12-31", None, "lanaudiere"),
    # No source says when it began.
    CENTRE: ("statement", "none", None, "centre-du-quebec"),
    LAURENTIDES: ("campaign", "none", None, "laurentides"),
    # Brochure of the ministries: June 2011.
    MINISTRY: ("model", "2011-06-01..2011-06-30", None, None),
    # The city council's vote, and the middle of September 2024.
    RENNES_2018: ("scheme", "2018-04-16", None, None),
    RENNES_2024: ("scheme", "2024-09-11..2024-09-20", None, None),
}


def test_the_declarations_that_are_shipped() -> None:
    assert set(declarations) == set(EVERY)
    assert set(WHICH) == set(EVERY)


@pytest.mark.parametrize("id", EVERY)
def test_what_a_declaration_is_and_when_it_began(id: str) -> None:
    instrument, launched, family, pole = WHICH[id]
    declaration = declarations[id]
    assert (declaration.id, declaration.instrument, bounds(declaration.launched)) == (id, instrument, launched)
    assert (declaration.family, declaration.pole) == (family, pole)
    # No source says that a text follows the model: the titles are the same.
    assert declaration.family_confidence == ("inferred" if family else None)
    # No text was read, only what others wrote of it; and no source gives a whole list.
    assert (declaration.text_seen, declaration.complete) == (False, False)


# Declaration: a part of the name of each promoter, in order, and a word of the region.
PROMOTERS: dict[str, tuple[Labels, str | None]] = {
    LONGUEUIL: (("agglomération de Longueuil",), "Longueuil"),
    MONTREAL: (("CÉSÎM", "CRÉ"), "Montréal"),
    ESTRIE: (("REES", "CDEC", "Pôle"), "Estrie"),
    CAPITALE: (("Capitale-Nationale", "SCA"), "Chaudière-Appalaches"),
    LANAUDIERE: (("TRESL",), "Lanaudière"),
    CENTRE: (("Centre-du-Québec",), "Centre-du-Québec"),
    LAURENTIDES: (("CSEESL", "MAMOT"), "Laurentides"),
    MINISTRY: (("MAMROT", "Économie"), "Québec"),
    RENNES_2018: (("Ville de Rennes", "Rennes Métropole"), None),
    RENNES_2024: (("Ville de Rennes", "Rennes Métropole"), None),
}


@pytest.mark.parametrize("id", EVERY)
def test_who_promotes_it_and_where(id: str) -> None:
    declaration, (promoters, region) = declarations[id], PROMOTERS[id]
    for part, promoter in zip(promoters, declaration.promoters, strict=True):
        assert part in promoter
    assert (declaration.region is None) == (region is None)
    if declaration.region is not None and region is not None:
        assert region in declaration.region.fr
        assert region in declaration.region.en


# Declaration: what its note has to say, by a part of the English.
NOTES = {
    LONGUEUIL: ("not read", "amount", "deadline"),
    MONTREAL: ("no privileged treatment", "90 %", "its own plan"),
    ESTRIE: ("not read",),
    CAPITALE: ("not read", "inferred"),
    # The campaign is older than the signature that the communiqué calls the first.
    LANAUDIERE: ("2012", "first large municipality", "no order"),
    CENTRE: ("not known",),
    LAURENTIDES: ("no signatory",),
    MINISTRY: ("could not be read", "no signatories"),
    # Volumes are no reported figures: what they cover is not said.
    RENNES_2018: ("CCAS", "150 to 200 million", "700 to 1,000"),
    RENNES_2024: ("175 million", "1,000", "60 %", "80 million"),
}


@pytest.mark.parametrize("id", EVERY)
def test_what_the_note_has_to_say(id: str) -> None:
    note = declarations[id].note
    assert note is not None
    for part in NOTES[id]:
        assert part in note.en


ACTS = {RENNES_2018: ("16", "17", "2018", "Rennes Métropole"), RENNES_2024: ("2024", "21", "Rennes Métropole")}


@pytest.mark.parametrize("id", EVERY)
def test_only_the_schemes_of_rennes_were_adopted_by_an_act(id: str) -> None:
    act = declarations[id].adopting_act
    assert (act is None) == (id not in ACTS)
    for part in ACTS.get(id, ()):
        assert act is not None
        assert part in act.fr
        assert part in act.en


# Declaration, kind of statement, a field of it and its value, and what its note has to say, by parts of the English.
CAVEATS: list[tuple[str, str, str, Any, Labels]] = [
    # The communiqué's "engagées" against La Relève's "ont également signé la Déclaration": both are kept.
    (LONGUEUIL, "signatures", "verb", "undertook", ("without a day",)),
    (LONGUEUIL, "signatures", "source", "la-releve-2016", ("city signed", "only of an undertaking")),
    (LONGUEUIL, "signatures", "body", "ca-qc/brossard", ("does not name it",)),
    (LONGUEUIL, "signatures", "body", "ca-qc/longueuil", ("not computed",)),
    # "Plus de 8,3 millions de dollars en 2015 et 2016" of "ces municipalités".
    (LONGUEUIL, "reported", "relation", "more_than", ("neither by city nor by year", "inferred", "tax")),
    (LONGUEUIL, "commitments", "verb", "increase", ("cannot be measured",)),
    (CENTRE, "commitments", "verb", "increase", ("cannot be measured",)),
    (MONTREAL, "signatures", "body", "ca-qc/montreal", ("since 2013",)),
    (MONTREAL, "signatures", "verb", "undertook", ("not among the six",)),
    (MONTREAL, "editions", "id", "1", ("one year", "eighteen months")),
    (MONTREAL, "editions", "id", "2", ("inferred",)),
    (MONTREAL, "claims", "count", 15, ("not all are named",)),
    (MONTREAL, "claims", "confidence", "inferred", ("27",)),
    (MONTREAL, "reported", "contracts", 200, ("eighteen months",)),
    (MONTREAL, "reported", "edition", "3", ("2019", "inferred")),
    (MONTREAL, "reported", "edition", None, ("not clear",)),
    (MONTREAL, "commitments", "source", "stm", ("STM",)),
    # Le Soleil: "plusieurs municipalités", of the area of the MRC.
    (CAPITALE, "signatures", "body", "municipalities", ("same area", "neither named nor counted")),
    (CENTRE, "signatures", "verb", "authorised", ("council",)),
    # Either element or both, of contracts or of purchases; disability only, or integration too.
    (RENNES_2018, "commitments", "id", "elements", ("do not agree",)),
    (RENNES_2018, "commitments", "id", "disability", ("two ways", "reserved")),
    (RENNES_2024, "commitments", "id", "employment", ("cut off", "not known here")),
    (RENNES_2024, "signatures", "body", "fr/rennes", ("17 September 2024",)),
    (RENNES_2024, "signatures", "body", "fr/rennes-metropole", ("press review",)),
]


@pytest.mark.parametrize(
    ("id", "part", "name", "value", "said"),
    [pytest.param(*row, id=f"{row[0].partition('/')[2]}-{row[1]}-{row[3]}") for row in CAVEATS],
)
def test_what_the_note_of_a_statement_has_to_say(id: str, part: str, name: str, value: Any, said: Labels) -> None:
    meant = [one for one in getattr(declarations[id], part) if getattr(one, name) == value]
    assert meant
    for one in meant:
        assert one.note is not None
        for words in said:
            assert words in one.note.en


# --- who stood by it, and when --------------------------------------------------------------------------------------

LON, BOU, BRO, BRU, LAM = (
    f"ca-qc/{name}" for name in ("longueuil", "boucherville", "brossard", "saint-bruno-de-montarville", "saint-lambert")
)
THREE = (BOU, BRU, LAM)
MTL = "ca-qc/montreal"
# Le Devoir 2013 names six: these and the City of Montréal. STM is not among them.
LEFT = ("élus de Montréal", "scolaire de Montréal", "habitation de Montréal", "Ahuntsic")
PILOT = (*LEFT, "CHUM")
STM = ("STM",)
# LeLézard and Le Devoir 2017: ten new signatories, of which three are named; of the pilot's, CHUM and STM are.
SECOND = ("CHUM", "STM", "Caisse de dépôt", "Investissement Québec", "Desjardins")
# Novae 2017.
NOVEMBER = ("portuaire", "Rosemont", "alcools", "SHDM")
SIX = ("ca-qc/sherbrooke", "CHUS", "Université de Sherbrooke", "Bishop", "Cégep", "Alentour")
MAGOG = ("Memphrémagog", "ca-qc/magog", "Han-Logement")
# CMATV 2019-05-29 and Le Soleil: several municipalities are not named.
NAMED = ("ca-qc/levis", "Charlevoix", "congrès", "Desjardins", "Optel", "Teknion", "Spektrum", "Festif", "municipalités")
WAVE = ("ca-qc/repentigny", "ca-qc/saint-felix-de-valois", "MRC de Montcalm", "fédéra")
NICOLET, ERABLE, DRUMMOND = ("Nicolet-Yamaska",), ("Érable",), ("Drummond",)
RENNES, METROPOLE = ("fr/rennes",), ("fr/rennes-metropole",)

# Day: who certainly stood by the declaration at its end, and who else may have.
WHO: dict[str, list[tuple[str, Labels, Labels]]] = {
    # Longueuil signed "in March 2013", and nobody before; three cities undertook by 2017-02-02, no day is given; Brossard
    # adhered on 2018-02-20.
    LONGUEUIL: [
        ("2006-01-01", (), ()),
        ("2013-02-28", (), ()),
        ("2013-03-01", (), (LON, *THREE)),
        ("2013-03-30", (), (LON, *THREE)),
        ("2013-03-31", (LON,), THREE),
        ("2013-04-01", (LON,), THREE),
        ("2016-09-12", (LON,), THREE),
        # La Relève of that day: the three had signed too.
        ("2016-09-13", (LON, *THREE), ()),
        ("2017-01-24", (LON, *THREE), ()),
        ("2017-02-01", (LON, *THREE), ()),
        ("2017-02-02", (LON, *THREE), ()),
        ("2017-02-03", (LON, *THREE), ()),
        ("2018-02-19", (LON, *THREE), ()),
        ("2018-02-20", (LON, *THREE, BRO), ()),
        ("2018-02-21", (LON, *THREE, BRO), ()),
        ("2026-11-26", (LON, *THREE, BRO), ()),
    ],
    # STM undertook during the pilot, whose launch of 2013-09-12 its page tells as past. The pilot ended in 2015; the City of
    # Montréal is counted since 2013; each edition is signed anew.
    MONTREAL: [
        ("2012-12-31", (), ()),
        ("2013-09-11", (), ()),
        ("2013-09-12", (MTL, *PILOT), STM),
        ("2013-09-13", (MTL, *PILOT), STM),
        ("2014-12-31", (MTL, *PILOT), STM),
        # The earliest last day of the pilot is still one of its days.
        ("2015-01-01", (MTL, *PILOT), STM),
        ("2015-01-02", (MTL,), (*PILOT, *STM)),
        ("2015-12-31", (MTL,), (*PILOT, *STM)),
        ("2016-01-01", (MTL,), (*PILOT, *STM)),
        ("2017-06-04", (MTL,), (*PILOT, *STM)),
        ("2017-06-05", (MTL, *SECOND), LEFT),
        ("2017-06-06", (MTL, *SECOND), LEFT),
        ("2017-10-31", (MTL, *SECOND), LEFT),
        ("2017-11-01", (MTL, *SECOND, *NOVEMBER), LEFT),
        ("2019-03-17", (MTL, *SECOND, *NOVEMBER), LEFT),
        ("2019-03-18", (MTL,), (*LEFT, *SECOND, *NOVEMBER)),
        ("2026-11-26", (MTL,), (*LEFT, *SECOND, *NOVEMBER)),
    ],
    # Pôle de l'Estrie: six on 2016-10-05. Three more are named of the fifteen or seventeen of 2019-06-21, of which twelve
    # signed on that day: which twelve is not said. No source says that the pilot's signatures ended with it.
    ESTRIE: [
        ("2016-10-04", (), ()),
        ("2016-10-05", SIX, MAGOG),
        ("2016-10-06", SIX, MAGOG),
        ("2019-06-20", SIX, MAGOG),
        ("2019-06-21", (*SIX, *MAGOG), ()),
        ("2019-06-22", (*SIX, *MAGOG), ()),
        ("2026-11-26", (*SIX, *MAGOG), ()),
    ],
    # "In May 2019".
    CAPITALE: [
        ("2019-04-30", (), ()),
        ("2019-05-01", (), NAMED),
        ("2019-05-30", (), NAMED),
        ("2019-05-31", NAMED, ()),
        ("2019-06-01", NAMED, ()),
    ],
    # Signed by 2016-09-30, in a campaign that dates from 2012; no first day is given.
    LANAUDIERE: [
        ("2011-12-31", (), ()),
        ("2012-01-01", (), WAVE),
        ("2016-09-29", (), WAVE),
        ("2016-09-30", WAVE, ()),
        ("2016-10-01", WAVE, ()),
    ],
    # Drummond's council authorised on the 14th, which is no signature; the other two are known by a last day only, and so
    # is no first day of the declaration.
    CENTRE: [
        ("2012-01-01", (), (*NICOLET, *ERABLE)),
        ("2023-06-13", (), (*NICOLET, *ERABLE)),
        ("2023-06-14", (), (*NICOLET, *ERABLE)),
        ("2023-06-15", (*DRUMMOND, *NICOLET), ERABLE),
        ("2023-06-16", (*DRUMMOND, *NICOLET), ERABLE),
        ("2023-09-18", (*DRUMMOND, *NICOLET), ERABLE),
        ("2023-09-19", (*DRUMMOND, *NICOLET, *ERABLE), ()),
        ("2023-09-20", (*DRUMMOND, *NICOLET, *ERABLE), ()),
    ],
    LAURENTIDES: [("2026-11-26", (), ())],
    MINISTRY: [("2026-11-26", (), ())],
    # Two votes, a month apart; the CCAS's is not known.
    RENNES_2018: [
        ("2017-01-26", (), ()),
        ("2018-04-15", (), ()),
        ("2018-04-16", RENNES, ()),
        ("2018-04-17", RENNES, ()),
        ("2018-05-16", RENNES, ()),
        ("2018-05-17", (*RENNES, *METROPOLE), ()),
        ("2018-05-18", (*RENNES, *METROPOLE), ()),
    ],
    # The city in the middle of September, the métropole by the press review of 2024-10-21.
    RENNES_2024: [
        ("2024-09-10", (), ()),
        ("2024-09-11", (), (*RENNES, *METROPOLE)),
        ("2024-09-19", (), (*RENNES, *METROPOLE)),
        ("2024-09-20", RENNES, METROPOLE),
        ("2024-10-20", RENNES, METROPOLE),
        ("2024-10-21", (*RENNES, *METROPOLE), ()),
        ("2024-10-22", (*RENNES, *METROPOLE), ()),
    ],
}


@pytest.mark.parametrize(("id", "day", "certain", "possible"), rows(WHO))
def test_who_stood_by_it(id: str, day: str, certain: Labels, possible: Labels) -> None:
    declaration = declarations[id]
    found = declaration.signatories(on=date.fromisoformat(day))
    assert set(found.certain) == ids(declaration, certain)
    assert set(found.possible) == ids(declaration, possible)
    assert found.complete is False


def test_an_authorisation_is_found_by_its_own_verb_only() -> None:
    declaration = declarations[CENTRE]
    (drummond,) = ids(declaration, DRUMMOND)
    for day, authorised in ((13, False), (14, True), (15, True)):
        found = declaration.signatories(on=date(2023, 6, day), verbs=["authorised"])
        assert (drummond in found, found.possible) == (authorised, ())
    assert drummond not in declaration.signatories(on=date(2023, 6, 14))


# --- by which verb, in which edition, read where --------------------------------------------------------------------

COMMUNIQUE, RELEVE_2018, RELEVE_2019 = "2017-02-02", "vingtaine-dambassadeurs", "lareleve.qc.ca/2019/04/11"
RELEVE_2016 = "lareleve.qc.ca/2016/09/13"
DEVOIR_2013, DEVOIR_2017, LELEZARD_2017 = "387338", "20170606", "13796162"
LELEZARD_2019, LELEZARD_2023 = "18673033", "20773411"
CESIM_2020, CESIM_2021 = "20-m-pour-leconomie-sociale", "communique-leconomie-sociale-jachete"
ESTRIE_SITE = "site https://economiesocialeestrie.ca"
SHERBROOKE, MEMPHREMAGOG = "des-grands-organismes-publics-et-prives", "avec-la-mrc-de-memphremagog"
# Body: its verb, edition, the days as the source states them, and where it was read.
VERBS: dict[str, list[tuple[str, str, str | None, str, str]]] = {
    # "Signer" is the communiqué's word for Longueuil, "se sont également engagées" for three; "adhéré" is La Relève's.
    LONGUEUIL: [
        (LON, "signed", None, "2013-03-01..2013-03-31", "communiqué"),
        *((city, "undertook", None, "..2017-02-02", "communiqué") for city in THREE),
        # "Ont également signé la Déclaration", La Relève, 13 September 2016.
        *((city, "signed", None, "..2016-09-13", RELEVE_2016) for city in THREE),
        (BRO, "adhered", None, "2018-02-20", RELEVE_2018),
    ],
    MONTREAL: [
        (MTL, "signed", None, "2013-09-12", "esmtl.ca/?p=9352"),
        *((body, "signed", "1", "2013-09-12", DEVOIR_2013) for body in PILOT),
        # STM's own page: "officially launched on 12 September 2013", told as past; the pilot was over in 2015.
        ("STM", "undertook", "1", "2013-09-12..2015-12-31", "stm.info"),
        *((body, "signed", "2", "2017-06-05", LELEZARD_2017) for body in SECOND[2:]),
        *((body, "signed", "2", "2017-06-05", DEVOIR_2017) for body in ("CHUM", "STM")),
        *((body, "signed", "2", "2017-11-01", "novae") for body in NOVEMBER),
    ],
    ESTRIE: [
        *((body, "signed", None, "2016-10-05", SHERBROOKE) for body in SIX),
        *((body, "signed", None, "..2019-06-21", MEMPHREMAGOG) for body in MAGOG),
    ],
    CAPITALE: [
        (
            body,
            "signed",
            None,
            "2019-05-01..2019-05-31",
            "lesoleil" if body in ("congrès", "Festif", "municipalités") else "cmatv",
        )
        for body in NAMED
    ],
    LANAUDIERE: [(body, "signed", None, "..2016-09-30", "lejournaldejoliette") for body in WAVE],
    CENTRE: [
        ("Drummond", "authorised", None, "2023-06-14", "newswire"),
        ("Drummond", "signed", None, "2023-06-15", "journalexpress"),
        ("Nicolet-Yamaska", "adhered", None, "..2023-06-15", "newswire"),
        # "Signed", says the page of 2023-09-19.
        ("Érable", "signed", None, "..2023-09-19", "jumelages"),
    ],
    LAURENTIDES: [],
    MINISTRY: [],
    RENNES_2018: [
        ("fr/rennes", "voted", None, "2018-04-16", "rennes-ecologie.bzh/2018/04/16"),
        ("fr/rennes-metropole", "voted", None, "2018-05-17", "rennes-ecologie.bzh/2018/05/17"),
    ],
    RENNES_2024: [
        ("fr/rennes", "voted", None, "2024-09-11..2024-09-20", "rennes-ecologie.bzh/2024/09/17"),
        ("fr/rennes-metropole", "voted", None, "2024-09-11..2024-10-21", "scoop.it"),
    ],
}


@pytest.mark.parametrize("id", EVERY)
def test_the_verb_of_each_body_its_days_and_where_it_was_read(id: str) -> None:
    declaration = declarations[id]
    expected = {(body_id(declaration, body), verb, edition): (when, read) for body, verb, edition, when, read in VERBS[id]}
    assert len(expected) == len(VERBS[id])
    found = {(one.body, one.verb, one.edition): one for one in declaration.signatures}
    assert set(found) == set(expected)
    for key, one in found.items():
        when, read = expected[key]
        assert bounds(one.when) == when, key
        assert read.casefold() in cited(declaration, one.source).casefold(), key
        # When STM undertook it is inferred, by when the six of Lanaudière did, and that the six of Sherbrooke signed at all.
        inferred = read in ("stm.info", SHERBROOKE) or id == LANAUDIERE
        assert one.confidence == ("inferred" if inferred else "secondary"), key
        assert one.ended is None


# Body: what it is.
KINDS: dict[str, dict[str, str]] = {
    LONGUEUIL: {
        "Pôle": "group",
        "Développement économique": "non_profit",
        "Ministère": "ministry",
        "Commission permanente": "group",
        "Acteurs": "group",
        "Ambassadeurs": "group",
    },
    MONTREAL: {
        "élus de Montréal": "cre",
        "scolaire de Montréal": "school_board",
        "habitation de Montréal": "housing_office",
        "Ahuntsic": "college",
        "CHUM": "hospital",
        "STM": "transit",
        "Caisse de dépôt": "state_enterprise",
        "Investissement Québec": "state_enterprise",
        "Desjardins": "cooperative",
        "portuaire": "port",
        "Rosemont": "college",
        "alcools": "state_enterprise",
        "SHDM": "housing_office",
    },
    ESTRIE: {
        "CHUS": "hospital",
        "Université de Sherbrooke": "university",
        "Bishop": "university",
        "Cégep": "college",
        "Alentour": "cooperative",
        "Memphrémagog": "mrc",
        "Han-Logement": "non_profit",
    },
    CAPITALE: {
        "Charlevoix": "mrc",
        "congrès": "state_enterprise",
        "Desjardins": "cooperative",
        "Optel": "private",
        "Teknion": "private",
        "Spektrum": "private",
        "Festif": "private",
        "municipalités": "local_municipality",
    },
    LANAUDIERE: {"MRC de Montcalm": "mrc", "fédéra": "parliament_office"},
    CENTRE: {"Drummond": "mrc", "Nicolet-Yamaska": "mrc", "Érable": "mrc"},
    LAURENTIDES: {},
    MINISTRY: {},
    RENNES_2018: {},
    RENNES_2024: {},
}


@pytest.mark.parametrize("id", list(KINDS))
def test_what_each_body_is(id: str) -> None:
    declaration = declarations[id]
    assert {body.id: body.kind for body in declaration.bodies} == {
        body_id(declaration, label): kind for label, kind in KINDS[id].items()
    }


def test_only_the_federal_members_and_the_ambassadors_are_counted() -> None:
    counted = {(id, body.count) for id in KINDS for body in declarations[id].bodies if body.count is not None}
    assert counted == {(LANAUDIERE, 3), (LONGUEUIL, 20)}


def test_every_rank_of_longueuil_is_kept_with_its_own_source() -> None:
    declaration = declarations[LONGUEUIL]
    (longueuil,) = (one for one in declaration.signatures if one.body == LON)
    told = {cited(declaration, rank.source): rank for rank in longueuil.ranks}
    assert len(told) == len(longueuil.ranks) == 3
    (communique,) = (rank for source, rank in told.items() if "communiqué" in source.casefold())
    (press,) = (rank for source, rank in told.items() if RELEVE_2019 in source)
    # "Première grande ville", two years before.
    (earlier,) = (rank for source, rank in told.items() if RELEVE_2016 in source)
    assert "grande ville" in earlier.words.fr
    assert "large city" in earlier.words.en
    assert earlier.confidence == "secondary"
    # "fut la première, au Québec" against "première grande municipalité".
    assert "première" in communique.words.fr
    assert "large" not in communique.words.en
    assert "grande" in press.words.fr
    assert "large" in press.words.en
    assert (communique.confidence, press.confidence) == ("secondary", "secondary")
    ranked = {one.body for id in EVERY for one in declarations[id].signatures if one.ranks}
    assert ranked == {LON}


# --- editions -------------------------------------------------------------------------------------------------------

# First day, last day, confidence, where it was read; the pilot ended in 2015.
EDITIONS: dict[str, dict[str, tuple[str, str, str, str]]] = {
    MONTREAL: {
        "1": ("2013-09-12", "2015-01-01..2015-12-31", "secondary", "esmtl.ca/des-entreprises"),
        # That it is the second is inferred: the source speaks of a second cohort of enterprises.
        "2": ("2017-06-05", "none", "inferred", LELEZARD_2017),
        "3": ("2019-03-18", "none", "secondary", LELEZARD_2019),
        "4": ("2020-11-20", "none", "secondary", CESIM_2020),
        "5": ("2021-11-22", "none", "secondary", CESIM_2021),
        "6": ("2023-02-10", "none", "secondary", LELEZARD_2023),
    },
}


@pytest.mark.parametrize("id", EVERY)
def test_the_editions_and_their_first_and_last_days(id: str) -> None:
    declaration, expected = declarations[id], EDITIONS.get(id, {})
    assert [one.id for one in declaration.editions] == list(expected)
    for one in declaration.editions:
        start, end, confidence, read = expected[one.id]
        assert (bounds(one.start), bounds(one.end), one.confidence) == (start, end, confidence), one.id
        assert read in cited(declaration, one.source).casefold(), one.id


# --- claims ---------------------------------------------------------------------------------------------------------

# Kind, day, count, out of, edition, where it was read, a word of what is counted (None: the signatories).
CLAIMS: dict[str, list[tuple[str, str, int | None, int | None, str | None, str, str | None]]] = {
    LONGUEUIL: [("majority", "2017-02-02", None, None, None, "communiqué", None)],
    MONTREAL: [
        ("count", "2013-09-12", 27, None, "1", "stm.info", "enterprises"),
        ("count", "2013-09-12", 26, None, "1", "studylib", "enterprises"),
        ("count", "2013-09-12", 6, None, "1", DEVOIR_2013, None),
        # Fifteen signatories: ten new ones, and five of the pilot.
        ("count", "2017-06-05", 38, None, "2", LELEZARD_2017, "enterprises"),
        ("count", "2017-06-05", 15, None, "2", LELEZARD_2017, None),
        ("count", "2017-06-05", 10, None, "2", LELEZARD_2017, "new signatories"),
        ("count", "2017-11-01", 4, None, "2", "novae", "new signatories"),
        ("count", "2019-03-18", 30, None, "3", LELEZARD_2019, "enterprises"),
        ("count", "2019-03-18", 22, None, "3", LELEZARD_2019, "partner institutions"),
        ("count", "2021-11-22", 26, None, "5", CESIM_2021, "enterprises"),
        ("count", "2021-11-22", 33, None, "5", CESIM_2021, "partner institutions"),
        ("count", "2023-02-10", 23, None, "6", LELEZARD_2023, "enterprises"),
        ("count", "2023-02-10", 35, None, "6", LELEZARD_2023, "partner institutions"),
    ],
    # The pilot ended with ten and ten; of the fifteen or seventeen of 2019, twelve signed on the day.
    ESTRIE: [
        ("count", "2018-01-01..2018-12-31", 10, None, None, ESTRIE_SITE, "participating organisations"),
        ("count", "2018-01-01..2018-12-31", 10, None, None, ESTRIE_SITE, "enterprises"),
        ("count", "2019-06-21", 15, None, None, MEMPHREMAGOG, "organisations of"),
        ("count", "2019-06-21", 17, None, None, "lerefletdulac", "organisations of"),
        ("count", "2019-06-21", 12, 15, None, MEMPHREMAGOG, "on the day"),
    ],
    CAPITALE: [
        ("count", "2019-05-01..2019-05-31", 30, None, None, "cmatv.ca", "organisations"),
        ("count", "2019-05-01..2019-05-31", 32, None, None, "lesoleil", "organisations"),
    ],
    # The state of the campaign on 2016-09-30.
    LANAUDIERE: [
        ("count", "2016-09-30", 45, None, None, "lejournaldejoliette", "declarations"),
        ("count", "2016-09-30", 4, 6, None, "lejournaldejoliette", "MRC"),
        ("count", "2016-09-30", 32, None, None, "lejournaldejoliette", "municipalities"),
        ("count", "2016-09-30", 2, None, None, "lejournaldejoliette", "ministries"),
    ],
    CENTRE: [],
    LAURENTIDES: [],
    MINISTRY: [],
    RENNES_2018: [],
    RENNES_2024: [],
}


@pytest.mark.parametrize("id", EVERY)
def test_what_was_claimed(id: str) -> None:
    declaration = declarations[id]
    found = [(one.kind, bounds(one.on), one.count, one.out_of, one.edition) for one in declaration.claims]
    assert sorted(found, key=str) == sorted((row[:5] for row in CLAIMS[id]), key=str)
    left = list(CLAIMS[id])
    for one, key in zip(declaration.claims, found, strict=True):
        read, counted = cited(declaration, one.source).casefold(), one.counted.en if one.counted else None
        meant = [row for row in left if row[:5] == key and row[5].casefold() in read and names(row[6], counted)]
        assert meant, f"{one.id}: {key} of {counted} was not read in {read}"
        left.remove(meant[0])
        # No source names the bodies it counts.
        assert bool(one.of) == (one.kind == "majority"), one.id


def names(word: str | None, counted: str | None) -> bool:
    """Whether what is counted is named by a word, or both are the signatories."""
    return word is counted if word is None or counted is None else word in counted


def the_majority() -> Any:
    (claim,) = (one for one in declarations[LONGUEUIL].claims if one.kind == "majority")
    return claim


def test_the_majority_claimed_for_longueuil_is_of_five_cities_and_holds() -> None:
    claim = the_majority()
    assert set(claim.of) == {LON, BOU, BRO, BRU, LAM}
    assert len(claim.of) == 5
    # The promoter's own statement, by its speaker's name.
    assert claim.confidence == "official"
    assert "Tétrault" in claim.speaker
    check = declarations[LONGUEUIL].check_claim(claim.id)
    assert (check.value, check.out_of) == ("holds", 5)
    assert set(check.certain) == {LON, BOU, BRU, LAM}
    assert check.possible == ()


@pytest.mark.parametrize("id", EVERY)
def test_no_count_can_be_held_against_a_list_that_is_not_whole(id: str) -> None:
    declaration = declarations[id]
    for claim in declaration.claims:
        if claim.kind == "count":
            assert declaration.check_claim(claim.id).value == "open", claim.id
            # That the document of 26 enterprises is the source of that number is inferred.
            inferred = (claim.count, claim.edition) == (26, "1")
            assert claim.confidence == ("inferred" if inferred else "secondary"), claim.id


# Two sources count otherwise: both are kept.
CONFLICTS = {MONTREAL: {27, 26}, ESTRIE: {15, 17}, CAPITALE: {30, 32}}


@pytest.mark.parametrize("id", EVERY)
def test_the_counts_that_contradict_each_other(id: str) -> None:
    found = [{one.count for one in group} for group in declarations[id].conflicts()]
    assert found == ([CONFLICTS[id]] if id in CONFLICTS else [])


# --- what is promised -----------------------------------------------------------------------------------------------

EES, WITHIN, FREE = ("ca-qc/E-1.1.1",), True, False
# Commitment: verb, whether it is made within the rules on contracts, what counts, where it was read.
PROMISES: dict[str, dict[str, tuple[str, bool, Labels, str]]] = {
    LONGUEUIL: {"lon-1": ("increase", WITHIN, EES, RELEVE_2019)},
    MONTREAL: {
        "mtl-1": ("favour_supply", WITHIN, EES, "stm.info"),
        "mtl-2": ("invite", WITHIN, EES, "stm.info"),
        "mtl-3": ("prefer_at_parity", WITHIN, EES, "stm.info"),
        "mtl-4": ("buy", WITHIN, EES, DEVOIR_2017),
    },
    ESTRIE: {},
    CAPITALE: {
        "cn-1": ("know", FREE, (), "lesoleil"),
        "cn-2": ("stay_informed", FREE, (), "lesoleil"),
        "cn-3": ("consider", FREE, EES, "lesoleil"),
    },
    LANAUDIERE: {"lan-1": ("know", FREE, (), "lejournaldejoliette")},
    CENTRE: {
        "cdq-1": ("increase", FREE, EES, "newswire"),
        "cdq-2": ("recognise", FREE, (), "newswire"),
    },
    LAURENTIDES: {},
    MINISTRY: {},
}


@pytest.mark.parametrize("id", QUEBEC)
def test_what_is_promised_in_quebec(id: str) -> None:
    declaration = declarations[id]
    assert {one.id for one in declaration.commitments} == set(PROMISES[id])
    for one in declaration.commitments:
        verb, guarded, counts, read = PROMISES[id][one.id]
        assert (one.verb, one.guard is not None, one.counts) == (verb, guarded, counts), one.id
        assert one.counts_confidence == ("inferred" if counts else None), one.id
        assert read in cited(declaration, one.source).casefold(), one.id
        assert (one.binding, one.confidence) == ("statement", "secondary"), one.id


@pytest.mark.parametrize("id", QUEBEC)
def test_no_declaration_of_quebec_states_a_target_a_deadline_or_a_cadence(id: str) -> None:
    for one in declarations[id].commitments:
        stated = (one.metric, one.target, one.baseline, one.deadline, one.cadence)
        assert stated == (None, None, None, None, None), one.id
        assert one.threshold is None


BY_2020, DISABILITY = "2020-01-01..2020-12-31", ("fr/reserved-disability", "fr/reserved-insertion")
# Verb, metric, target, deadline, what counts, how sure that is, confidence, where it was read.
SCHEMES: dict[str, dict[str, tuple[str, str | None, int | None, str, Labels, str | None, str, str]]] = {
    # The elected members of the métropole, 2018-05-17; the press gives the year of the first.
    RENNES_2018: {
        # 80 % of contracts with environmental or social elements.
        "elements": (
            *("include", "share_of_contracts", 80, BY_2020, ("environmental_element", "social_element"), "secondary"),
            *("secondary", "rennes-ecologie.bzh/2018/05/17"),
        ),
        # 5 % of contracts with enterprises that employ disabled people, or, says the press, people in integration.
        "disability": (
            *("buy", "share_of_contracts", 5, BY_2020, DISABILITY, "inferred"),
            *("secondary", "rennes-ecologie.bzh/2018/05/17"),
        ),
        # Enterprises of the social and solidarity economy always consulted.
        "consulted": ("invite", None, None, BY_2020, (), None, "secondary", "rennes-ecologie.bzh/2018/05/17"),
    },
    # 7 Jours 2024: a goal "by August 2026" whose figure was cut off in the text read.
    RENNES_2024: {"employment": ("include", None, None, "2026-08-01..2026-08-31", (), None, "inferred", "7jours.fr")},
}


@pytest.mark.parametrize("id", list(SCHEMES))
def test_what_is_promised_in_rennes(id: str) -> None:
    declaration = declarations[id]
    assert {one.id for one in declaration.commitments} == set(SCHEMES[id])
    for one in declaration.commitments:
        verb, metric, target, deadline, counts, counts_confidence, confidence, read = SCHEMES[id][one.id]
        assert (one.verb, one.metric, one.target, bounds(one.deadline)) == (verb, metric, target, deadline), one.id
        assert (set(one.counts), one.counts_confidence) == (set(counts), counts_confidence), one.id
        assert (one.guard, one.baseline, one.cadence, one.binding) == (None, None, None, "scheme"), one.id
        assert one.confidence == confidence, one.id
        assert read in cited(declaration, one.source), one.id


def test_a_target_of_rennes_is_reached_and_a_figure_that_was_not_read_is_no_target() -> None:
    scheme = declarations[RENNES_2018]
    assert (scheme["elements"].threshold, scheme["disability"].threshold) == ((80, False), (5, False))
    employment = declarations[RENNES_2024]["employment"]
    assert employment.threshold is None
    assert employment.note is not None


# --- what was reported ----------------------------------------------------------------------------------------------

# Start, end, edition, amount, relation, contracts, their relation, announced, where it was read.
REPORTED: dict[str, list[tuple[Any, ...]]] = {
    # The signatory cities together, for two years: "plus de 8,3 M$".
    LONGUEUIL: [("2015-01-01", "2016-12-31", None, "8300000", "more_than", None, None, "none", RELEVE_2018)],
    MONTREAL: [
        # The pilot: more than 200 contracts, 2.5 M$.
        ("2013-09-01..2013-09-30", "2015-01-01..2015-12-31", "1", "2500000", "stated", 200, "more_than", "none", LELEZARD_2017),
        # Amounts of headlines; the first is tied to the edition of 2019, the spans of the others are not said.
        ("none", "none", "3", "20000000", "headline", None, None, "2020-11-20", CESIM_2020),
        ("none", "none", None, "24000000", "headline", None, None, "2021-11-22", CESIM_2021),
        ("none", "none", None, "11000000", "headline", None, None, "2023-02-10", LELEZARD_2023),
    ],
}


@pytest.mark.parametrize("id", EVERY)
def test_what_was_reported(id: str) -> None:
    declaration = declarations[id]
    by_amount = {row[3]: row for row in REPORTED.get(id, [])}
    assert sorted(str(one.amount.amount) if one.amount else "" for one in declaration.reported) == sorted(by_amount)
    for one in declaration.reported:
        assert one.amount is not None
        *expected, read = by_amount[str(one.amount.amount)]
        found = [bounds(one.start), bounds(one.end), one.edition, str(one.amount.amount), one.relation]
        assert [*found, one.contracts, one.contracts_relation, bounds(one.announced)] == expected
        assert read in cited(declaration, one.source).casefold()
        # Of which bodies each figure is, is said in words only.
        assert (one.share, one.bodies) == (None, ()), one.id


@pytest.mark.parametrize("id", [LONGUEUIL, MONTREAL])
def test_no_source_says_whether_tax_is_in_an_amount(id: str) -> None:
    for one in declarations[id].reported:
        assert one.amount is not None
        assert one.amount == Money(one.amount.amount, "CAD", tax=UNKNOWN)
        assert one.confidence == "secondary"


# --- what is no signature -------------------------------------------------------------------------------------------


def participation(id: str) -> Participation:
    (found,) = (one for one in declarations[LONGUEUIL].participations if one.id == id)
    return found


# The communiqué of 2017-02-02 on the mission to Rennes: who, as what.
MISSION: dict[str, Labels] = {
    "organiser": ("Pôle",),
    "mandated_body": ("Développement économique",),
    "supporter": ("Ministère",),
    "framework": ("Commission permanente",),
    "host": ("fr/rennes", "fr/rennes-metropole"),
    "buyer": (LON, BOU, BRO, BRU, LAM),
    "social_economy_actor": ("Acteurs",),
}


def test_there_are_three_participations_and_longueuil_alone_has_any() -> None:
    found = {one.id: one.kind for one in declarations[LONGUEUIL].participations}
    assert found == {"rennes-2017": "mission", "ambassadeurs-2018": "cohort", "villes-et-economie-sociale": "programme"}
    assert {id for id in EVERY if declarations[id].participations} == {LONGUEUIL}


def test_the_mission_to_rennes() -> None:
    declaration, mission = declarations[LONGUEUIL], participation("rennes-2017")
    assert (bounds(mission.start), bounds(mission.end)) == ("2017-01-23", "2017-01-26")
    assert mission.confidence == "official"
    assert "communiqué" in cited(declaration, mission.source).casefold()
    assert {(one.body, one.role) for one in mission.participants} == {
        (body_id(declaration, label), role) for role, labels in MISSION.items() for label in labels
    }
    # How many took part is not said.
    assert {one.count for one in mission.participants} == {None}


def test_what_was_said_of_the_mission_was_announced_on_the_day_of_the_communique() -> None:
    documented, applicability = participation("rennes-2017").said
    for one in (documented, applicability):
        assert (one.kind, bounds(one.on), one.confidence) == ("announced", "2017-02-02", "official")
        assert (one.count, one.out_of, one.of) == (None, None, ())
        assert "communiqué" in cited(declarations[LONGUEUIL], one.source).casefold()
    assert "document" in documented.words.en
    # Nothing is said to be transposable, and no result is announced: work "will soon begin".
    assert applicability.note is not None
    assert "no device is said to be transposable" in applicability.note.en
    assert "soon" in applicability.words.en
    assert "bientôt" in applicability.words.fr
    assert documented.speaker == applicability.speaker
    assert "Pôle" in documented.speaker


def test_twenty_ambassadors_confirmed_an_undertaking_of_their_own() -> None:
    declaration, cohort = declarations[LONGUEUIL], participation("ambassadeurs-2018")
    assert (bounds(cohort.start), bounds(cohort.end)) == ("2018-03-01..2018-03-31", "none")
    (ambassadors,) = ids(declaration, ("Ambassadeurs",))
    assert [(one.body, one.role, one.count) for one in cohort.participants] == [(ambassadors, "member", 20)]
    assert RELEVE_2018 in cited(declaration, cohort.source)
    assert cohort.confidence == "secondary"


def test_the_eight_cities_of_the_programme_and_its_last_day() -> None:
    programme = participation("villes-et-economie-sociale")
    names = ("montreal", "gatineau", "laval", "levis", "longueuil", "quebec", "sherbrooke", "saint-jean-sur-richelieu")
    assert set(programme.who("member")) == {f"ca-qc/{name}" for name in names}
    assert [one.count for one in programme.participants] == [None] * 8
    assert (bounds(programme.start), bounds(programme.end)) == ("none", "2025-03-25")
    assert "esmtl.ca/?p=14450" in cited(declarations[LONGUEUIL], programme.source)
    assert programme.confidence == "secondary"


def test_whoever_took_part_in_something_signed_nothing_by_it() -> None:
    declaration = declarations[LONGUEUIL]
    took_part = {who.body for one in declaration.participations for who in one.participants}
    signed = {one.body for one in declaration.signatures}
    assert took_part & signed == {LON, BOU, BRO, BRU, LAM}
    # Brossard's buyers went to Rennes a year before the city adhered.
    after_the_mission = declaration.signatories(on=date(2017, 1, 26))
    assert BRO in participation("rennes-2017").who("buyer")
    assert BRO not in (*after_the_mission.certain, *after_the_mission.possible)
    assert all(one.note is not None for one in declaration.participations)


# --- rules of purchase, and sources ---------------------------------------------------------------------------------

# La Relève 2019 and 2021; the press on the scheme of 2018.
RULES = {
    LONGUEUIL: {"ca-qc/longueuil-preference-ceiling", "ca-qc/longueuil-preference-margin"},
    RENNES_2018: {"fr/rennes-works-clause-floor"},
}


@pytest.mark.parametrize("id", EVERY)
def test_the_rules_of_purchase_are_entries_of_the_book(id: str) -> None:
    found = declarations[id].preference_rules
    assert set(found) == RULES.get(id, set())
    assert all(rule in law for rule in found)


# A part of the address of each source, None where there is none, in any order.
SOURCES: dict[str, tuple[str | None, ...]] = {
    LONGUEUIL: (None, RELEVE_2016, RELEVE_2018, RELEVE_2019, "esmtl.ca/?p=14450"),
    MONTREAL: (
        *("stm.info", "esmtl.ca/des-entreprises", "studylibfr.com/doc/3753296", DEVOIR_2013, DEVOIR_2017, LELEZARD_2017),
        *("novae.ca/?p=1181535", LELEZARD_2019, CESIM_2020, CESIM_2021, "esmtl.ca/?p=9352", LELEZARD_2023),
    ),
    ESTRIE: ("https://economiesocialeestrie.ca", SHERBROOKE, MEMPHREMAGOG, "lerefletdulac"),
    CAPITALE: ("cmatv.ca", "lesoleil.com"),
    LANAUDIERE: ("302700",),
    CENTRE: ("873550388", "journalexpress.ca/2023/06/15", "n=19716"),
    LAURENTIDES: ("cseesl.org/p/marchespublics",),
    MINISTRY: (
        *("economie_sociale_entreprises_vers_municipaux", "docplayer.fr/7866290", "economie_sociale_organismes_municipaux"),
        *("economie_sociale_organismes_publics", "studylibfr.com/doc/3103712"),
    ),
    RENNES_2018: ("rennes-ecologie.bzh/2018/04/16", "rennes-ecologie.bzh/2018/05/17"),
    RENNES_2024: ("rennes-ecologie.bzh/2024/09/17", "scoop.it", "7jours.fr"),
}


@pytest.mark.parametrize("id", EVERY)
def test_the_addresses_of_the_sources(id: str) -> None:
    addresses = [source.address for source in declarations[id].sources]
    assert len(addresses) == len(SOURCES[id])
    for part in SOURCES[id]:
        assert any(address is None if part is None else address is not None and part in address for address in addresses), part


# A part of a source's address or title, and the day the source is of.
DATED: dict[str, dict[str, str]] = {
    LONGUEUIL: {"Communiqué du Pôle": "2017-02-02", RELEVE_2016: "2016-09-13", RELEVE_2019: "2019-04-11"},
    MONTREAL: {
        LELEZARD_2017: "2017-06-05",
        DEVOIR_2017: "2017-06-06",
        "novae": "2017-11-01",
        LELEZARD_2019: "2019-03-18",
        LELEZARD_2023: "2023-02-10",
    },
    ESTRIE: {SHERBROOKE: "2016-10-05", MEMPHREMAGOG: "2019-06-21", "lerefletdulac": "2019-07-03"},
    CAPITALE: {"cmatv.ca": "2019-05-29"},
    CENTRE: {"newswire": "2023-06-15", "journalexpress": "2023-06-15", "jumelages": "2023-09-19"},
    RENNES_2018: {"rennes-ecologie.bzh/2018/04/16": "2018-04-16", "rennes-ecologie.bzh/2018/05/17": "2018-05-17"},
    RENNES_2024: {"rennes-ecologie.bzh/2024/09/17": "2024-09-17", "scoop.it": "2024-10-21"},
}


@pytest.mark.parametrize("id", EVERY)
def test_the_days_of_the_sources(id: str) -> None:
    dated = DATED.get(id, {})
    declaration = declarations[id]
    for source in declaration.sources:
        read = cited(declaration, source.id)
        expected = {day for part, day in dated.items() if part.casefold() in read.casefold()}
        assert ({source.day.isoformat()} if source.day else set()) == expected, read
    assert all(any(part.casefold() in cited(declaration, one.id).casefold() for one in declaration.sources) for part in dated)


FIGURES = re.compile(r"\d+(?:[.,\s\u00a0\u202f]\d+)*")


def figures(text: str) -> list[str]:
    return sorted(re.sub(r"[.,\s\u00a0\u202f]", "", found) for found in FIGURES.findall(text))


def texts(value: Any, path: str = "$") -> list[tuple[str, Text]]:
    if isinstance(value, dict):
        if set(value) == {"fr", "en"}:
            return [(path, Text(value["fr"], value["en"]))]
        return [found for key, item in value.items() for found in texts(item, f"{path}.{key}")]
    if isinstance(value, list):
        return [found for place, item in enumerate(value) for found in texts(item, f"{path}[{place}]")]
    return []


@pytest.mark.parametrize("id", EVERY)
def test_both_languages_give_the_same_figures(id: str) -> None:
    found = texts(declarations[id].to_dict())
    assert found
    for path, text in found:
        assert figures(text.fr) == figures(text.en), path
