"""What is written does not depend on the order Python happens to keep a set in, which changes from one run to the next."""

import os
import subprocess
import sys

import pytest

WRITTEN = """
import json
from datetime import date
from procurelib import UNKNOWN, Money, Tender, assess, cities, compare, levers, rules, transpose

rennes, longueuil = cities["fr/rennes"], cities["ca-qc/longueuil"]
launched = date(2015, 4, 14)
for buyer, value in ((rennes, UNKNOWN), (rennes, Money("250000", "EUR", tax="excluded")), (longueuil, UNKNOWN)):
    tender = Tender(buyer=buyer, category="services", value=value, launched=launched)
    print(assess(tender).explain("fr"), json.dumps(assess(tender).to_dict()))
    print(json.dumps([one.to_dict() for one in levers(tender)]))
print(json.dumps(transpose(rennes, to=longueuil, on=launched).to_dict()))
print(compare(rules.fr.publication, date(2015, 6, 1), date(2026, 2, 1), given={"category": "goods"}).explain("fr"))
"""


def written(seed: int) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", WRITTEN],
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout


@pytest.fixture(scope="module")
def first() -> str:
    return written(1)


@pytest.mark.parametrize("seed", [2, 3])
def test_every_run_writes_the_same(seed: int, first: str) -> None:
    assert first
    again = written(seed)
    different = [(a, b) for a, b in zip(first.splitlines(), again.splitlines(), strict=True) if a != b]
    assert different == []
