"""The demonstration runs on its own, and says of each contract what was worked out by hand."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"

# Buyer, day, and the verdict expected, worked out by hand. The net expenditure of an amount lies between amount × 1.049875 /
# 1.14975 (taxes were in it) and amount × 1.049875 (they were not). No by-law is known: it may allow direct awards from
# 25 000 $ to the threshold, and ask for a public call from 100 000 $. Since 2026-04-01 what the Act asks between 25 000 $ and
# the threshold, when the by-law says nothing, is not known: an invitation or a public call.
EXPECTED = {
    ("Longueuil", "2026-09-04"): "cannot tell",  # direct, about 32 000 to 36 800 net: lawful only if the by-law allows it
    ("Boucherville", "2026-03-31"): "cannot tell",  # direct, 24 056 to 27 658 net: 25 000 lies inside, and so may the by-law
    ("Boucherville", "2026-04-20"): "cannot tell",  # direct, about 30 000 to 34 400 net: as for Longueuil
    ("Matagami", "2026-09-08"): "agrees",  # direct, less than 25 000 on any basis
    ("L'Assomption", "2026-05-12"): "differs",  # direct, at least 163 000 net: above 139 000, and no ground is claimed
    ("L'Assomption*", "2026-05-12"): "agrees",  # the same with its ground: one enterprise only, for goods (33(2))
    ("Montréal*", "2026-08-19"): "agrees",  # direct, with its ground: emergency (33(1))
    ("Montréal", "2026-08-27"): "outside",  # a grant: no rule on competition is about it
    ("Terrebonne", "2024-10-03"): "cannot tell",  # direct, 128 396 to 147 623 net: the threshold, 133 800, lies inside
    ("Repentigny", "2026-01-20"): "cannot tell",  # direct, about 34 000 to 39 600 net: invitation unless the by-law says else
    ("Repentigny", "2026-08-03"): "cannot tell",  # direct, about 34 600 to 39 800 net: as for Longueuil
    ("Lavaltrie", "2026-03-04"): "cannot tell",  # direct, about 65 000 to 74 700 net: invitation unless the by-law says else
    ("Paspébiac", "2025-08-15"): "agrees",  # public: the most open mode is always lawful
    ("Saint-Tite", "2025-08-15"): "agrees",  # public, though 133 800 lies inside 121 958 to 140 221 net: lawful all the same
    ("Dolbeau-Mistassini", "2026-08-31"): "cannot tell",  # invitation, 33 700 to 38 700 net: the Act may ask a public call
    ("Coaticook", "2021-09-13"): "agrees",  # invitation, under 100 000 net: the Act asked no more, and no by-law could
    ("Clermont", "2026-09-14"): "cannot tell",  # direct, about 58 500 to 67 200 net: as for Longueuil
    ("Waterville", "2026-09-08"): "cannot tell",  # direct, about 31 500 to 36 200 net: as for Longueuil
}

ROW = re.compile(r"^(?P<buyer>\S.*?) {2,}(?P<day>\d{4}-\d\d-\d\d)  (?P<category>\S.*?) {2,}(?P<value>\$[\d,.]+)  (?P<rest>.+)$")


def output(*arguments: str) -> str:
    """What the demonstration prints, run far from the repository and from every sample."""
    return subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLES / "demo.py"), *arguments],
        capture_output=True,
        check=True,
        cwd="/",
        encoding="utf-8",
        env={"PATH": "", "PYTHONUTF8": "1"},
    ).stdout


@pytest.fixture(scope="module")
def printed() -> str:
    return output()


@pytest.fixture(scope="module")
def rows(printed: str) -> dict[tuple[str, str], list[str]]:
    """The rows of the first table by buyer and day: category, mode used, what the law asks, verdict."""
    found = [m for m in map(ROW.match, printed.splitlines()) if m]
    cells = {(m["buyer"], m["day"]): [m["category"], *re.split(" {2,}", m["rest"])] for m in found}
    assert len(cells) == len(found), "two rows have one buyer and one day"
    return cells


def test_each_verdict_is_the_one_worked_out_by_hand(rows: dict[tuple[str, str], list[str]]) -> None:
    assert {key: cells[-1] for key, cells in rows.items()} == EXPECTED


def test_the_contracts_are_many_and_varied(rows: dict[tuple[str, str], list[str]]) -> None:
    contracts = {(buyer.rstrip("*"), day) for buyer, day in rows}
    assert len(contracts) >= 12
    assert len({buyer for buyer, _ in contracts}) >= 8
    assert {"Longueuil", "Boucherville"} <= {buyer for buyer, _ in contracts}
    assert {cells[0] for cells in rows.values()} >= {"goods", "services", "works", "outside"}
    assert {cells[1] for cells in rows.values()} == {"direct", "invitation", "public"}
    assert {cells[-1] for cells in rows.values()} == {"agrees", "differs", "cannot tell", "outside"}
    assert min(day for _, day in contracts) < "2026-04-01" <= max(day for _, day in contracts)


def test_every_contract_written_down_is_shown(rows: dict[tuple[str, str], list[str]]) -> None:
    data = tomllib.loads((EXAMPLES / "contracts.toml").read_text(encoding="utf-8"))
    written = {(c["buyer"].removeprefix("Ville de "), c.get("launched", c["awarded"]).isoformat()) for c in data["contract"]}
    assert {(buyer.rstrip("*"), day) for buyer, day in rows} == written


def test_it_says_what_stands_for_what_and_where_the_contracts_are_from(printed: str) -> None:
    said = " ".join(printed.split())
    for words in ("stands for the estimate", "stands for the launch", "the tax basis is unknown", "CC-BY 4.0", "SEAO"):
        assert words in said
    assert "not legal advice" in said


def test_distances_are_measured_from_the_near_end(printed: str) -> None:
    # Longueuil: 35 075.83 with all taxes is 32 028.91 net, 7 028.91 above the floor; before tax it is 36 825.24 net, 102 174.76
    # under the threshold.
    line = next(s for s in printed.splitlines() if s.startswith("Longueuil") and "(+" in s)
    assert "$25,000 (-7,029)" in line
    assert "$139,000 (+102,175)" in line


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_fits_a_terminal_and_explains_one_answer_in_french(language: str) -> None:
    lines = output(language).splitlines()
    assert max(map(len, lines)) <= 110
    for heading in ("Mode de passation le moins ouvert permis", "Réserves", "Sources"):
        assert any(line.strip() == heading for line in lines)


# Buyer and day of each French contract that differs, worked out by hand from its amount and its day: 10.4 M€ of works and
# 338 000 € of services are above 5 538 000 and 221 000; the others were made without competition above 25 000 (2018, 2019),
# or 100 000 of works (2024), which only a ground allows.
FRENCH_DIFFER = {
    ("Concarneau", "2024-07-08"),
    ("Communauté urbaine d'Arras", "2019-03-15"),
    ("Locmaria-Plouzané", "2024-07-31"),
    ("Faches-Thumesnil", "2018-11-12"),
    ("Nice Côte d'Azur", "2019-02-19"),
    ("Dunkerque", "2019-01-01"),
}


def test_each_french_verdict_is_the_one_worked_out_by_hand(printed: str) -> None:
    french = printed[printed.index("contracts of 14 French bodies") :]
    lines = [line for line in french.splitlines() if re.search(r"  \d{4}-\d\d-\d\d  ", line)]
    shown = [(*re.split(r" {2,}", line)[:2], line.rpartition("  ")[2]) for line in lines]
    assert {(buyer, day) for buyer, day, verdict in shown if verdict == "differs"} == FRENCH_DIFFER
    assert len(shown) == 25
    assert {verdict for *_, verdict in shown} == {"agrees", "differs"}
    assert "The law asks 6 different things of them" in " ".join(french.split())


def test_in_french_the_verdicts_are_french(printed: str) -> None:
    french = output("fr")
    names = {"agrees": "concorde", "differs": "diffère", "cannot tell": "on ne peut pas dire", "outside": "hors champ"}
    for english, word in names.items():
        told = [sum(line.endswith("  " + w) for line in text.splitlines()) for text, w in ((printed, english), (french, word))]
        assert told[0] == told[1] > 0
