"""What real directories and a real extract of the register show, and what they do not: read as they are, row by row.

The counts of docs/explanation/eligibility.md are printed by `python tests/unit/test_directories.py`, with the folder of the
samples in PROCURELIB_SAMPLES.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from procurelib.models.enterprise import Enterprise, LegalForm
from procurelib.social.eligibility import Eligibility, eligibility
from procurelib.social.identifiers import check_identifier
from procurelib.unknown import UNKNOWN

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "eligibility.md"
DAY = date(2026, 11, 25)
BEFORE_THE_LCOM = date(2026, 3, 31)

REGISTER = "qc-req-economie-sociale-mauricie.csv"
POLE = "qc-repertoire-pole-es-mauricie.csv"
MARKET = "fr-siae-marche-inclusion.json"

# The codes of the register: APE a legal person without share capital, COP a cooperative, ASS no legal person.
FORMS = {"APE": "nonprofit_corporation", "COP": "cooperative", "ASS": "unincorporated_association"}


def word(found: Eligibility) -> str:
    return "unknown" if found.value is UNKNOWN else str(found.value)


def table_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def registered(samples: Path) -> list[tuple[str, Enterprise]]:
    """The rows of the register with their form: which kind of cooperative one is, the code does not say."""
    return [
        (
            row["FormeJuridique"],
            Enterprise(
                name=row["NomEntreprise"],
                country="CA",
                forms=[LegalForm(FORMS[row["FormeJuridique"]], source="register")],
                identifiers={"neq": row["NEQ"]},
            ),
        )
        for row in table_of(samples / REGISTER)
    ]


def listed(samples: Path) -> list[Enterprise]:
    """The rows of the pôle's directory: names without a number or a form, so that being listed is all that is known."""
    directory = "Répertoire du pôle d’économie sociale de la Mauricie"
    return [Enterprise(name=row["NomEntreprise"], country="CA", listed_in=[directory]) for row in table_of(samples / POLE)]


def on_the_market(samples: Path) -> list[tuple[str, Enterprise]]:
    """The rows of the market's directory. Its kind has no days: who is listed was, some day, under an agreement.

    An accreditation takes a first day, which no row gives; none is made up, and the kind is kept beside the enterprise.
    """
    rows = json.loads((samples / MARKET).read_text(encoding="utf-8"))
    return [
        (
            row["kind"],
            Enterprise(
                name=row["name"], country="FR", identifiers={"siret": row["siret"]}, listed_in=["Marché de l’inclusion"]
            ),
        )
        for row in rows
    ]


def answers(of: list[Enterprise], scheme: str, on: date = DAY) -> Counter[str]:
    return Counter(word(eligibility(one, scheme, on=on)) for one in of)


def counts(samples: Path) -> str:
    """The table of the page."""
    register = registered(samples)
    market = on_the_market(samples)
    rows = [
        *(
            (f"register, {code}", [one for of, one in register if of == code], "ca-qc/E-1.1.1")
            for code in ("APE", "COP", "ASS")
        ),
        ("register, all", [one for _, one in register], "ca-qc/nonprofit-body"),
        ("pôle", listed(samples), "ca-qc/E-1.1.1"),
        ("market, all", [one for _, one in market], "fr/reserved-insertion"),
        ("market, all", [one for _, one in market], "fr/reserved-disability"),
        ("market, all", [one for _, one in market], "fr/ess"),
    ]
    lines = ["| rows | scheme | rows read | yes | no | unknown |", "|---|---|---|---|---|---|"]
    for name, of, scheme in rows:
        found = answers(of, scheme)
        numbers = " | ".join(str(number) for number in (len(of), found["yes"], found["no"], found["unknown"]))
        lines.append(f"| {name} | `{scheme}` | {numbers} |")
    return "\n".join(lines) + "\n"


def test_the_numbers_of_the_register(samples: Path) -> None:
    found = [check_identifier("ca-qc/neq", dict(one.identifiers)["neq"]) for _, one in registered(samples)]
    assert Counter(one.status for one in found) == {"valid": 300}
    assert Counter((one.normal or "")[:2] for one in found) == {"11": 284, "33": 16}


def test_a_form_in_the_register_is_no_recognition(samples: Path) -> None:
    found = Counter((code, word(eligibility(one, "ca-qc/E-1.1.1", on=DAY))) for code, one in registered(samples))
    # An association that is no legal person is outside section 3; of the others, seven criteria are not shown.
    assert found == {("APE", "unknown"): 270, ("COP", "unknown"): 14, ("ASS", "no"): 16}


def test_what_is_missing_of_the_rows_of_the_register(samples: Path) -> None:
    for code, one in registered(samples):
        found = eligibility(one, "ca-qc/E-1.1.1", on=DAY)
        assert len(found.missing) == (0 if code == "ASS" else 7)
        assert all(missing.startswith("evidence:ca-qc/social-economy-") for missing in found.missing)


@pytest.mark.parametrize("on", [BEFORE_THE_LCOM, DAY])
def test_no_row_of_the_register_is_a_nonprofit_body_for_its_form(samples: Path, on: date) -> None:
    assert answers([one for _, one in registered(samples)], "ca-qc/nonprofit-body", on) == {"unknown": 300}


def test_the_directory_of_the_pole_recognises_nobody(samples: Path) -> None:
    rows = listed(samples)
    assert len(rows) == 120
    for scheme in ("ca-qc/E-1.1.1", "ca-qc/nonprofit-body", "ca-qc/adapted-enterprise"):
        assert answers(rows, scheme) == {"unknown": 120}
    for one in rows:
        found = eligibility(one, "ca-qc/E-1.1.1", on=DAY)
        assert any(one.listed_in[0] in note.fr and one.listed_in[0] in note.en for note in found.notes)
        assert "forms" in found.missing


def test_the_numbers_of_the_market(samples: Path) -> None:
    found = [check_identifier("fr/siret", dict(one.identifiers)["siret"]) for _, one in on_the_market(samples)]
    # Of one, the check digit of the whole number fails while that of its SIREN holds: a mistyped office number.
    assert Counter(one.status for one in found) == {"valid": 256, "invalid": 1}


def test_a_kind_without_a_day_is_no_accreditation_on_a_day(samples: Path) -> None:
    rows = on_the_market(samples)
    # GEIQ are no structure of L. 5132-4, and EA are for the other reservation: the directory lists them all the same.
    assert Counter(kind for kind, _ in rows) == {"ACI": 114, "EI": 61, "AI": 43, "ETTI": 23, "GEIQ": 14, "EA": 2}
    everyone = [one for _, one in rows]
    assert answers(everyone, "fr/reserved-insertion") == {"unknown": 257}
    assert answers(everyone, "fr/reserved-disability") == {"unknown": 257}
    assert answers(everyone, "fr/ess") == {"unknown": 257}
    assert answers(everyone, "fr/reserved-insertion", date(2016, 3, 31)) == {"no": 257}
    for one in everyone:
        missing = eligibility(one, "fr/reserved-insertion", on=DAY).missing
        assert {"accreditation:fr/siae-aci", "measure:disadvantaged"} <= set(missing)


def test_the_page_tells_these_counts(samples: Path) -> None:
    assert counts(samples) in PAGE.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.write(counts(Path(os.environ["PROCURELIB_SAMPLES"])))
