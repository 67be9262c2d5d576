"""The examples of Longueuil's duties and of a signature in Rennes run, in both languages, and show days counted by hand."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def printed(*arguments: str, example: str = "longueuil_duties.py") -> str:
    ran = subprocess.run(
        [sys.executable, str(EXAMPLES / example), *arguments],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
    )
    assert ran.stderr == ""
    return ran.stdout


@pytest.mark.parametrize(
    ("arguments", "headings", "path"),
    [
        ((), ("On a day", "Without a day", "Law not modelled"), "What sets the closing: Publication"),
        (("fr",), ("À une date", "Sans date fixe", "Droit non modélisé"), "Ce qui fixe la clôture : Publication"),
    ],
)
def test_two_years_and_one_call(arguments: tuple[str, ...], headings: tuple[str, ...], path: str) -> None:
    text = printed(*arguments)
    assert all(heading in text for heading in headings)
    # 31 March and 30 June of both years; nothing not modelled before 2026-04-01.
    days = [line.split()[0] for line in text.splitlines() if line.startswith("  20")]
    assert days[:4] == ["2025-03-31", "2025-06-30", "2026-03-31", "2026-06-30"]
    assert headings[2] not in text.partition("Longueuil, 2026")[0]
    assert days[4:] == [
        *("2025-02-03", "2025-02-11", "2025-02-13", "2025-02-13", "2025-02-13", "2025-02-18", "2025-02-20", "2025-02-25"),
    ]
    assert path in text


@pytest.mark.parametrize("arguments", [(), ("fr",)])
def test_a_signature_in_rennes(arguments: tuple[str, ...]) -> None:
    text = printed(*arguments, example="rennes_timeline.py")
    days = [line.split()[0] for line in text.splitlines() if line.startswith("  20")]
    # 3 March + 11 days; + 30 days and + 2 months from 15 March; the list of small contracts in the first quarter.
    assert days == [
        *("2025-01-06", "2025-02-07", "2025-03-03", "2025-03-14", "2025-03-15", "2025-04-14", "2025-05-15"),
        "2025-03-31",
    ]
