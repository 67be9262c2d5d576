"""Importing procurelib loads little: nothing heavy, and none of the law."""

import subprocess
import sys

HEAVY = {"babel", "cattrs", "dateutil", "tomllib", "hypothesis", "stdnum", "numpy", "polars", "icalendar", "difflib"}


def modules_after(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded once it has run some code."""
    printed = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return {name.partition(".")[0] for name in printed.split()}


def test_importing_the_package_loads_nothing_heavy() -> None:
    """`import procurelib` costs attrs and the standard library, no more."""
    assert modules_after("import procurelib") & HEAVY == set()


def test_naming_every_public_thing_loads_nothing_heavy() -> None:
    """Names that load late are no trap: reading all of them loads nothing heavy either."""
    code = "import procurelib\nfor n in procurelib.__all__: getattr(procurelib, n)"
    assert modules_after(code) & HEAVY == set()
