"""The program that answers the delegation's question prints what the library answers, in both languages."""

import runpy
import sys
from pathlib import Path

import pytest

from procurelib import cities, scenarios, transpose

PROGRAM = Path(__file__).parents[2] / "examples" / "rennes_to_longueuil.py"
RENNES, LONGUEUIL = cities["fr/rennes"], cities["ca-qc/longueuil"]


def printed(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(sys, "argv", [str(PROGRAM), *arguments])
    runpy.run_path(str(PROGRAM), run_name="__main__")
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "locale", "words"),
    [
        ([], "en_CA", {"available": "possible", "partial": "in part", "none": "no basis"}),
        (["fr"], "fr_CA", {"available": "possible", "partial": "en partie", "none": "aucun fondement"}),
    ],
)
def test_both_ways_and_the_whole_report_of_the_visit(
    arguments: list[str],
    locale: str,
    words: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = printed(arguments, monkeypatch, capsys)
    tables = out.split("\n\n")[:2]
    for table, (of, to) in zip(tables, ((RENNES, LONGUEUIL), (LONGUEUIL, RENNES)), strict=True):
        lines = table.splitlines()
        assert lines[0] == f"{of.name} -> {to.name}"
        assert lines[1].split() == ["2017-01-24", "2018-05-01", "2026-03-31", "2026-10-01"]
        first = transpose(of, to=to, on=scenarios["rennes-visit-2017"].day)
        for device, line in zip(first.devices, lines[2:], strict=False):
            assert line[52:68].strip() == words.get(str(device.verdict), line[52:68].strip())
    told = " ".join(out.split())
    for line in transpose(RENNES, to=LONGUEUIL, on=scenarios["rennes-visit-2017"].day).explain(locale).splitlines():
        assert " ".join(line.split()) in told
