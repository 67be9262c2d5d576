"""The wheel holds the package as it stands in the repository, and it is the wheel that is tested."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

import procurelib

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel() -> zipfile.ZipFile:
    """The wheel that `make test` has built and installed."""
    path = os.environ.get("PROCURELIB_WHEEL")
    if not path:
        pytest.skip("PROCURELIB_WHEEL is not set: `make test` builds the wheel and sets it")
    return zipfile.ZipFile(ROOT / path)


def test_the_wheel_holds_the_sources_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    """Every source file that git knows, or would add, is in the wheel; no other file is."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there is no list of sources to compare with")
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "src"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    sources = {p.removeprefix("src/") for p in listed.split("\0") if p and (ROOT / p).exists()}
    packed = {n for n in wheel.namelist() if ".dist-info/" not in n and not n.endswith("/")}
    assert packed == sources


def test_the_wheel_carries_its_licence_and_types(wheel: zipfile.ZipFile) -> None:
    """The licence text and the marker for type checkers travel with the code."""
    names = wheel.namelist()
    assert "procurelib/py.typed" in names
    assert any(n.endswith(".dist-info/licenses/LICENSE") for n in names)


def test_the_tests_import_the_installed_wheel(wheel: zipfile.ZipFile) -> None:
    """Under `make test` the package comes from the environment, not from the source folder."""
    assert ROOT / "src" not in Path(procurelib.__file__).parents
